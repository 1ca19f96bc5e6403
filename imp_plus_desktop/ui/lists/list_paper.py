# SPDX-License-Identifier: Apache-2.0
"""A list on paper: the columns and rows shown, in their order, with what was asked for.

    list_paper(page, ids, asked) -> Paper | None

Must not fetch anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from imp_plus_desktop.i18n import _, format_day, format_iso, format_number
from imp_plus_desktop.ui.paper.paper import Paper, Part, Table

if TYPE_CHECKING:
    from imp_plus_desktop.ui.lists.list_page import ListPage

MOST = 1000
"""A longer list is for a workbook: some forty sheets, which take Qt two seconds to lay out."""


def list_paper(page: ListPage, ids: Sequence[int], asked: Iterable[str]) -> Paper | None:
    """These rows under the titles of the columns shown; `asked` tells which rows they are. None
    where they are too many, which is said."""
    if len(ids) > MOST:
        words = _("At most {most} rows go on paper. Filter the list, or export it.")
        page.shell.say(words.format(most=format_number(MOST)))
        return None
    today, columns = page.shell.today(), page.table.shown_columns()
    said = " · ".join([page.status(), *filter(None, asked), format_day(today)])
    rows = page.fetch_shown(ids)
    cells = tuple(tuple(column.text(row) for column in columns) for row in rows)
    numbers = frozenset(place for place, column in enumerate(columns) if column.kind == "number")
    table = Table(tuple(column.title() for column in columns), cells, numbers)
    name = f"{page.title().lower()}-{format_iso(today)}"
    return Paper(page.title(), said, (Part(table=table),), name=name)
