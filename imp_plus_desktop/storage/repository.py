# SPDX-License-Identifier: Apache-2.0
"""The unit of work: every write is one act, in one IMMEDIATE transaction, with its journal.

`Register` is an open register; `Act` is what a service writes through. Neither knows a rule of
the programme: the services decide, this module keeps what they decided, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from peewee import Database

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.domain.values.records import ActId
from imp_plus_desktop.domain.values.touched import EVERYTHING, NOTHING, Touched
from imp_plus_desktop.storage import coding, copying, database, failures, journal, mifi, search
from imp_plus_desktop.storage.bulk import insert_rows
from imp_plus_desktop.storage.coding import Coded
from imp_plus_desktop.storage.columns import encode, sound
from imp_plus_desktop.storage.journal import ActHeader, ChangeRecord
from imp_plus_desktop.storage.schema import CHILDREN, COLUMNS
from imp_plus_desktop.storage.shown import Shown
from imp_plus_desktop.storage.touching import Marks

_REPLACEABLE = frozenset({"register_missing", "register_empty"})
"""Why a register is not opened where a copy can take its place."""

_MANY = 10_000
"""Changes that are kept in memory before they are written."""
_SLICE = 500
"""Ids in one IN list: below SQLite's limit on parameters."""


class Register:
    """An open register. Each thread that uses it gets a connection of its own."""

    def __init__(
        self,
        path: Path,
        *,
        create: bool = True,
        passphrase: str = "",
        copy_first: bool = True,
    ) -> None:
        """Open a register. An older one is copied before it is changed, if `copy_first`.

        Errors: StorageError as `database.connect`; register_missing and register_empty name the
        latest good copy as `copy`; no_good_copy where there is none.
        """
        self.path = path
        self.passphrase = passphrase
        try:
            self._db: Database = database.connect(
                path,
                create=create,
                passphrase=passphrase,
                before_steps=self._copy_first if copy_first else None,
            )
        except StorageError as error:
            if error.code not in _REPLACEABLE:
                raise
            good = copying.latest_good(path, passphrase)
            if good is None:
                raise StorageError("no_good_copy") from None
            raise StorageError(error.code, copy=good.name) from None
        self._identity = database.identity(path)

    @property
    def db(self) -> Database:
        """The database, connected in the calling thread; for modules of this package."""
        if self._db.is_closed():
            with database.translated():
                self._db.connect()
        return self._db

    def _copy_first(self, db: Database) -> None:
        copying.automatic(db, self.path, self.passphrase, datetime.now(UTC), "upgrade")

    def check_in_place(self) -> None:
        """Refuse to go on where the file was deleted, emptied or replaced while it is open: what
        is written would be in no register. Errors: StorageError register_gone, register_replaced.
        """
        found = database.identity(self.path)
        if found is None:
            raise StorageError("register_gone")
        if found != self._identity:
            raise StorageError("register_replaced")

    def is_empty(self) -> bool:
        """Whether nothing has ever been written to it."""
        return self.db.execute_sql("SELECT 1 FROM act LIMIT 1").fetchone() is None

    def reopen(self, passphrase: str) -> None:
        """Open the file again, after it was written anew under another passphrase."""
        self.passphrase = passphrase
        self._db = database.connect(self.path, create=False, passphrase=passphrase)
        self._identity = database.identity(self.path)

    def migrate(self) -> None:
        """Bring the content to today's version: after a restore it may be older."""
        with database.translated():
            database.migrate(self.db)

    def release(self) -> None:
        """Close the calling thread's connection; a worker does so when its job ends."""
        if not self._db.is_closed():
            self._db.close()

    def close(self) -> None:
        """Close the calling thread's connection for good."""
        self.release()

    @contextmanager
    def act(
        self, header: ActHeader, shown: Shown | None = None, own: Collection[int] = ()
    ) -> Iterator[Act]:
        """Open a unit of work; leaving it normally commits it, an exception undoes everything.

        `shown` is what its form rests on: what others than the acts `own` changed since is not
        written over unseen.

        An act that changed nothing writes nothing: its `id` stays None. Errors: StorageError
        register_gone, register_replaced: then nothing of it is in the register.
        """
        self.check_in_place()
        db = self.db
        act = Act(db, header, shown, own)
        try:
            with database.translated(db), db.atomic("IMMEDIATE"):
                yield act
                act.finish()
                if act.is_long:
                    database.leave_in_log(db)
            # A file that is gone takes a commit as well as any other.
            self.check_in_place()
        finally:
            if act.is_long:
                database.follow_log(db)


class NewFiles(NamedTuple):
    """New files that hold the same: their places among all new ones, and by entity the values of
    each column, none of them None. Every file has a person."""

    places: Sequence[int]
    rows: Mapping[str, Mapping[str, Sequence[object]]]


class Act:
    """One unit of work. All values are those of `domain.values`; the journal keeps them encoded."""

    def __init__(
        self,
        db: Database,
        header: ActHeader,
        shown: Shown | None = None,
        own: Collection[int] = (),
    ) -> None:
        self.db = db
        self.header = header
        self._shown, self._own = shown, own
        self._both: dict[str, None] = {}
        """What others have changed too, by name: it is told as a whole, and nothing is kept."""
        self.id: ActId | None = None
        self.seal = b""
        """Its hash in the journal's chain: what tells it from any other act of the same id."""
        self.touched: Touched = NOTHING
        """What it touched, once it is kept."""
        self._marks = Marks()
        self.always = False
        """Keep the act although it changed no row: a restore, say."""
        self.details: dict[str, object] = {}
        self._changes: list[ChangeRecord] = []
        self._digests: list[bytes] = []
        """Of the changes that are written already: a list has more than memory should hold."""
        self._counted: list[ChangeRecord] = []
        """Those of them that the ledgers of letters and permits may follow."""
        self._touches_parameters = False
        self._new_letters: list[tuple[int, str]] = []
        """Those of whole new files, which no change of their own tells of."""
        self._may_fail = False
        self._touched: set[int] = set()
        self._reserved: int | None = None
        self._next: dict[str, int] = {}

    @property
    def changed(self) -> bool:
        return bool(self._changes or self._digests)

    @property
    def is_long(self) -> bool:
        """Whether it holds as much as a long list brings."""
        return len(self._digests) >= _MANY

    @property
    def now(self) -> datetime:
        return self.header.at

    def undo_of(self, number: int) -> None:
        """Say which act this one takes back: known once nobody else can write."""
        self.header = replace(self.header, undoes=number)

    def reserve(self) -> int:
        """The id that this act will have when it is kept."""
        if self._reserved is None:
            self._reserved = self._next_id("act")
        return self._reserved

    def new_id(self, entity: str) -> int:
        """A fresh id, never used before, for a row of `entity` that is inserted later."""
        if entity not in self._next:
            self._next[entity] = self._next_id(entity)
        number = self._next[entity]
        self._next[entity] += 1
        return number

    def new_ids(self, entity: str, count: int) -> range:
        """Fresh ids, like `new_id` for many rows."""
        first = self.new_id(entity)
        self._next[entity] = first + count
        return range(first, first + count)

    def insert(
        self,
        entity: str,
        values: Mapping[str, object],
        *,
        sheet: str | None = None,
        row: int | None = None,
    ) -> int:
        """Insert one row and journal it. Returns its id (given as `id` or a new one)."""
        number = int(str(values.get("id") or self.new_id(entity)))
        whole = {**values, "id": number}
        kept = {name: sound(encode(value)) for name, value in whole.items() if value is not None}
        marks = ", ".join("?" * len(kept))
        self.db.execute_sql(
            f"INSERT INTO {entity} ({', '.join(kept)}) VALUES ({marks})", tuple(kept.values())
        )
        self._record(entity, number, None, kept, sheet, row)
        self._write_many()
        return number

    def insert_files(
        self, files: Sequence[NewFiles], sources: Sequence[tuple[str, int]]
    ) -> list[int]:
        """Insert new people, each with the rows that hang on them, in bulk.

        `sources` are the sheet and row of each, in the order of their places. Each file is one
        change. Returns the people's ids in that order.
        """
        people = self.new_ids("person", len(sources))
        self._marks.note_kinds(entity for _places, rows in files for entity in rows)
        changes: list[ChangeRecord | None] = [None] * len(sources)
        for places, rows in files:
            whose = [people[place] for place in places]
            told = self._insert_coded("person", {**rows["person"], "id": whose}).json()
            hanging: dict[str, Coded] = {}
            for entity in (entity for entity in rows if entity != "person"):
                ids = self.new_ids(entity, len(places))
                own = {**rows[entity], "id": ids, "person_id": whose}
                hanging[entity] = self._insert_coded(entity, own)
                if entity == "letter":
                    days = map(encode, rows["letter"]["letter_date"])
                    self._new_letters += zip(ids, days, strict=True)
            with_it = journal.together(hanging)
            for place, person, text, more in zip(places, whose, told, with_it, strict=False):
                changes[place] = ChangeRecord(
                    "person", person, person, None, text, *sources[place], more
                )
        self._changes += filter(None, changes)
        self._write_many()
        return list(people)

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
        for places, columns in coding.by_shape(known):
            texts = self._insert_coded(entity, columns).json()
            for place, text in zip(places, texts, strict=True):
                told[place] = text
        self._touched.update(people)
        self._changes += [
            ChangeRecord(entity, int(str(row["id"])), person, None, text, sheet, number)
            for row, person, text, (sheet, number) in zip(known, people, told, sources, strict=True)
        ]
        self._write_many()

    def _insert_coded(self, entity: str, columns: Mapping[str, Sequence[object]]) -> Coded:
        """Insert rows, given by columns, in bulk."""
        rows = coding.coded(columns)
        insert_rows(self.db, entity, list(columns), rows.stored)
        return rows

    def record(self, changes: Iterable[ChangeRecord]) -> None:
        """Journal what another module of this package has written in this act."""
        self._changes += changes

    def _write_many(self) -> None:
        if len(self._changes) >= _MANY and not self._may_fail:
            self._write_changes()

    def _write_changes(self) -> None:
        self._digests += journal.write_changes(self.db, self.reserve(), self._changes)
        self._counted += [change for change in self._changes if mifi.may_count(change)]
        self._touches_parameters |= any(c.entity == "parameter" for c in self._changes)
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
    ) -> tuple[str, ...]:
        """Change fields of one row; journal those that really change and return their names."""
        present = self.stored(entity, number)
        if present is None:
            raise StorageError("gone")
        wanted = {name: sound(encode(value)) for name, value in values.items()}
        changed = {name: value for name, value in wanted.items() if present[name] != value}
        if changed and self._shown is not None:
            changed, both = self._shown.left(self.db, entity, present, changed, self._own)
            self._both |= dict.fromkeys(both)
        if not changed:
            return ()
        assignments = ", ".join(f"{name} = ?" for name in changed)
        self.db.execute_sql(
            f"UPDATE {entity} SET {assignments} WHERE id = ?", (*changed.values(), number)
        )
        before = {name: present[name] for name in changed}
        self._record(entity, number, before, changed, sheet, row, present)
        if changed.get("person_id") is not None:
            # What moves to another file is felt there too.
            self._touched.add(int(changed["person_id"]))
        return tuple(changed)

    def delete(self, entity: str, number: int) -> None:
        """Delete one row; the journal keeps all of it."""
        present = self.stored(entity, number)
        if present is None:
            raise StorageError("gone")
        if self._shown is not None:
            both = self._shown.touched(self.db, entity, present, self._own)
            self._both |= dict.fromkeys(both)
        self.delete_many(entity, [present])

    def as_shown(self, entity: str, number: int) -> Mapping[str, Any] | None:
        """A row's stored values as its form first showed it, None where it was not there then."""
        present = self.stored(entity, number)
        if self._shown is None:
            return present
        return self._shown.before(self.db, entity, number, present, self._own)

    def removed_meanwhile(self, entity: str, person: int) -> list[dict[str, Any]]:
        """The rows of a person's file that others have taken out since the form was opened."""
        if self._shown is None:
            return []
        return self._shown.removed(self.db, entity, person, self._own)

    def both_changed(self, name: str) -> None:
        """Say that another desk has changed this too; unless it was told before, nothing is
        kept."""
        if self._shown is not None and not self._shown.is_told(name):
            self._both[name] = None

    def delete_many(self, entity: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Delete rows, given as `stored_many` has them; the journal keeps all of each."""
        for present in rows:
            kept = {name: value for name, value in present.items() if value is not None}
            self._record(entity, present["id"], kept, None, None, None, present)
        numbers = [present["id"] for present in rows]
        if entity == "person":
            search.forget(self.db, numbers)
        self.db.connection().executemany(
            f"DELETE FROM {entity} WHERE id = ?", [(number,) for number in numbers]
        )

    def attempt(self, write: Callable[[], object]) -> bool:
        """Do a write whole, or leave everything as it was where a constraint refuses it."""
        recorded, outer = len(self._changes), self._may_fail
        self._may_fail = True  # what fails must still be here to be forgotten
        try:
            with self.db.savepoint():
                write()
        except failures.CONSTRAINT_ERRORS:
            del self._changes[recorded:]
            return False
        finally:
            self._may_fail = outer
        return True

    def stored(self, entity: str, number: int) -> dict[str, Any] | None:
        """One row as stored values by column, or None."""
        return self.stored_many(entity, [number]).get(number)

    def stored_many(self, entity: str, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Rows as stored values by column, by id; ids that are not there are left out."""
        columns = COLUMNS[entity]
        rows = self._where_in(f"SELECT {', '.join(columns)} FROM {entity} WHERE id", numbers)
        return {row[columns.index("id")]: dict(zip(columns, row, strict=True)) for row in rows}

    def with_dependants(self, entity: str, numbers: Sequence[int]) -> set[int]:
        """Those of the rows on which something still hangs."""
        return {
            row[0]
            for table, column in CHILDREN.get(entity, ())
            for row in self._where_in(
                f"SELECT DISTINCT {column} FROM {table} WHERE {column}", numbers
            )
        }

    def hanging(self, entity: str, number: int) -> dict[tuple[str, str], list[int]]:
        """What hangs on a row, by (table, column): the ids of each."""
        return {
            (table, column): [
                row[0]
                for row in self.db.execute_sql(
                    f"SELECT id FROM {table} WHERE {column} = ? ORDER BY id", (number,)
                ).fetchall()
            ]
            for table, column in CHILDREN.get(entity, ())
        }

    def _where_in(self, sql: str, numbers: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(numbers), _SLICE):
            part = tuple(numbers[start : start + _SLICE])
            yield from self.db.execute_sql(f"{sql} IN ({', '.join('?' * len(part))})", part)

    def finish(self) -> None:
        """Write the act and its changes, and forget what was derived from the old values.

        Errors: StorageError changed_meanwhile, with the names as `field`.
        """
        if self._both:
            raise StorageError("changed_meanwhile", field=",".join(self._both))
        if not self.changed and not self.always:
            return
        self.id = ActId(self.reserve())
        booked = mifi.settle(
            self.db,
            self.id,
            encode(self.now),
            [*self._counted, *self._changes],
            undoes=self.header.undoes is not None,
            new_letters=self._new_letters,
        )
        if booked is not None:
            self.details[mifi.DETAIL] = booked
        self._write_changes()
        self._marks.note_people(self._touched)
        self.touched = EVERYTHING if self.always else self._marks.touched()
        details = sound(coding.dump(_sound_details(self.details)))
        self.seal = journal.append(self.db, self.id, self.header, details, self._digests)
        self.db.connection().executemany(
            "DELETE FROM standing WHERE person_id = ?", [(number,) for number in self._touched]
        )
        if self._touches_parameters:
            # The programme itself has changed: every verdict may read otherwise.
            self.db.execute_sql("DELETE FROM standing")

    def _next_id(self, table: str) -> int:
        # AUTOINCREMENT keeps the highest id ever used: an id is never given out twice.
        row = self.db.execute_sql(
            "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)
        ).fetchone()
        return int(row[0]) + 1 if row else 1

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
                coding.dump_record(before) if before is not None else None,
                coding.dump_record(after) if after is not None else None,
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
    if isinstance(reasons, Mapping):
        for reason in reasons.values():
            sound(reason)
    return details
