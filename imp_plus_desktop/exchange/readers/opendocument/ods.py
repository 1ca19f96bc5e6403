# SPDX-License-Identifier: Apache-2.0
"""Reads the content of an ods workbook (OpenDocument), cell by cell.

The fast reader refuses indented files and joins comments to values; here each cell is read as
its attributes say, repeated rows and columns within the limits. It must not open files.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any
from xml.etree.ElementTree import XMLPullParser

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.opendocument.ods_formats import NUMBER_STYLE_TAG, OdsFormats
from imp_plus_desktop.exchange.readers.xlsx.sheet_scan import Readable
from imp_plus_desktop.exchange.sheets import serials
from imp_plus_desktop.exchange.sheets.building import (
    MOST_COLUMNS,
    MOST_MARKS,
    MOST_ROWS,
    SheetBuilder,
)
from imp_plus_desktop.exchange.sheets.number_formats import Padding
from imp_plus_desktop.exchange.sheets.sheets import Cell, Limits, Sheet
from imp_plus_desktop.exchange.sheets.strays import TOO_LARGE

_CHUNK = 2**20
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TYPE, _VALUE, _FORMULA = _OFFICE + "value-type", _OFFICE + "value", _TABLE + "formula"
_TIMES, _TIMES_ROW = _TABLE + "number-columns-repeated", _TABLE + "number-rows-repeated"
_SPAN, _SPAN_ROW = _TABLE + "number-columns-spanned", _TABLE + "number-rows-spanned"
_CELL_STYLE, _STYLE_NAME = _TABLE + "default-cell-style-name", _TABLE + "style-name"
_VISIBILITY = _TABLE + "visibility"
_TABLE_TAG, _ROW_TAG = _TABLE + "table", _TABLE + "table-row"
_COLUMN_TAG, _STYLE_TAG = _TABLE + "table-column", _STYLE + "style"
_STYLE_PROPERTIES_TAG = _STYLE + "table-properties"
_LETTERS_TAG, _STRUCK = _STYLE + "text-properties", _STYLE + "text-line-through-style"
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_HIDDEN = ("collapse", "filter")
_TRUE = ("true", "1")
_NUMBERS = ("float", "percentage", "currency")
_ASIDE = (_OFFICE + "annotation", _TEXT + "note")
_PARAGRAPHS = (_TEXT + "p", _TEXT + "h")
_LETTERS = {_TEXT + "tab": "\t", _TEXT + "line-break": "\n"}
_LONGEST_BLANK = 1000
_DEEPEST = 50
_MIDNIGHT = datetime(1, 1, 1)  # noqa: DTZ001 - only its time is used
_DAY = timedelta(days=1)
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?")


def read_content(
    part: Readable,
    sheet_names: Sequence[str] | None,
    limits: Limits,
    common: OdsFormats | None = None,
) -> list[Sheet]:
    """The sheets of `content.xml`; a hidden one that was not asked for has no rows.

    `common` are the formats of `styles.xml`. The part must hold no declarations of entities
    (`packages.Part` refuses them). Raises too_large, ValueError and ParseError.
    """
    reader = _ContentReader(sheet_names, limits, OdsFormats(common))
    parser: Any = XMLPullParser(("start", "end"))
    while chunk := part.read(_CHUNK):
        parser.feed(chunk)
        reader.follow(parser.read_events())
    parser.close()
    reader.follow(parser.read_events())
    return reader.sheets


class _ContentReader:
    """Follows tables; a row is read when it is whole, and then forgotten."""

    def __init__(
        self, sheet_names: Sequence[str] | None, limits: Limits, formats: OdsFormats
    ) -> None:
        self.sheets: list[Sheet] = []
        self._sheet_names, self._limits = sheet_names, limits
        self._formats = formats
        self._column_styles: list[tuple[int, str | None]] = []
        self._hidden_styles: set[str] = set()
        self._struck_styles: set[str] = set()
        self._builder: SheetBuilder | None = None
        self._depth = self._row = self._column = 0

    def follow(self, events: Iterable[Any]) -> None:
        ends = {
            _ROW_TAG: self._end_row,
            _TABLE_TAG: self._end_table,
            _COLUMN_TAG: self._read_column,
            _STYLE_TAG: self._read_style,
            NUMBER_STYLE_TAG: self._formats.read,
        }
        for event, element in events:
            if event == "end":
                if (read := ends.get(element.tag)) is not None:
                    read(element)
            elif element.tag == _TABLE_TAG:
                self._depth += 1
                if self._depth == 1:
                    self._start_table(element.attrib)

    def _start_table(self, attributes: dict[str, str]) -> None:
        name = attributes.get(_TABLE + "name", "")
        hidden = attributes.get(_TABLE + "style-name") in self._hidden_styles
        asked = name in self._sheet_names if self._sheet_names is not None else not hidden
        self._row = self._column = 0
        self._column_styles = []
        self._builder = SheetBuilder(name, hidden, self._limits) if asked else None
        if not asked:
            self.sheets.append(Sheet(name, hidden))

    def _end_table(self, _element: Any) -> None:
        self._depth -= 1
        if self._depth == 0 and (builder := self._builder) is not None:
            self.sheets.append(builder.filled_by(lambda: None))
            self._builder = None

    def _read_style(self, style: Any) -> None:
        self._formats.read(style)
        for properties in style.iterfind(_STYLE_PROPERTIES_TAG):
            if properties.get(_TABLE + "display") == "false":
                self._hidden_styles.add(style.get(_STYLE + "name", ""))
        for letters in style.iterfind(_LETTERS_TAG):
            if letters.get(_STRUCK, "none") != "none":
                self._struck_styles.add(style.get(_STYLE + "name", ""))

    def _read_column(self, element: Any) -> None:
        attributes = element.attrib
        times = _times(attributes, _TIMES)
        if attributes.get(_VISIBILITY) in _HIDDEN and self._builder is not None:
            self._builder.hide_columns(self._column, self._column + times - 1)
        if (self._formats or self._struck_styles) and self._column < MOST_COLUMNS:
            self._column_styles.append((self._column, attributes.get(_CELL_STYLE)))
        self._column += times

    def _end_row(self, element: Any) -> None:
        # A table inside of a cell or a drawing is no list.
        if self._depth == 1:
            try:
                self._read_row(element)
            except ExchangeError as error:
                if error.code != TOO_LARGE or self._builder is None:
                    raise
                # What follows of this table is no longer looked at.
                self.sheets.append(self._builder.beginning())
                self._builder = None
            element.clear()

    def _read_row(self, element: Any) -> None:
        times = max(min(int(element.get(_TIMES_ROW, 1)), MOST_ROWS), 1)
        row, builder = self._row + 1, self._builder
        self._row += times
        if builder is None:
            return
        if element.get(_VISIBILITY) in _HIDDEN:
            builder.hidden_rows.update(range(row, min(row + times, MOST_ROWS + 1)))
        padded, style = bool(self._formats), element.get(_CELL_STYLE)
        found = _Row(builder, row)
        for cell in element:
            if cell.tag in _CELLS:
                if self._struck_styles and self._style(cell, found.column, style) in (
                    self._struck_styles
                ):
                    found.cross_out(cell)
                number = padded and cell.get(_TYPE) == "float"
                named = self._style(cell, found.column, style) if number else None
                found.read(cell, self._formats.of(named) if number else None)
        found.put(times)

    def _style(self, cell: Any, column: int, row_style: str | None) -> str | None:
        """The style of a cell: its own, its row's or its column's."""
        style = cell.get(_STYLE_NAME, row_style)
        if style is None and self._column_styles:
            at = bisect_right(self._column_styles, column, key=itemgetter(0)) - 1
            style = self._column_styles[at][1]
        return None if style is None else str(style)


class _Row:
    """The cells of one row: column, times, and a value or what it lacks."""

    def __init__(self, builder: SheetBuilder, row: int) -> None:
        self._builder, self._row = builder, row
        self.column = 0
        self._cells: list[tuple[int, int, Cell]] = []
        self._marks: list[tuple[int, int, str | None]] = []

    def read(self, cell: Any, padding: Padding | None = None) -> None:
        attributes = cell.attrib
        times = _times(attributes, _TIMES)
        column = self.column
        self.column += times
        if not attributes and not len(cell):
            return
        if _SPAN in attributes or _SPAN_ROW in attributes:
            right = column + _times(attributes, _SPAN) - 1
            bottom = self._row + int(attributes.get(_SPAN_ROW, 1)) - 1
            self._builder.merge(self._row, column, bottom, right)
        if attributes.get(_CALC + "value-type") == "error":
            self._marks.append((column, times, _text(cell).strip() or "#ERROR!"))
            return
        value = _value(attributes, cell)
        if padding is not None and isinstance(value, float):
            value = padding.shown(value) or value
        if value is not None and value != "":
            self._cells.append((column, times, value))
        elif _FORMULA in attributes and _TYPE not in attributes:
            self._marks.append((column, times, None))

    def cross_out(self, cell: Any) -> None:
        """Notes that the text of the cell that comes next is crossed out."""
        if cell.get(_TYPE) is not None:
            for _ in range(_times(cell.attrib, _TIMES)):
                self._builder.cross_out(self._row)

    def put(self, times: int) -> None:
        """Gives the row to the builder, as often as it stands there."""
        row, builder = self._row, self._builder
        if times * sum(across for _column, across, _text in self._marks) > MOST_MARKS:
            raise ExchangeError("too_large")
        for column, across, text in self._marks:
            for place in range(column, column + across):
                for number in range(row, row + times):
                    builder.put_mark(number, place, text)
        self._put_values()
        if times > 1 and self._cells:
            builder.repeat_row(row, times)

    def _put_values(self) -> None:
        row, builder = self._row, self._builder
        for column, across, value in self._cells:
            for place in range(column, column + across):
                if isinstance(value, float):
                    builder.put_number(row, place, value, None)
                else:
                    builder.put(row, place, value)


def _text(cell: Any) -> str:
    """The paragraphs of a cell, without its comment."""
    pieces: list[str] = []
    for paragraph in cell:
        if paragraph.tag in _PARAGRAPHS:
            letters: list[str] = []
            _collect(paragraph, letters)
            pieces.append("".join(letters))
    return "\n".join(pieces)


def _collect(element: Any, letters: list[str], depth: int = 0) -> None:
    """Adds the letters of an element and of what is in it, blanks and breaks as such."""
    if depth > _DEEPEST:
        raise ExchangeError("damaged")
    if element.text:
        letters.append(element.text)
    for inner in element:
        if inner.tag == _TEXT + "s":
            letters.append(" " * min(int(inner.get(_TEXT + "c", 1)), _LONGEST_BLANK))
        elif inner.tag in _LETTERS:
            letters.append(_LETTERS[inner.tag])
        elif inner.tag not in _ASIDE:
            _collect(inner, letters, depth + 1)
        if inner.tail:
            letters.append(inner.tail)


def _times(attributes: dict[str, str], name: str) -> int:
    return max(min(int(attributes.get(name, 1)), MOST_COLUMNS), 1)


def _value(attributes: dict[str, str], cell: Any) -> Cell:
    """The value of a cell; a value that cannot be read as its type stays the text shown."""
    kind = attributes.get(_TYPE)
    try:
        if kind in _NUMBERS:
            value = float(attributes[_VALUE])
            return value if math.isfinite(value) else _text(cell)
        if kind == "date":
            return _moment(attributes[_OFFICE + "date-value"])
        if kind == "time":
            return _time(attributes[_OFFICE + "time-value"])
        if kind == "boolean":
            return attributes[_OFFICE + "boolean-value"] in _TRUE
    except (KeyError, ValueError, OverflowError):
        return _text(cell)
    stated = attributes.get(_OFFICE + "string-value")
    return _text(cell) if stated is None else stated


def _moment(text: str) -> date | datetime:
    if "T" not in text:
        return date.fromisoformat(text)
    return serials.as_day(datetime.fromisoformat(text).replace(tzinfo=None))


def _time(text: str) -> Cell:
    """A time of day, or from 24 hours on a duration."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError("no duration")
    sign, days, hours, minutes, seconds = match.groups()
    found = timedelta(
        days=int(days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=round(float((seconds or "0").replace(",", ".")), 3),
    )
    if sign or found >= _DAY:
        return f"{sign}{serials.duration(found)}"
    return (_MIDNIGHT + found).time()
