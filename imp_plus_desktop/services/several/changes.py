# SPDX-License-Identifier: Apache-2.0
"""What can be done to many people at once: who answers, notes, documents, letters, stays, contacts.

Each is a `Change` whose every step is the service that does it to one. None holds a rule of its
own; what more a single form would only tell beside a field is left out here, since nobody sees
the fields one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.values.codes import ContactKind, DocumentState, DocumentType
from imp_plus_desktop.domain.values.errors import Refused
from imp_plus_desktop.services.office import person_file, row_days
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import clerks, contacts, documents, folder, people
from imp_plus_desktop.services.several import tags
from imp_plus_desktop.services.several.many import Change
from imp_plus_desktop.storage.reads import named_people


def clerk(name: str) -> Change:
    """Give the files to somebody; an empty name leaves them to nobody."""
    return Change("clerks.assign", lambda office, person: clerks.assign(office, [person], name))


def note(text: str) -> Change:
    """Add the same note to each file."""
    return Change("people.note", lambda office, person: folder.add_note(office, person, text))


def tagged(names: Sequence[str]) -> Change:
    """Put tags on each file."""
    return Change(tags.SERVICE, lambda office, person: tags.put(office, person, names))


def untagged(names: Sequence[str]) -> Change:
    """Take tags off each file."""
    return Change(tags.SERVICE, lambda office, person: tags.take(office, person, names))


def contact(kind: ContactKind, text: str, on: date) -> Change:
    """Log the same contact with each person."""
    return Change(
        "contacts.save", lambda office, person: contacts.save(office, person, None, kind, text, on)
    )


def document(kind: DocumentType, state: DocumentState) -> Change:
    """Say where a document of each person stands; its recorded expiry stays."""
    return Change(
        "people.document", lambda office, person: documents.mark(office, person, kind, state)
    )


def residence(place: str, on: date | None) -> Change:
    """Record that each person lives in `place` (`MAR`, `CAN-ON`) from a day on."""
    return Change("people.residence", lambda office, person: people.move(office, person, place, on))


def letter_received(day: date) -> Change:
    """Record on which day the letter in force was received, where that is not known yet."""
    return Change("people.letter", lambda office, person: _letter_received(office, person, day))


def _letter_received(office: Office, person: int, day: date) -> None:
    file = person_file.file_of(office, person)
    letter = current_letter(file)
    if letter is None:
        raise Refused("no_letter_yet")
    if letter.letter_received_date not in (None, day):
        raise Refused("receipt_known")
    values = {"letter_date": letter.letter_date, "letter_received_date": day}
    for one in row_days.misdated(office, "letter", values, file):
        row_days.refuse(one)
    folder.save_letter(office, person, letter.id, letter.letter_date, day, letter.supersedes_id)


def names(office: Office, people_chosen: Sequence[int]) -> dict[int, str]:
    """The names of people as lists have them, by their ids."""
    return named_people.list_names(office.register, people_chosen)


def emails(office: Office, people_chosen: Sequence[int]) -> list[str]:
    """The mail addresses of those of these people who have one, each once, in their order."""
    return named_people.emails(office.register, people_chosen)


def people_behind(office: Office, entity: str, chosen: Sequence[int]) -> list[int]:
    """In whose files these applications, permits, members or agenda lines are, each person once,
    in the order of what was chosen."""
    return list(dict.fromkeys(owners(office, entity, chosen)))


def owners(office: Office, entity: str, chosen: Sequence[int]) -> list[int]:
    """In whose file each of these is."""
    return named_people.owners(office.register, entity, chosen)
