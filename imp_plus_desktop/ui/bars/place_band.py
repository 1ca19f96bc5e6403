# SPDX-License-Identifier: Apache-2.0
"""The band over a window whose register can only be read, or was not found as it was left.

PlaceBand(parent=None)     show_for(office)     says what there is to say, and hides without
    signals: again(place)  the register is to be opened again, or where it was moved to
             restore()     a copy is to be restored
"""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from imp_plus_desktop.domain.values.errors import InvalidInput, StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import places
from imp_plus_desktop.services.servers.places import Place, ServerAddress
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.care.place_texts import ELSEWHERE, MOVED, arrival_lines, reading_text
from imp_plus_desktop.words.servers.snapshot_texts import SNAPSHOT

_EVERY_MS = 15_000


class PlaceBand(QFrame):
    """One line, with what goes on from it."""

    again, restore = Signal(object), Signal()
    _told = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "banner", Tone.WARN)
        self._words = label(role="heading", tone=Tone.WARN, wrap=True)
        self._again, self._restore = button(role="link"), button(role="link")
        self._away = button("✕", role="icon")
        self._restore.clicked.connect(self.restore)
        self._again.clicked.connect(self._on_again_clicked)
        self._away.clicked.connect(self._on_away_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(4), theme.space(1), theme.space(4), theme.space(1))
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        for end in self.buttons():
            layout.addWidget(end)
        self._office: Office | None = None
        self._since = datetime.now().astimezone()
        self._left = self._is_free = self._asks = False
        self._told.connect(self._on_told)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.ask)
        self.hide()

    def show_for(self, office: Office) -> None:
        """Say what there is to say of an open register."""
        if office is not self._office:
            self._office, self._since = office, datetime.now().astimezone()
            self._left = self._is_free = False
        self._look()

    def ask(self) -> None:
        """Ask whether whoever writes has left, away from the window: a drive that is gone answers
        late."""
        office = self._office
        if office is None or self._asks:
            return
        self._asks = True

        def ask() -> None:
            is_free = False
            with suppress(OSError):
                is_free = maintenance.is_free(office)
            with suppress(RuntimeError):  # the window is gone meanwhile
                self._told.emit(office, is_free)

        threading.Thread(target=ask, name="place", daemon=True).start()

    def _on_told(self, office: Office, is_free: bool) -> None:
        self._asks = False
        if office is self._office:
            self._is_free = is_free
            self._look()

    def _look(self) -> None:
        office = self._office
        if office is None:
            return
        why = office.reading
        lines = [] if self._left else arrival_lines(office.arrival)
        if why is not None:
            lines.append(reading_text(_named(why), self._since, is_free=self._is_free))
        text = " ".join(lines)
        self._words.setText(text and f"▲ {text}")
        set_tip(self._words, text)
        set_name(self, text)
        is_moved = why is not None and why.code == MOVED
        is_snapshot = why is not None and why.code == SNAPSHOT
        self._again.setText(_("Open it there") if is_moved else _("Try again"))
        self._restore.setText(_("Restore a copy…"))
        self._restore.setVisible(bool(lines) and why is None and office.arrival.is_older)
        self._again.setVisible(why is not None and not is_snapshot)
        set_name(self._away, _("Close this line"))
        set_tip(self._away, _("Close this line"))
        self._away.setVisible(why is None)
        if why is not None and why.code == ELSEWHERE:
            self._timer.start()
        else:
            self._timer.stop()
        self.setVisible(bool(text))

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def buttons(self) -> tuple[QPushButton, ...]:
        """What it offers."""
        return self._again, self._restore, self._away

    def _on_again_clicked(self) -> None:
        office = self._office
        if office is None:
            return
        why = office.reading
        self.again.emit((None if why is None else _moved_to(why)) or office.place)

    def _on_away_clicked(self) -> None:
        self._left = True
        self._look()


def _moved_to(why: StorageError) -> Place | None:
    """Where a register was moved to that is only read for that."""
    if why.code == MOVED:
        with suppress(InvalidInput):
            return places.place_of(str(why.parameters["place"]))
    return None


def _named(why: StorageError) -> StorageError:
    """The same, with a server named as people call it."""
    place = _moved_to(why)
    return StorageError(MOVED, place=place.told) if isinstance(place, ServerAddress) else why
