# SPDX-License-Identifier: Apache-2.0
"""Reads closed periods and the acts since. The snapshots themselves are text to this module."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import fetch


@dataclass(frozen=True, slots=True)
class StoredPeriod:
    """A closed quarter, or a year (`quarter` None), with the act that closed it."""

    id: int
    year: int
    quarter: int | None
    closed_on: date
    figures: str
    act: ActId | None


def stored(
    register: Register, year: int | None = None, quarter: int | None = None
) -> list[StoredPeriod]:
    """All closed periods, the latest first; with a year, that quarter or that whole year only."""
    where, parameters = "TRUE", list[object]()
    if year is not None:
        where, parameters = "p.year = ? AND p.quarter IS NOT DISTINCT FROM ?", [year, quarter]
    rows = fetch(
        register,
        "SELECT p.*, (SELECT MAX(c.act_id) FROM change c WHERE c.entity = 'closed_period'"
        " AND c.entity_id = p.id AND c.before IS NULL) AS act FROM closed_period p"
        f" WHERE {where} ORDER BY p.year DESC, COALESCE(p.quarter, 5) DESC, p.id DESC",
        parameters,
    )
    return [
        StoredPeriod(
            row["id"],
            row["year"],
            row["quarter"],
            date.fromisoformat(row["closed_on"]),
            row["figures"],
            ActId(row["act"]) if row["act"] is not None else None,
        )
        for row in rows
    ]


def acts_since(register: Register, entity: str, ids: Collection[int], act: int) -> list[ActId]:
    """Acts after one that touched these rows of an entity, the latest first."""
    dialect = register.db.dialect
    numbers = dialect.numbers(sorted(ids))
    rows = fetch(
        register,
        "SELECT act_id FROM change WHERE entity = ? AND act_id > ?"
        f" AND {dialect.any_of('entity_id')}"
        # What came in with a whole file is told by the file's change.
        " UNION SELECT act_id FROM change WHERE act_id > ? AND together IS NOT NULL"
        f" AND {dialect.brought_any('together')} ORDER BY 1 DESC",
        (entity, act, numbers, act, entity, numbers),
    )
    return [ActId(row["act_id"]) for row in rows]
