# SPDX-License-Identifier: Apache-2.0
"""The office's own days are shown with the next business day; the programme's days stay."""

from __future__ import annotations

from datetime import date, timedelta

from office_builders import TODAY, invite

from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.services.agenda import agenda, deadlines
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.figures import own
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder
from imp_plus_desktop.services.workdays.workdays import workdays

SATURDAY = TODAY + timedelta(days=3)
MONDAY = SATURDAY + timedelta(days=2)


def the(office: Office, kind: str) -> DeadlineRow:
    (row,) = (one for one in deadlines.agenda(office) if one.kind == kind)
    return row


def close(office: Office, day: date, value: str = "closed") -> None:
    own.set_figure(office, own.Entry("holiday", value, day, "the office"))


def test_a_reminder_of_a_saturday_is_shown_with_monday(office: Office) -> None:
    assert SATURDAY.isoweekday() == 6
    folder.add_note(office, invite(office), "Call", remind_on=SATURDAY)
    row = the(office, "reminder")
    assert (row.day, row.closed, row.business_day) == (SATURDAY, "weekend", MONDAY)
    said = agenda.why(row)
    assert said.startswith("Office closed (weekend); the next business day is November 27, 2023")


def test_a_closed_day_of_the_office_moves_the_next_business_day(office: Office) -> None:
    folder.add_note(office, invite(office), "Call", remind_on=SATURDAY)
    close(office, MONDAY)
    assert the(office, "reminder").business_day == MONDAY + timedelta(days=1)
    close(office, SATURDAY, "open")
    assert the(office, "reminder").closed is None
    history.undo(office)
    history.undo(office)
    assert the(office, "reminder").business_day == MONDAY
    assert workdays(office).own == {}


def test_the_ninety_days_of_the_programme_stay_calendar_days(office: Office) -> None:
    # Received on 1 September 2023: the ninetieth day after it is a Thursday, then made a holiday.
    person = invite(office)
    before = the(office, "letter")
    close(office, before.day)
    row = the(office, "letter")
    assert (row.day, row.days_left) == (before.day, before.days_left)
    assert (row.closed, row.business_day) == ("office", workdays(office).before(before.day))
    assert row.business_day is not None
    assert row.business_day < row.day
    assert "the last business day before is" in agenda.why(row)
    named = Named(person, row.kind, row.day, row.subject_id)
    agenda.move(office, named, SATURDAY, "we do it then")
    moved = the(office, "letter")
    assert (moved.day, moved.own_day, moved.business_day) == (SATURDAY, before.day, MONDAY)


def test_what_is_past_says_nothing_of_business_days(office: Office) -> None:
    folder.add_note(office, invite(office), "Call", remind_on=SATURDAY - timedelta(days=7))
    row = the(office, "reminder")
    assert row.closed == "weekend"
    assert "business" not in agenda.why(row)
