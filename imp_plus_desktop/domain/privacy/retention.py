# SPDX-License-Identifier: Apache-2.0
"""How long a file is kept (PRV-01): from the day on which it closed, never less than the floor, and
until the ceiling that the office has set.

    clock_of(file, policy, programme, today) -> Clock

A recognised consultant keeps files for five years after the decision or the end of the contract
(CONS21): the latest day that closes a file counts. An office that has not said what it is, is
taken for one. What a purpose still asks for is the office's to judge: without floor and ceiling
nothing falls due.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from imp_plus_desktop.domain.applications.status import UNDECIDED
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.letters import letters
from imp_plus_desktop.domain.letters.csq import pr_state
from imp_plus_desktop.domain.records.applications import Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.office import LegalHold
from imp_plus_desktop.domain.values.calendar import add_months, toronto_day
from imp_plus_desktop.domain.values.codes import PrState, RouteState
from imp_plus_desktop.domain.values.programme import Programme

FLOOR_YEARS = 5
"""Of a consultant: CONS21."""


class OfficeKind(StrEnum):
    """What the office is: the acts that bind it hang on it."""

    CONSULTANT = "consultant"
    ENTERPRISE = "enterprise"
    PUBLIC_BODY = "public_body"


class Open(StrEnum):
    """Why a file is still needed."""

    APPLICATION = "application"
    PR = "pr"
    PERMIT = "permit"
    LETTER = "letter"
    ROUTE = "route"
    ROW = "row"
    """A row of a list waits for somebody to say whether it is of this person."""


class Closing(StrEnum):
    """What closed a file."""

    DECISION = "decision"
    PERMIT_END = "permit_end"
    LETTER_END = "letter_end"
    ROUTE_END = "route_end"
    DEATH = "death"
    LANDING = "landing"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the office has settled: what it is, and after how many years files go."""

    office_kind: OfficeKind | None = None
    ceiling_years: int | None = None

    @property
    def floor_years(self) -> int:
        """For how many years a closed file must be kept; 0 without such a duty."""
        return FLOOR_YEARS if self.office_kind in (None, OfficeKind.CONSULTANT) else 0

    @property
    def years(self) -> int:
        """After how many years a closed file falls due; 0 where nothing says so."""
        return max(self.floor_years, self.ceiling_years or 0)


class Closed(NamedTuple):
    """The day on which a file closed, and by what."""

    day: date
    by: Closing


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a file stands: `needed` says why it is open, `closed` since when it is not.

    `floor` is the last day on which it must be kept, `due` the day on which it is to be destroyed
    or made anonymous; None where nothing says so. `hold` keeps it whatever the days.
    """

    needed: tuple[Open, ...]
    closed: Closed | None
    floor: date | None
    due: date | None
    hold: LegalHold | None

    def is_due(self, day: date) -> bool:
        """Whether the file has outlived what it is kept for; a hold is told apart."""
        return self.due is not None and self.due <= day


def clock_of(file: PersonFile, policy: Policy, programme: Programme, today: date) -> Clock:
    """The clock of one file."""
    needed = tuple(dict.fromkeys(_needed(file, programme, today)))
    closed = None if needed else max(_closings(file, programme), default=None)
    floor = due = None
    if closed is not None and policy.floor_years:
        floor = add_months(closed.day, 12 * policy.floor_years)
    if closed is not None and policy.years:
        due = add_months(closed.day, 12 * policy.years) + timedelta(days=1)
    return Clock(needed, closed, floor, due, hold_of(file))


def hold_of(file: PersonFile) -> LegalHold | None:
    """The legal hold that keeps a file, the latest where there are several."""
    return next((hold for hold in reversed(file.holds) if hold.lifted_on is None), None)


def _needed(file: PersonFile, programme: Programme, today: date) -> Iterator[Open]:
    """Why a file is still worked on. Nothing of a person who died waits for anything but IRCC."""
    if any(application.state in UNDECIDED for application in file.applications):
        yield Open.APPLICATION
    if any(permit.valid_until >= today for permit in _permits_in_use(file)):
        yield Open.PERMIT
    if any(route.state is RouteState.FILED for route in file.other_routes):
        yield Open.ROUTE
    if file.person.died_on is not None:
        return
    if pr_state(file.person) is PrState.IN_PROCESS:
        yield Open.PR
    letter = letters.current_letter(file)
    if letter is not None and letters.letter_use(file) is None:
        serves = letters.within_programme(letter, programme)
        if serves and letters.window_end(letter, programme) >= today:
            yield Open.LETTER


def _permits_in_use(file: PersonFile) -> tuple[Permit, ...]:
    """All of the family's; of a principal who has landed their own serve for nothing any more."""
    if file.person.landed_on is None:
        return file.permits
    own = {permit.id for permit in file.own_permits}
    return tuple(permit for permit in file.permits if permit.id not in own)


def _closings(file: PersonFile, programme: Programme) -> Iterator[Closed]:
    """Every day that could have closed a file."""
    for application in file.applications:
        received = application.received_at
        day = application.decided_on or (toronto_day(received) if received else None)
        if day is not None:
            yield Closed(day, Closing.DECISION)
    for permit in _permits_in_use(file):
        yield Closed(permit.valid_until, Closing.PERMIT_END)
    ends = (end for route in file.other_routes for end in (route.decided_on, route.valid_until))
    yield from (Closed(end, Closing.ROUTE_END) for end in ends if end is not None)
    for letter in file.letters:
        yield Closed(letters.window_end(letter, programme), Closing.LETTER_END)
    if file.person.died_on is not None:
        yield Closed(file.person.died_on, Closing.DEATH)
    if file.person.landed_on is not None:
        yield Closed(file.person.landed_on, Closing.LANDING)
