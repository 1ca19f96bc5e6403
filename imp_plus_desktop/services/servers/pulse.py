# SPDX-License-Identifier: Apache-2.0
"""Listens to a server for what other desks do, and gives it a sign of this one, on a connection and
in a thread of its own: a line that is cut answers late, and nobody has to wait for it.

    Pulse(office, told)      `told(answer)` is called in that thread
        stand_at(person)     which file is open here, None for none; the journal has that too
        ask()                answers once, soon; tries a lost line again
        stop()               listens no more, says that nobody is there, gives its connection back

The answer is `Heard`, or the StorageError of a server that does not answer, or of a register whose
format is another one by now, after which nothing more is heard. A silent line is found out by the
signs, since these are answered. A register that is asleep gives no answer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.desks import Around
from imp_plus_desktop.domain.values.errors import NotAllowed, StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.outward.looking import Looks
from imp_plus_desktop.services.servers.bell import Bell
from imp_plus_desktop.storage.engines import Notices
from imp_plus_desktop.storage.engines.desks import SIGN

_ASLEEP = "asleep"
CHANGED = "format_changed"
_PATIENCE = 0.5
"""Seconds that stopping waits: longer only where the line is cut."""
_AGAIN = 1.0
"""Seconds after which a lost line is tried again, one that sleeps is looked at, and what was not
recorded is told once more."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came since the last answer. `has_news`: somebody has written, or may have: over a new
    line nobody knows what happened before."""

    around: Around
    has_news: bool


class Pulse:
    """The thread that listens."""

    def __init__(self, office: Office, told: Callable[[Heard | StorageError], None]) -> None:
        self._office, self._register, self._told = office, office.register, told
        self._bell = Bell()
        self._is_stopped = False
        self._person: int | None = None
        self._looks = Looks(office)
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)
        self._thread.start()

    def stand_at(self, person: int | None) -> None:
        """Say which file is open here."""
        if person != self._person:
            self._person = person
            self._looks.opened(person)
            self._bell.ring()

    def ask(self) -> None:
        """Answer once, soon."""
        self._bell.ring()

    def stop(self) -> None:
        """Listen no more."""
        self._is_stopped = True
        self._bell.ring()
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        try:
            while not self._is_stopped:
                error = self._listen()
                if error is None or self._is_stopped:
                    continue
                if error.code != _ASLEEP:
                    self._told(error)
                if error.code == CHANGED:
                    return
                self._bell.wait(_AGAIN)
        finally:
            self._bell.close()

    def _listen(self) -> StorageError | None:
        """Listen over one line, as long as it holds. What ended it, None where it was to end."""
        notices = None
        try:
            notices = self._register.watch()
            if notices is not None:
                self._follow(notices)
        except StorageError as error:
            if error.code == CHANGED:
                self._let_nothing_more_be_read()
            return error
        except NotAllowed:  # whoever works here was taken out of the register
            return StorageError("server_refused")
        finally:
            if notices is not None:
                notices.close()
        return None

    def _follow(self, notices: Notices) -> None:
        is_new, asked = True, True
        signed, around = 0.0, self._office.company
        while not self._is_stopped:
            if self._register.is_asleep:
                raise StorageError(_ASLEEP)
            found = notices.take()
            if asked or any(one.act == 0 for one in found) or time.monotonic() - signed >= SIGN:
                around, signed = notices.sign(self._person), time.monotonic()
                self._office.heard[:] = [around]
                found += notices.take()  # what came meanwhile does not show at the socket
            self._told(Heard(around, is_new or any(one.act for one in found)))
            is_new = False
            patience = SIGN if self._looks.are_recorded(notices) else _AGAIN
            until = min(signed + SIGN, time.monotonic() + patience)
            asked = self._bell.wait(max(0.0, until - time.monotonic()), notices)

    def _let_nothing_more_be_read(self) -> None:
        """Have the register notice it too: what it would read may have another shape."""
        with suppress(StorageError):
            desks = self._register.db.desks
            if desks is not None:
                desks.check()
        self._register.release()
