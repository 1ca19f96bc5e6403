# SPDX-License-Identifier: Apache-2.0
"""Text with separators as rows: finds the encoding and the separator by looking at the bytes.

Every value stays text; what it means is decided in `exchange/values/values.py`.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.sheets.sheets import Limits, Row

_DELIMITERS = (";", "\t", ",", "|")
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_MARKUP = re.compile(
    r"\s*(<!doctype|<html|<table|<\?xml|<head|<body|<meta|<!--|\{\\rtf|%PDF)", re.I
)
_LETTERS = frozenset("éèêëàâäçîïíôöóõûùüúñãáÉÈÊËÀÂÇÎÔœŒæ°’«»ÁÍÓÚÑÖÜßøØåÅŸ")
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
_SAMPLE_RECORDS = 60
_LONGEST_CELL_LINES = 60
_SAMPLE_BYTES = 100_000
_LONGEST_LINE = 2**22
_MOST_LINES = 2**21
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BLANK = " \t\r\n\x1a\ufeff\u00a0"


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises not_a_spreadsheet for other bytes."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"),
                       (b"\xfe\xff", "utf-16")):  # fmt: skip
        if data.startswith(mark):
            return _decoded(data, name), name
    if (wide := _utf16_without_mark(data)) is not None:
        return _decoded(data, wide), wide
    if _NOT_TEXT.search(data):
        raise ExchangeError("not_a_spreadsheet")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        name = _single_byte(data)
        return data.decode(name, "replace"), name


def _decoded(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        raise ExchangeError("damaged") from None
    if "\x00" in text:
        raise ExchangeError("not_a_spreadsheet")
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:2000]
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.35 and even == 0:
        return "utf-16-le"
    if even > len(head) * 0.35 and odd == 0:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> str:
    """Windows-1252 or MacRoman, by which of them makes more letters of the high bytes."""
    high = data.translate(None, bytes(range(128)))[:_SAMPLE_BYTES]
    scores = {
        name: sum(1 if c in _LETTERS else -1 for c in high.decode(name, "replace"))
        for name in ("cp1252", "mac_roman")
    }
    return "mac_roman" if scores["mac_roman"] > scores["cp1252"] else "cp1252"


@dataclass(frozen=True, slots=True)
class TextTable:
    """Text with separators, whose rows are made as they are asked for."""

    text: str
    encoding: str
    delimiter: str
    quoting: int
    limits: Limits

    def rows(self) -> Iterator[Row]:
        """Each row up to its last value; a text of blanks is none. Raises too_large, damaged."""
        filled = 0
        columns: set[int] = set()
        most = self.limits.columns
        for record in _records(self.text, self.delimiter, self.quoting):
            row = [_value(_unquoted(cell, self.quoting)) for cell in record]
            while row and row[-1] is None:
                row.pop()
            filled += bool(row)
            if len(row) > most:
                columns.update(i for i, cell in enumerate(row) if cell is not None)
            if filled > self.limits.rows or len(columns) > most:
                raise ExchangeError("too_large")
            yield tuple(row)


def open_text(data: bytes, limits: Limits = Limits()) -> TextTable:  # noqa: B008
    """A csv, tsv or Unicode text file, its encoding and separator told by its bytes.

    Raises ExchangeError not_a_spreadsheet, damaged, empty_file or too_large.
    """
    text, encoding = decode(data)
    if not text.strip(_BLANK):
        raise ExchangeError("empty_file")
    if _MARKUP.match(text):
        raise ExchangeError("not_a_spreadsheet")
    return _table(text, encoding, None, limits)


def pasted_text(text: str, limits: Limits = Limits()) -> TextTable:  # noqa: B008
    """Cells as a spreadsheet puts them on the clipboard: tabs between them, if there is any.

    Raises ExchangeError empty_file, damaged or too_large.
    """
    text = text.replace("\x00", "").removeprefix("\ufeff")
    if not text.strip(_BLANK):
        raise ExchangeError("empty_file")
    if len(text) > limits.unpacked_bytes:
        raise ExchangeError("too_large")
    return _table(text, "utf-8", "\t" if "\t" in text else None, limits)


def _table(text: str, encoding: str, delimiter: str | None, limits: Limits) -> TextTable:
    text, declared = _declared_delimiter(text.rstrip("\x1a"))
    delimiter = delimiter or declared or _delimiter(text)
    return TextTable(text, encoding, delimiter, _quoting(text, delimiter), limits)


def _quoting(text: str, delimiter: str) -> int:
    """Whether quotation marks wrap cells, or mean nothing because one of them is astray."""
    if '"' not in text:
        return csv.QUOTE_NONE
    wrapped = _measure(text, delimiter, csv.QUOTE_MINIMAL)
    if wrapped is None or wrapped.most_lines > _LONGEST_CELL_LINES:
        # A stray quotation mark has swallowed the rest of the list.
        return csv.QUOTE_NONE
    if _stray_quotes(text, delimiter):
        bare = _measure(text, delimiter, csv.QUOTE_NONE)
        if bare is not None and bare.alike >= wrapped.alike:
            return csv.QUOTE_NONE
    return csv.QUOTE_MINIMAL


def read_text(data: bytes) -> tuple[list[list[str | None]], str, str]:
    """Rows, encoding and separator of a text file. Raises as `open_text`."""
    table = open_text(data)
    rows = [[cell if isinstance(cell, str) else None for cell in row] for row in table.rows()]
    return rows, table.encoding, table.delimiter


def _declared_delimiter(text: str) -> tuple[str, str | None]:
    """Excel's own first line `sep=;` names the separator; it stays as an empty row."""
    match = re.match(r"\s*\"?sep=(.)\"?\r?\n", text, re.I)
    return ("\n" + text[match.end() :], match.group(1)) if match else (text, None)


def _delimiter(text: str) -> str:
    best, best_score = ",", 0.0
    sample = text[:200_000]
    for delimiter in _DELIMITERS:
        widths = _widths(sample, delimiter)
        if not widths:
            continue
        width, times = max(widths.items(), key=lambda pair: (pair[1] * pair[0], pair[0]))
        score = width * times / widths.total()
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(sample: str, delimiter: str) -> Counter[int]:
    """How many of the first records have how many cells, the empty ones left out."""
    try:
        first = islice(_records(sample, delimiter, csv.QUOTE_MINIMAL), _SAMPLE_RECORDS)
        return Counter(len(record) for record in first if record)
    except ExchangeError:
        return Counter()


def _records(text: str, delimiter: str, quoting: int, **options: bool) -> Iterator[list[str]]:
    """The records of a text. Raises damaged, or too_large for one that no list has."""
    csv.field_size_limit(_LONGEST_LINE)
    lines = _lines(text)
    try:
        yield from csv.reader(lines, delimiter=delimiter, quoting=quoting, **options)  # type: ignore[arg-type]
    except csv.Error:
        raise ExchangeError("damaged") from None


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, without a copy of the text."""
    for number, match in enumerate(_LINE.finditer(text)):
        line = match.group()
        if len(line) > _LONGEST_LINE or number > _MOST_LINES:
            raise ExchangeError("too_large")
        yield line


def _unquoted(cell: str, quoting: int) -> str:
    whole = quoting == csv.QUOTE_NONE and len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if whole else cell


def _stray_quotes(text: str, delimiter: str) -> bool:
    """Whether a quotation mark stands where none may: it may have swallowed what follows."""
    try:
        for _record in _records(text, delimiter, csv.QUOTE_MINIMAL, strict=True):
            pass
    except ExchangeError:
        return True
    return False


@dataclass(frozen=True, slots=True)
class _Measure:
    """`alike`: rows as wide as most are, the more the better a list was taken apart."""

    alike: int
    most_lines: int


def _measure(text: str, delimiter: str, quoting: int) -> _Measure | None:
    widths: Counter[int] = Counter()
    most_lines = 0
    try:
        for record in _records(text, delimiter, quoting):
            if record:
                widths[len(record)] += 1
                most_lines = max(most_lines, max(cell.count("\n") for cell in record))
    except ExchangeError as error:
        if error.code == "too_large":
            raise
        return None
    return _Measure(max(widths.values(), default=0), most_lines)


def _value(text: str) -> str | None:
    if not text:
        return None
    if text.startswith("=") and (match := _QUOTED_FORMULA.fullmatch(text)):
        return match.group(1)
    return text if not text.isspace() else None
