# SPDX-License-Identifier: Apache-2.0
"""What a form rests on: the register as it was when the form was opened.

    Shown(act, seal)    `act` is the last one that the form has seen, `seal` its hash
        left(db, entity, present, wanted, own) -> the values that may be written now, and what
                                                  others have changed too
        alone(db, entity, present, wanted, own) -> the names that are not the form's to write
        taken_out(db, entity, present, own) -> what others have changed of a row about to go
        spares(entity, number)             whether such a row is to stay, for theirs was chosen
        meet(db, meeting) -> bool | None   what was chosen for something that no row stands for
        settle(meetings, mine)             what was chosen once they were shown
        end()                              the act is done: theirs was chosen for this one alone
        before(db, entity, number, present, own) -> a row as the form first showed it
        removed(db, entity, person, own) -> the rows that others have taken out since
        beside(db, entity, key, values, own, named) -> figures that others set or took out since
        chose_theirs(entity, key, values)  whether one of theirs was chosen instead
        to_others() -> what was left to the others, by entity and column, instead of which value
        must_hold(db)                      refuse to go on where a copy was restored since

Nothing that another desk wrote since is written over unseen. Must not write anything.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Any, NamedTuple

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.meetings import Meeting
from imp_plus_desktop.domain.records.catalogue import PARTLY
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.tables.schema import COLUMNS

Cell = tuple[str, int, str, str]
"""Entity, id of the row, column, and beside which figures it stands."""
_Row = Mapping[str, Any] | None
_REMOVED = object()
_SOURCES = frozenset({"reason", "source"})
"""Of a figure: from where it is known. Two desks that read the same elsewhere set the same."""


class _Choice(NamedTuple):
    """What was chosen: mine or theirs, instead of which act of theirs, for which value of mine."""

    act: int
    mine: bool
    value: object


class _Change(NamedTuple):
    """What somebody did to a row: the values before and after."""

    act: int
    who: str
    at: datetime
    before: _Row
    after: _Row


class _Theirs(NamedTuple):
    """What others did to a column since: the value before, and their latest change. `is_over`
    where somebody has changed it again at this desk, knowing theirs."""

    was: Any
    last: _Change
    is_over: bool = False


@dataclass
class Shown:
    """A day's work on one form. Whoever has chosen against a change may write over it."""

    act: int
    seal: bytes = b""
    person: int | None = None
    """Whose file it is about, where it is one."""
    chosen: dict[Cell, _Choice] = field(default_factory=dict)
    """What was chosen for what two desks have changed."""
    heeded: set[Cell] = field(default_factory=set)
    """Where the act at work has left theirs."""

    def must_hold(self, db: Database) -> None:
        """Refuse to go on where the journal is another one by now: nothing tells any more what
        others have changed. Errors: StorageError restored_meanwhile."""
        if journal.seal_of(db, self.act) != self.seal.hex():
            raise StorageError("restored_meanwhile")

    def left(
        self,
        db: Database,
        entity: str,
        present: Mapping[str, Any],
        wanted: Mapping[str, Any],
        own: Collection[int],
    ) -> tuple[dict[str, Any], list[Meeting]]:
        """Those of the stored values that may be written into a row, given as it is now.

        A value that is as the form first showed it was not touched there: what another desk put
        in its place stays. One that was touched at both desks is met, until somebody chooses.
        """
        kept, met, number = dict(wanted), list[Meeting](), int(present["id"])
        changed = self._changed(db, entity, number, own)
        for name, theirs in changed.items():
            if name not in kept or present[name] in (theirs.was, kept[name]):
                continue
            if kept[name] == theirs.was:
                del kept[name]
                continue
            if theirs.is_over:
                continue
            values = theirs.was, present[name], kept[name]
            found = _of_row(entity, present, name, values, theirs.last)
            choice = self._choice(found)
            if choice is None:
                met.append(found)
            elif not choice:
                del kept[name]
        return kept, met + self._met_in_part(entity, present, kept, changed)

    def _met_in_part(
        self,
        entity: str,
        present: Mapping[str, Any],
        kept: dict[str, Any],
        changed: Mapping[str, _Theirs],
    ) -> list[Meeting]:
        """A day is known whole or in part: where one desk has recorded the one and another desk the
        other, both have changed the same."""
        met = []
        for mine, other in (pair for two in PARTLY.items() for pair in (two, two[::-1])):
            theirs = changed.get(other)
            if theirs is None or other in kept or not kept.get(mine) or not present.get(other):
                continue
            values = theirs.was, present[other], kept[mine]
            found = _of_row(entity, present, mine, values, theirs.last)
            choice = self._choice(found)
            if choice is None:
                met.append(found)
            elif choice:
                kept[other] = None
            else:
                del kept[mine]
        return met

    def alone(
        self,
        db: Database,
        entity: str,
        present: Mapping[str, Any],
        wanted: Mapping[str, Any],
        own: Collection[int],
    ) -> set[str]:
        """Of the values for a row those that the form leaves to the other desks."""
        differing = {name: value for name, value in wanted.items() if present[name] != value}
        return differing.keys() - self.left(db, entity, present, differing, own)[0].keys()

    def taken_out(
        self, db: Database, entity: str, present: Mapping[str, Any], own: Collection[int]
    ) -> list[Meeting]:
        """What others have changed of a row about to be taken out, until somebody chooses."""
        met, number = list[Meeting](), int(present["id"])
        for name, theirs in self._changed(db, entity, number, own).items():
            if present[name] == theirs.was or theirs.is_over:
                continue
            values = theirs.was, present[name], None
            met_here = _of_row(entity, present, name, values, theirs.last)
            found = replace(met_here, removes=True)
            if self._choice(found) is None:
                met.append(found)
        return met

    def spares(self, entity: str, number: int) -> bool:
        """Whether a row is to stay that the form would take out."""
        spared = {
            cell
            for cell, choice in self.chosen.items()
            if cell[:2] == (entity, number) and choice.value is _REMOVED and not choice.mine
        }
        self.heeded |= spared
        return bool(spared)

    def meet(self, db: Database, met: Meeting) -> tuple[Meeting, bool | None]:
        """What was chosen for something that is compared elsewhere, None while nobody has; with
        who wrote theirs."""
        row = db.execute_sql("SELECT who, at FROM act WHERE id = ?", (met.act,)).fetchone()
        if row is not None:
            met = replace(met, who=row[0], at=datetime.fromisoformat(row[1]))
        return met, self._choice(met)

    def settle(self, meetings: Sequence[Meeting], mine: bool) -> None:
        """Keep what was chosen for what was shown."""
        for one in meetings:
            self.chosen[_cell(one)] = _Choice(one.act, mine, _value(one))

    def end(self) -> None:
        """An act is done. Whoever does the same again is asked again: theirs was chosen once."""
        for cell in self.heeded:
            self.chosen.pop(cell, None)
        self.heeded.clear()

    def before(
        self, db: Database, entity: str, number: int, present: _Row, own: Collection[int]
    ) -> _Row:
        """A row's stored values as the form first showed it, None where it was not there."""
        row = present
        others = [one for one in self._changes(db, entity, number) if one.act not in own]
        for one in reversed(others):
            whole = one.before is None or one.after is None
            row = one.before if whole else {**(row or {}), **(one.before or {})}
        return row

    def latest(self, db: Database, entity: str, number: int, own: Collection[int]) -> int:
        """The latest act of others since that touched a row, 0 for none."""
        acts = [one.act for one in self._changes(db, entity, number) if one.act not in own]
        return acts[-1] if acts else 0

    def removed(
        self, db: Database, entity: str, person: int, own: Collection[int]
    ) -> list[tuple[int, dict[str, Any]]]:
        """The rows of a person's file that others have taken out since, as they were then, each
        with the act that did."""
        rows = db.execute_sql(
            "SELECT act_id, before FROM change WHERE entity = ? AND person_id = ?"
            " AND act_id > ? AND before IS NOT NULL AND after IS NULL ORDER BY id",
            (entity, person, self.act),
        ).fetchall()
        return [(int(act), json.loads(before)) for act, before in rows if act not in own]

    def beside(
        self,
        db: Database,
        entity: str,
        key: Mapping[str, Any],
        values: Mapping[str, Any],
        own: Collection[int],
        named: str,
    ) -> list[Meeting]:
        """What others have added or taken out since beside a figure about to be added: figures
        stand beside the former ones, and none is ever written over."""
        rows = db.execute_sql(
            "SELECT c.act_id, a.who, a.at, c.before, c.after, c.entity_id FROM change c"
            " JOIN act a ON a.id = c.act_id WHERE c.entity = ? AND c.act_id > ? ORDER BY c.id",
            (entity, self.act),
        ).fetchall()
        last: _Change | None = None
        was: _Row = None
        added = set[int]()
        for *told, number in rows:
            one = _change(told)
            row = one.after if one.after is not None else one.before or {}
            if one.act in own or any(row.get(name) != value for name, value in key.items()):
                continue
            was, last = one.before or was, one
            added.add(int(number))
        if last is None:
            return []
        was, theirs = was or _former(db, entity, key, added), last.after or {}
        found = []
        for name, value in values.items():
            if name in _SOURCES or theirs.get(name) == value:
                continue
            three = was.get(name), theirs.get(name), value
            made = _meeting(entity, 0, name, three, last)
            found.append(replace(made, named=named, beside=_key_text(key)))
        return [one for one in found if self._choice(one) is None]

    def chose_theirs(self, entity: str, key: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
        """Whether a figure of theirs was chosen instead of this one."""
        beside = _key_text(key)
        theirs = {
            cell
            for cell, choice in self.chosen.items()
            if (cell[0], cell[3]) == (entity, beside)
            and not choice.mine
            and choice.value == values.get(cell[2])
        }
        self.heeded |= theirs
        return bool(theirs)

    def to_others(self) -> dict[tuple[str, str], object]:
        """What was left to the others, by entity and column: instead of which value of mine."""
        theirs = {cell: c.value for cell, c in self.chosen.items() if not c.mine and not cell[3]}
        self.heeded |= theirs.keys()
        return {(entity, name): value for (entity, _id, name, _), value in theirs.items()}

    def _choice(self, met: Meeting) -> bool | None:
        """Whether mine was chosen, or theirs; None where nobody has seen this of theirs yet.

        Theirs is chosen instead of one value of mine: whoever types another is asked again.
        """
        choice = self.chosen.get(_cell(met))
        if choice is None:
            return None
        if choice.mine:
            return True if choice.act >= met.act else None
        if choice.value != _value(met):
            return None
        self.heeded.add(_cell(met))
        return False

    def _changed(
        self, db: Database, entity: str, number: int, own: Collection[int]
    ) -> dict[str, _Theirs]:
        """The columns that others changed since."""
        found: dict[str, _Theirs] = {}
        for one in self._changes(db, entity, number):
            for name in {*(one.before or ()), *(one.after or ())}:
                if one.act not in own:
                    was = found[name].was if name in found else (one.before or {}).get(name)
                    found[name] = _Theirs(was, one)
                elif name in found:
                    found[name] = found[name]._replace(is_over=True)
        return found

    def _changes(self, db: Database, entity: str, number: int) -> Iterator[_Change]:
        """What was done to a row since, in order."""
        rows = db.execute_sql(
            "SELECT c.act_id, a.who, a.at, c.before, c.after FROM change c"
            " JOIN act a ON a.id = c.act_id"
            " WHERE c.entity = ? AND c.entity_id = ? AND c.act_id > ? ORDER BY c.id",
            (entity, number, self.act),
        ).fetchall()
        return map(_change, rows)


def _change(row: Sequence[Any]) -> _Change:
    act, who, at, before, after = row
    values = (None if text is None else json.loads(text) for text in (before, after))
    return _Change(int(act), who, datetime.fromisoformat(at), *values)


def _of_row(
    entity: str, present: Mapping[str, Any], name: str, values: tuple[Any, Any, Any], by: _Change
) -> Meeting:
    number = int(present["id"])
    person = number if entity == "person" else present.get("person_id")
    return replace(_meeting(entity, number, name, values, by), person=person)


def _meeting(
    entity: str, number: int, name: str, values: tuple[Any, Any, Any], by: _Change
) -> Meeting:
    return Meeting(entity, number, name, *values, act=by.act, who=by.who, at=by.at)


def _cell(one: Meeting) -> Cell:
    return one.entity, one.number, one.field, one.beside


def _key_text(key: Mapping[str, Any]) -> str:
    return json.dumps(key, sort_keys=True)


def _former(
    db: Database, entity: str, key: Mapping[str, Any], added: Collection[int]
) -> Mapping[str, Any]:
    """The latest figure of a key that was there before those that were added."""
    columns = COLUMNS[entity]
    wanted = " AND ".join(f"{n} IS NULL" if v is None else f"{n} = ?" for n, v in key.items())
    rows = db.execute_sql(
        f"SELECT {', '.join(columns)} FROM {entity} WHERE {wanted} ORDER BY id DESC",
        tuple(value for value in key.values() if value is not None),
    ).fetchall()
    found = (dict(zip(columns, row, strict=True)) for row in rows)
    return next((row for row in found if row["id"] not in added), {})


def _value(one: Meeting) -> object:
    return _REMOVED if one.removes else one.mine
