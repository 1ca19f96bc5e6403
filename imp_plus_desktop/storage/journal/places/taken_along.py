# SPDX-License-Identifier: Apache-2.0
"""Marks a snapshot of a register on a server, which somebody takes along: it is only read, for
ever, whoever opens it, under whatever name.

    mark(db, snapshot)             in the transaction that makes it
    found(db) -> Snapshot | None
    why_reading(db)                StorageError snapshot(at, place), None of any other register

The mark is a table of its own, and the file itself takes no act: a program that does not know the
mark writes none either. Every copy of the file has both.
"""

from __future__ import annotations

from datetime import UTC, datetime

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines import SEALING, SNAPSHOT, Database


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Of which moment it is, an aware instant, and of which register, as people call it."""

    at: datetime
    place: str


def mark(db: Database, snapshot: Snapshot) -> None:
    """Mark what is made as a snapshot, in the caller's transaction."""
    db.execute_sql(f"CREATE TABLE {SNAPSHOT} (at TEXT NOT NULL, place TEXT NOT NULL)")
    at = snapshot.at.astimezone(UTC).isoformat(timespec="seconds")
    db.execute_sql(f"INSERT INTO {SNAPSHOT} (at, place) VALUES (?, ?)", (at, snapshot.place))
    db.execute_sql(SEALING)


def is_marked(db: Database) -> bool:
    """Whether a register is a snapshot, or a copy of one."""
    return db.table_exists(SNAPSHOT)


def found(db: Database) -> Snapshot | None:
    """What a snapshot is of, None where a register is none."""
    if not is_marked(db):
        return None
    row = db.execute_sql(f"SELECT at, place FROM {SNAPSHOT}").fetchone()
    if row is None:
        return Snapshot(datetime.fromtimestamp(0, UTC), "—")
    try:
        at = datetime.fromisoformat(str(row[0])).astimezone(UTC)
    except ValueError:
        at = datetime.fromtimestamp(0, UTC)
    return Snapshot(at, str(row[1]))


def why_reading(db: Database) -> StorageError | None:
    """Why a snapshot is only read, None where a register is none: snapshot(at, place)."""
    snapshot = found(db)
    if snapshot is None:
        return None
    return StorageError("snapshot", at=snapshot.at, place=snapshot.place)
