# SPDX-License-Identifier: Apache-2.0
"""Writes the whole content of a register to a new file, under another key or under none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines.database import Database
from imp_plus_desktop.storage.engines.sqlite.access.names import read_only_name
from imp_plus_desktop.storage.engines.sqlite.connection import RegisterDatabase, of_a_file
from imp_plus_desktop.storage.engines.sqlite.failures import code_of, told_alone


def write_anew(source: Path, source_key: str, target: Path, key: str) -> None:
    """Write the whole content of `source` to a new file under another key; the source is only read.

    Errors: StorageError damaged, full, read_only, …
    """
    pragmas = [("synchronous", "full"), ("temp_store", "memory")]
    made = RegisterDatabase(
        os.fspath(target), pragmas=pragmas, passphrase=key, autoconnect=False, uri=True
    )
    made.path, made.passphrase = target, key
    with told_alone():
        made.connect()
        try:
            made.execute_sql(
                "ATTACH DATABASE ? AS source KEY ?", (read_only_name(source), source_key)
            )
            made.execute_sql("SELECT sqlcipher_export('main', 'source')").fetchall()
            for name in ("user_version", "application_id"):
                value = int(made.execute_sql(f"PRAGMA source.{name}").fetchone()[0])
                made.execute_sql(f"PRAGMA main.{name} = {value}")
            made.execute_sql("DETACH DATABASE source")
        finally:
            made.close()


@contextmanager
def _held(db: RegisterDatabase) -> Iterator[None]:
    """While it lasts no other connection can look whether the file is damaged as a page seemed to
    be: this one looks."""
    db.is_alone = True
    try:
        yield
    except StorageError as error:
        if error.code != "damaged":
            raise
        raise StorageError(_seen(db)) from None
    finally:
        db.is_alone = False


def _seen(db: RegisterDatabase) -> str:
    try:
        found = driver.Cursor(db.connection()).execute("PRAGMA main.quick_check(1)").fetchone()
    except driver.DatabaseError as error:
        return "no_answer" if code_of(error) == "no_answer" else "damaged"
    return "misread" if found[0] == "ok" else "damaged"


def export_alone(db: Database, part: Path, passphrase: str) -> None:
    """Export the whole content; the lock on the old file stays until it is closed.

    Errors: StorageError locked, full, only_of_a_file.
    """
    db = of_a_file(db)
    with told_alone():
        db.execute_sql("PRAGMA locking_mode = EXCLUSIVE")
        # Takes the file for itself, and drops the pages that others have written anew since this
        # connection read them. Leaving WAL alone would keep them: a commit in the log does not
        # change what SQLite compares in the file, and what was in them last would be lost.
        db.execute_sql("BEGIN IMMEDIATE")
        db.execute_sql("COMMIT")
        # Leaving WAL needs the file to oneself, and empties the write-ahead log into it.
        if db.execute_sql("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise StorageError("locked")
        db.execute_sql("BEGIN EXCLUSIVE")
        if db.execute_sql("PRAGMA journal_mode").fetchone()[0] != "delete":
            raise StorageError("locked")
    with told_alone(), _held(db):
        db.execute_sql("ATTACH DATABASE ? AS anew KEY ?", (os.fspath(part), passphrase))
        # Half a new file is thrown away whole. With a log of its own SQLite would write, for both
        # together, a third file beside the register, which a kill leaves there.
        db.execute_sql("PRAGMA anew.journal_mode = OFF").fetchall()
        db.execute_sql("SELECT sqlcipher_export('anew')").fetchall()
        for name in ("user_version", "application_id"):
            value = int(db.execute_sql(f"PRAGMA main.{name}").fetchone()[0])
            db.execute_sql(f"PRAGMA anew.{name} = {value}")
        db.execute_sql("COMMIT")
        db.execute_sql("DETACH DATABASE anew")
