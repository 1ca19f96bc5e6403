# SPDX-License-Identifier: Apache-2.0
"""Copies of a register: made by SQLite itself, verified, named by time, the last ten kept.

Never by reading the live file: closing it would drop SQLite's locks on it.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from imp_plus_desktop.domain.errors import StorageError
from imp_plus_desktop.storage import database
from imp_plus_desktop.storage.repository import Register

KEPT = 10
_STAMP = "%Y-%m-%d_%H%M%S"


def folder_of(register_path: Path) -> Path:
    """Where a register's automatic copies live: beside it."""
    return register_path.with_name(f"{register_path.stem}.copies")


def copies(register_path: Path) -> list[Path]:
    """The automatic copies, oldest first (their names begin with their time)."""
    return sorted(folder_of(register_path).glob("*.imp"))


def copied_on(register_path: Path, day: date) -> bool:
    return any(path.name.startswith(day.isoformat()) for path in copies(register_path))


def copy_to(register: Register, target: Path) -> Path:
    """Write a verified copy of the register to `target`, whole or not at all.

    Errors: StorageError cannot_copy, full.
    """
    # Two threads may copy in the same millisecond, each to a file of its own.
    part = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with database.translated():
            register.db.execute_sql("VACUUM INTO ?", (os.fspath(part),))
        verify(part, register.passphrase)
        part.replace(target)
    except OSError:
        raise StorageError("cannot_copy") from None
    finally:
        with suppress(OSError):  # what went wrong is already on its way
            part.unlink(missing_ok=True)
    return target


def make_copy(register: Register, now: datetime, reason: str) -> Path:
    """Make an automatic copy and drop the oldest beyond the last ten.

    `reason` is a code for the file's name: day, import, restore.
    """
    local = now.astimezone()
    # Milliseconds: two imports within a second are two copies.
    name = f"{local.strftime(_STAMP)}{local.microsecond // 1000:03d}-{reason}.imp"
    path = copy_to(register, folder_of(register.path) / name)
    for old in copies(register.path)[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def name_of(register: Register, now: datetime) -> str:
    """The file name of a copy made for keeping elsewhere."""
    return f"{register.path.stem}-{now.astimezone().strftime(_STAMP)}.imp"


def integrity_fault(register: Register) -> str | None:
    """SQLite's own verdict on the whole file, None when it is sound."""
    with database.translated():
        verdict = str(register.db.execute_sql("PRAGMA integrity_check").fetchone()[0])
        if verdict == "ok" and register.db.execute_sql("PRAGMA foreign_key_check").fetchone():
            verdict = "foreign keys"
    return None if verdict == "ok" else verdict


def check_source(register: Register, source: Path) -> None:
    """Refuse a copy that cannot be restored, before anything is touched.

    Errors: StorageError not_found, damaged, not_a_register, newer, wrong_key.
    """
    if not source.is_file():
        raise StorageError("not_found")
    other = database.connect_existing(source, register.passphrase)
    try:
        with database.translated():
            sound = other.execute_sql("PRAGMA quick_check").fetchone()[0] == "ok"
    finally:
        other.close()
    if not sound:
        raise StorageError("damaged")


def restore_from(register: Register, source: Path) -> None:
    """Replace the register's content by that of `source`, which `check_source` has let pass.

    The content goes in by SQLite's backup API, so that other processes see it happen at once.
    """
    other = database.connect_existing(source, register.passphrase)
    try:
        with database.translated():
            other.connection().backup(register.db.connection())
    finally:
        other.close()


def verify(path: Path, passphrase: str) -> None:
    """Open a copy and let SQLite look through it. Errors: StorageError cannot_copy, …"""
    copy = database.connect_existing(path, passphrase)
    try:
        if copy.execute_sql("PRAGMA quick_check").fetchone()[0] != "ok":
            raise StorageError("cannot_copy")
    finally:
        copy.close()
