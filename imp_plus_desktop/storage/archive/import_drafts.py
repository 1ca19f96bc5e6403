# SPDX-License-Identifier: Apache-2.0
"""What somebody has chosen and put right for a list that is not imported yet.

It stands in the register and nowhere else, so that it is kept as safe as the people in it. It is
work in progress and no act: it is not journaled, and it goes with the import or after a month.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from imp_plus_desktop.storage.engines import translated
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.tables.records import ImportDraftTable

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
    with translated(db), db.writing():
        gone = (ImportDraftTable.sha256 == sha256) | (
            ImportDraftTable.saved_at < draft.at - KEPT_FOR
        )
        ImportDraftTable.delete().where(gone).execute(db)
        ImportDraftTable.insert(
            sha256=sha256, choices=draft.choices, saved_at=draft.at, who=draft.who
        ).execute(db)


def load(register: Register, sha256: str) -> StoredDraft | None:
    """The draft for the file of this hash, None when there is none."""
    query = ImportDraftTable.select(
        ImportDraftTable.choices, ImportDraftTable.saved_at, ImportDraftTable.who
    ).where(ImportDraftTable.sha256 == sha256)
    row = query.tuples().first(register.db)
    return None if row is None else StoredDraft(*row)


def gone_in(act: Act, sha256: str) -> None:
    """The file goes in by this act: its draft goes with it, or stays with it."""
    ImportDraftTable.delete().where(ImportDraftTable.sha256 == sha256).execute(act.db)


def forget(register: Register, sha256: str) -> None:
    """Drop the draft for the file of this hash. Errors: StorageError."""
    if load(register, sha256) is None:
        return
    with translated(register.db), register.db.writing():
        ImportDraftTable.delete().where(ImportDraftTable.sha256 == sha256).execute(register.db)
