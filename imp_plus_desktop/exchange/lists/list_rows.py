# SPDX-License-Identifier: Apache-2.0
"""The rows of people below a header, told from blank, repeated, total and lone ones.

Looks at no more of most rows than their first two cells. What the cells mean is read in
`importing.py`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from datetime import date
from itertools import islice, zip_longest

from imp_plus_desktop.domain.records.catalogue import FAMILY_FIRST, FULL_NAME
from imp_plus_desktop.exchange.columns.headers import stated_order
from imp_plus_desktop.exchange.columns.layout import HeadersAgain, Layout
from imp_plus_desktop.exchange.columns.matching import FAMILY
from imp_plus_desktop.exchange.lists.drafts import SkippedRow
from imp_plus_desktop.exchange.lists.merged_cells import spread
from imp_plus_desktop.exchange.lists.row_drafts import FoundList
from imp_plus_desktop.exchange.sheets.sheets import Cell, Sheet
from imp_plus_desktop.exchange.values.values import DATE_FIELDS, IDENTIFIER_FIELDS
from imp_plus_desktop.exchange.values.vocabulary import Vocabulary, clean, fold

BLANK, HEADER, SINGLE, TOTAL = "blank", "header", "single", "total"
PRINCIPAL = "principal"
"""In a list of families, a row that only repeats whose family the next rows are of."""
_DIGITS_OF_A_NUMBER, _DIGITS_OF_A_YEAR = 5, 4
_SERIALS = range(7_000, 60_000)
"""Days from 1919 to 2064 as spreadsheets count them."""
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
    skipped: list[SkippedRow] = []
    says_who = _Person(layout)
    principals = _Principals(layout, vocabulary)
    headers_again = HeadersAgain(layout, vocabulary)
    first = layout.header_row + 1
    columns = list(zip_longest(*sheet.rows[layout.header_row :]))
    looked_for = headers_again.may_be_in(columns)
    for number in range(holding[0], holding[-1] + 1) if holding else ():
        cells = sheet.rows[number - 1]
        why = None
        if not _plainly_data(cells, headers):
            why = _why_not(cells, extra.get(number, 0), headers, says_who)
        if why is None and (looked_for or number == first) and headers_again(number, cells):
            why = HEADER
        why = why or principals(cells)
        if why is None:
            data.append(number)
        else:
            skipped.append((number, why))
    if len(data) < len(sheet.rows) - layout.header_row:
        columns = list(zip_longest(*(sheet.rows[number - 1] for number in data)))
    beyond: tuple[Cell, ...] = (None,) * len(data)
    by_field = {
        name: columns[at] if at < len(columns) else beyond for name, at in layout.index.items()
    }
    family_first = stated_order(layout.headers.get(FULL_NAME.named, "")) == FAMILY_FIRST.named
    filled = _filled(columns, set(layout.index.values()))
    return FoundList(
        sheet, layout, layout.index, tuple(data), tuple(skipped), by_field, family_first,
        merged, filled, len(columns),
    )  # fmt: skip


def _filled(columns: Sequence[Sequence[Cell]], taken: Container[int]) -> frozenset[int]:
    """The columns beside those taken that hold anything."""
    return frozenset(
        at
        for at, cells in enumerate(columns)
        if at not in taken and set(map(type, cells)) - {type(None)}
    )


class _Principals:
    """Tells the rows of a list of families that are about a principal and no member."""

    def __init__(self, layout: Layout, vocabulary: Vocabulary) -> None:
        self._at = layout.index.get("relation") if layout.kind == FAMILY else None
        self._vocabulary = vocabulary

    def __call__(self, cells: Sequence[Cell]) -> str | None:
        cell = cells[self._at] if self._at is not None and self._at < len(cells) else None
        if not isinstance(cell, str) or self._vocabulary.code("role", clean(cell)) is None:
            return None
        return PRINCIPAL


class _Person:
    """Tells a row about somebody called Total: it has a number and a date of its own, or a date of
    birth beside a given name."""

    def __init__(self, layout: Layout) -> None:
        index = layout.index
        self._numbers = [at for name, at in index.items() if name in IDENTIFIER_FIELDS]
        self._dates = [at for name, at in index.items() if name in DATE_FIELDS]
        self._born, self._given = index.get("birth_date"), index.get("given_names")

    def __call__(self, cells: Sequence[Cell]) -> bool:
        def cell(at: int | None) -> Cell:
            return cells[at] if at is not None and at < len(cells) else None

        numbered = any(_digits(cell(at)) >= _DIGITS_OF_A_NUMBER for at in self._numbers)
        if numbered and any(_is_a_date(cell(at)) for at in self._dates):
            return True
        given = cell(self._given)
        named = isinstance(given, str) and any(map(str.isalpha, given))
        return named and _is_a_date(cell(self._born))


def _digits(cell: Cell) -> int:
    return sum(map(str.isdigit, cell if isinstance(cell, str) else str(cell or "")))


def _is_a_date(cell: Cell) -> bool:
    """Whether a cell may be a day; a sum is none, and a serial number only one of our times."""
    if isinstance(cell, date):
        return True
    if isinstance(cell, int | float):
        return not isinstance(cell, bool) and cell in _SERIALS
    return isinstance(cell, str) and _digits(cell) >= _DIGITS_OF_A_YEAR


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


def _plainly_data(cells: tuple[Cell, ...], headers: _Headers) -> bool:
    """Whether a row begins with two texts that no header has, as most rows do."""
    if len(cells) > 1 and type(cells[0]) is str and type(cells[1]) is str:
        one, two = _quick_key(cells[0]), _quick_key(cells[1])
        return "to" not in fold(one) and one not in headers.first and two not in headers.second
    return False


def _why_not(
    cells: tuple[Cell, ...], lost: int, headers: _Headers, says_who: _Person
) -> str | None:
    """Why a row is about nobody, None when it may be about somebody."""
    filled = list(islice(((i, c) for i, c in enumerate(cells) if c is not None), 8))
    if len(filled) + lost < 2:
        return SINGLE if filled or lost else BLANK
    if not filled:
        return None
    first = filled[0][1]
    if isinstance(first, str) and "to" in fold(first) and _TOTAL.match(fold(clean(first))):
        return None if says_who(cells) else TOTAL
    texts = [(i, c) for i, c in filled if isinstance(c, str)]
    return HEADER if len(texts) > 1 and _repeats(texts, headers.rows) else None


def _repeats(texts: list[tuple[int, str]], headers: Sequence[Mapping[int, str]]) -> bool:
    """Whether at least half of the texts stand in one of the headers, one of the first two too."""
    early = [(i, _key(c)) for i, c in texts[:2]]
    return any(
        any(header.get(i) == key for i, key in early)
        and sum(header.get(i) == _key(c) for i, c in texts) * 2 >= len(texts)
        for header in headers
    )
