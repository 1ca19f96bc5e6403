# SPDX-License-Identifier: Apache-2.0
"""The rows of people below a header, told from blank, repeated, total and lone ones.

Looks at no more of most rows than their first two cells. What the cells mean is read in
`importing.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice, zip_longest

from imp_plus_desktop.domain.records.catalogue import FAMILY_FIRST, FULL_NAME
from imp_plus_desktop.exchange.columns.headers import stated_order
from imp_plus_desktop.exchange.columns.layout import HeadersAgain, Layout
from imp_plus_desktop.exchange.lists.merged_cells import spread
from imp_plus_desktop.exchange.lists.row_drafts import FoundList
from imp_plus_desktop.exchange.sheets.sheets import Cell, Sheet
from imp_plus_desktop.exchange.values.vocabulary import Vocabulary, clean, fold

_TOTAL = re.compile(r"(?:grand |sous[- ]?|sub[- ]?)?tota(?:l|ux|ls)\b(?!\s*,)")


def rows_of_list(sheet: Sheet, layout: Layout, vocabulary: Vocabulary) -> FoundList:
    """Tells the rows of people from the blank, repeated, total and lone ones below the header."""
    sheet, merged = spread(sheet, layout.header_row, layout.index.values())
    # The header, and the band above it: either may stand again at the top of a page.
    above = sheet.rows[max(0, layout.header_row - 2) : layout.header_row]
    headers = _Headers(
        [{i: _key(c) for i, c in enumerate(row) if isinstance(c, str)} for row in above]
    )
    lost = {p for p in (*sheet.error_cells, *sheet.uncached_formulas) if p[0] > layout.header_row}
    lost_rows = {row for row, _ in lost}
    holding = [
        number
        for number in range(layout.header_row + 1, len(sheet.rows) + 1)
        if sheet.rows[number - 1] or number in lost_rows
    ]
    extra: dict[int, int] = {}
    for row, column in lost:
        if sheet.cell(row, column) is None:
            extra[row] = extra.get(row, 0) + 1
    data: list[int] = []
    skipped: list[int] = []
    headers_again = HeadersAgain(layout, vocabulary)
    first = layout.header_row + 1
    columns = list(zip_longest(*sheet.rows[layout.header_row :]))
    looked_for = headers_again.may_be_in(columns)
    for number in range(holding[0], holding[-1] + 1) if holding else ():
        cells = sheet.rows[number - 1]
        belongs = _is_data(cells, extra.get(number, 0), headers)
        if belongs and (looked_for or number == first):
            belongs = not headers_again(number, cells)
        (data if belongs else skipped).append(number)
    if len(data) < len(sheet.rows) - layout.header_row:
        columns = list(zip_longest(*(sheet.rows[number - 1] for number in data)))
    beyond: tuple[Cell, ...] = (None,) * len(data)
    by_field = {
        name: columns[at] if at < len(columns) else beyond for name, at in layout.index.items()
    }
    family_first = stated_order(layout.headers.get(FULL_NAME.named, "")) == FAMILY_FIRST.named
    return FoundList(
        sheet, layout, layout.index, tuple(data), tuple(skipped), by_field, family_first, merged
    )


def _key(cell: str) -> str:
    return clean(cell).casefold()


def _quick_key(cell: str) -> str:
    """`_key`; a number of letters and digits alone, as most rows begin with, needs no cleaning."""
    return cell.lower() if cell.isascii() and cell.isalnum() else _key(cell)


class _Headers:
    """The texts of header rows by column, and those of the first two columns for a quick look."""

    def __init__(self, rows: Sequence[Mapping[int, str]]) -> None:
        self.rows = rows
        self.first = {row[0] for row in rows if 0 in row}
        self.second = {row[1] for row in rows if 1 in row}


def _is_data(cells: tuple[Cell, ...], lost: int, headers: _Headers) -> bool:
    return _plainly_data(cells, headers) or _looks_like_data(cells, lost, headers)


def _plainly_data(cells: tuple[Cell, ...], headers: _Headers) -> bool:
    """Whether a row begins with two texts that no header has, as most rows do."""
    if len(cells) > 1 and type(cells[0]) is str and type(cells[1]) is str:
        one, two = _quick_key(cells[0]), _quick_key(cells[1])
        return "to" not in fold(one) and one not in headers.first and two not in headers.second
    return False


def _looks_like_data(cells: tuple[Cell, ...], lost: int, headers: _Headers) -> bool:
    filled = list(islice(((i, c) for i, c in enumerate(cells) if c is not None), 8))
    if len(filled) + lost < 2:
        return False
    if not filled:
        return True
    first = filled[0][1]
    if isinstance(first, str) and "to" in fold(first) and _TOTAL.match(fold(clean(first))):
        return False
    texts = [(i, c) for i, c in filled if isinstance(c, str)]
    return len(texts) < 2 or not _repeats(texts, headers.rows)


def _repeats(texts: list[tuple[int, str]], headers: Sequence[Mapping[int, str]]) -> bool:
    """Whether at least half of the texts stand in one of the headers, one of the first two too."""
    early = [(i, _key(c)) for i, c in texts[:2]]
    return any(
        any(header.get(i) == key for i, key in early)
        and sum(header.get(i) == _key(c) for i, c in texts) * 2 >= len(texts)
        for header in headers
    )
