# SPDX-License-Identifier: Apache-2.0
"""What a row about a family member will do: whose family it is, and what it changes.

Reads the register and plans; writes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from imp_plus_desktop.domain.records.catalogue import (
    FAMILY,
    MEMBER,
    MEMBER_FIELDS,
    NAMES,
    PRINCIPAL,
    known_of,
)
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.exchange.lists.drafts import DUPLICATE, REJECTED, ParsedRow
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.family.member_history import member_history
from imp_plus_desktop.services.fields import field_plan
from imp_plus_desktop.services.fields.field_plan import Operation
from imp_plus_desktop.services.fields.foreseen import Foreseen
from imp_plus_desktop.services.fields.tellings import filed_on
from imp_plus_desktop.services.imports.planning import binned_people
from imp_plus_desktop.services.imports.planning.person_plan import PersonPlanner, files_of
from imp_plus_desktop.services.imports.planning.planned_rows import (
    Effect,
    PlannedRow,
    UnplannedRow,
)
from imp_plus_desktop.services.imports.planning.row_keys import row_keys
from imp_plus_desktop.services.imports.sides.conflicts import Update
from imp_plus_desktop.services.office.office import Office

_MEMBER_FIELDS = (
    *(field.name for field in FAMILY if field is not PRINCIPAL),
    *(field.name for field in MEMBER if field.traits.partly),
)
_OF_MEMBERS_ALONE = frozenset((*_MEMBER_FIELDS, PRINCIPAL.named))
_Family = tuple[str, int] | int
"""A principal: a person of the register, or the row (sheet, row) that brings one."""


class MemberPlanner:
    """Plans the family members of one file, after its people."""

    def __init__(self, office: Office, people: PersonPlanner) -> None:
        self._office = office
        self._people = people
        self._programme = office.programme()
        self._families: dict[_Family, Foreseen] = {}
        """The files of principals, as the rows planned so far make them."""
        self._glanced: dict[_Family, list[tuple[Operation, ...]]] = {}
        """What rows planned at a glance write in families that none looked at closely has met."""
        self._turns: Counter[_Family] = Counter()
        self.updates: list[Update] = []
        """The rows about the families of people of the register, by what they would write."""

    def rows(
        self, sheet: str, rows: Sequence[ParsedRow], columns: Mapping[str, int]
    ) -> tuple[PlannedRow, ...]:
        """The plan of a sheet's rows; `columns` by field, from 0."""
        principals = {
            row.row: self._people.of_register(str(row.values.get("principal_reference", "")))
            for row in rows
        }
        wanted = {n for n in principals.values() if n is not None} - self._families.keys()
        told: dict[int, list[Operation]] = defaultdict(list)
        for update in self._people.updates:
            told[update.file.person.id] += (op for op in update.operations if op.entity == "person")
        for number, file in files_of(self._office, sorted(wanted)).items():
            principal = Foreseen(file)
            # What this file tells of a principal counts for the family: whether PR was filed.
            principal.write(told[number])
            self._families[number] = Foreseen(principal.file)
        # Of one member's applications the earlier one is planned first: it tells the other's kind.
        ordered = sorted(rows, key=lambda row: filed_on(row.values) or date.min)
        keys = dict(zip(principals, row_keys("family", [row.values for row in rows]), strict=True))
        planned = {
            row.row: self._row(
                UnplannedRow(sheet, row, keys[row.row], columns, is_member=True),
                principals[row.row],
            )
            for row in ordered
        }
        return tuple(planned[row.row] for row in rows)

    def _row(self, base: UnplannedRow, person_id: int | None) -> PlannedRow:
        row = base.row
        if row.effect == REJECTED:
            return base.planned(Effect.REJECTED)
        reference = str(row.values.get("principal_reference", ""))
        principal_row = self._people.of_file(reference)
        if person_id is None and principal_row is None:
            in_bin = self._people.binned.by_reference(reference) is not None
            code = binned_people.CODE if in_bin else "unknown_principal"
            return base.planned(Effect.REJECTED, extra=(code, "principal_reference", "error"))
        if row.effect == DUPLICATE:
            return base.planned(Effect.SAME, person_id=person_id)
        if person_id is None and principal_row is not None:
            plain = self._at_a_glance(row.values, principal_row)
            if plain is not None:
                self._turns[principal_row] += 1
                return base.planned(
                    Effect.NEW,
                    operations=plain,
                    principal_row=principal_row,
                    turn=self._turns[principal_row],
                )
        return self._closely(base, person_id, principal_row)

    def _closely(
        self, base: UnplannedRow, person_id: int | None, principal_row: tuple[str, int] | None
    ) -> PlannedRow:
        """The plan of a row on what the rows before it make of the family."""
        row = base.row
        family: _Family = person_id if person_id is not None else principal_row or ("", 0)
        foreseen = self._family(family)
        before = foreseen.file
        assert before is not None
        plan = partial(_operations, before, foreseen.inserted, self._programme)
        try:
            operations = plan(row.values)
        except DomainError:
            place = "permit_until" if "permit_until" in row.values else "permit_from"
            return base.planned(Effect.REJECTED, extra=("impossible_dates", place, "error"))
        taken = self._people.taken(operations)
        if taken is not None:
            return base.planned(Effect.REJECTED, extra=("identifier_taken", taken, "error"))
        if not operations:
            return base.planned(Effect.SAME, person_id=person_id)
        if person_id is not None:
            own = (base.sheet, row.row, before, row.values, operations, plan, base.columns, True)
            self.updates.append(Update(*own))
        foreseen.write(operations)
        self._turns[family] += 1
        is_new = operations[0].entity == "member" and operations[0].number is None
        return base.planned(
            Effect.NEW if is_new else Effect.UPDATE,
            operations=operations,
            person_id=person_id,
            principal_row=None if person_id is not None else principal_row,
            turn=self._turns[family],
        )

    def _at_a_glance(
        self, values: Mapping[str, Any], family: tuple[str, int]
    ) -> tuple[Operation, ...] | None:
        """What a row writes that tells a new principal's family of a member alone, whom no row
        before can mean: most are such. None where a closer look is needed."""
        if family in self._families or not _OF_MEMBERS_ALONE.issuperset(values):
            return None
        known = _told_of_member(values)
        before = self._glanced.setdefault(family, [])
        if before:
            names = [_names(operations[0].values) for operations in before]
            if known.get("uci") is not None or _names(known) in names:
                return None
        operations = (_new_member(known),)
        before.append(operations)
        return operations

    def _family(self, family: _Family) -> Foreseen:
        """The file of a principal; of a new one, what the code of a member's application asks."""
        known = self._families.get(family)
        if known is None:
            assert isinstance(family, tuple)
            principal = Foreseen(None)
            plan = field_plan.plan(None, self._people.values_of(family), self._programme)
            principal.write(op for op in plan if op.entity == "person")
            known = self._families[family] = Foreseen(principal.file)
            for operations in self._glanced.pop(family, ()):
                known.write(operations)
        return known


def _operations(
    file: PersonFile, inserted: int, programme: Programme, values: Mapping[str, Any]
) -> tuple[Operation, ...]:
    """What a row writes of a member, and of an application of theirs, after the rows that were
    `inserted` before."""
    known = _told_of_member(values)
    present = _present(file, known)
    foreseen = Foreseen(file, inserted)
    of_member = [_new_member(known)] if present is None else list(_changed(present, known))
    foreseen.write(of_member)
    grown = foreseen.file
    assert grown is not None
    number = present.id if present is not None else -inserted - 1
    now = next(member for member in grown.members if member.id == number)
    return (*of_member, *member_history(grown, now, values, programme))


def _told_of_member(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says of the member; of one name alone that it is the family name."""
    known = {name: values[name] for name in _MEMBER_FIELDS if values.get(name) is not None}
    if "family_name" not in known:
        known["family_name"] = known.pop("given_names")
    return known


def _new_member(known: Mapping[str, Any]) -> Operation:
    told = {**known, "relation": Relation(known["relation"])}
    new = {name: told.get(name) for name in MEMBER_FIELDS}
    return Operation("member", None, new, tuple([name for name in new if name in told]))


def _names(values: Mapping[str, Any]) -> tuple[str, str]:
    return fold(values["family_name"]), fold(values.get("given_names") or "")


def _present(file: PersonFile, known: Mapping[str, Any]) -> Member | None:
    """The member whom a row is about: by the UCI, else by name and birth."""
    uci = normalise(str(known.get("uci") or ""))
    own = [m for m in file.members if uci and normalise(m.uci or "") == uci]
    if own:
        return own[0]
    born = known.get("birth_date") or known.get("birth_known")
    found = family.same_member(file, known["family_name"], known.get("given_names"), born)
    if found is None or (found.uci and uci):
        return None  # two UCIs that differ are two people, whatever the names
    # Two rows of one list are about one member only where they say the same birth.
    is_of_this_list = found.id < 0
    return None if is_of_this_list and known_of(found, "birth_date") != born else found


def _changed(present: Member, known: Mapping[str, Any]) -> Iterator[Operation]:
    known = dict(field_plan.without_poorer(present, known))
    # Known again by the name alone, however it is spelled: the register's spelling stays.
    changed = {
        name: value
        for name, value in known.items()
        if not field_plan.same_value(name, getattr(present, name), value)
        and (name not in NAMES or getattr(present, name) is None)
    }
    if changed:
        yield Operation("member", present.id, changed, tuple(changed))
