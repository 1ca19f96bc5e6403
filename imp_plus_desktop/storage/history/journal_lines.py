# SPDX-License-Identifier: Apache-2.0
"""The whole journal as lines of JSON, for whoever verifies it without the program.

    head_line(register)       the head of the file
    lines(register, after)    each act after one, followed by its changes

What reads them is `resources/verify_journal.py`; the names here are those that it asks for. Reads
only, an act's changes in slices.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.tables.columns import columns_of
from imp_plus_desktop.storage.tables.records import ActTable

_VERSION = 1
_CHANGE = {
    "change": "id",
    "entity": "entity",
    "id": "entity_id",
    "person": "person_id",
    **{name: name for name in ("before", "after", "sheet", "row", "together", "salt", "digest")},
}
"""By its name in the file each column of a change."""
_AT_ONCE = 1_000


def head_line(register: Register) -> dict[str, Any]:
    """The first line of the file: as long as any other of the same register."""
    db = register.db
    return {
        "journal": "IMP+ Desktop",
        "version": _VERSION,
        "register": journal.register_id(db),
        "head": journal.head(db).hex(),
    }


def lines(register: Register, after: int = 0) -> Iterator[dict[str, Any]]:
    """The lines of the acts after act `after`, as what JSON makes of them."""
    db = register.db
    columns = columns_of(ActTable)
    acts = db.execute_sql(
        f"SELECT {', '.join(columns)} FROM act WHERE id > ? ORDER BY id", (after,)
    ).fetchall()
    # After the acts: what another desk records in between is not among them.
    counted = "SELECT act_id, COUNT(*) FROM change WHERE act_id > ? GROUP BY act_id"
    counts = dict(db.execute_sql(counted, (after,)).fetchall())
    for row in acts:
        act = _told(columns, row)
        number = act.pop("id")
        yield {"act": number, **act, "changes": counts.get(number, 0)}
        changes = db.execute_sql(
            f"SELECT {', '.join(_CHANGE.values())} FROM change WHERE act_id = ? ORDER BY id",
            (number,),
        )
        while some := changes.fetchmany(_AT_ONCE):
            yield from (_told(tuple(_CHANGE), own) for own in some)


def _told(names: tuple[str, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    pairs = zip(names, row, strict=True)
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in pairs}
