# SPDX-License-Identifier: Apache-2.0
"""Brings a register on a server to today's version, by one desk while all others wait.

A step of the shape from version 29 on has its statements here as well as in `storage/migrations`;
a server has none of the earlier ones.
"""

from __future__ import annotations

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines.database import Database
from imp_plus_desktop.storage.engines.postgresql.shape import making
from imp_plus_desktop.storage.migrations.steps import LATEST

FIRST = 28
"""The version that the first registers on servers had."""
STEPS: tuple[tuple[int, tuple[str, ...]], ...] = ()
"""Version → the statements that lead to it, in order; released ones are never edited."""


def upgrade(db: Database) -> None:
    """Run the steps that a register still lacks, in one transaction.

    Its shape is noted anew then, and where a newer PostgreSQL says it in other words; what somebody
    else has altered stays a fault. Errors: StorageError newer(found, known).
    """
    with db.writing():
        found = int(db.execute_sql("SELECT version FROM register_state").fetchone()[0])
        if found > LATEST:
            raise StorageError("newer", found=found, known=LATEST)
        for version, statements in STEPS:
            for statement in statements if version > found else ():
                db.execute_sql(making.in_own_letters(statement))
        if found < LATEST or making.is_told_otherwise(db):
            db.execute_sql("UPDATE register_state SET version = ?", (LATEST,))
            making.note(db)
