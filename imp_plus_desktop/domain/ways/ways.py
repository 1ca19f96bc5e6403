# SPDX-License-Identifier: Apache-2.0
"""The ways on for one permit that ends: their conditions, days and costs, and which one to take.

    ways_on(table, ending) -> one WayOn for each way of the table, in its order

Nothing is decided for anybody: a way that is not recommended can be chosen all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.documents import Presence, held
from imp_plus_desktop.domain.people.need import settled_as
from imp_plus_desktop.domain.permits.permits import passport_expiry
from imp_plus_desktop.domain.records.applications import Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.codes import ApplicationCode, DocumentType
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.ways.conditions import CONDITIONS, Ending, WayCase, covered_until
from imp_plus_desktop.domain.ways.table import Way, WayTable


@dataclass(frozen=True, slots=True)
class Answer:
    """What a file says to one condition. `weighed` ones stop nothing."""

    condition: str
    met: bool | None
    weighed: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that a way asks for, and whether the file has it."""

    type: DocumentType
    presence: Presence


@dataclass(frozen=True, slots=True)
class WayOn:
    """One way, seen from one file on a day.

    `by` is the last day to file, None where there is none to name; `advised` the day by which it
    is best filed. `passport_until` is where the passport would cut the new permit, `lost_days`
    what that costs at most. Cents of a Canadian dollar: of the person, of the members who hold a
    permit, of the employer; None where a fee is in no source. `indexed_on` is from when an amount
    may be higher than the last that is known, None where it is not by the last day to file.
    """

    way: Way
    answers: tuple[Answer, ...]
    papers: tuple[Paper, ...]
    by: date | None
    advised: date | None
    passport_until: date | None
    lost_days: int
    cents: int | None
    family_cents: int | None
    employer_cents: int | None
    indexed_on: date | None
    recommended: bool = False

    @property
    def is_open(self) -> bool:
        """Whether every condition is known to hold."""
        return all(answer.met for answer in self.answers if not answer.weighed)

    @property
    def fails(self) -> bool:
        """Whether a condition is known not to hold."""
        return any(a.met is False for a in self.answers if not a.weighed)

    @property
    def missing(self) -> int:
        """How many papers are still to be gathered."""
        return sum(paper.presence is not Presence.YES for paper in self.papers)

    @property
    def total_cents(self) -> int | None:
        """What the person and the members pay together."""
        if self.cents is None or self.family_cents is None:
            return None
        return self.cents + self.family_cents


@dataclass(frozen=True, slots=True)
class Held:
    """A member with the latest permit of theirs, None while they have none."""

    member: Member
    permit: Permit | None
    studies: bool = False


def ways_on(table: WayTable, ending: Ending) -> tuple[WayOn, ...]:
    """Every way from a permit that ends, the recommended one marked."""
    permits = {route.key: route.permit for route in table.routes.routes}
    found = [_way_on(way, WayCase(ending, way.months, way.route, permits)) for way in table.ways]
    best = min((one for one in found if _may_advise(one)), key=_rank, default=None)
    return tuple(replace(one, recommended=one is best) for one in found)


def waiting_costs(ways: Iterable[WayOn]) -> int | None:
    """What restoring costs one person more than the cheapest way that is filed in time; None where
    an amount is not known. Cents of a Canadian dollar."""
    known = {one.way.key: one.cents for one in ways if one.way.fees}
    restored = known.pop("restoration", None)
    in_time = [cents for cents in (known.get("extension"), known.get("bridging")) if cents]
    return None if restored is None or not in_time else restored - min(in_time)


def members_of(file: PersonFile) -> tuple[Held, ...]:
    """The members who may need a permit, each with the latest they hold."""
    found = []
    for member in file.members:
        if settled_as(member) is not None or member.accompanying is False:
            continue
        own = {a.id: a for a in file.applications if a.member_id == member.id}
        held_ones = [p for p in file.permits if p.application_id in own]
        latest = max(held_ones, key=lambda p: (p.valid_until, p.id), default=None)
        code = own[latest.application_id].code if latest is not None else None
        found.append(Held(member, latest, code is ApplicationCode.STUDY))
    return tuple(found)


def _way_on(way: Way, case: WayCase) -> WayOn:
    ending = case.ending
    answers = (
        *(Answer(name, CONDITIONS[name](case)) for name in way.conditions),
        *(Answer(name, CONDITIONS[name](case), weighed=True) for name in way.weighed),
    )
    by = _last_day(way, case)
    filed = _filing_day(way, ending)
    passport, until = passport_expiry(ending.file), covered_until(case)
    cut = passport if passport is not None and until is not None and passport < until else None
    holders = [one for one in members_of(ending.file) if _holds(one, ending)]
    fees = [way.study_fees if one.studies else _member_fees(way) for one in holders]
    return WayOn(
        way=way,
        answers=answers,
        papers=tuple(Paper(kind, held(ending.file, kind, ending.day)) for kind in way.papers),
        by=by,
        advised=_advised(by, ending) if way.months is not None else None,
        passport_until=cut,
        lost_days=0 if cut is None or until is None else (until - cut).days,
        cents=_sum(way.fees, filed, ending.programme),
        family_cents=_sum((fee for own in fees for fee in own), filed, ending.programme),
        employer_cents=_sum(way.employer_fees, filed, ending.programme),
        indexed_on=_indexed_on(way, max(filed, by or filed), ending.programme),
    )


def _member_fees(way: Way) -> tuple[str, ...]:
    """A member's own permit is open, whatever the principal asks for. Sources C41, C49."""
    return way.fees if not way.employer_fees else ("processing", "open_permit_holder")


def _holds(one: Held, ending: Ending) -> bool:
    """Whether a member has a permit to go on from, which nobody else has renewed meanwhile."""
    if one.permit is None:
        return False
    first = ending.day - timedelta(days=ending.programme.restoration_days)
    return first <= one.permit.valid_until <= ending.permit.valid_until


def _last_day(way: Way, case: WayCase) -> date | None:
    ending = case.ending
    if "permit_ended" in way.conditions:
        return ending.restorable_until
    if not way.conditions:
        return ending.lost_on
    if ending.permit.valid_until < ending.day:
        return None  # too late, or something that was filed keeps the status until its decision
    ends = [ending.permit.valid_until]
    if way.route is not None and way.route.until_day is not None:
        ends.append(way.route.until_day)
    return min(ends)


def _advised(by: date | None, ending: Ending) -> date | None:
    if by is None:
        return None
    clock = ending.programme.clock("extension_advice", by)
    return by - timedelta(days=clock.length)


def _filing_day(way: Way, ending: Ending) -> date:
    """The first day on which a way could be filed: its fees are those of that day."""
    if "permit_ended" in way.conditions:
        return max(ending.day, ending.lost_on + timedelta(days=1))
    return ending.day


def _sum(fees: Iterable[str], day: date, programme: Programme) -> int | None:
    total = 0
    for fee in fees:
        amount = programme.fee_on(fee, day)
        if amount is None:
            return None
        total += round(amount * 100)
    return total


def _indexed_on(way: Way, until: date, programme: Programme) -> date | None:
    days = map(programme.indexed_on, way.fees)
    return min((day for day in days if day is not None and day <= until), default=None)


def _may_advise(one: WayOn) -> bool:
    return one.is_open and not one.way.never_advised


def _rank(one: WayOn) -> tuple[int, int, bool]:
    return (-(one.way.months or 0), one.cents or 0, one.way.discretion)
