# SPDX-License-Identifier: Apache-2.0
"""Asks a server again and again whether anybody has written, on a connection and in a thread of its
own: a line that is cut answers late, and nobody has to wait for it.

    Pulse(office, told)      `told(answer)` is called in that thread
        ask()                asks once, and once more where it is being asked already
        stop()               asks no more, and gives its connection back

The answer is a number that changes with what others have written, or the StorageError of a server
that does not answer. A register that is asleep gives no answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.history import acts

_ASLEEP = "asleep"
_PATIENCE = 0.5
"""Seconds."""


class Pulse:
    """The thread that asks."""

    def __init__(self, office: Office, told: Callable[[int | StorageError], None]) -> None:
        self._register, self._told = office.register, told
        self._asked, self._stopped = threading.Event(), threading.Event()
        self._used: Database | None = None
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)
        self._thread.start()

    def ask(self) -> None:
        """Ask once, soon."""
        self._asked.set()

    def stop(self) -> None:
        """Ask no more."""
        self._stopped.set()
        self._asked.set()
        self._thread.join(_PATIENCE)  # longer only where the line is cut

    def _run(self) -> None:
        while True:
            self._asked.wait()
            if self._stopped.is_set():
                break
            self._asked.clear()
            answer = self._answer()
            if answer is not None and not self._stopped.is_set():
                self._told(answer)
            if self._stopped.is_set():
                break
        self._let_go()

    def _answer(self) -> int | StorageError | None:
        try:
            db = self._register.db
            if db is not self._used:  # it was locked, and opened anew
                self._let_go()
                self._used = db
            return acts.data_version(self._register)
        except StorageError as error:
            self._let_go()  # the next question goes over a new line
            return None if error.code == _ASLEEP else error

    def _let_go(self) -> None:
        used, self._used = self._used, None
        if used is not None and not used.is_closed():
            used.close()
