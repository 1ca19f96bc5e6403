# SPDX-License-Identifier: Apache-2.0
"""Lists imported before, from the archive: the last one of a layout, and the row of a value.

Reads only. What the cells mean is for `exchange` to say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imp_plus_desktop.storage import merges
from imp_plus_desktop.storage.acts import stands
from imp_plus_desktop.storage.archive import read_cells
from imp_plus_desktop.storage.queries import fetch
from imp_plus_desktop.storage.repository import Register

Place = tuple[str, int]
"""(sheet, row)."""


@dataclass(frozen=True, slots=True)
class PastRow:
    """One row of a past list; `person_id` is where that person's file is today."""

    sheet: str
    row: int
    person_id: int | None
    row_key: str


@dataclass(frozen=True, slots=True)
class PastList:
    """An import that still stands, with its rows of the layouts asked for."""

    act: int
    file_name: str
    at: datetime
    rows: tuple[PastRow, ...]


def last_of(
    register: Register, signatures: Sequence[str], *, with_rows: bool = True
) -> PastList | None:
    """The last import of one of these layouts that still stands."""
    marks = ", ".join("?" * len(signatures))
    acts = fetch(
        register,
        "SELECT a.id, a.at, a.source_name FROM act a WHERE a.id IN"
        f" (SELECT act_id FROM source_row WHERE signature IN ({marks})) AND {stands('a.id')}"
        " ORDER BY a.id DESC LIMIT 1",
        signatures,
    )
    if not acts:
        return None
    act = acts[0]
    rows = _rows_of(register, act["id"], signatures) if with_rows else ()
    at = datetime.fromisoformat(act["at"])
    return PastList(act["id"], act["source_name"] or "", at, rows)


def of_file(register: Register, sha256: str) -> PastList | None:
    """The last import of this very file that still stands, without its rows."""
    acts = fetch(
        register,
        "SELECT a.id, a.at, a.source_name FROM source_file f JOIN act a ON a.id = f.act_id"
        f" WHERE f.sha256 = ? AND {stands('a.id')} ORDER BY a.id DESC LIMIT 1",
        (sha256,),
    )
    if not acts:
        return None
    at = datetime.fromisoformat(acts[0]["at"])
    return PastList(acts[0]["id"], acts[0]["source_name"] or "", at, ())


def _rows_of(register: Register, act: int, signatures: Sequence[str]) -> tuple[PastRow, ...]:
    marks = ", ".join("?" * len(signatures))
    rows = fetch(
        register,
        "SELECT sheet, row, person_id, row_key FROM source_row"
        f" WHERE act_id = ? AND signature IN ({marks}) ORDER BY sheet, row",
        (act, *signatures),
    )
    moves = merges.merged(register)
    return tuple(
        PastRow(
            row["sheet"],
            row["row"],
            None if row["person_id"] is None else merges.now(moves, row["person_id"]),
            row["row_key"],
        )
        for row in rows
    )


def cells_of(
    register: Register, act: int, places: Collection[Place]
) -> Mapping[Place, tuple[list[Any], dict[str, str]]]:
    """The cells of archived rows as the file held them, and what was put in their place."""
    found: dict[Place, tuple[list[Any], dict[str, str]]] = {}
    for sheet, number in places:
        rows = fetch(
            register,
            "SELECT cells FROM source_row WHERE act_id = ? AND sheet = ? AND row = ?",
            (act, sheet, number),
        )
        if rows:
            found[sheet, number] = read_cells(rows[0]["cells"])
    return found


def list_of_held_row(
    register: Register, sheet: str, row: int, before: int
) -> tuple[int, str] | None:
    """The import (act, file name) that held a row which an act resolved later."""
    rows = fetch(
        register,
        "SELECT a.id, a.source_name FROM held_row h JOIN act a ON a.id = h.act_id"
        " WHERE h.sheet = ? AND h.sheet_row = ? AND h.act_id < ? AND h.resolution IS NOT NULL"
        " ORDER BY a.id DESC LIMIT 1",
        (sheet, row, before),
    )
    return (rows[0]["id"], rows[0]["source_name"] or "") if rows else None
