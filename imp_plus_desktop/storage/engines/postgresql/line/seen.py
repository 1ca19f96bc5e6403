# SPDX-License-Identifier: Apache-2.0
"""What a desk has seen of its server, so that it never goes on with an older one.

An old primary that comes back after its standby took its place lets itself be written to like any
other. It has an earlier timeline, or lacks acts that this desk has read or written.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock
from typing import Any, NamedTuple

import psycopg

from imp_plus_desktop.domain.values.errors import StorageError


class Origin(NamedTuple):
    """Who answers on a connection. `system` is the same for a primary and its standbys, `timeline`
    grows when one of them takes the other's place; `process` and `begun` tell a connection's own
    process from any other; `waits`: what is committed waits for a standby."""

    system: str
    timeline: int
    process: int
    begun: str
    waits: bool


NOBODY = Origin("", 0, 0, "", False)
_ASKED = """
SELECT CAST((SELECT system_identifier FROM pg_control_system()) AS TEXT),
    CASE WHEN pg_is_in_recovery() THEN '0'
        ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END,
    pg_backend_pid(),
    (SELECT CAST(backend_start AS TEXT) FROM pg_stat_activity WHERE pid = pg_backend_pid()),
    current_setting('synchronous_standby_names')
"""


def origin_of(connection: Any) -> Origin:
    """Who answers on a connection; without system and timeline where a server tells them to
    nobody."""
    try:
        told = connection.execute(_ASKED).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return NOBODY
    system, timeline, process, begun, standbys = told
    return Origin(str(system), int(timeline, 16), int(process), str(begun), bool(standbys))


_SAME = timedelta(seconds=1)


class Seen:
    """The latest that any thread of this desk has seen."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._system, self._timeline = "", 0
        self.act, self.seal = 0, b""
        """The last act that was read or written, and its hash."""
        self.ahead = timedelta()
        """How far the server's clock is ahead of this desk's."""

    def note_clock(self, before: datetime, server: datetime, after: datetime) -> None:
        """Note the server's time, asked between two looks at this desk's. What differs by less than
        the way there and back, and a second, is no difference."""
        ahead = server - before - (after - before) / 2
        if abs(ahead - self.ahead) > _SAME + (after - before) / 2:
            self.ahead = ahead

    @property
    def origin(self) -> tuple[str, int]:
        """The server's system, and the latest timeline of it."""
        return self._system, self._timeline

    def expect(self, system: str, timeline: int) -> None:
        """What was seen when the register was open before."""
        self._system, self._timeline = system, timeline

    def note(self, act: int | None, seal: bytes | None) -> None:
        """Note the last act of the journal as it was read, or one that was kept."""
        if act is None or seal is None:
            return
        with self._lock:
            if act >= self.act:
                self.act, self.seal = act, bytes(seal)

    def meet(self, connection: Any) -> Origin:
        """Compare a new connection's server with what was seen. Errors: StorageError
        server_older."""
        found = origin_of(connection)
        with self._lock:
            if found.system == self._system and found.timeline < self._timeline:
                raise StorageError("server_older")
            act, seal = self.act, self.seal
        if act and _seal_of(connection, act) != seal:
            raise StorageError("server_older")
        with self._lock:
            self._system, self._timeline = found.system, found.timeline
        return found


def _seal_of(connection: Any, act: int) -> bytes:
    row = connection.execute("SELECT hash FROM act WHERE id = %s", (act,)).fetchone()
    return b"" if row is None else bytes(row[0])
