# SPDX-License-Identifier: Apache-2.0
"""The cap's board of a year: places, outcomes, months, official counts, letters and permits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from imp_plus_desktop.domain import quota as arithmetic
from imp_plus_desktop.domain.calendar import toronto_day
from imp_plus_desktop.domain.errors import DomainError
from imp_plus_desktop.domain.findings import Finding
from imp_plus_desktop.domain.forecast import ForecastRefusal, Projection, project
from imp_plus_desktop.domain.programme import Programme
from imp_plus_desktop.domain.quota import OfficialCount
from imp_plus_desktop.domain.values import ActId, Ledger, Outcome
from imp_plus_desktop.services.office import Office
from imp_plus_desktop.storage import figures, queries

PENDING = "pending"
_OUTCOMES = (PENDING, *(outcome.value for outcome in Outcome))


@dataclass(frozen=True, slots=True)
class Board:
    """A cap year as it stands on a day. Unit: applications, unless the name says otherwise.

    `used` is the office's own count of places, `effective_used` the larger of it and what the
    official count implies; `remaining` is cap − effective use.
    """

    year: int
    as_of: date
    cap: int | None
    used: int
    effective_used: int
    remaining: int | None
    over_cap: int
    level: int | None
    by_outcome: Mapping[str, int]
    by_month: tuple[int, ...]
    cumulative: tuple[tuple[date, int], ...]
    official: OfficialCount | None
    letters_limit: int | None
    letters_dated: int
    permits_limit: int | None
    permits_issued: int
    projection: Projection | None
    projection_refused: str | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class OfficialFigures:
    """What an official announcement says, as typed in."""

    year: int
    as_of: date
    received: int
    approved: int | None = None
    refused: int | None = None
    withdrawn: int | None = None
    source: str | None = None


def board(office: Office, year: int, as_of: date | None = None) -> Board:
    """The board of a year as of a day (default: today)."""
    programme = office.programme()
    day = as_of or office.clock.today()
    receipts = [
        (toronto_day(at), outcome, place)
        for at, outcome, place in figures.receipts(office.register, year)
        if toronto_day(at) <= day
    ]
    placed = [received for received, _outcome, place in receipts if place is not None]
    official = arithmetic.latest_official(queries.official_counts(office.register, year), year, day)
    cap = programme.cap_on(Ledger.APPLICATIONS, year, day)
    since = arithmetic.receipts_since(placed, official, day)
    use = arithmetic.cap_use(year, cap, len(placed), official, since)
    outcomes = Counter(outcome or PENDING for _received, outcome, _place in receipts)
    projection = _projection(placed, use, day, programme)
    letters_limit = programme.cap_on(Ledger.LETTERS, year, day)
    letters_dated = figures.letters_dated(office.register, year, day)
    permits_limit = programme.cap_on(Ledger.PERMITS, year, day)
    permits_issued = figures.permits_issued(office.register, year, day)
    return Board(
        year=year,
        as_of=day,
        cap=cap,
        used=use.own,
        effective_used=use.effective,
        remaining=use.remaining,
        over_cap=outcomes[Outcome.CANCELLED_OVER_CAP.value],
        level=None
        if cap is None
        else arithmetic.warning_level(use.effective, cap, programme.cap_warning_levels),
        by_outcome={code: outcomes[code] for code in _OUTCOMES},
        by_month=_by_month(placed),
        cumulative=_cumulative(placed),
        official=official,
        letters_limit=letters_limit,
        letters_dated=letters_dated,
        permits_limit=permits_limit,
        permits_issued=permits_issued,
        projection=projection if isinstance(projection, Projection) else None,
        projection_refused=None if isinstance(projection, Projection) else projection.value,
        findings=(
            arithmetic.cap_02(use, programme),
            arithmetic.cap_07(
                Ledger.LETTERS, arithmetic.cap_use(year, letters_limit, letters_dated)
            ),
            arithmetic.cap_07(
                Ledger.PERMITS, arithmetic.cap_use(year, permits_limit, permits_issued)
            ),
        ),
    )


def years(office: Office) -> list[int]:
    """Years that hold something, and the present one, the latest first."""
    found = {*figures.years_of(office.register), office.clock.today().year}
    return sorted(found, reverse=True)


def set_cap(
    office: Office,
    year: int,
    limit: int,
    from_day: date,
    reason: str,
    ledger: Ledger = Ledger.APPLICATIONS,
) -> ActId:
    """Set a year's limit from a day on. Errors: DomainError reason_missing, bad_value."""
    if not reason.strip():
        raise DomainError("reason_missing")
    if limit < 0:
        raise DomainError("bad_value", field="cap", issue="bad_number")
    with office.act("quota.cap") as act:
        act.insert(
            "cap_limit",
            {
                "ledger": ledger,
                "year": year,
                "cap": limit,
                "from_day": from_day,
                "reason": reason.strip(),
            },
        )
        act.details["counts"] = {"year": year, "limit": limit}
    return ActId(act.id or 0)


def set_official(office: Office, official: OfficialFigures) -> ActId:
    """Record an official count. Errors: DomainError bad_value."""
    numbers = (official.received, official.approved, official.refused, official.withdrawn)
    if any(number is not None and number < 0 for number in numbers):
        raise DomainError("bad_value", field="received", issue="bad_number")
    with office.act("quota.official") as act:
        act.insert(
            "official_count",
            {
                "year": official.year,
                "as_of": official.as_of,
                "received": official.received,
                "approved": official.approved,
                "refused": official.refused,
                "withdrawn": official.withdrawn,
                "source": official.source or None,
            },
        )
        act.details["counts"] = {"year": official.year, "received": official.received}
    return ActId(act.id or 0)


def _projection(
    placed: Sequence[date], use: arithmetic.CapUse, day: date, programme: Programme
) -> Projection | ForecastRefusal:
    if use.cap is None:
        return ForecastRefusal.OTHER_YEAR
    return project(placed, use.year, use.cap, use.effective, day, programme)


def _by_month(days: Sequence[date]) -> tuple[int, ...]:
    months = Counter(day.month for day in days)
    return tuple(months[month] for month in range(1, 13))


def _cumulative(days: Sequence[date]) -> tuple[tuple[date, int], ...]:
    per_day = Counter(days)
    points: list[tuple[date, int]] = []
    total = 0
    for day in sorted(per_day):
        total += per_day[day]
        points.append((day, total))
    return tuple(points)
