# SPDX-License-Identifier: Apache-2.0
"""A merged cell holds for every row that it spans, in lists of people and of families."""

from __future__ import annotations

import struct
from datetime import date
from pathlib import Path
from typing import Any

from exchange_builders import FILES, HEADER, a_person, in_memory, issues_of, parsed
from hostile_files import ods, ods_cell
from xlsxwriter import Workbook

from imp_plus_desktop.exchange.readers.binary import xlsb
from imp_plus_desktop.exchange.readers.binary.number_styles import NumberStyles
from imp_plus_desktop.exchange.readers.reading import read_in_child
from imp_plus_desktop.exchange.sheets.building import SheetBuilder
from imp_plus_desktop.exchange.sheets.sheets import Limits

FAMILY = ("Réf. individuelle du requérant principal", "Lien", "Nom", "Prénom", "Né(e) le")


def values(row: Any, *names: str) -> tuple[Any, ...]:
    return tuple(row.values.get(name) for name in names)


def test_what_is_merged_over_two_people_is_true_of_both() -> None:
    (sheet,) = parsed(read_in_child(FILES / "odd" / "fusion.xlsx")).sheets
    shared = ("family_name", "citizenship", "residence_country", "csq_category")
    told = {row.values["given_names"]: values(row, *shared) for row in sheet.rows}
    assert told == {
        "Awa": ("Diop", "SEN", "SEN", "IQ"),
        "Moussa": ("Diop", "SEN", "SEN", "IQ"),
        "Linh": ("Nguyen", "VNM", "FRA", "IV"),
        "Minh": ("Nguyen", "VNM", "FRA", "IV"),
    }
    assert sheet.issues == ()
    assert sheet.merged[3, 1] == 2


def test_the_principal_of_a_family_may_be_merged_over_the_children() -> None:
    born = date(2015, 5, 4)
    book = in_memory(
        FAMILY,
        ("C1000001", "Conjoint", "Roy", "Luc", date(1985, 5, 4)),
        (None, "Enfant", "Roy", "Léa", born),
        (None, None, None, "Noé", born),
        ("C1000002", "Enfant", "Diop", "Ali", born),
        merged=((2, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2)),
    )
    (sheet,) = parsed(book).sheets
    assert [
        values(row, "principal_reference", "given_names", "family_name") for row in sheet.rows
    ] == [
        ("C1000001", "Luc", "Roy"),
        ("C1000001", "Léa", "Roy"),
        ("C1000001", "Noé", "Roy"),
        ("C1000002", "Ali", "Diop"),
    ]
    assert sheet.rows[1].values["relation"] == sheet.rows[2].values["relation"] == "child"
    assert sheet.issues == ()


def test_titles_bands_and_cells_merged_across_stay_what_they_are() -> None:
    book = in_memory(
        ("Liste des lettres", None, None, None, None, None),
        HEADER,
        ("Groupe de mars",),
        a_person(1),
        ["C1000002", "Roy Luc", None, *a_person(2)[3:]],
        a_person(3, given=None),
        merged=((1, 0, 1, 5), (3, 0, 3, 5), (5, 1, 5, 2), (2, 2, 4, 2), (1, 1, 6, 1)),
    )
    (sheet,) = parsed(book).sheets
    assert (sheet.header_row, sheet.skipped_rows) == (2, (3,))
    assert [values(row, "family_name", "given_names") for row in sheet.rows] == [
        ("Moreau", "Chloé 1"), ("Roy Luc", None), ("Moreau", None),
    ]  # fmt: skip
    assert sheet.merged == {}


def test_a_merged_range_alone_makes_no_person() -> None:
    book = in_memory(
        HEADER, a_person(1), (), (None, None, "Ali"),
        merged=tuple((2, column, 4, column) for column in (0, 1, 3, 4, 5)),
    )  # fmt: skip
    (sheet,) = parsed(book).sheets
    assert [row.row for row in sheet.rows] == [2, 4]
    assert sheet.skipped_rows == (3,)


def test_a_value_under_a_merged_cell_is_the_row_s_own() -> None:
    book = in_memory(
        HEADER, a_person(1), a_person(2, family="Roy", citizenship=None),
        merged=((2, 1, 3, 1), (2, 4, 3, 4)),
    )  # fmt: skip
    (sheet,) = parsed(book).sheets
    assert values(sheet.rows[1], "family_name", "citizenship") == ("Roy", "FRA")


def test_what_cannot_be_read_is_an_issue_of_each_row_at_the_cell_that_holds_it() -> None:
    rows = (a_person(1, citizenship="Xyz"), a_person(2, citizenship=None, letter=None))
    book = in_memory(
        HEADER, *rows, merged=((2, 4, 3, 4), (2, 5, 3, 5))
    )  # fmt: skip
    file = parsed(book)
    assert issues_of(file) == [
        (2, "citizenship", "unknown_country", "warning"),
        (3, "citizenship", "unknown_country", "warning"),
    ]
    assert [issue.cell for issue in file.issues] == ["E2", "E2"]


def test_an_error_that_is_merged_is_one_of_every_row() -> None:
    rows = (a_person(1, letter=None), a_person(2, letter=None))
    file = parsed(in_memory(HEADER, *rows, merged=((2, 5, 3, 5),), error_cells={(2, 5): "#REF!"}))
    assert issues_of(file) == [
        (2, "letter_date", "cell_error", "error"),
        (3, "letter_date", "cell_error", "error"),
    ]
    assert [issue.cell for issue in file.issues] == ["F2", "F2"]


def test_the_file_s_own_cells_are_told_from_those_that_were_filled() -> None:
    (sheet,) = parsed(read_in_child(FILES / "odd" / "fusion.xlsx")).sheets
    second = next(row for row in sheet.rows if row.row == 3)
    assert second.raw[1] == "Diop"
    assert sheet.written(3, second.raw)[:3] == ("C8000002", None, "Moussa")


def test_thousands_of_merged_families_are_all_told(tmp_path: Path) -> None:
    many = 6000
    path = tmp_path / "familles.xlsx"
    with Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, FAMILY)
        for family in range(many):
            top = 2 * family + 1
            page.merge_range(top, 0, top + 1, 0, f"C{1000000 + family}")
            page.write_row(top, 1, ("Conjoint", "Roy", "Luc", "1985-05-04"))
            page.write_row(top + 1, 1, ("Enfant", "Roy", "Léa", "2015-05-04"))
    (sheet,) = parsed(read_in_child(path)).sheets
    assert {row.values.get("principal_reference") for row in sheet.rows} == {
        f"C{1000000 + family}" for family in range(many)
    }
    assert not sheet.issues


def test_the_merged_cells_of_an_ods_are_known(tmp_path: Path) -> None:
    first = ods_cell("x", 'table:number-rows-spanned="2"')
    cells = (
        f"<table:table-row>{first}{ods_cell('1')}"
        f"</table:table-row><table:table-row><table:covered-table-cell/>{ods_cell('2')}"
        "</table:table-row>"
    )
    path = tmp_path / "a.ods"
    path.write_bytes(ods(cells))
    sheet = read_in_child(path).sheets[0]
    assert sheet.rows == (("x", "1"), (None, "2"))
    assert sheet.merged == ((1, 0, 2, 0),)


def test_the_merged_cells_of_an_xlsb_are_known() -> None:
    content = bytes([176 & 0x7F | 0x80, 176 >> 7, 16]) + struct.pack("<4I", 1, 3, 2, 2)
    builder = SheetBuilder("S", False, Limits())
    xlsb.read_sheet(content, builder, [], NumberStyles(()))
    assert builder.sheet().merged == ((2, 2, 4, 2),)


def test_a_merged_column_that_is_not_read_fills_nothing() -> None:
    header = ("Groupe", *HEADER)
    book = in_memory(
        header, ("A", *a_person(1)), (None, *a_person(2, birth=None)), merged=((2, 0, 3, 0),)
    )
    (sheet,) = parsed(book).sheets
    assert sheet.merged == {}
    assert sheet.rows[1].raw[0] is None
