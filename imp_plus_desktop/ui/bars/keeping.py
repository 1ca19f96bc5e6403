# SPDX-License-Identifier: Apache-2.0
"""Makes copies while the window is open, and shouts where one is missing or not proven.

    Keeping(shell, window)      begin(), look(), retranslate()      .bar: KeepingBar

Looks once a minute: a copy is made when something has changed and the last one is half an hour
old, in a process of its own, and what waits is proven and taken to the second place. Nothing is
said of what goes well. Must not decide when a copy is due: `services/copies/keeping.py` does.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QPushButton, QVBoxLayout

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import AppError, StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.copies import copy_process, keeping, of_server, rules
from imp_plus_desktop.services.copies.keeping import CopiesState, Due, Made
from imp_plus_desktop.services.copies.of_server import OfficeCopies
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.dialogs.care.copying import copy_now, say_made
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.care.health_texts import copy_lines, late_text, missed_text

_EVERY_MS, _SOON_MS = 60_000, 2_000
_AGAIN = 600.0
"""Seconds until what failed is tried again."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look has found: the copies, and what came of one that was due."""

    state: CopiesState
    made: Made | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class SeenOfServer:
    """The same of a register on a server."""

    state: OfficeCopies
    made: Made | None = None
    error: str = ""


def look_and_keep_of_server(office: Office, progress: Progress) -> SeenOfServer:
    """Look at the copies of a server's register, and make the day's where no desk has."""
    found = of_server.state(office)
    if not found.is_due(datetime.now(UTC)):
        return SeenOfServer(found)
    try:
        under = of_server.passphrase_of(office)
        made = copy_process.of_server(office, under, progress, is_daily=True)
    except AppError as error:
        return SeenOfServer(found, None, error.code)
    return SeenOfServer(of_server.state(office), made)


def look_and_keep(office: Office, due: Due, ticks: float, progress: Progress) -> Seen:
    """Look at the copies of a register; make one that is due, and prove what waits."""
    found = keeping.state(office)
    due.every = timedelta(minutes=rules.rules(office).every)
    is_due = due.is_due(found, datetime.now(UTC), ticks)
    if not (is_due or found.waiting or found.is_second_behind):
        return Seen(found)
    try:
        made = copy_process.make(office, keeping.EVERY if is_due else None, progress)
    except StorageError as error:
        return Seen(found, None, error.code)
    finally:
        if is_due:
            due.made(ticks)
    return Seen(keeping.state(office), made)


class Keeping(QObject):
    """Sees to the copies of the register that the window has open."""

    def __init__(self, shell: Shell, window: QMainWindow) -> None:
        super().__init__(window)
        self._shell = shell
        self._due = Due(timedelta(minutes=30), time.monotonic())
        self._seen: Seen | SeenOfServer | None = None
        self._hidden = ""
        self._not_before = 0.0
        """A server's copy that failed is not tried again at once."""
        self.bar = KeepingBar(window)
        centre = window.centralWidget()
        column = centre.layout() if centre is not None else None
        if isinstance(column, QVBoxLayout):
            column.insertWidget(1, self.bar)  # below the band of invented people
        self.bar.copy.clicked.connect(self.copy_now)
        self.bar.settings.clicked.connect(self._on_settings_clicked)
        self.bar.away.clicked.connect(self._on_away_clicked)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.look)
        shell.office_changed.connect(self._on_office_changed)
        shell.tasks.finished.connect(self._soon.start)

    def begin(self) -> Keeping:
        """Look from now on."""
        self._timer.start()
        self.look()
        return self

    def look(self) -> None:
        """Look at the copies, away from the window, unless something else is going on. Whoever only
        reads leaves them to who writes."""
        office = self._shell.office
        if self._shell.tasks.is_busy() or office.reading is not None:
            return
        if office.server is not None:
            self._look_at_server(office)
            return
        due, ticks = self._due, time.monotonic()

        def job(progress: Progress) -> Any:
            return look_and_keep(office, due, ticks, progress)

        self._shell.start_keeping(job, self._on_seen)

    def _look_at_server(self, office: Office) -> None:
        if time.monotonic() < self._not_before:
            return

        def job(progress: Progress) -> Any:
            return look_and_keep_of_server(office, progress)

        self._shell.start_keeping(job, self._on_seen)

    def copy_now(self) -> None:
        """Make a copy, and say what came of it."""
        copy_now(self._shell, self._on_copied)

    def retranslate(self) -> None:
        """Write the line anew."""
        text, tone = self._what_to_say()
        self.bar.show_words("" if text == self._hidden else text, tone)

    def _what_to_say(self) -> tuple[str, Tone]:
        seen = self._seen
        if seen is None:
            return "", Tone.PLAIN
        if isinstance(seen, SeenOfServer):
            return _of_server(seen)
        if seen.error:
            return missed_text(seen.error, seen.state.beside.latest), Tone.BAD
        fault = seen.made.fault if seen.made is not None else seen.state.last_fault
        if fault:
            return " ".join(copy_lines(fault, None, "")), Tone.BAD
        second = seen.made.second_fault if seen.made is not None else ""
        place = seen.state.second
        if not second and place is not None and not place.is_there and seen.state.beside.count:
            second = "not_found"
        return " ".join(copy_lines("", None, second)), Tone.WARN

    def _on_seen(self, seen: Seen | SeenOfServer) -> None:
        self._seen = seen
        self._not_before = time.monotonic() + _AGAIN if seen.error else 0.0
        if not self._what_to_say()[0]:
            self._hidden = ""
        self.retranslate()

    def _on_copied(self, made: Made) -> None:
        self._due.made(time.monotonic())
        say_made(self._shell, made)

    def _on_settings_clicked(self) -> None:
        from imp_plus_desktop.ui.dialogs.care.how_kept import ask_how_kept

        ask_how_kept(self._shell, self.bar.window())
        self._soon.start()

    def _on_away_clicked(self) -> None:
        self._hidden = self._what_to_say()[0]
        self.retranslate()

    def _on_office_changed(self) -> None:
        self._seen, self._hidden, self._not_before = None, "", 0.0
        self._due = Due(self._due.every, time.monotonic())
        self.retranslate()
        self._soon.start()


def _of_server(seen: SeenOfServer) -> tuple[str, Tone]:
    """What there is to shout of a server's copies: what failed here, a copy that is not whole, or
    that none was made for long, by whichever desk."""
    found = seen.state
    if seen.error:
        return missed_text(seen.error, found.last), Tone.BAD
    fault = seen.made.fault if seen.made is not None else ""
    if fault:
        return " ".join(copy_lines(fault, None, "")), Tone.BAD
    if found.is_late(datetime.now(UTC)):
        return late_text(found.last, _why(found)), Tone.WARN
    return "", Tone.PLAIN


def _why(found: OfficeCopies) -> str:
    """Why this computer makes none, as a code; empty where it may yet."""
    if not found.is_there:
        return "copies_folder_away"
    return "" if found.has_passphrase or not found.may_make else "no_copies_passphrase"


class KeepingBar(QFrame):
    """One line, with what mends it."""

    def __init__(self, parent: QMainWindow) -> None:
        super().__init__(parent)
        self._words = label(role="heading", elide=True)
        self.copy, self.settings = button(role="link"), button(role="link")
        self.away = button("✕", role="icon")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(4), theme.space(1), theme.space(4), theme.space(1))
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        for end in (self.copy, self.settings, self.away):
            layout.addWidget(end)
        self.hide()

    def show_words(self, text: str, tone: Tone) -> None:
        """Say this; nothing without words."""
        theme.set_role(self, "banner", tone)
        theme.set_role(self._words, "heading", tone)
        self._words.setText(text and f"{'✕' if tone is Tone.BAD else '▲'} {text}")
        set_tip(self._words, text)
        self.copy.setText(_("Make a copy now"))
        self.settings.setText(_("Settings of the copies…"))
        set_name(self.away, _("Close this line"))
        set_tip(self.away, _("Close this line"))
        set_name(self, text)
        self.setVisible(bool(text))

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def buttons(self) -> tuple[QPushButton, ...]:
        """What it offers."""
        return self.copy, self.settings, self.away
