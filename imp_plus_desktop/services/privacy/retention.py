# SPDX-License-Identifier: Apache-2.0
"""For how long files are kept: the clock of one, those that are due, and legal holds (PRV-01).

Which files fall due is read in `falling_due.py`, which is handed on here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from imp_plus_desktop.domain.privacy.retention import hold_of
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.privacy import whole
from imp_plus_desktop.services.privacy.falling_due import (
    Due,
    Outlook,
    clock,
    due,
    due_of,
    on_hold,
    outlook,
)

__all__ = ["Due", "Outlook", "clock", "due", "on_hold", "outlook"]


def of_file(office: Office, person: int) -> Due:
    """One file, due or not. Errors: DomainError person_not_found, person_erased."""
    file, _in_bin = whole.file_of(office, person)
    return due_of(file, clock(office, file))


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
