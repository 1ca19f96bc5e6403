# SPDX-License-Identifier: Apache-2.0
"""What the columns of a list hold: in some of its rows, and how often each value is there.

Values come as the register keeps them: codes, ISO days, 0 and 1. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.shaping.sources import FROM, KEY, joined, source
from imp_plus_desktop.storage.tables.statements import chunks, marks


def cells(
    register: Register, kind: ListKind, ids: Sequence[int], wanted: Sequence[str], today: date
) -> dict[int, tuple[Any, ...]]:
    """What the rows of these ids hold in these columns, by id."""
    found: dict[int, tuple[Any, ...]] = {}
    told = ", ".join(source(kind, column) for column in wanted)
    joins = joined(kind, told, today)
    for chunk in chunks(ids):
        rows = register.db.execute_sql(
            f"SELECT {KEY[kind]}, {told} FROM {FROM[kind]}{joins}"
            f" WHERE {KEY[kind]} IN ({marks(len(chunk))})",
            tuple(chunk),
        ).fetchall()
        found.update((row[0], row[1:]) for row in rows)
    return found


def counted(
    register: Register, kind: ListKind, ids: Sequence[int], column: str, today: date
) -> list[tuple[Any, int]]:
    """Each value that a column holds in the rows of these ids with how often, the commonest
    first."""
    told = source(kind, column)
    dialect = register.db.dialect
    sql = (
        f"SELECT {told} AS held, COUNT(*) AS times FROM {FROM[kind]}{joined(kind, told, today)}"
        f" WHERE {dialect.any_of(KEY[kind])} GROUP BY held ORDER BY times DESC, held NULLS LAST"
    )
    return [tuple(row) for row in register.db.execute_sql(sql, (dialect.numbers(ids),)).fetchall()]
