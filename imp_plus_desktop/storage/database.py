# SPDX-License-Identifier: Apache-2.0
"""Opens a register: driver, pragmas, version, and the translation of the driver's errors.

One SQLite library a process: only this module opens a register, always through sqlcipher3.
It knows nothing of what the tables mean.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import peewee
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as driver

from imp_plus_desktop import private
from imp_plus_desktop.domain.errors import StorageError
from imp_plus_desktop.storage import neighbours
from imp_plus_desktop.storage.migrations import APPLICATION_ID, LATEST, MIGRATIONS

BUSY_TIMEOUT_MS = 15_000
"""SQLite's busy handler is unfair: waits of 4 s were seen with 8 writers."""

_SYNC_FOLDERS = ("onedrive", "dropbox", "google drive", "googledrive", "icloud drive", "nextcloud")

_PAGES_IN_LOG = 1_000
"""SQLite's own choice."""
_PAGE = 4096
_LOOKED_AT = 16 * _PAGE
_TEXT = bytes(range(32, 127)) + b"\t\r\n"

_PAUSE = 0.005
"""Seconds between two attempts to set the journal's mode."""

_MESSAGES: tuple[tuple[str, str], ...] = (
    ("database is locked", "locked"),
    ("file is not a database", "wrong_key_or_damaged"),
    ("malformed", "damaged"),
    ("disk is full", "full"),
    ("readonly database", "read_only"),
    ("unable to open", "cannot_open"),
    ("disk i/o error", "damaged"),
)


CONSTRAINT_ERRORS = (peewee.IntegrityError, driver.IntegrityError)
"""What the tables refuse. The driver's own comes from its bulk writes."""


class RegisterDatabase(SqlCipherDatabase):  # type: ignore[misc]  # it carries no types
    """The driver's database whose every statement fails with `StorageError` where it can."""

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        with translated():
            return super().execute_sql(sql, params)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's environment errors into `StorageError`; bugs pass through unchanged."""
    try:
        yield
    except (peewee.DatabaseError, driver.DatabaseError) as error:
        if isinstance(error, CONSTRAINT_ERRORS):
            raise
        text = str(error).lower()
        for fragment, code in _MESSAGES:
            if fragment in text:
                raise StorageError(code) from None
        raise


def is_synced_folder(path: Path) -> bool:
    """Whether a cloud service would copy the register under our feet, and so tear it."""
    parts = [part.lower() for part in path.parent.parts]
    return any(part.startswith(_SYNC_FOLDERS) for part in parts)


def connect(path: Path, *, create: bool = True, passphrase: str = "") -> RegisterDatabase:
    """Open the register at `path`, bring it to today's version, and return the open database.

    Errors: StorageError unsafe_place, not_found, newer(found, known), not_a_register, locked,
    damaged, wrong_key, read_only, full, cannot_open.
    """
    _check_place(path, create)
    neighbours.tidy(path)
    database = _database(path, passphrase)
    try:
        with translated():
            database.connect()
            _check(database)
            _write_ahead(database)
            migrate(database)
    except StorageError as error:
        database.close()
        if error.code == "wrong_key_or_damaged":
            raise StorageError(_why_unreadable(path, passphrase)) from None
        raise
    except BaseException:
        database.close()
        raise
    return database


def _write_ahead(database: peewee.Database) -> None:
    """Set the journal's mode. Whoever opens a new register at the same moment is waited for: for
    this one change SQLite gives up at once, whatever the busy timeout. Errors: StorageError locked.
    """
    given_up = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            database.execute_sql("PRAGMA journal_mode = wal")
        except StorageError as error:
            if error.code != "locked" or time.monotonic() > given_up:
                raise
            time.sleep(_PAUSE)
        else:
            return


def leave_in_log(database: peewee.Database) -> None:
    """Let the next commit end when the log has it all, safe on the disk: the pages go to their
    places with the commit after it, or when the register is closed."""
    database.execute_sql("PRAGMA wal_autocheckpoint = 0")


def follow_log(database: peewee.Database) -> None:
    """Take the log's pages to their places again as soon as there are many."""
    database.execute_sql(f"PRAGMA wal_autocheckpoint = {_PAGES_IN_LOG}")


def _check_place(path: Path, create: bool) -> None:
    if is_synced_folder(path):
        raise StorageError("unsafe_place")
    if path.is_dir():
        raise StorageError("cannot_open")
    if path.exists():
        return
    if not create:
        raise StorageError("not_found")
    try:
        private.make_folder(path.parent)
        # SQLite gives its own files beside a register the mode of the register.
        with suppress(FileExistsError):  # another process makes it too
            private.create(path)
    except OSError:
        raise StorageError("cannot_open") from None


def connect_existing(path: Path, passphrase: str = "", *, writes: bool = False) -> RegisterDatabase:
    """Open a copy as it is, to read it: nothing is created, migrated or otherwise touched.

    Errors: StorageError not_found, not_a_register, newer, damaged, wrong_key, passphrase_needed.
    """
    if not path.is_file():
        raise StorageError("not_found")
    database = _database(path, passphrase, read_only=not writes)
    try:
        with translated():
            database.connect()
            if _is_empty(database):
                raise StorageError("not_a_register")
            _check(database)
    except StorageError as error:
        database.close()
        if error.code == "wrong_key_or_damaged":
            raise StorageError(_why_unreadable(path, passphrase)) from None
        raise
    return database


def _database(path: Path, passphrase: str, *, read_only: bool = False) -> RegisterDatabase:
    # The journal's mode stands in the file: it is set once the file is known to be a register.
    pragmas: list[tuple[str, Any]] = [
        ("cipher_log_level", "NONE"),
        ("busy_timeout", BUSY_TIMEOUT_MS),
        ("foreign_keys", 1),
        ("synchronous", "full"),
        ("cache_size", -64_000),
        ("temp_store", "memory"),  # never a part of the register beside its encryption
    ]
    name = _read_only_name(path) if read_only else os.fspath(path)
    return RegisterDatabase(
        name, pragmas=pragmas, passphrase=passphrase, autoconnect=False, uri=read_only
    )


def _read_only_name(path: Path) -> str:
    """The file as SQLite opens it without making it, a log or a lock beside it.

    A file with a log or a journal beside it is in use or was left in the middle of a write: it
    is read with them, which needs locks.
    """
    whole = path.resolve().as_posix()
    beside = (path.with_name(path.name + ending) for ending in ("-wal", "-journal"))
    alone = "" if any(file.exists() for file in beside) else "&immutable=1"
    return f"file://{'' if whole.startswith('/') else '/'}{quote(whole)}?mode=ro{alone}"


def _why_unreadable(path: Path, passphrase: str) -> str:
    # SQLCipher says the same for a wrong key, a missing one, a damaged first page and a file of
    # another kind. An encrypted register is whole pages of noise; a plain one is full of zeros.
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    if start.startswith(b"SQLite format 3\x00"):
        return "damaged"
    if path.stat().st_size % _PAGE or not start.strip(_TEXT):
        return "not_a_register"
    if start.count(0) * 32 > len(start):
        return "damaged"
    return "wrong_key" if passphrase else "passphrase_needed"


def _pragma(database: peewee.Database, name: str) -> int:
    return int(database.execute_sql(f"PRAGMA {name}").fetchone()[0])


def _is_empty(database: peewee.Database) -> bool:
    tables = database.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return not tables and not _pragma(database, "user_version")


def _check(database: peewee.Database) -> None:
    """Refuse what is not a register of ours, before anything is written to it."""
    if _is_empty(database):
        return
    if _pragma(database, "application_id") != APPLICATION_ID:
        raise StorageError("not_a_register")
    version = _pragma(database, "user_version")
    if version > LATEST:
        raise StorageError("newer", found=version, known=LATEST)


def migrate(database: peewee.Database) -> None:
    """Run the steps that the register still lacks, in one transaction.

    Errors: StorageError newer, not_a_register.
    """
    _check(database)
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
        version = _pragma(database, "user_version")
        for step, statements in MIGRATIONS:
            if step > version:
                for statement in statements:
                    database.execute_sql(statement)
                database.execute_sql(f"PRAGMA user_version = {step}")
        database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
