# SPDX-License-Identifier: Apache-2.0
"""Rows as they are stored, by column, read where they are about to be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from imp_plus_desktop.domain.records.catalogue import PARTLY
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.tables.schema import CHILDREN, COLUMNS
from imp_plus_desktop.storage.tables.statements import where_in


class StoredRows:
    """Reads the rows that an act is about to write, and what hangs on them."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._ahead: dict[tuple[str, int], dict[str, Any] | None] = {}

    def read_ahead(self, rows: Iterable[tuple[str, int]]) -> None:
        """Read the rows of a kind at once that are soon written one after the other: each question
        is a way to a server. What was read ahead before is forgotten."""
        self._ahead.clear()
        by_kind: dict[str, set[int]] = {}
        for entity, number in rows:
            by_kind.setdefault(entity, set()).add(number)
        for entity, numbers in by_kind.items():
            found = self._read(entity, sorted(numbers))
            self._ahead.update({(entity, number): found.get(number) for number in numbers})

    def _written(self, entity: str, number: int, values: Mapping[str, Any] | None) -> None:
        """Stored values were put into a row, or all of it has gone."""
        known = self._ahead.get((entity, number))
        if values is None and (entity, number) in self._ahead:
            self._ahead[entity, number] = None
        elif known is not None and values is not None:
            known.update(values)
        else:
            self._ahead.pop((entity, number), None)  # a column may begin with a value of its own

    def stored(self, entity: str, number: int) -> dict[str, Any] | None:
        """One row as stored values by column, or None."""
        return self.stored_many(entity, [number]).get(number)

    def stored_many(self, entity: str, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Rows as stored values by column, by id; ids that are not there are left out."""
        unknown = [number for number in numbers if (entity, number) not in self._ahead]
        found = self._read(entity, unknown)
        known = ((number, self._ahead.get((entity, number))) for number in numbers)
        return {**found, **{number: dict(row) for number, row in known if row is not None}}

    def _read(self, entity: str, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
        columns = COLUMNS[entity]
        rows = where_in(self.db, f"SELECT {', '.join(columns)} FROM {entity} WHERE id", numbers)
        return {row[columns.index("id")]: dict(zip(columns, row, strict=True)) for row in rows}

    def rows_where(self, entity: str, column: str, value: object) -> list[dict[str, Any]]:
        """The rows with a stored value in a column, as stored values by column, oldest first."""
        columns = COLUMNS[entity]
        sql = f"SELECT {', '.join(columns)} FROM {entity} WHERE {column} = ? ORDER BY id"
        found = self.db.execute_sql(sql, (value,)).fetchall()
        return [dict(zip(columns, row, strict=True)) for row in found]

    def with_dependants(self, entity: str, numbers: Sequence[int]) -> set[int]:
        """Those of the rows on which something still hangs."""
        return {
            row[0]
            for table, column in CHILDREN.get(entity, ())
            for row in where_in(
                self.db, _hanging(entity, table, column, f"DISTINCT y.{column}"), numbers
            )
        }

    def hanging(self, entity: str, number: int) -> dict[tuple[str, str], list[int]]:
        """What hangs on a row, by (table, column): the ids of each."""
        return {
            (table, column): [
                row[0]
                for row in self.db.execute_sql(
                    _hanging(entity, table, column, "y.id") + " = ? ORDER BY y.id", (number,)
                ).fetchall()
            ]
            for table, column in CHILDREN.get(entity, ())
        }


def _hanging(entity: str, table: str, column: str, wanted: str) -> str:
    """The question for what hangs on rows by a column, as `y`; it ends before the rows' ids."""
    if table != entity:
        return f"SELECT {wanted} FROM {table} y WHERE y.{column}"
    # What hangs on another row of its kind is in the same file, by which it is found: no index
    # stands on the column.
    return (
        f"SELECT {wanted} FROM {entity} x JOIN {table} y"
        f" ON y.person_id = x.person_id AND y.{column} = x.id WHERE x.id"
    )


def one_of_both(
    values: Mapping[str, object], present: Mapping[str, object]
) -> Mapping[str, object]:
    """A day known in part goes when the whole one comes, and the other way round.

    A day that is emptied takes what was known of it along.
    """
    for day, known in PARTLY.items():
        if known not in present:
            continue
        if values.get(day) is not None or (day in values and known not in values):
            values = {**values, known: None}
        elif values.get(known) is not None:
            values = {**values, day: None}
    return values
