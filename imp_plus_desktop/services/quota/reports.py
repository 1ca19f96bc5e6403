# SPDX-License-Identifier: Apache-2.0
"""Reports for any week, quarter or year, with the choices and the caps that they stand on.

The figures are `domain/quota/reports.py`; this module brings them their rows and what
goes with them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.quota import reports as figures_of
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.quota.reports import (
    Override,
    Period,
    Report,
    ReportCase,
    ReportKind,
    report_finding,
)
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.values.codes import ApplicationCode, Ledger
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.programme import PlaceSwitches
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.services.quota.quota import LETTERS, PERMITS, RECEIVED, USED, Board
from imp_plus_desktop.storage.history import overrides as set_aside
from imp_plus_desktop.storage.reads import figures


@dataclass(frozen=True, slots=True)
class PreparedReport:
    """A report and what it stands on: the limits, the use and the choices on its last day.

    `use` holds the year's places and the second ledger's units by figure of the board; `caps`
    the limits by ledger; `overrides` the rules that were set aside on the period's days; `as_of`
    is the period's last day, or today when it still runs.
    """

    report: Report
    as_of: date
    programme_version: str
    caps: Mapping[str, int | None]
    use: Mapping[str, int]
    switches: PlaceSwitches
    official: OfficialCount | None
    finding: Finding
    overrides: tuple[Override, ...]


def period_of(kind: ReportKind, year: int, number: int | None = None) -> Period:
    """A period by its year and number. Errors: DomainError no_such_period."""
    try:
        if kind is ReportKind.YEARLY:
            return figures_of.whole_year(year)
        made = figures_of.week if kind is ReportKind.WEEKLY else figures_of.quarter
        return made(year, number or 0)
    except ValueError:
        raise InvalidInput("no_such_period") from None


def period_at(kind: ReportKind, day: date) -> Period:
    """The period of a kind that a day is in."""
    return figures_of.periods_before(day, kind, 1)[0]


def make(office: Office, period: Period) -> PreparedReport:
    """The report of a period as the register knows it now."""
    found = _report(office, period)
    as_of = min(period.last, office.clock.today())
    board = quota.board(office, period.last.year, as_of)
    return PreparedReport(
        found,
        as_of,
        office.shipped_programme.version,
        {
            Ledger.APPLICATIONS.value: board.cap,
            Ledger.LETTERS.value: board.letters.limit,
            Ledger.PERMITS.value: board.permits.limit,
        },
        use_of(board),
        board.switches,
        board.official,
        report_finding(found),
        set_aside.between(office.register, period.first, period.last),
    )


def use_of(board: Board) -> dict[str, int]:
    """What a year had used, by figure of the board."""
    return {
        RECEIVED: board.received,
        USED: board.used,
        "effective_used": board.effective_used,
        "over_cap": board.over_cap,
        LETTERS: board.letters.effective,
        PERMITS: board.permits.effective,
    }


def latest(office: Office, kind: ReportKind, count: int) -> list[Period]:
    """The periods of a kind that had begun by today, the latest first; none that was over before
    the programme opened."""
    latest_, *others = figures_of.periods_before(office.clock.today(), kind, count)
    opened = office.programme().opened
    return [latest_, *(one for one in others if one.last >= opened)]


def receipts_by_period(office: Office, found: Sequence[Period]) -> list[int]:
    """How many applications were received in each of these periods."""
    cases = figures.report_cases(office.register, ApplicationCode.A76)
    days = sorted(case.received for case in cases if case.received is not None)
    return [bisect_right(days, one.last) - bisect_left(days, one.first) for one in found]


def _report(office: Office, period: Period) -> Report:
    first = min(period.first, date(period.last.year, 1, 1))
    cases = [
        ReportCase(case.id, case.kind, case.received, case.outcome, case.decided_on)
        for case in figures.report_cases(office.register, ApplicationCode.A76)
    ]
    letters = figures.mifi_days(office.register, Ledger.LETTERS, first, period.last)
    permits = figures.mifi_days(office.register, Ledger.PERMITS, first, period.last)
    return figures_of.report(period, cases, letters, permits)
