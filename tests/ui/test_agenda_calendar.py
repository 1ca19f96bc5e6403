# SPDX-License-Identifier: Apache-2.0
"""The agenda as a month and as a week: what each day shows, opens, and how a deadline is moved."""

from collections.abc import Iterator
from datetime import date
from typing import cast

import office_builders as build
import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.agenda.deadlines import DeadlineFilter
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.charts.month_grid import MIME, DayMark, MonthGrid
from imp_plus_desktop.ui.lists.agenda.day_list import DayList
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible
from tests.ui.person_fixtures import answer, fill

pytestmark = pytest.mark.mostly_long(
    "test_a_month_marks_the_days_and_a_click_shows_who_it_is",
    "test_a_deadline_dropped_on_another_day_is_moved_once_its_reason_is_told",
    "test_the_keys_do_what_the_mouse_does",
)

LEFT = Qt.MouseButton.LeftButton
LETTER = date(2023, 12, 3)
"""The letter's last day of everybody here; the office's day is November 22."""


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    for number in (1, 2):
        build.invite(office, number)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.resize(1093, 614)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def page(window: MainWindow) -> DeadlinesPage:
    return cast(DeadlinesPage, window.open_page("deadlines"))


def letters(office: Office) -> list[DeadlineRow]:
    return deadlines.rows(office, deadlines.ids(office, DeadlineFilter(kind="letter")))


def shown(made: DayList) -> list[str]:
    return [made.item(row).text().split("\n")[0] for row in range(made.count())]


def in_month(page: DeadlinesPage) -> None:
    """The month of the letters."""
    page.show_face("month")
    page.calendar.on.click()


def drop(row: DeadlineRow, on: QWidget) -> None:
    """Let a deadline go over a day, as the mouse does."""
    data = QMimeData()
    data.setData(MIME, QByteArray(str(row.key).encode()))
    place = QPointF(on.rect().center())
    move, none = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    # Sent as an event it goes where Qt last saw a drag come in, which needs a real mouse.
    on.dropEvent(QDropEvent(place, move, data, LEFT, none))


def test_a_month_marks_the_days_and_a_click_shows_who_it_is(
    qtbot: QtBot, page: DeadlinesPage
) -> None:
    in_month(page)
    day = page.calendar.grid.days()[LETTER]
    assert day.accessibleName() == "Sunday, December 3, 2023, 2 deadlines"
    qtbot.mouseClick(day, LEFT)
    assert shown(page.calendar.day_list) == ["▲ Benalibb, Amine", "▲ Benalicc, Amine"]
    assert page.calendar.day_list.accessibleName() == "Sunday, December 3, 2023, 2 deadlines"


def test_a_week_begins_on_sunday_and_has_names(page: DeadlinesPage) -> None:
    in_month(page)
    page.calendar.grid.opened.emit(LETTER)
    page.show_face("week")
    assert [column.day().weekday() for column in page.calendar.columns] == [6, 0, 1, 2, 3, 4, 5]
    assert page.calendar.columns[0].day() == LETTER
    assert len(shown(page.calendar.columns[0])) == 2
    page.calendar.back.click()
    assert page.calendar.columns[0].day() == date(2023, 11, 26)
    assert not shown(page.calendar.columns[0])


def test_the_filters_hold_for_the_days_too(page: DeadlinesPage) -> None:
    in_month(page)
    page.set_search("benalibb")
    assert "1 deadline" in page.calendar.grid.days()[LETTER].accessibleName()


@pytest.mark.parametrize("face", ["month", "week"])
def test_a_deadline_dropped_on_another_day_is_moved_once_its_reason_is_told(
    page: DeadlinesPage, office: Office, face: str
) -> None:
    in_month(page)
    page.calendar.grid.opened.emit(LETTER)
    page.show_face(face)
    row, to = letters(office)[0], date(2023, 12, 5)
    target = page.calendar.grid.days()[to] if face == "month" else page.calendar.columns[2]
    seen = answer(lambda dialog: (fill(dialog, reason="post office strike"), dialog.accept()))
    drop(row, target)
    assert seen == ["Move a deadline"]
    moved = next(r for r in letters(office) if r.person_id == row.person_id)
    assert (moved.day, moved.own_day, moved.moved_because) == (to, LETTER, "post office strike")
    if face == "week":
        assert len(shown(page.calendar.columns[2])) == 1
    history.undo(office)
    assert {r.day for r in letters(office)} == {LETTER}


def test_a_move_given_up_changes_nothing_and_one_s_own_day_asks_nothing(
    page: DeadlinesPage, office: Office
) -> None:
    in_month(page)
    row = letters(office)[0]
    answer(lambda dialog: dialog.reject())
    drop(row, page.calendar.grid.days()[date(2023, 12, 5)])
    drop(row, page.calendar.grid.days()[LETTER])
    assert {r.day for r in letters(office)} == {LETTER}


def test_the_keys_do_what_the_mouse_does(
    qtbot: QtBot, page: DeadlinesPage, window: MainWindow, office: Office
) -> None:
    page.show_face("month")
    grid = page.calendar.grid
    page.focus_start()
    qtbot.keyClick(grid.days()[grid.chosen_day()], Qt.Key.Key_PageDown)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(grid.days()[grid.chosen_day()], key)
    assert grid.chosen_day() == LETTER
    qtbot.keyClick(grid.days()[LETTER], Qt.Key.Key_Return)
    day_list = page.calendar.day_list
    assert window.focusWidget() is day_list
    answer(lambda dialog: (fill(dialog, reason="a reason"), dialog.accept()))
    qtbot.keyClick(day_list, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert sorted(r.day.day for r in letters(office)) == [3, 4]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(page.calendar.day_list, Qt.Key.Key_S)
    assert len(letters(office)) == 1
    assert shown(page.calendar.day_list) == []
    history.undo(office)
    page.refresh()
    qtbot.keyClick(page.calendar.day_list, Qt.Key.Key_Return)
    assert window.current_page() is window.page("people")


def test_what_is_late_stands_above_the_days_and_opens_as_a_list(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    before = {"letter_date": "2023-08-01", "letter_received_date": "2023-08-04"}
    build.invite(office, 3, **before)
    window.refresh()
    page = cast(DeadlinesPage, window.open_page("deadlines"))
    page.show_face("month")
    assert page.calendar.late.text() == "Overdue: 1"
    qtbot.mouseClick(page.calendar.late, LEFT)
    assert not page.is_calendar()
    assert [row.person_id for row in deadlines.rows(office, page.shown_ids())] == [3]


def test_the_face_comes_back_and_no_hidden_file_is_acted_on(
    qtbot: QtBot, page: DeadlinesPage, office: Office
) -> None:
    page.show_face("week")
    assert page.file() is None
    assert not page.action_state().file
    again = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(again)
    again.show()
    made = cast(DeadlinesPage, again.open_page("deadlines"))
    assert made.is_calendar()
    assert made.calendar.columns[0].isVisibleTo(made)
    made.show_face("list")
    assert made.table.isVisibleTo(made)
    again.close()


@pytest.mark.parametrize("face", ["month", "week"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_face_is_read_aloud(
    page: DeadlinesPage, window: MainWindow, face: str, language: str
) -> None:
    window.set_language(language, keep=False)
    page.show_face(face)
    assert_accessible(page)
    i18n.use("en")


def test_the_days_of_a_month_are_made_anew_only_where_they_say_something_else(
    qtbot: QtBot,
) -> None:
    grid = MonthGrid()
    qtbot.addWidget(grid)
    month, today, marked = date(2023, 5, 1), date(2023, 5, 17), date(2023, 5, 3)
    marks = {marked: DayMark("1", Tone.PLAIN, "1 deadline")}

    def shown(month: date, today: date, marks: dict[date, DayMark]) -> list[QWidget]:
        grid.show_month(month, today, marks)
        return list(grid.days().values())

    first = shown(month, today, marks)
    grid.choose(date(2023, 6, 1))
    assert shown(month, today, dict(marks)) == first
    assert grid.chosen_day() == today
    again = shown(month, today, {})
    assert again != first
    assert shown(month, date(2023, 5, 18), {}) != again
    i18n.use("fr")
    french = shown(month, date(2023, 5, 18), {})
    assert "mercredi 3 mai 2023" in grid.days()[marked].accessibleName().lower()
    assert shown(date(2023, 6, 1), date(2023, 5, 18), {}) != french
