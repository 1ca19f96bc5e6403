# SPDX-License-Identifier: Apache-2.0
"""The key by which the same row of a list is known again, wherever and however often it comes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from imp_plus_desktop.storage.tables.serialization import Shape, by_shape

Values = Mapping[str, Any]


def values_json(values: Values) -> str:
    """A row's typed values as canonical JSON: what a held row keeps and what its key is of."""
    known = [name for name in sorted(values) if values[name] is not None]
    return "{" + ", ".join([f'"{name}": {_told(values[name])}' for name in known]) + "}"


def row_key(kind: str, values: Values) -> str:
    """The same typed values have the same key, wherever the row stands."""
    return _digest(f"{kind}:{values_json(values)}")


def row_keys(kind: str, rows: Sequence[Values], shapes: Sequence[Shape] | None = None) -> list[str]:
    """The keys of many rows, in their order; `shapes` are theirs, where they are known."""
    keys = [""] * len(rows)
    for places, columns in by_shape(rows) if shapes is None else shapes:
        names = sorted(columns)
        told_columns = [_told_column(columns[name]) for name in names]
        if not names or None in told_columns:
            for place in places:
                keys[place] = row_key(kind, rows[place])
            continue
        template = kind + ":{" + ", ".join([f'"{name}": %s' for name in names]) + "}"
        told = zip(*filter(None, told_columns), strict=True)
        for place, texts in zip(places, told, strict=True):
            keys[place] = _digest(template % texts)
    return keys


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _told_column(column: list[Any]) -> Iterable[str] | None:
    """The JSON of a column's values; None where some of them are none."""
    kinds = set(map(type, column))
    if type(None) in kinds:
        return None
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
