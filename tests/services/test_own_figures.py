# SPDX-License-Identifier: Apache-2.0
"""A figure of the office's own: what counts with it, how it is corrected, undone, taken out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from office_builders import TODAY, YEAR, invite, receive

from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.services.applications import fees
from imp_plus_desktop.services.figures import own
from imp_plus_desktop.services.figures.own import Entry, Reading
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.services.support import figures

FEE = "fee_processing"


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(AppError) as caught:
        call()
    return caught.value.code


def an_entry(value: str = "165.00", day: date = TODAY, name: str = FEE) -> Entry:
    return Entry(name, value, day, "IRCC’s list")


def expected(office: Office, person: int) -> int:
    return fees.account_of(office, people.file(office, person)).expected_cents


def test_what_is_owed_follows_the_fee_from_its_day_and_comes_back_with_undo(
    office: Office,
) -> None:
    person = invite(office, 1)
    before = expected(office, person)
    own.set_figure(office, an_entry())
    assert expected(office, person) == before + 1000
    own.set_figure(office, an_entry("175", TODAY + timedelta(days=1)))
    assert expected(office, person) == before + 1000
    history.undo(office)
    history.undo(office)
    assert expected(office, person) == before
    assert not figures.to_come(office)


def test_a_fee_set_again_for_the_same_day_is_corrected_and_the_same_is_no_act(
    office: Office,
) -> None:
    assert own.set_figure(office, an_entry()) is not None
    assert own.set_figure(office, an_entry()) is None
    assert own.set_figure(office, an_entry("166")) is not None
    own.take_out(office, FEE)
    (figure,) = (one for one in figures.listed(office) if one.name == FEE)
    assert (str(figure.value), figure.own) == ("155.00", False)
    assert refused(lambda: own.take_out(office, FEE)) == "no_own_figure"


def test_lines_that_lists_show_are_made_anew_after_a_figure(office: Office) -> None:
    invite(office, 1)
    summary.refresh(office)
    assert summary.stale_count(office) == 0
    own.set_figure(office, an_entry("20", name="csq_months"))
    assert summary.stale_count(office) == 1
    summary.refresh(office)
    history.undo(office)
    assert summary.stale_count(office) == 1


def test_lines_stay_where_a_figure_was_only_looked_up_or_a_day_closed(office: Office) -> None:
    invite(office, 1)
    receive(office, invite(office, 2))
    summary.refresh(office)
    own.look_up(office, ["fee_restoration_worker", "csq_months"], Reading())
    own.set_figure(office, an_entry("closed", name="holiday"))
    own.take_out(office, "holiday", TODAY)
    assert summary.stale_count(office) == 0
    history.undo(office)
    assert summary.stale_count(office) == 0
    assert checking.check(office, thorough=True).passed
    own.set_figure(office, an_entry("20", name="csq_months"))
    assert summary.stale_count(office) == 2


def test_a_cap_is_one_of_a_year_and_is_taken_out_again(office: Office) -> None:
    was = quota.board(office, YEAR).cap
    own.set_figure(office, Entry("cap_applications", "12", TODAY, "a notice", YEAR))
    assert quota.board(office, YEAR).cap == 12
    (figure,) = (one for one in figures.listed(office) if one.name == "cap_applications")
    assert (figure.own, figure.shipped, figure.source) == (True, was, "a notice")
    own.take_out(office, "cap_applications", TODAY, YEAR)
    assert quota.board(office, YEAR).cap == was
    bad = Entry("cap_applications", "12", TODAY, "a notice", 1990)
    assert refused(lambda: own.set_figure(office, bad)) == "year_out_of_range"


def test_of_two_years_set_from_one_day_the_days_own_is_taken_out(office: Office) -> None:
    for year in (YEAR, YEAR + 1):
        own.set_figure(office, Entry("cap_applications", "12", date(YEAR, 1, 1), "a notice", year))
    own.take_out(office, "cap_applications", date(YEAR, 1, 1))
    assert office.programme().cap_on(Ledger.APPLICATIONS, YEAR + 1, TODAY) == 12
    assert office.programme().cap_on(Ledger.APPLICATIONS, YEAR, TODAY) != 12
    own.take_out(office, "cap_applications", date(YEAR, 1, 1), YEAR + 1)
    assert refused(lambda: own.take_out(office, "cap_applications")) == "no_own_figure"


def test_no_other_holiday_is_taken_out_than_that_of_the_day(office: Office) -> None:
    for days in (1, 2):
        day = TODAY + timedelta(days=days)
        own.set_figure(office, Entry("holiday", "closed", day, "the office"))
    assert refused(lambda: own.take_out(office, "holiday")) == "no_own_figure"
    own.take_out(office, "holiday", TODAY + timedelta(days=1))
    rows = office.register.db.execute_sql("SELECT from_day FROM parameter").fetchall()
    assert rows == [((TODAY + timedelta(days=2)).isoformat(),)]


def test_a_day_of_the_programme_is_set_and_taken_out_the_same_way(office: Office) -> None:
    own.set_figure(office, an_entry("2024-06-30", name="last_accepted_letter"))
    assert office.programme().last_accepted_letter == date(2024, 6, 30)
    own.take_out(office, "last_accepted_letter")
    assert office.programme().last_accepted_letter == date(2025, 1, 15)


def test_what_was_looked_up_is_due_by_the_day_that_was_said(office: Office) -> None:
    again = TODAY + timedelta(days=10)
    own.look_up(office, ["fee_eta"], Reading(TODAY, again))
    own.look_up(office, ["term_months"], Reading())
    found = {one.name: one for one in figures.listed(office)}
    # The shipped sources were read later than this test's day: they are younger.
    assert found["fee_eta"].read_on != TODAY
    own.set_figure(office, an_entry(), Reading(TODAY, again))
    (figure,) = (one for one in figures.listed(office) if one.name == FEE)
    assert (figure.read_on, figure.again_on) == (TODAY, again)
    assert figure.is_due(again)


def test_what_was_noted_of_an_own_figure_goes_with_it(office: Office) -> None:
    own.set_figure(office, an_entry(), Reading(TODAY, TODAY + timedelta(days=5)))
    own.look_up(office, [FEE], Reading(TODAY, TODAY + timedelta(days=9)))
    own.take_out(office, FEE)
    rows = office.register.db.execute_sql("SELECT name FROM parameter").fetchall()
    assert rows == []
    history.undo(office)
    (figure,) = (one for one in figures.listed(office) if one.name == FEE)
    assert figure.again_on == TODAY + timedelta(days=9)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry(FEE, "lots", TODAY, "a page"), "bad_amount"),
        (Entry(FEE, "-1", TODAY, "a page"), "bad_amount"),
        (Entry(FEE, "1.00", TODAY, "  "), "source_missing"),
        (Entry(FEE, "1.00", TODAY, "a page", 2026), "year_not_asked"),
        (Entry("term_months", "24", TODAY, "a page"), "unknown_parameter"),
        (Entry("fee_", "24", TODAY, "a page"), "unknown_parameter"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    office: Office, entry: Entry, code: str
) -> None:
    assert refused(lambda: own.set_figure(office, entry)) == code
    assert not office.made


def test_nobody_has_read_a_figure_tomorrow(office: Office) -> None:
    tomorrow = TODAY + timedelta(days=1)
    for reading in (Reading(tomorrow), Reading(TODAY, TODAY)):
        assert refused(lambda told=reading: own.look_up(office, [FEE], told)) == "bad_reading"
    assert refused(lambda: own.look_up(office, ["nothing"], Reading())) == "unknown_parameter"


def test_several_are_looked_up_in_one_act_or_none_is(office: Office) -> None:
    december = replace(office, clock=Clock(date(2026, 12, 2)))
    due = [one.name for one in figures.due(december)]
    assert len(due) > 5
    wrong = [*due, "nothing"]
    assert refused(lambda: own.look_up(december, wrong, Reading())) == "unknown_parameter"
    assert refused(lambda: own.look_up(december, [], Reading())) == "figure_incomplete"
    assert [one.name for one in figures.due(december)] == due
    own.look_up(december, [*due, due[0]], Reading(), "IRCC’s list")
    assert figures.due(december) == ()
    assert figures.fees_due(december) is None
    history.undo(december)
    assert [one.name for one in figures.due(december)] == due


def test_the_usual_time_of_a_decision_is_a_figure_that_the_office_sets(office: Office) -> None:
    own.set_figure(office, an_entry("120", name="decision_due_days"))
    (figure,) = (one for one in figures.listed(office) if one.name == "decision_due_days")
    assert (figure.value, figure.shipped, figure.group) == (120, 60, "clocks")
    assert office.programme().decision_due_days == 120
    own.set_figure(office, an_entry("30", TODAY + timedelta(days=1), "decision_due_days"))
    assert office.programme().decision_due_days == 120
    (later,) = figures.to_come(office)
    assert (later.name, later.value, later.group) == ("decision_due_days", 30, "clocks")
