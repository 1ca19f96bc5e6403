# SPDX-License-Identifier: Apache-2.0
"""A year's cap on paper: the sheets that its workbook has, as tables.

    quota_paper(office, year) -> Paper

The figures and their order are those of the workbook. Must not count anything.
"""

from dataclasses import replace
from datetime import date, datetime

from imp_plus_desktop.exchange.writers.writing import MONEY, NUMBER, ListSheet, Value
from imp_plus_desktop.i18n import _, format_cents, format_day, format_day_short, format_number
from imp_plus_desktop.services.exports.quota_sheets import quota_sheets
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.paper.paper import Paper, Part, Table


def quota_paper(office: Office, year: int) -> Paper:
    """The year as the register knows it now."""
    board, *others = quota_sheets(office, year)
    # The title and the line under it say the year and the day, its first two rows.
    figures = replace(board, rows=list(board.rows)[2:])
    parts = tuple(map(_part, (figures, *others)))
    title = _("Annual cap {year}").format(year=year)
    name = _("annual-cap-{year}").format(year=year)
    return Paper(title, format_day(office.clock.today()), parts, name=name)


def _part(sheet: ListSheet) -> Part:
    right = frozenset(
        place for place, column in enumerate(sheet.columns) if column.kind in {MONEY, NUMBER}
    )
    header = tuple(column.header for column in sheet.columns)
    rows = tuple(
        tuple(_said(value, column.kind) for value, column in zip(row, sheet.columns, strict=False))
        for row in sheet.rows
    )
    return Part(sheet.title, table=Table(header, rows, right))


def _said(value: Value, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return format_day_short(value.date())
    if isinstance(value, date):
        return format_day_short(value)
    if kind == MONEY and isinstance(value, int):
        return format_cents(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return format_number(value)
    return str(value)
