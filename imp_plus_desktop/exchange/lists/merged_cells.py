# SPDX-License-Identifier: Apache-2.0
"""Merged cells of a list: their value holds for every row that they span.

Only down a column that is read, and only in rows that hold something of their own: titles and bands
stay what they are, and a merged range alone makes no person. Knows no field.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from imp_plus_desktop.exchange.sheets.sheets import Cell, Position, Sheet

Spread = Mapping[Position, int]
"""The row that holds the value, by the place for which it holds too."""


def spread(sheet: Sheet, header_row: int, columns: Collection[int]) -> tuple[Sheet, Spread]:
    """The sheet with the values of merged cells in each row that they span, and where they are.

    A value that stands under a merged cell, unseen, stays: it is the row's own.
    """
    sources = {
        (row, left): top
        for top, left, bottom, _right in sheet.merged
        if bottom > top > header_row and left in columns
        for row in range(top + 1, min(bottom, len(sheet.rows)) + 1)
        if sheet.rows[row - 1] and sheet.cell(row, left) is None
    }
    if not sources:
        return sheet, {}
    rows = list(sheet.rows)
    errors, odd = dict(sheet.error_cells), dict(sheet.odd_letters)
    uncached, lost = set(sheet.uncached_formulas), set(sheet.lost_digits)
    for (row, column), top in sources.items():
        source = (top, column)
        value = sheet.cell(top, column)
        if value is not None:
            rows[row - 1] = _with(rows[row - 1], column, value)
        if source in sheet.error_cells:
            errors[row, column] = sheet.error_cells[source]
        if source in sheet.odd_letters:
            odd[row, column] = sheet.odd_letters[source]
        if source in sheet.uncached_formulas:
            uncached.add((row, column))
        if source in sheet.lost_digits:
            lost.add((row, column))
    filled = replace(
        sheet,
        rows=tuple(rows),
        error_cells=errors,
        uncached_formulas=frozenset(uncached),
        lost_digits=frozenset(lost),
        odd_letters=odd,
        blocks=(),
    )
    return filled, sources


def _with(cells: tuple[Cell, ...], column: int, value: Cell) -> tuple[Cell, ...]:
    longer = [*cells, *[None] * (column + 1 - len(cells))]
    longer[column] = value
    return tuple(longer)
