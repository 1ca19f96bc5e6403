# SPDX-License-Identifier: Apache-2.0
"""An act that goes to its engine whole, once everything of it is known but what only whoever writes
alone can know: its ids, its places and its hash.

Until then a mark stands for each of these numbers, a number itself, of which nobody can have typed
the digits: they are drawn anew for each act.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from operator import is_
from typing import Any, NamedTuple

from imp_plus_desktop.domain.reads.touched import Touched, of_rows

_DIGITS, _MOST = 10**15, 1_000
"""A mark has nineteen digits and is still a whole number of the engine's: 8, as many as are drawn,
and three that count."""

Told = tuple[str, int, int | None, str | None, str | None, str]
"""A change: kind, id, person, before, after, salt in hexadecimal."""


class Place(NamedTuple):
    """A place of a year that an act takes, while so many are in use."""

    year: int
    mark: int
    within: range


class Whole:
    """What one act is made of."""

    def __init__(self) -> None:
        self._first = (8 * _DIGITS + secrets.randbelow(_DIGITS)) * _MOST
        self._count = 0
        self.ids: dict[str, list[int]] = {}
        """The marks of new ids by what they count, in their order."""
        self.places: list[Place] = []
        self.kinds: set[str] = set()
        """The kinds of rows that it writes: none of these is as it was read any more."""
        self.act: dict[str, object] | None = None
        """Everything that is told of it, once it is complete."""
        self.changes: list[Told] = []
        self.salt = b""
        self.given: dict[int, int] = {}
        """The number that stands for each mark, once it is kept."""
        self.id, self.seal = 0, b""

    @property
    def is_begun(self) -> bool:
        """Whether anything of it was promised, so that it can be told in no other way."""
        return bool(self._count or self.kinds)

    @property
    def has_room(self) -> bool:
        """Whether there is a mark left."""
        return self._count < _MOST

    def new_id(self, kind: str) -> int:
        """The mark of the next id of a kind."""
        mark = self._mark()
        self.ids.setdefault(kind, []).append(mark)
        return mark

    def place(self, year: int, within: range) -> int:
        """The mark of a place."""
        mark = self._mark()
        self.places.append(Place(year, mark, within))
        return mark

    def _mark(self) -> int:
        self._count += 1
        return self._first + self._count - 1

    @property
    def marks(self) -> list[int]:
        """All marks, in the order in which they are given numbers."""
        ids = (mark for marks in self.ids.values() for mark in marks)
        return [*ids, *(place.mark for place in self.places)]

    def kept(self, given: Sequence[int], seal: bytes) -> None:
        """Say what was written for the marks, and the act's own hash."""
        self.given = dict(zip(self.marks, given, strict=True))
        self.id, self.seal = self.given[self.ids["act"][0]], seal

    def found(self, changes: Sequence[Sequence[Any]], number: int, seal: bytes) -> None:
        """The same where nobody answered, by the act's changes as they stand in the register: the
        id and `after` of each."""
        self.id, self.seal = number, seal
        for (_kind, mark, _person, _before, after, _salt), row in zip(
            self.changes, changes, strict=True
        ):
            self._pair(mark, row[0])
            mine, theirs = (json.loads(one) if one else {} for one in (after, row[1]))
            for name, value in mine.items():
                self._pair(value, theirs[name])
        for mark in self.ids.get("act", ()):
            self._pair(mark, number)

    def _pair(self, mark: object, number: object) -> None:
        if isinstance(mark, int) and 0 <= mark - self._first < self._count:
            self.given[mark] = int(str(number))

    def real(self, number: int) -> int:
        """The number that stands for a mark; any other number is itself."""
        return self.given.get(number, number)

    def touched(self, by_marks: Touched) -> Touched:
        """What the act touched, by the rows' own ids."""
        if by_marks.everything or not by_marks.named:
            return by_marks
        ids = {kind: set(map(self.real, some)) for kind, some in by_marks.ids.items()}
        return of_rows(ids, set(map(self.real, by_marks.people)))

    def in_real(self, value: Any) -> Any:
        """What a service returns of an act, with the numbers that stand for the marks in it: it is
        a number, or holds numbers, or rows of them."""
        if not is_dataclass(value) or isinstance(value, type):
            return self._numbers_in(value)
        now = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        real = {name: self._numbers_in(one) for name, one in now.items()}
        changed = {name: one for name, one in real.items() if one is not now[name]}
        return replace(value, **changed) if changed else value

    def _numbers_in(self, value: Any) -> Any:
        if type(value) is int:
            return self.given.get(value, value)
        if not isinstance(value, tuple | list | set | frozenset):
            return value
        real = [self.given.get(one, one) if type(one) is int else one for one in value]
        if all(map(is_, real, value)):
            return value
        return value._make(real) if hasattr(value, "_make") else type(value)(real)
