# SPDX-License-Identifier: Apache-2.0
"""Reads what can be read of a damaged register: table by table, stepping over what cannot.

    Salvage(path, passphrase)    a file of which nothing else is expected to be in its place
        rows(table, columns)     its rows, as far as its pages can be read
        lost                     by table, the ids that nothing was read of
        missing                  tables of which not so much as their name can be read

The file is only read; whoever calls gives a copy. Knows no table: what rows mean is not asked here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines.database import SNAPSHOT
from imp_plus_desktop.storage.engines.sqlite import shape
from imp_plus_desktop.storage.engines.sqlite.access import driven
from imp_plus_desktop.storage.engines.sqlite.access.keys import SALT, derived_key, spellings
from imp_plus_desktop.storage.engines.sqlite.access.names import read_only_name
from imp_plus_desktop.storage.migrations.steps import LATEST

_AT_ONCE = 2_000
"""Ids asked for at once; a slice that cannot be read is halved."""
_MAGIC = b"SQLite format 3\x00"
_PAGE = 4096
_OF_FILE = (1, 1, 0, 64, 32, 32)
"""Versions of the format and shares of a page, as every file has them."""
_HIGHEST = 2**40


class Salvage:
    """A damaged register, open to be read. Errors: StorageError beyond_rescue, where not even its
    list of tables can be read, or the passphrase is not that of the file."""

    def __init__(self, path: Path, passphrase: str) -> None:
        self._path, self._key = path, ""
        self.lost: dict[str, list[range]] = {}
        self._connection: Any = None
        with path.open("rb") as file:
            salt = file.read(SALT)
        if not passphrase or salt == _MAGIC:
            _mend_head(path)
            tried = [""]
        else:
            # Derived once: a page that cannot be read costs a connection.
            tried = [derived_key(one, salt) for one in (*spellings(passphrase), passphrase)]
        self.tables = self._listed(tried)

    def _listed(self, keys: Sequence[str]) -> frozenset[str]:
        """The names of the tables, by the first key that lets them be read."""
        for self._key in keys:
            try:
                self._open()
            except driver.DatabaseError:
                continue
            if self._askable():
                self._mend_tables()
                return self._askable()
        self.close()
        raise StorageError("beyond_rescue")

    def _askable(self) -> frozenset[str]:
        return frozenset(name for name in shape.tables_made() if self._asks(name))

    def _mend_tables(self) -> None:
        """Say anew how the tables are made of which the file has it wrong: all registers of today
        have them alike."""
        wrong = shape.tables_made().keys() - self._askable()
        if not wrong:
            return
        self.close()
        made = self._connected(f"{self._path.absolute().as_uri()}?mode=rw")
        try:
            for name in wrong:
                told = (shape.tables_made()[name], name)
                with suppress(driver.DatabaseError):
                    made.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", told)
        finally:
            made.close()
        self._open()

    def _asks(self, table: str) -> bool:
        """Whether a table can be asked for at all, though its pages may not be read."""
        for _attempt in range(2):  # what is wrong with another table is told once
            try:
                self._connection.execute(f"SELECT * FROM {table} LIMIT 0")
                return self._columns(table) <= shape.columns_made()[table]
            except driver.DatabaseError:
                self._again()
        return False

    @property
    def is_snapshot(self) -> bool:
        """Whether the file is a snapshot of a register on a server, as far as it tells."""
        try:
            self._connection.execute(f"SELECT * FROM {SNAPSHOT} LIMIT 0")
        except driver.DatabaseError:
            return False
        return True

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def missing(self) -> frozenset[str]:
        """Tables that a register of this file's version has, and of which nothing is told here."""
        try:
            version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        except driver.DatabaseError:
            version = LATEST
        return frozenset(shape.tables_made(version)) - self.tables

    def columns(self, table: str) -> frozenset[str]:
        """The columns that a table has in this file; none of one that cannot be asked for."""
        return self._columns(table) if table in self.tables else frozenset()

    def _columns(self, table: str) -> frozenset[str]:
        found = self._connection.execute(f"PRAGMA table_info({table})").fetchall()
        return frozenset(row[1] for row in found)

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of a table that can be read, in the order of their ids; what cannot is noted in
        `lost`."""
        if table not in self.tables:
            return
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        last = self._last(table)
        for first in range(1, last + 1, _AT_ONCE):
            yield from self._between(table, sql, first, min(first + _AT_ONCE - 1, last))

    def ordered(self, table: str, columns: Sequence[str], order: str) -> list[tuple[Any, ...]]:
        """The rows of a table without ids, from both ends up to what cannot be read."""
        if table not in self.tables:
            return []
        found: dict[tuple[Any, ...], None] = {}
        for direction in ("ASC", "DESC"):
            by = ", ".join(f"{one} {direction}" for one in order.split(", "))
            sql = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {by}"
            try:
                for row in self._connection.execute(sql):
                    found[row] = None
            except (driver.DatabaseError, UnicodeError):
                self._note(table, range(0))
                self._again()
            else:
                break
        return list(found)

    def _between(self, table: str, sql: str, first: int, last: int) -> Iterator[tuple[Any, ...]]:
        try:
            found = self._connection.execute(sql, (first, last)).fetchall()
        except (driver.DatabaseError, UnicodeError):
            self._again()
            if first == last:
                self._note(table, range(first, last + 1))
                return
            middle = (first + last) // 2
            yield from self._between(table, sql, first, middle)
            yield from self._between(table, sql, middle + 1, last)
        else:
            yield from found

    def _note(self, table: str, ids: range) -> None:
        known = self.lost.setdefault(table, [])
        if known and ids and known[-1].stop == ids.start:
            known[-1] = range(known[-1].start, ids.stop)
        else:
            known.append(ids)

    def _last(self, table: str) -> int:
        """The highest id that a table may have had."""
        highest = [0]
        for sql in (
            f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'",
            f"SELECT MAX(rowid) FROM {table}",
        ):
            try:
                row = self._connection.execute(sql).fetchone()
            except driver.DatabaseError:
                self._again()
                continue
            if row and isinstance(row[0], int) and row[0] < _HIGHEST:
                highest.append(row[0])
        return max(highest)

    def _again(self) -> None:
        """Go on after a page that could not be read: of an encrypted file the engine then reads no
        other page either, until it is opened anew."""
        if self._key:
            self._open()

    def _open(self) -> None:
        self.close()
        self._connection = self._connected(read_only_name(self._path))

    def _connected(self, name: str) -> Any:
        made = driven.connect(name, uri=True, isolation_level=None)
        if self._key:
            made.execute("PRAGMA key='{}'".format(self._key.replace("'", "''")))
        for pragma, value in _PRAGMAS:
            made.execute(f"PRAGMA {pragma} = {value}")
        with suppress(driver.DatabaseError):
            # Where one table makes no sense, the first question fails and the next ones do not.
            made.execute("SELECT 1 FROM sqlite_master").fetchone()
        return made


_PRAGMAS = (
    ("cipher_log_level", "NONE"),
    ("writable_schema", "ON"),  # a file that is cut off, or a table that makes no sense, is read
    ("temp_store", "memory"),
    ("trusted_schema", "OFF"),
)


def _mend_head(path: Path) -> None:
    """Write the head of a plain file anew where it does not begin like one: all registers begin
    alike, and the list of the tables stands after it."""
    size = path.stat().st_size
    with suppress(OSError), path.open("r+b") as file:
        head = bytearray(file.read(100))
        if head.startswith(_MAGIC) or size < 2 * _PAGE or size % _PAGE or len(head) < 100:
            return
        if file.read(1) not in (b"\x05", b"\x0d"):
            return
        pages = size // _PAGE
        head[:100] = struct.pack(
            ">16sH6B12I20sII", _MAGIC, _PAGE, *_OF_FILE, 1, pages, 0, 0, 1, 4, 0, 0, 1, 0, 0, 0,
            bytes(20), 1, 3_050_000,
        )  # fmt: skip
        file.seek(0)
        file.write(head)
