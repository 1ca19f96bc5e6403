# SPDX-License-Identifier: Apache-2.0
"""Brings a register to today's version, and refuses what is no register of ours."""

from __future__ import annotations

from collections.abc import Sequence

import peewee

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines.sqlite.access import foreign
from imp_plus_desktop.storage.engines.sqlite.failures import DRIVER_ERRORS
from imp_plus_desktop.storage.migrations.steps import APPLICATION_ID, LATEST, MIGRATIONS
from imp_plus_desktop.storage.tables.schema import COLUMNS

_AS_MADE = """
SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY rowid
"""
"""How each part of a register is made, in their order; a virtual table makes its own tables."""
_in_one_go: dict[int, tuple[str, ...]] = {}
"""What makes a new register of a version, once this process has made one step by step. The steps
alter tables a hundred times, and put no row into a new register."""


def _pragma(database: peewee.Database, name: str) -> int:
    return int(database.execute_sql(f"PRAGMA {name}").fetchone()[0])


def is_empty(database: peewee.Database) -> bool:
    tables = database.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return not tables and not _pragma(database, "user_version")


def check(database: peewee.Database) -> None:
    """Refuse what is not a register of ours, before anything is written to it."""
    if is_empty(database):
        return
    if _pragma(database, "application_id") != APPLICATION_ID:
        raise StorageError("not_a_register")
    version = _pragma(database, "user_version")
    if version > LATEST:
        raise StorageError("newer", found=version, known=LATEST)
    if foreign.acts_by_itself(database):
        raise StorageError("acts_by_itself")


def is_older(database: peewee.Database) -> bool:
    return not is_empty(database) and _pragma(database, "user_version") < LATEST


def migrate(database: peewee.Database) -> None:
    """Run the steps that the register still lacks, in one transaction.

    Errors: StorageError newer, not_a_register.
    """
    check(database)
    if _pragma(database, "user_version") == LATEST:
        return
    # A step may make a table anew, and what hangs on its rows must not go with the old one.
    database.execute_sql("PRAGMA foreign_keys = OFF")
    try:
        _run_steps(database)
    finally:
        database.execute_sql("PRAGMA foreign_keys = ON")


def _run_steps(database: peewee.Database) -> None:
    with database.atomic("IMMEDIATE"):
        # Another process may have made the register while this one waited for the lock.
        if is_empty(database):
            _make(database)
        else:
            _upgrade(database, _pragma(database, "user_version"))
        database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _make(database: peewee.Database) -> None:
    """Make a new register, as the first of this process was made."""
    known = _in_one_go.get(LATEST)
    if known is not None:
        _run_step(database, known)
        database.execute_sql(f"PRAGMA user_version = {LATEST}")
        return
    _upgrade(database, 0)
    _in_one_go[LATEST] = tuple(sql for (sql,) in database.execute_sql(_AS_MADE).fetchall())


def _upgrade(database: peewee.Database, version: int) -> None:
    for step, statements in MIGRATIONS:
        if step > version:
            _run_step(database, statements)
            database.execute_sql(f"PRAGMA user_version = {step}")
    # Keys are not followed meanwhile: what hung on lines that a step took out goes here.
    for table in ("agenda_line", "waiting_line"):
        database.execute_sql(
            f"DELETE FROM {table} WHERE person_id NOT IN (SELECT person_id FROM standing)"
        )


def _run_step(database: peewee.Database, statements: Sequence[str]) -> None:
    try:
        for statement in statements:
            database.execute_sql(statement)
    except DRIVER_ERRORS:
        # The tables are not those of the version that the file says it has.
        raise StorageError("false_version") from None


def check_columns(database: peewee.Database) -> None:
    """Refuse a register that says it is of today's version and is not. Errors: false_version."""
    found = database.execute_sql(
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table'"
    )
    known = set(found.fetchall())
    if any((entity, name) not in known for entity, names in COLUMNS.items() for name in names):
        raise StorageError("false_version")
