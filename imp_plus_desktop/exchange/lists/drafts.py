# SPDX-License-Identifier: Apache-2.0
"""What an import reads from a file, as values: sheets, rows, issues. Holds no rule of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import NamedTuple

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import IN_FAMILY
from imp_plus_desktop.domain.values.date_proof import DateProof
from imp_plus_desktop.exchange.columns.fates import ColumnFate
from imp_plus_desktop.exchange.columns.matching import PEOPLE, ColumnMatch
from imp_plus_desktop.exchange.sheets.sheets import Cell, Position
from imp_plus_desktop.exchange.values.values import FieldValue

OK, SKIPPED, REJECTED, DUPLICATE = "ok", "skipped", "rejected", "duplicate"
ERROR, WARNING = "error", "warning"


SkippedRow = tuple[int, str]
"""A row that is about nobody, and why: blank, header (once more), single (one cell), total,
principal (of a list of families)."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with a cell. `column` is a field name, `cell` an address such as `N18`.

    `cell` is None when the sheet has no column for the field. The parameters feed the sentence
    that is made at the edge; they may quote the cell, so they never go to a log.
    """

    sheet: str
    row: int
    column: str
    cell: str | None
    code: str
    severity: str
    parameters: Mapping[str, FieldValue]


class ParsedRow(NamedTuple):
    """One row: its typed values by field (empty ones absent) and its raw cells from column A.

    `effect`: ok, rejected, duplicate (it repeats an earlier row: counted unchanged). Skipped
    rows are only counted, in `ParsedSheet.skipped`. `given_only`: the family name was empty
    and the value called so comes from the column of the given names. `mended` are the texts that a
    person put in place of cells, by field; `raw` stays what the file holds, its letters put right
    where that was asked for, and the value of a merged cell in every row that it spans
    (`ParsedSheet.written` has the cells as they were).
    `leader` is the sheet and row of the person's first row, where this one tells of another
    application.
    `of_family`: the row is about a member of a family; `principal` is the sheet and row of theirs
    where the list itself shows it.
    A tuple, because a list makes many thousands of them.
    """

    row: int
    values: Mapping[str, FieldValue]
    raw: tuple[Cell, ...]
    issues: tuple[Issue, ...]
    effect: str
    given_only: bool = False
    mended: Mapping[str, str] = MappingProxyType({})
    leader: tuple[str, int] | None = None
    of_family: bool = False
    principal: tuple[str, int] | None = None


class Respelled(NamedTuple):
    """A cell whose garbled letters were put right: what the file holds, and what it means."""

    written: str
    meant: str


@dataclass(frozen=True, slots=True)
class ParsedSheet:
    """A list: `columns` are the headers, `column_index` the columns (from 0), both by field.

    `fates` says of every column what becomes of it.
    `hidden_rows` and `hidden_columns` were read all the same.
    `layout_key` knows the sender's layout by its headers alone, `header_places` where each field
    stands among them; `capitals` are the name fields that the list writes wholly in capitals,
    `proper_case` whether these were put right. `repaired` are the cells whose garbled letters were.
    `struck_rows` are crossed out in the file and were taken all the same; `strays` are the
    addresses of cells too far from the list to belong to it. `merged` are the places (row, column)
    whose value stands in a merged cell that begins above: with each the row where it begins.
    """

    sheet: str
    kind: str
    header_row: int
    columns: Mapping[str, str]
    column_index: Mapping[str, int]
    matches: tuple[ColumnMatch, ...]
    unmapped: tuple[tuple[int, str], ...]
    signature: str
    rows: tuple[ParsedRow, ...]
    skipped: tuple[SkippedRow, ...]
    hidden: bool
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    layout_key: str
    header_places: Mapping[str, tuple[str, int]]
    capitals: tuple[str, ...]
    proper_case: bool
    repaired: Mapping[Position, Respelled] = field(default_factory=dict)
    struck_rows: tuple[int, ...] = ()
    strays: tuple[str, ...] = ()
    merged: Mapping[Position, int] = field(default_factory=dict)
    fates: tuple[ColumnFate, ...] = ()

    def written(self, row: int, raw: Sequence[Cell]) -> tuple[Cell, ...]:
        """The cells of a row as the file itself holds them: a merged value only where it begins."""
        if not self.repaired and not self.merged:
            return tuple(raw)
        return tuple(self._written((row, at), cell) for at, cell in enumerate(raw))

    def _written(self, place: Position, cell: Cell) -> Cell:
        if place in self.merged:
            return None
        repaired = self.repaired.get(place)
        return cell if repaired is None else repaired.written

    @property
    def stands_together(self) -> bool:
        """Whether members of families have rows of their own among the people."""
        return self.kind == PEOPLE and "relation" in self.columns

    @property
    def has_members(self) -> bool:
        """Whether members of families stand among the people, or beside them."""
        return self.stands_together or not IN_FAMILY.keys().isdisjoint(self.columns)

    @property
    def skipped_rows(self) -> tuple[int, ...]:
        """The rows that are about nobody."""
        return tuple(row for row, _why in self.skipped)

    @property
    def total_rows(self) -> int:
        """Rows from the first to the last that hold a value below the header."""
        return len(self.rows) + len(self.skipped)

    @property
    def issues(self) -> tuple[Issue, ...]:
        return tuple(issue for row in self.rows for issue in row.issues)


@dataclass(frozen=True, slots=True)
class IgnoredSheet:
    """`why`: hidden, not_asked, no_list, no_rows, too_large, no_part."""

    sheet: str
    why: str


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The lists of a workbook, in its order, and how its text dates were read."""

    kind: str
    sheets: tuple[ParsedSheet, ...]
    ignored: tuple[IgnoredSheet, ...]
    date_proof: DateProof
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def issues(self) -> tuple[Issue, ...]:
        return tuple(issue for sheet in self.sheets for issue in sheet.issues)
