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


LINA = {"family_name": "Haddad", "given_names": "Lina", "birth_date": "1991-05-06"}


class TestMembers:
    """A spouse in the family of Benali, Amine, who are looked for like anybody else."""

    @pytest.fixture
    def principal(self, office: Office) -> int:
        person = build.invite(office, 1, family_name="Benali", given_names="Amine")
        build.add_member(office, person, family_name="Haddad", given_names="Lina", uci="1122334455")
        people.ids(office, people.PeopleFilter())
        return person

    def test_a_member_of_another_family_is_found_with_why(
        self, office: Office, principal: int
    ) -> None:
        other = build.invite(office, 2)
        for family in (None, other):
            ((found),) = likely.people_like(office, LINA, family=family)
            assert (found.person_id, found.name, found.family_of) == (
                principal,
                "Haddad, Lina",
                "Benali, Amine",
            )
            assert found.because == ("name_same", "birth_same")
        ((slip),) = likely.people_like(office, {**LINA, "birth_date": "1991-06-05"})
        assert slip.because == ("name_same", "birth_swapped")

    def test_a_member_of_the_family_itself_is_told_as_one(
        self, office: Office, principal: int
    ) -> None:
        ((found),) = likely.people_like(office, LINA, family=principal)
        assert found.because == ("in_family", "name_same", "birth_same")

    def test_the_principal_is_not_shown_beside_their_own_family(
        self, office: Office, principal: int
    ) -> None:
        typed = {"family_name": "Benali", "given_names": "Amine"}
        assert likely.people_like(office, typed, family=principal) == ()
        ((found),) = likely.people_like(office, typed)
        assert (found.person_id, found.family_of) == (principal, None)

    def test_a_uci_names_a_member_however_it_is_hyphenated(
        self, office: Office, principal: int
    ) -> None:
        ((found),) = likely.people_like(office, {"uci": "11-2233-4455"})
        assert (found.name, found.because, found.score) == ("Haddad, Lina", ("number_same",), 100)

    def test_one_without_a_birth_date_is_found_by_the_name(self, office: Office) -> None:
        person = build.invite(office, 3)
        names = {"family_name": "Nguyen", "given_names": "Thi Linh"}
        build.add_member(office, person, **names, birth_date=None)
        people.ids(office, people.PeopleFilter())
        ((found),) = likely.people_like(office, {**names, "birth_date": "2011-01-01"})
        assert found.because == ("name_same", "birth_missing")
