# SPDX-License-Identifier: Apache-2.0
"""Columns that one chooses, puts in order, widens and sorts by, over a real register."""

from collections.abc import Iterator
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.shaping.column_chooser import ColumnChooser
from imp_plus_desktop.ui.tables.widths import shared
from tests.ui.helpers import assert_accessible, open_list

pytestmark = pytest.mark.mostly_long(
    "test_each_tick_shows_at_once_and_the_chooser_stays",
    "test_every_field_of_the_list_is_offered_once",
    "test_a_field_is_looked_for_without_its_accents",
    "test_alt_and_the_arrows_put_columns_in_order",
    "test_the_last_column_stays",
    "test_what_is_needed_is_given_where_cells_are_cut",
    "test_the_column_that_says_whose_row_it_is_is_the_first_to_get_what_it_needs",
    "test_the_name_stays_while_other_columns_are_scrolled",
)

Page = PeoplePage | DeadlinesPage
_TICKED, _BARE = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_LEFT = Qt.MouseButton.LeftButton
_SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    for number, country in ((1, "TUN"), (2, "MAR"), (3, "TUN"), (4, "MAR")):
        build.invite(made, number, citizenship=country, phone=f"418 555-010{number}")
    yield made
    made.close()


def open_page(qtbot: QtBot, office: Office, kind: type[Page] = PeoplePage) -> Page:
    return open_list(qtbot, office, kind)


def keys(page: Page) -> list[str]:
    return [column.key for column in page.table.shown_columns()]


def tick(chooser: ColumnChooser, key: str, state: Qt.CheckState = _TICKED) -> None:
    """Click on the row of a field, as a hand would."""
    item = next(item for item in chooser.list.fields() if item.data(256) == key)
    item.setCheckState(state)


def number_of(page: Page, key: str) -> int:
    return [column.key for column in page.model.columns].index(key)


def click_title(qtbot: QtBot, page: Page, key: str, held: Qt.KeyboardModifier) -> None:
    header = page.table.horizontalHeader()
    left = header.sectionViewportPosition(number_of(page, key))
    qtbot.mouseClick(header.viewport(), _LEFT, held, QPoint(left + 8, 10))


def test_each_tick_shows_at_once_and_the_chooser_stays(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    chooser = page.choose_columns()
    tick(chooser, "person.phone")
    assert keys(page)[-1] == "person.phone"
    cell = page.model.index(0, number_of(page, "person.phone"))
    assert cell.data() == "418 555-0101"
    tick(chooser, "letter", _BARE)
    assert "letter" not in keys(page)
    assert chooser.isVisible()
    assert_accessible(chooser)


def test_every_field_of_the_list_is_offered_once(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    chooser = page.choose_columns()
    titles = [item.text() for item in chooser.list.fields()]
    assert len(titles) == len(page.model.columns) > 60
    assert len(set(titles)) == len(titles)


def test_a_field_is_looked_for_without_its_accents(qtbot: QtBot, office: Office) -> None:
    chooser = open_page(qtbot, office).choose_columns()
    chooser.search.setText("PASSPORT no")
    seen = [item.text() for item in chooser.list.fields() if not item.isHidden()]
    assert seen == ["Passport no."]


def test_alt_and_the_arrows_put_columns_in_order(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    chooser = page.choose_columns()
    before = keys(page)
    chooser.list.setCurrentRow(1)
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(chooser.list, Qt.Key.Key_Down, alt)
    assert keys(page) == [before[0], before[2], before[1], *before[3:]]
    qtbot.keyClick(chooser.list, Qt.Key.Key_Up, alt)
    qtbot.keyClick(chooser.list, Qt.Key.Key_Up, alt)
    assert keys(page) == [before[1], before[0], *before[2:]]


def test_columns_and_their_order_come_back_and_one_click_restores_the_first_ones(
    qtbot: QtBot, office: Office
) -> None:
    first = open_page(qtbot, office)
    shipped = keys(first)
    first.table.columns.show(["citizenship", "person.phone", "name"])
    page = open_page(qtbot, office)
    assert keys(page) == ["citizenship", "person.phone", "name"]
    chooser = page.choose_columns()
    qtbot.mouseClick(chooser.restore, _LEFT)
    assert keys(page) == shipped == keys(open_page(qtbot, office))


def test_a_title_dragged_elsewhere_is_remembered(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    page.table.horizontalHeader().moveSection(2, 0)
    assert keys(page)[:2] == ["citizenship", "name"]
    assert keys(open_page(qtbot, office))[:2] == ["citizenship", "name"]


def test_the_last_column_stays(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    page.table.columns.show(["name"])
    chooser = page.choose_columns()
    tick(chooser, "name", _BARE)
    assert keys(page) == ["name"]
    assert chooser.keys() == ["name"]


def test_columns_that_are_not_known_any_more_are_passed_over(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    page.shell.settings.keep_layout("order-columns-people", "name gone person.phone")
    assert keys(open_page(qtbot, office)) == ["name", "person.phone"]


def test_shift_sorts_by_one_more_and_small_numbers_tell_the_order(
    qtbot: QtBot, office: Office
) -> None:
    page = open_page(qtbot, office)
    click_title(qtbot, page, "citizenship", Qt.KeyboardModifier.NoModifier)
    click_title(qtbot, page, "reference", _SHIFT)
    click_title(qtbot, page, "reference", _SHIFT)
    rows = [page.model.row_at(row) for row in range(4)]
    found = [(row.citizenship, row.individual_reference) for row in rows if row is not None]
    assert found == [
        ("MAR", "C1000004"),
        ("MAR", "C1000002"),
        ("TUN", "C1000003"),
        ("TUN", "C1000001"),
    ]
    across = Qt.Orientation.Horizontal
    titles = [page.model.headerData(number_of(page, k), across) for k in ("citizenship", "name")]
    assert titles == ["Citizenship ▲ 1", "Name"]
    assert page.model.headerData(number_of(page, "reference"), across) == "Reference ▼ 2"
    again = open_page(qtbot, office)
    assert again.model.order == (("citizenship", False), ("reference", True))
    assert list(again.shown_ids()) == list(page.shown_ids())


def test_what_is_needed_is_given_where_cells_are_cut() -> None:
    assert shared([100, 50, 50], [300, 40, 80], 200, 0) == [100, 50, 50]
    assert shared([100, 50, 50], [130, 40, 60], 240, 1) == [130, 50, 60]
    assert shared([100, 50, 50], [130, 40, 60], 300, 1) == [130, 110, 60]
    assert shared([100, 50], [500, 60], 200, None) == [140, 60]


def test_the_column_that_says_whose_row_it_is_is_the_first_to_get_what_it_needs() -> None:
    assert shared([100, 50], [140, 90], 200, 0) == [140, 60]
    assert shared([100, 50], [500, 60], 200, 0) == [150, 50]
    assert shared([100, 50], [140, 60], 220, 0) == [160, 60]


def test_a_column_that_cells_do_not_fill_leaves_its_room_to_a_cut_name(
    qtbot: QtBot, office: Office
) -> None:
    build.invite(office, 5, family_name="Vandenbroucke-Oliveira", given_names="Marie-Antoinette")
    page = open_page(qtbot, office)
    page.resize(1366, 690)
    metrics = page.table.fontMetrics()
    wide = metrics.horizontalAdvance("Vandenbroucke-Oliveira, Marie-Antoinette")
    assert page.table.columnWidth(0) >= wide


def test_the_name_stays_while_other_columns_are_scrolled(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    more = [c.key for c in page.model.columns if c.key.startswith("person.")]
    page.table.columns.show(["name", "citizenship", *more[:12]])
    table = page.table
    before = table.grab().copy(0, 0, 60, 120).toImage()
    bar = table.horizontalScrollBar()
    assert bar.maximum() > 200
    bar.setValue(200)
    after = table.grab().copy(0, 0, 60, 120).toImage()
    assert _rows_of(after) == _rows_of(before)
    qtbot.mouseClick(table.viewport(), _LEFT, pos=QPoint(20, table.rowHeight(0) * 2 + 5))
    assert table.currentIndex().row() == 2


def _rows_of(image: QImage) -> QImage:
    """The names alone: the title of what sorts and the row that is chosen stay out of it."""
    return image.copy(14, 70, 40, 40)


@pytest.mark.parametrize("kind", [PeoplePage, DeadlinesPage], ids=lambda k: k.key)
def test_what_is_exported_as_shown_has_what_the_chosen_columns_hold(
    qtbot: QtBot,
    office: Office,
    kind: type[Page],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_page(qtbot, office, kind)
    page.table.columns.show(["person.phone", "name"])
    answer = (str(tmp_path / "liste.xlsx"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    page.export_shown()
    rows = list(load_workbook(tmp_path / "liste.xlsx").worksheets[0].values)
    name = page.table.shown_columns()[1].title()
    assert rows[0] == ("Phone", name, "No. in the register")
    assert ("418 555-0101", "Benalibb, Amine") in [row[:2] for row in rows]
    assert len(rows) == page.model.rowCount() + 1
