# SPDX-License-Identifier: Apache-2.0
"""The rows of a list that is a programme's: each person is entered under it.

A row that names a route of its own keeps that. Nothing that a cell says is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imp_plus_desktop.domain.records.catalogue import PEOPLE
from imp_plus_desktop.domain.records.listed import ROUTE, ROUTE_STATE
from imp_plus_desktop.domain.values.codes import RouteState
from imp_plus_desktop.exchange.lists.drafts import ParsedRow

_FILED = frozenset(
    field.named
    for field in (*PEOPLE, ROUTE, ROUTE_STATE)
    if field.entity in ("application", "permit", "other_route")
)
"""What says that something was filed, or where it stands."""


def under_programme(programme: str | None, rows: Iterable[ParsedRow]) -> Iterable[ParsedRow]:
    """The rows as they are, or each of people under a programme: where a row tells of nothing
    that was filed, it is considered."""
    return rows if programme is None else _under(programme, rows)


def _under(programme: str, rows: Iterable[ParsedRow]) -> Iterator[ParsedRow]:
    for row in rows:
        if row.of_family:
            yield row
            continue
        values = {ROUTE.named: programme, **row.values}
        if _FILED.isdisjoint(row.values):
            values[ROUTE_STATE.named] = RouteState.CONSIDERED.value
        yield row._replace(values=values)
