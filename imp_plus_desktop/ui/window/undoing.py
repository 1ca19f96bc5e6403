# SPDX-License-Identifier: Apache-2.0
"""Undo and redo of the window: by key, menu and the link of the status bar, always what they name.

    Undoing(window)
        look()            what was done here last, asked of the register anew
        show()            its name in the status bar and in the menu
        undo(), redo()    of what is shown, or of the work on the page in front that is not stored
        undo_listed(act)  an act from a list, by its id, whoever made it

An act is taken back by the id that was shown, whole, or not at all: then what stands in its way is
named. Must not look for another act to undo in its stead.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look.act_presenter import in_the_way_text, named_text
from imp_plus_desktop.ui.pages.page import Unstored
from imp_plus_desktop.ui.window.frame import Frame
from imp_plus_desktop.words.messages import act_noun

if TYPE_CHECKING:
    from imp_plus_desktop.services.history.history import Undone
    from imp_plus_desktop.services.history.own_acts import OwnAct


class Undoing(QObject):
    """What one window can take back."""

    def __init__(self, window: Frame) -> None:
        super().__init__(window)
        self._window = window
        self._shell = window.shell
        self._last: OwnAct | None = None
        self._undone: OwnAct | None = None
        self._looked = 0

    def look(self) -> None:
        """Ask the register what was done here last and still stands."""
        from imp_plus_desktop.services.history import own_acts

        self._looked = len(self._shell.office.made)
        self._last = own_acts.last_undoable(self._shell.office)
        self._undone = own_acts.last_undone(self._shell.office)

    def show(self) -> None:
        """Name in the status bar and in the menu what the keys would take back."""
        if self._looked != len(self._shell.office.made):
            self.look()
        back, again = self._names()
        actions = self._window.menu_actions
        keys = actions.action("edit.undo").shortcut().toString()
        link = _("Undo: {act} ({keys})").format(act=back, keys=keys) if back else ""
        self._window.status.set_undo(link)
        actions.name("edit.undo", back)
        actions.name("edit.redo", again)

    def undo(self) -> None:
        """Take back what is shown, or say why nothing is taken back."""
        page = self._window.current_page()
        unstored = self._unstored()
        if unstored is not None:
            if unstored.undo:
                page.take_back()
            else:
                self._shell.say(unstored.nothing)
        elif self._last is None:
            self._shell.say(
                _(
                    "Nothing was done here since the window was opened. Older acts, and those of "
                    "other desks, are undone from the overview and the history of imports."
                )
            )
        else:
            done = partial(self._on_undone, self._last.row)
            self._shell.take_back_own(self._last, done)

    def redo(self) -> None:
        """Bring back what was taken back last, if nothing was done here since."""
        page = self._window.current_page()
        unstored = self._unstored()
        if unstored is not None:
            if unstored.redo:
                page.bring_back()
            else:
                self._shell.say(_("There is nothing to redo."))
        elif self._undone is None:
            self._shell.say(_("There is nothing to redo."))
        else:
            done = partial(self._on_redone, self._undone.row)
            self._shell.take_back_own(self._undone, done)

    def undo_listed(self, act: object) -> None:
        """Undo an act that is chosen in a list; where others changed since, ask about the rest."""
        from imp_plus_desktop.services.history import history
        from imp_plus_desktop.ui.dialogs.register.undo_rest import take_back_listed

        row = history.act_row(self._shell.office, act) if isinstance(act, int) else None
        if row is not None:
            done = partial(self._on_undone, row)
            take_back_listed(self._shell, self._window, row.id, done)

    def _unstored(self) -> Unstored | None:
        return None if self._window.is_catching_up() else self._window.current_page().unstored()

    def _names(self) -> tuple[str, str]:
        """What undo and redo would act on, named; empty for nothing."""
        unstored = self._unstored()
        if unstored is not None:
            return unstored.undo, unstored.redo
        return (
            act_noun(self._last.row) if self._last is not None else "",
            act_noun(self._undone.row) if self._undone is not None else "",
        )

    def _on_undone(self, row: ActRow, undone: Undone) -> None:
        from imp_plus_desktop.ui.imports.import_afterwards import undone_text

        if undone.stopped:
            self._say_stopped(undone)
        elif undone.act is None and not undone.kept:
            self._shell.say(_("There is nothing to undo."))
        elif undone.kept:
            self._shell.changed(undone_text(undone))
        else:
            named = named_text(row, self._shell.office.user)
            self._shell.changed(_("Undone: {act}").format(act=named))

    def _on_redone(self, row: ActRow, undone: Undone) -> None:
        if undone.stopped:
            self._say_stopped(undone)
        else:
            self._shell.changed(_("Redone: {act}").format(act=act_noun(row)))

    def _say_stopped(self, undone: Undone) -> None:
        self._shell.changed()  # what stands in the way is news: the pages show it
        self._shell.say(_("Nothing was undone. {why}").format(why=in_the_way_text(undone.newer)))
