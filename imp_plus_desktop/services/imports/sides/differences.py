# SPDX-License-Identifier: Apache-2.0
"""What a row would change in the register, value by value, each with what the row tells without it.

    of_update(update) -> what its updates change
    of_entries(update, writings) -> entries whose number or name somebody has corrected since

Pure but for the journal's changes that it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import (
    IN_FAMILY,
    NAMES,
    PARTS,
    columns_of,
    rows_of,
    slot_field,
)
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.services.fields.field_plan import Operation
from imp_plus_desktop.services.imports.sides.conflicts import Update
from imp_plus_desktop.services.imports.sides.past_words import PERMIT_FIELDS, RESIDENCE
from imp_plus_desktop.storage.history.writings import Writing, Writings

_COLUMNS = {entity: columns_of(entity) for entity in ("person", *PARTS)}
_KEYS = {"passport": ("passport_number", "number"),
         "application": ("application_number", "application_number")}  # fmt: skip
"""The number by which a row knows an entry that stands beside a person: field and column."""
_WITH = {
    "passport": tuple(columns_of("passport")),
    "application": (*columns_of("application"), *PERMIT_FIELDS),
}
"""What a row tells of such an entry, and of what hangs on it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of a row that is not the register's.

    `ours` and `theirs` are shown, `pair` compared where the value is one of two fields. `leave`
    and `back` are those of `Contest`; `writing` is known where the journal told of the entry.
    """

    update: Update
    field: str
    compared: str
    entity: str
    number: int
    column: str
    ours: Any
    theirs: Any
    leave: Mapping[str, Any] | None
    pair: tuple[Any, Any] | None = None
    back: Operation | None = None
    writing: Writing | None = None

    def shown(self, base: Any) -> Any:
        """What is shown of a value that is compared: of two fields, the one that differs."""
        if self.pair is None or base is None:
            return base
        return base[0 if self.pair[0][0] != self.pair[1][0] else 1]

    @property
    def sides(self) -> tuple[Any, Any]:
        """The register's value and the list's, as they are compared."""
        return self.pair or (self.ours, self.theirs)


def of_update(update: Update) -> Iterator[Difference]:
    """What the row's updates change; new entries are no difference."""
    for op in update.operations:
        present = _present(update.file, op.entity, op.number)
        if present is None or op.number is None:
            continue
        if op.entity == RESIDENCE:
            yield _residence(update, op, present)
            continue
        names = _COLUMNS.get(op.entity, {})
        for field in op.fields:
            column = names.get(IN_FAMILY.get(field, (field,))[0], field)
            leave = _without(field, update.values)
            if column in op.values and leave:
                ours, theirs = getattr(present, column), op.values[column]
                yield Difference(
                    update, field, field, op.entity, op.number, column, ours, theirs, leave
                )


def of_entries(update: Update, writings: Writings) -> Iterator[Difference]:
    """Entries that the row would bring anew, because somebody has corrected or deleted the one
    that it speaks of."""
    for op in update.operations:
        if op.number is not None:
            continue
        if op.entity in _KEYS:
            yield from _numbered(update, op, writings)
        elif op.entity == "member":
            yield from _member(update, op, writings)


def _numbered(update: Update, op: Operation, writings: Writings) -> Iterator[Difference]:
    plain, column = _KEYS[op.entity]
    slot = _slot_of(op)
    field = slot_field(slot, plain)
    theirs = op.values.get(column)
    if theirs is None:
        return
    wanted = normalise(str(theirs))
    found = writings.replaced(
        update.file.person.id,
        op.entity,
        lambda _number, before: normalise(str(before.get(column) or "")) == wanted,
    )
    if found is None:
        return
    number, writing = found
    present = _present(update.file, op.entity, number)
    ours = getattr(present, column, None)
    if ours is not None and normalise(str(ours)) == wanted:
        return
    leave: dict[str, Any] = {slot_field(slot, name): None for name in _WITH[op.entity]}
    back = None
    if present is not None:
        leave = {field: ours}
        back = Operation(op.entity, number, {column: theirs}, (field,))
    yield Difference(
        update, field, field, op.entity, number, column, ours, theirs, leave, None, back, writing
    )


def _member(update: Update, op: Operation, writings: Writings) -> Iterator[Difference]:
    theirs = {name: op.values.get(name) for name in NAMES}
    wanted = _folded(theirs)

    def was(number: int, before: Mapping[str, Any]) -> bool:
        member = _present(update.file, "member", number)
        return _folded({n: before.get(n, getattr(member, n, None)) for n in NAMES}) == wanted

    found = writings.replaced(update.file.person.id, "member", was)
    if found is None:
        return
    number, writing = found
    member = _present(update.file, "member", number)
    ours = {name: getattr(member, name, None) for name in NAMES}
    slot = _slot_of(op)
    leave = _without_member(slot, ours if member is not None else None)
    for name in NAMES:
        if fold(str(theirs[name] or "")) != fold(str(ours[name] or "")):
            back, field = None, slot_field(slot, name)
            if member is not None:
                back = Operation("member", number, {name: theirs[name]}, (field,))
            yield Difference(
                update, field, field, "member", number, name, ours[name], theirs[name], leave,
                None, back, writing,
            )  # fmt: skip
            if member is None:
                return  # one question is enough about somebody who was taken out


def _slot_of(op: Operation) -> str:
    """Which member of the family beside a person an operation is about; empty for no such one."""
    slots = (IN_FAMILY[field][1] for field in op.fields if field in IN_FAMILY)
    return next(slots, "")


def _without_member(slot: str, ours: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What a row tells with the register's names of a member; of one who was taken out nothing, or
    nothing of them where the row is their principal's."""
    if ours is not None:
        return {slot_field(slot, name): value for name, value in ours.items()}
    return dict.fromkeys(name for name, told in IN_FAMILY.items() if told[1] == slot) or None


def _folded(names: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(fold(str(names[name] or "")) for name in NAMES)


def _residence(update: Update, op: Operation, present: Any) -> Difference:
    """Country and province are one value, shown by the one of both that differs."""
    ours, theirs = ((one.get("country"), one.get("province")) for one in (
        {"country": present.country, "province": present.province},
        {"country": present.country, "province": present.province, **op.values},
    ))  # fmt: skip
    place = 0 if ours[0] != theirs[0] else 1
    field = ("residence_country", "residence_province")[place]
    return Difference(
        update, field, RESIDENCE, op.entity, present.id, ("country", "province")[place],
        ours[place], theirs[place],
        dict.fromkeys(("residence_country", "residence_province")), (ours, theirs),
    )  # fmt: skip


def _without(field: str, values: Mapping[str, Any]) -> dict[str, None]:
    """What a row tells no more when a field of it is left out; empty where it cannot be."""
    names = {name for name in (field,) if values.get(name) is not None}
    if field == "outcome":
        # A permit says that it was approved.
        names |= {name for name in PERMIT_FIELDS if values.get(name) is not None}
    return dict.fromkeys(sorted(names))


def _present(file: PersonFile, entity: str, number: int | None) -> Any:
    if number is None or entity not in _COLUMNS:
        return None
    return next((row for row in rows_of(file, entity) if row.id == number), None)


def moves_letter(operations: Sequence[Operation]) -> bool:
    """Whether the date of a letter that is there already would be another: asked about of somebody
    new too, of whom an earlier row of the list has told it."""
    letters = (op for op in operations if op.entity == "letter" and op.number is not None)
    return any("letter_date" in op.values for op in letters)
