# SPDX-License-Identifier: Apache-2.0
"""The letters of a list on their way into the register: read as chosen, garbled ones offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from new_registers import new_office
from office_builders import FILES, a_book, a_row

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import import_drafts, import_letters, import_source, imports
from imp_plus_desktop.services.imports.imports import Choices, Preview
from imp_plus_desktop.services.imports.sides import past_rows
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive.known_people import known_people

GARBLED = FILES / "letters-already-garbled.csv"
MIXED = FILES / "utf8-with-one-latin1-row.csv"
HEADER = "N° de référence individuel;Nom;Prénom;Citoyenneté;Date de la lettre"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office of a day after all these lists."""
    opened = new_office(tmp_path / "letters.imp", date(2026, 11, 20))
    yield opened
    opened.close()


def names(office: Office) -> list[tuple[str | None, str | None]]:
    people = known_people(office.register)
    return [(person.family_name, person.given_names) for person in people]


def bring_in(office: Office, path: Path, **choices: Any) -> Preview:
    preview = imports.open_file(office, path, **choices)
    assert imports.commit(office, preview).act is not None
    return preview


def issues(preview: Preview) -> list[tuple[int, str, str, str, object]]:
    return [
        (i.row, i.column, i.code, i.severity, i.parameters.get("likely")) for i in preview.issues
    ]


def a_text(path: Path, *rows: str, encoding: str = "utf-8", header: str = HEADER) -> Path:
    path.write_bytes(("\r\n".join([header, *rows]) + "\r\n").encode(encoding))
    return path


def test_garbled_letters_go_in_as_they_are_and_are_said(office: Office) -> None:
    preview = bring_in(office, GARBLED)
    assert names(office) == [("BÃ©langer", "Ã‰lodie")]
    assert issues(preview) == [
        (2, "family_name", "garbled_text", "warning", "Bélanger"),
        (2, "given_names", "garbled_text", "warning", "Élodie"),
    ]
    assert import_letters.garbled(preview) == import_letters.GarbledLetters(
        2, "BÃ©langer", "Bélanger", "cp1252", repaired=False
    )


def test_garbled_letters_are_put_right_for_all_cells_where_it_is_asked(office: Office) -> None:
    preview = bring_in(office, GARBLED, repair_letters=True)
    assert names(office) == [("Bélanger", "Élodie")]
    assert issues(preview) == []
    assert import_letters.garbled(preview) == import_letters.GarbledLetters(
        2, "BÃ©langer", "Bélanger", "cp1252", repaired=True
    )
    again = imports.open_file(office, GARBLED)
    assert (again.counts.unchanged, again.counts.updated) == (1, 0)
    back = imports.open_file(office, GARBLED, repair_letters=False)
    assert [issue.code for issue in back.issues] == ["garbled_text", "garbled_text"]


def test_the_archive_keeps_what_the_file_holds(office: Office) -> None:
    act = imports.commit(office, imports.open_file(office, GARBLED, repair_letters=True)).act
    assert act is not None
    place = ("letters-already-garbled", 2)
    cells, mended = past_rows.archived_rows(office, act, [place])[place]
    assert cells[1:3] == ("BÃ©langer", "Ã‰lodie")
    assert mended == {"family_name": "Bélanger", "given_names": "Élodie"}
    assert past_rows.read_again(office, act, [place])[place].values["family_name"] == "Bélanger"
    reopened = imports.reopen(office, act)
    assert reopened.choices.repairs == (import_letters.GARBLED_LETTERS,)
    assert [row.values["family_name"] for s in reopened.sheets for row in s.rows] == ["Bélanger"]


def test_a_workbook_is_repaired_like_a_text(office: Office, tmp_path: Path) -> None:
    rows = [a_row(1, family_name="BÃ©langer", citizenship="AlgÃ©rie"), a_row(2)]
    path = a_book(tmp_path / "a.xlsx", {"Liste": rows})
    before = imports.open_file(office, path)
    assert [(i.column, i.code) for i in before.issues] == [
        ("family_name", "garbled_text"),
        ("citizenship", "garbled_text"),
    ]
    assert "citizenship" not in before.sheets[0].rows[0].values
    after = imports.open_file(office, path, repair_letters=True)
    values = after.sheets[0].rows[0].values
    assert (values["family_name"], values["citizenship"]) == ("Bélanger", "DZA")
    assert after.issues == ()


def test_garbled_headers_are_understood_though_nothing_is_repaired(
    office: Office, tmp_path: Path
) -> None:
    garbled = HEADER.encode().decode("cp1252")
    path = a_text(tmp_path / "a.csv", "C1000001;Roy;Luc;France;2024-03-15", header=garbled)
    preview = bring_in(office, path)
    assert names(office) == [("Roy", "Luc")]
    assert preview.issues == ()
    assert import_letters.garbled(preview) is None


def test_a_date_in_garbled_letters_is_an_error_that_names_its_cause(
    office: Office, tmp_path: Path
) -> None:
    path = a_text(tmp_path / "a.csv", "C1000001;BÃ©langer;Luc;France;3 fÃ©vrier 2024")
    preview = imports.open_file(office, path)
    assert preview.counts.rejected == 1
    assert ("letter_date", "garbled_text", "error") in [
        (i.column, i.code, i.severity) for i in preview.issues
    ]
    assert imports.open_file(office, path, repair_letters=True).counts.new == 1


def test_what_a_person_mends_in_a_garbled_cell_counts_over_its_repair(office: Office) -> None:
    preview = imports.open_file(office, GARBLED, repair_letters=True)
    mend = imports.Repair("family_name", "Boulanger", "letters-already-garbled", 2)
    choices = replace(preview.choices, repairs=(*preview.choices.repairs, mend))
    planned = imports.plan_source(office, preview.source, choices)
    (row,) = planned.sheets[0].rows
    assert (row.values["family_name"], row.values["given_names"]) == ("Boulanger", "Élodie")


def test_a_cell_of_another_encoding_goes_in_right_and_is_said(office: Office) -> None:
    preview = bring_in(office, MIXED)
    assert issues(preview) == [
        (52, "family_name", "mixed_encoding", "warning", "Côté"),
        (52, "given_names", "mixed_encoding", "warning", "Renée"),
    ]
    assert ("Côté", "Renée") in names(office)
    assert names(office).count(("Bélanger", "Élodie")) == 50


def test_lost_letters_are_said(office: Office, tmp_path: Path) -> None:
    path = a_text(tmp_path / "a.csv", "C1000001;B\ufffdlanger;Luc;France;2024-03-15")
    assert issues(imports.open_file(office, path)) == [
        (2, "family_name", "lost_letters", "warning", "")
    ]


def test_a_full_name_with_garbled_letters_is_said_at_the_family_name(
    office: Office, tmp_path: Path
) -> None:
    header = HEADER.replace("Nom;Prénom", "NOM, Prénom")
    path = a_text(tmp_path / "a.csv", "C1000001;BÃ©langer, Luc;France;2024-03-15", header=header)
    (issue,) = imports.open_file(office, path).issues
    assert (issue.column, issue.cell, issue.code) == ("family_name", "B2", "garbled_text")


def test_the_choice_of_an_encoding_stays_with_the_file(office: Office, tmp_path: Path) -> None:
    path = a_text(tmp_path / "a.csv", "C1000001;Doğan;Ali;France;2024-03-15", encoding="cp1254",
                  header=HEADER)  # fmt: skip
    guessed = imports.open_file(office, path)
    assert guessed.parsed.encoding == "cp1252"
    assert guessed.sheets[0].rows[0].values["family_name"] == "Doðan"
    bring_in(office, path, encoding="cp1254")
    assert names(office) == [("Doğan", "Ali")]
    for with_rows in (True, False):
        again = imports.open_file(office, path, with_rows=with_rows)
        assert (again.parsed.encoding, again.counts.unchanged) == ("cp1254", 1)
    renamed = tmp_path / "b.csv"
    renamed.write_bytes(path.read_bytes())
    assert imports.open_file(office, renamed, with_rows=False).counts.unchanged == 1
    other = imports.open_file(office, path, encoding="cp1252", with_rows=False)
    assert other.parsed.encoding == "cp1252"
    assert other.counts.unchanged == 0


def test_an_import_that_was_undone_still_tells_how_its_file_is_read(
    office: Office, tmp_path: Path
) -> None:
    path = a_text(tmp_path / "a.csv", "C1000001;Doğan;Ali;France;2024-03-15", encoding="cp1254")
    act = imports.commit(office, imports.open_file(office, path, encoding="cp1254")).act
    history.undo(office, act)
    assert imports.open_file(office, path).parsed.encoding == "cp1254"


def test_the_choice_of_a_separator_stays_with_the_file(office: Office, tmp_path: Path) -> None:
    header = HEADER.replace(";", "*")
    path = a_text(tmp_path / "a.csv", "C1000001*Roy, Luc*Ali*France*2024-03-15", header=header)
    bring_in(office, path, separator="*")
    assert names(office) == [("Roy, Luc", "Ali")]
    again = imports.open_file(office, path, with_rows=False)
    assert (again.parsed.delimiter, again.counts.unchanged) == ("*", 1)


def test_a_workbook_is_read_the_same_whatever_text_it_is_called(office: Office) -> None:
    path = FILES / "invitations-2023-fr.xlsx"
    asked = imports.open_file(office, path, encoding="cp437", separator="|")
    plain = imports.open_file(office, path)
    assert (asked.counts, asked.parsed.encoding, asked.parsed.delimiter) == (
        plain.counts, None, None,
    )  # fmt: skip


def test_an_encoding_that_cannot_be_is_refused(office: Office) -> None:
    with pytest.raises(ExchangeError) as caught:
        imports.open_file(office, GARBLED, encoding="utf-16")
    assert caught.value.code in ("wrong_encoding", "not_a_spreadsheet", "no_list")


def test_the_same_source_is_read_again_where_it_is_chosen_otherwise(office: Office) -> None:
    path = FILES / "excel-csv-msdos-cp850.csv"
    source = import_source.read(office, path)
    assert import_letters.accented_words(source) == (
        "BÉLANGER", "Élodie", "Côté", "René", "N°", "référence", "Prénom",
    )  # fmt: skip
    planned = imports.plan_source(office, source, Choices(encoding="cp437"))
    assert planned.source.workbook.encoding == "cp437"
    back = imports.plan_source(office, planned.source, Choices())
    assert back.source.workbook == source.workbook


def test_a_choice_waits_with_the_file_for_its_import(office: Office) -> None:
    source = import_source.read(office, GARBLED)
    choices = Choices(encoding="cp850", separator=";", repairs=(import_letters.GARBLED_LETTERS,))
    import_drafts.keep(office, source, choices)
    draft = import_drafts.of(office, source)
    assert draft is not None
    assert draft.choices == choices
