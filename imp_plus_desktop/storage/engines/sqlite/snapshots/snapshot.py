# SPDX-License-Identifier: Apache-2.0
"""A private copy of a register that may only be read: SQLite needs files beside it to read it, and
what lists show is worked out in it. It is encrypted as the register is, and goes with the process.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from imp_plus_desktop import private
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import open_plain, real, trouble
from imp_plus_desktop.storage.engines.sqlite.connection import RegisterDatabase
from imp_plus_desktop.storage.engines.sqlite.failures import told_alone
from imp_plus_desktop.storage.engines.sqlite.opening import connect, connect_existing
from imp_plus_desktop.storage.files.heads import LOGS

_NAME = "register.imp"
_NO_LOCKS = frozenset({"cannot_open", "read_only"})
"""What a file that needs its log cannot be read without: a lock that may be written."""
_ATTEMPTS, _PAUSE = 20, 0.25


def open_snapshot(
    path: Path, passphrase: str, folder: Path, *, with_log: bool = True
) -> RegisterDatabase:
    """Copy the register at `path` as it is now into a folder, and open that copy; `with_log`: with
    what lies beside it, which is not its own otherwise.

    An older one is brought to today's version there. Errors: StorageError as `connect`.
    """
    copy = folder / _NAME
    try:
        private.create(copy)
        _fill(path, passphrase, copy, with_log=with_log)
    except OSError as error:
        raise StorageError(trouble(error, "cannot_open")) from None
    return connect(copy, create=False, passphrase=passphrase)


def _fill(path: Path, passphrase: str, copy: Path, *, with_log: bool) -> None:
    if not with_log:
        _taken(real(path), copy, ())
        return
    try:
        _read(path, passphrase, copy)
    except StorageError as error:
        if error.code not in _NO_LOCKS:
            raise
        _taken(real(path), copy, LOGS)


def _read(path: Path, passphrase: str, copy: Path) -> None:
    """Read a register under SQLite's locks: nobody is in the middle of a write meanwhile."""
    source = connect_existing(path, passphrase)
    try:
        with told_alone():
            source.execute_sql("VACUUM INTO ?", (os.fspath(copy),))
    finally:
        source.close()


def _taken(path: Path, copy: Path, logs: tuple[str, ...]) -> None:
    """Copy a file and its log byte for byte, once neither changes. Errors: OSError, locked."""
    for _attempt in range(_ATTEMPTS):
        before = _seen(path)
        for ending in ("", *logs):
            target = copy.with_name(copy.name + ending)
            with suppress(FileNotFoundError), open_plain(_beside(path, ending)) as source:
                private.copy_into(target, source)
        if _seen(path) == before:
            return
        for ending in logs:
            copy.with_name(copy.name + ending).unlink(missing_ok=True)
        time.sleep(_PAUSE)
    raise StorageError("locked")


def _seen(path: Path) -> list[tuple[int, int] | None]:
    return [_state(_beside(path, ending)) for ending in ("", *LOGS)]


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
