# SPDX-License-Identifier: Apache-2.0
"""Rows that go to a server by the thousand: a thread brings them in while the next ones are made.

Whatever else is asked of the connection waits until they are in; what is only written goes after
them. What a constraint refuses is raised by whichever statement comes next, at the latest where the
part of the act or the act ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import peewee

from imp_plus_desktop.storage.engines.postgresql import bulk
from imp_plus_desktop.storage.engines.postgresql.line.of_thread import OfThread


class BringingDatabase(peewee.PostgresqlDatabase):
    """A database on a server that takes many rows at once."""

    _own: OfThread

    if TYPE_CHECKING:  # the line has them

        def asked(self, statements: Sequence[tuple[str, Any]]) -> list[Any]: ...
        def _forget(self) -> None: ...
        def _line(self) -> AbstractContextManager[Any]: ...

    def _counts(self, table: str, columns: Sequence[str]) -> bool:
        """Whether the rows of a table are numbered as they go."""
        return False

    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> None:
        statement, many = bulk.parted(table, columns, rows)
        queue = self._own.queue
        self._forget()
        if many is not None:
            beside = self._beside()
            beside.bring(table, columns, many, counts=self._counts(table, columns))
            if queue is None:
                self._settle()  # nothing may come that would wait for them
        elif statement is not None and queue is not None:
            queue.add(*statement)
        elif statement is not None:
            self.asked([statement])

    def _beside(self) -> bulk.Beside:
        """What brings rows in, after all that waits."""
        own, queue = self._own, self._own.queue
        if own.beside is not None and queue is not None:
            own.beside.execute(queue.taken())
            return own.beside
        if queue is not None:
            queue.flush()
        with self._line() as conn:
            own.beside = bulk.Beside(conn)
        return own.beside

    def _settle(self) -> None:
        with self._line():
            """Whoever takes the line waits for the rows."""

    def savepoint(self, *named: Any) -> Any:
        self._settle()  # what came before is no part of it
        return super().savepoint(*named)
