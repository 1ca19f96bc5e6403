# SPDX-License-Identifier: Apache-2.0
"""Which version of the format a register on a server has, and what a server alone has besides.

    read(db) -> Version | None    None where there is no register of ours
    must_not_be_newer(version)    StorageError newer
    must_be_todays(version)       StorageError newer, older_on_server

A register in a file and one on a server share the first number. What only a server has (who may see
what, what desks tell each other) is counted beside it, so that files need no step for it.
"""

from __future__ import annotations

from typing import NamedTuple

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines.database import Database
from imp_plus_desktop.storage.engines.postgresql.shape.server_steps import SERVER_STEPS
from imp_plus_desktop.storage.migrations.steps import APPLICATION_ID, LATEST


class Version(NamedTuple):
    """What a register is, in the order in which one is later than another."""

    shared: int
    of_servers: int

    def __str__(self) -> str:
        return f"{self.shared}.{self.of_servers}"


TODAYS = Version(LATEST, SERVER_STEPS[-1].number if SERVER_STEPS else 1)

# The first registers on servers counted nothing beside the shared number.
_ASKED = """SELECT application, version,
    COALESCE(CAST(to_jsonb(register_state) ->> 'of_servers' AS BIGINT), 1) FROM register_state"""


def read(db: Database) -> Version | None:
    """The version of a register, or None where another program made what is there."""
    row = db.execute_sql(_ASKED).fetchone()
    return None if row is None or row[0] != APPLICATION_ID else Version(int(row[1]), int(row[2]))


def must_not_be_newer(version: Version) -> None:
    """Errors: StorageError newer(found, known)."""
    if version > TODAYS:
        raise StorageError("newer", found=str(version), known=str(TODAYS))


def must_be_todays(version: Version) -> None:
    """Errors: StorageError newer(found, known), older_on_server(found, known)."""
    must_not_be_newer(version)
    if version < TODAYS:
        raise StorageError("older_on_server", found=str(version), known=str(TODAYS))
