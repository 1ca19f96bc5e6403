# SPDX-License-Identifier: Apache-2.0
"""Parts of an xlsx workbook written anew, where the fast reader would refuse or misread them.

Each function takes the XML of a part and gives it back changed; what a part needs is told by
`sheet_scan.py` and `workbook_parts.py`. Works on bytes and opens no file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from imp_plus_desktop.exchange.readers.xlsx.cell_xml import REFERENCE, attributes_of, column_number
from imp_plus_desktop.exchange.sheets.sheets import Position

_HUGE = re.compile(
    rb"""(<(?:\w+:)?c(?=\s)[^>]*?)\ss\s*=\s*["']\d+["']"""
    rb"""([^>]*>(?:\s*<(?:\w+:)?f[^>]*(?:/>|>[^<]*</(?:\w+:)?f\s*>))?\s*"""
    rb"""<(?:\w+:)?v(?:\s[^>]*)?>\s*-?(?:\d{9,}|[\d.]+[eE]\+?(?:[89]|\d\d)))"""
)
_SHEET_ENTRY = re.compile(rb"<((?:\w+:)?)sheet(?=[\s/>])[^>]*?(?:/>|>\s*</\1sheet\s*>)")
_REFERENCES = re.compile(rb"<((?:\w+:)?)(?:dimension|mergeCell)(?=\s)[^>]*?(?:/>|>\s*</\1\w+\s*>)")
_USUAL = re.compile(rb"[A-Za-z]{1,3}[1-9]\d{0,6}(?::[A-Za-z]{1,3}[1-9]\d{0,6})?")
_CELL = re.compile(rb"<((?:\w+:)?)c(?=[\s>/])([^>]*?)(?:/>|>.*?</\1c\s*>)", re.DOTALL)
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s>/])")
_END_OF_ROWS = re.compile(rb"</(?:\w+:)?sheetData\s*>")


def is_usual(reference: bytes) -> bool:
    """Whether a reference is to a cell or from one cell to another, as nearly all are."""
    return _USUAL.fullmatch(reference) is not None


def without_sheets(places: Collection[int]) -> Callable[[bytes], bytes]:
    """Takes the sheets at some places (from 0) out of the list of a workbook."""

    def rewritten(content: bytes) -> bytes:
        numbers = iter(range(content.count(b"sheet")))
        return _SHEET_ENTRY.sub(lambda e: b"" if next(numbers) in places else e.group(), content)

    return rewritten


def without_odd_references(content: bytes) -> bytes:
    """A sheet without the extent and the merged ranges that name whole rows or columns.

    They are told otherwise (`sheet_scan.py`), and the fast reader refuses a sheet for them.
    """

    def kept(found: re.Match[bytes]) -> bytes:
        usual = is_usual(attributes_of(found.group()).get(b"ref", b""))
        return found.group() if usual else b""

    return _REFERENCES.sub(kept, content)


def without_cells(is_left_out: Callable[[Position], bool]) -> Callable[[bytes], bytes]:
    """Takes cells out of a sheet by their places; one that does not say where it stands stays."""

    def kept(found: re.Match[bytes]) -> bytes:
        place = REFERENCE.match(attributes_of(found.group(2)).get(b"r", b""))
        if place and is_left_out((int(place.group(2)), column_number(place.group(1)))):
            return b""
        return found.group()

    return lambda content: _CELL.sub(kept, content)


def beginning(rows: int) -> Callable[[bytes], bytes]:
    """Takes all but the first rows out of a sheet."""

    def cut(content: bytes) -> bytes:
        for number, row in enumerate(_ROW.finditer(content)):
            if number == rows:
                ends = list(_END_OF_ROWS.finditer(content, row.start()))
                return content[: row.start()] + (content[ends[-1].start() :] if ends else b"")
        return content

    return cut


def without_huge_dates(content: bytes) -> bytes:
    """A sheet's XML whose numbers of nine digits and more have no format.

    The fast reader breaks off at a number that no calendar or clock has, where a format says that
    it is one.
    """
    return _HUGE.sub(rb"\1\2", content)
