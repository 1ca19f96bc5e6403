# SPDX-License-Identifier: Apache-2.0
"""A list asked for anew: its rows come first, who stands beside them afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import office_builders as build
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QPushButton, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.person.actions.file_table import FileOffer
from imp_plus_desktop.ui.person.person_body import PersonBody
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.verdicts.verdict_panel import VerdictPanel
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.person_fixtures import says


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    for number in range(1, 6):
        build.invite(office, number)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


def page_of(window: MainWindow) -> PeoplePage:
    page = window.open_page("people")
    assert isinstance(page, PeoplePage)
    page.panel.finish()
    return page


def test_who_stays_beside_a_list_asked_for_anew_is_fetched_after_its_rows(
    window: MainWindow, office: Office
) -> None:
    page = page_of(window)
    person = page.current_person()
    assert person is not None
    people.edit(office, person, {"family_name": "Zuniga"})
    page.refresh()
    assert any(row.name.startswith("Zuniga") for row in page.fetch(page.model.ids))
    assert page.panel.person_id() == page.current_person() == person
    assert not says(page.panel, "Zuniga")
    page.panel.finish()
    assert says(page.panel, "Zuniga")


def test_it_comes_by_itself(qtbot: QtBot, window: MainWindow, office: Office) -> None:
    page = page_of(window)
    person = page.current_person()
    assert person is not None
    people.edit(office, person, {"family_name": "Zuniga"})
    page.refresh()
    qtbot.waitUntil(lambda: says(page.panel, "Zuniga"))


def test_whom_a_search_has_found_is_at_once_whose_file_is_open(
    window: MainWindow, office: Office
) -> None:
    page = page_of(window)
    wanted = page.model.ids[3]
    before = page.panel.person_id()
    row = people.row(office, wanted)
    page.set_search(str(row.individual_reference))
    assert list(page.model.ids) == [wanted]
    file = page.file()
    assert file is not None
    assert file.person == wanted != before
    page.panel.finish()
    assert page.panel.person_id() == wanted
    assert says(page.panel, str(row.individual_reference))


def test_the_keys_stay_in_the_page_that_is_fetched_afterwards(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = page_of(window)
    verdict = page.panel.findChildren(VerdictPanel)[0]
    key = next(one for one in verdict.findChildren(QPushButton) if one.isVisible())
    key.setFocus()
    qtbot.waitUntil(key.hasFocus)
    page.refresh()
    page.panel.finish()
    focused = window.focusWidget()
    assert focused is not None
    assert page.panel.isAncestorOf(focused)


def test_filters_do_not_ask_again_how_many_there_are_in_all(
    window: MainWindow, office: Office
) -> None:
    page = page_of(window)
    first = people.row(office, page.model.ids[0])
    page.set_search(str(first.individual_reference))
    assert says(page.header, "1 of 5")
    page.set_search("")
    assert len(page.model.ids) == 5
    build.invite(office, 77)  # nobody has told the window yet
    page.set_search("a")
    page.set_search("")
    assert says(page.header, "6")
    assert not says(page.header, "6 of 5")


def test_of_all_that_one_gesture_chooses_the_actions_are_enabled_once(
    qtbot: QtBot, office: Office
) -> None:
    shell, told = Shell(office, inline_tasks=True), []
    shell.states_changed.connect(lambda: told.append("state"))
    with shell.one_state():
        shell.state_changed()
        with shell.one_state():
            shell.state_changed()
        assert told == []
    assert told == ["state"]
    with shell.one_state():
        pass
    assert told == ["state"]
    shell.state_changed()
    assert told == ["state", "state"]


NAMES = ("Nguyễn-Tremblay, Élodie Marie-Ève Anastasia", "عبد الله", "Li\nWei", "Ok", "Ōé, 日本")
COLUMNS: tuple[Column[int], ...] = (
    Column("name", lambda: "Name", lambda n: NAMES[n % 5], width=9, stretch=True),
    Column("days", lambda: "Days", lambda n: f"{n * 1234}", width=5, kind="number"),
    Column("on", lambda: "On", lambda n: f"2026-11-{n:02}", width=7, kind="date", quiet=True),
    Column(
        "state", lambda: "State", lambda n: "walks", width=6, kind="chip",
        tone=lambda n: theme.Tone.WARN if n % 2 else theme.Tone.OK,
    ),
)  # fmt: skip


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_row_looks_as_its_cells_do_one_by_one(qtbot: QtBot, mode: str) -> None:
    """A list is painted row by row, the column that is kept in view cell by cell."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look = theme.apply(app, mode)
    model = RowsModel(COLUMNS, list)
    model.set_ids(range(8))
    view = TableView(model, "days")
    view.allow_several()
    qtbot.addWidget(view)
    view.resize(420, 260)
    with qtbot.waitActive(view):
        view.show()
    view.horizontalHeader().moveSection(0, 2)
    view.choose([1, 2, 6])
    alone = QImage(view.viewport().size(), QImage.Format.Format_RGB32)
    alone.fill(QColor(look.card))
    painter = QPainter(alone)
    for row in range(model.rowCount()):
        for column in range(len(COLUMNS)):
            index, option = model.index(row, column), QStyleOptionViewItem()
            view.initViewItemOption(option)
            option.rect = view.visualRect(index)
            option.state |= QStyle.StateFlag.State_Enabled
            if view.selectionModel().isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            view.itemDelegate().paint(painter, option, index)
    painter.end()
    left, right = view.visualRect(model.index(0, 1)), view.visualRect(model.index(7, 3))
    rows = QRect(left.topLeft(), right.bottomRight()).intersected(alone.rect())
    seen = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert seen.copy(rows) == alone.copy(rows)
    assert seen.pixelColor(2, left.height() + 4) != seen.pixelColor(2, 4)


def test_the_first_page_of_rows_is_fetched_alone_and_two_at_a_time_where_somebody_scrolls(
    qtbot: QtBot,
) -> None:
    asked: list[tuple[int, int]] = []

    def fetch(ids: Sequence[int]) -> list[int]:
        asked.append((ids[0], ids[-1]))
        return [number for number in ids if number not in gone]

    gone: set[int] = set()
    model = RowsModel(COLUMNS, fetch)
    model.set_ids(range(400))
    assert [model.row_at(row) for row in (0, 32, 64, 96)] == [0, 32, 64, 96]
    assert asked == [(0, 31), (32, 95), (96, 159)]
    model.set_ids(range(400))
    gone.add(40)  # since it was asked which rows there are
    assert [model.row_at(row) for row in (0, 32, 64, 96)] == [0, 32, 64, 96]


def test_what_is_pressed_on_the_page_of_who_stays_is_done_although_it_is_fetched_anew(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    page = page_of(window)
    body = page.panel.findChildren(PersonBody)[0]
    done: list[int] = []
    offer = FileOffer("Note", lambda file: done.append(file.person), "", "note")
    page.refresh()
    body.asked.emit(offer)
    assert done == [page.current_person()]
    page.set_search(str(people.row(office, page.model.ids[3]).individual_reference))
    body.asked.emit(offer)  # below the new head the former's page is still seen
    assert len(done) == 1
    page.panel.finish()
    body.asked.emit(offer)
    assert done[1:] == [page.current_person()] != done[:1]
