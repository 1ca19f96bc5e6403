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
from imp_plus_desktop.domain.records.catalogue import BY_NAME, PERSON_FIELDS, rows_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.fields import typed_fields
from imp_plus_desktop.services.fields.typed_fields import FieldProblem
from imp_plus_desktop.services.office import person_file
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


def _row_to_correct(office: Office, file: PersonFile, entity: str) -> Any:
    """The row that a value is kept in: the one that was shown, or the one that another desk has
    added since and that counts by now. Errors: DomainError not_in_file; TakenOut."""
    shown = row_of(file, entity)
    if office.shown is None:
        return shown
    now = people.file(office, file.person.id)
    known, there = ({row.id for row in rows_of(one, entity)} for one in (file, now))
    if shown is not None and shown.id not in there:
        raise person_file.missing(office, entity, shown.id, "not_in_file")
    latest = row_of(now, entity)
    return shown if latest is None or latest.id in known else latest


def save(office: Office, file: PersonFile, name: str, text: str) -> Changed:
    """Keep a value; an empty text takes it away. `file` is what was shown.

    Errors: as `people.edit`, `folder.save_letter` and `folder.save_passport`; Overtaken, TakenOut.
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
    row = _row_to_correct(office, file, known.entity)
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
