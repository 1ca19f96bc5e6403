# SPDX-License-Identifier: Apache-2.0
"""Wakes a thread that waits for a server's socket.

A pair of sockets of this process alone, which no other one can reach: Windows waits for sockets
together with nothing else.
"""

from __future__ import annotations

import selectors
import socket
from contextlib import suppress

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines import Notices


class Bell:
    """Wakes a thread that waits for a socket."""

    def __init__(self) -> None:
        self._hears, self._rings = socket.socketpair()
        self._hears.setblocking(False)
        self._rings.setblocking(False)

    def ring(self) -> None:
        """Wake it, now or when it waits next."""
        with suppress(OSError):  # it rings already, or nobody is there any more
            self._rings.send(b"!")

    def wait(self, seconds: float, notices: Notices | None = None) -> bool:
        """Wait so long, or for the bell, or until there is something to take; whether the bell
        rang. Errors: StorageError server_lost."""
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._hears, selectors.EVENT_READ)
            if notices is not None:
                try:
                    waiting.register(notices.fileno(), selectors.EVENT_READ)
                except (OSError, ValueError, KeyError):  # somebody has closed it
                    raise StorageError("server_lost") from None
            waiting.select(seconds)
        rang = False
        with suppress(BlockingIOError):
            while self._hears.recv(64):
                rang = True
        return rang

    def close(self) -> None:
        """Nobody waits any more."""
        self._hears.close()
        self._rings.close()
