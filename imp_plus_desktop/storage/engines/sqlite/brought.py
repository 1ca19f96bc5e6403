# SPDX-License-Identifier: Apache-2.0
"""Where rows came in or went together with another one: noted from the JSON of the journal's
changes."""

from __future__ import annotations

from typing import Any, Protocol


class _Runs(Protocol):
    def execute_sql(self, sql: str, params: Any = None) -> Any: ...


def note_brought(db: _Runs) -> None:
    """Note which changes tell of each row that came in or went together with another one.

    It stands in `brought` (entity, id, change_id, place), a table of the connection's own; `place`
    is what `Dialect.brought_row` takes.
    """
    db.execute_sql(
        "CREATE TEMP TABLE IF NOT EXISTS brought (entity TEXT, id INTEGER, change_id INTEGER,"
        " place INTEGER, PRIMARY KEY (entity, id, change_id)) WITHOUT ROWID"
    )
    db.execute_sql("DELETE FROM brought")
    db.execute_sql(
        "INSERT OR IGNORE INTO brought (entity, id, change_id, place)"
        " SELECT r.value ->> 0, r.value ->> '$[1].id', c.id, r.key"
        " FROM change c, json_each(c.together) r WHERE c.together IS NOT NULL"
    )
