# SPDX-License-Identifier: Apache-2.0
"""The cross table: each figure opens its rows, and a table is kept, shared and taken back."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import office_builders as build
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.pivots import ALL, Pivot
from imp_plus_desktop.services.listing import pivots
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.lists.applications import ApplicationsPage
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.lists.permits import PermitsPage
from imp_plus_desktop.ui.quota.pivot_view import PivotView
from imp_plus_desktop.ui.quota.quota import QuotaPage
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible, cut_labels, made_by

pytestmark = pytest.mark.mostly_long(
    "test_a_figure_opens_its_rows_with_the_filters_as_chips",
    "test_rows_and_columns_are_chosen_and_change_places",
    "test_a_table_is_kept_changed_and_taken_back",
    "test_what_changes_elsewhere_is_counted_when_it_is_looked_at",
)

PAGES = made_by(QuotaPage, ApplicationsPage, PermitsPage, PeoplePage)
NO_PARENT = QModelIndex()


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    """Three people of two countries; one permit, one refusal, one application still open."""
    build.issue(office, build.an_approved(office, 1))
    build.decide(office, build.receive(office, build.invite(office, 2)).application, "refused")
    third = build.invite(office, 3, citizenship="TUN")
    build.receive(office, third, datetime(2022, 12, 20, 15).astimezone())
    made = MainWindow(office, inline_tasks=True, pages=PAGES)
    made.resize(1093, 614)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def shown(window: MainWindow) -> PivotView:
    window.menu_actions.action("report.pivot").trigger()
    page = window.current_page()
    assert isinstance(page, QuotaPage)
    assert page.pivot.isVisible()
    return page.pivot


def figures(view: PivotView) -> list[list[str]]:
    model = view.grid.model()
    across = range(model.columnCount(NO_PARENT))
    down = range(model.rowCount(NO_PARENT))
    return [[str(model.index(row, column).data()) for column in across] for row in down]


def press(qtbot: QtBot, view: PivotView, row: int, column: int) -> None:
    place = view.grid.visualRect(view.grid.model().index(row, column)).center()
    qtbot.mouseClick(view.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_figure_opens_its_rows_with_the_filters_as_chips(
    qtbot: QtBot, window: MainWindow
) -> None:
    view = shown(window)
    view.show_pivot(Pivot(ListKind.APPLICATIONS, "country", "outcome"))
    assert figures(view) == [["1", "1", "", "2"], ["", "", "1", "1"], ["1", "1", "1", "3"]]
    press(qtbot, view, 0, 1)
    page = window.current_page()
    assert isinstance(page, ApplicationsPage)
    assert len(page.shown_ids()) == 1
    chips = [chip.text() for chip in page.filters.chips()]
    assert len(chips) == 2
    assert any("Morocco" in text for text in chips)
    page.filters.clear()
    page.filters.changed.emit()
    assert len(page.shown_ids()) == 3


def test_a_figure_is_opened_by_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    view = shown(window)
    view.show_pivot(Pivot(ListKind.PEOPLE, "country"))
    assert figures(view) == [["2"], ["1"], ["3"]]
    view.grid.setFocus()
    view.grid.setCurrentIndex(view.grid.model().index(0, 0))
    qtbot.keyClick(view.grid, Qt.Key.Key_Down)
    qtbot.keyClick(view.grid, Qt.Key.Key_Return)
    page = window.current_page()
    assert isinstance(page, PeoplePage)
    assert len(page.shown_ids()) == 1


@pytest.mark.parametrize(
    ("kind", "listed"), [(ListKind.PERMITS, PermitsPage), (ListKind.APPLICATIONS, ApplicationsPage)]
)
def test_a_month_of_every_year_opens_its_rows_too(
    window: MainWindow, kind: ListKind, listed: type[ListPage]
) -> None:
    view = shown(window)
    view.show_pivot(Pivot(kind, "year", "month"))
    model = view.grid.model()
    view.grid.opened.emit(ALL, "11")
    page = window.current_page()
    assert isinstance(page, listed)
    months = ["11"] if kind is ListKind.PERMITS else ["11", "12"]
    column = months.index("11")
    assert str(len(page.shown_ids())) == model.index(model.rowCount(NO_PARENT) - 1, column).data()


def test_rows_and_columns_are_chosen_and_change_places(window: MainWindow) -> None:
    view = shown(window)
    view.show_pivot(Pivot(ListKind.APPLICATIONS, "state", "year"))
    menu = view.rows.menu_of_choices()
    assert [action.isChecked() for action in menu.actions()].count(True) == 1
    year = next(action for action in menu.actions() if action.text() == "Year of receipt")
    year.trigger()
    assert view.rows.text() == "Rows: Year of receipt ▾"
    assert view.columns.text() == "Columns: State ▾"
    none = view.columns.menu_of_choices().actions()[0]
    none.trigger()
    assert figures(view) == [["1"], ["2"], ["3"]]
    view.lists.choose("people")
    assert view.rows.text() == "Rows: Year of the letter ▾"


def test_a_table_is_kept_changed_and_taken_back(window: MainWindow, office: Office) -> None:
    view = shown(window)
    pivot = Pivot(ListKind.PERMITS, "country", "code")
    view.show_pivot(pivot)
    assert view.kept.tabs.save.isVisible()
    drop = view.kept.ask_name()
    drop.line.setText("Permits of mine")
    drop.save.click()
    (report,) = pivots.saved(office)
    assert (report.name, report.owner, report.pivot) == ("Permits of mine", office.user, pivot)
    assert not view.kept.tabs.save.isVisible()
    view.columns.menu_of_choices().actions()[0].trigger()
    assert view.kept.tabs.save.isVisible()
    view.kept.tabs.save.click()
    assert pivots.saved(office)[0].pivot == Pivot(ListKind.PERMITS, "country")
    share = view.kept.menu(f"pivot:{report.id}").actions()[1]
    share.trigger()
    assert pivots.saved(office)[0].owner is None
    for _act in range(3):
        window.menu_actions.action("edit.undo").trigger()
    assert pivots.saved(office) == []
    assert f"pivot:{report.id}" not in view.kept.tabs.shown_keys()


def test_a_table_is_shown_again_at_the_next_start(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    shown(window).show_pivot(Pivot(ListKind.PEOPLE, "clerk"))
    again = PivotView(Shell(office, inline_tasks=True))
    qtbot.addWidget(again)
    again.refresh()
    assert again.rows.text().startswith("Rows: Responsible")


def test_what_changes_elsewhere_is_counted_when_it_is_looked_at(
    window: MainWindow, office: Office
) -> None:
    view = shown(window)
    view.show_pivot(Pivot(ListKind.PEOPLE, "country"))
    build.invite(office, 4)
    window.shell.changed()
    assert figures(view) == [["3"], ["1"], ["4"]]


def test_the_table_goes_on_paper_and_into_a_workbook(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = shown(window)
    view.show_pivot(Pivot(ListKind.APPLICATIONS, "country", "outcome"))
    (part,) = view.paper().parts
    assert part.table is not None
    assert part.table.rows == (
        ("Morocco", "1", "1", "0", "2"),
        ("Tunisia", "0", "0", "1", "1"),
        ("Total", "1", "1", "1", "3"),
    )
    target = tmp_path / "table.xlsx"
    monkeypatch.setattr(files, "ask_save", lambda *_arguments: target)
    page = window.current_page()
    page.export_shown()
    count, rows = load_workbook(target).worksheets
    assert [cell.value for cell in count[2]][:2] == ["Morocco", 1]
    assert rows.max_row == 4
    assert date(2022, 12, 20) in {
        cell.value.date() for row in rows.iter_rows() for cell in row if cell.is_date
    }


def test_the_cross_table_is_reached_by_keys_and_cuts_no_word(window: MainWindow) -> None:
    view = shown(window)
    QApplication.processEvents()
    assert_accessible(view)
    assert cut_labels(view) == []
