# SPDX-License-Identifier: Apache-2.0
"""How a text list is read, chosen above its columns; garbled characters put right by a click."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive.known_people import known_people
from imp_plus_desktop.ui.imports import import_session as steps
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.imports.steps.import_text import TextForm
from tests.ui.helpers import assert_accessible, cut_labels
from tests.ui.import_fixtures import office, shell
from tests.ui.import_fixtures import wide_page as page

__all__ = ["office", "page", "shell"]

pytestmark = pytest.mark.mostly_long(
    "test_the_columns_say_how_a_text_was_read_with_words_to_judge_by",
    "test_a_workbook_has_no_encoding_to_choose",
    "test_another_encoding_reads_the_file_again_by_the_keys_alone",
    "test_another_separator_finds_the_columns_again",
)

FILES = Path(__file__).parents[1] / "files"
LEFT = Qt.MouseButton.LeftButton
HEADER = "Individual reference no.;Surname;Given name;Letter date"


def a_text(folder: Path, *rows: str, encoding: str = "utf-8", header: str = HEADER) -> Path:
    path = folder / "liste.csv"
    path.write_bytes("\r\n".join([header, *rows, ""]).encode(encoding))
    return path


def to_columns(page: ImportsPage, path: Path) -> TextForm:
    page.open_with(path)
    page.flow.go_on()
    assert page.flow.step() == steps.COLUMNS
    return page.flow.columns.text


def boxes(form: TextForm) -> tuple[QComboBox, QComboBox]:
    (encoding,) = form.findChildren(QComboBox)
    return encoding, form.separator


def words(root: QWidget) -> list[str]:
    return [found.text() for found in root.findChildren(QLabel) if found.isVisibleTo(root)]


def named(page: ImportsPage) -> list[tuple[object, object]]:
    preview = page.flow.preview()
    assert preview is not None
    rows = [row for sheet in preview.sheets for row in sheet.rows]
    return [(row.values.get("family_name"), row.values.get("given_names")) for row in rows]


@pytest.mark.parametrize(
    ("name", "encoding", "word"),
    [
        ("utf8-with-one-latin1-row.csv", "Unicode (UTF-8), recognised", "Bélanger"),
        ("excel-csv-msdos-cp850.csv", "MS-DOS, Western Europe (850), recognised", "BÉLANGER"),
    ],
)
def test_the_columns_say_how_a_text_was_read_with_words_to_judge_by(
    page: ImportsPage, name: str, encoding: str, word: str
) -> None:
    form = to_columns(page, FILES / name)
    assert form.isVisible()
    assert [box.currentText() for box in boxes(form)] == [encoding, "semicolon (;), recognised"]
    (sample,) = [text for text in words(form) if text.startswith("Words with accents: ")]
    assert word in sample
    assert "Élodie" in sample
    assert_accessible(form)
    assert cut_labels(form) == []


def test_a_workbook_has_no_encoding_to_choose(page: ImportsPage) -> None:
    assert not to_columns(page, FILES / "invitations-2022-en.xlsx").isVisible()


def test_a_text_without_accents_says_that_any_encoding_reads_it(
    page: ImportsPage, tmp_path: Path
) -> None:
    form = to_columns(page, a_text(tmp_path, "C1000001;Roy;Luc;2024-03-15"))
    assert "No word of this file has an accent: any encoding reads it." in words(form)


def test_another_encoding_reads_the_file_again_by_the_keys_alone(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    path = a_text(tmp_path, "C1000001;Łukasz;Zoë;2024-03-15", encoding="cp1250")
    form = to_columns(page, path)
    encoding, _separator = boxes(form)
    names = [encoding.itemText(at) for at in range(encoding.count())]
    encoding.setFocus()
    target = names.index("Macintosh (Mac Roman)")
    while encoding.currentIndex() < target:
        qtbot.keyClick(encoding, Qt.Key.Key_Down)
    assert page.flow.step() == steps.COLUMNS
    assert QApplication.focusWidget() is encoding
    assert encoding.currentText() == "Macintosh (Mac Roman)"
    assert named(page)[0][0] != "Łukasz"
    form.choose_encoding("cp1250")
    assert named(page) == [("Łukasz", "Zoë")]
    form.choose_encoding(None)
    assert encoding.currentText().endswith(", recognised")


def test_a_chosen_encoding_is_there_again_with_the_same_file(
    page: ImportsPage, tmp_path: Path
) -> None:
    path = a_text(tmp_path, "C1000001;Doðan;Ali;2024-03-15", encoding="cp1252")
    to_columns(page, path).choose_encoding("cp437")
    page.flow.go_on()
    page.flow.go_on()
    assert page.flow.step() == steps.SUMMARY
    form = to_columns(page, path)
    assert boxes(form)[0].currentText() == "MS-DOS, United States (437)"
    preview = page.flow.preview()
    assert preview is not None
    assert preview.counts.unchanged == 1


def test_a_choice_that_was_not_imported_waits_with_its_file(
    page: ImportsPage, tmp_path: Path
) -> None:
    path = a_text(tmp_path, "C1000001;Doðan;Ali;2024-03-15", encoding="cp1252")
    to_columns(page, path).choose_encoding("cp850")
    page.flow.leave()
    form = to_columns(page, path)
    assert boxes(form)[0].currentText() == "MS-DOS, Western Europe (850)"


def test_another_separator_finds_the_columns_again(page: ImportsPage, tmp_path: Path) -> None:
    header = HEADER.replace(";", "|").replace("Given name", "Given;name")
    path = a_text(tmp_path, "C1000001|Roy|Luc;x|2024-03-15", header=header)
    form = to_columns(page, path)
    form.choose_separator(";")
    assert page.flow.step() == steps.COLUMNS
    assert page.flow.columns.by_hand(), "no list any more: what the columns are is asked here"
    assert boxes(form)[1].currentText() == "semicolon (;)"
    form.choose_separator("|")
    assert named(page) == [("Roy", "Luc;x")]


def test_what_was_said_of_the_columns_stays_with_another_encoding(
    page: ImportsPage, tmp_path: Path
) -> None:
    path = a_text(tmp_path, "C1000001;Zoë;Roy;2024-03-15", encoding="cp1252")
    form = to_columns(page, path)
    page.flow.columns.choose_field(2, "family_name")
    page.flow.columns.choose_field(1, "given_names")
    form.choose_encoding("iso8859-15")
    assert named(page) == [("Roy", "Zoë")]


def test_pasted_cells_have_a_separator_only(page: ImportsPage) -> None:
    text = f"{HEADER}\nC1000001;Zoé;Luc;2024-03-15".replace(";", "\t")
    QGuiApplication.clipboard().setText(text)
    page.open_with("paste")
    page.flow.go_on()
    encoding, separator = boxes(page.flow.columns.text)
    assert not encoding.isVisible()
    assert separator.currentText() == "tab, recognised"


def test_garbled_characters_are_put_right_by_one_click_and_left_by_another(
    qtbot: QtBot, page: ImportsPage, office: Office
) -> None:
    form = to_columns(page, FILES / "letters-already-garbled.csv")
    assert any(text.startswith("Garbled before the list came") for text in words(form))
    page.flow.go_on()
    check = page.flow.check
    said = "2 cells hold characters that were garbled before the list came: BÃ©langer, which is"
    assert any(text.startswith(said) for text in words(check))
    assert named(page) == [("BÃ©langer", "Ã‰lodie")]
    top = check.table.mapTo(page, check.table.rect().topLeft()) if check.table else None
    qtbot.mouseClick(check.letters_button, LEFT)
    assert named(page) == [("Bélanger", "Élodie")]
    assert "2 cells with garbled characters are put right: BÃ©langer → Bélanger." in words(check)
    assert check.table is not None
    assert check.table.mapTo(page, check.table.rect().topLeft()) == top, "nothing moves"
    assert "2 cells corrected." in words(check)
    assert check.letters_button.text() == "Leave them as they are"
    qtbot.mouseClick(check.letters_button, LEFT)
    assert named(page) == [("BÃ©langer", "Ã‰lodie")]
    qtbot.mouseClick(check.letters_button, LEFT)
    page.flow.go_on()
    assert [p.family_name for p in known_people(office.register)] == ["Bélanger"]


def test_the_repair_of_characters_can_be_undone_and_done_again(page: ImportsPage) -> None:
    to_columns(page, FILES / "letters-already-garbled.csv")
    page.flow.go_on()
    page.flow.check.letters_button.click()
    unstored = page.flow.unstored()
    assert unstored is not None
    assert unstored.undo == "repair of the garbled characters"
    page.flow.take_back()
    assert named(page) == [("BÃ©langer", "Ã‰lodie")]
    page.flow.bring_back()
    assert named(page) == [("Bélanger", "Élodie")]


def test_a_list_in_right_characters_says_nothing_of_them(page: ImportsPage) -> None:
    to_columns(page, FILES / "excel-csv-msdos-cp850.csv")
    page.flow.go_on()
    assert not page.flow.check.letters_button.isVisible()
