# SPDX-License-Identifier: Apache-2.0
"""What an invented office follows up on one day: requests of IRCC, the portal, drafts, work.

Goes with the days of `demo_days.py`; whom to work on is looked up, never by number. Must not
write anything but by a service.
"""

from __future__ import annotations

from datetime import timedelta

from imp_plus_desktop.domain.deadlines.deadlines import DeadlineKind
from imp_plus_desktop.domain.permits.permits import LOCATION_WORDINGS
from imp_plus_desktop.domain.reads.filters import ApplicationFilter, PeopleFilter
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    PersonStatus,
    PortalItem,
    PortalState,
    RequestKind,
)
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.agenda import agenda, deadlines
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.applications import applications, portal, preparing, requests
from imp_plus_desktop.services.applications.portal import PortalReading
from imp_plus_desktop.services.applications.requests import RequestDetails
from imp_plus_desktop.services.demo.demo_days import Shift
from imp_plus_desktop.services.people import employments, people
from imp_plus_desktop.services.permits import permits

_S, _P = ApplicationState, PortalState


def follow_up(shift: Shift) -> None:
    """An afternoon with IRCC's portal and the post."""
    waiting = _received(shift, ApplicationState.RECEIVED)
    old_enough = [
        number
        for number, days in waiting
        if days >= 45  # a letter of forty days ago comes after the receipt
    ]
    for number, work in zip(old_enough[3:], (_late, _calm, _examined), strict=False):
        work(shift, number)
    for number, _days in _received(shift, ApplicationState.APPROVED)[:1]:
        _introduce(shift, number)
    _draft(shift)
    _work(shift)
    _conditions(shift)
    _marks(shift)


def _received(shift: Shift, state: ApplicationState) -> list[tuple[int, int]]:
    """The people's own applications in a state, the oldest first, with their age in days."""
    office = shift.office()
    wanted = ApplicationFilter(state=state, family=False)
    rows = applications.rows(office, applications.ids(office, wanted, "received", False))
    return [
        (row.id, (shift.day - toronto_day(row.received_at)).days)
        for row in rows
        if row.received_at is not None
    ]


def _late(shift: Shift, number: int) -> None:
    """Documents were asked for, and the day in the letter has passed."""
    letter = shift.day - timedelta(days=36)
    due = shift.day - timedelta(days=6)
    preparing.move(shift.office(), number, _S.ACKNOWLEDGED, letter)
    requests.save(shift.office(), RequestDetails(number, RequestKind.DOCUMENTS, letter, due))
    preparing.move(shift.office(), number, _S.ACTION_REQUIRED, shift.day)
    lines = {
        PortalItem.ELIGIBILITY: PortalReading(_P.IN_PROGRESS),
        PortalItem.DOCUMENTS: PortalReading(_P.NEEDED),
        PortalItem.BIOMETRICS: PortalReading(_P.COMPLETED, letter),
    }
    portal.observe(shift.office(), number, shift.day, lines)


def _calm(shift: Shift, number: int) -> None:
    """Biometrics were given in time; the portal went on since."""
    letter = shift.day - timedelta(days=30)
    given = shift.day - timedelta(days=12)
    saved = requests.save(shift.office(), RequestDetails(number, RequestKind.BIOMETRICS, letter))
    requests.done(shift.office(), saved.request, given)
    early = {
        PortalItem.BIOMETRICS: PortalReading(_P.NEEDED),
        PortalItem.MEDICAL: PortalReading(_P.NOT_NEEDED),
    }
    portal.observe(shift.office(), number, letter, early)
    lines = {
        PortalItem.ELIGIBILITY: PortalReading(_P.IN_PROGRESS),
        PortalItem.MEDICAL: PortalReading(_P.NOT_NEEDED),
        PortalItem.BIOMETRICS: PortalReading(_P.COMPLETED, given),
        PortalItem.BACKGROUND: PortalReading(_P.IN_PROGRESS),
    }
    portal.observe(shift.office(), number, shift.day, lines)
    preparing.move(shift.office(), number, _S.IN_PROCESS, shift.day)


def _examined(shift: Shift, number: int) -> None:
    """A medical exam is due in some days."""
    letter = shift.day - timedelta(days=18)
    requests.save(shift.office(), RequestDetails(number, RequestKind.MEDICAL, letter))
    preparing.move(shift.office(), number, _S.ACKNOWLEDGED, shift.day)


def _introduce(shift: Shift, number: int) -> None:
    """A letter of introduction, with the date printed on it."""
    until = shift.day + timedelta(days=160)
    asked = RequestDetails(number, RequestKind.INTRODUCTION_LETTER, shift.day, valid_until=until)
    requests.save(shift.office(), asked)


def _draft(shift: Shift) -> None:
    """A draft that the portal will delete soon."""
    office = shift.office()
    wanted = PeopleFilter(
        letter_year=shift.day.year, status=PersonStatus.INVITED, verdict=VerdictCode.ELIGIBLE
    )
    for person in people.ids(office, wanted, "last_safe_day", descending=True)[:1]:
        preparing.prepare(shift.office(), person, shift.day - timedelta(days=50))


def _work(shift: Shift) -> None:
    """Two people with a permit: one works in Quebec, one no longer does."""
    office = shift.office()
    holders = people.ids(office, PeopleFilter(status=PersonStatus.PERMIT))[4:6]
    for person, (province, employer) in zip(
        holders, (("QC", "Atelier Beauce"), ("ON", "Kingston Mills")), strict=False
    ):
        work = employments.Work("CAN", province, employer, shift.day - timedelta(days=40))
        employments.save(shift.office(), person, work)


def _conditions(shift: Shift) -> None:
    """What is printed on the permits issued last."""
    office = shift.office()
    for permit in permits.ids(office, permits.PermitFilter(), "issued", descending=True)[:2]:
        permits.edit(shift.office(), permit, location_condition=LOCATION_WORDINGS[0])


def _marks(shift: Shift) -> None:
    """One deadline seen, one kept on another day."""
    rows = [row for row in deadlines.agenda(shift.office(), 60) if row.days_left > 20]
    for row in rows[:1]:
        agenda.acknowledge(shift.office(), Named.of(row))
    passports = [row for row in rows[1:] if row.kind == DeadlineKind.PASSPORT]
    for row in passports[:1]:
        reason = _("The person is away; the new passport is asked for on their return.")
        agenda.move(shift.office(), Named.of(row), row.day - timedelta(days=7), reason)
