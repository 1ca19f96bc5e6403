# SPDX-License-Identifier: Apache-2.0
"""The header row of a sheet's list, under titles and bands, and the headers that stand in it.

Works on plain rows, the headers' words and the vocabulary. Which column is taken for which field
is decided in `matching.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from imp_plus_desktop.domain.records.catalogue import NAMES, WHOLE_NAMES
from imp_plus_desktop.exchange.columns.headers import (
    Header,
    Said,
    by_words,
    by_words_or_meaning,
    of_members,
)
from imp_plus_desktop.exchange.sheets.sheets import Cell, Sheet
from imp_plus_desktop.exchange.values.vocabulary import Vocabulary, clean

SEARCHED_ROWS = 120
LOOKED_AT_ROWS = 60
"""How many rows below the header show what a column holds."""
SAYS_WHO = ("family_name", *(field.named for field in WHOLE_NAMES))
"""Columns that say what somebody is called; given names alone do not."""
NAME_FIELDS = (*NAMES, *SAYS_WHO[1:])
NAMES_A_PRINCIPAL = ("individual_reference", "file_number")
"""Columns that, beside a relation, are the principal's: a member has no such number."""
_HEADERS_WITHIN_ROWS = 30

_Matcher = Callable[[Header, Vocabulary], Said | None]


def find_header_row(sheet: Sheet, vocabulary: Vocabulary) -> int | None:
    """The row that makes a list, by its headers' words or else by what they mean; failing that,
    the one with the most known headers."""
    known, whole = _best_row(sheet, vocabulary, by_words)
    if whole:
        return known
    meant, whole = _best_row(sheet, vocabulary, by_words_or_meaning)
    return meant if whole else known


def likeliest_header_row(sheet: Sheet, vocabulary: Vocabulary) -> int:
    """The row with the most known headers, or else with the most texts, where none makes a list."""
    return _best_row(sheet, vocabulary, by_words)[0] or _fullest_row(sheet)


def headers_of(sheet: Sheet, row: int) -> dict[int, Header]:
    """The headers of a row by column, each with the band or the merged cell above it."""
    texts = _texts(sheet, row)
    bands = _bands(sheet, row - 1) if row > 1 else {}
    own_above = _texts(sheet, row - 1) if row > 1 else {}
    found = {column: Header(text, bands.get(column, "")) for column, text in texts.items()}
    for column, text in own_above.items():
        # A header merged over both rows stands in the upper one.
        if column not in found and len(own_above) > 1:
            found[column] = Header("", text)
    return found


def header_text(headers: Mapping[int, Header], column: int) -> str:
    """A column's header as a person is shown it: its own text, or else the band's."""
    header = headers.get(column)
    return "" if header is None else clean(header.text or header.band)


def filled_columns(sheet: Sheet, header_row: int) -> set[int]:
    """The columns that hold something in the first rows below the header."""
    rows = sheet.rows[header_row : header_row + LOOKED_AT_ROWS]
    return {column for cells in rows for column, cell in enumerate(cells) if cell is not None}


def in_words(cells: Sequence[Cell], column: int) -> bool:
    """Whether a cell is a text without a figure, as no date is."""
    cell = cells[column] if column < len(cells) else None
    return isinstance(cell, str) and not any(c.isdigit() for c in cell)


def _best_row(sheet: Sheet, vocabulary: Vocabulary, match: _Matcher) -> tuple[int | None, bool]:
    """The row with the most headers, those that make a list first; whether it makes one."""
    best, best_score = None, (False, 1)
    for row in range(1, min(len(sheet.rows), SEARCHED_ROWS) + 1):
        makes_a_list, most = best_score
        if makes_a_list and len(_filled(sheet, row) | _filled(sheet, row - 1)) <= most:
            continue  # as a rule all rows below the header: they are many, and their cells odd
        texts = _texts(sheet, row)
        if not any(
            vocabulary.may_be_header(text) and match(Header(text, ""), vocabulary)
            for text in texts.values()
        ):
            continue
        headers = of_members(headers_of(sheet, row), vocabulary).values()
        found = {said[0] for header in headers if (said := match(header, vocabulary)) is not None}
        whole = _makes_a_list(found)
        if not whole and not found.isdisjoint(NAME_FIELDS):
            whole = vocabulary.programme_of(texts.values()) is not None
        score = (whole, len(found))
        if score > best_score and score[1] > 1:
            best, best_score = row, score
    return best, best_score[0]


def _makes_a_list(fields: set[str]) -> bool:
    """Whether these fields are enough for a list of people or of family members."""
    dated = "letter_date" in fields or "principal_reference" in fields
    related = "relation" in fields and not fields.isdisjoint(NAMES_A_PRINCIPAL)
    return not fields.isdisjoint(NAME_FIELDS) and (dated or related)


def _fullest_row(sheet: Sheet) -> int:
    """The first of the rows near the top with the most texts that hold no figure."""
    texts = [
        sum(in_words(row, column) for column in range(len(row)))
        for row in sheet.rows[:_HEADERS_WITHIN_ROWS]
    ]
    return texts.index(max(texts)) + 1 if texts else 1


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    cells = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else ()
    return {i: _lines(str(cell)) for i, cell in enumerate(cells) if cell is not None}


def _filled(sheet: Sheet, row: int) -> set[int]:
    cells = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else ()
    return {column for column, cell in enumerate(cells) if cell is not None}


def _lines(text: str) -> str:
    """Clean, with its line breaks: they may stand between two languages."""
    lines = (clean(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _bands(sheet: Sheet, row: int) -> dict[int, str]:
    """The text above each column: a band's text reaches to the next one, or as it is merged."""
    texts = _texts(sheet, row)
    if len(texts) < 2:
        return {}
    merged = {left: right for top, left, _bottom, right in sheet.merged if top == row}
    columns = sorted(texts)
    reach: dict[int, str] = {}
    for position, column in enumerate(columns):
        following = columns[position + 1] if position + 1 < len(columns) else column + 12
        last = merged.get(column, following - 1 if not merged else column)
        for covered in range(column, min(last + 1, following)):
            reach[covered] = texts[column]
    return reach
