# SPDX-License-Identifier: Apache-2.0
"""When two records may be one person."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.people.likeness import NameKey, likeness
from imp_plus_desktop.domain.values.slips import within

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


def slow_distance(a: str, b: str) -> int:
    """Edits between two words, two neighbours changing places being one: the textbook's way."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


words = st.text("abcé", max_size=9) | st.text(max_size=12)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A word and what a few slips make of it: two words drawn apart are hardly ever near."""
    word = draw(words)
    other = list(word)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(other)))
        kind = draw(st.sampled_from(("put in", "leave out", "swap")))
        if kind == "put in":
            other.insert(at, draw(st.sampled_from("abcé")))
        elif kind == "leave out":
            del other[at : at + 1]
        else:
            other[at : at + 2] = reversed(other[at : at + 2])
    return word, "".join(other)


@given(slips() | st.tuples(words, words), st.integers(1, 2))
def test_as_few_edits_are_counted_as_the_textbook_counts(pair: tuple[str, str], most: int) -> None:
    assert within(*pair, most) is (slow_distance(*pair) <= most)


def test_edits_are_counted_by_compiled_code() -> None:
    from rapidfuzz.distance import OSA, metrics_py

    assert OSA.distance is not metrics_py.osa_distance


def test_the_library_of_edits_is_loaded_by_the_first_word_that_needs_it() -> None:
    program = (
        "import sys\n"
        "import imp_plus_desktop.bootstrap, imp_plus_desktop.services.imports.imports\n"
        "from imp_plus_desktop.domain.people.likeness import NameKey, likeness\n"
        "likeness(NameKey('Haddad', 'Ali'), NameKey('Haddad', 'Ali'))\n"
        "print('rapidfuzz' in sys.modules)\n"
        "likeness(NameKey('Haddad', 'Ali'), NameKey('Hadad', 'Ali'))\n"
        "print('rapidfuzz' in sys.modules)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert said.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("family", "given", "other_family", "other_given", "reason"),
    [
        ("St-Pierre", "Luc", "Saint-Pierre", "Luc", "name_short"),
        ("STE MARIE", "Julie", "Sainte-Marie", "Julie", "name_short"),
        ("Rahman", "Mohd Karim", "Rahman", "Mohamed Karim", "name_short"),
        ("Rahman", "Md. Karim", "Rahman", "Muhammad Karim", "name_spelling"),
        ("Rahman", "Mohammed", "Rahman", "Muhammad", "name_spelling"),
        ("Diallo épouse Martin", "Awa", "Diallo", "Awa", "name_part"),
    ],
)
def test_a_word_cut_short_is_the_word(
    family: str, given: str, other_family: str, other_given: str, reason: str
) -> None:
    one = NameKey(family, given, BORN)
    other = NameKey(other_family, other_given, BORN)
    for found in (likeness(one, other), likeness(other, one)):
        assert found is not None
        assert found.reasons == (reason, "birth_same")
