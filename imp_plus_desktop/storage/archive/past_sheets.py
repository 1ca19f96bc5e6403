# SPDX-License-Identifier: Apache-2.0
"""The lists that came in and still stand, sheet by sheet: how each was read, and who is in it.

    standing(register) -> the sheets of all imports, the latest first
    rows_taken(register, sheet) -> the rows that went in, or would have but for what stayed

Reads only. What the cells mean is for `exchange` to say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.storage.archive.past_lists import PastRow
from imp_plus_desktop.storage.history import merges
from imp_plus_desktop.storage.history.acts import stands
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import fetch

KEPT = "kept"
"""What became of a row of which some values stayed out: its plan is made anew each time."""

_TAKEN = f"('new', 'update', 'same', '{KEPT}')"


@dataclass(frozen=True, slots=True)
class PastSheet:
    """A sheet of an import that stands: `columns` and `headers` by field, as it was read.

    `undecided` are the cells (row, field) of conflicts that were left open: what they say counts
    as not said yet.
    """

    act: int
    at: datetime
    file_name: str
    sheet: str
    signature: str
    kind: str
    columns: Mapping[str, int]
    headers: Mapping[str, str]
    undecided: frozenset[tuple[int, str]]


def standing(register: Register, kind: str) -> list[PastSheet]:
    """The sheets of one kind of all imports that stand, the latest first."""
    rows = fetch(
        register,
        "SELECT a.id, a.at, a.source_name, a.details, s.sheet, s.signature FROM source_sheet s"
        f" JOIN act a ON a.id = s.act_id WHERE {stands('a.id')} ORDER BY a.id DESC, s.sheet",
    )
    details: dict[int, Mapping[str, Any]] = {}
    found: list[PastSheet] = []
    for row in rows:
        act = row["id"]
        if act not in details:
            details[act] = json.loads(row["details"] or "{}")
        entries = details[act].get("sheets", ())
        entry = next((one for one in entries if one["sheet"] == row["sheet"]), None)
        if entry is None or entry.get("kind") != kind:
            continue
        left = details[act].get("undecided", ())
        found.append(
            PastSheet(
                act,
                datetime.fromisoformat(row["at"]),
                row["source_name"] or "",
                row["sheet"],
                row["signature"],
                kind,
                entry["columns"],
                entry.get("headers", {}),
                frozenset((line, field) for sheet, line, field in left if sheet == row["sheet"]),
            )
        )
    return found


def rows_taken(register: Register, sheet: PastSheet) -> list[PastRow]:
    """The rows of a past sheet that count as said: neither rejected nor held."""
    cursor = register.db.execute_sql(
        "SELECT row, person_id, row_key FROM source_row"
        f" WHERE act_id = ? AND sheet = ? AND effect IN {_TAKEN} ORDER BY row",
        (sheet.act, sheet.sheet),
    )
    moves = merges.merged(register)
    return [
        PastRow(sheet.sheet, row, None if who is None else merges.now(moves, who), key)
        for row, who, key in cursor.fetchall()
    ]
