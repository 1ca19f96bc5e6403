# SPDX-License-Identifier: Apache-2.0
"""The log of contacts with a person: they were called, written to, replied, came by.

What was said may come in from several people of the office; each entry is one act.
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.values.codes import ContactKind
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.office import entries, person_file, row_days
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed


def save(
    office: Office,
    person_id: int,
    contact_id: int | None,
    kind: ContactKind,
    text: str,
    on: date | None = None,
) -> Changed:
    """Record or correct one contact, of today unless a day is given.

    Errors: DomainError contact_empty, in_the_future, person_not_found, not_in_file.
    """
    day = on or office.clock.today()
    if not text.strip():
        raise InvalidInput("contact_empty")
    values = {"kind": kind, "text": text.strip(), "on_day": day}
    with office.act("contacts.save") as act:
        person_file.file_of(office, person_id)
        row_days.check(office, "contact", values)
        _number, changed = entries.write(act, "contact", person_id, contact_id, values)
    return Changed(act.id, changed)


def delete(office: Office, person_id: int, contact_id: int) -> Changed:
    """Take a contact out of the log. Errors: DomainError not_in_file."""
    with office.act("contacts.delete") as act:
        entries.remove(act, "contact", person_id, contact_id)
    return Changed(act.id, ("contact",))
