# SPDX-License-Identifier: Apache-2.0
"""The connections of all threads of a desk: none outlives its thread, nor the register."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from threading import Lock
from typing import Any
from weakref import WeakSet

import psycopg

_LONGEST = 2.0
"""Seconds that closing waits for what another thread is asking."""
_REMEMBERED = 64


class Connection(psycopg.Connection[Any]):
    """A connection that is closed when nobody holds it any more: only its thread does."""

    def __del__(self, *_warn: Any) -> None:
        with suppress(psycopg.Error, AttributeError):  # it may never have been made
            self.close()


class Connections:
    """Every connection that is open, of whichever thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: WeakSet[Connection] = WeakSet()
        self._latest: deque[int] = deque(maxlen=_REMEMBERED)

    def opened(self, connection: Connection) -> None:
        """Note a connection."""
        with self._lock:
            self._open.add(connection)
            self._latest.append(connection.info.backend_pid)

    def close(self, connection: Connection) -> None:
        """Close one."""
        with self._lock:
            self._open.discard(connection)
        with suppress(psycopg.Error):
            connection.close()

    def close_all(self) -> None:
        """Close those of every thread, but for one that is asking something just now: that one
        goes with its thread."""
        with self._lock:
            left = list(self._open)
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
