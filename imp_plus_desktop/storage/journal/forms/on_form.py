# SPDX-License-Identifier: Apache-2.0
"""An act of a form: what others have changed since the form was opened is told before it is
written over.

    may_write(entity, present, changed)     what of the values may be written
    may_take_out(entity, present)           whether a row goes
    may_add(entity, key, values, name)      whether a figure comes beside others
    meet(met)                               the same of what is compared elsewhere
    tell_meetings()                         where others have changed something too, all ends here

Without a form behind it, everything may.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from imp_plus_desktop.domain.reads.meetings import Meeting, Overtaken
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal.forms.shown import Shown
from imp_plus_desktop.storage.journal.stored_rows import StoredRows
from imp_plus_desktop.storage.tables.columns import encode, sound
from imp_plus_desktop.storage.tables.statements import where_in


class OnForm(StoredRows):
    """Rows as they are stored, and as a form first showed them."""

    def __init__(self, db: Database, shown: Shown | None, own: Collection[int]) -> None:
        super().__init__(db)
        self._shown, self._own = shown, own
        self._met: list[Meeting] = []
        """What others have changed too: it is told as a whole, and nothing is kept."""

    def may_write(
        self, entity: str, present: Mapping[str, Any], changed: dict[str, Any]
    ) -> dict[str, Any]:
        """What of the stored values may be written into a row, given as it is now."""
        if self._shown is None:
            return changed
        kept, met = self._shown.left(self.db, entity, present, changed, self._own)
        self._met += met
        return kept

    def may_take_out(self, entity: str, present: Mapping[str, Any]) -> bool:
        """Whether a row is taken out, given as it is now."""
        if self._shown is None:
            return True
        if self._shown.spares(entity, int(present["id"])):
            return False
        self._met += self._shown.taken_out(self.db, entity, present, self._own)
        return True

    def may_add(
        self, entity: str, key: Mapping[str, object], values: Mapping[str, object], name: str
    ) -> bool:
        """Whether a figure is added beside those of its key."""
        if self._shown is None:
            return True
        told, wanted = ({n: encode(v) for n, v in some.items()} for some in (key, values))
        if self._shown.chose_theirs(entity, told, wanted):
            return False
        self._met += self._shown.beside(self.db, entity, told, wanted, self._own, name)
        return True

    def spares(self, entity: str, number: int) -> bool:
        """Whether a row is to stay that the form would take out, since theirs was chosen."""
        return self._shown is not None and self._shown.spares(entity, number)

    def as_shown(self, entity: str, number: int) -> Mapping[str, Any] | None:
        """A row's stored values as its form first showed it, None where it was not there then."""
        present = self.stored(entity, number)
        if self._shown is None:
            return present
        return self._shown.before(self.db, entity, number, present, self._own)

    def left_alone(self, entity: str, number: int, values: Mapping[str, object]) -> set[str]:
        """Of the values for a row those that will not be written: the form has them as it first
        showed them, or theirs was chosen, and the register has others by now."""
        present = self.stored(entity, number) if self._shown is not None else None
        if self._shown is None or present is None:
            return set()
        wanted = {name: sound(encode(value), name) for name, value in values.items()}
        return self._shown.alone(self.db, entity, present, wanted, self._own)

    def removed_meanwhile(self, entity: str, person: int) -> list[tuple[int, dict[str, Any]]]:
        """The rows of a person's file that others have taken out since the form was opened, each
        with the act that did."""
        if self._shown is None:
            return []
        return self._shown.removed(self.db, entity, person, self._own)

    def latest_meanwhile(self, entity: str, number: int) -> int:
        """The latest act of others that has touched a row since the form was opened, 0 for none."""
        if self._shown is None:
            return 0
        return self._shown.latest(self.db, entity, number, self._own)

    def meet(self, met: Meeting) -> bool:
        """Say that another desk has changed this too; unless somebody has chosen, nothing is kept.
        Whether mine is to be written."""
        if self._shown is None:
            return True
        told, mine = self._shown.meet(self.db, met)
        if mine is None:
            self._met.append(told)
        return mine is not False

    def refuse_erased(self, people: Collection[int]) -> None:
        """Write nothing into a file that was erased while a form stood open over it.

        Errors: InvalidInput person_erased.
        """
        if self._shown is None:
            return
        erased = "SELECT person_id FROM erased_file WHERE person_id"
        if list(where_in(self.db, erased, list(people))):
            raise InvalidInput("person_erased")

    def tell_meetings(self) -> None:
        """End here where others have changed something too. Errors: Overtaken."""
        if self._met and self._shown is not None:
            # What is compared elsewhere is named there, and stands before what its row tells.
            once = {(o.entity, o.number, o.field, o.beside): o for o in reversed(self._met)}
            raise Overtaken(list(once.values())[::-1], self._shown.settle)
