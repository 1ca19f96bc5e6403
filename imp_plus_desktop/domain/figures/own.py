# SPDX-License-Identifier: Apache-2.0
"""The office's own figures among the shipped ones, each from its day on.

    programme_of(shipped, caps, settings, day)   the programme as a register has it on a day
    kind_of(programme, name)                     what a figure of that name is, None for no such
    stored_text(programme, name, text, …)        how its value is kept. Raises InvalidInput
    value_on(programme, name, day, year)         what counts of it on a day, the same way

An own amount or length stands among the shipped ones by its day: the latest in force counts, and of
one day the office's. Must not know a table of the register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from imp_plus_desktop.domain.figures.many import CLOSED, ENTRY, HOLIDAY, OPEN
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.programme import (
    SWITCHES,
    WINDOWS,
    CapLimit,
    ClockLength,
    CsqTerm,
    Fee,
    Programme,
    Setting,
)

FEE, CLOCK, CAP, CSQ = "fee_", "clock_", "cap_", "csq_months"
READ = "read:"
"""What stands before a figure's name where it was only looked up: the value is the day on which it
must be looked up again."""

_MOST_CENTS = 10_000_000
_MOST = {"hours": 8784, "days": 3653, "months": 240, "years": 100, "count": 1_000_000}


class Kind(StrEnum):
    """What the value of a figure is. A limit and a switch are those of a year, a holiday is one
    day; the rest holds until the next."""

    AMOUNT = "amount"
    LENGTH = "length"
    DAY = "day"
    LIMIT = "limit"
    SWITCH = "switch"
    ENTRY = "entry"
    HOLIDAY = "holiday"


CHOICES: Mapping[Kind, tuple[str, ...]] = {
    Kind.SWITCH: ("yes", "no"),
    Kind.ENTRY: ("visa", "eta", "none"),
    Kind.HOLIDAY: (CLOSED, OPEN),
}
"""What the value of some kinds can be."""


def kind_of(programme: Programme, name: str) -> Kind | None:
    """What an office can set under a name of the list of figures, or under `entry_MAR`, `holiday`
    and the names of switches; None where it can set none."""
    if name in WINDOWS:
        return Kind.LENGTH if WINDOWS[name] is int else Kind.DAY
    if name in {f"{CAP}{ledger.value}" for ledger in Ledger}:
        return Kind.LIMIT
    if name in SWITCHES:
        return Kind.SWITCH
    if name == HOLIDAY:
        return Kind.HOLIDAY
    if name.startswith(ENTRY):
        return Kind.ENTRY
    lengths = {f"{CLOCK}{row.clock}" for row in programme.clocks} | {CSQ}
    if name in lengths:
        return Kind.LENGTH
    return Kind.AMOUNT if name in {f"{FEE}{row.fee}" for row in programme.fees} else None


def unit_of(programme: Programme, name: str) -> str:
    """The unit of a length or a limit: days, hours, months, years, or count."""
    if name == CSQ:
        return "months"
    if name.startswith(CAP):
        return "count"
    clocks = [row.unit for row in programme.clocks if f"{CLOCK}{row.clock}" == name]
    return clocks[0] if clocks else "days"


def stored_text(programme: Programme, name: str, text: str, cents_of: Callable[[str], int]) -> str:
    """The value of a figure as it is kept: `155.00`, `30`, `2027-06-30`.

    `cents_of` reads an amount. Errors: DomainError unknown_parameter, bad_amount,
    bad_length(least, most), bad_window, bad_choice(choices).
    """
    kind, typed = kind_of(programme, name), text.strip()
    if kind is None:
        raise InvalidInput("unknown_parameter", name=name)
    if kind is Kind.AMOUNT:
        cents = cents_of(typed)
        if cents > _MOST_CENTS:
            raise InvalidInput("bad_amount")
        return f"{cents // 100}.{cents % 100:02}"
    if kind is Kind.DAY:
        return _day(typed)
    if kind in CHOICES:
        if typed not in CHOICES[kind]:
            raise InvalidInput("bad_choice", choices=", ".join(CHOICES[kind]))
        return typed
    most = _MOST[unit_of(programme, name)]
    least = 0 if kind is Kind.LIMIT else 1
    if not (typed.isascii() and typed.isdecimal() and least <= int(typed) <= most):
        raise InvalidInput("bad_length", least=least, most=most)
    return str(int(typed))


def _day(text: str) -> str:
    try:
        told = date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("bad_window") from None
    if told.isoformat() != text:
        raise InvalidInput("bad_window")
    return text


def value_on(programme: Programme, name: str, day: date, year: int | None) -> str | None:
    """What counts under a name on a day, as `stored_text` writes it; None where nothing does, or
    where the programme does not say it (countries, holidays)."""
    value: object = None
    match kind_of(programme, name):
        case Kind.AMOUNT:
            amount = programme.fee_on(name.removeprefix(FEE), day)
            return None if amount is None else f"{amount:.2f}"
        case Kind.LIMIT:
            value = programme.cap_on(Ledger(name.removeprefix(CAP)), year or day.year, day)
        case Kind.SWITCH:
            uses = getattr(programme.switches(year or day.year, day), name)
            return "yes" if uses else "no"
        case Kind.DAY:
            value = getattr(programme.on(day), name)
        case Kind.LENGTH if name == CSQ:
            value = programme.csq_months(day)
        case Kind.LENGTH if name in WINDOWS:
            value = getattr(programme.on(day), name)
        case Kind.LENGTH:
            value = programme.clock(name.removeprefix(CLOCK), day).length
    return None if value is None else str(value)


def programme_of(
    shipped: Programme, caps: Iterable[CapLimit], settings: Sequence[Setting], day: date
) -> Programme:
    """The shipped programme with what an office has set, oldest first, as on a day."""
    return _with_figures(shipped, settings).with_caps(caps).with_settings(settings, day)


def _with_figures(shipped: Programme, settings: Sequence[Setting]) -> Programme:
    fees, clocks, terms = list(shipped.fees), list(shipped.clocks), list(shipped.csq_terms)
    units = {row.clock: row.unit for row in shipped.clocks}
    read: dict[str, date] = {}
    for one in settings:
        told = (one.from_day, one.reason, True)
        fee, clock = one.name.removeprefix(FEE), one.name.removeprefix(CLOCK)
        if one.name.startswith(FEE):
            fees.append(Fee(fee, Decimal(one.value), *told))
        elif one.name.startswith(CLOCK) and clock in units:
            clocks.append(ClockLength(clock, int(one.value), units[clock], *told))
        elif one.name == CSQ:
            terms.append(CsqTerm(one.from_day, int(one.value), *told[1:]))
        elif one.name.startswith(READ + FEE):
            name = one.name.removeprefix(READ + FEE)
            read[name] = max(one.from_day, read.get(name, date.min))
    if (len(fees), len(clocks), len(terms), read) == (
        len(shipped.fees),
        len(shipped.clocks),
        len(shipped.csq_terms),
        {},
    ):
        return shipped
    return replace(
        shipped,
        fees=tuple(fees),
        clocks=tuple(clocks),
        csq_terms=tuple(terms),
        fees_read=tuple(sorted(read.items())),
    )
