# SPDX-License-Identifier: Apache-2.0
"""Writes many rows at once: by COPY, which a server takes in a fifth of the time of INSERTs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, count, islice
from typing import Any

_FEW = 3
"""Rows that one INSERT brings in fewer messages than COPY."""


def insert(
    connection: Any,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    last_id: Callable[[], int] | None = None,
) -> None:
    """Insert rows of stored values. What a constraint refuses raises the driver's own error.

    Rows of a table that counts its ids, and that bring none, get theirs here, after `last_id`: to
    have each row ask its counter would write that one anew as often.
    """
    waiting = iter(rows)
    first = list(islice(waiting, _FEW + 1))
    if not first:
        return
    if len(first) > _FEW and last_id is not None:
        columns = ("id", *columns)
        numbered = zip(count(last_id() + 1), chain(first, waiting), strict=False)
        first, waiting = [], ((number, *row) for number, row in numbered)
    names = ", ".join(columns)
    if first and len(first) <= _FEW:
        row = f"({', '.join(['%s'] * len(columns))})"
        values = ", ".join([row] * len(first))
        parameters = tuple(chain.from_iterable(first))
        connection.execute(f"INSERT INTO {table} ({names}) VALUES {values}", parameters)
        return
    cursor = connection.cursor()
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for one in chain(first, waiting):
            copy.write_row(one)
