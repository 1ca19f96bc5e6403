# SPDX-License-Identifier: Apache-2.0
"""Rows of one table as they are stored and as canonical JSON, many at once, column by column.

The rows of a list have few shapes, and what a column holds is mostly of one kind: looked at by
columns, a row costs a tenth of what it costs value by value. Knows no table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import repeat
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

from imp_plus_desktop.storage.columns import encode

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

Values = Mapping[str, object]
_Coded = tuple[Sequence[Any], Iterable[str]]


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


def coded(
    rows: Sequence[Values], columns: Sequence[str], also: Mapping[str, Sequence[int]]
) -> tuple[list[tuple[Any, ...]], list[str]]:
    """The stored values of rows by column, and the canonical JSON of each without its nulls.

    `also` are numbers that stand beside the rows' own values, one a row for each column.
    """
    stored: list[tuple[Any, ...]] = [()] * len(rows)
    texts: list[str] = [""] * len(rows)
    days: dict[date, tuple[str, str]] = {}
    for names, places in _shapes(rows).items():
        found = {
            name: _column([rows[place][name] for place in places], days) for name in names
        }
        for name, numbers in also.items():
            own = [numbers[place] for place in places]
            found[name] = (own, map(str, own))
        of_columns = [found[name][0] if name in found else repeat(None) for name in columns]
        in_order = sorted(found)
        template = "{" + ",".join(f'"{name}":%s' for name in in_order) + "}"
        of_texts = zip(*(found[name][1] for name in in_order), strict=True)
        lines = zip(places, zip(*of_columns, strict=False), of_texts, strict=True)
        for place, values, told in lines:
            stored[place], texts[place] = values, template % told
    return stored, texts


def _shapes(rows: Sequence[Values]) -> dict[tuple[str, ...], list[int]]:
    """The places of the rows by the names of what they hold."""
    shapes: dict[tuple[str, ...], list[int]] = {}
    for place, values in enumerate(rows):
        names = tuple(values)
        if None in values.values():
            names = tuple(name for name in names if values[name] is not None)
        known = shapes.get(names)
        if known is None:
            known = shapes[names] = []
        known.append(place)
    return shapes


def _column(values: list[Any], days: dict[date, tuple[str, str]]) -> _Coded:
    """What a column stores, and its JSON."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return values, map(encode_basestring, values)
    if kinds == {int}:
        return values, map(str, values)
    if kinds == {date}:
        for day in set(values) - days.keys():
            text = day.isoformat()
            days[day] = (text, f'"{text}"')
        pairs = [days[day] for day in values]
        return list(map(itemgetter(0), pairs)), map(itemgetter(1), pairs)
    stored = [encode(value) for value in values]
    return stored, map(_encode, stored)
