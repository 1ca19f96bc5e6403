# SPDX-License-Identifier: Apache-2.0
"""The family on one time axis: a row for the principal and for each member, as plain values.

Spans have a first and a last day, marks one day. Nothing is judged here: what is near, late or
wrong is said by the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from imp_plus_desktop.domain.applications.status import WAITING
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.family.household import Toppled
from imp_plus_desktop.domain.letters.csq import csq_expiry
from imp_plus_desktop.domain.letters.letters import window_end
from imp_plus_desktop.domain.permits.permits import passport_expiry
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import MemberId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.calendar import birthday, toronto_day
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.unseen.hidden import is_hidden
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.words.terms.code_names import name_of, word_in_sentence

KINDS = (
    "letter",
    "application",
    "permit",
    "passport_expiry",
    "csq_expiry",
    "arrival",
    "age_18",
    "age_22",
    "marriage",
    "separation",
    "death",
    "caq_until",
)


@dataclass(frozen=True, slots=True)
class BoardItem:
    """What holds from a day to a day, or happens on one (`last` None).

    `detail` is the code of an application or of its permit; `is_open` while it waits.
    """

    kind: str
    first: date
    last: date | None = None
    detail: str | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class BoardRow:
    """The principal (`member_id` None) or a member."""

    name: str
    relation: str | None
    member_id: MemberId | None
    items: tuple[BoardItem, ...]


@dataclass(frozen=True, slots=True)
class FamilyBoard:
    """All rows with the first and last day of the axis."""

    first: date
    last: date
    today: date
    rows: tuple[BoardRow, ...]


def board(office: Office, file: PersonFile) -> FamilyBoard:
    """The family of a file on one axis, wide enough for every day in it and for today."""
    today, programme = office.clock.today(), office.programme()
    rows = [BoardRow(file.person.full_name, None, None, _ordered(_persons(file, today, programme)))]
    for member in file.members:
        items = _ordered(_members(file, member, today, programme))
        rows.append(BoardRow(member.full_name, member.relation.value, member.id, items))
    days = [today, *(day for row in rows for item in row.items for day in _days(item))]
    return FamilyBoard(min(days), max(days), today, tuple(rows))


def lines(shown: FamilyBoard) -> list[str]:
    """The board in words, one line an item: what a reader of the screen hears."""
    said: list[str] = []
    for row in shown.rows:
        said.append(row_text(row))
        said += [f"  {item_text(item)}" for item in row.items]
    return said


def row_text(row: BoardRow) -> str:
    """Whose row it is: `Sara Benali (spouse)`."""
    who = _("principal") if row.relation is None else word_in_sentence(row.relation, "relation")
    return f"{row.name} ({who})"


def item_text(item: BoardItem) -> str:
    """One item: `Permit C41: May 4, 2023 to May 4, 2026`."""
    name = name_of(item.kind, "board_item")
    if item.detail is not None:
        name = coded(name, item.detail)
    if item.last is None:
        return _("{what}: {day}").format(what=name, day=format_day(item.first))
    if item.is_open:
        words = _("{what}: since {first}, awaiting a decision")
        return words.format(what=name, first=format_day(item.first))
    return _("{what}: {first} to {last}").format(
        what=name, first=format_day(item.first), last=format_day(item.last)
    )


def coded(name: str, code: str) -> str:
    """What is asked for beside its code: `Permit A76`, or `Application (study)` without one."""
    return f"{name} {_beside(name_of(code, 'application_code'))}"


def _beside(code: str) -> str:
    """A code as it is; the word that stands for one in brackets."""
    return f"({code})" if code[:1].islower() else code


def resting_text(file: PersonFile, found: Toppled) -> str:
    """What rests on the principal: whose, which code, and where it stands."""
    name = next((m.full_name for m in file.members if m.id == found.member), "")
    code = _beside(name_of(found.application.code))
    return _("{name}: application {code}, {state}").format(
        name=name, code=code, state=word_in_sentence(found.application.state)
    )


def _days(item: BoardItem) -> Iterator[date]:
    yield item.first
    if item.last is not None:
        yield item.last


def _ordered(items: Iterator[BoardItem]) -> tuple[BoardItem, ...]:
    return tuple(sorted(items, key=lambda item: (item.first, KINDS.index(item.kind))))


def _persons(file: PersonFile, today: date, programme: Programme) -> Iterator[BoardItem]:
    for letter in file.letters:
        start = letter.letter_received_date or letter.letter_date
        yield BoardItem("letter", start, max(start, window_end(letter, programme)))
    yield from _filed(file, None, today)
    expiry = csq_expiry(file.person, programme)
    ends = (
        ("passport_expiry", passport_expiry(file)),
        ("csq_expiry", expiry),
        ("arrival", file.person.arrived_on),
    )
    yield from (BoardItem(kind, day) for kind, day in ends if day is not None)


def _members(
    file: PersonFile, member: Member, today: date, programme: Programme
) -> Iterator[BoardItem]:
    yield from _filed(file, member.id, today)
    days = [
        ("passport_expiry", member.passport_expiry),
        ("caq_until", member.caq_until),
        ("arrival", member.arrived_on),
        ("marriage", member.married_on if member.relation is Relation.CHILD else None),
        ("separation", member.separated_on),
        ("death", member.died_on),
    ]
    born = member.birth_date
    if member.relation is Relation.CHILD and born is not None and not is_hidden(born):
        days.append(("age_18", birthday(born, programme.majority)))
        days.append(("age_22", birthday(born, programme.child_age)))
    yield from (BoardItem(kind, day) for kind, day in days if day is not None)


def _filed(file: PersonFile, member: MemberId | None, today: date) -> Iterator[BoardItem]:
    """The applications of one person, from receipt to decision, and their permits."""
    for application in file.applications:
        if application.member_id != member or application.received_at is None:
            continue
        yield _application(application, today)
        for permit in file.permits_of(application.id):
            yield BoardItem("permit", permit.valid_from, permit.valid_until, application.code.value)


def _application(application: Application, today: date) -> BoardItem:
    received = toronto_day(application.received_at) if application.received_at else today
    waits = application.state in WAITING
    last = max(received, application.decided_on or (today if waits else received))
    return BoardItem("application", received, last, application.code.value, waits)
