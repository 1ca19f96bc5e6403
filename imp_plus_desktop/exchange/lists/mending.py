# SPDX-License-Identifier: Apache-2.0
"""What a person puts right in a list before its import, beside the file: the file stays as it is.

Knows texts of cells only. What a mended text means is read by `values.py` like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import NAMES
from imp_plus_desktop.domain.values.names import proper_case
from imp_plus_desktop.exchange.lists.drafts import ParsedRow
from imp_plus_desktop.exchange.sheets.sheets import Cell
from imp_plus_desktop.exchange.values.vocabulary import clean


@dataclass(frozen=True, slots=True)
class Repair:
    """`text` in place of one cell of a row, or of every cell of the field that reads `was`.

    `field` is a field name, whether or not the list has a column for it. With `row` None the
    repair holds for all sheets, whatever `sheet` says. An empty text empties the cell.
    """

    field: str
    text: str
    sheet: str = ""
    row: int | None = None
    was: str = ""


LETTERS = "letters"
"""In place of a field: the letters of every garbled text of the file."""
GARBLED_LETTERS = Repair(LETTERS, "")
"""Every garbled text as it was meant, as `Sheet.odd_letters` tells it."""


def alike(cell: Cell) -> str:
    """What two cells that read alike have in common: their text, whatever its case and spaces."""
    return "" if cell is None else clean(str(cell)).casefold()


class Repairs:
    """Looks repairs up by cell; of two for one cell the later one counts."""

    def __init__(self, repairs: Sequence[Repair] = ()) -> None:
        self._cells: dict[tuple[str, int], dict[str, str]] = {}
        self._alike: dict[tuple[str, str], str] = {}
        self.letters = GARBLED_LETTERS in repairs
        for repair in repairs:
            if repair.field == LETTERS:
                continue
            if repair.row is None:
                self._alike[repair.field, alike(repair.was)] = repair.text
            else:
                self._cells.setdefault((repair.sheet, repair.row), {})[repair.field] = repair.text

    def __bool__(self) -> bool:
        return bool(self._cells or self._alike)

    def of_row(
        self, sheet: str, row: int, cells: Sequence[Cell], index: Mapping[str, int]
    ) -> dict[str, str]:
        """The mended texts of a row by field."""
        found: dict[str, str] = {}
        if self._alike:
            for field, column in index.items():
                key = (field, alike(cells[column] if column < len(cells) else None))
                if key[1] and key in self._alike:
                    found[field] = self._alike[key]
        found.update(self._cells.get((sheet, row), {}))
        return found


def in_capitals(rows: Iterable[ParsedRow]) -> tuple[str, ...]:
    """The name fields that a list writes wholly in capitals."""
    listed = list(rows)
    return tuple(field for field in NAMES if _all_capitals(field, listed))


def _all_capitals(field: str, rows: Sequence[ParsedRow]) -> bool:
    seen = False
    for row in rows:
        value = row.values.get(field)
        if not isinstance(value, str) or value.lower() == value.upper():
            continue
        if not value.isupper():
            return False
        seen = True
    return seen


def in_proper_case(rows: Sequence[ParsedRow], fields: Sequence[str]) -> tuple[ParsedRow, ...]:
    """The rows with the names of these fields as they are usually written."""
    if not fields:
        return tuple(rows)
    return tuple(
        row._replace(
            values={
                name: proper_case(value) if name in fields and isinstance(value, str) else value
                for name, value in row.values.items()
            },
        )
        for row in rows
    )
