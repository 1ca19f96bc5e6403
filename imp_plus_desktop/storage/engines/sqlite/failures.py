# SPDX-License-Identifier: Apache-2.0
"""What the driver's errors mean to whoever uses a register, as codes of `StorageError`.

SQLite says "I/O error" or "unable to open" also where there is only no room left, or no right to
write: what can be looked up is looked up before it is said. Knows no table and opens no register.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import peewee
from sqlcipher3 import dbapi2 as driver

from imp_plus_desktop.domain.values.errors import StorageError

DRIVER_ERRORS = (peewee.DatabaseError, driver.DatabaseError)
CONSTRAINT_ERRORS = (peewee.IntegrityError, driver.IntegrityError)
"""What the tables refuse. The driver's own comes from its bulk writes."""

WRONG_KEY_OR_DAMAGED = "wrong_key_or_damaged"
"""SQLCipher says the same for a wrong key, a missing one, and a file of another kind."""

_CODES: Mapping[int, str] = {
    driver.SQLITE_BUSY: "locked",
    driver.SQLITE_LOCKED: "locked",
    driver.SQLITE_PROTOCOL: "locked",
    driver.SQLITE_READONLY: "read_only",
    driver.SQLITE_PERM: "read_only",
    driver.SQLITE_IOERR: "no_answer",
    driver.SQLITE_CORRUPT: "damaged",
    driver.SQLITE_FULL: "full",
    driver.SQLITE_CANTOPEN: "cannot_open",
    driver.SQLITE_NOTADB: WRONG_KEY_OR_DAMAGED,
}
_BY_SENTENCE: Mapping[str, str] = {
    "database or disk is full": "full",
    "disk I/O error": "no_answer",
    "unable to open database file": "cannot_open",
    "database disk image is malformed": "damaged",
}
"""What is said of a failure within a function, as the one that writes a register anew, and by the
driver's copying: without a code, or with that of any mistake."""
_PRIMARY = 0xFF
"""The low byte of a code tells the kind, the rest where it happened."""
_LITTLE = 256 * 1024
"""Bytes: below, SQLite cannot so much as make the log beside a register."""


@contextmanager
def told_alone() -> Iterator[None]:
    """What `translated` does for an open register, for a file that is being made or looked at."""
    try:
        yield
    except DRIVER_ERRORS as error:
        code = None if isinstance(error, CONSTRAINT_ERRORS) else code_of(error)
        if code is None:
            raise
        raise StorageError(code) from None


def code_of(error: BaseException) -> str | None:
    """The code of a driver's error that its user can do something about, None for a bug."""
    # peewee wraps the driver's error and keeps it.
    own = getattr(error, "orig", error)
    number = getattr(own, "sqlite_errorcode", None)
    if number in (None, driver.SQLITE_ERROR):
        return _BY_SENTENCE.get(str(own))
    return _CODES.get(number & _PRIMARY)


def is_unsettled(error: BaseException | None) -> bool:
    """Whether a commit that failed may be found by the next start: all may have been written, and
    only the disk's word that it has it be missing. Where there was no room, it was not written."""
    return error is not None and code_of(error) == "no_answer"


def looked_into(code: str, path: Path) -> str:
    """What a failure on the register at `path` comes from, as far as its disk tells."""
    if code not in ("no_answer", "cannot_open", "read_only"):
        return code
    if has_no_room(path.parent):
        return "full"
    if code == "cannot_open" and not may_write(path):
        return "read_only"
    return code


def has_no_room(folder: Path) -> bool:
    """Whether the disk of a folder is full."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return False
    return usage.total > 0 and usage.free < _LITTLE


def may_write(path: Path) -> bool:
    """Whether this user may write a register and the files that stand beside it."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
