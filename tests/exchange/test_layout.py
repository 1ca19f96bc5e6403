# SPDX-License-Identifier: Apache-2.0
"""The list is found under titles and bands, by words in French and English."""

from __future__ import annotations

from typing import Any

import pytest
from exchange_builders import HEADER, VOCABULARY, a_person, in_memory, parsed

from imp_plus_desktop.exchange.columns.layout import Layout, SheetMapping, find_list, sketch
from imp_plus_desktop.exchange.sheets.sheets import Sheet
from imp_plus_desktop.exchange.values.vocabulary import LANGUAGES


def found(*rows: Any, mapping: SheetMapping | None = None, **about: Any) -> Layout:
    layout = find_list(Sheet("S", rows=tuple(map(tuple, rows)), **about), VOCABULARY, mapping)
    assert isinstance(layout, Layout), layout
    return layout


def fields_of(*headers: str) -> dict[str, int]:
    """What headers beside a name and a letter's date are taken for."""
    index = found(["Nom", "Date lettre", *headers], ["Roy", "2023-01-02", *("x" * len(headers))])
    return {k: c - 2 for k, c in index.index.items() if c > 1}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("field", [f for f in VOCABULARY.fields if f != "full_name"])
def test_each_header_that_the_program_writes_is_understood(field: str, lang: str) -> None:
    row = [VOCABULARY.header(name, lang) for name in ("letter_date", "family_name")]
    header = VOCABULARY.header(field, lang)
    row = [text for text in row if text != header] + [header]
    if field in ("principal_reference", "relation"):
        row.append(VOCABULARY.header("principal_reference", lang))
        row = list(dict.fromkeys(row))
    assert found(row, ["x"] * len(row)).index[field] == row.index(header)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("  Prénom\n", "given_names"),
        ("COURRIEL", "email"),
        ("Nº de passeport", "passport_number"),
        ("Numero de passeport", "passport_number"),
        ("Né(e) le", "birth_date"),
        ("Date de naissance (AAAA-MM-JJ)", "birth_date"),
        ("Date de naissance / Date of birth", "birth_date"),
        ("Citizenship | Citoyenneté", "citizenship"),
        ("Nationalité du candidat", "citizenship"),
        ("Catégorie du CSQ", "csq_category"),
        ("Date of brith", "birth_date"),
        ("Passport #", "passport_number"),
        ("Conjoint (Oui/Non)", "spouse"),
        ("Nb d’enfants", "children"),
        ("Reçue le", "received_at"),
        ("Lettre reçue le", "letter_received_date"),
        ("Statut", "outcome"),
        ("Statut au Canada", "canada_status"),
        ("Permis au", "permit_until"),
        ("Permis du", "permit_from"),
        ("PR filed on", "pr_filed_on"),
        ("État RP", "pr_state"),
    ],
)
def test_headers_are_understood_however_they_are_written(header: str, field: str) -> None:
    assert fields_of(header) == {field: 0}


@pytest.mark.parametrize(
    "header",
    [
        "Date de naissance de la mère", "N° d'offre", "Pays de naissance",
        "Courriel du représentant", "Âge", "Nom du requérant principal",
    ],
)  # fmt: skip
def test_a_header_that_only_looks_like_a_field_is_left_alone(header: str) -> None:
    assert fields_of(header) == {}


def test_the_header_stands_under_titles_and_a_row_of_bands() -> None:
    layout = found(
        ["Personnes invitées"],
        [],
        [None, "Personne", None, "Lettre d’invitation", None, "Passeport", None],
        ["N° de dossier", "Nom", "Prénom", "Date de la lettre", None, "N°", "Échéance"],
        ["C0001234567", "Roy", "Léa", "2023-01-02", None, "AB12345", "2030-01-01"],
        merged=((3, 1, 3, 2), (3, 5, 3, 6)),
    )
    assert layout.header_row == 4
    assert layout.index == {
        "file_number": 0, "family_name": 1, "given_names": 2, "letter_date": 3,
        "passport_number": 5, "passport_expiry": 6,
    }  # fmt: skip
    assert {m.field: m.reason for m in layout.columns}["passport_expiry"] == "band"


def test_a_header_merged_over_two_rows_is_seen() -> None:
    layout = found(
        ["Nom", "Prénom", "Date lettre", "CSQ", None],
        [None, None, None, "Délivré le", "Échéance"],
        ["Roy", "Léa", "2023-01-02", "2022-01-02", "2024-01-02"],
        merged=((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)),
    )
    assert layout.header_row in (1, 2)
    assert layout.index["family_name"] == 0
    assert layout.index["letter_date"] == 2


def test_values_tell_a_column_whose_header_says_nothing() -> None:
    people = [[f"Roy {n}", "2023-01-02", f"a{n}@example.org", f"C100000{n}"] for n in range(5)]
    layout = found(["Nom", "Date lettre", "Contact", "Clé"], *people)
    assert layout.index["email"] == 2
    assert layout.index["individual_reference"] == 3
    assert {m.reason for m in layout.columns if m.column > 1} == {"values"}


def test_a_column_of_names_with_commas_holds_both_names() -> None:
    layout = found(["Nom", "Date lettre"], ["ROY, Léa", "2023-01-02"], ["CÔTÉ, Jo", "2023-01-02"])
    assert layout.index["full_name"] == 0


def test_a_header_that_says_little_takes_its_meaning_from_the_column_before() -> None:
    header = [
        "Nom", "Date lettre", "Reçue le", "Passeport", "Échéance", "N° de demande PT",
        "Demande reçue le", "N° de permis", "Du", "Au",
    ]  # fmt: skip
    assert found(header, ["x"] * len(header)).index == {
        "family_name": 0, "letter_date": 1, "letter_received_date": 2, "passport_number": 3,
        "passport_expiry": 4, "application_number": 5, "received_at": 6, "permit_number": 7,
        "permit_from": 8, "permit_until": 9,
    }  # fmt: skip
    header = ["Nom", "Date lettre", "Lettre reçue le", "N° de demande PT", "Reçue le"]
    assert found(header, ["x"] * len(header)).index["received_at"] == 4


def test_a_family_list_names_its_principal() -> None:
    rows = [
        ["Réf. individuelle du requérant principal", "Lien", "Nom"],
        ["C1000001", "Enfant", "Roy"],
    ]
    assert found(*rows).kind == "family"
    rows = [["Réf. individuelle", "Lien de parenté", "Nom"], ["C1000001", "Enfant", "Roy"]]
    layout = found(*rows)
    assert layout.kind == "family"
    assert layout.index["principal_reference"] == 0


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([["Liste transmise par courriel"]], "no_list"),
        ([["Nom", "Prénom", "Date de naissance"], ["Roy", "Léa", "1990-01-01"]], "no_list"),
        ([["Date lettre", "Courriel"], ["2023-01-02", "a@example.org"]], "no_list"),
        ([HEADER], "no_rows"),
        ([], "no_list"),
    ],
)
def test_a_sheet_that_is_no_list_says_why(rows: list[list[str]], why: str) -> None:
    assert find_list(Sheet("S", rows=tuple(map(tuple, rows))), VOCABULARY) == why


def test_the_signature_knows_the_layout_in_any_order_of_columns() -> None:
    row = a_person()
    one, other = found(HEADER, row), found(["Titre"], HEADER[::-1], row[::-1])
    assert one.signature == other.signature
    assert one.signature != found((*HEADER, "Courriel"), [*row, "a@b.ca"]).signature


def test_the_user_may_correct_the_mapping() -> None:
    mapping = SheetMapping({"family_name": 1, "letter_date": 0}, header_row=2)
    layout = found(["?"], ["Un", "Deux"], ["2023-01-02", "Roy"], mapping=mapping)
    assert layout.header_row == 2
    assert layout.headers == {"letter_date": "Un", "family_name": "Deux"}


def test_a_list_without_headers_can_be_said_to_have_none() -> None:
    mapping = SheetMapping({"individual_reference": 0, "family_name": 1, "letter_date": 2}, 0)
    rows = (["C1000001", "Roy", "2023-01-02"], ["C1000002", "Diop", "2023-01-03"])
    sheet = parsed(in_memory(*rows), mappings={"Liste": mapping}).sheets[0]
    assert [row.row for row in sheet.rows] == [1, 2]
    assert sheet.rows[0].values["family_name"] == "Roy"


def test_a_column_without_a_header_is_offered_all_the_same() -> None:
    layout = found(["Nom", "Date lettre"], ["Roy", "2023-01-02", None, "Mali"])
    assert layout.unmapped == ((3, ""),)


def test_a_sheet_that_is_no_list_is_sketched_from_its_fullest_row() -> None:
    rows = (("Liste",), ("Clé", "Qui", "Quand"), ("C1000001", "Roy", "2023-01-02", "x"))
    seen = sketch(Sheet("S", rows=rows), VOCABULARY)
    assert (seen.header_row, dict(seen.headers)) == (2, {0: "Clé", 1: "Qui", 2: "Quand", 3: ""})
