# SPDX-License-Identifier: Apache-2.0
"""What a row about a person will do: who it is, what it changes, and what speaks against it.

Reads the register and plans; writes nothing. The issues that need the register are raised here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from imp_plus_desktop.domain.records.catalogue import KEYS_OF_PEOPLE, NAMES, NAMING_PRINCIPALS
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.exchange.lists.drafts import DUPLICATE, OK, REJECTED, ParsedRow
from imp_plus_desktop.services.duplicates.in_register import InRegister
from imp_plus_desktop.services.duplicates.matching import (
    IN_BIN,
    OWN_NUMBER,
    SAME_NUMBER,
    Match,
    People,
)
from imp_plus_desktop.services.family import row_members
from imp_plus_desktop.services.fields import field_plan, new_people
from imp_plus_desktop.services.fields.field_plan import Operation
from imp_plus_desktop.services.fields.foreseen import Foreseen
from imp_plus_desktop.services.imports.planning import binned_people
from imp_plus_desktop.services.imports.planning.binned_people import BinnedPeople
from imp_plus_desktop.services.imports.planning.further_rows import Place, with_news
from imp_plus_desktop.services.imports.planning.planned_rows import (
    Effect,
    PlannedRow,
    UnplannedRow,
    adds_nothing,
)
from imp_plus_desktop.services.imports.planning.row_keys import row_key, row_keys
from imp_plus_desktop.services.imports.sides.conflicts import Update
from imp_plus_desktop.services.imports.sides.differences import moves_letter
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import files_of
from imp_plus_desktop.storage.archive import archive
from imp_plus_desktop.storage.reads import lookups
from imp_plus_desktop.storage.tables.serialization import by_shape

_CLAIMED = {"application": ("application_number",), "permit": ("permit_number",)}
_IDENTIFYING = frozenset((*KEYS_OF_PEOPLE, OWN_NUMBER))
"""The numbers that say who a row is."""
_REFERENCES = ("individual_reference", OWN_NUMBER)


class PersonPlanner:
    """Plans the people of one file: knows those of the register and those that the file brings."""

    def __init__(
        self,
        office: Office,
        known: InRegister,
        leaders: frozenset[Place] = frozenset(),
        *,
        names_principals: bool,
        second_letters: bool = False,
        seconds: Collection[Place] = (),
    ) -> None:
        """`known` is what the register knows of the file's rows, `leaders` are the rows of people
        of whom later rows tell more, `seconds` those whose letter was chosen to be a second one.
        """
        self._office = office
        self._known_rows = known
        self._settled = known.settled
        self._leaders = leaders
        self._seconds = seconds
        self._led: dict[Place, tuple[PlannedRow, Foreseen]] = {}
        self._names_principals = names_principals
        self._programme: Programme = office.programme()
        self._plan = partial(
            row_members.plan,
            programme=self._programme,
            today=office.clock.today(),
            second_letters=second_letters,
        )
        self._new_principals: dict[str, tuple[str, int]] = {}
        self._new_values: dict[Place, Mapping[str, Any]] = {}
        self._renamed: dict[str, int] = {}
        self._settled_references: dict[str, int] = {}
        """The people of rows that were settled at a glance, by their references."""
        """The people of the register by the numbers that rows of the file give them."""
        self._claimed: set[tuple[str, str]] = set()
        self._seen: dict[int, tuple[Mapping[str, Any], tuple[Operation, ...]]] = {}
        self._histories: Mapping[Place, tuple[Operation, ...]] = {}
        """Of the rows about new people in the sheet that is planned."""
        self._glanced: dict[int, tuple[ParsedRow, str]] = {}
        """The first row of each person that was settled at a glance, with its key."""
        self.updates: list[Update] = []
        """The rows that would change somebody of the register, by what they would write."""

    def rows(
        self, sheet: str, rows: Sequence[ParsedRow], columns: Mapping[str, int]
    ) -> tuple[PlannedRow, ...]:
        """The plan of a sheet's rows; `columns` by field, from 0."""
        told = [row.values for row in rows]
        shapes = list(by_shape(told))
        keys = row_keys("people", told, shapes)
        self._known_rows.settle(keys)
        waiting = [
            place
            for place, row in enumerate(rows)
            if row.effect != REJECTED and keys[place] not in self._settled
        ]
        nobody = bool(waiting) and self._people.nobody and not self.binned
        matches = {} if nobody else {p: self._match(rows[p], keys[p]) for p in waiting}
        if nobody or any(match.is_new for match in matches.values()):
            histories = new_people.histories(told, self._programme, shapes)
            by_place = zip(((sheet, row.row) for row in rows), histories, strict=True)
            self._histories = {place: plan for place, plan in by_place if plan is not None}
        known = [match.person_id for match in matches.values() if match.person_id is not None]
        files = files_of(self._office, known)
        planned: list[PlannedRow] = []
        for place, (row, key) in enumerate(zip(rows, keys, strict=True)):
            plan = self._at_a_glance(sheet, row, key, nobody)
            if plan is None:
                match = matches.get(place) or self._without_looking(row, key)
                plan = self._person(UnplannedRow(sheet, row, key, columns), match, files)
            if (sheet, row.row) in self._leaders:
                self._lead((sheet, row.row), plan, files)
            planned.append(plan)
        return tuple(planned)

    def further(
        self, sheet: str, row: ParsedRow, columns: Mapping[str, int], turn: int
    ) -> PlannedRow:
        """The plan of a row that tells of another application of somebody, after the rows before.

        Where the row that leads does not go in, this one stands for itself.
        """
        base = UnplannedRow(sheet, row, row_key("people", row.values), columns)
        leader = row.leader or (sheet, row.row)
        led, foreseen = self._led[leader]
        if led.effect is Effect.REVIEW:
            held = archive.held_rows(self._office.register, row_key=base.key)
            return base.planned(
                Effect.REVIEW,
                candidates=led.candidates,
                already_held=bool(held),
                extra=("possible_duplicate", "family_name", "warning"),
            )
        if led.effect is Effect.REJECTED:
            match = self._match(row, base.key)
            files = files_of(self._office, [match.person_id] if match.person_id else [])
            plan = self._person(base, match, files)
            self._lead(leader, plan, files)
            return plan
        self._known_rows.settle([base.key])
        if led.person_id is not None and self._is_settled(base.key, led.person_id):
            return base.planned(Effect.SAME, person_id=led.person_id)
        plan = self._merged(
            base._replace(row=with_news(row, led.values)),
            foreseen.file,
            self._old_numbers(led, row),
        )._replace(values=row.values)
        if plan.effect is Effect.REJECTED:
            return plan
        foreseen.write(plan.operations)
        return plan._replace(person_id=led.person_id, leader=leader, turn=turn)

    def _old_numbers(self, led: PlannedRow, row: ParsedRow) -> Sequence[str]:
        return self._people.match(row.values).old_numbers if led.person_id is not None else ()

    def _lead(self, place: Place, plan: PlannedRow, files: Mapping[int, PersonFile]) -> None:
        """Keep what a row makes of its person's file, for the rows that tell more."""
        number = plan.person_id
        file = files.get(number) if number is not None else None
        if number is not None and file is None:
            file = files_of(self._office, [number]).get(number)
        foreseen = Foreseen(file)
        foreseen.write(plan.operations)
        self._led[place] = plan, foreseen

    def of_register(self, reference: str) -> int | None:
        """The person of the register whom a number names, or whom a row of the file gives it; also
        the number of an application of theirs."""
        key = normalise(reference)
        if key in self._settled_references:
            return self._settled_references[key]
        if self._people.nobody:
            return None
        known = self._people.by_reference(reference)
        if known is None:
            known = self._renamed.get(key) or self._applicants.get(key)
        return known

    def of_file(self, reference: str) -> tuple[str, int] | None:
        """The sheet and row of someone new in the file whom a number names."""
        return self._new_principals.get(normalise(reference))

    @property
    def _people(self) -> People:
        return self._known_rows.people

    @cached_property
    def binned(self) -> BinnedPeople:
        """Whoever is in the bin; read when a row is not settled, as the people are."""
        return BinnedPeople(self._office)

    @cached_property
    def _applicants(self) -> dict[str, int]:
        """Read only where a family names its principal by no number of the person."""
        return lookups.applicants(self._office.register)

    def _at_a_glance(self, sheet: str, row: ParsedRow, key: str, nobody: bool) -> PlannedRow | None:
        """The plan of a row that is settled, or about somebody new where the register is empty;
        most are one or the other. None where a closer look is needed."""
        if row.effect != OK:
            return None
        operations: tuple[Operation, ...] = ()
        person = self._settled.get(key)
        if person is not None and person not in self._seen and person not in self._glanced:
            effect = Effect.SAME
            self._glanced[person] = row, key
            if self._names_principals:
                references = map(row.values.get, _REFERENCES)
                known = (normalise(str(reference)) for reference in references if reference)
                self._settled_references |= dict.fromkeys(known, person)
        elif person is None and nobody and (sheet, row.row) not in self._leaders:
            history = self._histories.get((sheet, row.row))
            if history is None or (history and self.taken(history)):
                return None
            effect, operations = Effect.NEW, history
            if self._names_principals:
                self._remember(sheet, row)
        else:
            return None
        return PlannedRow(
            sheet, row.row, effect, row.values, row.raw, row.issues, key, operations, person, (),
            False, False, None, row.mended,
        )  # fmt: skip

    def _without_looking(self, row: ParsedRow, key: str) -> Match | None:
        """Who a row is that no look at the register was needed for."""
        if row.effect == REJECTED:
            return None
        person = self._settled.get(key)
        # The second row of a person: somebody may have said of it who it is.
        settled = row.effect == OK and person is not None and self._match(row, key).settled
        return Match(person_id=person, settled=settled)

    def _is_settled(self, key: str, person: int) -> bool:
        """Whether the same row came in before, and nobody has touched the person since."""
        return self._settled.get(key) == person

    def _match(self, row: ParsedRow, key: str) -> Match:
        match = self.binned.seen_in(self._people.match(row.values), row.values)
        if match.old_numbers and archive.person_of_row(self._office.register, key) is not None:
            return replace(match, settled=True)
        if not match.candidates:
            return match
        for held in archive.held_rows(self._office.register, row_key=key):
            if held.resolution is not None and held.person_id not in self.binned:
                return Match(person_id=held.person_id, settled=True)
        before = archive.person_of_row(self._office.register, key)
        return Match(person_id=before) if before is not None else match

    def _person(
        self, base: UnplannedRow, match: Match | None, files: Mapping[int, PersonFile]
    ) -> PlannedRow:
        row, key = base.row, base.key
        if row.effect == DUPLICATE and match is not None:
            return base.planned(Effect.SAME, person_id=match.person_id or None)
        if match is None:
            return base.planned(Effect.REJECTED)
        if match.clash is not None:
            return base.planned(Effect.REJECTED, extra=("identifier_taken", match.clash, "error"))
        if match.candidates:
            return self._held(base, match)
        if match.settled:
            # What the person in front of it took from the row then, and what not, stays.
            return base.planned(Effect.SAME, person_id=match.person_id)
        number = match.person_id
        if number is not None and self._is_settled(key, number):
            return self._known(base, number, ())
        file = files.get(number or 0)
        return base.lacking(file) or self._merged(base, file, match.old_numbers)

    def _held(self, base: UnplannedRow, match: Match) -> PlannedRow:
        """A row that waits for a person to say who it is."""
        held = archive.held_rows(self._office.register, row_key=base.key)
        likest = match.candidates[0].because
        code = binned_people.CODE if IN_BIN in likest else "possible_duplicate"
        named = (*KEYS_OF_PEOPLE, OWN_NUMBER) if SAME_NUMBER in likest else ()
        fields = (*named, "family_name", "given_names")
        field = next(field for field in fields if base.row.values.get(field))
        return base.planned(
            Effect.REVIEW,
            candidates=match.candidates,
            already_held=any(row.resolution is None for row in held),
            extra=(code, field, "warning"),
        )

    def _merged(
        self, base: UnplannedRow, file: PersonFile | None, old_numbers: Sequence[str] = ()
    ) -> PlannedRow:
        """A row that is about one person, new or known; old numbers name, and change nothing."""
        values = base.row.values
        if old_numbers:
            values = {n: value for n, value in values.items() if n not in old_numbers}
        leads = (base.sheet, base.row.row) in self._leaders
        if file is None and field_plan.is_person_alone(values) and not leads:
            return self._new(base, ())
        if file is not None and _IDENTIFYING.isdisjoint(values):
            # Known again by the row alone: a name that somebody has put right since stays.
            values = {n: value for n, value in values.items() if n not in NAMES}
        try:
            operations = self._operations(base, file, values, leads)
        except DomainError:
            # The row's day and one that the register knows leave the permit no day.
            place = "permit_until" if "permit_until" in values else "permit_from"
            return base.planned(Effect.REJECTED, extra=("impossible_dates", place, "error"))
        taken = self.taken(operations)
        if taken is not None:
            return base.planned(Effect.REJECTED, extra=("identifier_taken", taken, "error"))
        if file is None:
            return self._new(base, operations)
        return self._changed(base, file, values, operations)

    def _changed(
        self,
        base: UnplannedRow,
        file: PersonFile,
        values: Mapping[str, Any],
        operations: tuple[Operation, ...],
    ) -> PlannedRow:
        """A row about somebody of the register; what it would change is told of in `updates`."""
        extra = field_plan.disagreeing(file, values)
        if base.row.leader is None:
            planned = self._known(base, file.person.id, operations, extra)
        else:
            planned = base.planned(
                Effect.UPDATE if operations else Effect.SAME, operations=operations, extra=extra
            )
        if planned.effect is Effect.UPDATE and (file.person.id > 0 or moves_letter(operations)):
            again = partial(self._plan, file)
            second = partial(self._plan, file, second_letters=True)
            if (base.sheet, base.row.row) in self._seconds:
                operations = again(values)  # what is asked about is the same letter's date
            own = (base.sheet, base.row.row, file, values, operations, again, base.columns)
            self.updates.append(Update(*own, as_second=second))
        return planned

    def _operations(
        self, base: UnplannedRow, file: PersonFile | None, values: Mapping[str, Any], leads: bool
    ) -> tuple[Operation, ...]:
        """What a row writes; of somebody new only what `new_files` leaves out, where it can."""
        place = base.sheet, base.row.row
        if file is None and not leads and not field_plan.needs_whole_plan(values):
            planned = self._histories.get(place) if values is base.row.values else None
            return planned or field_plan.plan_history(values, self._programme)
        plan = partial(self._plan, second_letters=True) if place in self._seconds else self._plan
        return plan(file, values)

    def _new(self, base: UnplannedRow, operations: tuple[Operation, ...]) -> PlannedRow:
        if self._names_principals:
            self._remember(base.sheet, base.row)
        return base.planned(Effect.NEW, operations=operations)

    def _known(
        self,
        base: UnplannedRow,
        person: int,
        operations: tuple[Operation, ...],
        extra: tuple[str, str, str] | None = None,
    ) -> PlannedRow:
        """A row about someone in the register; only the register may tell that an earlier row of
        the file, under another number, was about the same person."""
        glanced = self._glanced.pop(person, None)
        if glanced is not None and not self._match(*glanced).settled:
            self._seen[person] = glanced[0].values, ()
        earlier = self._seen.setdefault(person, (base.row.values, operations))
        if earlier[0] is not base.row.values:
            if not adds_nothing(earlier, base.row.values, operations):
                conflict = ("conflict_in_file", "individual_reference", "error")
                return base.planned(Effect.REJECTED, extra=conflict)
            repeat = ("duplicate_in_file", "individual_reference", "warning")
            return base.planned(Effect.SAME, extra=repeat, person_id=person)
        if self._names_principals and (operations or OWN_NUMBER in base.row.values):
            self._renamed |= dict.fromkeys(_numbers(base.row.values), person)
        effect = Effect.UPDATE if operations else Effect.SAME
        return base.planned(effect, operations=operations, person_id=person, extra=extra)

    def taken(self, operations: Sequence[Operation]) -> str | None:
        """The field whose number another application or permit has, here or in this file (ID-02).

        A number that is free is claimed for the row.
        """
        claims: dict[tuple[str, str], int | None] = {
            (field, str(op.values[field])): op.number
            for op in operations
            for field in _CLAIMED.get(op.entity, ())
            if op.values.get(field) is not None
        }
        for claim, own in claims.items():
            holder = self._known_rows.holder(claim)
            if claim in self._claimed or (holder is not None and holder != own):
                return claim[0]
        self._claimed.update(claims)
        return None

    def values_of(self, place: Place) -> Mapping[str, Any]:
        """What the file tells of a principal whom it brings."""
        return self._new_values[place]

    def _remember(self, sheet: str, row: ParsedRow) -> None:
        self._new_values[sheet, row.row] = row.values
        for key in _numbers(row.values):
            self._new_principals.setdefault(key, (sheet, row.row))


def _numbers(values: Mapping[str, Any]) -> list[str]:
    """The numbers by which families may name the person of a row."""
    return [normalise(str(values[name])) for name in NAMING_PRINCIPALS if values.get(name)]
