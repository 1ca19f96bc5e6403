# SPDX-License-Identifier: Apache-2.0
"""The cap's board of a year: places, outcomes, months, official counts, letters and permits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.letters.intake import Intake, intake
from imp_plus_desktop.domain.quota import quota as arithmetic
from imp_plus_desktop.domain.quota.forecast import (
    ForecastRefusal,
    Pace,
    Projection,
    at_pace,
    paces,
    project,
    projected,
)
from imp_plus_desktop.domain.quota.quota import CapUse, OfficialCount
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.records.papers import Letter
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.values.calendar import near_year_boundary
from imp_plus_desktop.domain.values.codes import ApplicationKind, Ledger, Outcome
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.programme import PlaceSwitches, Programme
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import figures, queries
from imp_plus_desktop.storage.reads.figures import YearCase, YearTally

PENDING = "pending"
_OUTCOMES = (PENDING, *(outcome.value for outcome in Outcome))
USED, OVER_CAP, EXTENSIONS, NEAR_BOUNDARY = "used", "over_cap", "extensions", "near_boundary"
RECEIVED, LETTERS, PERMITS = "received", "letters", "permits"


@dataclass(frozen=True, slots=True)
class LedgerUse:
    """One unit of MIFI's ledger as it stands. Unit: letters or permits.

    `effective` is the larger of own count and what the official count implies, as for places.
    """

    ledger: Ledger
    limit: int | None
    own: int
    official: int | None
    effective: int
    level: int | None
    by_month: tuple[int, ...]

    @property
    def remaining(self) -> int | None:
        return None if self.limit is None else self.limit - self.effective


@dataclass(frozen=True, slots=True)
class Board:
    """A cap year as it stands on a day. Unit: applications, unless the name says otherwise.

    `used` is the office's own count of places, `effective_used` the larger of it and what the
    official count implies; `remaining` is cap − effective use. `received` counts all receipts of
    the year, also those without a place. `switches` states the choices of CAP-05 for the year,
    `intake` whether letters still come in at all.
    """

    year: int
    as_of: date
    cap: int | None
    used: int
    effective_used: int
    remaining: int | None
    received: int
    over_cap: int
    extensions: int
    near_boundary: int
    level: int | None
    by_outcome: Mapping[str, int]
    by_month: tuple[int, ...]
    cumulative: tuple[tuple[date, int], ...]
    official: OfficialCount | None
    letters: LedgerUse
    permits: LedgerUse
    projection: Projection | None
    projection_refused: str | None
    paces: tuple[Pace, ...]
    switches: PlaceSwitches
    intake: Intake
    updated_at: datetime | None
    findings: tuple[Finding, ...]

    @property
    def letters_limit(self) -> int | None:
        return self.letters.limit

    @property
    def letters_dated(self) -> int:
        return self.letters.own

    @property
    def permits_limit(self) -> int | None:
        return self.permits.limit

    @property
    def permits_issued(self) -> int:
        return self.permits.own


@dataclass(frozen=True, slots=True)
class FigureRows:
    """The rows behind a figure: ids of applications, letters or permits."""

    figure: str
    kind: str
    ids: tuple[int, ...]


def board(office: Office, year: int, as_of: date | None = None) -> Board:
    """The board of a year as of a day (default: today)."""
    return board_under(office, office.programme(), year, as_of or office.clock.today())


def board_under(
    office: Office, programme: Programme, year: int, day: date, pace: int | None = None
) -> Board:
    """The board of a year as it would be under a programme, and at a pace of receipts a week."""
    told = figures.year_tallies(office.register, year)
    tallies = [tally for tally in told if tally.day <= day]
    placed = figures.by_day(tallies, placed=True)
    official = arithmetic.latest_official(queries.official_counts(office.register, year), year, day)
    cap = programme.cap_on(Ledger.APPLICATIONS, year, day)
    since = arithmetic.receipts_since(placed, official, day)
    use = arithmetic.cap_use(year, cap, placed.total(), official, since)
    outcomes = _by_outcome(tallies)
    if pace is None:
        projection, known = _projection(placed, use, day, programme)
    else:
        projection, known = _at_pace(use, day, pace)
    letters = _ledger_use(office, programme, Ledger.LETTERS, year, day, official)
    permits = _ledger_use(office, programme, Ledger.PERMITS, year, day, official)
    return Board(
        year=year,
        as_of=day,
        cap=cap,
        used=use.own,
        effective_used=use.effective,
        remaining=use.remaining,
        received=sum(tally.count for tally in tallies),
        over_cap=outcomes[Outcome.CANCELLED_OVER_CAP.value],
        extensions=sum(t.count for t in tallies if t.kind is not ApplicationKind.FIRST),
        near_boundary=sum(t.count for t in tallies if _hour_near_boundary(t, programme)),
        level=None
        if cap is None
        else arithmetic.warning_level(use.effective, cap, programme.cap_warning_levels),
        by_outcome={code: outcomes[code] for code in _OUTCOMES},
        by_month=_by_month(placed),
        cumulative=_cumulative(placed),
        official=official,
        letters=letters,
        permits=permits,
        projection=projection if isinstance(projection, Projection) else None,
        projection_refused=None if isinstance(projection, Projection) else projection.value,
        paces=known,
        switches=programme.switches(year, day),
        intake=intake(programme, year, day),
        updated_at=figures.last_act_at(office.register),
        findings=(
            arithmetic.cap_02(use, programme),
            *(_cap_07(one, year, programme) for one in (letters, permits)),
        ),
    )


def figure_rows(office: Office, year: int, figure: str, as_of: date | None = None) -> FigureRows:
    """Exactly the rows that a figure of the board counts, in order of their day.

    Figures: `used`, `received`, `over_cap`, `extensions`, `near_boundary`, an outcome, a month
    of places (`2024-03`), `letters` and `permits`, also by month (`letters-2024-03`).
    Errors: DomainError unknown_figure.
    """
    day = as_of or office.clock.today()
    name, _dash, month = figure.partition("-")
    if name in (LETTERS, PERMITS):
        found = _mifi_days(office, Ledger(name), year, day)
        wanted = _month(month, year) if month else None
        ids = (number for number, on in found if wanted is None or on.month == wanted)
        return FigureRows(figure, name, tuple(ids))
    programme = office.programme()
    tests: dict[str, Callable[[YearCase], bool]] = {
        RECEIVED: lambda case: True,
        USED: lambda case: case.place is not None,
        OVER_CAP: lambda case: case.outcome is Outcome.CANCELLED_OVER_CAP,
        EXTENSIONS: lambda case: case.kind is not ApplicationKind.FIRST,
        NEAR_BOUNDARY: lambda case: _near_boundary(case, programme),
    }
    test = tests.get(figure)
    if test is None and figure in _OUTCOMES:
        test = lambda case: _outcome(case) == figure  # noqa: E731
    if test is None:
        number = _month(month if name == str(year) else "", year)
        test = lambda case: (  # noqa: E731
            case.place is not None and case.day.month == number
        )
    ids = (case.id for case in _cases(office, year, day) if test(case))
    return FigureRows(figure, "applications", tuple(ids))


def letters_of(office: Office, ids: Sequence[int]) -> list[Letter]:
    """Letters by their ids, in order of their date."""
    found = queries.entities(office.register, "letter", Letter, "id", ids, "letter_date, id")
    return sorted(found, key=lambda letter: (letter.letter_date, letter.id))


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
    """Set a year's limit from a day on.

    Errors: DomainError reason_missing, bad_value; StorageError changed_meanwhile.
    """
    if not reason.strip():
        raise InvalidInput("reason_missing")
    if limit < 0:
        raise InvalidInput("bad_value", field="cap", issue="bad_number")
    with office.act("quota.cap") as act:
        act.add_figure(
            "cap_limit",
            {"ledger": ledger, "year": year},
            {"cap": limit, "from_day": from_day, "reason": reason.strip()},
            "cap",
        )
        act.details["counts"] = {"year": year, "limit": limit}
    return ActId(act.id or 0)


def set_official(office: Office, official: OfficialCount) -> ActId:
    """Record an official count. Errors: DomainError bad_value; StorageError changed_meanwhile."""
    numbers = (
        official.received,
        official.approved,
        official.refused,
        official.withdrawn,
        official.issued,
        official.letters,
    )
    if any(number is not None and number < 0 for number in numbers):
        raise InvalidInput("bad_value", field="received", issue="bad_number")
    with office.act("quota.official") as act:
        act.add_figure(
            "official_count",
            {"year": official.year},
            {
                "as_of": official.as_of,
                "received": official.received,
                "approved": official.approved,
                "refused": official.refused,
                "withdrawn": official.withdrawn,
                "source": official.source or None,
                "issued": official.issued,
                "letters": official.letters,
            },
            "official_count",
        )
        act.details["counts"] = {"year": official.year, "received": official.received}
    return ActId(act.id or 0)


def _cases(office: Office, year: int, day: date) -> list[YearCase]:
    """The year's applications received up to a day."""
    cases = figures.year_cases(office.register, year)
    return [case for case in cases if case.day <= day]


def _outcome(case: YearCase | YearTally) -> str:
    return case.outcome.value if case.outcome is not None else PENDING


def _by_outcome(tallies: Sequence[YearTally]) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    for tally in tallies:
        outcomes[_outcome(tally)] += tally.count
    return outcomes


def _near_boundary(case: YearCase, programme: Programme) -> bool:
    """Whether Toronto and UTC disagree on the year of a receipt that counts (CAP-08)."""
    return case.place is not None and near_year_boundary(case.received_at, programme.boundary_hours)


def _hour_near_boundary(tally: YearTally, programme: Programme) -> bool:
    """As `_near_boundary`, of all within an hour: it is a matter of whole hours of UTC."""
    return tally.placed and near_year_boundary(tally.hour, programme.boundary_hours)


def _mifi_days(office: Office, ledger: Ledger, year: int, day: date) -> list[tuple[int, date]]:
    last = min(date(year, 12, 31), day)
    return figures.mifi_days(office.register, ledger, date(year, 1, 1), last)


def _ledger_use(
    office: Office,
    programme: Programme,
    ledger: Ledger,
    year: int,
    day: date,
    official: OfficialCount | None,
) -> LedgerUse:
    last = min(date(year, 12, 31), day)
    days = figures.mifi_by_day(office.register, ledger, date(year, 1, 1), last)
    own = days.total()
    limit = programme.cap_on(ledger, year, day)
    told = None
    if official is not None:
        told = official.letters if ledger is Ledger.LETTERS else official.issued
    since = arithmetic.receipts_since(days, official, day)
    effective = max(own, told + since) if told is not None else own
    level = (
        None
        if limit is None
        else arithmetic.warning_level(effective, limit, programme.cap_warning_levels)
    )
    return LedgerUse(ledger, limit, own, told, effective, level, _by_month(days))


def _cap_07(use: LedgerUse, year: int, programme: Programme) -> Finding:
    counted = CapUse(year, use.limit, use.own, None, use.effective)
    return arithmetic.cap_07(use.ledger, counted, programme.cap_warning_levels)


def _month(text: str, year: int) -> int:
    """The month of `03` or `2024-03`. Errors: DomainError unknown_figure."""
    number = text.removeprefix(f"{year}-")
    if not number.isdecimal() or not 1 <= int(number) <= 12:
        raise InvalidInput("unknown_figure")
    return int(number)


def _projection(
    placed: Mapping[date, int], use: CapUse, day: date, programme: Programme
) -> tuple[Projection | ForecastRefusal, tuple[Pace, ...]]:
    if use.cap is None:
        return ForecastRefusal.OTHER_YEAR, ()
    found = paces(placed, use.year, use.cap, use.effective, day, programme)
    said = project(placed, use.year, use.cap, use.effective, day, programme)
    return said, () if isinstance(found, ForecastRefusal) else found


def _at_pace(
    use: CapUse, day: date, pace: int
) -> tuple[Projection | ForecastRefusal, tuple[Pace, ...]]:
    if use.cap is None:
        return ForecastRefusal.OTHER_YEAR, ()
    known = at_pace(pace, use.year, use.cap, use.effective, day)
    if isinstance(known, ForecastRefusal):
        return known, ()
    return projected((known,), use.year), (known,)


def _by_month(days: Mapping[date, int]) -> tuple[int, ...]:
    months: Counter[int] = Counter()
    for day, number in days.items():
        months[day.month] += number
    return tuple(months[month] for month in range(1, 13))


def _cumulative(days: Mapping[date, int]) -> tuple[tuple[date, int], ...]:
    points: list[tuple[date, int]] = []
    total = 0
    for day in sorted(days):
        total += days[day]
        points.append((day, total))
    return tuple(points)
