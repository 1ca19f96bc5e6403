# SPDX-License-Identifier: Apache-2.0
"""The key by which the same row of a list is known again, wherever and however often it comes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from json.encoder import encode_basestring
from typing import Any

from imp_plus_desktop.storage.tables.serialization import (
    Shape,
    by_shape,
    days_told,
    record_parts,
    stand_for_themselves,
    written,
)

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
    days: dict[date, str] = {}
    for places, columns in by_shape(rows) if shapes is None else shapes:
        names = sorted(columns)
        told = {name: _told_column(columns[name], days) for name in names}
        known = {name: column for name, column in told.items() if column is not None}
        if not names or len(known) < len(names):
            for place in places:
                keys[place] = row_key(kind, rows[place])
            continue
        parts = [f"{kind}:", *record_parts(known, ": ", ", ")]
        for place, text in zip(places, written(parts), strict=True):
            keys[place] = _digest(text)
    return keys


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _told_column(column: list[Any], days: dict[date, str]) -> tuple[Iterable[str], str] | None:
    """The JSON of a column's values and what stands around each; None where some are none."""
    kinds = set(map(type, column))
    if type(None) in kinds:
        return None
    if kinds == {str}:
        if stand_for_themselves(column):
            return column, '"'
        return map(encode_basestring, column), ""
    if kinds == {date}:
        return days_told(column, days), '"'
    return map(_told, column), ""


def _told(value: object) -> str:
    if isinstance(value, date):  # a moment too
        return f'"{value.isoformat()}"'
    return json.dumps(value, ensure_ascii=False)
