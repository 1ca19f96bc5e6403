# SPDX-License-Identifier: Apache-2.0
"""Rows of a sheet as blocks of JSON, column by column: how they leave the reading process, and how
the archive keeps them.

A column of texts that come again and again is told once by its different values, days are told by
their numbers. The kinds of cells are kept: a text that looks like a day stays a text. Knows no file
and no field.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any, NamedTuple

from imp_plus_desktop.exchange.sheets.sheets import Cell, Row, Sheet

ROWS_A_BLOCK = 500
"""Enough for a column to repeat itself, few enough to find one row again in a moment."""

_MOMENTS = frozenset({date, datetime, time})
_NONE = type(None)
_LOOKED_AT = 50
"""Cells that tell whether a column of texts repeats itself."""


class Columns(NamedTuple):
    """So many rows by columns, each as long as there are rows; empty cells are None.

    `texts` are columns that are known to hold texts alone.
    """

    height: int
    columns: Sequence[Sequence[Cell]]
    texts: Collection[int] = ()


def by_columns(rows: Sequence[Row]) -> Columns:
    return Columns(len(rows), list(zip_longest(*rows)))


def rows_of(block: Columns) -> list[Row]:
    """The rows of a block, each ending at its last filled cell."""
    if not block.columns:
        return [()] * block.height
    rows: list[Row] = list(zip(*block.columns, strict=True))
    return [row if row[-1] is not None else _ended(row) for row in rows]


def encoded(block: Columns) -> bytes:
    """Rows as one line of JSON in ASCII, without its end."""
    columns = [_told(column, at in block.texts) for at, column in enumerate(block.columns)]
    told = {"rows": block.height, "columns": columns}
    return json.dumps(told, separators=(",", ":")).encode("ascii")


def packed_blocks(sheet: Sheet) -> list[tuple[int, bytes]]:
    """The rows of a sheet as the archive keeps them: packed blocks, each with its first row."""
    starts = range(0, len(sheet.rows), ROWS_A_BLOCK)
    return list(sheet.blocks) or [
        (start + 1, packed(encoded(by_columns(sheet.rows[start : start + ROWS_A_BLOCK]))))
        for start in starts
    ]


def packed(line: bytes) -> bytes:
    """A block's line as the archive keeps it."""
    return zlib.compress(line, 1)


def unpacked(block: bytes) -> list[Row]:
    """The rows of a block of the archive."""
    return BlockReader().rows(json.loads(zlib.decompress(block)))


def without_rows(block: bytes, places: Collection[int]) -> bytes:
    """A block of the archive with nothing in the rows at some places, which count from 0."""
    rows = [() if at in places else row for at, row in enumerate(unpacked(block))]
    return zlib.compress(encoded(by_columns(rows)), 1)


def _told(column: Sequence[Any], is_text: bool) -> Any:
    kinds = {str} if is_text else set(map(type, column)) - {_NONE}
    if kinds == {date}:
        return {"days": [day and day.toordinal() for day in column]}
    if kinds == {str} and len(set(column[:_LOOKED_AT])) * 2 <= min(len(column), _LOOKED_AT):
        different = list(dict.fromkeys(column))
        return {"texts": different, "at": _places(column, different)}
    if kinds.isdisjoint(_MOMENTS):
        return list(column) if kinds else None
    return {"mixed": [_plain(cell) if type(cell) in _MOMENTS else cell for cell in column]}


def _places(column: Sequence[Cell], different: Sequence[Cell]) -> list[int]:
    place_of = {value: place for place, value in enumerate(different)}
    return list(map(place_of.__getitem__, column))


def _plain(moment: Any) -> list[Any]:
    """A moment as JSON: a day by its number, others in ISO."""
    if type(moment) is date:
        return [moment.toordinal()]
    return ["t" if isinstance(moment, datetime) else "h", moment.isoformat()]


class _Days(dict[int | None, date | None]):
    """Days by their numbers, each made when it is first asked for."""

    def __missing__(self, number: int | None) -> date | None:
        day = self[number] = date.fromordinal(number or 0)
        return day


class BlockReader:
    """Rebuilds rows; a day that comes many times is one object."""

    def __init__(self) -> None:
        self._days: dict[int | None, date | None] = _Days({None: None})

    def rows(self, told: dict[str, Any]) -> list[Row]:
        """The rows of a block, given as the value of its JSON; each ends at its last cell."""
        count = told["rows"]
        return rows_of(Columns(count, [self._column(column, count) for column in told["columns"]]))

    def _column(self, told: Any, count: int) -> Sequence[Cell]:
        if told is None:
            return (None,) * count
        if isinstance(told, list):
            return told
        if "mixed" in told:
            return [self._moment(c) if type(c) is list else c for c in told["mixed"]]
        if "days" in told:
            return self._of_days(told["days"])
        return list(map(told["texts"].__getitem__, told["at"]))

    def _of_days(self, numbers: list[int | None]) -> list[Cell]:
        return list(map(self._days.__getitem__, numbers))

    def _moment(self, told: list[Any]) -> Cell:
        if len(told) == 1:
            return self._days[told[0]]
        kind, text = told
        return datetime.fromisoformat(text) if kind == "t" else time.fromisoformat(text)


def _ended(row: Row) -> Row:
    last = len(row)
    while last and row[last - 1] is None:
        last -= 1
    return row[:last]
