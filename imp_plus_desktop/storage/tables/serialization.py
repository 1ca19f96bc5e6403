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
from itertools import chain, repeat
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any, NamedTuple

from imp_plus_desktop.storage.tables.columns import FOUND_BY, encode, sound

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

Values = Mapping[str, Any]
_QUOTE = '"'
_OFTEN_THE_SAME = (Enum, datetime)
Parts = list[str | Iterable[str]]
"""What many rows of one shape are written by: what all have in common, and between it columns."""


class _Column(NamedTuple):
    """What is stored of each value, its JSON, and what stands around that."""

    stored: Iterable[Any]
    told: Iterable[str]
    around: str = ""


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
    """Rows as they are stored, by column, how many they are, and what makes the JSON of each."""

    stored: Mapping[str, Iterable[Any]]
    rows: int
    parts: Parts

    def json(self) -> list[str]:
        """The canonical JSON of each row."""
        return list(written(self.parts))


def as_one(some: Sequence[Serialized]) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Rows of several shapes, one after the other, with the columns of all of them."""
    names = list(dict.fromkeys(chain.from_iterable(one.stored for one in some)))
    shapes = (
        zip(*(one.stored.get(name, repeat(None, one.rows)) for name in names), strict=True)
        for one in some
    )
    return names, chain.from_iterable(shapes)


def written(parts: Parts) -> Iterator[str]:
    """The rows that the parts make; one of them at least is a column."""
    columns = [repeat(part) if isinstance(part, str) else part for part in parts]
    return map("".join, zip(*columns, strict=False))  # a third of what a template of each costs


def record_parts(columns: Mapping[str, tuple[Iterable[str], str]], colon: str, comma: str) -> Parts:
    """Parts of the JSON of records, by the name of each column its texts and what stands around
    each of them."""
    parts: Parts = []
    before = "{"
    for name, (texts, around) in columns.items():
        parts += (f'{before}"{name}"{colon}{around}', texts)
        before = around + comma
    return [*parts, before.removesuffix(comma) + "}"]


def stand_for_themselves(texts: Sequence[str]) -> bool:
    """Whether the JSON of each text is the text in quotes: asked of all at once."""
    joined = "".join(texts)
    return '"' not in joined and "\\" not in joined and joined.isprintable()


def days_told(days: Sequence[date], known: dict[date, str]) -> list[str]:
    """The text of each day; `known` are those that were told before, the new ones are added."""
    for day in set(days) - known.keys():
        known[day] = day.isoformat()
    return list(map(known.__getitem__, days))


def serialized(columns: Mapping[str, Sequence[object]]) -> Serialized:
    """Rows given by columns that hold no nulls."""
    days: dict[date, str] = {}
    for name in FOUND_BY.intersection(columns):
        for value in columns[name]:
            sound(value, name)
    found = {name: _column(column, days) for name, column in columns.items()}
    told = {name: found[name][1:] for name in sorted(found)}
    stored = {name: column.stored for name, column in found.items()}
    rows = len(next(iter(columns.values())))
    return Serialized(stored, rows, record_parts(told, ":", ","))


def _column(values: Sequence[Any], days: dict[date, str]) -> _Column:
    """What a column stores, and its JSON."""
    kinds = set(map(type, values))
    if kinds == {str}:
        if stand_for_themselves(values):  # none of them half a character either
            return _Column(values, values, _QUOTE)
        sound("".join(values))
        return _Column(values, map(encode_basestring, values))
    if kinds == {int}:
        return _Column(values, map(str, values))
    if kinds == {date}:
        texts = days_told(values, days)
        return _Column(texts, texts, _QUOTE)
    if len(kinds) == 1 and issubclass(next(iter(kinds)), _OFTEN_THE_SAME):
        # Told once each: a list has few codes, and many receipts of one day.
        alike = {value: sound(encode(value)) for value in set(values)}
        told = {value: _encode(text) for value, text in alike.items()}
        return _Column(map(alike.__getitem__, values), map(told.__getitem__, values))
    stored = [sound(encode(value)) for value in values]
    return _Column(stored, map(_encode, stored))
