# SPDX-License-Identifier: Apache-2.0
"""Every value of a file tells the file, the sheet and the cell that it came from."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_builders import import_file, merged_book

from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import import_repairs, imports, origins, review
from imp_plus_desktop.services.imports.imports import Repair
from imp_plus_desktop.services.imports.origins import Origin
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.words.messages import field_label
from imp_plus_desktop.words.origin_texts import origin_text

HEADERS = "Réf. individuelle;Nom, prénom;Né(e) le;Citoyenneté;Pays de résidence;Date de la lettre"
ROW = "C200000{n};Traoré, Awa;1991-05-14;{country};Mali;2023-09-13"

pytestmark = pytest.mark.usefixtures("reads_here")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "liste.csv", ROW.format(n=1, country="Mali"))


def write(path: Path, *rows: str, headers: str = HEADERS) -> Path:
    path.write_text("\n".join([headers, *rows]), encoding="utf-8")
    return path


def of(office: Office, field: str, person: int = 1) -> Origin:
    return next(one for one in origins.of_file(office, person) if one.field == field)


def test_an_imported_value_shows_its_file_sheet_cell_and_row(office: Office, path: Path) -> None:
    import_file(office, path)
    origin = of(office, "letter_date")
    assert (origin.file_name, origin.sheet, origin.cell) == ("liste.csv", "liste", "F2")
    assert origin.header == "Date de la lettre"
    assert [cell.text for cell in origin.cells if cell.is_source] == ["2023-09-13"]
    assert len(origin.cells) == 6
    assert of(office, "residence_country").cell == "E2"
    assert of(office, "given_names").cell == "B2", "one column may hold both names"
    assert origin_text(origin).startswith("liste.csv, liste, cell F2, ")


def test_a_value_changed_by_hand_says_who_changed_it(office: Office, path: Path) -> None:
    import_file(office, path)
    people.set_value(office, "C2000001", "citizenship", "Maroc")
    origin = of(office, "citizenship")
    assert origin.file_name is None
    assert origin_text(origin).startswith("entered by ")
    history.undo(office)
    assert of(office, "citizenship").cell == "D2", "undone, it is the list's value again"


def test_a_mended_value_says_so_and_shows_the_file_s_own_text(office: Office, path: Path) -> None:
    write(path, ROW.format(n=1, country="Maroco"))
    preview = imports.open_file(office, path)
    repair = Repair("citizenship", "Maroc", was="Maroco")
    imports.commit(office, import_repairs.mend(office, preview, repair))
    origin = of(office, "citizenship")
    assert (origin.value, origin.mended, origin.cell) == ("MAR", "Maroc", "D2")
    assert [cell.text for cell in origin.cells if cell.is_source] == ["Maroco"]
    assert origin_text(origin).endswith(" (corrected at the import)")


def test_a_row_that_was_held_first_still_knows_its_cell(office: Office, path: Path) -> None:
    import_file(office, path)
    held = write(path, ";Traore, Awa;1991-05-14;Mali;France;2023-10-02")
    assert import_file(office, held).counts.review == 1
    (row,) = review.rows(office)
    review.resolve(office, row.row, review.SAME, 1)
    letters = [one for one in origins.of_file(office, 1) if one.field == "letter_date"]
    assert [(one.value, one.cell) for one in letters] == [
        ("2023-09-13", "F2"),
        ("2023-10-02", "F2"),
    ]
    assert all(one.file_name == "liste.csv" for one in letters)


def test_every_field_that_has_an_origin_has_a_label(office: Office, path: Path) -> None:
    import_file(office, path)
    for origin in origins.of_file(office, 1):
        assert field_label(origin.field) != origin.field


def test_a_merged_value_comes_from_the_cell_that_holds_it(office: Office, tmp_path: Path) -> None:
    import_file(office, merged_book(tmp_path / "liste.xlsx"))
    origin = of(office, "citizenship", 2)
    assert (origin.row, origin.cell, origin.header) == (3, "E2", "Citoyenneté")
    assert [cell.text for cell in origin.cells if cell.is_source] == ["Sénégal"]
    assert of(office, "given_names", 2).cell == "C3"
    assert of(office, "citizenship", 1).cell == "E2"
    assert of(office, "citizenship", 4).cell == "E4"
