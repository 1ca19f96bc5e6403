# SPDX-License-Identifier: Apache-2.0
"""Text with separators as rows: finds the encoding and the separator by looking at the bytes.

Every value stays text; what it means is decided in `values.py`.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from imp_plus_desktop.domain.errors import ExchangeError

_DELIMITERS = (";", "\t", ",", "|")
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_MARKUP = re.compile(
    r"\s*(<!doctype|<html|<table|<\?xml|<head|<body|<meta|<!--|\{\\rtf|%PDF)", re.I
)
_LETTERS = frozenset("éèêëàâäçîïíôöóõûùüúñãáÉÈÊËÀÂÇÎÔœŒæ°’«»ÁÍÓÚÑÖÜßøØåÅŸ")
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
_SAMPLE_RECORDS = 60
_LONGEST_CELL_LINES = 60


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
    high = bytes(b for b in data if b > 127)
    scores = {
        name: sum(1 if c in _LETTERS else -1 for c in high.decode(name, "replace"))
        for name in ("cp1252", "mac_roman")
    }
    return "mac_roman" if scores["mac_roman"] > scores["cp1252"] else "cp1252"


def read_text(data: bytes) -> tuple[list[list[str | None]], str, str]:
    """Rows, encoding and separator of a csv, tsv or Unicode text file.

    Raises ExchangeError not_a_spreadsheet, damaged or empty_file.
    """
    text, encoding = decode(data)
    if not text.strip():
        raise ExchangeError("empty_file")
    if _MARKUP.match(text):
        raise ExchangeError("not_a_spreadsheet")
    text, delimiter = _declared_delimiter(text)
    delimiter = delimiter or _delimiter(text)
    rows = _parse(text, delimiter, csv.QUOTE_MINIMAL)
    if rows is not None and _stray_quotes(text, delimiter):
        bare = _parse(text, delimiter, csv.QUOTE_NONE)
        rows = bare if bare is not None and _alike(bare) > _alike(rows) else rows
    if rows is None or any(
        cell and cell.count("\n") > _LONGEST_CELL_LINES for row in rows for cell in row
    ):
        # A stray quotation mark has swallowed the rest of the list: quotes mean nothing here.
        rows = _parse(text, delimiter, csv.QUOTE_NONE)
    if rows is None:
        raise ExchangeError("damaged")
    return rows, encoding, delimiter


def _declared_delimiter(text: str) -> tuple[str, str | None]:
    """Excel's own first line `sep=;` names the separator; it stays as an empty row."""
    match = re.match(r"\s*\"?sep=(.)\"?\r?\n", text, re.I)
    return ("\n" + text[match.end() :], match.group(1)) if match else (text, None)


def _delimiter(text: str) -> str:
    best, best_score = ",", 0.0
    sample = text[:200_000]
    for delimiter in _DELIMITERS:
        rows = _parse(sample, delimiter, csv.QUOTE_MINIMAL, _SAMPLE_RECORDS)
        widths = Counter(len(row) for row in rows or () if len(row) > 1)
        if not widths:
            continue
        width, times = max(widths.items(), key=lambda pair: (pair[1] * pair[0], pair[0]))
        score = width * times / max(sum(1 for row in rows or () if row), 1)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _parse(
    text: str, delimiter: str, quoting: int, records: int | None = None
) -> list[list[str | None]] | None:
    csv.field_size_limit(2**24)
    rows: list[list[str | None]] = []
    lines = io.StringIO(text, newline="")
    try:
        for record in csv.reader(lines, delimiter=delimiter, quoting=quoting):  # type: ignore[arg-type]
            rows.append([_value(_unquoted(cell, quoting)) for cell in record])
            if records is not None and len(rows) >= records:
                break
    except csv.Error:
        return None
    return rows


def _unquoted(cell: str, quoting: int) -> str:
    whole = quoting == csv.QUOTE_NONE and len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if whole else cell


def _stray_quotes(text: str, delimiter: str) -> bool:
    """Whether a quotation mark stands where none may: it may have swallowed what follows."""
    if '"' not in text:
        return False
    try:
        for _record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return True
    return False


def _alike(rows: list[list[str | None]]) -> int:
    """How many rows are as wide as most are: the more, the better a list was taken apart."""
    widths = Counter(len(row) for row in rows if row)
    return max(widths.values(), default=0)


def _value(text: str) -> str | None:
    if not text:
        return None
    if text.startswith("=") and (match := _QUOTED_FORMULA.fullmatch(text)):
        return match.group(1)
    return text if not text.isspace() else None
