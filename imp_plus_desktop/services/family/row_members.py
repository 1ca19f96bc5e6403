# SPDX-License-Identifier: Apache-2.0
"""What a row of a list writes of members of a family, in a list of families or beside a person.

    operations(file, inserted, programme, values)     of the one member of a row of a family list
    plan(file, values, programme, ...)                of a person with the members beside them

Pure: a file and typed values give rows to insert and fields to update.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from imp_plus_desktop.domain.records.catalogue import (
    FAMILY,
    FAMILY_SLOTS,
    IN_FAMILY,
    MEMBER,
    NAMES,
    PRINCIPAL,
    known_of,
    slot_field,
)
from imp_plus_desktop.domain.records.catalogue import MEMBER_FIELDS as OF_THE_REGISTER
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.family.member_history import member_history
from imp_plus_desktop.services.fields import field_plan
from imp_plus_desktop.services.fields.field_plan import Operation, Values
from imp_plus_desktop.services.fields.foreseen import Foreseen

MEMBER_FIELDS = frozenset(
    (
        *(field.name for field in FAMILY if field is not PRINCIPAL),
        *(field.name for field in MEMBER if field.traits.partly),
    )
)
"""What a row may say of a member alone."""
_OF_THE_REGISTER = frozenset(OF_THE_REGISTER)


def plan(
    file: PersonFile | None, values: Values, programme: Programme, **options: Any
) -> tuple[Operation, ...]:
    """What it takes for the register to hold a row about a person, with the members beside them.

    `options` are those of `field_plan.plan`, which plans what is the person's own. A group such as
    *conjoint* says what a new member is, and changes nothing of what a known one is.
    Errors: DomainError permit_ends_before_issue, not_received_yet.
    """
    planned = field_plan.plan(file, values, programme, **options)
    if IN_FAMILY.keys().isdisjoint(values):
        return planned
    foreseen = Foreseen(file)
    foreseen.write(planned)
    for slot, told in _beside(values).items():
        assert foreseen.file is not None  # the plan of somebody new begins with the person
        own = operations(foreseen.file, foreseen.inserted, programme, told, FAMILY_SLOTS[slot])
        foreseen.write(own)
        planned += tuple(_in_slot(operation, slot) for operation in own)
    return planned


def _beside(values: Values) -> dict[str, dict[str, Any]]:
    """What a row says of each member beside its person, by slot and plain field."""
    told: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        if name in IN_FAMILY and value is not None:
            plain, slot = IN_FAMILY[name]
            told.setdefault(slot, {})[plain] = value
    named = {slot for slot, own in told.items() if not own.keys().isdisjoint(NAMES)}
    return {slot: told[slot] for slot in FAMILY_SLOTS if slot in named}


def _in_slot(operation: Operation, slot: str) -> Operation:
    return operation._replace(fields=tuple(slot_field(slot, name) for name in operation.fields))


def operations(
    file: PersonFile,
    inserted: int,
    programme: Programme,
    values: Values,
    relation: Relation | None = None,
    others: int = 0,
) -> tuple[Operation, ...]:
    """What a row writes of a member, and of an application of theirs, after the rows that were
    `inserted` before. `relation` is what a new member is of whom the row does not say it; of the
    rows before, another list brought the first `others`."""
    known = told_of_member(values)
    present = _present(file, known, others)
    foreseen = Foreseen(file, inserted)
    of_member = [new_member(known, relation)] if present is None else list(_changed(present, known))
    foreseen.write(of_member)
    grown = foreseen.file
    assert grown is not None
    number = present.id if present is not None else -inserted - 1
    now = next(member for member in grown.members if member.id == number)
    return (*of_member, *member_history(grown, now, values, programme))


def told_of_member(values: Values) -> dict[str, Any]:
    """What a row says of the member; of one name alone that it is the family name."""
    known = {n: value for n, value in values.items() if value is not None and n in MEMBER_FIELDS}
    if "family_name" not in known:
        known["family_name"] = known.pop("given_names")
    return known


def new_member(known: Mapping[str, Any], relation: Relation | None = None) -> Operation:
    """The member whom a row brings; a dependent of whom nothing else is said is a child."""
    told = {name: value for name, value in known.items() if name in _OF_THE_REGISTER}
    stated = tuple(told)
    told["relation"] = Relation(known.get("relation") or relation or Relation.CHILD)
    return Operation("member", None, told, stated)


def names(values: Mapping[str, Any]) -> tuple[str, str]:
    """The folded names by which a family knows a member."""
    return fold(values["family_name"]), fold(values.get("given_names") or "")


def _present(file: PersonFile, known: Mapping[str, Any], others: int) -> Member | None:
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
    is_of_this_list = found.id < -others
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
