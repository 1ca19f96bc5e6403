# SPDX-License-Identifier: Apache-2.0
"""Switches and windows set by acts: they count from their day, and move no place there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from office_builders import TODAY, YEAR, an_approved, decide, invite, issue, places, receive

from imp_plus_desktop.domain.values.codes import ApplicationKind
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import parameters, summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.quota import quota, reports
from imp_plus_desktop.storage.history import replay

FIRST_DAY = date(YEAR, 1, 1)


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def extend(office: Office, number: int) -> int | None:
    """An extension of someone who has a permit; the place that it uses."""
    application = an_approved(office, number)
    issue(office, application)
    person = people.find(office, f"C{1_000_000 + number}")
    reasons = {"EXT-01": "a test"}
    return receive(office, person, kind=ApplicationKind.EXTENSION, overrides=reasons).place


def test_a_switch_counts_for_what_comes_after_it_and_moves_no_place(office: Office) -> None:
    assert extend(office, 1) is None
    before = places(office.register)
    done = parameters.set_switch(office, YEAR, "extension", True, FIRST_DAY, "IRCC said so")
    assert done.unmoved == 1
    assert places(office.register) == before
    assert extend(office, 2) is not None
    assert replay.ledger_fault(office.register) is None


def test_a_switch_counts_from_its_day_on(office: Office) -> None:
    parameters.set_switch(office, YEAR, "returned", True, TODAY, "from today")
    early = receive(office, invite(office, 1)).application
    decide(office, early, "returned", date(2023, 11, 21))
    late = receive(office, invite(office, 2)).application
    decide(office, late, "returned", TODAY)
    rows = quota.figure_rows(office, YEAR, "used").ids
    assert rows == (late,)


def test_a_switch_of_a_year_leaves_the_others(office: Office) -> None:
    parameters.set_switch(office, 2022, "returned", True, date(2022, 1, 1), "a choice of 2022")
    assert office.programme().switches(2022).returned_uses_place
    assert not office.programme().switches(YEAR).returned_uses_place


def test_reports_state_the_choice_in_force(office: Office) -> None:
    period = reports.period_of(reports.ReportKind.QUARTERLY, YEAR, 3)
    assert not reports.make(office, period).switches.returned_uses_place
    parameters.set_switch(office, YEAR, "returned", True, date(2023, 9, 30), "why")
    assert reports.make(office, period).switches.returned_uses_place
    assert quota.board(office, YEAR).switches.returned_uses_place
    history.undo(office)
    assert not quota.board(office, YEAR).switches.returned_uses_place


def test_an_extension_keeps_the_place_it_took_whatever_its_switch_says_later(
    office: Office,
) -> None:
    parameters.set_switch(office, YEAR, "extension", True, FIRST_DAY, "they count")
    assert extend(office, 1) is not None
    parameters.set_switch(office, YEAR, "extension", False, TODAY, "they do not")
    (extension,) = quota.figure_rows(office, YEAR, "extensions").ids
    used = quota.board(office, YEAR).used
    decide(office, extension, "refused")
    assert quota.board(office, YEAR).used == used


def test_the_closing_day_of_the_letters_can_be_moved(office: Office) -> None:
    late = {"letter_date": "2023-11-02", "letter_received_date": "2023-11-03"}
    parameters.set_window(office, "last_accepted_letter", "2023-11-01", FIRST_DAY, "closed early")
    person = invite(office, 1, **late)
    summary.refresh(office)
    assert people.row(office, person).verdict.value == "not_eligible"
    parameters.set_window(office, "last_accepted_letter", "2023-12-31", TODAY, "letters resumed")
    summary.refresh(office)
    assert people.row(office, person).verdict.value == "eligible"
    (window,) = (w for w in parameters.windows(office) if w.name == "last_accepted_letter")
    assert (window.value, window.shipped) == (date(2023, 12, 31), date(2025, 1, 15))
    history.undo(office)
    summary.refresh(office)
    assert people.row(office, person).verdict.value == "not_eligible"


def test_a_window_set_today_turns_no_verdict_of_an_earlier_day(office: Office) -> None:
    received = {"letter_date": "2023-05-01", "letter_received_date": "2023-05-04"}
    person = invite(office, 1, **received)
    applied, late = date(2023, 8, 2), date(2023, 8, 3)
    before = [people.verdict(office, person, day).code for day in (applied, late)]
    receive(office, person, datetime(2023, 8, 2, 15, tzinfo=UTC))
    summary.refresh(office)
    listed = people.row(office, person).verdict
    parameters.set_window(office, "letter_window_days", "30", TODAY, "shorter from today")
    summary.refresh(office)
    assert people.row(office, person).verdict is listed
    history.undo(office)
    history.undo(office)
    for days in ("30", "400"):
        parameters.set_window(office, "letter_window_days", days, TODAY, "from today on")
        assert [people.verdict(office, person, day).code for day in (applied, late)] == before
    assert people.verdict(office, person, TODAY).last_safe_day == date(2024, 6, 7)


def test_a_window_set_for_later_waits_for_its_day(office: Office) -> None:
    parameters.set_window(office, "letter_window_days", "60", date(2023, 12, 1), "shorter")
    assert office.programme().letter_window_days == 90
    assert all(window.setting is None for window in parameters.windows(office))


@pytest.mark.parametrize(
    ("name", "value", "reason", "code"),
    [
        ("last_accepted_letter", "2025-01-15", " ", "reason_missing"),
        ("last_accepted_letter", "15 janvier", "why", "bad_window"),
        ("last_accepted_letter", "20250115", "why", "bad_window"),
        ("letter_window_days", "0", "why", "bad_window"),
        ("letter_window_days", "2025-01-15", "why", "bad_window"),
        ("child_age", "22", "why", "unknown_parameter"),
    ],
)
def test_what_cannot_be_set_is_refused(
    office: Office, name: str, value: str, reason: str, code: str
) -> None:
    assert error_of(lambda: parameters.set_window(office, name, value, TODAY, reason)) == code
    assert error_of(
        lambda: parameters.set_switch(office, YEAR, "family", True, TODAY, "why")
    ) == "unknown_parameter"  # fmt: skip
    assert office.register.is_empty()


def test_a_cap_changed_in_mid_year_moves_board_and_projection(office: Office) -> None:
    for number in range(1, 33):
        month = 9 + (number - 1) // 16
        at = datetime(2023, month, 5 + number % 16, 15, tzinfo=UTC)
        receive(office, invite(office, number), at)
    quota.set_cap(office, YEAR, 40, FIRST_DAY, "few places")
    quota.set_cap(office, YEAR, 34, date(2023, 11, 1), "fewer from November")
    before, after = (quota.board(office, YEAR, date(2023, m, d)) for m, d in ((10, 25), (11, 5)))
    assert (before.cap, after.cap) == (40, 34)
    assert before.projection is not None
    assert before.projection.earliest > date(2023, 10, 25)
    assert after.remaining == 2
    assert {pace.weeks for pace in after.paces} == {4, 8, 13}
