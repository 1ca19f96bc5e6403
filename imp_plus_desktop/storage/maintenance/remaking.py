# SPDX-License-Identifier: Apache-2.0
"""Makes a register anew from the journal of another one, act by act, as each was recorded.

    remake(source, made, last)    the acts up to one, with their changes, rows and ledgers
    do_again(made, known)         the same where the journal stands in the register already
    take_unnamed(source, made)    what counts of files that were erased
    take_archive(source, made)    what the journal names by a hash: imported lists, scans, drafts
    last_act_before(source, at)   the last act before an instant

`made` is a register in which nothing was ever written. Nothing of the source's own rows is read,
but for entries of a ledger whose act was erased, and what counts of such a file: nobody can say any
more what they followed from.
What is derived is not made here. Never writes to the source.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.storage.engines import Database, translated
from imp_plus_desktop.storage.history import changes as journal_changes
from imp_plus_desktop.storage.history.changes import StoredChange, WholeFiles
from imp_plus_desktop.storage.journal import cap_places, erasures, mifi, whole_files
from imp_plus_desktop.storage.journal.journal import ChangeRecord
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.tables import serialization
from imp_plus_desktop.storage.tables.columns import Table, columns_of, encode
from imp_plus_desktop.storage.tables.records import (
    ActTable,
    AttachmentTable,
    ChangeTable,
    DraftTable,
    ImportDraftTable,
    LedgerEntryTable,
    MifiEntryTable,
    SourceBlockTable,
    SourceFileTable,
    SourceRowTable,
    SourceSheetTable,
)
from imp_plus_desktop.storage.tables.schema import ENTITIES
from imp_plus_desktop.storage.tables.statements import (
    delete_where,
    insert_row,
    of_kind,
    update_row,
)

_AT_ONCE = 2_000
_IMPORT = "imports.commit"

Step = Callable[[int, int], None]
"""Told how much of how much is done; what it raises stops the work."""


def last_act_before(source: Register, at: datetime) -> int:
    """The last act that was recorded before an instant, 0 where there is none."""
    found = source.db.execute_sql("SELECT MAX(id) FROM act WHERE at < ?", (encode(at),)).fetchone()
    return int(found[0] or 0)


def remake(source: Register, made: Register, last: int, step: Step | None = None) -> None:
    """Fill an empty register with what the journal of another one tells up to act `last`."""
    with made.db.in_any_order(), translated(made.db), made.db.writing():
        _copy(source, made, "act", columns_of(ActTable), "id", last)
        _copy(source, made, "change", columns_of(ChangeTable), "act_id", last)
        do_again(made, _of_register(source.db, last), step)


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of the ledgers as they stand elsewhere, for acts that no longer tell theirs.

    `mifi` are those of letters and permits by act, under None those from before there was that
    ledger; `places` those of the cap.
    """

    mifi: Callable[[int | None], Sequence[Sequence[Any]]]
    places: Sequence[Sequence[Any]]


MIFI_COLUMNS = columns_of(MifiEntryTable)[1:]  # its id comes by itself
PLACE_COLUMNS = columns_of(LedgerEntryTable)


def do_again(made: Register, known: Entries, step: Step | None = None) -> None:
    """Do every act of a register again whose journal is there, and nothing else yet."""
    db = made.db
    db.insert_rows("mifi_entry", MIFI_COLUMNS, known.mifi(None))
    acts = db.execute_sql("SELECT id, at, service, undoes, details FROM act ORDER BY id").fetchall()
    for place, act in enumerate(acts):
        # An act may have brought a hundred thousand files in: it is told of at each of its steps.
        _again(made, known, partial(step or _untold, place, len(acts)), *act)
    there = {row[0] for row in db.execute_sql("SELECT id FROM ledger_entry").fetchall()}
    place = PLACE_COLUMNS.index("id")
    left = [row for row in known.places if row[place] not in there]
    db.insert_rows("ledger_entry", PLACE_COLUMNS, left)
    db.execute_sql(
        "INSERT INTO cap_counter (year, used)"
        " SELECT cap_year, SUM(delta) FROM ledger_entry GROUP BY cap_year"
    )


def _of_register(source: Database, last: int) -> Entries:
    own = f"SELECT {', '.join(MIFI_COLUMNS)} FROM mifi_entry WHERE {{whose}} ORDER BY id"

    def mifi(act: int | None) -> Sequence[Sequence[Any]]:
        if act is None:
            return list(source.execute_sql(own.format(whose="act_id IS NULL")).fetchall())
        return list(source.execute_sql(own.format(whose="act_id = ?"), (act,)).fetchall())

    places = source.execute_sql(
        f"SELECT {', '.join(PLACE_COLUMNS)} FROM ledger_entry WHERE act_id <= ? ORDER BY id",
        (last,),
    ).fetchall()
    return Entries(mifi, places)


def take_unnamed(source: Register, made: Register) -> None:
    """Take along what an erasure has left of a file because it counts, and which no change tells
    of any more."""
    gone = [one.person for one in erasures.files(source.db)]
    if not gone:
        return
    whose = f"({', '.join('?' * len(gone))})"
    with made.db.in_any_order(), translated(made.db), made.db.writing():
        for entity, table in ENTITIES.items():
            columns = columns_of(table)
            where = _of_people(columns, whose, is_person=entity == "person")
            if where is None:
                continue
            told = f"SELECT {', '.join(columns)} FROM {entity} WHERE {where} ORDER BY id"
            there = {row[0] for row in made.db.execute_sql(f"SELECT id FROM {entity}").fetchall()}
            place = columns.index("id")
            rows = source.db.execute_sql(told, gone).fetchall()
            made.db.insert_rows(entity, columns, [row for row in rows if row[place] not in there])


def _of_people(columns: Sequence[str], whose: str, *, is_person: bool) -> str | None:
    """Which rows of an entity are of some people; None for what is of nobody."""
    if is_person:
        return f"id IN {whose}"
    if "person_id" in columns:
        return f"person_id IN {whose}"
    if "application_id" in columns:
        return f"application_id IN (SELECT id FROM application WHERE person_id IN {whose})"
    return None


def take_archive(source: Register, made: Register) -> None:
    """Take along what the journal does not hold itself, and how far everything has counted."""
    with translated(made.db), made.db.writing():
        for table, of_acts in _ARCHIVE.items():
            name = table._meta.table_name  # noqa: SLF001
            _copy(source, made, name, columns_of(table), "act_id" if of_acts else "")
        for counted, highest in source.db.counters.all().items():
            made.db.counters.go_on_from(counted, highest)


_ARCHIVE: Mapping[type[Table], bool] = {
    **dict.fromkeys((SourceFileTable, SourceSheetTable, SourceBlockTable, SourceRowTable), True),
    **dict.fromkeys((AttachmentTable, ImportDraftTable, DraftTable), False),
}
"""Tables that the journal does not hold, and whether their rows are of an act."""


def _copy(
    source: Register,
    made: Register,
    table: str,
    columns: Sequence[str],
    act: str = "",
    last: int | None = None,
) -> None:
    """Copy rows of a table, all or those of the acts up to one."""
    where, wanted = ("", ()) if last is None else (f" WHERE {act} <= ?", (last,))
    order = f" ORDER BY {act}, id" if table == "change" else ""
    rows = source.db.execute_sql(f"SELECT {', '.join(columns)} FROM {table}{where}{order}", wanted)
    while some := rows.fetchmany(_AT_ONCE):
        made.db.insert_rows(table, columns, some)


def _again(
    made: Register,
    known: Entries,
    tell: Callable[[], None],
    number: int,
    at: str,
    service: str,
    undoes: int | None,
    details: str | None,
) -> None:
    """Do one act again: its rows, its places of the cap, its entries of letters and permits."""
    of_files, told = mifi.OfFiles(), list[ChangeRecord]()
    for step in journal_changes.steps(made, number):
        tell()
        if isinstance(step, WholeFiles):
            _whole(made.db, step)
            _note_files(of_files, step, is_new=service == _IMPORT and undoes is None)
        else:
            for change in step:
                _write(made.db, change)
                told.append(_as_record(change))
    _places(made.db, number)
    wanted = json.loads(details).get(mifi.DETAIL) if details else None
    with made.db.savepoint() as point:
        booked = mifi.settle(
            made.db, number, at, told, undoes=undoes is not None, of_files=of_files
        )
        if booked != wanted:
            # Where a file was erased nobody can say what they followed from.
            point.rollback()
            made.db.insert_rows("mifi_entry", MIFI_COLUMNS, known.mifi(number))


def _untold(_done: int, _total: int) -> None:
    """Nobody asked how far it is."""


def _as_record(change: StoredChange) -> ChangeRecord:
    before, after = (
        None if values is None else serialization.dump_record(values)
        for values in (change.before, change.after)
    )
    return ChangeRecord(change.entity, change.entity_id, change.person_id, before, after)


def _write(db: Database, change: StoredChange) -> None:
    """Make one change of a row; of a row whose coming was erased there is nothing to change."""
    if change.entity not in ENTITIES:
        return
    if change.after is None:
        delete_where(db, change.entity, "id", [change.entity_id])
    elif change.before is None:
        insert_row(db, change.entity, {**change.after, "id": change.entity_id})
    elif change.after:
        update_row(db, change.entity, change.entity_id, change.after)


def _whole(db: Database, step: WholeFiles) -> None:
    """Put files in whole, or take them out."""
    rows = whole_files.rows_of(step.files)
    for entity in reversed(list(ENTITIES)) if step.gone else ENTITIES:
        if step.gone:
            delete_where(db, entity, "id", [row["id"] for row in rows.get(entity, ())])
            continue
        for _places, columns in serialization.by_shape(rows.get(entity, [])):
            db.insert_rows(entity, list(columns), zip(*columns.values(), strict=True))


def _note_files(of_files: mifi.OfFiles, step: WholeFiles, *, is_new: bool) -> None:
    """Note what whole files mean for the ledger of letters and permits, as the act itself did."""
    rows = whole_files.rows_of(step.files)
    if not is_new:
        for entity, some in rows.items():
            of_files.move(entity, [row["id"] for row in some])
        return
    letters = ((row["id"], row["letter_date"]) for row in rows.get("letter", ()))
    of_files.new[Ledger.LETTERS] += sorted(letters)
    of_files.new[Ledger.PERMITS] += sorted(_counted(rows))


def _counted(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[int, str]]:
    """The permits of new files that count, each with its day."""
    applications = {row["id"]: row for row in rows.get("application", ())}
    for permit in rows.get("permit", ()):
        own = {"application": applications[permit["application_id"]], "permit": permit}
        columns = {
            entity: {name: [value] for name, value in row.items()} for entity, row in own.items()
        }
        yield from mifi.counted_permits([permit["id"]], columns)


def _places(db: Database, number: int) -> None:
    """Append the entries of the cap's ledger that an act's changes tell of."""
    told = db.execute_sql(
        "SELECT entity_id, after FROM change WHERE act_id = ? AND after IS NOT NULL"
        f" AND {of_kind('entity', 'ledger_entry')} ORDER BY id",
        (number,),
    )
    for first, text in told.fetchall():
        after = json.loads(text)
        entries = (
            cap_places.told_together(after, first)
            if cap_places.TOGETHER in after
            else [(first, after)]
        )
        whole = ({"id": entry, "act_id": number, **values} for entry, values in entries)
        db.insert_rows(
            "ledger_entry", PLACE_COLUMNS, ([row[n] for n in PLACE_COLUMNS] for row in whole)
        )
