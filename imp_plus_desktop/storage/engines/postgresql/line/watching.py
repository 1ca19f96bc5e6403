# SPDX-License-Identifier: Apache-2.0
"""Listens for what the desks of a server tell each other, on a connection of its own: what comes
while another question is under way would not be noticed there. By this connection a desk is there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import Any

import psycopg

from imp_plus_desktop.domain.reads.desks import Around
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines import notices
from imp_plus_desktop.storage.engines.notices import OF_A_DESK, Notice
from imp_plus_desktop.storage.engines.postgresql import failures
from imp_plus_desktop.storage.engines.postgresql.line.acknowledging import asking_for_standby
from imp_plus_desktop.storage.engines.postgresql.line.connections import Connections
from imp_plus_desktop.storage.engines.postgresql.line.driving import LET_IN, in_server_words
from imp_plus_desktop.storage.engines.postgresql.together import making
from imp_plus_desktop.storage.engines.postgresql.together.asking import ServerDesks

CHANNEL = "imp_plus"


class Watching:
    """What one desk hears; see `Notices`."""

    def __init__(
        self,
        connection: Any,
        connections: Connections,
        own: Callable[[], Collection[int]],
        version: str,
    ) -> None:
        self._connection, self._connections, self._own = connection, connections, own
        self._is_seen = False
        self._desks = ServerDesks(self._rows, version)
        connections.opened(connection)
        try:
            for channel in (CHANNEL, making.CHANNEL):
                connection.execute(f"LISTEN {channel}")
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
        return [
            notices.read(one.payload, is_own=one.pid in own)
            if one.channel == CHANNEL
            else OF_A_DESK
            for one in told
        ]

    def sign(self, person: int | None) -> Around:
        """Say that one is there; who else is."""
        with failures.of_who_is_let_in(self._is_let_in):
            self._desks.sign(person)
            self._is_seen = True
            return self._desks.around()

    def looked_at(self, person: int) -> bool:
        """Record that a file was opened; not while somebody writes."""
        with (
            failures.of_who_is_let_in(self._is_let_in),
            asking_for_standby(self._connection, waits=True),
        ):
            return self._desks.looked_at(person, waits=False)

    def _is_let_in(self) -> bool:
        return bool(self._connection.execute(LET_IN).fetchone()[0])

    def _rows(self, sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        rows: Sequence[Sequence[Any]] = self._connection.execute(
            in_server_words(sql), values
        ).fetchall()
        return rows

    def close(self) -> None:
        """Listen no more, and say so where a sign was given."""
        if self._is_seen:
            with suppress(psycopg.Error):  # the line may be lost
                self._desks.leave()
        self._connections.close(self._connection)
