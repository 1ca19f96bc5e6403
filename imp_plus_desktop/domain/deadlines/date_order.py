# SPDX-License-Identifier: Apache-2.0
"""Which day follows which in a life on file, and which cannot lie ahead: one table for all.

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

from imp_plus_desktop.domain.values.calendar import add_months, toronto_day

IMPOSSIBLE = "impossible_dates"
OUT_OF_ORDER = "dates_out_of_order"
AHEAD = "date_in_the_future"
TOO_LONG = "permit_too_long"

FOLLOWS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("birth_date", "letter_date"): IMPOSSIBLE,
        ("birth_date", "csq_issue_date"): IMPOSSIBLE,
        ("birth_date", "died_on"): IMPOSSIBLE,
        ("csq_issue_date", "csq_expiry_date"): IMPOSSIBLE,
        ("permit_from", "permit_until"): IMPOSSIBLE,
        ("letter_date", "letter_received_date"): OUT_OF_ORDER,
        ("received_at", "decided_on"): OUT_OF_ORDER,
        ("received_at", "permit_from"): OUT_OF_ORDER,
        ("decided_on", "permit_from"): OUT_OF_ORDER,
        ("permit_from", "passport_expiry"): OUT_OF_ORDER,
        ("birth_date", "pr_filed_on"): OUT_OF_ORDER,
        ("birth_date", "received_at"): OUT_OF_ORDER,
        ("birth_date", "biometrics_on"): OUT_OF_ORDER,
        ("birth_date", "arrived_on"): OUT_OF_ORDER,
    }
)
"""Earlier and later day, which may be one, and what it is called when they stand the other way.

What is impossible rejects a row; what is out of order is history that a list states, and flagged.
"""

NOT_AHEAD: Mapping[str, str] = MappingProxyType(
    {
        "birth_date": IMPOSSIBLE,
        "letter_date": IMPOSSIBLE,
        "csq_issue_date": IMPOSSIBLE,
        "died_on": IMPOSSIBLE,
        "letter_received_date": AHEAD,
        "pr_filed_on": AHEAD,
        "received_at": AHEAD,
        "decided_on": AHEAD,
        "biometrics_on": AHEAD,
        "arrived_on": AHEAD,
        "representative_form_on": AHEAD,
    }
)
"""Days of what has happened, and what one that is still to come is called."""

ANY_DAY = frozenset(
    {
        "csq_expiry_date",
        "passport_expiry",
        "canada_status_until",
        "permit_from",
        "permit_until",
    }
)
"""Days that may lie ahead."""

DAYS = frozenset({*NOT_AHEAD, *ANY_DAY})


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
