# SPDX-License-Identifier: Apache-2.0
"""What somebody has taken on, of all that waits in a register on a server: no one else is kept from
it, and everybody knows.

    look(office) -> Around           asked of the server; what a window hears is `office.company`
    is_possible(office)              whether whoever works here can take something on
    take_on(office, matter, away=False) -> name     whose it is then
    let_go(office, matter) -> bool
    of_deadline(row), of_finding(person, flag)      what is meant

A claim ends when the thing is done, two hours after the last sign of the desk, and at the latest
at the end of the day. It is in no journal: it changes nothing in the register.
"""

from __future__ import annotations

from imp_plus_desktop.domain.reads.desks import ALONE, Around, Claim, Matter
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.domain.verdict.history_flags import HistoryFlag
from imp_plus_desktop.services.office.office import Office


def look(office: Office) -> Around:
    """Who is there and what is taken on, asked now. Errors: StorageError."""
    desks = office.register.db.desks
    around = ALONE if desks is None else desks.around()
    # Which desk is one's own is known where one is there: on the connection that listens.
    office.heard[:] = [Around(office.company.people, around.claims)]
    return around


def is_possible(office: Office) -> bool:
    """Whether whoever works here can take something on."""
    return office.server is not None and office.reading is None and office.role is not Role.READ


def take_on(office: Office, matter: Matter, *, away: bool = False) -> str:
    """Take something on, also `away` from somebody else. Returns whose it is now. Errors:
    StorageError only_of_a_server; NotAllowed not_allowed."""
    office.register.must_write()
    desks = office.register.db.desks
    if desks is None:
        return ""
    name = desks.claim(matter, take=away)
    look(office)
    return name


def let_go(office: Office, matter: Matter) -> bool:
    """Let go of something; whether whoever works here had it. Errors: StorageError."""
    desks = office.register.db.desks
    if desks is None:
        return False
    had = desks.let_go(matter)
    look(office)
    return had


def of_deadline(row: DeadlineRow) -> Matter:
    """A deadline as it can be taken on."""
    return Matter.deadline(row.person_id, row.kind, row.own_day, row.subject_id)


def of_finding(person: int, flag: HistoryFlag) -> Matter:
    """A finding on somebody's history as it can be taken on."""
    return Matter.finding(person, flag.code, flag.subject_id, flag.about)


def others_claim(office: Office, *matters: Matter) -> Claim | None:
    """The first claim of somebody else on any of these, as far as it was heard."""
    found = (office.company.whose(matter) for matter in matters)
    return next((one for one in found if one is not None and not one.is_own), None)
