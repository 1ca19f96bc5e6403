# SPDX-License-Identifier: Apache-2.0
"""Who has opened whose file, on a server, where everybody has a name of their own (PRV-02): each is
an act of the journal. In a file of this computer everybody may give themselves any name.

    note(office, person)     a file that is told at once, by a command
    Looks(office)            the files that a window opens, one after the other
        opened(person)       from the window's thread; None for none
        are_recorded(notices) -> bool    records them in the thread that listens

A file that stays open, or comes back soon, is recorded once an hour. A register that is only read
as it was (moved, or a snapshot) has no such act.
"""

from __future__ import annotations

import time
from collections import deque

from imp_plus_desktop.domain.reads.outward import OutKind
from imp_plus_desktop.domain.values.roles import must_allow
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.engines import Notices

_ONCE_IN = 3600.0
"""Seconds in which a desk records the same file once."""


def note(office: Office, person: int) -> None:
    """Record that a file was opened, before it is told. Errors: StorageError locked, server_lost;
    NotAllowed not_allowed."""
    desks = office.register.db.desks
    if desks is not None and office.reading is None:
        must_allow(office.role, OutKind.LOOK)
        desks.looked_at(person, waits=True)


class Looks:
    """What is still to be recorded, and what was of late. What a line does not take now it takes
    when it answers again."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._waiting: deque[int] = deque()
        self._last: dict[int, float] = {}

    def opened(self, person: int | None) -> None:
        """Somebody's file stands on the page."""
        now = time.monotonic()
        if person is None or now - self._last.get(person, -_ONCE_IN) < _ONCE_IN:
            return
        self._last[person] = now
        self._waiting.append(person)

    def are_recorded(self, notices: Notices) -> bool:
        """Record them; whether nothing is left: somebody may be writing just now. Errors: as
        `Notices.take`."""
        if self._office.reading is not None:
            self._waiting.clear()
        while self._waiting:
            if not notices.looked_at(self._waiting[0]):
                return False
            self._waiting.popleft()
        return True
