# SPDX-License-Identifier: Apache-2.0
"""Transactions that write: one desk at a time does, and in the end it is known whether what it
wrote was kept.

An act that is `judged_first` reads what it rests on before it keeps others from writing, see
`early`; every other one keeps them from it from its first question on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import local
from typing import TYPE_CHECKING, Any, TypeVar, cast

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines import notices
from imp_plus_desktop.storage.engines.postgresql.line import acknowledging, driving
from imp_plus_desktop.storage.engines.postgresql.line.acknowledging import Key, Salted
from imp_plus_desktop.storage.engines.postgresql.line.early import Early, OutdatedError
from imp_plus_desktop.storage.engines.postgresql.line.lines import LineDatabase
from imp_plus_desktop.storage.engines.postgresql.line.memory import Asked, Memory
from imp_plus_desktop.storage.engines.postgresql.line.queue import Queue
from imp_plus_desktop.storage.engines.postgresql.line.seen import Origin
from imp_plus_desktop.storage.engines.postgresql.line.watching import CHANNEL
from imp_plus_desktop.storage.engines.postgresql.rights.writing import WRITERS
from imp_plus_desktop.storage.engines.postgresql.whole import sending

if TYPE_CHECKING:
    from imp_plus_desktop.domain.reads.touched import Touched
    from imp_plus_desktop.storage.engines.whole import Whole

T = TypeVar("T")


class _Judging(local):
    """What one thread reads before it keeps others from writing."""

    def __init__(self) -> None:
        self.first: Early | None = None
        """For the next act."""
        self.early: Early | None = None
        """Of the act that is open, until nobody else writes."""
        self.noting: Early | None = None
        """Of the act that is open, between that and its first write."""


class ActsDatabase(LineDatabase):
    """A database on a server, written to act by act."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._unsure: list[tuple[Key | Salted, Origin]] = []
        self._in_steps: set[str] = set()
        """What acts are called that could not go whole though they began so."""
        self._judging = _Judging()
        super().__init__(*arguments, **options)

    def judged_first(
        self, name: str, keys: Sequence[object], work: Callable[[], T], *, whole: bool = False
    ) -> T:
        """See `Database.judged_first`."""
        judging = self._judging
        if self.in_transaction() or judging.first is not None:
            return work()
        early = judging.first = Early(name, keys, may_be_whole=whole)
        try:
            return cast("T", early.whole.in_real(work()))
        except (OutdatedError, StorageError) as error:
            if not isinstance(error, OutdatedError):
                raise
        except Exception:
            # What was read may never have been so at one moment.
            if early.is_settled:
                raise
        finally:
            judging.first = None
        return work()

    def alone(self) -> None:
        judging, queue = self._judging, self._own.queue
        early, judging.early = judging.early, None
        memory = self._own.memory
        if early is not None and early.whole.is_begun:
            self._in_steps.add(early.name)
            raise OutdatedError
        if early is None or queue is None or memory is None:
            return
        self._habits.learn(*early.habit, memory)
        memory.asked.clear()
        foreseen = self._habits.foreseen(*early.habit_alone)
        proof = early.proof()
        if proof or foreseen:
            cursors = queue.answers([*proof, *foreseen])
            if not early.holds(cursors[: len(proof)]):
                raise OutdatedError
            for one, cursor in zip(foreseen, cursors[len(proof) :], strict=True):
                memory.keep(one, cursor)
        early.is_settled = True
        judging.noting = early

    def whole(self) -> Whole | None:
        early = self._judging.early
        if early is None or not early.may_be_whole or not early.has_read:
            return None
        if early.name in self._in_steps:
            return None
        if not early.whole.has_room:
            self.alone()
        return early.whole

    def _forget(self) -> None:
        self.alone()
        noting, self._judging.noting = self._judging.noting, None
        if noting is not None and self._own.memory is not None:
            self._habits.learn(*noting.habit_alone, self._own.memory)
        super()._forget()

    def _remembered(self, questions: Sequence[Asked]) -> list[Any]:
        early, memory = self._judging.early, self._own.memory
        is_gathering = memory is not None and memory.wanted is not None
        # Of what it writes no answer holds; other questions may wait for those they go with.
        may_wait = is_gathering and early is not None and not early.whole.is_begun
        if early is not None and not may_wait and not early.may_take(questions):
            self.alone()  # some of the answers come along
        return super()._remembered(questions)

    def _ask(self, questions: Sequence[tuple[str, Any]]) -> list[Any]:
        early = self._judging.early
        if early is not None and early.may_take(questions):
            return early.answers(self.asked, questions)
        self.alone()
        return super()._ask(questions)

    @contextmanager
    def writing(self) -> Iterator[None]:
        if self.in_transaction():
            with self.savepoint():
                yield
            return
        own, judging = self._own, self._judging
        self.connection()
        first: list[tuple[str, Any]] = [("BEGIN", None), (driving.LOCK, (WRITERS,))]
        if self.format:
            first.append((driving.FORMAT, (self.format,)))
        own.queue = queue = Queue(self, first)
        own.key, own.told = None, ""
        outer, own.memory = own.memory, Memory()
        early = judging.first
        if judging.first is not None:
            judging.early, judging.first = judging.first, None
            own.memory = Memory(self._habits.foreseen(*judging.early.habit))
        self.push_transaction(self.transaction())
        try:
            try:
                yield
                self._learn_whole(early)
            finally:
                self._state.transactions.pop()
                own.memory = outer
                judging.early = judging.noting = None
            if early is not None and early.whole.act is not None:
                own.queue = None
                self._keep_whole(early)
            elif not queue.is_empty:
                self._keep(queue)
        except BaseException:
            self.rollback()
            raise
        finally:
            if outer is not None:
                outer.forget()
        own.queue = None

    def _learn_whole(self, early: Early | None) -> None:
        memory = self._own.memory
        if early is not None and early.whole.act is not None and memory is not None:
            self._habits.learn(*early.habit, memory)

    def _keep(self, queue: Queue) -> None:
        """Commit. Errors: StorageError server_lost, after which nothing is there; server_unsure
        where nobody answers whether it is."""
        own = self._own
        key, before = own.key, own.origin
        queue.flush_first()
        note: tuple[str, Any] = driving.NOTE_WRITTEN, None
        if own.told:
            note = driving.NOTE_AND_TELL, (CHANNEL, own.told)
        conn = self._state.conn
        try:
            with acknowledging.asking_for_standby(conn, waits=before.waits) as warned:
                noted, _committed = queue.answers([note, ("COMMIT", None)])
        except StorageError:
            if not self._is_lost or key is None:
                raise
            self._look_for(key, before)
            return
        if key is not None and not acknowledging.is_on_standby(warned):
            self._unsure.append((key, before))
            raise StorageError("server_unsure")
        own.written += noted.fetchone() is not None
        if key is not None:
            self.seen.note(*key)

    def _keep_whole(self, early: Early) -> None:
        """Write an act that goes whole, by one statement that is a transaction of its own. Errors:
        as `_keep`, and whatever refuses it."""
        own, whole = self._own, early.whole
        key, before = Salted(early.head, whole.salt), own.origin
        told = sending.told(whole, early.rests(), self.format, CHANNEL, own.told)
        conn = self._state.conn
        try:
            with acknowledging.asking_for_standby(conn, waits=before.waits) as warned:
                answer = self._sent([(sending.WRITE, told)])[0].fetchone()
        except StorageError:
            if not self._is_lost:
                raise
            self._learn(early, self._look_for(key, before))
            return
        early.is_settled = True
        if not acknowledging.is_on_standby(warned):
            self._unsure.append((key, before))
            raise StorageError("server_unsure")
        given, seal = answer
        whole.kept(given, bytes(seal))
        own.written += 1
        self.seen.note(whole.id, whole.seal)

    def _learn(self, early: Early, key: Key) -> None:
        """Take the numbers of an act that was kept though nobody answered."""
        early.is_settled = True
        rows = self.asked([(sending.AS_IT_STANDS, (key.act,))])[0].fetchall()
        early.whole.found(rows, *key)

    def _look_for(self, key: Key | Salted, before: Origin) -> Key:
        """The act, once it is known to be kept. Errors: StorageError server_lost where nothing is
        there, server_unsure where nobody answers."""
        self._drop()
        try:
            found = acknowledging.sought(lambda: self._kept(key, before))
        except StorageError:
            self._unsure.append((key, before))
            raise StorageError("server_unsure") from None
        if found is None:
            raise StorageError("server_lost")
        self.seen.note(*found)
        return found

    def _kept(self, key: Key | Salted, before: Origin) -> Key | None:
        with self._line() as conn:
            return acknowledging.kept(conn, self._own.origin, before, key, WRITERS)

    @property
    def is_whole(self) -> bool:
        """Whether the open act is complete and goes whole."""
        early = self._judging.early
        return early is not None and early.whole.act is not None

    def will_keep(self, act: int, seal: bytes, touched: Touched) -> None:
        self._own.key, self._own.told = Key(act, seal), notices.written(act, touched)

    def must_know(self) -> None:
        while self._unsure:
            key, before = self._unsure[0]
            found = self._kept(key, before)
            self._unsure.remove((key, before))
            if found is not None:
                self.seen.note(*found)
                raise StorageError("kept_after_all")
