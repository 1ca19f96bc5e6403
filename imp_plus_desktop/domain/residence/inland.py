# SPDX-License-Identifier: Apache-2.0
"""The temporary status of somebody in Canada on a day: what was recorded, and what keeps it.

An extension or another permit asked for before the end keeps the status until IRCC decides; a
refusal ends it on its day (IRPR 183(5)). A permit held under any route is status. Must not judge:
`residence.py` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.applications import Application, OtherRoute, Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationState, CanadaStatus, RouteState

_Recorded = tuple[CanadaStatus | None, date | None]
"""A status with its last day, each as far as it is known."""

_HELD = frozenset({CanadaStatus.VISITOR, CanadaStatus.STUDENT, CanadaStatus.WORKER})
_STATES = ApplicationState
# What never reached IRCC, or came back whole, has kept nothing.
_NOTHING = frozenset(
    {
        _STATES.DRAFT,
        _STATES.READY,
        _STATES.SUBMITTED,
        _STATES.RETURNED,
        _STATES.CANCELLED_OVER_CAP,
    }
)
_NEGATIVE = frozenset({_STATES.REFUSED, _STATES.WITHDRAWN})
_POSITIVE = frozenset({_STATES.APPROVED, _STATES.PERMIT_ISSUED, _STATES.LETTER_LAPSED})


@dataclass(frozen=True, slots=True)
class StatusHeld:
    """What status somebody has on a day, as far as is recorded.

    `until` is its last day, a refusal's day where one ended it; None when nothing says, or when
    the status is recorded as maintained without the day of before. `waiting_since` is the day of
    filing of what keeps it beyond that end, `maintained` says that it does so on the day.
    `undated` when something that may have kept it lacks its day.
    """

    status: CanadaStatus | None
    until: date | None = None
    maintained: bool = False
    waiting_since: date | None = None
    undated: bool = False

    @property
    def kept(self) -> bool:
        """Whether no end is in sight: IRCC has yet to decide on what keeps the status."""
        return self.maintained or self.waiting_since is not None


@dataclass(frozen=True, slots=True)
class _Filing:
    """What was asked of IRCC: `open` without a decision, `granted` or not with one.

    `shown` says that the days of what was granted are recorded.
    """

    filed: date | None
    decided: date | None
    open: bool
    granted: bool
    shown: bool


def status_on(file: PersonFile, day: date, ignore: ApplicationId | None = None) -> StatusHeld:
    """The status of a person on a day; `ignore` leaves one application out."""
    person = file.person
    recorded = (person.canada_status, person.canada_status_until)
    if not (file.permits or file.applications or file.other_routes):
        return _as_recorded(*recorded)
    papers = _papers(recorded, file.own_permits, day, file.other_routes)
    filings = _filings(file, file.own_applications, ignore, file.other_routes)
    return _status(recorded, papers, filings, day)


def member_status_on(
    file: PersonFile, member: Member, day: date, ignore: ApplicationId | None = None
) -> StatusHeld:
    """The same of somebody of the family: what was recorded, their own permits and filings."""
    recorded = (member.canada_status, member.canada_status_until)
    own = [one for one in file.applications if one.member_id == member.id]
    permits = [permit for one in own for permit in file.permits_of(one.id)]
    papers = _papers(recorded, permits, day)
    return _status(recorded, papers, _filings(file, own, ignore), day)


def _status(
    recorded: _Recorded,
    papers: Iterable[_Recorded],
    filings: list[_Filing],
    day: date,
) -> StatusHeld:
    said, until = recorded
    if said is CanadaStatus.CLAIMANT:
        return StatusHeld(said)
    dated = [(status, end) for status, end in papers if end is not None]
    status, end = max(dated, key=_weight, default=(said, None))
    if said is CanadaStatus.NONE and (end is None or end < day):
        return StatusHeld(said, until)
    if said is CanadaStatus.MAINTAINED and (end is None or end < day):
        status, end = said, until
    return _kept(filings, StatusHeld(status, end), day)


def _weight(paper: tuple[CanadaStatus | None, date]) -> tuple[date, bool]:
    """What runs longest counts; of two that end on one day, the permit."""
    return (paper[1], paper[0] is CanadaStatus.WORKER)


def _as_recorded(status: CanadaStatus | None, until: date | None) -> StatusHeld:
    return StatusHeld(status, until, maintained=status is CanadaStatus.MAINTAINED)


def _papers(
    recorded: _Recorded,
    permits: Iterable[Permit],
    day: date,
    routes: Iterable[OtherRoute] = (),
) -> Iterator[_Recorded]:
    """Each status or permit that had begun by the day, with its last day."""
    status, until = recorded
    if until is not None and status in {*_HELD, None}:
        yield recorded
    for permit in permits:
        if permit.valid_from <= day:
            yield CanadaStatus.WORKER, permit.valid_until
    for route in routes:
        if route.valid_until is not None and (_began(route) or day) <= day:
            yield CanadaStatus.WORKER, route.valid_until


def _began(route: OtherRoute) -> date | None:
    return route.valid_from or route.decided_on or route.filed_on


def _filings(
    file: PersonFile,
    own: Iterable[Application],
    ignore: ApplicationId | None,
    routes: Iterable[OtherRoute] = (),
) -> list[_Filing]:
    found = [
        _of_application(file, one) for one in own if one.id != ignore and one.state not in _NOTHING
    ]
    found += [_of_route(route) for route in routes]
    return sorted(found, key=lambda one: one.filed or date.max)


def _of_application(file: PersonFile, one: Application) -> _Filing:
    filed = toronto_day(one.received_at) if one.received_at is not None else None
    ended = one.state in _NEGATIVE or one.state in _POSITIVE
    granted, shown = one.state in _POSITIVE, bool(file.permits_of(one.id))
    return _Filing(filed, one.decided_on, not ended, granted, shown)


def _of_route(route: OtherRoute) -> _Filing:
    granted, waits = route.state is RouteState.APPROVED, route.state is RouteState.FILED
    shown = route.valid_until is not None
    return _Filing(route.filed_on, route.decided_on, waits, granted, shown)


def _kept(filings: list[_Filing], held: StatusHeld, day: date) -> StatusHeld:
    """The status with what was asked for in time, one filing after the other."""
    word = held.status is CanadaStatus.MAINTAINED
    if held.until is None and not word:
        return held
    held = replace(held, maintained=word)
    for one in filings:
        held = _after(one, held, day)
        if held.waiting_since is not None:
            break
    return held


def _after(one: _Filing, held: StatusHeld, day: date) -> StatusHeld:
    """The status once one more filing is known; what was granted is among the papers if shown."""
    end = held.until
    if one.granted and one.shown:
        return held
    if one.filed is None:
        return replace(held, undated=True)
    if one.filed > day or (end is not None and one.filed > end):
        return held
    if one.open or (one.decided is not None and one.decided > day):
        beyond = held.maintained or (end is not None and end < day)
        return replace(held, maintained=beyond, waiting_since=one.filed)
    if one.decided is None or (one.granted and end is not None and end < day):
        return replace(held, undated=True)
    if not one.granted and (end is None or one.decided > end):
        return replace(held, until=one.decided, maintained=False)
    return held
