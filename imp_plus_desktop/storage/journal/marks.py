# SPDX-License-Identifier: Apache-2.0
"""Which rows an act touches, collected while it writes.

Marks()     note(changes), note_kinds(kinds), note_people(ids), touched() -> Touched
may_judge(change)       whether verdicts may read otherwise after it
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from imp_plus_desktop.domain.figures.many import HOLIDAY
from imp_plus_desktop.domain.figures.own import READ
from imp_plus_desktop.domain.reads.touched import MANY, Touched, of_rows
from imp_plus_desktop.storage.journal.journal import ChangeRecord


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

    def note_rows(self, kind: str, numbers: Collection[int]) -> None:
        """Remember rows of one kind that no change of their own tells of."""
        self._count += len(numbers)
        self._ids.setdefault(kind, set()).update(numbers if self._count <= MANY else ())

    def note_people(self, people: Collection[int]) -> None:
        """Remember files that were touched without a row of their own."""
        self._people.update(people)

    def touched(self) -> Touched:
        """All of it."""
        return of_rows(self._ids, self._people, named=self._count <= MANY)


_WITHOUT_VERDICT = (READ, f'{HOLIDAY}"')
"""How the names of settings begin that no verdict rests on, as a change has them."""


def may_judge(change: ChangeRecord) -> bool:
    """Whether verdicts may read otherwise after a change: after one of a setting, but not where a
    figure was only looked up, or a day closed."""
    if change.entity != "parameter":
        return False
    if change.before is not None and change.after is not None:
        return True  # what changed does not say of which setting
    whole = change.after or change.before or ""
    return not any(f'"name":"{name}' in whole for name in _WITHOUT_VERDICT)
