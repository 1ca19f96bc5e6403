# SPDX-License-Identifier: Apache-2.0
"""Headers as offices, ministries, consultants and their programs write them, and what each is."""

from __future__ import annotations

import tomllib

import pytest
from exchange_builders import FILES, VOCABULARY, parsed_rows

from imp_plus_desktop.exchange.layout import Layout, find_list
from imp_plus_desktop.exchange.sheets import Sheet

TABLE = tomllib.loads((FILES / "headers.toml").read_text(encoding="utf-8"))
HEADERS: dict[str, list[str]] = TABLE["fields"]
NOT_OURS: list[str] = TABLE["not_ours"]


def mapped(header: str, *others: str) -> dict[str, int]:
    """The mapping of a list that has this header beside others."""
    row = (*others, header)
    filled = tuple("x" for _header in row)
    layout = find_list(Sheet("S", rows=(row, filled)), VOCABULARY)
    assert isinstance(layout, Layout), (header, layout)
    return layout.index


@pytest.mark.parametrize(
    ("header", "field"), [(text, field) for field, texts in HEADERS.items() for text in texts]
)
def test_a_header_is_understood_as_offices_write_it(header: str, field: str) -> None:
    names = ("Prénom",) if field == "family_name" else ("Nom", "Prénom")
    if field in ("given_names", "full_name"):
        names = () if field == "full_name" else ("Nom",)
    letter = () if field == "letter_date" else ("Date lettre",)
    others = (*names, *letter, "Ville")
    assert mapped(header, *others).get(field) == len(others), header


@pytest.mark.parametrize("header", NOT_OURS)
def test_a_header_of_something_else_is_left_alone(header: str) -> None:
    others = ("Nom", "Prénom", "Date lettre", "Ville")
    assert len(others) not in mapped(header, *others).values(), header
    assert len(others) not in mapped(header, "Full name", "Date lettre", "x", "Ville").values()


@pytest.mark.parametrize(
    "header", ["Courriel du représentant", "Contact d’urgence", "Employer e-mail"]
)
def test_the_look_of_values_says_nothing_about_someone_else(header: str) -> None:
    rows = [("Nom", "Date lettre", header)]
    rows += [("Roy", "2023-01-02", f"a{n}@example.org") for n in range(6)]
    layout = find_list(Sheet("S", rows=tuple(rows)), VOCABULARY)
    assert isinstance(layout, Layout)
    assert "email" not in layout.index


def test_the_columns_under_the_band_of_the_spouse_are_the_spouse_s() -> None:
    rows = (
        ("Requérant", None, None, "Conjoint", None, None, None),
        ("Nom", "Prénom", "Date lettre", "Nom", "Prénom", "DDN", "Courriel"),
        ("Roy", "Léa", "2023-01-02", "Roy", "Jo", "1990-01-02", "a@example.org"),
    )
    layout = find_list(Sheet("S", rows=rows, merged=((1, 0, 1, 2), (1, 3, 1, 6))), VOCABULARY)
    assert isinstance(layout, Layout)
    assert layout.index == {"family_name": 0, "given_names": 1, "letter_date": 2}


def test_a_list_is_found_by_what_its_headers_mean() -> None:
    rows = (("Liste du 3 mars", None), ("Worker name", "Ltr date"), ("Roy, Léa", "2023-01-02"))
    layout = find_list(Sheet("S", rows=rows), VOCABULARY)
    assert isinstance(layout, Layout)
    assert layout.header_row == 2
    assert {match.reason for match in layout.columns} == {"words"}


def test_a_band_of_figures_above_the_list_is_not_its_header() -> None:
    rows = (
        ("Statut", "Nombre d'enfants", "Courriel", "Pays de résidence"),
        ("En cours", "3", "a@example.org", "Mali"),
        ("Nom", "Date lettre", "Ville"),
        ("Roy", "2023-01-02", "Lyon"),
    )
    layout = find_list(Sheet("S", rows=rows), VOCABULARY)
    assert isinstance(layout, Layout)
    assert layout.header_row == 3


FRENCH = ("Réf. individuelle", "Nom", "Prénom", "Date de naissance", "Date de la lettre")
ENGLISH = ("Individual reference", "Surname", "Given names", "Date of birth", "Letter date")
SOMEONE = ["C1000001", "Moreau", "Chloé", "1990-12-15", "2023-08-20"]


@pytest.mark.parametrize(("first", "second"), [(FRENCH, ENGLISH), (ENGLISH, FRENCH)])
def test_a_second_row_of_headers_in_the_other_language_is_skipped(
    first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    sheet = parsed_rows(second, SOMEONE, [], second, SOMEONE, header=first).sheets[0]
    assert sheet.skipped_rows == (2, 4, 5)
    assert [row.row for row in sheet.rows] == [3, 6]


def test_a_person_whose_name_is_a_header_s_word_is_still_a_person() -> None:
    someone = ["C1000001", "Nom", "Prénom", "?", "?"]
    sheet = parsed_rows(SOMEONE, someone, header=FRENCH).sheets[0]
    assert len(sheet.rows) == 2


def test_headers_as_a_scanner_misreads_them_are_understood() -> None:
    misread = ("Réf. indiv1duelle", "N0m", "Prén0m", "Date de na1ssance", "Date de la 1ettre")
    sheet = parsed_rows(SOMEONE, header=misread).sheets[0]
    assert list(sheet.columns) == [
        "individual_reference", "family_name", "given_names", "birth_date", "letter_date",
    ]  # fmt: skip
    assert mapped("R206", "Nom", "Date lettre") == {"family_name": 0, "letter_date": 1, "r206": 2}
