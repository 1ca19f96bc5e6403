# SPDX-License-Identifier: Apache-2.0
"""Month arithmetic and Toronto's calendar. Must not read the clock: every day is an argument."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from imp_plus_desktop.domain.values.watched_day import WatchedDay

MONTHS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "janvier january janv jan", "fevrier february fevr fev feb", "mars march mar",
                "avril april avr apr", "mai may", "juin june jun", "juillet july juil jul",
                "aout august aug", "septembre september sept sep", "octobre october oct",
                "novembre november nov", "decembre december dec",
            ),
            1,
        )
        for name in names.split()
    }
)  # fmt: skip
"""Words for months, whole and cut short, folded: `fevr` and `feb` are 2."""


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day.

    2023-08-01 + 36 is 2026-08-01; 2024-02-29 + 36 is 2027-02-28.
    """
    if isinstance(day, WatchedDay):
        return day.months_later(months, _months_later)
    return _months_later(day, months)


@lru_cache(maxsize=8192)
def _months_later(day: date, months: int) -> date:
    """As `add_months`: lists ask for the same days again and again."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= 28:
        return date(year, month0 + 1, day.day)
    last = monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def birthday(birth_date: date, age: int) -> date:
    """The day on which a person reaches `age`; 28 February for someone born on the 29th."""
    return add_months(birth_date, age * 12)


def toronto_day(instant: datetime) -> date:
    """The calendar day in Toronto at an aware instant."""
    return instant.astimezone(_toronto()).date()


def toronto_year(instant: datetime) -> int:
    """The cap year of an aware instant: Toronto's calendar year (CAP-01, source A76)."""
    return toronto_day(instant).year


def near_year_boundary(instant: datetime, hours: int = 5) -> bool:
    """Whether an instant is on 1 January in UTC but still 31 December in Toronto (CAP-08)."""
    utc = instant.astimezone(UTC)
    return utc.month == 1 and utc.day == 1 and utc.hour < hours


def noon_in_toronto(day: date) -> datetime:
    """Noon of a day in Toronto, as a UTC instant: what a receipt without a time means."""
    return instant_in_toronto(day, time(12))


def instant_in_toronto(day: date, at: time) -> datetime:
    """A time of day in Toronto as a UTC instant; of an hour that comes twice, the first."""
    return datetime.combine(day, at, tzinfo=_toronto()).astimezone(UTC)


def toronto_time(instant: datetime) -> time:
    """The time of day in Toronto at an aware instant."""
    return instant.astimezone(_toronto()).time()


def portal_closes(day: date) -> time:
    """When a day ends for IRCC's portal, by Toronto's clocks: 19:00 in winter, 20:00 in summer.

    Its days end at midnight UTC. Source WORK24.
    """
    return toronto_time(datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC))


def after_portal_closed(instant: datetime) -> bool:
    """Whether IRCC's day is already the one after Toronto's."""
    return instant.astimezone(UTC).date() > toronto_day(instant)


@cache
def _toronto() -> ZoneInfo:
    return ZoneInfo("America/Toronto")
