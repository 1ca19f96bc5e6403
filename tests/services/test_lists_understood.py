# SPDX-License-Identifier: Apache-2.0
"""Lists as offices write them: what each column, name and row of them becomes in the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from new_registers import new_office
from office_builders import FILES, HEADERS, a_list, a_row, import_file
from openpyxl import Workbook, load_workbook

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.words.left_out_texts import skipped_text
from imp_plus_desktop.words.messages import error_text, issue_text

TODAY = date(2026, 11, 20)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office of a day after all of these lists."""
    opened = new_office(tmp_path / "later.imp", TODAY)
    yield opened
    opened.close()


def file_of(office: Office, reference: str) -> PersonFile:
    (person,) = people.ids(office, PeopleFilter(text=reference))
    return people.file(office, person)


def first_row(path: Path) -> tuple[Any, ...]:
    return next(load_workbook(path).worksheets[0].iter_rows())


def sheet_of(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """A workbook of one sheet with these rows."""
    book = Workbook()
    assert book.active is not None
    book.active.title = "Liste"
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def drop_column(path: Path, header: str) -> None:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.delete_cols([cell.value for cell in sheet[1]].index(header) + 1)
    book.save(path)


class TestColumns:
    def test_a_passport_has_its_issue_and_its_expiry(self, office: Office) -> None:
        done = import_file(office, FILES / "passport-issue-expiry.csv")
        assert (done.counts.new, done.preview.issues) == (2, ())
        (passport,) = file_of(office, "C1000001").passports
        assert (passport.number, passport.issued, passport.expiry) == (
            "AB123456",
            date(2020, 1, 5),
            date(2030, 1, 5),
        )

    def test_the_state_of_an_address_is_no_outcome(self, office: Office) -> None:
        done = import_file(office, FILES / "address-state.csv")
        assert (done.counts.new, done.preview.issues) == (3, ())
        assert all(not file_of(office, f"C100000{n}").applications for n in (1, 2, 3))


def named(office: Office) -> dict[str, tuple[str, str | None]]:
    """Family and given names of everybody, by reference."""
    files = (people.file(office, number).person for number in people.ids(office, PeopleFilter()))
    return {p.individual_reference or "": (p.family_name, p.given_names) for p in files}


def said(done: imports.Imported) -> list[tuple[int, str, str, str]]:
    return [(i.row, i.column, i.code, i.severity) for i in done.preview.issues]


class TestNames:
    def test_first_and_last_are_both_names(self, office: Office) -> None:
        assert said(import_file(office, FILES / "first-last.csv")) == []
        assert named(office) == {
            "C1000001": ("TREMBLAY", "Marie"),
            "C1000002": ("NGUYEN", "Thi Linh"),
            "C1000003": ("DIALLO", "Awa"),
        }

    def test_a_whole_name_splits_as_its_header_says_and_is_told_of_where_nothing_proves_it(
        self, office: Office
    ) -> None:
        done = import_file(office, FILES / "prenom-et-nom.csv")
        assert said(done) == [(3, "family_name", "name_split_unsure", "warning")]
        (issue,) = done.preview.issues
        assert issue.cell == "B3"
        assert issue_text(issue) == (
            "Nothing proves where the family name ends: taken as Nguyen, Thi Linh"
        )
        assert named(office) == {
            "C1000001": ("Tremblay", "Marie"),
            "C1000002": ("Nguyen", "Thi Linh"),
        }
        again = import_file(office, FILES / "prenom-et-nom.csv")
        assert again.counts.unchanged == 2

    def test_a_middle_name_is_a_given_name(self, office: Office) -> None:
        assert said(import_file(office, FILES / "middle-name.csv")) == []
        assert named(office) == {"C1000001": ("Tremblay", "Marie Claire")}

    def test_what_stands_for_no_name_is_none_and_what_looks_like_nothing_may_be_a_name(
        self, office: Office
    ) -> None:
        done = import_file(office, FILES / "noms.csv")
        assert done.counts.new == 22
        assert said(done) == [
            (10, "given_names", "name_placeholder", "warning"),
            (23, "family_name", "name_placeholder", "warning"),
        ]
        found = {reference[-2:]: name for reference, name in named(office).items()}
        assert found["01"] == ("Null", "Jennifer")
        assert found["02"] == ("True", "Anna")
        assert found["03"] == ("Jan", "Mai")
        assert found["05"] == ("O'Brien", "Seán")
        assert found["06"] == found["07"] == found["08"] == ("Suharto", None)
        assert found["09"] == ("Khan", None)
        assert found["10"] == ("NA", "Hyun")
        assert found["11"] == ("None", "Pierre")
        assert found["12"] == ("Nan", "Li")
        assert found["13"] == ("Total", "Marie")
        assert found["14"] == ("Doe épouse Martin", "Awa")
        assert found["15"] == ("BEN ALI ép. TRABELSI", "Leïla")
        assert found["16"] == ("Inf", "Nil")
        assert found["20"] == ("Madonna", None)
        assert found["21"] == ("Prince", None)
        assert found["22"] == ("Sukarno", None)

    def test_a_list_of_given_names_alone_is_asked_about(
        self, office: Office, tmp_path: Path
    ) -> None:
        path = a_list(tmp_path / "prenoms.xlsx", [a_row(n, family_name=None) for n in (1, 2)])
        assert any(HEADERS["given_names"] == cell.value for cell in first_row(path))
        drop_column(path, HEADERS["family_name"])
        with pytest.raises(ExchangeError, match="no_family_name") as asked:
            import_file(office, path)
        assert asked.value.parameters == {"column": HEADERS["given_names"]}
        assert office.register.is_empty()
        done = import_file(office, path, one_name=True)
        assert (done.counts.new, said(done)) == (2, [])
        assert set(named(office).values()) == {("Amine", None)}
        # It is remembered of the layout, as every choice about columns is.
        assert import_file(office, path).counts.unchanged == 2

    def test_a_list_with_headers_and_nobody_says_so(self, office: Office) -> None:
        with pytest.raises(ExchangeError, match="no_rows") as told:
            import_file(office, FILES / "headers-only.csv")
        assert "no row under them" in error_text(told.value)


class TestRows:
    def test_people_called_total_are_people(self, office: Office) -> None:
        done = import_file(office, FILES / "total.csv")
        assert (done.counts.new, done.counts.skipped, said(done)) == (11, 0, [])
        found = {family for family, _given in named(office).values()}
        assert found == {
            *("Total", "Total-Nzambi", "Totale", "Total Diallo", "Somme", "Grand", "Nom"),
            *("Nombre", "Sum", "Totals", "Moyenne"),
        }

    def test_what_is_skipped_is_named_with_its_reason(self, office: Office, tmp_path: Path) -> None:
        headers = ("Nom", "Prénom", "N° de référence individuel", "Date de la lettre", "Ville")
        rows: list[tuple[Any, ...]] = [
            headers,
            ("Roy", "Léa", "C1000001", date(2024, 9, 2), "Laval"),
            (None,) * 5,
            headers,
            ("Suite de la liste",),
            ("Diop", "Aya", "C1000002", date(2024, 9, 2), None),
            ("Total", None, 2, None, None),
            ("Total général", None, None, "2 personnes", None),
            ("Total", "Anne", "C1000003", date(2024, 9, 2), None),
        ]
        done = import_file(office, sheet_of(tmp_path / "liste.xlsx", rows))
        assert (done.counts.new, done.counts.skipped) == (3, 5)
        assert done.preview.skipped == (
            ("Liste", 3, "blank"),
            ("Liste", 4, "header"),
            ("Liste", 5, "single"),
            ("Liste", 7, "total"),
            ("Liste", 8, "total"),
        )
        assert skipped_text(done.preview.skipped) == (
            "2 totals (rows 7, 8), 1 header once more (row 4), 1 row of one cell (row 5),"
            " 1 empty row"
        )

    def test_the_same_file_once_more_is_answered_with_what_was_left_out(
        self, office: Office, tmp_path: Path
    ) -> None:
        headers = ("Nom", "N° de référence individuel", "Date de la lettre", "Ville", "Vide")
        rows = [
            headers,
            ("Roy", "C1000001", date(2024, 9, 2), "Laval", None),
            ("Total", None, 1, None, None),
        ]
        path = sheet_of(tmp_path / "liste.xlsx", rows)
        first = import_file(office, path).preview
        again = imports.open_file(office, path, with_rows=False)
        assert again.stands_since is not None
        assert again.skipped == first.skipped == (("Liste", 3, "total"),)
        assert again.sheets[0].parsed.fates == first.sheets[0].parsed.fates


class TestFates:
    def test_every_column_is_answered(self, office: Office, tmp_path: Path) -> None:
        rows = [
            ("Nom", "N° de référence individuel", "Date de la lettre", "Ville", "Employeur", None),
            ("Roy", "C1000001", date(2024, 9, 2), "Laval", None, "x"),
        ]
        done = import_file(office, sheet_of(tmp_path / "liste.xlsx", rows))
        assert [tuple(fate) for fate in done.preview.sheets[0].parsed.fates] == [
            (0, "Nom", "family_name", "taken"),
            (1, "N° de référence individuel", "individual_reference", "taken"),
            (2, "Date de la lettre", "letter_date", "taken"),
            (3, "Ville", None, "archived"),
            (4, "Employeur", None, "ignored"),
            (5, "", None, "archived"),
        ]
        assert not done.preview.loses_columns

    def test_a_column_far_to_the_right_or_far_below_is_answered_too(
        self, office: Office, tmp_path: Path
    ) -> None:
        rows: list[tuple[Any, ...]] = [("Nom", "N° de référence individuel", "Date de la lettre")]
        rows += [("Roy", f"C{1000001 + n}", date(2024, 9, 2)) for n in range(70)]
        rows[-1] += (None, "à rappeler")
        done = import_file(office, sheet_of(tmp_path / "liste.xlsx", rows))
        assert tuple(done.preview.sheets[0].parsed.fates[-1]) == (4, "", None, "archived")

    def test_a_column_that_its_kind_of_list_cannot_hold_is_lost_and_not_in_silence(
        self, office: Office, tmp_path: Path
    ) -> None:
        rows = [
            ("Nom", "N° de référence individuel", "Date de la lettre", "Demande souhaitée"),
            ("Roy", "C1000001", date(2024, 9, 2), "permis d'études"),
        ]
        path = sheet_of(tmp_path / "liste.xlsx", rows)
        done = import_file(office, path)
        fate = done.preview.sheets[0].parsed.fates[3]
        assert tuple(fate) == (3, "Demande souhaitée", "wish", "archived")
        assert done.preview.loses_columns
        # Sent there by hand it is no other.
        mapping = {
            "Liste": imports.SheetMapping(
                {"family_name": 0, "individual_reference": 1, "letter_date": 2, "wish": 3}
            )
        }
        assert imports.open_file(office, path, mappings=mapping).loses_columns
        empty = [(*row[:3], None) for row in rows[1:]]
        path = sheet_of(tmp_path / "vide.xlsx", [rows[0], *empty])
        assert not imports.open_file(office, path).loses_columns

    def test_a_family_list_has_no_place_for_a_letter(self, office: Office, tmp_path: Path) -> None:
        import_file(office, FILES / "total.csv")
        rows = [
            (
                *("Réf. du requérant principal", "Lien", "Nom", "Prénom"),
                *("Lettre reçue le", "Adresse", "Représentant"),
            ),
            ("C2100001", "Enfant", "Total", "Léo", date(2024, 9, 2), "12, rue X", "Me Roy"),
        ]
        done = import_file(office, sheet_of(tmp_path / "famille.xlsx", rows))
        assert done.counts.new == 1
        fates = done.preview.sheets[0].parsed.fates
        assert [(f.column, f.field, f.fate) for f in fates[4:]] == [
            (4, "letter_received_date", "archived"),
            (5, "address", "archived"),
            (6, "representative", "archived"),
        ]
