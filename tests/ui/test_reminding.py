# SPDX-License-Identifier: Apache-2.0
"""What falls due is told once a day, of one's own files, in numbers, and can be turned off."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.agenda import deadlines, reminders
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import clerks
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.bars.reminding import Reminding
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.window.main_window import MainWindow

pytestmark = pytest.mark.mostly_long(
    "test_what_falls_due_today_stands_in_one_line_and_opens",
    "test_what_went_by_since_the_last_time_is_told_with_the_day",
    "test_whoever_answers_for_files_is_reminded_of_these_alone",
)

LAST, THE_DAY, AFTER = date(2023, 12, 1), date(2023, 12, 3), date(2023, 12, 5)
"""The letters' last day, and the days before and after on which somebody begins."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "settings.json")
    made.user_name = "Anne Roy"
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    for number in (1, 2):
        build.invite(made, number)
    made.close()
    return tmp_path / "bureau.imp"


def begin(path: Path, day: date, settings: Settings) -> Office:
    office = open_office(path, today=day, settings=settings)
    deadlines.ids(office, deadlines.DeadlineFilter())
    return office


def a_window(qtbot: QtBot, office: Office) -> tuple[MainWindow, Reminding]:
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    made.remind()
    found = made.findChild(Reminding)
    assert isinstance(found, Reminding)
    return made, found


@pytest.fixture
def on_the_day(path: Path, settings: Settings) -> Iterator[Office]:
    made = begin(path, THE_DAY, settings)
    yield made
    made.close()


def test_what_falls_due_today_stands_in_one_line_and_opens(
    qtbot: QtBot, on_the_day: Office
) -> None:
    window, reminding = a_window(qtbot, on_the_day)
    assert reminding.bar.isVisible()
    assert reminding.bar.words() == "2 deadlines today"
    qtbot.mouseClick(reminding.bar.see, Qt.MouseButton.LeftButton)
    page = window.current_page()
    assert isinstance(page, DeadlinesPage)
    rows = deadlines.rows(on_the_day, page.shown_ids())
    assert [(row.day, row.kind) for row in rows] == [(THE_DAY, "letter")] * 2
    assert not reminding.bar.isVisible()
    window.close()


def test_what_comes_is_told_as_many_days_before_as_is_wanted(
    qtbot: QtBot, path: Path, settings: Settings
) -> None:
    settings.lead_days = 3
    office = begin(path, THE_DAY - timedelta(days=3), settings)
    window, reminding = a_window(qtbot, office)
    assert reminding.bar.words() == "2 deadlines in the next 3 days"
    qtbot.mouseClick(reminding.bar.see, Qt.MouseButton.LeftButton)
    page = window.current_page()
    assert isinstance(page, DeadlinesPage)
    assert [row.day for row in deadlines.rows(office, page.shown_ids())] == [THE_DAY] * 2
    window.close()
    office.close()


def test_once_a_day_is_enough(qtbot: QtBot, on_the_day: Office) -> None:
    first, reminding = a_window(qtbot, on_the_day)
    first.remind()
    qtbot.mouseClick(reminding.bar.away, Qt.MouseButton.LeftButton)
    assert not reminding.bar.isVisible()
    first.close()
    again, later = a_window(qtbot, on_the_day)
    assert not later.bar.isVisible()
    again.close()


def test_what_went_by_since_the_last_time_is_told_with_the_day(
    path: Path, settings: Settings
) -> None:
    office = begin(path, AFTER, settings)
    found = reminders.reminder(office, LAST.isoformat())
    assert found is not None
    assert (found.today, found.late, found.since) == (0, 2, LAST)
    assert len(deadlines.ids(office, reminders.rows(found))) == 2
    since = reminders.reminder(office, date(2023, 12, 4).isoformat())
    assert not since
    assert reminders.reminder(office, AFTER.isoformat()) is None
    office.close()


def test_whoever_answers_for_files_is_reminded_of_these_alone(on_the_day: Office) -> None:
    clerks.assign(on_the_day, [1], "anne roy")
    deadlines.ids(on_the_day, deadlines.DeadlineFilter())
    found = reminders.reminder(on_the_day, "")
    assert found is not None
    assert found.today == 1
    assert len(deadlines.ids(on_the_day, reminders.rows(found))) == found.today + found.late


def test_it_can_be_turned_off(qtbot: QtBot, on_the_day: Office) -> None:
    on_the_day.settings.reminders = False
    window, reminding = a_window(qtbot, on_the_day)
    assert not reminding.bar.isVisible()
    window.close()


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
def test_beside_the_clock_only_if_wanted_and_only_numbers(
    qtbot: QtBot, on_the_day: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _self, _title, text, *_more: said.append(text)
    )
    window, _reminding = a_window(qtbot, on_the_day)
    assert said == []
    window.close()
    on_the_day.settings.tray = True
    on_the_day.settings.keep_layout(reminders.place(on_the_day), "")
    window, _reminding = a_window(qtbot, on_the_day)
    assert said == ["2 deadlines today"]
    window.close()
