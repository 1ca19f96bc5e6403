# SPDX-License-Identifier: Apache-2.0
"""Rows on the clipboard, as a table that spreadsheets and word processors take.

    table_of(columns, rows) -> Table         headers and cells
    mime_of(table) -> QMimeData              tab-separated text, and HTML
    copy_rows(chosen)                        puts them there; a long list away from the window;
                                             rows of several people are recorded as an export

Cells hold what is shown, but counts of days bare. What a spreadsheet would run stays text, and
numbers of files keep their zeros. Must not log what is copied.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import Any, NamedTuple

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.outward import copying
from imp_plus_desktop.ui.lists.several.rows import ChosenRows
from imp_plus_desktop.ui.shell.tasks import JobProgress
from imp_plus_desktop.ui.tables.model import Column

_AT_ONCE = 2000
_RUN = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that spreadsheets run."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_AS_TEXT = " style=\"mso-number-format:'\\@'\""


class Table(NamedTuple):
    """What is copied; `figures` says of each column whether a spreadsheet may count with it."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]


def table_of(columns: Sequence[Column[Any]], rows: Sequence[Any]) -> Table:
    """The rows as these columns show them, under their titles."""
    return Table(
        tuple(column.heading() for column in columns),
        tuple(tuple(column.told(row) for column in columns) for row in rows),
        tuple(column.kind == "number" for column in columns),
    )


def mime_of(table: Table) -> QMimeData:
    """The table as text and as HTML."""
    made = QMimeData()
    lines = (table.headers, *table.rows)
    made.setText("\n".join("\t".join(map(_plain, line)) for line in lines))
    heads = "".join(f"<th>{escape(title)}</th>" for title in table.headers)
    body = "".join(
        "<tr>" + "".join(map(_html_cell, row, table.figures)) + "</tr>" for row in table.rows
    )
    made.setHtml(
        '<html><head><meta charset="utf-8"></head><body>'
        f"<table><tr>{heads}</tr>{body}</table></body></html>"
    )
    return made


def copy_rows(chosen: ChosenRows) -> None:
    """Put what is chosen on the clipboard, and say how many rows."""
    columns = chosen.page.table.shown_columns()
    fetch = chosen.page.fetcher()
    if len(chosen.ids) <= _AT_ONCE:
        _keep(chosen, table_of(columns, fetch(chosen.ids)))
        return
    job = partial(_fetched, chosen.ids, fetch, columns)
    chosen.page.shell.start(_("Copying…"), job, partial(_keep, chosen))


def _fetched(
    ids: Sequence[int],
    fetch: Callable[[Sequence[int]], Sequence[Any]],
    columns: Sequence[Column[Any]],
    progress: JobProgress,
) -> Table:
    rows: list[Any] = []
    for start in range(0, len(ids), _AT_ONCE):
        progress.step(start, len(ids))
        rows += fetch(ids[start : start + _AT_ONCE])
    return table_of(columns, rows)


def _keep(chosen: ChosenRows, table: Table) -> None:
    copying.copied(chosen.page.shell.office, chosen.page.key, chosen.people())
    QGuiApplication.clipboard().setMimeData(mime_of(table))
    count = len(table.rows)
    words = ngettext("{count} row copied", "{count} rows copied", count)
    chosen.page.shell.say(words.format(count=format_number(count)))


def _html_cell(cell: str, figure: bool) -> str:
    """A cell that a spreadsheet takes as text, but for figures and days."""
    how = "" if figure or _DAY.fullmatch(cell) else _AS_TEXT
    return f"<td{how}>{escape(cell)}</td>"


def _plain(text: str) -> str:
    """A cell on one line of plain text."""
    line = " ".join(text.replace("\t", " ").splitlines())
    return f"'{line}" if line.startswith(_RUN) else line
