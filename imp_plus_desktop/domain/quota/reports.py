# SPDX-License-Identifier: Apache-2.0
"""The weekly and the quarterly report, figure by figure, each with the rows that it counts.

REP-01: submitted, approved, refused, withdrawn in a week. REP-02: letters issued; applications
received, approved, permits issued, refused, withdrawn in a quarter, or in a year. Receipts count
on their Toronto day, decisions on the day of the decision, letters and permits on their date.
Source A76.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.ids import ActId, ApplicationId
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.rules.rules import passes, unknown
from imp_plus_desktop.domain.values.codes import ApplicationKind, Outcome


class ReportKind(StrEnum):
    WEEKLY = "weekly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a report covers, both included; `number` is the ISO week or the quarter."""

    kind: ReportKind
    year: int
    number: int | None
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ReportCase:
    """What reports know of a principal's application under A76. Days are Toronto's."""

    id: ApplicationId
    kind: ApplicationKind
    received: date | None
    outcome: Outcome | None
    decided: date | None


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """One figure: the rows of the period, and those since 1 January of the year of its end."""

    code: str
    ids: tuple[int, ...]
    to_date: tuple[int, ...]

    @property
    def number(self) -> int:
        return len(self.ids)


ORDER = (
    *("letters", "submitted", "received", "approved", "issued", "refused", "withdrawn"),
    *("returned", "cancelled_over_cap", "extensions"),
)
"""The figures of all reports, in the order in which they show them."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report of a period. `undated` are decisions without a day: no period can count them."""

    rule: str
    period: Period
    figures: tuple[ReportFigure, ...]
    undated: tuple[ApplicationId, ...]

    def figure(self, code: str) -> ReportFigure:
        """A figure by its code; KeyError when the report has none such."""
        for figure in self.figures:
            if figure.code == code:
                return figure
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Override:
    """A block rule that somebody set aside, with their reason.

    `on` is the day on which it was recorded, `event_on` that of what it let through: a receipt,
    a decision, a permit or a state.
    """

    act: ActId
    on: date
    event_on: date
    application: ApplicationId | None
    rule: str
    reason: str


Dated = Sequence[tuple[int, date]]
"""Rows with the day on which they count."""


def week_of(day: date) -> Period:
    """The ISO week, Monday to Sunday, that a day is in."""
    year, week, weekday = day.isocalendar()
    first = day - timedelta(days=weekday - 1)
    return Period(ReportKind.WEEKLY, year, week, first, first + timedelta(days=6))


def week(year: int, number: int) -> Period:
    """An ISO week of a year. ValueError when the year has no such week."""
    return week_of(date.fromisocalendar(year, number, 1))


def quarter(year: int, number: int) -> Period:
    """A quarter, 1 to 4. ValueError when there is no such quarter."""
    first = date(year, number * 3 - 2, 1)
    after = date(year + 1, 1, 1) if number == 4 else date(year, number * 3 + 1, 1)
    return Period(ReportKind.QUARTERLY, year, number, first, after - timedelta(days=1))


def whole_year(year: int) -> Period:
    return Period(ReportKind.YEARLY, year, None, date(year, 1, 1), date(year, 12, 31))


def report(period: Period, cases: Sequence[ReportCase], letters: Dated, permits: Dated) -> Report:
    """The report of a period: weekly by REP-01, quarterly and yearly by REP-02."""
    start = date(period.last.year, 1, 1)
    weekly = period.kind is ReportKind.WEEKLY

    def figure(code: str, rows: Iterable[tuple[int, date]]) -> ReportFigure:
        known = [(number, day) for number, day in rows if day <= period.last]
        return ReportFigure(
            code,
            tuple(number for number, day in known if day >= period.first),
            tuple(number for number, day in known if day >= start),
        )

    received = [(case.id, case.received) for case in cases if case.received is not None]
    extensions = {case.id for case in cases if case.kind is not ApplicationKind.FIRST}
    figures = [
        figure("submitted" if weekly else "received", received),
        figure("approved", _decided(cases, Outcome.APPROVED)),
        figure("refused", _decided(cases, Outcome.REFUSED)),
        figure("withdrawn", _decided(cases, Outcome.WITHDRAWN)),
        figure("returned", _decided(cases, Outcome.RETURNED)),
        figure("cancelled_over_cap", _decided(cases, Outcome.CANCELLED_OVER_CAP)),
        figure("extensions", [row for row in received if row[0] in extensions]),
    ]
    if not weekly:
        figures.insert(0, figure("letters", letters))
        figures.insert(3, figure("issued", permits))
    undated = tuple(
        case.id
        for case in cases
        if case.outcome is not None
        and case.decided is None
        and (case.received is None or case.received <= period.last)
    )
    return Report("REP-01" if weekly else "REP-02", period, tuple(figures), undated)


def report_finding(made: Report) -> Finding:
    """Whether a report's figures are complete: a decision without a day is in none (REP-01, -02).

    Source A76.
    """
    if made.undated:
        return unknown(made.rule, "report_undated", fix="record_decision_days",
                       undated=len(made.undated))  # fmt: skip
    return passes(made.rule, "report_complete", from_day=made.period.first,
                  until_day=made.period.last)  # fmt: skip


def _decided(cases: Sequence[ReportCase], outcome: Outcome) -> list[tuple[int, date]]:
    return [
        (case.id, case.decided)
        for case in cases
        if case.outcome is outcome and case.decided is not None
    ]


def periods_before(day: date, kind: ReportKind, count: int) -> list[Period]:
    """The latest `count` periods of a kind that had begun by a day, the latest first."""
    steps: dict[ReportKind, Callable[[date], Period]] = {
        ReportKind.WEEKLY: week_of,
        ReportKind.QUARTERLY: lambda at: quarter(at.year, (at.month + 2) // 3),
        ReportKind.YEARLY: lambda at: whole_year(at.year),
    }
    found: list[Period] = []
    while len(found) < count:
        found.append(steps[kind](day))
        day = found[-1].first - timedelta(days=1)
    return found
