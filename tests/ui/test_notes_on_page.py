# SPDX-License-Identifier: Apache-2.0
"""Notes that a person's page keeps in view, and what is written of one before it is stored."""

from datetime import timedelta

import office_builders as build
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import drafts
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.ui.dialogs.person.note import NoteDialog
from imp_plus_desktop.ui.dialogs.typed_work import Draft
from imp_plus_desktop.ui.person.person_notes import PinnedNotes
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton
from tests.ui.helpers import assert_accessible
from tests.ui.person_fixtures import answer, fill, office, panel, texts

__all__ = ["office", "panel"]

MONDAY = build.TODAY + timedelta(days=5)


def cards(panel: PersonPanel) -> PinnedNotes:
    found = panel.findChild(PinnedNotes)
    assert found is not None
    return found


def press(panel: PersonPanel, words: str) -> None:
    found = cards(panel).findChildren(ActionButton)
    next(b for b in found if b.toolTip() == words and b.isVisibleTo(panel)).click()


def area(dialog: NoteDialog) -> QPlainTextEdit:
    found = dialog.form.field("text")
    assert isinstance(found, QPlainTextEdit)
    return found


def test_a_pinned_note_stands_under_the_verdict_until_it_is_taken_down(
    panel: PersonPanel, office: Office
) -> None:
    person = build.invite(office)
    panel.show_person(person)
    assert cards(panel).isHidden()
    folder.add_note(office, person, "Call her back", pinned=True)
    panel.refresh()
    assert "Call her back" in texts(cards(panel))
    assert_accessible(panel)
    press(panel, "Unpin")
    assert cards(panel).isHidden()
    assert not people.file(office, person).notes[0].pinned


def test_a_reminder_is_postponed_and_done_from_the_page(panel: PersonPanel, office: Office) -> None:
    person = build.invite(office)
    folder.add_note(office, person, "Call her back", remind_on=MONDAY)
    panel.show_person(person)
    assert "Reminder: Monday, November 27, 2023" in texts(cards(panel))

    def later(dialog: NoteDialog) -> None:
        fill(dialog, remind_on="+10")
        dialog.accept()

    answer(later)
    press(panel, "Postpone…")
    day = build.TODAY + timedelta(days=10)
    assert people.file(office, person).notes[0].remind_on == day
    assert [row.day for row in deadlines.agenda(office) if row.kind == "reminder"] == [day]
    press(panel, "Done")
    assert cards(panel).isHidden()
    assert [row for row in deadlines.agenda(office) if row.kind == "reminder"] == []


def test_what_is_written_of_a_note_is_there_again_after_a_crash(
    qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Draft, "AFTER_MS", 20)
    person = build.invite(office)
    first = NoteDialog(office, person)
    qtbot.addWidget(first)
    first.show()
    QTest.keyClicks(area(first), "She moves in")
    qtbot.waitUntil(lambda: drafts.kept(office, person, "note") == "She moves in")
    first.hide()  # the program ended there: neither stored nor given up
    second = NoteDialog(office, person)
    qtbot.addWidget(second)
    second.show()
    assert area(second).toPlainText() == "She moves in"
    assert any("taken up again" in text for text in texts(second))
    QTest.keyClicks(area(second), " May")  # where the writing was left
    second.accept()
    assert people.file(office, person).notes[0].text == "She moves in May"
    assert drafts.kept(office, person, "note") == ""


def test_a_note_that_is_given_up_leaves_no_draft(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    drafts.keep(office, person, "note", "Old")
    dialog = NoteDialog(office, person)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()  # nothing was changed: what was being written stays
    assert drafts.kept(office, person, "note") == "Old"
    again = NoteDialog(office, person)
    qtbot.addWidget(again)
    again.show()
    area(again).setPlainText("New")
    again.leave()
    assert drafts.kept(office, person, "note") == ""
