# SPDX-License-Identifier: Apache-2.0
"""The keys while a list is checked: undo is about its corrections, Enter goes from problem to
problem and never imports by mistake."""

import csv
from collections.abc import Iterator

import office_builders as build
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs.question import Question
from imp_plus_desktop.ui.imports import import_session as steps
from imp_plus_desktop.ui.imports.import_flow import ImportFlow
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.imports.steps.check.import_mend import MendPopup, Wound
from imp_plus_desktop.ui.imports.steps.import_columns_table import FIELD_COLUMN, ColumnsTable
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.tables.kept_column import _Cells
from imp_plus_desktop.ui.widgets.lists import RowButton
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import type_text
from tests.ui.person_fixtures import answer

pytestmark = pytest.mark.mostly_long(
    "test_enter_goes_from_problem_to_problem_and_never_imports",
    "test_the_arrows_never_leave_the_rows",
    "test_in_a_field_the_keys_are_about_what_is_typed",
    "test_a_popup_has_no_way_to_the_register",
    "test_f6_goes_round_the_parts_and_never_to_the_button_that_imports",
)

PLAIN, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
HEADERS = ("Réf. individuelle", "Nom", "Prénom", "Né(e) le", "Citoyenneté", "Date de la lettre")
ROWS = [
    ("C2000001", "Traoréa", "Awa", "1991-05-14", "Mali", "2023-09-13"),
    ("C2000002", "Traoréb", "Awa", "never", "Mali", "2023-09-13"),
    ("C2000003", "Traoréc", "Awa", "1991-05-16", "Mali", "2023-09-13"),
    ("C2000004", "Traoréd", "Awa", "some day", "Mali", "2023-09-13"),
    ("C2000005", "Traorée", "Awa", "1991-05-18", "Mali", "soon"),
]


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    """At the check of a list with three bad cells; another list was imported before."""
    folder = office.register_path.parent
    build.import_file(office, build.a_list(folder / "before.xlsx", [build.a_row(1)]))
    path = folder / "liste.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([HEADERS, *ROWS])
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    page = made.open_page("imports", path)
    assert isinstance(page, ImportsPage)
    page.flow.go_on()
    page.flow.go_on()
    assert page.flow.step() == steps.CHECK
    yield made
    made.close()


def flow_of(window: MainWindow) -> ImportFlow:
    page = window.page("imports")
    assert isinstance(page, ImportsPage)
    return page.flow


def press(key: Qt.Key, how: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key where the keys are."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, how)


def mend(text: str) -> None:
    """Mend the cell that has the keys, by keys alone."""
    press(Qt.Key.Key_Return)
    edit = QApplication.focusWidget()
    assert isinstance(edit, QLineEdit), edit
    edit.selectAll()
    type_text(edit, text)
    press(Qt.Key.Key_Return)


def where(window: MainWindow) -> tuple[str, str] | None:
    """The row and column that have the keys, as they are headed; None outside the rows."""
    table = flow_of(window).check.table
    # Offscreen the window is not the active one again as soon as a dialog closes.
    if table is None or window.focusWidget() is not table:
        return None
    index = table.currentIndex()
    title = table.model().headerData(index.column(), Qt.Orientation.Horizontal)
    return table.model().index(index.row(), 0).data(), title


def rejected(window: MainWindow) -> int:
    preview = flow_of(window).preview()
    assert preview is not None
    return preview.counts.rejected


def test_enter_goes_from_problem_to_problem_and_never_imports(
    window: MainWindow, office: Office
) -> None:
    assert rejected(window) == 3
    assert where(window) == ("3", "Born on")
    mend("1991-05-15")
    assert rejected(window) == 2
    assert where(window) == ("5", "Born on")
    mend("1991-05-17")
    assert where(window) == ("6", "Letter")
    mend("2023-09-13")
    assert rejected(window) == 0
    assert where(window) == ("6", "Letter")
    for _turn in range(3):  # opens and closes the small window, and imports nothing
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Escape)
    assert flow_of(window).step() == steps.CHECK
    assert people.count(office) == 1


def test_the_import_button_keeps_its_width_while_its_number_grows(
    window: MainWindow, office: Office
) -> None:
    path = office.register_path.parent / "dix.csv"
    rows = [(f"C30000{n:02}", f"Diallo{n}", "Awa", "1991-05-15", "Mali", "2023-09-13")
            for n in range(10)]  # fmt: skip
    rows[4] = (*rows[4][:3], "never", *rows[4][4:])
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([HEADERS, *rows])
    window.resize(1093, 576)
    window.open_page("imports", path)
    flow = flow_of(window)
    flow.go_on()
    flow.go_on()
    QApplication.processEvents()
    for _pass in range(3):
        QApplication.processEvents()
    beside = (flow.next.geometry(), flow.back.geometry())
    assert flow.next.text() == "Import 9 people"
    mend("1991-05-15")
    QApplication.processEvents()
    assert flow.next.text() == "Import 10 people"
    assert (flow.next.geometry(), flow.back.geometry()) == beside


def test_the_small_window_given_up_gives_the_keys_back_to_the_rows(window: MainWindow) -> None:
    before = where(window)
    press(Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    press(Qt.Key.Key_Escape)
    assert where(window) == before


def test_the_arrows_never_leave_the_rows(window: MainWindow) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Up):
        for _turn in range(12):
            press(key)
            assert where(window) is not None
    mend("1991-05-15")
    for _turn in range(12):
        press(Qt.Key.Key_Down)
        assert where(window) is not None


def test_ctrl_z_takes_back_the_last_correction_and_leaves_the_register_alone(
    window: MainWindow, office: Office
) -> None:
    press(Qt.Key.Key_Z, CONTROL)
    nothing = "Nothing of this import is stored yet: there is no correction to take back."
    assert window.status.text() == nothing
    assert window.status.undo_text() == ""
    mend("1991-05-15")
    mend("1991-05-17")
    link = "Undo: correction of Date of birth, row 5 (Ctrl+Z)"
    assert (window.status.undo_text(), rejected(window)) == (link, 1)
    press(Qt.Key.Key_Z, CONTROL)
    assert rejected(window) == 2
    assert window.status.text() == "Undone: correction of Date of birth, row 5"
    assert where(window) is not None
    press(Qt.Key.Key_Y, CONTROL)
    assert rejected(window) == 1
    assert window.status.text() == "Redone: correction of Date of birth, row 5"
    press(Qt.Key.Key_Y, CONTROL)
    assert window.status.text() == "There is nothing to redo."
    for left in (2, 3, 3):
        press(Qt.Key.Key_Z, CONTROL)
        assert rejected(window) == left
    assert window.status.text() == nothing
    assert people.count(office) == 1
    assert [act.service for act in history.acts(office)] == ["imports.commit"]


def test_on_another_page_the_keys_are_the_register_s_again(
    window: MainWindow, office: Office
) -> None:
    mend("1991-05-15")
    window.open_page("people")
    build.invite(office, 2)
    window.shell.changed()
    press(Qt.Key.Key_Z, CONTROL)
    assert window.status.text().startswith("Undone: new file")
    window.open_page("imports")
    assert rejected(window) == 2
    assert window.status.undo_text().startswith("Undo: correction of Date of birth, row 3")


def test_in_a_field_the_keys_are_about_what_is_typed(window: MainWindow, office: Office) -> None:
    mend("1991-05-15")
    box = flow_of(window).check.filter
    box.setFocus()
    type_text(box, "Traor")
    press(Qt.Key.Key_Z, CONTROL)
    assert box.text() == ""
    press(Qt.Key.Key_Y, CONTROL)
    assert box.text() == "Traor"
    press(Qt.Key.Key_Z, CONTROL)
    press(Qt.Key.Key_Z, CONTROL)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert box.text() == "Traor"
    assert (rejected(window), people.count(office)) == (2, 1)


def test_rows_that_stay_out_are_counted_and_asked_about_once(
    window: MainWindow, office: Office
) -> None:
    flow = flow_of(window)
    said: list[str] = []

    def enter(dialog: QWidget) -> None:
        assert isinstance(dialog, Question)
        said.append(dialog.windowTitle())
        press(Qt.Key.Key_Return)

    answer(enter)
    flow.next.click()
    assert said == ["Leave 3 rows out?"]
    assert (flow.step(), people.count(office)) == (steps.CHECK, 1)
    assert where(window) == ("3", "Born on")
    assert list(flow.check.shown()) == [1, 3, 4]

    def yes(dialog: QWidget) -> None:
        found = [b for b in dialog.findChildren(QPushButton) if b.text() == "Import 2 people"]
        found[0].click()

    answer(yes)
    flow.next.click()
    assert (flow.step(), people.count(office)) == (steps.SUMMARY, 3)


def test_a_list_without_rejected_rows_is_not_asked_about(
    window: MainWindow, office: Office
) -> None:
    for text in ("1991-05-15", "1991-05-17", "2023-09-13"):
        mend(text)
    flow_of(window).next.click()
    assert people.count(office) == 6


def test_a_popup_has_no_way_to_the_register(window: MainWindow, office: Office) -> None:
    press(Qt.Key.Key_Return)
    popup = window.findChild(MendPopup)
    assert popup is not None
    popup.one.setFocus()
    press(Qt.Key.Key_Z, CONTROL)
    assert people.count(office) == 1


@pytest.mark.parametrize("width", [1093, 1366])
def test_what_a_column_becomes_is_in_view_on_a_small_screen(window: MainWindow, width: int) -> None:
    flow = flow_of(window)
    flow.go_back()
    window.resize(width, 576)
    for _pass in range(3):
        QApplication.processEvents()
    table = flow.columns.findChild(ColumnsTable)
    assert table is not None
    right = table.columnViewportPosition(FIELD_COLUMN) + table.columnWidth(FIELD_COLUMN)
    assert right <= table.viewport().width()


def test_a_chosen_row_and_its_sentence_stay_in_view_when_the_window_gets_lower(
    window: MainWindow, office: Office
) -> None:
    path = office.register_path.parent / "vingt.csv"
    rows = [(f"C30000{n:02}", f"Diallo{n}", "Awa", "1991-05-15", "Mali", "2023-09-13")
            for n in range(20)]  # fmt: skip
    rows[9] = (*rows[9][:3], "never", *rows[9][4:])
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([HEADERS, *rows])
    window.resize(1093, 900)
    window.open_page("imports", path)
    flow = flow_of(window)
    flow.go_on()
    flow.go_on()
    table = flow.check.table
    assert table is not None
    for height in (900, 640, 576):
        window.resize(1093, height)
        for _pass in range(3):
            QApplication.processEvents()
        chosen = table.visualRect(table.currentIndex())
        assert chosen.top() >= 0
        assert chosen.bottom() <= table.viewport().height(), height


def test_f6_goes_round_the_parts_and_never_to_the_button_that_imports(window: MainWindow) -> None:
    flow = flow_of(window)
    rows, before = QApplication.focusWidget(), None
    seen = []
    for _turn in range(8):
        press(Qt.Key.Key_F6)
        now = QApplication.focusWidget()
        assert now not in (None, before, flow.next)
        seen.append(now)
        before = now
        if now is rows:
            break
    assert seen[-1] is rows
    assert len(seen) >= 3
    assert window.side.isAncestorOf(seen[0])
    assert seen[0].accessibleName().startswith("Imports")
    press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is seen[-2]


def test_enter_on_the_problem_chosen_goes_on_to_its_cell_and_space_lets_it_go(
    window: MainWindow,
) -> None:
    flow = flow_of(window)
    groups = flow.check.groups
    row = next(r for r in groups.findChildren(RowButton) if "birth" in r.text())
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert (groups.chosen_key(), len(flow.check.shown())) == (row.key, 2)
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert groups.chosen_key() == row.key
    popup = next(p for p in window.findChildren(MendPopup) if p.isVisible())
    assert popup.editor.text() == "never"
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert where(window) == ("3", "Born on")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert (groups.chosen_key(), len(flow.check.shown())) == (None, 5)


def test_what_is_wrong_names_its_field_also_where_the_cell_is_out_of_sight(
    window: MainWindow,
) -> None:
    table = flow_of(window).check.table
    assert table is not None
    said = [row.sentence for place in range(5) if (row := table.shown_row(place)) is not None]
    assert said[1].startswith("Date of birth — this date does not exist")
    assert said[4].startswith("Letter date — this date does not exist")


def test_number_and_name_of_a_row_stay_in_view_with_no_piece_of_a_column_beside_them(
    window: MainWindow,
) -> None:
    window.resize(1093, 614)
    table = flow_of(window).check.table
    assert table is not None
    for column in range(table.model().columnCount()):
        table.setColumnWidth(column, 150)
    QApplication.processEvents()
    assert table.go_to(4, "citizenship")
    QApplication.processEvents()
    (cells,) = (w for w in table.findChildren(_Cells))
    titles = [table.model().headerData(s, Qt.Orientation.Horizontal) for s in cells.sections]
    assert cells.isVisible()
    assert titles == ["Row", "Family name"]
    beside = table.columnAt(cells.width())
    assert table.columnViewportPosition(beside) >= cells.width()
    assert table.visualRect(table.currentIndex()).left() >= cells.width()


def test_the_entry_of_the_imports_leads_back_to_them_once_one_is_done(
    window: MainWindow,
) -> None:
    page = window.page("imports")
    assert isinstance(page, ImportsPage)
    window.open_page("imports")
    assert page.view() == "import", "one under way stays"
    answer(lambda dialog: dialog.accept())
    page.flow.go_on()
    assert (page.flow.step(), page.view()) == (steps.SUMMARY, "import")
    window.open_page("people")
    window.open_page("imports")
    assert page.view() == "import", "whoever comes back finds it"
    window.open_page("imports")
    assert page.view() == "history"


@pytest.mark.parametrize(
    ("keys", "everywhere"), [(PLAIN, False), (CONTROL, True)], ids=["one", "all alike"]
)
def test_one_enter_takes_a_word_that_is_being_offered(
    qtbot: QtBot, keys: Qt.KeyboardModifier, everywhere: bool
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 600)
    countries = ["Mali", "Maroc", "Martinique"]
    wound = Wound("Citizenship", "unknown", Tone.BAD, "Marroc", "Marroc", countries, False, 2)
    popup = MendPopup(wound, page)
    told: list[tuple[str, bool]] = []
    popup.mended.connect(lambda text, all_alike: told.append((text, all_alike)))
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    popup.show_below(QRect(100, 100, 80, 20))
    edit = popup.editor.lineEdit()
    QTest.keyClicks(edit, "Mar")
    offered = popup.editor.completer().popup()
    qtbot.waitUntil(offered.isVisible)
    QTest.keyClicks(offered, "oc")
    assert offered.isVisible()
    QTest.keyClick(offered, Qt.Key.Key_Return, keys)
    assert told == [("Maroc", everywhere)]


def test_one_enter_takes_the_word_that_was_gone_to_with_the_arrows(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 600)
    wound = Wound("Citizenship", "unknown", Tone.BAD, "X", "X", ["Mali", "Maroc"], False, 1)
    popup = MendPopup(wound, page)
    told: list[str] = []
    popup.mended.connect(lambda text, _all_alike: told.append(text))
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    popup.show_below(QRect(100, 100, 80, 20))
    QTest.keyClicks(popup.editor.lineEdit(), "Ma")
    offered = popup.editor.completer().popup()
    qtbot.waitUntil(offered.isVisible)
    QTest.keyClick(offered, Qt.Key.Key_Down)
    QTest.keyClick(offered, Qt.Key.Key_Down)
    QTest.keyClick(offered, Qt.Key.Key_Return)
    assert told == ["Maroc"]
