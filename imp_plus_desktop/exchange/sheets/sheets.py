# SPDX-License-Identifier: Apache-2.0
"""A workbook as plain rows: what reading hands on, whatever the kind of file.

Rows count from 1 as the sheet numbers them, columns from 0. Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, time
from typing import NamedTuple

from imp_plus_desktop.domain.classes import dataclass

Cell = str | int | float | bool | date | datetime | time | None
Row = tuple[Cell, ...]
Position = tuple[int, int]
"""(row from 1, column from 0)."""

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold before it is refused, and what the reading process may use."""

    unpacked_bytes: int = 200 * MEBIBYTE
    rows: int = 200_000
    columns: int = 300
    area: int = 24_000_000
    memory_bytes: int = 500 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a person says that a text file is written; None where its bytes are to tell."""

    encoding: str | None = None
    separator: str | None = None


MIXED, GARBLED, LOST = "mixed_encoding", "garbled_text", "lost_letters"
"""What is odd about letters: they were bytes of another encoding than the rest of the file's; they
were read in a wrong encoding before the file was written; they are gone."""


class OddLetters(NamedTuple):
    """A cell with letters that are not what was meant, `code` as above.

    `text` is what is likely meant, `read_as` the encoding that has to do with it; a cell that has
    lost letters has neither.
    """

    code: str
    text: str = ""
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows[0]` is the sheet's row 1; a row ends at its last filled cell.

    `error_cells` are spreadsheet errors such as `#REF!`, `uncached_formulas` formulas whose
    value the file does not hold, `lost_digits` numbers of more than 15 digits, `odd_letters` texts
    whose letters are not what was meant. `struck_rows` are rows whose text is crossed out. `strays`
    are cells so far from all others that they were left out. `why_not` says of a sheet that is no
    list as it stands: `too_large` (only its beginning was read), `no_part` (listed, but not in the
    file).
    A hidden sheet that was not asked for has no rows.
    """

    name: str
    hidden: bool = False
    rows: tuple[Row, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    error_cells: Mapping[Position, str] = field(default_factory=dict)
    uncached_formulas: frozenset[Position] = frozenset()
    lost_digits: frozenset[Position] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row, first column, last row and last column of each merged range."""
    odd_letters: Mapping[Position, OddLetters] = field(default_factory=dict)
    struck_rows: frozenset[int] = frozenset()
    strays: tuple[Position, ...] = ()
    why_not: str | None = None
    blocks: tuple[tuple[int, bytes], ...] = field(default=(), compare=False)
    """The rows as the reading process told them (`row_blocks.py`): the first row of each block and
    its line, packed. Empty where they were read in this process, or mended since."""

    def cell(self, row: int, column: int) -> Cell:
        """The value at a position, None outside of what the sheet holds."""
        if not 0 < row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        return cells[column] if column < len(cells) else None


@dataclass(frozen=True, slots=True)
class Workbook:
    """`kind` is xlsx, xlsm, xlsb, xls, ods, csv or tsv; encoding and delimiter only for text."""

    kind: str
    sheets: tuple[Sheet, ...]
    date1904: bool = False
    encoding: str | None = None
    delimiter: str | None = None


def column_letters(column: int) -> str:
    """`A` for 0, `Z` for 25, `AA` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """`N18` for row 18, column 13."""
    return f"{column_letters(column)}{row}"
