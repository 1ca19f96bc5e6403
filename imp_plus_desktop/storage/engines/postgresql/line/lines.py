# SPDX-License-Identifier: Apache-2.0
"""The line to a server: connections that are lost and made again, and statements that go together.

Only this module makes connections.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import psycopg

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines.postgresql import failures, roots
from imp_plus_desktop.storage.engines.postgresql.line.bringing import BringingDatabase
from imp_plus_desktop.storage.engines.postgresql.line.connections import Connection, Connections
from imp_plus_desktop.storage.engines.postgresql.line.driving import (
    LET_IN,
    SET,
    SETTINGS,
    Adapter,
    adapt,
    in_server_words,
)
from imp_plus_desktop.storage.engines.postgresql.line.memory import (
    Asked,
    Habits,
    Memory,
    WantedError,
)
from imp_plus_desktop.storage.engines.postgresql.line.of_thread import OfThread
from imp_plus_desktop.storage.engines.postgresql.line.seen import Origin, Seen
from imp_plus_desktop.storage.engines.postgresql.line.watching import Watching

_READS = ("SELECT", "WITH", "BEGIN")
"""How what changes nothing begins, where it stands outside of a transaction."""
_AGAIN = 4
"""Seconds in which a server answers that did before."""
_BEARABLE = 3.0
"""Seconds after which nothing is asked again for whoever waits."""
_ROUNDS = 30
"""How often reads are gone through together before each is read for itself."""
_IDLE = psycopg.pq.TransactionStatus.IDLE


class LineDatabase(BringingDatabase):
    """A database on a server. Each thread that uses it has a connection of its own.

    One that is lost is told once, or not at all where the same can be asked again, and the next
    use connects anew; never within a transaction.
    """

    if TYPE_CHECKING:  # peewee leaves it without types
        _state: Any
        format: str

        def connection(self) -> Any: ...

    param = "?"  # as all our statements have it
    psycopg3_adapter = psycopg2_adapter = Adapter

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._own = OfThread()
        self.connections = Connections()
        self.seen = Seen()
        self._habits = Habits()
        super().__init__(*arguments, **options)

    @property
    def whence(self) -> tuple[str, int]:
        return self.seen.origin

    @property
    def last_seen(self) -> tuple[int, bytes]:
        return self.seen.act, self.seen.seal

    def _connect(self) -> Any:
        made, self._own.origin = self._reached()
        self.connections.opened(made)
        return made

    def _reached(self) -> tuple[Any, Origin]:
        """A connection to that of the hosts which has all that was seen, and who answers there.
        Errors: StorageError."""
        try:
            return self._met({})
        except StorageError as error:
            if error.code != "server_older":
                raise
        # An old primary lets itself be written to, and may stand first among the hosts.
        hosts, ports = (self.connect_params[name].split(",") for name in ("host", "port"))
        if len(hosts) > 1:
            for host, port in zip(hosts, ports, strict=True):
                with suppress(StorageError):
                    return self._met({"host": host, "port": port})
        raise StorageError("server_older")

    def _met(self, where: Mapping[str, str]) -> tuple[Any, Origin]:
        made = self._connected(where)
        try:
            with failures.translated():
                return made, self.seen.meet(made)
        except BaseException:
            made.close()
            raise

    def _connected(self, where: Mapping[str, str]) -> Any:
        settings = {**self.connect_params, **where}
        if self.last_seen[0]:
            # Somebody waits who had a connection before.
            settings["connect_timeout"] = _AGAIN
        if settings.get("sslrootcert") == roots.SYSTEM:
            settings["sslrootcert"] = roots.of_the_system()
        try:
            made = Connection.connect(dbname=self.database, autocommit=True, **settings)
        except psycopg.Error as error:
            raise StorageError(failures.why_not_connected(error)) from None
        try:
            adapt(made)
            with failures.translated():
                made.execute(SET, [part for pair in SETTINGS.items() for part in pair])
        except BaseException:
            made.close()
            raise
        return made

    def _initialize_connection(self, conn: Any) -> None:
        self._own.written, self._own.is_bound = 0, False

    def _close(self, conn: Any) -> None:
        self.connections.close(conn)

    def close_everywhere(self) -> None:
        if not self.is_closed():
            self.close()
        self.connections.close_all()

    def is_closed(self) -> bool:
        self._notice_loss()
        return super().is_closed()

    def _notice_loss(self) -> None:
        """Let go of a connection that is lost, but within a transaction, which ends first."""
        if self._state.conn is not None and self._is_lost and not self._state.transactions:
            self._drop()

    @property
    def _is_lost(self) -> bool:
        return self._state.conn is None or bool(self._state.conn.closed)

    def _drop(self) -> None:
        conn = self._state.conn
        self._state.reset()
        self._own.queue = None
        if conn is not None:
            self.connections.close(conn)

    def _renew(self) -> None:
        """Connect again before anything of a transaction was answered."""
        queue, transactions = self._own.queue, self._state.transactions
        self._drop()
        try:
            self.connect()
        finally:
            self._own.queue, self._state.transactions = queue, transactions

    @contextmanager
    def _line(self) -> Iterator[Any]:
        """The driver's connection, and our errors in place of its own. Errors: StorageError
        server_lost within a transaction whose connection is lost, those of a new one."""
        self._notice_loss()
        if self._is_lost and self._state.transactions:
            raise StorageError("server_lost")
        conn = self.connection()
        try:
            with failures.of_who_is_let_in(self._is_let_in):
                self._own.settle()
                yield conn
        except StorageError as error:
            if error.code == "server_lost":
                conn.close()
            raise

    def _is_let_in(self) -> bool:
        """Whether whoever is signed in may still use the register: who was let out in the middle of
        their work finds none of its names any more. Errors: StorageError."""
        beside = self._connected({})
        try:
            return bool(beside.execute(LET_IN).fetchone()[0])
        finally:
            beside.close()

    def cursor(self, named_cursor: Any = None) -> Any:
        with self._line() as conn:
            return conn.cursor()

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        told, own = in_server_words(sql), self._own
        key = None if own.memory is None else Memory.key(told, params)
        if key is not None:
            return self._remembered([key])[0]
        if own.memory is not None and not told.startswith(("SAVEPOINT", "RELEASE")):
            self._forget()
        if own.queue is None:
            return self.asked([(told, params)])[0]
        if told.startswith("ROLLBACK TO "):
            own.leave()
            savepoint = told.replace("ROLLBACK TO ", "")
            return self._sent([(told, None)]) if own.queue.back_to(savepoint) else None
        if own.queue.may_wait(told, may_be_refused=own.beside is not None):
            return own.queue.add(told, params)
        return own.queue.answers([(told, params)])[0]

    def answers(self, questions: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
        asked = [(in_server_words(sql), tuple(params)) for sql, params in questions]
        known = self._own.memory is not None and all(Memory.key(*one) for one in asked)
        return self._remembered(asked) if known else self._ask(asked)

    def _ask(self, questions: Sequence[tuple[str, Any]]) -> list[Any]:
        queue = self._own.queue
        return self.asked(questions) if queue is None else queue.answers(questions)

    def _forget(self) -> None:
        """Something else than a read comes: no answer is good any more."""
        if self._own.memory is not None:
            self._own.memory.forget()

    def _remembered(self, questions: Sequence[Asked]) -> list[Any]:
        """The answers to reads; only what is not known is asked."""
        memory = self._own.memory
        assert memory is not None
        missing = [one for one in questions if memory.answer(one) is None]
        came: dict[Asked, Any] = {}
        if missing and memory.wanted is not None:
            memory.wanted.update(dict.fromkeys(missing))
            raise WantedError
        if missing:
            asked = [*missing, *memory.more(missing)]
            cursors = self._ask(asked)
            came = {
                one: memory.keep(one, cursor) for one, cursor in zip(asked, cursors, strict=True)
            }
        for one in questions:
            memory.note(one)
        return [came[one] if one in came else memory.answer(one) for one in questions]

    @contextmanager
    def at_once(self, name: str, *keys: object) -> Iterator[None]:
        own = self._own
        if own.memory is not None or self.in_transaction():
            yield
            return
        memory = own.memory = Memory(self._habits.foreseen(name, keys))
        try:
            yield
            self._habits.learn(name, keys, memory)
        finally:
            own.memory = None

    def together(self, *reads: Callable[[], Any]) -> list[Any]:
        memory = self._own.memory
        if memory is None or memory.wanted is not None:
            return [read() for read in reads]
        answers: list[Any] = [None] * len(reads)
        left = dict(enumerate(reads))
        for _round in range(_ROUNDS):
            for place, read in list(left.items()):
                is_whole, answers[place] = memory.gather(read)
                if is_whole:
                    del left[place]
            wanted = memory.next()
            if not left:
                return answers
            if wanted:
                self._remembered(wanted)
        for place, read in left.items():
            answers[place] = read()
        return answers

    def asked(self, statements: Sequence[tuple[str, Any]]) -> list[Any]:
        """Send statements together and return their cursors. What may be asked again is, where
        the connection turns out to be lost, unless that took long: somebody waits, and the line is
        as silent to a new connection."""
        begun = time.monotonic()
        try:
            return self._sent(statements)
        except StorageError:
            waited = time.monotonic() - begun > _BEARABLE
            if waited or not (self._is_lost and self._may_ask_again(statements)):
                raise
        self._renew()
        return self._sent(statements)

    def _sent(self, statements: Sequence[tuple[str, Any]]) -> list[Any]:
        with self._line() as conn:
            if len(statements) == 1:
                (sql, params) = statements[0]
                return [conn.execute(sql, params or ())]
            with conn.pipeline():
                return [conn.execute(sql, params or ()) for sql, params in statements]

    def _may_ask_again(self, statements: Sequence[tuple[str, Any]]) -> bool:
        """Whether nothing was begun, and nothing that only the lost connection had is needed."""
        if self._own.is_bound:
            return False
        if self._own.queue is not None:
            return not self._own.queue.is_begun
        return not self.in_transaction() and all(s[0].startswith(_READS) for s in statements)

    def begin(self, isolation_level: Any = None) -> None:
        self.asked([("BEGIN", None)])

    def commit(self) -> None:
        if self._is_lost:
            self._drop()
            raise StorageError("server_lost")
        self._sent([("COMMIT", None)])

    def rollback(self) -> None:
        self._own.leave()
        self._own.queue = None
        try:
            if not self._is_lost and self._state.conn.info.transaction_status != _IDLE:
                self._sent([("ROLLBACK", None)])
        except StorageError:
            self._drop()  # what was not committed is taken back
        self._notice_loss()

    def watch(self) -> Watching:
        with failures.translated():
            own = self.connections.processes
            made, _origin = self._reached()
            return Watching(made, self.connections, own, self.format)
