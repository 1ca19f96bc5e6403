# SPDX-License-Identifier: Apache-2.0
"""The bin: a file that should not be there is taken out, with all that hangs on it, and brought
back whole.

    delete(office, person, reason) -> Removed
    files(office, text="") -> list[BinnedFile]      find(office, ref) -> PersonId
    restore(office, person) -> Restored

Taking out is one act. Its places of the cap go back by reversing entries; what comes back takes
its own place again, over the cap if need be, since IRCC received it: that is told, never lost.
Scans stay in the register, tied to nothing. Whether somebody may apply is not asked here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.meetings import Meeting
from imp_plus_desktop.domain.records.catalogue import FIELDS, PERSON
from imp_plus_desktop.domain.records.fields import Kind, Mark
from imp_plus_desktop.domain.records.ids import ActId, PersonId
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.values.identifiers import normalise, row_id
from imp_plus_desktop.domain.values.names import fold, list_name
from imp_plus_desktop.domain.values.unseen.hidden import day_of
from imp_plus_desktop.services.office import person_file, places
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.history import binned, changes
from imp_plus_desktop.storage.history.binned import BinnedFile
from imp_plus_desktop.storage.journal import cap_places
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.storage.reads.named_people import NamedPerson
from imp_plus_desktop.storage.tables.schema import CHILDREN, ENTITIES

__all__ = ["BinnedFile"]

REMOVED = "removed"
"""The reason of the ledger's entry that gives the place of a file in the bin back."""
BROUGHT_BACK = "restored"
"""The reason of the entry that takes it again."""

_UNIQUE = {
    entity: tuple(f.name for f in some if f.has(Mark.UNIQUE) and f.kind is Kind.IDENTIFIER)
    for entity, some in FIELDS.items()
}
"""Numbers that one row of the whole register may have; others are one of their file."""
NUMBERS = tuple(field.name for field in PERSON if field.kind is Kind.IDENTIFIER)
"""The person's own numbers, those that name a file first."""


@dataclass(frozen=True, slots=True)
class Removed:
    """`places` are those of the cap that went back: (year, place)."""

    act: ActId
    person: PersonId
    name: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """`places` are those that were taken again: (year, place); `over_cap` the years that have no
    room for them."""

    act: ActId
    person: PersonId
    name: str
    places: tuple[tuple[int, int], ...]
    over_cap: tuple[int, ...]


def delete(office: Office, person_id: int, reason: str) -> Removed:
    """Take a person's whole file out, as one act, into the bin.

    Errors: DomainError person_not_found, reason_missing; StorageError changed_meanwhile.
    """
    if not reason.strip():
        raise InvalidInput("reason_missing")
    with office.act(binned.SERVICE) as act:
        person = act.stored("person", person_id)
        if person is None:
            raise person_file.missing(office, "person", person_id, "person_not_found")
        if not _goes(office, act, person_id):
            raise Refused("file_stays")
        given_back = []
        for entity, rows in _whole(act, person):
            for row in rows if entity == "application" else ():
                if row["place"] is not None:
                    year, place = int(row["cap_year"]), int(row["place"])
                    cap_places.give_back(act, row["id"], year, REMOVED, "CAP-03")
                    given_back.append((year, place))
            act.delete_many(entity, rows)
        act.details[binned.REASON] = reason.strip()
    name = list_name(person["family_name"], person["given_names"])
    return Removed(ActId(act.id or 0), PersonId(person_id), name, tuple(sorted(given_back)))


def files(office: Office, text: str = "") -> list[BinnedFile]:
    """The files in the bin, the latest first; those whose names, numbers or reason hold each word
    of a text, if one is given."""
    words = fold(text).split()
    found = binned.files(office.register)
    return [file for file in found if all(word in _line(file) for word in words)]


def name_of(file: BinnedFile) -> str:
    """The name of a file in the bin, as lists write it."""
    return list_name(file.values["family_name"], file.values.get("given_names"))


def reference_of(file: BinnedFile) -> str | None:
    """The first number that a file in the bin can be named by."""
    numbers = (file.values.get(name) for name in NUMBERS)
    return next((str(number) for number in numbers if number), None)


def person_of(file: BinnedFile) -> NamedPerson:
    """Whose file it is, by what tells people apart."""
    values = file.values
    born = values.get("birth_date")
    return NamedPerson(
        file.person,
        values["family_name"],
        values.get("given_names"),
        day_of(born) if born else values.get("birth_known"),
        values.get("individual_reference"),
        values.get("uci"),
        file.former_names,
        values.get("citizenship"),
    )


def has_number(file: BinnedFile, typed: Mapping[str, object]) -> bool:
    """Whether a number of the person, or of a passport, is among typed values."""
    own = any(
        typed.get(kind) and normalise(str(typed[kind])) in _numbers(file, kind) for kind in NUMBERS
    )
    passport = typed.get("passport_number")
    held = {normalise(number) for number in file.passports}
    return own or (bool(passport) and normalise(str(passport)) in held)


def find(office: Office, ref: str) -> PersonId:
    """A person of the bin by reference, UCI, file or application number, or `#id`.

    Errors: DomainError not_in_bin, person_ambiguous.
    """
    found = holding(office, ref)
    if not found:
        raise InvalidInput("not_in_bin")
    if len(found) > 1:
        raise InvalidInput("person_ambiguous", count=len(found))
    return PersonId(found[0])


def holding(office: Office, ref: str) -> list[int]:
    """The people of the bin whom a number names: by the first kind of number that knows it."""
    text = ref.strip()
    kept = binned.files(office.register)
    if text.startswith("#"):
        number = row_id(text)
        return [file.person for file in kept if file.person == number]
    wanted = normalise(text)
    for kind in (*NUMBERS, None):
        found = [file.person for file in kept if wanted and wanted in _numbers(file, kind)]
        if found:
            return sorted(found)
    return []


def restore(office: Office, person_id: int) -> Restored:
    """Bring a file of the bin back whole, under its own ids, as one act.

    Errors: DomainError not_in_bin, number_taken_since(field, ref): then nothing is changed.
    """
    with office.act(binned.RESTORED) as act:
        kept = {file.person: file for file in binned.files(office.register)}
        file = kept.get(person_id)
        if file is None:
            raise InvalidInput("not_in_bin")
        found = binned.rows(office.register, file.act)
        refuse_taken(office, found)
        taken = bring_back(act, found)
    return Restored(
        ActId(act.id or 0),
        PersonId(person_id),
        name_of(file),
        tuple(taken),
        tuple(year for year in sorted({year for year, _place in taken}) if _over(office, year)),
    )


def bring_back(act: Act, rows: list[tuple[str, dict[str, Any]]]) -> list[tuple[int, int]]:
    """Insert what was taken out, parents first. Returns the places taken again: (year, place)."""
    taken = []
    for entity, row in rows:
        values = dict(row)
        if entity == "application" and values.get("place") is not None:
            year = int(values["cap_year"])
            # IRCC received it: its place was used, whatever has been taken since.
            place = cap_places.take_place(
                act, values["id"], year, None, BROUGHT_BACK, "CAP-03", again=int(values["place"])
            )
            values["place"] = place
            taken.append((year, int(place or 0)))
        if entity != "ledger_entry":
            act.insert(entity, values)
    return sorted(taken)


def refuse_taken(office: Office, rows: list[tuple[str, dict[str, Any]]]) -> None:
    """Stop where a number of these rows is another file's by now (ID-02).

    Errors: DomainError number_taken_since(field, ref).
    """
    for entity, row in rows:
        for name in _UNIQUE.get(entity, ()):
            if row.get(name) is None:
                continue
            holders = queries.holders(office.register, name, str(row[name]))
            if holders:
                raise Refused("number_taken_since", field=name, ref=f"#{holders[0]}")


def _goes(office: Office, act: Act, person_id: int) -> bool:
    """Whether the file goes; what another desk did to it since the form showed it is told first."""
    if office.shown is None:
        return True
    newer = changes.last_in_file(office.register, office.shown.act, person_id)
    if newer is None or newer in {made.id for made in office.made}:
        return True
    met = Meeting("person", person_id, "", None, None, None, newer, named="person", removes=True)
    return act.meet(met)


def _whole(act: Act, person: Mapping[str, Any]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """A file's rows by entity, what hangs on others first, the person last."""
    found: dict[str, dict[int, Mapping[str, Any]]] = {"person": {int(person["id"]): person}}
    waiting = ["person"]
    while waiting:
        parent = waiting.pop()
        for table in dict.fromkeys(table for table, _column in CHILDREN.get(parent, ())):
            own = found.setdefault(table, {})
            numbers = {
                number
                for above in found[parent]
                for (hanging, _column), ids in act.hanging(parent, above).items()
                if hanging == table
                for number in ids
            }
            new = sorted(numbers - own.keys())
            if new:
                own.update(act.stored_many(table, new))
                waiting.append(table)
    return [
        (entity, [found[entity][number] for number in sorted(found[entity])])
        for entity in reversed(tuple(ENTITIES))
        if found.get(entity)
    ]


def _line(file: BinnedFile) -> str:
    """What a file in the bin is found by."""
    names = [name for pair in file.former_names for name in pair]
    numbers = [file.values.get(name) for name in NUMBERS]
    said = (
        name_of(file), *names, *numbers, *file.applications, *file.passports, file.reason, file.who
    )  # fmt: skip
    return fold(" ".join(str(one) for one in said if one))


def _numbers(file: BinnedFile, kind: str | None) -> set[str]:
    """A file's numbers of a kind, None for those of its applications, as they are compared."""
    own = file.applications if kind is None else (file.values.get(kind),)
    return {normalise(str(number)) for number in own if number}


def _over(office: Office, year: int) -> bool:
    """Whether more places of a year are in use than its cap has."""
    day = toronto_day(office.clock.now())
    use = places.use_of(office, office.programme(), year, day)
    return use.cap is not None and use.effective > use.cap
