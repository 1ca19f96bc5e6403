# SPDX-License-Identifier: Apache-2.0
"""The overview: what waits for a person, the year's cap, the path from letter to permit."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date
from typing import Literal

from imp_plus_desktop.domain.deadlines.waiting import ENDS, LEVELS
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.services.agenda import counts
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.services.quota.quota import Board
from imp_plus_desktop.storage.reads import agenda, figures


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """`ends` where a day of its own presses, not somebody who waits."""

    code: str
    level: Literal["bad", "warn", "info"]
    count: int
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """`pipeline` is of the people whose letter is of `letter_year`.

    `next_day` is the next day in the agenda that nobody has seen yet, today included.
    """

    waiting: tuple[WaitingLine, ...]
    board: Board
    letter_year: int
    pipeline: tuple[tuple[str, int], ...]
    recent: tuple[ActRow, ...]
    people: int
    next_day: date | None = None


def overview(office: Office) -> Overview:
    """All that the first page shows."""
    summary.refresh(office)
    waiting = agenda.waiting_counts(office.register)
    years = figures.letter_years(office.register)
    letter_year = years[0] if years else office.clock.today().year
    pipeline = figures.pipeline(office.register, letter_year)
    lines = tuple(
        WaitingLine(
            code,
            level,
            counts.held_rows(office) if code == "review_rows" else waiting.get(code, 0),
            code in ENDS,
        )
        for code, level in LEVELS.items()
    )
    return Overview(
        waiting=lines,
        board=quota.board(office, office.clock.today().year),
        letter_year=letter_year,
        pipeline=tuple(
            (code, int(pipeline[code])) for code in ("letters", "received", "approved", "permits")
        ),
        recent=tuple(history.acts(office, limit=12)),
        people=figures.count(office.register, "person"),
        next_day=_next_day(office),
    )


def _next_day(office: Office) -> date | None:
    return agenda.next_day(office.register, office.clock.today())


def waiting_ids(office: Office, code: str) -> array[int]:
    """The people behind a line of what waits."""
    summary.refresh(office)
    return agenda.waiting_ids(office.register, code)
