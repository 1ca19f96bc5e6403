# SPDX-License-Identifier: Apache-2.0
"""The passphrase in the window: set, changed, removed, printed; and the window locked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import office_builders as build
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.storage.engines.sqlite import opening
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.maintenance import encryption
from imp_plus_desktop.ui.bars import locking
from imp_plus_desktop.ui.bars.locking import Cover, Locking
from imp_plus_desktop.ui.dialogs.fields import SHOWN
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.register.passphrase import PassphraseDialog, PassphraseForm
from imp_plus_desktop.ui.dialogs.secrecy import care
from imp_plus_desktop.ui.dialogs.secrecy.locked import LockedDialog
from imp_plus_desktop.ui.dialogs.secrecy.new_passphrase import (
    AGAIN,
    NEW,
    PRESENT,
    NewPassphraseDialog,
)
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.paper import printing
from imp_plus_desktop.ui.paper.paper import Paper
from imp_plus_desktop.ui.quota.past_year import THEN
from imp_plus_desktop.ui.quota.quota import QuotaPage
from imp_plus_desktop.ui.window.main_window import MainWindow
from imp_plus_desktop.words.act_texts import act_text
from imp_plus_desktop.words.error_texts import error_text

pytestmark = [
    pytest.mark.of_a_file("passphrases are those of files"),
    pytest.mark.mostly_long(
        "test_a_register_is_encrypted_from_the_menu_and_decrypted_again",
        "test_what_does_not_fit_is_said_and_changes_nothing",
        "test_what_opens_while_the_window_is_locked_opens_covered",
        "test_a_window_that_nobody_uses_locks_and_a_plain_register_does_not",
        "test_a_computer_that_slept_wakes_up_locked",
    ),
]

WORDS, OTHER = "quatre mots bien longs", "autre sapin, autre lune"


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    build.invite(office, 1)
    maintenance.save_copy(office)
    made = MainWindow(office, inline_tasks=True)
    made.watching.stop()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def locked(window: MainWindow) -> MainWindow:
    """A window on an encrypted register."""
    passphrases.change(window.shell.office, "set", WORDS)
    window.shell.changed()
    return window


def guard(window: MainWindow) -> Locking:
    window._commands._guard()
    made = window._commands._locking
    assert made is not None
    return made


def type_into(dialog: NewPassphraseDialog, **typed: str) -> None:
    for key, text in typed.items():
        dialog._lines[key].setText(text)
        dialog.form.edited.emit(key)


def show_what_is_typed(qtbot: QtBot, dialog: FormDialog[Any]) -> None:
    box = dialog.form.field(SHOWN)
    assert isinstance(box, QCheckBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)


def said_in(widget: QApplication | MainWindow) -> str:
    """All words of the dialogs that are open."""
    dialogs = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    return " ".join(label.text() for w in dialogs for label in w.findChildren(QLabel))


def test_a_register_is_encrypted_from_the_menu_and_decrypted_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    office, menu = window.shell.office, window.menu_actions
    assert menu.action("file.passphrase.set").isEnabled()
    assert not menu.action("file.lock").isEnabled()

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NewPassphraseDialog)
        assert not dialog._ok.isEnabled()
        qtbot.keyClicks(dialog._lines[NEW], WORDS)
        qtbot.keyClicks(dialog._lines[AGAIN], WORDS)
        assert dialog._ok.isEnabled()
        qtbot.keyClick(dialog._lines[AGAIN], Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)
    menu.action("file.passphrase.set").trigger()
    assert office.is_encrypted
    assert all(opening.opens(copy, WORDS) for copy in copies.paths_of(office.register_path))
    assert not opening.opens(office.register_path, "")
    assert [menu.action(f"file.passphrase.{how}").isEnabled() for how in ("set", "change")] == [
        False,
        True,
    ]
    told = next(w for w in QApplication.topLevelWidgets() if isinstance(w, care.BesideDialog))
    assert "Print the recovery key now" in " ".join(x.text() for x in told.findChildren(QLabel))
    asked: list[str] = []

    def begin_to_print() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PassphraseDialog)
        asked.append(dialog.windowTitle())
        dialog.reject()

    QTimer.singleShot(0, begin_to_print)
    assert isinstance(told, care.PassphraseToldDialog)
    assert told.key is not None
    qtbot.mouseClick(told.key, Qt.MouseButton.LeftButton)
    assert asked == ["Print the recovery key"]
    newest = history.acts(office, 1)[0]
    assert act_text(newest) == "gave the register a passphrase"

    def take_away() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NewPassphraseDialog)
        type_into(dialog, present="not this one")
        dialog.accept()
        assert dialog.form.finding(PRESENT)
        type_into(dialog, present=WORDS)
        dialog.accept()

    QTimer.singleShot(0, take_away)
    menu.action("file.passphrase.remove").trigger()
    assert not office.is_encrypted
    told = next(w for w in QApplication.topLevelWidgets() if w.isVisible() and is_told(w))
    assert isinstance(told, care.PassphraseToldDialog)
    assert told.key is None, "without a passphrase there is no key"
    assert act_text(history.acts(office, 1)[0]) == "removed the passphrase of the register"
    assert people.count(office) == 1
    assert checking.check(office).passed


def is_told(widget: QWidget) -> bool:
    return isinstance(widget, care.PassphraseToldDialog)


@pytest.mark.parametrize("where", ["opening", "locked"])
def test_a_wrong_passphrase_is_chosen_whole_and_can_be_looked_at(qtbot: QtBot, where: str) -> None:
    def unlock(typed: str) -> None:
        raise StorageError("wrong_key")

    if where == "opening":
        dialog: PassphraseForm = PassphraseDialog("bureau.imp")
    else:
        dialog = LockedDialog("bureau.imp", unlock, None)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    line = dialog.form.field("passphrase")
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "not this one")
    assert line.echoMode() is QLineEdit.EchoMode.Password
    show_what_is_typed(qtbot, dialog)
    assert line.echoMode() is QLineEdit.EchoMode.Normal
    if where == "opening":
        dialog.show_error(StorageError("wrong_key"))
    else:
        dialog.accept()
    assert dialog.isVisible()
    assert line.selectedText() == "not this one"
    assert dialog.focusWidget() is line
    qtbot.keyClicks(line, "x")
    assert line.text() == "x"
    dialog.leave()


def test_what_does_not_fit_is_said_and_changes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    dialog = NewPassphraseDialog(window.shell, "set", window)
    qtbot.addWidget(dialog)
    dialog.show()
    type_into(dialog, new="motdepasse", again="motdepasse")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.form.finding(NEW).startswith("✕")
    type_into(dialog, new=WORDS, again=OTHER)
    dialog.accept()
    assert dialog.form.finding(NEW).startswith("✓")
    assert dialog.form.finding(AGAIN).startswith("✕")
    assert not window.shell.office.is_encrypted
    hidden = dialog._lines[NEW].echoMode()
    show_what_is_typed(qtbot, dialog)
    assert dialog._lines[NEW].echoMode() is not hidden
    dialog.reject()


def test_the_recovery_key_is_printed_after_the_passphrase_and_opens_the_register(
    locked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Paper] = []
    monkeypatch.setattr(printing, "preview", lambda _parent, paper, *_more: shown.append(paper))
    typed = ["not this one", WORDS]
    monkeypatch.setattr(care.PassphraseDialog, "ask", lambda _dialog: typed.pop(0))
    care.print_recovery_key(locked.shell, locked)
    table = shown[0].parts[1].table
    assert table is not None
    assert [number for number, _group in table.rows] == [str(n) for n in range(1, 14)]
    key = " ".join(group for _number, group in table.rows)
    assert opening.opens(locked.shell.office.register_path, key)
    assert typed == []


def test_a_locked_window_hides_all_and_gives_back_what_was_typed(
    locked: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "_DRAFTS_MS", 0)
    guards, office = guard(locked), locked.shell.office
    form = FormDialog[str]("Nguyen, Thi Anh", "ok", locked)
    line = form.form.add_text("note", "Note")
    qtbot.addWidget(form)
    form.setModal(True)
    form.show()
    line.setPlainText("half a thought")
    title = locked.windowTitle()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(line, Qt.Key.Key_K, keys)
    assert guards.is_locked, "also from a dialog"
    qtbot.waitUntil(lambda: office.register.is_asleep)
    for window in (locked, form):
        cover = window.findChild(Cover)
        assert cover is not None
        assert cover.geometry() == window.rect()
        assert window.windowTitle() == "IMP+ Desktop"
        assert window.children()[-1] is cover or cover.isVisible()
    with pytest.raises(StorageError, match="asleep"):
        people.count(office)
    assert office.register.passphrase == ""
    question = guards._dialog
    assert isinstance(question, LockedDialog)
    field = question.form.field("passphrase")
    qtbot.keyClicks(field, "not this one")
    question.accept()
    assert guards.is_locked
    assert question._error.text()
    field.clear()  # type: ignore[attr-defined]
    qtbot.keyClicks(field, WORDS)
    question.accept()
    assert not guards.is_locked
    assert people.count(office) == 1
    assert form.isVisible()
    assert isinstance(line, QPlainTextEdit)
    assert line.toPlainText() == "half a thought"
    assert (locked.windowTitle(), form.windowTitle()) == (title, "Nguyen, Thi Anh")
    assert not [c for c in locked.findChildren(Cover) if c.isVisible()]
    form.leave()


def test_what_opens_while_the_window_is_locked_opens_covered(
    locked: MainWindow, qtbot: QtBot
) -> None:
    guards = guard(locked)
    guards.lock()
    late = FormDialog[str]("Roy, Anne", "ok", locked)
    qtbot.addWidget(late)
    late.setModal(True)
    late.show()
    assert late.findChild(Cover) is not None
    assert late.windowTitle() == "IMP+ Desktop"
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is guards._dialog)
    assert guards._dialog is not None
    guards._dialog.form.set_values({"passphrase": WORDS})
    guards._dialog.accept()
    assert late.windowTitle() == "Roy, Anne"
    late.leave()


def test_a_window_that_nobody_uses_locks_and_a_plain_register_does_not(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window._commands._locking is None
    passphrases.change(window.shell.office, "set", WORDS)
    guards = guard(window)
    assert guards._timer.isActive()
    began = time.time()
    window.shell.settings.lock_after = 5
    for minutes, is_locked in ((4.9, False), (5.1, True)):
        guards._looked = guards._used + minutes * 60 - 5
        monkeypatch.setattr(locking.time, "time", lambda at=minutes: guards._used + at * 60)
        guards.look()
        assert guards.is_locked is is_locked
    assert began
    assert guards._dialog is not None
    guards._dialog.form.set_values({"passphrase": WORDS})
    guards._dialog.accept()
    monkeypatch.undo()
    window.shell.settings.lock_after = 0
    guards.watch()
    assert not guards._timer.isActive()


def test_a_computer_that_slept_wakes_up_locked(locked: MainWindow) -> None:
    guards = guard(locked)
    guards._looked -= 120
    guards.look()
    assert guards.is_locked
    assert guards._dialog is not None
    guards._dialog.form.set_values({"passphrase": WORDS})
    guards._dialog.accept()


@pytest.mark.parametrize("known", ["people", "quota"])
def test_what_was_looked_at_of_a_past_day_goes_with_the_key(
    locked: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, known: str
) -> None:
    """Its own key is in nobody's hands but the program's, and the program is to have none."""
    monkeypatch.setattr(locking, "_DRAFTS_MS", 0)
    guards, office = guard(locked), locked.shell.office
    page = locked.open_page(known)
    if isinstance(page, PeoplePage):
        page.past.make(office.clock.today())
        past = page.past
    else:
        assert isinstance(page, QuotaPage)
        page.past.show_day(office.clock.today())
        page.past.known.choose(THEN)
        past = page.past._past
    assert past.office is not None
    folder = past.office.register_path.parent
    guards.lock()
    qtbot.waitUntil(lambda: office.register.is_asleep)
    assert past.office is None
    assert not folder.exists()
    qtbot.wait(50)  # what is painted under the cover asks for no row
    question = guards._dialog
    assert isinstance(question, LockedDialog)
    qtbot.keyClicks(question.form.field("passphrase"), WORDS)
    question.accept()
    assert not guards.is_locked
    if isinstance(page, PeoplePage):
        assert page.then is None
        assert page.table.isVisible()
        assert page.status() == "1 shown"
    else:
        assert isinstance(page, QuotaPage)
        assert page.past.day is None
        assert page._board is not None


def test_what_could_not_be_changed_is_tried_again_by_return(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = window.shell.office
    monkeypatch.setattr(encryption, "_PATIENCE", 0.1)
    other = open_office(office.register_path)
    assert people.count(other) == 1
    dialog = NewPassphraseDialog(window.shell, "set", window)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    type_into(dialog, **{NEW: WORDS, AGAIN: WORDS})
    dialog.accept()
    assert error_text(StorageError("locked")) in said_in(window)
    assert dialog.focusWidget() is dialog._lines[NEW]
    assert dialog._lines[NEW].text() == WORDS
    other.close()
    qtbot.keyClick(dialog._lines[NEW], Qt.Key.Key_Return)
    assert office.is_encrypted
