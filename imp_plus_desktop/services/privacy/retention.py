# SPDX-License-Identifier: Apache-2.0
"""For how long files are kept: the clock of one, those that are due, and legal holds (PRV-01)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.privacy.retention import Clock, clock_of, hold_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.privacy import whole
from imp_plus_desktop.services.privacy.desk import desk
from imp_plus_desktop.storage.privacy import closed
from imp_plus_desktop.storage.reads import queries

_AT_ONCE = 1_000
_PARTS = ("letter", "application", "other_route", "legal_hold")


@dataclass(frozen=True, slots=True)
class Due:
    """A file that has outlived what it is kept for, or that a legal hold keeps beyond it."""

    person: PersonId
    name: str
    reference: str | None
    clock: Clock


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
                found.append(_due(file, found_clock))
    return sorted(found, key=lambda one: (one.clock.due or date.max, one.person))


def of_file(office: Office, person: int) -> Due:
    """One file, due or not. Errors: DomainError person_not_found, person_erased."""
    file, _in_bin = whole.file_of(office, person)
    return _due(file, clock(office, file))


def on_hold(office: Office) -> list[Due]:
    """Every file under a legal hold, due or not."""
    policy, programme, today = desk(office).policy, office.programme(), office.clock.today()
    files = queries.files(office.register, closed.held(office.register))
    return [_due(file, clock_of(file, policy, programme, today)) for file in files]


def _due(file: PersonFile, found: Clock) -> Due:
    person = file.person
    return Due(person.id, person.list_name, person.individual_reference or person.uci, found)


def hold(office: Office, person_id: int, reason: str, from_day: date | None = None) -> Changed:
    """Put a file under a legal hold, or give the one that stands another reason.

    Errors: DomainError person_not_found, reason_missing, in_the_future.
    """
    if not reason.strip():
        raise InvalidInput("reason_missing")
    with office.act("privacy.hold") as act:
        file = person_file.file_of(office, person_id)
        day = from_day or office.clock.today()
        person_file.check_not_future(office, day)
        values: dict[str, object] = {"reason": reason.strip(), "from_day": day}
        present = hold_of(file)
        if present is None:
            act.insert("legal_hold", {**values, "person_id": person_id})
            changed: Sequence[str] = tuple(values)
        else:
            changed = act.update("legal_hold", present.id, {"reason": values["reason"]})
    return Changed(act.id, tuple(changed))


def lift(office: Office, person_id: int) -> Changed:
    """Lift the legal hold of a file. Errors: DomainError person_not_found, not_on_hold."""
    with office.act("privacy.hold_lifted") as act:
        present = hold_of(person_file.file_of(office, person_id))
        if present is None:
            raise Refused("not_on_hold")
        act.update("legal_hold", present.id, {"lifted_on": office.clock.today()})
    return Changed(act.id, ("lifted_on",))
