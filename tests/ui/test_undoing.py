# SPDX-License-Identifier: Apache-2.0
"""Ctrl+Z and Ctrl+Y in the window, while other desks write to the same register."""

from collections.abc import Iterator

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.ui.dialogs.question import Question
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.person_fixtures import answer

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    build.invite(office, 1)
    build.invite(office, 2)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


def press(widget: QWidget, key: Qt.Key, how: Qt.KeyboardModifier = CONTROL) -> None:
    """Press keys as the window gets them, shortcuts included."""
    QTest.keyClick(widget, key, how)
    QApplication.processEvents()


def notes(office: Office, number: int) -> list[str]:
    person = people.find(office, f"C{1_000_000 + number}")
    return [note.text for note in people.file(office, person).notes]


def edit(office: Office, number: int, **values: str) -> int | None:
    return people.edit(office, people.find(office, f"C{1_000_000 + number}"), values).act


def test_the_key_undoes_the_act_that_is_named_and_not_a_newer_one_of_another_desk(
    qtbot: QtBot, window: MainWindow, office: Office, other: Office
) -> None:
    folder.add_note(office, people.find(office, "C1000001"), "Ours")
    window.shell.changed()
    assert window.status.undo_text() == "Undo: change to the notes, Benalibb, Amine (Ctrl+Z)"
    folder.add_note(other, people.find(other, "C1000002"), "Theirs")
    press(window, Qt.Key.Key_Z)
    assert (notes(office, 1), notes(office, 2)) == ([], ["Theirs"])
    assert window.status.text() == "Undone: change to the notes, Benalibb, Amine"
    press(window, Qt.Key.Key_Y)
    assert (notes(office, 1), notes(office, 2)) == (["Ours"], ["Theirs"])


def test_what_is_in_the_way_is_named_and_nothing_changes(
    window: MainWindow, office: Office, other: Office
) -> None:
    edit(office, 1, phone="1")
    window.shell.changed()
    edit(other, 1, phone="2")
    before = history.acts(office)
    press(window, Qt.Key.Key_Z)
    assert history.acts(office) == before
    assert window.status.text() == (
        "Nothing was undone. The same values have been changed since – "
        "M. Roy: changed the file of Benalibb, Amine."
    )


def test_what_was_done_before_the_window_opened_is_left_to_the_lists(
    qtbot: QtBot, office: Office
) -> None:
    build.invite(office, 3)
    again = open_office(office.register_path, today=build.TODAY)
    window = MainWindow(again, inline_tasks=True)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    assert window.status.undo_text() == ""
    press(window, Qt.Key.Key_Z)
    assert people.count(again) == 1
    assert window.status.text().startswith("Nothing was done here since the window was opened.")
    undo = next(b for b in window.findChildren(QPushButton) if b.text() == "Undo")
    qtbot.mouseClick(undo, LEFT)
    assert people.count(again) == 0
    window.close()
    again.close()


def test_an_import_from_the_list_asks_before_it_leaves_what_others_changed(
    qtbot: QtBot, window: MainWindow, office: Office, other: Office
) -> None:
    rows = [build.a_row(number) for number in (11, 12, 13)]
    path = office.register_path.with_name("list.xlsx")
    build.import_file(office, build.a_list(path, rows))
    edit(other, 12, phone="2")
    page = window.open_page("imports")
    assert isinstance(page, ImportsPage)
    window.refresh()
    for leave in (True, False):
        asked = answer(lambda dialog, leave=leave: press_button(dialog, leave))
        qtbot.mouseClick(page.history.undo, LEFT)
        assert asked == ["Undo the rest?"]
        assert people.count(office) == (5 if leave else 3)
    assert imports.history(office)[0].undone_by is not None


def test_another_desks_act_is_undone_by_name_alone_and_after_a_question(
    qtbot: QtBot, window: MainWindow, office: Office, other: Office
) -> None:
    theirs = edit(other, 1, phone="514 555-0199")
    window.shell.changed()
    press(window, Qt.Key.Key_Z)
    assert _phone(office, 1) == "514 555-0199", "the keys take back nothing of theirs"
    for words, left in (("Leave it", "514 555-0199"), ("Undo it", None)):
        asked = answer(lambda dialog, words=words: _button(dialog, words).click())
        window.shell.undo(theirs or 0)
        assert asked == [f"Undo what {other.user} did?"]
        assert _phone(office, 1) == left
    done = f"Undone: change to the file, Benalibb, Amine ({other.user})"
    assert window.status.text() == done


def _phone(office: Office, number: int) -> str | None:
    return people.file(office, people.find(office, f"C{1_000_000 + number}")).person.phone


def _button(dialog: QWidget, words: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == words)


def press_button(dialog: object, leave: bool) -> None:
    assert isinstance(dialog, Question)
    if leave:  # Enter is the answer that changes nothing
        press(dialog.focusWidget() or dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
        return
    yes = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Undo the rest")
    yes.click()
