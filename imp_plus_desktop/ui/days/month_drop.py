# SPDX-License-Identifier: Apache-2.0
"""A month that hangs below a field for a day: `MonthDrop(day, field).open_below(field)`.

    chosen(date)    a day was clicked, or Enter pressed on it

Arrows go from day to day, Page Up and Page Down from month to month; Escape closes it. Weeks
begin on Sunday, as Quebec's do.
"""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _, current_language
from imp_plus_desktop.ui.look import icons, theme
from imp_plus_desktop.ui.look.plain import set_name

_LANGUAGES = {"fr": QLocale.Language.French, "en": QLocale.Language.English}

_ARROWS = {"qt_calendar_prevmonth": "chevron-left", "qt_calendar_nextmonth": "chevron"}
"""What Qt calls its arrows, and ours."""


class MonthDrop(QFrame):
    """One month, to choose a day from."""

    chosen = Signal(object)

    def __init__(self, day: date | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.set_role(self, "drop")
        self.month = QCalendarWidget(self)
        set_name(self.month, _("Calendar"))
        self.month.setLocale(QLocale(_LANGUAGES[current_language()], QLocale.Country.Canada))
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(weekday, QTextCharFormat())  # not in red
        for part, icon in _ARROWS.items():
            arrow = self.month.findChild(QToolButton, part)
            if arrow is not None:
                icons.dress(arrow, icon, "secondary")
        if day is not None:
            self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.month.clicked.connect(self._on_chosen)
        self.month.activated.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.space(1),) * 4)
        layout.addWidget(self.month)

    def open_below(self, field: QWidget) -> None:
        """Show it below a field, or above where the screen ends."""
        self.adjustSize()
        room = field.screen().availableGeometry()
        corner = field.mapToGlobal(QPoint(0, field.height() + 2))
        if corner.y() + self.height() > room.bottom():
            corner.setY(field.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2)
        left = min(corner.x(), room.right() - self.width())
        self.move(max(left, room.left()), max(corner.y(), room.top()))
        self.show()
        self.month.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _on_chosen(self, day: QDate) -> None:
        if self.isVisible():  # Enter tells of it twice
            self.close()
            self.chosen.emit(date(day.year(), day.month(), day.day()))
