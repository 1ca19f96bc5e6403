# SPDX-License-Identifier: Apache-2.0
"""A connection to read for long: to a standby that has all that its primary had.

    caught_up(primary, password) -> ServerDatabase | None

A standby is asked only where the address names several hosts. It must be of the same system, hold
the last act of the primary under the same hash, and have seen as many writes; it is waited for a
moment. Where it is lost, so is the reading: what is asked again is asked of the primary.
"""

from __future__ import annotations

import time
from contextlib import suppress

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines.postgresql.connection import ServerDatabase, unopened

_ATTEMPTS, _BETWEEN, _TIMEOUT = 10, 0.1, 4
"""A standby keeps what was committed at once, and shows it some moments later."""
_LOOKED = (
    "SELECT CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END, s.written,"
    " (SELECT hash FROM act WHERE id = ?) FROM register_state s"
)


def caught_up(primary: ServerDatabase, password: str = "") -> ServerDatabase | None:
    """A standby of an open register that may be read in its place, None where there is none."""
    if len(primary.address.hosts) < 2:
        return None
    written, act, seal = primary.how_far()
    if act is None or seal is None:
        return None
    for _attempt in range(_ATTEMPTS):
        settings = {"target_session_attrs": "prefer-standby", "connect_timeout": _TIMEOUT}
        database = unopened(primary.address, password, **settings)
        with suppress(StorageError):
            database.connect()
            if _is_behind_none(database, primary, written, act, seal):
                # At each later connection nothing that lacks the act will do.
                database.seen.note(act, seal)
                return database
            if not _is_standby(database):
                database.close_everywhere()
                return None
        database.close_everywhere()
        time.sleep(_BETWEEN)
    return None


def _is_behind_none(
    database: ServerDatabase, primary: ServerDatabase, written: int, act: int, seal: bytes
) -> bool:
    is_standby, has_written, found = database.execute_sql(_LOOKED, (act,)).fetchone()
    is_same = database.whence[0] == primary.whence[0]
    holds = found is not None and bytes(found) == bytes(seal)
    return bool(is_standby) and is_same and holds and int(has_written) >= written


def _is_standby(database: ServerDatabase) -> bool:
    asked = "SELECT CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END"
    return bool(database.execute_sql(asked).fetchone()[0])
