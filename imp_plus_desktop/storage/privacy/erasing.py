# SPDX-License-Identifier: Apache-2.0
"""Takes a person out of a register for good, within one act that signs for what it blanks.

    erase(act, register, found, without) -> counts by kind

What counts stays, without anything that says whose it was: letters, the principal's applications
with their places, permits, the entries of both ledgers. So every figure reads as it did. All else
goes: rows, what the journal told, scans, archived rows and the bytes of their files. Decides
nothing of who may be erased. The caller cleans the free pages afterwards (`Database.sweep`).
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from imp_plus_desktop.domain.values.codes import ApplicationState
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal import erasures
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.erasures import ErasedFile
from imp_plus_desktop.storage.privacy.marks import GONE, Marks
from imp_plus_desktop.storage.privacy.traces import Traces
from imp_plus_desktop.storage.tables.schema import COLUMNS, ENTITIES
from imp_plus_desktop.storage.tables.statements import chunks, delete_where, marks, where_in

Without = Callable[[bytes, Collection[int]], bytes]
"""An archived block without the rows at these places, which count from 0."""

ERASED = "erased"
"""What became of an archived row that is gone."""

LEFT: Mapping[str, tuple[str, ...]] = {
    "person": (),
    "letter": ("person_id", "letter_date", "supersedes_id"),
    "application": (
        *("person_id", "code", "kind", "state", "received_at", "channel", "outcome"),
        *("decided_on", "cap_year", "place", "refund_logged_on"),
    ),
    "permit": (
        *("application_id", "issued", "valid_from", "valid_until", "province", "limited_by"),
        "lost_days",
    ),
}
"""What is left of the rows that count; a field that is not named goes."""

_UNSENT = (ApplicationState.DRAFT, ApplicationState.READY, ApplicationState.SUBMITTED)


def erase(act: Act, found: Traces, without: Without) -> dict[str, int]:
    """Erase what was found, and sign for it in the act. Returns what went, counted by kind."""
    db = act.db
    went = Counter({entity: len(numbers) for entity, numbers in found.rows.items()})
    _forget(db, found)
    kept = _rows(db, found)
    _payloads(db, found)
    if kept:
        into = "INSERT INTO erased_file (person_id, act_id) VALUES (?, ?)"
        db.execute_sql(into, (kept, act.reserve()))
    delete_where(db, "held_row", "id", found.held)
    _names_of_others(db, found)
    for part in chunks(sorted(found.scans)):
        db.execute_sql(f"DELETE FROM attachment WHERE sha256 IN ({marks(len(part))})", part)
    for sha256 in found.drafts:
        db.execute_sql("DELETE FROM import_draft WHERE sha256 = ?", (sha256,))
    lines = _archive(db, found, without)
    act.always = True
    lists = {act_id for act_id, _sheet in found.lines}
    came = files_of(db, found.people)
    act.details |= erasures.details(found.changes, found.acts, came, lists)
    went += Counter(
        changes=len(found.changes),
        acts=len(found.acts),
        scans=len(found.scans),
        archived_rows=lines,
        imported_files=len(lists),
        held_rows=len(found.held),
        texts=len(found.texts),
        drafts=len(found.drafts),
    )
    return {kind: number for kind, number in went.items() if number}


def files_of(db: Database, people: Iterable[int]) -> list[ErasedFile]:
    """The files of people as the list of what was erased knows them."""
    came = "SELECT digest FROM change WHERE entity = 'person' AND entity_id = ? ORDER BY id LIMIT 1"
    rows = ((person, db.execute_sql(came, (person,)).fetchone()) for person in people)
    return [ErasedFile(person, bytes(row[0]).hex()) for person, row in rows if row is not None]


def _forget(db: Database, found: Traces) -> None:
    """Drop what is derived, and what somebody was writing."""
    for table in ("standing", "draft"):
        delete_where(db, table, "person_id", found.people)
    db.search.forget(found.people)
    # Lines of others that were made of a text which changes are made anew.
    delete_where(db, "standing", "person_id", found.touched)
    db.search.forget(sorted(found.touched))


def _rows(db: Database, found: Traces) -> int | None:
    """Take the rows out, but for what counts. Returns the person that is left, if one is."""
    staying = counted(db, found)
    for entity in reversed(tuple(ENTITIES)):
        gone = set(found.rows.get(entity, ())) - staying.get(entity, set())
        if entity != "person":
            delete_where(db, entity, "id", sorted(gone))
    if not staying:
        delete_where(db, "person", "id", found.rows.get("person", ()))
        return None
    for entity, numbers in staying.items():
        cleared = [name for name in COLUMNS[entity] if name not in (*LEFT[entity], "id")]
        told = ", ".join(
            f"{name} = '{GONE}'" if name == "family_name" else f"{name} = NULL" for name in cleared
        )
        for part in chunks(sorted(numbers)):
            db.execute_sql(f"UPDATE {entity} SET {told} WHERE id IN ({marks(len(part))})", part)
    return next(iter(staying["person"]))


def counted(db: Database, found: Traces) -> dict[str, set[int]]:
    """The rows that a ledger or a report counts, by entity, with the person whom they hang on."""
    unsent = ", ".join(f"'{state.value}'" for state in _UNSENT)
    own = f"SELECT id FROM application WHERE member_id IS NULL AND state NOT IN ({unsent}) AND id"
    applications = _ids(db, own, found.rows.get("application", ()))
    permits = _ids(db, "SELECT id FROM permit WHERE application_id", applications)
    letters = set(found.rows.get("letter", ()))
    if not (letters or applications):
        return {}
    parts = {"letter": letters, "application": applications, "permit": permits}
    return {"person": set(found.rows["person"]), **{k: some for k, some in parts.items() if some}}


def _ids(db: Database, sql: str, numbers: Iterable[int]) -> set[int]:
    return {number for (number,) in where_in(db, sql, sorted(numbers))}


def _payloads(db: Database, found: Traces) -> None:
    """Blank what the journal told; its digests stay, and with them the chain."""
    blank = "before = NULL, after = NULL, together = NULL, sheet = NULL, row = NULL, salt = NULL"
    for part in chunks(sorted(found.changes)):
        db.execute_sql(f"UPDATE change SET {blank} WHERE id IN ({marks(len(part))})", part)
    for part in chunks(sorted(found.acts)):
        told = f"UPDATE act SET details = NULL, salt = NULL WHERE id IN ({marks(len(part))})"
        db.execute_sql(told, part)


def _names_of_others(db: Database, found: Traces) -> None:
    """Take names and numbers out of what others wrote."""
    for entity, number, column in found.texts:
        read = f"SELECT {column} FROM {entity} WHERE id = ?"
        (text,) = db.execute_sql(read, (number,)).fetchone()
        told = f"UPDATE {entity} SET {column} = ? WHERE id = ?"
        db.execute_sql(told, (without_marks(found.marks, text), number))


def without_marks(found: Marks, text: str) -> str:
    """A text without the names and numbers of a person."""
    return found.pattern.sub(GONE, text)


def _archive(db: Database, found: Traces, without: Without) -> int:
    """Empty the archived rows, and let the bytes of the files go that held them: of a workbook of
    any kind no row can be taken out and the rest be left as it came. The rows of others stay, in
    the blocks. Returns how many rows went."""
    gone = 0
    for (act, sheet), rows in found.lines.items():
        gone += len(rows)
        _empty_blocks(db, act, sheet, rows, without)
        for part in chunks(sorted(rows)):
            db.execute_sql(
                f"UPDATE source_row SET effect = '{ERASED}', person_id = NULL, row_key = '',"
                " mended = NULL, cells = NULL WHERE act_id = ? AND sheet = ?"
                f" AND row IN ({marks(len(part))})",
                (act, sheet, *part),
            )
        emptied = "UPDATE source_file SET content = ?, answer = NULL WHERE act_id = ?"
        db.execute_sql(emptied, (zlib.compress(b""), act))
    return gone


def _empty_blocks(
    db: Database, act: int, sheet: str, rows: Collection[int], without: Without
) -> None:
    of_sheet = "FROM source_block WHERE act_id = ? AND sheet = ?"
    starts = db.execute_sql(f"SELECT first_row {of_sheet} ORDER BY first_row", (act, sheet))
    firsts = [first for (first,) in starts.fetchall()]
    for place, first in enumerate(firsts):
        end = firsts[place + 1] if place + 1 < len(firsts) else max(rows) + 1
        within = {row - first for row in rows if first <= row < end}
        if not within:
            continue
        own = (act, sheet, first)
        block = db.execute_sql(f"SELECT cells {of_sheet} AND first_row = ?", own).fetchone()[0]
        db.execute_sql(
            "UPDATE source_block SET cells = ? WHERE act_id = ? AND sheet = ? AND first_row = ?",
            (without(bytes(block), within), *own),
        )
