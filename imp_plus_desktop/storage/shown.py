# SPDX-License-Identifier: Apache-2.0
"""What a form rests on: the register as it was when the form was opened.

    Shown(act)     `act` is the last one that the form has seen
        left(db, entity, present, wanted, own) -> the values that may be written now

Nothing that another desk wrote since is written over unseen. Must not write anything.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from peewee import Database

from imp_plus_desktop.domain.errors import StorageError

Cell = tuple[str, int, str]
"""Entity, id of the row, column."""


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
    ) -> dict[str, Any]:
        """Those of the stored values that may be written into a row, given as it is now.

        A value that is as the form first showed it was not touched there: what another desk put
        in its place stays. Errors: StorageError changed_meanwhile, for a value that was.
        """
        kept, number = dict(wanted), int(present["id"])
        for name, (was, act) in self._changed(db, entity, number, own).items():
            cell = (entity, number, name)
            if name not in kept or present[name] == was or self.told.get(cell, 0) >= act:
                continue
            if kept[name] == was:
                del kept[name]
                continue
            self.told[cell] = act
            raise StorageError("changed_meanwhile", field=name)
        return kept

    def check_untouched(
        self, db: Database, entity: str, present: Mapping[str, Any], own: Collection[int]
    ) -> None:
        """Refuse to take out a row that has changed. Errors: StorageError changed_meanwhile."""
        self.left(db, entity, present, present, own)

    def _changed(
        self, db: Database, entity: str, number: int, own: Collection[int]
    ) -> dict[str, tuple[Any, int]]:
        """The columns that others changed since: the value before, and the latest act of them."""
        rows = db.execute_sql(
            "SELECT act_id, before FROM change WHERE entity = ? AND entity_id = ?"
            " AND act_id > ? AND before IS NOT NULL AND after IS NOT NULL ORDER BY id",
            (entity, number, self.act),
        ).fetchall()
        found: dict[str, tuple[Any, int]] = {}
        for act, before in rows:
            if act in own:
                continue
            for name, value in json.loads(before).items():
                was = found[name][0] if name in found else value
                found[name] = (was, act)
        return found
