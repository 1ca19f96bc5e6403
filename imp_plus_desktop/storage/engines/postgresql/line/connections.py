# SPDX-License-Identifier: Apache-2.0
"""The connections of all threads of a desk: none outlives its thread, nor the register."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from threading import Lock
from typing import Any

import psycopg

_LONGEST = 2.0
"""Seconds that closing waits for what another thread is asking."""
_REMEMBERED = 64


class Connections:
    """Every connection that is open, of whichever thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: dict[int, Any] = {}
        self._latest: deque[int] = deque(maxlen=_REMEMBERED)

    def opened(self, connection: Any) -> Ticket:
        """Note a connection. It is closed when the ticket goes: its thread holds it."""
        with self._lock:
            self._open[id(connection)] = connection
            self._latest.append(connection.info.backend_pid)
        return Ticket(self, connection)

    def close(self, connection: Any) -> None:
        """Close one."""
        with self._lock:
            self._open.pop(id(connection), None)
        with suppress(psycopg.Error):
            connection.close()

    def close_all(self) -> None:
        """Close those of every thread, but for one that is asking something just now: that one
        goes with its thread."""
        with self._lock:
            left = list(self._open.values())
        for connection in left:
            if connection.lock.acquire(timeout=_LONGEST):
                try:
                    self.close(connection)
                finally:
                    connection.lock.release()

    def count(self) -> int:
        """How many are open."""
        with self._lock:
            return len(self._open)

    def processes(self) -> frozenset[int]:
        """The numbers under which a server knows the latest of them, closed ones too."""
        with self._lock:
            return frozenset(self._latest)


class Ticket:
    """Closes a connection when nobody holds this any more."""

    def __init__(self, connections: Connections, connection: Any) -> None:
        self._connections, self._connection = connections, connection

    def __del__(self) -> None:
        self._connections.close(self._connection)
