# SPDX-License-Identifier: Apache-2.0
"""What is written waits until something is asked, and goes with the question: one way to the server
and back for all of it.

A transaction that writes begins with the first question too. What a constraint refuses is raised
by whichever statement comes after it, at the latest where the part of the act or the act ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

_WRITES = ("INSERT ", "UPDATE ", "DELETE ", "SAVEPOINT ", "ANALYZE ")
_ENDS_PART = "RELEASE "
_PARTS = ("SAVEPOINT ", _ENDS_PART)
_MOST = 500
"""Statements that wait at most."""


class Line(Protocol):
    """What the queue asks of the database whose thread it belongs to."""

    def asked(self, statements: Sequence[tuple[str, Any]]) -> list[Any]: ...


class Later:
    """The cursor of a statement that has not gone yet: to ask it for anything sends it."""

    def __init__(self, queue: Queue, sql: str, params: Any) -> None:
        self._queue, self.sql, self.params = queue, sql, params
        self.cursor: Any = None

    def __getattr__(self, name: str) -> Any:
        if self.cursor is None:
            self._queue.answers([])  # also where it was taken to go after rows
        return getattr(self.cursor, name)


class Queue:
    """What one transaction of one thread has to send."""

    def __init__(self, line: Line, first: Sequence[tuple[str, Any]]) -> None:
        self._line = line
        self._waiting = [Later(self, *statement) for statement in first]
        self._begin = len(self._waiting)
        self.is_begun = False
        """Whether the server has answered to anything of it."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked or written."""
        return not self.is_begun and len(self._waiting) == self._begin

    def may_wait(self, sql: str, *, may_be_refused: bool = False) -> bool:
        """Whether a statement gives nothing back: no rows, and no refusal of what was written
        before it. Rows that are on their way may be refused, too."""
        if sql.startswith(_ENDS_PART):
            return not may_be_refused and all(one.sql.startswith(_PARTS) for one in self._waiting)
        return sql.startswith(_WRITES) and "RETURNING" not in sql

    def add(self, sql: str, params: Any) -> Later:
        """Let a statement wait."""
        later = Later(self, sql, params)
        self._waiting.append(later)
        if len(self._waiting) >= _MOST:
            self.flush()
        return later

    def answers(self, statements: Sequence[tuple[str, Any]]) -> list[Any]:
        """Send all that waits, and these; return their cursors."""
        waiting, self._waiting = self._waiting, []
        told = [(one.sql, one.params) for one in waiting]
        cursors = self._line.asked([*told, *statements])
        self.is_begun = True
        for one, cursor in zip(waiting, cursors, strict=False):
            one.cursor = cursor
        return cursors[len(waiting) :]

    def flush(self) -> None:
        """Send all that waits."""
        if self._waiting:
            self.answers([])

    def flush_first(self) -> None:
        """Send what waits where the server has answered to nothing yet: unlike a commit, that can
        be sent again."""
        if not self.is_begun:
            self.flush()

    def taken(self) -> list[Later]:
        """Hand over all that waits to whoever sends it after other things."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def back_to(self, savepoint: str) -> bool:
        """Forget what was to be sent since a savepoint; return whether the server has that one."""
        for place, one in enumerate(self._waiting):
            if one.sql == savepoint:
                del self._waiting[place:]
                return False
        self._waiting.clear()
        return True
