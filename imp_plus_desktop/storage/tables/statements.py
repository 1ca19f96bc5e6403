# SPDX-License-Identifier: Apache-2.0
"""Statements that every engine reads, made of the names of tables and columns.

What is looked for by many numbers is looked for in slices that fit one IN list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from peewee import Database

T = TypeVar("T")

CHUNK = 500
"""Values in one IN list: below any engine's limit on parameters, and few enough statements."""


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


def of_kind(column: str, entity: str) -> str:
    """Return SQL: whether a change, of an act that is asked for too, is of a kind. A file's engine
    has counted nothing: by the bare column it would walk all changes of that kind there are."""
    return f"{column} || '' = '{entity}'"


def insert_row(db: Database, table: str, values: Mapping[str, Any]) -> None:
    """Insert one row of stored values, given by column."""
    into = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks(len(values))})"
    db.execute_sql(into, tuple(values.values()))


def update_row(db: Database, table: str, number: int, values: Mapping[str, Any]) -> None:
    """Put stored values, given by column, into the row of an id."""
    assignments = ", ".join(f"{name} = ?" for name in values)
    db.execute_sql(f"UPDATE {table} SET {assignments} WHERE id = ?", (*values.values(), number))


def delete_where(db: Database, table: str, column: str, numbers: Iterable[int]) -> None:
    """Delete the rows whose column is one of these numbers."""
    for part in chunks(list(numbers)):
        marked = f"DELETE FROM {table} WHERE {column} IN ({marks(len(part))})"
        db.execute_sql(marked, tuple(part))
