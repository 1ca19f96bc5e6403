# SPDX-License-Identifier: Apache-2.0
"""What every page of the window is.

    class XPage(Page):   key = "people"     its name, icon and number: `entries.py`
        __init__(shell, parent=None)
        title() -> str                    shown in the side bar and as the page's title
        CONCERNS                          the kinds of rows that it shows
        refresh()                         fetch what is shown anew
        show_touched(touched)             the same, of what an act touched
        come_again()                      it is asked for while it is in front
        show_again()                      it comes to the front with nothing new
        retranslate()                     write every text anew in the language in use
        set_search(text), focus_search()  for pages with a search box
        finish()                          fill what waits until the choice rests: Tab goes there
        focus_start()                     go where the keys do most: a list, the first line
        look_back() -> bool               ask for a past day and show that; False where it cannot
        open_with(argument)               shown from elsewhere: an id, ids, a filter; page's own
        export_shown(), export_all()      write what is shown, or all that is known of it
        paper() -> Paper | None           what is shown, for a printer
        year_shown() -> int | None        the year that is looked at, where it tells of one
        status() -> str                   the quiet words at the left of the status bar
        own_actions() -> table            what can be done on this page alone, done to the page
        action_state() -> State           what the conditions of actions may ask of the page
        unstored() -> Unstored | None     work that is not stored yet: undo is the page's then
        take_back(), bring_back()         undo and redo of that work
        is_aimed_at() -> bool             a click may be about to act on what a refresh would move

`self.shell` is the window's `Shell`. A page shows anew what was touched when it is in front; the
window sees to that, by the kinds that the page declares. Must not open a file or hold a rule.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.touched import Touched
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.pages.entries import ENTRIES
from imp_plus_desktop.ui.paper.paper import Paper
from imp_plus_desktop.ui.shell.actions import Action, State
from imp_plus_desktop.ui.shell.shell import Shell


@dataclass(frozen=True, slots=True)
class Unstored:
    """Work on a page that is not stored yet: while there is any, undo and redo are about it and
    reach no act of the register. `undo` and `redo` name what they would act on, empty for nothing;
    `nothing` is said when there is nothing to take back."""

    nothing: str
    undo: str = ""
    redo: str = ""


class Page(QWidget):
    """A page; `self.column` is its layout, with the margins of every page."""

    key: ClassVar[str] = ""
    SHOWS_PERSONS: ClassVar[bool] = False
    """Whether the window's page of one person stands beside it."""
    CONCERNS: ClassVar[frozenset[str] | None] = None
    """The kinds of rows that are seen on it; None where every act is. What changes everybody's
    verdict need not be among them: the window takes it for everything."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(
            theme.space(5), theme.space(4), theme.space(5), theme.space(4)
        )
        self.column.setSpacing(theme.space(3))

    def title(self) -> str:
        """What the page is called."""
        return _(ENTRIES[self.key].title)

    def place(self) -> str:
        """What of the page is in front, by which the guide knows its chapter."""
        return self.key

    def refresh(self) -> None:
        """Fetch anew what is shown."""
        raise NotImplementedError

    def is_concerned(self, touched: Touched) -> bool:
        """Whether what was touched may be seen on it."""
        return self.CONCERNS is None or touched.concerns(self.CONCERNS)

    def show_touched(self, touched: Touched) -> None:
        """Show what was touched, and leave the rest as it is."""
        self.refresh()

    def show_again(self) -> None:
        """Come to the front with nothing new to show."""

    def come_again(self) -> None:
        """Go back to what the page begins with, if what is in front is done with: it was asked
        for, by its entry or its key, while it is in front already."""

    def retranslate(self) -> None:
        """Write every text anew."""
        raise NotImplementedError

    def set_search(self, text: str) -> None:
        """Search for a text, as if typed."""

    def focus_search(self) -> bool:
        """Go into the search box; False when the page has none."""
        return False

    def finish(self) -> None:
        """Fill what waits until the choice rests: Tab is about to lead there."""

    def focus_start(self) -> None:
        """Go where the keys do most; Tab leads on from there."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_with(self, argument: object) -> None:
        """Show what was asked for from elsewhere."""

    def look_back(self) -> bool:
        """Ask as of which past day it is to be shown; False where it tells of today alone."""
        return False

    def export_shown(self) -> None:
        """Write what is shown; `action_state` says whether there is anything."""

    def export_all(self) -> None:
        """Write all that is known of what is shown."""

    def paper(self) -> Paper | None:
        """What is shown, for a printer; None where it cannot go on paper, and says why itself."""
        return None

    def year_shown(self) -> int | None:
        """The year that is looked at; None where it tells of no year, or of all."""
        return None

    def status(self) -> str:
        """What stands at the left of the status bar while nothing else is said."""
        return ""

    def own_actions(self) -> Sequence[Action[Any]]:
        """What can be done on this page alone; each is done to the page."""
        return ()

    def action_state(self) -> State:
        """What stands in front, for the conditions of actions."""
        return State()

    def unstored(self) -> Unstored | None:
        """The work on this page that is not stored yet, None when undo is the register's."""
        return None

    def is_aimed_at(self) -> bool:
        """Whether the pointer is over something that acts and that a refresh would move."""
        return False

    def take_back(self) -> None:
        """Take back the last step of the unstored work."""

    def bring_back(self) -> None:
        """Bring back the step of the unstored work that was taken back last."""
