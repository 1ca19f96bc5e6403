# SPDX-License-Identifier: Apache-2.0
"""A line for a day: accepts what people type and shows it as an ISO date.

    DateEdit(parent=None)       signal day_changed()
        day() -> date | None, set_day(day | None), has_problem() -> bool, text()
        open_month()            a month to choose from, as Alt+Down and the sign at its end do

What is understood: `ui/days/day_words.py`. Empty is allowed: whether a day is needed is a rule's
matter.
"""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from imp_plus_desktop.domain.values.partial_days import is_partial
from imp_plus_desktop.i18n import _, format_iso
from imp_plus_desktop.ui.days.day_words import office_day, parse_day
from imp_plus_desktop.ui.look import icons, theme
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.look.theme import Tone


class DateEdit(QLineEdit):
    """One day, or none. With `partly` a year or a month may stand in its place: `1985-03`; with
    `past`, `Monday` is the last one."""

    day_changed = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, partly: bool = False, past: bool = False
    ) -> None:
        super().__init__(parent)
        self._partly, self._past = partly, past
        self._shown: date | None = None
        self.setMinimumWidth(theme.metrics().body * 9)
        self._month = QAction(self)
        icons.dress(self._month, "calendar", "secondary")
        self._month.triggered.connect(self.open_month)
        self.addAction(self._month, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(self._on_text_edited)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the hint anew."""
        self.setPlaceholderText(_("YYYY-MM-DD"))
        set_tip(self._month, _("Calendar (Alt+Down)"))

    def day(self) -> date | None:
        """The day typed; None when the line is empty or holds no day (see `has_problem`)."""
        try:
            return parse_day(self.text(), past=self._past)
        except ValueError:
            return None

    def set_day(self, day: date | None) -> None:
        """Show a day without a signal."""
        self._shown = day
        self.setText("" if day is None else format_iso(day))
        theme.set_role(self, "")

    def has_problem(self) -> bool:
        """Whether something stands in the line that is no day."""
        text = self.text().strip()
        return bool(text) and self.day() is None and not (self._partly and is_partial(text))

    def open_month(self) -> None:
        """Show a month below, to choose a day from."""
        from imp_plus_desktop.ui.days.month_drop import MonthDrop

        if self.isReadOnly():
            return
        drop = MonthDrop(self.day() or office_day(), self)
        drop.chosen.connect(self._on_day_chosen)
        drop.open_below(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Down:
            self.open_month()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.normalise()

    def normalise(self) -> None:
        """Show the day typed as an ISO date, or mark the line when it holds none."""
        day = self.day()
        if day is not None:
            self.setText(format_iso(day))
        theme.set_role(self, "", Tone.BAD if self.has_problem() else Tone.PLAIN)

    def _on_day_chosen(self, day: date) -> None:
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.setText(format_iso(day))
        self._on_text_edited(self.text())

    def _on_text_edited(self, text: str) -> None:
        day = self.day()
        if day != self._shown:
            self._shown = day
        self.day_changed.emit()
