# SPDX-License-Identifier: Apache-2.0
"""Headers as offices, ministries, consultants and their programs write them, and what each is."""

from __future__ import annotations

import tomllib

import pytest
from exchange_builders import FILES, VOCABULARY, parsed_rows

from imp_plus_desktop.exchange.columns.layout import Layout, find_list
from imp_plus_desktop.exchange.sheets.sheets import Sheet

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


@pytest.mark.parametrize("field", HEADERS)
def test_a_header_is_understood_as_offices_write_it(field: str) -> None:
    names = {"family_name": ["Prénom"], "given_names": ["Nom"], "full_name": []}
    letter = [] if field == "letter_date" else ["Date lettre"]
    others = (*names.get(field, ["Nom", "Prénom"]), *letter, "Ville")
    found = {header: mapped(header, *others).get(field) for header in HEADERS[field]}
    assert found == dict.fromkeys(HEADERS[field], len(others))


@pytest.mark.parametrize("others", [("Nom", "Prénom"), ("Full name", "x")])
def test_a_header_of_something_else_is_left_alone(others: tuple[str, ...]) -> None:
    beside = (*others, "Date lettre", "Ville")
    taken = {header: mapped(header, *beside) for header in NOT_OURS}
    assert [header for header, index in taken.items() if len(beside) in index.values()] == []


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
    assert layout.index == {
        "family_name": 0, "given_names": 1, "letter_date": 2,
        "spouse_family_name": 3, "spouse_given_names": 4, "spouse_birth_date": 5,
    }  # fmt: skip


def test_a_header_of_the_person_s_again_behind_a_member_s_is_the_member_s() -> None:
    headers = ("Nom", "Prénom", "Date de naissance", "Date lettre", "Nom du conjoint",
               "Date de naissance", "Nom de l'enfant", "Date de naissance", "Nom de l'enfant",
               "Date de naissance", "Courriel", "Citoyenneté")  # fmt: skip
    layout = find_list(Sheet("S", rows=(headers, ("x",) * len(headers))), VOCABULARY)
    assert isinstance(layout, Layout)
    assert layout.index == {
        "family_name": 0, "given_names": 1, "birth_date": 2, "letter_date": 3,
        "spouse_family_name": 4, "spouse_birth_date": 5,
        "child_1_family_name": 6, "child_1_birth_date": 7,
        "child_2_family_name": 8, "child_2_birth_date": 9,
        "email": 10, "citizenship": 11,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [(("Oui", "Non", "X"), "spouse"), (("Roy, Jo", "Non", "Traoré, Awa"), "spouse_full_name")],
)
def test_a_column_of_the_spouse_is_told_by_what_it_holds(
    values: tuple[str, ...], field: str
) -> None:
    rows = [("Nom", "Date lettre", "Conjoint")] + [("Roy", "2023-01-02", v) for v in values]
    layout = find_list(Sheet("S", rows=tuple(rows)), VOCABULARY)
    assert isinstance(layout, Layout)
    assert layout.index[field] == 2


@pytest.mark.parametrize(
    "header",
    ["Conjoint – courriel", "Enfant 1 âge", "Spouse – phone", "Enfant mineur", "Nom (employeur)"],
)
def test_what_the_register_does_not_keep_of_a_member_is_nothing_of_the_persons(header: str) -> None:
    assert 4 not in mapped(header, "Nom", "Prénom", "Date lettre", "Ville").values()


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


@pytest.mark.parametrize(
    "headers",
    [
        ("Principal applicant ID", "Relationship", "Last name", "First name", "DOB"),
        ("Réf. du principal", "Lien avec le principal", "Nom du membre", "Prénom du membre",
         "Date de naissance du membre"),
        ("PA ref", "Relationship to applicant", "Dependant surname", "Dependant given name",
         "Dependant DOB"),
        ("Réf. individuelle (RP)", "Lien", "Nom de l'enfant", "Prénom de l'enfant",
         "Date de naissance de l'enfant"),
        ("Requérant principal (réf.)", "Lien", "Membre - nom", "Membre - prénom", "Naissance"),
    ],
)  # fmt: skip
def test_a_family_list_may_say_whose_each_value_is(headers: tuple[str, ...]) -> None:
    rows = (headers, ("C1000001", "Enfant", "Roy", "Léa", "2015-02-14"))
    layout = find_list(Sheet("S", rows=rows), VOCABULARY)
    assert isinstance(layout, Layout)
    assert layout.kind == "family"
    assert layout.index == {
        "principal_reference": 0, "relation": 1, "family_name": 2, "given_names": 3,
        "birth_date": 4,
    }  # fmt: skip


def test_what_a_list_of_people_says_of_a_spouse_stays_the_spouse_s() -> None:
    headers = ("Réf. ind.", "Nom", "Date lettre", "Lien", "Nom du conjoint", "DDN du conjoint")
    layout = find_list(Sheet("S", rows=(headers, ("x",) * 6)), VOCABULARY)
    assert isinstance(layout, Layout)
    assert {"birth_date", "given_names"}.isdisjoint(layout.index)
    assert layout.index["family_name"] == 1


@pytest.mark.parametrize(
    "after",
    [
        ("Date de délivrance", "Date d'expiration"),
        ("Délivré le", "Expire le"),
        ("Issue date", "Expiry date"),
        ("Pays de délivrance", "Date de délivrance", "Date d'expiration"),
        ("Country of issue", "Place of issue", "Date of issue", "Date of expiry"),
    ],
)
def test_what_follows_a_passport_is_its_issue_and_its_expiry(after: tuple[str, ...]) -> None:
    row = ("Nom", "Date lettre", "N° de passeport", *after)
    layout = find_list(Sheet("S", rows=(row, ("x",) * len(row))), VOCABULARY)
    assert isinstance(layout, Layout)
    places = (layout.index["passport_issue_date"], layout.index["passport_expiry"])
    assert places == (len(row) - 2, len(row) - 1)


def test_the_expiry_may_stand_before_the_issue() -> None:
    row = ("Nom", "Date lettre", "Passeport", "Échéance", "Délivré le", "Ville", "Expire le")
    layout = find_list(Sheet("S", rows=(row, ("x",) * len(row))), VOCABULARY)
    assert isinstance(layout, Layout)
    assert (layout.index["passport_expiry"], layout.index["passport_issue_date"]) == (3, 4)
    assert 6 not in layout.index.values(), "what stands behind the town says nothing"
