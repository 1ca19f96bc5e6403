# SPDX-License-Identifier: Apache-2.0
"""What a row about a family member will do: whose family it is, and what it changes.

Reads the register and plans; writes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

from imp_plus_desktop.domain.records.catalogue import IN_FAMILY, PRINCIPAL
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.exchange.lists.drafts import DUPLICATE, OK, REJECTED, ParsedRow, ParsedSheet
from imp_plus_desktop.exchange.lists.repeats import REPEAT
from imp_plus_desktop.services.family import row_members
from imp_plus_desktop.services.fields.field_plan import Operation
from imp_plus_desktop.services.fields.foreseen import Foreseen
from imp_plus_desktop.services.fields.tellings import filed_on
from imp_plus_desktop.services.imports.planning import binned_people
from imp_plus_desktop.services.imports.planning.person_plan import PersonPlanner
from imp_plus_desktop.services.imports.planning.planned_rows import (
    Effect,
    PlannedRow,
    UnplannedRow,
)
from imp_plus_desktop.services.imports.planning.row_keys import row_keys
from imp_plus_desktop.services.imports.sides.conflicts import Update
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import files_of
from imp_plus_desktop.storage.archive import archive

_OF_MEMBERS_ALONE = frozenset((*row_members.MEMBER_FIELDS, PRINCIPAL.named))
_Family = tuple[str, int] | int
"""A principal: a person of the register, or the row (sheet, row) that brings one."""


class MemberPlanner:
    """Plans the family members of one file, after its people."""

    def __init__(
        self,
        office: Office,
        people: PersonPlanner,
        planned: Mapping[str, Sequence[PlannedRow]],
    ) -> None:
        """`planned` are the rows about people by sheet, among which members may stand."""
        self._office = office
        self._people = people
        self._planned = planned
        self._rows_of: dict[str, dict[int, PlannedRow]] = {}
        self._programme = office.programme()
        self._families: dict[_Family, Foreseen] = {}
        """The files of principals, as the rows planned so far make them."""
        self._glanced: dict[_Family, list[tuple[Operation, ...]]] = {}
        """What rows planned at a glance write in families that none looked at closely has met."""
        self._beside: dict[_Family, int] = {}
        """How many rows a principal's own row brings, where it has members beside the principal."""
        self._turns: Counter[_Family] = Counter()
        self.updates: list[Update] = []
        """The rows about the families of people of the register, by what they would write."""

    def rows(self, sheet: ParsedSheet, rows: Sequence[ParsedRow]) -> tuple[PlannedRow, ...]:
        """The plan of those of a sheet's rows that are about members."""
        principals = {row.row: self._known_principal(row) for row in rows}
        keys = dict(zip(principals, row_keys("family", [row.values for row in rows]), strict=True))
        settled = self._settled(rows, keys, principals)
        waiting = [row for row in rows if row.row not in settled] if settled else rows
        self._read_families({principals[row.row] for row in waiting} - {None})
        # Of one member's applications the earlier one is planned first: it tells the other's kind.
        ordered = sorted(waiting, key=lambda row: filed_on(row.values) or date.min)
        unplanned = partial(
            UnplannedRow,
            sheet.sheet,
            columns=sheet.column_index,
            is_member=True,
            among_people=sheet.stands_together,
        )
        planned = {
            row.row: self._row(unplanned(row=row, key=keys[row.row]), principals[row.row])
            for row in ordered
        }
        for row in rows if settled else ():
            if row.row in settled:
                base = unplanned(row=row, key=keys[row.row])
                planned[row.row] = base.planned(Effect.SAME, person_id=principals[row.row])
        return tuple(planned[row.row] for row in rows)

    def _known_principal(self, row: ParsedRow) -> int | None:
        """The person of the register whose family a row is of."""
        if row.principal is not None:
            return self._row_of(row.principal).person_id
        return self._people.of_register(str(row.values.get("principal_reference", "")))

    def _row_of(self, place: tuple[str, int]) -> PlannedRow:
        """What is planned of a principal's row; of one that only repeats another, of that one."""
        sheet, number = place
        if sheet not in self._rows_of:
            self._rows_of[sheet] = {row.row: row for row in self._planned[sheet]}
        found = self._rows_of[sheet][number]
        if found.leader is not None and found.leader != place:
            return self._row_of(found.leader)
        for issue in found.issues if found.effect is Effect.SAME else ():
            if issue.code == REPEAT and "first_row" in issue.parameters:
                first, row = issue.parameters["first_sheet"], issue.parameters["first_row"]
                return self._row_of((str(first), int(str(row))))
        return found

    def _settled(
        self,
        rows: Sequence[ParsedRow],
        keys: Mapping[int, str],
        principals: Mapping[int, int | None],
    ) -> set[int]:
        """The rows that change nothing, known without the file: each went in before, and nobody,
        nor any row of this file, has touched its family since."""
        went_in, touched = self._went_in
        if not went_in:
            return set()
        settled = {
            row.row
            for row in rows
            if row.effect == OK
            and (last := touched.get(principals[row.row] or 0)) is not None
            and last <= went_in.get(keys[row.row], -1)
        }
        open_families = {principals[row.row] for row in rows if row.row not in settled}
        open_families.update(one.file.person.id for one in self._people.updates)
        closed = (row for row in settled if principals[row] not in open_families)
        return {row for row in closed if principals[row] not in self._families}

    @cached_property
    def _went_in(self) -> tuple[dict[str, int], dict[int, int]]:
        return archive.settled_members(self._office.register)

    def _read_families(self, principals: Collection[int | None]) -> None:
        """Make the files of principals as the people of this file leave them."""
        wanted = {number for number in principals if number is not None} - self._families.keys()
        told: dict[int, list[Operation]] = defaultdict(list)
        for update in self._people.updates:
            told[update.file.person.id] += _of_family(update.operations)
        for number, file in files_of(self._office, sorted(wanted)).items():
            # What this file tells of a principal counts for the family: whether PR was filed.
            self._begin(number, Foreseen(file), told[number])

    def _row(self, base: UnplannedRow, person_id: int | None) -> PlannedRow:
        row = base.row
        if row.effect == REJECTED:
            return base.planned(Effect.REJECTED)
        reference = str(row.values.get("principal_reference", ""))
        principal_row = self._people.of_file(reference)
        if row.principal is not None:
            principal = self._row_of(row.principal)
            if principal.effect in (Effect.REJECTED, Effect.REVIEW):
                left_out = ("principal_left_out", "principal_reference", "error")
                return base.planned(Effect.REJECTED, extra=left_out)
            principal_row = (principal.sheet, principal.row)
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
        others = self._beside.get(family, 0)
        plan = partial(
            row_members.operations, before, foreseen.inserted, self._programme, others=others
        )
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
            self.updates.append(Update(*own, among_people=base.among_people))
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
        known = row_members.told_of_member(values)
        before = self._glanced.get(family)
        if before is None:
            if not IN_FAMILY.keys().isdisjoint(self._people.values_of(family)):
                return None
            before = self._glanced[family] = []
        if before:
            names = [row_members.names(operations[0].values) for operations in before]
            if known.get("uci") is not None or row_members.names(known) in names:
                return None
        operations = (row_members.new_member(known),)
        before.append(operations)
        return operations

    def _begin(self, family: _Family, principal: Foreseen, told: Sequence[Operation]) -> Foreseen:
        """The family as what is told of its principal makes it. Members who stand beside the
        principal are counted by the same numbers as those of their own rows."""
        principal.write(told)
        if tells_of_members(told):
            self._beside[family] = principal.inserted
        else:
            principal = Foreseen(principal.file)
        self._families[family] = principal
        return principal

    def _family(self, family: _Family) -> Foreseen:
        """The file of a principal; of a new one, what the code of a member's application asks."""
        known = self._families.get(family)
        if known is None:
            assert isinstance(family, tuple)
            plan = row_members.plan(None, self._people.values_of(family), self._programme)
            known = self._begin(family, Foreseen(None), _of_family(plan))
            for operations in self._glanced.pop(family, ()):
                known.write(operations)
        return known


def tells_of_members(operations: Iterable[Operation]) -> bool:
    """Whether a principal's own row brings or changes members of the family."""
    return any(op.entity == "member" for op in operations)


def _of_family(operations: Sequence[Operation]) -> Sequence[Operation]:
    """What a family needs to know of what its principal's row writes: all, where members are
    among it, since they are counted together."""
    if tells_of_members(operations):
        return operations
    return [op for op in operations if op.entity == "person"]
