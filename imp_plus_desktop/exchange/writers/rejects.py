# SPDX-License-Identifier: Apache-2.0
"""Rejected rows go home to be mended: the sender's own workbook with only those rows left in it.

A workbook of moderate size is opened and edited, so that its titles, widths, formats and print
set-up stay; any other kind, a large one or one that the slow library cannot open is laid out anew
from what was read. The cells to mend are coloured and say why; drop-downs offer allowed values.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.exchange.sheets.sheets import Cell, Sheet, Workbook, column_letters
from imp_plus_desktop.exchange.writers.books import save_book
from imp_plus_desktop.exchange.writers.templates import AllowedLists, put_value
from imp_plus_desktop.exchange.writers.writing import printable, sheet_title, written_aside

_TO_MEND = "FFF2B8"
_MOST_UNPACKED = 32 * 2**20
"""Larger workbooks would take the slow library minutes and most of the memory."""
_MOST_CELLS = 400_000
_UNREADABLE = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, SyntaxError,
    zipfile.BadZipFile,
)  # fmt: skip
"""How the slow library says that it cannot open what the fast one could."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of the sender's sheet; `comments` say what to mend, by column from 0.

    `values` stand in place of the file's cells: days whose order is proved, and mended texts.
    """

    row: int
    comments: Mapping[int, str]
    values: Mapping[int, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RejectedSheet:
    """The rejected rows of one sheet; `allowed` offers values, by column from 0."""

    sheet: str
    header_row: int
    rows: Sequence[RejectedRow]
    allowed: Mapping[int, Sequence[str]] = field(default_factory=dict)


def write_rejects(
    path: Path,
    source: Workbook,
    rejected: Sequence[RejectedSheet],
    *,
    content: bytes = b"",
    lists_title: str = "Listes",
) -> int:
    """The rejected rows under the sender's own titles and headers, cells to mend coloured.

    `content` is the file as it came. Returns the rows written. Raises ExchangeError cannot_write.
    """
    wanted = [entry for entry in rejected if entry.rows]
    by_name = {sheet.name: sheet for sheet in source.sheets}
    book = _senders_own(content, source, wanted) if wanted else None
    is_own = book is not None
    if book is None:
        book = _laid_out_anew(by_name, wanted)
    pages = []
    for entry, page in zip(wanted, book.worksheets, strict=True):
        if is_own:
            _make_room(page, entry)
        _fill(page, by_name[entry.sheet], entry)
        pages.append((page, entry))
    if any(entry.allowed for entry in wanted):
        guide = book.create_sheet(sheet_title(lists_title, book.sheetnames))
        guide.sheet_state = "hidden"
        lists = AllowedLists(guide, first_column=1)
        for page, entry in pages:
            _offer_mending(page, entry, lists)
    if not book.worksheets:
        book.create_sheet(sheet_title(lists_title, ()))
    with written_aside(path) as aside:
        save_book(book, aside)
    return sum(len(entry.rows) for entry in wanted)


def _senders_own(content: bytes, source: Workbook, wanted: Sequence[RejectedSheet]) -> Any:
    """The sender's workbook with the wanted sheets alone, in their order; None to do without."""
    if source.kind not in ("xlsx", "xlsm") or not _is_moderate(content, source):
        return None
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content))
    except _UNREADABLE:
        return None
    names = [entry.sheet for entry in wanted]
    if not set(names) <= {page.title for page in book.worksheets}:
        return None
    for title in [page.title for page in book._sheets if page.title not in names]:  # noqa: SLF001
        del book[title]
    book._sheets.sort(key=lambda page: names.index(page.title))  # noqa: SLF001
    # What named or drew upon the sheets that are gone would only make Excel complain.
    book.defined_names.clear()
    book._external_links.clear()  # noqa: SLF001
    book.active = 0
    return book


def _is_moderate(content: bytes, source: Workbook) -> bool:
    cells = sum(len(row) for sheet in source.sheets for row in sheet.rows)
    if cells > _MOST_CELLS or not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(part.file_size for part in archive.infolist()) <= _MOST_UNPACKED


def _make_room(page: Any, entry: RejectedSheet) -> None:
    """Below the header only as many rows as are rejected, each looking as it did."""
    header = entry.header_row
    for merged in [area for area in page.merged_cells.ranges if area.max_row > header]:
        page.unmerge_cells(str(merged))
    for target, row in enumerate(entry.rows, header + 1):
        # The rows come in the sheet's order: none is overwritten before it has moved up.
        for column in range(1, page.max_column + 1):
            new = page.cell(target, column)
            if target != row.row:
                new._style = page.cell(row.row, column)._style  # noqa: SLF001
            new.value = new.comment = new.hyperlink = None
        page.row_dimensions[target].height = page.row_dimensions[row.row].height
        page.row_dimensions[target].hidden = False
    last = header + len(entry.rows)
    if page.max_row > last:
        page.delete_rows(last + 1, page.max_row - last)
    page.tables.clear()
    page.protection.sheet = False
    if page.auto_filter.ref:
        page.auto_filter.filterColumn = []
        page.auto_filter.ref = f"A{max(header, 1)}:{column_letters(page.max_column - 1)}{last}"
    page.print_area = None


def _laid_out_anew(by_name: Mapping[str, Sheet], wanted: Iterable[RejectedSheet]) -> Any:
    """The sheets with their titles and headers as they were read."""
    from openpyxl import Workbook as Book
    from openpyxl.styles import Font

    book = Book()
    book.remove(book.active)
    bold = Font(bold=True)
    for entry in wanted:
        page = book.create_sheet(sheet_title(entry.sheet, book.sheetnames))
        sheet = by_name[entry.sheet]
        for number in range(1, entry.header_row + 1):
            _put_row(page, sheet, number, number, {})
        for cell in page[entry.header_row] if entry.header_row else ():
            cell.font = bold
            width = min(len(str(cell.value or "")) + 2, 28)
            page.column_dimensions[cell.column_letter].width = max(12, width)
        for top, left, bottom, right in sheet.merged:
            if bottom <= entry.header_row:
                page.merge_cells(
                    start_row=top, start_column=left + 1, end_row=bottom, end_column=right + 1
                )
        page.freeze_panes = f"A{entry.header_row + 1}"
    return book


def _fill(page: Any, sheet: Sheet, entry: RejectedSheet) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    fill = PatternFill("solid", fgColor=_TO_MEND)
    for target, row in enumerate(entry.rows, entry.header_row + 1):
        _put_row(page, sheet, row.row, target, row.values)
        for column, text in row.comments.items():
            cell = page.cell(target, column + 1)
            cell.fill = fill
            cell.comment = Comment(printable(text), "IMP+", width=320, height=120)


def _put_row(page: Any, sheet: Sheet, row: int, target: int, instead: Mapping[int, Cell]) -> None:
    cells = dict(enumerate(sheet.rows[row - 1])) if row <= len(sheet.rows) else {}
    for (error_row, column), text in sheet.error_cells.items():
        if error_row == row:
            cells[column] = text
    for column, value in {**cells, **instead}.items():
        if value is not None:
            put_value(page.cell(target, column + 1), value)


def _offer_mending(page: Any, entry: RejectedSheet, lists: AllowedLists) -> None:
    """A drop-down stands in the cells to mend whose field has a known set of values."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, values in entry.allowed.items():
        targets = [n for n, row in enumerate(entry.rows, entry.header_row + 1)
                   if column in row.comments]  # fmt: skip
        if not targets or not values:
            continue
        rule = DataValidation(type="list", formula1=lists.add("", values), allow_blank=True)
        rule.errorStyle = "warning"
        for target in targets:
            rule.add(f"{column_letters(column)}{target}")
        page.add_data_validation(rule)
