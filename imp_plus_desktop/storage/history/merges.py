# SPDX-License-Identifier: Apache-2.0
"""Which files were merged into which: read from the acts, so that undoing one forgets it.

The journal and the archive of imports keep naming the file that went; this says where it is now.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from imp_plus_desktop.domain.records.catalogue import PERSON, names_with
from imp_plus_desktop.domain.records.fields import Mark
from imp_plus_desktop.storage.history.acts import stands
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import fetch
from imp_plus_desktop.storage.tables.statements import of_kind

SERVICE = "people.merge"
_NUMBERS = names_with(PERSON, Mark.UNIQUE)


def merged(register: Register) -> dict[int, int]:
    """The file that went → the file that it went into, over all mergers that stand.

    A file that was there again, because the merger was undone, is left out, also where it has
    since gone to the bin.
    """
    rows = fetch(
        register,
        "SELECT a.details FROM act a WHERE a.service = ? AND a.details IS NOT NULL"
        f" AND {stands('a.id')}",
        (SERVICE,),
    )
    pairs = [json.loads(row["details"])["merged"] for row in rows]
    if not pairs:
        return {}
    dialect = register.db.dialect
    present = {
        row["id"]
        for row in fetch(
            register,
            f"SELECT id FROM person WHERE {dialect.any_of('id')}",
            (dialect.numbers(pair["from"] for pair in pairs),),
        )
    }
    return {pair["from"]: pair["into"] for pair in pairs if pair["from"] not in present}


def old_numbers(register: Register) -> dict[tuple[str, str], int]:
    """Field and number → the file that it names since a merger that stands.

    These are the references and UCIs that were not kept: an older list still has them.
    """
    moves = merged(register)
    if not moves:
        return {}
    rows = fetch(
        register,
        "SELECT c.entity_id, c.before FROM change c JOIN act a ON a.id = c.act_id"
        f" WHERE a.service = ? AND {of_kind('c.entity', 'person')} AND c.before IS NOT NULL",
        (SERVICE,),
    )
    kept = set(moves.values())
    return {
        (field, str(number)): now(moves, row["entity_id"])
        for row in rows
        if row["entity_id"] in moves or row["entity_id"] in kept
        for field, number in json.loads(row["before"]).items()
        if field in _NUMBERS and number
    }


def now(moves: Mapping[int, int], person: int) -> int:
    """Where a file is after all mergers; a file that was never merged is where it was."""
    while person in moves:
        person = moves[person]
    return person


def with_former(register: Register, person: int) -> list[int]:
    """A person's id and those of all files that were merged into theirs."""
    moves = merged(register)
    return [person, *(gone for gone in moves if now(moves, gone) == person)]
