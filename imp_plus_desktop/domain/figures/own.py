# SPDX-License-Identifier: Apache-2.0
"""The office's own figures among the shipped ones, each from its day on.

    programme_of(shipped, caps, settings, day)   the programme as a register has it on a day
    kind_of(programme, name)                     what a figure of that name is, None for no such
    stored_text(kind, text)                      how its value is kept. Raises InvalidInput

An own amount or length stands among the shipped ones by its day: the latest in force counts, and of
one day the office's. Must not know a table of the register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.programme import (
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
    """What the value of a figure is. A cap is one of a year; the rest holds until the next."""

    AMOUNT = "amount"
    LENGTH = "length"
    DAY = "day"
    LIMIT = "limit"


def kind_of(programme: Programme, name: str) -> Kind | None:
    """What an office can set under a name of the list of figures; None where it can set none."""
    if name in WINDOWS:
        return Kind.LENGTH if WINDOWS[name] is int else Kind.DAY
    if name in {f"{CAP}{ledger.value}" for ledger in Ledger}:
        return Kind.LIMIT
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
    bad_length(least, most), bad_window.
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
