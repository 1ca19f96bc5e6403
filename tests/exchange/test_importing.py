# SPDX-License-Identifier: Apache-2.0
"""Rows become typed drafts; what is wrong has a code at its cell, and only errors reject."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from exchange_builders import (
    HEADER,
    TODAY,
    a_person,
    in_memory,
    issues_of,
    parsed,
    parsed_rows,
)  # fmt: skip

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.sheets.sheets import Sheet, Workbook


def one(header: str, value: Any, **person: Any) -> tuple[Any, list[tuple[str, str]]]:
    """The row's values and its (field, code) pairs, with one more column."""
    file = parsed_rows([*a_person(**person), value], header=(*HEADER, header))
    row = file.sheets[0].rows[0]
    return row.values, [(i.column, i.code) for i in row.issues]


@pytest.mark.parametrize(
    ("header", "field", "cell", "value"),
    [
        ("Sexe", "sex", "H", "M"),
        ("Sexe", "sex", "Femme", "F"),
        ("Sex", "sex", "x", "X"),
        ("Pays de résidence", "residence_country", "Viêt Nam", "VNM"),
        ("Pays de résidence", "residence_country", "Côte d’Ivoire", "CIV"),
        ("Pays de résidence", "residence_country", "États-Unis", "USA"),
        ("Country of residence", "residence_country", "South Korea", "KOR"),
        ("Conjoint", "spouse", "Oui", True),
        ("Conjoint", "spouse", "X", True),
        ("Conjoint", "spouse", "n", False),
        ("Conjoint", "spouse", False, False),
        ("Conjoint", "spouse", 1, True),
        ("Nombre d'enfants", "children", 2, 2),
        ("Nombre d'enfants", "children", "3", 3),
        ("Catégorie CSQ", "csq_category", "iw", "IW"),
        ("Catégorie CSQ", "csq_category", "Aucun", "none"),
        ("CSQ category", "csq_category", "none", "none"),
        ("Catégorie CSQ", "csq_category", "Gens d’affaires", "business"),
        ("Catégorie CSQ", "csq_category", "Regroupement familial", "family"),
        ("Catégorie CSQ", "csq_category", "IQ - Travailleur qualifié", "IQ"),
        ("État RP", "pr_state", "en traitement", "in_process"),
        ("PR status", "pr_state", "Not filed", "not_filed"),
        ("Statut au Canada", "canada_status", "Étudiante", "student"),
        ("Statut", "outcome", "Refusée", "refused"),
        ("Statut", "outcome", "Annulée, plafond atteint", "cancelled_over_cap"),
        ("Courriel", "email", " a.b@example.org ", "a.b@example.org"),
        ("IUC", "uci", "12-3456-7890", "12-3456-7890"),
        ("N° de demande PT", "application_number", " w123 456 789", "W123456789"),
        ("N° de permis", "permit_number", "u123456789", "U123456789"),
        ("N° de passeport", "passport_number", 12345678, "12345678"),
        ("Téléphone", "phone", 5145550123, "5145550123"),
        ("Échéance du passeport", "passport_expiry", 45261, date(2023, 12, 1)),
        ("Échéance du passeport", "passport_expiry", 20231201, date(2023, 12, 1)),
        ("Reçue le", "received_at", date(2023, 7, 1), datetime(2023, 7, 1, 16, tzinfo=UTC)),
        ("Reçue le", "received_at", "2023-12-31 23:30", datetime(2024, 1, 1, 4, 30, tzinfo=UTC)),
        ("Reçue le", "received_at", "2024-01-01T16:30Z", datetime(2024, 1, 1, 16, 30, tzinfo=UTC)),
        # The written day is the day, whatever the zone beside it would make of it.
        ("Reçue le", "received_at", "2024-01-01T04:30Z", datetime(2024, 1, 1, 9, 30, tzinfo=UTC)),
        ("Reçue le", "received_at", datetime(2023, 7, 1, 9), datetime(2023, 7, 1, 13, tzinfo=UTC)),
    ],
)
def test_a_cell_becomes_its_typed_value(header: str, field: str, cell: Any, value: Any) -> None:
    values, issues = one(header, cell)
    assert values[field] == value
    assert issues == []


@pytest.mark.parametrize(
    ("header", "cell", "field", "code"),
    [
        ("Pays de résidence", "Syldavie", "residence_country", "unknown_country"),
        ("Catégorie CSQ", "ZZ", "csq_category", "unknown_category"),
        ("Statut", "Peut-être", "outcome", "unknown_status"),
        ("Conjoint", "à voir", "spouse", "unknown_status"),
        ("Nombre d'enfants", "deux", "children", "bad_number"),
        ("Nombre d'enfants", 2.5, "children", "bad_number"),
        ("Nombre d'enfants", -1, "children", "bad_number"),
        ("Courriel", "pas de courriel", "email", "bad_email"),
        ("Échéance du passeport", "31/02/2030", "passport_expiry", "bad_date"),
        ("Échéance du passeport", 2030, "passport_expiry", "bad_date"),
        ("Échéance du passeport", "#VALEUR!", "passport_expiry", "cell_error"),
    ],
)
def test_a_cell_that_cannot_be_read_is_left_out_with_a_warning(
    header: str, cell: Any, field: str, code: str
) -> None:
    values, issues = one(header, cell)
    assert field not in values
    assert issues == [(field, code)]


def test_a_bad_identifier_is_kept_as_written() -> None:
    values, issues = one("N° de demande PT", "abc 12")
    assert values["application_number"] == "abc 12"
    assert issues == [("application_number", "bad_identifier")]


@pytest.mark.parametrize("cell", ["514 555-12zz", "514 555-O199", "514-555-0l99", "voir dossier"])
def test_a_telephone_with_letters_in_it_is_kept_and_said(cell: str) -> None:
    values, issues = one("Téléphone", cell)
    assert values["phone"] == cell
    assert issues == [("phone", "odd_phone")]


@pytest.mark.parametrize(
    "cell",
    [
        *("514 555-0199 poste 12", "514 555-0199 ext. 12", "514-555-0199x12", "514 555-0199, p. 4"),
        *("+33 6 12 34 56 78 (WhatsApp)", "cell. 514 555-0199", "514 555-0199 / 438 555-0100"),
        *("514.555.0199 #12", "(514) 555-0199 EXTENSION 301", "00 212 6 12 34 56 78"),
    ],
)
def test_a_telephone_with_an_extension_or_a_word_beside_it_is_right(cell: str) -> None:
    values, issues = one("Téléphone", cell)
    assert values["phone"] == cell
    assert issues == []


@pytest.mark.parametrize("cell", [123456789, "123456789"])
def test_a_uci_of_nine_digits_gets_its_zero_back(cell: Any) -> None:
    values, issues = one("IUC", cell)
    assert values["uci"] == "0123456789"
    assert issues == [("uci", "zero_restored")]


@pytest.mark.parametrize("cell", [123456789012345678, "1,23E+17"])
def test_an_identifier_that_lost_its_digits_rejects_the_row(cell: Any) -> None:
    file = parsed_rows([*a_person(), cell], header=(*HEADER, "N° de passeport"))
    assert issues_of(file) == [(2, "passport_number", "digits_lost", "error")]


@pytest.mark.parametrize(
    ("person", "issue"),
    [
        ({"reference": None, "birth": None}, ("individual_reference", "missing_key")),
        ({"reference": None, "citizenship": None}, ("individual_reference", "missing_key")),
        ({"family": None, "given": None}, ("family_name", "missing_field")),
        ({"letter": None}, ("letter_date", "missing_field")),
        ({"letter": "bientôt"}, ("letter_date", "bad_date")),
        ({"birth": "au printemps"}, ("birth_date", "bad_date")),
        ({"birth": date(2023, 12, 1)}, ("letter_date", "impossible_dates")),
        ({"letter": TODAY + timedelta(days=1)}, ("letter_date", "impossible_dates")),
    ],
)
def test_an_error_rejects_the_whole_row(person: dict[str, Any], issue: tuple[str, str]) -> None:
    file = parsed_rows(a_person(**person), a_person(2))
    assert [(r.effect) for r in file.sheets[0].rows] == ["rejected", "ok"]
    assert issues_of(file) == [(2, *issue, "error")]


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        (date(2022, 5, 23), "letter_before_programme"),
        (date(2025, 1, 16), "letter_after_last_accepted_date"),
    ],
)
def test_a_letter_outside_the_programme_is_a_warning(letter: date, code: str) -> None:
    file = parsed_rows(a_person(letter=letter))
    assert issues_of(file) == [(2, "letter_date", code, "warning")]
    assert file.sheets[0].rows[0].effect == "ok"


def test_letters_on_the_first_and_the_last_day_are_inside() -> None:
    letters = (date(2022, 5, 24), date(2025, 1, 15))
    assert not parsed_rows(*(a_person(n, letter=d) for n, d in enumerate(letters))).issues


@pytest.mark.parametrize(
    ("country", "province", "issues", "stored"),
    [
        ("Canada", "Québec", [("residence_province", "lives_in_quebec")], ("CAN", "QC")),
        (None, "QC", [("residence_province", "lives_in_quebec")], ("CAN", "QC")),
        ("Québec", None, [("residence_province", "lives_in_quebec")], ("CAN", "QC")),
        ("Canada", "Alberta", [], ("CAN", "AB")),
        ("Canada (Ontario)", None, [], ("CAN", "ON")),
        (None, "N.-B.", [], ("CAN", "NB")),
        ("France", "Île-de-France", [("residence_province", "unknown_country")], ("FRA", None)),
    ],
)
def test_residence_is_a_country_and_in_canada_a_province(
    country: Any, province: Any, issues: list[tuple[str, str]], stored: tuple[str, str | None]
) -> None:
    header = (*HEADER, "Pays de résidence", "Province")
    row = parsed_rows([*a_person(), country, province], header=header).sheets[0].rows[0]
    assert [(i.column, i.code) for i in row.issues] == issues
    found = (row.values.get("residence_country"), row.values.get("residence_province"))
    assert found == stored


def test_a_person_with_one_name_has_it_as_the_family_name() -> None:
    row = parsed_rows(a_person(family=None, given="Sukarno")).sheets[0].rows[0]
    assert row.values["family_name"] == "Sukarno"
    assert "given_names" not in row.values


def test_one_column_of_names_is_split() -> None:
    header = ("N° de référence individuel", "Nom, prénom", "Date lettre")
    names = [("DE LA CRUZ, María José", "DE LA CRUZ", "María José"), ("ROY Léa", "ROY", "Léa")]
    rows = [[f"C100000{n}", name, date(2023, 1, 2)] for n, (name, _, _) in enumerate(names)]
    parsed_names = [
        (row.values["family_name"], row.values["given_names"])
        for row in parsed_rows(*rows, header=header).sheets[0].rows
    ]
    assert parsed_names == [(family, given) for _, family, given in names]


def test_cleaning_is_silent() -> None:
    row = a_person(
        reference=" c\u00a01000001 \n", family="\u00a0 Rahimi-Nejad\n ", given="Ève  Ann"
    )
    file = parsed_rows(row)
    values = file.sheets[0].rows[0].values
    assert values["individual_reference"] == "C1000001"
    assert values["family_name"] == "Rahimi-Nejad"
    assert values["given_names"] == "Ève Ann"
    assert not file.issues


def test_blank_repeated_lone_and_total_rows_are_skipped() -> None:
    file = parsed_rows(
        a_person(1), [], HEADER, [None, "Groupe B"], a_person(2), ["Total", None, 2, 3], []
    )
    (sheet,) = file.sheets
    assert sheet.skipped_rows == (3, 4, 5, 7)
    assert [row.row for row in sheet.rows] == [2, 6]
    assert sheet.total_rows == 6


def test_an_error_cell_is_an_issue_with_its_address() -> None:
    rows = ((*HEADER, "Courriel"), (*a_person()[:5], None, "a@b.ca"), (*a_person(2), None))
    sheet = Sheet(
        "S", rows=rows, error_cells={(2, 5): "#REF!"}, uncached_formulas=frozenset({(3, 6)})
    )
    file = parsed(Workbook("xlsx", (sheet,)))
    assert [(i.cell, i.code, i.severity) for i in file.issues] == [
        ("F2", "cell_error", "error"), ("G3", "no_result", "warning"),
    ]  # fmt: skip


def test_an_error_in_the_only_key_rejects_the_row_with_one_issue() -> None:
    row = a_person(reference=None, citizenship=None)
    workbook = in_memory(HEADER, row, error_cells={(2, 0): "#N/A"})
    assert issues_of(parsed(workbook)) == [(2, "individual_reference", "cell_error", "error")]


def test_the_same_person_again_is_a_duplicate_or_a_conflict() -> None:
    file = parsed_rows(
        a_person(1),
        a_person(1, reference="c 1000001"),
        a_person(1, citizenship=None),
        a_person(1, letter=date(2023, 9, 1)),
        a_person(2),
    )
    assert [row.effect for row in file.sheets[0].rows] == [
        "ok", "duplicate", "duplicate", "rejected", "ok",
    ]  # fmt: skip
    assert [i.code for i in file.issues] == [
        "duplicate_in_file", "duplicate_in_file", "conflict_in_file",
    ]  # fmt: skip
    assert {i.column for i in file.issues} == {"individual_reference"}


def test_two_references_are_two_people_whatever_the_names() -> None:
    file = parsed_rows(a_person(1, given="Léa"), a_person(2, given="Léa"))
    assert not file.issues


def test_the_same_person_on_two_sheets_is_seen() -> None:
    sheets = tuple(Sheet(n, rows=(HEADER, tuple(a_person(1)))) for n in ("A", "B"))
    file = parsed(Workbook("xlsx", sheets))
    assert [(i.sheet, i.code) for i in file.issues] == [("B", "duplicate_in_file")]
    assert file.issues[0].parameters["first_sheet"] == "A"


def test_a_rejected_row_does_not_count_as_the_first_of_two() -> None:
    file = parsed_rows(a_person(1, letter="?"), a_person(1))
    assert [row.effect for row in file.sheets[0].rows] == ["rejected", "ok"]


def test_family_rows_keep_their_principal_and_need_a_relation() -> None:
    header = (
        "Réf. individuelle du requérant principal",
        "Lien",
        "Nom",
        "Prénom",
        "Demande souhaitée",
    )
    file = parsed_rows(
        ["c1000001", "Conjointe", "Roy", "Léa", "Permis de travail"],
        ["C1000001", "Conjoint de fait", "Roy", "Ali", None],
        ["C1000001", "Voisin", "Roy", "Max", None],
        [None, "Enfant", "Roy", "Zoé", "Permis d'études"],
        ["C1000001", "Conjointe", "Roy", "Léa", "Permis de travail"],
        header=header,
    )
    (sheet,) = file.sheets
    assert sheet.rows[0].values == {
        "principal_reference": "C1000001", "relation": "spouse", "family_name": "Roy",
        "given_names": "Léa", "wish": "work",
    }  # fmt: skip
    assert sheet.rows[1].values["relation"] == "partner"
    assert issues_of(file) == [
        (4, "relation", "unknown_status", "error"),
        (5, "principal_reference", "missing_field", "error"),
        (6, "principal_reference", "duplicate_in_file", "warning"),
    ]


def test_sheets_that_are_not_read_say_why() -> None:
    good = (HEADER, tuple(a_person()))
    sheets = (
        Sheet("Cachée", hidden=True), Sheet("Notes", rows=(("Bonjour",),)),
        Sheet("Vide", rows=(HEADER,)), Sheet("Liste", rows=good),
    )  # fmt: skip
    file = parsed(Workbook("xlsx", sheets))
    assert [(i.sheet, i.why) for i in file.ignored] == [
        ("Cachée", "hidden"), ("Notes", "no_list"), ("Vide", "no_rows"),
    ]  # fmt: skip
    asked = parsed(
        Workbook("xlsx", (Sheet("Liste", rows=good), Sheet("B", rows=good))), only_sheet="B"
    )
    assert [(i.sheet, i.why) for i in asked.ignored] == [("Liste", "not_asked")]


def test_a_workbook_without_a_list_is_refused() -> None:
    for workbook, options, code in (
        (in_memory(["Bonjour"]), {}, "no_list"),
        (in_memory(HEADER), {}, "no_rows"),
        (in_memory(HEADER, a_person()), {"only_sheet": "Absente"}, "sheet_not_found"),
    ):
        with pytest.raises(ExchangeError) as caught:
            parsed(workbook, **options)
        assert caught.value.code == code


def test_no_cell_has_two_issues() -> None:
    row = a_person(reference="?", birth="?", citizenship="?", letter="#REF!")
    issues = parsed_rows(row).issues
    cells = [issue.cell for issue in issues]
    assert len(cells) == len(set(cells))


def test_what_stands_in_brackets_after_a_word_of_a_status_changes_nothing() -> None:
    header = (*HEADER, "Statut de la demande", "État RP")
    file = parsed_rows([*a_person(), "Refusée (2023-05-01)", "RP obtenue"], header=header)
    values = file.sheets[0].rows[0].values
    assert (values["outcome"], values["pr_state"]) == ("refused", "approved")
