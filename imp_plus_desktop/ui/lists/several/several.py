# SPDX-License-Identifier: Apache-2.0
"""What joins a list with what is done to several of its rows: strip, menu, keys.

    Several(page, offers)      .strip
        chosen() -> ChosenRows | None      None while no more than one row is chosen
        refresh()                          counts, after the rows were asked anew
        retranslate()

`offers()` is the menu of the one file that is chosen. Must not know any one list, nor hold a rule.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.ui.lists.several.acts import COPY, FIRST, MENUS, RowsAction
from imp_plus_desktop.ui.lists.several.rows import ChosenRows, ListOfRows
from imp_plus_desktop.ui.lists.several.strip import Strip
from imp_plus_desktop.ui.shell.actions import SEPARATOR, Entries, Offer, State
from imp_plus_desktop.ui.shell.menu_bar import offer_menu
from imp_plus_desktop.words.messages import error_text

_MAILS_MS = 150
"""Addresses are counted once the choice rests."""


class Several(QObject):
    """The acts on several rows of one list."""

    def __init__(
        self, page: ListOfRows, parent: QWidget, offers: Callable[[], Entries[Offer[Any]]]
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._parent = parent
        self._offers = offers
        self.strip = Strip(parent)
        self.strip.set_acts(FIRST[page.ENTITY], MENUS[page.ENTITY])
        self.strip.asked.connect(self.do)
        self.strip.let_go.connect(self._on_let_go)
        self._mails = QTimer(self, singleShot=True)
        self._mails.setInterval(_MAILS_MS)
        self._mails.timeout.connect(self._count_mails)
        page.table.allow_several()
        page.table.selection_changed.connect(self._on_selection_changed)
        page.table.menu_asked.connect(self._on_menu_asked)
        page.table.copy_asked.connect(self._on_copy_asked)

    def chosen(self) -> ChosenRows | None:
        """What is chosen, None while that is no more than one row."""
        return self._rows() if self._page.table.chosen_count() > 1 else None

    def do(self, action: RowsAction) -> None:
        """Do something to what is chosen; what can be mended is said in the status bar."""
        try:
            action.do(self._rows())
        except AppError as error:
            self._page.shell.say(error_text(error))

    def show_counts(self, shown: int, total: int) -> None:
        """Say how many rows are shown, of how many."""
        self.strip.show_counts(shown, total)

    def retranslate(self) -> None:
        self.strip.retranslate()

    def menu(self) -> QMenu:
        """What can be done to what is chosen, as a right click opens it now."""
        if self._page.table.chosen_count() > 1:
            self._count_mails()
            menu = offer_menu(self.strip.offered(), self._parent)
            title = QAction(self.strip.text(), menu)
            title.setEnabled(False)
            menu.insertAction(menu.actions()[0], title)
        else:
            entries = (*self._offers(), SEPARATOR, Offer.of(COPY))
            menu = offer_menu(entries, self._parent)
        return menu

    def _rows(self) -> ChosenRows:
        table = self._page.table
        return ChosenRows(self._page, tuple(table.chosen_ids()), table.hidden_count())

    def _on_selection_changed(self, count: int) -> None:
        table = self._page.table
        self.strip.show_chosen(count, table.hidden_count(), State(chosen=count, file=count > 0))
        if count > 1:
            self._mails.start()
        self._page.shell.state_changed()

    def _count_mails(self) -> None:
        from imp_plus_desktop.ui.lists.several import mail

        self._mails.stop()
        if self._page.table.chosen_count() > 1:
            self.strip.set_mails(len(mail.addresses(self._rows())))

    def _on_let_go(self) -> None:
        self._page.table.let_go()
        self._page.table.setFocus()

    def _on_copy_asked(self) -> None:
        if self._page.table.chosen_count():
            self.do(COPY)

    def _on_menu_asked(self, where: QPoint) -> None:
        menu = self.menu()
        menu.triggered.connect(partial(self._on_menu_triggered, self._rows()))
        menu.popup(where)

    def _on_menu_triggered(self, rows: ChosenRows, chosen: QAction) -> None:
        offer = chosen.data()
        if offer is None:
            return
        # What was offered is what is done: the choice may be another one by the time of the click.
        try:
            offer.do(rows)
        except AppError as error:
            self._page.shell.say(error_text(error))
