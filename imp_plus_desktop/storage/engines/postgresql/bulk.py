# SPDX-License-Identifier: Apache-2.0
"""Writes many rows at once: by COPY, which a server takes in a fifth of the time of INSERTs, and
beside the making of the rows that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, islice
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import Any, NamedTuple, Protocol

from imp_plus_desktop.storage.engines.switching import SWITCHING

_FEW = 40
"""Rows that one INSERT brings: it goes along with what else waits, COPY needs a way of its own."""
_ROWS = 500
"""Rows that are handed over at once."""
_WAITING = 100
"""So many times as many may wait: memory holds no more of a list than these."""
_LAST_ID = "SELECT seq FROM id_counter WHERE name = %s"

Rows = Sequence[Sequence[Any]]


class Statement(Protocol):
    """What is executed in its turn, and told its cursor."""

    sql: str
    params: Any
    cursor: Any


class _Statements(NamedTuple):
    """What is executed after the rows before it."""

    all: Sequence[Statement]


class _Table(NamedTuple):
    """Where the rows go that follow; `counts` where they bring no id and are to have one."""

    name: str
    columns: Sequence[str]
    counts: bool


_Job = _Table | _Statements


def parted(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> tuple[tuple[str, tuple[Any, ...]] | None, Iterator[Sequence[Any]] | None]:
    """One INSERT of a few rows, or all of more for `Beside.bring`; neither where there is none."""
    waiting = iter(rows)
    first = list(islice(waiting, _FEW + 1))
    if not first:
        return None, None
    if len(first) > _FEW:
        return None, chain(first, waiting)
    row = f"({', '.join(['%s'] * len(columns))})"
    values = ", ".join([row] * len(first))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}"
    return (statement, tuple(chain.from_iterable(first))), None


class Beside:
    """A thread that brings rows in by one connection of the driver, inside the transaction of the
    thread that made it. Whoever uses the connection otherwise calls `settle` first, which tells
    what failed."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._waiting: SimpleQueue[_Job | Rows | None] = SimpleQueue()
        self._room = Semaphore(_WAITING)
        self._failure: BaseException | None = None
        self._is_left = False
        self._thread = Thread(target=self._run, name="bulk inserts", daemon=True)
        SWITCHING.begin()
        self._thread.start()

    def bring(
        self, table: str, columns: Sequence[str], rows: Iterator[Sequence[Any]], *, counts: bool
    ) -> None:
        """Insert many rows of stored values. What a constraint refuses is raised by `settle`.

        Rows of a table that `counts` its ids, and that bring none, get theirs all at once: to have
        each row ask its counter would write that one anew as often.
        """
        self._waiting.put(_Table(table, columns, counts))
        try:
            while some := list(islice(rows, _ROWS)):
                self._room.acquire()
                self._waiting.put(some)
        except BaseException as error:
            self._is_left, self._failure = True, error
            raise

    def execute(self, statements: Sequence[Statement]) -> None:
        """Execute statements that give nothing back, after the rows before them."""
        if statements:
            self._waiting.put(_Statements(statements))

    def settle(self) -> None:
        """Wait until all rows are in. Raises what the driver raised for one of them."""
        self._end()
        if self._failure is not None:
            raise self._failure

    def leave(self) -> None:
        """Wait until nothing is written any more; what failed is of no interest."""
        self._is_left = True
        self._end()

    def _end(self) -> None:
        self._waiting.put(None)
        self._thread.join()
        SWITCHING.end()

    def _run(self) -> None:
        next_one = self._waiting.get()
        while isinstance(next_one, _Job):
            rows = _Handed(self._waiting, self._room)
            try:
                if self._failure is None and not self._is_left:
                    self._do(next_one, rows)
            except BaseException as error:
                self._failure = self._failure or error
            for _part in rows.parts():  # whoever hands them over waits for room
                pass
            next_one = rows.after

    def _do(self, job: _Job, rows: _Handed) -> None:
        if isinstance(job, _Table):
            self._copy(job, rows.parts())
            return
        with self._connection.pipeline():
            for one in job.all:
                one.cursor = self._connection.execute(one.sql, one.params or ())

    def _copy(self, table: _Table, parts: Iterator[Rows]) -> None:
        columns = table.columns
        rows: Iterator[Sequence[Any]] = chain.from_iterable(parts)
        if table.counts:
            told = self._connection.execute(_LAST_ID, (table.name,)).fetchone()
            numbers = count(1 if told is None else int(told[0]) + 1)
            columns = ("id", *columns)
            rows = ((number, *row) for number, row in zip(numbers, rows, strict=False))
        into = f"COPY {table.name} ({', '.join(columns)}) FROM STDIN"
        with self._connection.cursor().copy(into) as copy:
            for row in rows:
                copy.write_row(row)
            if self._is_left:
                raise _LeftError


class _LeftError(Exception):
    """Nobody wants the rows any more."""


class _Handed:
    """The rows that are handed over for one table, up to what comes after them."""

    def __init__(self, waiting: SimpleQueue[_Job | Rows | None], room: Semaphore) -> None:
        self._waiting, self._room = waiting, room
        self._is_over = False
        self.after: _Job | None = None

    def parts(self) -> Iterator[Rows]:
        """The parts that are left, one by one."""
        while not self._is_over:
            given = self._waiting.get()
            if given is None or isinstance(given, _Job):
                self._is_over, self.after = True, given
            else:
                self._room.release()
                yield given
