# SPDX-License-Identifier: Apache-2.0
"""Opens a register: driver, pragmas, version, and the translation of the driver's errors.

One SQLite library a process: only this module opens a register, always through sqlcipher3.
It knows nothing of what the tables mean.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import peewee
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as driver

from imp_plus_desktop import private
from imp_plus_desktop.domain.values.errors import InvalidInput, StorageError
from imp_plus_desktop.plain_files import Kind, kind_of, read_plain, trouble
from imp_plus_desktop.storage import copies, neighbours, synced_folders
from imp_plus_desktop.storage.failures import (
    CONSTRAINT_ERRORS,
    DRIVER_ERRORS,
    WRONG_KEY_OR_DAMAGED,
    code_of,
    looked_into,
)
from imp_plus_desktop.storage.migrations import APPLICATION_ID, LATEST, MIGRATIONS
from imp_plus_desktop.storage.schema import COLUMNS

BUSY_TIMEOUT_MS = 15_000
"""SQLite's busy handler is unfair: waits of 4 s were seen with 8 writers."""

_PAGES_IN_LOG = 1_000
"""SQLite's own choice."""
_PAGE = 4096
_LOOKED_AT = 16 * _PAGE
_TEXT = bytes(range(32, 127)) + b"\t\r\n"

_PAUSE = 0.005
"""Seconds between two attempts to set the journal's mode."""

_TOLERANT = partial(str, encoding="utf-8", errors="replace")
"""Reads a text that is no UTF-8 all the same, with a sign in place of what cannot be read."""


class RegisterCursor(driver.Cursor):  # type: ignore[misc]  # it carries no types
    """The driver's cursor whose every step fails with `StorageError` where it can.

    Damage may show at any row, and so may a text that another program has left half written: that
    one is read again, with a sign in place of what cannot be read.
    """

    database: RegisterDatabase
    _asked: tuple[str, Any] = ("", ())
    _given = 0

    # Reads are many: what costs anything is done only where one fails.

    def execute(self, sql: str, params: Any = ()) -> RegisterCursor:
        self._asked, self._given = (sql, params), 0
        try:
            super().execute(sql, params)
        except UnicodeEncodeError:
            # Half a character, from a file name or a pasted text: also in what is looked for.
            raise InvalidInput("unwritable_text") from None
        except driver.DatabaseError as error:
            with translated(self.database):
                self._bear_with(error)
                super().execute(sql, params)
        return self

    def fetchall(self) -> list[Any]:
        try:
            found: list[Any] = super().fetchall()
        except driver.DatabaseError as error:
            found = self._again(error, super().fetchall)
        return found

    def fetchone(self) -> Any:
        try:
            row = super().fetchone()
        except driver.DatabaseError as error:
            row = self._again(error, super().fetchone)
        self._given += 1
        return row

    def __next__(self) -> Any:
        try:
            row = super().__next__()
        except driver.DatabaseError as error:
            row = self._again(error, super().__next__)
        self._given += 1
        return row

    def _again(self, error: Exception, read: Callable[[], Any]) -> Any:
        """Read from where a failure was, if it was a text that is no UTF-8."""
        with translated(self.database):
            self._bear_with(error)
            super().execute(*self._asked)
            for _row in range(self._given):
                super().fetchone()
            return read()

    def _bear_with(self, error: Exception) -> None:
        """From now on read what is no UTF-8; raise any other error again."""
        if not str(error).startswith("Could not decode"):
            raise error
        self.connection.text_factory = _TOLERANT


class RegisterDatabase(SqlCipherDatabase):  # type: ignore[misc]  # it carries no types
    """The driver's database whose every statement fails with `StorageError` where it can."""

    path: Path
    passphrase: str

    def cursor(self, named_cursor: Any = None) -> RegisterCursor:
        cursor: RegisterCursor = self.connection().cursor(RegisterCursor)
        cursor.database = self
        return cursor

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        if sql.startswith("ROLLBACK TO") and not self.connection().in_transaction:
            return None
        return super().execute_sql(sql, params)

    def rollback(self) -> None:
        # Without room or an answer SQLite has rolled back by itself: to ask again would fail, and
        # hide why.
        if self.connection().in_transaction:
            super().rollback()


@contextmanager
def translated(database: peewee.Database | None = None) -> Iterator[None]:
    """Turn the driver's environment errors into `StorageError`; bugs pass through unchanged.

    Of an open register (`database`) more can be told: whether its disk is full, say.
    """
    try:
        yield
    except DRIVER_ERRORS as error:
        code = None if isinstance(error, CONSTRAINT_ERRORS) else code_of(error)
        if code is None:
            raise
        if isinstance(database, RegisterDatabase):
            code = looked_into(code, database.path)
            if code == "damaged":
                code = _damage(database.path, database.passphrase)
        raise StorageError(code) from None


def _damage(path: Path, passphrase: str) -> str:
    """What a look through the whole file says of damage that one page seemed to have: `damaged`,
    `misread` where the file is sound, or why it cannot be looked through."""
    database = _database(path, passphrase, read_only=True)
    try:
        database.connect()
        connection = database.connection()
        sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except DRIVER_ERRORS as error:
        code = looked_into(code_of(error) or "damaged", path)
        return "damaged" if code == WRONG_KEY_OR_DAMAGED else code
    finally:
        database.close()
    return "misread" if sound else "damaged"


PENDING_COPIES = "pending_copy"
"""A table that a register has while its copies follow a change of passphrase."""


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
    not_a_register, false_version, locked, damaged, wrong_key, plain, read_only, full, no_answer,
    cannot_open.
    """
    _check_place(path, create)
    neighbours.tidy(path)
    before = identity(path)
    database = _database(path, passphrase)
    try:
        with translated(database):
            database.connect()
            _check(database)
            if before is not None and identity(path) != before:
                # While this waited for the lock, the file was written anew under another key.
                raise StorageError("locked")
            _write_ahead(database)
            if before_steps is not None and _is_older(database):
                before_steps(database)
            migrate(database)
            _check_columns(database)
    except StorageError as error:
        database.close()
        if error.code == WRONG_KEY_OR_DAMAGED:
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
    database = _database(path, passphrase, read_only=not writes)
    try:
        with translated(database):
            database.connect()
            if _is_empty(database):
                raise StorageError("not_a_register")
            _check(database)
    except StorageError as error:
        database.close()
        if error.code == WRONG_KEY_OR_DAMAGED:
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
    database = RegisterDatabase(
        name, pragmas=pragmas, passphrase=passphrase, autoconnect=False, uri=read_only
    )
    database.path, database.passphrase = path, passphrase
    return database


def _read_only_name(path: Path) -> str:
    """The file as SQLite opens it without making it, a log or a lock beside it.

    A file with a log or a journal beside it is in use or was left in the middle of a write: it
    is read with them, which needs locks.
    """
    whole = path.resolve().as_posix()
    beside = (path.with_name(path.name + ending) for ending in ("-wal", "-journal"))
    alone = "" if any(file.exists() for file in beside) else "&immutable=1"
    return f"file://{'' if whole.startswith('/') else '/'}{quote(whole)}?mode=ro{alone}"


def write_anew(source: Path, source_key: str, target: Path, key: str) -> None:
    """Write the whole content of `source` to a new file under another key; the source is only read.

    Errors: StorageError damaged, full, read_only, …
    """
    pragmas = [("cipher_log_level", "NONE"), ("synchronous", "full"), ("temp_store", "memory")]
    made = RegisterDatabase(
        os.fspath(target), pragmas=pragmas, passphrase=key, autoconnect=False, uri=True
    )
    made.path, made.passphrase = target, key
    with translated():
        made.connect()
        try:
            made.execute_sql(
                "ATTACH DATABASE ? AS source KEY ?", (_read_only_name(source), source_key)
            )
            made.execute_sql("SELECT sqlcipher_export('main', 'source')").fetchall()
            for name in ("user_version", "application_id"):
                value = int(made.execute_sql(f"PRAGMA source.{name}").fetchone()[0])
                made.execute_sql(f"PRAGMA main.{name} = {value}")
            made.execute_sql("DETACH DATABASE source")
        finally:
            made.close()


def _why_unreadable(path: Path, passphrase: str) -> str:
    # SQLCipher says the same for a wrong key, a missing one, a damaged first page and a file of
    # another kind. An encrypted register is whole pages of noise; a plain one is full of zeros.
    try:
        start, size = read_plain(path, _LOOKED_AT), path.stat().st_size
    except OSError as error:
        return trouble(error, "cannot_open")
    if start.startswith(b"SQLite format 3\x00"):
        return "plain" if passphrase else "damaged"
    if size % _PAGE or not start.strip(_TEXT):
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


def _is_older(database: peewee.Database) -> bool:
    return not _is_empty(database) and _pragma(database, "user_version") < LATEST


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
                _run_step(database, statements)
                database.execute_sql(f"PRAGMA user_version = {step}")
        # Keys are not followed meanwhile: what hung on lines that a step took out goes here.
        for table in ("agenda_line", "waiting_line"):
            database.execute_sql(
                f"DELETE FROM {table} WHERE person_id NOT IN (SELECT person_id FROM standing)"
            )
        database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _run_step(database: peewee.Database, statements: Sequence[str]) -> None:
    try:
        for statement in statements:
            database.execute_sql(statement)
    except DRIVER_ERRORS:
        # The tables are not those of the version that the file says it has.
        raise StorageError("false_version") from None


def _check_columns(database: peewee.Database) -> None:
    """Refuse a register that says it is of today's version and is not. Errors: false_version."""
    found = database.execute_sql(
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table'"
    )
    known = set(found.fetchall())
    if any((entity, name) not in known for entity, names in COLUMNS.items() for name in names):
        raise StorageError("false_version")
