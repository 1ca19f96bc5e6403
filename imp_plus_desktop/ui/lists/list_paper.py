# SPDX-License-Identifier: Apache-2.0
"""A list on paper: the columns and rows shown, in their order, with what was asked for.

    list_paper(page, table, fetch, asked, person_of) -> Paper | None

Must not know any one list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from imp_plus_desktop.domain.reads.outward import OutPaper
from imp_plus_desktop.i18n import _, format_day, format_iso, format_number, ngettext
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.paper.paper import Paper, Part, Table
from imp_plus_desktop.ui.tables.view import TableView

MOST = 1000
"""A longer list is for a workbook: some forty sheets, which take Qt two seconds to lay out."""


def list_paper(
    page: Page,
    table: TableView,
    fetch: Callable[[Sequence[int]], Iterable[Any]],
    asked: Iterable[str],
    person_of: Callable[[Any], int | None],
) -> Paper | None:
    """The rows shown under the titles of their columns; `asked` tells which rows they are, and
    `person_of` whose. None where they are too many, which is said."""
    if len(table.ids()) > MOST:
        words = _("At most {most} rows go on paper. Filter the list, or export it.")
        page.shell.say(words.format(most=format_number(MOST)))
        return None
    today, columns = page.shell.today(), table.shown_columns()
    count = len(table.ids())
    rows_text = ngettext("{count} row", "{count} rows", count).format(count=format_number(count))
    said = " · ".join([rows_text, *filter(None, asked), format_day(today)])
    rows = list(fetch(table.ids()))
    people = frozenset(person for row in rows if (person := person_of(row)) is not None)
    cells = tuple(tuple(column.text(row) for column in columns) for row in rows)
    numbers = frozenset(place for place, column in enumerate(columns) if column.kind == "number")
    titles = tuple(column.title() for column in columns)
    title, day = page.title().lower(), format_iso(today)
    name = title if day in title else f"{title}-{day}"
    parts = (Part(table=Table(titles, cells, numbers)),)
    return Paper(page.title(), said, parts, (), name, OutPaper(page.key), people)
