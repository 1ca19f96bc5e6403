# SPDX-License-Identifier: Apache-2.0
"""Whether the archive of imports is what went in: each file beside the hash that the chain of the
journal holds of it, each list's rows beside the digest that its act keeps.

    fault(register)    what is found first, or None; `faults` all of it
    rows_digest(...)   what an import keeps of the rows of a list

What an erasure has altered is compared with what its act says of it. Reads only.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator

from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal import erasures
from imp_plus_desktop.storage.journal.register import Register

ROWS = "archived_rows"
"""In the details of an import: by sheet the digest of its rows, as they were read. Imports of
earlier versions keep none."""


def rows_digest(blocks: Iterable[tuple[int, bytes]]) -> str:
    """What the archived rows of a list come to, given as first row and packed cells in order."""
    total = hashlib.sha256()
    for first, cells in blocks:
        total.update(f"{first}\x1f{len(cells)}\x1f".encode())
        total.update(cells)
    return total.hexdigest()


FILE_DIFFERS, ROWS_DIFFER = "file", "rows"


def fault(register: Register) -> str | None:
    """What is wrong first: `file: ACT` a file that is not the one that was imported, or is missing;
    `rows: ACT` archived rows that are not those that were read."""
    return next((f"{what}: {act}" for act, what in faults(register)), None)


def faults(register: Register) -> Iterator[tuple[int, str]]:
    """All that is wrong, by the act of the import."""
    db = register.db
    altered = erasures.archive(db)
    imports = db.execute_sql(
        "SELECT a.id, a.source_sha256, f.sha256, a.details FROM act a"
        " LEFT JOIN source_file f ON f.act_id = a.id WHERE a.source_sha256 IS NOT NULL"
        " UNION ALL SELECT f.act_id, NULL, f.sha256, NULL FROM source_file f JOIN act a"
        " ON a.id = f.act_id WHERE a.source_sha256 IS NULL ORDER BY 1"
    ).fetchall()
    for act, told, named, details in imports:
        wanted = altered.get(act, told)
        if named is None and wanted is None:
            continue
        if named is None or wanted is None or digest(db, act) != wanted or named != told:
            yield act, FILE_DIFFERS
            continue
        kept = json.loads(details).get(ROWS, {}) if details and act not in altered else {}
        if any(rows_digest(_blocks(db, act, sheet)) != rows for sheet, rows in kept.items()):
            yield act, ROWS_DIFFER


def digest(db: Database, act: int) -> str | None:
    """The SHA-256 of the file that is kept with an act; None where it cannot be unpacked."""
    (packed,) = db.execute_sql(
        "SELECT content FROM source_file WHERE act_id = ?", (act,)
    ).fetchone()
    total, unpacking = hashlib.sha256(), zlib.decompressobj()
    try:
        for start in range(0, len(packed), _AT_ONCE):
            total.update(unpacking.decompress(packed[start : start + _AT_ONCE]))
        total.update(unpacking.flush())
    except zlib.error:
        return None
    return total.hexdigest() if unpacking.eof else None


_AT_ONCE = 1 << 20


def _blocks(db: Database, act: int, sheet: str) -> Iterable[tuple[int, bytes]]:
    found: Iterable[tuple[int, bytes]] = db.execute_sql(
        "SELECT first_row, cells FROM source_block WHERE act_id = ? AND sheet = ?"
        " ORDER BY first_row",
        (act, sheet),
    )
    return found
