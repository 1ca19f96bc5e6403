# SPDX-License-Identifier: Apache-2.0
"""IRCC's clocks: what falls due when, and what the rules say of it (CLK-01 to CLK-04)."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from builders import DAY, a_file, a_member, a_person, an_application, programme
from hypothesis import given, settings
from hypothesis import strategies as st
from path_builders import a_line, a_request

from imp_plus_desktop.domain.deadlines import clocks
from imp_plus_desktop.domain.records.applications import Request
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import MemberId
from imp_plus_desktop.domain.rules.findings import Finding, RuleOutcome
from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    PortalItem,
    PortalState,
    RequestKind,
)

K, S = RequestKind, ApplicationState
PASS, FAIL = RuleOutcome.PASS, RuleOutcome.FAIL
UNKNOWN, NOT = RuleOutcome.UNKNOWN, RuleOutcome.NOT_APPLICABLE


def a_waiting_file(*asked: Request, **changes: Any) -> PersonFile:
    return a_file(applications=(an_application(),), requests=asked, **changes)


def said(file: PersonFile, rule: str, day: date = DAY) -> Finding:
    found = clocks.clock_findings(file, file.applications[0], day, programme())
    return next(finding for finding in found if finding.rule == rule)


def answer(file: PersonFile, rule: str, day: date = DAY) -> tuple[RuleOutcome, str]:
    finding = said(file, rule, day)
    return finding.outcome, finding.reason


@pytest.mark.parametrize(
    ("kind", "days"), [(K.BIOMETRICS, 30), (K.MEDICAL, 30), (K.DOCUMENTS, 30), (K.INTERVIEW, None)]
)
def test_the_usual_term_counts_until_the_letter_states_a_day(kind: K, days: int | None) -> None:
    letter = date(2023, 5, 22)
    request = a_request(kind, letter)
    expected = letter + timedelta(days=days) if days is not None else None
    assert clocks.due_on(request, programme()) == expected
    assert clocks.due_is_usual(request) is (days is not None)
    stated = a_request(kind, letter, due_on=date(2023, 6, 2))
    assert clocks.due_on(stated, programme()) == date(2023, 6, 2)
    assert not clocks.due_is_usual(stated)


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (date(2023, 12, 1), time(18, 59)),
        (date(2023, 7, 1), time(19, 59)),
        # Toronto changes its clocks on these Sundays, hours before the last minute of their day.
        (date(2024, 3, 9), time(18, 59)),
        (date(2024, 3, 10), time(19, 59)),
        (date(2024, 11, 2), time(19, 59)),
        (date(2024, 11, 3), time(18, 59)),
    ],
)
def test_the_last_minute_in_utc_is_early_evening_in_toronto(day: date, at: time) -> None:
    assert clocks.last_minute_in_toronto(day) == at


class TestBiometrics:
    def test_the_letter_is_expected_a_day_after_receipt(self) -> None:
        file = a_waiting_file()
        assert answer(file, "CLK-01", date(2023, 5, 21)) == (PASS, "biometric_letter_expected")
        assert said(file, "CLK-01", date(2023, 5, 21)).facts["expected_on"] == date(2023, 5, 21)
        assert answer(file, "CLK-01", date(2023, 5, 22)) == (UNKNOWN, "biometric_letter_awaited")

    def test_thirty_days_from_the_letter_the_last_one_included(self) -> None:
        file = a_waiting_file(a_request(K.BIOMETRICS))
        assert answer(file, "CLK-01", date(2023, 6, 21)) == (PASS, "biometrics_due")
        late = said(file, "CLK-01", date(2023, 6, 22))
        assert (late.outcome, late.reason, late.facts["days_late"]) == (
            FAIL,
            "biometrics_overdue",
            1,
        )
        assert not late.blocks

    def test_once_given_nothing_is_due(self) -> None:
        file = a_waiting_file(a_request(K.BIOMETRICS, done_on=date(2023, 6, 1)))
        assert answer(file, "CLK-01", date(2024, 1, 1)) == (PASS, "biometrics_done")

    def test_an_enrolment_of_the_last_ten_years_serves_again_to_its_last_day(self) -> None:
        file = a_waiting_file(person=a_person(biometrics_on=date(2013, 6, 1)))
        assert answer(file, "CLK-01", date(2023, 6, 1)) == (NOT, "biometrics_reusable")
        assert answer(file, "CLK-01", date(2023, 6, 2)) == (UNKNOWN, "biometric_letter_awaited")

    def test_a_members_own_enrolment_counts_for_the_member(self) -> None:
        member = a_member(biometrics_on=date(2020, 1, 1))
        own = an_application(member_id=MemberId(1))
        file = a_file(applications=(own,), members=(member,))
        assert answer(file, "CLK-01") == (NOT, "biometrics_reusable")

    @pytest.mark.parametrize("state", [PortalState.NOT_NEEDED, PortalState.COMPLETED])
    def test_no_letter_is_awaited_once_the_portal_says_so(self, state: PortalState) -> None:
        file = a_waiting_file(portal_lines=(a_line(PortalItem.BIOMETRICS, state),))
        assert answer(file, "CLK-01") == (NOT, "nothing_asked")

    def test_nothing_is_asked_of_a_draft(self) -> None:
        draft = an_application(S.DRAFT, received_at=None, place=None)
        assert answer(a_file(applications=(draft,)), "CLK-01") == (NOT, "nothing_received_yet")


class TestMedical:
    def test_the_exam_is_due_in_thirty_days(self) -> None:
        file = a_waiting_file(a_request(K.MEDICAL))
        assert answer(file, "CLK-02", date(2023, 6, 21)) == (PASS, "medical_due")
        assert answer(file, "CLK-02", date(2023, 6, 22)) == (FAIL, "medical_overdue")

    def test_a_result_holds_twelve_months_to_the_day_of_entry(self) -> None:
        passed = a_request(K.MEDICAL, done_on=date(2023, 6, 10))
        file = a_waiting_file(passed)
        assert answer(file, "CLK-02", date(2024, 6, 10)) == (PASS, "medical_result_valid")
        assert answer(file, "CLK-02", date(2024, 6, 11)) == (FAIL, "medical_result_expired")
        entered = a_waiting_file(passed, person=a_person(arrived_on=date(2024, 6, 1)))
        assert answer(entered, "CLK-02", date(2025, 1, 1)) == (PASS, "medical_result_valid")

    def test_the_date_on_the_result_goes_before_the_usual_year(self) -> None:
        passed = a_request(K.MEDICAL, done_on=date(2023, 6, 10), valid_until=date(2024, 3, 1))
        assert clocks.result_until(passed, programme()) == date(2024, 3, 1)


class TestDocuments:
    def test_the_letters_own_day_counts(self) -> None:
        file = a_waiting_file(a_request(K.DOCUMENTS, due_on=date(2023, 6, 5)))
        assert answer(file, "CLK-03", date(2023, 6, 5)) == (PASS, "documents_due")
        assert answer(file, "CLK-03", date(2023, 6, 6)) == (FAIL, "documents_overdue")

    def test_of_several_open_letters_the_nearest_speaks(self) -> None:
        later = a_request(K.DOCUMENTS, due_on=date(2023, 7, 1), id=1)
        nearer = a_request(K.DOCUMENTS, due_on=date(2023, 6, 3), id=2)
        done = a_request(K.DOCUMENTS, due_on=date(2023, 5, 30), done_on=date(2023, 5, 29), id=3)
        found = said(a_waiting_file(done, nearer, later), "CLK-03")
        assert found.facts["due_on"] == date(2023, 6, 3)


class TestLetterOfIntroduction:
    def test_its_printed_date_is_the_last_day_to_enter(self) -> None:
        letter = a_request(K.INTRODUCTION_LETTER, valid_until=date(2023, 9, 1))
        file = a_file(applications=(an_application(S.APPROVED),), requests=(letter,))
        assert answer(file, "CLK-04", date(2023, 9, 1)) == (PASS, "introduction_letter_runs")
        assert answer(file, "CLK-04", date(2023, 9, 2)) == (FAIL, "introduction_letter_lapsed")

    def test_without_a_date_nothing_is_known_and_without_a_letter_nothing_applies(self) -> None:
        file = a_file(
            applications=(an_application(S.APPROVED),), requests=(a_request(K.INTRODUCTION_LETTER),)
        )
        assert answer(file, "CLK-04") == (UNKNOWN, "introduction_date_unknown")
        assert answer(a_waiting_file(), "CLK-04") == (NOT, "no_introduction_letter")

    def test_once_the_permit_is_issued_it_has_served(self) -> None:
        letter = a_request(K.INTRODUCTION_LETTER, valid_until=date(2023, 9, 1))
        file = a_file(applications=(an_application(S.PERMIT_ISSUED),), requests=(letter,))
        assert answer(file, "CLK-04", date(2024, 1, 1)) == (PASS, "introduction_letter_used")


def test_a_draft_lasts_sixty_days_while_it_is_not_submitted() -> None:
    draft = an_application(S.DRAFT, received_at=None, place=None, prepared_on=date(2023, 5, 1))
    assert clocks.draft_until(draft, programme()) == date(2023, 6, 30)
    submitted = an_application(S.SUBMITTED, received_at=None, place=None, prepared_on=DAY)
    assert clocks.draft_until(submitted, programme()) is None


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from([K.BIOMETRICS, K.DOCUMENTS]),
    letter=st.dates(date(2023, 5, 20), date(2025, 1, 1)),
    after=st.integers(-5, 90),
)
def test_a_request_fails_exactly_from_the_day_after_it_is_due(
    kind: K, letter: date, after: int
) -> None:
    request = a_request(kind, letter)
    due = clocks.due_on(request, programme())
    assert due is not None
    rule = {K.BIOMETRICS: "CLK-01", K.DOCUMENTS: "CLK-03"}[kind]
    outcome, _reason = answer(a_waiting_file(request), rule, due + timedelta(days=after))
    assert (outcome is FAIL) is (after > 0)


@pytest.mark.parametrize("kind", [K.BIOMETRICS, K.MEDICAL, K.DOCUMENTS])
def test_what_is_late_is_no_longer_asked_for_before_its_last_day(kind: K) -> None:
    due = date(2023, 6, 1)
    file = a_waiting_file(a_request(kind, date(2023, 5, 22), due_on=due))
    rule = {K.BIOMETRICS: "CLK-01", K.MEDICAL: "CLK-02", K.DOCUMENTS: "CLK-03"}[kind]
    assert said(file, rule, due).fix not in (None, "ask_more_time")
    assert said(file, rule, due + timedelta(days=1)).fix == "ask_more_time"
