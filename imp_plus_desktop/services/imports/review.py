# SPDX-License-Identifier: Apache-2.0
"""Rows that an import held because someone very like them is in the register."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.desks import Claim
from imp_plus_desktop.domain.records.catalogue import (
    BY_NAME,
    PARTLY,
    PERSON,
    READ_FIELDS,
    known_of,
    names_with,
)
from imp_plus_desktop.domain.records.fields import Kind, Mark
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.values.names import list_name
from imp_plus_desktop.domain.values.unseen.hidden import day_of
from imp_plus_desktop.exchange.values.values import DATE_FIELDS
from imp_plus_desktop.services.duplicates.matching import IN_BIN, Candidate
from imp_plus_desktop.services.family import row_members
from imp_plus_desktop.services.fields import plan_writing
from imp_plus_desktop.services.imports import import_compare
from imp_plus_desktop.services.imports.planning import binned_people
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive import archive
from imp_plus_desktop.storage.history import binned, merges
from imp_plus_desktop.storage.history.binned import BinnedFile
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.reads import queries

SAME, NEW, DROP = "same", "new", "drop"

STAYS = frozenset(names_with(PERSON, Mark.WHO))
"""Fields that say who a person is. A held row has no number that proves whose it is, so what the
register knows of them stays unless somebody takes the row's."""


@dataclass(frozen=True, slots=True)
class Change:
    """What joining a held row to a person would do to one field; typed values.

    `before` is None where the row fills in or adds something. With `stays` the register's value
    is kept unless the row's is taken.
    """

    field: str
    before: Any
    after: Any
    stays: bool


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A held row with the people it looks like, the likest first."""

    row: int
    act: ActId
    file_name: str | None
    sheet: str
    sheet_row: int
    values: Mapping[str, Any]
    candidates: tuple[Candidate, ...]
    claim: Claim | None = None
    """Who has taken it on, where a list shows that."""

    @property
    def name(self) -> str:
        """The name that the row gives, as a list would sort it."""
        return list_name(self.values.get("family_name"), self.values.get("given_names"))

    @property
    def because(self) -> tuple[str, ...]:
        """Codes of likeness of the likest candidate."""
        return self.candidates[0].because if self.candidates else ()


def rows(office: Office, act: int | None = None) -> list[HeldRow]:
    """The held rows that still wait, of one import if asked."""
    return [_held(office, row) for row in archive.held_rows(office.register, act=act)]


def changes(office: Office, row: HeldRow, person_id: int) -> tuple[Change, ...]:
    """What joining a held row to a person would change, field by field, were all of it taken.

    Nothing of one whose file is in the bin. Errors: DomainError person_not_found,
    permit_ends_before_issue.
    """
    if any(c.person_id == person_id and IN_BIN in c.because for c in row.candidates):
        return ()
    file = person_file.file_of(office, person_id)
    operations = row_members.plan(file, row.values, office.programme())
    return tuple(
        Change(d.field, d.before, d.after, d.field in STAYS and d.before is not None)
        for d in import_compare.of_operations(file, operations, row.values)
    )


def resolve(
    office: Office,
    row: int,
    how: str,
    person_id: int | None = None,
    keep: Collection[str] = (),
    take: Collection[str] = (),
) -> ActId:
    """Say who a held row is: the `same` person as one in the register, a `new` one, or `drop` it.

    When the row joins a person, `keep` names the fields of which the register's value stays, and
    `take` those of `STAYS` of which the row's replaces it.

    Errors: DomainError row_not_found, already_resolved, person_not_found, person_needed,
    file_in_bin, identifier_taken, unknown_field.
    """
    if how not in (SAME, NEW, DROP):
        raise ValueError(how)
    with office.act("imports.resolve") as act:
        found = archive.held_rows(office.register, number=row)
        if not found:
            raise InvalidInput("row_not_found", row=row)
        held = found[0]
        if held.resolution is not None:
            raise Refused("already_resolved", row=row)
        person: int | None = None
        if how != DROP:
            person = _merge(office, act, held, how, person_id, keep, take)
        act.update("held_row", row, {"resolution": how, "person_id": person})
        act.details["counts"] = {how: 1}
    return ActId(act.id or 0)


def _merge(
    office: Office,
    act: Act,
    held: archive.HeldRow,
    how: str,
    person_id: int | None,
    keep: Collection[str],
    take: Collection[str],
) -> int:
    """Write a held row's values to the person that it is. Returns the person."""
    programme = office.programme()
    values = _values(held.field_values)
    file: PersonFile | None = None
    if how == SAME:
        file = _joined(office, person_id)
        for name in (*keep, *take):
            if name not in READ_FIELDS:
                raise InvalidInput("unknown_field", field=name)
        known = {name for name in STAYS if getattr(file.person, name) is not None}
        for name in (known - set(take)) | set(keep):
            values.pop(name, None)
            values.pop(PARTLY.get(name, ""), None)
    plan = row_members.plan(file, values, programme, today=office.clock.today())
    written: list[int] = []

    def write() -> None:
        number = person_id if how == SAME else None
        written.append(
            plan_writing.execute(act, plan, number, programme, held.sheet, held.sheet_row)
        )

    if not act.attempt(write):
        # A number of the row has become another application's or permit's since.
        raise Refused("identifier_taken", field="application_number")
    return written[0]


def _joined(office: Office, person_id: int | None) -> PersonFile:
    """The file that a held row joins. Errors: DomainError person_needed, file_in_bin,
    person_not_found."""
    if person_id is None:
        raise InvalidInput("person_needed")
    if any(kept.person == person_id for kept in binned.files(office.register)):
        raise InvalidInput("file_in_bin", ref=f"#{person_id}")
    return person_file.file_of(office, person_id)


def _held(office: Office, held: archive.HeldRow) -> HeldRow:
    moves = merges.merged(office.register)
    # A candidate whose file was merged since is now the person of that other file.
    found = [{**c, "person": merges.now(moves, c["person"])} for c in json.loads(held.candidates)]
    stored = list({c["person"]: c for c in reversed(found)}.values())[::-1]
    people = {
        p.id: p
        for p in queries.entities(
            office.register, "person", Person, "id", [c["person"] for c in stored], "id"
        )
    }
    missing = {c["person"] for c in stored} - people.keys()
    kept = {file.person: file for file in binned.files(office.register) if file.person in missing}
    candidates = tuple(
        _in_bin(c, kept[c["person"]]) if c["person"] in kept else _candidate(c, people[c["person"]])
        for c in stored
        if c["person"] in people or c["person"] in kept
    )
    return HeldRow(
        held.id,
        ActId(held.act_id),
        held.file_name,
        held.sheet,
        held.sheet_row,
        _values(held.field_values),
        candidates,
    )


def _candidate(stored: Mapping[str, Any], person: Person) -> Candidate:
    return Candidate(
        person.id,
        person.list_name,
        person.individual_reference,
        known_of(person, "birth_date"),
        stored["score"],
        _because(stored),
    )


def _in_bin(stored: Mapping[str, Any], file: BinnedFile) -> Candidate:
    return binned_people.candidate(file, stored["score"], (*_because(stored), IN_BIN))


def _because(stored: Mapping[str, Any]) -> tuple[str, ...]:
    """Why a row looks like somebody, whether they were in the bin when it was held or not."""
    return tuple(code for code in stored["because"] if code != IN_BIN)


def _values(text: str) -> dict[str, Any]:
    """The typed values that a held row keeps as JSON."""
    values: dict[str, Any] = json.loads(text)
    for name in DATE_FIELDS & values.keys():
        at_once = BY_NAME[name].kind is Kind.INSTANT
        read = datetime.fromisoformat if at_once else day_of
        values[name] = read(values[name])
    return values
