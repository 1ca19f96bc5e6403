# SPDX-License-Identifier: Apache-2.0
"""Quebec's holidays by rule, and the business days of an office.

    rules_from(table) -> HolidayRules          of the parsed `holidays.toml`
    Workdays(rules, own)                       with the days that the office has set itself
        .closed(day) -> Closed | None          why the office is closed on a day
        .next(day), .before(day)               the first business day from a day on, the last before
        .of_year(year) -> tuple[Closed, …]     the holidays of a year, and the office's own days

For the office's own days only: the programme's terms are calendar days, and no rule asks this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from imp_plus_desktop.domain.classes import dataclass

WEEKEND, OFFICE, WORKS = "weekend", "office", "works"
"""Why a day is closed where no holiday is, and what is said of one on which the office works."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closed:
    """A day on which the office is closed. `because` is WEEKEND, OFFICE (its own choice, in the
    words of `source`) or a holiday's key, with the tags of its sources. Among the days of a year
    WORKS stands for one on which the office has said that it works."""

    day: date
    because: str
    source: str

    @property
    def by_office(self) -> bool:
        """Whether the office has set the day itself."""
        return self.because in (OFFICE, WORKS)


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """A holiday of every year from a day on; `of_year` gives its day."""

    key: str
    from_day: date
    source: str
    of_year: Callable[[int], date]


@dataclass(frozen=True, slots=True)
class HolidayRules:
    """The holidays, and the days of the week (0 is Monday) on which offices are closed."""

    holidays: tuple[HolidayRule, ...]
    weekend: frozenset[int]


@dataclass(frozen=True, slots=True)
class Workdays:
    """The office's business days. `own` says of a day that it is closed (True) or open, and why."""

    rules: HolidayRules
    own: Mapping[date, tuple[bool, str]]

    def closed(self, day: date) -> Closed | None:
        """Why the office is closed on a day, None where it is open. What it said itself counts."""
        if day in self.own:
            is_closed, why = self.own[day]
            return Closed(day, OFFICE, why) if is_closed else None
        for one in self._holidays(day.year):
            if one.day == day:
                return one
        return Closed(day, WEEKEND, "") if day.weekday() in self.rules.weekend else None

    def next(self, day: date) -> date:
        """The first business day from a day on, that day included."""
        while self.closed(day) is not None and day < date.max:
            day += _DAY
        return day

    def before(self, day: date) -> date:
        """The last business day up to a day, that day included."""
        while self.closed(day) is not None and day > date.min:
            day -= _DAY
        return day

    def of_year(self, year: int) -> tuple[Closed, ...]:
        """The holidays of a year and the days that the office has set itself, in order."""
        found = {one.day: one for one in self._holidays(year)}
        for day, (is_closed, why) in self.own.items():
            if day.year == year:
                found[day] = Closed(day, OFFICE if is_closed else WORKS, why)
        return tuple(found[day] for day in sorted(found))

    def _holidays(self, year: int) -> Iterator[Closed]:
        for rule in self.rules.holidays:
            day = rule.of_year(year)
            if day >= rule.from_day:
                yield Closed(day, rule.key, rule.source)


def rules_from(table: Mapping[str, Any]) -> HolidayRules:
    """The rules of the parsed `holidays.toml`. Raises KeyError for a rule that nobody knows."""
    rows = table["holidays"]
    rules = tuple(
        HolidayRule(row["key"], row["from"], row["source"], _RULES[row["rule"]](row))
        for row in rows
    )
    return HolidayRules(rules, frozenset(table["weekend"]))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _fixed(row: Mapping[str, Any]) -> Callable[[int], date]:
    month, day, moves = row["month"], row["day"], row["after_sunday"]

    def of_year(year: int) -> date:
        found = date(year, month, day)
        return found + _DAY if moves and found.isoweekday() == 7 else found

    return of_year


def _easter(row: Mapping[str, Any]) -> Callable[[int], date]:
    shift = timedelta(days=row["days"])
    return lambda year: easter(year) + shift


def _weekday(row: Mapping[str, Any]) -> Callable[[int], date]:
    month, weekday, weeks = row["month"], row["weekday"], row["nth"] - 1

    def of_year(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * weeks)

    return of_year


def _before(row: Mapping[str, Any]) -> Callable[[int], date]:
    month, day, weekday = row["month"], row["day"], row["weekday"]

    def of_year(year: int) -> date:
        last = date(year, month, day) - _DAY
        return last - timedelta(days=(last.weekday() - weekday) % 7)

    return of_year


_RULES: Mapping[str, Callable[[Mapping[str, Any]], Callable[[int], date]]] = {
    "fixed": _fixed,
    "easter": _easter,
    "weekday": _weekday,
    "before": _before,
}
