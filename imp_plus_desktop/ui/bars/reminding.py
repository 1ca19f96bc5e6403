# SPDX-License-Identifier: Apache-2.0
"""Reminds once a day of what falls due: a line below the menus and, if wanted, beside the clock.

    Reminding(shell, window)      remind(), retranslate()      .bar: ReminderBar

The line goes when it is closed or followed. Beside the clock only numbers are told, never a name.
Must not count anything: `services/agenda/reminders.py` does.
"""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QSystemTrayIcon,
    QVBoxLayout,
)

from imp_plus_desktop import paths
from imp_plus_desktop.i18n import _, format_day, format_iso, format_number, ngettext
from imp_plus_desktop.services.agenda import reminders
from imp_plus_desktop.services.agenda.reminders import Reminder
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import button, label

_BALLOON_MS = 10_000


class Reminding(QObject):
    """Knows what was reminded of, and where it is told."""

    def __init__(self, shell: Shell, window: QMainWindow) -> None:
        super().__init__(window)
        self._shell, self._window = shell, window
        self._found: Reminder | None = None
        self._tray: QSystemTrayIcon | None = None
        self.bar = ReminderBar(window)
        centre = window.centralWidget()
        column = centre.layout() if centre is not None else None
        if isinstance(column, QVBoxLayout):
            column.insertWidget(1, self.bar)  # below the band of invented people
        self.bar.see.clicked.connect(self._on_see_clicked)
        self.bar.away.clicked.connect(self._on_away_clicked)
        shell.office_changed.connect(self._on_office_changed)

    def remind(self) -> None:
        """Say what falls due, where it was not said today and somebody wants it."""
        settings = self._shell.settings
        if not settings.reminders:
            return
        place = reminders.place(self._shell.office)
        found = reminders.reminder(self._shell.office, settings.layout(place))
        if found is None:
            return
        settings.keep_layout(place, format_iso(self._shell.today()))
        self._found = found if found else None
        self.retranslate()
        if found and settings.tray:
            self._tell_beside_the_clock(told(found))

    def retranslate(self) -> None:
        """Write the line anew."""
        self.bar.show_words("" if self._found is None else told(self._found))

    def _tell_beside_the_clock(self, text: str) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            icon = QIcon(str(paths.resource("icons", "app.svg")))
            self._tray = QSystemTrayIcon(icon, self)
            self._tray.activated.connect(self._on_tray_activated)
            self._tray.messageClicked.connect(self._on_tray_activated)
        self._tray.show()
        no_icon = QSystemTrayIcon.MessageIcon.NoIcon
        self._tray.showMessage("IMP+ Desktop", text, no_icon, _BALLOON_MS)

    def _on_see_clicked(self) -> None:
        found = self._found
        self._on_away_clicked()
        if found is not None:
            self._shell.go("deadlines", reminders.rows(found))

    def _on_away_clicked(self) -> None:
        self._found = None
        self.retranslate()

    def _on_office_changed(self) -> None:
        self._on_away_clicked()
        self.remind()

    def _on_tray_activated(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()


class ReminderBar(QFrame):
    """One line, with a way to what it tells of."""

    def __init__(self, parent: QMainWindow) -> None:
        super().__init__(parent)
        theme.set_role(self, "banner", Tone.ACCENT)
        self._words = label(role="heading", elide=True)
        self.see, self.away = button(role="link"), button("✕", role="icon")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(4), theme.space(1), theme.space(4), theme.space(1))
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._words, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.see)
        layout.addStretch(1)
        layout.addWidget(self.away)
        self.hide()

    def show_words(self, text: str) -> None:
        """Say this; nothing without words."""
        self._words.setText(text)
        self.see.setText(_("See"))
        set_name(self.see, _("See: {what}").format(what=text))
        set_name(self.away, _("Close the reminder"))
        set_tip(self.away, _("Close the reminder"))
        set_name(self, text)
        self.setVisible(bool(text))

    def words(self) -> str:
        """What it says."""
        return self._words.text()


def told(found: Reminder) -> str:
    """What there is to remind of, in numbers only."""
    parts = []
    if found.today:
        words = ngettext("{count} deadline today", "{count} deadlines today", found.today)
        parts.append(words.format(count=format_number(found.today)))
    if found.soon:
        words = ngettext(
            "{count} deadline in the next {days} days",
            "{count} deadlines in the next {days} days",
            found.soon,
        )
        said = words.format(count=format_number(found.soon), days=format_number(found.lead))
        parts.append(said)
    if found.late and found.since is None:
        words = ngettext("{count} overdue deadline", "{count} overdue deadlines", found.late)
        parts.append(words.format(count=format_number(found.late)))
    elif found.late and found.since is not None:
        words = ngettext(
            "{count} deadline overdue since {day}",
            "{count} deadlines overdue since {day}",
            found.late,
        )
        day = format_day(found.since)
        parts.append(words.format(count=format_number(found.late), day=day))
    return " · ".join(parts)
