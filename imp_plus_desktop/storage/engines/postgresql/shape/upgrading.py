# SPDX-License-Identifier: Apache-2.0
"""Brings a register on a server to today's version, by one desk while all others wait.

A step of the shape from version 29 on has its statements here as well as in `storage/migrations`;
a server has none of the earlier ones. What a server alone has is in `server_steps`.
"""

from __future__ import annotations

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines.database import Database
from imp_plus_desktop.storage.engines.postgresql.rights import roles
from imp_plus_desktop.storage.engines.postgresql.shape import making, versions
from imp_plus_desktop.storage.engines.postgresql.shape.server_steps import SERVER_STEPS
from imp_plus_desktop.storage.engines.postgresql.shape.versions import TODAYS, Version
from imp_plus_desktop.storage.engines.postgresql.together.making import CHANNEL, FORMAT

FIRST = 28
"""The version that the first registers on servers had."""
STEPS: tuple[tuple[int, tuple[str, ...]], ...] = ()
"""Version → the statements that lead to it, in order; released ones are never edited."""


def upgrade(db: Database) -> None:
    """Run the steps that a register still lacks, in one transaction.

    Its shape is noted anew then, and where a newer PostgreSQL says it in other words; what somebody
    else has altered stays a fault. Errors: StorageError newer(found, known),
    server_without_register.
    """
    db.format = ""  # it is to change here
    with db.writing():
        found = versions.read(db)
        if found is None:
            raise StorageError("server_without_register")
        versions.must_not_be_newer(found)
        if found < TODAYS:
            with roles.as_owner(db):
                _run_steps(db, found)
            db.execute_sql("SELECT pg_notify(?, ?)", (CHANNEL, FORMAT))
        if found < TODAYS or making.is_told_otherwise(db):
            making.note(db)


def _run_steps(db: Database, found: Version) -> None:
    # No step is held up by a view, and whatever it adds to a table its view has too.
    roles.take_from_front(db)
    for version, statements in STEPS:
        for statement in statements if version > found.shared else ():
            db.execute_sql(making.in_own_letters(statement))
    for step in SERVER_STEPS:
        if step.number > found.of_servers:
            step.work(db)
    roles.show_anew(db)
    making.set_version(db)
