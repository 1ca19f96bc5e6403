# SPDX-License-Identifier: Apache-2.0
"""The log of contacts with a person: they were called, written to, replied, came by.

What was said may come in from several people of the office; each entry is one act.
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.media import ENDINGS, MediaType
from imp_plus_desktop.domain.values.codes import ContactKind
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.office import entries, person_file, row_days
from imp_plus_desktop.services.office.office import Office, judged_whole
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people.attachments import Scan
from imp_plus_desktop.storage.archive import attachments


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that was written to somebody: what it is called, and its bytes."""

    name: str
    media_type: MediaType
    content: bytes


@judged_whole
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
        _number, changed = entries.write(office, act, "contact", person_id, contact_id, values)
    return Changed(act.id, changed)


def write(office: Office, person_id: int, text: str, letter: Written) -> Changed:
    """Log a letter of today to the person, and keep it with the line.

    Errors: DomainError person_not_found.
    """
    with office.act("contacts.save") as act:
        person_file.file_of(office, person_id)
        values = {
            "kind": ContactKind.WROTE,
            "text": text,
            "on_day": office.clock.today(),
            "attachment": attachments.store(act, letter.media_type.value, letter.content),
            "attachment_name": f"{letter.name}{ENDINGS[letter.media_type]}",
        }
        _number, changed = entries.write(office, act, "contact", person_id, None, values)
    return Changed(act.id, changed)


def written(office: Office, person_id: int, contact_id: int) -> Scan:
    """The letter that a line of the log keeps.

    Errors: DomainError person_not_found, scan_missing.
    """
    file = person_file.file_of(office, person_id)
    line = next((one for one in file.contacts if one.id == contact_id), None)
    name = None if line is None else line.attachment
    stored = attachments.read(office.register, name or "")
    if line is None or stored is None:
        raise InvalidInput("scan_missing")
    kind = MediaType(stored.media_type)
    file_name = f"letter-{stored.sha256[:8]}{ENDINGS[kind]}"
    return Scan(line.attachment_name or file_name, kind, stored.content, file_name)


def delete(office: Office, person_id: int, contact_id: int) -> Changed:
    """Take a contact out of the log. Errors: DomainError not_in_file."""
    with office.act("contacts.delete") as act:
        entries.remove(office, act, "contact", person_id, contact_id)
    return Changed(act.id, ("contact",))
