# SPDX-License-Identifier: Apache-2.0
"""The archive of imports: each source file and its rows, kept with the act that read them.

Every value can so show the cell it came from. Also answers what an import must know of the
register as a whole: who can be matched, which rows were seen before.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.storage.archive import soundness
from imp_plus_desktop.storage.history import binned, merges
from imp_plus_desktop.storage.history.acts import IS_NO_PAPER, stands
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads import lookups
from imp_plus_desktop.storage.reads.queries import exists, fetch
from imp_plus_desktop.storage.tables.columns import columns_of
from imp_plus_desktop.storage.tables.records import (
    SourceBlockTable,
    SourceFileTable,
    SourceRowTable,
    SourceSheetTable,
)
from imp_plus_desktop.storage.tables.statements import chunks, insert_row, marks


@dataclass(frozen=True, slots=True)
class ArchivedSheet:
    """An imported list: its rows as they were read, in blocks that begin at a row, and what became
    of each. What a block holds is for `exchange` to say."""

    sheet: str
    signature: str
    blocks: Sequence[tuple[int, bytes]]
    rows: Iterable[ArchivedRow]


class ArchivedRow(NamedTuple):
    """What became of one row of an imported list; `mended` are texts put in place of cells.

    A tuple, because a list has many thousands of them.
    """

    row: int
    effect: str
    person_id: int | None
    row_key: str
    mended: str | None


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row that waits for a person to say who it is, or no longer does."""

    id: int
    act_id: int
    file_name: str | None
    sheet: str
    sheet_row: int
    row_key: str
    field_values: str
    candidates: str
    resolution: str | None
    person_id: int | None


def people_with(register: Register, reference: str | None, uci: str | None) -> set[int]:
    """Who has one of these numbers, as written."""
    rows = fetch(
        register,
        "SELECT id FROM person WHERE individual_reference = ? UNION"
        # Said so that the index of UCIs serves.
        " SELECT id FROM person WHERE replace(uci, '-', '') = replace(?, '-', '') AND uci = ?",
        (reference, uci, uci),
    )
    return {row["id"] for row in rows}


def store(
    act: Act,
    name: str,
    sha256: str,
    content: bytes,
    sheets: Iterable[ArchivedSheet],
    answer: bytes | None = None,
) -> None:
    """Keep the file (compressed) and its lists with the act, and what it will be answered with."""
    number = act.reserve()
    packed = zlib.compress(content, _level(content))
    values = (number, name, sha256, packed, answer)
    insert_row(act.db, "source_file", dict(zip(columns_of(SourceFileTable), values, strict=True)))
    kept: dict[str, str] = {}
    for sheet in sheets:
        kept[sheet.sheet] = soundness.rows_digest(sheet.blocks)
        own = (number, sheet.sheet)
        act.db.insert_rows("source_sheet", columns_of(SourceSheetTable), [(*own, sheet.signature)])
        blocks = ((*own, *block) for block in sheet.blocks)
        act.db.insert_rows("source_block", columns_of(SourceBlockTable), blocks)
        rows = ((*own, *row) for row in sheet.rows)
        act.db.insert_rows("source_row", _OF_ROW, rows)
    act.details[soundness.ROWS] = kept


_OF_ROW = columns_of(SourceRowTable)[:-1]
"""An older register kept the cells with each row, today they are in the blocks."""


def _level(content: bytes) -> int:
    """How hard to compress a file: one that is a zip archive is as small as it gets."""
    return 0 if content.startswith(b"PK") else 1


def content_of(register: Register, act: int) -> tuple[str, bytes] | None:
    """The archived file of an import: its name and its bytes, none where they went with somebody
    who was erased."""
    rows = fetch(register, "SELECT name, content FROM source_file WHERE act_id = ?", (act,))
    if not rows:
        return None
    return rows[0]["name"], zlib.decompress(rows[0]["content"])


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What an import keeps to answer its file once more: see `services.import_again`."""

    act: int
    file_name: str
    answer: bytes


def answer_of_last_act(register: Register, sha256: str) -> KeptAnswer | None:
    """The kept answer of the register's last act, if that is the import of this file; what left
    the register since is no matter."""
    row = register.db.execute_sql(
        "SELECT f.act_id, f.name, f.answer FROM source_file f WHERE f.sha256 = ?"
        f" AND f.act_id = (SELECT MAX(a.id) FROM act a WHERE {IS_NO_PAPER})"
        " AND f.answer IS NOT NULL",
        (sha256,),
    ).fetchone()
    return KeptAnswer(row[0], row[1], bytes(row[2])) if row else None


def numbers_in_use(register: Register) -> dict[tuple[str, str], int]:
    """The row that holds each application and permit number, by field and number; one that an
    application had before is its own for good."""
    former = fetch(register, "SELECT application_id, number FROM former_number")
    return {("application_number", row["number"]): row["application_id"] for row in former} | {
        (field, row["number"]): row["id"]
        for table, field in (("application", "application_number"), ("permit", "permit_number"))
        for row in fetch(
            register, f"SELECT id, {field} AS number FROM {table} WHERE {field} IS NOT NULL"
        )
    }


def number_in_use(register: Register, field: str, number: str) -> int | None:
    """The row that holds one application or permit number, as `numbers_in_use` has it."""
    if field == "permit_number":
        return lookups.permit_with(register.db, number)
    present = lookups.application_with(register.db, number)
    return present if present is not None else lookups.former_holder(register.db, number)


def person_of_row(register: Register, row_key: str) -> int | None:
    """The person that an identical row became in an earlier import, if still there."""
    rows = fetch(
        register,
        "SELECT r.person_id FROM source_row r WHERE r.row_key = ? AND r.person_id IS NOT NULL"
        " ORDER BY r.act_id DESC",
        (row_key,),
    )
    moves = merges.merged(register) if rows else {}
    for row in rows:
        person = merges.now(moves, row["person_id"])
        if exists(register, "person", person):
            return person
    return None


_TOUCHED = (
    "SELECT person_id, MAX(act_id) AS last FROM change"
    " WHERE person_id IS NOT NULL GROUP BY person_id"
)
"""SQL: the last act that touched each person's file."""


def settled_rows(register: Register, keys: Collection[str] | None = None) -> dict[str, int]:
    """The person of each row (of those with one of the `keys`, or of all) that brought what the
    register still holds, by the row's key.

    Nobody has touched these people since: the same row would change nothing.
    """
    if keys is None:
        cursor = register.db.execute_sql(
            f"WITH touched AS ({_TOUCHED})"
            " SELECT r.row_key, r.person_id FROM source_row r JOIN touched t"
            " ON t.person_id = r.person_id"
            " WHERE r.effect IN ('new', 'update', 'same') AND t.last <= r.act_id"
        )
        return dict(cursor.fetchall())
    found: dict[str, int] = {}
    for some in chunks(sorted(keys)):
        cursor = register.db.execute_sql(
            "SELECT r.row_key, r.person_id FROM source_row r"
            f" WHERE r.row_key IN ({marks(len(some))})"
            " AND r.effect IN ('new', 'update', 'same') AND (SELECT MAX(c.act_id) FROM change c"
            " WHERE c.person_id = r.person_id) <= r.act_id",
            some,
        )
        found |= dict(cursor.fetchall())
    return found


def settled_members(register: Register) -> tuple[dict[str, int], dict[int, int]]:
    """The last import that each row about a family went in with, by the row's key, and the last act
    that touched each person's file.

    A row changes nothing where nobody has touched its principal's file since.
    """
    went_in = register.db.execute_sql(
        "SELECT row_key, MAX(act_id) FROM source_row"
        " WHERE person_id IS NULL AND effect IN ('new', 'update', 'same') GROUP BY row_key"
    )
    known = dict(went_in.fetchall())
    if not known:
        return {}, {}
    return known, dict(register.db.execute_sql(_TOUCHED).fetchall())


def effects_of_row(register: Register, row_key: str) -> frozenset[str]:
    """What became of identical rows in the imports that still stand."""
    rows = fetch(
        register,
        f"SELECT DISTINCT r.effect FROM source_row r WHERE r.row_key = ? AND {stands('r.act_id')}",
        (row_key,),
    )
    return frozenset(row["effect"] for row in rows)


def last_people_of(
    register: Register, signatures: Sequence[str], most: int | None = None
) -> set[int] | None:
    """The people of the last import of the same layout that still stands, but for those whose
    files are in the bin; None where there are more than `most`."""
    asked = marks(len(signatures))
    moves = merges.merged(register)
    taken_out = {file.person for file in binned.files(register)}
    sql = (
        "SELECT DISTINCT r.person_id FROM source_row r JOIN source_sheet s ON s.act_id = r.act_id"
        f" AND s.sheet = r.sheet WHERE s.signature IN ({asked}) AND r.person_id IS NOT NULL"
        " AND r.act_id = (SELECT MAX(l.act_id) FROM source_sheet l"
        f" WHERE l.signature IN ({asked}) AND {stands('l.act_id')})"
    )
    wanted: list[object] = [*signatures, *signatures]
    if most is not None:
        # Mergers and the bin may take as many away at most.
        wanted.append(most + len(moves) + len(taken_out) + 1)
        sql += " LIMIT ?"
    rows = register.db.execute_sql(sql, wanted).fetchall()
    found = {merges.now(moves, person) for (person,) in rows} - taken_out
    return None if most is not None and len(found) > most else found


def remembered_sheets(register: Register) -> list[dict[str, Any]]:
    """What imports kept of each sheet whose layout somebody corrected, the earliest first: see
    `import_source.kept`. Undoing an import takes its rows back, not what was said of its columns.
    """
    rows = fetch(
        register,
        "SELECT a.details FROM act a WHERE a.service = 'imports.commit' AND (a.details LIKE"
        " '%\"given\"%' OR a.details LIKE '%\"proper_case\"%') ORDER BY a.id",
    )
    sheets = (sheet for row in rows for sheet in json.loads(row["details"])["sheets"])
    return [sheet for sheet in sheets if "given" in sheet or "proper_case" in sheet]


def held_rows(
    register: Register,
    *,
    act: int | None = None,
    row_key: str | None = None,
    number: int | None = None,
) -> list[HeldRow]:
    """Held rows: the open ones (of one act if asked), or all with a key or an id."""
    where, parameters = [], list[object]()
    if row_key is not None:
        where.append("h.row_key = ?")
        parameters.append(row_key)
    elif number is not None:
        where.append("h.id = ?")
        parameters.append(number)
    else:
        where.append("h.resolution IS NULL")
    if act is not None:
        where.append("h.act_id = ?")
        parameters.append(act)
    rows = fetch(
        register,
        "SELECT h.*, a.source_name AS file_name FROM held_row h JOIN act a ON a.id = h.act_id"
        f" WHERE {' AND '.join(where)} ORDER BY h.id",
        parameters,
    )
    return [HeldRow(**row) for row in rows]


class MendedRow(NamedTuple):
    """A row that was mended at an import; `person` is where that person's file is today."""

    sheet: str
    row: int
    mended: dict[str, str]
    person: int | None


def mended_rows(register: Register, act: int) -> list[MendedRow]:
    """The rows that were mended at an import, with the texts by field."""
    rows = fetch(
        register,
        "SELECT sheet, row, mended, person_id FROM source_row"
        " WHERE act_id = ? AND mended IS NOT NULL ORDER BY sheet, row",
        (act,),
    )
    moves = merges.merged(register) if rows else {}
    return [
        MendedRow(
            row["sheet"],
            row["row"],
            json.loads(row["mended"]),
            None if row["person_id"] is None else merges.now(moves, row["person_id"]),
        )
        for row in rows
    ]
