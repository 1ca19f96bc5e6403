# SPDX-License-Identifier: Apache-2.0
"""What of a list leaves the window: written as it is shown, or on paper.

    class ListPage(GoesOut, …)
        export_shown(), export_rows(ids)     the rows shown, as the list shows them
        export_all()                         all that is known of them
        paper() -> Paper | None              columns and rows shown, with what was asked for

Must not know any one list.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, ClassVar

from imp_plus_desktop.domain.reads.outward import OutPaper
from imp_plus_desktop.i18n import _, format_day, format_iso, format_number, ngettext
from imp_plus_desktop.ui.dialogs.register.export import Exporter
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.paper.paper import Paper, Part, Table
from imp_plus_desktop.ui.shaping.chip_line import ChipLine
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.chips import FilterChip

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


class GoesOut(Page):
    """The page of a list, as far as its rows leave the window."""

    EXPORT: ClassVar[str]
    table: TableView
    filters: ChipLine
    _exporter: Exporter

    def export_shown(self) -> None:
        self.export_rows(self.shown_ids())

    def export_rows(self, ids: array[int]) -> None:
        """Write these rows, just as the list shows them."""
        columns = self.table.shown_columns()
        name, person_of = self.title(), self.person_of
        self._exporter.export_shown(self.key, name, columns, ids, self.fetcher(), person_of)

    def fetcher(self) -> Callable[[Sequence[int]], Sequence[Any]]:
        """What fetches rows, also away from the window, as they are shown when it is asked for."""
        return partial(self._fetch_with, self._further_ids())

    def paper(self) -> Paper | None:
        chips = self.filters.findChildren(FilterChip)
        asked = [self._text(), *(chip.text() for chip in chips if chip.value() is not None)]
        return list_paper(self, self.table, self.fetch_shown, asked, self.person_of)

    def export_all(self) -> None:
        self._exporter.export_list(self.EXPORT, self.shown_ids(), self.title())

    def shown_ids(self) -> array[int]:
        raise NotImplementedError

    def fetch_shown(self, ids: Sequence[int]) -> Sequence[Any]:
        raise NotImplementedError

    def person_of(self, row: Any) -> int:
        raise NotImplementedError

    def _fetch_with(self, wanted: Sequence[str], ids: Sequence[int]) -> Sequence[Any]:
        raise NotImplementedError

    def _further_ids(self) -> list[str]:
        raise NotImplementedError

    def _text(self) -> str:
        raise NotImplementedError
