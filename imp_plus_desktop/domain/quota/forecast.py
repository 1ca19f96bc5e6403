# SPDX-License-Identifier: Apache-2.0
"""When a cap will be reached at the pace of the last weeks, or why that cannot be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.programme import Programme

_TOO_FAR = 3653
"""Days after which a day says nothing any more."""


@dataclass(frozen=True, slots=True)
class Projection:
    """The span of days on which the cap is reached, by the fastest and the slowest pace.

    `latest` is None when the slowest pace does not reach it within the year.
    """

    earliest: date
    latest: date | None


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace of the last weeks, and where it leads.

    `receipts` in those `weeks`; `reached` is the day on which the cap would be reached, None when
    not at all or more than ten years off; `year_end` the places used on 31 December, cap or not.
    """

    weeks: int
    receipts: int
    reached: date | None
    year_end: int


class ForecastRefusal(StrEnum):
    FEWER_THAN_30_RECEIPTS = "fewer_than_30_receipts"
    FEWER_THAN_4_WEEKS = "fewer_than_4_weeks"
    CAP_REACHED = "cap_reached"
    NOT_THIS_YEAR = "not_this_year"
    OTHER_YEAR = "other_year"
    NO_RECENT_RECEIPTS = "no_recent_receipts"


def project(
    receipts: Mapping[date, int],
    year: int,
    cap: int,
    effective: int,
    day: date,
    programme: Programme,
) -> Projection | ForecastRefusal:
    """The days on which a cap year fills up, as seen on a day.

    `receipts` says how many that use a place came on each day, Toronto's, of any year; those of
    other years or after `day` do not count. Paces are those of the last 4, 8 and 13
    weeks, as far as the year had begun by then.
    """
    found = paces(receipts, year, cap, effective, day, programme)
    if isinstance(found, ForecastRefusal):
        return found
    return projected(found, year)


def projected(found: Sequence[Pace], year: int) -> Projection | ForecastRefusal:
    """The days on which paces fill a cap year up."""
    reached = [pace.reached for pace in found if pace.reached is not None]
    if not any(pace.receipts for pace in found):
        return ForecastRefusal.NO_RECENT_RECEIPTS
    year_end = date(year, 12, 31)
    if not reached or min(reached) > year_end:
        return ForecastRefusal.NOT_THIS_YEAR
    earliest, latest = min(reached), max(reached)
    settled = len(reached) == len(found) and latest <= year_end
    return Projection(earliest, latest if settled else None)


def paces(
    receipts: Mapping[date, int],
    year: int,
    cap: int,
    effective: int,
    day: date,
    programme: Programme,
) -> tuple[Pace, ...] | ForecastRefusal:
    """Each pace that a projection stands on, or why there is none. Arguments as of `project`."""
    start = max(date(year, 1, 1), programme.opened)
    last = min(day, date(year, 12, 31))
    counted = {on: number for on, number in receipts.items() if start <= on <= last}
    refusal = _refusal(counted, start, year, cap, effective, day, programme)
    if refusal is not None:
        return refusal
    open_weeks = ((day - start).days + 1) // 7
    spans = [weeks for weeks in programme.forecast_weeks if weeks <= open_weeks]
    left = (date(year, 12, 31) - day).days
    return tuple(_pace(counted, weeks, cap, effective, day, left) for weeks in spans)


def at_pace(weekly: int, year: int, cap: int, effective: int, day: date) -> Pace | ForecastRefusal:
    """Where so many receipts a week lead from a day on, or from the year's first day if that is
    still to come."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if day > last:
        return ForecastRefusal.OTHER_YEAR
    if effective >= cap:
        return ForecastRefusal.CAP_REACHED
    start = max(day, first - timedelta(days=1))
    return _led_to(1, weekly, cap, effective, start, (last - start).days)


def _refusal(
    counted: Mapping[date, int],
    start: date,
    year: int,
    cap: int,
    effective: int,
    day: date,
    programme: Programme,
) -> ForecastRefusal | None:
    if effective >= cap:
        return ForecastRefusal.CAP_REACHED
    if day.year != year:
        return ForecastRefusal.OTHER_YEAR
    if sum(counted.values()) < programme.forecast_min_receipts:
        return ForecastRefusal.FEWER_THAN_30_RECEIPTS
    if (day - start).days + 1 < 7 * min(programme.forecast_weeks):
        return ForecastRefusal.FEWER_THAN_4_WEEKS
    return None


def _pace(
    counted: Mapping[date, int], weeks: int, cap: int, effective: int, day: date, left: int
) -> Pace:
    """Where the pace of the last weeks leads in the `left` days of the year."""
    since = day - timedelta(weeks=weeks)
    recent = sum(number for on, number in counted.items() if on > since)
    return _led_to(weeks, recent, cap, effective, day, left)


def _led_to(weeks: int, recent: int, cap: int, effective: int, day: date, left: int) -> Pace:
    wait = ceil((cap - effective) * weeks * 7 / recent) if recent else _TOO_FAR
    reached = day + timedelta(days=wait) if wait < _TOO_FAR else None
    return Pace(weeks, recent, reached, effective + recent * left // (weeks * 7))
