# SPDX-License-Identifier: Apache-2.0
"""Recomputes the register from its entries, and finds what was changed behind its back.

    ledger_fault(register)   both ledgers: sums, counters, places, each entry against the journal
    row_fault(register)      every row against the changes that the journal holds of it

Reads only, in slices, so that a million entries take seconds and little memory (where rows came in
with whole files is noted in a table of the connection's own). What it finds is named by a code and
a number, never by a name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal import cap_places, mifi
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import fetch, scalar
from imp_plus_desktop.storage.tables.columns import columns_of
from imp_plus_desktop.storage.tables.records import LedgerEntryTable
from imp_plus_desktop.storage.tables.schema import COLUMNS, ENTITIES
from imp_plus_desktop.storage.tables.statements import chunks, marks

_SPAN = 20_000
"""Ids of an entity replayed at once."""
_FEW = 2_000
"""Rows that are looked for one by one."""
_ENTRIES = 5_000
"""Entries of a ledger that are read at once."""

_YEARS = (
    "WITH years AS (SELECT cap_year AS year FROM ledger_entry UNION SELECT year FROM"
    " cap_counter UNION SELECT cap_year FROM application WHERE place IS NOT NULL),"
    " sums AS (SELECT cap_year AS year, SUM(delta) AS n FROM ledger_entry GROUP BY cap_year),"
    " held AS (SELECT cap_year AS year, COUNT(*) AS n FROM application WHERE place IS NOT NULL"
    " GROUP BY cap_year)"
    " SELECT y.year AS found FROM years y LEFT JOIN sums s ON s.year = y.year"
    " LEFT JOIN held h ON h.year = y.year LEFT JOIN cap_counter c ON c.year = y.year"
    " WHERE COALESCE(s.n, 0) <> COALESCE(c.used, 0) OR COALESCE(c.used, 0) <> COALESCE(h.n, 0)"
    " ORDER BY y.year LIMIT 1"
)

_PLACES = (
    "SELECT found FROM (SELECT application_id AS found, cap_year, SUM(delta) AS n"
    " FROM ledger_entry GROUP BY application_id, cap_year) e"
    " LEFT JOIN application a ON a.id = e.found AND a.cap_year = e.cap_year"
    " AND a.place IS NOT NULL WHERE e.n <> CASE WHEN a.id IS NULL THEN 0 ELSE 1 END"
    " UNION ALL SELECT a.id FROM application a WHERE a.place IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM ledger_entry l WHERE l.application_id = a.id AND l.cap_year = a.cap_year)"
    " LIMIT 1"
)

_COUNTED = "".join(
    f" UNION ALL SELECT '{ledger.value}', id, day, -1 FROM ({sql}) AS {ledger.value}"
    for ledger, sql in mifi.COUNTED.items()
)

_MIFI = (
    "SELECT ledger || ' ' || CAST(subject AS TEXT) AS found FROM"
    f" (SELECT ledger, subject_id AS subject, day, delta FROM mifi_entry{_COUNTED}) AS entries"
    " GROUP BY ledger, subject, day HAVING SUM(delta) <> 0 LIMIT 1"
)

_IN_JOURNAL = {
    name: f"l.{name}" for name in columns_of(LedgerEntryTable) if name not in ("id", "act_id")
}
"""What the change of an entry tells of it."""


def _entries(db: Database) -> str:
    told = db.dialect.json_text("c.after", cap_places.TOGETHER)
    return (
        "SELECT l.id AS found FROM ledger_entry l JOIN change c"
        " ON c.entity = 'ledger_entry' AND c.entity_id = l.id"
        f" WHERE c.act_id <> l.act_id OR (c.salt IS NOT NULL AND {told} IS NULL AND c.after <>"
        f" {db.dialect.json_record(_IN_JOURNAL)})"
        " UNION ALL SELECT c.entity_id FROM change c WHERE c.entity = 'ledger_entry'"
        " AND NOT EXISTS (SELECT 1 FROM ledger_entry l WHERE l.id = c.entity_id) LIMIT 1"
    )


def ledger_fault(register: Register) -> str | None:
    """What the replay of both ledgers finds first, as `code: number`, or None.

    `differs: YEAR` sums, counter and places of a year; `place: APPLICATION` a place without its
    entry or an entry without its place; `entry: ID` an entry that the journal knows otherwise;
    `mifi: letters LETTER` or `mifi: permits PERMIT`; `mifi_act: ACT` altered entries of an act.
    """
    entries = _entries(register.db)
    checks = (("differs", _YEARS), ("place", _PLACES), ("entry", entries), ("mifi", _MIFI))
    for code, sql in checks:
        rows = fetch(register, sql)
        if rows:
            return f"{code}: {rows[0]['found']}"
    entry = _entry_fault(register.db)
    if entry is not None:
        return f"entry: {entry}"
    act = _mifi_act_fault(register)
    return None if act is None else f"mifi_act: {act}"


def _entry_fault(db: Database) -> int | None:
    """The first entry that no change tells of, or that differs from the change that tells of many
    at once."""
    columns = ("act_id", *_IN_JOURNAL)
    between = f"SELECT id, {', '.join(columns)} FROM ledger_entry WHERE id BETWEEN ? AND ?"
    covered: set[int] = set()
    for first, act, after in _told_together(db):
        told = {
            number: {"act_id": act, **entry}
            for number, entry in cap_places.told_together(json.loads(after), first)
        }
        covered |= told.keys()
        for number, *own in db.execute_sql(between, (first, first + len(told) - 1)).fetchall():
            if told.pop(number) != dict(zip(columns, own, strict=True)):
                return int(number)
        if told:
            return min(told)
    untold = db.execute_sql(
        "SELECT l.id FROM ledger_entry l LEFT JOIN change c ON c.entity = 'ledger_entry'"
        " AND c.entity_id = l.id WHERE c.id IS NULL ORDER BY l.id"
    )
    return next((number for (number,) in untold.fetchall() if number not in covered), None)


def _told_together(db: Database) -> list[tuple[int, int, str]]:
    """The changes that tell of many entries: the first of these, the act, and what is told."""
    told = db.dialect.json_text("after", cap_places.TOGETHER)
    found: list[tuple[int, int, str]] = db.execute_sql(
        "SELECT entity_id, act_id, after FROM change"
        f" WHERE entity = 'ledger_entry' AND {told} IS NOT NULL ORDER BY entity_id"
    ).fetchall()
    return found


def _mifi_act_fault(register: Register) -> int | None:
    """The first act whose entries are not those that it appended."""
    kept: dict[int, str | None] = {
        row["id"]: row["digest"]
        for row in fetch(
            register,
            f"SELECT id, {register.db.dialect.json_text('details', mifi.DETAIL)} AS digest FROM act"
            f" WHERE details LIKE '%\"{mifi.DETAIL}\"%' OR (details IS NULL AND salt IS NULL)",
        )
    }
    for act, entries in _entries_by_act(register):
        if act not in kept:
            return act
        told = kept.pop(act)
        if told is not None and told != mifi.digest(entries):
            return act
    return next((act for act, told in kept.items() if told is not None), None)


def _entries_by_act(register: Register) -> Iterator[tuple[int, Iterator[Sequence[Any]]]]:
    """The entries of each act, which are gone when the next act is asked for."""
    pages = register.db.pages(
        "SELECT act_id, ledger, subject_id, year, day, delta, reason, at FROM mifi_entry"
        " WHERE act_id IS NOT NULL ORDER BY act_id, id",
        _ENTRIES,
    )
    for act, entries in groupby(chain.from_iterable(pages), key=itemgetter(0)):
        yield act, (entry for _act, *entry in entries)


def row_fault(register: Register) -> str | None:
    """The first row that is not what its changes made it, as `changed: ENTITY ID`, or None.

    Also a row without a change, and one that is gone without a change. Rows whose changes were
    erased are left out: nobody can say what they were.
    """
    register.db.note_brought()
    gone = _erased_files(register)
    for entity in ENTITIES:
        number = _fault_of(register, entity, gone)
        if number is not None:
            return f"changed: {entity} {number}"
    return None


def _erased_files(register: Register) -> set[int]:
    """People whose file came in whole and was erased since: its change alone told of its rows."""
    cursor = register.db.execute_sql(
        "SELECT entity_id FROM change WHERE entity = 'person' AND salt IS NULL"
    )
    return {row[0] for row in cursor.fetchall()}


def _fault_of(register: Register, entity: str, gone: Collection[int]) -> int | None:
    highest = (
        scalar(register, f"SELECT MAX(id) FROM {entity}"),
        scalar(register, "SELECT MAX(entity_id) FROM change WHERE entity = ?", (entity,)),
        scalar(register, "SELECT MAX(id) FROM brought WHERE entity = ?", (entity,)),
    )
    first, top = _next_id(register, entity, 0), max(top or 0 for top in highest)
    while first is not None and first <= top:
        number = _fault_between(register, entity, first, first + _SPAN - 1, gone)
        if number is not None:
            return number
        # Ids that were leapt over are not walked through.
        first = _next_id(register, entity, first + _SPAN)
    return None


def _next_id(register: Register, entity: str, number: int) -> int | None:
    """The lowest id from a number on that a row has or a change tells of."""
    lowest = (
        scalar(register, f"SELECT MIN(id) FROM {entity} WHERE id >= ?", (number,)),
        scalar(
            register,
            "SELECT MIN(entity_id) FROM change WHERE entity = ? AND entity_id >= ?",
            (entity, number),
        ),
        scalar(
            register, "SELECT MIN(id) FROM brought WHERE entity = ? AND id >= ?", (entity, number)
        ),
    )
    return min((one for one in lowest if one is not None), default=None)


def _fault_between(
    register: Register, entity: str, first: int, last: int, gone: Collection[int]
) -> int | None:
    doubtful = _doubtful(register, entity, first, last)
    if len(doubtful) > _FEW:
        return _fault_among(register, entity, "BETWEEN ? AND ?", (first, last), gone)
    for some in chunks(doubtful):
        number = _fault_among(register, entity, f"IN ({marks(len(some))})", tuple(some), gone)
        if number is not None:
            return number
    return None


def _doubtful(register: Register, entity: str, first: int, last: int) -> list[int]:
    """The rows of a span that are not simply what one change made new: these are replayed.

    Nearly all rows are, and the engine alone tells it in half of the time.
    """
    span, dialect = (first, last), register.db.dialect
    as_told = dialect.json_row({name: f"r.{name}" for name in COLUMNS[entity]})
    brought = dialect.brought_row("c.together", "b.place")
    found = register.db.execute_sql(
        f"SELECT c.entity_id FROM change c LEFT JOIN {entity} r ON r.id = c.entity_id"
        " WHERE c.entity = ? AND c.entity_id BETWEEN ? AND ? AND (c.before IS NOT NULL"
        f" OR c.salt IS NULL OR c.after IS NULL OR r.id IS NULL OR c.after <> {as_told})"
        " UNION SELECT b.id FROM brought b JOIN change c ON c.id = b.change_id"
        f" LEFT JOIN {entity} r ON r.id = b.id WHERE b.entity = ? AND b.id BETWEEN ? AND ?"
        f" AND (c.after IS NULL OR r.id IS NULL OR {brought} <> {as_told})"
        f" UNION SELECT r.id FROM {entity} r WHERE r.id BETWEEN ? AND ? AND NOT EXISTS"
        " (SELECT 1 FROM change c WHERE c.entity = ? AND c.entity_id = r.id)"
        " AND NOT EXISTS (SELECT 1 FROM brought b WHERE b.entity = ? AND b.id = r.id) ORDER BY 1",
        (entity, *span, entity, *span, *span, entity, entity),
    )
    return [number for (number,) in found.fetchall()]


def _fault_among(
    register: Register, entity: str, which: str, wanted: Sequence[int], gone: Collection[int]
) -> int | None:
    """The first of the rows whose ids are `which` (with the numbers `wanted`) that is not what its
    changes made it."""
    columns = COLUMNS[entity]
    at = {name: place for place, name in enumerate(columns)}
    present = {
        row[at["id"]]: row
        for row in register.db.execute_sql(
            f"SELECT {', '.join(columns)} FROM {entity} WHERE id {which}", wanted
        )
    }
    whose = at.get("person_id")
    replayed, erased = _replayed(register, entity, which, wanted)
    shapes = _Shapes(at)
    for number in sorted(present.keys() | replayed.keys()):
        made, found = replayed.get(number), present.get(number)
        if made is not None and found is not None:
            if number not in erased and not shapes.alike(made, found):
                return number
            continue
        nobody_knows = found is not None and whose is not None and found[whose] in gone
        if number not in erased and not nobody_knows:
            return number
    return None


class _Shapes:
    """Compares rows with what is told of them: rows that are told alike are asked alike."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = places
        self._known: dict[tuple[str, ...], Callable[[Any], Any] | None] = {}

    def alike(self, told: Mapping[str, Any], row: Sequence[Any]) -> bool:
        """Whether a row, given by all its columns, holds what is told of it, and nothing else."""
        names = tuple(told)
        if names not in self._known:
            plain = len(names) > 1 and self._places.keys() >= told.keys()
            places = [self._places[name] for name in names] if plain else []
            self._known[names] = itemgetter(*places) if plain else None
        of_row = self._known[names]
        if of_row is None:  # told by columns of another day
            return all(told.get(name) == row[place] for name, place in self._places.items())
        values = tuple(told.values())
        others = len(row) - len(values)
        return bool(of_row(row) == values) and row.count(None) - values.count(None) == others


def _replayed(
    register: Register, entity: str, which: str, wanted: Sequence[int]
) -> tuple[dict[int, dict[str, Any]], set[int]]:
    """What the changes make of the rows whose ids are `which`, and those whose changes were
    erased."""
    made: dict[int, dict[str, Any]] = {}
    erased: set[int] = set()
    asked = (entity, *wanted)
    brought = register.db.dialect.brought_row("c.together", "b.place")
    now = f"CASE WHEN c.after IS NULL THEN NULL ELSE {brought} END"
    cursor = register.db.execute_sql(
        "SELECT entity_id, CASE WHEN before IS NULL THEN 1 ELSE 0 END, after,"
        " CASE WHEN salt IS NULL THEN 1 ELSE 0 END, id FROM change"
        f" WHERE entity = ? AND entity_id {which}"
        f" UNION ALL SELECT b.id, 1, {now}, 0, c.id"
        " FROM brought b JOIN change c ON c.id = b.change_id"
        f" WHERE b.entity = ? AND b.id {which} ORDER BY 1, 5",
        asked + asked,
    )
    for number, is_new, after, is_erased, _change in cursor:
        if is_erased:
            erased.add(number)
        elif after is None:
            made.pop(number, None)
        elif is_new:
            made[number] = json.loads(after)
        elif number in made:
            made[number].update(json.loads(after))
        else:
            erased.add(number)  # with the file that it came in with
    return made, erased
