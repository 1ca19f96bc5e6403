# SPDX-License-Identifier: Apache-2.0
"""What somebody has chosen and put right for a list that is not imported yet.

It stands in the register and nowhere else, so that it is kept as safe as the people in it. It is
work in progress and no act: it is not journaled, and it goes with the import or after a month.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from imp_plus_desktop.storage.engines.sqlite.connection import translated
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.tables.columns import encode

KEPT_FOR = timedelta(days=31)


class StoredDraft(NamedTuple):
    """`choices` as JSON text, with who made them and when (an aware UTC instant)."""

    choices: str
    at: datetime
    who: str


def save(register: Register, sha256: str, draft: StoredDraft) -> None:
    """Keep a draft for the file of this hash, in the place of an earlier one.

    Errors: StorageError.
    """
    db = register.db
    with translated(), db.atomic("IMMEDIATE"):
        old = encode(draft.at - KEPT_FOR)
        db.execute_sql("DELETE FROM import_draft WHERE sha256 = ? OR saved_at < ?", (sha256, old))
        db.execute_sql(
            "INSERT INTO import_draft (sha256, choices, saved_at, who) VALUES (?, ?, ?, ?)",
            (sha256, draft.choices, encode(draft.at), draft.who),
        )


def load(register: Register, sha256: str) -> StoredDraft | None:
    """The draft for the file of this hash, None when there is none."""
    row = register.db.execute_sql(
        "SELECT choices, saved_at, who FROM import_draft WHERE sha256 = ?", (sha256,)
    ).fetchone()
    return None if row is None else StoredDraft(row[0], datetime.fromisoformat(row[1]), row[2])


def gone_in(act: Act, sha256: str) -> None:
    """The file goes in by this act: its draft goes with it, or stays with it."""
    act.db.execute_sql("DELETE FROM import_draft WHERE sha256 = ?", (sha256,))


def forget(register: Register, sha256: str) -> None:
    """Drop the draft for the file of this hash. Errors: StorageError."""
    if load(register, sha256) is None:
        return
    with translated(), register.db.atomic("IMMEDIATE"):
        register.db.execute_sql("DELETE FROM import_draft WHERE sha256 = ?", (sha256,))
