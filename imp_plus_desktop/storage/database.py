# SPDX-License-Identifier: Apache-2.0
"""Opens a register: driver, pragmas, version, and the translation of the driver's errors.

One SQLite library a process: only this module opens a register, always through sqlcipher3.
It knows nothing of what the tables mean.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as driver

from imp_plus_desktop.domain.errors import StorageError
from imp_plus_desktop.storage.migrations import APPLICATION_ID, LATEST, MIGRATIONS

BUSY_TIMEOUT_MS = 15_000
"""SQLite's busy handler is unfair: waits of 4 s were seen with 8 writers."""

_SYNC_FOLDERS = ("onedrive", "dropbox", "google drive", "googledrive", "icloud drive", "nextcloud")

_MESSAGES: tuple[tuple[str, str], ...] = (
    ("database is locked", "locked"),
    ("file is not a database", "wrong_key_or_damaged"),
    ("malformed", "damaged"),
    ("disk is full", "full"),
    ("readonly database", "read_only"),
    ("unable to open", "cannot_open"),
    ("disk i/o error", "damaged"),
)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's environment errors into `StorageError`; bugs pass through unchanged."""
    try:
        yield
    except (peewee.DatabaseError, driver.DatabaseError) as error:
        if isinstance(error, (peewee.IntegrityError, driver.IntegrityError)):
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


def connect(path: Path, *, create: bool = True, passphrase: str = "") -> SqlCipherDatabase:
    """Open the register at `path`, bring it to today's version, and return the open database.

    Errors: StorageError unsafe_place, not_found, newer(found, known), not_a_register, locked,
    damaged, wrong_key, read_only, full, cannot_open.
    """
    _check_place(path, create)
    database = _database(path, passphrase)
    try:
        with translated():
            database.connect()
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
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise StorageError("cannot_open") from None


def connect_existing(path: Path, passphrase: str = "") -> SqlCipherDatabase:
    """Open a copy as it is, to read it: nothing is created, nothing is migrated."""
    database = _database(path, passphrase, journal="delete")
    try:
        with translated():
            database.connect()
            version = _pragma(database, "user_version")
            if version > LATEST:
                raise StorageError("newer", found=version, known=LATEST)
            _check_application(database)
    except StorageError as error:
        database.close()
        if error.code == "wrong_key_or_damaged":
            raise StorageError(_why_unreadable(path, passphrase)) from None
        raise
    return database


def _database(path: Path, passphrase: str, journal: str = "wal") -> SqlCipherDatabase:
    pragmas: list[tuple[str, Any]] = [
        ("cipher_log_level", "NONE"),
        ("busy_timeout", BUSY_TIMEOUT_MS),
        ("foreign_keys", 1),
        ("journal_mode", journal),
        ("synchronous", "full"),
        ("cache_size", -64_000),
    ]
    return SqlCipherDatabase(
        os.fspath(path), pragmas=pragmas, passphrase=passphrase, autoconnect=False
    )


def _why_unreadable(path: Path, passphrase: str) -> str:
    # SQLCipher says the same for a wrong key, a missing one and a damaged first page: a plain
    # register begins with SQLite's own header, an encrypted one with noise.
    with path.open("rb") as file:
        plain = file.read(16) == b"SQLite format 3\x00"
    if plain:
        return "damaged"
    return "wrong_key" if passphrase else "passphrase_needed"


def _pragma(database: SqlCipherDatabase, name: str) -> int:
    return int(database.execute_sql(f"PRAGMA {name}").fetchone()[0])


def migrate(database: SqlCipherDatabase) -> None:
    """Run the steps that the register still lacks, in one transaction.

    Errors: StorageError newer, not_a_register.
    """
    version = _pragma(database, "user_version")
    if version > LATEST:
        raise StorageError("newer", found=version, known=LATEST)
    if version == LATEST:
        _check_application(database)
        return
    with database.atomic("IMMEDIATE"):
        # Another process may have made the register while this one waited for the lock.
        version = _pragma(database, "user_version")
        if version:
            _check_application(database)
        elif database.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise StorageError("not_a_register")
        for step, statements in MIGRATIONS:
            if step > version:
                for statement in statements:
                    database.execute_sql(statement)
                database.execute_sql(f"PRAGMA user_version = {step}")
        database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _check_application(database: SqlCipherDatabase) -> None:
    if _pragma(database, "application_id") != APPLICATION_ID:
        raise StorageError("not_a_register")
