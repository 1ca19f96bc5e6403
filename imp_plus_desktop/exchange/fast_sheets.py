# SPDX-License-Identifier: Apache-2.0
"""The sheets of an xlsx or xlsm workbook through the fast reader, row by row.

What the scan of `guard.py` saw and the fast reader did not give is put back as patches or said
as errors, so that no cell is lost; a number that its format pads with zeros becomes the text that
it shows.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import islice
from typing import Any, Protocol

import python_calamine as calamine

from imp_plus_desktop.domain.errors import ExchangeError
from imp_plus_desktop.exchange import guard, serials
from imp_plus_desktop.exchange.packages import Package
from imp_plus_desktop.exchange.sheets import Cell, Limits, Position, Row, Sheet


class SheetSource(Protocol):
    """One sheet: first its rows, then what else is known of it, then the cells to put back."""

    def rows(self) -> Iterator[Row]: ...
    def about(self) -> Sheet: ...
    def patches(self) -> list[tuple[int, int, str]]: ...


class RowsSheet:
    """A sheet of which nothing is known but its rows; empty ones at its end are none."""

    def __init__(self, sheet: Sheet, rows: Iterator[Row]) -> None:
        self._sheet, self._rows = sheet, rows

    def rows(self) -> Iterator[Row]:
        waiting = 0
        for row in self._rows:
            if not row:
                waiting += 1
                continue
            yield from [()] * waiting
            waiting = 0
            yield row

    def about(self) -> Sheet:
        return self._sheet

    def patches(self) -> list[tuple[int, int, str]]:
        return []


class ReadySheet:
    """A sheet that is there already."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def rows(self) -> Iterator[Row]:
        return iter(self._sheet.rows)

    def about(self) -> Sheet:
        return replace(self._sheet, rows=())

    def patches(self) -> list[tuple[int, int, str]]:
        return []


def fast_sheets(
    package: Package,
    sheet_names: Sequence[str] | None,
    limits: Limits,
    scans: Mapping[str, guard.Scan],
    parts: Mapping[str, str],
) -> Iterator[SheetSource]:
    """The worksheets in their order; a hidden one that was not asked for has no rows.

    `parts` are the names of the sheets' XML parts. Raises ExchangeError sheet_not_found,
    too_large, and calamine's errors.
    """
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(package.data))
    refuse_unknown(sheet_names, [meta.name for meta in book.sheets_metadata])
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = meta.visible != calamine.SheetVisibleEnum.Visible
        if not is_asked(meta.name, hidden, sheet_names):
            yield ReadySheet(Sheet(meta.name, hidden))
            continue
        scan = scans.get(meta.name)
        if scan is None:
            raise ExchangeError("damaged")
        yield _FastSheet(book, meta.name, hidden, limits, scan, package, parts[meta.name])


def refuse_unknown(sheet_names: Sequence[str] | None, known: Sequence[str]) -> None:
    """Raises sheet_not_found for the first name that no sheet has."""
    for name in sheet_names or ():
        if name not in known:
            raise ExchangeError("sheet_not_found", sheet=name)


def is_asked(name: str, hidden: bool, sheet_names: Sequence[str] | None) -> bool:
    """Whether a sheet is read: every visible one, or those that are named."""
    return name in sheet_names if sheet_names is not None else not hidden


class _FastSheet:
    """A sheet as the fast reader gives it, measured against its scan."""

    def __init__(
        self,
        book: calamine.CalamineWorkbook,
        name: str,
        hidden: bool,
        limits: Limits,
        scan: guard.Scan,
        package: Package,
        part: str,
    ) -> None:
        self._book, self._name, self._hidden = book, name, hidden
        self._limits, self._scan, self._package, self._part = limits, scan, package, part
        self._lost: set[Position] = set()
        self._short: dict[int, Row] = {}
        self._twice: dict[Position, str] = {}
        self._patches: list[tuple[int, int, str]] = []

    def rows(self) -> Iterator[Row]:
        expected = self._scan.expected
        given = _Given(self._source, self._scan, self._lost, self._limits)
        number = waiting = 0
        for number, row in enumerate(given.rows(), 1):
            if number < len(expected) and len(row) - row.count(None) < expected[number]:
                self._short[number] = row
            if not row:
                waiting += 1
                continue
            yield from [()] * waiting
            waiting = 0
            yield row
        for beyond in range(number + 1, len(expected)):
            if expected[beyond]:
                self._short[beyond] = ()
        self._find_missing()
        last = max((row for row, _column in (*self._scan.errors, *self._scan.uncached)), default=0)
        yield from [()] * max(0, last - (number - waiting))

    def _source(self, again: bool) -> calamine.CalamineSheet:
        if not again:
            return self._book.get_sheet_by_name(self._name)
        data = self._package.rewritten({self._part: guard.without_huge_dates})
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return book.get_sheet_by_name(self._name)

    def _find_missing(self) -> None:
        """Looks again at the rows of which less came than they hold."""
        if not self._short:
            return
        found = guard.contents(self._package.part(self._part), self._short.keys())
        for (row, column), cells in found.items():
            given = self._short.get(row, ())
            value = given[column] if column < len(given) else None
            if len(set(cells)) > 1:
                self._twice[row, column] = " / ".join(text for _kind, text in cells)
            kind, text = cells[0]
            if value is None and kind not in (b"s", b"e") and text.strip() and row in self._short:
                self._patches.append((row, column, text))

    def about(self) -> Sheet:
        scan = self._scan
        return Sheet(
            self._name, self._hidden, (), frozenset(scan.hidden_rows),
            frozenset(scan.hidden_columns), {**scan.errors, **self._twice},
            frozenset(scan.uncached), frozenset(self._lost), tuple(scan.merged),
        )  # fmt: skip

    def patches(self) -> list[tuple[int, int, str]]:
        return self._patches


class _Given:
    """The rows of the fast reader as plain values, counted."""

    def __init__(
        self,
        source: Callable[[bool], calamine.CalamineSheet],
        scan: guard.Scan,
        lost: set[Position],
        limits: Limits,
    ) -> None:
        self._source, self._scan, self._lost, self._limits = source, scan, lost, limits

    def rows(self) -> Iterator[Row]:
        filled = 0
        columns: set[int] = set()
        padded = self._scan.padded
        for number, raw in enumerate(self._raw_rows(), 1):
            row = self._row(raw, number)
            if padded and number in padded:
                row = _as_shown(row, padded[number])
            if row:
                filled += 1
                if len(row) > self._limits.columns:
                    columns.update(i for i, cell in enumerate(row) if cell is not None)
            if filled > self._limits.rows or len(columns) > self._limits.columns:
                raise ExchangeError("too_large")
            yield row

    def _raw_rows(self) -> Iterator[list[Any]]:
        given = 0
        try:
            for row in _padded(self._source(False)):
                yield row
                given += 1
        except OverflowError:
            # A number that no calendar has, in a row that is not given yet.
            yield from islice(_padded(self._source(True)), given, None)

    def _row(self, raw: Sequence[Any], number: int) -> Row:
        row: list[Cell] = []
        for value in raw:
            kind = type(value)
            if kind is str:
                row.append(value or None)
            elif value is None or kind is date:
                row.append(value)
            else:
                row.append(self._value(value, (number, len(row))))
        while row and row[-1] is None:
            row.pop()
        return tuple(row)

    def _value(self, value: Any, position: Position) -> Cell:
        if isinstance(value, float):
            if serials.loses_digits(value):
                self._lost.add(position)
            return serials.number(value)
        if isinstance(value, time | timedelta):
            # The reader turns a negative number in a date format into midnight.
            negative = self._scan.negatives.get(position)
            if negative is not None:
                return serials.number(negative)
            return serials.duration(value) if isinstance(value, timedelta) else value
        plain: Cell = value
        return plain


def _as_shown(row: Row, padded: guard.PaddedCells) -> Row:
    """A row whose padded numbers are the texts that they show."""
    cells = list(row)
    for column, padding in padded:
        value = cells[column] if column < len(cells) else None
        if type(value) is int and (text := padding.shown(value)) is not None:
            cells[column] = text
    return tuple(cells)


def _padded(source: calamine.CalamineSheet) -> Iterator[list[Any]]:
    """The reader drops empty columns on the left; the addresses need them."""
    left = [None] * (source.start[1] if source.start else 0)
    return ((left + row if left else row) for row in source.iter_rows())
