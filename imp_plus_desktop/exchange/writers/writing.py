# SPDX-License-Identifier: Apache-2.0
"""Lists to xlsx: real dates and numbers, text that no program will run, nothing half written.

Headers and words come from the caller in the language asked; this module knows no field and no
language. Rows may be an iterator: they are written as they come, so memory stays flat. XlsxWriter
makes the workbook around the rows (styles, print set-up, charts); `row_xml.py` makes the rows.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import field
from pathlib import Path
from typing import IO, Any, NamedTuple
from zoneinfo import ZoneInfo

from imp_plus_desktop import private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.sheets.sheets import column_letters
from imp_plus_desktop.exchange.writers.row_xml import (
    DATE,
    INSTANT,
    LINK,
    LONGEST_TEXT,
    MARKS,
    MONEY,
    NUMBER,
    QUOTED,
    TEXT,
    TOTAL,
    Link,
    RowXml,
    Value,
    is_dangerous,
    printable,
)
from imp_plus_desktop.plain_files import Kind, kind_of, trouble

__all__ = [
    "DATE", "INSTANT", "LONGEST_TEXT", "MONEY", "NUMBER", "TEXT", "Link", "ListChart",
    "ListColumn", "ListSheet", "Overflow", "Value", "Written", "is_dangerous", "printable",
    "sheet_title", "write_lists", "written_aside",
]  # fmt: skip

_FORMATS: dict[str, dict[str, object]] = {
    QUOTED: {"quote_prefix": True},
    DATE: {"num_format": "yyyy-mm-dd"},
    INSTANT: {"num_format": "yyyy-mm-dd hh:mm"},
    MONEY: {"num_format": "#,##0.00"},
    TOTAL: {"bold": True, "top": 1},
    LINK: {"font_color": "#1F4E9E", "underline": 1},
}
_WIDTHS = {TEXT: 18, DATE: 12, NUMBER: 10, MONEY: 12, INSTANT: 17}
_SHEET_SIGNS = re.compile(r"[\[\]:*?/\\]")
_HEADER = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8ECF4"}
_TORONTO = "America/Toronto"
_STEP = 500
_TOGETHER = 100
_CHUNK = 2**18
_COMPRESSION = 3
"""Half the time of the usual 6 for a file a tenth larger."""
_MOST_LINKS = 65_530
"""What a sheet may hold; a text beyond stays a plain text."""

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
    """A sheet. `totals` says for each column `sum`, `count` or None; instants are aware."""

    title: str
    columns: Sequence[ListColumn]
    rows: Iterable[Sequence[Value]]
    totals: Sequence[str | None] | None = None
    total_label: str = "Total"
    chart: ListChart | None = None
    table: str = ""
    """The name under which Excel has the rows as a table of its own, of which it makes pivots."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """Texts of the sheet on which texts that are too long for a cell go on."""

    title: str = "…"
    sheet: str = "Sheet"
    cell: str = "Cell"
    text: str = "Text, continued"


_OVERFLOW = Overflow()


@dataclass(slots=True)
class Written:
    """What was written: data rows a sheet, by title, and the cells whose text goes on elsewhere."""

    rows: dict[str, int] = field(default_factory=dict)
    continued: list[tuple[str, str]] = field(default_factory=list)


class About(NamedTuple):
    """What a workbook says of itself: at the foot of each page that is printed, and among the
    properties of the file."""

    foot: str = ""
    comment: str = ""


_NOTHING_ABOUT = About()


def write_lists(
    path: Path,
    sheets: Sequence[ListSheet],
    *,
    progress: Progress | None = None,
    overflow: Overflow = _OVERFLOW,
    about: About = _NOTHING_ABOUT,
) -> Written:
    """Writes all sheets or nothing: aside first, then in place of what stood there. `about` is
    what the file says of itself, in no cell.

    `progress` is told the rows written so far; what it raises (Cancelled) leaves no file. A text
    over 32,767 characters goes on, whole, on a sheet of its own.
    Raises ExchangeError cannot_write.
    """
    with written_aside(path) as aside, ExitStack() as scratch:
        writer = _Writer(scratch, progress, about)
        for sheet in sheets:
            writer.add(sheet)
        if writer.overflow:
            title = sheet_title(overflow.title, writer.written.rows)
            columns = [ListColumn(overflow.sheet), ListColumn(overflow.cell),
                       ListColumn(overflow.text, width=100)]  # fmt: skip
            writer.add(ListSheet(title, columns, _pieces(writer.overflow)))
            del writer.written.rows[title]
        writer.finish(aside)
    return writer.written


def _pieces(overflow: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    for title, place, text in list(overflow):
        for start in range(0, len(text), LONGEST_TEXT):
            yield title, place, text[start : start + LONGEST_TEXT]


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """A file beside the target; it takes the target's place when all went well, else it goes.

    Raises ExchangeError cannot_write, not_a_file, register_there, full, no_answer, read_only.
    """
    if not path.name:
        raise ExchangeError("cannot_write")
    if private.is_register(path):
        raise ExchangeError("register_there")
    if kind_of(path) is Kind.SPECIAL:
        # A file would take the place of a device.
        raise ExchangeError("not_a_file")
    try:
        with private.aside(path) as new:
            yield new
    except OSError as error:
        raise ExchangeError(trouble(error, "cannot_write")) from None


def sheet_title(title: str, taken: Iterable[str]) -> str:
    """A name that a sheet may have: no forbidden signs, 31 characters, unlike the others."""
    base = _SHEET_SIGNS.sub(" ", printable(title)).strip(" '")[:31] or "1"
    name, number = base, 2
    known = {other.casefold() for other in taken}
    while name.casefold() in known:
        name = f"{base[:27]} {number}"
        number += 1
    return name


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet whose rows are made: where they are kept, and what the workbook must know of it."""

    sheet: ListSheet
    title: str
    rows_file: IO[bytes]
    count: int
    last_row: int
    hyperlinks: str


class _Writer:
    """Makes the rows of each sheet in a scratch file, then the workbook around them.

    Scratch files have no name: what they hold of the register ends with the process.
    """

    def __init__(self, scratch: ExitStack, progress: Progress | None, about: About) -> None:
        self._about = about
        self.written = Written()
        self.overflow: list[tuple[str, str, str]] = []
        self._scratch = scratch
        self._progress = progress
        self._done = 0
        self._pages: list[_Page] = []
        self._toronto = ZoneInfo(_TORONTO)

    def add(self, sheet: ListSheet) -> None:
        title = sheet_title(sheet.title, self.written.rows)
        rows_file = self._scratch.enter_context(private.scratch())
        maker = RowXml([column.kind for column in sheet.columns], self._toronto)
        count = self._rows(sheet, maker, rows_file)
        last_row = count + 1
        if sheet.totals is not None and count:
            last_row += 1
            rows_file.write(maker.total(last_row, sheet.totals, sheet.total_label).encode())
        del maker.links[_MOST_LINKS:]
        self._pages.append(_Page(sheet, title, rows_file, count, last_row, maker.hyperlinks()))
        self.written.rows[title] = count
        self.overflow += [(title, place, rest) for place, rest in maker.overflow]
        self.written.continued += [(title, place) for place, _ in maker.overflow]

    def _rows(self, sheet: ListSheet, maker: RowXml, out: IO[bytes]) -> int:
        count = 0
        together: list[str] = []
        for count, row in enumerate(sheet.rows, 1):
            together.append(maker.row(count + 1, row))
            if len(together) == _TOGETHER:
                out.write("".join(together).encode())
                together.clear()
            self._done += 1
            if self._progress is not None and self._done % _STEP == 0:
                self._progress(self._done)
        out.write("".join(together).encode())
        return count

    def finish(self, target: Path) -> None:
        """The workbook without rows, then the same with them."""
        frame = io.BytesIO()
        self._frame(frame)
        book_file = self._scratch.enter_context(private.scratch())
        parts = {f"xl/worksheets/sheet{n}.xml": page for n, page in enumerate(self._pages, 1)}
        with (
            zipfile.ZipFile(frame) as source,
            zipfile.ZipFile(
                book_file, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION
            ) as book,
        ):
            for item in source.infolist():
                content = source.read(item)
                page = parts.get(item.filename)
                with book.open(item.filename, "w", force_zip64=True) as out:
                    if page is None:
                        out.write(content)
                    else:
                        self._fill(content.decode("utf-8"), page, out)
        private.copy_into(target, book_file)

    def _fill(self, frame: str, page: _Page, out: IO[bytes]) -> None:
        """A sheet with its rows in the place of the row that shows the styles."""
        head, _, rest = frame.partition('<row r="2"')
        shown, _, tail = rest.partition("</sheetData>")
        numbers = re.findall(r' s="(\d+)"', shown)
        styles = {
            mark.encode(): number.encode()
            for mark, number in zip(MARKS.values(), numbers, strict=True)
        }
        corner = f"A1:{column_letters(max(len(page.sheet.columns), 1) - 1)}{page.last_row}"
        head = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{corner}"', head)
        out.write(head.encode("utf-8"))
        page.rows_file.seek(0)
        while chunk := page.rows_file.read(_CHUNK):
            if chunk.endswith(b"\x01"):
                chunk += page.rows_file.read(1)
            for mark, number in styles.items():
                chunk = chunk.replace(mark, number)
            out.write(chunk)
            if self._progress is not None:
                self._progress(self._done)
        tail = tail.replace("<pageMargins", f"{page.hyperlinks}<pageMargins", 1)
        out.write(f"</sheetData>{tail}".encode())

    def _frame(self, target: io.BytesIO) -> None:
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxWriterException

        book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "in_memory": True})
        if self._about.comment:
            book.set_properties({"comments": self._about.comment})
        header = book.add_format(_HEADER)
        styles = [book.add_format(_FORMATS[style]) for style in MARKS]
        for page in self._pages:
            sheet = book.add_worksheet(page.title)
            for index, column in enumerate(page.sheet.columns):
                width = column.width or max(_WIDTHS[column.kind], min(len(column.header), 24))
                sheet.set_column(index, index, width)
                sheet.write_string(0, index, printable(column.header), header)
            for index, style in enumerate(styles):
                sheet.write_blank(1, index, None, style)
            _set_up(sheet, page, self._about.foot)
            if page.sheet.chart is not None and page.count:
                _draw(book, sheet, page, page.sheet.chart)
        try:
            book.close()
        except XlsxWriterException:
            raise ExchangeError("cannot_write") from None


def _set_up(sheet: Any, page: _Page, foot: str) -> None:
    """Frozen header, filter, and a print that fits the page and repeats the header."""
    sheet.freeze_panes(1, 0)
    heads = page.sheet.columns
    if page.sheet.table and heads:
        named = {"name": page.sheet.table, "columns": [{"header": h.header} for h in heads]}
        sheet.add_table(0, 0, max(page.count, 1), len(heads) - 1, named)
    elif heads:
        sheet.autofilter(0, 0, max(page.count, 1), len(page.sheet.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(1)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    said = f"&R&8{foot.replace('&', '&&')}" if foot else ""
    sheet.set_footer(f"&L&A&C&P / &N{said}")


def _draw(book: Any, sheet: Any, page: _Page, chart: ListChart) -> None:
    drawing = book.add_chart({"type": "line"})
    for column in chart.value_columns:
        drawing.add_series(
            {
                "name": [page.title, 0, column],
                "categories": [page.title, 1, chart.category_column, page.count,
                               chart.category_column],
                "values": [page.title, 1, column, page.count, column],
            }
        )  # fmt: skip
    drawing.set_title({"name": printable(chart.title)})
    drawing.set_size({"width": 720, "height": 360})
    sheet.insert_chart(1, len(page.sheet.columns) + 1, drawing)
