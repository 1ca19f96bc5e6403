# SPDX-License-Identifier: Apache-2.0
"""Which files fall due and when (PRV-01): the clock of one, those that are due or held, and what
is to come.

Reads only, and loads nothing of what writes: the first page of the window asks.
"""

from __future__ import annotations

from datetime import date, timedelta

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.privacy.retention import Clock, clock_of
from imp_plus_desktop.domain.reads.filters import EVERYBODY, Scope
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.privacy.desk import desk
from imp_plus_desktop.storage.privacy import closed
from imp_plus_desktop.storage.reads import queries

_AT_ONCE = 1_000
_A_YEAR = 365
_YEARS, _LOOKED_AT = 8, 3_000
_PARTS = ("letter", "application", "other_route", "legal_hold")


@dataclass(frozen=True, slots=True)
class Due:
    """A file that has outlived what it is kept for, or that a legal hold keeps beyond it."""

    person: PersonId
    name: str
    reference: str | None
    clock: Clock
    clerk: str | None = None
    letter_years: tuple[int, ...] = ()


def clock(office: Office, file: PersonFile) -> Clock:
    """The clock of a file today."""
    return clock_of(file, desk(office).policy, office.programme(), office.clock.today())


def due(office: Office, within: int = 0) -> list[Due]:
    """The files that fall due by a number of days from today, the longest due first."""
    policy, programme, today = desk(office).policy, office.programme(), office.clock.today()
    if not policy.years:
        return []
    last = today + timedelta(days=within)
    found: list[Due] = []
    possible = closed.candidates(office.register, add_months(last, -12 * policy.years))
    for start in range(0, len(possible), _AT_ONCE):
        some = possible[start : start + _AT_ONCE]
        for file in queries.files(office.register, some, _PARTS):
            found_clock = clock_of(file, policy, programme, today)
            if found_clock.is_due(last):
                found.append(due_of(file, found_clock))
    return sorted(found, key=lambda one: (one.clock.due or date.max, one.person))


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may go and when: the files due today, those that a legal hold keeps, and those that
    fall due within so many `years`, with the first of these days."""

    due: tuple[PersonId, ...]
    held: tuple[PersonId, ...]
    ahead: tuple[PersonId, ...]
    years: int
    first_day: date | None


def outlook(office: Office, scope: Scope = EVERYBODY) -> Outlook:
    """The outlook for the files of a scope: a year ahead, or as many as it takes to find some."""
    today = office.clock.today()
    held = tuple(one.person for one in on_hold(office) if _is_of(one, scope))
    read: dict[int, Due] = {}
    ahead: list[Due] = []
    years = 0
    while not ahead and years < _YEARS and _read_more(office, read, years + 1):
        years += 1
        last = today + timedelta(days=_A_YEAR * years)
        free = [one for one in read.values() if one.person not in held and _is_of(one, scope)]
        ahead = [one for one in free if one.clock.is_due(last) and not one.clock.is_due(today)]
    now = [one for one in read.values() if one.clock.is_due(today) and _is_of(one, scope)]
    return Outlook(
        tuple(one.person for one in now if one.person not in held),
        held,
        tuple(one.person for one in ahead),
        years,
        min((one.clock.due for one in ahead if one.clock.due is not None), default=None),
    )


def _read_more(office: Office, read: dict[int, Due], years: int) -> bool:
    """Read the files that may fall due by so many years from now and were not read yet; False
    where there are too many to look at for a figure, but for those of the first year."""
    policy, programme, today = desk(office).policy, office.programme(), office.clock.today()
    if not policy.years:
        return False
    last = today + timedelta(days=_A_YEAR * years)
    before = add_months(last, -12 * policy.years)
    possible = [one for one in closed.candidates(office.register, before) if one not in read]
    if years > 1 and len(read) + len(possible) > _LOOKED_AT:
        return False
    for start in range(0, len(possible), _AT_ONCE):
        some = possible[start : start + _AT_ONCE]
        for file in queries.files(office.register, some, _PARTS):
            read[file.person.id] = due_of(file, clock_of(file, policy, programme, today))
    return True


def _is_of(one: Due, scope: Scope) -> bool:
    whose = scope.clerk is None or (one.clerk or "").casefold() == scope.clerk.casefold()
    return whose and scope.letter_year in (None, *one.letter_years)


def on_hold(office: Office) -> list[Due]:
    """Every file under a legal hold, due or not."""
    policy, programme, today = desk(office).policy, office.programme(), office.clock.today()
    files = queries.files(office.register, closed.held(office.register))
    return [due_of(file, clock_of(file, policy, programme, today)) for file in files]


def due_of(file: PersonFile, found: Clock) -> Due:
    person = file.person
    return Due(
        person.id,
        person.list_name,
        person.individual_reference or person.uci,
        found,
        person.clerk,
        tuple(letter.letter_date.year for letter in file.letters),
    )
