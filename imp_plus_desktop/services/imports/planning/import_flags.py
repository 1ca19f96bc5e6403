# SPDX-License-Identifier: Apache-2.0
"""What the history that a list brings has against it, row by row, before anything is stored.

Each row's file is made as it would stand and asked for its flags; what the register is known to
have against it already is not told again. Reads the register; writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from itertools import chain
from typing import NamedTuple

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.codes import ApplicationKind, FlagCode
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.verdict import history_flags
from imp_plus_desktop.services.applications import flags
from imp_plus_desktop.services.family import row_members
from imp_plus_desktop.services.fields.foreseen import Foreseen
from imp_plus_desktop.services.fields.operations import Operation
from imp_plus_desktop.services.imports.planning.planned_rows import Effect, PlannedRow
from imp_plus_desktop.services.office import places
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import files_of

_HISTORY = frozenset({"application", "permit"})
_TOUCHES_HISTORY = _HISTORY | {"letter"}
_WRITTEN = (Effect.NEW, Effect.UPDATE)


class RowFlag(NamedTuple):
    """A flag that a row's history will have; `rule` of `RULE_FAILED` alone."""

    sheet: str
    row: int
    code: FlagCode
    rule: str | None = None


def flags_of_rows(office: Office, planned: Iterable[Sequence[PlannedRow]]) -> tuple[RowFlag, ...]:
    """The flags that planned rows will have, in the order of the rows."""
    everyone = [row for sheet in planned for row in sheet]
    found = (*_of_people(office, everyone), *_of_members(office, everyone))
    return tuple(sorted(found, key=lambda flag: (flag.sheet, flag.row)))


def _of_people(office: Office, everyone: Iterable[PlannedRow]) -> Iterable[RowFlag]:
    """The flags of the rows about people."""
    rows = [row for row in everyone if not row.is_member and _brings_history(row)]
    if not rows:
        return ()
    programme, today = office.programme(), office.clock.today()
    known = files_of(office, [row.person_id for row in rows if row.person_id is not None])
    led = {row.leader for row in rows if row.leader is not None}
    files: dict[object, Foreseen] = {}
    found: dict[RowFlag, None] = {}
    # Each row of a person on what those before it make of the file.
    for row in sorted(rows, key=lambda row: row.turn):
        place = row.leader or (row.sheet, row.row)
        foreseen = files.get(place)
        if foreseen is None:
            before = known.get(row.person_id) if row.person_id is not None else None
            foreseen = Foreseen(before)
            if place in led:
                files[place] = foreseen
        for flag in _of_row(row, foreseen, programme, today, leads=place in led):
            found[flag] = None
    for late in _over_cap(office, programme, rows):
        found[RowFlag(late.sheet, late.row, FlagCode.OVER_CAP)] = None
    return found


def _of_members(office: Office, everyone: Sequence[PlannedRow]) -> Iterator[RowFlag]:
    """The flags of the rows about members, family by family: what one row brings another one
    completes."""
    rows = [row for row in everyone if row.is_member and row.effect in _WRITTEN]
    programme, today = office.programme(), office.clock.today()
    doubtful = {
        _file_of(row): row.person_id
        for row in rows
        if _tells_history(row) and not _member_is_clear(row, programme, today)
    }
    known = files_of(office, [number for number in doubtful.values() if number is not None])
    families: dict[object, list[PlannedRow]] = {family: [] for family in doubtful}
    for row in rows if doubtful else ():
        families.get(_file_of(row), []).append(row)
    beside = _with_members(everyone) if doubtful else {}
    for family, own in families.items():
        foreseen = Foreseen(known.get(doubtful[family] or 0, _of_nobody()))
        if family in beside:
            # The members of the principal's own row are counted before those of the others.
            foreseen = Foreseen(known.get(doubtful[family] or 0))
            foreseen.write(beside[family].operations)
        for row in sorted(own, key=lambda row: row.turn):
            yield from _added(row, row.operations, foreseen, programme, today)


def _with_members(everyone: Iterable[PlannedRow]) -> dict[object, PlannedRow]:
    """The rows of principals that bring or change members beside them, by family."""
    return {
        ((row.sheet, row.row) if row.person_id is None else row.person_id, True): row
        for row in everyone
        if not row.is_member
        and row.effect in _WRITTEN
        and any(op.entity == "member" for op in row.operations)
    }


@cache
def _of_nobody() -> PersonFile | None:
    """An empty file of somebody whom the list brings: no flag of a member asks who it is."""
    foreseen = Foreseen(None)
    foreseen.write([Operation("person", None, {}, ())])
    return foreseen.file


def _tells_history(row: PlannedRow) -> bool:
    return any(op.entity in _HISTORY for op in row.operations)


def _member_is_clear(row: PlannedRow, programme: Programme, today: date) -> bool:
    """Whether a row brings an application of its own, a permit too, with nothing against them."""
    told: dict[str, object] = {}
    for op in row.operations:
        if op.entity in _HISTORY and op.number is not None:
            return False
        told.update(op.values if op.entity in _HISTORY else {})
    return history_flags.member_is_clear(told, programme, today)


def chosen_anew(
    office: Office,
    flags_before: Sequence[RowFlag],
    before: Iterable[Sequence[PlannedRow]],
    after: Iterable[Sequence[PlannedRow]],
) -> tuple[RowFlag, ...]:
    """The flags once some rows are planned otherwise: only these are looked at again."""
    pairs = list(zip(chain.from_iterable(before), chain.from_iterable(after), strict=True))
    touched = {_file_of(now) for then, now in pairs if now is not then}
    changed = [now for _then, now in pairs if _file_of(now) in touched] if touched else []
    places_changed = {(row.sheet, row.row) for row in changed}
    kept = [one for one in flags_before if (one.sheet, one.row) not in places_changed]
    anew = flags_of_rows(office, [changed])
    return tuple(sorted((*kept, *anew), key=lambda flag: (flag.sheet, flag.row)))


def _file_of(row: PlannedRow) -> object:
    """Whose file a row grows, as the rows of the list tell: a family, or the rows of one person."""
    if row.is_member:
        return row.principal_row or row.person_id, True
    return row.leader or (row.sheet, row.row)


def _brings_history(row: PlannedRow) -> bool:
    if not row.operations:
        return False
    wanted = _HISTORY if row.effect is Effect.NEW else _TOUCHES_HISTORY
    return row.effect in _WRITTEN and any(op.entity in wanted for op in row.operations)


def _of_row(
    row: PlannedRow, foreseen: Foreseen, programme: Programme, today: date, *, leads: bool
) -> Iterator[RowFlag]:
    """The flags that a row adds to a file, which then holds what the row tells."""
    operations: Sequence[Operation] = row.operations
    if foreseen.file is None:
        clear = _is_first(row) and history_flags.clear_at_a_glance(row.values, programme, today)
        if clear and not leads:
            return
        operations = row_members.plan(None, row.values, programme, today=today)
    yield from _added(row, operations, foreseen, programme, today)


def _added(
    row: PlannedRow,
    operations: Sequence[Operation],
    foreseen: Foreseen,
    programme: Programme,
    today: date,
) -> Iterator[RowFlag]:
    """The flags that a file has with these operations of a row, and had not without them."""
    told: set[tuple[FlagCode, int, str]] = set()
    if foreseen.file is not None:
        stood = history_flags.flags_of(foreseen.file, programme, today)
        told = {(flag.code, flag.subject_id, flag.about) for flag in stood}
    foreseen.write(operations)
    assert foreseen.file is not None  # a plan for somebody new begins with the person
    for flag in history_flags.flags_of(foreseen.file, programme, today):
        if (flag.code, flag.subject_id, flag.about) not in told:
            yield RowFlag(row.sheet, row.row, flag.code, flag.rule)


def _is_first(row: PlannedRow) -> bool:
    """Whether a row about somebody new tells of one application, a first one, and that once."""
    kinds = [op.values.get("kind") for op in row.operations if op.entity == "application"]
    return kinds == [ApplicationKind.FIRST]


def _over_cap(
    office: Office, programme: Programme, rows: Sequence[PlannedRow]
) -> Iterator[PlannedRow]:
    """The rows whose applications would be the last ones of a year that has too many."""
    by_year: dict[int, list[tuple[datetime, int]]] = {}
    years = places.HistoryYears(programme)
    for place, row in enumerate(rows):
        for op in row.operations:
            if op.entity != "application" or op.number is not None:
                continue
            year = years.of(op.values)
            received = op.values.get("received_at")
            if year is not None and isinstance(received, datetime):
                by_year.setdefault(year, []).append((received.astimezone(UTC), place))
    for year, own in by_year.items():
        for place in flags.over_with(office, programme, year, own):
            yield rows[place]
