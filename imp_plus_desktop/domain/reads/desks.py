# SPDX-License-Identifier: Apache-2.0
"""What the desks of a register on a server know of each other: who has which file open, and what
somebody has taken on.

    Around(people, claims)      what is known; ALONE where there is nobody else
        others_at(person) -> names, whose(matter) -> Claim | None
    Matter(kind, what)          what can be taken on: `held_row`, `deadline`, `finding`
    touched_by(before, after)   what reads otherwise once claims have changed

Nothing of it is in the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import NamedTuple

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.touched import NOTHING, Touched

HELD_ROW, DEADLINE, FINDING = "held_row", "deadline", "finding"
FILE = "person"
"""The kind of what a desk has open."""
MINE, NOBODYS = "mine", "nobodys"
"""What a list may keep: what whoever asks has taken on, and what nobody has."""
_KINDS = {HELD_ROW: "held_row", DEADLINE: "deadline_mark", FINDING: "flag_settlement"}
"""As the journal names the rows that end each."""


class Matter(NamedTuple):
    """Something that somebody can take on. The server reads `what` too, where it is done."""

    kind: str
    what: str

    @classmethod
    def held_row(cls, row: int) -> Matter:
        """A row that an import held."""
        return cls(HELD_ROW, str(row))

    @classmethod
    def deadline(cls, person: int, kind: str, day: date, subject: int | None) -> Matter:
        """A deadline of a person, on the day that the file gives it."""
        return cls(DEADLINE, f"{person}:{kind}:{day.isoformat()}:{subject or ''}")

    @classmethod
    def finding(cls, person: int, code: str, subject: int, about: str) -> Matter:
        """A finding on somebody's history."""
        return cls(FINDING, f"{person}:{code}:{subject}:{about}")

    @property
    def person(self) -> int | None:
        """In whose file it is, None for a held row and for what nobody can read."""
        first = self.what.partition(":")[0]
        return int(first) if self.kind != HELD_ROW and first.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody has taken on, and until when at the latest; `is_own`: by whoever asks."""

    matter: Matter
    name: str
    since: datetime
    until: datetime
    is_own: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A desk that gave a sign of itself, with what it has open; None for nothing."""

    name: str
    person: int | None
    since: datetime
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """Who is there, one for each desk, and what is taken on."""

    people: tuple[Seen, ...] = ()
    claims: Mapping[Matter, Claim] = field(default_factory=dict, hash=False)

    def others_at(self, person: int | None) -> tuple[Seen, ...]:
        """Who else has a file open, each name once, the first one first."""
        found: dict[str, Seen] = {}
        for one in sorted(self.people, key=lambda one: one.since):
            if one.person == person and person is not None and not one.is_own:
                found.setdefault(one.name, one)
        return tuple(found.values())

    def whose(self, matter: Matter) -> Claim | None:
        """Who has taken something on."""
        return self.claims.get(matter)


ALONE = Around()


def touched_by(before: Mapping[Matter, Claim], after: Mapping[Matter, Claim]) -> Touched:
    """What reads otherwise: rows whose claim came, went or is another's."""
    touched = NOTHING
    for matter in before.keys() | after.keys():
        was, now = before.get(matter), after.get(matter)
        if (was and was.name) == (now and now.name) or matter.kind not in _KINDS:
            continue
        person = matter.person
        row = frozenset({int(matter.what)}) if matter.kind == HELD_ROW else frozenset[int]()
        people = frozenset[int]() if person is None else frozenset({person})
        touched |= Touched({_KINDS[matter.kind]: row}, people)
    return touched
