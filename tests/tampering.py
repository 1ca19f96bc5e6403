# SPDX-License-Identifier: Apache-2.0
"""Looks at a register, and changes it, behind the program's back: wherever it lies.

unreferenced(db)              references keep nothing any more
unguarded(db)                 neither triggers nor references keep what stands there any more
all_of(register)              all that it keeps, to be compared
held(register)                another one writes to it, and it gives up soon
wait_briefly(db)              it gives up soon where another one writes
tables_of(db)                 the names of the program's own tables
columns_of(db, table)         each column, and whether it may be empty
references_of(db, table)      which column hangs on which table
codes_of(db, table, column)   the codes that a column takes
plan_of(db, sql, parameters)  how the engine would find what a statement asks, in its own words;
                              `reads_whole` is what such a line says of a table without an index
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import contents

GUARDS = ("ledger_keeps", "ledger_stays", "mifi_keeps", "mifi_stays")
_OF_THE_SERVER = ("register_state", "id_counter", "summaries_made")


def is_on_a_server(db: Database) -> bool:
    """Whether a register lies on a server."""
    return hasattr(db, "address")


def unreferenced(db: Database) -> None:
    """Let statements of this connection leave what hangs on nothing."""
    if is_on_a_server(db):
        db.execute_sql("SET session_replication_role = replica")
    else:
        db.execute_sql("PRAGMA foreign_keys = 0")


def unguarded(db: Database) -> None:
    """Let statements of this connection change what the register itself keeps."""
    unreferenced(db)
    for trigger in () if is_on_a_server(db) else GUARDS:
        db.execute_sql(f"DROP TRIGGER IF EXISTS {trigger}")


def all_of(register: Register) -> object:
    """All that a register keeps: its file with its log, or a hash of each of its tables."""
    if register.server is not None:
        return contents.digests(register)
    log = register.path.with_name(f"{register.path.name}-wal")
    return register.path.read_bytes(), log.read_bytes() if log.exists() else b""


@contextmanager
def held(register: Register) -> Iterator[None]:
    """Another program writes to a register, which waits briefly, and does not come to an end."""
    wait_briefly(register.db)
    other = Register(register.path)
    with other.db.writing():
        other.db.execute_sql("SELECT 1").fetchone()  # on a server the lock goes with a question
        yield
    other.close()


def wait_briefly(db: Database) -> None:
    """Let this connection give up soon where another one writes."""
    here = "SET lock_timeout = '50ms'" if is_on_a_server(db) else "PRAGMA busy_timeout = 50"
    db.execute_sql(here)


def tables_of(db: Database) -> list[str]:
    """The program's own tables, without those of the search and of the engine."""
    if is_on_a_server(db):
        asked = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    else:
        asked = "SELECT name FROM sqlite_master WHERE type = 'table'"
    names = [row[0] for row in db.execute_sql(asked).fetchall()]
    others = ("sqlite_", "person_search", *_OF_THE_SERVER)
    return sorted(name for name in names if not name.startswith(others))


def columns_of(db: Database, table: str) -> dict[str, bool]:
    """The columns of a table, and whether each may be empty."""
    if is_on_a_server(db):
        asked = (
            "SELECT attname, NOT attnotnull FROM pg_attribute"
            " WHERE attrelid = CAST(? AS REGCLASS) AND attnum > 0 AND NOT attisdropped"
        )
        return {name: bool(empty) for name, empty in db.execute_sql(asked, (table,)).fetchall()}
    told = db.execute_sql(f"PRAGMA table_info({table})").fetchall()
    return {name: not needed and not key for _id, name, _kind, needed, _default, key in told}


def references_of(db: Database, table: str) -> set[tuple[str, str]]:
    """The columns of a table that hang on another one, each with that one's name."""
    if is_on_a_server(db):
        asked = (
            "SELECT a.attname, CAST(c.confrelid AS REGCLASS) FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)"
            " WHERE c.contype = 'f' AND c.conrelid = CAST(? AS REGCLASS)"
        )
        kept = {(str(row[0]), str(row[1])) for row in db.execute_sql(asked, (table,)).fetchall()}
        return kept | _looked_at(db, table)
    told = db.execute_sql(f"PRAGMA foreign_key_list({table})").fetchall()
    return {(row[3], row[2]) for row in told}


def _looked_at(db: Database, table: str) -> set[tuple[str, str]]:
    """What the triggers of a table keep instead of constraints."""
    asked = (
        "SELECT p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE t.tgrelid = CAST(? AS REGCLASS) AND t.tgtype & 4 <> 0"
        " AND (p.proname LIKE 'rests\\_on\\_%' OR p.proname = 'note_of_act')"
    )
    names = [str(row[0]) for row in db.execute_sql(asked, (table,)).fetchall()]
    parents = ["act" if name == "note_of_act" else name[len("rests_on_") :] for name in names]
    return {(f"{parent}_id", parent) for parent in parents}


def codes_of(db: Database, table: str, column: str) -> set[str]:
    """The codes that a column takes, as the table itself says."""
    if is_on_a_server(db):
        asked = (
            "SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]"
            " WHERE c.contype = 'c' AND c.conrelid = CAST(? AS REGCLASS) AND a.attname = ?"
        )
        told = " ".join(row[0] for row in db.execute_sql(asked, (table, column)).fetchall())
        return set(re.findall(r"'([^']*)'", told))
    made = "SELECT sql FROM sqlite_master WHERE name = ?"
    (sql,) = db.execute_sql(made, (table,)).fetchone()
    checked = re.search(rf"{column} IS NULL OR {column} IN \(([^)]*)\)", sql)
    return set(re.findall(r"'([^']*)'", checked[1])) if checked else set()


def plan_of(db: Database, sql: str, parameters: Any = None) -> list[str]:
    """The lines of a plan."""
    if is_on_a_server(db):
        # Few rows it would read from end to end, and bring into order itself.
        for dear in ("seqscan", "sort"):
            db.execute_sql(f"SET enable_{dear} = off")
        told = db.execute_sql(f"EXPLAIN {sql}", parameters).fetchall()
        for dear in ("seqscan", "sort"):
            db.execute_sql(f"RESET enable_{dear}")
        return [row[0] for row in told]
    return [row[3] for row in db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall()]


def reads_whole(line: str) -> bool:
    """Whether a line of a plan says that a table is read from end to end; what is looked for is in
    none."""
    return (line.startswith("SCAN") and "SCAN json_each" not in line) or "Seq Scan" in line
