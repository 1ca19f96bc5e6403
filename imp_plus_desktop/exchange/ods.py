# SPDX-License-Identifier: Apache-2.0
"""Reads the content of an ods workbook (OpenDocument), cell by cell.

The fast reader refuses indented files and joins comments to values; here each cell is read as
its attributes say, repeated rows and columns within the limits. It must not open files.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from xml.parsers import expat

from imp_plus_desktop.domain.errors import ExchangeError
from imp_plus_desktop.exchange import serials
from imp_plus_desktop.exchange.building import MOST_COLUMNS, MOST_MARKS, MOST_ROWS, SheetBuilder
from imp_plus_desktop.exchange.guard import Readable
from imp_plus_desktop.exchange.sheets import Cell, Limits, Sheet

_CHUNK = 2**20
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_TYPE, _VALUE, _FORMULA = _OFFICE + "value-type", _OFFICE + "value", _TABLE + "formula"
_TIMES, _TIMES_ROW = _TABLE + "number-columns-repeated", _TABLE + "number-rows-repeated"
_SPAN, _SPAN_ROW = _TABLE + "number-columns-spanned", _TABLE + "number-rows-spanned"
_VISIBILITY = _TABLE + "visibility"
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_HIDDEN = ("collapse", "filter")
_NUMBERS = ("float", "percentage", "currency")
_ASIDE = (_OFFICE + "annotation", _TABLE + "shapes", _TABLE + "detective")
_MIDNIGHT = datetime(1, 1, 1)  # noqa: DTZ001 - only its time is used
_DAY = timedelta(days=1)
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?")


def read_content(part: Readable, sheet_names: Sequence[str] | None, limits: Limits) -> list[Sheet]:
    """The sheets of `content.xml`; a hidden one that was not asked for has no rows.

    Raises too_large, damaged, ValueError and expat's errors.
    """
    reader = _ContentReader(sheet_names, limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    reader.follow(parser)
    while chunk := part.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return reader.sheets


class _ContentReader:
    """Follows tables, rows, cells and their paragraphs."""

    def __init__(self, sheet_names: Sequence[str] | None, limits: Limits) -> None:
        self.sheets: list[Sheet] = []
        self._sheet_names, self._limits = sheet_names, limits
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._builder: SheetBuilder | None = None
        self._depth = self._aside = 0
        self._row = self._row_times = 0
        self._column = 0
        self._cells: list[tuple[int, int, Cell]] = []
        self._marks: list[tuple[int, int, str | None]] = []
        self._attributes: dict[str, str] = {}
        self._paragraphs: list[str] = []
        self._letters: list[str] = []
        self._in_cell = self._in_text = False

    def follow(self, parser: expat.XMLParserType) -> None:
        """Becomes what the parser calls; letters only inside of paragraphs."""
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = _refuse_entity
        parser.CharacterDataHandler = self._take_letters

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._aside or name in _ASIDE:
            self._aside += 1
        elif name in _CELLS:
            if self._builder is not None and self._depth == 1:
                self._attributes, self._in_cell = attributes, True
                self._paragraphs = []
        elif self._in_cell:
            self._start_text(name, attributes)
        else:
            self._start_frame(name, attributes)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TEXT + "p" or name == _TEXT + "h":
            self._in_text, self._letters = True, []
        elif name == _TEXT + "s":
            self._letters.append(" " * min(int(attributes.get(_TEXT + "c", 1)), 32_767))
        elif name == _TEXT + "tab":
            self._letters.append("\t")
        elif name == _TEXT + "line-break":
            self._letters.append("\n")

    def _start_frame(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE + "table":
            self._depth += 1
            if self._depth == 1:
                self._start_table(attributes)
        elif name == _TABLE + "table-row":
            self._start_row(attributes)
        elif name == _TABLE + "table-column":
            times = _times(attributes, _TIMES)
            if attributes.get(_VISIBILITY) in _HIDDEN and self._builder is not None:
                self._builder.hide_columns(self._column, self._column + times - 1)
            self._column += times
        elif name == _STYLE + "style":
            self._style = attributes.get(_STYLE + "name", "")
        elif name == _STYLE + "table-properties" and attributes.get(_TABLE + "display") == "false":
            self._hidden_styles.add(self._style)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row_times = max(min(int(attributes.get(_TIMES_ROW, 1)), MOST_ROWS), 1)
        self._column, self._cells, self._marks = 0, [], []
        if attributes.get(_VISIBILITY) in _HIDDEN and self._builder is not None:
            first, last = self._row + 1, min(self._row + self._row_times, MOST_ROWS)
            self._builder.hidden_rows.update(range(first, last + 1))

    def _start_table(self, attributes: dict[str, str]) -> None:
        name = attributes.get(_TABLE + "name", "")
        hidden = attributes.get(_TABLE + "style-name") in self._hidden_styles
        asked = name in self._sheet_names if self._sheet_names is not None else not hidden
        self._row = self._column = 0
        self._builder = SheetBuilder(name, hidden, self._limits) if asked else None
        if not asked:
            self.sheets.append(Sheet(name, hidden))

    def _take_letters(self, data: str) -> None:
        if self._in_text and not self._aside:
            self._letters.append(data)

    def _end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif self._in_cell:
            if name in _CELLS:
                self._in_cell = self._in_text = False
                self._end_cell()
            elif name == _TEXT + "p" or name == _TEXT + "h":
                self._in_text = False
                self._paragraphs.append("".join(self._letters))
        elif name == _TABLE + "table-row" and self._depth == 1:
            self._end_row()
        elif name == _TABLE + "table":
            self._depth -= 1
            if self._depth == 0 and self._builder is not None:
                self.sheets.append(self._builder.sheet())
                self._builder = None

    def _end_cell(self) -> None:
        attributes, builder = self._attributes, self._builder
        times = _times(attributes, _TIMES)
        column, row = self._column, self._row + 1
        self._column += times
        if builder is None or not attributes:
            return
        if _SPAN in attributes:
            right = column + _times(attributes, _SPAN) - 1
            builder.merge(row, column, row + int(attributes.get(_SPAN_ROW, 1)) - 1, right)
        text = "\n".join(self._paragraphs)
        if attributes.get(_CALC + "value-type") == "error":
            self._marks.append((column, times, text.strip() or "#ERROR!"))
            return
        value = _value(attributes, text)
        if value is not None and value != "":
            self._cells.append((column, times, value))
        elif _FORMULA in attributes and _TYPE not in attributes:
            self._marks.append((column, times, None))

    def _end_row(self) -> None:
        builder, row, times = self._builder, self._row + 1, self._row_times
        self._row += times
        if builder is None:
            return
        if times * sum(across for _column, across, _text in self._marks) > MOST_MARKS:
            raise ExchangeError("too_large")
        for column, across, text in self._marks:
            for place in range(column, column + across):
                for number in range(row, row + times):
                    builder.put_mark(number, place, text)
        self._put_values(builder, row)
        if times > 1 and self._cells:
            builder.repeat_row(row, times)

    def _put_values(self, builder: SheetBuilder, row: int) -> None:
        for column, across, value in self._cells:
            for place in range(column, column + across):
                if isinstance(value, float):
                    builder.put_number(row, place, value, None)
                else:
                    builder.put(row, place, value)


def _refuse_entity(*_declaration: object) -> None:
    raise ExchangeError("damaged")


def _times(attributes: dict[str, str], name: str) -> int:
    return max(min(int(attributes.get(name, 1)), MOST_COLUMNS), 1)


def _value(attributes: dict[str, str], text: str) -> Cell:
    """The value of a cell; a value that cannot be read as its type stays the text shown."""
    kind = attributes.get(_TYPE)
    try:
        if kind in _NUMBERS:
            value = float(attributes[_VALUE])
            return value if math.isfinite(value) else text
        if kind == "date":
            return _moment(attributes[_OFFICE + "date-value"])
        if kind == "time":
            return _time(attributes[_OFFICE + "time-value"])
        if kind == "boolean":
            return attributes[_OFFICE + "boolean-value"] == "true"
    except (KeyError, ValueError, OverflowError):
        return text
    return attributes.get(_OFFICE + "string-value", text)


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
