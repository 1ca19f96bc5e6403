# SPDX-License-Identifier: Apache-2.0
"""Text with separators as rows: finds the separator by looking at the text.

Every value stays text; what it means is decided in `exchange/values/values.py`.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import field, replace
from itertools import islice

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.encodings import MIXED_IN, decode, in_mixed
from imp_plus_desktop.exchange.sheets.sheets import (
    MIXED,
    Limits,
    OddLetters,
    Position,
    Row,
    TextForm,
)

_DELIMITERS = (";", "\t", ",", "|")
_MARKUP = re.compile(
    r"\s*(<!doctype|<html|<table|<\?xml|<head|<body|<meta|<!--|\{\\rtf|%PDF)", re.I
)
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
_SAMPLE_RECORDS = 60
_LONGEST_CELL_LINES = 60
_LONGEST_LINE = 2**22
_MOST_LINES = 2**21
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_STRAY = re.compile("[\udc80-\udcff]")
_BLANK = " \t\r\n\x1a\ufeff\u00a0"


@dataclass(frozen=True, slots=True)
class TextTable:
    """Text with separators, whose rows are made as they are asked for."""

    text: str
    encoding: str
    delimiter: str
    quoting: int
    limits: Limits
    is_mixed: bool = False
    mixed: dict[Position, OddLetters] = field(default_factory=dict)
    """Cells of which some bytes were of another encoding, once their rows were made."""

    def rows(self) -> Iterator[Row]:
        """Each row up to its last value; a text of blanks is none. Raises too_large, damaged."""
        filled = 0
        columns: set[int] = set()
        most = self.limits.columns
        for number, record in enumerate(_records(self.text, self.delimiter, self.quoting), 1):
            if self.is_mixed:
                record = self._in_one(number, record)
            row = [_value(_unquoted(cell, self.quoting)) for cell in record]
            while row and row[-1] is None:
                row.pop()
            filled += bool(row)
            if len(row) > most:
                columns.update(i for i, cell in enumerate(row) if cell is not None)
            if filled > self.limits.rows or len(columns) > most:
                raise ExchangeError("too_large")
            yield tuple(row)

    def _in_one(self, number: int, record: list[str]) -> list[str]:
        """The cells of a row, those with bytes of another encoding read as that."""
        for column, cell in enumerate(record):
            if _STRAY.search(cell):
                record[column] = text = in_mixed(cell)
                self.mixed[number, column] = OddLetters(MIXED, text, MIXED_IN)
        return record


def open_text(
    data: bytes,
    limits: Limits = Limits(),  # noqa: B008
    chosen: TextForm = TextForm(),  # noqa: B008
) -> TextTable:
    """A csv, tsv or Unicode text file, its encoding and separator as chosen, else told by its
    bytes.

    Raises ExchangeError not_a_spreadsheet, damaged, empty_file, too_large or wrong_encoding.
    """
    decoded = decode(data, chosen.encoding)
    if not decoded.text.strip(_BLANK):
        raise ExchangeError("empty_file")
    if _MARKUP.match(decoded.text):
        raise ExchangeError("not_a_spreadsheet")
    table = _table(decoded.text, decoded.encoding, chosen.separator, limits)
    return replace(table, is_mixed=decoded.mixed)


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
