# SPDX-License-Identifier: Apache-2.0
"""Looks at a zipped workbook before and beside the fast reader, so that nothing is lost silently.

Before: the sizes that the file declares, entities, and how far the values reach. Beside: error
cells, formulas without a value, hidden rows and columns, which the fast reader cannot tell from
empty cells; and cells whose format pads a number with zeros, of which it tells nothing. It returns
positions only; values come from `exchange/readers/reading.py`.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from defusedxml import ElementTree

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.xlsx.cell_xml import (
    REFERENCE,
    attributes_of,
    cells_of,
    column_number,
)
from imp_plus_desktop.exchange.readers.xlsx.packages import Package
from imp_plus_desktop.exchange.readers.xlsx.padded_cells import PaddedCells, PaddedStyles
from imp_plus_desktop.exchange.sheets.building import MOST_MERGED, MOST_ROWS
from imp_plus_desktop.exchange.sheets.number_formats import Paddings
from imp_plus_desktop.exchange.sheets.sheets import Limits, Position

_CHUNK = 2**21
_LONGEST_ROW = 16 * 2**20
_ROW_NUMBER = re.compile(rb"""(?:^|\s)r\s*=\s*["'](\d{1,9})["']""")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s>/])")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
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
_MERGED = re.compile(
    rb"""mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']"""
)
_HUGE = re.compile(
    rb"""(<(?:\w+:)?c(?=\s)[^>]*?)\ss\s*=\s*["']\d+["']"""
    rb"""([^>]*>(?:\s*<(?:\w+:)?f[^>]*(?:/>|>[^<]*</(?:\w+:)?f\s*>))?\s*"""
    rb"""<(?:\w+:)?v(?:\s[^>]*)?>\s*-?(?:\d{9,}|[\d.]+[eE]\+?(?:[89]|\d\d)))"""
)
_TEXT = re.compile(r"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>([^<]*)<")
_TRUE = (b"1", b"true")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATIONSHIP = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class Readable(Protocol):
    """Bytes that come piece by piece."""

    def read(self, size: int = -1, /) -> bytes: ...


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

    def check(self, limits: Limits) -> None:
        """Raises too_large when the sheet reaches beyond the limits."""
        area = (self.last_row + 1) * (self.last_column + 1)
        if (
            self.value_rows > limits.rows
            or len(self.columns) > limits.columns
            or area > limits.area
        ):
            raise ExchangeError("too_large")


def targets_of(package: Package, part: str) -> dict[str, str]:
    """The parts that a part refers to, by the name that it has for each. KeyError: none listed."""
    folder, _, base = part.rpartition("/")
    relations = ElementTree.fromstring(package.read(f"{folder}/_rels/{base}.rels".lstrip("/")))
    return {
        relation.get("Id", ""): _part_name(folder, relation.get("Target", ""))
        for relation in relations
    }


def workbook_parts(package: Package, workbook: str) -> tuple[dict[str, str], bool]:
    """Sheet names to the names of their parts, and whether dates count from 1904."""
    root = ElementTree.fromstring(package.read(workbook))
    targets = targets_of(package, workbook)
    sheets: dict[str, str] = {}
    date1904 = False
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "sheet":
            key = element.get(_RELATIONSHIP) or element.get(_STRICT_RELATIONSHIP)
            sheets[element.get("name", "")] = targets.get(key or "", "")
        elif tag == "workbookPr":
            date1904 = element.get("date1904") in ("1", "true", "on")
    return sheets, date1904


def _part_name(folder: str, target: str) -> str:
    path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
    steps: list[str] = []
    for step in path.split("/"):
        if step == ".." and steps:
            steps.pop()
        elif step not in (".", "..", ""):
            steps.append(step)
    return "/".join(steps)


def scan_sheet(part: Readable, limits: Limits, paddings: Paddings | None = None) -> Scan:
    """Scans one sheet of an xlsx or xlsm file, a row at a time. Raises too_large, damaged."""
    scan = Scan()
    padded = PaddedStyles(paddings, scan.padded) if paddings else None
    number = 0
    pieces = _rows(part)
    first, _plain = next(pieces)
    _scan_columns(first, scan)
    for piece, plain in pieces:
        if plain and padded is None and (quick := _scan_plain(piece, scan, limits)):
            number = quick
        else:
            number = _scan_closely(piece, number, plain, scan, limits, padded)
        if scan.value_rows > limits.rows:
            break
    scan.check(limits)
    return scan


def _scan_plain(piece: bytes, scan: Scan, limits: Limits) -> int:
    """Scans a row as most programs write it, without taking it apart; its number.

    0 where it is written otherwise, or says more than its values.
    """
    digits = piece[3 : piece.find(b'"', 3)]
    usual = piece.startswith(b'r="') and piece.endswith(b"</row>") and digits.isdigit()
    if not usual or b"hidden" in piece:
        return 0
    number = int(digits)
    if not 0 < number <= MOST_ROWS:
        return 0
    if values := piece.count(b"</v>"):
        last = _last_column(piece)
        if last is None or last >= limits.columns:
            return 0
        scan.holds(number, last)
        scan.expect(number, values)
    return number


def _scan_closely(
    piece: bytes,
    previous: int,
    plain: bool,
    scan: Scan,
    limits: Limits,
    padded: PaddedStyles | None,
) -> int:
    """Scans any row; its number."""
    number, head, body, after, plain = _taken_apart(piece, previous, plain)
    if b"hidden" in head and attributes_of(head).get(b"hidden") in _TRUE:
        scan.hidden_rows.add(number)
    _scan_row(body, number, scan, limits, plain)
    if padded is not None:
        padded.look(body, number)
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


def without_huge_dates(content: bytes) -> bytes:
    """A sheet's XML whose numbers of nine digits and more have no format.

    The fast reader breaks off at a number that no calendar or clock has, where a format says that
    it is one.
    """
    return _HUGE.sub(rb"\1\2", content)


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

    With each: whether it holds but plain values for certain. Asked of many rows at once.
    """
    carry, mark = b"", b""
    prefixed = False
    while chunk := part.read(_CHUNK):
        chunk = mark + carry + chunk
        prefixed = prefixed or (not mark and bool(_PREFIXED.search(chunk)))
        plain = not prefixed and not any(c in chunk and odd in chunk for c, odd in _ODD_MARKS)
        simple = plain and _is_simple(chunk)
        pieces = chunk.split(b"<row ") if simple else _ROW.split(chunk)
        first = 1 if mark else 0
        if first and plain and _holds_nothing(chunk):
            first = len(pieces) - 1
        for piece in pieces[first:-1]:
            yield piece, plain
        carry = pieces[-1]
        if len(pieces) > 1 or mark:
            mark = b"<row " if simple else b"<row"
        if len(carry) > _LONGEST_ROW:
            raise ExchangeError("too_large")
    yield carry, False


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


def _scan_columns(head: bytes, scan: Scan) -> None:
    for match in re.finditer(rb"<(?:\w+:)?col\s([^>]*)>", head):
        attributes = attributes_of(match.group(1))
        if attributes.get(b"hidden") in _TRUE:
            first = int(attributes.get(b"min", 1))
            last = min(int(attributes.get(b"max", first)), first + 16384)
            scan.hidden_columns.update(range(first - 1, last))


def _scan_merged(tail: bytes, scan: Scan) -> None:
    for match in _MERGED.finditer(tail):
        if len(scan.merged) == MOST_MERGED:
            return
        left, top, right, bottom = match.groups()
        scan.merged.append((int(top), column_number(left), int(bottom), column_number(right)))


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
        elif value is None and kind not in (b"str", b"inlineStr") and _FORMULA.search(content):
            scan.uncached.add(position)
        elif value is not None and kind in (None, b"n") and value.group(1).startswith(b"-"):
            try:
                scan.negatives[position] = float(value.group(1))
            except ValueError:
                scan.errors[position] = "#NUM!"
    return errors
