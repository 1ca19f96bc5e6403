# SPDX-License-Identifier: Apache-2.0
"""Files that came in whole, taken out again and brought back in bulk: one change a file.

    take_out(act, files), bring_back(act, files)    all of them that can

A file goes as it came: its change says with the same words what is gone that the change of its
coming says of what came in. Decides nothing of which files may go.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from imp_plus_desktop.storage.engines import CONSTRAINT_ERRORS
from imp_plus_desktop.storage.journal import cap_places
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.journal import ChangeRecord, read_together
from imp_plus_desktop.storage.tables import serialization
from imp_plus_desktop.storage.tables.schema import ENTITIES

_UNDONE = ("undone", "CAP-03")
"""What the entries of places say that go with their files, and of those that come back."""


class WholeFile(NamedTuple):
    """A person, and as JSON its row and those that hang on it, as one change tells them."""

    person: int
    told: str
    together: str | None


class Done(NamedTuple):
    """How many rows went or came, and the files that were left alone."""

    rows: int
    left: list[WholeFile]


_Rows = Mapping[str, list[dict[str, Any]]]


def rows_of(files: Sequence[WholeFile]) -> _Rows:
    """The stored values of every row of files, by entity, in the order of the files."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for file in files:
        rows["person"].append(json.loads(file.told))
        for entity, row in read_together(file.together):
            rows[entity].append(row)
    return rows


def take_out(act: Act, files: Sequence[WholeFile]) -> Done:
    """Take out files that hold exactly what is told of them. Places go back to the cap.

    Those that hold more or fewer rows are left alone.
    """

    def gone(file: WholeFile) -> ChangeRecord:
        own = (file.person, file.person, file.told, None)
        return ChangeRecord("person", *own, together=file.together)

    return _in_halves(act, files, _Work(_delete, -1, gone))


def bring_back(act: Act, files: Sequence[WholeFile]) -> Done:
    """Bring files back as they were, over the cap if need be: only a list brings them in whole.

    Those that a constraint refuses are left alone: somebody else has their number or place by now.
    """

    def came(file: WholeFile) -> ChangeRecord:
        own = (file.person, file.person, None, file.told)
        return ChangeRecord("person", *own, together=file.together)

    return _in_halves(act, files, _Work(_insert, 1, came))


class _Work(NamedTuple):
    """What is done to files: the write, what it means for a place, and the change of each."""

    write: Callable[[Act, _Rows], bool]
    places: int
    change: Callable[[WholeFile], ChangeRecord]


class _HoldOtherwiseError(Exception):
    """Some of the files hold other rows than what is told of them."""


def _in_halves(act: Act, files: Sequence[WholeFile], work: _Work) -> Done:
    """Do it to all of the files, or else to each half of them, down to those that are in the
    way."""
    if not files:
        return Done(0, [])
    rows = rows_of(files)
    try:
        with act.db.savepoint():
            if not work.write(act, rows):
                raise _HoldOtherwiseError
    except (_HoldOtherwiseError, *CONSTRAINT_ERRORS):
        middle = len(files) // 2
        if not middle:
            return Done(0, list(files))
        one, other = (_in_halves(act, half, work) for half in (files[:middle], files[middle:]))
        return Done(one.rows + other.rows, one.left + other.left)
    if work.places < 0:
        act.db.search.forget([file.person for file in files])
    _move_places(act, rows, work.places)
    for entity, some in rows.items():
        if entity != "person":
            act.note_rows(entity, [row["id"] for row in some])
    act.record(map(work.change, files))
    return Done(sum(map(len, rows.values())), [])


def _delete(act: Act, rows: _Rows) -> bool:
    """Delete all rows of files; False where there are others than these."""
    dialect = act.db.dialect
    people = dialect.numbers(row["id"] for row in rows["person"])
    theirs = dialect.any_of("person_id")
    for entity in reversed(list(ENTITIES)):
        if entity not in rows:
            continue
        condition = theirs
        if entity == "person":
            condition = dialect.any_of("id")
        elif entity == "permit":
            condition = f"application_id IN (SELECT id FROM application WHERE {theirs})"
        done = act.db.execute_sql(f"DELETE FROM {entity} WHERE {condition}", (people,))
        if done.rowcount != len(rows[entity]):
            return False
    return True


def _insert(act: Act, rows: _Rows) -> bool:
    """Insert all rows of files."""
    for entity in ENTITIES:
        for _places, columns in serialization.by_shape(rows.get(entity, [])):
            act.db.insert_rows(entity, list(columns), zip(*columns.values(), strict=True))
    return True


def _move_places(act: Act, rows: _Rows, delta: int) -> None:
    """Enter in the ledger that the applications among these rows give back or take their places."""
    by_year: dict[int, list[int]] = defaultdict(list)
    for application in rows.get("application", ()):
        if application.get("place") is not None:
            by_year[application["cap_year"]].append(application["id"])
    for year, applications in by_year.items():
        act.free_places.pop(year, None)
        cap_places.move_together(act, applications, year, delta, *_UNDONE)
