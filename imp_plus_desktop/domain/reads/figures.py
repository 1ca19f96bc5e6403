# SPDX-License-Identifier: Apache-2.0
"""The figures that rules stand on, each with its source, since when, and when to look it up again.

    listed(programme, provenance, day)      every figure in force on a day, group by group
    fees_listed(programme, provenance, day) the fees among them

The office's own figures win over the shipped ones and are looked up by nobody but the office.
Must not read a file: the table is read where the programme is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.programme import CapLimit, Programme

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
        sections = ("letters", "permit", "family", "biometrics")
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
    was. `source` holds tags of `docs/sources.md` with `; ` between them, and is empty for what the
    office has set itself; then `read_on` and `again_on` are None.
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

    def is_due(self, day: date) -> bool:
        """Whether it must be looked up again by a day."""
        return self.again_on is not None and self.again_on <= day


def listed(programme: Programme, provenance: Provenance, day: date) -> tuple[Figure, ...]:
    """Every figure in force on a day, in the order of `GROUPS`."""
    return (
        *_windows(programme, provenance, day),
        *_caps(programme, provenance, day),
        *_clocks(programme, provenance, day),
        *_terms(programme, provenance, day),
        *_families(programme, provenance, day),
        *fees_listed(programme, provenance, day),
    )


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


def _window(
    programme: Programme, provenance: Provenance, day: date, group: str, name: str, unit: str
) -> Figure:
    """A date or a count of days that the office may set: its own wins."""
    value = getattr(programme, name)
    own = [one for one in programme.window_settings if one.name == name and one.from_day <= day]
    if own:
        return Figure(group, name, value, unit, "", since=own[-1].from_day)
    section = "permit" if group == "permits" else group
    return _shipped(provenance, group, name, value, unit, provenance.sources[section])


def _caps(programme: Programme, provenance: Provenance, day: date) -> Iterator[Figure]:
    for ledger in Ledger:
        row = programme.cap_row_on(ledger, day.year, day)
        if row is None:
            continue
        name = f"cap_{ledger.value}"
        if _is_own(programme, row):
            yield Figure("caps", name, row.limit, "count", "", day.year, row.from_day)
        else:
            yield _shipped(
                provenance, "caps", name, row.limit, "count", row.source, row.from_day, day.year
            )


def _is_own(programme: Programme, row: CapLimit) -> bool:
    return any(row is one for one in programme.cap_overrides)


def _clocks(programme: Programme, provenance: Provenance, day: date) -> Iterator[Figure]:
    for name in dict.fromkeys(row.clock for row in programme.clocks):
        row = programme.clock(name, day)
        yield _shipped(
            provenance, "clocks", f"clock_{name}", row.length, row.unit, row.source, row.from_day
        )


def _terms(programme: Programme, provenance: Provenance, day: date) -> Iterator[Figure]:
    permit, csq = provenance.sources["permit"], provenance.sources["csq_terms"]
    yield _shipped(provenance, "permits", "term_months", programme.term_months, "months", permit)
    yield _shipped(
        provenance, "permits", "extension_months", programme.extension_months, "months", permit
    )
    yield _window(programme, provenance, day, "permits", "restoration_days", "days")
    yield _shipped(provenance, "csq", "csq_months", programme.csq_months(day), "months", csq)


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


def fees_listed(programme: Programme, provenance: Provenance, day: date) -> Iterator[Figure]:
    """The amount of each fee in force on a day."""
    for name in dict.fromkeys(row.fee for row in programme.fees):
        rows = sorted((one for one in programme.fees if one.fee == name), key=lambda r: r.from_day)
        row = [one for one in rows if one.from_day <= day or one is rows[0]][-1]
        yield _shipped(
            provenance, "fees", f"fee_{name}", row.amount, "dollars", row.source, row.from_day
        )
