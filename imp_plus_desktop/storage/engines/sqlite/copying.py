# SPDX-License-Identifier: Apache-2.0
"""How a copy of an open register is written, verified and looked at.

`backup.py` says which copies are made and which stay.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from imp_plus_desktop import held_files, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import trouble
from imp_plus_desktop.storage.engines.database import Database, Step
from imp_plus_desktop.storage.engines.sqlite import opening
from imp_plus_desktop.storage.engines.sqlite.access.telling import told
from imp_plus_desktop.storage.engines.sqlite.access.unreadable import OTHER_KEY
from imp_plus_desktop.storage.engines.sqlite.failures import DRIVER_ERRORS, told_alone
from imp_plus_desktop.storage.files import copies


@dataclass(frozen=True, slots=True)
class Content:
    """How much a register holds."""

    people: int
    acts: int


def content_of(db: Database) -> Content:
    """How many people and acts an open register holds."""
    row = db.execute_sql("SELECT (SELECT COUNT(*) FROM person), (SELECT COUNT(*) FROM act)")
    return Content(*row.fetchone())


def copy(
    db: Database,
    path: Path,
    passphrase: str,
    folder: Path,
    name: Callable[[Content], str],
    step: Step | None = None,
) -> Path:
    """Write a verified copy of the open register `path` into a folder, whole or not at all.

    Errors: StorageError cannot_copy, full; what `step` raises.
    """
    part: Path | None = None
    try:
        private.make_folder(folder)
        part = private.begun(folder / path.name)
        with told_alone():
            db.copy_into(part, step)
        target = folder / name(verify(part, passphrase, just_written=True, step=step))
        held_files.replace(part, target)
    except OSError as error:
        raise StorageError(trouble(error, "cannot_copy")) from None
    finally:
        if part is not None:
            private.ended(part)
    return target


def automatic(
    db: Database,
    path: Path,
    passphrase: str,
    now: datetime,
    reason: str,
    step: Step | None = None,
) -> Path:
    """Write a copy among the automatic ones; nothing is thinned."""

    def name(content: Content) -> str:
        return copies.name_for(now, content.people, content.acts, reason)

    return copy(db, path, passphrase, copies.folder_of(path), name, step)


def verify(
    path: Path, passphrase: str, *, just_written: bool = False, step: Step | None = None
) -> Content:
    """Open a copy, let SQLite look through it and tell what it holds.

    One that SQLite itself has `just_written` holds what the register held: it is looked through
    page by page and row by row, but what a row may hold, and the index of the search, which can be
    made anew, are left to the register's own check. That is a third of the whole look.
    Errors: StorageError cannot_copy, …; what `step` raises.
    """
    made = opening.connect_existing(path, passphrase)
    try:
        if not (_is_written(made, step) if just_written else _is_sound(made)):
            raise StorageError("cannot_copy")
        return content_of(made)
    finally:
        made.close()


def _is_sound(made: Database) -> bool:
    return bool(made.execute_sql("PRAGMA quick_check").fetchone()[0] == "ok")


def _is_written(made: Database, step: Step | None) -> bool:
    made.execute_sql("PRAGMA ignore_check_constraints = ON")
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    names = [name for (name,) in made.execute_sql(tables).fetchall()]
    for done, name in enumerate(names):
        tell = None if step is None else partial(step, len(names) + done, 2 * len(names))
        with told(made, tell):
            if made.execute_sql(f"PRAGMA quick_check({name})").fetchone()[0] != "ok":
                return False
    return True


def latest_good(path: Path, passphrase: str) -> Path | None:
    """The newest automatic copy that opens; one under another passphrase may be good.

    What a restore replaced, somebody did not want any more: it comes after all others, and so do
    those that are dated in the future.
    """
    now = datetime.now(UTC)

    def rank(one: copies.Copy) -> tuple[bool, bool]:
        return one.is_ahead(now), one.reason == copies.BEFORE_RESTORE

    newest_first = copies.copies_of(path)[::-1]
    for one in sorted(newest_first, key=rank):
        try:
            verify(one.path, passphrase)
        except StorageError as error:
            if error.code not in OTHER_KEY:
                continue
        except DRIVER_ERRORS:
            continue
        return one.path
    return None
