# SPDX-License-Identifier: Apache-2.0
"""Texts that are longer than a register keeps of a name, a number, an address or tags.

A whole letter that slipped into a cell is no name: the cell is left out and said. A register on a
server could not find it either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from imp_plus_desktop.domain.records.catalogue import BY_NAME, NAMES
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.plain_text import LONGEST

_BOUNDED = frozenset(
    name
    for name, field in BY_NAME.items()
    if field.kind in (Kind.TEXT, Kind.IDENTIFIER, Kind.EMAIL, Kind.TAGS)
)
TELLS_WHO = frozenset(
    (*NAMES, *(name for name, field in BY_NAME.items() if field.kind is Kind.IDENTIFIER))
)
"""Fields without which a row may be somebody else's: it does not go in where one is cut off."""
OF_WHO = frozenset({"digits_lost", "too_long"})
"""What keeps a row out where it is one of those fields, and is a warning of any other."""


def is_too_long(field: str, value: object) -> bool:
    """Whether a value is longer than its field keeps."""
    return isinstance(value, str) and len(value) > LONGEST and field in _BOUNDED


def without_too_long(field: str, values: list[Any]) -> list[Any]:
    """The values of a column, with None for each that is too long."""
    if field not in _BOUNDED or _longest(values) <= LONGEST:
        return values
    return [None if is_too_long(field, value) else value for value in values]


def _longest(values: Sequence[Any]) -> int:
    return max((len(value) for value in values if value), default=0)
