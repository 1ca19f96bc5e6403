# SPDX-License-Identifier: Apache-2.0
"""Which day follows which in a life on file, and which cannot lie ahead: as the catalogue says.

A list is judged by it row by row, and a value typed by hand is refused by it. Fields are those of
the import table. Must not know where a day comes from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from imp_plus_desktop.domain.records import fields
from imp_plus_desktop.domain.records.catalogue import PARTLY, PEOPLE, PERSON
from imp_plus_desktop.domain.values.calendar import add_months, toronto_day
from imp_plus_desktop.domain.values.partial_days import first_day

IMPOSSIBLE = fields.IMPOSSIBLE
OUT_OF_ORDER = fields.OUT_OF_ORDER
AHEAD = fields.AHEAD
TOO_LONG = "permit_too_long"

_DATED = sorted(
    {field.named: field for field in (*PEOPLE, *PERSON) if field.is_day}.values(),
    key=lambda field: field.entity != "letter",
)
"""The letter's days first: where several are wrong beside one, the letter is told of."""

FOLLOWS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        (earlier, field.named): code
        for wanted in (IMPOSSIBLE, OUT_OF_ORDER)
        for field in _DATED
        for earlier, code in field.traits.follows
        if code == wanted
    }
)
"""Earlier and later day, which may be one, and what it is called when they stand the other way.

What is impossible comes first and rejects a row; what is out of order is history that a list
states, and flagged.
"""

NOT_AHEAD: Mapping[str, str] = MappingProxyType(
    {field.named: field.traits.ahead for field in _DATED if field.traits.ahead}
)
"""Days of what has happened, and what one that is still to come is called."""

ANY_DAY = frozenset(field.named for field in _DATED if not field.traits.ahead)
"""Days that may lie ahead."""

DAYS = frozenset({*NOT_AHEAD, *ANY_DAY})

_PARTLY = {name: known for name, known in PARTLY.items() if name in DAYS}


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


FLAGGED = frozenset({OUT_OF_ORDER, AHEAD, TOO_LONG})
"""What a list is told of history that it brings in all the same."""


def days_of(values: Mapping[str, object]) -> dict[str, date]:
    """The days among typed values; of an instant, Toronto's day."""
    found: dict[str, date] = {}
    for name in DAYS & values.keys():
        value = values[name]
        if isinstance(value, datetime):
            found[name] = toronto_day(value)
        elif isinstance(value, date):
            found[name] = value
    for name, known in _PARTLY.items():
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
) -> Iterator[Misdated]:
    """What is wrong with the days of one row or file, each field once, the first cause.

    `longest_months` is the full term of a permit (PER-01). Of `touched` fields only: what is
    wrong beside a value that nobody types now stops nothing.
    """
    told: set[str] = set()
    for found in (*_out_of_order(days), *_ahead(days, today), *_too_long(days, longest_months)):
        asked = touched is None or found.field in touched or found.beside in touched
        if asked and found.field not in told:
            told.add(found.field)
            yield found


def fits(values: Mapping[str, Any], today: date, longest_months: int) -> bool:
    """Whether `misdated` finds nothing, asked at a glance: lists bring thousands of rows."""
    known = values
    received = values.get("received_at")
    if isinstance(received, datetime):
        known = {**values, "received_at": toronto_day(received)}
    pairs, past = _asked_of(tuple(known))
    for earlier, later in pairs:
        first, second = known[earlier], known[later]
        if first is not None and second is not None and second < first:
            return False
    for name in past:
        day = known[name]
        if day is not None and day > today:
            return False
    return "permit_until" not in known or not any(_too_long(days_of(known), longest_months))


@lru_cache(maxsize=1024)
def _asked_of(names: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """What is to be compared of a row with these values: a list's rows have mostly the same."""
    held = set(names)
    return (
        tuple(pair for pair in FOLLOWS if held.issuperset(pair)),
        tuple(name for name in NOT_AHEAD if name in held),
    )


def _out_of_order(days: Mapping[str, date]) -> Iterator[Misdated]:
    for (earlier, later), code in FOLLOWS.items():
        first, second = days.get(earlier), days.get(later)
        if first is not None and second is not None and second < first:
            yield Misdated(later, code, second, first, earlier)


def _ahead(days: Mapping[str, date], today: date) -> Iterator[Misdated]:
    for name, code in NOT_AHEAD.items():
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
