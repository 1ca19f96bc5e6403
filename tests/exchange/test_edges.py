# SPDX-License-Identifier: Apache-2.0
"""Odd lists that sound: headers, repeated rows and words as other programs write them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from exchange_builders import HEADER, a_person, parsed_rows

from imp_plus_desktop.exchange.readers.text_tables import read_text
from imp_plus_desktop.exchange.values.dates import read_date


@pytest.mark.parametrize("between", [" / ", "\n", " - ", " | "])
def test_a_header_in_two_languages_throughout_is_found(between: str) -> None:
    english = ("Individual reference no.", "Surname", "Given name(s)", "Date of birth",
               "Country of citizenship", "Invitation letter date")  # fmt: skip
    header = [f"{fr}{between}{en}" for fr, en in zip(HEADER, english, strict=True)]
    sheet = parsed_rows(a_person(), header=header).sheets[0]
    assert (sheet.kind, len(sheet.columns), len(sheet.rows)) == ("people", 6, 1)


def test_a_header_of_two_rows_may_stand_again_at_the_top_of_each_page() -> None:
    band = ["Personne", None, None, None, None, "Lettre"]
    sheet = parsed_rows(HEADER, a_person(1), band, HEADER, a_person(2), header=band).sheets[0]
    assert sheet.header_row == 2
    assert ([row.row for row in sheet.rows], sheet.skipped_rows) == ([3, 6], (4, 5))


@pytest.mark.parametrize(
    "text", ["2023\u201103\u201107", "2023 03 07", "07\u201303\u20132023", "2023 3 7"]
)
def test_dates_with_other_hyphens_and_with_spaces_are_read(text: str) -> None:
    written = read_date(text)
    assert written is not None
    assert written.under("dmy", 2026) == date(2023, 3, 7)


@pytest.mark.parametrize("cell", ["CAN-ON", "Canada (Ontario)", "Canada - Ontario", "can-on"])
def test_a_province_may_stand_behind_its_country(cell: str) -> None:
    header: list[Any] = [*HEADER, "Pays de résidence"]
    row = parsed_rows([*a_person(), cell], header=header).sheets[0].rows[0]
    assert (row.values["residence_country"], row.values["residence_province"]) == ("CAN", "ON")
    assert row.issues == ()


def test_a_birth_to_come_is_told_once_at_the_letter() -> None:
    row = parsed_rows(a_person(birth=date(2030, 1, 1))).sheets[0].rows[0]
    assert [(i.column, i.code) for i in row.issues] == [("letter_date", "impossible_dates")]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Date of expiry (passport)", "passport_expiry"),
        ("Invitation letter sent on", "letter_date"),
        ("Letter receipt date", "letter_received_date"),
        ("Prov. de résidence", "residence_province"),
        ("Date d'obtention du CSQ", "csq_issue_date"),
        ("Statut d'immigration au Canada", "canada_status"),
        ("N°", None),
        ("Date (passeport)", None),
        ("Type de permis", None),
    ],
)
def test_a_header_of_another_office_is_understood_or_left_alone(
    header: str, field: str | None
) -> None:
    named = [h for h in HEADER if field != "letter_date" or "lettre" not in h]
    cells = [cell for h, cell in zip(HEADER, a_person(), strict=True) if h in named]
    sheet = parsed_rows([*cells, date(2023, 8, 21)], header=[*named, "Agent", header]).sheets[0]
    assert {f: c for f, c in sheet.column_index.items() if c > len(named)} == (
        {} if field is None else {field: len(named) + 1}
    )


def test_words_about_members_are_no_columns_of_a_list_of_people() -> None:
    header = [*HEADER, "Demande souhaitée", "Lien"]
    sheet = parsed_rows([*a_person(), "PTO 2", "voir note"], header=header).sheets[0]
    assert (sheet.kind, sheet.issues) == ("people", ())


@pytest.mark.parametrize(
    ("header", "field", "cell", "value"),
    [
        ("Province de résidence", "residence_province", "ON - Ontario", "ON"),
        ("Province de résidence", "residence_province", "CAN-ON", "ON"),
        ("Catégorie CSQ", "csq_category", "Skilled Worker (IQ)", "IQ"),
        ("Catégorie CSQ", "csq_category", "IQ: travailleur", "IQ"),
        ("Statut", "outcome", "Demande refusée", "refused"),
        ("Statut", "outcome", "Retrait", "withdrawn"),
        ("Statut au Canada", "canada_status", "PTPD", "worker"),
    ],
)
def test_a_word_of_another_office_becomes_its_code(
    header: str, field: str, cell: str, value: str
) -> None:
    row = parsed_rows([*a_person(), cell], header=[*HEADER, header]).sheets[0].rows[0]
    assert (row.values[field], row.issues) == (value, ())


def test_a_stray_quotation_mark_swallows_no_row() -> None:
    text = 'Nom;Note\nMor"eau;"Chloé\n"Roy";"a ""b"""\n'
    rows, _encoding, delimiter = read_text(text.encode())
    assert delimiter == ";"
    assert rows[1:] == [['Mor"eau', '"Chloé'], ["Roy", 'a "b"']]
