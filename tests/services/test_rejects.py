# SPDX-License-Identifier: Apache-2.0
"""Rejected rows go home in the sender's own layout, are mended there, and only those come in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office_builders import FILES, merged_book
from openpyxl import load_workbook

from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

MENDED = {
    "letter_date": date(2023, 3, 1),
    "csq_issue_date": date(2022, 2, 21),
    "csq_expiry_date": date(2024, 2, 21),
    "individual_reference": "C1999001",
    "family_name": "Bellerose",
}


def rejects(office: Office, source: Path, path: Path) -> imports.Preview:
    preview = imports.open_file(office, source)
    imports.save_rejects(office, preview, path)
    imports.commit(office, preview)
    return preview


def mend(path: Path, columns: dict[str, int], only: int | None = None) -> int:
    """Put the coloured cells right, in all rows or in the first ones; how many rows."""
    book = load_workbook(path)
    page = book.worksheets[0]
    fields = {column + 1: field for field, column in columns.items()}
    rows = [row for row in page.iter_rows() if any(cell.comment for cell in row)][:only]
    for row in rows:
        for cell in row:
            if cell.comment:
                cell.value = MENDED[fields[cell.column]]
    book.save(path)
    return len(rows)


@pytest.mark.parametrize("only", [None, 4])
def test_mended_rows_go_in_and_no_others(office: Office, tmp_path: Path, only: int | None) -> None:
    path = tmp_path / "rejets.xlsx"
    sent = rejects(office, FILES / "messy-2023.xlsx", path)
    before, known = people.count(office), sent.counts.rejected
    assert known
    mended = mend(path, dict(sent.sheets[0].parsed.column_index), only)
    back = imports.commit(office, imports.open_file(office, path)).counts
    # The last one, mended, says what an earlier row of the list has said of the same person.
    assert (back.new + back.unchanged, back.rejected) == (mended, known - mended)
    assert (back.unchanged, back.updated) == (0 if only else 1, 0)
    assert (back.review, back.vanished) == (0, 0)
    assert people.count(office) == before + back.new


def test_the_workbook_that_goes_home_is_the_senders_own(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "rejets.xlsx"
    source = FILES / "messy-2023.xlsx"
    sheet = rejects(office, source, path).sheets[0].parsed
    own, home = load_workbook(source)[sheet.sheet], load_workbook(path)[sheet.sheet]
    for row in range(1, sheet.header_row + 1):
        assert look(home, row) == look(own, row)
    assert {k: v.width for k, v in home.column_dimensions.items()} == {
        k: v.width for k, v in own.column_dimensions.items()
    }
    assert home.merged_cells.ranges == {
        area for area in own.merged_cells.ranges if area.max_row <= sheet.header_row
    }
    assert [page.sheet_state for page in load_workbook(path)] == ["visible", "hidden"]


def look(page: Any, row: int) -> list[tuple[object, object, object]]:
    return [(cell.value, cell.font.b, cell.fill.fgColor.rgb) for cell in page[row]]


def test_a_list_of_another_kind_goes_home_as_a_workbook(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "rejets.xlsx"
    source = tmp_path / "liste.csv"
    source.write_text(
        "Réf. individuelle;Nom;Prénom;Date de naissance;Citoyenneté;Date de la lettre\n"
        "C1000001;Roy;Ana;13/04/1990;Maroc;01/02/2023\n"
        "C1000002;Roy;Luc;02/03/1991;Maroc;31/02/2023\n",
        encoding="utf-8",
    )
    sent = rejects(office, source, path)
    # 02/03/1991 is told as the day that the whole list proved it to be.
    assert load_workbook(path).worksheets[0]["D2"].value.date() == date(1991, 3, 2)
    assert mend(path, dict(sent.sheets[0].parsed.column_index)) == 1
    assert imports.commit(office, imports.open_file(office, path)).counts.new == 1


def test_a_rejected_row_brings_along_what_is_merged_with_the_row_above(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "rejets.xlsx"
    sent = rejects(office, merged_book(tmp_path / "liste.xlsx", G3="demain"), path)
    assert [row.row for row in sent.sheets[0].rows if row.effect is imports.Effect.REJECTED] == [3]
    home = load_workbook(path).worksheets[0]
    assert [home.cell(2, column).value for column in (1, 2, 3, 5, 8)] == [
        "C8000002", "Diop", "Moussa", "Sénégal", "IQ",
    ]  # fmt: skip
    assert home.merged_cells.ranges == set()
    home["G2"] = date(2023, 9, 2)
    home.parent.save(path)
    assert imports.commit(office, imports.open_file(office, path)).counts.new == 1
    assert people.file(office, people.find(office, "C8000002")).person.citizenship == "SEN"
