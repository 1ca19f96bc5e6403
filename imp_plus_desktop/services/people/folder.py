# SPDX-License-Identifier: Apache-2.0
"""What hangs on a person: letters, residences, passports, notes.

Each write is one act; nothing blocks data entry, but what cannot have been; what is odd is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.office import entries, person_file, row_days
from imp_plus_desktop.services.office.office import Office, judged_first, judged_whole
from imp_plus_desktop.services.office.person_file import Changed


def save_letter(
    office: Office,
    person_id: int,
    letter_id: int | None,
    letter_date: date,
    received: date | None,
    supersedes: int | None = None,
) -> Changed:
    """Record or correct a letter; `supersedes` is the earlier letter that this one replaces.

    Errors: DomainError letter_exists, in_the_future, bad_value, not_in_file,
    letter_replaces_itself.
    """
    values = {
        "letter_date": letter_date,
        "letter_received_date": received,
        "supersedes_id": supersedes,
    }

    def check(file: PersonFile, kept: Mapping[str, Any]) -> None:
        day = kept["letter_date"]
        if any(x.letter_date == day and x.id != letter_id for x in file.letters):
            raise InvalidInput("letter_exists")
        _check_supersedes(file, letter_id, kept["supersedes_id"])

    return _save(office, "letter", person_id, letter_id, values, check)


def _check_supersedes(file: PersonFile, letter_id: int | None, supersedes: int | None) -> None:
    """Of letters that replace each other none would count, so that a chain must end."""
    replaces: dict[int | None, int | None] = {x.id: x.supersedes_id for x in file.letters}
    if supersedes is not None and supersedes not in replaces:
        raise InvalidInput("not_in_file")
    seen, earlier = {letter_id}, supersedes
    while earlier is not None:
        if earlier in seen:
            raise InvalidInput("letter_replaces_itself")
        seen.add(earlier)
        earlier = replaces.get(earlier)


@judged_first
def delete_letter(office: Office, person_id: int, letter_id: int) -> Changed:
    """Remove a letter; one that replaced it then replaces what it replaced itself."""
    with office.act("people.letter") as act:
        file = person_file.file_of(office, person_id)
        gone = next((letter for letter in file.letters if letter.id == letter_id), None)
        entries.check_in_file(office, act, "letter", person_id, letter_id)
        stays = act.spares("letter", letter_id)
        for letter in file.letters:
            if gone is not None and letter.supersedes_id == letter_id and not stays:
                act.update("letter", letter.id, {"supersedes_id": gone.supersedes_id})
        act.delete("letter", letter_id)
    return Changed(act.id, ("letter",))


def delete_residence(office: Office, person_id: int, residence_id: int) -> Changed:
    return _delete(office, "residence", person_id, residence_id)


def save_passport(
    office: Office,
    person_id: int,
    passport_id: int | None,
    number: str | None,
    expiry: date | None,
    issued: date | None = None,
) -> Changed:
    """Record or correct a passport.

    Errors: DomainError passport_empty, in_the_future, not_in_file.
    """
    number = (number or "").replace(" ", "").upper() or None
    if number is None and expiry is None:
        raise InvalidInput("passport_empty")
    values = {"number": number, "expiry": expiry, "issued": issued}
    return _save(office, "passport", person_id, passport_id, values)


def delete_passport(office: Office, person_id: int, passport_id: int) -> Changed:
    return _delete(office, "passport", person_id, passport_id)


def add_note(
    office: Office,
    person_id: int,
    text: str,
    *,
    pinned: bool = False,
    remind_on: date | None = None,
) -> Changed:
    """Add a dated note, kept in view where it is `pinned`. Errors: DomainError note_empty."""
    if not text.strip():
        raise InvalidInput("note_empty")
    written = {"text": text.strip(), "written_at": office.clock.now()}
    values = {**written, "pinned": pinned or None, "remind_on": remind_on}
    return _save(office, "note", person_id, None, values)


def change_note(
    office: Office,
    person_id: int,
    note_id: int,
    *,
    text: str | None = None,
    pinned: bool | None = None,
    remind_on: date | Literal["as_it_is"] | None = "as_it_is",
) -> Changed:
    """Write a note anew, pin it or take it down, or have it come back on another day.

    What is left out stays as it is. Errors: DomainError note_empty, not_in_file.
    """
    values: dict[str, object] = {}
    if text is not None:
        if not text.strip():
            raise InvalidInput("note_empty")
        values["text"] = text.strip()
    if pinned is not None:
        values["pinned"] = pinned or None
    if remind_on != "as_it_is":
        values["remind_on"] = remind_on
    return _save(office, "note", person_id, note_id, values)


def delete_note(office: Office, person_id: int, note_id: int) -> Changed:
    return _delete(office, "note", person_id, note_id)


@judged_whole
def _save(
    office: Office,
    entity: str,
    person_id: int,
    number: int | None,
    values: Mapping[str, object],
    check: Callable[[PersonFile, Mapping[str, object]], None] | None = None,
) -> Changed:
    with office.act(f"people.{entity}") as act:
        file = person_file.file_of(office, person_id)
        values = entries.merged(act, entity, file, number, values)
        if check is not None:
            check(file, values)
        misdated = row_days.check(office, entity, values, file)
        _number, changed = entries.write(office, act, entity, person_id, number, values)
    return Changed(act.id, changed, misdated=misdated)


def _delete(office: Office, entity: str, person_id: int, number: int) -> Changed:
    with office.act(f"people.{entity}") as act:
        entries.remove(office, act, entity, person_id, number)
    return Changed(act.id, (entity,))
