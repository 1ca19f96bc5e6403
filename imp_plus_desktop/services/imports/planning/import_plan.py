# SPDX-License-Identifier: Apache-2.0
"""What each row of a list will do to the register: new, update, same, review or rejected.

Reads the register and plans; writes nothing. The issues that need the register are raised here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from imp_plus_desktop.domain.values.catalogue import FAMILY, NAMES, PERSON, PRINCIPAL, names_with
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.domain.values.fields import Mark
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.records import Member, MemberId, PersonFile, PersonId
from imp_plus_desktop.exchange.lists.drafts import (
    DUPLICATE,
    OK,
    REJECTED,
    Issue,
    ParsedFile,
    ParsedRow,
)
from imp_plus_desktop.exchange.sheets.sheets import Cell, address
from imp_plus_desktop.services.duplicates.matching import Candidate, Match, People
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.fields import field_plan
from imp_plus_desktop.services.fields.field_plan import Operation
from imp_plus_desktop.services.imports.planning.import_order import keep_what_went_in
from imp_plus_desktop.services.imports.planning.row_keys import row_key, row_keys
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage import archive, merges, queries

_IDENTIFYING = frozenset(names_with(PERSON, Mark.KEY))
_MEMBER_FIELDS = tuple(field.name for field in FAMILY if field is not PRINCIPAL)


class Effect(StrEnum):
    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    REVIEW = "review"
    REJECTED = "rejected"


class PlannedRow(NamedTuple):
    """One row with what it will do.

    `operations` are what a row writes; those of a new person alone are made when it is written.
    `person_id` is the person (or a member's principal) when already in the register;
    `principal_row` points to the principal's own row when it is new in the same file.
    A tuple, because a list makes many thousands of them.
    """

    sheet: str
    row: int
    effect: Effect
    values: Mapping[str, Any]
    raw: tuple[Cell, ...]
    issues: tuple[Issue, ...]
    row_key: str
    operations: tuple[Operation, ...] = ()
    person_id: int | None = None
    candidates: tuple[Candidate, ...] = ()
    already_held: bool = False
    is_member: bool = False
    principal_row: tuple[str, int] | None = None
    mended: Mapping[str, str] = MappingProxyType({})

    @property
    def changed_fields(self) -> tuple[str, ...]:
        """For an update: the import fields that change."""
        return field_plan.changed_fields(self.operations) if self.effect is Effect.UPDATE else ()


def changes_anything(sheets: Iterable[Iterable[PlannedRow]]) -> bool:
    """Whether any row has something to write."""
    return any(
        row.effect in (Effect.NEW, Effect.UPDATE)
        or (row.effect is Effect.REVIEW and not row.already_held)
        for rows in sheets
        for row in rows
    )


def plan_file(office: Office, parsed: ParsedFile) -> list[tuple[PlannedRow, ...]]:
    """The plan of each sheet, in the file's order."""
    names_principals = any(sheet.kind != "people" for sheet in parsed.sheets)
    planner = _Planner(office, names_principals)
    order = sorted(range(len(parsed.sheets)), key=lambda i: parsed.sheets[i].kind != "people")
    planned: dict[int, tuple[PlannedRow, ...]] = {}
    rows = {kind: _settled(office, parsed, kind) for kind in ("people", "family")}
    for index in order:
        sheet = parsed.sheets[index]
        plan = planner.people if sheet.kind == "people" else planner.members
        own = [rows[sheet.kind][sheet.sheet, row.row] for row in sheet.rows]
        planned[index] = plan(sheet.sheet, own, sheet.column_index)
    return [planned[index] for index in range(len(parsed.sheets))]


def _settled(office: Office, parsed: ParsedFile, kind: str) -> dict[tuple[str, int], ParsedRow]:
    """The rows of one kind by sheet and row, as they are planned."""
    rows = {
        (sheet.sheet, row.row): _as_written(row) if row.given_only else row
        for sheet in parsed.sheets
        if sheet.kind == kind
        for row in sheet.rows
    }

    def effects(row: ParsedRow) -> frozenset[str]:
        return archive.effects_of_row(office.register, row_key(kind, row.values))

    field = "individual_reference" if kind == "people" else "principal_reference"
    columns = {sheet.sheet: sheet.column_index for sheet in parsed.sheets}
    return keep_what_went_in(rows, effects, field, columns)


def _as_written(row: ParsedRow) -> ParsedRow:
    """A lone given name stays one: whoever has a family name in the register keeps it."""
    values = {n: v for n, v in row.values.items() if n != "family_name"}
    return row._replace(values={**values, "given_names": row.values["family_name"]})


class _Planner:
    """Plans one file: knows the register's people and those that the file brings."""

    def __init__(self, office: Office, names_principals: bool) -> None:
        self._office = office
        self._names_principals = names_principals
        self._programme: Programme = office.programme()
        self._settled = archive.settled_rows(office.register)
        self._new_principals: dict[str, tuple[str, int]] = {}
        self._claimed: set[tuple[str, str]] = set()
        self._seen: dict[int, tuple[Mapping[str, Any], tuple[Operation, ...]]] = {}
        self._glanced: dict[int, tuple[ParsedRow, str]] = {}
        """The first row of each person that was settled at a glance, with its key."""

    @cached_property
    def _people(self) -> People:
        """Read only when a row is not settled: a list that comes again needs it for none."""
        register = self._office.register
        return People(archive.known_people(register), merges.old_numbers(register))

    @cached_property
    def _in_use(self) -> dict[tuple[str, str], int]:
        return archive.numbers_in_use(self._office.register)

    def people(
        self, sheet: str, rows: Sequence[ParsedRow], columns: Mapping[str, int]
    ) -> tuple[PlannedRow, ...]:
        keys = row_keys("people", [row.values for row in rows])
        waiting = [
            place
            for place, row in enumerate(rows)
            if row.effect != REJECTED and keys[place] not in self._settled
        ]
        nobody = bool(waiting) and self._people.nobody
        matches = {} if nobody else {p: self._match(rows[p], keys[p]) for p in waiting}
        known = [match.person_id for match in matches.values() if match.person_id is not None]
        files = self._files(known)
        planned: list[PlannedRow] = []
        for place, (row, key) in enumerate(zip(rows, keys, strict=True)):
            plan = self._at_a_glance(sheet, row, key, nobody)
            if plan is None:
                match = matches.get(place) or self._without_looking(row, key)
                plan = self._person(_Base(sheet, row, key, columns), match, files)
            planned.append(plan)
        return tuple(planned)

    def _without_looking(self, row: ParsedRow, key: str) -> Match | None:
        """Who a row is that no look at the register was needed for."""
        if row.effect == REJECTED:
            return None
        person = self._settled.get(key)
        # The second row of a person: somebody may have said of it who it is.
        settled = row.effect == OK and person is not None and self._match(row, key).settled
        return Match(person_id=person, settled=settled)

    def _at_a_glance(self, sheet: str, row: ParsedRow, key: str, nobody: bool) -> PlannedRow | None:
        """The plan of a row that is settled, or about somebody new where the register is empty;
        most are one or the other. None where a closer look is needed."""
        if row.effect != OK:
            return None
        person = self._settled.get(key)
        if person is not None and person not in self._seen and person not in self._glanced:
            effect = Effect.SAME
            self._glanced[person] = row, key
        elif person is None and nobody and field_plan.is_person_alone(row.values):
            effect = Effect.NEW
            if self._names_principals:
                self._remember(sheet, row)
        else:
            return None
        return PlannedRow(
            sheet, row.row, effect, row.values, row.raw, row.issues, key, (), person, (), False,
            False, None, row.mended,
        )  # fmt: skip

    def members(
        self, sheet: str, rows: Sequence[ParsedRow], columns: Mapping[str, int]
    ) -> tuple[PlannedRow, ...]:
        principals = {
            row.row: self._people.by_reference(str(row.values.get("principal_reference", "")))
            for row in rows
        }
        files = self._files([number for number in principals.values() if number is not None])
        return tuple(self._member(sheet, row, columns, principals[row.row], files) for row in rows)

    def _files(self, numbers: Sequence[int]) -> dict[int, PersonFile]:
        unique = list(dict.fromkeys(numbers))
        return {f.person.id: f for f in queries.files(self._office.register, unique)}

    def _is_settled(self, key: str, person: int) -> bool:
        """Whether the same row came in before, and nobody has touched the person since."""
        return self._settled.get(key) == person

    def _match(self, row: ParsedRow, key: str) -> Match:
        match = self._people.match(row.values)
        if match.old_numbers and archive.person_of_row(self._office.register, key) is not None:
            return replace(match, settled=True)
        if not match.candidates:
            return match
        for held in archive.held_rows(self._office.register, row_key=key):
            if held.resolution is not None:
                return Match(person_id=held.person_id, settled=True)
        before = archive.person_of_row(self._office.register, key)
        return Match(person_id=before) if before is not None else match

    def _person(
        self, base: _Base, match: Match | None, files: Mapping[int, PersonFile]
    ) -> PlannedRow:
        row, key = base.row, base.key
        if row.effect == DUPLICATE and match is not None:
            return base.planned(Effect.SAME, person_id=match.person_id or None)
        if match is None:
            return base.planned(Effect.REJECTED)
        if match.clash is not None:
            return base.planned(Effect.REJECTED, extra=("identifier_taken", match.clash, "error"))
        if match.candidates:
            held = archive.held_rows(self._office.register, row_key=key)
            field = "family_name" if "family_name" in row.values else "given_names"
            return base.planned(
                Effect.REVIEW,
                candidates=match.candidates,
                already_held=bool(held),
                extra=("possible_duplicate", field, "warning"),
            )
        if match.settled:
            # What the person in front of it took from the row then, and what not, stays.
            return base.planned(Effect.SAME, person_id=match.person_id)
        number = match.person_id
        if number is not None and self._is_settled(key, number):
            return self._known(base, number, ())
        file = files.get(number) if number is not None else None
        return self._merged(base, file, match.old_numbers)

    def _merged(
        self, base: _Base, file: PersonFile | None, old_numbers: Sequence[str] = ()
    ) -> PlannedRow:
        """A row that is about one person, new or known; old numbers name, and change nothing."""
        values = base.row.values
        if old_numbers:
            values = {n: value for n, value in values.items() if n not in old_numbers}
        if file is None and field_plan.is_person_alone(values):
            return self._new(base, ())
        if file is not None and _IDENTIFYING.isdisjoint(values):
            # Known again by the row alone: a name that somebody has put right since stays.
            values = {n: value for n, value in values.items() if n not in NAMES}
        try:
            if file is None:
                operations = field_plan.plan_history(values, self._programme)
            else:
                operations = field_plan.plan(file, values, self._programme)
        except DomainError:
            # The row's day and one that the register knows leave the permit no day.
            place = "permit_until" if "permit_until" in values else "permit_from"
            return base.planned(Effect.REJECTED, extra=("impossible_dates", place, "error"))
        taken = self._taken(operations)
        if taken is not None:
            return base.planned(Effect.REJECTED, extra=("identifier_taken", taken, "error"))
        if file is None:
            return self._new(base, operations)
        return self._known(base, file.person.id, operations)

    def _new(self, base: _Base, operations: tuple[Operation, ...]) -> PlannedRow:
        if self._names_principals:
            self._remember(base.sheet, base.row)
        return base.planned(Effect.NEW, operations=operations)

    def _known(self, base: _Base, person: int, operations: tuple[Operation, ...]) -> PlannedRow:
        """A row about someone in the register; only the register may tell that an earlier row of
        the file, under another number, was about the same person."""
        glanced = self._glanced.pop(person, None)
        if glanced is not None and not self._match(*glanced).settled:
            self._seen[person] = glanced[0].values, ()
        earlier = self._seen.setdefault(person, (base.row.values, operations))
        if earlier[0] is not base.row.values:
            if not _adds_nothing(earlier, base.row.values, operations):
                conflict = ("conflict_in_file", "individual_reference", "error")
                return base.planned(Effect.REJECTED, extra=conflict)
            repeat = ("duplicate_in_file", "individual_reference", "warning")
            return base.planned(Effect.SAME, extra=repeat, person_id=person)
        effect = Effect.UPDATE if operations else Effect.SAME
        return base.planned(effect, operations=operations, person_id=person)

    def _taken(self, operations: Sequence[Operation]) -> str | None:
        """The field whose number another application or permit has, here or in this file (ID-02).

        A number that is free is claimed for the row.
        """
        if all(op.entity not in ("application", "permit") for op in operations):
            return None
        claims: dict[tuple[str, str], int | None] = {
            (field, str(op.values[field])): op.number
            for op in operations
            if op.entity in ("application", "permit")
            for field in ("application_number", "permit_number")
            if op.values.get(field) is not None
        }
        for claim, own in claims.items():
            holder = self._in_use.get(claim)
            if claim in self._claimed or (holder is not None and holder != own):
                return claim[0]
        self._claimed.update(claims)
        return None

    def _remember(self, sheet: str, row: ParsedRow) -> None:
        for name in ("individual_reference", "uci", "file_number"):
            value = row.values.get(name)
            if value:
                self._new_principals.setdefault(normalise(str(value)), (sheet, row.row))

    def _member(
        self,
        sheet: str,
        row: ParsedRow,
        columns: Mapping[str, int],
        person_id: int | None,
        files: Mapping[int, PersonFile],
    ) -> PlannedRow:
        base = _Base(sheet, row, row_key("family", row.values), columns, is_member=True)
        if row.effect == REJECTED:
            return base.planned(Effect.REJECTED)
        reference = str(row.values.get("principal_reference", ""))
        principal_row = self._new_principals.get(normalise(reference))
        if person_id is None and principal_row is None:
            return base.planned(
                Effect.REJECTED, extra=("unknown_principal", "principal_reference", "error")
            )
        if row.effect == DUPLICATE:
            return base.planned(Effect.SAME, person_id=person_id)
        operations = _member_plan(files.get(person_id) if person_id else None, row.values)
        if not operations:
            return base.planned(Effect.SAME, person_id=person_id)
        effect = Effect.NEW if operations[0].number is None else Effect.UPDATE
        return base.planned(
            effect,
            operations=operations,
            person_id=person_id,
            principal_row=None if person_id is not None else principal_row,
        )


class _Base(NamedTuple):
    """What a planned row takes over from its parsed row."""

    sheet: str
    row: ParsedRow
    key: str
    columns: Mapping[str, int]
    is_member: bool = False

    def planned(
        self, effect: Effect, *, extra: tuple[str, str, str] | None = None, **more: Any
    ) -> PlannedRow:
        issues = self.row.issues
        if extra is not None and not any(issue.column == extra[1] for issue in issues):
            code, field, severity = extra
            column = self.columns.get(field, self.columns.get("full_name"))
            cell = address(self.row.row, column) if column is not None else None
            issues += (Issue(self.sheet, self.row.row, field, cell, code, severity, {}),)
        return PlannedRow(
            self.sheet,
            self.row.row,
            effect,
            self.row.values,
            self.row.raw,
            issues,
            self.key,
            is_member=self.is_member,
            mended=self.row.mended,
            **more,
        )


def _adds_nothing(
    earlier: tuple[Mapping[str, Any], tuple[Operation, ...]],
    values: Mapping[str, Any],
    operations: Sequence[Operation],
) -> bool:
    """Whether a row says only what an earlier row of the same person, and the register, say."""
    said, planned = earlier
    agrees = all(field_plan.same_value(n, said.get(n, value), value) for n, value in values.items())
    return agrees and all(op in planned for op in operations)


def _member_plan(file: PersonFile | None, values: Mapping[str, Any]) -> tuple[Operation, ...]:
    known = {name: values[name] for name in _MEMBER_FIELDS if values.get(name) is not None}
    if "family_name" not in known:
        known["family_name"] = known.pop("given_names")
    present: Member | None = None
    if file is not None:
        present = family.same_member(
            file, known["family_name"], known.get("given_names"), known.get("birth_date")
        )
    if present is None:
        wanted = Member(MemberId(0), PersonId(0), Relation(known.pop("relation")), **known)
        new = family.member_values(wanted)
        del new["person_id"]
        return (Operation("member", None, new, tuple(n for n in new if new[n] is not None)),)
    # Known again by the name alone, however it is spelled: the register's spelling stays.
    changed = {
        name: value
        for name, value in known.items()
        if getattr(present, name) != value and (name not in NAMES or getattr(present, name) is None)
    }
    if not changed:
        return ()
    return (Operation("member", present.id, changed, tuple(changed)),)
