# SPDX-License-Identifier: Apache-2.0
"""Carries all that is kept from one open register into an empty one, whichever engines they have.

    rows_at_once(table)                 how many rows of a table are held at a time
    TABLES                              what is carried, parents before children
    LINES                               what lists rest on, which is derived
    carry(source, target, step)         in the caller's transaction on both
    carry_lines(source, target, step)   the same of LINES

What is derived (summaries, the agenda, the index of the search) goes along only where somebody asks
for it; else whoever opens the target makes it anew. Never writes to the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from imp_plus_desktop.storage.engines.database import Database, Step
from imp_plus_desktop.storage.engines.sqlite import shape

_FIRST = ("person", "member", "application", "act")
"""What others hang on, in an order in which none comes before its own parent."""
LINES: tuple[str, ...] = (
    "standing_figures",
    "standing",
    "agenda_line",
    "waiting_line",
    "flag_line",
)
_DERIVED = frozenset(
    {*LINES, "person_search", "person_search_words", "person_search_near"},
)
TABLES: tuple[str, ...] = (
    *_FIRST,
    *(name for name in shape.tables() if name not in _DERIVED and name not in _FIRST),
)
_AT_ONCE = 5_000
_HEAVY = {"attachment": 1, "source_file": 1, "source_block": 50}
"""Of tables whose rows hold whole files, or many cells."""


def carry(source: Database, target: Database, step: Step | None = None) -> None:
    """Carry every row and every counter into a register in which nothing was ever written.

    What the target refuses raises its driver's error.
    """
    _carry_rows(source, target, TABLES, step)
    for name, last in source.counters.all().items():
        target.counters.go_on_from(name, last)


def carry_lines(source: Database, target: Database, step: Step | None = None) -> None:
    """Carry what lists rest on into a register that holds the same people, and no line yet."""
    _carry_rows(source, target, LINES, step)


def _carry_rows(
    source: Database, target: Database, tables: Sequence[str], step: Step | None
) -> None:
    whole = sum(_count(source, name) for name in tables)
    done = 0
    for name in tables:
        columns = sorted(shape.columns_made()[name])
        for rows in _slices(source, name, columns):
            target.insert_rows(name, columns, rows)
            if name in _HEAVY:
                target.settle_inserts()
            done += len(rows)
            if step is not None:
                step(done, whole)


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


def holds_files(table: str) -> bool:
    """Whether a row of a table may hold a whole file."""
    return table in _HEAVY
