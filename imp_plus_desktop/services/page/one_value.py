# SPDX-License-Identifier: Apache-2.0
"""One value of a file, kept by itself: what a page does where values are changed in place.

    text_of(file, name), check(office, file, name, text), save(office, file, name, text)

A person's own field is kept as every form keeps it. One of a letter or of a passport corrects the
latest, where a list would add another. Nothing blocks, but what no form would take either. Given
`Office.as_shown`, what another desk has written meanwhile is told before it is written over.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from imp_plus_desktop.domain.applications.status import latest_application
from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.records.catalogue import BY_NAME, PERSON_FIELDS
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.errors import InvalidInput, StorageError
from imp_plus_desktop.services.fields import typed_fields
from imp_plus_desktop.services.fields.typed_fields import FieldProblem
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import folder, people

OF_LATEST = ("letter", "passport")
"""Rows of which the latest is corrected in place."""


def text_of(file: PersonFile, name: str) -> str:
    """The present value, as a form shows it."""
    return typed_fields.texts(file)[name]


def check(office: Office, file: PersonFile, name: str, text: str) -> list[FieldProblem]:
    """What is wrong with a value while it is typed."""
    return people.check(office, {name: text}, file.person.id) if text.strip() else []


def row_of(file: PersonFile, entity: str) -> Any:
    """The row of a kind that a value stands in: the person, the letter that counts, the latest
    passport or permit. None where there is none."""
    if entity == "person":
        return file.person
    if entity == "letter":
        return current_letter(file)
    if entity == "permit":
        latest = latest_application(file)
        permits = file.permits_of(latest.id) if latest is not None else ()
        return permits[-1] if permits else None
    return file.passports[-1] if file.passports else None


def _another_stands(office: Office, file: PersonFile, entity: str) -> bool:
    """Whether the latest row of a kind is another one than was shown."""
    shown, now = row_of(file, entity), row_of(people.file(office, file.person.id), entity)
    return (None if now is None else now.id) != (None if shown is None else shown.id)


def save(office: Office, file: PersonFile, name: str, text: str) -> Changed:
    """Keep a value; an empty text takes it away. `file` is what was shown.

    Errors: as `people.edit`, `folder.save_letter` and `folder.save_passport`; StorageError
    changed_meanwhile, also where another row is the latest by now.
    """
    number = file.person.id
    if name in PERSON_FIELDS:
        return people.edit(office, number, {name: text})
    known = BY_NAME[name]
    if known.entity not in OF_LATEST:
        raise InvalidInput("unknown_field", field=name)
    typed, problems = typed_fields.parse_all(office, {name: text})
    for problem in problems:
        if problem.blocks:
            raise InvalidInput("bad_value", field=name, issue=problem.code, **problem.facts)
    row = row_of(file, known.entity)
    if office.shown is not None and _another_stands(office, file, known.entity):
        raise StorageError("changed_meanwhile", field=name)
    values = {} if row is None else {f.name: getattr(row, f.name) for f in fields(row)}
    values[known.name] = typed.get(name)
    row_number = values.get("id")
    if known.entity == "passport":
        return folder.save_passport(
            office,
            number,
            row_number,
            values.get("number"),
            values.get("expiry"),
            values.get("issued"),
        )
    day = values.get("letter_date")
    if day is None:
        raise InvalidInput("bad_value", field="letter_date", issue="bad_date")
    received, former = values.get("letter_received_date"), values.get("supersedes_id")
    return folder.save_letter(office, number, row_number, day, received, former)
