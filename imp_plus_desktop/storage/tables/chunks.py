# SPDX-License-Identifier: Apache-2.0
"""What is looked for in slices that fit one IN list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from peewee import Database

T = TypeVar("T")

CHUNK = 500
"""Values in one IN list: below any engine's limit on parameters, enough to make the query worth it.
"""


def chunks(wanted: Sequence[T]) -> Iterator[Sequence[T]]:
    """Return what is looked for in slices."""
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]


def marks(count: int) -> str:
    """Return placeholders for `count` parameters."""
    return ", ".join("?" * count)


def where_in(db: Database, sql: str, wanted: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Return the rows that a query finds for these numbers; it ends before its IN list."""
    for part in chunks(wanted):
        yield from db.execute_sql(f"{sql} IN ({marks(len(part))})", tuple(part)).fetchall()
