# SPDX-License-Identifier: Apache-2.0
"""Finds the list in a sheet: where it stands and which column is what, as a person said, as it was
read before, or as its headers tell.

Works on plain rows and on the vocabulary. It reads no value for good (`values.py`) and decides
nothing about people (`importing.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.exchange.columns.header_rows import (
    SEARCHED_ROWS,
    filled_columns,
    find_header_row,
    header_text,
    headers_of,
    in_words,
    likeliest_header_row,
)
from imp_plus_desktop.exchange.columns.headers import Header, exact
from imp_plus_desktop.exchange.columns.matching import (
    PEOPLE,
    ColumnMatch,
    kind_of_list,
    match_columns,
    stand_together,
)
from imp_plus_desktop.exchange.sheets.sheets import Cell, Sheet
from imp_plus_desktop.exchange.values.values import DATE_FIELDS
from imp_plus_desktop.exchange.values.vocabulary import Vocabulary, header_keys


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the list of a sheet stands. Rows from 1, columns from 0.

    `together`: a list of people in which members of their families have rows of their own.
    `programme` is the key of the one whose list it is, None for the main one's.
    `refused` are columns that were understood and of which this kind of list has no field; they
    stand among the unmapped.
    """

    kind: str
    header_row: int
    columns: tuple[ColumnMatch, ...]
    unmapped: tuple[tuple[int, str], ...]
    signature: str
    key: str
    proper_case: bool = False
    refused: tuple[ColumnMatch, ...] = ()
    together: bool = False
    programme: str | None = None

    @property
    def index(self) -> dict[str, int]:
        return {match.field: match.column for match in self.columns}

    @property
    def headers(self) -> dict[str, str]:
        return {match.field: match.header for match in self.columns}


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """The user's own correction for one sheet; what is None is found as usual.

    A `header_row` of 0 says that the list has no headers: it begins in the sheet's first row.
    """

    columns: Mapping[str, int] | None = None
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """How a sender's layout was read before: header and its place among equal ones, by field.

    `fields` None: nobody corrected the columns.
    """

    fields: Mapping[str, tuple[str, int]] | None = None
    proper_case: bool = False


Memory = Mapping[str, Remembered]
"""What is remembered of layouts, by their key (`Layout.key`)."""


def find_list(
    sheet: Sheet,
    vocabulary: Vocabulary,
    mapping: SheetMapping | None = None,
    memory: Memory | None = None,
) -> Layout | str:
    """The layout of the sheet's list, or the code of why it is none: no_list, no_rows."""
    given = mapping or SheetMapping()
    header_row = given.header_row
    if header_row is None:
        header_row = _remembered_row(sheet, memory or {}) or find_header_row(sheet, vocabulary)
    if header_row is None:
        return "no_list"
    headers = headers_of(sheet, header_row)
    key = _layout_key(headers)
    known = (memory or {}).get(key, Remembered())
    if given.columns is not None:
        matches = [
            ColumnMatch(field, column, header_text(headers, column), 1.0, "given")
            for field, column in given.columns.items()
        ]
    elif known.fields is not None:
        matches = _as_remembered(headers, known.fields)
    else:
        matches = match_columns(sheet, header_row, headers, vocabulary)
    together = stand_together(sheet, header_row, matches, vocabulary)
    programme = vocabulary.programme_of(header_text(headers, column) for column in headers)
    of_programme = programme is not None
    kind, matches = (
        (PEOPLE, matches) if together else kind_of_list(matches, of_programme=of_programme)
    )
    if kind is None:
        return "no_list"
    if not any(row for row in sheet.rows[header_row:]):
        return "no_rows"
    taken = {match.column for match in matches}
    columns = sorted({*headers, *filled_columns(sheet, header_row)} - taken)
    unmapped = tuple((column, header_text(headers, column)) for column in columns)
    ordered = tuple(sorted(matches, key=lambda match: match.column))
    signature = _signature(kind, headers)
    found = Layout(kind, header_row, ordered, unmapped, signature, key, known.proper_case)
    of_people = programme if kind == PEOPLE else None
    return replace(found, together=together, programme=of_people)


class HeadersAgain:
    """Tells the rows below the header that are headers too, in the other language for instance."""

    def __init__(self, layout: Layout, vocabulary: Vocabulary) -> None:
        self._fields = {match.column: match.field for match in layout.columns}
        self._dates = [c for c, field in self._fields.items() if field in DATE_FIELDS]
        self._next = layout.header_row + 1
        self._vocabulary = vocabulary

    def may_be_in(self, columns: Sequence[Sequence[Cell]]) -> bool:
        """Whether any row may be one: in a list of true dates none is below the first."""
        return any(
            str in set(map(type, columns[at][1:])) for at in self._dates if at < len(columns)
        )

    def __call__(self, row: int, cells: Sequence[Cell]) -> bool:
        """Whether most texts of a row are headers of the columns in which they stand."""
        if row != self._next:
            for column in self._dates:
                # Asked of each row: most have a day in the first of these cells.
                if column < len(cells) and type(cells[column]) is str and in_words(cells, column):
                    break
            else:
                return False
        texts = {c: t for c, t in enumerate(cells) if c in self._fields and isinstance(t, str)}
        same = sum(exact(text, self._vocabulary) == self._fields[c] for c, text in texts.items())
        return same > 1 and same * 2 >= len(texts)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A sheet as a person sees it who says which column is what: headers by column, guesses."""

    header_row: int
    headers: Mapping[int, str]
    matches: tuple[ColumnMatch, ...]


def sketch(sheet: Sheet, vocabulary: Vocabulary, header_row: int | None = None) -> Sketch:
    """What a sheet that is no list looks like; its headers stand where most texts are."""
    row = likeliest_header_row(sheet, vocabulary) if header_row is None else header_row
    headers = headers_of(sheet, row)
    columns = {*headers, *filled_columns(sheet, row)}
    shown = {column: header_text(headers, column) for column in columns}
    matches = match_columns(sheet, row, headers, vocabulary)
    return Sketch(row, shown, tuple(matches))


def places_of(layout: Layout) -> dict[str, tuple[str, int]]:
    """The columns of a layout by what `Remembered.fields` keeps."""
    everything = sorted(
        [*layout.unmapped, *((match.column, match.header) for match in layout.columns)]
    )
    seen: dict[str, int] = {}
    places: dict[int, tuple[str, int]] = {}
    for column, header in everything:
        places[column] = (header, seen.get(header, 0))
        seen[header] = seen.get(header, 0) + 1
    return {match.field: places[match.column] for match in layout.columns}


def _as_remembered(
    headers: Mapping[int, Header], fields: Mapping[str, tuple[str, int]]
) -> list[ColumnMatch]:
    columns: dict[str, list[int]] = {}
    for column in sorted(headers):
        columns.setdefault(header_text(headers, column), []).append(column)
    return [
        ColumnMatch(field, columns[header][place], header, 1.0, "remembered")
        for field, (header, place) in fields.items()
        if place < len(columns.get(header, ()))
    ]


def _remembered_row(sheet: Sheet, memory: Memory) -> int | None:
    """The header row of a layout whose columns were once given by hand."""
    if not any(known.fields is not None for known in memory.values()):
        return None
    for row in range(1, min(len(sheet.rows), SEARCHED_ROWS) + 1):
        headers = headers_of(sheet, row)
        known = memory.get(_layout_key(headers)) if headers else None
        if known is not None and known.fields is not None:
            return row
    return None


def _signature(kind: str, headers: Mapping[int, Header]) -> str:
    """The same for two lists of one kind with the same headers in any order."""
    return _digest([kind, *_sorted_keys(headers)])


def _layout_key(headers: Mapping[int, Header]) -> str:
    """The same for two lists with the same headers in any order, whatever they are a list of."""
    return _digest(_sorted_keys(headers))


def _sorted_keys(headers: Mapping[int, Header]) -> list[str]:
    return sorted(header_keys(f"{h.band} {h.text}".strip())[0] for h in headers.values())


def _digest(keys: list[str]) -> str:
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:32]
