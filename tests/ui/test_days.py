# SPDX-License-Identifier: Apache-2.0
"""Days counted from today, years of two digits, and the month below a field for a day."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.ui.days import day_words
from imp_plus_desktop.ui.days.day_words import parse_day
from imp_plus_desktop.ui.days.month_drop import MonthDrop
from imp_plus_desktop.ui.widgets.date_edit import DateEdit

FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _on_a_friday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(day_words._Count, "today", lambda: FRIDAY)
    return


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("+30", date(2026, 12, 20)),
        ("+ 1", date(2026, 11, 21)),
        ("-7", date(2026, 11, 13)),
        ("−7", date(2026, 11, 13)),
        ("lundi", date(2026, 11, 23)),
        ("Monday", date(2026, 11, 23)),
        ("vendredi", date(2026, 11, 27)),
        ("ven.", date(2026, 11, 27)),
        ("mar", date(2026, 11, 24)),
        ("Demain", date(2026, 11, 21)),
        ("aujourd’hui", FRIDAY),
        ("hier", date(2026, 11, 19)),
        ("3 mai 28", date(2028, 5, 3)),
        ("3 May 28", date(2028, 5, 3)),
        ("May 3, 28", date(2028, 5, 3)),
        ("3 mai 46", date(2046, 5, 3)),
        ("3 mai 47", date(1947, 5, 3)),
    ],
)
def test_a_day_is_counted_from_today_as_people_say_it(text: str, day: date) -> None:
    assert parse_day(text) == day


def test_in_a_field_of_what_has_happened_a_weekday_is_the_last_one() -> None:
    assert parse_day("lundi", past=True) == date(2026, 11, 16)
    assert parse_day("Friday", past=True) == date(2026, 11, 13)


@pytest.mark.parametrize("text", ["3/5/28", "lu", "ma", "+", "30", "+12345", "29 févr. 27"])
def test_what_may_be_guessed_wrong_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_day(text)


def test_nothing_is_counted_where_nobody_has_told_the_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(day_words._Count, "today", None)
    for text in ("lundi", "+3", "3 mai 28"):
        with pytest.raises(ValueError, match=r"."):
            parse_day(text)


def test_alt_down_opens_a_month_and_enter_takes_its_day(qtbot: QtBot) -> None:
    edit = DateEdit()
    qtbot.addWidget(edit)
    edit.show()
    edit.set_day(date(2026, 12, 28))
    QTest.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    month = edit.findChildren(MonthDrop)[-1].month
    assert month.selectedDate().toPython() == date(2026, 12, 28)
    assert month.firstDayOfWeek() == Qt.DayOfWeek.Sunday
    view = month.findChild(type(month.focusProxy() or month)) or month
    with qtbot.waitSignal(edit.day_changed):
        QTest.keyClick(view, Qt.Key.Key_Down)
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert edit.text() == "2027-01-04"
    assert not month.isVisible()


def test_escape_closes_the_month_and_leaves_the_day(qtbot: QtBot) -> None:
    edit = DateEdit()
    qtbot.addWidget(edit)
    edit.show()
    edit.set_day(FRIDAY)
    edit.open_month()
    month = edit.findChildren(QCalendarWidget)[-1]
    QTest.keyClick(month.window(), Qt.Key.Key_Escape)
    assert not month.isVisible()
    assert edit.day() == FRIDAY
