# SPDX-License-Identifier: Apache-2.0
"""The import of lists in the window, from the file to the summary, on a real register."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import office_builders as build
import pytest
from exchange_builders import locked_xlsx
from new_registers import new_office
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.services.agenda.counts import held_rows
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.import_known import Novelty
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.history import acts
from imp_plus_desktop.ui.imports import import_session as steps
from imp_plus_desktop.ui.imports.import_history import ImportHistory
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.imports.steps.check.import_compared import ComparedDialog
from imp_plus_desktop.ui.imports.steps.check.import_mend import MendPopup
from imp_plus_desktop.ui.imports.steps.import_presenter import (
    column_letters,
    novelty_text,
    value_text,
)
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.verdicts.problem_list import Problem, ProblemList
from imp_plus_desktop.ui.widgets.choice_chips import ChoiceChips
from imp_plus_desktop.ui.widgets.lists import RowButton
from tests.ui.helpers import assert_accessible, cut_labels, number_beside
from tests.ui.import_fixtures import shell
from tests.ui.import_fixtures import wide_page as page
from tests.ui.person_fixtures import answer

__all__ = ["page", "shell"]

pytestmark = pytest.mark.mostly_long(
    "test_an_empty_register_teaches_how_to_import",
    "test_the_same_list_again_has_nothing_to_import",
    "test_a_list_whose_people_a_hand_changed_since_leaves_them",
    "test_rows_that_wait_already_are_not_held_twice",
    "test_a_long_title_of_a_problem_takes_two_lines",
    "test_a_problem_shows_its_rows_and_lets_them_go",
    "test_an_import_is_undone_from_its_summary",
    "test_the_history_undoes_an_import_and_brings_it_back",
    "test_crossed_out_rows_and_cells_left_out_are_said_beside_the_list",
    "test_a_file_that_is_no_list_says_so_and_stores_nothing",
    "test_one_sheet_can_be_imported_alone",
    "test_a_stopped_reading_stores_nothing_and_can_be_begun_again",
    "test_what_another_desk_writes_elsewhere_does_not_stop_an_import",
    "test_a_held_row_joins_the_person_it_looks_like",
    "test_a_dropped_row_leaves_the_register_as_it_was",
    "test_a_long_list_is_shown_and_filtered_without_waiting",
    "test_values_read_as_a_person_reads_them",
    "test_the_template_is_saved",
    "test_a_cell_is_mended_in_place_and_the_repair_taken_back",
    "test_corrections_of_an_import_left_in_the_middle_are_there_again",
    "test_a_file_without_a_known_list_is_mapped_by_hand_and_remembered",
    "test_an_empty_clipboard_says_what_to_do",
    "test_a_list_on_a_hidden_sheet_is_offered_where_no_other_is_found",
)

LEFT = Qt.MouseButton.LeftButton
FILES = build.FILES
HEADERS = ("Réf. individuelle", "Nom", "Prénom", "Né(e) le", "Citoyenneté", "Date de la lettre")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "bureau.imp", date(2026, 11, 22))
    yield made
    made.close()


def a_list(folder: Path, rows: Sequence[Sequence[str]], headers: Sequence[str] = HEADERS) -> Path:
    path = folder / "liste.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([headers, *rows])
    return path


def a_row(number: int, letter: str = "2023-09-13", **changes: str) -> list[str]:
    values = {
        "reference": f"C{2_000_000 + number}",
        "name": "Traoré" + "abcdefghij"[number],
        "given": "Awa",
        "birth": "1991-05-14",
        "citizenship": "Mali",
        "letter": letter,
    }
    return list((values | changes).values())


def go_on(page: ImportsPage) -> None:
    """To the next step; where rows stay out, yes is answered."""
    preview = page.flow.preview()
    if page.flow.step() == steps.CHECK and preview is not None and preview.counts.rejected:
        answer(lambda dialog: a_button(dialog, page.flow.next.text()).click())
    page.flow.go_on()


def a_button(root: QWidget, text: str) -> QPushButton:
    return next(b for b in root.findChildren(QPushButton) if b.text() == text)


def texts(root: QWidget) -> list[str]:
    return [x.text() for x in root.findChildren(QLabel) if x.isVisibleTo(root)]


def shown_rows(page: ImportsPage) -> list[tuple[int, str]]:
    table = page.flow.check.table
    assert table is not None
    rows = (table.shown_row(place) for place in range(len(table.ids())))
    return [(row.number, row.effect.value) for row in rows if row is not None]


def lit(chips: ChoiceChips) -> list[str]:
    return [chip.text() for chip in chips.findChildren(QPushButton) if chip.isChecked()]


def open_boxes() -> list[QMessageBox]:
    found = QApplication.topLevelWidgets()
    return [w for w in found if isinstance(w, QMessageBox) and w.isVisible()]


def walk_to_check(page: ImportsPage, path: Path) -> None:
    page.open_with(path)
    go_on(page)
    go_on(page)
    assert page.flow.step() == steps.CHECK


def test_an_empty_register_teaches_how_to_import(page: ImportsPage) -> None:
    assert "Import the list that you received" in texts(page)
    assert page.view() == "history"


def test_a_list_goes_from_the_file_to_the_summary(qtbot: QtBot, page: ImportsPage) -> None:
    office = page.shell.office
    page.open_with(FILES / "invitations-2022-en.xlsx")
    assert page.view() == "import"
    assert page.flow.step() == steps.FILE
    for _step in (steps.COLUMNS, steps.CHECK):
        qtbot.mouseClick(page.flow.next, LEFT)
        assert page.flow.step() == _step
    assert page.flow.next.text() == "Import 180 people"
    assert people.count(office) == 0, "nothing is stored before the last step"
    qtbot.mouseClick(page.flow.next, LEFT)
    assert page.flow.step() == steps.SUMMARY
    assert page.flow.summary.headline() == "180 people imported"
    assert people.count(office) == 180
    qtbot.mouseClick(page.flow.next, LEFT)
    assert page.view() == "history"
    assert page.history.what().startswith("180 new people")


def test_tab_leads_from_the_rows_to_the_button_that_imports(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    walk_to_check(page, a_list(tmp_path, [a_row(1), a_row(2)]))
    assert page.flow.check.table.hasFocus()
    for button in (page.flow.back, page.flow.next):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert button.hasFocus(), QApplication.focusWidget()
    qtbot.keyClick(page.flow.next, Qt.Key.Key_Space)
    assert page.flow.step() == steps.SUMMARY


def test_the_same_list_again_has_nothing_to_import(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    path = a_list(tmp_path, [a_row(1), a_row(2)])
    walk_to_check(page, path)
    assert not any("in the register since" in text for text in texts(page))
    go_on(page)
    walk_to_check(page, path)
    known = "This list has been in the register since today: nothing will change."
    assert known in texts(page)
    assert "Nothing to import" in texts(page)
    assert page.flow.next.text() == "Close"
    qtbot.mouseClick(page.flow.next, LEFT)
    assert page.view() == "history"
    assert len(imports.history(page.shell.office)) == 1


def test_the_columns_of_imports_are_chosen_and_sort_them(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    office = page.shell.office
    for name, numbers in (("b.csv", (0,)), ("a.csv", (1, 2, 3)), ("c.csv", (4, 5))):
        path = a_list(tmp_path, [a_row(number) for number in numbers]).rename(tmp_path / name)
        imports.commit(office, imports.open_file(office, path))
    page.refresh()
    table, model = page.history.table, page.history.model

    def told(key: str) -> list[str]:
        column = next(one for one in model.columns if one.key == key)
        rows = (model.row_at(row) for row in range(model.rowCount()))
        return [column.text(row) for row in rows if row is not None]

    assert told("file") == ["c.csv", "a.csv", "b.csv"]
    qtbot.mouseClick(page.history.columns_button, LEFT)
    chooser = page.history.choose_columns()
    assert chooser.keys() == ["when", "file", "state", "what", "who"]
    chooser.close()
    table.columns.show(["file", "new"])
    assert told("new") == ["2", "3", "1"]
    keys = [column.key for column in model.columns]
    table.columns.sort_by(keys.index("new"))
    assert told("new") == ["1", "2", "3"]
    table.columns.sort_by(keys.index("file"))
    assert told("file") == ["a.csv", "b.csv", "c.csv"]
    page.refresh()
    assert told("file") == ["a.csv", "b.csv", "c.csv"]
    again = ImportHistory(page.shell)
    qtbot.addWidget(again)
    assert [column.key for column in again.table.columns.shown()] == ["file", "new"]


def test_a_list_of_an_earlier_day_says_since_when(page: ImportsPage, tmp_path: Path) -> None:
    path = a_list(tmp_path, [a_row(1), a_row(2)])
    walk_to_check(page, path)
    go_on(page)
    at = imports.history(page.shell.office)[0].at
    later = Novelty(changes=False, updates=False, imported_at=at)
    said = novelty_text(later, toronto_day(at) + timedelta(days=3))
    day = i18n.format_day(toronto_day(at))
    assert said == f"This list has been in the register since {day}: nothing will change."


def test_a_list_whose_people_a_hand_changed_since_leaves_them(
    page: ImportsPage, tmp_path: Path
) -> None:
    office = page.shell.office
    path = a_list(tmp_path, [a_row(1), a_row(2)])
    walk_to_check(page, path)
    go_on(page)
    first = people.ids(office, PeopleFilter())[0]
    people.edit(office, first, {"citizenship": "MAR"})
    walk_to_check(page, path)
    assert page.flow.check.groups.texts() == {"side:hand": "1"}
    assert "No conflict; 1 value typed by hand is kept." in texts(page)
    assert page.flow.next.text() == "Close"


def test_another_file_that_says_the_same_changes_nothing(page: ImportsPage, tmp_path: Path) -> None:
    walk_to_check(page, a_list(tmp_path, [a_row(1), a_row(2)]))
    go_on(page)
    walk_to_check(page, a_list(tmp_path, [a_row(2), a_row(1)]))
    known = "The register already holds all that this list can bring: nothing will change."
    assert known in texts(page)


def test_a_list_whose_import_was_undone_is_news_again(page: ImportsPage, tmp_path: Path) -> None:
    office = page.shell.office
    path = a_list(tmp_path, [a_row(1)])
    walk_to_check(page, path)
    go_on(page)
    history.undo(office, imports.history(office)[0].id)
    walk_to_check(page, path)
    assert not any("very file" in text or "since" in text for text in texts(page))
    assert page.flow.next.text() == "Import 1 person"


def test_rows_that_wait_already_are_not_held_twice(page: ImportsPage, tmp_path: Path) -> None:
    walk_to_check(page, a_list(tmp_path, [a_row(1)]))
    go_on(page)
    like = a_list(tmp_path, [a_row(1, reference="", name="Traorreb")])
    walk_to_check(page, like)
    assert page.flow.next.text() == "Hold 1 row to check"
    go_on(page)
    walk_to_check(page, like)
    assert page.flow.next.text() == "Close"


def test_a_long_title_of_a_problem_takes_two_lines(qtbot: QtBot) -> None:
    made = ProblemList()
    qtbot.addWidget(made)
    short, long = "Noms", "Réf. individuelle du requérant principal manquante dans la liste"
    made.set_problems([Problem(text, text, Tone.BAD, "12") for text in (short, long)])
    made.resize(200, 300)
    made.show()
    low, high = (row.height() for row in made.findChildren(RowButton))
    assert high > low


def test_a_messy_list_shows_its_counts_and_problems(page: ImportsPage) -> None:
    walk_to_check(page, FILES / "messy-2023.xlsx")
    check = page.flow.check
    assert page.flow.next.text() == "Import 35 people"
    assert check.effects.texts() == {
        "all": "All 42",
        "to_correct": "To correct 6",
        "new": "New 35",
        "same": "Unchanged 1",
    }
    assert check.groups.texts()["Correct the letter’s date"] == "2"
    check.choose_effects("to_correct")
    assert {effect for _row, effect in shown_rows(page)} == {"rejected"}


def test_a_problem_shows_its_rows_and_lets_them_go(page: ImportsPage) -> None:
    walk_to_check(page, FILES / "messy-2023.xlsx")
    check = page.flow.check
    check.choose_group("Correct the letter’s date")
    assert [row for row, _effect in shown_rows(page)] == [10, 18]
    assert check.table is not None
    wrong = check.table.shown_row(0)
    assert wrong is not None
    assert wrong.cells["letter_date"] == "31/02/2023"
    assert wrong.marks == {"letter_date": theme.Tone.BAD}
    assert wrong.sentence == "Letter date — this date does not exist or cannot be read"
    error = check.table.shown_row(1)
    assert error is not None
    assert error.cells["letter_date"] == "#REF!"
    assert lit(check.effects) == [], "a problem says which rows are shown, no effect"
    check.choose_group("Correct the letter’s date")
    assert len(shown_rows(page)) == 42
    assert lit(check.effects) == ["All 42"]


class Paints(QObject):
    """How often a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def painted_at_rest(qtbot: QtBot, widget: QWidget) -> int:
    """How often a widget is painted while nothing is done."""
    qtbot.wait(100)
    paints = Paints()
    widget.installEventFilter(paints)
    qtbot.wait(200)
    widget.removeEventFilter(paints)
    return paints.count


def test_a_problem_brings_its_first_cell_into_view(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    headers = (*HEADERS, "Adresse", "Ville", "Téléphone", "Courriel")
    far = ["1, rue A", "Laval", "514 555-0101", "a@exemple.ca"]
    rows = [
        [f"C{2_000_000 + n}", f"Roy{n}", "Léa", "1990-01-02", "Mali", "2023-01-02", *far]
        for n in range(40)
    ]
    rows[35][-1], rows[30][5] = "pas de courriel", "2023-02-31"
    page.resize(908, 510)  # what a small screen leaves it
    walk_to_check(page, a_list(tmp_path, rows, headers))
    check = page.flow.check
    table = check.table
    assert table is not None
    check.choose_group("Correct the e-mail addresses")
    assert (table.current_id(), table.currentIndex().column()) == (35, 10)
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
    names = next(cells for cells in table.children() if type(cells).__name__ == "_Cells")
    assert isinstance(names, QWidget)
    assert names.isVisible(), "and whose it is stays in view"
    assert painted_at_rest(qtbot, names) < 3
    check.choose_effects("to_correct")
    assert (table.current_id(), table.currentIndex().column()) == (30, 7)
    seen = table.viewport().rect().adjusted(names.width() * names.isVisible(), 0, 0, 0)
    assert seen.contains(table.visualRect(table.currentIndex()))


def test_the_filter_finds_a_name_without_its_accents(page: ImportsPage) -> None:
    walk_to_check(page, FILES / "messy-2023.xlsx")
    page.flow.check.filter.set_text("ozturk", tell=True)
    assert [row for row, _effect in shown_rows(page)] == [10]


def test_an_import_is_undone_from_its_summary(qtbot: QtBot, page: ImportsPage) -> None:
    walk_to_check(page, FILES / "messy-2023.xlsx")
    go_on(page)
    assert people.count(page.shell.office) == 35
    qtbot.mouseClick(page.flow.summary.undo, LEFT)
    assert people.count(page.shell.office) == 0
    assert page.flow.summary.headline() == "The import was undone"
    assert not page.flow.summary.undo.isVisible()


def test_an_undo_from_elsewhere_shows_in_the_summary(page: ImportsPage) -> None:
    walk_to_check(page, FILES / "messy-2023.xlsx")
    go_on(page)
    undone = history.undo(page.shell.office)
    page.shell.changed()
    assert page.flow.summary.headline() == "The import was undone"
    history.undo(page.shell.office, undone.act)
    page.shell.changed()
    assert page.flow.summary.headline() == "35 people imported"
    assert page.flow.summary.undo.isVisible()


def test_another_register_forgets_the_plan(page: ImportsPage, tmp_path: Path) -> None:
    walk_to_check(page, FILES / "messy-2023.xlsx")
    other = new_office(tmp_path / "autre.imp", date(2026, 11, 22))
    page.shell.set_office(other)
    assert page.view() == "history"
    assert page.flow.preview() is None
    go_on(page)
    assert people.count(other) == 0
    other.close()


def test_the_history_undoes_an_import_and_brings_it_back(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    walk_to_check(page, a_list(tmp_path, [a_row(1)]))
    go_on(page)
    page.show_history()
    qtbot.mouseClick(page.history.undo, LEFT)
    assert people.count(page.shell.office) == 0
    assert page.history.what().startswith("Undone since.")
    qtbot.mouseClick(page.history.redo, LEFT)
    assert people.count(page.shell.office) == 1


def test_dates_that_nothing_proves_are_asked_for(page: ImportsPage, tmp_path: Path) -> None:
    rows = [a_row(1, "03/04/2023", birth="1991-05-14"), a_row(2, "05/06/2023")]
    page.open_with(a_list(tmp_path, rows))
    assert page.flow.step() == steps.FILE
    assert not page.flow.next.isEnabled()
    assert any("Date de la lettre" in text for text in texts(page.flow.file))
    assert isinstance(page.flow.focusWidget(), QRadioButton), "the question has the keys"
    page.flow.file.choose_order("dmy")
    assert page.flow.next.isEnabled()
    go_on(page)
    go_on(page)
    table = page.flow.check.table
    assert table is not None
    first = table.shown_row(0)
    assert first is not None
    assert first.cells["letter_date"] == "2023-04-03"


def test_a_protected_file_asks_for_its_password(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    locked_xlsx(tmp_path / "liste.xlsx", "Sesame-26")
    page.open_with(tmp_path / "liste.xlsx")
    field = page.flow.focusWidget()
    assert isinstance(field, QLineEdit), "the question has the keys"
    assert field.echoMode() == QLineEdit.EchoMode.Password
    assert any("protected by a password" in text for text in texts(page.flow.file))
    assert_accessible(page.flow.file)
    qtbot.keyClicks(field, "autre")
    qtbot.mouseClick(a_button(page.flow.file, "Read the file"), LEFT)
    assert any(text.startswith("✕ This is not the file’s password") for text in texts(page.flow))
    assert page.flow.focusWidget() is field
    assert not field.text()
    assert not page.flow.next.isEnabled()
    qtbot.keyClicks(field, "Sesame-26")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    preview = page.flow.preview()
    assert preview is not None
    assert preview.counts.new == 1
    assert not field.isVisibleTo(page)
    go_on(page)
    go_on(page)
    go_on(page)
    again = imports.reopen(page.shell.office, page.flow.act() or 0)
    assert again.counts.unchanged == 1, "the archive needs no password"


def test_crossed_out_rows_and_cells_left_out_are_said_beside_the_list(
    page: ImportsPage, tmp_path: Path
) -> None:
    book = Workbook()
    for row in (HEADERS, a_row(1), a_row(2)):
        book.active.append(row)
    for cell in book.active[3]:
        cell.font = Font(strike=True)
    book.active["XFD2000"] = "x"
    book.save(tmp_path / "liste.xlsx")
    page.open_with(tmp_path / "liste.xlsx")
    said = texts(page.flow.file)
    assert "1 row is crossed out in the file and taken all the same: 3" in said
    assert "1 cell far away from the list is left out: XFD2000" in said
    assert page.flow.next.isEnabled()


def test_a_file_that_is_no_list_says_so_and_stores_nothing(
    page: ImportsPage, tmp_path: Path
) -> None:
    path = tmp_path / "image.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    page.open_with(path)
    assert page.flow.step() == steps.FILE
    assert any(text.startswith("✕ This file is not a spreadsheet") for text in texts(page.flow))
    assert not page.flow.next.isEnabled()
    page.flow.go_back()
    assert page.view() == "history"


def test_a_column_can_be_sent_elsewhere_by_hand(page: ImportsPage, tmp_path: Path) -> None:
    headers = (*HEADERS[:5], "Colonne mystère")
    rows = [[*a_row(1)[:5], "2023-09-13"]]
    page.open_with(a_list(tmp_path, [[*rows[0], "2023-10-01"]], (*headers, "Date lettre")))
    go_on(page)
    columns = page.flow.columns
    assert columns.is_ready()
    columns.choose_field(6, None)
    assert not columns.is_ready()
    assert not page.flow.next.isEnabled()
    columns.choose_field(5, "letter_date")
    go_on(page)
    assert page.flow.step() == steps.CHECK
    go_on(page)
    found = people.ids(page.shell.office, people.PeopleFilter())
    row = people.rows(page.shell.office, found)[0]
    assert str(row.letter_date) == "2023-09-13"


def test_one_sheet_can_be_imported_alone(page: ImportsPage, tmp_path: Path) -> None:
    page.open_with(FILES / "families-2024.xlsx")
    page.flow.file.sheet_chosen.emit("Principaux")
    preview = page.flow.preview()
    assert preview is not None
    assert [sheet.parsed.sheet for sheet in preview.sheets] == ["Principaux"]


def test_the_rejected_rows_are_saved_with_a_way_to_them(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "rejets"
    answer = (str(out), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    walk_to_check(page, FILES / "messy-2023.xlsx")
    said: list[str] = []
    page.shell.said.connect(lambda text, act: said.append(text))
    with qtbot.waitSignal(page.shell.said, timeout=20_000):
        page.flow.rejects.click()
    assert (tmp_path / "rejets.xlsx").is_file()
    assert said == ["6 rows saved: rejets.xlsx"]
    assert load_workbook(tmp_path / "rejets.xlsx").sheetnames


def test_leaving_before_the_end_stores_nothing(page: ImportsPage) -> None:
    walk_to_check(page, FILES / "messy-2023.xlsx")
    for _step in range(3):
        page.flow.go_back()
    assert page.view() == "history"
    assert imports.history(page.shell.office) == []


def test_a_stopped_reading_stores_nothing_and_can_be_begun_again(
    qtbot: QtBot, office: Office
) -> None:
    shell = Shell(office)
    page = ImportsPage(shell)
    qtbot.addWidget(page)
    page.show()
    page.open_with(FILES / "messy-2023.xlsx")
    assert page.flow.back.text() == "Stop"
    with qtbot.waitSignal(shell.tasks.stopped, timeout=20_000):
        qtbot.mouseClick(page.flow.back, LEFT)
    assert page.flow.step() == steps.FILE
    assert not page.flow.next.isEnabled()
    with qtbot.waitSignal(shell.tasks.finished, timeout=20_000):
        page.open_with(FILES / "messy-2023.xlsx")
    assert page.flow.next.isEnabled()
    shell.tasks.close()


def test_what_another_desk_writes_meanwhile_is_shown_before_anything_is_imported(
    qtbot: QtBot, page: ImportsPage, office: Office, tmp_path: Path
) -> None:
    page.open_with(a_list(tmp_path, [a_row(1)]))
    for _step in range(3):
        go_on(page)
    changed = [a_row(1, given="Awa Marie"), a_row(2)]
    walk_to_check(page, a_list(tmp_path, changed))
    assert shown_rows(page) == [(2, "update"), (3, "new")]
    desk = open_office(office.register.path, today=date(2026, 11, 22))
    file_bin.delete(desk, 1, "twice")
    desk.close()
    before = acts.state(office.register)

    page.flow.go_on()

    assert page.flow.step() == steps.CHECK
    assert shown_rows(page) == [(2, "review"), (3, "new")]
    assert acts.state(office.register) == before, "nothing was imported"
    qtbot.waitUntil(lambda: len(open_boxes()) == 1)
    (box,) = open_boxes()
    assert box.text().startswith("Another desk has written to the register since these rows")
    box.accept()
    go_on(page)
    assert page.flow.step() == steps.SUMMARY
    assert len(people.ids(office, PeopleFilter())) == 1


def test_a_list_of_which_nothing_can_go_in_is_not_said_to_be_there_already(
    page: ImportsPage, tmp_path: Path
) -> None:
    walk_to_check(page, a_list(tmp_path, [a_row(1, birth="2031-02-03")]))
    assert shown_rows(page) == [(2, "rejected")]
    said = " ".join(texts(page.flow.check))
    assert "already" not in said
    assert "nothing will change" not in said


def test_what_another_desk_writes_elsewhere_does_not_stop_an_import(
    page: ImportsPage, office: Office, tmp_path: Path
) -> None:
    walk_to_check(page, a_list(tmp_path, [a_row(1)]))
    desk = open_office(office.register.path, today=date(2026, 11, 22))
    build.invite(desk, 7)
    desk.close()
    go_on(page)
    assert page.flow.step() == steps.SUMMARY
    assert page.flow.summary.headline() == "1 person imported"


@pytest.fixture
def held(page: ImportsPage, tmp_path: Path) -> ImportsPage:
    """Somebody in the register, and a row without numbers that looks like them."""
    build.invite(
        page.shell.office,
        1,
        family_name="Nguyen",
        given_names="Van Duc",
        birth_date="1986-10-07",
        citizenship="VNM",
    )
    headers = ("Nom", "Prénom", "Né(e) le", "Citoyenneté", "Date de la lettre")
    row = ["Nguyễn", "Văn Đức", "1986-10-07", "Viêt Nam", "2023-10-13"]
    walk_to_check(page, a_list(tmp_path, [row], headers))
    assert page.flow.next.text() == "Hold 1 row to check"
    go_on(page)
    assert page.flow.summary.review.text() == "Check 1 row…"
    page.flow.summary.review.click()
    assert page.view() == "review"
    return page


def test_a_row_of_somebody_in_the_bin_is_held_until_the_file_is_restored(
    page: ImportsPage, office: Office, tmp_path: Path
) -> None:
    page.open_with(a_list(tmp_path, [a_row(1)]))
    for _step in range(3):
        go_on(page)
    file_bin.delete(office, 1, "twice")
    walk_to_check(page, a_list(tmp_path, [a_row(1, given="Awa Marie")]))
    go_on(page)
    page.flow.summary.review.click()
    assert any(text.startswith("The file of this person was moved") for text in texts(page.review))
    a_button(page.review, "Restore the file").click()
    said = texts(page.review)
    assert any(text.startswith("This row may be about someone") for text in said)
    assert not any("no reference" in text for text in said), "it has one"
    a_button(page.review, "Same person").click()
    assert held_rows(office) == 0


def test_a_held_row_stands_beside_the_person_it_looks_like(held: ImportsPage) -> None:
    shown = held.review.compared()
    assert "Nguyễn" in shown
    assert "Nguyen stays" in shown
    assert any(text.endswith("\n+ 2023-10-13") for text in shown), "a second letter is added"
    assert "Will change 1 value" in shown
    assert "Same person" in shown
    assert any("same date of birth" in text for text in shown)


def test_a_held_row_joins_the_person_it_looks_like(held: ImportsPage) -> None:
    office = held.shell.office
    held.review.same(0)
    assert people.count(office) == 1
    assert held_rows(office) == 0
    assert "Every row has its answer" in texts(held.review)


def test_a_held_row_replaces_only_the_spelling_that_is_unticked(held: ImportsPage) -> None:
    boxes = [box for box in held.review.findChildren(QCheckBox) if box.isVisible()]
    assert [box.text() for box in boxes] == ["Nguyen stays", "Van Duc stays"]
    boxes[1].click()
    assert boxes[1].text() == "Van Duc → Văn Đức"
    assert "Will change 2 values" in held.review.compared()
    held.review.same(0)
    (person,) = people.rows(held.shell.office, people.ids(held.shell.office, PeopleFilter()))
    assert person.family_name == "Nguyen"
    assert person.given_names == "Văn Đức"


def test_a_held_row_becomes_a_new_person(qtbot: QtBot, held: ImportsPage) -> None:
    qtbot.mouseClick(held.review.new_button, LEFT)
    assert people.count(held.shell.office) == 2
    assert held_rows(held.shell.office) == 0


def test_a_dropped_row_leaves_the_register_as_it_was(qtbot: QtBot, held: ImportsPage) -> None:
    qtbot.mouseClick(held.review.drop_button, LEFT)
    assert people.count(held.shell.office) == 1
    assert held_rows(held.shell.office) == 0
    undone = history.undo(held.shell.office)
    assert undone.act is not None
    assert held_rows(held.shell.office) == 1


def test_rows_to_check_show_on_the_page_and_in_the_side_bar(held: ImportsPage) -> None:
    assert number_beside(held) == "1"
    held.show_history()
    assert any(b.text() == "Check 1 row…" for b in held.findChildren(QPushButton) if b.isVisible())


def test_every_part_speaks_both_languages_and_has_names(qtbot: QtBot, page: ImportsPage) -> None:
    walk_to_check(page, FILES / "messy-2023.xlsx")
    i18n.use("fr")
    page.retranslate()
    assert page.flow.next.text() == "Importer 35 personnes"
    for step in (steps.FILE, steps.COLUMNS, steps.CHECK):
        page.flow.show_step(step)
        qtbot.wait(20)
        assert_accessible(page)
        assert not cut_labels(page)


def test_a_long_list_is_shown_and_filtered_without_waiting(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    rows = [
        [
            f"C{3_000_000 + n}",
            f"Nom{n}",
            "Awa",
            "1991-05-14",
            "Mali",
            "2023-09-13",
            "pas-un-courriel",
        ]
        for n in range(3000)
    ]
    walk_to_check(page, a_list(tmp_path, rows, (*HEADERS, "Courriel")))
    table = page.flow.check.table
    assert table is not None
    assert len(shown_rows(page)) == 3000
    table.scrollTo(table.model().index(2900, 0))
    page.grab()
    low, high = table.rowHeight(0), theme.metrics().row
    assert low > high, "a row with a problem has room for its sentence"


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (702, "AAA")]
)
def test_columns_are_named_as_a_spreadsheet_names_them(index: int, letters: str) -> None:
    assert column_letters(index) == letters


def test_values_read_as_a_person_reads_them() -> None:
    assert value_text("citizenship", "MAR") == "Morocco"
    assert value_text("spouse", True) == "Yes"
    assert value_text("family_name", None) == ""
    assert value_text("received_at", "2023-04-10T02:44:00+00:00") == "2023-04-09"


def test_the_template_is_saved(
    page: ImportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = (str(tmp_path / "modele.xlsx"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    page.template.click()
    assert (tmp_path / "modele.xlsx").is_file()


def a_bad_cell(page: ImportsPage, field: str) -> int:
    table = page.flow.check.table
    assert table is not None
    rows = ((place, table.shown_row(at)) for at, place in enumerate(table.ids()))
    return next(place for place, row in rows if row is not None and field in row.marks)


def test_a_cell_is_mended_in_place_and_the_repair_taken_back(
    qtbot: QtBot, page: ImportsPage
) -> None:
    walk_to_check(page, FILES / "messy-2023.xlsx")
    check = page.flow.check
    check.choose_group("Correct the letter’s date")
    place = a_bad_cell(page, "letter_date")
    assert check.table is not None
    check.table.select_id(place)
    qtbot.keyClick(check.table, Qt.Key.Key_F2)
    (popup,) = page.findChildren(MendPopup)
    assert isinstance(popup.editor, QLineEdit)
    popup.editor.setText("2023-02-28")
    qtbot.keyClick(popup.editor, Qt.Key.Key_Return)
    assert page.flow.next.text() == "Import 36 people"
    assert "1 cell corrected." in texts(page)
    assert people.count(page.shell.office) == 0
    assert shown_rows(page) == [(18, "rejected")], "what was looked at stays in front"
    check.choose_group("Correct the letter’s date")
    mended = check.table.shown_row(place)
    assert mended is not None
    assert mended.sentence == "Corrected here: the file says “31/02/2023”."
    assert mended.sentence_tone is theme.Tone.OK
    assert check.table.rowHeight(place) > theme.metrics().row, "and those below it did not move"
    check.choose_group("Correct the letter’s date")
    qtbot.mouseClick(check.take_back, LEFT)
    assert page.flow.next.text() == "Import 35 people"
    assert not check.take_back.isVisible()


def test_the_rows_stay_where_they_are_when_a_cell_is_mended(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    headers = (*HEADERS, "Adresse", "Ville", "Téléphone", "Courriel")
    rows = [
        [f"C{2_000_000 + n}", f"Roy{n}", "Léa", "1990-01-02", "Mali", "2023-01-02", "1, rue A",
         "Laval", "514 555-0101", "pas de courriel" if n in {20, 21} else "a@exemple.ca"]
        for n in range(60)
    ]  # fmt: skip
    page.resize(908, 510)
    walk_to_check(page, a_list(tmp_path, rows, headers))
    check = page.flow.check
    before = check.table
    assert before is not None
    before.go_to(22, "email")
    popup = check.mend(20, "email")
    assert popup is not None
    at = before.horizontalScrollBar().value(), before.verticalScrollBar().value()
    assert min(at) > 0
    assert isinstance(popup.editor, QLineEdit)
    popup.editor.setText("b@exemple.ca")
    qtbot.keyClick(popup.editor, Qt.Key.Key_Return)
    after = check.table
    assert after is not None
    assert after is not before
    assert after.current_id() == 21, "on to the next"
    qtbot.wait(50)  # the layout comes by
    assert after.horizontalScrollBar().value() == at[0]
    # What is said below the rows is a little taller now.
    assert abs(after.verticalScrollBar().value() - at[1]) <= 4


def test_all_cells_alike_are_mended_at_once(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    rows = [a_row(n, citizenship="Maroco") for n in (1, 2, 3)]
    walk_to_check(page, a_list(tmp_path, rows))
    popup = page.flow.check.mend(0, "citizenship")
    assert popup is not None
    assert popup.all.text() == "Correct all 3 alike"
    assert isinstance(popup.editor, QComboBox)
    popup.editor.setEditText("Morocco")
    qtbot.mouseClick(popup.all, LEFT)
    assert "No problem was found." in texts(page)
    assert "3 cells corrected." in texts(page)


def mend_a_country(qtbot: QtBot, page: ImportsPage) -> None:
    popup = page.flow.check.mend(0, "citizenship")
    assert popup is not None
    assert isinstance(popup.editor, QComboBox)
    popup.editor.setEditText("Morocco")
    qtbot.mouseClick(popup.all, LEFT)


def test_corrections_of_an_import_left_in_the_middle_are_there_again(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    path = a_list(tmp_path, [a_row(n, citizenship="Maroco") for n in (1, 2, 3)])
    walk_to_check(page, path)
    mend_a_country(qtbot, page)
    page.flow.leave()
    walk_to_check(page, path)
    check = page.flow.check
    assert "3 cells corrected." in texts(page)
    assert any("that has not been imported yet is there again." in text for text in texts(page))
    assert check.earlier_button.text() == "Begin again with the file as it is"
    qtbot.mouseClick(check.earlier_button, LEFT)
    assert "3 cells corrected." not in texts(page)
    assert not check.earlier_button.isVisible()
    page.flow.leave()
    walk_to_check(page, path)
    assert not check.earlier_button.isVisible(), "what was given up is not offered again"


def test_the_original_of_a_corrected_list_is_offered_its_corrections(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    path = a_list(tmp_path, [a_row(1), a_row(2), a_row(3, letter_date="hier")])
    walk_to_check(page, path)
    check = page.flow.check
    popup = check.mend(2, "letter_date")
    assert popup is not None
    assert isinstance(popup.editor, QLineEdit)
    popup.editor.setText("2023-03-15")
    qtbot.keyClick(popup.editor, Qt.Key.Key_Return)
    page.flow.go_on()
    assert people.count(page.shell.office) == 3
    walk_to_check(page, path)
    assert any("1 cell of this list was put right when" in text for text in texts(page))
    assert not any("no longer listed" in text for text in texts(page))
    QApplication.processEvents()
    top = check.groups.mapTo(page, QPoint(0, 0)).y()
    qtbot.mouseClick(check.earlier_button, LEFT)
    assert any("1 correction of the import of" in text for text in texts(page))
    QApplication.processEvents()
    assert check.groups.mapTo(page, QPoint(0, 0)).y() == top, "nothing moves"
    assert page.flow.next.text() == "Close"
    page.flow.go_on()
    assert people.count(page.shell.office) == 3


def test_escape_leaves_the_cell_as_it_is(qtbot: QtBot, page: ImportsPage) -> None:
    walk_to_check(page, FILES / "messy-2023.xlsx")
    popup = page.flow.check.mend(a_bad_cell(page, "citizenship"), "citizenship")
    assert popup is not None
    assert_accessible(popup)
    qtbot.keyClick(popup.editor, Qt.Key.Key_Escape)
    assert popup.isHidden()
    assert page.flow.next.text() == "Import 35 people"


def test_a_file_without_a_known_list_is_mapped_by_hand_and_remembered(
    page: ImportsPage, tmp_path: Path
) -> None:
    headers = ("Clé", "Qui", "Prénom", "Envoi postal")
    row = ("C2000001", "Roy", "Léa", "2023-09-13")
    page.open_with(a_list(tmp_path, [("", "", "", ""), row], headers))
    assert page.flow.step() == steps.FILE
    go_on(page)
    assert page.flow.step() == steps.COLUMNS
    columns = page.flow.columns
    assert not columns.is_ready()
    fields = ("individual_reference", "family_name", "given_names", "letter_date")
    for number, field in enumerate(fields):
        columns.choose_field(number, field)
    assert columns.is_ready()
    go_on(page)
    assert page.flow.next.text() == "Import 1 person"
    go_on(page)
    again = a_list(tmp_path, [("C2000002", "Diop", "Aya", "2023-09-14")], headers)
    page.open_with(again)
    go_on(page)
    assert "as chosen for the last such list" in [
        columns._view.model().index(row, 4).data() for row in range(4)
    ]


def test_the_row_of_the_headers_can_be_said_where_no_list_was_found(
    page: ImportsPage, tmp_path: Path
) -> None:
    rows = [("Un", "Deux", "Trois"), ("C2000001", "Roy", "2023-09-13")]
    page.open_with(a_list(tmp_path, rows, ("A", "B", "C")))
    go_on(page)
    page.flow.columns.header_row_chosen.emit("liste", 2)
    columns = page.flow.columns
    for number, field in enumerate(("individual_reference", "family_name", "letter_date")):
        columns.choose_field(number, field)
    go_on(page)
    assert page.flow.next.text() == "Import 1 person"


def test_copied_cells_are_pasted_as_a_list(page: ImportsPage) -> None:
    QGuiApplication.clipboard().setText("\n".join("\t".join(r) for r in (HEADERS, a_row(1))))
    page.open_with("paste")
    assert page.view() == "import"
    go_on(page)
    go_on(page)
    assert page.flow.next.text() == "Import 1 person"


def test_an_empty_clipboard_says_what_to_do(page: ImportsPage) -> None:
    said: list[str] = []
    page.shell.said.connect(lambda text, _act: said.append(text))
    QGuiApplication.clipboard().setText("")
    page.open_with("paste")
    assert said == ["The clipboard is empty: copy the cells in the spreadsheet first."]
    assert page.view() == "history"


def test_names_in_capitals_are_put_right_only_when_asked(page: ImportsPage, tmp_path: Path) -> None:
    page.open_with(a_list(tmp_path, [a_row(1, name="DE LA CRUZ")]))
    go_on(page)
    assert page.flow.columns.proper.isVisible()
    assert not page.flow.columns.proper.isChecked()
    page.flow.columns.proper.click()
    go_on(page)
    preview = page.flow.preview()
    assert preview is not None
    assert preview.sheets[0].rows[0].values["family_name"] == "De la Cruz"
    page.open_with(a_list(tmp_path, [a_row(2)]))
    go_on(page)
    assert not page.flow.columns.proper.isVisible()


def test_an_update_shows_what_changes_and_a_list_what_differs_from_the_last(
    page: ImportsPage, tmp_path: Path
) -> None:
    build.import_file(page.shell.office, a_list(tmp_path, [a_row(n) for n in (1, 2, 3)]))
    rows = [a_row(1, citizenship="Maroc"), a_row(2), a_row(4)]
    walk_to_check(page, a_list(tmp_path, rows))
    table = page.flow.check.table
    assert table is not None
    row = table.shown_row(0)
    assert row is not None
    assert row.sentence == "Citizenship Mali → Morocco"
    assert row.marks == {"citizenship": theme.Tone.ACCENT}
    said = [text for text in texts(page) if text.startswith("Against the list of ")]
    assert [text.partition(": ")[2] for text in said] == ["1 new, 1 changed, 1 no longer listed"]
    page.flow.check.last_list.click()
    (dialog,) = page.findChildren(ComparedDialog)
    assert {"Changed since", "No longer listed", "New in this list"} <= set(texts(dialog))
    assert "Citizenship Mali → Morocco" in texts(dialog)
    dialog.close()


def test_a_list_on_a_hidden_sheet_is_offered_where_no_other_is_found(
    page: ImportsPage, tmp_path: Path
) -> None:
    book, path = Workbook(), tmp_path / "b.xlsx"
    book.active.append(["Bonjour"])
    hidden = book.create_sheet("Liste")
    for row in (HEADERS, a_row(1)):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    book.save(path)
    page.open_with(path)
    assert page.flow.preview() is None
    assert "Liste" in texts(page)
    page.flow.file.sheet_chosen.emit("Liste")
    go_on(page)
    go_on(page)
    assert page.flow.next.text() == "Import 1 person"


def test_dates_that_a_mapping_by_hand_brings_up_are_asked_about(
    page: ImportsPage, tmp_path: Path
) -> None:
    rows = [("C2000001", "Roy", "03/04/2023"), ("C2000002", "Diop", "05/06/2023")]
    page.open_with(a_list(tmp_path, rows, ("Clé", "Qui", "Envoi postal")))
    go_on(page)
    for number, field in enumerate(("individual_reference", "family_name", "letter_date")):
        page.flow.columns.choose_field(number, field)
    go_on(page)
    assert page.flow.step() == steps.FILE
    assert "Which comes first in this file’s dates?" in texts(page)
    assert not page.flow.next.isEnabled()
    page.flow.file.choose_order("dmy")
    assert page.flow.step() == steps.CHECK
    assert page.flow.next.text() == "Import 2 people"
    page.flow.go_back()
    page.flow.go_back()
    page.flow.file.choose_order("mdy")
    assert page.flow.step() == steps.FILE
    preview = page.flow.preview()
    assert preview is not None
    assert preview.sheets[0].rows[0].values["letter_date"] == date(2023, 3, 4)


@pytest.mark.parametrize("answer", ["family_name", "only_name"])
def test_a_list_of_given_names_alone_is_asked_about_on_the_page_of_the_columns(
    page: ImportsPage, tmp_path: Path, answer: str
) -> None:
    headers = ("Réf. ind.", "Prénom", "Colonne mystère", "Date de la lettre")
    row = ["C1000001", "Suharto", "Wijaya", date(2023, 9, 13)]
    page.open_with(a_list(tmp_path, [row], headers))
    assert page.flow.step() == steps.FILE
    assert page.flow.preview() is None
    assert any("“Prénom” holds given names" in text for text in texts(page.flow.file))
    go_on(page)
    columns = page.flow.columns
    assert page.flow.step() == steps.COLUMNS
    assert any("send “Prénom” to" in text for text in texts(columns))
    assert not columns.is_ready()
    assert not page.flow.next.isEnabled()
    columns.choose_field(2 if answer == "family_name" else 1, answer)
    go_on(page)
    assert page.flow.step() == steps.CHECK
    go_on(page)
    found = people.ids(page.shell.office, people.PeopleFilter())
    person = people.file(page.shell.office, found[0]).person
    expected = ("Wijaya", "Suharto") if answer == "family_name" else ("Suharto", None)
    assert (person.family_name, person.given_names) == expected
    # The answer is remembered: the next list of this layout asks nothing.
    row[0] = "C1000002"
    page.open_with(a_list(tmp_path, [row], headers))
    assert page.flow.preview() is not None


def test_every_column_and_every_row_left_out_is_told_of(page: ImportsPage, tmp_path: Path) -> None:
    headers = (*HEADERS, "Ville", "Employeur", "Lien")
    rows = [[*a_row(1), "Laval", "", "par courriel"], ["Total", "1", *[""] * 7]]
    page.open_with(a_list(tmp_path, rows, headers))
    go_on(page)
    model = page.flow.columns._view.model()
    goes = {model.index(row, 1).data(): model.index(row, 3).data() for row in range(9)}
    assert (goes["Ville"], goes["Employeur"]) == ("(kept with the import)", "(empty)")
    assert goes["Lien"] == "(no place in this list)"
    why = {model.index(row, 1).data(): model.index(row, 4).data() for row in range(9)}
    assert why["Ville"] == "kept with the import only"
    assert why["Employeur"] == "holds nothing"
    assert why["Lien"] == (
        "“Relation” has no place in this kind of list: kept with the import only"
    )
    go_on(page)
    go_on(page)
    assert page.flow.step() == steps.SUMMARY
    said = texts(page.flow.summary)
    assert "skipped: 1 total (row 3)" in said
    assert "column kept with the import only: Ville" in said
    assert "column for which this kind of list has no place: Lien" in said
    page.open_with(a_list(tmp_path, [[*rows[0]]], headers))
    go_on(page)
    page.flow.columns.choose_field(4, None)
    model = page.flow.columns._view.model()
    assert model.index(4, 3).data() == "(kept with the import)", "sent nowhere by hand"
