# SPDX-License-Identifier: Apache-2.0
"""Rows of a list by their shape, and the key by which the same row is known again.

The rows of a list have few shapes: looked at by columns, thousands of them cost little.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any, NamedTuple

Values = Mapping[str, Any]


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


def values_json(values: Values) -> str:
    """A row's typed values as canonical JSON: what a held row keeps and what its key is of."""
    known = [name for name in sorted(values) if values[name] is not None]
    return "{" + ", ".join([f'"{name}": {_told(values[name])}' for name in known]) + "}"


def row_key(kind: str, values: Values) -> str:
    """The same typed values have the same key, wherever the row stands."""
    return _digest(f"{kind}:{values_json(values)}")


def row_keys(kind: str, rows: Sequence[Values]) -> list[str]:
    """The keys of many rows, in their order."""
    keys = [""] * len(rows)
    for places, columns in by_shape(rows):
        if not columns or any(None in column for column in columns.values()):
            for place in places:
                keys[place] = row_key(kind, rows[place])
            continue
        names = sorted(columns)
        template = kind + ":{" + ", ".join([f'"{name}": %s' for name in names]) + "}"
        told = zip(*(_told_column(columns[name]) for name in names), strict=True)
        for place, texts in zip(places, told, strict=True):
            keys[place] = _digest(template % texts)
    return keys


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _told_column(column: list[Any]) -> Iterable[str]:
    kinds = set(map(type, column))
    if kinds == {str}:
        return map(encode_basestring, column)
    if kinds == {date}:
        return map(_day_told, column)
    return map(_told, column)


def _told(value: object) -> str:
    if isinstance(value, date):  # a moment too
        return f'"{value.isoformat()}"'
    return json.dumps(value, ensure_ascii=False)


@lru_cache(maxsize=20_000)
def _day_told(day: date) -> str:
    return f'"{day.isoformat()}"'
