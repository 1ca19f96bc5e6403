# SPDX-License-Identifier: Apache-2.0
"""What several services share of a file: the person's, an application's, and the day of a fact.

Reads within the act that is open, or outside one. Must not decide anything of the programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.date_order import Misdated
from imp_plus_desktop.domain.reads.meetings import TakenOut
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import AppError, InvalidInput, Refused
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.reads import lookups, queries


def files_of(office: Office, numbers: Sequence[int]) -> dict[int, PersonFile]:
    """The files of people by their number."""
    unique = list(dict.fromkeys(numbers))
    return {file.person.id: file for file in queries.files(office.register, unique)}


def missing(office: Office, entity: str, number: int, code: str) -> AppError:
    """What is said of a row that is not there: who has taken it out since a form showed it, else
    that there is none."""
    shown = office.shown
    if shown is not None:
        # Few forms ever stand open over what is gone by then.
        from imp_plus_desktop.storage.history import acts, changes
        from imp_plus_desktop.storage.journal import erasures

        by = changes.taken_out_since(office.register, shown.act, entity, number)
        if by is None and entity == "person":
            by = erasures.erased_by(office.register.db, number, shown.act)
        row = None if by is None else acts.act(office.register, by)
        if row is not None:
            return TakenOut(row)
    return InvalidInput(code)


def application_of(office: Office, application_id: int) -> Application:
    """One application. Errors: DomainError application_not_found."""
    found = queries.one(office.register, "application", Application, application_id)
    if found is None:
        raise missing(office, "application", application_id, "application_not_found")
    return found


def file_of(office: Office, person_id: int) -> PersonFile:
    """One person's whole file. Errors: DomainError person_not_found."""
    ahead = office.file_ahead(person_id)
    if ahead is not None:
        return ahead
    found = queries.files(office.register, (person_id,))
    if not found:
        raise missing(office, "person", person_id, "person_not_found")
    return found[0]


def free_number(act: Act, text: str, own: int | None = None) -> str | None:
    """A government number, cleaned, that no other application has. Errors: identifier_taken."""
    number = normalise(text) if text.strip() else None
    if number is None:
        return None
    if lookups.application_with(act.db, number) not in (None, own):
        raise Refused("identifier_taken", field="application_number")
    return number


def check_not_future(office: Office, day: date) -> None:
    """Nothing that has happened lies ahead. Errors: DomainError in_the_future."""
    if day > office.clock.today():
        raise Refused("in_the_future")


@dataclass(frozen=True, slots=True)
class Changed:
    """`act` is None when nothing changed."""

    act: ActId | None
    changed: tuple[str, ...]
    over_cap: bool = False
    """Whether an application is by now recorded as cancelled over the cap."""
    misdated: tuple[Misdated, ...] = ()
    """Days that come before one that they follow, and are kept as history."""
