# SPDX-License-Identifier: Apache-2.0
"""From a board of the quota service to what gauges and charts take; shared by two pages.

    cap_view(board) -> CapView     year_view(board) -> YearView     official_note(board) -> str

Must not compute anything of the programme.
"""

from datetime import date

from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.quota.quota import Board
from imp_plus_desktop.ui.charts.gauge import CapView
from imp_plus_desktop.ui.charts.year_chart import YearView


def cap_view(board: Board) -> CapView:
    """The counts of a board for the gauge."""
    official = board.official.received if board.official is not None else None
    return CapView(board.cap, board.used, official, board.effective_used)


def year_view(board: Board) -> YearView:
    """The curve of a board, with the days on which the cap may be reached."""
    projection = board.projection
    ends = [pace.year_end for pace in board.paces]
    return YearView(
        board.year,
        board.cap,
        board.cumulative,
        min(board.as_of, date(board.year, 12, 31)),
        board.effective_used,
        projection.earliest if projection is not None else None,
        projection.latest if projection is not None else None,
        (min(ends), max(ends)) if ends else None,
    )


def official_note(board: Board) -> str:
    """What the numbers count, and of which day the official count is."""
    counted = _("applications received by IRCC")
    if board.official is None:
        return _("{counted} · no official count yet").format(counted=counted)
    return _("{counted} · official count of {day}").format(
        counted=counted, day=format_day(board.official.as_of)
    )
