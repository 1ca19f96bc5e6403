# SPDX-License-Identifier: Apache-2.0
"""A damaged register in the window: its copies to choose from, and a rescue of what it holds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import AppError, StorageError
from imp_plus_desktop.services.copies import choosing, keeping
from imp_plus_desktop.services.copies.choosing import Proven
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.register.mending.damaged import DamagedDialog, Instead
from imp_plus_desktop.ui.dialogs.register.passphrase import PassphraseDialog
from imp_plus_desktop.ui.shell.tasks import Tasks
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible, cut_labels
from tests.ui.person_fixtures import says
from tests.ui.test_register_away import opened_by

pytestmark = [
    pytest.mark.of_a_file("the pages of a file"),
    pytest.mark.mostly_long(
        "test_a_rescue_that_is_stopped_leaves_nothing",
        "test_a_copy_is_chosen_by_its_age_and_its_proof",
        "test_the_list_has_the_second_place_and_suggests_what_is_proven",
        "test_a_strangers_file_is_not_called_a_damaged_register",
        "test_a_rescue_that_finds_nothing_says_so_and_makes_nothing",
    ),
]

KEY = "a long passphrase of mine 77"
PEOPLE = 12
PAGE = 4096
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "half": lambda told: told[: len(told) // 2],
    "header": lambda told: bytes(100) + told[100:],
    "first page": lambda told: os.urandom(PAGE) + told[PAGE:],
}


@pytest.fixture(params=["", KEY], ids=["plain", "encrypted"])
def whole(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A register of twelve people, of whom the last came after its proven copy."""
    path = tmp_path / "bureau.imp"
    office = new_office(path, build.TODAY)
    office.close()
    if request.param:
        path.unlink()
        office = open_office(path, today=build.TODAY, passphrase=str(request.param))
    for number in range(1, PEOPLE):
        build.invite(office, number)
    made = keeping.make(office, "change")
    assert made.proven
    build.invite(office, PEOPLE)
    office.register.db.settle_in_file()
    office.close()
    return path


def key_of(path: Path) -> str:
    return "" if path.read_bytes()[:6] == b"SQLite" else KEY


def why(path: Path, key: str) -> AppError:
    try:
        open_office(path, today=build.TODAY, create=False, passphrase=key).close()
    except AppError as error:
        return error
    raise AssertionError("it opens")


def shown(qtbot: QtBot, path: Path, error: AppError, folder: Path) -> DamagedDialog:
    settings = Settings(folder / "settings.json")
    made = DamagedDialog(path, error, build.TODAY, settings, begins=True)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("way", DAMAGES)
def test_what_can_be_read_is_rescued_and_what_was_lost_is_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Path, way: str
) -> None:
    key = key_of(whole)
    damaged = DAMAGES[way](whole.read_bytes())
    whole.write_bytes(damaged)
    dialog = shown(qtbot, whole, why(whole, key), tmp_path)
    target = tmp_path / "sauvé.imp"
    monkeypatch.setattr(files, "ask_save", lambda *_asked: target)
    asked: list[str] = []
    monkeypatch.setattr(PassphraseDialog, "ask", lambda one: asked.append(one.windowTitle()) or key)
    dialog.rescue.click()
    assert not dialog.rescue.isEnabled()
    assert dialog.stop.isVisible()
    qtbot.waitUntil(lambda: dialog.rescue.isEnabled(), timeout=30_000)
    assert not dialog.stop.isVisible()
    assert whole.read_bytes() == damaged
    if not target.exists():
        # Half of an encrypted file's key stands in its first bytes: nothing else opens it.
        assert way != "half"
        assert "Nothing of this file can be read" in dialog.said()
        return
    assert bool(asked) == bool(key)
    assert dialog.said() == "Rescued into sauvé.imp."
    assert ("Nothing was lost." in dialog.told()) == (way != "half" and not key)
    assert_accessible(dialog)
    dialog.open_rescued.click()
    assert dialog.answer == Instead(target)
    office = open_office(target, today=build.TODAY, create=False, passphrase=key)
    assert checking.check(office).passed
    if way != "half":
        assert people.count(office) == PEOPLE
    office.close()


@pytest.mark.parametrize("by", ["the button", "Escape"])
def test_a_rescue_that_is_stopped_leaves_nothing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Path, by: str
) -> None:
    key = key_of(whole)
    damaged = DAMAGES["half"](whole.read_bytes())
    whole.write_bytes(damaged)
    dialog = shown(qtbot, whole, why(whole, key), tmp_path)
    target = tmp_path / "sauvé.imp"
    monkeypatch.setattr(files, "ask_save", lambda *_asked: target)
    monkeypatch.setattr(PassphraseDialog, "ask", lambda _one: pytest.fail("it goes on"))
    dialog.rescue.click()
    if by == "Escape":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.stop.click()
    qtbot.waitUntil(lambda: dialog.rescue.isEnabled(), timeout=30_000)
    assert dialog.isVisible()
    assert dialog.said() == "Stopped: no register was made."
    assert dialog.rescue.hasFocus()
    assert not target.exists()
    assert sorted(one.name for one in tmp_path.iterdir() if "sauvé" in one.name) == []
    assert whole.read_bytes() == damaged
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_copy_is_chosen_by_its_age_and_its_proof(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Path
) -> None:
    key = key_of(whole)
    whole.write_bytes(whole.read_bytes()[: 2 * PAGE])
    error = why(whole, key)
    settings = Settings(tmp_path / "settings.json")

    def choose(dialog: DamagedDialog) -> Instead | None:
        dialog.show()
        assert cut_labels(dialog) == []
        line = dialog.copies.item(dialog.copies.currentRow()).text()
        assert "less than an hour ago" in line
        assert "11 people" in line
        assert "✓ proven whole" in line
        dialog.restore.click()
        return dialog.answer

    monkeypatch.setattr(DamagedDialog, "ask", choose)
    monkeypatch.setattr(PassphraseDialog, "ask", lambda _one: key)
    assert error.code in ("damaged", "damaged_start", "not_a_register")
    office = opened_by(whole, build.TODAY, settings)
    assert office is not None
    assert people.count(office) == PEOPLE - 1
    assert checking.check(office).passed
    office.close()
    kept = [
        one for one in whole.parent.iterdir() if one.is_file() and one.stat().st_size == 2 * PAGE
    ]
    assert len(kept) == 1  # the damaged file is there still


def test_the_list_has_the_second_place_and_suggests_what_is_proven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = new_office(tmp_path / "bureau.imp", build.TODAY)
    build.invite(office, 1)
    place = tmp_path / "stick"
    place.mkdir()
    monkeypatch.setattr(office.settings, "second_place", lambda _path: place)
    made = keeping.make(office, "change")
    assert made.proven
    assert made.second is not None
    assert made.path is not None
    build.invite(office, 2)
    unproven = maintenance.save_copy(office)
    found = choosing.kept(office.register_path, office.settings, datetime.now(UTC))
    assert [(one.path.name, one.proven, one.second) for one in found] == [
        (unproven.name, Proven.WAITING, False),
        (made.path.name, Proven.WHOLE, False),
    ]
    suggested = choosing.suggested(found)
    assert suggested is not None
    assert suggested.path == made.path
    made.path.unlink()
    found = choosing.kept(office.register_path, office.settings, datetime.now(UTC))
    assert [(one.proven, one.second) for one in found] == [
        (Proven.WAITING, False),
        (Proven.WHOLE, True),
    ]
    ahead = datetime.now(UTC) - timedelta(days=400)
    found = choosing.kept(office.register_path, office.settings, ahead)
    assert all(one.ahead for one in found)
    assert choosing.suggested(found) is None
    office.close()


def test_another_register_that_is_damaged_is_asked_about_in_the_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Path
) -> None:
    key = key_of(whole)
    monkeypatch.setattr(PassphraseDialog, "ask", lambda _one: key)
    whole.write_bytes(whole.read_bytes()[: 2 * PAGE])
    own = new_office(tmp_path / "own.imp", build.TODAY)
    window = MainWindow(own, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()
    seen: list[set[str]] = []
    answers = [False, True]

    def ask(dialog: DamagedDialog) -> Instead | None:
        dialog.show()
        seen.append({b.text() for b in dialog.findChildren(QPushButton) if b.isVisible()})
        if answers.pop(0):
            dialog.restore.click()
        return dialog.answer

    monkeypatch.setattr(DamagedDialog, "ask", ask)
    window._commands.open_register(whole)
    assert window.shell.office is own
    assert "New register…" not in seen[0]
    window._commands.open_register(whole)
    assert window.shell.office.register_path == whole
    assert people.count(window.shell.office) == PEOPLE - 1
    window.close()
    window.shell.office.close()


def test_a_strangers_file_is_not_called_a_damaged_register(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from imp_plus_desktop.ui.dialogs.register.mending.damaged import is_damaged

    path = tmp_path / "letter.imp"
    path.write_bytes(b"To whom it may concern")
    error = why(path, "")
    assert error.code == "not_a_register"
    assert not is_damaged(path, error)
    assert not is_damaged(tmp_path / "gone.imp", StorageError("damaged"))
    (tmp_path / "letter.copies").mkdir()
    (tmp_path / "letter.copies" / "2026-11-29_101010-1-2-day.imp").write_bytes(b"x")
    assert is_damaged(path, error)


def test_a_rescue_that_finds_nothing_says_so_and_makes_nothing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bureau.imp"
    path.write_bytes(bytes(64 * PAGE))
    dialog = shown(qtbot, path, StorageError("damaged"), tmp_path)
    assert says(dialog, "There is no copy beside the register.")
    assert not dialog.restore.isVisible()
    target = tmp_path / "sauvé.imp"
    monkeypatch.setattr(files, "ask_save", lambda *_asked: target)
    monkeypatch.setattr(PassphraseDialog, "ask", lambda _one: None)
    assert isinstance(dialog._tasks, Tasks)
    dialog.rescue.click()
    qtbot.waitUntil(lambda: dialog.rescue.isEnabled(), timeout=30_000)
    assert "Nothing of this file can be read" in dialog.said()
    assert not target.exists()
    assert not dialog.open_rescued.isVisible()
