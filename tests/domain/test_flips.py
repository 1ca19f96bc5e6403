# SPDX-License-Identifier: Apache-2.0
"""Every finding can be turned by the change that it names, or says that no change helps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from builders import (
    DAY,
    PERSON,
    a_document,
    a_file,
    a_letter,
    a_passport,
    a_permit,
    a_person,
    a_residence,
    an_application,
    programme,
)
from generated import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, LetterId, OtherRouteId
from imp_plus_desktop.domain.rules.findings import (
    Finding,
    RuleOutcome,
    Severity,
    Verdict,
    VerdictCode,
)
from imp_plus_desktop.domain.rules.reasons import REASONS
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    Channel,
    DocumentState,
    DocumentType,
    PrState,
    ResidenceProof,
    RouteState,
)
from imp_plus_desktop.domain.verdict.eligibility import receive_findings, verdict
from imp_plus_desktop.domain.verdict.flips import FLIPS
from imp_plus_desktop.domain.verdict.what_if import flipped, what_if

GOOD = {RuleOutcome.PASS, RuleOutcome.NOT_APPLICABLE}
FIRST, LAST = date(2022, 5, 1), date(2026, 12, 31)

days = st.dates(FIRST, LAST) | st.sampled_from(
    [date(2025, 1, 15), date(2025, 1, 16), date(2022, 5, 24), date(2022, 5, 23)]
)
PAPERS = (DocumentType.RESIDENCE_PROOF, DocumentType.INTENT, DocumentType.PR_PROOF)
maybe_days = st.none() | st.dates(date(2019, 1, 1), date(2028, 12, 31))
places = st.sampled_from([("MAR", None), ("CAN", "ON"), ("CAN", "QC"), ("CAN", None)])


situations = st.sampled_from(
    [
        {
            "canada_status": status,
            "r206": r206,
            "r199": r199,
            "outside_quebec_declared": declared,
            "address_country": country,
            "address_province": province,
        }
        for status, r199, r206, declared, (country, province) in product(
            [None, *CanadaStatus],
            [None, True, False],
            [None, True, False],
            [None, True, False],
            [(None, None), ("MAR", None), ("CAN", "QC"), (None, "QC"), ("CAN", "ON")],
        )
    ]
)
papers = st.sampled_from(
    [
        {kind: state for kind, state in zip(PAPERS, states, strict=True) if state is not None}
        for states in product([None, *DocumentState], repeat=len(PAPERS))
    ]
)


@st.composite
def stays(draw: st.DrawFn, day: date) -> tuple[object, ...]:
    found = []
    for number in range(draw(st.integers(0, 3))):
        country, province = draw(places)
        start = draw(st.none() | st.integers(-99, 5))
        end = draw(st.none() | st.integers(max(start or -60, -60), 90))
        stay = a_residence(
            country,
            province,
            None if start is None else day + timedelta(days=start),
            None if end is None else day + timedelta(days=end),
            number + 1,
        )
        found.append(replace(stay, proof=draw(st.sampled_from([None, *ResidenceProof]))))
    return tuple(found)


@st.composite
def files(draw: st.DrawFn) -> tuple[PersonFile, date]:
    """A file with anything recorded or not, and a day to judge it on."""
    day = draw(days)
    person = a_person(
        csq_category=draw(st.sampled_from([None, "none", "IQ", "IP", "IS", "business"])),
        csq_issue_date=draw(st.none() | st.dates(date(2017, 1, 1), day)),
        csq_expiry_date=draw(maybe_days),
        pr_state=draw(st.sampled_from([None, *PrState])),
        pr_filed_on=draw(maybe_days),
        **draw(situations),
    )
    if person.canada_status is not None:
        until = day + timedelta(days=draw(st.integers(-120, 60)))
        person = replace(person, canada_status_until=until)
    letters = ()
    if draw(st.booleans()):
        dated = draw(days)
        received = draw(st.none() | st.integers(0, 120).map(_near(dated)))
        letters = (a_letter(dated, received),)
    applications = ()
    if draw(st.integers(0, 3)) == 0:
        applications = (an_application(draw(st.sampled_from([*ApplicationState]))),)
    routes = ()
    if draw(st.integers(0, 3)) == 0:
        routes = (draw(other_permits(day)),)
    documents = tuple(a_document(kind, state) for kind, state in draw(papers).items())
    passport = draw(maybe_days)
    passports = () if passport is None else (a_passport(passport),)
    file = PersonFile(
        person,
        letters=letters,
        residences=draw(stays(day)),  # type: ignore[arg-type]
        passports=passports,
        applications=applications,
        documents=documents,
        other_routes=routes,
    )
    return file, day


@st.composite
def other_permits(draw: st.DrawFn, day: date) -> OtherRoute:
    state = draw(st.sampled_from([*RouteState]))
    filed, decided, until = (
        draw(st.none() | st.integers(-300, 60).map(_near(day))) for _each in range(3)
    )
    made = OtherRoute(OtherRouteId(1), PERSON, "lmia", state, filed, decided)
    return replace(made, valid_until=until)


def _near(day: date):  # type: ignore[no-untyped-def]
    return lambda count: day + timedelta(days=count)


def outcome(found: Verdict, rule: str) -> RuleOutcome:
    (finding,) = [f for f in found.findings + found.to_do if f.rule == rule]
    return finding.outcome


@settings(max_examples=cases(1000), deadline=None)
@given(files())
def test_each_change_turns_its_finding_and_all_of_them_the_verdict(
    case: tuple[PersonFile, date],
) -> None:
    file, day = case
    found = verdict(file, day, programme())
    for finding in found.findings + found.to_do:
        assert (finding.outcome in GOOD) is (finding.flip is None and not finding.final), finding
        if finding.flip is not None:
            after = what_if(file, day, programme(), [finding.flip])
            assert outcome(after, finding.rule) in GOOD, finding
    weighty = [f for f in found.findings if f.severity is Severity.BLOCK]
    flips = [f.flip for f in weighty if f.flip is not None]
    final = any(f.final and f.blocks for f in found.findings)
    after = what_if(file, day, programme(), flips)
    assert (after.code is VerdictCode.ELIGIBLE) is not final, (after.code, found.findings)


@settings(max_examples=150, deadline=None)
@given(files())
def test_a_verdict_for_a_list_says_the_same_as_one_that_is_explained(
    case: tuple[PersonFile, date],
) -> None:
    file, day = case
    bare = verdict(file, day, programme(), explained=False)
    told = verdict(file, day, programme())
    for name in ("findings", "to_do"):
        pairs = zip(getattr(bare, name), getattr(told, name), strict=True)
        for short, full in pairs:
            assert replace(full, flip=None, final=False) == replace(short, flip=None, final=False)
    assert replace(bare, findings=(), to_do=()) == replace(told, findings=(), to_do=())


def only(found: Verdict, rule: str) -> Finding:
    (finding,) = [f for f in found.findings + found.to_do if f.rule == rule]
    return finding


def test_a_pr_decision_a_late_letter_and_a_family_csq_say_that_no_change_helps() -> None:
    late = a_letter(date(2025, 1, 16), date(2025, 1, 20))
    for file, rule in (
        (a_file(a_person(pr_state=PrState.APPROVED)), "ELG-04"),
        (a_file(letters=(late,)), "PRG-01"),
        (a_file(a_person(csq_category="family")), "CSQ-05"),
    ):
        finding = only(verdict(file, DAY, programme()), rule)
        assert finding.final
        assert finding.flip is None


def test_a_letter_that_came_too_early_names_the_day_that_would_do() -> None:
    day = date(2023, 9, 1)
    flip = only(verdict(a_file(), day, programme()), "INV-02").flip
    assert flip is not None
    (change,) = flip.changes
    assert (change.record, change.field, change.how) == ("letter", "letter_received_date", "from")
    assert change.value == date(2023, 6, 3), "ninety days before, that day included"
    eve = a_file(letters=(a_letter(received=date(2023, 6, 2)),))
    assert only(verdict(eve, day, programme()), "INV-02").outcome is RuleOutcome.FAIL


def test_a_used_letter_can_come_back_with_its_file_and_a_refusal_needs_a_new_one() -> None:
    waiting = a_file(applications=(an_application(ApplicationState.IN_PROCESS),))
    flip = only(verdict(waiting, DAY, programme()), "INV-04").flip
    assert flip is not None
    assert flip.changes[0].id == 1
    refused = a_file(applications=(an_application(ApplicationState.REFUSED),))
    flip = only(verdict(refused, DAY, programme()), "INV-04").flip
    assert flip is not None
    assert flip.facts == {"written_from": date(2023, 5, 21)}
    late = replace(refused.applications[0], received_at=datetime(2025, 1, 15, 17, tzinfo=UTC))
    ended = only(
        verdict(replace(refused, applications=(late,)), date(2025, 2, 1), programme()), "INV-04"
    )
    assert ended.final, "no letter is written after the last accepted day"


def test_of_two_letters_only_the_one_that_counts_is_changed() -> None:
    older = replace(a_letter(date(2022, 6, 1), date(2022, 6, 5)), id=LetterId(2))
    file = a_file(letters=(older, a_letter()))
    flip = only(verdict(file, date(2023, 9, 1), programme()), "INV-02").flip
    assert flip is not None
    assert older in flipped(file, flip, date(2023, 9, 1)).letters


def test_an_extension_can_be_made_good_unless_the_permit_has_ended() -> None:
    bare = a_file(a_person(pr_state=None), permits=(), applications=())
    at = date(2026, 5, 1)
    for file, final in (
        (bare, False),
        (replace(bare, applications=(an_application(),), permits=(a_permit(),)), False),
        (
            replace(bare, applications=(an_application(),), permits=(a_permit(date(2026, 4, 1)),)),
            True,
        ),
    ):
        finding = _extension(file, at)
        assert finding.final is final
        if finding.flip is not None:
            assert _extension(flipped(file, finding.flip, at), at).outcome is RuleOutcome.PASS


VISITOR_THEN_PERMIT = [
    # Days between the end of each and the day judged: the visitor's record, then the permit.
    (91, 90, RouteState.FILED),
    (120, 100, RouteState.APPROVED),
    (120, 100, RouteState.FILED),
    (90, 90, RouteState.APPROVED),
]


@pytest.mark.parametrize(("visitor", "permit", "state"), VISITOR_THEN_PERMIT)
@pytest.mark.parametrize("r199", [None, False, True])
def test_a_visitor_whose_permit_has_ended_too_needs_more_than_a_longer_stay(
    visitor: int, permit: int, state: RouteState, r199: bool | None
) -> None:
    day = date(2023, 6, 1)
    person = a_person(
        canada_status=CanadaStatus.VISITOR,
        canada_status_until=day - timedelta(days=visitor),
        r199=r199,
    )
    route = OtherRoute(OtherRouteId(1), PERSON, "lmia", state)
    route = replace(route, valid_until=day - timedelta(days=permit))
    file = a_file(person, residences=(a_residence("CAN", "ON"),), other_routes=(route,))
    finding = only(verdict(file, day, programme()), "ELG-02")
    assert finding.flip is not None
    assert outcome(what_if(file, day, programme(), [finding.flip]), "ELG-02") is RuleOutcome.PASS


def test_a_route_filed_without_its_day_is_turned_on_the_last_day_of_letters_too() -> None:
    day = date(2025, 1, 15)
    route = OtherRoute(OtherRouteId(1), PERSON, "lmia", RouteState.FILED)
    route = replace(route, valid_until=day - timedelta(days=90))
    bare = a_person(csq_category=None, pr_state=None)
    file = PersonFile(bare, residences=(a_residence("CAN", "ON"),), other_routes=(route,))
    finding = only(verdict(file, day, programme()), "ELG-02")
    assert finding.flip is not None
    assert outcome(what_if(file, day, programme(), [finding.flip]), "ELG-02") is RuleOutcome.PASS


def _extension(file: PersonFile, day: date) -> Finding:
    from imp_plus_desktop.domain.values.calendar import noon_in_toronto

    findings = receive_findings(
        file, noon_in_toronto(day), programme(), ApplicationKind.EXTENSION, Channel.ONLINE
    )
    return next(f for f in findings if f.rule == "EXT-01")


@pytest.mark.parametrize("channel", [None, Channel.PAPER, Channel.PORT_OF_ENTRY])
def test_the_way_of_filing_is_turned_too(channel: Channel | None) -> None:
    found = verdict(a_file(), DAY, programme(), channel=channel)
    flip = only(found, "ELG-05").flip
    assert flip is not None
    after = what_if(a_file(), DAY, programme(), [flip], channel=channel)
    assert outcome(after, "ELG-05") is RuleOutcome.PASS


def test_leaving_quebec_does_not_uncover_another_province_that_asks_for_papers() -> None:
    in_quebec = replace(a_residence("CAN", "QC", None, DAY, 1), proof=ResidenceProof.LEASE)
    in_ontario = a_residence("CAN", "ON", None, None, 2)
    person = a_person(canada_status=CanadaStatus.WORKER, canada_status_until=DAY, r206=False)
    file = a_file(person, residences=(in_quebec, in_ontario))
    found = verdict(file, DAY, programme())
    assert outcome(found, "ELG-02") is RuleOutcome.PASS, "the lease shows where the person lives"
    flip = only(found, "ELG-01").flip
    assert flip is not None
    assert what_if(file, DAY, programme(), [flip]).code is VerdictCode.ELIGIBLE


def test_the_reasons_that_flips_are_made_for_exist() -> None:
    named = {key.split(" ")[-1] for key in FLIPS}
    assert named <= set(REASONS)


def test_an_application_left_out_is_not_asked_to_come_back() -> None:
    one = an_application(ApplicationState.RECEIVED)
    two = replace(one, id=ApplicationId(2))
    found = verdict(
        a_file(applications=(one, two)), DAY, programme(), ignore_application=ApplicationId(2)
    )
    flip = only(found, "INV-04").flip
    assert flip is not None
    assert [change.id for change in flip.changes] == [1]
