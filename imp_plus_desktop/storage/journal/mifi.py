# SPDX-License-Identifier: Apache-2.0
"""The second ledger: letters and permits against MIFI's figure, appended to by every act.

What counts: a letter in the year of its date, unless it replaces another one (a letter that is
issued again invites nobody new); a principal's first A76 permit in the year of its issue. At the
end of an act the entries of what it touched are brought level with the rows, so that a correction
or an undo appends a reversing entry and nothing is ever changed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import repeat
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationKind, Ledger
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal.journal import ChangeRecord
from imp_plus_desktop.storage.tables.columns import columns_of, encode
from imp_plus_desktop.storage.tables.records import MifiEntryTable
from imp_plus_desktop.storage.tables.statements import CHUNK, where_in

DETAIL = "mifi_entries"
"""Where an act's details keep the digest of its entries; the journal's chain holds the details."""

COUNTED: Mapping[Ledger, str] = {
    Ledger.LETTERS: "SELECT id, letter_date AS day FROM letter WHERE supersedes_id IS NULL",
    Ledger.PERMITS: "SELECT t.id, COALESCE(t.issued, t.valid_from) AS day FROM permit t"
    " JOIN application a ON a.id = t.application_id"
    " WHERE a.code = 'A76' AND a.kind = 'first' AND a.member_id IS NULL",
}
"""SQL: the id and the day of every row that counts in a ledger."""

_LEDGERS = {"letter": Ledger.LETTERS, "permit": Ledger.PERMITS}
_ID = {Ledger.LETTERS: "id", Ledger.PERMITS: "t.id"}
_WHAT_COUNTS = frozenset({"code", "kind", "member_id"})

Entry = tuple[str, int, int, str, int, str, str]
"""ledger, subject, year, day, delta, reason, instant."""


@dataclass(slots=True)
class OfFiles:
    """Letters and permits of whole files, which no change of their own tells of."""

    new: dict[Ledger, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    """Those that came in for the first time and count: id and day. Nothing is booked for them."""
    moved: dict[Ledger, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Those that are gone with their files, or are back."""

    def move(self, entity: str, numbers: Iterable[int]) -> None:
        """Note rows of an entity that are gone or back."""
        if entity in _LEDGERS:
            self.moved[_LEDGERS[entity]] += numbers


def settle(
    db: Database,
    act_id: int,
    at: str,
    changes: Sequence[ChangeRecord],
    *,
    undoes: bool,
    of_files: OfFiles | None = None,
) -> str | None:
    """Append what the changes of an act, and its whole files, mean for the ledger; the digest of
    its entries, or None."""
    files = of_files or OfFiles()
    touched = _touched(db, changes)
    for ledger, moved in files.moved.items():
        touched[ledger].update(moved)
    entries: list[Entry] = [
        (ledger.value, number, int(day[:4]), day, 1, "recorded", at)
        for ledger in Ledger
        for number, day in files.new[ledger]
        if number not in touched[ledger]  # changed since, in this very act
    ]
    entries += [
        entry
        for ledger, numbers in touched.items()
        for entry in _missing(db, ledger, sorted(numbers), at, undoes)
    ]
    if not entries:
        return None
    columns = columns_of(MifiEntryTable)[1:]  # its id comes by itself
    db.insert_rows("mifi_entry", columns, ((act_id, *entry) for entry in entries))
    return digest(entries)


def counted_permits(
    ids: Sequence[int], rows: Mapping[str, Mapping[str, Sequence[object]]]
) -> Iterator[tuple[int, str]]:
    """The permits of whole new files that count (see `COUNTED`), each with its day.

    `rows` are those of the files by entity and columns, one application and one permit a file.
    """
    application, permit = rows["application"], rows["permit"]
    nothing = repeat(None, len(ids))
    issued, begins = (permit.get(name, nothing) for name in ("issued", "valid_from"))
    codes, kinds = application["code"], application["kind"]
    for number, code, kind, *days in zip(ids, codes, kinds, issued, begins, strict=True):
        if code == ApplicationCode.A76 and kind == ApplicationKind.FIRST:
            day = next((day for day in days if day is not None), None)
            if day is not None:
                yield number, str(encode(day))


def digest(entries: Iterable[Sequence[Any]]) -> str:
    """What an act's entries come to, in the order in which they were appended."""
    total = hashlib.sha256()
    for ledger, subject, year, day, delta, reason, at in entries:
        told = f"{ledger}\x1f{subject}\x1f{year}\x1f{day}\x1f{delta}\x1f{reason}\x1f{at}\x1e"
        total.update(told.encode())
    return total.hexdigest()


def may_count(change: ChangeRecord) -> bool:
    """Whether `settle` has to be told of a change."""
    return change.entity in ("letter", "permit", "application")


def _touched(db: Database, changes: Sequence[ChangeRecord]) -> dict[Ledger, set[int]]:
    touched: dict[Ledger, set[int]] = defaultdict(set)
    applications: list[int] = []
    for change in changes:
        if change.entity == "letter":
            touched[Ledger.LETTERS].add(change.entity_id)
        elif change.entity == "permit":
            touched[Ledger.PERMITS].add(change.entity_id)
        elif change.entity == "application" and _changes_what_counts(change):
            applications.append(change.entity_id)
    permits = "SELECT id FROM permit WHERE application_id"
    for found in _where(db, permits, sorted(set(applications))):
        touched[Ledger.PERMITS].add(found[0])
    return touched


def _changes_what_counts(change: ChangeRecord) -> bool:
    """Whether an application has become one whose permits count, or no longer is one."""
    if change.before is None or change.after is None:
        return False
    return bool(_WHAT_COUNTS & json.loads(change.after).keys())


def _missing(
    db: Database, ledger: Ledger, numbers: Sequence[int], at: str, undoes: bool
) -> Iterator[Entry]:
    """The entries that bring these subjects' sums level with the rows."""
    counted = f"{COUNTED[ledger]} AND {_ID[ledger]}"
    present = dict(_where(db, counted, numbers))
    booked: dict[int, dict[str, int]] = defaultdict(dict)
    sql = f"SELECT subject_id, day, delta FROM mifi_entry WHERE ledger = '{ledger}' AND subject_id"
    for subject, day, delta in _where(db, sql, numbers):
        booked[subject][day] = booked[subject].get(day, 0) + delta
    name, first = ledger.value, "undone" if undoes else "recorded"
    for subject in numbers:
        known, day = booked.get(subject), present.get(subject)
        if known is None:
            if day is not None:
                yield (name, subject, int(day[:4]), day, 1, first, at)
            continue
        reason = "undone" if undoes else "corrected"
        for old, total in sorted(known.items()):
            if total > 0 and old != day:
                gone = reason if undoes or day is not None else "removed"
                yield (name, subject, int(old[:4]), old, -1, gone, at)
        if day is not None and known.get(day, 0) <= 0:
            yield (name, subject, int(day[:4]), day, 1, reason, at)


def _where(db: Database, sql: str, numbers: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Return what a query finds for these numbers, given in ascending order and each once."""
    if len(numbers) > CHUNK and numbers[-1] - numbers[0] + 1 == len(numbers):
        # A list brings letters one after the other.
        between = f"{sql} BETWEEN ? AND ?"
        yield from db.execute_sql(between, (numbers[0], numbers[-1])).fetchall()
    else:
        yield from where_in(db, sql, numbers)
