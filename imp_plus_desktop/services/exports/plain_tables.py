# SPDX-License-Identifier: Apache-2.0
"""Sheets as tables of words, for paper: the figures and their order are those of the workbook.

    quota_tables(office, year) -> tuple[PlainTable, ...]

Must not count anything.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.exchange.writers.writing import MONEY, NUMBER, ListColumn, Value
from imp_plus_desktop.i18n import format_cents, format_day_short, format_number
from imp_plus_desktop.services.exports.quota_sheets import quota_sheets
from imp_plus_desktop.services.office.office import Office

_SAID = 2
"""The board's first rows are the year and the day, which the title of a paper says."""


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A sheet in words; `right` are the places of the columns that hold numbers."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int]


def quota_tables(office: Office, year: int) -> tuple[PlainTable, ...]:
    """A year's board, months, quarters, and over-cap list where there is one."""
    board, *others = quota_sheets(office, year)
    said = _table(board.title, board.columns, islice(board.rows, _SAID, None))
    return (said, *(_table(sheet.title, sheet.columns, sheet.rows) for sheet in others))


def _table(
    title: str, columns: Sequence[ListColumn], rows: Iterable[Sequence[Value]]
) -> PlainTable:
    kinds = [column.kind for column in columns]
    right = frozenset(place for place, kind in enumerate(kinds) if kind in {MONEY, NUMBER})
    words = tuple(tuple(map(_said, row, kinds)) for row in rows)
    return PlainTable(title, tuple(column.header for column in columns), words, right)


def _said(value: Value, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return format_day_short(toronto_day(value))
    if isinstance(value, date):
        return format_day_short(value)
    if kind == MONEY and isinstance(value, int | float):
        return format_cents(round(value * 100))
    return format_number(value) if isinstance(value, int) else str(value)
