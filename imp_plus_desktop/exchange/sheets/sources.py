# SPDX-License-Identifier: Apache-2.0
"""What every kind of file is read as: a workbook whose sheets come one by one, block by block.

Knows no kind of file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol, TypeVar

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.sheets.row_blocks import ROWS_A_BLOCK, Columns, by_columns
from imp_plus_desktop.exchange.sheets.sheets import Row, Sheet, Workbook
from imp_plus_desktop.exchange.sheets.strays import TOO_LARGE

T = TypeVar("T")


class SheetSource(Protocol):
    """One sheet: first its rows, then what else is known of it, then the cells to put back."""

    def blocks(self) -> Iterator[Columns]: ...
    def about(self) -> Sheet: ...
    def patches(self) -> list[tuple[int, int, str]]: ...


class RowsSheet:
    """A sheet of which nothing is known but its rows; empty ones at its end are none."""

    def __init__(self, sheet: Sheet, rows: Iterator[Row]) -> None:
        self._sheet, self._rows = sheet, rows

    def blocks(self) -> Iterator[Columns]:
        yield from without_empty_end(map(by_columns, in_blocks(self._rows)))

    def about(self) -> Sheet:
        return self._sheet

    def patches(self) -> list[tuple[int, int, str]]:
        return []


class ReadySheet:
    """A sheet that is there already."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def blocks(self) -> Iterator[Columns]:
        return map(by_columns, in_blocks(self._sheet.rows))

    def about(self) -> Sheet:
        return replace(self._sheet, rows=())

    def patches(self) -> list[tuple[int, int, str]]:
        return []


@dataclass(frozen=True, slots=True)
class Reading:
    """A file whose sheets are read one after the other, each only when its turn comes.

    `about` is the workbook without its sheets.
    """

    about: Workbook
    sheets: Iterator[SheetSource]


def refuse_unknown(sheet_names: Sequence[str] | None, known: Sequence[str]) -> None:
    """Raises sheet_not_found for the first name that no sheet has."""
    for name in sheet_names or ():
        if name not in known:
            raise ExchangeError("sheet_not_found", sheet=name)


def is_asked(name: str, hidden: bool, sheet_names: Sequence[str] | None) -> bool:
    """Whether a sheet is read: every visible one, or those that are named."""
    return name in sheet_names if sheet_names is not None else not hidden


def in_blocks(rows: Iterable[T]) -> Iterator[list[T]]:
    """Rows in lists of as many as a block has."""
    iterator = iter(rows)
    while some := list(islice(iterator, ROWS_A_BLOCK)):
        yield some


def without_empty_end(blocks: Iterable[Columns]) -> Iterator[Columns]:
    """The blocks as they are, but for the empty rows that nothing follows."""
    waiting = 0
    for block in blocks:
        last = _last_filled(block)
        if not last:
            waiting += block.height
            continue
        if waiting:
            yield Columns(waiting, [])
        waiting = block.height - last
        if waiting:
            block = Columns(last, [c[:last] for c in block.columns], block.texts)
        yield block


def _last_filled(block: Columns) -> int:
    """How many rows of a block reach to its last cell."""
    for last in range(block.height, 0, -1):
        if any(column[last - 1] is not None for column in block.columns):
            return last
    return 0


def refuse_too_large(sheets: Iterable[tuple[int, Sheet]]) -> None:
    """Raises too_large where a sheet is over the limits and no other one holds anything.

    With each sheet comes how many rows of it were read.
    """
    read = {sheet.why_not for rows, sheet in sheets if rows or sheet.why_not == TOO_LARGE}
    if read == {TOO_LARGE}:
        raise ExchangeError(TOO_LARGE)
