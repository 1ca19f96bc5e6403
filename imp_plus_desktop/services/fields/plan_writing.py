# SPDX-License-Identifier: Apache-2.0
"""Writes what `field_plan.py` has planned, in an open act.

People, what hangs on them, and their places.

Decides nothing of what is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from imp_plus_desktop.domain.quota import quota
from imp_plus_desktop.domain.values.calendar import toronto_year
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationKind, Outcome
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.fields import field_plan
from imp_plus_desktop.services.fields.corrections import ByHand
from imp_plus_desktop.services.fields.field_plan import Operation
from imp_plus_desktop.services.office import places
from imp_plus_desktop.storage.journal import cap_places
from imp_plus_desktop.storage.journal.act import Act, NewFiles


def execute(
    act: Act,
    operations: tuple[Operation, ...],
    person_id: int | None,
    programme: Programme,
    sheet: str | None = None,
    row: int | None = None,
    *,
    hand: ByHand | None = None,
    numbers: dict[int, int] | None = None,
) -> int:
    """Write a plan. Returns the person's id, new or given.

    `hand` is somebody's own entry, which the cap holds; a list brings history as it was. `numbers`
    are the register's own for the foreseen ones of the person's earlier plans (`foreseen.py`), to
    which those of this one are added. Errors: DomainError year_full.
    """
    known = {} if numbers is None else numbers
    writing = _Writing(act, programme, (sheet, row), known, person_id, hand)
    for op in operations:
        writing.write(op)
    if writing.person is None:
        raise ValueError("a plan for a new person begins with the person")
    return writing.person


_ON_APPLICATIONS = frozenset(("permit", "request", "portal_line"))
"""What hangs on the application that was written before it, where it names no other."""


@dataclass(slots=True)
class _Writing:
    """The writing of one person's plan: what has been written so far."""

    act: Act
    programme: Programme
    source: tuple[str | None, int | None]
    numbers: dict[int, int]
    person: int | None
    hand: ByHand | None
    application: int | None = None

    def write(self, op: Operation) -> None:
        number = op.number
        if number is not None and number < 0:
            number = self.numbers[number]
        values = dict(op.values)
        for link in ("application_id", "member_id"):
            of = values.get(link)
            if isinstance(of, int) and of < 0:
                values[link] = self.numbers[of]
        if op.entity == "application":
            op = op._replace(number=number)
            self.application = _write_application(
                self.act, op, values, self.person, self.programme, self.source, self.hand
            )
            written = self.application
        elif number is not None:
            sheet, row = self.source
            self.act.update(op.entity, number, values, sheet=sheet, row=row)
        else:
            written = self._insert(op.entity, values)
        if number is None:
            self.numbers[-len(self.numbers) - 1] = written

    def _insert(self, entity: str, values: dict[str, object]) -> int:
        sheet, row = self.source
        if entity in _ON_APPLICATIONS:
            values.setdefault("application_id", self.application)
        if entity == "note":
            values["written_at"] = self.act.now
        if entity not in ("person", "permit"):
            values["person_id"] = self.person
        written = self.act.insert(entity, values, sheet=sheet, row=row)
        if entity == "person":
            self.person = written
        return written


class NewRow(NamedTuple):
    """A row of a list about a new person, with its plan where it tells of an application too.

    A tuple, because a list makes many thousands of them.
    """

    values: Mapping[str, object]
    operations: tuple[Operation, ...]
    sheet: str
    row: int


def execute_new(act: Act, rows: Sequence[NewRow], programme: Programme) -> list[int]:
    """Write many new people, in bulk. Returns their ids in order."""
    files: list[NewFiles] = []
    histories = _histories(act, rows, programme)
    for one in field_plan.new_files([row.values for row in rows]):
        with_notes = one._replace(rows=_with_instants(one.rows, len(one.places), act.now))
        files += _with_histories(with_notes, histories)
    return act.insert_files(files, [(row.sheet, row.row) for row in rows])


_Columns = Mapping[str, Mapping[str, Sequence[object]]]


def _with_instants(rows: _Columns, count: int, now: datetime) -> _Columns:
    """The rows of new files, their notes with the moment at which they are written."""
    if "note" not in rows:
        return rows
    return {**rows, "note": {**rows["note"], "written_at": [now] * count}}


_History = Mapping[str, dict[str, Any]]
"""An application and its permit, if any, by entity: the values of each, none of them None."""


def _histories(act: Act, rows: Sequence[NewRow], programme: Programme) -> Mapping[int, _History]:
    """The applications of new people as a list states them, and their permits, by their places
    among the rows.

    Each takes its place of the cap, over it if need be; a history has an application.
    """
    told = {
        place: {
            op.entity: {name: value for name, value in op.values.items() if value is not None}
            for op in row.operations
        }
        for place, row in enumerate(rows)
        if row.operations
    }
    by_year: dict[int, list[dict[str, Any]]] = {}
    years = places.HistoryYears(programme)
    ids = act.new_ids("application", len(told)) if told else range(0)
    for number, history in zip(ids, told.values(), strict=True):
        application = history["application"]
        application["id"] = number
        received = application.get("received_at")
        if isinstance(received, datetime):
            application["cap_year"] = toronto_year(received)
        year = years.of(application)
        if year is not None:
            by_year.setdefault(year, []).append(application)
    for year, own in by_year.items():
        who = [one["id"] for one in own]
        taken = cap_places.take_places(act, who, year, places.IMPORTED, "CAP-01")
        for one, place_of_cap in zip(own, taken, strict=True):
            one["place"] = place_of_cap
    permits = [history for history in told.values() if "permit" in history]
    numbers = act.new_ids("permit", len(permits)) if permits else range(0)
    for number, history in zip(numbers, permits, strict=True):
        history["permit"] |= {"id": number, "application_id": history["application"]["id"]}
    return told


def _with_histories(files: NewFiles, histories: Mapping[int, _History]) -> Iterator[NewFiles]:
    """Files that hold the same, apart by what their histories hold."""
    own = [histories.get(place) for place in files.places]
    if not any(own):
        yield files
        return
    shapes: dict[tuple[tuple[str, ...], ...], list[int]] = {}
    for at, history in enumerate(own):
        shape = tuple((entity, *values) for entity, values in (history or {}).items())
        shapes.setdefault(shape, []).append(at)
    for shape, some in shapes.items():
        told = {
            entity: {name: [(own[at] or {})[entity][name] for at in some] for name in names}
            for entity, *names in shape
        }
        kept = files.rows if len(some) == len(own) else _some_of(files.rows, some)
        yield NewFiles([files.places[at] for at in some], {**kept, **told})


def _some_of(rows: _Columns, places: Sequence[int]) -> _Columns:
    return {
        entity: {name: [column[at] for at in places] for name, column in columns.items()}
        for entity, columns in rows.items()
    }


def _write_application(
    act: Act,
    op: Operation,
    values: dict[str, object],
    person: int | None,
    programme: Programme,
    source: tuple[str | None, int | None],
    hand: ByHand | None,
) -> int:
    sheet, row = source
    if op.number is None:
        number = act.new_id("application")
        received = values.get("received_at")
        if isinstance(received, datetime) and values.get("member_id") is None:
            values["cap_year"] = toronto_year(received)
        if hand is None:
            values["place"] = places.settle_history(act, programme, number, values)
        else:
            values |= hand.take(act, programme, number, values)
        act.insert(
            "application", {**values, "id": number, "person_id": person}, sheet=sheet, row=row
        )
        return number
    _move_place(act, op.number, values, programme, hand)
    act.update("application", op.number, values, sheet=sheet, row=row)
    return op.number


def _move_place(
    act: Act,
    number: int,
    values: dict[str, object],
    programme: Programme,
    hand: ByHand | None,
) -> None:
    """Give a place back or take one where a corrected receipt or outcome says so."""
    stored = act.stored("application", number) or {}
    received = values.get("received_at") or stored["received_at"]
    if received is None:
        return
    instant = received if isinstance(received, datetime) else datetime.fromisoformat(str(received))
    year = toronto_year(instant)

    def uses(kind: object, outcome: object, cap_year: int) -> bool:
        return quota.uses_place(
            ApplicationKind(str(kind)),
            Outcome(str(outcome)) if outcome else None,
            ApplicationCode(stored["code"]),
            programme,
            cap_year,
        )

    outcome, known = values.get("outcome") or stored["outcome"], stored["cap_year"]
    kind, same_kind = stored["kind"], values.get("kind") in (None, stored["kind"])
    # A permit that stands came of an application that was taken in: a word of a list frees nothing,
    # but for the word that it is an extension.
    holds = year == known and stored["place"] is not None and _has_permit(act, number)
    kept = holds and same_kind
    wanted = kept or uses(values.get("kind") or kind, outcome, year)
    # A switch that was changed since moves no place: only the correction itself may.
    if year == known and wanted == (holds or uses(kind, stored["outcome"], known)):
        return
    if stored["place"] is not None:
        cap_places.give_back(act, number, known, *_why_back(hand, year == known))
        act.update("application", number, {"place": None})
    values["cap_year"] = year
    if not wanted:
        return
    if hand is None:
        values["place"] = cap_places.take_place(act, number, year, None, places.IMPORTED, "CAP-01")
        return
    decided = values.get("decided_on") or stored["decided_on"]
    after = {**stored, **values, "received_at": instant, "outcome": outcome, "decided_on": decided}
    values |= hand.take(act, programme, number, after)


def _why_back(hand: ByHand | None, same_year: bool) -> tuple[str, str]:
    """The reason and the rule of a place that is given back; only a return moves one by itself."""
    if hand is not None and not hand.reason and same_year:
        return Outcome.RETURNED.value, "CAP-05"
    return places.corrected_because(hand.reason if hand is not None else ""), "CAP-01"


def _has_permit(act: Act, number: int) -> bool:
    return bool(act.hanging("application", number)[("permit", "application_id")])
