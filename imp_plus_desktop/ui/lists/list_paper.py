# SPDX-License-Identifier: Apache-2.0
"""A list on paper: the columns and rows shown, in their order, with what was asked for.

    list_paper(title, said, columns, rows, name) -> Paper

Must not fetch anything.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from imp_plus_desktop.ui.paper.paper import Paper, Part, Table
from imp_plus_desktop.ui.tables.model import Column

MOST = 1000
"""A longer list is for a workbook: some forty sheets, which take Qt two seconds to lay out."""


def list_paper(
    title: str, said: str, columns: Sequence[Column[Any]], rows: Iterable[Any], name: str
) -> Paper:
    """These rows under the titles of these columns; `said` tells which rows they are."""
    cells = tuple(tuple(column.text(row) for column in columns) for row in rows)
    numbers = frozenset(place for place, column in enumerate(columns) if column.kind == "number")
    table = Table(tuple(column.title() for column in columns), cells, numbers)
    return Paper(title, said, (Part(table=table),), name=name)
