# SPDX-License-Identifier: Apache-2.0
"""The figures that rules stand on, each with its source, since when, and when to look it up again.

    listed(programme, provenance, day, readings)        every figure in force on a day, by group
    fees_listed(programme, provenance, day, readings)   the fees among them
    to_come(programme, day)                             the office's own of a later day

The office's own figures win over the shipped ones; when one was looked up the office says
(`readings`), of the shipped ones too.
Must not read a file: the table is read where the programme is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.figures.own import CAP, CLOCK, CSQ, FEE, READ
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.programme import (
    CapLimit,
    ClockLength,
    CsqTerm,
    Fee,
    Programme,
    Setting,
    window_value,
)

_Row = TypeVar("_Row", Fee, ClockLength, CsqTerm)

GROUPS = ("letters", "caps", "clocks", "permits", "csq", "family", "fees")
"""In the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """When the shipped sources were read, and which section of the table stands on which.

    `again_months` later a figure is looked up again; a fee on the first `fees_day` of
    `fees_month` after that (FEES24: IRCC changes fees on 1 December).
    """

    read_on: date
    again_months: int
    fees_month: int
    fees_day: int
    sources: Mapping[str, str]
    later: Mapping[str, date]
    """By tag, what was read after the others."""

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Provenance:
        """Build from the parsed `programme.toml`. Raises KeyError naming what is missing."""
        told = table["readings"]
        sections = ("letters", "permit", "family", "biometrics", "waiting")
        dated = ("csq_terms", "family_rules")
        return cls(
            told["read_on"],
            told["again_months"],
            told["fees_month"],
            told["fees_day"],
            {name: table[name]["source"] for name in sections}
            | {name: table[name][-1]["source"] for name in dated},
            told["later"],
        )

    def read(self, source: str) -> date:
        """When the sources of a figure were read: the first of its tags says it."""
        return self.later.get(source.partition(";")[0], self.read_on)

    def again(self, read_on: date, *, fee: bool, since: date) -> date:
        """When a figure that holds since a day is looked up again."""
        if not fee:
            return add_months(read_on, self.again_months)
        known = max(read_on, since)
        this_year = date(known.year, self.fees_month, self.fees_day)
        return this_year if this_year > known else this_year.replace(year=known.year + 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in force. `unit`: day, days, hours, months, years, age, count or dollars.

    `value` is None where no source gives it; `year` that of a cap; `since` None where it always
    was. `source` holds tags of `docs/sources.md` with `; ` between them; of the office's `own` it
    is the office's words, and `shipped` what would count without it. `read_on` and `again_on` are
    None for what the office has set without saying when it was read.
    """

    group: str
    name: str
    value: date | int | Decimal | None
    unit: str
    source: str
    year: int | None = None
    since: date | None = None
    read_on: date | None = None
    again_on: date | None = None
    own: bool = False
    shipped: date | int | Decimal | None = None

    def is_due(self, day: date) -> bool:
        """Whether it must be looked up again by a day."""
        return self.again_on is not None and self.again_on <= day


def listed(
    programme: Programme, provenance: Provenance, day: date, readings: Sequence[Setting] = ()
) -> tuple[Figure, ...]:
    """Every figure in force on a day, in the order of `GROUPS`."""
    known = _readings(readings, day)
    every = (
        *_windows(programme, provenance, day),
        *_caps(programme, provenance, day),
        *_clocks(programme, provenance, day),
        *_terms(programme, provenance, day),
        *_families(programme, provenance, day),
        *_fees(programme, provenance, day),
    )
    return tuple(_as_read(one, known) for one in every)


def fees_listed(
    programme: Programme, provenance: Provenance, day: date, readings: Sequence[Setting] = ()
) -> Iterator[Figure]:
    """The amount of each fee in force on a day."""
    known = _readings(readings, day)
    return (_as_read(one, known) for one in _fees(programme, provenance, day))


def to_come(programme: Programme, day: date) -> tuple[Figure, ...]:
    """The office's own figures that count from a later day on, the earliest first."""
    fees = (
        Figure("fees", f"{FEE}{row.fee}", row.amount, "dollars", row.source, since=row.from_day)
        for row in programme.fees
        if row.own
    )
    clocks = (
        Figure(
            "clocks", f"{CLOCK}{row.clock}", row.length, row.unit, row.source, since=row.from_day
        )
        for row in programme.clocks
        if row.own
    )
    terms = (
        Figure("csq", CSQ, row.months, "months", row.source, since=row.from_day)
        for row in programme.csq_terms
        if row.own
    )
    caps = (
        Figure(
            *("caps", f"{CAP}{row.ledger.value}", row.limit, "count", row.source),
            year=row.year,
            since=row.from_day,
        )
        for row in programme.cap_overrides
    )
    windows = (
        Figure(
            _GROUP_OF.get(one.name, "letters"),
            one.name,
            window_value(one),
            "days" if one.value.isdecimal() else "day",
            one.reason,
            since=one.from_day,
        )
        for one in programme.window_settings
    )
    later = {}
    for figure in (*windows, *caps, *clocks, *terms, *fees):
        if figure.since is not None and figure.since > day:
            later[figure.name, figure.year, figure.since] = replace(figure, own=True)
    return tuple(sorted(later.values(), key=lambda one: (one.since, GROUPS.index(one.group))))


def _readings(readings: Sequence[Setting], day: date) -> dict[str, Setting]:
    """The last time that each figure was looked up by the office, up to a day."""
    made = [one for one in readings if one.name.startswith(READ) and one.from_day <= day]
    made.sort(key=lambda one: one.from_day)
    return {one.name.removeprefix(READ): one for one in made}


def _as_read(figure: Figure, readings: Mapping[str, Setting]) -> Figure:
    """A figure with the office's reading of it, where none is younger."""
    reading = readings.get(figure.name)
    if reading is None or (figure.read_on is not None and figure.read_on > reading.from_day):
        return figure
    return replace(figure, read_on=reading.from_day, again_on=date.fromisoformat(reading.value))


def _own(
    group: str,
    name: str,
    value: date | int | Decimal | None,
    unit: str,
    source: str,
    since: date,
    shipped: date | int | Decimal | None,
    year: int | None = None,
) -> Figure:
    return Figure(group, name, value, unit, source, year, since, own=True, shipped=shipped)


def _shipped(
    provenance: Provenance,
    group: str,
    name: str,
    value: date | int | Decimal | None,
    unit: str,
    source: str,
    since: date | None = None,
    year: int | None = None,
) -> Figure:
    read_on = provenance.read(source)
    again = provenance.again(read_on, fee=group == "fees", since=since or read_on)
    return Figure(group, name, value, unit, source, year, since, read_on, again)


def _windows(programme: Programme, provenance: Provenance, day: date) -> Iterator[Figure]:
    for name, unit in (
        ("opened", "day"),
        ("last_accepted_letter", "day"),
        ("letter_window_days", "days"),
    ):
        yield _window(programme, provenance, day, "letters", name, unit)


_SECTIONS = {"permits": "permit", "clocks": "waiting"}
"""The section of the table where it is not called like the group."""
_GROUP_OF = {"restoration_days": "permits", "decision_due_days": "clocks"}


def _window(
    programme: Programme, provenance: Provenance, day: date, group: str, name: str, unit: str
) -> Figure:
    """A date or a count of days that the office may set: its own wins."""
    value = getattr(programme, name)
    own = [one for one in programme.window_settings if one.name == name and one.from_day <= day]
    if own:
        shipped = dict(programme.shipped_windows)[name]
        return _own(group, name, value, unit, own[-1].reason, own[-1].from_day, shipped)
    section = _SECTIONS.get(group, group)
    return _shipped(provenance, group, name, value, unit, provenance.sources[section])


def _caps(programme: Programme, provenance: Provenance, day: date) -> Iterator[Figure]:
    for ledger in Ledger:
        row = programme.cap_row_on(ledger, day.year, day)
        if row is None:
            continue
        name = f"cap_{ledger.value}"
        if _is_own(programme, row):
            told = replace(programme, cap_overrides=()).cap_on(ledger, day.year, day)
            own = ("count", row.source, row.from_day, told, day.year)
            yield _own("caps", name, row.limit, *own)
        else:
            yield _shipped(
                provenance, "caps", name, row.limit, "count", row.source, row.from_day, day.year
            )


def _is_own(programme: Programme, row: CapLimit) -> bool:
    return any(row is one for one in programme.cap_overrides)


def _clocks(programme: Programme, provenance: Provenance, day: date) -> Iterator[Figure]:
    yield _window(programme, provenance, day, "clocks", "decision_due_days", "days")
    for name in dict.fromkeys(row.clock for row in programme.clocks):
        row, named = programme.clock(name, day), f"{CLOCK}{name}"
        told = (row.unit, row.source, row.from_day)
        if row.own:
            rows = [one for one in programme.clocks if one.clock == name]
            yield _own("clocks", named, row.length, *told, _in_force(rows, day).length)
        else:
            yield _shipped(provenance, "clocks", named, row.length, *told)


def _terms(programme: Programme, provenance: Provenance, day: date) -> Iterator[Figure]:
    permit, csq = provenance.sources["permit"], provenance.sources["csq_terms"]
    yield _shipped(provenance, "permits", "term_months", programme.term_months, "months", permit)
    yield _shipped(
        provenance, "permits", "extension_months", programme.extension_months, "months", permit
    )
    yield _window(programme, provenance, day, "permits", "restoration_days", "days")
    term = [one for one in programme.csq_terms if one.from_day <= day]
    row = max(reversed(term), key=lambda one: one.from_day)
    if row.own:
        shipped = _in_force(programme.csq_terms, day).months
        yield _own("csq", CSQ, row.months, "months", row.source, row.from_day, shipped)
    else:
        yield _shipped(provenance, "csq", CSQ, row.months, "months", csq)


def _families(programme: Programme, provenance: Provenance, day: date) -> Iterator[Figure]:
    rule = programme.family_rule(day)
    for name, value, unit, section, since in (
        ("child_age", programme.child_age, "age", "family", None),
        ("majority", programme.majority, "age", "family", None),
        ("months_left", rule.months_left, "months", "family_rules", rule.from_day),
        ("a76_months_left", rule.a76_months_left, "months", "family_rules", rule.from_day),
    ):
        source = provenance.sources[section]
        yield _shipped(provenance, "family", name, value, unit, source, since)
    ages = zip(("biometrics_from", "biometrics_to"), programme.biometrics_ages, strict=True)
    for name, age in ages:
        yield _shipped(provenance, "family", name, age, "age", provenance.sources["biometrics"])


def _fees(programme: Programme, provenance: Provenance, day: date) -> Iterator[Figure]:
    for name in dict.fromkeys(row.fee for row in programme.fees):
        rows = sorted((one for one in programme.fees if one.fee == name), key=lambda r: r.from_day)
        row = [one for one in rows if one.from_day <= day or one is rows[0]][-1]
        told = (f"{FEE}{name}", row.amount, "dollars", row.source, row.from_day)
        if row.own:
            yield _own("fees", *told, _in_force(rows, day).amount)
        else:
            yield _shipped(provenance, "fees", *told)


def _in_force(rows: Sequence[_Row], day: date) -> _Row:
    """Of the shipped rows the one in force on a day, the first where none is yet."""
    shipped = sorted((one for one in rows if not one.own), key=lambda one: one.from_day)
    return [one for one in shipped if one.from_day <= day or one is shipped[0]][-1]
