# SPDX-License-Identifier: Apache-2.0
"""Notes that are pinned or come back on a day, and drafts of what is being written."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.deadlines.agenda import open_reminders
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.agenda import agenda, deadlines
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import drafts
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.words.messages import deadline_said

MONDAY = build.TODAY + timedelta(days=5)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    yield made
    made.close()


def reminders(office: Office) -> list[tuple[date, str]]:
    rows = deadlines.agenda(office)
    return [(row.day, deadline_said(row)) for row in rows if row.kind == "reminder"]


def test_a_note_comes_back_on_its_day_and_stays_until_it_is_done(office: Office) -> None:
    person = build.invite(office)
    folder.add_note(office, person, "Call her  back\nabout the fee", remind_on=MONDAY)
    assert reminders(office) == [(MONDAY, "Reminder: Call her back about the fee")]
    named = Named(person, "reminder", MONDAY, people.file(office, person).notes[0].id)
    agenda.acknowledge(office, named)
    later = open_office(Path(office.register_path), today=MONDAY + timedelta(days=700))
    assert [day for day, _said in reminders(later)] == [MONDAY]
    later.close()
    agenda.settle(office, named)
    assert reminders(office) == []
    history.undo(office)
    assert [day for day, _said in reminders(office)] == [MONDAY]


def test_a_reminder_that_is_put_off_comes_back_on_the_later_day(office: Office) -> None:
    person = build.invite(office)
    folder.add_note(office, person, "Call", remind_on=MONDAY)
    note = people.file(office, person).notes[0]
    named = Named(person, "reminder", MONDAY, note.id)
    agenda.settle(office, named)
    week = MONDAY + timedelta(days=7)
    folder.change_note(office, person, note.id, remind_on=week)
    assert reminders(office) == [(week, "Reminder: Call")]
    file = people.file(office, person)
    assert open_reminders(file) == {note.id: week}
    assert file.notes[0].text == "Call"
    history.undo(office)
    assert reminders(office) == []


def test_a_reminder_that_the_agenda_has_moved_is_told_on_its_new_day(office: Office) -> None:
    person = build.invite(office)
    folder.add_note(office, person, "Call", remind_on=MONDAY)
    note = people.file(office, person).notes[0]
    later = MONDAY + timedelta(days=2)
    agenda.move(office, Named(person, "reminder", MONDAY, note.id), later, "on leave")
    assert open_reminders(people.file(office, person)) == {note.id: later}


def test_a_note_is_pinned_written_anew_and_each_is_undone(office: Office) -> None:
    person = build.invite(office)
    folder.add_note(office, person, "First", pinned=True)
    note = people.file(office, person).notes[0]
    assert note.pinned
    folder.change_note(office, person, note.id, text="Second")
    folder.change_note(office, person, note.id, pinned=False)
    after = people.file(office, person).notes[0]
    assert (after.text, after.pinned, after.written_at) == ("Second", None, note.written_at)
    history.undo(office)
    history.undo(office)
    assert people.file(office, person).notes[0] == note
    with pytest.raises(DomainError, match="note_empty"):
        folder.change_note(office, person, note.id, text=" ")


def test_a_long_note_is_told_short_in_the_agenda(office: Office) -> None:
    person = build.invite(office)
    folder.add_note(office, person, "long " * 60, remind_on=MONDAY)
    ((_day, said),) = reminders(office)
    assert said.endswith("…")
    assert len(said) < 100


def test_a_calendar_without_names_tells_nothing_of_the_note(office: Office, tmp_path: Path) -> None:
    person = build.invite(office)
    folder.add_note(office, person, "Call Amine Benali", remind_on=MONDAY)
    agenda.save_calendar(office, tmp_path / "days.ics", names=False)
    written = (tmp_path / "days.ics").read_text("utf-8")
    assert "Reminder" in written
    assert "Benali" not in written


def test_a_draft_is_its_writers_and_survives_until_it_is_dropped(office: Office) -> None:
    person, other = build.invite(office, 1), build.invite(office, 2)
    acts = len(history.acts(office))
    assert drafts.keep(office, person, "note", "half a sen")
    assert drafts.keep(office, person, "note", "half a sentence")
    again = open_office(Path(office.register_path), today=build.TODAY)
    assert drafts.kept(again, person, "note") == "half a sentence"
    again.settings.user_name = "Somebody Else"
    assert drafts.kept(again, person, "note") == ""
    again.close()
    assert drafts.kept(office, other, "note") == ""
    assert len(history.acts(office)) == acts
    drafts.keep(office, person, "note", "")
    assert drafts.kept(office, person, "note") == ""


def test_a_draft_of_a_file_that_is_gone_is_not_kept(office: Office) -> None:
    assert drafts.keep(office, 4711, "note", "nobody’s")
    assert drafts.kept(office, 4711, "note") == ""
    person = build.invite(office)
    drafts.keep(office, person, "note", "soon gone")
    history.undo(office)
    assert drafts.kept(office, person, "note") == ""
