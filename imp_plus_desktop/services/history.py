# SPDX-License-Identifier: Apache-2.0
"""Acts and their undoing, from the journal alone. Holds no rule of the programme.

An undo is itself an act. A value goes back only if nobody has changed it since; the rest stays
and is listed as kept. A place of the cap goes back by a reversing entry, never by deletion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from imp_plus_desktop.domain.calendar import toronto_day
from imp_plus_desktop.domain.errors import DomainError
from imp_plus_desktop.domain.rows import ActRow, FieldChange, KeptValue
from imp_plus_desktop.domain.values import ActId
from imp_plus_desktop.services import places
from imp_plus_desktop.services.office import Office
from imp_plus_desktop.storage import acts as journal_reads
from imp_plus_desktop.storage.acts import StoredChange
from imp_plus_desktop.storage.repository import Act
from imp_plus_desktop.storage.schema import CHILDREN

UNDO = "history.undo"

_UNIQUE = frozenset(
    {
        "individual_reference",
        "uci",
        "application_number",
        "permit_number",
        "letter_date",
        "type",
    }
)
"""Columns whose old value somebody else may have by now; each goes back alone."""


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
    """What Ctrl+Y would redo: the latest undo, as long as nothing new has been done."""
    return journal_reads.last_undone(office.register)


def undo(office: Office, act_id: int | None = None) -> Undone:
    """Undo an act (default: the last one). Undoing an undo brings its act back, and an act that
    was brought back can be undone again.

    Errors: DomainError nothing_to_undo, act_not_found, already_undone, no_place_to_return.
    """
    number = _number(office, act_id)
    last = journal_reads.last_of_chain(office.register, number)
    with office.act(UNDO, undoes=last) as act:
        target = journal_reads.act(office.register, number)
        if target is None:
            raise DomainError("act_not_found", act=number)
        if target.undone_by is not None or not _is_last(office, last):
            raise DomainError("already_undone", act=number)
        work = _Undoing(
            office,
            act,
            journal_reads.touched_since(office.register, last),
            journal_reads.files_worked_on_since(office.register, last),
        )
        for change in reversed(journal_reads.changes(office.register, last)):
            work.take_back(change)
        act.details["counts"] = {"reverted": work.reverted, "kept": len(work.kept)}
    return Undone(
        ActId(act.id) if act.id is not None else None,
        ActId(number),
        work.reverted,
        tuple(work.kept),
    )


def _is_last(office: Office, number: int) -> bool:
    """Whether nobody has undone an act since its chain was read, outside the transaction."""
    return journal_reads.last_of_chain(office.register, number) == number


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

    office: Office
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
        if self.act.attempt(lambda: self._insert(change, values)):
            self.reverted += 1
        else:
            # Someone else has its number by now, or what it hangs on is gone.
            self._keep(change, None, None)

    def _insert(self, change: StoredChange, values: dict[str, Any]) -> None:
        if change.entity == "application" and values.get("place") is not None:
            values["place"] = self._take_again(values, values["cap_year"])
        self.act.insert(change.entity, values)

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
        together = {name: value for name, value in back.items() if name not in _UNIQUE}
        parts = [together, *({n: back[n]} for n in back if n in _UNIQUE)] if back else []
        for part in parts:
            self._put_back(change, present, part)

    def _put_back(
        self, change: StoredChange, present: Mapping[str, Any], part: dict[str, Any]
    ) -> None:
        def write() -> None:
            values = dict(part)
            if change.entity == "application" and "place" in values:
                self._settle_place(present, values)
            changed.extend(self.act.update(change.entity, change.entity_id, values))

        changed: list[str] = []
        if self.act.attempt(write):
            self.reverted += len(changed)
            return
        for name in part:  # someone else has its number by now
            self._keep(change, name, present[name])

    def _settle_place(self, present: Mapping[str, Any], back: dict[str, Any]) -> None:
        if present["place"] is not None:
            self._give_back(present)
        if back["place"] is not None:
            year = back.get("cap_year", present["cap_year"])
            # The old place must be free before the lowest free one is looked for.
            self.act.update("application", present["id"], {"place": None})
            back["place"] = self._take_again({**present, **back}, year)

    def _give_back(self, application: Mapping[str, Any]) -> None:
        self.act.give_back(application["id"], application["cap_year"], "undone", "CAP-03")

    def _take_again(self, application: Mapping[str, Any], year: int) -> int:
        number = int(application["id"])
        place = self.act.take_place(number, year, self._ceiling(application, year), "undone",
                                    "CAP-03")  # fmt: skip
        if place is None:
            raise DomainError("no_place_to_return", year=year)
        return place

    def _ceiling(self, application: Mapping[str, Any], year: int) -> int | None:
        """History was taken as it is and comes back so; all else finds room or stays away."""
        if journal_reads.first_reason(self.office.register, application["id"]) == places.IMPORTED:
            return None
        day = toronto_day(datetime.fromisoformat(application["received_at"]))
        return places.ceiling_of(places.use_of(self.office, self.office.programme(), year, day))

    def _keep(self, change: StoredChange, name: str | None, value: object) -> None:
        self.kept.append(KeptValue(change.entity, change.entity_id, name, value))
