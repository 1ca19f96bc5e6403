# SPDX-License-Identifier: Apache-2.0
"""The highest id ever given out in each table: in `id_counter`, which triggers keep.

It follows every insert, one that brings its id too, and goes back with what is taken back: a
sequence of PostgreSQL's would do neither.
"""

from __future__ import annotations

from typing import Any, Protocol


class _Runs(Protocol):
    def execute_sql(self, sql: str, params: Any = None) -> Any: ...


class ServerCounters:
    """How far each table has counted."""

    def __init__(self, db: _Runs) -> None:
        self._db = db

    def last(self, table: str) -> int:
        """Return the highest id that a table has ever had, 0 before the first."""
        row = self._db.execute_sql("SELECT seq FROM id_counter WHERE name = ?", (table,)).fetchone()
        return int(row[0]) if row else 0

    def all(self) -> dict[str, int]:
        """Return the highest id of every table that has had one."""
        rows = self._db.execute_sql("SELECT name, seq FROM id_counter").fetchall()
        return {str(name): int(last) for name, last in rows}

    def go_on_from(self, table: str, number: int) -> None:
        """Give out no id of a table up to this one any more."""
        self._db.execute_sql(
            "INSERT INTO id_counter (name, seq) VALUES (?, ?) ON CONFLICT (name)"
            " DO UPDATE SET seq = GREATEST(id_counter.seq, EXCLUDED.seq)",
            (table, number),
        )
