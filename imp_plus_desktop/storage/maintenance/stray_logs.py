# SPDX-License-Identifier: Apache-2.0
"""Tells a register's own log from one that lies beside an older file which was put back by hand.

SQLite would take any log for the file's own: pages of both would be mixed, and the older file be
lost. So a log that a kill or a power cut has left is looked at first, unless the file is as it was
when it was written to last. What file and log are together is tried aside: where that is unsound,
or does not go on from the file's last act, and the file alone is whole, the log is another's, and
is set aside under another name.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from imp_plus_desktop import held_files, private
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import open_plain, real
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.archive import attachments, soundness
from imp_plus_desktop.storage.engines import DRIVER_ERRORS
from imp_plus_desktop.storage.files import heads
from imp_plus_desktop.storage.history import acts, replay
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.place import is_open_here
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import backup
from imp_plus_desktop.storage.maintenance.encryption import PENDING

_UNREADABLE = (
    StorageError,
    *DRIVER_ERRORS,
    *(TypeError, ValueError, LookupError, AttributeError, ArithmeticError),
)
"""What comes of reading a file whose pages are of different moments: it may hold anything."""


def set_aside(path: Path, passphrase: str) -> str:
    """Set a log aside that is not that of the register at `path`. Returns its new name, empty where
    the log is the register's own, or nothing tells whose it is."""
    if not _may_be_stray(path):
        return ""
    with suppress(OSError), engines.alone(real(path)) as file:
        # Where somebody has it open, it is the log of what is open.
        if file is not None and _is_stray(path, file, passphrase):
            return _put_away(real(path), heads.logs_of(path))
    return ""


def is_left_out(path: Path, passphrase: str) -> bool:
    """Whether a log is not that of the register at `path`, where nothing can be written: it stays,
    and is not to be read."""
    if not _may_be_stray(path):
        return False
    with suppress(OSError), open_plain(real(path)) as file:
        before = _states(path)
        return _is_stray(path, file, passphrase) and _states(path) == before
    return False


def _may_be_stray(path: Path) -> bool:
    return bool(heads.logs_of(path)) and not heads.is_as_left(path) and not is_open_here(path)


def _states(path: Path) -> list[tuple[int, int]]:
    found = [one.stat() for one in (path, *heads.logs_of(path))]
    return [(one.st_size, one.st_mtime_ns) for one in found]


def _is_stray(path: Path, file: BinaryIO, passphrase: str) -> bool:
    with private.scratch_folder() as folder:
        together, apart = folder / "together.imp", folder / "apart.imp"
        for copy in (together, apart):
            private.create(copy)
            private.copy_into(copy, file)
        for log in heads.logs_of(path):
            with open_plain(log) as source:
                ending = log.name.removeprefix(real(path).name)
                private.copy_into(together.with_name(together.name + ending), source)
        whole = _is_whole(together, passphrase)
        if whole and _goes_on_from(together, apart, passphrase):
            return False
        return _is_whole(apart, passphrase)


def _put_away(path: Path, logs: list[Path]) -> str:
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d_%H%M%S")
    name = ""
    for log in logs:
        ending = log.name.removeprefix(path.name)
        target = path.with_name(f"{path.stem}-{stamp}{ending}{heads.ASIDE}")
        held_files.rename(log, target)
        name = name or target.name
    # What SQLite keeps of a log that it no longer has.
    held_files.remove(path.with_name(path.name + "-shm"))
    return name


def _goes_on_from(together: Path, apart: Path, passphrase: str) -> bool:
    """Whether the journal of one holds the last act of the other, or a restore has replaced it, or
    the other cannot be asked."""
    try:
        before = _opened(apart, passphrase)
    except _UNREADABLE:
        return True
    try:
        last = journal.last(before.db)
    except _UNREADABLE:
        return True
    finally:
        before.close()
    if last is None:
        return True
    register = _opened(together, passphrase)
    try:
        seal = last[1].hex()
        return journal.seal_of(register.db, last[0]) == seal or acts.replaced(register, seal)
    finally:
        register.close()


def _is_whole(copy: Path, passphrase: str) -> bool:
    """Whether a register opens and nothing in it contradicts its journal."""
    try:
        register = _opened(copy, passphrase)
    except _UNREADABLE:
        return False
    try:
        return (
            backup.integrity_fault(register) is None
            and journal.verify(register.db) is None
            and register.db.shape_fault((PENDING,)) is None
            and replay.ledger_fault(register) is None
            and replay.row_fault(register) is None
            and attachments.fault(register) is None
            and soundness.fault(register) is None
            and register.db.search.is_sound()
        )
    except _UNREADABLE:
        return False
    finally:
        register.close()


def _opened(copy: Path, passphrase: str) -> Register:
    return Register(copy, create=False, passphrase=passphrase, copy_first=False)
