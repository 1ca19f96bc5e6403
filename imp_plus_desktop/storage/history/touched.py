# SPDX-License-Identifier: Apache-2.0
"""Which rows acts touched, read from the journal afterwards.

    touched_after(register, since, own)     what the acts after act `since` touched, but for `own`

Must not write.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from imp_plus_desktop.domain.reads.outward import PREFIX
from imp_plus_desktop.domain.reads.touched import EVERYTHING, MANY, NOTHING, Touched, of_rows
from imp_plus_desktop.storage.journal.journal import read_together
from imp_plus_desktop.storage.journal.register import Register


def touched_after(register: Register, since: int, own: Collection[int]) -> Touched:
    """What the acts after act `since` touched, but for the acts `own`: everything, where they are
    many, or where one has no change and so put another register in the place of this. Acts that
    say what left the register touched nothing."""
    found = register.db.execute_sql(
        f"SELECT id FROM act WHERE id > ? AND service NOT LIKE '{PREFIX}%' ORDER BY id LIMIT ?",
        (since, MANY + len(own) + 1),
    ).fetchall()
    acts = [number for (number,) in found if number not in own]
    if len(acts) > MANY:
        return EVERYTHING
    touched = NOTHING
    for number in acts:
        touched |= _touched_by(register, number)
        if touched.everything:
            break
    return touched


def _touched_by(register: Register, act: int) -> Touched:
    rows = register.db.execute_sql(
        "SELECT entity, entity_id, person_id, after, together FROM change WHERE act_id = ?"
        " ORDER BY id LIMIT ?",
        (act, MANY + 1),
    ).fetchall()
    if not rows or len(rows) > MANY:
        return EVERYTHING
    ids: dict[str, set[int]] = {}
    people: set[int] = set()
    for entity, number, person, after, together in rows:
        ids.setdefault(entity, set()).add(number)
        for kind, row in read_together(together):
            ids.setdefault(kind, set()).add(row["id"])
        people.update(one for one in (person, _new_person(after)) if one is not None)
    return of_rows(ids, people)


def _new_person(after: str | None) -> int | None:
    """The file into which a row came, or was moved."""
    if after is None or '"person_id"' not in after:
        return None
    person: int | None = json.loads(after).get("person_id")
    return person
