# SPDX-License-Identifier: Apache-2.0
"""Looks at a zipped workbook before and beside the fast reader, so that nothing is lost silently.

Before: the sizes that the file declares, entities, and how far the values reach. Beside: error
cells, formulas without a value, hidden rows and columns, which the fast reader cannot tell from
empty cells; cells whose format pads a number with zeros and rows that are crossed out, of which it
tells nothing. It returns positions only; values come from `exchange/readers/reading.py`.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import field
from typing import Protocol

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.xlsx.cell_xml import (
    REFERENCE,
    attributes_of,
    cells_of,
    column_number,
)
from imp_plus_desktop.exchange.readers.xlsx.padded_cells import PaddedCells, PaddedStyles
from imp_plus_desktop.exchange.readers.xlsx.rewriting import is_usual
from imp_plus_desktop.exchange.readers.xlsx.struck_cells import StruckRows
from imp_plus_desktop.exchange.sheets.building import MOST_COLUMNS, MOST_MERGED, MOST_ROWS
from imp_plus_desktop.exchange.sheets.number_formats import Paddings
from imp_plus_desktop.exchange.sheets.sheets import Limits, Position
from imp_plus_desktop.exchange.sheets.strays import strays_of

_CHUNK = 2**21
_LONGEST_ROW = 16 * 2**20
_ROW_NUMBER = re.compile(rb"""(?:^|\s)r\s*=\s*["'](\d{1,9})["']""")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s>/])")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_STORED = re.compile(rb"<(?:\w+:)?(?:v|is)[\s>/]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_CLOSED = re.compile(rb"</(?:\w+:)?(?:v|is)\s*>")
_HOLDS = re.compile(rb"</(?:\w+:)?(?:v|is)\s*>|<(?:\w+:)?f[\s>/]|t\s*=\s*[\"']e[\"']")
# Without any of these, a row holds but values that the fast reader gives as they are. Before
# each stands a letter that is quickly looked for and mostly absent.
_ODD_MARKS = (
    (b"e", b'"e"'), (b"'", b"'e'"), (b"-", b">-"), (b"f", b"<f"), (b"f", b":f"), (b"i", b"</is"),
)  # fmt: skip
_PREFIXED = re.compile(rb"<\w+:(?:worksheet|sheetData)[\s>]")
# An error, a negative number, or a formula that no value follows.
_ODD_CELL = re.compile(
    rb"""=\s*["']e["']|v(?:\s[^>]*)?>-"""
    rb"""|<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f\s*>)\s*(?!<(?:\w+:)?v(?:\s[^>]*)?>[^<])"""
)
_MERGED = re.compile(rb"""mergeCell\s[^>]*?ref\s*=\s*["']([^"']*)["']""")
_DIMENSION = re.compile(rb"""dimension\s[^>]*?ref\s*=\s*["']([^"']*)["']""")
_RANGE = re.compile(rb"([A-Za-z]{0,3})(\d{0,7}):([A-Za-z]{0,3})(\d{0,7})")
_TEXT = re.compile(r"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>([^<]*)<")
_TRUE = (b"1", b"true")
_MOST_LOOKED_AT = 3_000_000
"""Cells of a sheet over the limits that are looked at one by one for some that stray."""


class Readable(Protocol):
    """Bytes that come piece by piece."""

    def read(self, size: int = -1, /) -> bytes: ...


class Looker(Protocol):
    """Looks at the cells of each row for something of its own."""

    def look(self, body: bytes, row: int, /) -> None: ...


@dataclass(slots=True)
class Scan:
    """What the scan of one sheet found; rows from 1, columns from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[Position, str] = field(default_factory=dict)
    uncached: set[Position] = field(default_factory=set)
    negatives: dict[Position, float] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    expected: array[int] = field(default_factory=lambda: array("H"))
    value_rows: int = 0
    first_row: int = 0
    last_row: int = 0
    last_column: int = 0
    columns: set[int] = field(default_factory=set)
    padded: dict[int, PaddedCells] = field(default_factory=dict)
    struck_rows: set[int] = field(default_factory=set)
    odd_references: bool = False
    """Whether the sheet names whole rows or columns where the fast reader wants cells."""

    def holds(self, row: int, column: int, times: int = 1) -> None:
        """Notes that a row holds a value, its last at a column."""
        self.value_rows += times
        if not self.first_row:
            self.first_row = row
        if row + times - 1 > self.last_row:  # max() for every row would take its time
            self.last_row = row + times - 1
        if column > self.last_column:
            self.last_column = column

    def expect(self, row: int, values: int) -> None:
        """Notes how many values the fast reader must give for a row."""
        known = self.expected
        if row == len(known) and 0 <= values <= 0xFFFF:  # most rows follow one another
            known.append(values)
            return
        if row >= len(known):
            known.extend([0] * (row + 1 - len(known)))
        known[row] = min(max(known[row] + values, 0), 0xFFFF)

    def is_within(self, limits: Limits) -> bool:
        """Whether the sheet keeps to the limits."""
        return (
            self.value_rows <= limits.rows
            and len(self.columns) <= limits.columns
            and (self.last_row + 1) * (self.last_column + 1) <= limits.area
        )

    def reaches_far(self, limits: Limits) -> bool:
        """Whether a cell stands beyond as many columns as a list may have."""
        return self.last_column >= limits.columns


def scan_sheet(
    part: Readable,
    limits: Limits,
    paddings: Paddings | None = None,
    struck: Collection[int] = (),
) -> Scan:
    """Scans one sheet of an xlsx or xlsm file, a row at a time; breaks off beyond the limit of
    rows. `struck` are the styles that cross a text out. Raises too_large, damaged."""
    scan = Scan()
    lookers: list[Looker] = [PaddedStyles(paddings, scan.padded)] if paddings else []
    if struck:
        lookers.append(StruckRows(struck, scan.struck_rows))
    number = 0
    has_begun = False
    for pieces, plain in _chunks(part):
        if pieces and not has_begun:
            _scan_head(pieces.pop(0), scan)
            has_begun = True
        if plain and not lookers and (quick := _scan_plain(pieces, scan, limits)):
            number = quick
            pieces = []
        for piece in pieces:
            number = _scan_closely(piece, number, plain, scan, limits, lookers)
        if scan.value_rows > limits.rows:
            break
    return scan


def strays(part: Readable, limits: Limits) -> tuple[Position, ...] | None:
    """The cells that stand far from all others; None where the rest is over the limits too."""
    filled: dict[int, set[int]] = {}
    pieces = _rows(part)
    next(pieces)
    number = looked_at = 0
    for piece, plain in pieces:
        number, _head, body, _after, _plain = _taken_apart(piece, number, plain)
        for (row, column), _attributes, _content in cells_of(body, number, _HOLDS.search):
            filled.setdefault(row, set()).add(column)
            looked_at += 1
        if looked_at > _MOST_LOOKED_AT:
            return None
    return strays_of(filled, limits)


def _scan_plain(pieces: Sequence[bytes], scan: Scan, limits: Limits) -> int:
    """Scans rows as most programs write them, without taking them apart; the last one's number.

    0 where some are written otherwise, or say more than their values: then nothing is noted.
    """
    usual = all(piece.startswith(b'r="') and piece.endswith(b"</row>") for piece in pieces)
    if not usual or any(b"hidden" in piece for piece in pieces):
        return 0
    digits = [piece[3 : piece.find(b'"', 3)] for piece in pieces]
    if not all(map(bytes.isdigit, digits)):
        return 0
    numbers = list(map(int, digits))
    values = [piece.count(b"</v>") for piece in pieces]
    ends = [piece.rfind(b' r="') + 4 for piece in pieces]
    references = [piece[at : piece.find(b'"', at)] for piece, at in zip(pieces, ends, strict=True)]
    letters = [text.rstrip(b"0123456789") for text in references]
    columns = {text: column_number(text) if text.isalpha() else -1 for text in set(letters)}
    held = [
        (number, count, columns[text])
        for number, count, text in zip(numbers, values, letters, strict=True)
        if count
    ]
    if not all(0 <= last < limits.columns for _number, _count, last in held):
        return 0
    if not numbers or min(numbers) <= 0 or max(numbers) > MOST_ROWS:
        return 0
    for number, count, last in held:
        scan.holds(number, last)
        scan.expect(number, count)
    return numbers[-1]


def _scan_closely(
    piece: bytes,
    previous: int,
    plain: bool,
    scan: Scan,
    limits: Limits,
    lookers: Sequence[Looker],
) -> int:
    """Scans any row; its number."""
    number, head, body, after, plain = _taken_apart(piece, previous, plain)
    if b"hidden" in head and attributes_of(head).get(b"hidden") in _TRUE:
        scan.hidden_rows.add(number)
    _scan_row(body, number, scan, limits, plain)
    for looker in lookers:
        looker.look(body, number)
    if b"mergeCell" in after:
        _scan_merged(after, scan)
    return number


def contents(part: Readable, rows: Collection[int]) -> dict[Position, list[tuple[bytes, str]]]:
    """The type and the raw text of every cell with content in some rows; mostly one a position.

    For the rows of which the fast reader gave less than they hold.
    """
    found: dict[Position, list[tuple[bytes, str]]] = {}
    pieces = _rows(part)
    next(pieces)
    row = 0
    for piece, plain in pieces:
        row, _head, body, _after, _plain = _taken_apart(piece, row, plain)
        if row in rows:
            for place, attributes, content in cells_of(body, row):
                text = "".join(_TEXT.findall(content.decode("utf-8", "replace")))
                if text:
                    kind = attributes.get(b"t", b"n")
                    found.setdefault(place, []).append((kind, html.unescape(text)))
    return found


def _taken_apart(piece: bytes, previous: int, plain: bool) -> tuple[int, bytes, bytes, bytes, bool]:
    """Number, attributes and content of a row, what follows it, and whether it is plain.

    A row without a number comes after the `previous` one.
    """
    head, _, rest = piece.partition(b">")
    match = _ROW_NUMBER.search(head)
    number = int(match.group(1)) if match else previous + 1
    if not 0 < number <= MOST_ROWS:
        raise ExchangeError("damaged")
    if head.endswith(b"/"):
        return number, head, b"", rest, True
    body, _, after = rest.partition(b"row>")
    return number, head, body, after, plain


def _rows(part: Readable) -> Iterator[tuple[bytes, bool]]:
    """What stands before the first row, then each row from after its `<row`.

    With each: whether it holds but plain values for certain.
    """
    return ((piece, plain) for pieces, plain in _chunks(part) for piece in pieces)


def _chunks(part: Readable) -> Iterator[tuple[list[bytes], bool]]:
    """As `_rows`, of many rows at once."""
    carry, mark = b"", b""
    prefixed = False
    while chunk := part.read(_CHUNK):
        chunk = mark + carry + chunk
        prefixed = prefixed or (not mark and bool(_PREFIXED.search(chunk)))
        plain = not prefixed and not any(c in chunk and odd in chunk for c, odd in _ODD_MARKS)
        # What stands before the first row is often written in lines, and the rows are not.
        simple = plain and _is_simple(chunk if mark else chunk[max(chunk.find(b"<row"), 0) :])
        pieces = chunk.split(b"<row ") if simple else _ROW.split(chunk)
        first = 1 if mark else 0
        if first and plain and _holds_nothing(chunk):
            first = len(pieces) - 1
        yield pieces[first:-1], plain
        carry = pieces[-1]
        if len(pieces) > 1 or mark:
            mark = b"<row " if simple else b"<row"
        if len(carry) > _LONGEST_ROW:
            raise ExchangeError("too_large")
    yield [carry], False


def _holds_nothing(chunk: bytes) -> bool:
    """Whether all rows are empty and visible, so that none needs a look; each has its number."""
    if b"</v" in chunk or b"hidden" in chunk or b"mergeCell" in chunk:
        return False
    return chunk.count(b"<row") == chunk.count(b'<row r="')


def _is_simple(chunk: bytes) -> bool:
    """Whether a blank follows each `<row` of rows without a prefix."""
    return (
        b"\n" not in chunk and b"\r" not in chunk and b"\t" not in chunk and b"<row>" not in chunk
    )


def _scan_head(head: bytes, scan: Scan) -> None:
    """What a sheet says of itself before its rows; all that it says where it has none."""
    for match in re.finditer(rb"<(?:\w+:)?col\s([^>]*)>", head):
        attributes = attributes_of(match.group(1))
        if attributes.get(b"hidden") in _TRUE:
            first = int(attributes.get(b"min", 1))
            last = min(int(attributes.get(b"max", first)), first + 16384)
            scan.hidden_columns.update(range(first - 1, last))
    for match in _DIMENSION.finditer(head):
        scan.odd_references |= not is_usual(match.group(1))
    _scan_merged(head, scan)


def _scan_merged(tail: bytes, scan: Scan) -> None:
    for match in _MERGED.finditer(tail):
        reference = match.group(1)
        scan.odd_references |= not is_usual(reference)
        area = _RANGE.fullmatch(reference.replace(b"$", b""))
        if area is None:
            continue  # a single cell, or nothing that has a place
        if len(scan.merged) == MOST_MERGED:
            raise ExchangeError("too_large")
        left, top, right, bottom = area.groups()
        # Whole columns name no row, whole rows no column.
        scan.merged.append(
            (
                int(top or 1),
                column_number(left) if left else 0,
                int(bottom or MOST_ROWS),
                column_number(right) if right else MOST_COLUMNS - 1,
            )
        )


def _scan_row(body: bytes, row: int, scan: Scan, limits: Limits, plain: bool) -> None:
    values = body.count(b"</v>")
    errors = 0
    if plain and not values:
        return
    if not plain:
        if not _HOLDS.search(body):
            return
        values = len(_CLOSED.findall(body)) - body.count(b"<v></v>")
        if _ODD_CELL.search(body):
            errors = _scan_odd_cells(body, row, scan)
    last = _last_column(body)
    if last is None or last >= limits.columns:
        last = _far_columns(body, row, scan)
    scan.holds(row, last)
    scan.expect(row, values - errors)


def _far_columns(body: bytes, row: int, scan: Scan) -> int:
    """Notes the columns that hold something; returns the last of them."""
    last = 0
    for (_row, column), _attributes_of, content in cells_of(body, row):
        if _HOLDS.search(content):
            last = column
            scan.columns.add(column)
    return last


def _last_column(body: bytes) -> int | None:
    """Column of the row's last cell, None when the cells do not say where they stand."""
    start = body.rfind(b' r="')
    match = REFERENCE.match(body, start + 4) if start >= 0 else None
    return None if match is None else column_number(match.group(1))


def _scan_odd_cells(body: bytes, row: int, scan: Scan) -> int:
    """Errors, formulas without a value and negative numbers of a row; how many are errors."""
    errors = 0
    for position, attributes, content in cells_of(body, row, _ODD_CELL.search):
        kind = attributes.get(b"t")
        value = _VALUE.search(content)
        if kind == b"e":
            text = value.group(1).decode("utf-8", "replace") if value else "#N/A"
            scan.errors[position] = text
            errors += value is not None
        elif value is None and _FORMULA.search(content):
            # A text without letters is a result too; where none is stored, nothing stands for it.
            if kind not in (b"str", b"inlineStr") or not _STORED.search(content):
                scan.uncached.add(position)
        elif value is not None and kind in (None, b"n") and value.group(1).startswith(b"-"):
            try:
                scan.negatives[position] = float(value.group(1))
            except ValueError:
                scan.errors[position] = "#NUM!"
    return errors
