# SPDX-License-Identifier: Apache-2.0
"""Who is likely there already, of somebody who is only half typed in."""

import office_builders as build
import pytest

from imp_plus_desktop.services.duplicates import likely
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import names_history, people


@pytest.fixture
def khoury(office: Office) -> int:
    build.invite(office, 1)
    person = build.invite(
        office, 2, family_name="Khoury", given_names="Élie Georges", birth_date="1985-07-10"
    )
    people.ids(office, people.PeopleFilter())  # the search index is made when a list asks
    return person


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        (("Khoury", "Élie Georges", ""), ("name_same", "birth_missing")),
        (("Khouri", "Elie Georges", "1985-07-10"), ("name_spelling", "birth_same")),
        (("Élie Georges", "Khoury", "1985-10-07"), ("name_swapped", "birth_swapped")),
        (("Khoury", "Élie", "1985-07-11"), ("name_part", "birth_digit")),
        (("Khoury", "Elie Georgs", ""), ("name_spelling", "birth_missing")),
    ],
)
def test_somebody_alike_is_found_with_why(
    office: Office, khoury: int, typed: tuple[str, str, str], because: tuple[str, str]
) -> None:
    values = dict(zip(("family_name", "given_names", "birth_date"), typed, strict=True))
    found = likely.people_like(office, {k: v for k, v in values.items() if v})
    told = [(one.person_id, one.because) for one in found]
    if because == ("name_spelling", "birth_missing"):
        assert told in ([], [(khoury, because)])  # a slip without a birth date is too little
    else:
        assert told == [(khoury, because)]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"family_name": "Khoury"},
        {"birth_date": "1985-07-10"},
        {"family_name": "Khoury", "given_names": "É"},
        {"family_name": "Khoury", "given_names": "Élie Georges", "birth_date": "1960-01-01"},
        {"family_name": "Tremblay", "given_names": "Rose", "birth_date": "1985-07-10"},
        {"family_name": "…", "given_names": "—", "birth_date": "31/31/1"},
    ],
)
def test_too_little_or_somebody_else_brings_nobody(
    office: Office, khoury: int, values: dict[str, str]
) -> None:
    assert likely.people_like(office, values) == ()


def test_a_former_name_and_one_named_elsewhere(office: Office, khoury: int) -> None:
    names_history.save_former(office, khoury, None, "Haddad", "Élie Georges")
    typed = {"family_name": "Haddad", "given_names": "Elie Georges", "birth_date": "1985-07-10"}
    (found,) = likely.people_like(office, typed)
    assert (found.person_id, found.name) == (khoury, "Khoury, Élie Georges")
    assert likely.people_like(office, typed, {khoury}) == ()


def test_a_file_in_the_bin_is_shown_as_there(office: Office, khoury: int) -> None:
    file_bin.delete(office, khoury, "Not a client")
    typed = {"family_name": "Khoury", "given_names": "Élie Georges", "birth_date": "1985-07-10"}
    (found,) = likely.people_like(office, typed)
    assert (found.person_id, found.because) == (khoury, ("in_bin", "name_same", "birth_same"))
    (found,) = likely.people_like(office, {"individual_reference": "c1000002"})
    assert found.because == ("in_bin", "number_same")
    (found,) = likely.people_like(office, {"passport_number": "AB 100002"})
    assert found.because == ("in_bin", "number_same")


def test_no_more_than_five_are_shown_the_likest_first(office: Office) -> None:
    for number in range(1, 9):
        same = {"family_name": "Roy", "given_names": "Ana", "birth_date": f"1980-01-0{number}"}
        build.invite(office, number, **same)
    people.ids(office, people.PeopleFilter())
    typed = {"family_name": "Roy", "given_names": "Ana", "birth_date": "1980-01-03"}
    found = likely.people_like(office, typed)
    assert len(found) == 5
    assert str(found[0].birth_date) == "1980-01-03"
    assert found[0].score > found[1].score
