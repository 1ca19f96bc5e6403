# SPDX-License-Identifier: Apache-2.0
"""What was asked a moment ago is not asked again, and what will be asked goes along.

Within a transaction that writes nobody else does, and within one reading of a page all may be as
it was at its beginning: an answer stays good until something is written here. A page asks the same
each time that it is shown: what it asked last time goes in one message with its first question.
Whatever was foreseen wrongly is only left lying, since an answer belongs to the very words and
values that were asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

_READS = ("SELECT", "WITH")
_ELSE = ("FOR UPDATE", "pg_", "brought")
"""What answers otherwise each time, or is a connection's own; what asks no table may write one."""
_MOST, _MOST_ROWS = 300, 2_000

Asked = tuple[str, tuple[Any, ...]]


class _Told(NamedTuple):
    rows: list[Any]
    cursor: Any


class Answer:
    """A cursor on rows that have come already."""

    def __init__(self, told: _Told) -> None:
        self._rows, self._at = told.rows, 0
        self._cursor = told.cursor

    @property
    def description(self) -> Any:
        """What the columns are called, made by the driver where somebody asks."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows there are."""
        return int(self._cursor.rowcount)

    def fetchone(self) -> Any:
        """Return the next row, None after the last."""
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int) -> list[Any]:
        """Return so many of the next rows."""
        first, self._at = self._at, self._at + size
        return self._rows[first : self._at]

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        return self.fetchmany(len(self._rows))

    def close(self) -> None:
        """Have done with it."""
        self._at = len(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fetchall())


def _is_plain(params: Sequence[Any]) -> bool:
    """Whether what is asked for is told apart by its values: a list is not."""
    return all(isinstance(one, str | int | bytes | float | None) for one in params)


class WantedError(BaseException):
    """Breaks off a read whose next answer has not come yet; it is begun again when it has."""


class Memory:
    """The answers of one transaction, or of one reading."""

    def __init__(self, foreseen: Sequence[Asked] = ()) -> None:
        self._known: dict[Asked, _Told] = {}
        self._foreseen = list(foreseen)
        self.wanted: dict[Asked, None] | None = None
        """What several reads want next, while they are gone through together."""
        self.asked: dict[Asked, None] = {}
        """What was asked, in its order."""

    @staticmethod
    def key(sql: str, params: Any) -> Asked | None:
        """Under what an answer is kept, None where it holds for once only."""
        if not sql.startswith(_READS) or any(word in sql for word in _ELSE) or " FROM " not in sql:
            return None
        return (sql, tuple(params or ())) if _is_plain(params or ()) else None

    def answer(self, key: Asked) -> Answer | None:
        """Return an answer that is known."""
        told = self._known.get(key)
        return None if told is None else Answer(told)

    def more(self, missing: Sequence[Asked]) -> list[Asked]:
        """What goes along with the first question: it is foreseen once."""
        foreseen, self._foreseen = self._foreseen, []
        return [one for one in foreseen if one not in missing and one not in self._known]

    def keep(self, key: Asked, cursor: Any) -> Answer:
        """Keep an answer, and return it."""
        told = _Told(cursor.fetchall(), cursor)
        if len(self._known) < _MOST and len(told.rows) <= _MOST_ROWS:
            self._known[key] = told
        return Answer(told)

    def note(self, key: Asked) -> None:
        """Note that something was asked."""
        if len(self.asked) < _MOST:
            self.asked[key] = None

    def gather(self, read: Callable[[], Any]) -> tuple[bool, Any]:
        """Go through a read as far as answers have come: whether to its end, and what it gave."""
        self.wanted = {} if self.wanted is None else self.wanted
        try:
            return True, read()
        except WantedError:
            return False, None

    def next(self) -> list[Asked]:
        """What the reads that were gone through want."""
        wanted, self.wanted = list(self.wanted or ()), None
        return wanted

    def forget(self) -> None:
        """Something was written: nothing is known any more."""
        self._known.clear()
        self._foreseen.clear()


class Habits:
    """What was asked the last time under a name. Values that the name came with are told apart,
    so that what was asked of one person is asked of another. With more of them, or fewer, something
    else was asked."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], list[Asked]] = {}

    def foreseen(self, name: str, keys: Sequence[Any]) -> list[Asked]:
        """What is likely to be asked."""
        return [
            (sql, tuple(keys[one.place] if isinstance(one, _Key) else one for one in params))
            for sql, params in self._known.get((name, len(keys)), ())
        ]

    def learn(self, name: str, keys: Sequence[Any], memory: Memory) -> None:
        """Note what was asked this time."""
        places = {key: _Key(place) for place, key in enumerate(keys)}
        self._known[name, len(keys)] = [
            (sql, tuple(places.get(one, one) for one in params)) for sql, params in memory.asked
        ]


class _Key(NamedTuple):
    """The place of a value among those that a name came with."""

    place: int
