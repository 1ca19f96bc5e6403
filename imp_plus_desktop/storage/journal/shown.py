# SPDX-License-Identifier: Apache-2.0
"""What a form rests on: the register as it was when the form was opened.

    Shown(act)     `act` is the last one that the form has seen
        left(db, entity, present, wanted, own) -> the values that may be written now, and the names
                                                  of those that others have changed too
        before(db, entity, number, present, own) -> a row as the form first showed it
        removed(db, entity, person, own) -> the rows that others have taken out since
        beside(db, entity, values, own) -> whether others set or took out such a figure since

Nothing that another desk wrote since is written over unseen. Must not write anything.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.storage.engines import Database

Cell = tuple[str, int, str]
"""Entity, id of the row, column."""
_Row = Mapping[str, Any] | None


@dataclass
class Shown:
    """A day's work on one form. Whoever was told of a change may write over it the next time."""

    act: int
    told: dict[Cell, int] = field(default_factory=dict)
    """What somebody was told has changed, and the latest act of it that was told."""

    def left(
        self,
        db: Database,
        entity: str,
        present: Mapping[str, Any],
        wanted: Mapping[str, Any],
        own: Collection[int],
    ) -> tuple[dict[str, Any], list[str]]:
        """Those of the stored values that may be written into a row, given as it is now.

        A value that is as the form first showed it was not touched there: what another desk put
        in its place stays. One that was touched at both desks is named, once a change of theirs.
        """
        kept, both, number = dict(wanted), list[str](), int(present["id"])
        for name, (was, act) in self._changed(db, entity, number, own).items():
            cell = (entity, number, name)
            if name not in kept or present[name] == was or self.told.get(cell, 0) >= act:
                continue
            if kept[name] == was:
                del kept[name]
                continue
            self.told[cell] = act
            both.append(name)
        return kept, both

    def touched(
        self, db: Database, entity: str, present: Mapping[str, Any], own: Collection[int]
    ) -> list[str]:
        """The values of a row about to be taken out that others have changed, once a change."""
        return self.left(db, entity, present, present, own)[1]

    def is_told(self, name: str) -> bool:
        """Whether something that no single row stands for was told; from now on it is."""
        known = ("", 0, name) in self.told
        self.told[("", 0, name)] = self.act
        return known

    def before(
        self, db: Database, entity: str, number: int, present: _Row, own: Collection[int]
    ) -> _Row:
        """A row's stored values as the form first showed it, None where it was not there."""
        row = present
        for _act, earlier, later in reversed(list(self._changes(db, entity, number, own))):
            row = earlier if earlier is None or later is None else {**(row or {}), **earlier}
        return row

    def removed(
        self, db: Database, entity: str, person: int, own: Collection[int]
    ) -> list[dict[str, Any]]:
        """The rows of a person's file that others have taken out since, as they were then."""
        rows = db.execute_sql(
            "SELECT act_id, before FROM change WHERE entity = ? AND person_id = ?"
            " AND act_id > ? AND before IS NOT NULL AND after IS NULL",
            (entity, person, self.act),
        ).fetchall()
        return [json.loads(before) for act, before in rows if act not in own]

    def beside(
        self, db: Database, entity: str, values: Mapping[str, Any], own: Collection[int]
    ) -> bool:
        """Whether others have added or taken out a row with these values since, once a change of
        theirs: figures are added beside the former ones, and none is ever written over."""
        rows = db.execute_sql(
            "SELECT act_id, before, after FROM change WHERE entity = ? AND act_id > ? ORDER BY id",
            (entity, self.act),
        ).fetchall()
        latest = 0
        for act, before, after in rows:
            row = json.loads(after if after is not None else before)
            if act not in own and all(row.get(name) == value for name, value in values.items()):
                latest = act
        cell = (entity, 0, json.dumps(values, sort_keys=True))
        told, self.told[cell] = self.told.get(cell, 0), latest
        return latest > told

    def _changed(
        self, db: Database, entity: str, number: int, own: Collection[int]
    ) -> dict[str, tuple[Any, int]]:
        """The columns that others changed since: the value before, and the latest act of them."""
        found: dict[str, tuple[Any, int]] = {}
        for act, earlier, later in self._changes(db, entity, number, own):
            for name in {*(earlier or ()), *(later or ())}:
                was = found[name][0] if name in found else (earlier or {}).get(name)
                found[name] = (was, act)
        return found

    def _changes(
        self, db: Database, entity: str, number: int, own: Collection[int]
    ) -> Iterator[tuple[int, _Row, _Row]]:
        """What others did to a row since, in order: the values before and after."""
        rows = db.execute_sql(
            "SELECT act_id, before, after FROM change WHERE entity = ? AND entity_id = ?"
            " AND act_id > ? ORDER BY id",
            (entity, number, self.act),
        ).fetchall()
        for act, before, after in rows:
            if act not in own:
                yield act, *(None if text is None else json.loads(text) for text in (before, after))
