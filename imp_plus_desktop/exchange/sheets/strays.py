# SPDX-License-Identifier: Apache-2.0
"""Cells that stand far away from everything else in a sheet: a letter typed at its end by mistake.

Asked only of a sheet that reaches beyond its limits. Works on places alone and knows no value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from imp_plus_desktop.exchange.sheets.sheets import Limits, Position

TOO_LARGE = "too_large"
SHOWN_ROWS = 200
"""Rows of a sheet over the limits that are read all the same, to tell whether it is a list."""
_COLUMNS_APART = 50
_ROWS_APART = 1000
_MOST_STRAYS = 200
"""More than so many cells are a table of their own, which nobody typed by mistake."""


def strays_of(filled: Mapping[int, Collection[int]], limits: Limits) -> tuple[Position, ...] | None:
    """The cells far from the others, in their order; None where it is too large without them too.

    `filled` are the columns (from 0) that hold something by row (from 1).
    """
    columns = sorted(set().union(*filled.values()))
    last_column = _end_of_first(columns, _COLUMNS_APART)
    rows = sorted(row for row, held in filled.items() if min(held) <= last_column)
    last_row = _end_of_first(rows, _ROWS_APART)
    strays = [
        (row, column)
        for row, held in sorted(filled.items())
        for column in sorted(held)
        if row > last_row or column > last_column
    ]
    wide = sum(column <= last_column for column in columns) > limits.columns
    area = (last_row + 1) * (last_column + 1)
    if wide or area > limits.area or len(strays) > _MOST_STRAYS:
        return None
    return tuple(strays)


def _end_of_first(numbers: Sequence[int], apart: int) -> int:
    """The last of the sorted numbers before the first gap of so many."""
    for number, following in pairwise(numbers):
        if following - number > apart:
            return number
    return numbers[-1] if numbers else 0
