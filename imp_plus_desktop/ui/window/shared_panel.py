# SPDX-License-Identifier: Apache-2.0
"""The one person's page of a window, lent to the list in front.

    SharedPanel(shell)
        lend_to(page)      have it beside a list; another page leaves it where it is
        touch(touched)     what it shows may not hold any more

It is made when the first list is opened, and after that is painted where the window begins with
it. Must not know what it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imp_plus_desktop.domain.reads.touched import Touched
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.shell.shell import Shell

if TYPE_CHECKING:
    from imp_plus_desktop.ui.lists.person_list import PersonListPage
    from imp_plus_desktop.ui.person.person_panel import PersonPanel


class SharedPanel:
    """Who has the panel."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._holder: PersonListPage | None = None

    def lend_to(self, page: Page) -> None:
        """Have the panel beside this page, if it is a list of people's."""
        if not page.SHOWS_PERSONS or page is self._holder:
            return
        # Loaded with the first list, which has imported it already.
        from imp_plus_desktop.ui.lists.person_list import PersonListPage

        assert isinstance(page, PersonListPage)
        former, self._holder = self._holder, page
        if former is not None:
            page.take_panel(former.give_panel())
        elif page.window().isVisible():
            page.take_panel(self._made())
        else:  # a window that begins with a list shows that first
            page.await_panel(self._made)

    def _made(self) -> PersonPanel:
        from imp_plus_desktop.ui.person.person_panel import PersonPanel

        return PersonPanel(self._shell)

    def tell(self, touched: Touched) -> None:
        """Tell the panel what was touched."""
        if self._holder is not None and self._holder.has_panel():
            self._holder.panel.tell(touched)

    def leave(self) -> None:
        """Keep what is being typed on it: the window goes."""
        if self._holder is not None and self._holder.has_panel():
            self._holder.panel.leave()
