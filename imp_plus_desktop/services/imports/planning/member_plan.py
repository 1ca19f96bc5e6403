# SPDX-License-Identifier: Apache-2.0
"""What a row about a family member will do: whose family it is, and what it changes.

Reads the register and plans; writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from imp_plus_desktop.domain.records.catalogue import FAMILY, MEMBER, NAMES, PRINCIPAL
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import MemberId, PersonId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.exchange.lists.drafts import DUPLICATE, REJECTED, ParsedRow
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.fields import field_plan
from imp_plus_desktop.services.fields.field_plan import Operation
from imp_plus_desktop.services.imports.planning import binned_people
from imp_plus_desktop.services.imports.planning.person_plan import PersonPlanner, files_of
from imp_plus_desktop.services.imports.planning.planned_rows import (
    Effect,
    PlannedRow,
    UnplannedRow,
)
from imp_plus_desktop.services.imports.planning.row_keys import row_key
from imp_plus_desktop.services.imports.sides.conflicts import Update
from imp_plus_desktop.services.office.office import Office

_MEMBER_FIELDS = (
    *(field.name for field in FAMILY if field is not PRINCIPAL),
    *(field.name for field in MEMBER if field.traits.partly),
)


class MemberPlanner:
    """Plans the family members of one file, after its people."""

    def __init__(self, office: Office, people: PersonPlanner) -> None:
        self._office = office
        self._people = people
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
        files = files_of(
            self._office, [number for number in principals.values() if number is not None]
        )
        return tuple(self._row(sheet, row, columns, principals[row.row], files) for row in rows)

    def _row(
        self,
        sheet: str,
        row: ParsedRow,
        columns: Mapping[str, int],
        person_id: int | None,
        files: Mapping[int, PersonFile],
    ) -> PlannedRow:
        base = UnplannedRow(sheet, row, row_key("family", row.values), columns, is_member=True)
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
        file = files.get(person_id) if person_id else None
        operations = _operations(file, row.values)
        if not operations:
            return base.planned(Effect.SAME, person_id=person_id)
        if file is not None:
            again = partial(_operations, file)
            own = (sheet, row.row, file, row.values, operations, again, columns, True)
            self.updates.append(Update(*own))
        effect = Effect.NEW if operations[0].number is None else Effect.UPDATE
        return base.planned(
            effect,
            operations=operations,
            person_id=person_id,
            principal_row=None if person_id is not None else principal_row,
        )


def _operations(file: PersonFile | None, values: Mapping[str, Any]) -> tuple[Operation, ...]:
    known = {name: values[name] for name in _MEMBER_FIELDS if values.get(name) is not None}
    if "family_name" not in known:
        known["family_name"] = known.pop("given_names")
    present: Member | None = None
    if file is not None:
        present = family.same_member(
            file,
            known["family_name"],
            known.get("given_names"),
            known.get("birth_date") or known.get("birth_known"),
        )
    if present is None:
        wanted = Member(MemberId(0), PersonId(0), Relation(known.pop("relation")), **known)
        new = family.member_values(wanted)
        del new["person_id"]
        return (Operation("member", None, new, tuple(n for n in new if new[n] is not None)),)
    known = dict(field_plan.without_poorer(present, known))
    # Known again by the name alone, however it is spelled: the register's spelling stays.
    changed = {
        name: value
        for name, value in known.items()
        if getattr(present, name) != value and (name not in NAMES or getattr(present, name) is None)
    }
    if not changed:
        return ()
    return (Operation("member", present.id, changed, tuple(changed)),)
