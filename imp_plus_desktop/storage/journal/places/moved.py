# SPDX-License-Identifier: Apache-2.0
"""Marks a register that was taken whole to another place: from then on it is only read.

The mark is a table of its own that nothing else knows; what is carried to the new place has none.
"""

from __future__ import annotations

from collections.abc import Callable

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines import MOVED, Database


def mark(db: Database, place: str) -> None:
    """Mark a register as moved, in the caller's transaction."""
    db.execute_sql(f"CREATE TABLE {MOVED} (place TEXT NOT NULL)")
    db.execute_sql(f"INSERT INTO {MOVED} (place) VALUES (?)", (place,))


def will_refuse(db: Database) -> Callable[[], None]:
    """Ask, in the transaction that writes, whether it was moved while it was open here, and return
    what refuses then. Errors of that: StorageError moved(place)."""
    was_moved = db.will_tell_table(MOVED)

    def refuse() -> None:
        why = why_reading(db) if was_moved() else None
        if why is not None:
            raise why

    return refuse


def why_reading(db: Database) -> StorageError | None:
    """Why a register that was moved is only read, None where it was not: moved(place)."""
    if not db.table_exists(MOVED):
        return None
    row = db.execute_sql(f"SELECT place FROM {MOVED}").fetchone()
    return StorageError("moved", place="—" if row is None else str(row[0]))
