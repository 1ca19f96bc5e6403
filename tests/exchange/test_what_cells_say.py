# SPDX-License-Identifier: Apache-2.0
"""Countries, places and births of cells: what is meant, what is kept in part, and what is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from exchange_builders import FILES, HEADER, TODAY, VOCABULARY, WINDOW, a_person, parsed_rows

from imp_plus_desktop.exchange.lists.drafts import ParsedFile, ParsedRow
from imp_plus_desktop.exchange.lists.importing import parse
from imp_plus_desktop.exchange.readers.reader import read_workbook
from imp_plus_desktop.exchange.values.partial_dates import read_partly
from imp_plus_desktop.exchange.values.values import ValueReader

PLACES = (*HEADER, "Pays de résidence", "Province de résidence")


def parsed_file(name: str) -> ParsedFile:
    book = read_workbook(FILES / name)
    return parse(book, vocabulary=VOCABULARY, today=TODAY, window=WINDOW)


def row_of(birth: Any = date(1990, 12, 15), citizenship: Any = "France") -> ParsedRow:
    return parsed_rows(a_person(birth=birth, citizenship=citizenship)).sheets[0].rows[0]


def told(row: ParsedRow) -> list[tuple[str, str, str]]:
    return [(issue.column, issue.code, issue.severity) for issue in row.issues]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("France / Maroc", "FRA", "MAR"),
        ("Liban (et France)", "LBN", "FRA"),
        ("Maroc-France", "MAR", "FRA"),
        ("Canadian and Lebanese", "CAN", "LBN"),
        ("Franco-marocaine", "FRA", "MAR"),
        ("canado-libanaise", "CAN", "LBN"),
        ("Algérie\nFrance", "DZA", "FRA"),
        ("Haïti & Canada", "HTI", "CAN"),
        ("Soudan / Soudan du Sud", "SDN", "SSD"),
        ("Guinée et Guinée équatoriale", "GIN", "GNQ"),
        ("Ireland, Northern Ireland", "IRL", "GBR"),
        ("Algérie / Algeria", "DZA", None),
        ("Guinée-Bissau", "GNB", None),
        ("Trinité-et-Tobago", "TTO", None),
        ("Sud-Coréenne", "KOR", None),
        ("MAR - Maroc", "MAR", None),
        ("Marocain(e)", "MAR", None),
        ("Congolais (RDC)", "COD", None),
    ],
)
def test_a_second_citizenship_is_kept_as_a_second_one(
    text: str, first: str, second: str | None
) -> None:
    row = row_of(citizenship=text)
    assert (row.values["citizenship"], row.values.get("second_citizenship")) == (first, second)
    assert told(row) == []


@pytest.mark.parametrize(
    ("text", "kept", "left_out"),
    [
        ("Liban (France)", "LBN", "France"),
        ("France, Syldavie", "FRA", "Syldavie"),
        ("France / Maroc / Liban", "FRA", "Liban"),
        ("Maroc [Casablanca]", "MAR", "Casablanca"),
    ],
)
def test_what_stands_beside_a_country_and_is_not_kept_is_said(
    text: str, kept: str, left_out: str
) -> None:
    row = row_of(citizenship=text)
    assert row.values["citizenship"] == kept
    assert told(row) == [("citizenship", "partly_read", "warning")]
    assert row.issues[0].parameters["left_out"] == left_out


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("Congo", "COD,COG"),
        ("Congolaise", "COD,COG"),
        ("Dominican", "DMA,DOM"),
        ("Corée", "KOR,PRK"),
        ("Saint-Martin", "MAF,SXM"),
        ("Réfugié", "XXB,XXC"),
        ("Congo / France", "COD,COG"),
        ("Syldavie", None),
        ("Syldavie / France", None),
        ("Afro-américaine", None),
    ],
)
def test_a_word_of_two_countries_is_left_out_and_names_both(text: str, between: str | None) -> None:
    row = row_of(citizenship=text)
    assert "citizenship" not in row.values
    assert told(row) == [("citizenship", "unknown_country", "warning")]
    assert row.issues[0].parameters.get("between") == between


def test_a_list_of_countries_as_the_offices_write_them_is_read_whole() -> None:
    parsed = parsed_file("pays.csv")
    assert [told(row) for row in parsed.sheets[0].rows if row.issues] == []
    found = [
        (row.values["citizenship"], row.values.get("second_citizenship"))
        for row in parsed.sheets[0].rows
    ]
    one = ["KOR", "PRK", "COD", "COD", "COG", "IRN", "TZA", "VEN", "HKG", "COD", "COD", "IRN"]
    one += ["GBR", "GBR", "HKG", "PSE", "PSE", "XXA", "XXA", "XXA"]
    two = [("FRA", "MAR"), ("FRA", "MAR"), ("LBN", "FRA"), ("GBN", None)]
    assert found == [*((code, None) for code in one), *two]


@pytest.mark.parametrize(
    ("country", "province", "kept", "code"),
    [
        ("Québec, Canada", None, ("CAN", "QC"), "lives_in_quebec"),
        ("Canada, Ontario", None, ("CAN", "ON"), None),
        ("Ontario (Canada)", None, ("CAN", "ON"), None),
        ("CA-ON", None, ("CAN", "ON"), None),
        ("QC", None, ("CAN", "QC"), "lives_in_quebec"),
        ("PE", None, ("PER", None), None),
        ("Montréal (Québec)", None, ("CAN", "QC"), "partly_read"),
        ("Toronto, ON, Canada", None, ("CAN", "ON"), "partly_read"),
        ("France", "Québec", ("FRA", "QC"), "residence_contradiction"),
        ("France (Québec)", None, ("FRA", "QC"), "residence_contradiction"),
        ("R.-U.", None, ("GBR", None), None),
        ("Apatride", None, (None, None), "unknown_country"),
        ("France / Maroc", None, (None, None), "unknown_country"),
    ],
)
def test_where_somebody_lives_is_read_however_it_is_ordered(
    country: str, province: str | None, kept: tuple[str | None, str | None], code: str | None
) -> None:
    row = parsed_rows([*a_person(), country, province], header=PLACES).sheets[0].rows[0]
    values = row.values
    assert (values.get("residence_country"), values.get("residence_province")) == kept
    codes = {issue.code for issue in row.issues}
    assert codes >= ({code} if code else set())
    assert not codes or code


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("1985-00-00", "1985"),
        ("1985", "1985"),
        (1985, "1985"),
        (1985.0, "1985"),
        ("00/00/1985", "1985"),
        ("**/**/1985", "1985"),
        ("1985-**-**", "1985"),
        ("XX/XX/1985", "1985"),
        ("??.??.1985", "1985"),
        ("19850000", "1985"),
        ("1985-03-00", "1985-03"),
        ("00/03/1985", "1985-03"),
        ("XX/03/1985", "1985-03"),
        ("19850300", "1985-03"),
        ("1985-03", "1985-03"),
        ("03/1985", "1985-03"),
        ("mars 1985", "1985-03"),
        ("juil. 1985", "1985-07"),
        ("00 mars 1985", "1985-03"),
        ("March, 1985", "1985-03"),
        ("15/**/1985", "1985"),
    ],
)
def test_a_birth_known_in_part_is_kept_as_it_is_known_and_the_row_goes_in(
    written: Any, known: str
) -> None:
    row = row_of(birth=written)
    assert told(row) == [("birth_date", "partly_known", "warning")]
    assert (row.values.get("birth_date"), row.values["birth_known"]) == (None, known)
    assert row.effect == "ok"


@pytest.mark.parametrize(
    "written",
    ["1985-02-30", "1404-02-15", "2568-02-15", "29/02/1985",
     "**/**/****", "1985-13", "13/1985", "2027", "85", "1985-00-00 env."],
)  # fmt: skip
def test_a_birth_that_cannot_be_read_rejects_its_row(written: str) -> None:
    row = row_of(birth=written)
    assert told(row) == [("birth_date", "bad_date", "error")]
    assert not {"birth_date", "birth_known"} & row.values.keys()


def test_which_of_two_places_is_the_month_is_said_by_the_order() -> None:
    assert read_partly("03/00/1985", "mdy") == "1985-03"
    assert read_partly("03/00/1985", "dmy") == "1985"
    assert read_partly("00/03/1985", "dmy") == "1985-03"
    assert read_partly("03/04/1985", "dmy") is None


def test_other_days_are_known_whole_or_not_at_all() -> None:
    reader = ValueReader(VOCABULARY, TODAY)
    assert reader.read("csq_issue_date", "1985-00-00", "dmy").code == "bad_date"


def test_a_birth_that_can_only_be_after_the_letter_rejects_its_row() -> None:
    row = parsed_rows(a_person(birth="2023-09", letter=date(2023, 8, 20))).sheets[0].rows[0]
    assert ("letter_date", "impossible_dates", "error") in told(row)
    assert row_of(birth="2023").effect == "ok"


def test_births_of_a_list_are_kept_as_they_are_known() -> None:
    rows = parsed_file("naissances.csv").sheets[0].rows
    partly = {row.values.get("birth_known") for row in rows[:6]}
    assert partly == {"1985"}
    kept = {r.values["given_names"]: r.values.get("birth_known") for r in rows if r.effect == "ok"}
    assert (kept["Onze"], kept["Douze"], kept["Dix"]) == ("1985-07", "1985-07", None)


IDENTIFIERS = (*HEADER, "IUC", "N° de passeport", "Téléphone")


@pytest.mark.parametrize(
    ("uci", "kept"),
    [
        ("1234567890.0", "1234567890"),
        (1234567890.0, "1234567890"),
        ("'01234567", "01234567"),
        ('="0123456789"', "0123456789"),
        ("=“0123456789”", "0123456789"),
        ("1,234567890E+09", "1234567890"),
        ("1.234567890E+09", "1234567890"),
        ("1,234,567,890", "1234567890"),
        ("1'234'567'890", "1234567890"),
        ("12\u00a03456\u202f7890", "1234567890"),
        ("１２３４５６７８", "12345678"),
        ("1234 5678\u200b", "12345678"),
    ],
)
def test_a_number_that_a_spreadsheet_spoilt_is_the_number_meant(uci: Any, kept: str) -> None:
    row = parsed_rows([*a_person(), uci, None, None], header=IDENTIFIERS).sheets[0].rows[0]
    assert (row.values["uci"], told(row)) == (kept, [])


@pytest.mark.parametrize("uci", ["1.23457E+09", "5,14E+09", "1E+09", 1234567890123456.0])
def test_a_number_of_which_digits_are_lost_is_an_error(uci: Any) -> None:
    row = parsed_rows([*a_person(), uci, None, None], header=IDENTIFIERS).sheets[0].rows[0]
    assert told(row) == [("uci", "digits_lost", "error")]


def test_passports_and_telephones_are_given_back_as_they_were_typed() -> None:
    cells = [("'00123", "'514-555-0100"), ('="00123456"', "5,145550100E+09")]
    cells += [("2E345678", "+1 514 555-0100"), (12345678.0, 5145550100.0)]
    rows = [[*a_person(n), None, *pair] for n, pair in enumerate(cells)]
    found = parsed_rows(*rows, header=IDENTIFIERS).sheets[0].rows
    assert [row.values["passport_number"] for row in found] == [
        "00123",
        "00123456",
        "2E345678",
        "12345678",
    ]
    assert [row.values["phone"] for row in found] == [
        "514-555-0100",
        "5145550100",
        "+1 514 555-0100",
        "5145550100",
    ]
    assert [told(row) for row in found] == [[]] * 4


def test_a_telephone_of_which_digits_are_lost_is_left_out_and_said() -> None:
    row = parsed_rows([*a_person(), None, None, "5,14555E+09"], header=IDENTIFIERS)
    (only,) = row.sheets[0].rows
    assert (told(only), only.effect) == ([("phone", "digits_lost", "warning")], "ok")
    assert "phone" not in only.values


def test_one_uci_of_two_references_is_the_number_of_another_person() -> None:
    rows = [[*a_person(1), "0123456789", None, None], [*a_person(2), "123456789", None, None]]
    found = parsed_rows(*rows, header=IDENTIFIERS)
    assert [(i.row, i.column, i.code, i.severity) for i in found.issues] == [
        (3, "uci", "identifier_taken", "error")
    ]
    assert found.issues[0].parameters["first_row"] == 2


@pytest.mark.parametrize("cell", ["N/D", "n/a", "s.o.", "Inconnu", "AUCUN", "?", "à venir", "0"])
def test_a_word_in_place_of_a_value_is_none(cell: str) -> None:
    header = [*HEADER, "IUC", "N° de passeport", "N° de permis", "Téléphone"]
    found = parsed_rows(
        [*a_person(1), cell, cell, cell, cell],
        [*a_person(2), cell, cell, cell, cell],
        header=header,
    )
    for row in found.sheets[0].rows:
        assert {"uci", "passport_number", "permit_number", "phone"}.isdisjoint(row.values)
        assert told(row) == [
            (name, "no_value", "warning")
            for name in ("uci", "passport_number", "permit_number", "phone")
        ]


@pytest.mark.parametrize("cell", ["-", "—", " - "])
def test_a_dash_alone_is_an_empty_cell(cell: str) -> None:
    found = parsed_rows([*a_person(citizenship=cell), cell], header=[*HEADER, "IUC"])
    (row,) = found.sheets[0].rows
    assert {"uci", "citizenship"}.isdisjoint(row.values)
    assert told(row) == []


@pytest.mark.parametrize("country", ["s.o.", "n/a", "N.A."])
def test_no_country_is_read_from_a_word_that_says_that_there_is_none(country: str) -> None:
    row = row_of(citizenship=country)
    assert "citizenship" not in row.values
    assert told(row) == [("citizenship", "no_value", "warning")]


@pytest.mark.parametrize("birth", ["inconnue", "N/D", "n/a", "—", "à préciser"])
def test_a_birth_that_nobody_knows_is_an_empty_one(birth: str) -> None:
    row = row_of(birth=birth)
    assert "birth_date" not in row.values
    assert (told(row), row.effect) == ([], "ok")
