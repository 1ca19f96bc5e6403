# SPDX-License-Identifier: Apache-2.0
"""The ways on from a permit that ends, as a table to read (`data/ways.toml`).

    table_from(data, routes) -> WayTable

No engine: a way names checks that `conditions.py` knows and figures that the programme has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.domain.verdict.routes import Route, RouteTable
from imp_plus_desktop.domain.ways.conditions import CONDITIONS

FAMILY = ("same_end", "by_the_job", "each_restores", "leave_too")
"""What becomes of the members' permits, by code."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way on. `months` is how long its permit may run, None where another permit says; fees
    are names of the programme's table, `papers` what has to be gathered."""

    key: str
    code: str
    permit: str
    months: int | None
    conditions: tuple[str, ...]
    weighed: tuple[str, ...]
    discretion: bool
    never_advised: bool
    papers: tuple[DocumentType, ...]
    fees: tuple[str, ...]
    study_fees: tuple[str, ...]
    employer_fees: tuple[str, ...]
    family: str
    source: str
    route: Route | None = None


@dataclass(frozen=True, slots=True)
class WayTable:
    """All ways, in the order of the screen."""

    ways: tuple[Way, ...]
    routes: RouteTable

    def way(self, key: str) -> Way | None:
        return next((way for way in self.ways if way.key == key), None)


def table_from(data: Mapping[str, Any], routes: RouteTable) -> WayTable:
    """The table from the parsed `ways.toml`. Raises KeyError or ValueError for what nobody knows:
    a condition without a check would hold for everybody."""
    return WayTable(tuple(_way(row, routes) for row in data["ways"]), routes)


def _way(row: Mapping[str, Any], routes: RouteTable) -> Way:
    for condition in (*row["conditions"], *row["weighed"]):
        CONDITIONS[condition]
    route = routes.route(row["route"]) if "route" in row else None
    if ("route" in row and route is None) or row["family"] not in FAMILY:
        raise ValueError(row["key"])
    return Way(
        key=row["key"],
        code=row["code"],
        permit=row["permit"],
        months=row.get("months"),
        conditions=tuple(row["conditions"]),
        weighed=tuple(row["weighed"]),
        discretion=row["discretion"],
        never_advised=row.get("never_advised", False),
        papers=tuple(map(DocumentType, row["papers"])),
        fees=tuple(row["fees"]),
        study_fees=tuple(row["study_fees"]),
        employer_fees=tuple(row["employer_fees"]),
        family=row["family"],
        source=row["source"],
        route=route,
    )
