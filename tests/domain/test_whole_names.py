# SPDX-License-Identifier: Apache-2.0
"""Whole names split in two, and what proves it."""

from __future__ import annotations

import pytest

from imp_plus_desktop.domain.people.whole_names import NO_NAMES, split
from imp_plus_desktop.domain.records.catalogue import FAMILY_FIRST, GIVEN_FIRST, ONLY_NAME

FAMILY, GIVEN, ONLY = FAMILY_FIRST.named, GIVEN_FIRST.named, ONLY_NAME.named


@pytest.mark.parametrize(
    ("whole", "order", "family", "given"),
    [
        ("Tremblay, Marie", None, "Tremblay", "Marie"),
        ("TREMBLAY, MARIE ANNE", FAMILY, "TREMBLAY", "MARIE ANNE"),
        ("TREMBLAY, Marie", GIVEN, "TREMBLAY", "Marie"),
        ("DE LA CRUZ María José", None, "DE LA CRUZ", "María José"),
        ("Jean de LA FONTAINE", None, "de LA FONTAINE", "Jean"),
        ("J. R. TREMBLAY", GIVEN, "TREMBLAY", "J. R."),
        ("Marie Tremblay", GIVEN, "Tremblay", "Marie"),
        ("Jean de la Fontaine", GIVEN, "de la Fontaine", "Jean"),
        ("Leïla Ben Ali", GIVEN, "Ben Ali", "Leïla"),
        ("Anne-Marie Saint-Pierre", GIVEN, "Saint-Pierre", "Anne-Marie"),
        ("Tremblay Marie", FAMILY, "Tremblay", "Marie"),
        ("DIALLO AMINA", FAMILY, "DIALLO", "AMINA"),
        ("De la Cruz María", FAMILY, "De la Cruz", "María"),
        ("Suharto", None, "Suharto", ""),
        ("FNU Suharto", GIVEN, "Suharto", ""),
        ("Khin Khin Win", ONLY, "Khin Khin Win", ""),
    ],
)
def test_a_name_is_split_where_something_proves_it(
    whole: str, order: str | None, family: str, given: str
) -> None:
    assert split(whole, order) == (family, given, True)


@pytest.mark.parametrize(
    ("whole", "order", "family", "given"),
    [
        ("Thi Linh Nguyen", GIVEN, "Nguyen", "Thi Linh"),
        ("Nguyen Thi Linh", FAMILY, "Nguyen", "Thi Linh"),
        ("Marie Tremblay", None, "Marie Tremblay", ""),
        ("MARIE TREMBLAY", None, "MARIE TREMBLAY", ""),
        ("Marie, Tremblay", GIVEN, "Tremblay", "Marie"),
        ("MARIE Claire TREMBLAY", None, "MARIE Claire TREMBLAY", ""),
    ],
)
def test_a_name_that_nothing_splits_for_sure_is_said_to_be_unsure(
    whole: str, order: str | None, family: str, given: str
) -> None:
    assert split(whole, order) == (family, given, False)


@pytest.mark.parametrize(
    "name", ["Null", "True", "Jan", "None", "NA", "Nan", "Inf", "Nil", "O'Brien", "X", "Li", "Nom"]
)
def test_a_name_that_looks_like_a_word_of_computers_is_a_name(name: str) -> None:
    for written in (name, name.upper(), name.lower()):
        assert written not in NO_NAMES
