# SPDX-License-Identifier: Apache-2.0
"""What the tables of a damaged register are to hold once they are whole again.

    Salvaged(salvage)       reads its journal and its rows, as far as they can be read
        wanted(made, …)     every row of an entity that is to be there

A row that was read is taken as it is. Of one whose page is lost the changes that can be read say
what it was; where they do not either, it is named as lost.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from imp_plus_desktop.storage.engines import Salvage
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.journal import ChangeRecord, read_together
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.tables.columns import columns_of
from imp_plus_desktop.storage.tables.records import ActTable, ChangeTable
from imp_plus_desktop.storage.tables.schema import COLUMNS

Row = dict[str, Any]
Rows = dict[int, Row]
_CHANGE = columns_of(ChangeTable)
_ACT = columns_of(ActTable)


class Salvaged:
    """The journal of a damaged register, and what was lost of it and of every other table."""

    def __init__(self, salvage: Salvage) -> None:
        self.salvage = salvage
        self.acts = list(self.read("act", _ACT))
        self.changes = [row for row in self.read("change", _CHANGE) if _is_whole(row)]
        self.lost: dict[str, set[int]] = defaultdict(set)
        self.earlier = 0
        """Rows that only the journal tells any more."""
        self._told: dict[tuple[str, int], Row | None] | None = None

    @property
    def unread_acts(self) -> int:
        """How many acts could not be read, as far as their ids tell."""
        return sum(map(len, self.salvage.lost.get("act", ())))

    @property
    def has_whole_journal(self) -> bool:
        """Whether no page of it was lost."""
        journal_tables = {"act", "change"}
        there = journal_tables <= self.salvage.tables
        return there and not journal_tables & self.salvage.lost.keys()

    def read(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of a table with every column of today; what it lacks is empty."""
        there = self.salvage.columns(table)
        own = [name for name in columns if name in there]
        for row in self.salvage.rows(table, own) if own else ():
            values = dict(zip(own, row, strict=True))
            yield tuple(values.get(name) for name in columns)

    def wanted(self, made: Register, entity: str) -> Rows:
        """The rows of an entity that are to be there."""
        columns = COLUMNS[entity]
        place = columns.index("id")
        rows: Rows = {
            row[place]: dict(zip(columns, row, strict=True)) for row in self.read(entity, columns)
        }
        if entity not in self.salvage.tables:
            return self._as_told(made, entity)
        unread = [n for ids in self.salvage.lost.get(entity, ()) for n in ids if n not in rows]
        present = stored(made, entity, unread) if unread else {}
        for number in unread:
            told = self.told.get((entity, number), present.get(number))
            if told is not None:
                rows[number] = {**dict.fromkeys(columns), **told, "id": number}
                self.earlier += 1
            elif (entity, number) not in self.told:
                self.lost[entity].add(number)
        return rows

    def _as_told(self, made: Register, entity: str) -> Rows:
        """The rows of a table that cannot be read at all."""
        columns = COLUMNS[entity]
        own = {number: row for (kind, number), row in self.told.items() if kind == entity}
        rows = {number: dict(row) for number, row in stored(made, entity).items()}
        for number, row in own.items():
            rows.pop(number, None)
            if row is not None:
                rows[number] = {**dict.fromkeys(columns), **row, "id": number}
        self.earlier += len(rows)
        return rows

    @property
    def told(self) -> dict[tuple[str, int], Row | None]:
        """What the changes that can be read make of each row they tell of; None where it went."""
        if self._told is None:
            self._told = {}
            for change in sorted(self.changes, key=lambda row: row[0]):
                self._follow(self._told, dict(zip(_CHANGE, change, strict=True)))
        return self._told

    def _follow(self, told: dict[tuple[str, int], Row | None], change: Row) -> None:
        hanging = read_together(change["together"])
        after = None if change["after"] is None else json.loads(change["after"])
        key = (change["entity"], change["entity_id"])
        if after is None:
            if change["salt"] is not None:
                told[key] = None
            told.update({(entity, row["id"]): None for entity, row in hanging})
        elif change["before"] is None:
            told[key] = after
            told.update({(entity, row["id"]): row for entity, row in hanging})
        else:
            told[key] = {**(told.get(key) or {}), **after}


def _is_whole(row: Sequence[Any]) -> bool:
    change = dict(zip(_CHANGE, row, strict=True))
    own = [change[name] for name in ChangeRecord._fields]
    try:
        return journal.holds(own, change["salt"], bytes(change["digest"]))
    except (TypeError, UnicodeEncodeError):
        return False


def stored(made: Register, entity: str, numbers: Sequence[int] | None = None) -> Rows:
    """The rows of an entity in the new register, all or those of some ids."""
    columns = COLUMNS[entity]
    sql, wanted = f"SELECT {', '.join(columns)} FROM {entity}", tuple[object, ...]()
    if numbers is not None:
        sql += f" WHERE {made.db.dialect.any_of('id')}"
        wanted = (made.db.dialect.numbers(numbers),)
    found = made.db.execute_sql(sql, wanted).fetchall()
    return {row[columns.index("id")]: dict(zip(columns, row, strict=True)) for row in found}
