# SPDX-License-Identifier: Apache-2.0
"""Acts and their undoing, from the journal alone. Holds no rule of the programme.

An undo is itself an act. A value goes back only if nobody has changed it since; the rest stays
and is listed as kept. A place of the cap goes back by a reversing entry, never by deletion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from imp_plus_desktop.domain.errors import DomainError
from imp_plus_desktop.domain.rows import ActRow, FieldChange, KeptValue
from imp_plus_desktop.domain.values import ActId
from imp_plus_desktop.services.office import Office
from imp_plus_desktop.storage import acts as journal_reads
from imp_plus_desktop.storage.acts import StoredChange
from imp_plus_desktop.storage.repository import Act
from imp_plus_desktop.storage.schema import CHILDREN

UNDO = "history.undo"


@dataclass(frozen=True, slots=True)
class Undone:
    """`act` is None when nothing could go back; `reverted` counts rows and values that did."""

    act: ActId | None
    undone: ActId
    reverted: int
    kept: tuple[KeptValue, ...]


def acts(
    office: Office,
    limit: int = 50,
    offset: int = 0,
    person_id: int | None = None,
    service: str | None = None,
) -> list[ActRow]:
    """Acts, the latest first."""
    return journal_reads.acts(
        office.register, limit=limit, offset=offset, person_id=person_id, service=service
    )


def changes(office: Office, person_id: int) -> list[FieldChange]:
    """Every change of every field of a file, the latest first, with where it came from."""
    return journal_reads.field_changes(office.register, person_id)


def last_undoable(office: Office) -> ActRow | None:
    """What Ctrl+Z would undo."""
    return journal_reads.last_undoable(office.register)


def last_undone(office: Office) -> ActRow | None:
    """What Ctrl+Y would redo: the latest act, when it is an undo."""
    latest = journal_reads.acts(office.register, limit=1)
    return latest[0] if latest and latest[0].undoes is not None else None


def undo(office: Office, act_id: int | None = None) -> Undone:
    """Undo an act (default: the last one). Undoing an undo brings its act back.

    Errors: DomainError nothing_to_undo, act_not_found, already_undone, no_place_to_return.
    """
    number = _number(office, act_id)
    with office.act(UNDO, undoes=number) as act:
        target = journal_reads.act(office.register, number)
        if target is None:
            raise DomainError("act_not_found", act=number)
        if target.undone_by is not None:
            raise DomainError("already_undone", act=number)
        work = _Undoing(
            act,
            journal_reads.touched_since(office.register, number),
            journal_reads.files_worked_on_since(office.register, number),
        )
        for change in reversed(journal_reads.changes(office.register, number)):
            work.take_back(change)
        act.details["counts"] = {"reverted": work.reverted, "kept": len(work.kept)}
    return Undone(
        ActId(act.id) if act.id is not None else None,
        ActId(number),
        work.reverted,
        tuple(work.kept),
    )


def _number(office: Office, act_id: int | None) -> int:
    if act_id is not None:
        return act_id
    latest = last_undoable(office)
    if latest is None:
        raise DomainError("nothing_to_undo")
    return latest.id


@dataclass
class _Undoing:
    """One undo in progress: what went back and what stays."""

    act: Act
    touched: Mapping[tuple[str, int], set[str]]
    worked_on: set[int]
    reverted: int = 0
    kept: list[KeptValue] = field(default_factory=list)

    def take_back(self, change: StoredChange) -> None:
        if change.entity == "ledger_entry":
            return  # follows the application's place, in the three cases below
        if change.before is None:
            self._remove(change)
        elif change.after is None:
            self._bring_back(change)
        else:
            self._revert(change)

    def _remove(self, change: StoredChange) -> None:
        key = (change.entity, change.entity_id)
        present = self.act.stored(*key)
        if present is None:
            return
        # A file that came in with this act and was worked on since stays whole.
        fields = self.touched.get(key, set())
        if fields or change.person_id in self.worked_on or self._has_dependants(*key):
            names: list[str | None] = [*sorted(fields - {""})]
            for name in names or [None]:
                self._keep(change, name, present.get(name) if name else None)
            return
        if change.entity == "application" and present["place"] is not None:
            self._give_back(present)
        self.act.delete(*key)
        self.reverted += 1

    def _has_dependants(self, entity: str, number: int) -> bool:
        for table, column in CHILDREN.get(entity, ()):
            row = self.act.db.execute_sql(
                f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (number,)
            ).fetchone()
            if row is not None:
                return True
        return False

    def _bring_back(self, change: StoredChange) -> None:
        values = dict(change.before or {})
        if self.act.stored(change.entity, change.entity_id) is not None:
            return
        if change.entity == "application" and values.get("place") is not None:
            values["place"] = self._take_again(change.entity_id, values["cap_year"])
        self.act.insert(change.entity, values)
        self.reverted += 1

    def _revert(self, change: StoredChange) -> None:
        present = self.act.stored(change.entity, change.entity_id)
        if present is None:
            return
        before, after = change.before or {}, change.after or {}
        touched = self.touched.get((change.entity, change.entity_id), set())
        back: dict[str, Any] = {}
        for name, value in before.items():
            if name in touched or present[name] != after.get(name):
                self._keep(change, name, present[name])
            else:
                back[name] = value
        if change.entity == "application" and "place" in back:
            self._settle_place(change.entity_id, present, back)
        self.reverted += len(self.act.update(change.entity, change.entity_id, back))

    def _settle_place(self, number: int, present: Mapping[str, Any], back: dict[str, Any]) -> None:
        if present["place"] is not None:
            self._give_back(present)
        if back["place"] is not None:
            year = back.get("cap_year", present["cap_year"])
            # The old place must be free before the lowest free one is looked for.
            self.act.update("application", number, {"place": None})
            back["place"] = self._take_again(number, year)

    def _give_back(self, application: Mapping[str, Any]) -> None:
        self.act.give_back(application["id"], application["cap_year"], "undone", "CAP-03")

    def _take_again(self, number: int, year: int) -> int:
        place = self.act.take_place(number, year, None, "undone", "CAP-03")
        if place is None:
            raise DomainError("no_place_to_return", year=year)
        return place

    def _keep(self, change: StoredChange, name: str | None, value: object) -> None:
        self.kept.append(KeptValue(change.entity, change.entity_id, name, value))
