# SPDX-License-Identifier: Apache-2.0
"""The shape of a dialog that records what IRCC has received: a day, a time, and then the rules.

    ReceptionDialog(title, today, parent=None, *, sentence="")
        add_receipt()     the fields of the day, the time and the number, the day being today

A subclass overrides `foresee(at)`, which shows what the rules say of an instant, and `record(at)`,
which does the call. Must not hold a rule.
"""

from datetime import date, datetime
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.dialogs.marks import typed_day
from imp_plus_desktop.ui.dialogs.ruled_dialog import RuledDialog
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.words.messages import field_label

T = TypeVar("T")


class ReceptionDialog(RuledDialog[T]):
    """Asks when something was received, and nothing of the rules before it knows."""

    def __init__(
        self, title: str, today: date, parent: QWidget | None = None, *, sentence: str = ""
    ) -> None:
        super().__init__(title, _("Record the application"), parent, sentence=sentence)
        self._today = today

    def add_receipt(self) -> None:
        """The fields that every reception has."""
        self.form.add_day("day", field_label("received_at"), past=True)
        self.form.add_line("time", _("Time, in Toronto"), "12:00")
        self.form.add_line("number", field_label("application_number"), _("May follow later"))
        self.form.set_values({"day": iso(self._today), "time": "12:00"})

    def foresee(self, at: datetime) -> None:
        """Show what would come of a reception at an instant; for subclasses."""
        raise NotImplementedError

    def record(self, at: datetime) -> None:
        """Record a reception at an instant; for subclasses."""
        raise NotImplementedError

    def preview(self) -> None:
        at = self.instant("day", "time")
        if at is None:
            self.show_nothing(_("Enter the day and the time of receipt."))
        elif toronto_day(at) > self._today:
            self.show_nothing(_("This day is in the future: nothing has been received yet."))
        else:
            self.foresee(at)

    def submit(self) -> bool:
        typed_day(self.form, "day")
        at = self.instant("day", "time")
        if at is None or self.form.has_findings():
            return False
        self.record(at)
        return True
