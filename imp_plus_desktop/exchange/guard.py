# SPDX-License-Identifier: Apache-2.0
"""Looks at a zipped workbook before and beside the fast reader, so that nothing is lost silently.

Before: the sizes that the file declares, entities, and how far the values reach. Beside: error
cells, formulas without a value, hidden rows and columns, which the fast reader cannot tell from
empty cells. It returns positions only; values come from `reading.py`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from defusedxml import ElementTree

from imp_plus_desktop.domain.errors import ExchangeError
from imp_plus_desktop.exchange.sheets import Limits, Position

_CHUNK = 2**21
_LONGEST_ROW = 32 * 2**20
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(rb"([A-Z]{1,3})(\d+)")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATIONSHIP = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(slots=True)
class Scan:
    """What the scan of one sheet found; rows from 1, columns from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[Position, str] = field(default_factory=dict)
    uncached: set[Position] = field(default_factory=set)
    negatives: dict[Position, float] = field(default_factory=dict)
    value_rows: int = 0
    first_row: int = 0
    last_row: int = 0
    last_column: int = 0
    columns: set[int] = field(default_factory=set)

    def holds(self, row: int, column: int, times: int = 1) -> None:
        """Notes that a row holds a value, its last at a column."""
        self.value_rows += times
        self.first_row = self.first_row or row
        self.last_row = max(self.last_row, row + times - 1)
        self.last_column = max(self.last_column, column)

    def check(self, limits: Limits) -> None:
        """Raises too_large when the sheet reaches beyond the limits."""
        area = (self.last_row + 1) * (self.last_column + 1)
        if (
            self.value_rows > limits.rows
            or len(self.columns) > limits.columns
            or area > limits.area
        ):
            raise ExchangeError("too_large")


def check_sizes(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuses by what the archive declares: encrypted parts, more than the limit unpacked."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise ExchangeError("encrypted")
    if sum(part.file_size for part in parts) > limits.unpacked_bytes or len(parts) > 20_000:
        raise ExchangeError("too_large")


def check_entities(archive: zipfile.ZipFile, names: list[str]) -> None:
    """No part of a workbook declares entities; one that does is refused."""
    for name in names:
        with archive.open(name) as part:
            if b"<!DOCTYPE" in part.read(4096):
                raise ExchangeError("damaged")


def workbook_parts(archive: zipfile.ZipFile, workbook: str) -> tuple[dict[str, str], bool]:
    """Sheet names to the names of their parts, and whether dates count from 1904."""
    root = ElementTree.fromstring(archive.read(workbook))
    folder, _, base = workbook.rpartition("/")
    relations = ElementTree.fromstring(archive.read(f"{folder}/_rels/{base}.rels"))
    targets = {r.get("Id"): _part_name(folder, r.get("Target", "")) for r in relations}
    sheets: dict[str, str] = {}
    date1904 = False
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "sheet":
            key = element.get(_RELATIONSHIP) or element.get(_STRICT_RELATIONSHIP)
            sheets[element.get("name", "")] = targets.get(key, "")
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


def scan_sheet(part: IO[bytes], limits: Limits) -> Scan:
    """Scans one sheet of an xlsx or xlsm file, a row at a time. Raises too_large."""
    scan = Scan()
    row_number = 0
    for index, piece in enumerate(_rows(part)):
        if index == 0:
            _scan_columns(piece, scan)
            continue
        head, _, body = piece.partition(b">")
        attributes = _attributes(head)
        row_number = int(attributes.get(b"r", row_number + 1))
        if attributes.get(b"hidden") in (b"1", b"true"):
            scan.hidden_rows.add(row_number)
        if head.endswith(b"/"):
            continue
        _scan_row(body.partition(b"row>")[0], row_number, scan, limits)
        if scan.value_rows > limits.rows:
            break
    scan.check(limits)
    return scan


def _rows(part: IO[bytes]) -> Iterator[bytes]:
    """What stands before the first row, then each row from after its `<row`."""
    split = re.compile(rb"<(?:\w+:)?row(?=[\s>/])").split
    carry, mark = b"", b""
    while chunk := part.read(_CHUNK):
        pieces = split(mark + carry + chunk)
        first = 1 if mark else 0
        yield from pieces[first:-1]
        carry = pieces[-1]
        if len(pieces) > 1 or mark:
            mark = b"<row "
        if len(carry) > _LONGEST_ROW:
            raise ExchangeError("too_large")
    yield carry


def _attributes(head: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(head)}


def _scan_columns(head: bytes, scan: Scan) -> None:
    for match in re.finditer(rb"<(?:\w+:)?col\s([^>]*)>", head):
        attributes = _attributes(match.group(1))
        if attributes.get(b"hidden") in (b"1", b"true"):
            first = int(attributes.get(b"min", 1))
            last = min(int(attributes.get(b"max", first)), first + 16384)
            scan.hidden_columns.update(range(first - 1, last))


def _scan_row(body: bytes, row: int, scan: Scan, limits: Limits) -> None:
    if b"v>" not in body and b"is>" not in body:
        return
    last = _last_column(body)
    far = last is None or last >= limits.columns
    if far or b'"e"' in body or b"'e'" in body or b"<f" in body or b":f" in body or b">-" in body:
        last = 0
        for column, attributes, content in _cells(body):
            if b"v>" in content or b"is>" in content:
                last = column
                if far:
                    scan.columns.add(column)
            _scan_cell((row, column), attributes.get(b"t"), content, scan)
    scan.holds(row, last or 0)


def _last_column(body: bytes) -> int | None:
    """Column of the row's last cell, None when the cells do not say where they stand."""
    start = body.rfind(b'r="')
    match = _REFERENCE.match(body, start + 3) if start >= 0 else None
    return None if match is None else _column(match.group(1))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _cells(body: bytes) -> Iterator[tuple[int, dict[bytes, bytes], bytes]]:
    column = -1
    for piece in re.split(rb"<(?:\w+:)?c(?=[\s>/])", body)[1:]:
        head, _, content = piece.partition(b">")
        attributes = _attributes(head)
        match = _REFERENCE.match(attributes.get(b"r", b""))
        column = _column(match.group(1)) if match else column + 1
        yield column, attributes, b"" if head.endswith(b"/") else content


_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")


def _scan_cell(position: Position, kind: bytes | None, content: bytes, scan: Scan) -> None:
    value = _VALUE.search(content)
    if kind == b"e":
        text = value.group(1).decode("utf-8", "replace") if value else "#N/A"
        scan.errors[position] = text
    elif value is None and kind not in (b"str", b"inlineStr") and _FORMULA.search(content):
        scan.uncached.add(position)
    elif value is not None and kind in (None, b"n") and value.group(1).startswith(b"-"):
        try:
            scan.negatives[position] = float(value.group(1))
        except ValueError:
            scan.errors[position] = "#NUM!"


def scan_ods(part: IO[bytes], limits: Limits) -> dict[str, Scan]:
    """Scans the content of an ods file; sheet names to what was found. Raises too_large."""
    scanner = _OdsScanner(limits)
    parser = expat.ParserCreate()
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.text
    parser.EntityDeclHandler = scanner.refuse_entity
    parser.buffer_text = True
    while chunk := part.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return scanner.scans


class _OdsScanner:
    """Follows rows and cells with their repetitions."""

    def __init__(self, limits: Limits) -> None:
        self.scans: dict[str, Scan] = {}
        self._limits = limits
        self._scan = Scan()
        self._row = 0
        self._row_times = 0
        self._column = 0
        self._last_value = -1
        self._position: Position | None = None
        self._text: list[str] = []

    def refuse_entity(self, *_declaration: object) -> None:
        raise ExchangeError("damaged")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table-cell" or name == "table:covered-table-cell":
            self._start_cell(attributes)
        elif name == "table:table-row":
            self._row_times = int(attributes.get("table:number-rows-repeated", 1))
            self._column, self._last_value = 0, -1
            if attributes.get("table:visibility") in ("collapse", "filter"):
                times = min(self._row_times, 2**20)
                self._scan.hidden_rows.update(range(self._row + 1, self._row + times + 1))
        elif name == "table:table-column":
            times = min(int(attributes.get("table:number-columns-repeated", 1)), 16384)
            if attributes.get("table:visibility") in ("collapse", "filter"):
                self._scan.hidden_columns.update(range(self._column, self._column + times))
            self._column += times
        elif name == "table:table":
            self._scan = self.scans.setdefault(attributes.get("table:name", ""), Scan())
            self._row = self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        times = int(attributes.get("table:number-columns-repeated", 1))
        filled = "office:value-type" in attributes or "calcext:value-type" in attributes
        if filled:
            self._last_value = self._column + times - 1
            self._scan.columns.update(range(self._column, self._column + min(times, 20_000)))
        if attributes.get("calcext:value-type") == "error":
            self._position = (self._row + 1, self._column)
            self._text = []
        elif not filled and "table:formula" in attributes:
            self._scan.uncached.add((self._row + 1, self._column))
        self._column += times

    def text(self, data: str) -> None:
        if self._position is not None:
            self._text.append(data)

    def end(self, name: str) -> None:
        if name == "table:table-row":
            if self._last_value >= 0:
                self._scan.holds(self._row + 1, self._last_value, self._row_times)
                self._scan.check(self._limits)
            self._row += self._row_times
        elif name == "table:table-cell" and self._position is not None:
            self._scan.errors[self._position] = "".join(self._text).strip() or "#ERR"
            self._position = None
