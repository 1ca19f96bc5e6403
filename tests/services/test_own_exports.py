# SPDX-License-Identifier: Apache-2.0
"""What a register wrote comes back to it with zero changes, whoever was added by hand; another
register, and an altered number, name nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from new_registers import new_office
from office_builders import add_member

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.services.exports.exports import export
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

pytestmark = pytest.mark.mostly_long(
    "test_people_added_by_hand_come_back_with_zero_changes",
)

TODAY = date(2026, 11, 20)
HEADERS = {"fr": "N° au registre", "en": "No. in the register"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Three people added by hand: a name alone, a name and no number, and one with all of it."""
    made = new_office(tmp_path / "own.imp", TODAY)
    people.add(made, {"family_name": "Khoury", "given_names": "Nadia"})
    people.add(made, {"family_name": "Tremblay", "birth_date": "1990-01-02"})
    people.add(
        made,
        {
            "family_name": "Bakary",
            "given_names": "Moussa",
            "individual_reference": "C1000001",
            "birth_date": "1985-05-06",
        },
    )
    for person, name in ((1, "Sami"), (2, "Léa"), (3, "Awa")):
        born = date(2015, 2, person)
        add_member(made, person, relation=Relation.CHILD, given_names=name, birth_date=born)
    return made


def again(office: Office, path: Path) -> dict[str, int]:
    """What importing a file does, by what became of its rows."""
    preview = imports.open_file(office, path)
    counts = preview.counts
    told = {
        name: getattr(counts, name)
        for name in ("new", "updated", "unchanged", "rejected", "review")
    }
    return {name: number for name, number in told.items() if number}


def issues(office: Office, path: Path) -> list[tuple[str, str, str]]:
    preview = imports.open_file(office, path)
    return [
        (issue.column, issue.code, issue.severity)
        for sheet in preview.sheets
        for row in sheet.rows
        for issue in row.issues
    ]


def altered(path: Path, header: str, change: Callable[[int, str], object]) -> Path:
    """The file with other cells below a header; `change` is given the row and the text."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    at = next(cell.column for cell in sheet[1] if cell.value == header)
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, at).value = change(row, str(sheet.cell(row, at).value or ""))
    other = path.with_name("altered.xlsx")
    book.save(other)
    return other


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("what", "rows"), [("people", 3), ("family", 3), ("everything", 6)])
def test_people_added_by_hand_come_back_with_zero_changes(
    office: Office, tmp_path: Path, what: str, rows: int, lang: str
) -> None:
    i18n.use(lang)
    written = export(office, what, tmp_path / "out.xlsx").path
    assert again(office, written) == {"unchanged": rows}
    assert issues(office, written) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_sheet_that_names_somebody_has_the_number_beside_the_name(
    office: Office, tmp_path: Path, lang: str
) -> None:
    i18n.use(lang)
    book = openpyxl.load_workbook(export(office, "everything", tmp_path / "out.xlsx").path)
    names = {"Nom", "Nom de famille", "Surname", "Family name", "Name"}
    heads = {sheet.title: [cell.value for cell in sheet[1]] for sheet in book.worksheets}
    naming = {title: head for title, head in heads.items() if names.intersection(head)}
    assert len(naming) >= 4
    family_sheet = {"fr": "Famille", "en": "Family"}[lang]
    without = {title for title, head in naming.items() if HEADERS[lang] not in head}
    assert without == {family_sheet}
    principals = [row[0].value for row in book[family_sheet].iter_rows(min_row=2)]
    assert set(principals) == {office.own_numbers.of(1), office.own_numbers.of(2), "C1000001"}


def test_what_was_changed_in_the_sheet_goes_to_the_person_whom_the_number_names(
    office: Office, tmp_path: Path
) -> None:
    i18n.use("en")
    written = export(office, "people", tmp_path / "out.xlsx").path
    other = altered(written, "E-mail", lambda row, _text: "n@example.org" if row == 3 else None)
    preview = imports.open_file(office, other)
    imports.commit(office, preview)
    emails = {n: people.file(office, n).person.email for n in (1, 2, 3)}
    assert sorted(filter(None, emails.values())) == ["n@example.org"]
    assert emails[1] == "n@example.org"  # rows stand in the order of names


def test_the_numbers_of_another_register_name_nobody_here(office: Office, tmp_path: Path) -> None:
    other = new_office(tmp_path / "other.imp", TODAY)
    people.add(other, {"family_name": "Zola", "given_names": "Émile"})
    i18n.use("fr")
    written = export(office, "everything", tmp_path / "out.xlsx").path
    counts = again(other, written)
    assert counts["rejected"] == 6
    assert counts.get("updated", 0) == 0
    codes = {(column, code) for column, code, _severity in issues(other, written)}
    assert ("individual_reference", "missing_key") in codes
    assert ("principal_reference", "unknown_principal") in codes
    assert ("register_number", "not_of_register") not in codes


def test_an_altered_number_is_told_and_names_nobody(office: Office, tmp_path: Path) -> None:
    def another_person(_row: int, text: str) -> str:
        return text.replace("R1", "R2", 1) if text.startswith("R1") else text

    i18n.use("fr")
    written = export(office, "people", tmp_path / "out.xlsx").path
    found = issues(office, altered(written, HEADERS["fr"], another_person))
    assert ("register_number", "not_of_register", "warning") in found
    assert ("individual_reference", "missing_key", "error") in found


def test_a_column_of_numbers_that_slipped_by_a_row_changes_nobody(
    office: Office, tmp_path: Path
) -> None:
    own = [office.own_numbers.of(number) for number in (1, 2, 3)]

    i18n.use("fr")
    written = export(office, "people", tmp_path / "out.xlsx").path
    slipped = altered(written, HEADERS["fr"], lambda row, _text: own[row - 2])
    assert again(office, slipped) == {"rejected": 3}
    assert {code for _c, code, _s in issues(office, slipped)} == {"identifier_taken"}


def test_whoever_has_gone_since_does_not_come_back_by_an_own_number(
    office: Office, tmp_path: Path
) -> None:
    i18n.use("fr")
    written = export(office, "people", tmp_path / "out.xlsx").path
    file_bin.delete(office, 1, "by mistake")
    act = people.add(office, {"family_name": "Autre"}).act
    later = export(office, "people", tmp_path / "later.xlsx").path
    history.undo(office, act)
    assert again(office, written) == {"unchanged": 2, "review": 1}
    assert again(office, later) == {"unchanged": 2, "rejected": 1}


def test_another_register_takes_the_people_and_families_that_have_no_number(
    tmp_path: Path,
) -> None:
    i18n.use("fr")
    first, second = (new_office(tmp_path / name, TODAY) for name in ("one.imp", "two.imp"))
    invited = {
        "family_name": "Haddad",
        "given_names": "Rima",
        "birth_date": "1988-03-04",
        "citizenship": "LBN",
        "letter_date": "2023-05-01",
    }
    person = people.add(first, invited).person
    add_member(first, person, relation=Relation.CHILD, birth_date=date(2016, 2, 3))
    written = export(first, "everything", tmp_path / "out.xlsx").path
    preview = imports.open_file(second, written)
    assert again(second, written) == {"new": 2}
    imports.commit(second, preview)
    assert again(second, written) == {"unchanged": 2}
    assert again(first, written) == {"unchanged": 2}


def test_whoever_has_a_number_of_the_register_alone_is_found_by_it(office: Office) -> None:
    assert people.find(office, f" {office.own_numbers.of(2).lower()} ") == 2
