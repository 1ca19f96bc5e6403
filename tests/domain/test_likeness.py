# SPDX-License-Identifier: Apache-2.0
"""When two records may be one person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.people.likeness import NameKey, likeness

BORN = date(1990, 4, 2)
BASE = NameKey("El Amrani", "Youssef Karim", BORN, "MAR")
names = st.text("abcdé -'", min_size=1, max_size=12)
keys = st.builds(NameKey, names, st.none() | names, st.none() | st.dates(), st.none())


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, ("name_same", "birth_same")),
        ({"family": "EL-AMRANI", "given": "YOUSSEF KARIM"}, ("name_same", "birth_same")),
        (
            {"family": "Youssef Karim", "given": "El Amrani"},
            ("name_swapped", "birth_same"),
        ),
        ({"given": "Youssef"}, ("name_part", "birth_same")),
        ({"given": "Y. Karim"}, ("name_part", "birth_same")),
        ({"family": "Amrani"}, ("name_part", "birth_same")),
        ({"family": "El Amrany", "given": "Yousef Karim"}, ("name_spelling", "birth_same")),
        ({"birth_date": date(1990, 2, 4)}, ("name_same", "birth_swapped")),
        ({"birth_date": date(1991, 4, 2)}, ("name_same", "birth_digit")),
        ({"birth_date": None}, ("name_same", "birth_missing")),
        ({"citizenship": "DZA"}, ("name_same", "birth_same", "citizenship_differs")),
    ],
)
def test_two_records_may_be_one_person(changes: dict[str, Any], reasons: tuple[str, ...]) -> None:
    found = likeness(BASE, replace(BASE, **changes))
    assert found is not None
    assert found.reasons == reasons
    assert 0 < found.score <= 100


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_date": date(1985, 11, 20)},
        {"family": "Haddad"},
        {"given": "Sara"},
        {"given": None, "family": "Benali"},
        {"family": "El Amrany", "birth_date": None},
        {"family": "El Amrany", "birth_date": date(1991, 4, 2), "citizenship": "DZA"},
        {"birth_date": None, "citizenship": "DZA"},
    ],
)
def test_two_records_are_two_people(changes: dict[str, Any]) -> None:
    assert likeness(BASE, replace(BASE, **changes)) is None


def test_one_slip_in_a_short_name_is_another_name_and_in_a_long_one_a_slip() -> None:
    def alike(family: str, other: str) -> bool:
        return likeness(NameKey(family, "Ali", BORN), NameKey(other, "Ali", BORN)) is not None

    assert not alike("Ba", "Bah")
    assert alike("Haddad", "Hadad")
    assert not alike("Haddad", "Hadda-Roy")
    assert alike("Tchoumi-Fotso", "Tchuomi Fotzo")


@given(keys, keys)
def test_likeness_does_not_depend_on_who_comes_first(a: NameKey, b: NameKey) -> None:
    assert likeness(a, b) == likeness(b, a)
