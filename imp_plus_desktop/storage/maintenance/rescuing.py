# SPDX-License-Identifier: Apache-2.0
"""Puts what can be read of a damaged register into a new one, and says what could not.

    rescue(salvage, made, header, step=None) -> Rescued

The journal comes first: its acts as far as their chain holds, done again one by one. Where it is
whole, nothing else is needed. Else what the tables hold beyond it is the change of one act more,
which says that it was rescued (`salvaged_rows.py`). `made` is a register in which nothing was ever
written.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.storage.engines import DRIVER_ERRORS, Salvage, translated
from imp_plus_desktop.storage.journal import cap_places, erasures, journal
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.journal import ActHeader
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import remaking
from imp_plus_desktop.storage.maintenance.remaking import MIFI_COLUMNS, Entries, Step
from imp_plus_desktop.storage.maintenance.salvaged_rows import Row, Rows, Salvaged, stored
from imp_plus_desktop.storage.tables.columns import columns_of
from imp_plus_desktop.storage.tables.records import (
    ActTable,
    AttachmentTable,
    ChangeTable,
    SourceBlockTable,
    SourceFileTable,
    SourceRowTable,
    SourceSheetTable,
)
from imp_plus_desktop.storage.tables.schema import ENTITIES
from imp_plus_desktop.storage.tables.statements import marks

SERVICE = erasures.RESCUE
_REASON, _RULE = "rescued", "CAP-03"
_KEPT = frozenset({"attachment", "source_file", "source_block"})
"""Tables that no journal tells again."""
_NAMED = 50
"""Ids that are named of each table."""
_SCANS = {"document": "attachment", "contact": "attachment"}


@dataclass(frozen=True, slots=True)
class Lost:
    """Rows of a table that could not be read or kept, the first of them by their ids. Without a
    count nothing is known of the table but that it was there."""

    table: str
    ids: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Rescued:
    """`acts` of the journal hold, of `acts_read` that there were; `rows` are those that the
    tables held beyond them, `earlier` those that only the journal told any more."""

    acts: int
    acts_read: int
    rows: int
    earlier: int
    lost: tuple[Lost, ...]


def rescue(
    salvage: Salvage, made: Register, header: ActHeader, step: Step | None = None
) -> Rescued:
    """Fill an empty register with what can be read of a damaged one; `step` is told of each act
    that is done again."""
    found = Salvaged(salvage)
    with made.db.in_any_order(), translated(made.db), made.db.writing():
        _put(made, "act", columns_of(ActTable), found.acts)
        _put(made, "change", columns_of(ChangeTable), found.changes)
        broken = journal.verify(made.db)
        _keep_until(made, broken)
        remaking.do_again(made, _entries(found), step)
        missing = _archive(found, made)
    acts = made.db.execute_sql("SELECT COUNT(*) FROM act").fetchone()[0]
    with made.act(header) as act:
        act.always = True
        act.details[erasures.ARCHIVE] = missing
        whole = broken is None and found.has_whole_journal
        rows = 0 if whole else _bring_level(act, made, found)
        _untie_scans(act, found)
        act.details["counts"] = {"rows": rows, "lost": sum(map(len, found.lost.values()))}
    lost = [Lost(table, tuple(sorted(ids)[:_NAMED]), len(ids)) for table, ids in found.lost.items()]
    known = len(found.acts) + found.unread_acts
    if known > acts:
        lost.append(Lost("act", (), known - acts))
    lost += [
        Lost(table, (), 0) for table in _missing(salvage, found) if not whole or table in _KEPT
    ]
    in_order = tuple(sorted(lost, key=lambda one: one.table))
    return Rescued(acts, known, rows, found.earlier, in_order)


def _missing(salvage: Salvage, found: Salvaged) -> set[str]:
    """Tables of rows that are not in the file any more, and of which nothing is named yet."""
    missing = {"act" if name == "change" else name for name in salvage.missing}
    return missing & {"act", *_KEPT, *ENTITIES} - found.lost.keys()


def _put(
    made: Register, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> set[int]:
    """Insert rows one by one; what makes no sense any more stays away. Returns the places of those
    that did."""
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks(len(columns))})"
    away = set[int]()
    for place, row in enumerate(rows):
        try:
            made.db.execute_sql(sql, tuple(row))
        except DRIVER_ERRORS:
            away.add(place)
    return away


def _keep_until(made: Register, broken: int | None) -> None:
    """Keep the acts before the first that does not hold, and their changes."""
    if broken is not None:
        made.db.execute_sql("DELETE FROM act WHERE id >= ?", (broken,))
    made.db.execute_sql("DELETE FROM change WHERE act_id NOT IN (SELECT id FROM act)")


def _entries(found: Salvaged) -> Entries:
    """The entries of both ledgers that can be read."""
    own: dict[int | None, list[Sequence[Any]]] = defaultdict(list)
    for row in found.read("mifi_entry", MIFI_COLUMNS):
        own[row[MIFI_COLUMNS.index("act_id")]].append(row)
    return Entries(lambda act: own.get(act, []), ())


def _bring_level(act: Act, made: Register, found: Salvaged) -> int:
    """Change the rows that the journal made into those that are to be there. Returns how many."""
    wanted = {entity: found.wanted(made, entity) for entity in ENTITIES}
    _let_go_of_held(act, wanted["held_row"], found)
    present = {entity: stored(made, entity) for entity in ENTITIES}
    rows = 0
    for entity in reversed(list(ENTITIES)):
        gone = [row for number, row in present[entity].items() if number not in wanted[entity]]
        if entity == "application":
            _move_places(act, gone, -1)
        act.delete_many(entity, gone)
        rows += len(gone)
    for entity in ENTITIES:
        for number, row in wanted[entity].items():
            former = present[entity].get(number)
            if former == row:
                continue
            if act.attempt(lambda e=entity, r=row, f=former: _set(act, e, r, f)):  # type: ignore[misc]
                rows += 1
            else:
                found.lost[entity].add(number)
    return rows


def _let_go_of_held(act: Act, rows: Rows, found: Salvaged) -> None:
    """Let go of held rows whose import is not told of any more."""
    acts = {number for (number,) in act.db.execute_sql("SELECT id FROM act").fetchall()}
    for number in [number for number, row in rows.items() if row["act_id"] not in acts]:
        del rows[number]
        found.lost["held_row"].add(number)


def _set(act: Act, entity: str, row: Row, former: Row | None) -> None:
    """Write one row as it is to be, and the entry of its place."""
    had = former if former is not None and former.get("place") is not None else None
    if entity == "application" and had is not None:
        _move_places(act, [had], -1)
    if former is None:
        act.insert(entity, row)
    else:
        act.update(entity, row["id"], row)
    if entity == "application" and row.get("place") is not None:
        _move_places(act, [row], 1)


def _move_places(act: Act, applications: Iterable[Mapping[str, Any]], delta: int) -> None:
    """Enter in the ledger that applications take their places of the cap, or give them back."""
    by_year: dict[int, list[int]] = defaultdict(list)
    for row in applications:
        if row.get("place") is not None:
            by_year[row["cap_year"]].append(row["id"])
    for year, numbers in by_year.items():
        act.db.execute_sql(
            "INSERT INTO cap_counter (year, used) VALUES (?, 0) ON CONFLICT DO NOTHING", (year,)
        )
        cap_places.move_together(act, numbers, year, delta, _REASON, _RULE)


def _archive(found: Salvaged, made: Register) -> dict[str, str | None]:
    """Take the imported files, their rows and the scans that are still what went in. Returns, as
    an act of rescue tells it, which files are not there any more or lack rows."""
    db = made.db
    acts = dict(db.execute_sql("SELECT id, source_sha256 FROM act").fetchall())
    for row in found.read("source_file", columns_of(SourceFileTable)):
        if row[0] in acts:
            _put(made, "source_file", columns_of(SourceFileTable), [row])
    for table, order in _WITHOUT_IDS.items():
        name = table._meta.table_name  # noqa: SLF001
        rows = found.salvage.ordered(name, columns_of(table), order)
        _put(made, name, columns_of(table), [row for row in rows if row[0] in acts])
    blocks = columns_of(SourceBlockTable)
    _put(
        made,
        "source_block",
        blocks,
        [r for r in found.read("source_block", blocks) if r[0] in acts],
    )
    for scan in found.read("attachment", columns_of(AttachmentTable)):
        if isinstance(scan[2], bytes) and hashlib.sha256(scan[2]).hexdigest() == scan[0]:
            _put(made, "attachment", columns_of(AttachmentTable), [scan])
    return _unsound_files(found, made)


_WITHOUT_IDS = {SourceSheetTable: "act_id, sheet", SourceRowTable: "act_id, sheet, row"}


def _unsound_files(found: Salvaged, made: Register) -> dict[str, str | None]:
    from imp_plus_desktop.storage.archive import soundness

    told: dict[str, str | None] = {}
    for act, fault in soundness.faults(made):
        kept = soundness.digest(made.db, act) if fault == soundness.ROWS_DIFFER else None
        told[str(act)] = kept
        found.lost["source_file" if kept is None else "source_block"].add(act)
        if kept is None:
            made.db.execute_sql("DELETE FROM source_file WHERE act_id = ?", (act,))
    return told


def _untie_scans(act: Act, found: Salvaged) -> None:
    """Untie documents and lines of the log from scans that could not be read."""
    missing = "NOT IN (SELECT sha256 FROM attachment)"
    for entity, column in _SCANS.items():
        rows = act.db.execute_sql(f"SELECT id FROM {entity} WHERE {column} {missing}").fetchall()
        for (number,) in rows:
            act.update(entity, number, {column: None, "attachment_name": None})
            found.lost["attachment"].add(number)
    rows = act.db.execute_sql(f"SELECT id FROM letter_template WHERE content {missing}").fetchall()
    for (number,) in rows:
        act.delete("letter_template", number)
        found.lost["letter_template"].add(number)
