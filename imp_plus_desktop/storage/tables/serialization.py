# SPDX-License-Identifier: Apache-2.0
"""Values as they are stored and as canonical JSON: one row, or many of one shape by columns.

The rows of a list have few shapes, and what a column holds is mostly of one kind: looked at so, a
value costs a fifth of what it costs alone. Knows no table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any, NamedTuple

from imp_plus_desktop.storage.tables.columns import encode, sound

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

Values = Mapping[str, Any]
_Column = tuple[Iterable[Any], Iterable[str]]
_OFTEN_THE_SAME = (Enum, datetime)


class Shape(NamedTuple):
    """Rows that hold the same fields: their places, and the values of each field in that order."""

    places: list[int]
    columns: Mapping[str, list[Any]]


def by_shape(rows: Sequence[Values]) -> Iterator[Shape]:
    """The rows, given by their values, in groups of one shape; each keeps its order."""
    shapes: dict[tuple[str, ...], list[int]] = {}
    for place, values in enumerate(rows):
        known = shapes.get(names := tuple(values))
        if known is None:
            known = shapes[names] = []
        known.append(place)
    for names, places in shapes.items():
        own = [rows[place] for place in places]
        yield Shape(places, {name: list(map(itemgetter(name), own)) for name in names})


def dump(values: object) -> str:
    """Canonical JSON: the same values give the same text on every machine."""
    return _encode(values)


def dump_record(values: Mapping[str, Any]) -> str:
    """`dump` of a flat record under plain names, at half its cost: a list brings many of them."""
    parts: list[str] = []
    for name in sorted(values):
        value = values[name]
        if type(value) is str:
            parts.append(f'"{name}":{encode_basestring(value)}')
        elif type(value) is int:
            parts.append(f'"{name}":{value}')
        else:
            return dump(values)
    return f"{{{','.join(parts)}}}"


class Serialized(NamedTuple):
    """Rows as they are stored, in the order of their columns, and what makes the JSON of each.

    `template` has a place for each of the texts of a row.
    """

    stored: Iterator[tuple[Any, ...]]
    template: str
    texts: list[Iterable[str]]

    def json(self) -> list[str]:
        """The canonical JSON of each row."""
        return [self.template % row for row in zip(*self.texts, strict=True)]


def serialized(columns: Mapping[str, Sequence[object]]) -> Serialized:
    """Rows given by columns that hold no nulls."""
    days: dict[date, tuple[str, str]] = {}
    found = {name: _column(column, days) for name, column in columns.items()}
    names = sorted(found)
    template = "{" + ",".join([f'"{name}":%s' for name in names]) + "}"
    stored = zip(*(stored for stored, _told in found.values()), strict=True)
    return Serialized(stored, template, [found[name][1] for name in names])


def _column(values: Sequence[Any], days: dict[date, tuple[str, str]]) -> _Column:
    """What a column stores, and its JSON."""
    kinds = set(map(type, values))
    if kinds == {str}:
        sound("".join(values))
        return values, map(encode_basestring, values)
    if kinds == {int}:
        return values, map(str, values)
    if kinds == {date}:
        for day in set(values) - days.keys():
            text = day.isoformat()
            days[day] = (text, f'"{text}"')
        pairs = [days[day] for day in values]
        return map(itemgetter(0), pairs), map(itemgetter(1), pairs)
    if len(kinds) == 1 and issubclass(next(iter(kinds)), _OFTEN_THE_SAME):
        # Told once each: a list has few codes, and many receipts of one day.
        alike = {value: sound(encode(value)) for value in set(values)}
        told = {value: _encode(text) for value, text in alike.items()}
        return map(alike.__getitem__, values), map(told.__getitem__, values)
    stored = [sound(encode(value)) for value in values]
    return stored, map(_encode, stored)
