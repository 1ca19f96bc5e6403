# SPDX-License-Identifier: Apache-2.0
"""Whether the server of a register still answers, and whether others have written there.

Line(office, parent=None)
    has_news() -> bool     whether others have written since it was asked last
    try_again(), stop()
    is_lost
signals: lost(StorageError)      the server does not answer any more, each time it says so anew
         back()                  it answers again
"""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, Qt, Signal

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers.pulse import Pulse


class Line(QObject):
    """The window's side of the thread that asks."""

    lost = Signal(object)
    back = Signal()
    _told = Signal(object)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._version: int | None = None
        self._has_news = False
        self.is_lost = False
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._pulse = Pulse(office, self._tell)
        self._pulse.ask()

    def has_news(self) -> bool:
        """Whether others have written since this was asked last, as far as the server has said
        by now; it is asked again."""
        self._pulse.ask()
        news, self._has_news = self._has_news, False
        return news and not self.is_lost

    def try_again(self) -> None:
        """Ask at once, over a new line."""
        self._office.release()
        self._pulse.ask()

    def fail(self, error: StorageError) -> None:
        """Something else has found that the server does not answer."""
        self._on_told(error)

    def stop(self) -> None:
        """Ask no more."""
        self._pulse.stop()

    def _tell(self, answer: int | StorageError) -> None:
        with suppress(RuntimeError):  # the window is gone meanwhile
            self._told.emit(answer)

    def _on_told(self, answer: int | StorageError) -> None:
        if isinstance(answer, StorageError):
            if not self.is_lost:
                self.is_lost = True
                self.lost.emit(answer)
            return
        self._has_news |= self._version is not None and answer != self._version
        self._version = answer
        if self.is_lost:
            self.is_lost, self._has_news = False, True
            self._office.release()  # the window's own connection went with the line
            self.back.emit()
