# SPDX-License-Identifier: Apache-2.0
"""A list whose rows belong to people: the page of the row's person stands beside it.

`PersonListPage` is a `ListPage` with `.panel` (PersonPanel); the actions of the window on a
file are done to the one in the panel. `FiguredListPage` can also be opened on exactly the rows
behind a figure of the quota. Must not know any one list.
"""

from dataclasses import replace
from typing import cast

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.shell.actions import State
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.chosen_chip import Chosen, ChosenChip


class PersonListPage(ListPage):
    """A list of what people have, with the person beside it."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.panel = PersonPanel(shell)
        self.set_panel(self.panel)

    def action_state(self) -> State:
        own, file = super().action_state(), self.panel.action_state()
        return replace(file, listed=own.listed, file=own.file or file.file)

    def file(self) -> OpenFile | None:
        """Whose file stands open beside the list."""
        return self.panel.file()


class FiguredListPage(PersonListPage):
    """A list that can show the rows behind a figure: `.chosen` is the chip that says so."""

    def make_filters(self) -> None:
        self.chosen = cast(ChosenChip, self.filters.add_chip(ChosenChip()))

    def fill_filters(self) -> None:
        self.chosen.fill()

    def open_with(self, argument: object) -> None:
        """The rows behind a figure of the quota: exactly these are shown."""
        if isinstance(argument, Chosen):
            self.filters.clear()
            self.header.search.set_text("")
            self.chosen.choose(argument)
            self.filters.refresh()
            self._show_ids()
