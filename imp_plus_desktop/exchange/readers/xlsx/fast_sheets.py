# SPDX-License-Identifier: Apache-2.0
"""The sheets of an xlsx or xlsm workbook through the fast reader, row by row.

What the scan of `sheet_scan.py` saw and the fast reader did not give is put back as patches or said
as errors, so that no cell is lost; a number that its format pads with zeros becomes the text that
it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from itertools import islice, pairwise
from operator import gt
from typing import Any

import python_calamine as calamine

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.xlsx import rewriting, sheet_scan
from imp_plus_desktop.exchange.readers.xlsx.fast_book import FastBook
from imp_plus_desktop.exchange.readers.xlsx.packages import Package
from imp_plus_desktop.exchange.sheets import serials
from imp_plus_desktop.exchange.sheets.row_blocks import Columns, rows_of
from imp_plus_desktop.exchange.sheets.sheets import Cell, Limits, Position, Row, Sheet
from imp_plus_desktop.exchange.sheets.sources import (
    ReadySheet,
    SheetSource,
    in_blocks,
    is_asked,
    without_empty_end,
)
from imp_plus_desktop.exchange.sheets.strays import TOO_LARGE

_FORESEEN = 64 << 20
"""Bytes of a sheet's XML up to which it may be loaded while another is."""
_AS_THEY_ARE = frozenset({str, date, type(None)})


@dataclass(frozen=True, slots=True)
class Cut:
    """What was left out of a sheet before it was read: cells that stray, or all but its start."""

    strays: tuple[Position, ...] = ()
    is_too_large: bool = False


_NOTHING = Cut()


def fast_sheets(
    package: Package,
    book: FastBook,
    sheet_names: Sequence[str] | None,
    limits: Limits,
    scans: Mapping[str, sheet_scan.Scan],
    parts: Mapping[str, str],
    cuts: Mapping[str, Cut],
) -> Iterator[SheetSource]:
    """The worksheets in their order; a hidden one that was not asked for has no rows.

    `book` is the package's, `parts` are the names of the sheets' XML parts, `cuts` what was left
    out of some of them.
    Raises ExchangeError too_large, and calamine's errors.
    """
    worksheet, visible = calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible
    found = [(m.name, m.visible != visible) for m in book.sheets() if m.typ == worksheet]
    asked = [name for name, hidden in found if is_asked(name, hidden, sheet_names)]
    small = [name for name in asked if name in parts and package.size(parts[name]) <= _FORESEEN]
    following = {name: then for name, then in pairwise(asked) if {name, then} <= {*small}}
    for name, hidden in found:
        if name not in asked:
            yield ReadySheet(Sheet(name, hidden))
            continue
        scan = scans.get(name)
        if scan is None:
            raise ExchangeError("damaged")
        cut, then = cuts.get(name, _NOTHING), following.get(name)
        yield _FastSheet(book, name, then, hidden, limits, scan, package, parts[name], cut)


class _FastSheet:
    """A sheet as the fast reader gives it, measured against its scan."""

    def __init__(
        self,
        book: FastBook,
        name: str,
        following: str | None,
        hidden: bool,
        limits: Limits,
        scan: sheet_scan.Scan,
        package: Package,
        part: str,
        cut: Cut,
    ) -> None:
        self._cut = cut
        self._book, self._name, self._hidden = book, name, hidden
        self._following = following
        self._limits, self._scan, self._package, self._part = limits, scan, package, part
        self._lost: set[Position] = set()
        self._short: dict[int, Row] = {}
        self._twice: dict[Position, str] = {}
        self._patches: list[tuple[int, int, str]] = []

    def blocks(self) -> Iterator[Columns]:
        given = _Given(self._source, self._scan, self._lost, self._limits, self._short)
        number = 0
        for block in without_empty_end(given.blocks()):
            number += block.height
            yield block
        expected = self._scan.expected
        for beyond in range(given.rows + 1, len(expected)):
            if expected[beyond]:
                self._short[beyond] = ()
        self._find_missing()
        last = max((row for row, _column in (*self._scan.errors, *self._scan.uncached)), default=0)
        if last > number:
            yield Columns(last - number, [])

    def _source(self, again: bool) -> calamine.CalamineSheet:
        if not again:
            sheet = self._book.sheet(self._name)
            if self._following is not None:
                self._book.foresee(self._following)
            return sheet
        data = self._package.rewritten({self._part: rewriting.without_huge_dates})
        return FastBook(data).sheet(self._name)

    def _find_missing(self) -> None:
        """Looks again at the rows of which less came than they hold."""
        if not self._short:
            return
        found = sheet_scan.contents(self._package.part(self._part), self._short.keys())
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
            struck_rows=frozenset(scan.struck_rows), strays=self._cut.strays,
            why_not=TOO_LARGE if self._cut.is_too_large else None,
        )  # fmt: skip

    def patches(self) -> list[tuple[int, int, str]]:
        return self._patches


class _Given:
    """The rows of the fast reader as plain values, block by block, and counted.

    `short` gets the rows of which less came than the scan saw.
    """

    def __init__(
        self,
        source: Callable[[bool], calamine.CalamineSheet],
        scan: sheet_scan.Scan,
        lost: set[Position],
        limits: Limits,
        short: dict[int, Row],
    ) -> None:
        self._source, self._scan, self._lost, self._limits = source, scan, lost, limits
        self._short = short
        self._filled = 0
        self._far: set[int] = set()
        self.rows = 0

    def blocks(self) -> Iterator[Columns]:
        for raw in in_blocks(self._raw_rows()):
            first, self.rows = self.rows + 1, self.rows + len(raw)
            # Empty cells are "", those in front of all that the reader knows of None.
            filled = [len(row) - row.count("") - row.count(None) for row in raw]
            columns: list[Sequence[Cell]] = []
            texts: set[int] = set()
            for at, cells in enumerate(zip(*raw, strict=True)):
                kinds = set(map(type, cells))
                if kinds == {str}:
                    texts.add(at)
                columns.append(self._column(cells, kinds, first, at))
            if self._scan.padded:
                self._show(columns, first, len(raw))
            block = Columns(len(raw), columns, texts)
            self._count(block, filled, first)
            yield block

    def _show(self, columns: list[Sequence[Cell]], first: int, height: int) -> None:
        """Puts what padded numbers show in their place."""
        shown: dict[int, list[Cell]] = {}
        for row in range(first, first + height):
            for at, padding in self._scan.padded.get(row, ()):
                value = columns[at][row - first] if at < len(columns) else None
                if type(value) is int and (text := padding.shown(value)) is not None:
                    shown.setdefault(at, list(columns[at]))[row - first] = text
        for at, cells in shown.items():
            columns[at] = cells

    def _count(self, block: Columns, filled: Sequence[int], first: int) -> None:
        """Keeps to the limits, and notes rows of which something did not come."""
        self._filled += sum(map(bool, filled))
        most = self._limits.columns
        if len(block.columns) > most:
            for row in rows_of(block):
                if len(row) > most:
                    self._far.update(at for at, cell in enumerate(row) if cell is not None)
        if self._filled > self._limits.rows or len(self._far) > most:
            raise ExchangeError("too_large")
        expected = self._scan.expected[first : first + block.height]
        if any(map(gt, expected, filled)):
            rows = rows_of(block)
            for at, (wanted, came) in enumerate(zip(expected, filled, strict=False)):
                if came < wanted:
                    self._short[first + at] = rows[at]

    def _raw_rows(self) -> Iterator[list[Any]]:
        given = 0
        try:
            for row in _padded(self._source(False)):
                yield row
                given += 1
        except OverflowError:
            # A number that no calendar has, in a row that is not given yet.
            yield from islice(_padded(self._source(True)), given, None)

    def _column(
        self, cells: Sequence[Any], kinds: set[type], first: int, column: int
    ) -> Sequence[Cell]:
        if kinds <= _AS_THEY_ARE:
            return [cell or None for cell in cells] if "" in cells else cells
        return [
            self._value(cell, (row, column)) if type(cell) not in _AS_THEY_ARE else cell or None
            for row, cell in enumerate(cells, first)
        ]

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


def _padded(source: calamine.CalamineSheet) -> Iterator[list[Any]]:
    """The reader drops empty columns on the left; the addresses need them."""
    left = [None] * (source.start[1] if source.start else 0)
    return ((left + row if left else row) for row in source.iter_rows())
