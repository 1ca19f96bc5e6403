# SPDX-License-Identifier: Apache-2.0
"""Rows of a list whose passport number somebody else has, in the register or in the list itself.

A warning, never more: the row goes in, and *Possible duplicates* shows the pair. Reads only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from imp_plus_desktop.domain.people.identity import may_be_one_passport
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import list_name
from imp_plus_desktop.exchange.lists.drafts import Issue
from imp_plus_desktop.exchange.sheets.sheets import address
from imp_plus_desktop.services.imports.planning.planned_rows import Effect, PlannedRow
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import queries, twins

FIELD, CODE = "passport_number", "possible_duplicate"
_LOOKED_AT = frozenset({Effect.NEW, Effect.UPDATE})


class _Holder(NamedTuple):
    """Who has a passport: somebody of the register by id, somebody new by the row."""

    who: object
    citizenship: str | None
    name: str
    reference: str | None


def warned(
    office: Office,
    sheets: Sequence[tuple[PlannedRow, ...]],
    columns: Sequence[Mapping[str, int]],
) -> list[tuple[PlannedRow, ...]]:
    """The plan, with a warning at each passport number that somebody else has too."""
    numbers = [[_number(row) for row in rows] for rows in sheets]
    seen: set[str] = set()
    doubtful: set[str] = set()
    for number in (number for own in numbers for number in own if number):
        (doubtful if number in seen else seen).add(number)
    holders = _of_the_register(office, seen)
    doubtful |= holders.keys()
    if not doubtful:  # as in most lists: every passport is one person's
        return list(sheets)
    return [
        tuple(
            _one(row, number, holders, index) if number in doubtful else row
            for row, number in zip(rows, own, strict=True)
        )
        for rows, own, index in zip(sheets, numbers, columns, strict=True)
    ]


def _number(row: PlannedRow) -> str:
    """The passport number that a row brings, empty where it brings none."""
    if row.effect not in _LOOKED_AT or row.is_member:
        return ""
    return normalise(row.values.get(FIELD) or "")


def _one(
    row: PlannedRow, number: str, holders: dict[str, list[_Holder]], columns: Mapping[str, int]
) -> PlannedRow:
    values = row.values
    own = _Holder(
        row.person_id if row.person_id is not None else row.leader or (row.sheet, row.row),
        values.get("citizenship"),
        list_name(values.get("family_name"), values.get("given_names")),
        values.get("individual_reference"),
    )
    known = holders.setdefault(number, [])
    other = next(_others(known, own), None)
    known.append(own)
    if other is None:
        return row
    parameters: dict[str, Any] = {"name": other.name, "individual_reference": other.reference}
    column = columns.get(FIELD)
    cell = address(row.row, column) if column is not None else None
    issue = Issue(row.sheet, row.row, FIELD, cell, CODE, "warning", parameters)
    return row._replace(issues=(*row.issues, issue))


def _others(known: Sequence[_Holder], own: _Holder) -> Iterator[_Holder]:
    # What the register knows of the row's own person counts where the row is silent.
    country = own.citizenship or next((h.citizenship for h in known if h.who == own.who), None)
    for holder in known:
        if holder.who != own.who and may_be_one_passport(holder.citizenship, country):
            yield holder


def _of_the_register(office: Office, numbers: set[str]) -> dict[str, list[_Holder]]:
    found = twins.passport_holders(office.register, numbers)
    ids = list({one.person_id for one in found})
    people = {p.id: p for p in queries.entities(office.register, "person", Person, "id", ids, "id")}
    holders: dict[str, list[_Holder]] = {}
    for one in found:
        person = people[one.person_id]  # type: ignore[index]
        holder = _Holder(
            person.id, person.citizenship, person.list_name, person.individual_reference
        )
        holders.setdefault(one.number, []).append(holder)
    return holders
