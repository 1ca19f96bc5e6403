# SPDX-License-Identifier: Apache-2.0
"""The page of a list that can be looked at as of a past day.

    class PeoplePage(LooksBack, …)
        ask_past_day()      ask as of which day, and show the list of that day in place of today's
        back_to_today()
        then                the list that is looked at, None while today's is in front

While a past day is in front, what the window asks of the page is asked of that list.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.reads.touched import Touched
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.ui.lists.person_list import PersonListPage
from imp_plus_desktop.ui.look import allowed
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.paper.paper import Paper
from imp_plus_desktop.ui.past.past_day import PastDay
from imp_plus_desktop.ui.past.past_shell import PastShell
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.shell.actions import State
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import button

if TYPE_CHECKING:
    from imp_plus_desktop.ui.lists.past.past_people import PastPeople
    from imp_plus_desktop.ui.past.asking import AsOfDialog


_AS_OF = "list.as_of"


class LooksBack(PersonListPage):
    """A list with a way to what it was."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        self.then: PastPeople | None = None
        self.as_of_button = button(role="chip", icon="calendar", act=_AS_OF)
        super().__init__(shell, parent)
        self.filters.add_widget(self.as_of_button)
        self.past = PastDay(shell, self)
        self.past.came.connect(self._on_past_came)
        self.past.went.connect(self._take_away)
        self.as_of_button.clicked.connect(self.ask_past_day)

    def ask_past_day(self) -> None:
        """Ask as of which day the list is to be shown, and have that day's made."""
        if refused := allowed.why_not(self, _AS_OF):
            self.shell.say(refused)
            return
        day = self.asking_day().ask()
        if day is not None:
            self.past.make(day)

    def look_back(self) -> bool:
        self.ask_past_day()
        return True

    def asking_day(self) -> AsOfDialog:
        """The question."""
        from imp_plus_desktop.ui.past.asking import AsOfDialog

        before: date | None = None if self.then is None else self.then.shell.today()
        sentence = _(
            "Shows the people as the register knew them at the end of that day. Nothing is "
            "changed by it; in a large register it takes a minute or two."
        )
        today = self.shell.today()
        return AsOfDialog(today, _("The list as of an earlier day"), sentence, before, self)

    def back_to_today(self) -> None:
        """Show today's list again."""
        if self.then is None:
            return
        self._take_away()
        self.past.end()
        self.refresh()
        self.focus_start()
        self.shell.say("")
        self.shell.state_changed()

    def _on_past_came(self) -> None:
        office = self.past.office
        if office is None:
            return
        from imp_plus_desktop.ui.lists.past.past_people import PastPeople

        then = PastPeople(PastShell(self.shell, office, self), self)
        self._take_away()
        self.then = then
        for widget in self._todays():
            widget.hide()
        self.column.addWidget(then, 1)
        then.another.connect(self.ask_past_day)
        then.back.connect(self.back_to_today)
        then.today_asked.connect(self._on_today_asked)
        then.refresh()
        then.show()
        if self.isVisible():
            then.focus_start()
        day = format_day(then.shell.today())
        self.shell.say(_("The list is shown as it was on {day}.").format(day=day))
        self.shell.state_changed()

    def _take_away(self) -> None:
        """Have today's list in the place of the past one; what it shows is fetched by others."""
        then, self.then = self.then, None
        if then is None:
            return
        then.hide()
        self.column.removeWidget(then)
        then.deleteLater()
        then.shell.deleteLater()
        for widget in self._todays():
            widget.show()

    def _todays(self) -> list[QWidget]:
        tabs = [] if self.viewing is None else [self.viewing.tabs]
        return [self.header, *tabs, self.filters, self._stack]

    def _on_today_asked(self, person: int) -> None:
        self.back_to_today()
        if person in self.model.ids:
            self.table.select_id(person)
        else:
            self.shell.go(self.key, person)

    # What the window asks of the page in front.
    def place(self) -> str:
        return super().place() if self.then is None else f"{self.key}-past"

    def refresh(self) -> None:
        if self.then is None:
            super().refresh()
        else:
            self._look_whether_outlived()

    def show_touched(self, touched: Touched) -> None:
        if self.then is None:
            super().show_touched(touched)
        else:
            self._look_whether_outlived()

    def _look_whether_outlived(self) -> None:
        """Who was erased since is not to be looked at any more."""
        if self.past.is_outlived():
            self.back_to_today()
            self.shell.say(
                _("A file was destroyed meanwhile: the list of the earlier day was closed.")
            )

    def show_again(self) -> None:
        if self.then is None:
            super().show_again()

    def retranslate(self) -> None:
        super().retranslate()
        self.as_of_button.setText(_("As of…"))
        set_tip(self.as_of_button, _("The list as it was on an earlier day"))
        if self.then is not None:
            self.then.retranslate()

    def set_search(self, text: str) -> None:
        if self.then is None:
            super().set_search(text)
        else:
            self.then.set_search(text)

    def focus_search(self) -> bool:
        return super().focus_search() if self.then is None else self.then.focus_search()

    def focus_start(self) -> None:
        if self.then is None:
            super().focus_start()
        else:
            self.then.focus_start()

    def finish(self) -> None:
        if self.then is None:
            super().finish()

    def export_shown(self) -> None:
        if self.then is None:
            super().export_shown()
        else:
            self.then.export_shown()

    def export_all(self) -> None:
        if self.then is None:
            super().export_all()
        else:
            self.then.export_all()

    def paper(self) -> Paper | None:
        return super().paper() if self.then is None else self.then.paper()

    def status(self) -> str:
        return super().status() if self.then is None else self.then.status()

    def action_state(self) -> State:
        return super().action_state() if self.then is None else self.then.action_state()

    def file(self) -> OpenFile | None:
        return super().file() if self.then is None else None

    def step(self, by: int) -> None:
        if self.then is None:
            super().step(by)
