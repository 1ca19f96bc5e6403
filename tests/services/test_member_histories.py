# SPDX-License-Identifier: Apache-2.0
"""Lists of families bring what members filed and received, and what is known of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exchange_builders import VOCABULARY
from office_builders import FILES, HEADERS, a_book, a_list, a_row, import_file

from imp_plus_desktop.domain.records.catalogue import FAMILY_FIELDS
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.planning import member_plan
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

pytestmark = pytest.mark.usefixtures("reads_here")

WHOLE: dict[str, Any] = {
    "principal_reference": "C1000001",
    "relation": "Enfant",
    "family_name": "Benali",
    "given_names": "Sami",
    "birth_date": date(2012, 5, 6),
    "citizenship": "Maroc",
    "second_citizenship": "France",
    "accompanying": "Oui",
    "wish": "Permis d'études",
    "passport_number": "M1234567",
    "passport_expiry": date(2029, 1, 1),
    "uci": "11-2233-4455",
    "arrived_on": date(2023, 11, 1),
    "custody": "Partagée",
    "separated_on": date(2020, 1, 1),
    "married_on": date(2021, 1, 1),
    "school": "Primaire",
    "location": "Au Québec",
    "caq_number": "CAQ-77",
    "caq_until": date(2025, 6, 30),
    "biometrics_on": date(2023, 10, 1),
    "canada_status": "Étudiant",
    "canada_status_until": date(2025, 6, 30),
    "application_code": "Permis d'études",
    "application_kind": "Première demande",
    "application_number": "S300000001",
    "received_at": date(2023, 9, 20),
    "submitted_on": date(2023, 9, 19),
    "outcome": "Approuvée",
    "decided_on": date(2023, 10, 10),
    "permit_number": "U300000001",
    "permit_from": date(2023, 11, 1),
    "permit_until": date(2025, 6, 30),
}
"""A row with something in every column that a list of families has."""
LEFT_OUT = {"refund_logged_on": "a child's study permit has no holder's fee to be given back"}


@pytest.fixture
def with_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FAMILY_FIELDS:
        if name not in HEADERS:
            monkeypatch.setitem(HEADERS, name, VOCABULARY.header(name, "fr"))


def _file(office: Office) -> PersonFile:
    return people.file(office, people.find(office, "C1000001"))


def _lists(path: Path, *members: dict[str, Any], **person: Any) -> Path:
    return a_book(path, {"Personnes": [a_row(1, **person)], "Familles": list(members)})


@pytest.mark.usefixtures("with_headers")
def test_every_column_of_a_list_of_families_is_found_in_the_register(
    office: Office, tmp_path: Path
) -> None:
    assert set(WHOLE) | set(LEFT_OUT) == set(FAMILY_FIELDS)
    done = import_file(office, _lists(tmp_path / "liste.xlsx", WHOLE))
    assert (done.counts.new, done.preview.issues) == (2, ())
    families = done.preview.sheets[1].parsed
    assert set(families.column_index) == set(WHOLE), "every column is taken for its field"
    file = _file(office)
    (member,), (application,), (permit,) = file.members, file.applications, file.permits
    kept = {
        name: getattr(row, column)
        for row, named in (
            (member, {}),
            (application, {"application_kind": "kind", "application_code": "code"}),
            (permit, {"permit_from": "valid_from", "permit_until": "valid_until"}),
        )
        for name in WHOLE
        if hasattr(row, column := named.get(name, name))
    }
    missing = {name for name in WHOLE if kept.get(name) is None} - {"principal_reference"}
    assert missing == set()
    assert (kept["uci"], kept["passport_number"], kept["caq_number"]) == (
        "11-2233-4455", "M1234567", "CAQ-77",
    )  # fmt: skip
    assert (kept["custody"], kept["school"], kept["location"]) == (
        "shared", "primary_secondary", "quebec",
    )  # fmt: skip
    assert (application.code, application.place, application.cap_year) == ("study", None, None)
    assert permit.valid_until == date(2025, 6, 30)


@pytest.mark.usefixtures("with_headers")
def test_the_same_list_again_and_an_exported_one_change_nothing(
    office: Office, tmp_path: Path
) -> None:
    path = _lists(tmp_path / "liste.xlsx", WHOLE)
    import_file(office, path)
    assert imports.open_file(office, path).counts.unchanged == 2
    exports.export(office, "everything", tmp_path / "tout.xlsx")
    again = imports.open_file(office, tmp_path / "tout.xlsx")
    assert (again.counts.new, again.counts.updated, again.counts.rejected) == (0, 0, 0)


@pytest.mark.usefixtures("with_headers")
def test_undoing_the_import_takes_all_of_it_back(office: Office, tmp_path: Path) -> None:
    import_file(office, a_list(tmp_path / "personnes.xlsx", [a_row(1)]))
    before = _file(office)
    done = import_file(office, a_list(tmp_path / "familles.xlsx", [WHOLE]))
    assert done.act is not None
    history.undo(office, done.act)
    assert _file(office) == before


def _spouse(number: str, received: date, **more: Any) -> dict[str, Any]:
    return {
        "principal_reference": "C1000001",
        "relation": "Conjointe",
        "family_name": "Benali",
        "given_names": "Sara",
        "birth_date": date(1991, 5, 6),
        "wish": "Permis de travail",
        "application_number": number,
        "received_at": received,
        "outcome": "Approuvée",
        "decided_on": received,
        **more,
    }


def test_a_member_has_several_applications_in_rows_of_any_order(
    office: Office, tmp_path: Path
) -> None:
    first = _spouse("W1", date(2023, 9, 10), permit_from=date(2023, 9, 15),
                    permit_until=date(2023, 11, 15))  # fmt: skip
    second = _spouse("W2", date(2023, 11, 1), permit_from=date(2023, 11, 16),
                     permit_until=date(2024, 11, 1))  # fmt: skip
    done = import_file(office, _lists(tmp_path / "liste.xlsx", second, first))
    assert done.counts.rejected == 0
    file = _file(office)
    assert len(file.members) == 1
    assert [(a.application_number, a.kind) for a in file.applications] == [
        ("W1", "first"),
        ("W2", "extension"),
    ]
    assert [p.valid_until for p in file.permits] == [date(2023, 11, 15), date(2024, 11, 1)]


@pytest.mark.parametrize(
    ("filed", "code"), [(None, "C41"), (date(2023, 9, 5), "C49"), (date(2023, 10, 5), "C41")]
)
def test_the_code_follows_what_the_same_file_tells_of_the_principal(
    office: Office, tmp_path: Path, filed: date | None, code: str
) -> None:
    spouse = _spouse("W1", date(2023, 9, 10))
    import_file(office, a_list(tmp_path / "avant.xlsx", [a_row(1)]))
    monkey = {"pr_filed_on": filed} if filed else {}
    HEADERS.setdefault("pr_filed_on", VOCABULARY.header("pr_filed_on", "fr"))
    import_file(office, _lists(tmp_path / "liste.xlsx", spouse, **monkey))
    (application,) = _file(office).applications
    assert application.code == code


def test_a_member_is_known_again_by_the_uci(office: Office, tmp_path: Path) -> None:
    row = _spouse("W1", date(2023, 9, 10), uci="11-2233-4455")
    import_file(office, _lists(tmp_path / "liste.xlsx", row))
    other = {**row, "family_name": "Benali-Roy", "uci": "1122334455"}
    import_file(office, a_list(tmp_path / "encore.xlsx", [other]))
    (member,) = _file(office).members
    assert member.family_name == "Benali", "the register's spelling stays"


def test_two_members_of_one_name_with_different_ucis_are_two(
    office: Office, tmp_path: Path
) -> None:
    one = {**_spouse("W1", date(2023, 9, 10)), "relation": "Enfant", "uci": "11-2233-4455"}
    import_file(office, _lists(tmp_path / "liste.xlsx", one))
    other = {**one, "uci": "11-2233-4466", "application_number": "W2"}
    import_file(office, a_list(tmp_path / "encore.xlsx", [other]))
    assert len(_file(office).members) == 2


def test_a_number_of_another_application_is_refused(office: Office, tmp_path: Path) -> None:
    import_file(office, _lists(tmp_path / "liste.xlsx", _spouse("W300000001", date(2023, 9, 10))))
    spouse = _spouse("W300000001", date(2023, 9, 10))
    child = spouse | {"relation": "Enfant", "given_names": "Sami", "birth_date": date(2015, 1, 1)}
    done = import_file(office, a_list(tmp_path / "encore.xlsx", [child]))
    assert [(i.code, i.column) for i in done.preview.issues] == [
        ("identifier_taken", "application_number")
    ]
    assert done.counts.rejected == 1


def test_the_list_of_families_with_permits_is_taken_whole(office: Office) -> None:
    import_file(office, FILES / "principals.xlsx")
    done = import_file(office, FILES / "family-with-permits.xlsx")
    assert (done.counts.rejected, done.preview.issues) == (0, ())
    parsed = done.preview.sheets[0].parsed
    assert parsed.unmapped == (), "every column is taken"
    assert {"uci", "application_number", "permit_number"} <= set(parsed.column_index)


FAMILY = [
    {"principal_reference": f"C{1_000_000 + number}", "relation": "Conjoint", "given_names": name,
     "family_name": "Benali", "birth_date": date(1991, 5, number), "citizenship": "Maroc"}
    for number, name in ((1, "Sara"), (2, "Lina"), (3, "Nora"))
]  # fmt: skip


def _again(office: Office, tmp_path: Path, **of_first: Any) -> imports.Preview:
    """The same people and families, sorted otherwise, with something else said of the first."""
    people_rows = [a_row(3), a_row(2), a_row(1, **of_first)]
    book = a_book(tmp_path / "again.xlsx", {"Liste": people_rows, "Famille": FAMILY[::-1]})
    return imports.open_file(office, book)


def _read_in(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The people whose files are read for their families from now on."""
    read: list[int] = []
    files_of = member_plan.files_of

    def told(of: Office, numbers: Sequence[int]) -> dict[int, PersonFile]:
        read.extend(numbers)
        return files_of(of, numbers)

    monkeypatch.setattr(member_plan, "files_of", told)
    return read


def test_of_families_that_come_again_only_those_that_somebody_touched_are_read(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = {"Liste": [a_row(1), a_row(2), a_row(3)], "Famille": FAMILY}
    first = import_file(office, a_book(tmp_path / "first.xlsx", book))
    read = _read_in(office, monkeypatch)
    again = _again(office, tmp_path)
    assert [row.effect for row in again.sheets[1].rows] == [imports.Effect.SAME] * 3
    assert again.sheets[1].rows[0].person_id == people.find(office, "C1000003")
    assert read == []
    # A hand has put one right: it stays, and only that family is read.
    lina = people.file(office, people.find(office, "C1000002")).members[0]
    family.edit_member(office, lina.id, replace(lina, citizenship="TUN"))
    again = _again(office, tmp_path)
    assert [row.effect for row in again.sheets[1].rows] == [imports.Effect.SAME] * 3
    assert read == [lina.person_id]
    assert [(one.row, one.field, one.taken) for one in again.sides] == [(3, "citizenship", False)]
    # What the list says anew of a principal counts for the family.
    read.clear()
    _again(office, tmp_path, pr_state="Approuvée")
    assert sorted(read) == [people.find(office, "C1000001"), lina.person_id]
    # Taken back, the whole list is new again.
    history.undo(office)
    assert first.act is not None
    history.undo(office, first.act)
    new = _again(office, tmp_path)
    assert [row.effect for row in new.sheets[1].rows] == [imports.Effect.NEW] * 3
