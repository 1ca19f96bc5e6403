# SPDX-License-Identifier: Apache-2.0
"""A register that is not there at the start is asked about, and restoring asks before it acts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import office_builders as build
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from imp_plus_desktop import paths
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.register.mending.kept_copies import ChooseCopyDialog
from imp_plus_desktop.ui.dialogs.register.restore import RestoreDialog
from imp_plus_desktop.ui.shell.sole_window import SoleWindow
from imp_plus_desktop.ui.window import app
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible, cut_labels
from tests.ui.person_fixtures import texts


def opened_by(register: Path | None, today: date, settings: Settings) -> Office | None:
    """What a start opens, as the only window there is."""
    sole = SoleWindow(paths.open_registers_folder())
    try:
        return app._open(register, today, settings, sole)
    finally:
        sole.stay(None)


def _presses(monkeypatch: pytest.MonkeyPatch, *wanted: str) -> list[str]:
    """Press the named button of each question in turn; what each of them said."""
    said, left = list[str](), list(wanted)

    def answer(box: QMessageBox) -> int:
        said.append(f"{box.text()} {box.informativeText()}")
        name = left.pop(0)
        next(b for b in box.buttons() if b.text() == name).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return said


def test_a_register_whose_drive_is_away_is_asked_about_and_not_forgotten(
    qapp: QApplication, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path / "settings.json")
    away = tmp_path / "drive" / "bureau.imp"
    settings.remember_register(away)
    said = _presses(monkeypatch, "Try again", "Quit")
    assert opened_by(None, build.TODAY, settings) is None
    assert len(said) == 2
    assert "bureau.imp is not there" in said[0]
    assert settings.last_register == str(away)
    assert not paths.register_file().exists()
    assert not away.parent.exists()
    office.close()
    _presses(monkeypatch, "Open another register…", "A file…")
    monkeypatch.setattr(files, "ask_register", lambda _parent: office.register_path)
    opened = opened_by(None, build.TODAY, settings)
    assert opened is not None
    assert opened.register_path == office.register_path
    opened.close()


@pytest.mark.parametrize("known", [True, False])
def test_a_register_that_a_shortcut_names_is_asked_about_too(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    settings = Settings(tmp_path / "settings.json")
    away = tmp_path / "drive" / "bureau.imp"
    if known:
        settings.remember_register(away)
        away.parent.mkdir()
    said = _presses(monkeypatch, "Quit")
    assert opened_by(away, build.TODAY, settings) is None
    assert "bureau.imp is not there" in said[0]
    assert not away.exists()
    assert away.parent.exists() == known


def test_a_new_register_that_is_asked_for_in_a_folder_is_made(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _presses(monkeypatch)
    opened = opened_by(tmp_path / "neuf.imp", build.TODAY, Settings(tmp_path / "settings.json"))
    assert opened is not None
    assert said == []
    opened.close()


def test_the_first_start_makes_the_users_own_register(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _presses(monkeypatch)
    opened = opened_by(None, build.TODAY, Settings(tmp_path / "settings.json"))
    assert opened is not None
    assert opened.register_path == paths.register_file()
    assert said == []
    opened.close()


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_a_register_that_is_gone_is_brought_back_from_its_latest_copy(
    qapp: QApplication, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.invite(office, 1)
    maintenance.save_copy(office)
    path = office.register_path
    office.close()
    path.unlink()
    said = _presses(monkeypatch, "Restore the latest copy")
    opened = opened_by(path, build.TODAY, Settings(tmp_path / "settings.json"))
    assert opened is not None
    assert people.count(opened) == 1
    assert "no empty one is made" in said[0]
    opened.close()


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_restoring_in_the_window_shows_what_changes_asks_and_is_undone(
    qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.invite(office, 1)
    other = open_office(tmp_path / "autre.imp", today=build.TODAY)
    for number in (5, 6):
        build.invite(other, number)
    copy = maintenance.save_copy(other, tmp_path / "usb")
    other.close()
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()
    monkeypatch.setattr(files, "ask_copy_to_restore", lambda _parent, _folder: copy)
    answers, shown = [False, True], list[list[str]]()

    def ask(dialog: RestoreDialog) -> bool:
        dialog.show()
        shown.append(texts(dialog))
        assert_accessible(dialog)
        assert cut_labels(dialog) == []
        dialog.hide()
        return answers.pop(0)

    monkeypatch.setattr(RestoreDialog, "ask", ask)
    restore = window.menu_actions.action("file.restore")
    restore.trigger()
    assert people.count(office) == 1
    assert any("another office" in text for text in shown[0])
    restore.trigger()
    assert people.count(office) == 2
    assert window.status.text().startswith("Restored: autre")
    window.watching.look()
    assert window.status.news() == ""
    window.menu_actions.action("edit.undo").trigger()
    assert people.count(office) == 1
    assert checking.check(office).passed
    window.menu_actions.action("edit.redo").trigger()
    assert people.count(office) == 2
    window.close()


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_a_copy_is_chosen_by_its_age_and_what_it_holds(
    qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.invite(office, 1)
    maintenance.save_copy(office)
    build.invite(office, 2)
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()
    shown: list[str] = []

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ChooseCopyDialog)
        assert_accessible(dialog)
        assert cut_labels(dialog) == []
        row = dialog.copies.item(0)
        shown.append(row.text())
        qtbot.keyClick(dialog.copies, Qt.Key.Key_Return)

    monkeypatch.setattr(RestoreDialog, "ask", lambda _dialog: True)
    QTimer.singleShot(0, choose)
    window.menu_actions.action("file.restore").trigger()
    assert "1 person · 1 act" in shown[0]
    assert people.count(office) == 1
    window.menu_actions.action("edit.undo").trigger()
    assert people.count(office) == 2
    window.close()


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_a_yes_to_a_restore_is_asked_again_where_another_desk_wrote_meanwhile(
    qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.invite(office, 1)
    copy = maintenance.save_copy(office, tmp_path / "usb")
    other = open_office(office.register_path, today=build.TODAY)
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()
    monkeypatch.setattr(files, "ask_copy_to_restore", lambda _parent, _folder: copy)
    asked: list[str] = []

    def ask(dialog: RestoreDialog) -> bool:
        asked.append(" ".join(texts(dialog)))
        if len(asked) == 1:
            build.invite(other, 2)
        return len(asked) == 1

    monkeypatch.setattr(RestoreDialog, "ask", ask)
    window.menu_actions.action("file.restore").trigger()
    assert len(asked) == 2
    assert "1 act of the register is not in the copy" in asked[1]
    assert people.count(office) == 2
    window.close()
    other.close()
