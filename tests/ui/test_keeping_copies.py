# SPDX-License-Identifier: Apache-2.0
"""Copies are made and proven while one works; a line shouts where one is missing, and mends it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.reads.health import Standing
from imp_plus_desktop.services.copies import keeping, rules
from imp_plus_desktop.services.copies.rules import CopyRules
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.bars.copy_line import copy_line
from imp_plus_desktop.ui.bars.keeping import Keeping
from imp_plus_desktop.ui.dialogs.care.copies import PLACE, CopiesDialog
from imp_plus_desktop.ui.dialogs.care.health import HealthDialog
from imp_plus_desktop.ui.window.main_window import MainWindow

pytestmark = [
    pytest.mark.of_a_file("before an act on a server no copy is made"),
    pytest.mark.mostly_long(
        "test_what_is_in_no_copy_is_copied_and_proven_and_nothing_is_said",
        "test_a_change_is_copied_when_the_last_copy_is_half_an_hour_old",
        "test_the_line_speaks_the_language_of_the_window",
        "test_a_second_place_that_is_away_is_told",
    ),
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    build.invite(made, 1)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def kept(window: MainWindow) -> Keeping:
    window.keep_copies()
    found = window.findChild(Keeping)
    assert isinstance(found, Keeping)
    return found


def reasons(office: Office) -> list[str]:
    folder = maintenance.copies_folder(office)
    return [path.stem.rpartition("-")[2] for path in sorted(folder.glob("*.imp"))]


def test_what_is_in_no_copy_is_copied_and_proven_and_nothing_is_said(
    window: MainWindow, office: Office
) -> None:
    seeing = kept(window)
    assert reasons(office) == ["change"]
    found = keeping.state(office)
    assert (found.beside.proven, found.is_behind) == (1, False)
    assert not seeing.bar.isVisible()
    seeing.look()
    assert reasons(office) == ["change"], "nothing has changed since"


def test_a_change_is_copied_when_the_last_copy_is_half_an_hour_old(
    window: MainWindow, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeing = kept(window)
    build.invite(office, 2)
    seeing.look()
    assert reasons(office) == ["change"]
    real = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: real() + 1801)
    seeing.look()
    assert reasons(office) == ["change", "change"]


def test_a_copy_that_fails_shouts_until_one_is_made(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    blocked = maintenance.copies_folder(office)
    blocked.write_text("a file where a folder must be", encoding="utf-8")
    seeing = kept(window)
    assert seeing.bar.isVisible()
    assert "could not be made" in seeing.bar.words()
    blocked.unlink()
    qtbot.mouseClick(seeing.bar.copy, Qt.MouseButton.LeftButton)
    assert reasons(office) == ["manual"]
    said = window.status.text()
    assert "Copy made and proven" in said
    assert ".imp. Head of the journal: " in said, "two sentences, each with its end"
    assert said.endswith(".")
    link = next(b for b in window.findChildren(QPushButton) if b.text() == "Open the folder")
    assert link.isVisible(), "the way to where it is"
    seeing.look()
    assert not seeing.bar.isVisible()


def test_a_line_that_was_closed_comes_back_only_with_something_else(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    blocked = maintenance.copies_folder(office)
    blocked.write_text("a file where a folder must be", encoding="utf-8")
    seeing = kept(window)
    qtbot.mouseClick(seeing.bar.away, Qt.MouseButton.LeftButton)
    assert not seeing.bar.isVisible()
    seeing.retranslate()
    assert not seeing.bar.isVisible()


def test_the_line_speaks_the_language_of_the_window(window: MainWindow, office: Office) -> None:
    maintenance.copies_folder(office).write_text("a file where a folder must be", "utf-8")
    seeing = kept(window)
    window.set_language("fr", keep=False)
    assert "n’a pas pu être faite" in seeing.bar.words()


def test_a_second_place_that_is_away_is_told(
    window: MainWindow, office: Office, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    rules.set_second_place(office, stick)
    seeing = kept(window)
    assert not seeing.bar.isVisible()
    assert len([*stick.rglob("*.imp")]) == 1
    stick.rename(tmp_path / "pulled out")
    seeing.look()
    assert "second place" in seeing.bar.words()
    (tmp_path / "pulled out").rename(stick)
    seeing.look()
    assert not seeing.bar.isVisible()


@pytest.fixture
def asked(window: MainWindow, qtbot: QtBot) -> CopiesDialog:
    made = CopiesDialog(window.shell, window)
    qtbot.addWidget(made)
    made.show()
    return made


def press(dialog: CopiesDialog, text: str) -> None:
    (found,) = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
    found.click()


def test_the_settings_of_copies_are_shown_and_saved(
    asked: CopiesDialog, office: Office, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert asked.form.value("every") == "30"
    place = asked.form.field(PLACE)
    assert isinstance(place, QLineEdit)
    place.setText(str(stick))
    every = asked.form.field("every")
    assert isinstance(every, QLineEdit)
    every.setText("15")
    press(asked, "Save the settings")
    assert rules.rules(office) == CopyRules(every=15)
    assert rules.second_place(office) == stick


@pytest.mark.parametrize("typed", ["5", "a lot", "", "-3"])
def test_a_number_that_cannot_be_is_told_under_its_field(
    asked: CopiesDialog, office: Office, typed: str
) -> None:
    every = asked.form.field("every")
    assert isinstance(every, QLineEdit)
    every.setText(typed)
    press(asked, "Save the settings")
    assert asked.isVisible()
    assert "From 10 to 480" in asked.form.finding("every")
    assert rules.rules(office) == CopyRules()


def test_a_place_that_is_none_is_told_under_its_field(asked: CopiesDialog, office: Office) -> None:
    place = asked.form.field(PLACE)
    assert isinstance(place, QLineEdit)
    place.setText("/nowhere/at all")
    press(asked, "Save the settings")
    assert "no such folder" in asked.form.finding(PLACE)
    assert rules.second_place(office) is None


def test_a_copy_is_made_from_the_settings(asked: CopiesDialog, office: Office) -> None:
    press(asked, "Make a copy now")
    assert reasons(office) == ["manual"]
    assert "1 copy" in asked._there_is.text()
    assert "proven" in asked._came.text()


@pytest.fixture
def health(window: MainWindow) -> HealthDialog:
    window.menu_actions.action("help.health").trigger()
    found = window.findChild(HealthDialog)
    assert isinstance(found, HealthDialog)
    return found


def standings(dialog: HealthDialog) -> dict[str, Standing]:
    return {item.item: item.state for item in dialog.items()}


def mend(dialog: HealthDialog, text: str) -> None:
    found = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
    found[0].click()


def test_the_state_of_the_register_names_what_is_missing_and_mends_it(
    qtbot: QtBot, health: HealthDialog, office: Office
) -> None:
    assert standings(health)["copies"] is Standing.WARN
    mend(health, "Make a copy now")
    assert reasons(office) == ["manual"]
    assert standings(health)["copies"] is Standing.OK
    assert standings(health)["checked"] is Standing.WARN
    mend(health, "Check now")
    assert standings(health)["checked"] is Standing.OK
    assert standings(health)["journal"] is Standing.OK
    build.invite(office, 2)
    health._look()
    assert standings(health)["copies"] is Standing.OK, "the change is not a day old"


def test_the_state_says_when_a_change_is_in_no_copy_for_a_day(
    health: HealthDialog, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keeping.make(office, "manual")
    assert made.path is not None
    build.invite(office, 2)
    later = Later.by(timedelta(days=2))
    monkeypatch.setattr("imp_plus_desktop.services.copies.health.datetime", later)
    health._look()
    assert standings(health)["copies"] is Standing.WARN


class Later(datetime):
    """A clock that is ahead."""

    ahead = timedelta()

    @classmethod
    def by(cls, ahead: timedelta) -> type[Later]:
        cls.ahead = ahead
        return cls

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + cls.ahead  # type: ignore[arg-type]


def test_a_copy_that_is_being_made_gives_way_to_a_task(
    qtbot: QtBot, tmp_path: Path, office: Office
) -> None:
    build.import_file(office, build.a_list(tmp_path / "list.xlsx", map(build.a_row, range(2000))))
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not window.shell.tasks.is_busy(), timeout=60_000)
    done: list[object] = []

    def job(_progress: object) -> str:
        return "done"

    for path in maintenance.copies_folder(office).glob("*.imp"):
        path.unlink()
    window.keep_copies()
    assert window.shell.keeping.is_busy()
    started = time.monotonic()
    assert window.shell.try_start("a task", job, _told(done))
    assert time.monotonic() - started < 5
    qtbot.waitUntil(lambda: done == ["done"])
    window.close()


def _told(done: list[object]) -> Callable[[object], None]:
    return done.append


def test_the_foot_tells_a_copy_s_day_as_the_office_counts_wherever_the_computer_stands() -> None:
    """At one in the morning in London it is still the evening before in Quebec."""
    made = datetime(2023, 11, 23, 1, 18, tzinfo=UTC)
    for now, said in (
        (datetime(2023, 11, 23, 4, 30, tzinfo=UTC), "Copy made at 1:18\N{NO-BREAK SPACE}a.m."),
        (datetime(2023, 11, 23, 5, 30, tzinfo=UTC), "Copy made yesterday"),
        (datetime(2023, 11, 24, 6, 0, tzinfo=UTC), "Copy made: Nov"),
    ):
        assert copy_line(made, now).startswith(said)
