# SPDX-License-Identifier: Apache-2.0
"""Two files of one person, side by side: what differs, what clashes, and what is kept by default.

Pure: it compares, the service moves and deletes. Nothing is lost without a choice: what only one
file has always stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from imp_plus_desktop.domain.calendar import toronto_day
from imp_plus_desktop.domain.codes import DocumentState
from imp_plus_desktop.domain.identifiers import normalise
from imp_plus_desktop.domain.names import fold
from imp_plus_desktop.domain.status import is_open
from imp_plus_desktop.domain.values import (
    Application,
    Document,
    Letter,
    Member,
    Passport,
    Person,
    PersonFile,
)


class Side(StrEnum):
    """Whose value stays; `both` keeps two entries beside each other."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field of the person that both files hold, with different values."""

    field: str
    left: object
    right: object
    default: Side


@dataclass(frozen=True, slots=True)
class Clash:
    """Two entries that are or may be the same one; `key` names the choice, `kind` the table."""

    key: str
    kind: str
    left: Letter | Document | Application | Member | Passport
    right: Letter | Document | Application | Member | Passport
    options: tuple[Side, ...]
    default: Side


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a person must look at before two files become one."""

    left: PersonFile
    right: PersonFile
    fields: tuple[FieldChoice, ...]
    clashes: tuple[Clash, ...]

    @property
    def choices(self) -> Mapping[str, tuple[Side, ...]]:
        """What can be chosen, by name: fields first, then the clashes."""
        either = (Side.LEFT, Side.RIGHT)
        return {choice.field: either for choice in self.fields} | {
            clash.key: clash.options for clash in self.clashes
        }

    @property
    def defaults(self) -> Mapping[str, Side]:
        return {choice.field: choice.default for choice in self.fields} | {
            clash.key: clash.default for clash in self.clashes
        }


_NUMBERS = frozenset({"individual_reference", "uci", "file_number", "pr_number"})
_STATES = (DocumentState.REQUIRED, DocumentState.RECEIVED, DocumentState.REVIEWED)
_EITHER = (Side.LEFT, Side.RIGHT)
_ANY = (Side.LEFT, Side.RIGHT, Side.BOTH)


def compare(left: PersonFile, right: PersonFile) -> Comparison:
    """What two files of one person say differently."""
    better = better_side(left, right)
    return Comparison(
        left,
        right,
        _fields(left.person, right.person, better),
        (
            *_letters(left, right),
            *_passports(left, right),
            *_documents(left, right),
            *_members(left, right),
            *_applications(left, right),
        ),
    )


def better_side(left: PersonFile, right: PersonFile) -> Side:
    """Whose values are kept by default: the file that got further, then the fuller one."""

    def worth(file: PersonFile) -> tuple[int, int, int]:
        known = sum(getattr(file.person, f.name) is not None for f in fields(Person))
        return (len(file.own_permits), len(file.own_applications), known)

    return Side.RIGHT if worth(right) > worth(left) else Side.LEFT


def _fields(left: Person, right: Person, better: Side) -> tuple[FieldChoice, ...]:
    found = []
    for field in fields(Person):
        one, other = getattr(left, field.name), getattr(right, field.name)
        if field.name == "id" or one is None or other is None:
            continue
        if field.name in _NUMBERS and normalise(one) == normalise(other):
            continue
        if one != other:
            found.append(FieldChoice(field.name, one, other, better))
    return tuple(found)


def _letters(left: PersonFile, right: PersonFile) -> list[Clash]:
    """Letters of one date are one letter; only their day of receipt can differ."""
    found = []
    for one in left.letters:
        for other in right.letters:
            if one.letter_date == other.letter_date:
                known = one.letter_received_date is not None or other.letter_received_date is None
                default = Side.LEFT if known else Side.RIGHT
                key = f"letter:{one.letter_date.isoformat()}"
                found.append(Clash(key, "letter", one, other, _EITHER, default))
    return found


def _passports(left: PersonFile, right: PersonFile) -> list[Clash]:
    """Passports of one number are one passport."""
    found = []
    for one in left.passports:
        for other in right.passports:
            if one.number and other.number and normalise(one.number) == normalise(other.number):
                default = Side.LEFT if one.expiry is not None else Side.RIGHT
                key = f"passport:{one.id}"
                found.append(Clash(key, "passport", one, other, _EITHER, default))
    return found


def _documents(left: PersonFile, right: PersonFile) -> list[Clash]:
    """A document of a type is there once; the one that got further is kept by default."""
    found = []
    own = {d.type: d for d in left.documents if d.member_id is None}
    for other in right.documents:
        one = own.get(other.type) if other.member_id is None else None
        if one is None:
            continue
        further = _STATES.index(other.state) > _STATES.index(one.state)
        default = Side.RIGHT if further else Side.LEFT
        key = f"document:{one.type.value}"
        found.append(Clash(key, "document", one, other, _EITHER, default))
    return found


def _members(left: PersonFile, right: PersonFile) -> list[Clash]:
    """A member of the same name and birth date is the same member, unless somebody says no."""
    found = []
    taken: set[int] = set()
    for one in left.members:
        for other in right.members:
            if other.id in taken or not _same_member(one, other):
                continue
            taken.add(other.id)
            found.append(Clash(f"member:{one.id}", "member", one, other, _ANY, Side.LEFT))
            break
    return found


def _same_member(one: Member, other: Member) -> bool:
    names = fold(one.full_name) == fold(other.full_name)
    births = {one.birth_date, other.birth_date} - {None}
    return names and len(births) < 2


def _applications(left: PersonFile, right: PersonFile) -> list[Clash]:
    """Two applications of one kind that are open, or of one day, may be one entered twice."""
    found = []
    taken: set[int] = set()
    for one in left.own_applications:
        for other in right.own_applications:
            if other.id in taken or not _maybe_same(one, other):
                continue
            taken.add(other.id)
            same = _received_on(one) == _received_on(other) and not _two_numbers(one, other)
            default = Side.BOTH if not same else _further(one, other)
            found.append(Clash(f"application:{one.id}", "application", one, other, _ANY, default))
            break
    return found


def _maybe_same(one: Application, other: Application) -> bool:
    if one.kind is not other.kind:
        return False
    both_open = is_open(one.state) and is_open(other.state)
    return both_open or (one.received_at is not None and _received_on(one) == _received_on(other))


def _received_on(application: Application) -> object:
    at = application.received_at
    return None if at is None else toronto_day(at)


def _two_numbers(one: Application, other: Application) -> bool:
    numbers = (one.application_number, other.application_number)
    return None not in numbers and numbers[0] != numbers[1]


def _further(one: Application, other: Application) -> Side:
    """The one that is decided, then the one that was received, then the one with a number."""

    def worth(application: Application) -> tuple[bool, bool, bool]:
        return (
            application.outcome is not None,
            application.received_at is not None,
            application.application_number is not None,
        )

    return Side.RIGHT if worth(other) > worth(one) else Side.LEFT
