# SPDX-License-Identifier: Apache-2.0
"""The board of a year as of a past day: which day it is, and by what is known when.

    PastYear(shell, parent)
        .band                   says which day, and lets one choose by what is known
        ask(), end(), day       None while it is today's board
        office() -> Office      whose board it is
        is_outlived()           whether somebody was erased since, who may still be counted in it
    signals: changed()          another board is to be shown

What is known now of that day is counted at once; what the register knew then is made anew away
from the window. Must not count anything.
"""

from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.proof import anew
from imp_plus_desktop.ui.past.asking import AsOfDialog
from imp_plus_desktop.ui.past.band import PastBand
from imp_plus_desktop.ui.past.past_day import PastDay
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips

NOW, THEN = "now", "then"


class PastYear(QObject):
    """What past day the page shows, if it shows one."""

    changed = Signal()

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._widget = shell, parent
        self._past = PastDay(shell, self)
        self.day: date | None = None
        self.band = PastBand(parent)
        self.known = ChoiceChips(whole=True)
        self.band.right.addWidget(self.known)
        self.band.hide()
        self._past.came.connect(self._on_past_came)
        shell.past_over.connect(self._on_past_over)
        self.known.chosen.connect(self._on_known_chosen)
        self.band.another.connect(self.ask)
        self.band.back.connect(self.end)
        self.known.choose(NOW, tell=False)

    def ask(self) -> None:
        """Ask as of which day the board is to be."""
        day = self.dialog().ask()
        if day is not None:
            self.show_day(day)

    def dialog(self) -> AsOfDialog:
        """The question."""
        sentence = _("The board as it stood at the end of that day. Nothing is changed by it.")
        title = _("The annual cap as of an earlier day")
        return AsOfDialog(self._shell.today(), title, sentence, self.day, self._widget)

    def show_day(self, day: date) -> None:
        """Show the board of a day, by what is known of it now."""
        self._past.end()
        self.day = day
        self.known.choose(NOW, tell=False)
        self.changed.emit()

    def end(self) -> None:
        """Show today's board again."""
        if self.day is not None:
            self._past.end()
            self.day = None
            self.changed.emit()

    def office(self) -> Office:
        """The office in which it is that day. Only its board, its rows and its sheets are asked
        for: lists would be worked out anew for another day."""
        if self._past.office is not None:
            return self._past.office
        office = self._shell.office
        return office if self.day is None else anew.dated(office, self.day)

    def is_outlived(self) -> bool:
        """Whether it counts somebody who was erased since."""
        return self._past.is_outlived()

    def retranslate(self) -> None:
        """Write its words anew."""
        self.band.retranslate()
        self.known.set_choices(
            [Choice(NOW, _("As known today")), Choice(THEN, _("As known that day"))]
        )
        if self.day is None:
            return
        then = self._past.office is not None
        self.known.choose(THEN if then else NOW, tell=False)
        about = (
            _("By what the register knew at the end of that day, whatever was recorded since.")
            if then
            else _("By what the register knows of that day now, with what was recorded since.")
        )
        self.band.say(_("The board of {day}").format(day=format_day(self.day)), about)

    def _on_known_chosen(self, key: str) -> None:
        if self.day is None:
            return
        if key == THEN and self._past.office is None:
            self.retranslate()  # it is not that one yet
            self._past.make(self.day)
        elif key == NOW and self._past.office is not None:
            self._past.end()
            self.changed.emit()

    def _on_past_came(self) -> None:
        office = self._past.office
        if office is not None and office.clock.today() == self.day:
            self.changed.emit()
        else:
            self._past.end()  # another day, or today, was asked for meanwhile

    def _on_past_over(self) -> None:
        self.day = None
        self.band.hide()
