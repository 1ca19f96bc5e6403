# SPDX-License-Identifier: Apache-2.0
"""Lists imported before, from the archive: the last one of a layout, and the row of a value.

Reads only. What the cells mean is for `exchange` to say.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.storage.history import binned, merges
from imp_plus_desktop.storage.history.acts import stands
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import fetch
from imp_plus_desktop.storage.tables.statements import chunks, marks

Place = tuple[str, int]
"""(sheet, row)."""


@dataclass(frozen=True, slots=True)
class PastRow:
    """One row of a past list; `person_id` is where that person's file is today, None in the
    bin."""

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
    of_layout = f"SELECT act_id FROM source_sheet WHERE signature IN ({marks(len(signatures))})"
    past = _last_among(register, of_layout, signatures)
    if past is None or not with_rows:
        return past
    return replace(past, rows=_rows_of(register, past.act, signatures))


def of_act(register: Register, act: int, signatures: Sequence[str]) -> PastList | None:
    """An import that still stands, with its rows of these layouts."""
    past = _last_among(register, "SELECT id FROM act WHERE id = ?", (act,))
    return None if past is None else replace(past, rows=_rows_of(register, act, signatures))


def of_file(register: Register, sha256: str, *, undone_too: bool = False) -> PastList | None:
    """The last import of this very file that still stands, or was undone, without its rows."""
    of_file = "SELECT act_id FROM source_file WHERE sha256 = ?"
    return _last_among(register, of_file, (sha256,), undone_too=undone_too)


def details_of_file(register: Register, sha256: str) -> dict[str, Any]:
    """What the last import of this very file kept, undone or not; empty where it never came in."""
    rows = fetch(
        register,
        "SELECT a.details FROM source_file f JOIN act a ON a.id = f.act_id WHERE f.sha256 = ?"
        " ORDER BY a.id DESC LIMIT 1",
        (sha256,),
    )
    return dict(json.loads(rows[0]["details"] or "{}")) if rows else {}


def _last_among(
    register: Register, acts: str, parameters: Sequence[object], *, undone_too: bool = False
) -> PastList | None:
    """The last import that still stands of those that a query names, without its rows."""
    which = "" if undone_too else f" AND {stands('a.id')}"
    found = fetch(
        register,
        f"SELECT a.id, a.at, a.source_name FROM act a WHERE a.id IN ({acts}){which}"
        " ORDER BY a.id DESC LIMIT 1",
        parameters,
    )
    if not found:
        return None
    act = found[0]
    at = datetime.fromisoformat(act["at"])
    return PastList(act["id"], act["source_name"] or "", at, ())


def _rows_of(register: Register, act: int, signatures: Sequence[str]) -> tuple[PastRow, ...]:
    rows = fetch(
        register,
        "SELECT r.sheet, r.row, r.person_id, r.row_key FROM source_row r JOIN source_sheet s"
        " ON s.act_id = r.act_id AND s.sheet = r.sheet"
        f" WHERE r.act_id = ? AND s.signature IN ({marks(len(signatures))})"
        " ORDER BY r.sheet, r.row",
        (act, *signatures),
    )
    moves = merges.merged(register)
    taken_out = {file.person for file in binned.files(register)}
    now = {
        number: None if (person := merges.now(moves, number)) in taken_out else person
        for number in {row["person_id"] for row in rows} - {None}
    }
    return tuple(
        PastRow(row["sheet"], row["row"], now.get(row["person_id"]), row["row_key"]) for row in rows
    )


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of the archive: the packed block that it stands in, and what was put in place of cells.

    `place` counts from 0 within the block. An older register kept rows one by one: these have
    their `cells` instead, days as ISO texts.
    """

    block: bytes | None
    place: int
    cells: tuple[Any, ...]
    mended: Mapping[str, str]


def rows_of(register: Register, act: int, places: Collection[Place]) -> Mapping[Place, KeptRow]:
    """Archived rows by their places; those that are not there are left out."""
    by_sheet: dict[str, list[int]] = {}
    for sheet, number in places:
        by_sheet.setdefault(sheet, []).append(number)
    found: dict[Place, KeptRow] = {}
    for sheet, numbers in by_sheet.items():
        rows = _of_sheet(
            register,
            "SELECT r.row, r.cells, r.mended, (SELECT MAX(b.first_row) FROM source_block b"
            " WHERE b.act_id = r.act_id AND b.sheet = r.sheet AND b.first_row <= r.row)"
            " FROM source_row r WHERE r.act_id = ? AND r.sheet = ? AND r.row",
            (act, sheet),
            numbers,
        )
        firsts = sorted({first for *_row, first in rows if first is not None})
        blocks = dict(
            _of_sheet(
                register,
                "SELECT first_row, cells FROM source_block WHERE act_id = ? AND sheet = ?"
                " AND first_row",
                (act, sheet),
                firsts,
            )
        )
        for number, cells, mended, first in rows:
            found[sheet, number] = KeptRow(
                None if first is None else blocks[first],
                number - (first or 0),
                tuple(json.loads(cells)) if cells else (),
                json.loads(mended) if mended else {},
            )
    return found


def _of_sheet(
    register: Register, sql: str, sheet: tuple[int, str], numbers: Sequence[int]
) -> list[tuple[Any, ...]]:
    """What a query finds for these numbers in a sheet of an act; it ends before its IN list."""
    return [
        row
        for part in chunks(numbers)
        for row in register.db.execute_sql(
            f"{sql} IN ({marks(len(part))})", (*sheet, *part)
        ).fetchall()
    ]


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
