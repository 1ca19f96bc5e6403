# SPDX-License-Identifier: Apache-2.0
"""Reads an xls workbook (BIFF5 of Excel 95 and BIFF8, [MS-XLS]), cell by cell.

The fast reader leaves out error cells, and every text of a BIFF5 file without a code page. Here
every record that holds a value is read. It must not open files.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import field

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.binary.number_styles import NumberStyles
from imp_plus_desktop.exchange.readers.binary.xlsb import unpacked
from imp_plus_desktop.exchange.sheets.building import SheetBuilder

_BOF, _EOF, _CONTINUE = 0x809, 0x0A, 0x3C
_FILEPASS, _CODEPAGE, _DATE_MODE = 0x2F, 0x42, 0x22
_FONT, _FORMAT, _STYLE, _SHEET, _STRINGS = 0x31, 0x41E, 0xE0, 0x85, 0xFC
_NUMBER, _RK, _MANY_RK, _LABEL, _RICH_LABEL = 0x203, 0x27E, 0xBD, 0x204, 0xD6
_SHARED_LABEL, _BOOL_OR_ERROR, _FORMULA, _STRING = 0xFD, 0x205, 0x06, 0x207
_FORMULAS = (0x06, 0x206, 0x406)
_ROW, _COLUMNS, _MERGED = 0x208, 0x7D, 0xE5
_BIFF8 = 0x600
_WORKSHEET = 0
_WORKSHEET_STREAM = 0x10
_ROW_HIDDEN = 0x20
_STRUCK = 0x08
_WIDE, _RICH, _PHONETIC = 1, 8, 4
_LOST = "#?"
"""Shown where a text is missing in the file."""

_u16 = struct.Struct("<H").unpack_from
_u32 = struct.Struct("<I").unpack_from
_f64 = struct.Struct("<d").unpack_from
_cell = struct.Struct("<HHH").unpack_from


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet as the workbook lists it, and where its records begin."""

    name: str
    hidden: bool
    start: int


@dataclass(slots=True)
class Globals:
    """What stands before the sheets of a workbook."""

    biff8: bool = True
    encoding: str = "cp1252"
    date1904: bool = False
    sheets: list[SheetEntry] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    strings_break_off: bool = False
    fonts: list[bool] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    numbers: NumberStyles = field(default_factory=lambda: NumberStyles(()))


def records(stream: bytes, position: int) -> Iterator[tuple[int, int, int]]:
    """Type, start and length of each record up to the end of the substream at a position."""
    depth = 0
    end = len(stream)
    while position + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, position)
        position += 4
        if position + size > end:
            raise ValueError("record breaks off")
        # A chart inside of a sheet is a substream of its own.
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 1:
            yield kind, position, size
        if depth <= 0:
            return
        position += size
    raise ValueError("substream breaks off")


def read_globals(stream: bytes) -> Globals:
    """Sheets, texts and formats. Raises ExchangeError encrypted, ValueError when damaged."""
    found = Globals()
    reader = {
        _CODEPAGE: _read_code_page,
        _DATE_MODE: _read_date_mode,
        _FONT: _read_font,
        _FORMAT: _read_format,
        _STYLE: _read_style,
        _SHEET: _read_sheet_entry,
    }
    for kind, at, size in records(stream, 0):
        content = stream[at : at + size]
        if kind == _BOF:
            found.biff8 = _u16(content)[0] >= _BIFF8
            if _u16(content, 2)[0] == _WORKSHEET_STREAM:
                found.sheets.append(SheetEntry("", False, 0))
        elif kind == _FILEPASS:
            raise ExchangeError("encrypted")
        elif kind == _STRINGS:
            found.strings, found.strings_break_off = _Texts(stream, at, size).shared()
        elif kind in reader:
            reader[kind](found, content)
    formats = [(number, found.formats.get(number)) for number in found.styles]
    found.numbers = NumberStyles(formats, found.struck)
    return found


def _read_code_page(found: Globals, content: bytes) -> None:
    (page,) = _u16(content)
    name = {32768: "mac_roman", 10000: "mac_roman", 1200: "cp1252", 32769: "cp1252"}.get(
        page, f"cp{page}"
    )
    try:
        found.encoding = codecs.lookup(name).name
    except LookupError:
        found.encoding = "cp1252"


def _read_date_mode(found: Globals, content: bytes) -> None:
    found.date1904 = _u16(content)[0] == 1


def _read_format(found: Globals, content: bytes) -> None:
    found.formats[_u16(content)[0]] = (
        _short_text(found, content, 2, 2) if found.biff8 else _short_text(found, content, 2, 1)
    )


def _read_font(found: Globals, content: bytes) -> None:
    if len(found.fonts) == 4:
        found.fonts.append(False)  # no font has the number 4
    found.fonts.append(bool(_u16(content, 2)[0] & _STRUCK))


def _read_style(found: Globals, content: bytes) -> None:
    (font,) = _u16(content)
    if font < len(found.fonts) and found.fonts[font]:
        found.struck.add(len(found.styles))
    found.styles.append(_u16(content, 2)[0])


def _read_sheet_entry(found: Globals, content: bytes) -> None:
    (start,) = _u32(content)
    if content[5] == _WORKSHEET:
        hidden = content[4] & 3 != 0
        found.sheets.append(SheetEntry(_short_text(found, content, 6, 1), hidden, start))


def _short_text(found: Globals, content: bytes, at: int, count_bytes: int) -> str:
    """A text inside one record, after a count of one or two bytes."""
    length = content[at] if count_bytes == 1 else _u16(content, at)[0]
    at += count_bytes
    if not found.biff8:
        return content[at : at + length].decode(found.encoding, "replace")
    wide = content[at] & _WIDE
    raw = content[at + 1 : at + 1 + length * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "latin-1", "replace")


class _Texts:
    """Texts of BIFF8 in a record and the continuations that follow it."""

    def __init__(self, stream: bytes, at: int, size: int) -> None:
        self._stream = stream
        self._at, self._end = at, at + size

    def shared(self) -> tuple[list[str], bool]:
        """The whole ones of the table of shared texts, and whether it breaks off after them."""
        (count,) = _u32(self._stream, self._at + 4)
        self._at += 8
        texts: list[str] = []
        # Some programs write a wrong count: what is there counts.
        while self._more():
            try:
                texts.append(self.text())
            except (ValueError, IndexError, struct.error):
                return texts, len(texts) < count
        return texts, len(texts) < count

    def text(self) -> str:
        """The next text, without its formatting and its reading aid."""
        (length,) = _u16(self._take(2))
        flags = self._take(1)[0]
        runs = _u16(self._take(2))[0] if flags & _RICH else 0
        extra = _u32(self._take(4))[0] if flags & _PHONETIC else 0
        text = self._letters(length, bool(flags & _WIDE))
        with suppress(ValueError, struct.error):  # its letters are there
            self._skip(runs * 4 + extra)
        return text

    def letters(self, length: int) -> str:
        """The letters of a text whose length was read, after its flags; those that are there.

        Some programs count bytes for letters, or cut a long text off without a continuation.
        """
        return self._letters(length, bool(self._take(1)[0] & _WIDE), may_break_off=True)

    def _letters(self, length: int, wide: bool, *, may_break_off: bool = False) -> str:
        pieces: list[str] = []
        while length:
            width = 2 if wide else 1
            fits = min(length, (self._end - self._at) // width)
            raw = self._stream[self._at : self._at + fits * width]
            pieces.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            self._at += fits * width
            length -= fits
            if length:
                if may_break_off and not self._goes_on():
                    break
                # A continuation says anew how wide the rest of the letters are.
                self._continue()
                wide = bool(self._take(1)[0] & _WIDE)
        return "".join(pieces)

    def _take(self, size: int) -> bytes:
        if self._end - self._at < size:
            self._continue()
        self._at += size
        return self._stream[self._at - size : self._at]

    def _skip(self, size: int) -> None:
        while size > self._end - self._at:
            size -= self._end - self._at
            self._continue()
        self._at += size

    def _more(self) -> bool:
        return self._at < self._end or self._goes_on()

    def _goes_on(self) -> bool:
        return bool(_u16(self._stream, self._end)[0] == _CONTINUE)

    def _continue(self) -> None:
        kind, size = struct.unpack_from("<HH", self._stream, self._end)
        if kind != _CONTINUE:
            self._at = self._end
            raise ValueError("text breaks off")
        self._at = self._end + 4
        self._end = self._at + size


def read_sheet(stream: bytes, start: int, builder: SheetBuilder, found: Globals) -> None:
    """Puts the cells of the sheet whose records begin at `start` into the builder."""
    reader = _SheetReader(stream, builder, found)
    readers = {
        _NUMBER: reader.number, _RK: reader.packed, _MANY_RK: reader.many,
        _LABEL: reader.label, _RICH_LABEL: reader.label, _SHARED_LABEL: reader.shared,
        _BOOL_OR_ERROR: reader.bool_or_error, _STRING: reader.string, _ROW: reader.row,
        _COLUMNS: reader.columns, _MERGED: reader.merged,
        **dict.fromkeys(_FORMULAS, reader.formula),
    }  # fmt: skip
    for kind, at, size in records(stream, start):
        if (read := readers.get(kind)) is not None:
            read(at, size)


class _SheetReader:
    """Reads the records of one sheet; a record is named by where it starts and its length."""

    def __init__(self, stream: bytes, builder: SheetBuilder, found: Globals) -> None:
        self._stream, self._builder, self._found = stream, builder, found
        self._styles = found.numbers
        self._awaits_text: tuple[int, int] | None = None

    def number(self, at: int, _size: int) -> None:
        row, column, style = _cell(self._stream, at)
        self._put(row, column, _f64(self._stream, at + 6)[0], style)

    def packed(self, at: int, _size: int) -> None:
        row, column, style = _cell(self._stream, at)
        self._put(row, column, unpacked(_u32(self._stream, at + 6)[0]), style)

    def many(self, at: int, size: int) -> None:
        row, column = struct.unpack_from("<HH", self._stream, at)
        for place in range(at + 4, at + size - 2, 6):
            (style,) = _u16(self._stream, place)
            self._put(row, column, unpacked(_u32(self._stream, place + 2)[0]), style)
            column += 1

    def _put(self, row: int, column: int, value: float, style: int) -> None:
        self._styles.put(self._builder, row + 1, column, value, style)

    def label(self, at: int, size: int) -> None:
        row, column, style = _cell(self._stream, at)
        self._styles.note(self._builder, row + 1, style)
        self._builder.put(row + 1, column, self._text(at + 6, size - 6))

    def _text(self, at: int, size: int) -> str:
        if self._found.biff8:
            (length,) = _u16(self._stream, at)
            return _Texts(self._stream, at + 2, size - 2).letters(length)
        return _short_text(self._found, self._stream[at : at + size], 0, 2)

    def shared(self, at: int, _size: int) -> None:
        row, column, style = _cell(self._stream, at)
        self._styles.note(self._builder, row + 1, style)
        (place,) = _u32(self._stream, at + 6)
        if self._found.strings_break_off and place >= len(self._found.strings):
            self._builder.put_mark(row + 1, column, _LOST)
        else:
            self._builder.put(row + 1, column, self._found.strings[place])

    def bool_or_error(self, at: int, _size: int) -> None:
        row, column, _style = _cell(self._stream, at)
        value, is_error = self._stream[at + 6], self._stream[at + 7]
        if is_error:
            self._builder.put_error(row + 1, column, value)
        else:
            self._builder.put(row + 1, column, value != 0)

    def formula(self, at: int, _size: int) -> None:
        """A formula's result: a number, or marked as something else."""
        row, column, style = _cell(self._stream, at)
        self._awaits_text = None
        if _u16(self._stream, at + 12)[0] != 0xFFFF:
            self._put(row, column, _f64(self._stream, at + 6)[0], style)
            return
        kind, value = self._stream[at + 6], self._stream[at + 8]
        if kind == 0:
            self._awaits_text = (row + 1, column)
        elif kind == 1:
            self._builder.put(row + 1, column, value != 0)
        elif kind == 2:
            self._builder.put_error(row + 1, column, value)

    def string(self, at: int, size: int) -> None:
        """The text that the formula before it gave."""
        if self._awaits_text is not None:
            self._builder.put(*self._awaits_text, self._text(at, size))
            self._awaits_text = None

    def row(self, at: int, _size: int) -> None:
        if _u16(self._stream, at + 12)[0] & _ROW_HIDDEN:
            self._builder.hidden_rows.add(_u16(self._stream, at)[0] + 1)

    def columns(self, at: int, _size: int) -> None:
        first, last, _width, _style, flags = struct.unpack_from("<5H", self._stream, at)
        if flags & 1:
            self._builder.hide_columns(first, min(last, 255))

    def merged(self, at: int, _size: int) -> None:
        (count,) = _u16(self._stream, at)
        for place in range(at + 2, at + 2 + 8 * count, 8):
            top, bottom, left, right = struct.unpack_from("<4H", self._stream, place)
            self._builder.merge(top + 1, left, bottom + 1, right)
