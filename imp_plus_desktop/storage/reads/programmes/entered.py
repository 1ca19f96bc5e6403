# SPDX-License-Identifier: Apache-2.0
"""What is recorded under a programme or another route, and of whom; plain reads, no rule."""

from __future__ import annotations

from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import entities, fetch


def routes_of(register: Register, route: str) -> list[OtherRoute]:
    """Everything that is recorded under another route or programme, in the order of entry."""
    rows = fetch(register, "SELECT id FROM other_route WHERE route = ?", (route,))
    return entities(register, "other_route", OtherRoute, "id", [int(r["id"]) for r in rows], "id")


def people(register: Register, *, applying: bool = False) -> list[int]:
    """Everybody who is in the lists, in the order of entry; those alone who have a letter or an
    application where they are `applying`. The lines of the lists must be fresh."""
    only = (
        " WHERE person_id IN (SELECT person_id FROM letter UNION SELECT person_id FROM application)"
    )
    sql = f"SELECT person_id FROM standing{only if applying else ''} ORDER BY person_id"
    return [int(row["person_id"]) for row in fetch(register, sql)]
