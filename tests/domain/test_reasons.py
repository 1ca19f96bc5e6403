# SPDX-License-Identifier: Apache-2.0
"""The rules and their catalogue of reasons say the same: nothing unlisted, nothing listed in vain.

Walks a wide grid of files through every rule and collects what is answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from typing import Any

from builders import (
    DAY,
    a_document,
    a_file,
    a_letter,
    a_member,
    a_passport,
    a_permit,
    a_person,
    a_residence,
    an_application,
    programme,
)
from family_answers import of_events_and_studies, of_fees
from path_builders import a_job, a_request

from imp_plus_desktop.domain.deadlines.clocks import clock_findings
from imp_plus_desktop.domain.documents.mrz import id_03, read_mrz
from imp_plus_desktop.domain.family.family import (
    member_findings,
    member_permit_findings,
    member_receive_findings,
)
from imp_plus_desktop.domain.fees.fees import fee_02
from imp_plus_desktop.domain.people.identity import id_01, id_02, id_04
from imp_plus_desktop.domain.permits.permit_chain import recorded_findings
from imp_plus_desktop.domain.permits.permits import ext_02, permit_findings
from imp_plus_desktop.domain.quota.quota import (
    CapUse,
    cap_06,
    cap_07,
    decision_findings,
    receipt_findings,
)
from imp_plus_desktop.domain.quota.reports import (
    ReportCase,
    quarter,
    report,
    report_finding,
    week_of,
)
from imp_plus_desktop.domain.records.applications import Request
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, PersonId
from imp_plus_desktop.domain.rules.findings import Finding, RuleOutcome
from imp_plus_desktop.domain.rules.fixes import FIXES
from imp_plus_desktop.domain.rules.reasons import REASONS
from imp_plus_desktop.domain.rules.rules import RULES
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    Channel,
    DocumentState,
    DocumentType,
    Ledger,
    Outcome,
    PermitWish,
    PrState,
    Relation,
    RequestKind,
)
from imp_plus_desktop.domain.values.programme import PlaceSwitches
from imp_plus_desktop.domain.verdict.eligibility import receive_findings, verdict

DAYS = (
    *(DAY, date(2023, 7, 15), date(2024, 10, 1), date(2026, 5, 1), date(2026, 7, 1)),
    date(2029, 1, 1),
)


def people() -> Iterator[PersonFile]:
    for state, filed in product([None, *PrState], [None, date(2023, 1, 1), date(2025, 1, 1)]):
        yield a_file(a_person(pr_state=state, pr_filed_on=filed))
    for changes in (
        {"csq_issue_date": None, "csq_expiry_date": None},
        {"csq_expiry_date": date(2025, 1, 1)},
        {"csq_category": None},
        {"csq_category": "IP"},
        {"csq_category": "business"},
        {"citizenship": "CAN"},
        {"canada_status": CanadaStatus.PERMANENT_RESIDENT},
        {"died_on": DAY},
    ):
        yield a_file(a_person(**changes))


def letters_and_passports() -> Iterator[PersonFile]:
    yield a_file(letters=())
    yield a_file(letters=(a_letter(received=None),))
    yield a_file(letters=(a_letter(date(2022, 1, 1)),))
    yield a_file(letters=(a_letter(date(2025, 1, 16)),))
    yield a_file(applications=(an_application(),))
    yield a_file(passports=())
    yield a_file(passports=(a_passport(date(2024, 1, 1)),))


def on_last_days() -> Iterator[Finding]:
    """A letter, a CSQ, a status and a permit on their last day, before and after the hour."""
    ends = a_person(csq_expiry_date=DAY, canada_status=CanadaStatus.WORKER, canada_status_until=DAY)
    first = a_file(
        ends,
        letters=(a_letter(date(2023, 3, 1), date(2023, 3, 3)),),
        residences=(a_residence("CAN", "ON"),),
        documents=(a_document(DocumentType.RESIDENCE_PROOF),),
    )
    holder = a_file(
        a_person(pr_state=PrState.IN_PROCESS),
        applications=(an_application(ApplicationState.PERMIT_ISSUED),),
        permits=(a_permit(DAY),),
        documents=(a_document(DocumentType.PR_PROOF),),
    )
    for hour in (19, 23):
        at = datetime(DAY.year, DAY.month, DAY.day, hour, 59, tzinfo=UTC) + timedelta(hours=4)
        for file, kind in ((first, ApplicationKind.FIRST), (holder, ApplicationKind.EXTENSION)):
            yield from receive_findings(file, at, programme(), kind, Channel.ONLINE)


def residents() -> Iterator[PersonFile]:
    quebec = a_residence("CAN", "QC", DAY, id_=2)
    yield a_file(residences=())
    yield a_file(residences=(a_residence("CAN"),))
    yield a_file(residences=(quebec, a_residence(from_day=DAY)))
    yield a_file(residences=(a_residence("FRA", "QC"),))
    for declared, place in product((True, False), ({}, {"address_province": "QC"})):
        person = a_person(outside_quebec_declared=declared, **place)
        yield a_file(person)
        yield a_file(person, residences=(quebec,))
    proofs = (None, DocumentState.REQUIRED, DocumentState.RECEIVED)
    for province, status, r206, proof in product(
        ("QC", "ON"),
        (None, CanadaStatus.NONE, CanadaStatus.WORKER),
        (None, True, False),
        proofs,
    ):
        documents = () if proof is None else (a_document(DocumentType.RESIDENCE_PROOF, proof),)
        yield a_file(
            a_person(canada_status=status, canada_status_until=date(2023, 7, 1), r206=r206),
            residences=(a_residence("CAN", province),),
            documents=documents,
        )

    for status, until, exception in (
        (CanadaStatus.CLAIMANT, None, None),
        (CanadaStatus.MAINTAINED, None, None),
        (CanadaStatus.MAINTAINED, date(2023, 1, 31), None),
        (CanadaStatus.VISITOR, date(2023, 7, 1), None),
        (CanadaStatus.VISITOR, date(2023, 7, 1), False),
    ):
        yield a_file(
            a_person(canada_status=status, canada_status_until=until, r199=exception),
            residences=(a_residence("CAN", "ON"),),
            documents=(a_document(DocumentType.RESIDENCE_PROOF),),
        )


def holders() -> Iterator[PersonFile]:
    issued = (an_application(ApplicationState.PERMIT_ISSUED),)
    for state, document in product([None, *PrState], [None, *DocumentState]):
        types = (*DocumentType,) if document else ()
        yield a_file(
            a_person(pr_state=state, arrived_on=date(2023, 8, 1)),
            applications=issued,
            permits=(a_permit(),),
            documents=tuple(
                a_document(type_, document or DocumentState.REQUIRED) for type_ in types
            ),
        )
    yield a_file(a_person(pr_state=PrState.IN_PROCESS))
    for application, wording in product(ApplicationState, (None, True, False)):
        yield a_file(applications=(an_application(application, a76_wording=wording),))


def members() -> Iterator[dict[str, Any]]:
    yield from product_of(
        relation=(Relation.SPOUSE, Relation.CHILD),
        accompanying=(None, True, False),
        birth_date=(None, date(2000, 1, 1), date(2010, 1, 1)),
        arrived_on=(None, date(2023, 7, 1), date(2023, 9, 1)),
        passport_expiry=(None, date(2024, 1, 1)),
    )


def product_of(**choices: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    for values in product(*choices.values()):
        yield dict(zip(choices, values, strict=True))


def of_people() -> Iterator[Finding]:
    files = (*people(), *letters_and_passports(), *residents(), *holders())
    for file, day in product(files, DAYS):
        found = verdict(file, day, programme())
        yield from found.findings
        yield from found.to_do
        yield ext_02(file, day, programme())
    # Too old on the day after the last one that a letter may bear, and received perhaps later.
    late = a_file(letters=(a_letter(date(2024, 10, 1)),))
    yield from verdict(late, date(2025, 1, 16), programme()).findings
    for file, day, channel in product(holders(), DAYS, (None, *Channel)):
        at = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
        for kind in ApplicationKind:
            yield from receive_findings(file, at, programme(), kind, channel)


def of_permits() -> Iterator[Finding]:
    for file, until, province in product(holders(), (None, date(2024, 1, 1)), ("QC", "ON")):
        for printed in (None, "as printed"):
            yield from permit_findings(
                file,
                an_application(),
                DAY,
                until,
                programme(),
                province=province,
                location_condition=printed,
                occupation_condition=printed,
            )
    issued = {"applications": (an_application(ApplicationState.PERMIT_ISSUED),)}
    for province, since in product(("ON", "QC"), (None, DAY)):
        file = a_file(
            permits=(a_permit(),),
            residences=(a_residence("CAN", province, since),),
            employments=(a_job(province),),
            **issued,
        )
        yield from recorded_findings(file, date(2024, 1, 15))


def of_clocks() -> Iterator[Finding]:
    states = (ApplicationState.DRAFT, ApplicationState.RECEIVED, ApplicationState.PERMIT_ISSUED)
    asked: tuple[tuple[Request, ...], ...] = (
        (),
        tuple(a_request(kind) for kind in RequestKind),
        tuple(a_request(kind, done_on=DAY) for kind in RequestKind),
        tuple(a_request(kind, valid_until=date(2023, 8, 1)) for kind in RequestKind),
    )
    for state, requests, day, given_on in product(states, asked, DAYS, (None, DAY)):
        received = {"received_at": None} if state is ApplicationState.DRAFT else {}
        application = an_application(state, **received)
        file = a_file(
            a_person(biometrics_on=given_on), applications=(application,), requests=requests
        )
        yield from clock_findings(file, application, day, programme())
    fresh = an_application()
    yield from clock_findings(a_file(applications=(fresh,)), fresh, date(2023, 5, 20), programme())


def of_families() -> Iterator[Finding]:
    for file, changes in product((*holders(), a_file()), members()):
        member = a_member(**changes)
        for day in (DAY, date(2026, 5, 1)):
            at = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
            yield from member_findings(file, member, programme(), day)
            yield from member_receive_findings(file, member, at, programme(), ApplicationKind.FIRST)
    bereaved = a_file(a_person(died_on=DAY), members=(a_member(),))
    yield from member_findings(bereaved, a_member(), programme(), DAY)
    for one in (a_member(wish=PermitWish.STUDY), a_member(citizenship="CAN")):
        yield from member_findings(a_file(), one, programme(), DAY)
    own = an_application(ApplicationState.APPROVED, member_id=1)
    for file, issued, until, passport in product(
        holders(),
        (DAY, date(2026, 7, 1)),
        (None, date(2026, 8, 1)),
        (None, date(2025, 1, 1), date(2026, 1, 1)),
    ):
        for given in (until, date(2026, 3, 1)):
            if given is None or given >= issued:
                member = a_member(passport_expiry=passport)
                yield from member_permit_findings(file, member, own, issued, given, programme())


def of_places() -> Iterator[Finding]:
    switched = replace(programme(), places=(PlaceSwitches(2022, True, True),))
    instants = (datetime(2023, 6, 1, tzinfo=UTC), datetime(2024, 1, 1, 2, tzinfo=UTC))
    uses = [
        CapUse(2023, cap, used, None, used) for cap, used in ((None, 0), (9, 9), (9, 8), (9, 0))
    ]
    for at, kind, code, use, rules in product(
        instants, ApplicationKind, ApplicationCode, uses, (programme(), switched)
    ):
        yield from receipt_findings(at, kind, code, use, rules)
    for application, outcome, rules in product(
        (an_application(), an_application(cap_year=None)), Outcome, (programme(), switched)
    ):
        yield from decision_findings(application, outcome, rules)
        yield fee_02(application, outcome, DAY, rules)
    yield cap_06(True, DAY, programme(), DAY)
    yield from (cap_07(Ledger.PERMITS, use, (80,)) for use in uses)


def of_reports() -> Iterator[Finding]:
    undated = ReportCase(ApplicationId(1), ApplicationKind.FIRST, DAY, Outcome.REFUSED, None)
    for period, cases in product((week_of(DAY), quarter(2023, 2)), ((), (undated,))):
        yield report_finding(report(period, cases, (), ()))


def of_identity() -> Iterator[Finding]:
    for uci, members in (("12345678", ()), ("1", ()), ("12345678", (a_member(uci="12345678"),))):
        file = a_file(a_person(uci=uci), members=members)
        yield from (id_01(file), id_02(file))
    bare = a_file(a_person(individual_reference=None), passports=())
    yield from (id_01(bare), id_02(bare), id_03(None), id_04(bare, ()))
    known = a_file(a_person(uci="12345678"))
    yield from (id_02(known, (), ("uci",)), id_04(known, ()), id_04(known, (PersonId(2),)))
    first = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    for second in (
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        "L898902C36UTO7408132F1204159ZE184226B<<<<<10",
    ):
        yield id_03(read_mrz(first + second, DAY))


@cache
def every_answer() -> tuple[Finding, ...]:
    return (
        *of_people(),
        *on_last_days(),
        *of_identity(),
        *of_permits(),
        *of_clocks(),
        *of_families(),
        *of_events_and_studies(),
        *of_fees(),
        *of_places(),
        *of_reports(),
    )


def test_every_reason_is_listed_and_every_listed_reason_is_given() -> None:
    # What is hidden from who only reads, no rule of its own says: `tests/domain/test_unseen.py`.
    assert {finding.reason for finding in every_answer()} == set(REASONS) - {
        "birth_date_hidden",
        "numbers_hidden",
    }


def test_a_finding_carries_the_facts_that_its_reason_lists() -> None:
    for finding in every_answer():
        assert tuple(finding.facts) == REASONS[finding.reason], finding


def test_every_fix_is_listed_and_every_listed_fix_is_given() -> None:
    assert {finding.fix for finding in every_answer()} - {None} == set(FIXES)
    assert tuple(sorted(FIXES)) == FIXES


def test_every_rule_answers_and_only_fails_ask_for_blocking() -> None:
    assert {finding.rule for finding in every_answer()} == set(RULES)
    for finding in every_answer():
        assert finding.blocks is (
            finding.outcome is RuleOutcome.FAIL and finding.severity.value == "block"
        )


def test_a_rule_that_does_not_apply_asks_for_nothing() -> None:
    for finding in every_answer():
        if finding.outcome is RuleOutcome.NOT_APPLICABLE:
            assert finding.fix is None


def test_the_parameters_that_rules_name_exist() -> None:
    for rule in RULES.values():
        for parameter in rule.parameters:
            assert hasattr(programme(), parameter), rule.id
