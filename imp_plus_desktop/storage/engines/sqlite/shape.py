# SPDX-License-Identifier: Apache-2.0
"""What a register looks like inside: whether a file has our tables, and only ours.

The number that a file bears says nothing of what is in it. Must not change a register.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from peewee import Database
from sqlcipher3 import dbapi2 as driver

from imp_plus_desktop.storage.engines.database import MOVED, SEAL, SNAPSHOT
from imp_plus_desktop.storage.migrations.steps import LATEST, MIGRATIONS

_OBJECTS = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


_FACTS = {
    **{
        name: f"PRAGMA {name}"
        for name in ("user_version", "page_size", "page_count", "freelist_count", "journal_mode")
    },
    "sqlite": "SELECT sqlite_version()",
    "sqlcipher": "PRAGMA cipher_version",
}


def facts(db: Database) -> dict[str, str]:
    """What the engine tells of itself and of the file as a whole, by name."""
    rows = {name: db.execute_sql(sql).fetchone() for name, sql in _FACTS.items()}
    return {name: "" if row is None else str(row[0]) for name, row in rows.items()}


@contextmanager
def in_any_order(db: Database) -> Iterator[None]:
    """Let rows come before those that they hang on, outside a transaction; nobody looks."""
    db.execute_sql("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        db.execute_sql("PRAGMA foreign_keys = ON")


def fault(db: Database, passing: Collection[str] = ()) -> str | None:
    """The first table, index, trigger or view that is not as the migrations make it, or None.

    The register must be of today's version; `passing` are tables that it may have for a while.
    """
    known = {*passing, MOVED, SNAPSHOT, SEAL}
    found = _objects(row for row in db.execute_sql(_OBJECTS).fetchall() if row[1] not in known)
    wanted = _wanted()
    for key in sorted(found.keys() | wanted.keys()):
        if found.get(key) != wanted.get(key):
            return key
    return None


def lacks(connection: Any) -> bool:
    """Whether a file of today's version has one of our objects otherwise than it is made, on a
    connection of the driver's. Raises driver.DatabaseError where that cannot be read."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != LATEST:
        return False
    found = _objects(connection.execute(_OBJECTS).fetchall())
    return any(found.get(key) != sql for key, sql in _wanted().items())


def tables() -> tuple[str, ...]:
    """The tables that the migrations make, in the order of their names; what the engine itself
    makes for one of them is not among them."""
    kinds = (key.split() for key in sorted(_wanted()))
    names = [name for kind, name in kinds if kind == "table"]
    index = [name for name in names if "VIRTUAL" in _wanted()[f"table {name}"].split()[:2]]
    return tuple(n for n in names if not any(n.startswith(f"{one}_") for one in index))


def versions(db: Database) -> dict[str, str]:
    """The engine's versions, by what they are of."""
    cipher = db.execute_sql("PRAGMA cipher_version").fetchone()
    told = {"SQLite": str(driver.sqlite_version)}
    return told | ({"SQLCipher": str(cipher[0])} if cipher else {})


@cache
def tables_made(version: int = LATEST) -> Mapping[str, str]:
    """How each table of a register of a version, today's by itself, is made."""
    found = {tuple(key.split(" ", 1)): sql for key, sql in _wanted(version).items()}
    return {name: sql for (kind, name), sql in found.items() if kind == "table" and sql}


@cache
def columns_made() -> Mapping[str, frozenset[str]]:
    """The columns of each table of a register of today's version."""
    with _made() as connection:
        return {
            name: frozenset(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))
            for name in tables_made()
        }


@cache
def _wanted(version: int = LATEST) -> dict[str, str]:
    with _made(version) as connection:
        return _objects(connection.execute(_OBJECTS).fetchall())


@contextmanager
def _made(version: int = LATEST) -> Iterator[Any]:
    """A connection to an empty register of a version, in memory."""
    connection = driver.connect(":memory:", isolation_level=None)
    try:
        for step, statements in MIGRATIONS:
            for statement in statements if step <= version else ():
                connection.execute(statement)
        yield connection
    finally:
        connection.close()


_WITHOUT_IDS = " WITHOUT ROWID"
_EITHER = "table draft"
"""Some registers have it without ids: the step that makes it was written so for some days."""


def _objects(rows: Iterable[tuple[str, str, str | None]]) -> dict[str, str]:
    found = _told(rows)
    if _EITHER in found:
        found[_EITHER] = found[_EITHER].removesuffix(_WITHOUT_IDS)
    return found


def _told(rows: Iterable[tuple[str, str, str | None]]) -> dict[str, str]:
    return {f"{kind} {name}": " ".join((sql or "").split()) for kind, name, sql in rows}
