# SPDX-License-Identifier: Apache-2.0
"""Shapes of government numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.values.identifiers import (
    IdentifierKind,
    matches,
    normalise,
    restore_zero,
)

K = IdentifierKind


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (K.UCI, "1234-5678", "123-456-789"),
        (K.UCI, "01-2345-6789", "01-2345-678"),
        (K.UCI, "X01-2345-6789", "Y01-2345-6789"),
        (K.UCI, "CAN000123456789", "CAN00012345"),
        (K.APPLICATION, "w123 456 789", "E123456789"),
        (K.PR_APPLICATION, "E123456789", "E12345678"),
        (K.PR_APPLICATION, "EP12345678", "EP123456789"),
        (K.PR_APPLICATION, "X1A2B3C4", "X12345"),
        (K.OFFER, "A1234567", "B1234567"),
        (K.PERMIT, "U123456789", "U12345678"),
        (K.INDIVIDUAL_REFERENCE, "C1234567", "C12345678"),
        (K.FILE_NUMBER, "C0001234567", "C1234567"),
        (K.PASSPORT, "AB 123456", "AB-1"),
    ],
)
def test_numbers_are_known_by_their_shape(kind: IdentifierKind, good: str, bad: str) -> None:
    assert matches(kind, good)
    assert not matches(kind, bad)


def test_other_digits_are_no_digits() -> None:
    assert not matches(IdentifierKind.UCI, "١٢٣٤٥٦٧٨")


def test_a_nine_digit_uci_gets_its_zero_back() -> None:
    assert restore_zero("123456789") == "0123456789"
    assert restore_zero("012345678") == "12345678"
    assert matches(IdentifierKind.UCI, "0123456789")
    assert restore_zero("12345678") is None
    assert restore_zero("W23456789") is None


@given(st.text("0123456789ABCwx-  \u2011", max_size=20))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
