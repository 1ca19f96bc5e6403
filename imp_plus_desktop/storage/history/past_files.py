# SPDX-License-Identifier: Apache-2.0
"""A file as the register knew it earlier: made anew from the changes that the journal holds of it.

    file_at(register, person, until)    a PersonFile, None where there was none

Reads only. What was merged into the file later is not in it, since each row says whose it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from imp_plus_desktop.domain.records.applications import Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.storage.history.merges import with_former
from imp_plus_desktop.storage.journal.journal import read_together
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import FILE_PARTS, fetch, joined
from imp_plus_desktop.storage.tables.columns import encode
from imp_plus_desktop.storage.tables.schema import COLUMNS, decode
from imp_plus_desktop.storage.tables.statements import marks

_Rows = dict[tuple[str, int], dict[str, Any]]
"""Stored rows as they stand, by entity and id."""


def file_at(register: Register, person: int, until: datetime) -> PersonFile | None:
    """A person's file as it was before an instant."""
    rows = _rows_at(register, person, until)
    found = rows.get(("person", person))
    if found is None:
        return None
    parts: dict[str, list[Any]] = {
        name: [decode(entity, row, into) for row in _own(rows, entity, "person_id", person, order)]
        for name, entity, into, order in FILE_PARTS
    }
    permits = [
        decode("permit", row, Permit)
        for application in parts["applications"]
        for row in _own(rows, "permit", "application_id", application.id, "id")
    ]
    permits.sort(key=lambda permit: (permit.valid_from, permit.id))
    return joined(decode("person", found, Person), parts, permits)


def _rows_at(register: Register, person: int, until: datetime) -> _Rows:
    people = with_former(register, person)
    changes = fetch(
        register,
        "SELECT c.entity, c.entity_id, c.before, c.after, c.together FROM change c"
        f" JOIN act a ON a.id = c.act_id WHERE c.person_id IN ({marks(len(people))})"
        " AND a.at < ? ORDER BY c.id",
        (*people, encode(until)),
    )
    rows: _Rows = {}
    for change in changes:
        key, gone = (change["entity"], change["entity_id"]), change["after"] is None
        hanging = read_together(change["together"])
        if gone:
            rows.pop(key, None)
            for entity, row in hanging:
                rows.pop((entity, row["id"]), None)
            continue
        rows.setdefault(key, {}).update(json.loads(change["after"]))
        rows[key].setdefault("id", change["entity_id"])
        for entity, row in hanging:
            rows[(entity, row["id"])] = dict(row)
    return {key: _whole(*key, row) for key, row in rows.items() if key[0] in COLUMNS}


def _whole(entity: str, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with every column of today: what came later it did not have."""
    return {**dict.fromkeys(COLUMNS[entity]), **row, "id": number}


def _own(rows: _Rows, entity: str, column: str, of: int, order: str) -> list[dict[str, Any]]:
    """The rows of a kind that hang on one row, in the order in which files have them."""
    names = [part.split()[0] for part in order.split(", ")]
    own = [row for (kind, _id), row in rows.items() if kind == entity and row[column] == of]
    return sorted(own, key=lambda row: [(row[name] is not None, row[name]) for name in names])
