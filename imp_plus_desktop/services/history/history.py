# SPDX-License-Identifier: Apache-2.0
"""Acts and their undoing, from the journal alone. Holds no rule of the programme.

An undo is itself an act. A value goes back only if nobody has changed it since; the rest stays
and is listed as kept, or, where the whole is wanted, nothing is done at all. A place of the cap
goes back by a reversing entry, never by deletion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from itertools import groupby
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import ActRow, FieldChange, KeptValue
from imp_plus_desktop.domain.records.catalogue import FIELDS
from imp_plus_desktop.domain.records.fields import Mark
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.errors import InvalidInput, NotAllowed, Refused
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.office import places, restoring
from imp_plus_desktop.services.office.office import MadeAct, Office
from imp_plus_desktop.storage.history import acts as journal_reads
from imp_plus_desktop.storage.history import binned, merges
from imp_plus_desktop.storage.history import changes as journal_changes
from imp_plus_desktop.storage.history.changes import Step, StoredChange, WholeFiles
from imp_plus_desktop.storage.journal import cap_places, whole_files
from imp_plus_desktop.storage.journal.act import Act

UNDO = "history.undo"

LARGE = 900
"""Changes that take about a tenth of a second to undo."""

_DECISION = frozenset({"state", "outcome", "decided_on", "cap_year", "place"})
"""Fields of an application that only mean something together: all go back, or none."""

_UNIQUE = frozenset(
    field.name for fields in FIELDS.values() for field in fields if field.has(Mark.UNIQUE)
)
"""Columns whose old value somebody else may have by now; each goes back alone."""


@dataclass(frozen=True, slots=True)
class Undone:
    """`act` is None when nothing could go back; `reverted` counts rows and values that did.

    When the whole was wanted and something newer stood in the way, `stopped` is True, nothing has
    changed and `newer` is the later act that touched the same; None when no act tells of it.
    """

    act: ActId | None
    undone: ActId
    reverted: int
    kept: tuple[KeptValue, ...]
    stopped: bool = False
    newer: ActRow | None = None


def acts(
    office: Office,
    limit: int = 50,
    offset: int = 0,
    person_id: int | None = None,
    service: str | None = None,
    papers: bool = True,
) -> list[ActRow]:
    """Acts, the latest first; without `papers`, but for those that say what left the register."""
    return journal_reads.acts(
        office.register,
        limit=limit,
        offset=offset,
        person_id=person_id,
        service=service,
        papers=papers,
    )


def changes(office: Office, person_id: int) -> list[FieldChange]:
    """Every change of every field of a file, the latest first, with where it came from."""
    return journal_changes.field_changes(office.register, person_id)


def overrides(office: Office, act_id: int) -> Mapping[str, str]:
    """The rules that an act has set aside, with the reasons given (decision 10)."""
    kept: Mapping[str, str] = journal_reads.details(office.register, act_id).get("overrides", {})
    return kept


def last_undoable(office: Office) -> ActRow | None:
    """What is undone where no act is named; where many are signed in, one's own."""
    return journal_reads.last_undoable(office.register, office.signed_in)


def last_undone(office: Office) -> ActRow | None:
    """What Ctrl+Y would redo: the latest undo, as long as nothing new has been done."""
    return journal_reads.last_undone(office.register)


def is_large(office: Office, act_id: int | None = None) -> bool:
    """Whether undoing an act (default: the last one) takes longer than a moment."""
    number = act_id if act_id is not None else getattr(last_undoable(office), "id", None)
    if number is None:
        return False
    row = journal_reads.act(office.register, number)
    if row is not None and restoring.is_restore(row):
        return True
    last = journal_reads.last_of_chain(office.register, number)
    return journal_reads.change_count(office.register, last) > LARGE


def is_ones_to_undo(office: Office, row: ActRow) -> bool:
    """Whether whoever works here may take an act back: one's own, or anybody's for who leads."""
    return row.who == office.user or office.role.covers(Role.LEAD)


def act_row(office: Office, act_id: int) -> ActRow | None:
    """One act, None when there is none of this id."""
    return journal_reads.act(office.register, act_id)


def undo(
    office: Office, act_id: int | None = None, *, whole: bool = False, made: MadeAct | None = None
) -> Undone:
    """Undo an act (default: the last one). Undoing an undo brings its act back, and an act that
    was brought back can be undone again.

    With `whole`, what cannot go back whole stays whole: a later act that touched the same values,
    or a file that came in and was worked on since, stops it, and is named. `made` is an act that
    must still be the one that it was. Errors: DomainError nothing_to_undo, act_not_found,
    already_undone, no_place_to_return, number_taken_since, file_in_bin; NotAllowed not_allowed,
    others_act.
    """
    try:
        return _undo(office, act_id, whole, made)
    except _IsRestore as found:
        # What it rests on is looked at again when nobody else can write.
        return Undone(restoring.take_back(office, found.act), found.act, 0, ())
    except _InTheWay as found:
        return Undone(None, found.act, 0, (found.kept,), stopped=True, newer=found.newer)


class _IsRestore(Exception):
    """The act put a copy in the register's place: no value goes back, but the whole."""

    def __init__(self, act: ActId) -> None:
        super().__init__()
        self.act = act


class _InTheWay(Exception):
    """Something newer keeps an act from going back whole."""

    def __init__(self, act: ActId, kept: KeptValue, newer: ActRow | None) -> None:
        super().__init__()
        self.act = act
        self.kept = kept
        self.newer = newer


def _undo(office: Office, act_id: int | None, whole: bool, made: MadeAct | None) -> Undone:
    with office.act(UNDO) as act:
        number = _number(office, act_id)
        last = journal_reads.last_of_chain(office.register, number)
        act.undo_of(last)
        target = journal_reads.act(office.register, number)
        if target is None:
            raise InvalidInput("act_not_found", act=number)
        _check_made(office, number, made)
        if restoring.is_restore(target):
            raise _IsRestore(target.id)
        if target.undone_by is not None:
            raise Refused("already_undone", act=number)
        _check_whose(office, last)
        begun = _begun_as(office, last)
        if of_bin := begun in (binned.SERVICE, binned.RESTORED):
            found = journal_changes.changes(office.register, last)
            gone = [(c.entity, dict(c.before or {})) for c in found if c.after is None]
            file_bin.refuse_taken(office, gone)
        elif whole or begun == merges.SERVICE:
            _refuse_binned(office, last)
        work = _Undoing(
            office,
            act,
            last,
            journal_changes.touched_since(office.register, last),
            journal_changes.files_worked_on_since(office.register, last),
            journal_changes.people_since(office.register, last),
            whole,
            of_bin,
        )
        for step in journal_changes.steps(office.register, last, backwards=True):
            work.take_back(step)
        act.details["counts"] = {"reverted": work.reverted, "kept": len(work.kept)}
    return Undone(
        act.id,
        ActId(number),
        work.reverted,
        tuple(work.kept),
    )


def _begun_as(office: Office, number: int) -> str:
    """What an act did, or the act that it takes back or brings back."""
    begin, _steps = journal_reads.begin_of_chain(office.register, number)
    row = journal_reads.act(office.register, begin)
    return row.service if row is not None else ""


def _refuse_binned(office: Office, number: int) -> None:
    """Stop where a file that would go back is in the bin: half of it would be lost on the way.

    Errors: DomainError file_in_bin.
    """
    kept = {file.person for file in binned.files(office.register)}
    touched = journal_changes.people_of(office.register, number) if kept else ()
    for person in touched:
        if person in kept:
            raise InvalidInput("file_in_bin", ref=f"#{person}")


def _check_made(office: Office, number: int, made: MadeAct | None) -> None:
    if made is not None and journal_reads.seal(office.register, made.id) != made.seal:
        raise InvalidInput("act_not_found", act=number)


def _check_whose(office: Office, number: int) -> None:
    """Somebody else's act is taken back by whoever leads. Errors: NotAllowed others_act."""
    row = journal_reads.act(office.register, number)
    if row is not None and not is_ones_to_undo(office, row):
        raise NotAllowed("others_act")


def _number(office: Office, act_id: int | None) -> int:
    if act_id is not None:
        return act_id
    latest = last_undoable(office)
    if latest is None:
        raise InvalidInput("nothing_to_undo")
    return latest.id


@dataclass
class _Undoing:
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
        for (entity, brought_in), group in groupby(reversed(changes), _kind):
            if brought_in:
                self._remove(entity, list(group))
                continue
            for change in group:
                if change.after is None:
                    self._bring_back(change)
                else:
                    self._revert(change)

    def _remove(self, entity: str, changes: Sequence[StoredChange]) -> None:
        """Take out rows that the act brought in, save those somebody has worked on since."""
        numbers = [change.entity_id for change in changes]
        present = self.act.stored_many(entity, numbers)
        used = self.act.with_dependants(entity, numbers)
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
            raise _InTheWay(ActId(self.undone), kept, self._newer(change, name))
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
