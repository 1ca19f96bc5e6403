# SPDX-License-Identifier: Apache-2.0
"""Which day follows which in a life on file, and which cannot lie ahead: as the catalogue says.

A list is judged by it row by row, and what a hand enters is judged by it too: what is impossible
is an error in a list and refused by hand, what is out of order is told by both and kept. Fields
are those of the import table, or of the row that hangs on a file. Must not know where a day comes
from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records import fields
from imp_plus_desktop.domain.records.catalogue import (
    AGAIN,
    BY_NAME,
    FIELDS,
    IN_FAMILY,
    LINKED,
    MEMBER,
    PARTLY,
    PEOPLE,
    PERSON,
    slot_field,
)
from imp_plus_desktop.domain.records.fields import Field
from imp_plus_desktop.domain.records.listed import MORE
from imp_plus_desktop.domain.values.calendar import add_months, toronto_day
from imp_plus_desktop.domain.values.partial_days import first_day

IMPOSSIBLE = fields.IMPOSSIBLE
OUT_OF_ORDER = fields.OUT_OF_ORDER
AHEAD = fields.AHEAD
TOO_LONG = "permit_too_long"


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """What holds among the days of one kind of row.

    `follows`: earlier and later day, which may be one, and what it is called when they stand the
    other way. What is impossible comes first and rejects a row; what is out of order is history
    that somebody states, and told. `not_ahead`: days of what has happened, and what one that is
    still to come is called. `any_day` may lie ahead.
    """

    follows: Mapping[tuple[str, str], str]
    not_ahead: Mapping[str, str]
    any_day: frozenset[str]

    @property
    def days(self) -> frozenset[str]:
        """Every day that it looks at, whose row it may be."""
        earlier = {name for pair in self.follows for name in pair}
        return frozenset({*self.not_ahead, *self.any_day, *earlier})


def _order(some: Iterable[Field]) -> Order:
    """The order of these fields; the letter's days first: where several are wrong beside one, the
    letter is told of."""
    dated = sorted(
        {field.named: field for field in some if field.is_day}.values(),
        key=lambda field: field.entity != "letter",
    )
    follows = {
        (earlier, field.named): code
        for wanted in (IMPOSSIBLE, OUT_OF_ORDER)
        for field in dated
        for earlier, code in field.traits.follows
        if code == wanted
    }
    ahead = {field.named: field.traits.ahead for field in dated if field.traits.ahead}
    other = frozenset(field.named for field in dated if not field.traits.ahead)
    return Order(MappingProxyType(follows), MappingProxyType(ahead), other)


def _side_by_side() -> Iterator[tuple[tuple[str, str], str]]:
    """The order within a second application, permit or passport that a row has beside the first.

    Of another kind of row, only the person's days hold: which of two passports was for which
    permit, nobody knows.
    """
    courses = {"application", "permit"}
    for name, (plain, slot) in AGAIN.items():
        for earlier, code in BY_NAME[plain].traits.follows:
            own, theirs = BY_NAME[plain].entity, BY_NAME[earlier].entity
            if theirs == "person":
                yield (earlier, name), code
            elif theirs == own or {own, theirs} <= courses:
                yield (f"{earlier}_{slot}", name), code


def _of_relatives() -> Iterator[tuple[tuple[str, str], str]]:
    """The order within each member of the family that a row has beside its person."""
    for name, (_plain, slot) in IN_FAMILY.items():
        for earlier, code in BY_NAME[name].traits.follows:
            before = slot_field(slot, earlier)
            if before in IN_FAMILY:
                yield (before, name), code


def _of_lists(plain: Order) -> Order:
    """That of a list of people, which may have some fields once more, and some of other rows."""
    more = _order(MORE)
    again = {name: field for name, (field, _slot) in AGAIN.items() if BY_NAME[field].is_day}
    ahead = {name: BY_NAME[field].traits.ahead for name, field in again.items()}
    ahead |= {name: BY_NAME[name].traits.ahead for name in IN_FAMILY if BY_NAME[name].is_day}
    follows = {**plain.follows, **more.follows, **dict(_side_by_side()), **dict(_of_relatives())}
    return Order(
        MappingProxyType(dict(sorted(follows.items(), key=lambda pair: pair[1] != IMPOSSIBLE))),
        MappingProxyType(
            {**plain.not_ahead, **more.not_ahead, **{n: code for n, code in ahead.items() if code}}
        ),
        plain.any_day | more.any_day | {name for name, code in ahead.items() if not code},
    )


OF_PERSON = _order((*PEOPLE, *PERSON))
"""Of all that is typed of a person."""
OF_PEOPLE = _of_lists(OF_PERSON)
"""Of a row of a list of people."""
OF_MEMBER = _order((*LINKED, *MEMBER))
"""Of a member, and of a row of a list of families."""
OF_ROWS: Mapping[str, Order] = MappingProxyType({name: _order(of) for name, of in FIELDS.items()})
"""Of each kind of row that hangs on a file, beside the days of its person and application."""

FOLLOWS, NOT_AHEAD, ANY_DAY = OF_PERSON.follows, OF_PERSON.not_ahead, OF_PERSON.any_day
DAYS = OF_PERSON.days


@dataclass(frozen=True, slots=True)
class Misdated:
    """A day that cannot be right: its field, and the day of the field `beside` (today without)."""

    field: str
    code: str
    day: date
    other: date
    beside: str = ""

    @property
    def is_impossible(self) -> bool:
        return self.code == IMPOSSIBLE

    @property
    def stops_a_hand(self) -> bool:
        """Whether it is refused by hand: history out of order is kept as somebody states it."""
        return self.code != OUT_OF_ORDER


FLAGGED = frozenset({OUT_OF_ORDER, AHEAD, TOO_LONG})
"""What a list is told of history that it brings in all the same."""


def days_of(values: Mapping[str, object]) -> dict[str, date]:
    """The days among typed values; of an instant, Toronto's day."""
    found: dict[str, date] = {}
    for name, value in values.items():
        if isinstance(value, datetime):
            found[name] = toronto_day(value)
        elif isinstance(value, date):
            found[name] = value
    for name, known in PARTLY.items():
        part = values.get(known)
        if name not in found and isinstance(part, str):
            # The first day that it may be: what comes before it is wrong whichever it is.
            found[name] = first_day(part)
    return found


def misdated(
    days: Mapping[str, date],
    today: date,
    longest_months: int,
    touched: Collection[str] | None = None,
    order: Order = OF_PERSON,
) -> Iterator[Misdated]:
    """What is wrong with the days of one row or file, each field once, the first cause.

    `longest_months` is the full term of a permit (PER-01). Of `touched` fields only: what is
    wrong beside a value that nobody types now stops nothing.
    """
    told: set[str] = set()
    for found in (
        *_out_of_order(days, order),
        *_ahead(days, today, order),
        *_too_long(days, longest_months),
    ):
        asked = touched is None or found.field in touched or found.beside in touched
        if asked and found.field not in told:
            told.add(found.field)
            yield found


def misfits(
    columns: Mapping[str, Sequence[object]],
    today: date,
    longest_months: int,
    order: Order = OF_PEOPLE,
) -> set[int]:
    """The places of the rows of which `misdated` may find something.

    Lists bring thousands of rows: they are asked by columns, of which each is as long as there are
    rows. What is known of a day in part is left to `misdated`.
    """
    of_permit = {"permit_from", "permit_until"}
    asked = order.days | of_permit
    days = {name: _days_of_column(column) for name, column in columns.items() if name in asked}
    found = set[int]()
    for earlier, later in order.follows:
        if earlier in days and later in days:
            pairs = enumerate(zip(days[earlier], days[later], strict=True))
            found.update([at for at, (one, other) in pairs if one and other and other < one])
    for name in order.not_ahead.keys() & days.keys():
        found.update([at for at, day in enumerate(days[name]) if day and day > today])
    if of_permit <= days.keys():
        ends = {day: add_months(day, longest_months) for day in set(days["permit_from"]) if day}
        permits = enumerate(zip(days["permit_from"], days["permit_until"], strict=True))
        found.update([at for at, (one, last) in permits if one and last and last > ends[one]])
    return found


def _days_of_column(column: Sequence[object]) -> Sequence[date | None]:
    """The days of a column; of instants, Toronto's, since a list has many of one day."""
    instants = {value for value in column if isinstance(value, datetime)}
    days = {instant: toronto_day(instant) for instant in instants}
    return [
        days[value] if isinstance(value, datetime) else value if isinstance(value, date) else None
        for value in column
    ]


def _out_of_order(days: Mapping[str, date], order: Order) -> Iterator[Misdated]:
    for (earlier, later), code in order.follows.items():
        first, second = days.get(earlier), days.get(later)
        if first is not None and second is not None and second < first:
            yield Misdated(later, code, second, first, earlier)


def _ahead(days: Mapping[str, date], today: date, order: Order) -> Iterator[Misdated]:
    for name, code in order.not_ahead.items():
        day = days.get(name)
        if day is not None and day > today:
            yield Misdated(name, code, day, today)


def _too_long(days: Mapping[str, date], months: int) -> Iterator[Misdated]:
    """No permit runs longer than the full term of a first one. Source A76."""
    first, last = days.get("permit_from"), days.get("permit_until")
    if first is not None and last is not None:
        longest = add_months(first, months)
        if last > longest:
            yield Misdated("permit_until", TOO_LONG, last, longest, "permit_from")
