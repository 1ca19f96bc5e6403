# SPDX-License-Identifier: Apache-2.0
"""From file to file in the order of the list, also after an act has moved one out of it."""

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.values.codes import PersonStatus
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.person_fixtures import office

pytestmark = pytest.mark.mostly_long(
    "test_alt_and_the_arrows_go_from_file_to_file_and_say_where",
    "test_escape_goes_from_the_file_back_to_its_row",
)

__all__ = ["office"]


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> MainWindow:
    for number in range(1, 6):
        build.invite(office, number, family_name="ABCDE"[number - 1])
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.open_page("people")
    return made


def page_of(window: MainWindow) -> PeoplePage:
    page = window.current_page()
    assert isinstance(page, PeoplePage)
    return page


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)


def test_alt_and_the_arrows_go_from_file_to_file_and_say_where(window: MainWindow) -> None:
    page = page_of(window)
    ids = list(page.shown_ids())
    assert page.panel.walk.place() == (1, 5)
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Right)
    assert page.panel.person_id() == ids[2] == page.table.current_id()
    assert page.panel.walk.place() == (3, 5)
    press(window, Qt.Key.Key_Left)
    assert page.panel.person_id() == ids[1]
    for _time in range(9):
        press(window, Qt.Key.Key_Right)
    assert page.panel.walk.place() == (5, 5)


def test_who_is_moved_out_of_the_list_stays_open_and_the_next_one_follows(
    window: MainWindow, office: Office
) -> None:
    page = page_of(window)
    page.open_with(people.PeopleFilter(status=PersonStatus.READY))
    if page.model.rowCount() != 5:
        page.open_with(people.PeopleFilter(status=PersonStatus.INVITED))
    ids = list(page.shown_ids())
    assert len(ids) == 5
    press(window, Qt.Key.Key_Right)
    build.receive(office, ids[1])
    window.shell.changed()
    assert ids[1] not in list(page.shown_ids())
    assert page.panel.person_id() == ids[1]
    assert page.panel.walk.place() == (2, 5)
    press(window, Qt.Key.Key_Right)
    assert page.panel.person_id() == ids[2]
    assert page.panel.walk.place() == (2, 4)
    press(window, Qt.Key.Key_Left)
    assert page.panel.person_id() == ids[0]


def test_an_undo_brings_who_was_moved_out_back_to_their_row(
    window: MainWindow, office: Office
) -> None:
    page = page_of(window)
    row = page.current_person()
    assert row is not None
    page.set_search("A")
    people.edit(office, row, {"family_name": "Zenon", "given_names": "Z"})
    window.shell.changed()
    history.undo(office)
    window.shell.changed()
    assert page.panel.person_id() == row == page.table.current_id()


def test_where_the_file_itself_is_gone_the_first_of_the_list_is_shown(
    window: MainWindow, office: Office
) -> None:
    page = page_of(window)
    ids = list(page.shown_ids())
    page.table.select_id(ids[3])
    file_bin.delete(office, ids[3], "a test")
    window.shell.changed()
    assert page.panel.person_id() == page.table.current_id()
    assert page.panel.person_id() in ids
    assert page.panel.person_id() != ids[3]


def test_escape_goes_from_the_file_back_to_its_row(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    page.table.select_id(page.shown_ids()[2])
    page.open_beside()
    qtbot.waitUntil(lambda: page.panel.isAncestorOf(window.focusWidget()))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.focusWidget() is page.table
    assert page.table.current_id() == page.shown_ids()[2]
