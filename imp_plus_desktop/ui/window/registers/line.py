# SPDX-License-Identifier: Apache-2.0
"""Whether the server of a register still answers, and what its other desks do.

Line(office, parent=None)
    has_news() -> bool     whether others have written since this was asked last
    stand_at(person)       which file is open here
    try_again(), stop()
    is_lost
signals: news()                  others have written
         around_changed()        others came, went, or opened something else
         claims_changed(Touched) what reads otherwise, since somebody took it on or let it go
         lost(StorageError)      the server does not answer any more, or the format is another one
         back()                  it answers again
"""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, Qt, Signal

from imp_plus_desktop.domain.reads.desks import touched_by
from imp_plus_desktop.domain.reads.touched import NOTHING
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers.pulse import CHANGED, Heard, Pulse


class Line(QObject):
    """The window's side of the thread that listens."""

    news = Signal()
    around_changed = Signal()
    claims_changed = Signal(object)
    lost = Signal(object)
    back = Signal()
    _told = Signal(object)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._around = office.company
        self._has_news = False
        self._why = ""
        self.is_outdated = False
        self._was_asleep = False
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._pulse = Pulse(office, self._tell)

    @property
    def is_lost(self) -> bool:
        """Whether the server is not to be asked: it does not answer, or it is an older one."""
        return bool(self._why)

    def has_news(self) -> bool:
        """Whether others have written since this was asked last, as far as it was heard."""
        if self._office.register.is_asleep != self._was_asleep:
            self._was_asleep = not self._was_asleep
            self._pulse.ask()  # nobody listens while the window is locked
        news, self._has_news = self._has_news, False
        return news and not self.is_lost

    def stand_at(self, person: int | None) -> None:
        """Say which file is open here."""
        self._pulse.stand_at(person)

    def try_again(self) -> None:
        """Ask at once, over a new line."""
        self._office.release()
        self._pulse.ask()

    def fail(self, error: StorageError) -> None:
        """Something else has found that the server does not answer, or what it says."""
        self._on_told(error)
        self._pulse.ask()

    def stop(self) -> None:
        """Listen no more."""
        self._pulse.stop()

    def _tell(self, answer: Heard | StorageError) -> None:
        with suppress(RuntimeError):  # the window is gone meanwhile
            self._told.emit(answer)

    def _on_told(self, answer: Heard | StorageError) -> None:
        if self.is_outdated:
            return
        if isinstance(answer, StorageError):
            self.is_outdated = answer.code == CHANGED
            if answer.code != self._why:
                self._why = answer.code
                self.lost.emit(answer)
            return
        self._has_news |= answer.has_news
        if self.is_lost:
            self._why, self._has_news = "", True
            self._office.release()  # the window's own connection went with the line
            self.back.emit()
        self._hear(answer)
        if self._has_news:
            self.news.emit()

    def _hear(self, answer: Heard) -> None:
        before, self._around = self._around, answer.around
        if before.people != answer.around.people:
            self.around_changed.emit()
        touched = touched_by(before.claims, answer.around.claims)
        if touched != NOTHING:
            self.claims_changed.emit(touched)
