# SPDX-License-Identifier: Apache-2.0
"""A double click, a key held down, Enter once too often: the second never hits what came up."""

from collections.abc import Callable, Iterator

import office_builders as build
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.agenda.counts import held_rows
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.widgets.labels import WordsButton, button
from imp_plus_desktop.ui.window.main_window import MainWindow

pytestmark = pytest.mark.mostly_long(
    "test_enter_once_too_often_answers_no_other_row",
    "test_a_double_click_presses_a_button_once",
    "test_a_key_held_down_presses_a_button_once",
)

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
KNOWN = (("Khoury", "Élie", "1979-11-05", "LBN"), ("Fotso", "Hervé H.", "1983-09-10", "CMR"))
HELD = (("Khouri", "Elie", "1979-11-05", "LBN"), ("Fotso", "Herve", "1983-09-10", "CMR"))
FIELDS = ("family_name", "given_names", "birth_date", "citizenship")


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    """Two rows of a list are held: each looks like somebody."""
    for values in KNOWN:
        people.add(office, dict(zip(FIELDS, values, strict=True)))
    rows = [
        {**dict(zip(FIELDS, values, strict=True)), "letter_date": "2023-09-14"} for values in HELD
    ]
    build.import_file(office, build.a_list(office.register_path.with_name("l.xlsx"), rows))
    assert held_rows(office) == 2
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    page = made.open_page("imports")
    assert isinstance(page, ImportsPage)
    page.check.click()
    yield made
    made.close()


def page_of(window: MainWindow) -> ImportsPage:
    page = window.page("imports")
    assert isinstance(page, ImportsPage)
    return page


def click_twice(window: QWidget, first: QWidget) -> None:
    """Two clicks at one place, as Qt tells them to whatever is there."""
    at = first.mapTo(window, first.rect().center())
    QTest.mouseClick(first, LEFT)
    QApplication.processEvents()
    second = window.childAt(at) or window
    place = QPoint(second.mapFrom(window, at))
    for kind, held in (
        (QEvent.Type.MouseButtonDblClick, LEFT),
        (QEvent.Type.MouseButtonRelease, NONE),
    ):
        event = QMouseEvent(kind, place, second.mapToGlobal(place), LEFT, held, PLAIN)
        QApplication.sendEvent(second, event)


@pytest.mark.parametrize("answer", ["Same person", "New person", "Drop the row"])
def test_a_double_click_answers_one_held_row(window: MainWindow, answer: str) -> None:
    page = page_of(window)
    found = next(
        b for b in page.review.findChildren(QPushButton) if b.text() == answer and b.isVisible()
    )
    click_twice(window, found)
    assert held_rows(window.shell.office) == 1


def test_enter_once_too_often_answers_no_other_row(window: MainWindow) -> None:
    page = page_of(window)
    page.review.drop_button.setFocus()
    for _press in range(3):
        focused = window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Return)
    assert held_rows(window.shell.office) == 1
    assert window.focusWidget() is page.review.table


@pytest.mark.parametrize("kind", [button, WordsButton])
def test_a_double_click_presses_a_button_once(
    qtbot: QtBot, kind: Callable[[str], QPushButton]
) -> None:
    made, pressed = kind("Undo"), list[bool]()
    qtbot.addWidget(made)
    made.show()
    made.clicked.connect(lambda: pressed.append(True))
    click_twice(made, made)
    assert len(pressed) == 1


def test_a_key_held_down_presses_a_button_once(qtbot: QtBot) -> None:
    made, pressed = button("Add"), list[bool]()
    qtbot.addWidget(made)
    made.clicked.connect(lambda: pressed.append(True))
    for again in (False, True, True):
        kind = QEvent.Type.KeyPress
        QApplication.sendEvent(made, QKeyEvent(kind, Qt.Key.Key_Return, PLAIN, "\r", again))
    assert len(pressed) == 1
