# SPDX-License-Identifier: Apache-2.0
"""The list of people as it was at the end of a past day: `PastPeople(shell, parent)`.

`shell` is a `PastShell`: its office is the one that is looked at. It stands in the place of today's
list and filters, sorts, prints and exports as that does; nothing in it can be changed.
    signals: another(), back()      another day is wanted; today is
             today_asked(int)       today's file of somebody is
"""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _, format_day, format_iso
from imp_plus_desktop.ui.lists.list_page import ListTexts
from imp_plus_desktop.ui.lists.past.past_beside import PastBeside
from imp_plus_desktop.ui.lists.past.people_rows import PeopleRows
from imp_plus_desktop.ui.past.band import PastBand
from imp_plus_desktop.ui.shell.actions import State
from imp_plus_desktop.ui.shell.shell import Shell


class PastPeople(PeopleRows):
    """Everybody who was in the register at the end of a day, as they were."""

    another = Signal()
    back = Signal()
    today_asked = Signal(int)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        self.band = PastBand()
        self.beside = PastBeside(shell)
        super().__init__(shell, parent)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.insertWidget(0, self.band)
        self.put_beside(self.beside)
        self.band.another.connect(self.another)
        self.band.back.connect(self.back)
        self.beside.left.connect(self._on_beside_left)
        self.beside.today_asked.connect(self.today_asked)

    def title(self) -> str:
        """What it is called on paper and in a workbook: with its day."""
        return _("People as of {day}").format(day=format_iso(self.shell.today()))

    def texts(self) -> ListTexts:
        return ListTexts(
            title=_("People"),
            search=_("Find a person, a number…"),
            empty_title=_("Nobody was in the register yet"),
            empty_sentence=_("At the end of that day the register held no file."),
        )

    def retranslate(self) -> None:
        self.band.retranslate()
        day = format_day(self.shell.today())
        self.band.say(
            _("The list as it was on {day}").format(day=day),
            _("What the register knew at the end of that day. Nothing can be changed here."),
        )
        self.beside.retranslate()
        super().retranslate()

    def action_state(self) -> State:
        return replace(super().action_state(), file=False)

    def export_all(self) -> None:
        """Say why not."""
        self.shell.say(
            _(
                "The list of an earlier day is not exported to be imported again: that would "
                "bring back what has changed since. Export the list shown instead."
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _show_person(self, person_id: int | None) -> None:
        self.beside.show_person(person_id, walks=self.table.is_walked())

    def _on_table_row_activated(self, row_id: int) -> None:
        self.beside.focus_file()

    def _on_beside_left(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
