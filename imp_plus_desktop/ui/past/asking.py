# SPDX-License-Identifier: Apache-2.0
"""Asks as of which day something is to be shown: `AsOfDialog(today, title, sentence).ask()`.

Answers the day, None when it was given up. Stores nothing.
"""

from datetime import date

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_needed, typed_day
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.ui.widgets.date_edit import DateEdit


class AsOfDialog(FormDialog[date]):
    """One day that has been."""

    def __init__(
        self,
        today: date,
        title: str,
        sentence: str,
        before: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, _("Show that day"), parent, sentence=sentence)
        self._today = today
        self.form.add_day("day", _("As of"), past=True)
        if before is not None:
            self.form.set_values({"day": iso(before)})
        self.form.focus_field("day")

    def is_changed(self) -> bool:
        """There is nothing to lose."""
        return False

    def submit(self) -> bool:
        field = self.form.field("day")
        typed = typed_day(self.form, "day") is not None
        day = field.day() if typed and isinstance(field, DateEdit) else None
        if day is None:
            mark_needed(self.form, "day", _("A day is needed."))
            return False
        if day > self._today:
            mark_needed(self.form, "day", _("This day is in the future. Check the date."))
            return False
        self.answer = day
        return True
