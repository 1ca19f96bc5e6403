# SPDX-License-Identifier: Apache-2.0
"""What was typed into a form is not lost by one key, and an untouched form asks nothing."""

from __future__ import annotations

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import drafts
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.journal import drafts as stored
from imp_plus_desktop.ui.dialogs.applications.receive import ReceiveDialog
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.person.note import NoteDialog
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.dialogs.single import RemoveFileDialog
from imp_plus_desktop.ui.dialogs.typed_work import Draft
from tests.ui.person_fixtures import says

ESCAPE = Qt.Key.Key_Escape


def shown(root: QWidget) -> list[str]:
    return [b.text() for b in root.findChildren(QPushButton) if b.isVisibleTo(root)]


def press(root: QWidget, text: str) -> None:
    next(b for b in root.findChildren(QPushButton) if b.text() == text).click()


@pytest.fixture
def note(qtbot: QtBot, office: Office) -> NoteDialog:
    dialog = NoteDialog(office, build.invite(office))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def write(dialog: QDialog, text: str) -> None:
    edit = dialog.findChild(QPlainTextEdit)
    assert edit is not None
    QTest.keyClicks(edit, text)


def test_an_untouched_form_is_left_at_once(note: NoteDialog) -> None:
    QTest.keyClick(note, ESCAPE)
    assert not note.isVisible()


@pytest.mark.parametrize("way", ["escape", "cross", "cancel"])
def test_leaving_a_written_note_asks_first(note: NoteDialog, office: Office, way: str) -> None:
    write(note, "Called twice")
    leave = {
        "escape": lambda: QTest.keyClick(note, ESCAPE),
        "cross": note.close,
        "cancel": lambda: press(note, "Cancel"),
    }[way]
    leave()
    assert note.isVisible()
    assert says(note, "Leave without keeping what you entered?")
    assert shown(note) == ["Leave", "Go on entering"]
    focused = note.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Go on entering", "Enter alone loses nothing"
    QTest.keyClick(note, ESCAPE)
    assert note.isVisible(), "a second Escape goes back to the note"
    assert isinstance(note.focusWidget(), QPlainTextEdit)
    assert shown(note) == ["Add the note", "Cancel"]
    leave()
    press(note, "Leave")
    assert not note.isVisible()
    assert people.file(office, 1).notes == ()


def test_going_back_to_a_form_marks_nothing_that_the_next_letter_would_replace(
    qtbot: QtBot, office: Office
) -> None:
    dialog = PersonDialog(office)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)  # without it no field is told of the focus
    name = dialog.form.field("family_name")
    assert isinstance(name, QLineEdit)
    QTest.keyClicks(name, "Roy")
    QTest.keyClick(dialog, ESCAPE)
    QTest.keyClick(dialog, ESCAPE)
    assert dialog.focusWidget() is name
    assert not name.hasSelectedText()
    QTest.keyClicks(name, "er")
    assert name.text() == "Royer"


def test_a_note_emptied_again_is_left_at_once(note: NoteDialog) -> None:
    write(note, "A")
    QTest.keyClick(note.findChild(QPlainTextEdit), Qt.Key.Key_Backspace)
    QTest.keyClick(note, ESCAPE)
    assert not note.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_saves_a_note(note: NoteDialog, office: Office, key: Qt.Key) -> None:
    note.activateWindow()
    write(note, "Called twice")
    QTest.keyClick(note.findChild(QPlainTextEdit), key, Qt.KeyboardModifier.ControlModifier)
    assert not note.isVisible()
    assert [n.text for n in people.file(office, 1).notes] == ["Called twice"]


def test_ctrl_enter_saves_nothing_that_the_button_would_not(note: NoteDialog) -> None:
    QTest.keyClick(
        note.findChild(QPlainTextEdit), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert note.isVisible()


def test_a_form_with_a_changed_choice_asks_too(qtbot: QtBot, office: Office) -> None:
    dialog = PersonDialog(office, build.invite(office))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.is_changed()
    dialog.form.set_values({**dialog.form.values(), "sex": "M"})
    assert dialog.is_changed()
    dialog.reject()
    assert dialog.isVisible()


def test_what_is_stored_asks_nothing(qtbot: QtBot, office: Office) -> None:
    dialog = PersonDialog(office, build.invite(office))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.form.set_values({**dialog.form.values(), "phone": "514-555-0100"})
    dialog.accept()
    assert not dialog.isVisible()
    assert issubclass(PersonDialog, FormDialog)


def test_a_reason_survives_a_crash_until_it_is_given_or_given_up(
    qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Draft, "AFTER_MS", 10)
    person = build.invite(office)
    first = RemoveFileDialog(office, person)
    first.show()
    QTest.keyClicks(first.form.field("reason"), "Twice in the list")
    qtbot.waitUntil(lambda: drafts.kept(office, person, "bin") == "Twice in the list")
    first.hide()
    first.deleteLater()  # nothing was asked, as in a crash
    again = RemoveFileDialog(office, person)
    again.show()
    assert again.form.value("reason") == "Twice in the list"
    QTest.keyClicks(again.form.field("reason"), ".")
    again.leave()
    again.deleteLater()
    assert drafts.kept(office, person, "bin") == ""


def test_the_reason_for_going_against_a_rule_survives_a_crash_too(
    qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Draft, "AFTER_MS", 10)
    person = build.invite(office, csq_expiry_date="2023-01-31", csq_issue_date="2021-01-31")

    def opened() -> tuple[ReceiveDialog, QLineEdit]:
        dialog = ReceiveDialog(office, person)
        qtbot.addWidget(dialog)
        dialog.show()
        lines = dialog.findChildren(QLineEdit)
        return dialog, next(x for x in lines if "Reason" in x.placeholderText())

    first, line = opened()
    QTest.keyClicks(line, "IRCC said so")
    (rule,) = first.reasons()
    qtbot.waitUntil(lambda: drafts.kept(office, person, f"receive {rule}") == "IRCC said so")
    first.hide()
    second, line = opened()
    assert line.text() == "IRCC said so"
    assert second.reasons() == {rule: "IRCC said so"}
    second.form.set_values({"day": "2022-12-01"})
    second.preview()
    second.form.set_values({"day": "2023-11-22"})
    second.preview()
    second.form.set_values({"number": "W123456789"})
    second.leave()
    assert drafts.kept(office, person, f"receive {rule}") == ""


def test_what_two_windows_left_is_told_and_gone_on_with_one_after_the_other(
    qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Draft, "AFTER_MS", 10)
    person = build.invite(office)
    for text, at in (("Rang\nat nine", "2023-11-22T14:01:01"), ("Wrote", "2023-11-22T15:02:02")):
        left = stored.Draft(text, f"elsewhere.1.{at[-4:]}", f"{at}.000000+00:00")
        stored.keep(office.register, stored.Whose(office.user, person, "note"), left)

    def opened() -> tuple[NoteDialog, QPlainTextEdit]:
        dialog = NoteDialog(office, person)
        qtbot.addWidget(dialog)
        dialog.show()
        area = dialog.form.field("text")
        assert isinstance(area, QPlainTextEdit)
        return dialog, area

    dialog, area = opened()
    assert area.toPlainText() == "Wrote"
    assert says(dialog, "Left unfinished in another window: “Rang at nine”")
    write(dialog, ", more")
    press(dialog, "Go on with that one")
    assert area.toPlainText() == "Rang\nat nine"
    assert says(dialog, "Left unfinished in another window: “Wrote, more”")
    qtbot.waitUntil(lambda: drafts.kept(office, person, "note") == "Rang\nat nine")
    dialog.accept()
    second, area = opened()
    assert area.toPlainText() == "Wrote, more"
    assert "Go on with that one" not in shown(second)
    write(second, "and ")
    second.leave()
    assert drafts.kept(office, person, "note") == ""
