# SPDX-License-Identifier: Apache-2.0
"""Walking through a list: who it is shows at once, the rest of the page when the choice rests."""

from __future__ import annotations

import time
from collections.abc import Iterator

import office_builders as build
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.person.person_body import PersonBody
from imp_plus_desktop.ui.shell.actions import leaves
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.person_fixtures import says, texts

pytestmark = pytest.mark.mostly_long(
    "test_the_next_ones_name_shows_before_the_page_is_filled",
    "test_a_key_held_down_on_a_slow_desk_fills_nothing_on_the_way",
    "test_what_is_done_on_the_way_is_done_to_the_one_shown",
)

COUNT = 12
KEY = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    for number in range(1, COUNT + 1):
        person = build.invite(office, number, family_name=f"Walker{number:02}")
        folder.add_note(office, person, f"note of {number:02}")
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.watching.stop()
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def page(window: MainWindow) -> PeoplePage:
    opened = window.open_page("people")
    assert isinstance(opened, PeoplePage)
    opened.table.setFocus()
    QTest.qWait(200)
    return opened


def down(page: PeoplePage) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_Down)


def body_of(page: PeoplePage) -> PersonBody:
    return page.panel.findChildren(PersonBody)[0]


def name_of(page: PeoplePage) -> str:
    person = page.current_person()
    assert person is not None
    return people.file(page.shell.office, person).person.full_name


def test_the_next_ones_name_shows_before_the_page_is_filled(page: PeoplePage) -> None:
    filled = []
    page.panel.filled.connect(lambda: filled.append(1))
    down(page)
    assert says(page.panel, name_of(page))
    assert page.panel.person_id() == page.current_person()
    assert not filled


def test_once_the_choice_rests_the_page_is_as_if_it_had_been_opened(
    qtbot: QtBot, page: PeoplePage
) -> None:
    with qtbot.waitSignal(page.panel.filled):
        down(page)
    assert says(page.panel, "note of 02")
    shown = texts(page.panel)
    page.panel.show_person(page.current_person())
    assert shown == texts(page.panel)
    assert body_of(page).isVisible()


def test_a_key_held_down_fills_the_page_once_at_its_end(qtbot: QtBot, page: PeoplePage) -> None:
    filled: list[int | None] = []
    page.panel.filled.connect(lambda: filled.append(page.panel.person_id()))
    with qtbot.waitSignal(page.panel.filled):
        for _step in range(COUNT - 2):
            down(page)
            assert says(page.panel, name_of(page))
    QTest.qWait(300)
    assert filled == [page.current_person()]
    assert says(page.panel, f"note of {COUNT - 1:02}")


def test_a_key_held_down_on_a_slow_desk_fills_nothing_on_the_way(
    qtbot: QtBot, page: PeoplePage
) -> None:
    """Where a step takes longer than the pause between two choices, the key's repeats would pile
    up behind pages that are filled for nobody."""
    filled = []
    page.panel.filled.connect(lambda: filled.append(1))
    for _step in range(4):
        time.sleep(0.2)
        event = QKeyEvent(
            QEvent.Type.KeyPress, KEY.Key_Down, Qt.KeyboardModifier.NoModifier, "", True, 1
        )
        QApplication.sendEvent(page.table, event)
        QApplication.processEvents()
    assert not filled
    qtbot.waitUntil(lambda: bool(filled))
    QTest.qWait(300)  # nor anything after it
    assert filled == [1]


def test_nothing_of_the_one_before_is_seen_on_the_way(qtbot: QtBot, page: PeoplePage) -> None:
    down(page)
    down(page)
    assert not body_of(page).isVisible()
    assert not says(page.panel, "note of 01")
    qtbot.waitUntil(lambda: body_of(page).isVisible())


def test_neither_head_nor_list_moves_on_the_way(qtbot: QtBot, page: PeoplePage) -> None:
    def places() -> list[tuple[object, ...]]:
        seen = (page.table, page.panel, page.panel.findChildren(QWidget, "")[0])
        return [(w.mapTo(page, w.rect().topLeft()), w.size()) for w in seen]

    before, room = places(), body_of(page).geometry().top()
    for _step in range(4):
        down(page)
        QApplication.processEvents()
        assert places() == before
    qtbot.waitUntil(lambda: body_of(page).isVisible())
    assert (places(), body_of(page).geometry().top()) == (before, room)


def test_a_line_of_the_one_before_does_nothing_to_the_next(
    qtbot: QtBot, page: PeoplePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen reader, or a click that waits, may press what is still there."""
    done: list[object] = []
    monkeypatch.setattr(type(page.panel), "do", lambda self, what: done.append(what))
    filled: list[int] = []
    page.panel.filled.connect(lambda: filled.append(1))
    down(page)
    offered = next(leaves(page.panel.menu()))
    body_of(page).asked.emit(offered)
    body_of(page).dropped.emit("passport", None, "file.pdf")
    assert not done
    qtbot.waitUntil(lambda: bool(filled))
    body_of(page).asked.emit(offered)
    assert done


def test_tab_leads_into_the_page_of_the_one_chosen(window: MainWindow, page: PeoplePage) -> None:
    page.panel.expand("notes")
    down(page)
    QTest.keyClick(page.table, Qt.Key.Key_Tab)
    assert says(page.panel, "note of 02"), "filled before the keys go there"
    focused = window.focusWidget()
    assert focused is not None
    assert page.panel.isAncestorOf(focused)


def test_what_is_done_on_the_way_is_done_to_the_one_shown(
    qtbot: QtBot, window: MainWindow, page: PeoplePage, office: Office
) -> None:
    down(page)
    person = page.current_person()
    assert person is not None
    folder.add_note(office, person, "on the way")
    window.shell.changed()
    page.panel.expand("notes")
    qtbot.waitUntil(lambda: says(page.panel, "on the way"))
