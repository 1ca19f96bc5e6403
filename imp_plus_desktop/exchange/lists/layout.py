# SPDX-License-Identifier: Apache-2.0
"""Finds the list in a sheet: its header row under titles and bands, and which column is what.

Works on plain rows and on the vocabulary. It reads no value for good (`values.py`) and decides
nothing about people (`importing.py`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from imp_plus_desktop.domain.values.catalogue import FULL_NAME, NAMES
from imp_plus_desktop.exchange.lists.headers import (
    Header,
    Said,
    by_words,
    by_words_or_meaning,
    exact,
    may_be_anything,
    near,
    of_members,
)
from imp_plus_desktop.exchange.lists.values import DATE_FIELDS
from imp_plus_desktop.exchange.lists.vocabulary import (
    Vocabulary,
    clean,
    header_keys,
    header_words,
)
from imp_plus_desktop.exchange.sheets.sheets import Cell, Sheet

PEOPLE, FAMILY = "people", "family"
SEARCHED_ROWS = 120
_LOOKED_AT_ROWS = 60
_HEADERS_WITHIN_ROWS = 30
_NAMES = (*NAMES, FULL_NAME.named)

_LOOKS = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "individual_reference": re.compile(r"[A-Z]\d{7}", re.I),
    "file_number": re.compile(r"[A-Z]\d{10}", re.I),
    "uci": re.compile(r"(?:\d{2}-\d{4}-\d{4}|\d{4}-\d{4})"),
    "application_number": re.compile(r"W\d{9}", re.I),
    "permit_number": re.compile(r"U\d{9}", re.I),
}


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A column taken for a field. `confidence` runs from 0 to 1; the reason is a code.

    Reasons: header, band (header and the band above it), part (one of two languages), before
    (the column before it), near, words (what they mean), values (their look), relation_column,
    given (by the user), remembered (given at an earlier import of the same layout).
    """

    field: str
    column: int
    header: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the list of a sheet stands. Rows from 1, columns from 0."""

    kind: str
    header_row: int
    columns: tuple[ColumnMatch, ...]
    unmapped: tuple[tuple[int, str], ...]
    signature: str
    key: str
    proper_case: bool = False

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
        header_row = _remembered_row(sheet, memory or {}) or _header_row(sheet, vocabulary)
    if header_row is None:
        return "no_list"
    headers = _headers(sheet, header_row)
    key = _layout_key(headers)
    known = (memory or {}).get(key, Remembered())
    if given.columns is not None:
        matches = [
            ColumnMatch(field, column, _shown(headers, column), 1.0, "given")
            for field, column in given.columns.items()
        ]
    elif known.fields is not None:
        matches = _as_remembered(headers, known.fields)
    else:
        matches = _match(sheet, header_row, headers, vocabulary)
    kind, matches = _kind(matches)
    if kind is None:
        return "no_list"
    if not any(row for row in sheet.rows[header_row:]):
        return "no_rows"
    taken = {match.column for match in matches}
    columns = sorted({*headers, *_filled_columns(sheet, header_row)} - taken)
    unmapped = tuple((column, _shown(headers, column)) for column in columns)
    ordered = tuple(sorted(matches, key=lambda match: match.column))
    signature = _signature(kind, headers)
    return Layout(kind, header_row, ordered, unmapped, signature, key, known.proper_case)


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
                if column < len(cells) and type(cells[column]) is str and _in_words(cells, column):
                    break
            else:
                return False
        texts = {c: t for c, t in enumerate(cells) if c in self._fields and isinstance(t, str)}
        same = sum(exact(text, self._vocabulary) == self._fields[c] for c, text in texts.items())
        return same > 1 and same * 2 >= len(texts)


def _in_words(cells: Sequence[Cell], column: int) -> bool:
    """Whether a cell is a text without a figure, as no date is."""
    cell = cells[column] if column < len(cells) else None
    return isinstance(cell, str) and not any(c.isdigit() for c in cell)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A sheet as a person sees it who says which column is what: headers by column, guesses."""

    header_row: int
    headers: Mapping[int, str]
    matches: tuple[ColumnMatch, ...]


def sketch(sheet: Sheet, vocabulary: Vocabulary, header_row: int | None = None) -> Sketch:
    """What a sheet that is no list looks like; its headers stand where most texts are."""
    row = header_row
    if row is None:
        row = _best_row(sheet, vocabulary, by_words)[0] or _fullest_row(sheet)
    headers = _headers(sheet, row)
    columns = {*headers, *_filled_columns(sheet, row)}
    shown = {column: _shown(headers, column) for column in columns}
    matches = _match(sheet, row, headers, vocabulary)
    return Sketch(row, shown, tuple(matches))


def _filled_columns(sheet: Sheet, header_row: int) -> set[int]:
    """The columns that hold something in the first rows below the header."""
    rows = sheet.rows[header_row : header_row + _LOOKED_AT_ROWS]
    return {column for cells in rows for column, cell in enumerate(cells) if cell is not None}


def _fullest_row(sheet: Sheet) -> int:
    """The first of the rows near the top with the most texts that hold no figure."""
    texts = [
        sum(_in_words(row, column) for column in range(len(row)))
        for row in sheet.rows[:_HEADERS_WITHIN_ROWS]
    ]
    return texts.index(max(texts)) + 1 if texts else 1


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
        columns.setdefault(_shown(headers, column), []).append(column)
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
        headers = _headers(sheet, row)
        known = memory.get(_layout_key(headers)) if headers else None
        if known is not None and known.fields is not None:
            return row
    return None


_Matcher = Callable[[Header, Vocabulary], Said | None]


def _shown(headers: Mapping[int, Header], column: int) -> str:
    header = headers.get(column)
    return "" if header is None else clean(header.text or header.band)


def _headers(sheet: Sheet, row: int) -> dict[int, Header]:
    texts = _texts(sheet, row)
    bands = _bands(sheet, row - 1) if row > 1 else {}
    own_above = _texts(sheet, row - 1) if row > 1 else {}
    found = {column: Header(text, bands.get(column, "")) for column, text in texts.items()}
    for column, text in own_above.items():
        # A header merged over both rows stands in the upper one.
        if column not in found and len(own_above) > 1:
            found[column] = Header("", text)
    return found


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    cells = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else ()
    return {i: _lines(str(cell)) for i, cell in enumerate(cells) if cell is not None}


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


def _header_row(sheet: Sheet, vocabulary: Vocabulary) -> int | None:
    """The row that makes a list, by its headers' words or else by what they mean; failing that,
    the one with the most known headers."""
    known, whole = _best_row(sheet, vocabulary, by_words)
    if whole:
        return known
    meant, whole = _best_row(sheet, vocabulary, by_words_or_meaning)
    return meant if whole else known


def _best_row(sheet: Sheet, vocabulary: Vocabulary, match: _Matcher) -> tuple[int | None, bool]:
    """The row with the most headers, those that make a list first; whether it makes one."""
    best, best_score = None, (False, 1)
    for row in range(1, min(len(sheet.rows), SEARCHED_ROWS) + 1):
        texts = _texts(sheet, row)
        if not any(
            vocabulary.may_be_header(text) and match(Header(text, ""), vocabulary)
            for text in texts.values()
        ):
            continue
        headers = of_members(_headers(sheet, row), vocabulary).values()
        found = {said[0] for header in headers if (said := match(header, vocabulary)) is not None}
        score = (_makes_a_list(found), len(found))
        if score > best_score and score[1] > 1:
            best, best_score = row, score
    return best, best_score[0]


def _makes_a_list(fields: set[str]) -> bool:
    """Whether these fields are enough for a list of people or of family members."""
    dated = "letter_date" in fields or "principal_reference" in fields
    related = "relation" in fields and "individual_reference" in fields
    return not fields.isdisjoint(_NAMES) and (dated or related)


def _match(
    sheet: Sheet, header_row: int, headers: Mapping[int, Header], vocabulary: Vocabulary
) -> list[ColumnMatch]:
    """Exact words first, then near words, then the look of the values; one column a field."""
    found: dict[str, ColumnMatch] = {}
    taken: set[int] = set()

    def take(column: int, field: str, confidence: float, reason: str) -> None:
        if field not in found and column not in taken:
            text = _shown(shown, column)
            found[field] = ColumnMatch(field, column, text, confidence, reason)
            taken.add(column)

    shown, headers = headers, of_members(headers, vocabulary)
    words = {c: m for c, h in headers.items() if (m := by_words(h, vocabulary)) is not None}
    _from_the_column_before(headers, words, vocabulary)
    # Of two headers for one field, the one that says more is meant.
    said = {c: len(header_words(h.text or h.band)) for c, h in headers.items()}
    for column in sorted(words, key=lambda c: (-words[c][1], -said[c], c)):
        take(column, *words[column])
    others = {c: n for c, h in headers.items() if c not in words and (n := near(h, vocabulary))}
    for column in sorted(others, key=lambda c: (-others[c][1], c)):
        take(column, *others[column])
    for column, header in headers.items():
        if column in taken or column in words or not may_be_anything(header, vocabulary):
            continue
        look = _look(sheet, header_row, column)
        if look is not None:
            take(column, look, 0.6, "values")
    _split_names(sheet, header_row, found)
    return list(found.values())


def _from_the_column_before(
    headers: Mapping[int, Header],
    words: dict[int, tuple[str, float, str]],
    vocabulary: Vocabulary,
) -> None:
    """`Échéance` after the passport is the passport's.

    `Reçue le` after the letter's date is the letter's only where another column says better when
    the application was received.
    """
    for column in sorted(headers):
        before = words.get(column - 1)
        own = words.get(column)
        if before is None or (own is not None and not _said_again(own[0], column, words)):
            continue
        text = headers[column].text or headers[column].band
        field = vocabulary.after.get((before[0], header_keys(text)[0]))
        if field is not None and all(field != match[0] for match in words.values()):
            words[column] = (field, 0.8, "before")


def _said_again(field: str, column: int, words: Mapping[int, tuple[str, float, str]]) -> bool:
    return any(c != column and match[0] == field for c, match in words.items())


def _look(sheet: Sheet, header_row: int, column: int) -> str | None:
    """The one field whose values look like four fifths of these."""
    values = _sample(sheet, header_row, column)
    if len(values) < 3:
        return None
    for field, pattern in _LOOKS.items():
        if sum(1 for value in values if pattern.fullmatch(value)) >= 0.8 * len(values):
            return field
    return None


def _sample(sheet: Sheet, header_row: int, column: int) -> list[str]:
    rows = sheet.rows[header_row : header_row + _LOOKED_AT_ROWS]
    cells = (row[column] for row in rows if column < len(row))
    return [clean(str(cell)) for cell in cells if cell is not None]


def _split_names(sheet: Sheet, header_row: int, found: dict[str, ColumnMatch]) -> None:
    """A column `Nom` whose values are `NOM, Prénom` holds both names."""
    name = found.get("family_name")
    if name is not None and "given_names" not in found and "full_name" not in found:
        values = _sample(sheet, header_row, name.column)
        if values and sum("," in value for value in values) >= 0.6 * len(values):
            del found["family_name"]
            found["full_name"] = ColumnMatch("full_name", name.column, name.header, 0.8, "values")
    if "full_name" in found and "family_name" not in found and "given_names" in found:
        # `Name` beside `Given name(s)` is the family name.
        whole = found.pop("full_name")
        found["family_name"] = ColumnMatch("family_name", whole.column, whole.header, 0.9, "part")


def _kind(matches: list[ColumnMatch]) -> tuple[str | None, list[ColumnMatch]]:
    fields = {match.field for match in matches}
    if not fields.intersection(_NAMES):
        return None, matches
    if "principal_reference" in fields and ("relation" in fields or "letter_date" not in fields):
        return FAMILY, matches
    if "letter_date" in fields:
        return PEOPLE, matches
    if "relation" in fields and "individual_reference" in fields:
        return FAMILY, [
            ColumnMatch("principal_reference", m.column, m.header, 0.7, "relation_column")
            if m.field == "individual_reference"
            else m
            for m in matches
        ]
    return None, matches


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
