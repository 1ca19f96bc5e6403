# SPDX-License-Identifier: Apache-2.0
"""A connection to a register: the driver, its pragmas, and the translation of its errors.

One SQLite library a process: only this module makes connections, always through sqlcipher3. It
knows nothing of what the tables mean.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property, partial
from pathlib import Path
from threading import local
from typing import Any

from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as driver

from imp_plus_desktop.domain.values.errors import InvalidInput, StorageError
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.storage.engines.database import Database, Step, translated
from imp_plus_desktop.storage.engines.sqlite.access import driven
from imp_plus_desktop.storage.engines.sqlite.access.names import read_only_name
from imp_plus_desktop.storage.engines.sqlite.access.telling import told, written
from imp_plus_desktop.storage.engines.sqlite.access.unlocking import unlock
from imp_plus_desktop.storage.engines.sqlite.brought import note_brought
from imp_plus_desktop.storage.engines.sqlite.bulk import BulkInserts
from imp_plus_desktop.storage.engines.sqlite.counters import Counters
from imp_plus_desktop.storage.engines.sqlite.dialect import SqliteDialect
from imp_plus_desktop.storage.engines.sqlite.failures import (
    CONSTRAINT_ERRORS,
    DRIVER_ERRORS,
    WRONG_KEY_OR_DAMAGED,
    code_of,
    is_unsettled,
    looked_into,
)
from imp_plus_desktop.storage.engines.sqlite.search import SearchIndex
from imp_plus_desktop.storage.files import network_drives

BUSY_TIMEOUT_MS = 15_000
"""SQLite's busy handler is unfair: waits of 4 s were seen with 8 writers."""

_FIRST = (
    ("cipher_log_level", "NONE"),
    ("busy_timeout", BUSY_TIMEOUT_MS),
    ("trusted_schema", "OFF"),  # no expression of a file's own calls what could do harm
    ("cell_size_check", "ON"),
    ("hard_heap_limit", 1 << 30),  # nor asks for all the memory there is
)
_PAGES_IN_LOG = 1_000
"""SQLite's own choice."""


def _folded(value: object) -> str | None:
    """A stored value as the texts that are looked for within it, for SQL."""
    return None if value is None else fold(str(value))


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
        except driven.TOLD_BY_HALF:
            with translated(self.database):
                raise driven.damage() from None
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

    def fetchmany(self, size: int) -> list[Any]:
        try:
            found: list[Any] = super().fetchmany(size)
        except driver.DatabaseError as error:
            found = self._again(error, partial(super().fetchmany, size))
        self._given += len(found)
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


class RegisterDatabase(SqlCipherDatabase, Database):  # type: ignore[misc]  # it carries no types
    """The driver's database whose every statement fails with `StorageError` where it can, and what
    the rest of the storage asks of an engine beyond statements that each of them reads."""

    driver_errors, constraint_errors = DRIVER_ERRORS, CONSTRAINT_ERRORS
    path: Path
    is_alone = False
    """Whether no other connection may so much as read the file now."""
    dialect = SqliteDialect()
    _key = ""

    @cached_property
    def _inserts(self) -> local:
        return local()

    def code_of(self, error: BaseException) -> str | None:
        code = code_of(error)
        if code is not None:
            code = looked_into(code, self.path)
            if code == "damaged" and not self.is_alone:
                code = _damage(self.path, self.passphrase)
        return code

    @cached_property
    def counters(self) -> Counters:
        return Counters(self)

    @cached_property
    def search(self) -> SearchIndex:
        return SearchIndex(self)

    def writing(self) -> AbstractContextManager[object]:
        transaction: AbstractContextManager[object] = self.atomic("IMMEDIATE")
        return transaction

    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> None:
        """Insert many rows of stored values, inside the caller's transaction.

        What a constraint refuses raises one of `CONSTRAINT_ERRORS`.
        """
        self._bulk().insert(table, columns, rows)

    def settle_inserts(self) -> None:
        self._bulk().settle()

    def execute_after_inserts(self, sql: str, params: Sequence[Any]) -> None:
        self._bulk().execute(sql, params)

    def _bulk(self) -> BulkInserts:
        # A connection is one thread's own, and so is what it still has to insert.
        bulk: BulkInserts | None = getattr(self._inserts, "of_thread", None)
        if bulk is None:
            bulk = self._inserts.of_thread = BulkInserts(super().connection())
        return bulk

    def _abandon(self) -> None:
        """Let go of the rows that are still on their way in, and of what failed among them."""
        bulk: BulkInserts | None = getattr(self._inserts, "of_thread", None)
        if bulk is not None:
            bulk.abandon()

    def connection(self) -> Any:
        bulk: BulkInserts | None = getattr(self._inserts, "of_thread", None)
        if bulk is not None:
            bulk.settle()
        return super().connection()

    def close(self) -> bool:
        self._abandon()
        self._inserts.of_thread = None
        return bool(super().close())

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        # Without a log, whoever writes would wait for whoever reads.
        if self.execute_sql("PRAGMA journal_mode").fetchone()[0] != "wal":
            yield
            return
        with self.atomic():
            yield

    def note_brought(self) -> None:
        """Note in a table of this connection's own, `brought`, where rows came in together."""
        note_brought(self)

    def data_version(self) -> int:
        """Return a number that changes whenever another connection has written; the same
        connection must ask each time. It reads no table."""
        return int(self.execute_sql("PRAGMA data_version").fetchone()[0])

    def fault(self) -> str | None:
        verdict = str(self.execute_sql("PRAGMA integrity_check").fetchone()[0])
        if verdict == "ok" and self.execute_sql("PRAGMA foreign_key_check").fetchone():
            verdict = "foreign keys"
        return None if verdict == "ok" else verdict

    def table_exists(self, table_name: str, schema: str | None = None) -> bool:
        # Each act asks for one: peewee would read the names of all.
        asked = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        return self.execute_sql(asked, (table_name,)).fetchone() is not None

    def facts(self) -> dict[str, str]:
        from imp_plus_desktop.storage.engines.sqlite import shape

        return shape.facts(self)

    def versions(self) -> dict[str, str]:
        from imp_plus_desktop.storage.engines.sqlite import shape

        return shape.versions(self)

    def shape_fault(self, passing: Collection[str] = ()) -> str | None:
        from imp_plus_desktop.storage.engines.sqlite import shape

        return shape.fault(self, passing)

    def in_any_order(self) -> AbstractContextManager[object]:
        from imp_plus_desktop.storage.engines.sqlite import shape

        return shape.in_any_order(self)

    def copy_into(self, part: Path, step: Step | None = None) -> None:
        with told(self, written(part, Path(self.database), step)):
            self.execute_sql("VACUUM INTO ?", (os.fspath(part),))

    def lock_others_out(self) -> None:
        self.execute_sql("BEGIN IMMEDIATE")

    def settle_in_file(self) -> None:
        self.execute_sql("PRAGMA journal_mode = DELETE")

    def drop_for_good(self, table: str) -> None:
        with self.shredding():
            self.execute_sql(f"DROP TABLE {table}")

    @contextmanager
    def shredding(self) -> Iterator[None]:
        self.execute_sql("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            self.execute_sql("PRAGMA secure_delete = OFF")

    def sweep(self) -> bool:
        """Leave nothing of what was deleted in free pages, in the index of the search or in the
        log. Returns False where somebody else is at work and it is to be tried again."""
        self.search.merge()
        self.execute_sql("PRAGMA busy_timeout = 1000")  # it can wait for another time
        try:
            with translated(self):
                self.execute_sql("VACUUM")
                busy = self.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except StorageError:
            return False
        finally:
            self.execute_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        return not busy

    def leave_in_log(self) -> None:
        """Let the next commit end when the log has it all, safe on the disk: the pages go to their
        places with the commit after it, or when the register is closed."""
        self.execute_sql("PRAGMA wal_autocheckpoint = 0")

    def follow_log(self) -> None:
        """Take the log's pages to their places again as soon as there are many."""
        self.execute_sql(f"PRAGMA wal_autocheckpoint = {_PAGES_IN_LOG}")

    @property
    def key(self) -> str:
        self.connection()
        return self._key

    def _connect(self) -> Any:
        """A connection of this thread's own."""
        params = {name: kept for name, kept in self.connect_params.items() if name != "passphrase"}
        made = driven.connect(self.database, isolation_level=None, **params)
        try:
            # Before the file is so much as read: what it holds is another's until it is known.
            for name, value in _FIRST:
                made.execute(f"PRAGMA {name} = {value}")
            if self.passphrase:
                self.passphrase, self._key = unlock(made, self.passphrase)
            self._add_conn_hooks(made)
        except BaseException:
            made.close()
            raise
        return made

    def cursor(self, named_cursor: Any = None) -> RegisterCursor:
        cursor: RegisterCursor = self.connection().cursor(RegisterCursor)
        cursor.database = self
        return cursor

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        if sql.startswith("ROLLBACK TO"):
            self._abandon()
            if not self.connection().in_transaction:
                return None
        return super().execute_sql(sql, params)

    def commit(self) -> None:
        """Commit. Errors: StorageError, after which nothing is there; perhaps_kept where the disk
        does not let that be made sure."""
        try:
            super().commit()
        except StorageError as error:
            if is_unsettled(error.__context__):
                self.rollback()
                self._disown()
            raise

    def _disown(self) -> None:
        """Let the next start not find what stands whole in the log, and only was not settled: what
        is written next takes its place."""
        try:
            version = int(self.execute_sql("PRAGMA user_version").fetchone()[0])
            self.execute_sql(f"PRAGMA user_version = {version}")
        except StorageError:
            raise StorageError("perhaps_kept") from None

    def rollback(self) -> None:
        # Without room or an answer SQLite has rolled back by itself: to ask again would fail, and
        # hide why.
        self._abandon()
        if self.connection().in_transaction:
            super().rollback()


def of_a_file(database: Database) -> RegisterDatabase:
    """The register in a file that something is to be done with. Errors: StorageError
    only_of_a_file, where it lies on a server."""
    if not isinstance(database, RegisterDatabase):
        raise StorageError("only_of_a_file")
    return database


def _damage(path: Path, passphrase: str) -> str:
    """What a look through the whole file says of damage that one page seemed to have: `damaged`,
    `misread` where the file is sound, or why it cannot be looked through."""
    database = unopened(path, passphrase, read_only=True)
    try:
        database.connect()
        connection = database.connection()
        sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        # Its pages may be in order, and what they say of the tables make no sense.
        from imp_plus_desktop.storage.engines.sqlite import shape

        sound = sound and not shape.lacks(connection)
    except DRIVER_ERRORS as error:
        code = looked_into(code_of(error) or "damaged", path)
        return "damaged" if code == WRONG_KEY_OR_DAMAGED else code
    finally:
        database.close()
    return "misread" if sound else "damaged"


def unopened(path: Path, passphrase: str, *, read_only: bool = False) -> RegisterDatabase:
    """Return the database of a file, not yet connected."""
    # The journal's mode stands in the file: it is set once the file is known to be a register.
    pragmas: list[tuple[str, Any]] = [
        ("foreign_keys", 1),
        ("synchronous", "full"),
        ("cache_size", -16_000),
        ("temp_store", "memory"),  # never a part of the register beside its encryption
    ]
    if network_drives.is_remote(path):
        # Pages that went to the file before their commit would keep all readers out until then.
        pragmas.append(("cache_spill", 0))
    name = read_only_name(path) if read_only else os.fspath(path)
    database = RegisterDatabase(
        name,
        pragmas=pragmas,
        passphrase=passphrase,
        autoconnect=False,
        uri=read_only,
        check_same_thread=False,  # bulk inserts have a thread, which the connection's own waits for
    )
    database.path, database.passphrase = path, passphrase
    database.register_function(_folded, "folded", 1, deterministic=True)
    return database
