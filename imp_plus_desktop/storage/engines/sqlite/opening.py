# SPDX-License-Identifier: Apache-2.0
"""Opens a register: its place, its key, its version, and why one cannot be opened."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer

import peewee

from imp_plus_desktop import private
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import Kind, kind_of, trouble
from imp_plus_desktop.storage.engines.database import translated
from imp_plus_desktop.storage.engines.sqlite.access.unreadable import why_unreadable
from imp_plus_desktop.storage.engines.sqlite.connection import (
    BUSY_TIMEOUT_MS,
    RegisterDatabase,
    unopened,
)
from imp_plus_desktop.storage.engines.sqlite.failures import (
    DRIVER_ERRORS,
    WRONG_KEY_OR_DAMAGED,
)
from imp_plus_desktop.storage.engines.sqlite.migrating import (
    check,
    check_columns,
    is_empty,
    is_older,
    migrate,
)
from imp_plus_desktop.storage.files import copies, neighbours, network_drives, synced_folders

_PATIENCE = 60.0
"""Seconds for what takes some milliseconds where nobody has the file to himself."""
_PAUSE = 0.005
"""Seconds between two attempts to set the journal's mode."""


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another of the same name; None where there is none, or nothing in it.

    Where an open file cannot be replaced (Windows) all that are there are the same.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    if not found.st_size:
        return None
    return (0, 0) if os.name == "nt" else (found.st_dev, found.st_ino)


def _was_replaced(path: Path, before: tuple[int, int] | None) -> bool:
    """Whether a file was written anew, under another key, while its opening waited for the lock.

    One that is empty now is the same: whoever made it was killed in that, and the half that was
    written has just been taken back.
    """
    found = identity(path)
    return before is not None and found != before and not (found is None and path.exists())


def opens(path: Path, passphrase: str) -> bool:
    """Whether a file is a register that a passphrase (empty for none) opens."""
    try:
        connect_existing(path, passphrase).close()
    except StorageError:
        return False
    return True


def connect(
    path: Path,
    *,
    create: bool = True,
    passphrase: str = "",
    before_steps: Callable[[RegisterDatabase], object] | None = None,
) -> RegisterDatabase:
    """Open the register at `path`, bring it to today's version, and return the open database.

    `before_steps` is called before an older register is changed. Errors: StorageError
    unsafe_place, not_found, register_missing, register_empty, not_a_file, newer(found, known),
    not_a_register, false_version, locked, damaged, damaged_start, wrong_key, wrong_key_today(day),
    recovery_key_mistyped(group), plain, read_only, full, no_answer, cannot_open.
    """
    neighbours.put_back(path)
    _check_place(path, create)
    neighbours.tidy(path)
    before = identity(path)
    database = unopened(path, passphrase)
    try:
        with translated(database), _soon(database):
            check(database)
            if _was_replaced(path, before):
                raise StorageError("locked")
            _set_journal(database, path)
            if before_steps is not None and is_older(database):
                before_steps(database)
            migrate(database)
            check_columns(database)
    except StorageError as error:
        database.close()
        if error.code == WRONG_KEY_OR_DAMAGED:
            raise why_unreadable(path, passphrase) from None
        raise
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def _soon(database: RegisterDatabase) -> Iterator[None]:
    """Connect, and look at what a file says of itself for so long at most: pages that lead back to
    each other would be read for ever. Errors: StorageError damaged."""
    database.connect()
    stop = Timer(_PATIENCE, database.connection().interrupt)
    stop.start()
    try:
        yield
    except DRIVER_ERRORS as error:
        if "interrupt" not in str(error):
            raise
        raise StorageError("damaged") from None
    finally:
        stop.cancel()


def _set_journal(database: peewee.Database, path: Path) -> None:
    """Set the journal's mode: on another computer's drive no log, which rests on memory that is
    shared. Whoever opens a new register at the same moment is waited for: for this one change
    SQLite gives up at once, whatever the busy timeout. Errors: StorageError locked.
    """
    mode = "delete" if network_drives.is_remote(path) else "wal"
    given_up = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            database.execute_sql(f"PRAGMA journal_mode = {mode}")
        except StorageError as error:
            if error.code != "locked" or time.monotonic() > given_up:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _check_place(path: Path, create: bool) -> None:
    if synced_folders.is_synced(path):
        raise StorageError("unsafe_place")
    there = _is_file(path)
    full = there and bool(path.stat().st_size)
    if not full and copies.paths_of(path):
        # Never an empty register beside copies of a full one.
        raise StorageError("register_empty" if there else "register_missing")
    if there:
        if not full and not create:
            raise StorageError("not_a_register")
        return
    if not create:
        raise StorageError("not_found")
    try:
        private.make_folder(path.parent)
        # SQLite gives its own files beside a register the mode of the register.
        with suppress(FileExistsError):  # another process makes it too
            private.create(path)
    except OSError as error:
        raise StorageError(trouble(error, "cannot_open")) from None


def _is_file(path: Path) -> bool:
    """Whether a file is there, and nothing else. Errors: StorageError not_a_file, cannot_open."""
    kind = kind_of(path)
    if kind in (Kind.FOLDER, Kind.SPECIAL):
        raise StorageError("not_a_file")
    if kind is Kind.HIDDEN:
        raise StorageError("cannot_open")
    return kind is Kind.FILE


def connect_existing(path: Path, passphrase: str = "", *, writes: bool = False) -> RegisterDatabase:
    """Open a copy as it is, to read it: nothing is created, migrated or otherwise touched.

    Errors: as `connect`.
    """
    if not _is_file(path):
        raise StorageError("not_found")
    database = unopened(path, passphrase, read_only=not writes)
    try:
        with translated(database), _soon(database):
            if is_empty(database):
                raise StorageError("not_a_register")
            check(database)
    except StorageError as error:
        database.close()
        if error.code == WRONG_KEY_OR_DAMAGED:
            raise why_unreadable(path, passphrase) from None
        raise
    return database
