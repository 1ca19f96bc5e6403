# SPDX-License-Identifier: Apache-2.0
"""When a cap will be reached at the pace of the last weeks, or why that cannot be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from imp_plus_desktop.domain.programme import Programme


@dataclass(frozen=True, slots=True)
class Projection:
    """The span of days on which the cap is reached, by the fastest and the slowest pace.

    `latest` is None when the slowest pace does not reach it within the year.
    """

    earliest: date
    latest: date | None


class ForecastRefusal(StrEnum):
    FEWER_THAN_30_RECEIPTS = "fewer_than_30_receipts"
    FEWER_THAN_4_WEEKS = "fewer_than_4_weeks"
    CAP_REACHED = "cap_reached"
    NOT_THIS_YEAR = "not_this_year"
    OTHER_YEAR = "other_year"
    NO_RECENT_RECEIPTS = "no_recent_receipts"


def project(
    receipt_days: Sequence[date],
    year: int,
    cap: int,
    effective: int,
    day: date,
    programme: Programme,
) -> Projection | ForecastRefusal:
    """The days on which a cap year fills up, as seen on a day.

    `receipt_days` are the Toronto days of the receipts that use a place, any order, any year;
    those of other years or after `day` do not count. Paces are those of the last 4, 8 and 13
    weeks, as far as the year had begun by then.
    """
    start = max(date(year, 1, 1), programme.opened)
    counted = [received for received in receipt_days if start <= received <= day]
    counted = [received for received in counted if received.year == year]
    refusal = _refusal(counted, start, year, cap, effective, day, programme)
    if refusal is not None:
        return refusal
    open_weeks = ((day - start).days + 1) // 7
    spans = [weeks for weeks in programme.forecast_weeks if weeks <= open_weeks]
    waits = [_days_to_fill(counted, weeks, cap - effective, day) for weeks in spans]
    known = [wait for wait in waits if wait is not None]
    if not known:
        return ForecastRefusal.NO_RECENT_RECEIPTS
    year_end = date(year, 12, 31)
    earliest, latest = (day + timedelta(days=wait) for wait in (min(known), max(known)))
    if earliest > year_end:
        return ForecastRefusal.NOT_THIS_YEAR
    settled = len(known) == len(waits) and latest <= year_end
    return Projection(earliest, latest if settled else None)


def _refusal(
    counted: Sequence[date],
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
    if len(counted) < programme.forecast_min_receipts:
        return ForecastRefusal.FEWER_THAN_30_RECEIPTS
    if (day - start).days + 1 < 7 * min(programme.forecast_weeks):
        return ForecastRefusal.FEWER_THAN_4_WEEKS
    return None


def _days_to_fill(counted: Sequence[date], weeks: int, remaining: int, day: date) -> int | None:
    """Whole days until the remaining places are taken at the pace of the last weeks."""
    since = day - timedelta(weeks=weeks)
    recent = sum(received > since for received in counted)
    return ceil(remaining * weeks * 7 / recent) if recent else None
