# SPDX-License-Identifier: Apache-2.0
"""Somebody added by hand who is in the register already."""

from __future__ import annotations

from typing import Any

import pytest
from office_builders import invite, person_values
from tampering import plan_of, reads_whole

from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.duplicates import twins
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

SAME = {"family_name": "Müller Sáenz", "given_names": "Jean-Pierre", "birth_date": "1990-04-02"}


def refused(office: Office, values: dict[str, str], **options: Any) -> DomainError:
    before = people.count(office)
    with pytest.raises(DomainError) as caught:
        people.add(office, values, **options)
    assert people.count(office) == before
    return caught.value


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        (SAME, ("name_and_birth",)),
        ({**SAME, "family_name": "MUELLER-SAENZ", "given_names": "jean pierre"},
         ("name_and_birth",)),
        ({**SAME, "family_name": "Jean Pierre", "given_names": "Muller Saenz"},
         ("name_and_birth",)),
        ({"family_name": "Autre", "passport_number": "ab 100-001"}, ("passport_number",)),
        ({**SAME, "passport_number": "AB100001"}, ("passport_number", "name_and_birth")),
    ],
)  # fmt: skip
def test_an_exact_duplicate_is_not_added_before_it_was_seen(
    office: Office, typed: dict[str, str], because: tuple[str, ...]
) -> None:
    known = invite(office, 1, **SAME, individual_reference="")
    error = refused(office, typed)
    assert (error.code, error.parameters["persons"]) == ("person_twice", (known,))
    assert [t.because for t in twins.find(office, typed)] == [because]
    added = people.add(office, typed, beside={known})
    assert [twin.person for twin in added.twins] == [known]
    assert people.count(office) == 2


def test_who_was_not_seen_stops_it_although_another_was(office: Office) -> None:
    one = invite(office, 1, **SAME, individual_reference="")
    people.add(office, {**SAME, "passport_number": "ZZ9"}, beside={one})
    assert refused(office, SAME, beside={one}).code == "person_twice"


@pytest.mark.parametrize(
    "typed",
    [
        {**SAME, "birth_date": "1990-04-03"},
        {**SAME, "given_names": "Jean-Paul"},
        {"family_name": "Müller Sáenz", "given_names": "Jean-Pierre"},
        {"family_name": "Müller Sáenz", "passport_number": "AB100002"},
        {"family_name": "Autre", "passport_number": "AB100001", "citizenship": "FRA"},
    ],
)
def test_another_name_birth_date_or_number_is_another_person(
    office: Office, typed: dict[str, str]
) -> None:
    invite(office, 1, **SAME)
    assert twins.find(office, typed) == ()
    people.add(office, typed)


def test_two_different_references_are_two_people_of_whom_it_is_only_said(office: Office) -> None:
    known = invite(office, 1, **SAME)
    typed = {**SAME, "individual_reference": "C1000002"}
    (twin,) = twins.find(office, typed)
    assert (twin.person, twin.asks, twin.taken) == (known, False, False)
    assert [t.person for t in people.add(office, typed).twins] == [known]
    other = {"family_name": "Autre", "passport_number": "AB100001"}
    added = people.add(office, {**other, "individual_reference": "C1000003"})
    assert [t.person for t in added.twins] == [known]
    both = {**SAME, **other, "family_name": SAME["family_name"]}
    both["individual_reference"] = "C1000004"
    assert refused(office, both).code == "person_twice"


def test_a_reference_or_uci_of_another_file_names_it_and_is_never_added(office: Office) -> None:
    known = invite(office, 1, uci="11-2233-4455")
    for typed in ({"individual_reference": "c1000001"}, {"uci": "1122334455"}):
        typed["family_name"] = "Autre"
        (twin,) = twins.find(office, typed)
        assert (twin.person, twin.taken) == (known, True)
        assert refused(office, typed, beside=None).code == "identifier_taken"


def test_a_former_name_is_that_persons_too(office: Office) -> None:
    known = invite(office, 1, **SAME, individual_reference="")
    people.edit(office, known, {"family_name": "Autre"})
    with office.act("test") as act:
        names = {"family_name": "Müller Sáenz", "given_names": "Jean-Pierre"}
        act.insert("former_name", {**names, "person_id": known})
    assert refused(office, SAME).code == "person_twice"


def test_looking_for_twins_reads_no_table_from_end_to_end(office: Office) -> None:
    invite(office, 1, **SAME)
    asked: list[tuple[str, Any]] = []
    db = office.register.db
    plain = db.execute_sql

    def spy(sql: str, *arguments: Any, **options: Any) -> Any:
        asked.append((sql, arguments[0] if arguments else ()))
        return plain(sql, *arguments, **options)

    db.execute_sql = spy
    try:
        twins.find(office, person_values(1, **SAME, uci="1122334455"))
    finally:
        del db.execute_sql
    assert len(asked) >= 5
    for sql, parameters in asked:
        plan = plan_of(db, sql, parameters)
        assert not [line for line in plan if reads_whole(line)], (sql, plan)
