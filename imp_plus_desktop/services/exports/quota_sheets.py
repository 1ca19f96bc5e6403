# SPDX-License-Identifier: Apache-2.0
"""The sheets of a year's quota: board, months with a chart, quarters, over-cap list.

Knows words and order; the figures are those of the board, the reports and the list themselves.
"""

from __future__ import annotations

from imp_plus_desktop.domain.quota.over_cap import OverCapItem
from imp_plus_desktop.domain.quota.reports import ReportKind
from imp_plus_desktop.exchange.writers.writing import (
    DATE,
    INSTANT,
    MONEY,
    NUMBER,
    TEXT,
    ListChart,
    ListColumn,
    ListSheet,
    Value,
)
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.exports.identifiers import Identifiers
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import overcap, quota, reports
from imp_plus_desktop.services.quota.quota import Board
from imp_plus_desktop.words import messages
from imp_plus_desktop.words.report_texts import (
    choices_text,
    figure_label,
    held_by_text,
    intake_text,
    item_label,
    period_text,
)


def quota_sheets(office: Office, year: int) -> list[ListSheet]:
    """Every sheet of a year's quota; the over-cap list only when there is somebody on it."""
    board = quota.board(office, year)
    sheets = [_figures(board), _months(board), _quarters(office, year)]
    over = _over_cap(office, year)
    return [*sheets, over] if over is not None else sheets


def _figures(board: Board) -> ListSheet:
    official, letters, permits = board.official, board.letters, board.permits
    lines: list[list[Value]] = [
        [_("Year"), board.year],
        [_("As of"), board.as_of],
        [_("Cap (applications)"), board.cap],
        [_("Places used by this register"), board.used],
        [_("Official count: received"), official.received if official else None],
        [_("Day of the official count"), official.as_of if official else None],
        [_("Effective use"), board.effective_used],
        [_("Places left"), board.remaining],
        [_("Cancelled over cap"), board.over_cap],
        [figure_label("near_boundary"), board.near_boundary],
        [_("Letters: limit"), letters.limit],
        [_("Letters dated this year"), letters.own],
        [_("Letters, official count"), letters.official],
        [_("Permits: limit"), permits.limit],
        [_("Permits issued this year"), permits.own],
        [_("Permits, official count"), permits.official],
    ]
    lines += [
        [
            _("Waiting for a decision")
            if code == quota.PENDING
            else messages.name_of(code, "outcome"),
            number,
        ]
        for code, number in board.by_outcome.items()
    ]
    lines.append([choices_text(board.switches), None])
    closed = intake_text(board.intake)
    lines += [[closed, None]] if closed else []
    return ListSheet(
        _("Cap {year}").format(year=board.year),
        [ListColumn(_("Figure"), TEXT, 44), ListColumn(_("How many"), NUMBER, 14)],
        lines,
    )


def _months(board: Board) -> ListSheet:
    total = 0
    rows: list[list[Value]] = []
    for month in range(12):
        total += board.by_month[month]
        rows.append(
            [
                f"{board.year}-{month + 1:02d}",
                board.by_month[month],
                total,
                board.cap,
                board.letters.by_month[month],
                board.permits.by_month[month],
            ]
        )
    return ListSheet(
        _("Months"),
        [
            ListColumn(_("Month"), TEXT, 12),
            ListColumn(_("Received"), NUMBER, 12),
            ListColumn(_("Since 1 January"), NUMBER, 16),
            ListColumn(_("Cap"), NUMBER, 12),
            ListColumn(_("Letters"), NUMBER, 12),
            ListColumn(_("Permits"), NUMBER, 12),
        ],
        rows,
        totals=(None, "sum", None, None, "sum", "sum"),
        total_label=_("Total"),
        chart=ListChart(_("Applications received, {year}").format(year=board.year), 0, (2, 3)),
    )


def _quarters(office: Office, year: int) -> ListSheet:
    """The quarterly report (REP-02) of each quarter, and the year's."""
    periods = [reports.period_of(ReportKind.QUARTERLY, year, number) for number in range(1, 5)]
    periods.append(reports.period_of(ReportKind.YEARLY, year))
    made = [reports.make(office, period).report for period in periods]
    rows: list[list[Value]] = [
        [figure_label(figure.code), *(one.figure(figure.code).number for one in made)]
        for figure in made[0].figures
    ]
    columns = [ListColumn(period_text(period), NUMBER, 18) for period in periods]
    return ListSheet(_("Reports"), [ListColumn(_("Figure"), TEXT, 36), *columns], rows)


def _over_cap(office: Office, year: int) -> ListSheet | None:
    found = overcap.over_cap_list(office, year)
    if not found.files:
        return None
    identifiers = Identifiers(office)
    rows: list[list[Value]] = []
    for file in found.files:
        days = {item.kind: item.closed_on for item in file.items if item.closed}
        family = sum(not item.closed for item in file.items if item.kind is OverCapItem.FAMILY)
        rows.append(
            [
                file.name,
                *identifiers.cells(file.person_id),
                file.number,
                file.received_at,
                float(file.refund),
                days.get(OverCapItem.REFUND),
                days.get(OverCapItem.BIOMETRICS),
                family,
                None if file.held_by is None else held_by_text(file.held_by),
            ]
        )
    return ListSheet(
        _("Over the cap"),
        [
            ListColumn(_("Name"), TEXT, 28),
            *identifiers.columns(),
            ListColumn(_("Application no."), TEXT, 16),
            ListColumn(_("Received on"), INSTANT),
            ListColumn(_("Refunds due"), MONEY),
            ListColumn(_("Refund received"), DATE, 16),
            ListColumn(item_label(OverCapItem.BIOMETRICS), DATE, 16),
            ListColumn(_("Family’s applications still open"), NUMBER, 16),
            ListColumn(_("Place held by"), TEXT, 60),
        ],
        rows,
        totals=(*[None] * 5, "sum", None, None, "sum", None),
        total_label=_("Total"),
    )
