# SPDX-License-Identifier: Apache-2.0
"""Values of a list that do not go in by themselves, with all three sides of each.

Values only; `merging.py` finds them, `who_wins.py` says which they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.exchange.columns.matching import FAMILY, PEOPLE
from imp_plus_desktop.services.fields.field_plan import Operation

HAND = "hand"
"""What a value comes from that no list brought."""

ConflictKey = tuple[str, int, str]
"""(sheet, row, field): a cell of the file, by which a choice is kept."""


class OnConflict(StrEnum):
    """What becomes of a conflict that nobody chose about.

    `ASK` keeps the register's value as `OURS` does, but leaves the question open for the next
    list.
    """

    OURS = "ours"
    THEIRS = "theirs"
    ASK = "ask"


class Letters(StrEnum):
    """What a date is that lies a few days beside that of a letter on file: asked about, the same
    letter's own date put right, or that of a second letter."""

    ASK = "ask"
    CORRECT = "correct"
    SECOND = "second"


LETTER_DATE = "letter_date"
SECOND_LETTER = "second_letter"
"""In a `ConflictKey`, in the place of `LETTER_DATE`: the date is that of a second letter."""


class Kind(StrEnum):
    """Why a list's value does not go in by itself."""

    CONFLICT = "conflict"
    """The list and the register have both changed since the last list."""
    HAND = "hand"
    """The list says what it said; somebody has put it right in the register since."""
    LIST = "list"
    """The list says what it said; the list of another sender has changed it since."""
    NAME = "name"
    """The same name in another spelling."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One value, typed, with its three sides; None is an empty one.

    `base` is what the sender said last, in `base_from` on `base_at`; both None where no list of
    the sender told of it. `ours_from` is `HAND` or the name of the list that brought the
    register's value, `ours_by` and `ours_at` who wrote it and when. `name` and
    `individual_reference` are those of the person, or of the member's principal with the member's
    own name. `taken`: the list's value goes in; `second`, as another letter's beside ours.
    """

    sheet: str
    row: int
    field: str
    kind: Kind
    person_id: int
    name: str
    individual_reference: str | None
    ours: Any
    theirs: Any
    ours_from: str = HAND
    ours_by: str = ""
    ours_at: datetime | None = None
    base: Any = None
    base_from: str | None = None
    base_at: datetime | None = None
    cell: str | None = None
    is_member: bool = False
    taken: bool = False
    second: bool = False

    @property
    def by_hand(self) -> bool:
        """Whether a hand wrote the register's value, an emptied one too."""
        return self.ours_from == HAND

    @property
    def key(self) -> ConflictKey:
        """The cell, as `Choices.taken` names it."""
        return self.sheet, self.row, self.field

    @property
    def second_key(self) -> ConflictKey | None:
        """What `Choices.taken` names where the date is a second letter's; None of other values."""
        return (self.sheet, self.row, SECOND_LETTER) if self.field == LETTER_DATE else None

    @property
    def taken_key(self) -> ConflictKey | None:
        """How `Choices.taken` names the value as it is taken; None while ours stays."""
        if not self.taken:
            return None
        return self.second_key if self.second else self.key

    def chosen(self, *, take: bool, second: bool = False) -> Conflict:
        """The value with the list's taken or ours kept."""
        return replace(self, taken=take, second=take and second)


@dataclass(frozen=True, slots=True)
class KeptCounts:
    """How many values of a list stay out without a question, by `Kind`."""

    hands: int = 0
    lists: int = 0
    names: int = 0


class Update(NamedTuple):
    """A row about somebody in the register: what it tells, and what of it would be written.

    `plan` makes the operations of other values for the same person or member, `as_second` those
    of a row whose letter is a second one; members have none.
    """

    sheet: str
    row: int
    file: PersonFile
    values: Mapping[str, Any]
    operations: tuple[Operation, ...]
    plan: Callable[[Mapping[str, Any]], tuple[Operation, ...]]
    columns: Mapping[str, int]
    is_member: bool = False
    as_second: Callable[[Mapping[str, Any]], tuple[Operation, ...]] | None = None
    among_people: bool = False

    @property
    def kind(self) -> str:
        """The kind of list that it stands in; members may stand `among_people`."""
        return FAMILY if self.is_member and not self.among_people else PEOPLE


class Contest(NamedTuple):
    """A value that stays out, and what the row tells without it: None for nothing.

    Where somebody has corrected the number or the name by which the row knows an entry, `back`
    writes the list's into that entry, and `leave` holds either way. Without a `leave` the whole
    row stays out: it is about an entry that somebody has deleted.
    """

    conflict: Conflict
    leave: Mapping[str, Any] | None
    back: Operation | None = None


@dataclass(frozen=True, slots=True)
class ContestedRow:
    """A row of which some values stay out, unless they are taken."""

    update: Update
    contests: tuple[Contest, ...]

    @property
    def place(self) -> tuple[str, int]:
        """The sheet and the row."""
        return self.update.sheet, self.update.row

    def conflicts(self) -> tuple[Conflict, ...]:
        """The row's values with their three sides."""
        return tuple(contest.conflict for contest in self.contests)

    def choosing(self, choose: Callable[[Conflict], Conflict]) -> ContestedRow:
        """The row with each value chosen as `choose` makes it."""
        contests = [one._replace(conflict=choose(one.conflict)) for one in self.contests]
        return replace(self, contests=tuple(contests))

    def operations(self) -> tuple[Operation, ...]:
        """What the row writes as it is chosen."""
        values, back = dict(self.update.values), list[Operation]()
        second = any(contest.conflict.second for contest in self.contests)
        plan = (self.update.as_second if second else None) or self.update.plan
        for contest in self.contests:
            taken = contest.conflict.taken
            if taken and contest.back is not None:
                back.append(contest.back)
            elif taken:
                continue
            if contest.leave is None:
                return ()
            _put(values, contest.leave)
        try:
            return (*plan(values), *back)
        except DomainError:
            # One day of a permit from each side leaves it no day: both stay as they are.
            _put(values, dict.fromkeys(("permit_from", "permit_until")))
            return (*plan(values), *back)


def _put(values: dict[str, Any], other: Mapping[str, Any]) -> None:
    """Put other values in the place of a row's; None takes one out."""
    for name, value in other.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value


def kept_counts(rows: Sequence[ContestedRow]) -> KeptCounts:
    """How many values stay without a question."""
    kinds = [c.kind for row in rows for c in row.conflicts() if not c.taken]
    return KeptCounts(kinds.count(Kind.HAND), kinds.count(Kind.LIST), kinds.count(Kind.NAME))
