# SPDX-License-Identifier: Apache-2.0
"""Rows come back from a block as they went in, whatever their cells are."""

from __future__ import annotations

import json
from datetime import date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.exchange.sheets.row_blocks import (
    ROWS_A_BLOCK,
    BlockReader,
    by_columns,
    encoded,
    packed_blocks,
    unpacked,
)
from imp_plus_desktop.exchange.sheets.sheets import Row, Sheet

DAY = date(2023, 11, 22)
cells = (
    st.none()
    | st.text(max_size=4)
    | st.sampled_from(["Maroc", "Maroc", "2023-11-22", "", DAY, DAY, date(1990, 2, 28)])
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.datetimes()
    | st.times()
)


def ended(row: list[object]) -> Row:
    while row and row[-1] is None:
        row.pop()
    return tuple(row)  # type: ignore[arg-type]


rows = st.lists(st.lists(cells, max_size=6).map(ended), max_size=40)


def packed_and_back(lines: list[Row]) -> list[Row]:
    sheet = Sheet("S", rows=tuple(lines))
    return [row for _first, block in packed_blocks(sheet) for row in unpacked(block)]


def told(row: Row) -> list[tuple[type, object]]:
    return [(type(cell), cell) for cell in row]


@given(rows)
def test_each_cell_keeps_its_kind_and_its_value(lines: list[Row]) -> None:
    again = BlockReader().rows(json.loads(encoded(by_columns(lines))))
    assert list(map(told, again)) == list(map(told, lines))
    assert list(map(told, packed_and_back(lines))) == list(map(told, lines))


def test_a_column_that_repeats_itself_is_told_by_its_different_values() -> None:
    lines: list[Row] = [("Maroc", DAY), ("Mali", DAY), ("Maroc", DAY), ("Maroc", None)] * 20
    assert encoded(by_columns(lines)).count(b"Maroc") == 1
    assert packed_and_back(lines)[:2] == lines[:2]
    assert packed_and_back(lines)[3] == ("Maroc",)


def test_a_day_a_moment_and_an_hour_stay_apart_from_their_texts() -> None:
    lines: list[Row] = [(DAY,), (datetime(2023, 11, 22),), (time(9, 30),), (DAY.isoformat(),)]
    assert list(map(told, packed_and_back(lines))) == list(map(told, lines))


def test_a_sheet_is_cut_into_blocks_that_name_their_first_row() -> None:
    lines: list[Row] = [(number,) for number in range(1, ROWS_A_BLOCK * 2 + 2)]
    blocks = packed_blocks(Sheet("S", rows=tuple(lines)))
    assert [first for first, _block in blocks] == [1, ROWS_A_BLOCK + 1, ROWS_A_BLOCK * 2 + 1]
    assert packed_and_back(lines) == lines
