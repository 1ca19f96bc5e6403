# SPDX-License-Identifier: Apache-2.0
"""Shapes of the numbers that governments give. A number that does not fit is a warning, no more.

The patterns are of uneven confidence, so nothing here refuses or changes what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from imp_plus_desktop.domain.values.unseen.hidden import must_see


class IdentifierKind(StrEnum):
    UCI = "uci"
    APPLICATION = "application"
    PR_APPLICATION = "pr_application"
    OFFER = "offer"
    PERMIT = "permit"
    INDIVIDUAL_REFERENCE = "individual_reference"
    FILE_NUMBER = "file_number"
    PASSPORT = "passport"
    REGISTER = "register"
    """Of the register itself (`register_numbers.py`)."""


# For normalised text: upper case, without spaces or hyphens.
_PATTERNS: Mapping[IdentifierKind, str] = MappingProxyType(
    {
        IdentifierKind.UCI: r"\d{8}|\d{10}|[XT]\d{10}|CAN\d{9,12}",
        IdentifierKind.APPLICATION: r"[VSW]\d{9}",
        IdentifierKind.PR_APPLICATION: r"E\d{9}|EP\d{8}|[BF]\d{9}|X[0-9A-Z]{6,14}",
        IdentifierKind.OFFER: r"A\d{7}",
        IdentifierKind.PERMIT: r"U\d{9}",
        IdentifierKind.INDIVIDUAL_REFERENCE: r"[A-Z]\d{7}",
        IdentifierKind.FILE_NUMBER: r"[A-Z]\d{10}",
        IdentifierKind.PASSPORT: r"[0-9A-Z]{5,15}",
        IdentifierKind.REGISTER: r"R[1-9]\d{0,17}[B-Z]{7}",
    }
)

_SHAPES = {kind: re.compile(pattern, re.ASCII) for kind, pattern in _PATTERNS.items()}

_ID_DIGITS = 18
"""More would not fit the register's whole numbers."""

# Spaces of every width, hyphens and dashes, and marks that copying from a web page leaves behind.
_FILLER = re.compile(r"[\s\-\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff]+")


def normalise(text: str) -> str:
    """The key under which a number is compared: upper case, no spaces, no hyphens.

    Errors: HiddenValueError for one that is hidden from who asks.
    """
    return text.upper() if text.isalnum() else _FILLER.sub("", must_see(text)).upper()


def row_id(text: str) -> int | None:
    """An id of the register as it is typed (`12`, `#12`); None for what cannot be one."""
    plain = text.strip().removeprefix("#")
    return int(plain) if plain.isdecimal() and len(plain) <= _ID_DIGITS else None


def shape_of(kinds: Iterable[IdentifierKind]) -> re.Pattern[str]:
    """What a number of one of these kinds looks like once it is normalised."""
    return re.compile("|".join(_PATTERNS[kind] for kind in kinds), re.ASCII)


def matches(kind: IdentifierKind, text: str) -> bool:
    """Whether a number has the shape of its kind, however it is spaced or hyphenated."""
    return _SHAPES[kind].fullmatch(normalise(text)) is not None


def restore_zero(text: str) -> str | None:
    """A 9-digit number in a UCI column as it is meant, else None: with the leading 0 that a
    spreadsheet dropped, or without the one that a format has put before eight digits."""
    digits = normalise(text)
    if re.fullmatch(r"[0-9]{9}", digits) is None:
        return None
    return digits[1:] if digits.startswith("0") else f"0{digits}"
