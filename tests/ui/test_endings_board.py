# SPDX-License-Identifier: Apache-2.0
"""The permits that end: who stands where, which ways are shown, and one chosen by hand."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import cast

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.lists.permits import ENDING, PermitsPage
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible

pytestmark = pytest.mark.mostly_long(
    "test_what_has_ended_stands_on_top_and_the_rest_by_month",
    "test_enter_opens_the_file_and_the_menu_is_the_files",
    "test_an_empty_board_says_when_the_next_one_ends",
)

LEFT = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 20)


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    """Three permits: one that has ended, one that ends in 38 days, one in four months."""
    i18n.use("en")
    for number, until in ((1, "2026-12-28"), (2, "2026-11-06"), (3, "2027-03-20")):
        person = build.invite(office, number, passport_expiry="2033-01-01")
        application = build.receive(office, person).application
        build.decide(office, application)
        object.__setattr__(office, "clock", Clock(TODAY))
        build.issue(office, application, date(2024, 4, 1), until=date.fromisoformat(until))
        object.__setattr__(office, "clock", Clock(build.TODAY))
    object.__setattr__(office, "clock", Clock(TODAY))
    values = {"pr_state": "in_process", "pr_number": "E123456789", "pr_filed_on": "2024-05-01"}
    people.edit(office, people.find(office, "C1000001"), values)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def page(window: MainWindow) -> PermitsPage:
    return cast(PermitsPage, window.open_page("permits", ENDING))


def test_a_filter_of_the_list_is_not_shown_over_the_board_and_comes_back(
    page: PermitsPage,
) -> None:
    page.show_face("list")
    page.narrow([ColumnFilter("person.pr_state", ("in_process",))])
    assert page.model.rowCount() == 1
    (chip,) = page.filters.chips()
    assert chip.isVisibleTo(page)
    page.show_face(ENDING)
    assert page.board.count() == 2
    assert not chip.isVisibleTo(page)
    assert not page.filters.add.isVisibleTo(page)
    page.show_face("list")
    assert chip.isVisibleTo(page)
    assert page.filters.add.isVisibleTo(page)
    assert page.model.rowCount() == 1


def said(page: PermitsPage) -> str:
    labels = page.board.panel.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisible())


def names(page: PermitsPage) -> list[str]:
    return [row.permit.name for row in page.board.list.rows()]


def test_what_has_ended_stands_on_top_and_the_rest_by_month(page: PermitsPage) -> None:
    assert page.board.list.titles() == ["Ended, nothing filed", "December 2026"]
    assert names(page) == ["Benalicc, Amine", "Benalibb, Amine"]
    assert page.header.title() == "Permits that end"
    assert "Ended 14 days ago, nothing filed" in said(page)
    assert "The status can be restored until February 4, 2027." in said(page)


def test_more_months_show_more_and_the_choice_is_kept(
    qtbot: QtBot, window: MainWindow, page: PermitsPage
) -> None:
    page.board.within.choose("6")
    assert names(page)[-1] == "Benalidd, Amine"
    assert window.shell.settings.layout("endings-within") == "6"
    page.set_search("Benalidd")
    assert names(page) == ["Benalidd, Amine"]


def test_keys_go_to_a_person_and_to_a_way_and_choose_it_and_undo_brings_all_back(
    qtbot: QtBot, window: MainWindow, page: PermitsPage
) -> None:
    office = window.shell.office
    person = people.find(office, "C1000001")
    page.focus_start()
    qtbot.keyClick(page.board.list, Qt.Key.Key_Down)
    assert "38 days to apply without ceasing to work" in said(page)
    assert "246.25 more" in said(page)
    qtbot.keyClick(page.board.list, Qt.Key.Key_Right)
    buttons = page.board.panel.buttons()
    assert buttons[1].hasFocus(), "the recommended way"
    assert buttons[1].accessibleName() == "Choose: Bridging permit"
    qtbot.keyClick(buttons[1], Qt.Key.Key_Left)
    assert buttons[0].hasFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Left)
    assert page.board.list.hasFocus()
    qtbot.keyClick(page.board.list, Qt.Key.Key_Right)
    qtbot.keyClick(page.board.panel.buttons()[1], Qt.Key.Key_Return)
    file = people.file(office, person)
    assert file.permits[0].next_way == "bridging"
    assert file.notes[0].text == "Way chosen: Bridging permit"
    assert page.board.panel.buttons()[1].text() == "Take back"
    assert page.board.current_person() == person
    window.menu_actions.action("edit.undo").trigger()
    assert people.file(office, person).permits[0].next_way is None
    assert page.board.panel.buttons()[1].text() == "Choose"


def test_enter_opens_the_file_and_the_menu_is_the_files(
    qtbot: QtBot, window: MainWindow, page: PermitsPage
) -> None:
    person = page.board.current_person()
    page.panel.finish()
    offered = [getattr(entry, "text", "") for entry in page.row_menu()]
    assert "Record a received application…" in offered
    qtbot.keyClick(page.board.list, Qt.Key.Key_Return)
    shown = window.current_page()
    assert shown.key == "people"
    assert shown.current_person() == person  # type: ignore[attr-defined]


def test_an_empty_board_says_when_the_next_one_ends(
    qtbot: QtBot, window: MainWindow, page: PermitsPage
) -> None:
    office = window.shell.office
    for reference in ("C1000001", "C1000002"):
        people.edit(office, people.find(office, reference), {"pr_state": "landed"})
    page.refresh()
    labels = [one.text() for one in page.board.findChildren(QLabel) if one.isVisible()]
    assert "No permit ends within 3 months." in " ".join(labels).replace("\u00a0", " ")
    assert "The next one ends on March 20, 2027." in labels


def test_the_list_comes_back_with_its_own_columns_and_views(
    qtbot: QtBot, page: PermitsPage
) -> None:
    page.faces.choose("list")
    assert page.table.isVisible()
    assert page.columns_button.isVisible()
    assert not page.board.within.isVisible()
    page.faces.choose(ENDING)
    assert page.board.isVisible()
    assert not page.columns_button.isVisible()


def test_the_board_can_be_heard(page: PermitsPage) -> None:
    assert_accessible(page)
    index = page.board.list.currentIndex()
    heard = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Benalicc, Amine, Nov 6, 2026, ended 14 days ago, nothing filed"
    assert TODAY - timedelta(days=14) == date(2026, 11, 6)
