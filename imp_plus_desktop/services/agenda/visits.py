# SPDX-License-Identifier: Apache-2.0
"""What others have done since somebody last looked at the overview.

A visit is told by the latest act that there was and by its time; whoever keeps it is the caller's
business. It is read when one leaves, not when it is shown.
"""

from __future__ import annotations

from datetime import datetime

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.filters import EVERYBODY, Scope
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.history import acts, changes
from imp_plus_desktop.storage.journal import journal

SHOWN = 8
"""Acts that are read to be shown; of all others their number is enough."""


@dataclass(frozen=True, slots=True)
class Visit:
    """When somebody last looked, and at which act the journal ended."""

    act: int
    at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What others did since a visit, the latest first, and how much there is."""

    acts: tuple[ActRow, ...]
    count: int


NONE = News((), 0)


def dump(visit: Visit) -> str:
    """A visit as text."""
    return f"{visit.act} {visit.at.isoformat()}"


def load(text: str) -> Visit | None:
    """A visit from its text; None where it cannot be read."""
    number, _space, at = text.partition(" ")
    try:
        return Visit(int(number), datetime.fromisoformat(at))
    except ValueError:
        return None


def place(office: Office) -> str:
    """Under which name the last visit of who is at work here is kept: it is of one register."""
    register = journal.register_id(office.register.db)
    return f"visit-{register}-{office.user.casefold()}"


def now(office: Office) -> Visit:
    """A visit that ends now."""
    return Visit(acts.latest(office.register)[0], office.clock.now())


@dataclass(frozen=True, slots=True)
class Shown:
    """Where one sees what an act did: a page, and of its rows these people's, None for all."""

    page: str
    people: tuple[int, ...] | None = None


_PAGES = {"imports": "imports", "quota": "quota", "programme": "quota", "overcap": "quota"}


def shown_at(office: Office, number: int) -> Shown:
    """Where to look for what an act did: at the files that it touched, or where its rows are."""
    act = acts.act(office.register, number)
    room = "" if act is None else act.service.partition(".")[0]
    if act is not None and act.service == acts.FILE_REMOVED:
        return Shown("bin")
    if room in _PAGES:
        return Shown(_PAGES[room])
    touched = tuple(dict.fromkeys(changes.people_of(office.register, number)))
    return Shown("people", touched) if touched else Shown("people")


def since(office: Office, visit: Visit, scope: Scope = EVERYBODY) -> News:
    """What others than who is at work here have done since a visit, and still stands."""
    found, count = acts.of_others(office.register, visit.act, office.user, scope, SHOWN)
    return News(tuple(found), count)
