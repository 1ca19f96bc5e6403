# SPDX-License-Identifier: Apache-2.0
"""Puts the content of one register in the place of another's, at once for everybody."""

from __future__ import annotations

import time
from collections.abc import Callable

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines.database import Database
from imp_plus_desktop.storage.engines.sqlite.connection import of_a_file
from imp_plus_desktop.storage.engines.sqlite.failures import told_alone

_STEP = 1_000
"""Pages between two looks at whether anybody waits."""
_BUSY, _LOCKED = 5, 6
_WAIT = 15.0


def swap(target: Database, made: Database, look: Callable[[], None]) -> None:
    """Replace the content of `target` by that of `made`, whole or not at all.

    `look` is called once nobody else can write any more; what it raises stops all of it. Errors:
    StorageError locked, full, only_of_a_file.
    """
    target, made = of_a_file(target), of_a_file(made)
    given_up = time.monotonic() + _WAIT
    pages = int(made.execute_sql("PRAGMA page_count").fetchone()[0])
    held = False

    def step(status: int, _left: int, _total: int) -> None:
        nonlocal held
        if status in (_BUSY, _LOCKED):
            if time.monotonic() > given_up:
                raise StorageError("locked")
        elif not held:
            # From the first page on nobody else can write.
            held = True
            look()

    with told_alone():
        made.connection().backup(
            target.connection(), pages=max(1, min(_STEP, pages // 2)), progress=step
        )
        # The file alone is what was put there, as far as nobody reads what was there before.
        target.execute_sql("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
