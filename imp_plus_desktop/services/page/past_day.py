# SPDX-License-Identifier: Apache-2.0
"""A file as it was known at the end of an earlier day, for all that reads files.

    as_of(office, person_id, day) -> PastOffice     an office in which it is that day for this file
    row(office, person_id) -> PersonRow             its line, also in such an office

Nothing can be stored through it. The figures of the programme are those in force on that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, time, timedelta
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import PersonRow
from imp_plus_desktop.domain.records.catalogue import known_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.calendar import instant_in_toronto
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.services.office import standing, summary
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.history import past_files
from imp_plus_desktop.storage.journal.act import Act


@dataclass(frozen=True)
class PastOffice(Office):
    """An office that knows one file as it was on the day of its clock."""

    past: PersonFile | None = None

    def file_ahead(self, person_id: int) -> PersonFile | None:
        """The file as it was; others are as they are."""
        past = self.past
        return past if past is not None and past.person.id == person_id else None

    @contextmanager
    def act(self, service: str, **_told: Any) -> Iterator[Act]:
        """Refuse: what was is not changed. Errors: DomainError past_is_past."""
        raise Refused("past_is_past")
        yield


def as_of(office: Office, person_id: int, day: date) -> PastOffice:
    """The office as it knew a file at the end of a day.

    Errors: DomainError in_the_future; person_unknown_then, where there was no such file yet.
    """
    if day > office.clock.today():
        raise Refused("in_the_future")
    end = instant_in_toronto(day + timedelta(days=1), time())
    found = past_files.file_at(office.register, person_id, end)
    if found is None:
        raise InvalidInput("person_unknown_then", day=day)
    known = {one.name: getattr(office, one.name) for one in fields(Office)}
    return PastOffice(**{**known, "clock": Clock(day)}, past=found)


def row(office: Office, person_id: int) -> PersonRow:
    """A person's line. Errors: DomainError person_not_found."""
    if isinstance(office, PastOffice) and office.past is not None:
        return _of_file(office, office.past, cap_is_full=False)
    if office.only_reads:
        # Theirs may be of an earlier day, or gone; nothing that it says rests on what is hidden.
        return _of_file(office, people.file(office, person_id), summary.ground(office)[1])
    return people.row(office, person_id)


def _of_file(office: Office, file: PersonFile, cap_is_full: bool) -> PersonRow:
    line = standing.compute(file, office.programme(), office.clock.today(), cap_is_full)
    person = file.person
    return PersonRow(
        person.id,
        person.list_name,
        person.individual_reference,
        person.uci,
        person.file_number,
        person.citizenship,
        known_of(person, "birth_date"),
        line.letter_date,
        line.status,
        people.listed_verdict(office, person.id).code,
        line.last_safe_day,
        line.short_passport,
        person.family_name,
        person.given_names,
        person.clerk,
    )
