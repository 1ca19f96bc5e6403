# SPDX-License-Identifier: Apache-2.0
"""The rows of a list counted by two of its columns; the engine counts. Nothing here writes."""

from __future__ import annotations

from datetime import date
from typing import Any

from imp_plus_desktop.domain.reads.list_columns import columns
from imp_plus_desktop.domain.reads.pivots import ALL, Dimension, Pivot, Step
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.shaping.sources import FROM, KEY, joined, source

_YEAR, _MONTH = len("2026"), len("2026-03")


def counts(register: Register, pivot: Pivot, today: date) -> list[tuple[Any, Any, int]]:
    """How many rows have each two values: row, column, count. Without columns theirs are NULL."""
    told = [_told(register, pivot, axis) for axis in pivot.axes] + ["NULL"]
    by = ", ".join(told[:2])
    joins = joined(pivot.kind, by, today)
    sql = f"SELECT {by}, COUNT(*) FROM {FROM[pivot.kind]}{joins} GROUP BY 1, 2"
    return [(row[0], row[1], row[2]) for row in register.db.execute_sql(sql).fetchall()]


def ids(register: Register, pivot: Pivot, row: object, column: object, today: date) -> list[int]:
    """The ids of the rows of one figure, whatever filters can say of it; `ALL` for a total."""
    by = ", ".join(_told(register, pivot, axis) for axis in pivot.axes)
    sql = f"SELECT {KEY[pivot.kind]}, {by} FROM {FROM[pivot.kind]}{joined(pivot.kind, by, today)}"
    wanted = (row, column)[: len(pivot.axes)]
    return [
        number
        for number, *held in register.db.execute_sql(sql).fetchall()
        if all(want in (ALL, value) for want, value in zip(wanted, held, strict=True))
    ]


def _told(register: Register, pivot: Pivot, axis: Dimension) -> str:
    """The SQL of what is counted by: a value, or the year or the month of a day."""
    plain = source(pivot.kind, axis.column)
    if axis.step is Step.VALUE:
        return plain
    if columns(pivot.kind)[axis.column].kind is Kind.INSTANT:
        plain = register.db.dialect.month_in_toronto(plain)
    if axis.step is Step.YEAR:
        return f"substr({plain}, 1, {_YEAR})"
    if pivot.of_one_day:
        return f"substr({plain}, {_MONTH - 1}, 2)"
    return f"substr({plain}, 1, {_MONTH})"
