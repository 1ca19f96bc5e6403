# SPDX-License-Identifier: Apache-2.0
"""Reads the parts of an xlsb workbook (BIFF12 records, [MS-XLSB]), cell by cell.

The fast reader leaves out error cells, short cell records, rich text and whole dates of this
kind of file; here every record that holds a value is read. It must not open files.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.exchange.readers.binary.number_styles import NumberStyles
from imp_plus_desktop.exchange.sheets.building import MOST_ROWS, SheetBuilder

_ROW, _ERROR_CELL, _FORMULA_ERROR = 0, 3, 11
_SHORT_FIRST, _SHORT_LAST, _SHORT_TO_LONG = 12, 18, 11
_RICH_CELL = 62
_TEXTS = (6, 7, 8, _RICH_CELL)
_SHARED_STRING, _FONT, _FORMAT, _STYLE, _COLUMN = 19, 43, 44, 47, 60
_WORKBOOK_PROPERTIES, _SHEET, _MERGED = 153, 156, 176
_STYLES_BEGIN, _STYLES_END = 617, 618
_ROW_HIDDEN = 0x10
_STRUCK = 0x08

_u16 = struct.Struct("<H").unpack_from
_u32 = struct.Struct("<I").unpack_from
_f64 = struct.Struct("<d").unpack_from


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet as the workbook lists it; `relation` names its part."""

    name: str
    hidden: bool
    relation: str


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: type and content. A record that breaks off raises ValueError."""
    position, end = 0, len(data)
    while position < end:
        kind = data[position]
        position += 1
        if kind & 0x80:
            kind = kind & 0x7F | (data[position] & 0x7F) << 7
            position += 1
        size = shift = 0
        while True:
            byte = data[position]
            position += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        if position + size > end:
            raise ValueError("record breaks off")
        yield kind, data[position : position + size]
        position += size


def _text(data: bytes, position: int) -> tuple[str, int]:
    """A wide string at a position, and where it ends."""
    (length,) = _u32(data, position)
    if length == 0xFFFFFFFF:
        return "", position + 4
    end = position + 4 + 2 * length
    if end > len(data):
        raise ValueError("string breaks off")
    return data[position + 4 : end].decode("utf-16-le", "replace"), end


def workbook_entries(data: bytes) -> tuple[list[SheetEntry], bool]:
    """The sheets of `workbook.bin` in their order, and whether dates count from 1904."""
    sheets: list[SheetEntry] = []
    date1904 = False
    for kind, content in records(data):
        if kind == _WORKBOOK_PROPERTIES:
            date1904 = bool(content[0] & 1)
        elif kind == _SHEET:
            relation, position = _text(content, 8)
            name, _ = _text(content, position)
            sheets.append(SheetEntry(name, content[0] != 0, relation))
    return sheets, date1904


def shared_strings(data: bytes) -> list[str]:
    """The texts of `sharedStrings.bin`, by index."""
    return [_text(content, 1)[0] for kind, content in records(data) if kind == _SHARED_STRING]


def number_styles(data: bytes) -> NumberStyles:
    """The cell styles of `styles.bin`."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    fonts: list[bool] = []
    struck: set[int] = set()
    inside = False
    for kind, content in records(data):
        if kind == _FONT:
            fonts.append(bool(_u16(content, 2)[0] & _STRUCK))
        elif kind == _FORMAT:
            codes[_u16(content)[0]] = _text(content, 2)[0]
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            inside = kind == _STYLES_BEGIN
        elif kind == _STYLE and inside:
            (font,) = _u16(content, 4)
            if font < len(fonts) and fonts[font]:
                struck.add(len(styles))
            styles.append(_u16(content, 2)[0])
    return NumberStyles([(number, codes.get(number)) for number in styles], struck)


def read_sheet(
    data: bytes, builder: SheetBuilder, strings: Sequence[str], styles: NumberStyles
) -> None:
    """Puts the cells of a sheet's part into the builder."""
    reader = _SheetReader(builder, strings, styles)
    others = {
        _ROW: reader.row,
        _COLUMN: reader.columns,
        _MERGED: reader.merged,
    }
    for kind, content in records(data):
        if 0 < kind <= _FORMULA_ERROR or kind == _RICH_CELL:
            reader.cell(kind, content)
        elif _SHORT_FIRST <= kind <= _SHORT_LAST:
            # The column is the next one: what a long record says in its first four bytes.
            reader.cell(kind - _SHORT_TO_LONG, reader.next_column() + content)
        elif kind in others:
            others[kind](content)


class _SheetReader:
    """Follows the rows of one sheet."""

    def __init__(self, builder: SheetBuilder, strings: Sequence[str], styles: NumberStyles) -> None:
        self._builder = builder
        self._strings = strings
        self._styles = styles
        self._row = 0
        self._column = -1

    def next_column(self) -> bytes:
        return struct.pack("<I", self._column + 1)

    def row(self, content: bytes) -> None:
        (number,) = _u32(content)
        if number >= MOST_ROWS:
            raise ValueError("no such row")
        self._row, self._column = number + 1, -1
        if content[11] & _ROW_HIDDEN:
            self._builder.hidden_rows.add(self._row)

    def columns(self, content: bytes) -> None:
        first, last = _u32(content)[0], _u32(content, 4)[0]
        if content[16] & 1:
            self._builder.hide_columns(first, last)

    def merged(self, content: bytes) -> None:
        top, bottom, left, right = struct.unpack_from("<4I", content)
        self._builder.merge(top + 1, left, bottom + 1, right)

    def cell(self, kind: int, content: bytes) -> None:
        """A cell record: column, style, then a value as its type says."""
        row, builder = self._row, self._builder
        column = self._column = _u32(content)[0]
        style = _u32(content, 4)[0] & 0xFFFFFF
        if kind in _TEXTS:
            self._styles.note(builder, row, style)
        if kind == 7:
            builder.put(row, column, self._strings[_u32(content, 8)[0]])
        elif kind in (2, 5, 9):
            value = unpacked(_u32(content, 8)[0]) if kind == 2 else _f64(content, 8)[0]
            self._styles.put(builder, row, column, value, style)
        elif kind in (6, 8):
            builder.put(row, column, _text(content, 8)[0])
        elif kind == _RICH_CELL:
            builder.put(row, column, _text(content, 9)[0])
        elif kind in (4, 10):
            builder.put(row, column, content[8] != 0)
        elif kind in (_ERROR_CELL, _FORMULA_ERROR):
            builder.put_error(row, column, content[8])


def unpacked(packed: int) -> float:
    """The number that four bytes stand for (RK): an integer or half a double, maybe by 100."""
    if packed & 2:
        value = float((packed >> 2) - (2**30 if packed & 0x80000000 else 0))
    else:
        (value,) = _f64(b"\0\0\0\0" + struct.pack("<I", packed & 0xFFFFFFFC))
    return value / 100 if packed & 1 else value
