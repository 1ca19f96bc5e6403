# SPDX-License-Identifier: Apache-2.0
"""What a plan is made of: one row to insert or to update, where a list says something else than the
register does. Values only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.exchange.values.values import IDENTIFIER_FIELDS


class Operation(NamedTuple):
    """One row to insert (`number` None) or to update, with the import fields that it carries.

    A tuple, because a list makes many thousands of them. A number below zero is a row that
    the plan itself inserts (`foreseen.py`).
    """

    entity: str
    number: int | None
    values: Mapping[str, object]
    fields: tuple[str, ...]


Values = Mapping[str, Any]
"""Typed values by import field."""


def same_value(name: str, one: object, other: object) -> bool:
    """Whether two values of an import field say the same; numbers however they are hyphenated."""
    if one == other:
        return True
    if name in IDENTIFIER_FIELDS and isinstance(one, str) and isinstance(other, str):
        return normalise(one) == normalise(other)
    return False


def differing(present: object, known: Values, names: Mapping[str, str]) -> dict[str, object]:
    """Of the known import fields, the columns whose present value is another one."""
    if present is None:
        return {column: known[name] for name, column in names.items() if name in known}
    return {
        column: known[name]
        for name, column in names.items()
        if name in known and not same_value(name, getattr(present, column), known[name])
    }


def operation(
    entity: str, present: Any, known: Values, names: Mapping[str, str]
) -> Iterator[Operation]:
    """What it takes for a row to hold the known import fields: an insert, an update or nothing."""
    if present is None:  # most rows of a new list: what is known is what is written
        fields = tuple([name for name in known if name in names])
        if fields:
            yield Operation(entity, None, {names[name]: known[name] for name in fields}, fields)
        return
    values = differing(present, known, names)
    if values:
        fields = tuple([name for name, column in names.items() if column in values])
        yield Operation(entity, present.id, values, fields)
