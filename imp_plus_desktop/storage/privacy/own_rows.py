# SPDX-License-Identifier: Apache-2.0
"""What is a person's own outside their file: rows of imported lists, and lines in the families of
others. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from imp_plus_desktop.storage.history.merges import with_former
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.privacy.marks import marks_of
from imp_plus_desktop.storage.reads.queries import fetch
from imp_plus_desktop.storage.tables.statements import where_in


class Archived(NamedTuple):
    """A row of a list, the packed block in which it stands (None in an older register), and the row
    with which that begins."""

    act: int
    source: str
    sheet: str
    row: int
    block: bytes | None
    first: int


def archived(register: Register, person: int) -> Iterator[Archived]:
    """The rows of imported lists that brought or confirmed a person, the earliest first."""
    rows = where_in(
        register.db,
        "SELECT r.act_id, f.name, r.sheet, r.row, (SELECT MAX(b.first_row) FROM source_block b"
        " WHERE b.act_id = r.act_id AND b.sheet = r.sheet AND b.first_row <= r.row)"
        " FROM source_row r JOIN source_file f ON f.act_id = r.act_id WHERE r.person_id",
        with_former(register, person),
    )
    block = "SELECT cells FROM source_block WHERE act_id = ? AND sheet = ? AND first_row = ?"
    for act, source, sheet, row, first in sorted(rows):
        packed = None
        if first is not None:
            packed = bytes(register.db.execute_sql(block, (act, sheet, first)).fetchone()[0])
        yield Archived(act, source, sheet, row, packed, first or 0)


def as_member(register: Register, person: int) -> list[dict[str, Any]]:
    """What the files of others say of the person as a member of a family."""
    people = with_former(register, person)
    marks = marks_of(register, people)
    told = ("family_name", "given_names", "birth_date", "uci", "passport_number")
    rows = fetch(register, "SELECT * FROM member ORDER BY id")
    return [
        row
        for row in rows
        if row["person_id"] not in people and marks.are_of(row[name] for name in told)
    ]
