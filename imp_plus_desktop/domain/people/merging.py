# SPDX-License-Identifier: Apache-2.0
"""Two files of one person, side by side: what differs, what clashes, and what may be kept unasked.

Pure: it compares, the service moves and deletes. Nothing is lost without a choice: what only one
file has always stays, and nothing is preselected by which a value would be lost.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from enum import StrEnum

from imp_plus_desktop.domain.applications.status import is_open
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.catalogue import PARTLY, PERSON, known_of, names_with
from imp_plus_desktop.domain.records.fields import Kind, Mark
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.papers import Document, Letter, Passport
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import DocumentState
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.values.partial_days import agrees


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


@dataclass(frozen=True, slots=True)
class Clash:
    """Two entries that are or may be the same one; `key` names the choice, `kind` the table.

    `default` is None where either side would lose what the other holds.
    """

    key: str
    kind: str
    left: Letter | Document | Application | Member | Passport
    right: Letter | Document | Application | Member | Passport
    options: tuple[Side, ...]
    default: Side | None


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
        """What is kept without being asked, by name: nothing is lost by it."""
        return {c.key: c.default for c in self.clashes if c.default is not None}

    @property
    def contradictions(self) -> tuple[str, ...]:
        """The fields that say that these are two people: they ask for an explicit yes."""
        return tuple(choice.field for choice in self.fields if choice.field in _TWO_PEOPLE)


_TWO_PEOPLE = frozenset(names_with(PERSON, Mark.APART))
_NUMBERS = frozenset(field.name for field in PERSON if field.kind is Kind.IDENTIFIER)
_STATES = (DocumentState.REQUIRED, DocumentState.RECEIVED, DocumentState.REVIEWED)
_EITHER = (Side.LEFT, Side.RIGHT)
_ANY = (Side.LEFT, Side.RIGHT, Side.BOTH)


def compare(left: PersonFile, right: PersonFile) -> Comparison:
    """What two files of one person say differently."""
    return Comparison(
        left,
        right,
        _fields(left.person, right.person),
        (
            *_letters(left, right),
            *_passports(left, right),
            *_documents(left, right),
            *_members(left, right),
            *_applications(left, right),
        ),
    )


def _fields(left: Person, right: Person) -> tuple[FieldChoice, ...]:
    found = []
    for field in fields(Person):
        if field.name in PARTLY.values():
            continue  # told at the day in whose place it stands
        one, other = known_of(left, field.name), known_of(right, field.name)
        if field.name == "id" or one is None or other is None:
            continue
        if field.name in PARTLY and agrees(one, other):
            continue
        if field.name in _NUMBERS and normalise(one) == normalise(other):
            continue
        if one != other:
            found.append(FieldChoice(field.name, one, other))
    return tuple(found)


def _letters(left: PersonFile, right: PersonFile) -> list[Clash]:
    """Letters of one date are one letter; only their day of receipt can differ."""
    found = []
    for one in left.letters:
        for other in right.letters:
            if one.letter_date == other.letter_date:
                default = _unless_lost(Side.LEFT, one, other)
                key = f"letter:{one.letter_date.isoformat()}"
                found.append(Clash(key, "letter", one, other, _EITHER, default))
    return found


def _passports(left: PersonFile, right: PersonFile) -> list[Clash]:
    """Passports of one number are one passport."""
    found = []
    for one in left.passports:
        for other in right.passports:
            if one.number and other.number and normalise(one.number) == normalise(other.number):
                default = _unless_lost(Side.LEFT, one, other)
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
        default = _unless_lost(Side.RIGHT if further else Side.LEFT, one, other, {"state"})
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
            default = _unless_lost(Side.LEFT, one, other)
            found.append(Clash(f"member:{one.id}", "member", one, other, _ANY, default))
            break
    return found


def _same_member(one: Member, other: Member) -> bool:
    names = fold(one.full_name) == fold(other.full_name)
    births = (known_of(one, "birth_date"), known_of(other, "birth_date"))
    return names and (None in births or agrees(*births))


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
            default = _one_of_two(one, other) if same else Side.BOTH
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


def _one_of_two(one: Application, other: Application) -> Side | None:
    """The one that is decided, then the one that was received, then the one with a number; its
    state says what the other's said before. None where two decisions contradict each other."""

    def worth(application: Application) -> tuple[bool, bool, bool]:
        return (
            application.outcome is not None,
            application.received_at is not None,
            application.application_number is not None,
        )

    further = Side.RIGHT if worth(other) > worth(one) else Side.LEFT
    return _unless_lost(further, one, other, {"state", "place", "received_at"})


def _unless_lost(
    side: Side, one: object, other: object, besides: Collection[str] = ()
) -> Side | None:
    """The side, or None where the two entries hold something else in one field.

    What only the entry that goes holds is filled in, so that nothing else can be lost.
    """
    for field in fields(one):  # type: ignore[arg-type]
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        told = field.name not in besides and field.name != "id" and not field.name.endswith("_id")
        if told and mine != theirs and None not in (mine, theirs) and not _same(mine, theirs):
            return None
    return side


def _same(mine: object, theirs: object) -> bool:
    """Whether two texts are one number or name, however they are written."""
    texts = isinstance(mine, str) and isinstance(theirs, str)
    return texts and normalise(str(mine)) == normalise(str(theirs))
