# SPDX-License-Identifier: Apache-2.0
"""The agenda: every file's deadlines, the nearest first, as the lists and the counts read it.

It is derived from the files and kept beside their standing, so that it is read fast. What the
office says of a deadline is in `agenda.py`.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.figures.holidays import Workdays
from imp_plus_desktop.domain.reads.desks import NOBODYS
from imp_plus_desktop.domain.reads.filters import DeadlineFilter
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.domain.reads.shapes import Order, order_of
from imp_plus_desktop.services.listing.spelling import spelled
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import claims
from imp_plus_desktop.services.workdays.workdays import workdays
from imp_plus_desktop.storage.reads import agenda as store

__all__ = ["DeadlineFilter"]

WEEK, MONTH, QUARTER = 7, 30, 90
_BUCKETS = (
    ("overdue", -1),
    ("today", 0),
    ("week", WEEK),
    ("month", MONTH),
    ("quarter", QUARTER),
    ("later", None),
)
"""By when a deadline falls due, with the last day of each from today."""


_FAR_DAYS = 100_000
"""No file has a day so far ahead: whoever asks for more asks for all."""


@dataclass(frozen=True, slots=True)
class AgendaCounts:
    """How many deadlines nobody has seen yet, by when: each bucket without those before it.

    `resting` counts what is far behind, or behind in a closed file, and stands apart.
    """

    overdue: int = 0
    today: int = 0
    week: int = 0
    month: int = 0
    quarter: int = 0
    later: int = 0
    resting: int = 0

    @property
    def near(self) -> int:
        """Up to a month ahead, what is past included."""
        return self.overdue + self.today + self.week + self.month


def agenda(office: Office, within: int | None = None) -> list[DeadlineRow]:
    """Deadlines up to `within` days ahead (None: all), overdue ones first; without what rests."""
    return rows(office, ids_within(office, within))


def ids_within(office: Office, within: int | None = None, *, resting: bool = False) -> array[int]:
    """The ids of that agenda, in its order; or, instead, of what rests."""
    latest = None
    if within is not None and within <= _FAR_DAYS:
        latest = office.clock.today() + timedelta(days=within)
    return ids(office, DeadlineFilter(until_day=latest, rests=resting))


def ids(
    office: Office, wanted: DeadlineFilter, sort: str | Order = "day", descending: bool = False
) -> array[int]:
    """Ids of the deadlines that match, in order. They hold until the files change."""
    summary.refresh(office)
    order = spelled(ListKind.DEADLINES, order_of(sort, descending))
    found = store.ids(office.register, wanted, order, office.clock.today())
    return found if wanted.claimed is None else _claimed(office, found, wanted.claimed)


def matching(office: Office, wanted: DeadlineFilter) -> int:
    """How many deadlines match. Who has taken one on is told by its line alone."""
    if wanted.claimed is not None:
        return len(ids(office, wanted))
    summary.refresh(office)
    return store.matching(office.register, wanted, office.clock.today())


def _claimed(office: Office, lines: array[int], wanted: str) -> array[int]:
    """Those of some lines that somebody has taken on, or that nobody has."""
    people = {matter.person for matter in office.company.claims}
    theirs = [number for number in lines if store.person_of(number) in people]
    taken = {row.key: row.claim for row in rows(office, theirs) if row.claim is not None}
    if wanted == NOBODYS:
        return array("q", (number for number in lines if number not in taken))
    own = {number for number, claim in taken.items() if claim.is_own}
    return array("q", (number for number in lines if number in own))


def rows(office: Office, numbers: Sequence[int]) -> list[DeadlineRow]:
    """These deadlines, each with the business day where the office is closed on its own."""
    found = store.rows(office.register, numbers, office.clock.today())
    days = workdays(office)
    return [_with_claim(office, _with_business_day(row, days)) for row in found]


def _with_claim(office: Office, row: DeadlineRow) -> DeadlineRow:
    claim = office.company.whose(claims.of_deadline(row)) if office.company.claims else None
    return row if claim is None else replace(row, claim=claim)


def _with_business_day(row: DeadlineRow, days: Workdays) -> DeadlineRow:
    closed = days.closed(row.day)
    if closed is None:
        return row
    day = days.next(row.day) if row.is_own else days.before(row.day)
    return replace(row, closed=closed.because, business_day=day)


def counts(office: Office) -> AgendaCounts:
    """What falls due, by when, as far as the files are up to date: it never waits for them."""
    today = office.clock.today()
    found, first = {}, None
    for name, days in _BUCKETS:
        last = None if days is None else today + timedelta(days)
        found[name] = store.count(office.register, first, last, seen=False)
        first = None if last is None else last + timedelta(days=1)
    return AgendaCounts(**found, resting=store.count(office.register, rests=True))


def day_counts(
    office: Office, wanted: DeadlineFilter, first: date, last: date
) -> list[store.DayCount]:
    """How many of these stand on each day from `first` to `last`; of past days, unseen ones."""
    summary.refresh(office)
    within = replace(wanted, from_day=first, until_day=last)
    return store.on_days(office.register, within, office.clock.today())


def of_day(wanted: DeadlineFilter, day: date, today: date) -> DeadlineFilter:
    """The same on one day; of a day that is past what nobody has seen, unless more is asked for."""
    on = replace(wanted, from_day=day, until_day=day)
    return replace(on, seen=False) if day < today and wanted.seen is None else on


def near(office: Office) -> int:
    """How many are near, as `counts` tells it, counted alone."""
    last = office.clock.today() + timedelta(days=MONTH)
    return store.count(office.register, last=last, seen=False)


def kinds(office: Office, people: Collection[int] | None = None) -> set[str]:
    """The kinds of deadline that the agenda holds, or that of some people does."""
    return set(store.kinds(office.register, None if people is None else sorted(people)))


def total(office: Office) -> int:
    """How many deadlines there are, seen ones too; without what rests."""
    return store.count(office.register)


def bucket(row: DeadlineRow) -> str:
    """When a deadline falls due: overdue, today, week, month, quarter or later."""
    return next(name for name, days in _BUCKETS if days is None or row.days_left <= days)
