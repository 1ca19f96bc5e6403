# SPDX-License-Identifier: Apache-2.0
"""What each page of the window has yet to show, and the counts beside their names.

    Pending(shell, keys, pages)     `pages` holds those that were opened
        add(touched) -> Touched     what that means for what is shown; each page that it concerns
                                    is due
        show(page, bring)           bring a page to the front with what it has to show anew, asked
                                    of a server in few ways
        counts() -> dict            the quiet numbers of the side bar, counted anew where need be

A page is refreshed when it comes to the front, and not before.
"""

from collections.abc import Callable, Iterable, Mapping

from imp_plus_desktop.domain.reads.touched import EVERYTHING, NOTHING, PROGRAMME, Touched
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.ui.pages.entries import ENTRIES, many
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.shell.shell import Shell


class Pending:
    """What waits until a page comes to the front."""

    def __init__(self, shell: Shell, keys: Iterable[str], pages: Mapping[str, Page]) -> None:
        self._shell = shell
        self._pages = pages
        self._due = dict.fromkeys(keys, EVERYTHING)
        self._keys = tuple(self._due)
        self._uncounted = set(self._keys)
        self._counts: dict[str, str] = {}
        self._ground = summary.ground(shell.office)

    def add(self, touched: Touched) -> Touched:
        """Have the pages that it concerns show it, at once or when they are opened."""
        ground = summary.ground(self._shell.office)
        if ground != self._ground or touched.concerns(PROGRAMME):
            # A day, a year that fills up, a figure: where everybody stands may read otherwise.
            touched = EVERYTHING
        self._ground = ground
        for key in self._keys:
            page, counted = self._pages.get(key), ENTRIES[key].counted
            if page is not None and page.is_concerned(touched):
                self._due[key] = self._due.get(key, NOTHING) | touched
            if counted is None or touched.concerns(counted):
                self._uncounted.add(key)
                self._shell.totals.pop(key, None)
        return touched

    def show(self, page: Page, bring: Callable[[Page], None]) -> None:
        """Bring a page to the front with what it has not shown yet."""
        touched = self._due.pop(page.key, NOTHING)
        with self._shell.office.at_once(f"page {page.key}"):
            if touched == NOTHING:
                page.show_again()  # before it is seen: what is not visible is filled in less time
            bring(page)
            if touched.everything:
                page.refresh()
            elif touched != NOTHING:
                page.show_touched(touched)

    def counts(self) -> Mapping[str, str]:
        """The quiet number of each page, by its key."""
        for key in sorted(self._uncounted):
            entry, totals = ENTRIES[key], self._shell.totals
            known = entry.is_total and key in totals
            self._counts[key] = many(totals[key]) if known else entry.number(self._shell.office)
        self._uncounted.clear()
        return self._counts
