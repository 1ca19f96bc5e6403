# SPDX-License-Identifier: Apache-2.0
"""How far the applications for permanent residence have come, and on which days: plain SQL.

Which stage comes after which, and what a state alone says, is `domain/permits/pr_track.py`'s:
here the same is asked of all people at once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from datetime import date

from imp_plus_desktop.domain.reads.filters import Scope
from imp_plus_desktop.domain.values.codes import PrStage
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.conditions import Conditions
from imp_plus_desktop.storage.reads.queries import fetch

_STAGES = tuple(PrStage)
_DAYS = tuple(stage.field for stage in _STAGES)
_DATED = " ".join(
    f"WHEN p.{stage.field} IS NOT NULL THEN {place}"
    for place, stage in reversed(tuple(enumerate(_STAGES)))
    if stage not in (PrStage.FILED, PrStage.CONFIRMED, PrStage.LANDED)
)
_FURTHEST = f"""CASE WHEN p.died_on IS NOT NULL THEN NULL
 WHEN p.landed_on IS NOT NULL OR p.pr_state = 'landed' THEN {_STAGES.index(PrStage.LANDED)}
 WHEN p.pr_state IN ('refused', 'withdrawn') THEN NULL
 WHEN p.pr_confirmed_on IS NOT NULL OR p.pr_state = 'approved'
  THEN {_STAGES.index(PrStage.CONFIRMED)}
 WHEN p.pr_state = 'not_filed' THEN NULL
 WHEN p.pr_state IS NULL AND p.pr_number IS NULL AND p.pr_filed_on IS NULL
  AND p.pr_acknowledged_on IS NULL THEN NULL
 {_DATED} ELSE 0 END"""
"""`pr_track.reached` in SQL, as the number of the stage."""


def counts(register: Register, scope: Scope) -> dict[PrStage, int]:
    """How many people of a scope stand at each stage now."""
    found = Conditions(register.db)
    found.of(scope, "p.id")
    rows = fetch(
        register,
        f"SELECT {_FURTHEST} AS stage, COUNT(*) AS n FROM person p WHERE {found} GROUP BY 1",
        found.parameters,
    )
    return {_STAGES[row["stage"]]: row["n"] for row in rows if row["stage"] is not None}


def people_at(register: Register, scope: Scope, stage: PrStage) -> array[int]:
    """The people of a scope who stand at a stage now."""
    found = Conditions(register.db)
    found.of(scope, "p.id")
    found.add(f"{_FURTHEST} = ?", _STAGES.index(stage))
    sql = f"SELECT p.id FROM person p WHERE {found} ORDER BY p.id"
    return array("q", (row["id"] for row in fetch(register, sql, found.parameters)))


def days(register: Register) -> Iterator[tuple[date | None, ...]]:
    """The recorded days of whoever has two of them or more, stage by stage."""
    some = " + ".join(f"CASE WHEN {day} IS NULL THEN 0 ELSE 1 END" for day in _DAYS)
    rows = fetch(register, f"SELECT {', '.join(_DAYS)} FROM person WHERE {some} > 1", ())
    for row in rows:
        yield tuple(date.fromisoformat(row[day]) if row[day] else None for day in _DAYS)
