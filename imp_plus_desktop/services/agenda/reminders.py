# SPDX-License-Identifier: Apache-2.0
"""What there is to remind of when somebody begins: what falls due today and, if wanted, soon;
what is late since.

Of whoever answers for files it is about their own, of anybody else about the office's. What is
counted here is what the lists show, as far as the files are up to date.
"""

from __future__ import annotations

from datetime import date, timedelta

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.filters import EVERYBODY, DeadlineFilter, Scope
from imp_plus_desktop.services.agenda import overview
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import clerks
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.reads import agenda


@dataclass(frozen=True, slots=True)
class Reminder:
    """How much nobody has seen: due today, late since `since` (None: ever), and due within `lead`
    days after today."""

    today: int
    late: int
    since: date | None
    scope: Scope
    soon: int = 0
    lead: int = 0

    def __bool__(self) -> bool:
        return bool(self.today or self.late or self.soon)


def place(office: Office) -> str:
    """Under which name is kept when who is at work here was last reminded, of this register."""
    register = journal.register_id(office.register.db)
    return f"reminded-{register}-{office.settings.user_name.casefold()}"


def reminder(office: Office, last: str) -> Reminder | None:
    """What to remind of today; `last` is the day of the last time as text, empty for never. None
    where this was done today."""
    today, since = office.clock.today(), _day(last)
    if since is not None and since >= today:
        return None
    own = office.settings.user_name
    mine = any(name.casefold() == own.casefold() for name in clerks.names(office))
    scope = Scope(clerk=own) if mine else EVERYBODY
    register, day = office.register, timedelta(days=1)
    yesterday, lead = today - day, office.settings.lead_days
    soon = 0
    if lead:
        soon = agenda.count(register, today + day, today + lead * day, seen=False, scope=scope)
    return Reminder(
        agenda.count(register, today, today, seen=False, scope=scope),
        agenda.count(register, since, yesterday, seen=False, scope=scope),
        since,
        scope,
        soon,
        lead,
    )


def rows(found: Reminder) -> DeadlineFilter:
    """The deadlines that it reminds of, as a list asks for them."""
    low = found.since.isoformat() if found.since is not None else ""
    return overview.unseen(found.scope, low, f"+{found.lead}d")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
