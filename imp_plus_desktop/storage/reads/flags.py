# SPDX-License-Identifier: Apache-2.0
"""Flags of history, for the lists: which applications and whose files have one to settle.

What a file alone tells is kept beside its summary; what is over the cap is told by its year, at
the moment of asking. Which applications a year has too many of is the services' business.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.codes import FlagCode
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.conditions import Conditions
from imp_plus_desktop.storage.tables.columns import columns_of
from imp_plus_desktop.storage.tables.records import FlagLineTable


@dataclass(frozen=True, slots=True)
class Placed:
    """An application that holds a place of a year, and whose file it is in."""

    application: int
    person: int
    received_at: datetime


def write_lines(db: Database, lines: Iterable[tuple[str, int, int]]) -> None:
    """Keep open flags, as (code, application, person), beside lines just written."""
    db.insert_rows("flag_line", columns_of(FlagLineTable), lines)


def years_used(register: Register) -> dict[int, int]:
    """Places in use, by cap year."""
    cursor = register.db.execute_sql("SELECT year, used FROM cap_counter WHERE used > 0")
    return {int(year): int(used) for year, used in cursor.fetchall()}


def years_with_official(register: Register) -> set[int]:
    """Cap years of which an official count is known."""
    cursor = register.db.execute_sql("SELECT DISTINCT year FROM official_count")
    return {int(row[0]) for row in cursor.fetchall()}


def latest_placed(register: Register, year: int, count: int) -> list[Placed]:
    """The last applications by receipt that hold a place of a year."""
    cursor = register.db.execute_sql(
        "SELECT id, person_id, received_at FROM application WHERE cap_year = ?"
        " AND place IS NOT NULL ORDER BY received_at DESC NULLS LAST, id DESC LIMIT ?",
        (year, count),
    )
    return [
        Placed(number, person, datetime.fromisoformat(at))
        for number, person, at in cursor.fetchall()
    ]


def settled_subjects(register: Register, code: FlagCode, about: str) -> set[int]:
    """What flags of a code that say the same were settled for."""
    cursor = register.db.execute_sql(
        "SELECT subject_id FROM flag_settlement WHERE code = ? AND about = ?", (code.value, about)
    )
    return {int(row[0]) for row in cursor.fetchall()}


def flagged(found: Conditions, column: str, key: str, others: Sequence[int]) -> None:
    """Keep the rows with a flag to settle: `key` is the line's column (person_id,
    application_id) that `column` must be, `others` are those that a year tells."""
    with_line = f"{column} IN (SELECT {key} FROM flag_line)"
    if not others:
        found.add(with_line)
        return
    found.either(with_line, column, others)


def count_flagged(register: Register, key: str, others: Sequence[int]) -> int:
    """How many people or applications (`key`, a column of the lines) have a line, or are among
    those that a year tells."""
    db = register.db
    lines = db.execute_sql(f"SELECT COUNT(DISTINCT {key}) FROM flag_line").fetchone()
    both = 0
    if others:
        among = db.dialect.any_of(key)
        both = db.execute_sql(
            f"SELECT COUNT(DISTINCT {key}) FROM flag_line WHERE {among}",
            (db.dialect.numbers(others),),
        ).fetchone()[0]
    return int(lines[0]) + len(others) - int(both)
