# SPDX-License-Identifier: Apache-2.0
"""What somebody is writing and has not stored: kept beside the files, outside the journal.

    keep(register, whose, draft)                      an empty text keeps nothing
    all_of(register, whose) -> drafts                 those of every window, the latest first
    take(register, whose, draft, window, at) -> bool  what a window left becomes another one's
    go_on_with(register, whose, other, own, is_left) -> bool    another one's, in place of one's own

Each window has a text of its own to a field. Its mark and the moment stand behind the field's name,
so that the table is what it was: an earlier program finds its own, and what it kept is found here,
as of no window.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal.register import Register

KEPT_FOR = timedelta(days=31)
"""How long a text waits for whoever comes back for it."""
_SIGN = "|"
_WHICH = "owner = ? AND person_id = ? AND field = ?"


class Whose(NamedTuple):
    """Who writes what, in whose file."""

    owner: str
    person: int
    field: str


class Draft(NamedTuple):
    """A text that one window has kept, and when (ISO 8601, UTC); an earlier program's has
    neither."""

    text: str
    window: str
    at: str

    def name(self, field: str) -> str:
        """As the table has it."""
        return _SIGN.join((field, self.at, self.window)) if self.at else field


def keep(register: Register, whose: Whose, draft: Draft) -> None:
    """Keep a draft in place of the window's one before. Nothing of a file that is gone is kept.

    Errors: StorageError.
    """
    register.check_in_place()
    db = register.db
    with engines.translated(db), db.writing():
        if not _drop_of(db, whose, draft.window) and draft.text:
            _tidy(db, draft.at)
        _write(db, whose, draft)


def all_of(register: Register, whose: Whose) -> list[Draft]:
    """What is kept of a field, the latest first, an earlier program's last."""
    return sorted(_read(register.db, whose), key=lambda one: one.at, reverse=True)


def take(register: Register, whose: Whose, draft: Draft, window: str, at: str) -> bool:
    """Let a draft be another window's; whether it was still there. Errors: StorageError."""
    register.check_in_place()
    db = register.db
    with engines.translated(db), db.writing():
        if draft not in _read(db, whose):
            return False
        _drop(db, whose, draft)
        _write(db, whose, draft._replace(window=window, at=at))
    return True


def go_on_with(
    register: Register, whose: Whose, other: Draft, own: Draft, *, is_left: bool
) -> bool:
    """Keep another window's text as this one's, and leave what `own` has for whoever comes back;
    whether the other was still there. Where nobody writes it any more, its own place goes.

    Errors: StorageError.
    """
    register.check_in_place()
    db = register.db
    with engines.translated(db), db.writing():
        if other not in _read(db, whose):
            return False
        _drop_of(db, whose, own.window)
        if is_left:
            _drop(db, whose, other)
        _write(db, whose, own._replace(window=""))
        _write(db, whose, own._replace(text=other.text))
    return True


def _read(db: Database, whose: Whose) -> Iterator[Draft]:
    asked = "SELECT field, text FROM draft WHERE owner = ? AND person_id = ?"
    for told, text in db.execute_sql(asked, (whose.owner, whose.person)).fetchall():
        field, at, window = _parted(told)
        if field == whose.field:
            yield Draft(str(text), window, at)


def _parted(told: str) -> tuple[str, str, str]:
    parts = told.split(_SIGN)
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (told, "", "")


def _drop_of(db: Database, whose: Whose, window: str) -> bool:
    """Drop what one window has kept; whether it had."""
    found = [one for one in _read(db, whose) if one.at and one.window == window]
    for one in found:
        _drop(db, whose, one)
    return bool(found)


def _drop(db: Database, whose: Whose, draft: Draft) -> None:
    which = (whose.owner, whose.person, draft.name(whose.field))
    db.execute_sql(f"DELETE FROM draft WHERE {_WHICH}", which)


def _write(db: Database, whose: Whose, draft: Draft) -> None:
    if draft.text:
        db.execute_sql(
            "INSERT INTO draft (owner, person_id, field, text)"
            " SELECT ?, id, ?, ? FROM person WHERE id = ?",
            (whose.owner, draft.name(whose.field), draft.text, whose.person),
        )


def _tidy(db: Database, now: str) -> None:
    """Drop what nobody came back for. What an earlier program kept waits from now on."""
    oldest = (datetime.fromisoformat(now) - KEPT_FOR).isoformat(timespec="microseconds")
    asked = "SELECT owner, person_id, field FROM draft"
    for owner, person, told in db.execute_sql(asked).fetchall():
        field, at, _window = _parted(told)
        which = (owner, person, told)
        if not at:
            since = Draft("", "", now).name(field)
            db.execute_sql(f"UPDATE draft SET field = ? WHERE {_WHICH}", (since, *which))
        elif at < oldest:
            db.execute_sql(f"DELETE FROM draft WHERE {_WHICH}", which)
