# SPDX-License-Identifier: Apache-2.0
"""A report as a workbook: its figures, what it stands on, and what was corrected since a closing.

Knows words and order only: the figures are those of `services/quota/reports.py`, or of a
closing in `services/quota/periods.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from imp_plus_desktop.domain.quota.reports import Override, Period
from imp_plus_desktop.domain.values.programme import SWITCHES
from imp_plus_desktop.exchange.writers.writing import (
    DATE,
    NUMBER,
    TEXT,
    ListColumn,
    ListSheet,
    Value,
)
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.quota.periods import Closed, Correction
from imp_plus_desktop.services.quota.reports import PreparedReport
from imp_plus_desktop.words.proof.check_texts import head_text
from imp_plus_desktop.words.report_texts import (
    choices_text,
    counting_text,
    figure_label,
    period_days,
    period_text,
    report_title,
)


def sheets_of(made: PreparedReport, head: str) -> list[ListSheet]:
    """The sheets of a report as the register knows it now; `head` is that of its journal."""
    period = made.report.period
    rows: list[list[Value]] = [
        [figure_label(figure.code), figure.number, len(figure.to_date)]
        for figure in made.report.figures
    ]
    sheets = [_figures(period, rows), _basis(made, period, [_("As of"), made.as_of], head)]
    return [*sheets, *_overrides(made.overrides)]


def closed_sheets(closed: Closed, corrections: Sequence[Correction], head: str) -> list[ListSheet]:
    """The sheets of a period as it was closed, and what would be different now; `head` is that of
    the journal as the closing left it."""
    rows: list[list[Value]] = [
        [figure_label(figure.code), figure.number, figure.to_date] for figure in closed.figures
    ]
    dated: list[Value] = [_("Day of the closing"), closed.closed_on]
    made = [_figures(closed.period, rows), _basis(closed, closed.period, dated, head)]
    made += _overrides(closed.overrides)
    return [*made, _corrections(corrections)] if corrections else made


def _figures(period: Period, rows: list[list[Value]]) -> ListSheet:
    return ListSheet(
        report_title(period.kind),
        [
            ListColumn(_("Figure"), TEXT, 36),
            ListColumn(period_text(period), NUMBER, 20),
            ListColumn(_("Since January 1"), NUMBER, 20),
        ],
        rows,
    )


def _basis(
    report: PreparedReport | Closed, period: Period, dated: list[Value], head: str
) -> ListSheet:
    rows: list[list[Value]] = [[period_text(period), period_days(period)], dated]
    rows += [[figure_label(f"cap_{name}"), limit] for name, limit in report.caps.items()]
    rows += [[figure_label(f"use_{name}"), number] for name, number in report.use.items()]
    rows += [
        [_("Choices of the office"), choices_text(report.switches)],
        [_("How it is counted"), counting_text()],
        [_("Programme data"), report.programme_version],
        [_("Head of the journal"), head_text(head)],
    ]
    columns = [ListColumn(_("What it stands on"), TEXT, 36), ListColumn(_("Value"), TEXT, 60)]
    return ListSheet(_("What it stands on"), columns, rows)


def _overrides(found: Sequence[Override]) -> list[ListSheet]:
    """The rules that were set aside, when there are any."""
    rows: list[list[Value]] = [
        [one.event_on, one.rule, one.reason, one.application, one.act, one.on] for one in found
    ]
    columns = [
        ListColumn(_("Day"), DATE),
        ListColumn(_("Rule"), TEXT, 10),
        ListColumn(_("Reason"), TEXT, 60),
        ListColumn(_("Application"), NUMBER, 12),
        ListColumn(_("Act"), NUMBER, 10),
        ListColumn(_("Recorded on"), DATE),
    ]
    return [ListSheet(_("Rules set aside"), columns, rows)] if rows else []


def _corrections(found: Sequence[Correction]) -> ListSheet:
    rows: list[list[Value]] = [
        [
            figure_label(one.code),
            _shown(one.code, one.then),
            _shown(one.code, one.now),
            ", ".join(map(str, one.acts)),
        ]
        for one in found
    ]
    columns = [
        ListColumn(_("Figure"), TEXT, 36),
        ListColumn(_("At the closing"), NUMBER, 16),
        ListColumn(_("Now"), NUMBER, 12),
        ListColumn(_("Acts"), TEXT, 24),
    ]
    return ListSheet(_("Corrected since"), columns, rows)


def _shown(code: str, value: int | None) -> Value:
    """A figure as a number; a choice of the office as yes or no."""
    if value is None or code not in SWITCHES:
        return value
    return _("yes") if value else _("no")
