# SPDX-License-Identifier: Apache-2.0
"""The unit of work: every write is one act, in one transaction of its own, with its journal.

Knows no rule of the programme: the services decide, this module keeps what they decided, whole or
not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from imp_plus_desktop.domain.reads.outward import is_outward
from imp_plus_desktop.domain.reads.touched import EVERYTHING
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines import CONSTRAINT_ERRORS, Database
from imp_plus_desktop.storage.journal import journal, mifi
from imp_plus_desktop.storage.journal.forms.shown import Shown
from imp_plus_desktop.storage.journal.journal import ActHeader, ChangeRecord
from imp_plus_desktop.storage.journal.marks import Marks, may_judge
from imp_plus_desktop.storage.journal.numbered import Numbered
from imp_plus_desktop.storage.journal.stored_rows import one_of_both
from imp_plus_desktop.storage.tables import serialization
from imp_plus_desktop.storage.tables.columns import encode, sound
from imp_plus_desktop.storage.tables.schema import ENTITIES, NEEDED
from imp_plus_desktop.storage.tables.serialization import Serialized
from imp_plus_desktop.storage.tables.statements import delete_where, insert_row, update_row

_MANY = 10_000
"""Changes that are kept in memory before they are written."""


class NewFiles(NamedTuple):
    """New files that hold the same: their places among all new ones, and by entity the values of
    each column, none of them None. Every file has a person; what hangs on another row of it names
    that row, which then has its id."""

    places: Sequence[int]
    rows: Mapping[str, Mapping[str, Sequence[object]]]


class Act(Numbered):
    """One unit of work. All values are those of `domain.values`; the journal keeps them encoded."""

    def __init__(
        self,
        db: Database,
        header: ActHeader,
        shown: Shown | None = None,
        own: Collection[int] = (),
    ) -> None:
        super().__init__(db, header, shown, own)
        self.must_be_here: Callable[[], None] = lambda: None
        """Refuses an act in a register that was moved, and on a server waits until nobody else
        writes. Errors: StorageError moved, locked."""
        self._marks = Marks()
        self.always = is_outward(header.service)
        """Keep the act although it changed no row: a restore, say."""
        self.details: dict[str, object] = {}
        self._changes: list[ChangeRecord] = []
        self._digests: list[bytes] = []
        """Of the changes that are written already: a list has more than memory should hold."""
        self._may_book: list[ChangeRecord] = []
        """Those of them that the ledgers of letters and permits may follow."""
        self._touches_parameters = False
        self._of_files = mifi.OfFiles()
        self.free_places: dict[int, Iterator[int]] = {}
        """By year the places of the cap that nobody has, while this act takes many."""
        self._may_fail = False
        self._touched: set[int] = set()

    @property
    def changed(self) -> bool:
        return bool(self.change_count)

    @property
    def change_count(self) -> int:
        """How many changes it holds by now."""
        told = len(self._whole.changes) if self._whole is not None else 0
        return len(self._changes) + len(self._digests) + told

    @property
    def is_long(self) -> bool:
        """Whether it holds as much as a long list brings."""
        return len(self._digests) >= _MANY

    @property
    def now(self) -> datetime:
        return self.header.at

    def insert(
        self,
        entity: str,
        values: Mapping[str, object],
        *,
        sheet: str | None = None,
        row: int | None = None,
    ) -> int:
        """Insert one row and journal it. Returns its id (given as `id` or a new one)."""
        if sheet is not None:
            self.alone()
        number = int(str(values.get("id") or self.new_id(entity)))
        whole = {**values, "id": number}
        kept = {name: sound(encode(v), name) for name, v in whole.items() if v is not None}
        self._put(entity, number, kept, is_new=True)
        self._record(entity, number, None, kept, sheet, row)
        self._write_many()
        return number

    def _put(self, entity: str, number: int, values: Mapping[str, Any], *, is_new: bool) -> None:
        """Write stored values into a row; what goes whole is written by its change."""
        whole = self.whole
        if whole is not None:
            whole.kinds.add(entity)
        elif is_new:
            insert_row(self.db, entity, values)
        else:
            update_row(self.db, entity, number, values)
        self._written(entity, number, values)

    def insert_files(
        self, files: Sequence[NewFiles], sources: Sequence[tuple[str, int]]
    ) -> list[int]:
        """Insert new people, each with the rows that hang on them, in bulk.

        `sources` are the sheet and row of each, in the order of their places. Each file is one
        change. Returns the people's ids in that order.
        """
        self._count_ahead()
        people = self.new_ids("person", len(sources))
        self._marks.note_kinds(entity for _places, rows in files for entity in rows)
        changes: list[ChangeRecord | None] = [None] * len(sources)
        brought: dict[str, list[Serialized]] = defaultdict(list)
        for places, rows in files:
            whose = [people[place] for place in places]
            own_rows = serialization.serialized({**rows["person"], "id": whose})
            brought["person"].append(own_rows)
            hanging: dict[str, Serialized] = {}
            for entity in (entity for entity in rows if entity != "person"):
                ids: Sequence[Any] = rows[entity].get("id") or self.new_ids(entity, len(places))
                own = {**rows[entity], "id": ids}
                if "application_id" not in own:
                    own["person_id"] = whose
                hanging[entity] = serialization.serialized(own)
                brought[entity].append(hanging[entity])
                if entity == "letter":
                    days = map(encode, rows["letter"]["letter_date"])
                    self._of_files.new[Ledger.LETTERS] += zip(ids, days, strict=True)
                elif entity == "permit":
                    self._of_files.new[Ledger.PERMITS] += mifi.counted_permits(ids, rows)
            told, with_it = own_rows.json(), journal.together(hanging)
            for place, person, text, more in zip(places, whose, told, with_it, strict=False):
                changes[place] = ChangeRecord(
                    "person", person, person, None, text, *sources[place], more
                )
        self._bring(brought)
        self._changes += filter(None, changes)
        self._write_many()
        return list(people)

    def _bring(self, brought: Mapping[str, Sequence[Serialized]]) -> None:
        """Insert rows of several shapes, of each entity those together that leave the same to what
        a row begins with: an engine looks at all rows of a statement at once."""
        for entity in (entity for entity in ENTITIES if entity in brought):
            alike: dict[frozenset[str], list[Serialized]] = defaultdict(list)
            for one in brought[entity]:
                alike[NEEDED[entity].intersection(one.stored)].append(one)
            for some in alike.values():
                self.db.insert_rows(entity, *serialization.as_one(some))

    def insert_many(
        self,
        entity: str,
        rows: Sequence[Mapping[str, object]],
        people: Sequence[int],
        sources: Sequence[tuple[str, int]],
    ) -> None:
        """Insert rows of many people in bulk and journal each.

        The rows have their ids; `people` says in whose file each is, `sources` of which row of a
        list.
        """
        known = [{name: v for name, v in row.items() if v is not None} for row in rows]
        told = [""] * len(rows)
        for places, columns in serialization.by_shape(known):
            rows_of_shape = serialization.serialized(columns)
            self._bring({entity: [rows_of_shape]})
            texts = rows_of_shape.json()
            for place, text in zip(places, texts, strict=True):
                told[place] = text
        self._touched.update(people)
        self._changes += [
            ChangeRecord(entity, int(str(row["id"])), person, None, text, sheet, number)
            for row, person, text, (sheet, number) in zip(known, people, told, sources, strict=True)
        ]
        self._write_many()

    def record(self, changes: Iterable[ChangeRecord]) -> None:
        """Journal what another module of this package has written in this act."""
        self._changes += changes
        self._write_many()

    def note_rows(self, entity: str, numbers: Collection[int]) -> None:
        """Note rows that another module has written with their files, which alone have changes."""
        self._marks.note_rows(entity, numbers)
        self._of_files.move(entity, numbers)
        self._ahead.clear()

    def _write_many(self) -> None:
        if len(self._changes) >= _MANY and not self._may_fail:
            self._write_changes()

    def _write_changes(self) -> None:
        self._may_book += [change for change in self._changes if mifi.may_count(change)]
        self._touches_parameters |= any(map(may_judge, self._changes))
        whole = None if self._touches_parameters else self.whole
        if whole is not None:
            whole.changes += journal.told_whole(self._changes)
        else:
            self._digests += journal.write_changes(self.db, self.reserve(), self._changes)
        self._marks.note(self._changes)
        self._changes.clear()

    def update(
        self,
        entity: str,
        number: int,
        values: Mapping[str, object],
        *,
        sheet: str | None = None,
        row: int | None = None,
        of_now: bool = False,
    ) -> tuple[str, ...]:
        """Change fields of one row; journal those that really change and return their names.

        Values `of_now` were made of what stands in the row, theirs among it, and not typed over
        what a form showed: a tag put to others."""
        if sheet is not None or self.whole is None:
            self.alone()
        present = self.stored(entity, number)
        if present is None:
            raise StorageError("gone")
        wanted = {
            name: sound(encode(value), name) for name, value in one_of_both(values, present).items()
        }
        changed = {name: value for name, value in wanted.items() if present[name] != value}
        if changed and not of_now:
            changed = self.may_write(entity, present, changed)
        if not changed:
            return ()
        self._put(entity, number, changed, is_new=False)
        before = {name: present[name] for name in changed}
        self._record(entity, number, before, changed, sheet, row, present)
        if changed.get("person_id") is not None:
            # What moves to another file is felt there too.
            self._touched.add(int(changed["person_id"]))
        return tuple(changed)

    def delete(self, entity: str, number: int) -> None:
        """Delete one row, unless theirs was chosen; the journal keeps all of it."""
        self.db.alone()
        present = self.stored(entity, number)
        if present is None:
            raise StorageError("gone")
        if self.may_take_out(entity, present):
            self.delete_many(entity, [present])

    def add_figure(
        self, entity: str, key: Mapping[str, object], values: Mapping[str, object], name: str
    ) -> None:
        """Insert a figure that stands beside the former ones of its `key`, unless theirs was
        chosen. What another desk has set there since the form was opened is told first, under a
        name."""
        if self.may_add(entity, key, values, name):
            self.insert(entity, {**key, **values})

    def delete_many(self, entity: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Delete rows, given as `stored_many` has them; the journal keeps all of each."""
        for present in rows:
            kept = {name: value for name, value in present.items() if value is not None}
            self._record(entity, present["id"], kept, None, None, None, present)
        numbers = [present["id"] for present in rows]
        if entity == "person":
            self.db.search.forget(numbers)
        delete_where(self.db, entity, "id", numbers)
        for number in numbers:
            self._written(entity, number, None)

    def attempt(self, write: Callable[[], object]) -> bool:
        """Do a write whole, or leave everything as it was where a constraint refuses it."""
        try:
            with self.part():
                write()
        except CONSTRAINT_ERRORS:
            return False
        return True

    @contextmanager
    def part(self) -> Iterator[None]:
        """Do a part of the act whole or not at all: what is raised in it goes on, and everything
        is as it was before."""
        if self.whole is not None:
            self.alone()  # what goes whole has no parts
        recorded, outer = len(self._changes), self._may_fail
        met, details = len(self._met), self.details
        self._may_fail = True  # what fails must still be here to be forgotten
        try:
            with self.db.savepoint():
                yield
        except BaseException:
            del self._changes[recorded:]
            self.free_places.clear()
            self._ahead.clear()
            del self._met[met:]
            self.details = details
            raise
        finally:
            self._may_fail = outer
        self._write_many()

    def finish(self) -> None:
        """Write the act and its changes, once, and forget what was derived from the old values.

        Errors: Overtaken.
        """
        if self.id is not None:
            return
        self.tell_meetings()
        if not self.changed and not self.always:
            return
        self.refuse_erased(self._touched)
        self.id = ActId(self.reserve())
        booked = mifi.settle(
            self.db,
            self.id,
            encode(self.now),
            [*self._may_book, *self._changes],
            undoes=self.header.undoes is not None,
            of_files=self._of_files,
        )
        if booked is not None:
            self.details[mifi.DETAIL] = booked
        self._write_changes()
        self._marks.note_people(self._touched)
        if not is_outward(self.header.service):
            self.touched = EVERYTHING if self.always else self._marks.touched()
        details = str(sound(serialization.dump(_sound_details(self.details))))
        if self.whole is not None:
            journal.append_whole(self.whole, self.id, self.header, details, self._touched)
            return
        own = (self.id, self.header, details, self._digests, self._previous)
        self.seal = journal.append(self.db, *own)
        delete_where(self.db, "standing", "person_id", self._touched)
        if self._touches_parameters:
            # The programme itself has changed: every verdict may read otherwise.
            self.db.execute_sql("DELETE FROM standing")

    def _record(
        self,
        entity: str,
        number: int,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
        sheet: str | None,
        row: int | None,
        present: Mapping[str, Any] | None = None,
    ) -> None:
        person = self._person_of(entity, number, present or after or {})
        if person is not None:
            self._touched.add(person)
        self._changes.append(
            ChangeRecord(
                entity,
                number,
                person,
                serialization.dump_record(before) if before is not None else None,
                serialization.dump_record(after) if after is not None else None,
                sheet,
                row,
            )
        )

    def _person_of(self, entity: str, number: int, values: Mapping[str, Any]) -> int | None:
        if entity == "person":
            return number
        if entity == "permit":
            row = self.db.execute_sql(
                "SELECT person_id FROM application WHERE id = ?", (values["application_id"],)
            ).fetchone()
            return int(row[0]) if row else None
        person = values.get("person_id")
        return int(person) if person is not None else None


def _sound_details(details: Mapping[str, object]) -> Mapping[str, object]:
    """What an act keeps besides its changes, if all that was typed in it can be kept.

    JSON would write a NUL as an escape, which the next reader would have to bear.
    """
    reasons = details.get("overrides")
    typed = [*reasons.values()] if isinstance(reasons, Mapping) else []
    for text in (*typed, details.get("reason")):
        sound(text)
    return details
