# SPDX-License-Identifier: Apache-2.0
"""A list of families finds its principals by whatever number of theirs it has."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office_builders import (
    HEADERS,
    a_book,
    a_list,
    a_row,
    import_file,
    invite,
    merge,
    receive,
)

from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.services.imports.imports import Imported
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

pytestmark = pytest.mark.usefixtures("reads_here")


def _member(reference: str, **changes: Any) -> dict[str, Any]:
    return {
        "principal_reference": reference,
        "relation": "Enfant",
        "family_name": "Benali",
        "given_names": "Sami",
        "birth_date": date(2015, 3, 4),
        **changes,
    }


def _families(office: Office, tmp_path: Path, *rows: dict[str, Any]) -> Imported:
    return import_file(office, a_list(tmp_path / "familles.xlsx", rows))


def _members(office: Office, person: int) -> list[str]:
    return [member.full_name for member in people.file(office, person).members]


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("individual_reference", "C1000001", "C1999999"),
        ("uci", "11-2233-4455", "11-2233-4466"),
        ("file_number", "C0000000001", "C0000000009"),
    ],
)
def test_a_principal_is_found_by_a_number_that_was_corrected_since(
    office: Office, tmp_path: Path, field: str, before: str, after: str
) -> None:
    person = invite(office, 1, **{field: before})
    people.set_value(office, f"#{person}", field, after)
    imported = _families(office, tmp_path, _member(before))
    assert (imported.counts.new, imported.counts.rejected) == (1, 0)
    assert _members(office, person) == ["Sami Benali"]
    assert _families(office, tmp_path, _member(after)).counts.unchanged == 1


def test_a_number_that_is_somebodys_now_names_them_and_not_who_had_it_before(
    office: Office, tmp_path: Path
) -> None:
    first = invite(office, 1)
    people.set_value(office, f"#{first}", "individual_reference", "C1999999")
    second = invite(office, 2, individual_reference="C1000001")
    _families(office, tmp_path, _member("C1000001"))
    assert (_members(office, first), _members(office, second)) == ([], ["Sami Benali"])


def test_a_principal_is_found_by_the_number_of_a_file_that_was_merged_into_theirs(
    office: Office, tmp_path: Path
) -> None:
    left, right = invite(office, 1), invite(office, 2, family_name="Benalibb")
    merge(office, left, right)
    assert _families(office, tmp_path, _member("C1000002")).counts.new == 1
    assert _members(office, left) == ["Sami Benali"]


def test_a_principal_is_found_by_the_number_of_an_application_and_by_one_that_it_had(
    office: Office, tmp_path: Path
) -> None:
    listed = a_row(1, application_number="W100000001", received_at=date(2023, 11, 20))
    import_file(office, a_list(tmp_path / "demandes.xlsx", [listed]))
    person = people.find(office, "C1000001")
    assert _families(office, tmp_path, _member("W100000001")).counts.new == 1
    moved = {**listed, "application_number": "W200000002"}
    import_file(office, a_list(tmp_path / "demandes.xlsx", [moved]))
    (application,) = people.file(office, person).own_applications
    assert application.application_number == "W200000002"
    brother = _member("w100000001", given_names="Adam", birth_date=date(2017, 1, 2))
    sister = _member("W200000002", given_names="Ines", birth_date=date(2019, 1, 2))
    imported = _families(office, tmp_path, brother, sister)
    assert (imported.counts.new, imported.preview.issues) == (2, ())
    assert _members(office, person) == ["Sami Benali", "Adam Benali", "Ines Benali"]


def test_a_principal_of_the_same_file_is_found_by_the_number_of_the_application(
    office: Office, tmp_path: Path
) -> None:
    person = a_row(1, application_number="W100000001", received_at=date(2023, 11, 2))
    book = {"Personnes": [person], "Familles": [_member("W100000001")]}
    imported = import_file(office, a_book(tmp_path / "tout.xlsx", book))
    assert imported.counts.new == 2
    assert _members(office, 1) == ["Sami Benali"]


def test_a_principal_is_found_by_a_number_that_the_same_file_gives_them(
    office: Office, tmp_path: Path
) -> None:
    person = invite(office, 1)
    book = {"Personnes": [a_row(1, uci="11-2233-4455")], "Familles": [_member("1122334455")]}
    import_file(office, a_book(tmp_path / "tout.xlsx", book))
    assert _members(office, person) == ["Sami Benali"]


@pytest.mark.parametrize(
    "header",
    ["N° de demande du requérant principal", "Principal applicant's application no.",
     "IUC du requérant principal", "Principal applicant UCI no.",
     "N° de dossier du requérant principal"],
)  # fmt: skip
def test_the_column_of_any_number_of_the_principals_names_the_principal(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    person = invite(office, 1, uci="11-2233-4455", file_number="C0000000001")
    receive(office, person, number="W100000001")
    reference = "W100000001" if "demande" in header or "application no" in header else "1122334455"
    reference = "C0000000001" if "dossier" in header else reference
    monkeypatch.setitem(HEADERS, "principal_reference", header)
    _families(office, tmp_path, _member(reference))
    assert _members(office, person) == ["Sami Benali"]


def test_the_number_of_the_file_beside_a_relation_is_the_principals(
    office: Office, tmp_path: Path
) -> None:
    person = invite(office, 1, file_number="C0000000001")
    row = _member("", file_number="C0000000001", relation="Conjointe")
    del row["principal_reference"]
    imported = _families(office, tmp_path, row)
    assert imported.preview.sheets[0].parsed.kind == "family"
    assert [m.relation for m in people.file(office, person).members] == [Relation.SPOUSE]
