# SPDX-License-Identifier: Apache-2.0
"""Which rows an act touched, collected while it writes, or read from the journal afterwards.

    Marks()     note(changes), note_kinds(kinds), note_people(ids), touched() -> Touched
    touched_after(register, since, own)     what the acts after act `since` touched, but for `own`

Must not write.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from imp_plus_desktop.domain.values.touched import EVERYTHING, MANY, NOTHING, Touched, of_rows
from imp_plus_desktop.storage.journal import ChangeRecord, read_together

if TYPE_CHECKING:
    from imp_plus_desktop.storage.repository import Register


class Marks:
    """What one act has touched so far. A long list is not named row by row."""

    def __init__(self) -> None:
        self._ids: dict[str, set[int]] = {}
        self._people: set[int] = set()
        self._count = 0

    def note(self, changes: Sequence[ChangeRecord]) -> None:
        """Remember the rows of these changes."""
        self._count += len(changes)
        if self._count > MANY:
            self.note_kinds({change.entity for change in changes})
            return
        for change in changes:
            self._ids.setdefault(change.entity, set()).add(change.entity_id)
            if change.person_id is not None:
                self._people.add(change.person_id)

    def note_kinds(self, kinds: Iterable[str]) -> None:
        """Remember kinds whose rows no change of their own tells of."""
        for kind in kinds:
            self._ids.setdefault(kind, set())

    def note_people(self, people: Collection[int]) -> None:
        """Remember files that were touched without a row of their own."""
        self._people.update(people)

    def touched(self) -> Touched:
        """All of it."""
        return of_rows(self._ids, self._people, named=self._count <= MANY)


def touched_after(register: Register, since: int, own: Collection[int]) -> Touched:
    """What the acts after act `since` touched, but for the acts `own`: everything, where they are
    many, or where one has no change and so put another register in the place of this."""
    found = register.db.execute_sql(
        "SELECT id FROM act WHERE id > ? ORDER BY id LIMIT ?", (since, MANY + len(own) + 1)
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
