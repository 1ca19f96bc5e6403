# SPDX-License-Identifier: Apache-2.0
"""What a planned import changes, field by field: against the register, and against the last list.

Reads only. The last list is the latest import of the same layout that still stands, from its
archived rows; both lists are read by the same reader, so that only what they say can differ.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import IN_FAMILY, PARTS, columns_of, rows_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.names import list_name
from imp_plus_desktop.exchange.columns.matching import PEOPLE
from imp_plus_desktop.services.fields import field_plan
from imp_plus_desktop.services.fields.field_plan import Operation
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.imports import Preview
from imp_plus_desktop.services.imports.planning.planned_rows import Effect, PlannedRow
from imp_plus_desktop.services.imports.sides import senders
from imp_plus_desktop.services.imports.sides.past_rows import read_again
from imp_plus_desktop.services.imports.sides.senders import Renamed
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive.past_lists import PastList, PastRow
from imp_plus_desktop.storage.reads import queries

_COLUMNS = {entity: columns_of(entity) for entity in ("person", *PARTS)}
"""The columns of the import fields, by entity."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what it was, what it becomes; typed values, None for nothing."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A person of both lists about whom they say different things."""

    sheet: str
    row: int
    person_id: int | None
    name: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """A person of the last list who is not in this one."""

    person_id: int
    name: str
    individual_reference: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """This list against the last one of its sender: `new` are the rows (sheet, row) it lacks,
    `renamed` the columns that have another header since."""

    act: int
    file_name: str
    at: datetime
    new: tuple[tuple[str, int], ...]
    changed: tuple[ChangedRow, ...]
    vanished: tuple[Gone, ...]
    renamed: tuple[Renamed, ...] = ()


def differences(
    office: Office, rows: Iterable[PlannedRow]
) -> dict[tuple[str, int], tuple[Difference, ...]]:
    """What rows that update the register change in it, by (sheet, row)."""
    updates = [row for row in rows if row.effect is Effect.UPDATE and row.person_id is not None]
    numbers = list(dict.fromkeys(row.person_id for row in updates if row.person_id is not None))
    files: dict[int, PersonFile] = {
        file.person.id: file for file in queries.files(office.register, numbers)
    }
    return {
        (row.sheet, row.row): tuple(
            of_operations(files.get(row.person_id or 0), row.operations, row.values)
        )
        for row in updates
    }


def of_operations(
    file: PersonFile | None, operations: Iterable[Operation], values: Mapping[str, Any]
) -> Iterator[Difference]:
    """What planned operations change in a file, field by field; `values` are the row's."""
    for op in operations:
        names = _COLUMNS.get(op.entity, {})
        present = _present(file, op.entity, op.number)
        for field in op.fields:
            column = names.get(IN_FAMILY.get(field, (field,))[0], field)
            after = op.values.get(column, values.get(field))
            yield Difference(field, getattr(present, column, None), after)


def _present(file: PersonFile | None, entity: str, number: int | None) -> object:
    if file is None or number is None:
        return None
    return next((row for row in rows_of(file, entity) if row.id == number), None)


def against_last(office: Office, preview: Preview) -> Comparison | None:
    """This list of people against the last one of its sender; None when there was none.

    Where less than half of the last list's people are here it is another batch: None too, as what
    is new or gone beside it says nothing. A list of family is compared with no list.
    """
    sheets = [sheet for sheet in preview.sheets if sheet.parsed.kind == PEOPLE]
    lists = [sheet.parsed for sheet in sheets]
    known_again = preview.stands_since is not None
    here = cache(partial(imports.people_here, office, preview))
    last = senders.last_list(office, lists, here, with_rows=not known_again)
    if last is None:
        return None
    if known_again:
        return Comparison(last.act, last.file_name, last.at, (), (), ())
    known: dict[int | None, PastRow] = {
        row.person_id: row for row in last.rows if row.person_id is not None
    }
    gone = [number for number in known if number is not None and number not in here()]
    if 2 * len(gone) > len(known):
        return None
    keys = {row.row_key for row in last.rows}
    new: list[tuple[str, int]] = []
    pairs: list[tuple[PlannedRow, PastRow]] = []
    people = (row for sheet in sheets for row in sheet.rows if not row.is_member)
    for row in (row for row in people if row.row_key not in keys):
        before = known.get(row.person_id)
        if before is not None:
            pairs.append((row, before))
        elif row.effect is not Effect.REJECTED:
            new.append((row.sheet, row.row))
    moved = senders.moved(office, last.act, lists)
    changed = tuple(_changed(office, last, pairs, moved.shared)) if pairs else ()
    vanished = tuple(_gone(office, gone))
    return Comparison(
        last.act, last.file_name, last.at, tuple(new), changed, vanished, moved.renamed
    )


def _changed(
    office: Office,
    last: PastList,
    pairs: Sequence[tuple[PlannedRow, PastRow]],
    shared: Collection[str] | None,
) -> Iterator[ChangedRow]:
    """`shared` are the fields that both lists have a column for, None where these are the same."""
    before = read_again(office, last.act, [(old.sheet, old.row) for _row, old in pairs])
    for row, past in pairs:
        old = before.get((past.sheet, past.row))
        if old is None:
            continue
        fields = dict.fromkeys((*old.values, *row.values))
        found = tuple(
            Difference(field, old.values.get(field), row.values.get(field))
            for field in fields
            if (shared is None or field in shared)
            and not field_plan.same_value(field, old.values.get(field), row.values.get(field))
        )
        if found:
            said = (row.values, old.values)
            names = (list_name(v.get("family_name"), v.get("given_names")) for v in said)
            name = next(filter(None, names), "")
            yield ChangedRow(row.sheet, row.row, row.person_id, name, found)


def _gone(office: Office, numbers: Sequence[int]) -> Iterator[Gone]:
    for file in queries.files(office.register, numbers):
        person = file.person
        yield Gone(person.id, person.list_name, person.individual_reference)
