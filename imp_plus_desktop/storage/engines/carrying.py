# SPDX-License-Identifier: Apache-2.0
"""Carries all that is kept from one open register into an empty one, whichever engines they have.

    rows_at_once(table)                 how many rows of a table are held at a time
    TABLES                              what is carried, parents before children
    carry(source, target, step)         in the caller's transaction on both

What is derived (summaries, the index of the search, the agenda) is not: whoever opens the target
makes it anew. Never writes to the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from imp_plus_desktop.storage.engines.database import Database, Step
from imp_plus_desktop.storage.engines.sqlite import shape

_FIRST = ("person", "member", "application", "act")
"""What others hang on, in an order in which none comes before its own parent."""
_DERIVED = frozenset(
    {
        "standing",
        "standing_figures",
        "agenda_line",
        "waiting_line",
        "flag_line",
        "person_search",
        "person_search_words",
        "person_search_near",
    }
)
TABLES: tuple[str, ...] = (
    *_FIRST,
    *(name for name in shape.tables() if name not in _DERIVED and name not in _FIRST),
)
_AT_ONCE = 5_000
_HEAVY = {"attachment": 4, "source_file": 4, "source_block": 50}
"""Of tables whose rows hold whole files, or many cells."""


def carry(source: Database, target: Database, step: Step | None = None) -> None:
    """Carry every row and every counter into a register in which nothing was ever written.

    What the target refuses raises its driver's error.
    """
    whole = sum(_count(source, name) for name in TABLES)
    done = 0
    for name in TABLES:
        columns = sorted(shape.columns_made()[name])
        for rows in _slices(source, name, columns):
            target.insert_rows(name, columns, rows)
            done += len(rows)
            if step is not None:
                step(done, whole)
    for name, last in source.counters.all().items():
        target.counters.go_on_from(name, last)


def _count(db: Database, table: str) -> int:
    return int(db.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone()[0])


def _slices(db: Database, table: str, columns: Sequence[str]) -> Iterator[list[Any]]:
    # An entry of a ledger is refused where those before it are missing.
    order = " ORDER BY id" if "id" in columns else ""
    asked = f"SELECT {', '.join(columns)} FROM {table}{order}"
    return db.pages(asked, rows_at_once(table))


def rows_at_once(table: str) -> int:
    """How many rows of a table are held at a time."""
    return _HEAVY.get(table, _AT_ONCE)
