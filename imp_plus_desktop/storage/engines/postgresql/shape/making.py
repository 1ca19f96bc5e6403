# SPDX-License-Identifier: Apache-2.0
"""Makes the shape of a register on a server, and tells whether one still has it.

make(db)                 everything, in the caller's transaction
fault(db) -> str | None  the first thing that is not as it was made
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator

from imp_plus_desktop.storage.engines.database import MOVED, Database
from imp_plus_desktop.storage.engines.postgresql.address import ShippedCap
from imp_plus_desktop.storage.engines.postgresql.rights import (
    closing,
    looking,
    telling,
    users,
    writing,
)
from imp_plus_desktop.storage.engines.postgresql.rights.naming import GUARD, SHOWN
from imp_plus_desktop.storage.engines.postgresql.shape import finding, in_front, references
from imp_plus_desktop.storage.engines.postgresql.shape.functions import FUNCTIONS, TRIGGERS
from imp_plus_desktop.storage.engines.postgresql.shape.indexes import EXPECTED, INDEXES, PACKED
from imp_plus_desktop.storage.engines.postgresql.shape.tables_of_people import PEOPLE
from imp_plus_desktop.storage.engines.postgresql.shape.tables_of_the_office import OFFICE
from imp_plus_desktop.storage.engines.postgresql.shape.versions import TODAYS
from imp_plus_desktop.storage.engines.postgresql.together import making as together
from imp_plus_desktop.storage.engines.postgresql.whole import making as whole
from imp_plus_desktop.storage.migrations.steps import APPLICATION_ID, LATEST

_OF_THE_SERVER = (
    # What a file has in its header, and how often anybody has written.
    """CREATE TABLE register_state (
        application BIGINT NOT NULL, version BIGINT NOT NULL,
        written BIGINT NOT NULL DEFAULT 0, shape TEXT, of_servers BIGINT NOT NULL DEFAULT 1)""",
    "CREATE TABLE id_counter (name TEXT PRIMARY KEY, seq BIGINT NOT NULL)",
)
_SEARCH = ("CREATE TABLE person_search (person_id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",)
_OWN_ID = re.compile(r"DEFAULT next_id\('(\w+)'\)")
COUNTED = frozenset(name for table in (*PEOPLE, *OFFICE) for name in _OWN_ID.findall(table))
"""Tables that count their ids."""
_TEXT = re.compile(r"\bTEXT\b(?!\[)")


def statements() -> Iterator[str]:
    """All that makes an empty register, in order."""
    tables = (*_without_references(PEOPLE), *_without_references(OFFICE), *_SEARCH)
    yield from map(in_own_letters, _OF_THE_SERVER)
    yield from FUNCTIONS
    yield from map(in_own_letters, tables)
    yield from _references()
    yield from (*INDEXES, *finding.INDEXES, finding.FOUND)
    yield from (*EXPECTED, *PACKED)
    yield from TRIGGERS
    yield from map(in_own_letters, (*writing.tables(), *closing.tables()))
    yield from users.statements()
    yield from writing.statements()
    yield from closing.statements()
    yield from telling.statements()
    yield from references.functions()
    yield from references.triggers()
    yield from looking.statements()
    yield from together.statements()
    yield from whole.statements()
    yield from in_front.statements()
    for name in sorted(COUNTED):
        yield (
            f"CREATE TRIGGER {name}_counts AFTER INSERT ON {name}"
            " REFERENCING NEW TABLE AS brought_in"
            " FOR EACH STATEMENT EXECUTE FUNCTION count_ids()"
        )


_REFERENCE = re.compile(
    r"(?P<column>\w+) BIGINT(?P<null> NOT NULL)?(?P<key> PRIMARY KEY)?"
    r" (?P<whole>REFERENCES \w+ \(\w+\)(?: ON DELETE CASCADE)?(?: DEFERRABLE INITIALLY DEFERRED)?)"
)


def _without_references(tables: Collection[str]) -> Iterator[str]:
    for table in tables:
        yield _REFERENCE.sub(r"\g<column> BIGINT\g<null>\g<key>", table)


def _references() -> Iterator[str]:
    """What hangs on what: said once every table is there."""
    for table in (*PEOPLE, *OFFICE):
        name = table.split()[2]
        for found in _REFERENCE.finditer(table):
            if not references.are_of_rows(name, found["column"]):
                continue
            yield (
                f"ALTER TABLE {name} ADD CONSTRAINT {name}_{found['column']}_fkey"
                f" FOREIGN KEY ({found['column']}) {found['whole']}"
            )


def make(db: Database, caps: Iterable[ShippedCap] = ()) -> None:
    """Make an empty register in the first schema of the path, in the caller's transaction."""
    for statement in statements():
        db.execute_sql(statement)
    db.insert_rows(f"{GUARD}.shipped_cap", ShippedCap._fields, caps)
    db.execute_sql(
        "INSERT INTO register_state (application, version) VALUES (?, ?)", (APPLICATION_ID, LATEST)
    )
    set_version(db)
    note(db)


def set_version(db: Database) -> None:
    """Say that the register has today's version."""
    db.execute_sql("UPDATE register_state SET version = ?, of_servers = ?", TODAYS)


def in_own_letters(statement: str) -> str:
    """A statement that makes a table or a column, whose texts are compared letter by letter, as a
    file's engine compares and orders, whatever the server's own way."""
    return _TEXT.sub('TEXT COLLATE "C"', statement)


def note(db: Database) -> None:
    """Note what the shape is like now: nothing else may change it."""
    db.execute_sql("UPDATE register_state SET shape = ?", (_digest(db),))


def fault(db: Database, passing: Collection[str] = ()) -> str | None:
    """Whether anything was added, taken away or altered since the register was made or upgraded;
    `passing` are tables that it may have for a while."""
    return None if _noted(db) == _digest(db, (*passing, MOVED)) else "shape"


def is_told_otherwise(db: Database) -> bool:
    """Whether the shape was noted by another PostgreSQL, which may say the same in other words."""
    return _noted(db).partition(" ")[0] != _server(db)


def _noted(db: Database) -> str:
    told = db.execute_sql("SELECT shape FROM register_state").fetchone()
    return "" if told is None else str(told[0])


def _server(db: Database) -> str:
    told = db.execute_sql("SELECT current_setting('server_version_num')").fetchone()[0]
    return str(int(told) // 10_000)


def _digest(db: Database, passing: Collection[str] = ()) -> str:
    told = [
        row
        for row in db.execute_sql(_OBJECTS).fetchall()
        if not any(f" {name}" in f" {row[0]}" for name in passing)
    ]
    return f"{_server(db)} {hashlib.sha256(repr(told).encode()).hexdigest()}"


_OBJECTS = f"""
WITH ours (oid) AS (SELECT oid FROM pg_namespace
    WHERE nspname IN ('imp_plus', '{GUARD}', '{SHOWN}'))
SELECT what, how FROM (
    SELECT 'column ' || c.relname || ' ' || a.attname AS what,
        format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' '
        || COALESCE(pg_get_expr(d.adbin, d.adrelid), '') AS how
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace IN (TABLE ours) AND c.relkind = 'r'
    UNION ALL SELECT 'relation ' || relname,
        CAST(relkind AS TEXT) || relrowsecurity || relforcerowsecurity || relhasrules
    FROM pg_class WHERE relnamespace IN (TABLE ours)
    UNION ALL SELECT 'view ' || relname, pg_get_viewdef(oid) FROM pg_class
    WHERE relnamespace IN (TABLE ours) AND relkind = 'v'
    UNION ALL SELECT 'constraint ' || conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace IN (TABLE ours)
    UNION ALL SELECT 'index ' || indexname, indexdef FROM pg_indexes
    WHERE schemaname IN (SELECT CAST(oid AS REGNAMESPACE)::TEXT FROM ours)
    UNION ALL SELECT 'trigger ' || tgname,
        pg_get_triggerdef(t.oid) || ' ' || CAST(tgenabled AS TEXT)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace IN (TABLE ours) AND NOT tgisinternal
    UNION ALL SELECT 'function ' || proname, pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace IN (TABLE ours)
) AS objects ORDER BY what COLLATE "C", how COLLATE "C"
"""
"""Everything in the schema by name, and how it is made, in the server's own words."""
