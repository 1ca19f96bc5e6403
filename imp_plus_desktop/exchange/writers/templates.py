# SPDX-License-Identifier: Apache-2.0
"""The empty workbook that people fill in, with drop-downs of allowed values and explanations.

All texts come from the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.exchange.sheets.sheets import Cell, column_letters
from imp_plus_desktop.exchange.writers.books import save_book
from imp_plus_desktop.exchange.writers.writing import (
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
    lists = AllowedLists(guide, first_column=4)
    for index, column in enumerate(columns):
        head = page.cell(1, index + 1, column.header)
        head.font, head.fill = bold, fill
        dimension = page.column_dimensions[column_letters(index)]
        dimension.width = max(14, min(len(column.header) + 2, 30))
        dimension.number_format = _FORMATS.get(column.kind, "General")
        guide.cell(index + 2, 1, column.header).font = bold
        put_value(guide.cell(index + 2, 2), column.explanation)
        _offer(page, index, column, lists)
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 32, 90
    page.freeze_panes = guide.freeze_panes = "A2"
    with written_aside(path) as aside:
        save_book(book, aside)


class AllowedLists:
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
            put_value(self._page.cell(row, column), value)
        letters = column_letters(column - 1)
        name = self._page.title.replace("'", "''")
        return f"'{name}'!${letters}$2:${letters}${len(values) + 1}"


def _offer(page: Any, index: int, column: TemplateColumn, lists: AllowedLists) -> None:
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


def put_value(cell: Any, value: Cell) -> None:
    """Writes a value as what it is; text stays text, whatever it begins with."""
    if isinstance(value, str):
        text = printable(value)
        cell.value = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
        cell.data_type = "s"
        if is_dangerous(value):
            cell.quotePrefix = True
        return
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**15:
        cell.value, cell.data_type = str(value), "s"
        return
    cell.value = value  # a day keeps the format that the cell has, or gets one
