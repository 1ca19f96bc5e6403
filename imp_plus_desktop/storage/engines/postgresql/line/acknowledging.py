# SPDX-License-Identifier: Apache-2.0
"""What becomes of an act whose acknowledgement never came: it is looked for by its own hash.

The hash is made of a salt of the act's own, and known before it is kept. Whoever looks holds the
writers' lock, so that nothing of the lost connection can be kept any more after the look; and what
is found is acknowledged by a commit of the look itself, which waits for a standby as the act's own
would have. The server's `pg_xact_status` is not asked: after a standby took over it tells of other
transactions.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any, NamedTuple

import psycopg

from imp_plus_desktop.domain.values.errors import NOT_THERE, StorageError
from imp_plus_desktop.storage.engines.postgresql.line.seen import Origin

LONGEST = 20.0
"""Seconds in which a server must be there again: a standby that takes over needs some."""
PATIENCE = 30.0
"""Seconds in which a standby must have taken what is committed."""
_BETWEEN = 0.2
_NOT_ON_STANDBY = "01000"
"""A commit that was cancelled while it waited for its standby: it answers success."""
_AGAIN = NOT_THERE | {"locked", "server_limit"}
"""What may pass while a server is started again or a standby takes over."""


class Key(NamedTuple):
    """An act by its own: its id and its hash."""

    act: int
    seal: bytes

    @property
    def sought(self) -> str:
        """The question for it, with both as its values."""
        return "SELECT id, hash FROM act WHERE id = %s AND hash = %s"


class Salted(NamedTuple):
    """An act whose id only the server knows: by the last one before it was judged, and its own
    salt, which was drawn for it."""

    after: int
    salt: bytes

    @property
    def sought(self) -> str:
        """The question for it, with both as its values."""
        return "SELECT id, hash FROM act WHERE id > %s AND salt = %s"


@contextmanager
def asking_for_standby(connection: Any, *, waits: bool) -> Iterator[list[str]]:
    """What a server warns of meanwhile, by SQLSTATE. It is waited for its standby as long as is
    bearable: without one a commit would wait for ever, and no timeout of the server ends it."""
    told: list[str] = []

    def note(diagnostic: Any) -> None:
        told.append(str(diagnostic.sqlstate))

    if not waits:
        yield told
        return
    timer = Timer(PATIENCE, _cancel, (connection,))
    timer.daemon = True
    connection.add_notice_handler(note)
    timer.start()
    try:
        yield told
    finally:
        timer.cancel()
        connection.remove_notice_handler(note)


def _cancel(connection: Any) -> None:
    try:
        connection.cancel_safe(timeout=5.0)
    except psycopg.Error:
        return  # the line is gone, which whoever waits is told


def is_on_standby(warned: list[str]) -> bool:
    """Whether a commit that answered is as safe as the server promises."""
    return _NOT_ON_STANDBY not in warned


def sought(look: Callable[[], Key | None]) -> Key | None:
    """Look until somebody answers whether an act is there, None where it is not. Errors:
    StorageError server_unsure where nobody answers."""
    end = time.monotonic() + LONGEST
    while True:
        try:
            return look()
        except StorageError as error:
            if error.code not in _AGAIN:
                raise
            if time.monotonic() > end:
                raise StorageError("server_unsure") from None
        time.sleep(_BETWEEN)


def kept(
    connection: Any, origin: Origin, before: Origin, key: Key | Salted, lock: int
) -> Key | None:
    """An act that is there, for good. Errors: the driver's own; StorageError server_unsure."""
    # What hangs on the lost line waits for words that never come, and holds the lock.
    connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE pid = %s AND CAST(backend_start AS TEXT) = %s AND pid <> pg_backend_pid()",
        (before.process, before.begun),
    )
    with asking_for_standby(connection, waits=origin.waits) as warned, connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (lock,))
        row = connection.execute(key.sought, tuple(key)).fetchone()
        if row is not None:
            # Something must be written for a commit to wait for anybody.
            connection.execute("SELECT pg_logical_emit_message(true, 'imp_plus', 'kept')")
    if row is None:
        return None
    if not is_on_standby(warned):
        raise StorageError("server_unsure")
    return Key(int(row[0]), bytes(row[1]))
