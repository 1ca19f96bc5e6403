# SPDX-License-Identifier: Apache-2.0
"""The writing of a planned import within its act: people, families, rows held for a person, and the
archive that lets every value show its cell.

    write(act, preview, programme, progress) -> the people of new rows by (sheet, row)
    archived(preview, people), details(preview)      what the archive and the act keep
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.exchange.sheets.row_blocks import packed_blocks
from imp_plus_desktop.services.fields import plan_writing
from imp_plus_desktop.services.fields.operations import Operation
from imp_plus_desktop.services.fields.plan_writing import LEFT_OUT, NewRow
from imp_plus_desktop.services.imports import import_letters, import_source
from imp_plus_desktop.services.imports.planning.import_choosing import LETTER_MOVED
from imp_plus_desktop.services.imports.planning.import_preview import Preview
from imp_plus_desktop.services.imports.planning.member_plan import tells_of_members
from imp_plus_desktop.services.imports.planning.planned_rows import Effect, PlannedRow
from imp_plus_desktop.services.imports.planning.row_keys import values_json
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.storage.archive.archive import ArchivedRow, ArchivedSheet
from imp_plus_desktop.storage.archive.past_sheets import KEPT
from imp_plus_desktop.storage.journal.act import Act

_SLICE = 2_000
"""New people written at once: the time to cancel an import."""
_FIRST_SLICE = 500
_STEP = 500
_ONE_BY_ONE = frozenset({Effect.UPDATE, Effect.REVIEW})


def write(
    act: Act, preview: Preview, programme: Programme, progress: Progress | None
) -> dict[tuple[str, int], int]:
    """Write the plan, people before families. Returns the people of new rows by (sheet, row)."""
    new, others, relatives = _parted([row for sheet in preview.sheets for row in sheet.rows])
    people: dict[tuple[str, int], int] = {}
    numbers: dict[tuple[str, int], dict[int, int]] = {}
    families = {
        int(one.update.file.person.id): _as_planned({}, one.update.operations, ())
        for one in preview.contested
        if not one.update.is_member and tells_of_members(one.update.operations)
    }
    foreseen = {one.place: one.update.operations for one in preview.contested}
    steps = _Steps(progress, len(new) + len(others) + len(relatives))
    for some in _slices(new):
        rows = [NewRow(r.values, r.operations, r.sheet, r.row) for r in some]
        ids = plan_writing.execute_new(act, rows, programme)
        people.update({(r.sheet, r.row): number for r, number in zip(rows, ids, strict=True)})
        steps.done(len(rows))
    for row in _one_by_one(act, others):
        if row.is_member:
            _write_member(act, row, people, programme, families)
        elif row.effect in (Effect.NEW, Effect.UPDATE):
            own = numbers.setdefault(row.leader or (row.sheet, row.row), {})
            _write_person(act, row, people, programme, own)
            planned = foreseen.get((row.sheet, row.row), row.operations)
            if tells_of_members(planned):
                # The members' own rows count on, as they were planned.
                families[_person_of(row, people)] = _as_planned(own, planned, row.operations)
        elif not row.already_held:
            _hold(act, row)
        steps.done(1)
    for some in _slices(relatives):
        _write_new_members(act, some, people)
        steps.done(len(some))
    return people


def _one_by_one(act: Act, rows: Sequence[PlannedRow]) -> Iterator[PlannedRow]:
    """The rows in their order, once what the next of them change is read."""
    for place, row in enumerate(rows):
        if place % _STEP == 0:
            operations = (op for one in rows[place : place + _STEP] for op in one.operations)
            known = ((op.entity, op.number) for op in operations if op.number is not None)
            act.read_ahead((entity, number) for entity, number in known if number > 0)
        yield row


def _slices(rows: Sequence[PlannedRow]) -> Iterator[Sequence[PlannedRow]]:
    """The first slice is small: what it brings is inserted while the next one is made ready."""
    start, size = 0, _FIRST_SLICE
    while start < len(rows):
        yield rows[start : start + size]
        start, size = start + size, _SLICE


def _parted(
    everyone: Sequence[PlannedRow],
) -> tuple[list[PlannedRow], list[PlannedRow], list[PlannedRow]]:
    """The rows of new people that are written in bulk, those that are written one by one after
    them, and the new members that come last, in bulk again."""
    of_people = [row for row in everyone if row.effect is Effect.NEW and not row.is_member]
    relatives, entwined = _members(everyone)
    others = [row for row in everyone if not row.is_member and row.effect in _ONE_BY_ONE]
    others = [*(row for row in of_people if _has_whole_plan(row)), *others]
    # What a row tells of a further application is written after what led to it.
    others.sort(key=lambda row: row.turn)
    return [row for row in of_people if not _has_whole_plan(row)], [*others, *entwined], relatives


def archived(preview: Preview, people: dict[tuple[str, int], int]) -> list[ArchivedSheet]:
    """The rows of each list as the archive keeps them, with the people whom they brought."""
    read = {sheet.name: sheet for sheet in preview.source.workbook.sheets}
    kept = {(one.sheet, one.row) for one in preview.sides if not one.taken}
    return [
        ArchivedSheet(
            sheet.parsed.sheet,
            sheet.parsed.signature,
            packed_blocks(read[sheet.parsed.sheet]),
            [_archived_row(row, people, kept) for row in sheet.rows],
        )
        for sheet in preview.sheets
    ]


def details(preview: Preview) -> dict[str, Any]:
    """What the act keeps: counts, and the mapping by which a value finds its cell."""
    counts = {f.name: getattr(preview.counts, f.name) for f in fields(preview.counts)}
    # A history of people and of members reads better apart than as one sum.
    counts["new_members"] = preview.new_members
    counts["new"] -= preview.of_members.new
    return {
        "counts": {name: number for name, number in counts.items() if number},
        "date_order": preview.parsed.date_proof.order,
        "only_sheet": preview.choices.sheet,
        **import_letters.recorded(preview.choices),
        "sheets": [import_source.kept(sheet.parsed) for sheet in preview.sheets],
        **_undecided(preview),
    }


def _undecided(preview: Preview) -> dict[str, Any]:
    """The cells of conflicts that are asked about again: see `PastSheet.undecided`."""
    open_ones = (one for one in preview.conflicts if preview.asks_of(one))
    cells = [list(one.key) for one in open_ones if not one.taken]
    return {"undecided": cells} if cells else {}


def _has_whole_plan(row: PlannedRow) -> bool:
    """Whether the plan of somebody new says all, and not only what `new_files` leaves out."""
    return bool(row.operations) and row.operations[0].entity == "person"


class _Steps:
    """Tells the progress of rows, not of each one."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total = progress, total
        self._done = 0
        self.done(0)

    def done(self, rows: int) -> None:
        """So many rows more are written. Raises Cancelled."""
        self._done += rows
        if self._progress is not None and (rows != 1 or self._done % _STEP == 0):
            self._progress.step(self._done, self._total)


def _members(rows: Iterable[PlannedRow]) -> tuple[list[PlannedRow], list[PlannedRow]]:
    """The rows that each bring a new member and no more, of families of which no row does more, and
    the others in the order in which they are written."""
    own = [row for row in rows if row.is_member and row.effect in (Effect.NEW, Effect.UPDATE)]
    plain = [_brings_member_alone(row) for row in own]
    if all(plain):
        return own, []
    families = [row.principal_row or row.person_id for row in own]
    entwined = {family for family, alone in zip(families, plain, strict=True) if not alone}
    others = [row for row, one in zip(own, families, strict=True) if one in entwined]
    others.sort(key=lambda row: row.turn)
    return [row for row, one in zip(own, families, strict=True) if one not in entwined], others


def _brings_member_alone(row: PlannedRow) -> bool:
    op = row.operations[0]
    return len(row.operations) == 1 and op.entity == "member" and op.number is None


def _write_person(
    act: Act,
    row: PlannedRow,
    people: dict[tuple[str, int], int],
    programme: Programme,
    numbers: dict[int, int],
) -> None:
    place = (row.sheet, row.row)
    person = row.person_id if row.person_id is not None else people.get(row.leader or place)
    written = plan_writing.execute(act, row.operations, person, programme, *place, numbers=numbers)
    if row.person_id is None:
        people[place] = written


def _as_planned(
    written: dict[int, int], planned: Sequence[Operation], chosen: Sequence[Operation]
) -> dict[int, int]:
    """The register's numbers of the rows that a plan inserts, where some were chosen to stay out:
    they have the number 0. `written` are those of the rows that came in, in their order."""
    if planned is chosen:
        return written
    numbers = iter(written.values())
    left = [(_told(op), next(numbers)) for op in chosen if op.number is None]
    found: dict[int, int] = {}
    for op in planned:
        if op.number is None:
            pair = next((one for one in left if one[0] == _told(op)), None)
            if pair is not None:
                left.remove(pair)
            found[-len(found) - 1] = pair[1] if pair is not None else LEFT_OUT
    return found


def _told(op: Operation) -> tuple[object, ...]:
    """What a plan inserts, without the numbers of other rows of the plan."""
    return op.entity, {n: v for n, v in op.values.items() if not n.endswith("_id")}


def _person_of(row: PlannedRow, people: Mapping[tuple[str, int], int]) -> int:
    return row.person_id if row.person_id is not None else people[row.sheet, row.row]


def _write_new_members(
    act: Act, rows: Sequence[PlannedRow], people: Mapping[tuple[str, int], int]
) -> None:
    """Write the members whom rows bring, one a row, in bulk."""
    whose = [
        row.person_id or 0 if row.principal_row is None else people[row.principal_row]
        for row in rows
    ]
    told = [
        {**row.operations[0].values, "id": number, "person_id": person}
        for row, number, person in zip(rows, act.new_ids("member", len(rows)), whose, strict=True)
    ]
    act.insert_many("member", told, whose, [(row.sheet, row.row) for row in rows])


def _write_member(
    act: Act,
    row: PlannedRow,
    people: Mapping[tuple[str, int], int],
    programme: Programme,
    numbers: dict[int, dict[int, int]],
) -> None:
    if row.effect not in (Effect.NEW, Effect.UPDATE):
        return
    person = row.person_id if row.principal_row is None else people[row.principal_row]
    assert person is not None  # a member is of somebody
    own = numbers.setdefault(person, {})
    plan_writing.execute(act, row.operations, person, programme, row.sheet, row.row, numbers=own)


def _hold(act: Act, row: PlannedRow) -> None:
    act.insert(
        "held_row",
        {
            "act_id": act.reserve(),
            "sheet": row.sheet,
            "sheet_row": row.row,
            "row_key": row.row_key,
            "field_values": values_json(row.values),
            "candidates": json.dumps(
                [
                    {"person": c.person_id, "score": c.score, "because": list(c.because)}
                    for c in row.candidates
                ]
            ),
        },
        sheet=row.sheet,
        row=row.row,
    )


def _archived_row(
    row: PlannedRow, people: Mapping[tuple[str, int], int], kept: Collection[tuple[str, int]]
) -> ArchivedRow:
    person = None if row.is_member else row.person_id or people.get((row.sheet, row.row))
    mended = json.dumps(row.mended, ensure_ascii=False) if row.mended else None
    effect = KEPT if (row.sheet, row.row) in kept else row.effect.value
    asked = any(issue.code == LETTER_MOVED for issue in row.issues)
    # A row that asks is never known again as one that went in: the next list asks too.
    key = f"{row.row_key}:asks" if asked else row.row_key
    return ArchivedRow(row.row, effect, person, key, mended)
