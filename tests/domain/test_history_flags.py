# SPDX-License-Identifier: Apache-2.0
"""What history has against it, told of the file as it stands; and the glance held to the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from builders import (
    PERSON,
    a_document,
    a_file,
    a_letter,
    a_member,
    a_permit,
    a_person,
    a_residence,
    an_application,
    programme,
)
from generated import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, FlagSettlementId, LetterId, MemberId
from imp_plus_desktop.domain.records.office import FlagSettlement
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    DocumentState,
    DocumentType,
    FlagCode,
    Outcome,
    PrState,
)
from imp_plus_desktop.domain.verdict import eligibility, history_flags
from imp_plus_desktop.domain.verdict.history_flags import HistoryFlag

TODAY = date(2026, 11, 20)
APPROVED = ApplicationState.APPROVED
RECEIVED = datetime(2023, 5, 20, 15, tzinfo=UTC)


def flags(file: PersonFile, *over_cap: int) -> list[HistoryFlag]:
    numbers = [ApplicationId(number) for number in over_cap]
    return list(history_flags.flags_of(file, programme(), TODAY, numbers))


def codes(file: PersonFile, *over_cap: int) -> list[FlagCode]:
    return [flag.code for flag in flags(file, *over_cap)]


def history(application: Application | None = None, **changes: Any) -> PersonFile:
    return a_file(applications=(application or an_application(),), **changes)


def rules(file: PersonFile) -> list[str | None]:
    return [flag.rule for flag in flags(file) if flag.code is FlagCode.RULE_FAILED]


def test_a_plain_history_has_nothing_against_it() -> None:
    done = an_application(
        ApplicationState.PERMIT_ISSUED, outcome=Outcome.APPROVED, decided_on=date(2023, 5, 30)
    )
    assert flags(history(done, permits=(a_permit(),))) == []


def test_what_the_year_has_no_room_for_is_flagged_by_its_year() -> None:
    (flag,) = flags(history(), 1)
    assert (flag.code, flag.facts, flag.subject_id) == (FlagCode.OVER_CAP, {"year": 2023}, 1)


def test_a_decision_before_the_receipt_is_flagged_and_one_on_the_day_is_not() -> None:
    day = date(2023, 5, 20)
    on_the_day = an_application(APPROVED, outcome=Outcome.APPROVED, decided_on=day)
    assert flags(history(on_the_day)) == []
    (flag,) = flags(history(replace(on_the_day, decided_on=day - timedelta(days=1))))
    assert flag.code is FlagCode.DECIDED_BEFORE_RECEIVED
    assert flag.facts == {"decided_on": date(2023, 5, 19), "received_on": day}


def test_a_receipt_that_is_still_to_come_is_flagged_until_its_day() -> None:
    coming = history(an_application(received_at=datetime(2026, 11, 21, 17, tzinfo=UTC)))
    assert FlagCode.RECEIVED_IN_FUTURE in codes(coming)
    there = history_flags.flags_of(coming, programme(), TODAY + timedelta(days=1))
    assert FlagCode.RECEIVED_IN_FUTURE not in [flag.code for flag in there]


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.APPROVED])
def test_an_outcome_of_which_no_permit_comes_is_flagged_beside_one(outcome: Outcome) -> None:
    ended = an_application(ApplicationState(outcome.value), outcome=outcome)
    (flag,) = flags(history(ended, permits=(a_permit(),)))
    assert (flag.code, flag.about) == (FlagCode.OUTCOME_AGAINST_PERMIT, outcome.value)
    assert flags(history(ended)) == []


@pytest.mark.parametrize(
    ("kind", "begins", "ends", "flagged"),
    [
        ("first", date(2023, 8, 1), date(2026, 8, 1), False),
        ("first", date(2023, 8, 1), date(2026, 8, 2), True),
        ("first", date(2024, 2, 29), date(2027, 2, 28), False),
        ("first", date(2024, 2, 29), date(2027, 3, 1), True),
        ("extension", date(2023, 8, 1), date(2024, 8, 1), False),
        ("extension", date(2023, 8, 1), date(2024, 8, 2), True),
    ],
)
def test_a_permit_runs_as_long_as_its_kind_allows(
    kind: str, begins: date, ends: date, flagged: bool
) -> None:
    permit = replace(a_permit(ends), valid_from=begins)
    application = an_application(
        ApplicationState.PERMIT_ISSUED, kind=ApplicationKind(kind), outcome=Outcome.APPROVED
    )
    found = codes(history(application, permits=(permit,)))
    assert (FlagCode.PERMIT_OVER_TERM in found) is flagged


def test_a_members_work_permit_has_a_term_and_a_study_permit_none() -> None:
    def of(code: ApplicationCode) -> list[FlagCode]:
        application = an_application(APPROVED, member_id=MemberId(1), code=code)
        return codes(
            history(application, members=(a_member(),), permits=(a_permit(date(2028, 1, 1)),))
        )

    assert of(ApplicationCode.C41) == [FlagCode.PERMIT_OVER_TERM]
    assert of(ApplicationCode.STUDY) == []


def test_a_decision_without_its_receipt_tells_the_year_where_letter_and_decision_agree() -> None:
    unknown = an_application(
        APPROVED,
        received_at=None,
        outcome=Outcome.APPROVED,
        decided_on=date(2023, 6, 1),
        cap_year=None,
        place=None,
    )
    (flag,) = flags(history(unknown))
    assert flag.code is FlagCode.RECEIPT_UNKNOWN
    assert flag.facts == {"year": 2023, "from_day": date(2023, 5, 1), "until_day": date(2023, 6, 1)}
    (next_year,) = flags(history(replace(unknown, decided_on=date(2024, 2, 1))))
    assert next_year.facts["year"] is None
    (no_day,) = flags(history(replace(unknown, decided_on=None)))
    assert (no_day.facts["from_day"], no_day.facts["until_day"]) == (None, None)


@pytest.mark.parametrize(
    "application",
    [
        an_application(ApplicationState.RETURNED, received_at=None, outcome=Outcome.RETURNED),
        an_application(APPROVED, received_at=None, outcome=Outcome.APPROVED, member_id=MemberId(1)),
        an_application(
            APPROVED,
            received_at=None,
            outcome=Outcome.APPROVED,
            kind=ApplicationKind.EXTENSION,
        ),
        an_application(received_at=None),
        an_application(ApplicationState.DRAFT, received_at=None),
    ],
    ids=["returned", "family", "extension", "undecided", "draft"],
)
def test_only_what_would_use_a_place_misses_its_receipt(application: Application) -> None:
    assert flags(history(application, members=(a_member(),))) == []


def test_a_rule_is_judged_by_the_facts_of_the_day_of_receipt() -> None:
    late = an_application(received_at=datetime(2023, 8, 3, 15, tzinfo=UTC))
    assert rules(history(late)) == ["INV-02"]
    in_quebec = replace(a_residence("CAN", "QC"), id=2, from_day=date(2023, 7, 1))
    moved_since = (a_residence(until_day=date(2023, 6, 30)), in_quebec)
    assert rules(history(residences=moved_since)) == []
    lived_there = (replace(in_quebec, from_day=date(2023, 5, 1)),)
    assert rules(history(residences=lived_there)) == ["ELG-01"]
    without = history(letters=())
    assert rules(without) == ["INV-01"]


@pytest.mark.parametrize("state", [PrState.APPROVED, PrState.REFUSED, PrState.LANDED])
def test_what_became_of_pr_since_is_not_held_against_the_receipt(state: PrState) -> None:
    person = a_person(
        pr_state=state,
        pr_filed_on=date(2023, 5, 1),
        canada_status=CanadaStatus.PERMANENT_RESIDENT,
    )
    assert rules(history(person=person)) == []


def test_a_document_that_is_missing_today_and_a_later_letter_say_nothing_of_that_day() -> None:
    missing = (a_document(DocumentType.RESIDENCE_PROOF, DocumentState.REQUIRED),)
    later = replace(a_letter(date(2025, 2, 1), None), id=LetterId(2))
    assert rules(history(documents=missing, letters=(a_letter(), later))) == []


def test_a_second_first_application_under_one_letter_is_flagged_and_the_first_is_not() -> None:
    second = an_application(id=ApplicationId(2), received_at=RECEIVED + timedelta(days=9))
    file = a_file(applications=(an_application(), second))
    assert [(f.application, f.rule) for f in flags(file)] == [(2, "INV-04")]


def test_an_extension_after_its_permit_is_judged_by_the_permit_before() -> None:
    first = an_application(ApplicationState.PERMIT_ISSUED, outcome=Outcome.APPROVED)
    extension = an_application(
        ApplicationState.PERMIT_ISSUED,
        id=ApplicationId(2),
        kind=ApplicationKind.EXTENSION,
        outcome=Outcome.APPROVED,
        received_at=datetime(2026, 7, 1, 15, tzinfo=UTC),
    )
    own = replace(a_permit(date(2027, 7, 1), 2), id=2, valid_from=date(2026, 7, 2))
    person = a_person(pr_state=PrState.IN_PROCESS, pr_filed_on=date(2023, 5, 2))
    file = a_file(person, applications=(first, extension), permits=(a_permit(), own))
    assert [(f.application, f.rule) for f in flags(file)] == [(2, "EXT-01")]


def test_a_settled_flag_is_open_again_when_it_comes_to_say_something_else() -> None:
    long = replace(a_permit(date(2027, 1, 1)), valid_from=date(2023, 6, 1))
    file = history(an_application(APPROVED), permits=(long,))
    (flag,) = flags(file)
    settled = FlagSettlement(
        FlagSettlementId(1), PERSON, flag.code, flag.subject_id, flag.about, "x", TODAY, "Luc"
    )
    assert not flags(replace(file, settlements=(settled,)))[0].is_open
    longer = (replace(long, valid_until=date(2028, 1, 1)),)
    assert flags(replace(file, permits=longer, settlements=(settled,)))[0].is_open
    other = (replace(settled, code=FlagCode.OVER_CAP),)
    assert flags(replace(file, settlements=other))[0].is_open


DAYS = st.dates(date(2022, 4, 1), date(2025, 6, 1))
MAYBE = st.none() | DAYS


@settings(max_examples=cases(1500), deadline=None)
@given(
    letter=DAYS,
    waited=st.none() | st.integers(-5, 40),
    received=st.integers(-10, 130),
    issued=st.none() | st.dates(date(2019, 1, 1), date(2024, 12, 1)),
    expires=MAYBE,
    category=st.sampled_from([None, "IQ", "IZ", *sorted(programme().csq_not_worker)]),
    country=st.sampled_from(["MAR", "FRA", "CAN", None]),
    province=st.sampled_from([None, "QC", "ON"]),
    citizenship=st.sampled_from([None, "MAR", "CAN"]),
    second=st.sampled_from([None, "FRA", "CAN"]),
    r206=st.sampled_from([None, True, False]),
    pr=st.sampled_from([None, *PrState]),
    status=st.sampled_from([None, *CanadaStatus]),
    status_until=MAYBE,
    decided=st.none() | st.integers(-3, 200),
    outcome=st.sampled_from([None, *Outcome]),
    permit=st.none() | st.tuples(st.integers(-3, 30), st.integers(1090, 1100)),
)
def test_what_is_plain_at_a_glance_has_no_flag(**told: Any) -> None:
    letter = told["letter"]
    on_hand = None if told["waited"] is None else letter + timedelta(days=told["waited"])
    day = letter + timedelta(days=told["received"])
    at = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
    begins = None if told["permit"] is None else day + timedelta(days=told["permit"][0])
    row: dict[str, Any] = {
        "letter_date": letter,
        "letter_received_date": on_hand,
        "received_at": at,
        "csq_issue_date": told["issued"],
        "csq_expiry_date": told["expires"],
        "csq_category": told["category"],
        "residence_country": told["country"],
        "residence_province": told["province"],
        "canada_status": told["status"],
        "canada_status_until": told["status_until"],
        "r206": told["r206"],
        "second_citizenship": told["second"],
        "citizenship": told["citizenship"],
        "decided_on": None if told["decided"] is None else day + timedelta(days=told["decided"]),
        "outcome": told["outcome"],
        "permit_from": begins,
        "permit_until": None if begins is None else begins + timedelta(days=told["permit"][1]),
    }
    file = file_of(row, told)
    known = {name: value for name, value in row.items() if value is not None}
    if history_flags.clear_at_a_glance(known, programme(), TODAY):
        assert flags(file) == []
    assert toronto_day(at) == day
    plain = history_flags.rules_hold_at_a_glance(known, day, programme())
    then = history_flags.as_of_receipt(file, file.applications[0])
    failed = eligibility.fails_at_receipt(then, file.applications[0], day, programme())
    assert not (plain and failed)


def file_of(row: dict[str, Any], told: dict[str, Any]) -> PersonFile:
    """The file that a row makes of somebody new."""
    person = a_person(
        csq_issue_date=row["csq_issue_date"],
        csq_expiry_date=row["csq_expiry_date"],
        csq_category=row["csq_category"],
        citizenship=row["citizenship"],
        second_citizenship=row["second_citizenship"],
        canada_status_until=row["canada_status_until"],
        r206=row["r206"],
        pr_state=told["pr"],
        canada_status=told["status"],
    )
    outcome = row["outcome"]
    application = an_application(
        ApplicationState(outcome.value) if outcome else ApplicationState.RECEIVED,
        received_at=row["received_at"],
        outcome=outcome,
        decided_on=row["decided_on"],
    )
    permits = ()
    if row["permit_from"] is not None:
        permits = (replace(a_permit(row["permit_until"]), valid_from=row["permit_from"]),)
    stays = (a_residence(row["residence_country"], told["province"]),)
    return a_file(
        person,
        letters=(a_letter(row["letter_date"], row["letter_received_date"]),),
        residences=stays if row["residence_country"] else (),
        applications=(application,),
        permits=permits,
    )


def test_a_plain_row_is_clear_at_a_glance() -> None:
    row = {
        "letter_date": date(2023, 5, 1),
        "received_at": RECEIVED,
        "residence_country": "MAR",
        "citizenship": "MAR",
        "csq_issue_date": date(2022, 11, 2),
        "outcome": Outcome.APPROVED,
        "decided_on": date(2023, 6, 1),
        "permit_from": date(2023, 6, 2),
        "permit_until": date(2026, 6, 2),
    }
    assert history_flags.clear_at_a_glance(row, programme(), TODAY)
    for wrong in ({"received_at": None}, {"decided_on": date(2023, 5, 1)}, {"letter_date": None}):
        assert not history_flags.clear_at_a_glance({**row, **wrong}, programme(), TODAY)


@pytest.mark.parametrize(
    ("told", "plain"),
    [
        ({"residence_province": "ON"}, True),
        ({"residence_province": "QC"}, False),
        ({}, False),
        ({"residence_province": "ON", "canada_status": CanadaStatus.NONE}, False),
        ({"residence_province": "ON", "r206": True}, False),
        ({"residence_province": "ON", "second_citizenship": "CAN"}, False),
    ],
)
def test_somebody_in_another_province_is_plain_unless_a_status_is_told(
    told: dict[str, Any], plain: bool
) -> None:
    row = {"letter_date": date(2023, 5, 1), "residence_country": "CAN", "citizenship": "MAR"}
    found = history_flags.rules_hold_at_a_glance({**row, **told}, date(2023, 5, 20), programme())
    assert found is plain
