# SPDX-License-Identifier: Apache-2.0
"""The overview: what waits, for whom and by when, what others did, the path from letter to permit.

All of it can be of one clerk's files, and of those whose letter is of one year.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.deadlines import DeadlineKind
from imp_plus_desktop.domain.deadlines.nearness import SOON_DAYS
from imp_plus_desktop.domain.deadlines.waiting import ENDS, LEVELS
from imp_plus_desktop.domain.reads.filters import EVERYBODY, DeadlineFilter, Scope
from imp_plus_desktop.domain.reads.rows import ActRow, DeadlineRow
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.domain.values.codes import PrStage
from imp_plus_desktop.services.agenda import counts, deadlines, visits
from imp_plus_desktop.services.agenda.visits import News, Visit
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.permits import pr_track
from imp_plus_desktop.services.permits.pr_track import StageCount
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.services.quota.quota import Board
from imp_plus_desktop.storage.reads import agenda, figures
from imp_plus_desktop.storage.reads.agenda import ClerkCount, DayCount

__all__ = ["EVERYBODY", "ClerkCount", "DayCount", "Scope"]

DUE_SHOWN = 7
"""As many of the day's deadlines are read by name."""
_REVIEW = "review_rows"


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """`ends` where a day of its own presses, not somebody who waits."""

    code: str
    level: Literal["bad", "warn", "info"]
    count: int
    ends: bool = False


@dataclass(frozen=True, slots=True)
class DueToday:
    """What nobody has seen yet: how many are late, how many fall today, the first of these."""

    late: int
    count: int
    rows: tuple[DeadlineRow, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """`pipeline` and all that waits are of the files of `scope`.

    `next_day` is the next day in the agenda that nobody has seen yet, today included. `visit` is
    what a later look is since, and `news` what others did since an earlier one, None at first.
    """

    waiting: tuple[WaitingLine, ...]
    board: Board
    pipeline: tuple[tuple[str, int], ...]
    recent: tuple[ActRow, ...]
    to_undo: frozenset[int]
    """Those of them that whoever works here may take back: their own, or anybody's who leads."""
    people: int
    next_day: date | None
    scope: Scope
    years: tuple[int, ...]
    clerks: tuple[ClerkCount, ...]
    due: DueToday
    visit: Visit
    news: News | None = None
    track: tuple[StageCount, ...] = ()


def overview(office: Office, scope: Scope = EVERYBODY, last_visit: Visit | None = None) -> Overview:
    """All that the first page shows."""
    with office.at_once("overview"):
        return _overview(office, scope, last_visit)


def _overview(office: Office, scope: Scope, last_visit: Visit | None) -> Overview:
    summary.refresh(office)
    register, today = office.register, office.clock.today()
    soon = today + timedelta(days=SOON_DAYS)
    waiting, held, pipeline, *more = register.together(
        lambda: agenda.waiting_counts(register, scope),
        lambda: counts.held_rows(office),
        lambda: figures.pipeline(register, scope),
        lambda: quota.board(office, scope.letter_year or today.year),
        lambda: history.acts(office, limit=12, papers=False),
        lambda: figures.count(register, "person"),
        lambda: agenda.next_day(register, today, scope),
        lambda: figures.letter_years(register),
        lambda: agenda.by_clerk(register, scope, today, soon),
        lambda: _due(office, scope),
        lambda: visits.now(office),
        lambda: pr_track.board(office, scope),
    )
    board, recent, people, next_day, years, clerks, due, visit, track = more
    if scope == EVERYBODY:
        waiting[_REVIEW] = held  # of nobody yet
    return Overview(
        waiting=tuple(
            WaitingLine(code, level, waiting.get(code, 0), code in ENDS)
            for code, level in LEVELS.items()
        ),
        board=board,
        pipeline=tuple((step, int(pipeline[step])) for step in figures.STEPS),
        recent=tuple(recent),
        to_undo=frozenset(act.id for act in recent if history.is_ones_to_undo(office, act)),
        people=people,
        next_day=next_day,
        scope=scope,
        years=tuple(years),
        clerks=tuple(clerks),
        due=due,
        visit=visit,
        track=track,
        news=None if last_visit is None else visits.since(office, last_visit, scope),
    )


def unseen(scope: Scope, low: str = "", high: str = "", kind: str | None = None) -> DeadlineFilter:
    """The deadlines that nobody has seen, of a scope and from day to day, as a list asks for them.

    Bounds are those of a column's filter: a day, or an offset from today.
    """
    year = scope.letter_year
    columns: list[ColumnFilter] = []
    if low or high:
        columns.append(ColumnFilter("line.day", low=low, high=high))
    if year is not None:
        first, last = f"{year}-01-01", f"{year}-12-31"
        columns.append(ColumnFilter("letter.letter_date", low=first, high=last))
    return DeadlineFilter(kind=kind, seen=False, clerk=scope.clerk, columns=tuple(columns))


def on_day(scope: Scope, day: date, today: date) -> DeadlineFilter:
    """What stands on a day; of a day that is past only what nobody has seen."""
    wanted = unseen(scope, day.isoformat(), day.isoformat())
    return wanted if day < today else replace(wanted, seen=None)


def late(scope: Scope) -> DeadlineFilter:
    """What is past and nobody has seen."""
    return unseen(scope, high="-1d")


def due_today(scope: Scope) -> DeadlineFilter:
    """What falls due today."""
    return unseen(scope, low="+0d", high="+0d")


def soon_ending(scope: Scope) -> DeadlineFilter:
    """The permits that end within three months."""
    return unseen(scope, "+0d", f"+{SOON_DAYS}d", DeadlineKind.PERMIT.value)


def days(office: Office, first: date, last: date, scope: Scope = EVERYBODY) -> Sequence[DayCount]:
    """How many deadlines stand on each day from `first` to `last`; of past days, unseen ones."""
    wanted = DeadlineFilter(from_day=first, until_day=last)
    summary.refresh(office)
    return agenda.on_days(office.register, wanted, office.clock.today(), scope)


def waiting_ids(office: Office, code: str) -> array[int]:
    """The people behind a line of what waits."""
    summary.refresh(office)
    return agenda.waiting_ids(office.register, code)


def path_ids(office: Office, step: str, scope: Scope = EVERYBODY) -> array[int]:
    """The people behind a step of the path."""
    summary.refresh(office)
    return array("q", figures.on_path(office.register, scope, step))


def stage_ids(office: Office, stage: str, scope: Scope = EVERYBODY) -> array[int]:
    """The people who stand at a stage of PR now."""
    return pr_track.people_at(office, PrStage(stage), scope)


def _due(office: Office, scope: Scope) -> DueToday:
    found = deadlines.ids(office, due_today(scope))
    rows = deadlines.rows(office, found[:DUE_SHOWN])
    past = len(deadlines.ids(office, late(scope)))
    return DueToday(past, len(found), tuple(rows))
