# SPDX-License-Identifier: Apache-2.0
"""The highest id ever given out in each table: SQLite counts for itself, in `sqlite_sequence`.

It follows every insert, one that brings its id too, so that an id is never given out twice.
"""

from __future__ import annotations

from typing import Any, Protocol


class _Runs(Protocol):
    def execute_sql(self, sql: str, params: Any = None) -> Any: ...


class Counters:
    """How far each table has counted."""

    def __init__(self, db: _Runs) -> None:
        self._db = db

    def last(self, table: str) -> int:
        """Return the highest id that a table has ever had, 0 before the first."""
        asked = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        row = self._db.execute_sql(asked, (table,)).fetchone()
        return int(row[0]) if row else 0

    def all(self) -> dict[str, int]:
        """Return the highest id of every table that has had one."""
        rows = self._db.execute_sql("SELECT name, seq FROM sqlite_sequence").fetchall()
        return {str(name): int(last) for name, last in rows}

    def go_on_from(self, table: str, number: int) -> None:
        """Give out no id of a table up to this one any more."""
        known = self._db.execute_sql("SELECT 1 FROM sqlite_sequence WHERE name = ?", (table,))
        if known.fetchone() is None:
            self._db.execute_sql("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, number))
        else:
            raised = "UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = ?"
            self._db.execute_sql(raised, (number, table))
