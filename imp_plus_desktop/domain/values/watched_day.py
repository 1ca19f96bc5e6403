# SPDX-License-Identifier: Apache-2.0
"""Today, as a day that notes until when all that was asked of it is answered the same.

    watch = Watch(today)
    line = computed_on(watch.today)     # what compares and counts days as ever
    watch.until                         # the last day on which it comes out the same

What is asked is compared days, counted days and added months: each answer tells the first later day
on which it would be another one. Whatever else is made of the day (its year, its text, its hash) is
taken to be another on the next day: too early costs a computation, too late would be wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

_After = Callable[[int], int]
"""What becomes of a figure with the ordinal of today."""


class Watch:
    """What was asked of one day."""

    def __init__(self, today: date) -> None:
        self.start = today.toordinal()
        self._days: int | None = None
        self.today: date = WatchedDay.made(self, self.start)

    @property
    def until(self) -> date:
        """The last day with the same answers."""
        if self._days is None:
            return date.max
        return date.fromordinal(self.start + self._days - 1)

    def note(self, days: int = 1) -> None:
        """Note that an answer is another one after so many days."""
        if self._days is None or days < self._days:
            self._days = days

    def note_reach(self, present: int, wanted: int, after: _After | None) -> None:
        """Note the first day on which what only grows with today reaches what it has not yet.

        Without `after` it grows by one a day.
        """
        if present >= wanted:
            return
        if after is None:
            self.note(wanted - present)
            return
        # A month has three days more or less than another: near the day, each one is tried.
        days = max(1, wanted - present - 4)
        while days > 1 and after(self.start + days) >= wanted:
            days -= 1
        while after(self.start + days) < wanted:
            days += 1
        self.note(days)


class _Compared:
    """What answers comparisons as a plain figure does, and notes when each is another one."""

    _plain: Any
    """The class whose answers these are."""
    _number: Any
    """What makes a number of one of that class."""
    _grown: int
    """Its number, or the opposite of its number, today."""
    _watch: Watch
    _after: _After | None
    """What becomes of it with today; None where that is one more a day."""
    _sign = 1
    """-1 where it is the opposite of that."""

    def _reach(self, other: Any, beyond: int) -> None:
        """Note when it is no longer below `other`, or with `beyond` no longer as high at most."""
        if isinstance(other, _Compared):
            self._note_beside(other)
        elif isinstance(other, self._plain):
            below = self._number(other) + beyond
            wanted = below if self._sign > 0 else 1 - below
            self._watch.note_reach(self._grown, wanted, self._after)
        else:
            self._watch.note()

    def _note_beside(self, other: _Compared) -> None:
        """Note a comparison of two that both move: as long as they keep their distance, never."""
        steady = self._after is None and other._after is None
        if not steady or self._sign != other._sign:
            self._watch.note()

    def __lt__(self, other: Any) -> bool:
        self._reach(other, 0)
        return bool(self._plain.__lt__(self, other))

    def __le__(self, other: Any) -> bool:
        self._reach(other, 1)
        return bool(self._plain.__le__(self, other))

    def __gt__(self, other: Any) -> bool:
        self._reach(other, 1)
        return bool(self._plain.__gt__(self, other))

    def __ge__(self, other: Any) -> bool:
        self._reach(other, 0)
        return bool(self._plain.__ge__(self, other))

    def __eq__(self, other: object) -> bool:
        self._reach(other, 0)
        self._reach(other, 1)
        return self._plain.__eq__(self, other) is True

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self._watch.note()
        return int(self._plain.__hash__(self))


class WatchedDay(_Compared, date):
    """A day that comes later as today does: today, and what is counted from it."""

    _plain, _number = date, staticmethod(date.toordinal)

    @classmethod
    def made(cls, watch: Watch, ordinal: int, after: _After | None = None) -> WatchedDay:
        """A day as many days from today tomorrow, or as `after` makes its ordinal of today's."""
        return cls.fromordinal(ordinal).watched(watch, after)

    def watched(self, watch: Watch, after: _After | None) -> WatchedDay:
        """This day, just made."""
        self._watch, self._grown, self._after = watch, date.toordinal(self), after
        return self

    def months_later(self, months: int, add: Callable[[date, int], date]) -> WatchedDay:
        """The day so many months later, as `add` has it of a plain day."""
        before, start = self._after, self._watch.start
        ahead = self._grown - start

        def after(ordinal: int) -> int:
            day = ordinal + ahead if before is None else before(ordinal)
            return add(date.fromordinal(day), months).toordinal()

        return WatchedDay.made(self._watch, after(start), after)

    def _moved(self, days: int) -> WatchedDay:
        before = self._after
        after = None if before is None else lambda ordinal: before(ordinal) + days
        return WatchedDay.made(self._watch, self._grown + days, after)

    def __add__(self, other: timedelta) -> WatchedDay:
        return self._moved(other.days)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self._moved(-other.days)
        if isinstance(other, WatchedDay):
            self._note_beside(other)
            return timedelta(self._grown - other._grown)
        return WatchedSpan(self, other)

    def __rsub__(self, other: date) -> WatchedSpan:  # type: ignore[misc]  # `other` is a plain day
        return WatchedSpan(self, other, -1)

    def since(self, other: date, sign: int) -> WatchedCount:
        """The days since another one, or with -1 until it."""
        fixed, before = date.toordinal(other), self._after
        after = None if before is None else lambda ordinal: before(ordinal) - fixed
        return WatchedCount.made(self._watch, self._grown - fixed, after, sign)

    def __getattribute__(self, name: str) -> Any:
        if name[0] != "_" and name not in _ASKED:
            self._watch.note()  # its year, its text: of tomorrow they are others
        return object.__getattribute__(self, name)

    def __repr__(self) -> str:
        return f"WatchedDay({self.isoformat()})"

    def __reduce__(self) -> Any:
        self._watch.note()
        return date.fromordinal, (date.toordinal(self),)


_ASKED = frozenset({"months_later", "since", "watched"})


class WatchedSpan:
    """The time from another day to a watched one (`sign` 1) or back (-1): its `days` alone are
    asked for."""

    def __init__(self, day: WatchedDay, other: date, sign: int = 1) -> None:
        self._day, self._other, self._sign = day, other, sign

    @property
    def days(self) -> WatchedCount:
        """How many days it is, more or fewer of them as today comes later."""
        return self._day.since(self._other, self._sign)


class WatchedCount(_Compared, int):
    """A number of days that grows (`sign` 1) or shrinks (-1) with today."""

    _plain, _number = int, staticmethod(int.__int__)

    @classmethod
    def made(cls, watch: Watch, grown: int, after: _After | None, sign: int) -> WatchedCount:
        """The count, or its opposite, of what has `grown` so far as `after` says."""
        return cls(sign * grown).watched(watch, grown, after, sign)

    def watched(self, watch: Watch, grown: int, after: _After | None, sign: int) -> WatchedCount:
        """This count, just made."""
        self._watch, self._grown, self._after, self._sign = watch, grown, after, sign
        return self

    def __bool__(self) -> bool:
        return self != 0

    def __neg__(self) -> WatchedCount:
        return WatchedCount.made(self._watch, self._grown, self._after, -self._sign)

    def __getattribute__(self, name: str) -> Any:
        if name[0] != "_" and name not in _ASKED:
            self._watch.note()
        return object.__getattribute__(self, name)


def _noted(name: str) -> Any:
    """An operation of whole numbers whose answer is taken to be another one tomorrow."""
    plain = getattr(int, name)

    def operation(self: WatchedCount, *others: Any) -> Any:
        self._watch.note()
        return plain(int.__int__(self), *others)

    return operation


_OPERATIONS = (
    "add", "radd", "sub", "rsub", "mul", "rmul", "floordiv", "rfloordiv", "mod", "rmod", "divmod",
    "rdivmod", "truediv", "rtruediv", "pow", "rpow", "pos", "abs", "int", "index", "float", "trunc",
    "round", "ceil", "floor", "str", "repr", "format", "reduce_ex",
)  # fmt: skip
for _name in _OPERATIONS:
    setattr(WatchedCount, f"__{_name}__", _noted(f"__{_name}__"))
