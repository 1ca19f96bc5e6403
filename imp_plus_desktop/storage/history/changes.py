# SPDX-License-Identifier: Apache-2.0
"""The changes that the journal holds: for histories, for undo, and for what came after an act.

Nothing here writes; `journal.py` appends and verifies.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import FieldChange
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.storage.history.acts import stands
from imp_plus_desktop.storage.history.merges import with_former
from imp_plus_desktop.storage.journal.journal import read_together
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.journal.whole_files import WholeFile
from imp_plus_desktop.storage.reads.queries import fetch, scalar
from imp_plus_desktop.storage.tables.statements import marks


@dataclass(frozen=True, slots=True)
class StoredChange:
    """The change of one row: stored values by column, None where there is none."""

    entity: str
    entity_id: int
    person_id: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class WholeFiles:
    """Files that came in whole, one after the other, or went so (`gone`)."""

    files: list[WholeFile]
    gone: bool

    def each(self, some: Sequence[WholeFile] | None = None) -> list[StoredChange]:
        """A change for each row of these files (default: of all), in an order in which they could
        have been made: of files that came, all people come first and then what hangs on them,
        entity by entity; those that went are the other way round."""
        files = self.files if some is None else some
        rows: dict[str, list[StoredChange]] = {"person": []}
        for file in files:
            own = [("person", json.loads(file.told)), *read_together(file.together)]
            for entity, row in own:
                kept = (row, None) if self.gone else (None, row)
                of_file = StoredChange(entity, row["id"], file.person, *kept)
                rows.setdefault(entity, []).append(of_file)
        found = list(chain.from_iterable(rows.values()))
        return found[::-1] if self.gone else found


Step = list[StoredChange] | WholeFiles
"""Some changes of an act, as they follow each other."""


def changes(register: Register, number: int) -> list[StoredChange]:
    """The changes of an act, one a row, in an order in which they could have been made."""
    found: list[StoredChange] = []
    for step in steps(register, number):
        found += step.each() if isinstance(step, WholeFiles) else step
    return found


def steps(register: Register, number: int, *, backwards: bool = False) -> Iterator[Step]:
    """The changes of an act, those of whole files together, in order or backwards step by step.

    Entries of the ledger are left out: an act that takes another back appends its own; and so is
    what was erased. Each step
    is read when it is asked for, and holds what memory should hold at once.
    """
    kinds = fetch(
        register,
        "SELECT id, CASE WHEN entity <> 'person' OR (before IS NULL) = (after IS NULL) THEN 0"
        " WHEN after IS NULL THEN 2 ELSE 1 END AS kind FROM change"
        " WHERE act_id = ? AND entity <> 'ledger_entry' AND salt IS NOT NULL ORDER BY id",
        (number,),
    )
    spans = [
        (kind, part[0]["id"], part[-1]["id"])
        for kind, some in groupby(kinds, itemgetter("kind"))
        for own in (list(some),)
        for part in (own[at : at + _AT_ONCE] for at in range(0, len(own), _AT_ONCE))
    ]
    for kind, first, last in reversed(spans) if backwards else spans:
        rows = fetch(
            register,
            "SELECT entity, entity_id, person_id, before, after, together FROM change"
            " WHERE act_id = ? AND id BETWEEN ? AND ? AND entity <> 'ledger_entry'"
            " AND salt IS NOT NULL ORDER BY id",
            (number, first, last),
        )
        if kind:
            gone = kind == _GONE
            told = itemgetter("before" if gone else "after")
            files = [WholeFile(row["entity_id"], told(row), row["together"]) for row in rows]
            yield WholeFiles(files, gone)
        else:
            yield [_stored(row) for row in rows]


_AT_ONCE = 10_000
"""Changes of a step at most."""
_GONE = 2


def _stored(row: Mapping[str, Any]) -> StoredChange:
    before = json.loads(row["before"]) if row["before"] else None
    after = json.loads(row["after"]) if row["after"] else None
    return StoredChange(row["entity"], row["entity_id"], row["person_id"], before, after)


def people_of(register: Register, number: int) -> list[int]:
    """People whose files act `number` touched, in the order of its changes."""
    own = "SELECT person_id FROM change WHERE act_id = ? AND person_id IS NOT NULL ORDER BY id"
    return [row[0] for row in register.db.execute_sql(own, (number,)).fetchall()]


def people_since(register: Register, number: int) -> set[int]:
    """People of whose files a change after act `number` tells, whatever became of that change."""
    later = "SELECT DISTINCT +person_id FROM change WHERE act_id > ? AND person_id IS NOT NULL"
    return {row[0] for row in register.db.execute_sql(later, (number,)).fetchall()}


_SINCE = (
    "l.act_id > ? AND l.entity <> 'ledger_entry' AND EXISTS (SELECT 1 FROM act x"
    f" WHERE x.id = l.act_id AND (x.undoes IS NULL OR x.undoes <= ?)) AND {stands('l.act_id')}"
)
"""Later changes that still stand: later acts that take each other back cancel out."""


def touched_since(register: Register, number: int) -> dict[tuple[str, int], set[str]]:
    """Entities of act `number` touched by later acts, with the fields touched.

    A later insert or delete of the same entity counts as touching the field `""`.
    """
    if not fetch(register, "SELECT 1 AS found FROM change WHERE act_id > ? LIMIT 1", (number,)):
        return {}
    rows = fetch(
        register,
        "SELECT l.entity, l.entity_id, l.before, l.after FROM change l"
        f" WHERE {_SINCE} AND EXISTS (SELECT 1 FROM change c"
        " WHERE c.act_id = ? AND c.entity = l.entity AND c.entity_id = l.entity_id)",
        (number, number, number),
    )
    rows += _touched_of_files(register, number)
    touched: dict[tuple[str, int], set[str]] = {}
    for row in rows:
        fields = touched.setdefault((row["entity"], row["entity_id"]), set())
        whole = row["before"] is None or row["after"] is None
        fields.update({""} if whole else json.loads(row["after"]))
    return touched


def _touched_of_files(register: Register, number: int) -> list[dict[str, Any]]:
    """Later changes of the rows that came in with the files of act `number`."""
    brought = {
        (entity, row["id"])
        for (text,) in register.db.execute_sql(
            "SELECT together FROM change WHERE act_id = ? AND together IS NOT NULL", (number,)
        )
        for entity, row in read_together(text)
    }
    if not brought:
        return []
    entities = sorted({entity for entity, _number in brought})
    rows = fetch(
        register,
        f"SELECT l.entity, l.entity_id, l.before, l.after FROM change l WHERE {_SINCE}"
        f" AND l.entity IN ({marks(len(entities))})",
        (number, number, *entities),
    )
    return [row for row in rows if (row["entity"], row["entity_id"]) in brought]


def last_of_others(
    register: Register, number: int, person_id: int, own: Collection[int]
) -> int | None:
    """The latest act after act `number`, but for `own` ones, that touched a file."""
    rows = register.db.execute_sql(
        "SELECT DISTINCT act_id FROM change WHERE person_id = ? AND act_id > ? ORDER BY act_id",
        (person_id, number),
    ).fetchall()
    found = [int(act) for (act,) in rows if act not in own]
    return found[-1] if found else None


def taken_out_since(register: Register, number: int, entity: str, entity_id: int) -> int | None:
    """The latest act after act `number` that took out a row. None when there is none."""
    row = register.db.execute_sql(
        "SELECT act_id FROM change WHERE entity = ? AND entity_id = ? AND act_id > ?"
        " AND after IS NULL ORDER BY id DESC LIMIT 1",
        (entity, entity_id, number),
    ).fetchone()
    return None if row is None else int(row[0])


def last_touching(
    register: Register, number: int, entity: str, entity_id: int, field: str | None
) -> int | None:
    """The latest act after act `number` that still stands and touched a field of a row, or, with
    no field, the row itself. None when there is none."""
    rows = fetch(
        register,
        "SELECT l.act_id, l.before, l.after FROM change l"
        f" WHERE l.entity = ? AND l.entity_id = ? AND {_SINCE} ORDER BY l.act_id DESC",
        (entity, entity_id, number, number),
    )
    for row in rows:
        whole = row["before"] is None or row["after"] is None
        if field is None or whole or field in json.loads(row["after"]):
            return int(row["act_id"])
    return None


def last_in_file(register: Register, number: int, person_id: int) -> int | None:
    """The latest act after act `number` that still stands and worked on a file."""
    rows = fetch(
        register,
        f"SELECT MAX(l.act_id) AS act FROM change l WHERE l.person_id = ? AND {_SINCE}",
        (person_id, number, number),
    )
    latest: int | None = rows[0]["act"]
    return latest


def files_worked_on_since(register: Register, number: int) -> set[int]:
    """People whose file came in with act `number` and has been worked on by a later act."""
    rows = fetch(
        register,
        # The sign keeps the planner from walking all changes in the order of people.
        "SELECT DISTINCT +l.person_id AS person FROM change l"
        f" WHERE {_SINCE} AND EXISTS (SELECT 1 FROM change c"
        " WHERE c.act_id = ? AND c.entity = 'person' AND c.before IS NULL"
        " AND c.entity_id = l.person_id)",
        (number, number, number),
    )
    return {row["person"] for row in rows}


def field_changes(register: Register, person_id: int) -> list[FieldChange]:
    """Every change of every field of a file, the latest first, and of files merged into it."""
    people = with_former(register, person_id)
    rows = fetch(
        register,
        "SELECT c.*, a.at, a.who, a.service, a.source_name FROM change c JOIN act a"
        f" ON a.id = c.act_id WHERE c.person_id IN ({marks(len(people))})"
        " ORDER BY c.id DESC",
        people,
    )
    return [change for row in rows for change in _of_fields(row)]


def _of_fields(row: Mapping[str, Any]) -> Iterator[FieldChange]:
    """The fields of a stored change, those first of what came or went together with its row."""
    before: dict[str, Any] = json.loads(row["before"]) if row["before"] else {}
    after: dict[str, Any] = json.loads(row["after"]) if row["after"] else {}
    nothing: dict[str, Any] = {}
    hanging = reversed(read_together(row["together"]))
    touched = [
        (entity, values["id"], *((nothing, values) if row["after"] else (values, nothing)))
        for entity, values in hanging
    ]
    touched.append((row["entity"], row["entity_id"], before, after))
    for entity, number, was, became in touched:
        for field in sorted((was.keys() | became.keys()) - {"id", "person_id"}):
            yield FieldChange(
                act=ActId(row["act_id"]),
                at=datetime.fromisoformat(row["at"]),
                who=row["who"],
                service=row["service"],
                entity=entity,
                entity_id=number,
                field=field,
                before=was.get(field),
                after=became.get(field),
                source_name=row["source_name"],
                sheet=row["sheet"],
                row=row["row"],
            )


def year_stands_since(register: Register, year: int, act: int, *, besides: int) -> bool:
    """Whether no more places of a year are in use than after act `act`, and its cap is the same.

    `besides` is an act that is not looked at.
    """
    taken = scalar(
        register,
        "SELECT SUM(delta) FROM ledger_entry WHERE cap_year = ? AND act_id > ? AND act_id <> ?",
        (year, act, besides),
    )
    if (taken or 0) > 0:
        return False
    limits = "'cap_limit', 'official_count', 'parameter'"
    changed = fetch(
        register,
        f"SELECT 1 AS found FROM change l WHERE {_SINCE} AND l.entity IN ({limits}) LIMIT 1",
        (act, act),
    )
    return not changed
