# SPDX-License-Identifier: Apache-2.0
"""One undo in progress: what goes back, what stays and why.

    Undoing(office, act, …).take_back(step)      the changes of an act, step by step backwards
    InTheWay                                     what stays, where all was to go back

An act of a list has changes by the ten thousand. They go back in slices: what is stored now is read
for a slice at once, and all of it is written as one part; where a constraint refuses any of it, the
slice goes back change by change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import ActRow, KeptValue
from imp_plus_desktop.domain.records.catalogue import FIELDS
from imp_plus_desktop.domain.records.fields import Mark
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.errors import Refused
from imp_plus_desktop.services.office import places
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.history import acts as journal_reads
from imp_plus_desktop.storage.history import changes as journal_changes
from imp_plus_desktop.storage.history.changes import Step, StoredChange, WholeFiles
from imp_plus_desktop.storage.journal import cap_places, whole_files
from imp_plus_desktop.storage.journal.act import Act

_SLICE = 500
"""Changes that go back as one part."""
_DECISION = frozenset({"state", "outcome", "decided_on", "cap_year", "place"})
"""Fields of an application that only mean something together: all go back, or none."""

_UNIQUE = frozenset(
    field.name for fields in FIELDS.values() for field in fields if field.has(Mark.UNIQUE)
)
"""Columns whose old value somebody else may have by now; each goes back alone."""


class InTheWay(Exception):
    """Something newer keeps an act from going back whole."""

    def __init__(self, act: ActId, kept: KeptValue, newer: ActRow | None) -> None:
        super().__init__()
        self.act = act
        self.kept = kept
        self.newer = newer


@dataclass
class Undoing:
    """One undo in progress: what went back and what stays."""

    office: Office
    act: Act
    undone: int
    touched: Mapping[tuple[str, int], set[str]]
    worked_on: set[int]
    told_since: set[int]
    """People of whom a later change tells, though it may not stand any more."""
    whole: bool = False
    """Stop at the first value that cannot go back."""
    of_bin: bool = False
    """A file comes back from the bin, or goes there again."""
    reverted: int = 0
    kept: list[KeptValue] = field(default_factory=list)
    _at_once: bool = False
    """A slice goes back as one part: no change of it is a part of its own."""
    _idle: set[tuple[str, int]] = field(default_factory=set)
    """Rows that the act brought in of which it is known that nothing hangs on them."""

    def take_back(self, step: Step) -> None:
        """Take changes back that followed each other."""
        if not isinstance(step, WholeFiles):
            self._row_by_row(step)
            return
        if step.gone:
            others, done = [], whole_files.bring_back(self.act, step.files)
        else:
            # Of whom nothing was told since, everything is as it came.
            others = [file for file in step.files if file.person in self.told_since]
            alike = [file for file in step.files if file.person not in self.told_since]
            done = whole_files.take_out(self.act, alike)
        self.reverted += done.rows
        self._row_by_row(step.each([*done.left, *others]))

    def _row_by_row(self, changes: Sequence[StoredChange]) -> None:
        """Take changes back, given in the order in which they were made."""
        backwards = list(reversed(changes))
        for start in range(0, len(backwards), _SLICE):
            some = backwards[start : start + _SLICE]
            reverted, kept = self.reverted, len(self.kept)
            self._at_once = True
            if not self.act.attempt(partial(self._take_back_all, some)):
                self.reverted = reverted
                del self.kept[kept:]
                self._at_once = False
                self._take_back_all(some)

    def _take_back_all(self, changes: Sequence[StoredChange]) -> None:
        """Take changes back, given backwards."""
        self.act.read_ahead((change.entity, change.entity_id) for change in changes)
        self._idle = self._with_nothing_on_them(changes)
        for (entity, brought_in), group in groupby(changes, _kind):
            if brought_in:
                self._remove(entity, list(group))
                continue
            for change in group:
                if change.after is None:
                    self._bring_back(change)
                else:
                    self._revert(change)

    def _with_nothing_on_them(self, changes: Sequence[StoredChange]) -> set[tuple[str, int]]:
        """Which of the rows that the changes brought in have nothing that hangs on them."""
        numbers: dict[str, list[int]] = {}
        for change in changes:
            if change.before is None:
                numbers.setdefault(change.entity, []).append(change.entity_id)
        return {
            (entity, number)
            for entity, some in numbers.items()
            for number in set(some) - self.act.with_dependants(entity, some)
        }

    def _remove(self, entity: str, changes: Sequence[StoredChange]) -> None:
        """Take out rows that the act brought in, save those somebody has worked on since."""
        numbers = [change.entity_id for change in changes]
        present = self.act.stored_many(entity, numbers)
        asked = [number for number in numbers if (entity, number) not in self._idle]
        used = self.act.with_dependants(entity, asked)
        going: list[Mapping[str, Any]] = []
        for change in changes:
            row = present.get(change.entity_id)
            if row is None:
                continue
            # A file that came in with this act and was worked on since stays whole.
            fields = self.touched.get((entity, change.entity_id), set())
            if fields or change.person_id in self.worked_on or change.entity_id in used:
                names: list[str | None] = [*sorted(fields - {""})]
                for name in names or [None]:
                    self._keep(change, name, row.get(name) if name else None)
                continue
            if entity == "application" and row["place"] is not None:
                self._give_back(row)
            going.append(row)
        self.act.delete_many(entity, going)
        self.reverted += len(going)

    def _bring_back(self, change: StoredChange) -> None:
        values = dict(change.before or {})
        if self.act.stored(change.entity, change.entity_id) is not None:
            return
        if self._attempt(lambda: self._insert(change, values)):
            self.reverted += 1
        else:
            # Someone else has its number by now, or what it hangs on is gone.
            self._keep(change, None, None)

    def _attempt(self, write: Callable[[], object]) -> bool:
        """Whether a write was done; where the whole slice is one attempt, what is refused ends
        that."""
        if self._at_once:
            write()
            return True
        return self.act.attempt(write)

    def _insert(self, change: StoredChange, values: dict[str, Any]) -> None:
        self._idle.clear()  # it may hang on a row that had nothing
        if change.entity == "application" and values.get("place") is not None:
            values["place"] = self._take_again(values, values["cap_year"])
        self.act.insert(change.entity, values)

    def _revert(self, change: StoredChange) -> None:
        present = self.act.stored(change.entity, change.entity_id)
        if present is None:
            return
        before, after = change.before or {}, change.after or {}
        touched = self.touched.get((change.entity, change.entity_id), set())
        stays = {n for n in before if n in touched or present[n] != after.get(n)}
        if change.entity == "application" and stays & _DECISION:
            stays |= _DECISION & before.keys()
        for name in sorted(stays):
            self._keep(change, name, present[name])
        back: dict[str, Any] = {n: value for n, value in before.items() if n not in stays}
        together = {name: value for name, value in back.items() if name not in _UNIQUE}
        parts = [together, *({n: back[n]} for n in back if n in _UNIQUE)] if back else []
        for part in parts:
            self._put_back(change, present, part)

    def _put_back(
        self, change: StoredChange, present: Mapping[str, Any], part: dict[str, Any]
    ) -> None:
        def write() -> None:
            values = dict(part)
            if any(name.endswith("_id") for name in values):
                self._idle.clear()  # as above
            if change.entity == "application" and "place" in values:
                self._settle_place(present, values)
            changed.extend(self.act.update(change.entity, change.entity_id, values))

        changed: list[str] = []
        if self._attempt(write):
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
        cap_places.give_back(
            self.act, application["id"], application["cap_year"], "undone", "CAP-03"
        )

    def _take_again(self, application: Mapping[str, Any], year: int) -> int:
        number = int(application["id"])
        ceiling = self._ceiling(application, year)
        place = cap_places.take_place(
            self.act, number, year, ceiling, "undone", "CAP-03", again=application["place"]
        )
        if place is None:
            raise Refused("no_place_to_return", year=year)
        return place

    def _ceiling(self, application: Mapping[str, Any], year: int) -> int | None:
        """History was taken as it is and comes back so; all else finds room or stays away.

        Where nobody has taken more of the year since, and its cap is the same, the room is the one
        that was given back: also of a cap that had been lowered below its use before.
        """
        register = self.office.register
        first = journal_reads.first_reason(register, application["id"])
        if self.of_bin or first == places.IMPORTED:
            return None
        besides = self.act.reserve()
        if journal_changes.year_stands_since(register, year, self.undone, besides=besides):
            return None
        day = toronto_day(datetime.fromisoformat(application["received_at"]))
        return places.ceiling_of(places.use_of(self.office, self.office.programme(), year, day))

    def _keep(self, change: StoredChange, name: str | None, value: object) -> None:
        kept = KeptValue(change.entity, change.entity_id, name, value)
        if self.whole:
            raise InTheWay(ActId(self.undone), kept, self._newer(change, name))
        self.kept.append(kept)

    def _newer(self, change: StoredChange, name: str | None) -> ActRow | None:
        """The later act for which a value stays; None when its number has gone to somebody else."""
        register, since = self.office.register, self.undone
        row = (change.entity, change.entity_id)
        newer = journal_changes.last_touching(register, since, *row, name)
        if newer is None and change.person_id is not None:
            newer = journal_changes.last_in_file(register, since, change.person_id)
        if newer is None:
            return None
        return journal_reads.act(register, journal_reads.begin_of_chain(register, newer)[0])


def _kind(change: StoredChange) -> tuple[str, bool]:
    return change.entity, change.before is None
