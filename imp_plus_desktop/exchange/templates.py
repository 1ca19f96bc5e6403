# SPDX-License-Identifier: Apache-2.0
"""Workbooks that people fill in: the empty template, and rejected rows that go home to be mended.

Both carry drop-downs of allowed values. All texts come from the caller; nothing is read here,
so that no hostile file is ever opened by the slow library.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from imp_plus_desktop.exchange.sheets import Cell, Sheet, Workbook, column_letters
from imp_plus_desktop.exchange.writing import (
    DATE,
    INSTANT,
    LONGEST_TEXT,
    NUMBER,
    TEXT,
    is_dangerous,
    printable,
    sheet_title,
    written_aside,
)

_TEMPLATE_ROWS = 2000
_TO_MEND = "FFF2B8"
_DATE_FORMAT = "yyyy-mm-dd"
_FORMATS = {DATE: _DATE_FORMAT, INSTANT: "yyyy-mm-dd hh:mm", TEXT: "@", NUMBER: "0"}
_LONGEST_PROMPT = 255


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column of the template; `kind` as in `writing.ListColumn`."""

    field: str
    header: str
    explanation: str
    allowed: tuple[str, ...] | None = None
    kind: str = TEXT


@dataclass(frozen=True, slots=True)
class TemplateTexts:
    """Titles in the language asked: of the two sheets and of the explanations' columns."""

    list_title: str
    help_title: str
    column: str
    meaning: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of the sender's sheet; `comments` say what to mend, by column from 0."""

    row: int
    comments: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class RejectedSheet:
    """The rejected rows of one sheet; `allowed` offers values, by column from 0."""

    sheet: str
    header_row: int
    rows: Sequence[RejectedRow]
    allowed: Mapping[int, Sequence[str]] = field(default_factory=dict)


def write_template(path: Path, columns: Sequence[TemplateColumn], texts: TemplateTexts) -> None:
    """An empty list with drop-downs and date formats, and a sheet that explains each column."""
    from openpyxl import Workbook as Book
    from openpyxl.styles import Font, PatternFill

    book = Book()
    page = book.active
    page.title = sheet_title(texts.list_title, ())
    guide = book.create_sheet(sheet_title(texts.help_title, (page.title,)))
    bold, fill = Font(bold=True), PatternFill("solid", fgColor="E8ECF4")
    for number, text in enumerate((texts.column, texts.meaning), 1):
        guide.cell(1, number, text).font = bold
    lists = _Lists(guide, first_column=4)
    for index, column in enumerate(columns):
        head = page.cell(1, index + 1, column.header)
        head.font, head.fill = bold, fill
        dimension = page.column_dimensions[column_letters(index)]
        dimension.width = max(14, min(len(column.header) + 2, 30))
        dimension.number_format = _FORMATS.get(column.kind, "General")
        guide.cell(index + 2, 1, column.header).font = bold
        _put(guide.cell(index + 2, 2), column.explanation)
        _offer(page, index, column, lists)
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 32, 90
    page.freeze_panes = guide.freeze_panes = "A2"
    with written_aside(path) as aside:
        book.save(aside)


class _Lists:
    """Allowed values stand in columns of one sheet, where drop-downs may be of any length."""

    def __init__(self, page: Any, first_column: int) -> None:
        self._page = page
        self._column = first_column

    def add(self, header: str, values: Sequence[str]) -> str:
        """Writes the values; returns the reference for a drop-down."""
        column = self._column
        self._column += 1
        self._page.cell(1, column, header)
        for row, value in enumerate(values, 2):
            _put(self._page.cell(row, column), value)
        letters = column_letters(column - 1)
        name = self._page.title.replace("'", "''")
        return f"'{name}'!${letters}$2:${letters}${len(values) + 1}"


def _offer(page: Any, index: int, column: TemplateColumn, lists: _Lists) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    if column.allowed:
        reference = lists.add(column.header, column.allowed)
        rule = DataValidation(type="list", formula1=reference, allow_blank=True)
    elif column.kind == DATE:
        rule = DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True)
    else:
        rule = DataValidation(allow_blank=True)
    # A word that is not in the list may still be understood: warn, do not refuse.
    rule.errorStyle = "warning"
    rule.showErrorMessage = bool(column.allowed) or column.kind == DATE
    rule.showInputMessage = True
    rule.promptTitle = column.header[:32]
    rule.prompt = printable(column.explanation)[:_LONGEST_PROMPT]
    letters = column_letters(index)
    rule.add(f"{letters}2:{letters}{_TEMPLATE_ROWS}")
    page.add_data_validation(rule)


def write_rejects(
    path: Path, source: Workbook, rejected: Sequence[RejectedSheet], *, lists_title: str = "Listes"
) -> int:
    """The rejected rows under the sender's own titles and headers, cells to mend coloured.

    Returns the rows written. The values are the source's; a comment says what to mend.
    """
    from openpyxl import Workbook as Book

    book = Book()
    book.remove(book.active)
    by_name = {sheet.name: sheet for sheet in source.sheets}
    pages: list[tuple[Any, RejectedSheet]] = []
    written = 0
    for entry in rejected:
        if entry.rows:
            page = book.create_sheet(sheet_title(entry.sheet, book.sheetnames))
            _copy_rows(page, by_name[entry.sheet], entry)
            written += len(entry.rows)
            pages.append((page, entry))
    if any(entry.allowed for _, entry in pages):
        guide = book.create_sheet(sheet_title(lists_title, book.sheetnames))
        guide.sheet_state = "hidden"
        lists = _Lists(guide, first_column=1)
        for page, entry in pages:
            _offer_mending(page, entry, lists)
    if not pages:
        book.create_sheet(sheet_title(lists_title, ()))
    with written_aside(path) as aside:
        book.save(aside)
    return written


def _copy_rows(page: Any, sheet: Sheet, entry: RejectedSheet) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    fill, bold = PatternFill("solid", fgColor=_TO_MEND), Font(bold=True)
    for number in range(1, entry.header_row + 1):
        _copy_row(page, sheet, number, number)
    for cell in page[entry.header_row]:
        cell.font = bold
        page.column_dimensions[cell.column_letter].width = max(
            12, min(len(str(cell.value or "")) + 2, 28)
        )
    for top, left, bottom, right in sheet.merged:
        if bottom <= entry.header_row:
            page.merge_cells(
                start_row=top, start_column=left + 1, end_row=bottom, end_column=right + 1
            )
    for target, row in enumerate(entry.rows, entry.header_row + 1):
        _copy_row(page, sheet, row.row, target)
        for column, text in row.comments.items():
            cell = page.cell(target, column + 1)
            cell.fill = fill
            cell.comment = Comment(printable(text), "IMP+", width=320, height=120)
    page.freeze_panes = f"A{entry.header_row + 1}"


def _copy_row(page: Any, sheet: Sheet, row: int, target: int) -> None:
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    for column, value in enumerate(cells):
        if value is not None:
            _put(page.cell(target, column + 1), value)
    for (error_row, column), text in sheet.error_cells.items():
        if error_row == row:
            _put(page.cell(target, column + 1), text)


def _put(cell: Any, value: Cell) -> None:
    """Writes a value as what it is; text stays text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = printable(value)[:LONGEST_TEXT]
        cell.data_type = "s"
        if is_dangerous(value):
            cell.quotePrefix = True
        return
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**15:
        cell.value, cell.data_type = str(value), "s"
        return
    cell.value = value
    if isinstance(value, datetime):
        cell.number_format = _FORMATS[INSTANT]
    elif isinstance(value, date):
        cell.number_format = _DATE_FORMAT
    elif isinstance(value, time):
        cell.number_format = "hh:mm"


def _offer_mending(page: Any, entry: RejectedSheet, lists: _Lists) -> None:
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
