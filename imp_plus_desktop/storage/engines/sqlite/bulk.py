# SPDX-License-Identifier: Apache-2.0
"""Inserts many rows of one table: many a statement, which takes two thirds of the time that a
statement a row does, and beside the making of the rows that follow. Knows no table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import Any

from imp_plus_desktop.storage.engines.switching import SWITCHING

_ROWS = 1_000
"""Rows a statement at most: fewer would keep a thread waiting for its turn after each of them."""
_PARAMETERS = 30_000
"""A statement may have 32,766."""
_FEW = 1
"""As many statements are done at once: a thread would bring nothing."""
_WAITING = 64
"""Statements that may wait: memory holds no more of a list than these."""

_Statement = tuple[str, tuple[Any, ...]]


class BulkInserts:
    """Inserts by one connection of the driver, inside the caller's transaction.

    Many rows go in by a thread of their own while the caller makes the next ones. Whoever uses
    the connection otherwise calls `settle` first, which tells what failed.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._beside: _Beside | None = None

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows of stored values.

        What a constraint refuses raises the driver's own IntegrityError, here or in `settle`.
        """
        statements = _statements(table, columns, rows)
        if self._beside is None:
            first = list(islice(statements, _FEW + 1))
            if len(first) <= _FEW:
                for statement in first:
                    self._connection.execute(*statement)
                return
            self._beside = _Beside(self._connection)
            statements = chain(first, statements)
        for statement in statements:
            self._beside.put(statement)

    def execute(self, sql: str, params: Sequence[Any]) -> None:
        """Execute a statement in its turn; it fails as `insert` does."""
        if self._beside is None:
            self._connection.execute(sql, params)
        else:
            self._beside.put((sql, tuple(params)))

    def settle(self) -> None:
        """Wait until all rows are in. Raises what the driver raised for one of them."""
        beside, self._beside = self._beside, None
        if beside is not None and (failure := beside.end()) is not None:
            raise failure

    def abandon(self) -> None:
        """Wait until nothing is written any more; what failed is of no interest."""
        beside, self._beside = self._beside, None
        if beside is not None:
            beside.end(at_once=True)


class _Beside:
    """A thread that executes statements one after the other."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._waiting: SimpleQueue[_Statement | None] = SimpleQueue()
        self._room = Semaphore(_WAITING)
        self._failure: BaseException | None = None
        self._ends = False
        self._thread = Thread(target=self._run, name="bulk inserts", daemon=True)
        SWITCHING.begin()
        self._thread.start()

    def put(self, statement: _Statement) -> None:
        self._room.acquire()
        self._waiting.put(statement)

    def end(self, *, at_once: bool = False) -> BaseException | None:
        self._ends |= at_once
        self._waiting.put(None)
        self._thread.join()
        SWITCHING.end()
        return self._failure

    def _run(self) -> None:
        while (statement := self._waiting.get()) is not None:
            if self._failure is None and not self._ends:
                try:
                    self._connection.execute(*statement)
                except BaseException as error:
                    self._failure = error
            self._room.release()


def _statements(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Iterator[_Statement]:
    head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
    row = f"({', '.join('?' * len(columns))})"
    most = min(_ROWS, _PARAMETERS // len(columns))
    whole = head + ", ".join([row] * most)
    waiting = iter(rows)
    while part := list(islice(waiting, most)):
        statement = whole if len(part) == most else head + ", ".join([row] * len(part))
        yield statement, tuple(chain.from_iterable(part))
