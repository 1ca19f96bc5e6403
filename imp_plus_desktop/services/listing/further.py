# SPDX-License-Identifier: Apache-2.0
"""What the further columns of a list hold, and what its values are to choose from in a filter.

Which columns there are is `domain/reads/list_columns.py`; what a value is called, `words/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.shapes import Value
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads.shaping import cells

Row = TypeVar("Row", bound=Any)


def with_columns(
    office: Office, kind: ListKind, rows: Sequence[Row], wanted: Sequence[str]
) -> Sequence[Row]:
    """The same rows, each with what it holds in these columns as `more`."""
    if not wanted or not rows:
        return rows
    numbers = [_number(row) for row in rows]
    found = cells.cells(office.register, kind, numbers, wanted, office.clock.today())
    empty = (None,) * len(wanted)
    return [
        replace(row, more=dict(zip(wanted, found.get(number, empty), strict=True)))
        for row, number in zip(rows, numbers, strict=True)
    ]


def _number(row: Any) -> int:
    """The id of a row: deadlines have no table of their own, and a key."""
    return int(row.key if hasattr(row, "key") else row.id)


def counted(
    office: Office, kind: ListKind, ids: Sequence[int], column: str
) -> list[tuple[Value, int]]:
    """Each value of a column among these rows with how often it is there, the commonest first."""
    return cells.counted(office.register, kind, ids, column, office.clock.today())
