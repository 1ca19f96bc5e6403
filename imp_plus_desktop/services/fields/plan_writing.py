# SPDX-License-Identifier: Apache-2.0
"""Writes what `field_plan.py` has planned, in an open act.

People, what hangs on them, and their places.

Decides nothing of what is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.quota import quota
from imp_plus_desktop.domain.values.calendar import toronto_year
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationKind, Outcome
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.fields import new_people
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


LEFT_OUT = 0
"""In the place of the register's number: that of a row that was chosen to stay out."""
_LINKS = ("application_id", "member_id")
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
        for link in _LINKS:
            of = values.get(link)
            if isinstance(of, int) and of < 0:
                values[link] = self.numbers[of]
        if LEFT_OUT in (number, *(values.get(link) for link in _LINKS)):
            return  # of a row that somebody chose to leave out
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
    for one in new_people.new_files([row.values for row in rows]):
        with_notes = one._replace(rows=_with_instants(one.rows, len(one.places), act.now))
        files += _with_histories(with_notes, histories)
    return act.insert_files(files, [(row.sheet, row.row) for row in rows])


_Columns = Mapping[str, Mapping[str, Sequence[object]]]


def _with_instants(rows: _Columns, count: int, now: datetime) -> _Columns:
    """The rows of new files, their notes with the moment at which they are written."""
    if "note" not in rows:
        return rows
    return {**rows, "note": {**rows["note"], "written_at": [now] * count}}


_Rows = dict[str, dict[str, Sequence[Any]]]


class _Histories(NamedTuple):
    """Histories of new people that hold the same: an application, and its permit if any, by entity
    and columns without nulls; `places` are those of their people among the rows."""

    places: Sequence[int]
    rows: _Rows


def _histories(act: Act, rows: Sequence[NewRow], programme: Programme) -> list[_Histories]:
    """The applications of new people as a list states them, and their permits.

    Each takes its place of the cap, over it if need be; a history has an application.
    """
    told = [(place, row.operations) for place, row in enumerate(rows) if row.operations]
    if not told:
        return []
    known = places.HistoryYears(programme)
    years = [known.of(operations[0].values) for _place, operations in told]
    alike: dict[tuple[object, ...], list[int]] = {}
    for at, ((_place, operations), year) in enumerate(zip(told, years, strict=True)):
        shape = (year is None, *[(op.entity, *_names(op.values)) for op in operations])
        alike.setdefault(shape, []).append(at)
    ids = act.new_ids("application", len(told))
    taken = _places_of(act, ids, years)
    found: list[_Histories] = []
    for (uses_none, *_shape), some in alike.items():
        own = _by_columns([told[at][1] for at in some])
        application = own["application"]
        application["id"] = [ids[at] for at in some]
        if "received_at" in application:
            application["cap_year"] = [known.day_of(r).year for r in application["received_at"]]
        if not uses_none:
            application["place"] = [taken[at] for at in some]
        if "permit" in own:
            numbers = act.new_ids("permit", len(some))
            own["permit"] |= {"id": numbers, "application_id": application["id"]}
        found.append(_Histories([told[at][0] for at in some], own))
    return found


def _names(values: Mapping[str, object]) -> tuple[str, ...]:
    """The columns of which a row says anything."""
    if None not in values.values():
        return tuple(values)
    return tuple([name for name, value in values.items() if value is not None])


def _places_of(act: Act, ids: Sequence[int], years: Sequence[int | None]) -> Mapping[int, int]:
    """The places of the cap that applications take, by their places among `ids`."""
    by_year: dict[int, list[int]] = {}
    for at, year in enumerate(years):
        if year is not None:
            by_year.setdefault(year, []).append(at)
    found: dict[int, int] = {}
    for year, own in by_year.items():
        who = [ids[at] for at in own]
        taken = cap_places.take_places(act, who, year, places.IMPORTED, "CAP-01")
        found.update(zip(own, taken, strict=True))
    return found


def _by_columns(plans: Sequence[tuple[Operation, ...]]) -> _Rows:
    """Plans that hold the same, by entity and columns."""
    found: _Rows = {}
    for at, op in enumerate(plans[0]):
        values = [plan[at].values for plan in plans]
        names = _names(op.values)
        found[op.entity] = {name: [own[name] for own in values] for name in names}
    return found


def _with_histories(files: NewFiles, histories: Sequence[_Histories]) -> Iterator[NewFiles]:
    """Files that hold the same, apart by what their histories hold."""
    at_place = {place: at for at, place in enumerate(files.places)}
    left = set(files.places)
    for one in histories:
        if list(one.places) == list(files.places):
            yield NewFiles(files.places, {**files.rows, **one.rows})
            return
        own = [(at_place[place], at) for at, place in enumerate(one.places) if place in left]
        if not own:
            continue
        of_files, of_history = ([at for at, _ in own], [at for _, at in own])
        left.difference_update([files.places[at] for at in of_files])
        rows = {**_some_of(files.rows, of_files), **_some_of(one.rows, of_history)}
        yield NewFiles([files.places[at] for at in of_files], rows)
    if left:
        alone = [at for at, place in enumerate(files.places) if place in left]
        kept = files.rows if len(alone) == len(at_place) else _some_of(files.rows, alone)
        yield NewFiles([files.places[at] for at in alone], kept)


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
