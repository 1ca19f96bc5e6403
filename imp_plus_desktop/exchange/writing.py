# SPDX-License-Identifier: Apache-2.0
"""Lists to xlsx: real dates and numbers, text that no program will run, nothing half written.

Headers and words come from the caller in the language asked; this module knows no field and no
language. Rows may be an iterator: they are written as they come.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from imp_plus_desktop.domain.errors import ExchangeError

TEXT, DATE, NUMBER, MONEY, INSTANT = "text", "date", "number", "money", "instant"
LONGEST_TEXT = 32_767
_FORMATS = {
    DATE: "yyyy-mm-dd",
    INSTANT: "yyyy-mm-dd hh:mm",
    MONEY: "#,##0.00",
    NUMBER: "General",
}
_WIDTHS = {TEXT: 18, DATE: 12, NUMBER: 10, MONEY: 12, INSTANT: 17}
_DANGEROUS_STARTS = ("=", "+", "-", "@", "\t", "\r")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SHEET_SIGNS = re.compile(r"[\[\]:*?/\\]")
_HEADER = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8ECF4"}
_TORONTO = "America/Toronto"
_STEP = 500

Value = str | int | float | bool | date | datetime | None
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: kind is text, date, number, money or instant; width in characters."""

    header: str
    kind: str = TEXT
    width: float | None = None


@dataclass(frozen=True, slots=True)
class ListChart:
    """A line chart of columns (from 0) over a column of categories, beside the list."""

    title: str
    category_column: int
    value_columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A sheet. `totals` says for each column `sum` or None; instants are aware datetimes."""

    title: str
    columns: Sequence[ListColumn]
    rows: Iterable[Sequence[Value]]
    totals: Sequence[str | None] | None = None
    total_label: str = "Total"
    chart: ListChart | None = None


@dataclass(slots=True)
class Written:
    """What was written: data rows a sheet, by title, and the cells that had to be cut."""

    rows: dict[str, int] = field(default_factory=dict)
    cut: list[tuple[str, int, int]] = field(default_factory=list)


def write_lists(
    path: Path, sheets: Sequence[ListSheet], *, progress: Progress | None = None
) -> Written:
    """Writes all sheets or nothing: aside first, then in place of what stood there.

    `progress` is told the rows written so far; what it raises (Cancelled) leaves no file.
    A text over 32,767 characters is cut with a visible `…` and reported in the answer.
    Raises ExchangeError cannot_write.
    """
    written = Written()
    with written_aside(path) as aside, tempfile.TemporaryDirectory() as scratch:
        book = xlsxwriter.Workbook(
            str(aside),
            {
                "constant_memory": True,
                "tmpdir": scratch,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        writer = _ListWriter(book, written, progress)
        try:
            for sheet in sheets:
                writer.write(sheet)
        finally:
            # Also after a cancel: it lets go of the scratch files.
            _close(book)
    return written


def _close(book: Any) -> None:
    try:
        book.close()
    except XlsxWriterException:
        raise ExchangeError("cannot_write") from None


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """A path beside the target; it takes the target's place when all went well, else it goes."""
    if not path.name:
        raise ExchangeError("cannot_write")
    aside = path.with_name(f".{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        aside.touch()
        yield aside
        aside.replace(path)
    except OSError:
        raise ExchangeError("cannot_write") from None
    finally:
        # Where it could not even be made, nothing is left to remove.
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def printable(text: str) -> str:
    """The text without signs that a workbook cannot hold; each leaves a visible mark."""
    return _UNPRINTABLE.sub("\ufffd", text)


def is_dangerous(text: str) -> bool:
    """Whether some program would take the text for a formula."""
    return text.startswith(_DANGEROUS_STARTS)


def sheet_title(title: str, taken: Iterable[str]) -> str:
    """A name that a sheet may have: no forbidden signs, 31 characters, unlike the others."""
    base = _SHEET_SIGNS.sub(" ", printable(title)).strip(" '")[:31] or "1"
    name, number = base, 2
    known = {other.casefold() for other in taken}
    while name.casefold() in known:
        name = f"{base[:27]} {number}"
        number += 1
    return name


class _ListWriter:
    def __init__(self, book: Any, written: Written, progress: Progress | None) -> None:
        self._book = book
        self._written = written
        self._progress = progress
        self._done = 0
        self._toronto = ZoneInfo(_TORONTO)
        self._formats = {k: book.add_format({"num_format": f}) for k, f in _FORMATS.items()}
        self._quoted = book.add_format({"quote_prefix": True})
        self._header = book.add_format(_HEADER)
        self._total = book.add_format({"bold": True, "top": 1})

    def write(self, sheet: ListSheet) -> None:
        title = sheet_title(sheet.title, self._written.rows)
        page = self._book.add_worksheet(title)
        for index, column in enumerate(sheet.columns):
            width = column.width or max(_WIDTHS[column.kind], min(len(column.header), 24))
            page.set_column(index, index, width)
            page.write_string(0, index, printable(column.header), self._header)
        count = 0
        sums = [0.0] * len(sheet.columns)
        for count, row in enumerate(sheet.rows, 1):
            for index, value in enumerate(row):
                if value is not None:
                    self._cell(page, title, count, index, sheet.columns[index].kind, value)
                    if isinstance(value, int | float) and _is_a_number(value):
                        sums[index] += value
            self._step()
        self._written.rows[title] = count
        self._finish(page, sheet, title, count, sums)

    def _step(self) -> None:
        self._done += 1
        if self._progress is not None and self._done % _STEP == 0:
            self._progress(self._done)

    def _cell(self, page: Any, title: str, row: int, column: int, kind: str, value: Value) -> None:
        if isinstance(value, datetime):
            local = value.astimezone(self._toronto) if value.tzinfo else value
            page.write_datetime(row, column, local.replace(tzinfo=None), self._formats[INSTANT])
        elif isinstance(value, date) and value.year >= 1900:
            page.write_datetime(row, column, value, self._formats[DATE])
        elif isinstance(value, int | float) and _is_a_number(value):
            page.write_number(row, column, value, self._formats.get(kind, self._formats[NUMBER]))
        elif text := str(value):
            self._text(page, title, row, column, printable(text))

    def _text(self, page: Any, title: str, row: int, column: int, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            text = text[: LONGEST_TEXT - 1] + "…"
            self._written.cut.append((title, row + 1, column))
        page.write_string(row, column, text, self._quoted if is_dangerous(text) else None)

    def _finish(
        self, page: Any, sheet: ListSheet, title: str, count: int, sums: Sequence[float]
    ) -> None:
        last = len(sheet.columns) - 1
        if sheet.totals is not None and count:
            for index, total in enumerate(sheet.totals):
                if total == "sum":
                    letters = xlsxwriter.utility.xl_col_to_name(index)
                    formula = f"=SUBTOTAL(109,{letters}2:{letters}{count + 1})"
                    page.write_formula(count + 1, index, formula, self._total, sums[index])
                elif index == 0:
                    page.write_string(count + 1, 0, sheet.total_label, self._total)
        page.freeze_panes(1, 0)
        if last >= 0:
            page.autofilter(0, 0, max(count, 1), last)
        page.set_landscape()
        page.set_paper(1)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_footer("&C&P / &N")
        if sheet.chart is not None and count:
            self._chart(page, sheet, sheet.chart, title, count)

    def _chart(self, page: Any, sheet: ListSheet, chart: ListChart, title: str, count: int) -> None:
        drawing = self._book.add_chart({"type": "line"})
        for column in chart.value_columns:
            drawing.add_series(
                {
                    "name": [title, 0, column],
                    "categories": [title, 1, chart.category_column, count, chart.category_column],
                    "values": [title, 1, column, count, column],
                }
            )
        drawing.set_title({"name": printable(chart.title)})
        drawing.set_size({"width": 720, "height": 360})
        page.insert_chart(1, len(sheet.columns) + 1, drawing)


def _is_a_number(value: int | float) -> bool:
    """A number that a cell holds without loss; a longer one goes in as text."""
    return not isinstance(value, bool) and abs(value) < 10**15
