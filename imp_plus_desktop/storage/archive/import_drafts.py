# SPDX-License-Identifier: Apache-2.0
"""What somebody has chosen and put right for a list that is not imported yet.

It stands in the register and nowhere else, so that it is kept as safe as the people in it. It is
work in progress and no act: it is not journaled, and it goes with the import or after a month. Each
window has its own of a file; its mark stands behind the file's hash, so that the table is what it
was: what an earlier program kept is of no window.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from imp_plus_desktop.storage.engines import Database, translated
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.tables.records import ImportDraftTable

KEPT_FOR = timedelta(days=31)


_SIGN = "|"


class StoredDraft(NamedTuple):
    """`choices` as JSON text, with who made them, when (an aware UTC instant), and in which
    window."""

    choices: str
    at: datetime
    who: str
    window: str = ""


def save(register: Register, sha256: str, draft: StoredDraft) -> None:
    """Keep a draft for the file of this hash, in the place of the window's earlier one.

    Errors: StorageError.
    """
    db = register.db
    with translated(db), db.writing():
        _drop(db, sha256, draft.window)
        old = ImportDraftTable.saved_at < draft.at - KEPT_FOR
        ImportDraftTable.delete().where(old).execute(db)
        _insert(db, sha256, draft)


def all_of(register: Register, sha256: str) -> list[StoredDraft]:
    """The drafts for the file of this hash, the latest first."""
    query = ImportDraftTable.select(
        ImportDraftTable.choices,
        ImportDraftTable.saved_at,
        ImportDraftTable.who,
        ImportDraftTable.sha256,
    ).where(_of(sha256))
    found = [
        StoredDraft(choices, at, who, key.partition(_SIGN)[2])
        for choices, at, who, key in query.tuples().execute(register.db)
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def take(register: Register, sha256: str, draft: StoredDraft, window: str) -> bool:
    """Let a draft be another window's; whether it was still there. Errors: StorageError."""
    db = register.db
    with translated(db), db.writing():
        if draft not in all_of(register, sha256):
            return False
        _drop(db, sha256, draft.window)
        _insert(db, sha256, draft._replace(window=window))
    return True


def gone_in(act: Act, sha256: str) -> None:
    """The file goes in by this act: its drafts go with it, or stay with it."""
    ImportDraftTable.delete().where(_of(sha256)).execute(act.db)


def forget(register: Register, sha256: str, window: str) -> None:
    """Drop a window's draft for the file of this hash. Errors: StorageError."""
    if all(one.window != window for one in all_of(register, sha256)):
        return
    with translated(register.db), register.db.writing():
        _drop(register.db, sha256, window)


def _of(sha256: str) -> Any:
    """What is of a file; a hash has no sign that a pattern would read otherwise."""
    key = ImportDraftTable.sha256
    return (key == sha256) | (key ** f"{sha256}{_SIGN}%")


def _key(sha256: str, window: str) -> str:
    return f"{sha256}{_SIGN}{window}" if window else sha256


def _drop(db: Database, sha256: str, window: str) -> None:
    own = ImportDraftTable.sha256 == _key(sha256, window)
    ImportDraftTable.delete().where(own).execute(db)


def _insert(db: Database, sha256: str, draft: StoredDraft) -> None:
    ImportDraftTable.insert(
        sha256=_key(sha256, draft.window),
        choices=draft.choices,
        saved_at=draft.at,
        who=draft.who,
    ).execute(db)
