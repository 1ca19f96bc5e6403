# SPDX-License-Identifier: Apache-2.0
"""Cells of a list whose letters are not what was meant: said, and put right where a person wants.

    in_right_letters(sheet)       the sheet with its garbled texts as they were meant
    repaired_in(entry, sheet)     the cells of a list that this changed
    told_as_mended(rows, repaired, index)
    flag_letters(draft, name, cell)

Which letters are odd the readers tell (`Sheet.odd_letters`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from imp_plus_desktop.domain.records.catalogue import FULL_NAME
from imp_plus_desktop.exchange.lists.drafts import WARNING, ParsedRow, Respelled
from imp_plus_desktop.exchange.lists.row_drafts import FoundList, RowDraft
from imp_plus_desktop.exchange.sheets.sheets import GARBLED, Cell, Position, Sheet
from imp_plus_desktop.exchange.values.vocabulary import clean


def in_right_letters(sheet: Sheet) -> Sheet:
    """The sheet with its garbled texts as they were meant, the same where it has none.

    Its headers are always understood so: what a column is, is not what it holds.
    """
    garbled = {place: odd for place, odd in sheet.odd_letters.items() if odd.code == GARBLED}
    if not garbled:
        return sheet
    rows = {row: list(sheet.rows[row - 1]) for row, _column in garbled}
    for (row, column), odd in garbled.items():
        rows[row][column] = odd.text
    every = [tuple(rows[n]) if n in rows else row for n, row in enumerate(sheet.rows, 1)]
    others = {place: odd for place, odd in sheet.odd_letters.items() if place not in garbled}
    return replace(sheet, rows=tuple(every), odd_letters=others)


def repaired_in(entry: FoundList, sheet: Sheet) -> dict[Position, Respelled]:
    """What stood in the cells of a list (`sheet` as the file has it) that were put right."""
    if sheet.odd_letters.keys() <= entry.sheet.odd_letters.keys():
        return {}
    columns, rows = set(entry.index.values()), set(entry.data_rows)
    return {
        (row, column): Respelled(str(sheet.cell(row, column)), odd.text)
        for (row, column), odd in sheet.odd_letters.items()
        if odd.code == GARBLED and column in columns and row in rows
    }


def told_as_mended(
    rows: Iterable[ParsedRow], repaired: Mapping[Position, Respelled], index: Mapping[str, int]
) -> tuple[ParsedRow, ...]:
    """The rows with the texts put right as texts that stand in place of cells, which they are."""
    if not repaired:
        return tuple(rows)
    fields = {column: name for name, column in index.items()}
    by_row: dict[int, dict[str, str]] = {}
    for (row, column), cell in repaired.items():
        by_row.setdefault(row, {})[fields[column]] = cell.meant
    return tuple(
        row._replace(mended={**by_row[row.row], **row.mended}) if row.row in by_row else row
        for row in rows
    )


def flag_letters(draft: RowDraft, name: str, column: int, cell: Cell) -> None:
    """Says what is odd about the letters of a cell, before anything else that comes of it."""
    odd = draft.entry.sheet.odd_letters.get((draft.number, column))
    if odd is None:
        return
    field = "family_name" if name == FULL_NAME.named else name
    value = clean(str(cell))
    draft.flag(field, odd.code, WARNING, value=value, likely=clean(odd.text), read_as=odd.read_as)
