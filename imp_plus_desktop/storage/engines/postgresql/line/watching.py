# SPDX-License-Identifier: Apache-2.0
"""Listens for what the desks of a server tell each other, on a connection of its own: what comes
while another question is under way would not be noticed there."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import psycopg

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines import notices
from imp_plus_desktop.storage.engines.notices import Notice
from imp_plus_desktop.storage.engines.postgresql.line.connections import Connections

CHANNEL = "imp_plus"


class Watching:
    """What one desk hears; see `Notices`."""

    def __init__(
        self, connection: Any, connections: Connections, own: Callable[[], Collection[int]]
    ) -> None:
        self._connection, self._connections, self._own = connection, connections, own
        connections.opened(connection)
        try:
            connection.execute(f"LISTEN {CHANNEL}")
        except psycopg.Error:
            self.close()
            raise StorageError("server_lost") from None

    def fileno(self) -> int:
        """The socket that can be read when there is something to take."""
        try:
            return int(self._connection.fileno())
        except psycopg.Error:
            raise StorageError("server_lost") from None

    def take(self) -> list[Notice]:
        """What came since. Errors: StorageError server_lost."""
        try:
            told = list(self._connection.notifies(timeout=0))
        except psycopg.Error:
            self.close()
            raise StorageError("server_lost") from None
        own = self._own()
        return [notices.read(one.payload, is_own=one.pid in own) for one in told]

    def close(self) -> None:
        """Listen no more."""
        self._connections.close(self._connection)
