# SPDX-License-Identifier: Apache-2.0
"""A whole file, wherever it is: in the register or in the bin."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.domain.records.catalogue import PARTS, RECORDS
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.history import binned
from imp_plus_desktop.storage.privacy import closed
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.storage.tables.schema import COLUMNS, decode


def find(office: Office, ref: str) -> int:
    """The person of a reference, of the bin too. Errors: as `people.find`."""
    try:
        return int(people.find(office, ref))
    except InvalidInput as error:
        if error.code != "file_in_bin":
            raise
        return int(file_bin.find(office, ref))


def file_of(office: Office, person: int) -> tuple[PersonFile, bool]:
    """A file, and whether it is in the bin.

    Errors: DomainError person_not_found, person_erased.
    """
    if closed.erased_by(office.register, person) is not None:
        raise InvalidInput("person_erased")
    present = queries.files(office.register, (person,))
    if present:
        return present[0], False
    kept = {file.person: file for file in binned.files(office.register)}
    if person not in kept:
        raise InvalidInput("person_not_found")
    return _of_rows(binned.rows(office.register, kept[person].act)), True


def _of_rows(rows: list[tuple[str, dict[str, Any]]]) -> PersonFile:
    """A file of the rows that the bin has of it."""
    who: Person | None = None
    parts: dict[str, list[Any]] = {}
    for entity, row in rows:
        if entity not in RECORDS:
            continue
        values = {name: row.get(name) for name in COLUMNS[entity]}
        record: Any = decode(entity, values, RECORDS[entity])
        if entity == "person":
            who = record
        else:
            parts.setdefault(PARTS[entity], []).append(record)
    assert who is not None  # what the bin has is a person's file
    return PersonFile(who, **{name: tuple(some) for name, some in parts.items()})
