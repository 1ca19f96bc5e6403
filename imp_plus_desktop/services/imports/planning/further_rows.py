# SPDX-License-Identifier: Apache-2.0
"""The rows of a list that tell of one person's several applications, in the order of their days.

Whatever their order in the file: the row of the earliest application leads, and the others are
planned after it, each on what those before it make of the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from imp_plus_desktop.exchange.lists.drafts import OK, ParsedRow
from imp_plus_desktop.services.fields.field_plan import OF_HISTORY
from imp_plus_desktop.services.fields.tellings import filed_on, told_apart

Place = tuple[str, int]
"""(sheet, row)."""


def in_order(rows: Mapping[Place, ParsedRow]) -> tuple[dict[Place, ParsedRow], list[list[Place]]]:
    """The rows with their leaders, and the places of each person with several, the leader first.

    A row that does not go in leads nobody.
    """
    chains: dict[Place, list[Place]] = defaultdict(list)
    for place, row in rows.items():
        if row.leader is not None and row.effect == OK:
            chains[row.leader].append(place)
    if not chains:
        return dict(rows), []
    ordered = dict(rows)
    told: list[list[Place]] = []
    for first, others in chains.items():
        leads = [first] if rows[first].effect == OK else []
        chain = sorted([*leads, *others], key=lambda place: _first_day(rows[place]))
        for place in chain:
            ordered[place] = rows[place]._replace(leader=None if place == chain[0] else chain[0])
        told.append(chain)
    return ordered, told


def _first_day(row: ParsedRow) -> date:
    """The day of the earliest application that a row tells of."""
    days = (filed_on(one) for one in told_apart(row.values).applications)
    return min((day for day in days if day is not None), default=date.min)


def with_news(row: ParsedRow, said: Mapping[str, Any]) -> ParsedRow:
    """A further row without what the first one says too: that is told and weighed there."""
    news = {
        name: value
        for name, value in row.values.items()
        if name in OF_HISTORY or said.get(name) != value
    }
    return row._replace(values=news)
