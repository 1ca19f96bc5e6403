# SPDX-License-Identifier: Apache-2.0
"""Puts a sheet together from cells that come one by one, in any order, within the limits.

For the readers that see each cell with its address; it reads no file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.sheets import serials
from imp_plus_desktop.exchange.sheets.sheets import Cell, Limits, Position, Sheet
from imp_plus_desktop.exchange.sheets.strays import SHOWN_ROWS, TOO_LARGE, strays_of

MOST_ROWS = 2**20
MOST_COLUMNS = 2**14
MOST_MERGED = 200_000
MOST_MARKS = 200_000

ERROR_NAMES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip


class SheetBuilder:
    """Collects the cells of one sheet. Rows from 1, columns from 0."""

    def __init__(self, name: str, hidden: bool, limits: Limits, *, date1904: bool = False) -> None:
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self._name, self._hidden, self._limits, self._date1904 = name, hidden, limits, date1904
        self._rows: dict[int, tuple[Cell, ...]] = {}
        self._errors: dict[Position, str] = {}
        self._uncached: set[Position] = set()
        self._lost: set[Position] = set()
        self._struck: Counter[int] = Counter()
        self._columns: set[int] = set()
        self._number = 0
        self._cells: list[Cell] = []
        self._area = 0

    def put(self, row: int, column: int, value: Cell) -> None:
        """A cell's value; an empty text is no value. A position that comes twice is an error."""
        if value is None or value == "":
            return
        if row != self._number:
            self._turn_to(row)
        cells = self._cells
        gap = column - len(cells)
        if column >= self._limits.columns:
            self._reach(column)
        if gap > 0:
            cells.extend([None] * gap)
        if gap >= 0:
            cells.append(value)
        elif cells[column] is None or cells[column] == value:
            cells[column] = value
        else:
            self._errors[row, column] = f"{cells[column]} / {value}"
            cells[column] = None

    def repeat_row(self, row: int, times: int) -> None:
        """The values of a row again in the rows below it, so that it stands there `times` times."""
        self._turn_to(0)
        values = self._rows.get(row)
        if values is None:
            return
        self._check(row + times - 1, 0)
        if len(self._rows) + times > self._limits.rows + 1:
            raise ExchangeError(TOO_LARGE)
        lost = [column for column in range(len(values)) if (row, column) in self._lost]
        if len(lost) * times > MOST_MARKS:
            raise ExchangeError(TOO_LARGE)
        for below in range(row + 1, row + times):
            self._rows[below] = values
            self._lost.update((below, column) for column in lost)

    def put_number(self, row: int, column: int, value: float, kind: str | None) -> None:
        """A number under a format of that kind (`serials.format_kind`)."""
        if serials.loses_digits(value):
            self._lost.add((row, column))
        self.put(row, column, serials.shown(value, kind, self._date1904))

    def put_error(self, row: int, column: int, code: int) -> None:
        """A spreadsheet error by its number in the file."""
        self.put_mark(row, column, ERROR_NAMES.get(code, "#ERROR!"))

    def put_mark(self, row: int, column: int, error: str | None) -> None:
        """A spreadsheet error as the file shows it, or None: a formula without a value."""
        self._check(row, column)
        if error is None:
            self._uncached.add((row, column))
        else:
            self._errors[row, column] = error

    def cross_out(self, row: int) -> None:
        """Notes a filled cell of a row whose style crosses its text out."""
        self._struck[row] += 1

    def hide_columns(self, first: int, last: int) -> None:
        self.hidden_columns.update(range(first, min(last, MOST_COLUMNS - 1) + 1))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if len(self.merged) == MOST_MERGED:
            raise ExchangeError(TOO_LARGE)
        self.merged.append((top, left, bottom, right))

    def filled_by(self, read: Callable[[], None]) -> Sheet:
        """The sheet when `read` has put its cells; over the limits, no more than its beginning."""
        try:
            read()
            return self.sheet()
        except ExchangeError as error:
            if error.code != TOO_LARGE:
                raise
        return self.beginning()

    def sheet(self) -> Sheet:
        """The sheet, each row up to its last value, without cells that stray. Raises too_large."""
        self._turn_to(0)
        if not self._columns:
            return self._made((), None)
        strays = strays_of(self._filled(), self._limits)
        if strays is None:
            raise ExchangeError(TOO_LARGE)
        self._leave_out(frozenset(strays).__contains__)
        return self._made(strays, None)

    def beginning(self) -> Sheet:
        """The first rows of a sheet that is over the limits, to tell whether it is a list."""
        most = self._limits.columns
        if self._number:
            self._rows[self._number] = tuple(self._cells[:most])
        self._leave_out(lambda place: place[0] > SHOWN_ROWS or place[1] >= most)
        return self._made((), TOO_LARGE)

    def _made(self, strays: tuple[Position, ...], why_not: str | None) -> Sheet:
        last = max((*self._rows, *(row for row, _ in (*self._errors, *self._uncached))), default=0)
        rows = tuple(self._rows.get(number, ()) for number in range(1, last + 1))
        struck = (
            row
            for row, times in self._struck.items()
            if times * 2 > sum(cell is not None for cell in self._rows.get(row, ()))
        )
        return Sheet(
            self._name, self._hidden, rows, frozenset(self.hidden_rows),
            frozenset(self.hidden_columns), self._errors, frozenset(self._uncached),
            frozenset(self._lost), tuple(self.merged),
            struck_rows=frozenset(struck), strays=strays, why_not=why_not,
        )  # fmt: skip

    def _filled(self) -> dict[int, set[int]]:
        """The columns that hold something, by row."""
        filled = {
            row: {column for column, cell in enumerate(cells) if cell is not None}
            for row, cells in self._rows.items()
        }
        for row, column in (*self._errors, *self._uncached):
            filled.setdefault(row, set()).add(column)
        return {row: columns for row, columns in filled.items() if columns}

    def _leave_out(self, is_left_out: Callable[[Position], bool]) -> None:
        for row in list(self._rows):
            cells = [
                None if cell is None or is_left_out((row, column)) else cell
                for column, cell in enumerate(self._rows[row])
            ]
            while cells and cells[-1] is None:
                cells.pop()
            self._rows[row] = tuple(cells)
            if not cells:
                del self._rows[row]
        self._errors = {p: text for p, text in self._errors.items() if not is_left_out(p)}
        self._uncached = {place for place in self._uncached if not is_left_out(place)}
        self._lost = {place for place in self._lost if not is_left_out(place)}

    def _turn_to(self, row: int) -> None:
        if self._cells:
            while self._cells and self._cells[-1] is None:
                self._cells.pop()
            self._rows[self._number] = tuple(self._cells)
            self._area += len(self._cells)
        self._number = row
        self._cells = list(self._rows.get(row, ()))
        self._check(row, 0)
        if len(self._rows) > self._limits.rows or self._area > self._limits.area:
            raise ExchangeError(TOO_LARGE)

    def _reach(self, column: int) -> None:
        """Notes a column beyond those that a sheet may have: some may be, when others are empty."""
        self._check(0, column)
        self._columns.add(column)
        if len(self._columns) > self._limits.columns:
            raise ExchangeError(TOO_LARGE)

    def _check(self, row: int, column: int) -> None:
        if not 0 <= row <= MOST_ROWS or not 0 <= column < MOST_COLUMNS:
            raise ExchangeError("damaged")
