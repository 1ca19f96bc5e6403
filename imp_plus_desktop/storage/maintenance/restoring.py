# SPDX-License-Identifier: Apache-2.0
"""Puts a copy in a register's place: read aside, looked through, and swapped in last.

    aside(register, source, passphrases)   the copy's content as a register of its own, sound
    compare(aside, register)               what would be lost, and what would come
    swap(register, aside, head)            the content goes in, at once for everybody
    put(aside, path)                       the same where there is no register that opens

The source is only read. Nothing here decides whether a copy may be restored.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from imp_plus_desktop import held_files, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.outward import is_outward
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import read_plain
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.engines import DRIVER_ERRORS, exporting, swapping
from imp_plus_desktop.storage.files import heads
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.places import taken_along
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import backup
from imp_plus_desktop.storage.maintenance.encryption import PENDING

_MAGIC = b"SQLite format 3\x00"


class Moved(Exception):
    """Somebody has written to the register since it was copied."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How a copy and a register differ, in acts: both begin alike for `common` acts."""

    common: int
    would_lose: int
    would_bring: int


@contextmanager
def aside(
    register_path: Path, source: Path, key: str, given: str | None = None
) -> Iterator[Register]:
    """The content of `source` as a register of its own beside the other: migrated, looked through.

    `key` is the passphrase that it gets, which is tried on the source too; `given` is one that the
    source alone has. Errors: StorageError not_found, copy_damaged, not_a_register, newer,
    copy_key_needed, copy_key_wrong, copy_altered, copy_is_snapshot, restore_itself, full.
    """
    if not source.is_file():
        raise StorageError("not_found")
    if register_path.exists() and source.samefile(register_path):
        raise StorageError("restore_itself")
    try:
        part = private.begun(register_path)
    except OSError:
        raise StorageError("cannot_copy") from None
    try:
        made = _made_aside(part, source, key, given)
        try:
            yield made
        finally:
            made.close()
    finally:
        private.ended(part)


def _made_aside(part: Path, source: Path, key: str, given: str | None) -> Register:
    try:
        exporting.write_anew(source, key_of(source, key, given), part, key)
        made = Register(part, create=False, passphrase=key, copy_first=False)
    except StorageError as error:
        meant = {"damaged": "copy_damaged", "false_version": "not_a_register"}
        raise StorageError(meant.get(error.code, error.code), **error.parameters) from None
    except DRIVER_ERRORS:
        # Our number on tables that the steps of our versions do not fit.
        raise StorageError("not_a_register") from None
    except OSError:
        raise StorageError("cannot_copy") from None
    try:
        if taken_along.is_marked(made.db):
            raise StorageError("copy_is_snapshot")
        _look_through(made)
    except BaseException:
        made.close()
        raise
    return made


def key_of(source: Path, key: str, given: str | None) -> str:
    """The passphrase that opens a copy, empty for a plain one.

    Errors: StorageError damaged, not_a_register, newer, copy_key_needed, copy_key_wrong.
    """
    for tried in [""] if is_plain(source) else [key, given or ""]:
        try:
            engines.connect_existing(source, tried).close()
        except StorageError as error:
            if error.code not in engines.OTHER_KEY:
                raise
        else:
            return tried
    raise StorageError("copy_key_wrong" if given else "copy_key_needed")


def is_plain(source: Path) -> bool:
    """Whether a copy has no passphrase."""
    return read_plain(source, len(_MAGIC)) == _MAGIC


def _look_through(made: Register) -> None:
    # What was to follow a change of passphrase when the copy was made is no concern of today's.
    made.db.execute_sql(f"DROP TABLE IF EXISTS {PENDING}")
    if made.db.shape_fault() is not None:
        raise StorageError("not_a_register")
    if backup.integrity_fault(made) is not None:
        raise StorageError("copy_damaged")
    if replay.ledger_fault(made) is not None or journal.verify(made.db) is not None:
        raise StorageError("copy_altered")


@contextmanager
def held(register: Register) -> Iterator[None]:
    """Keep everybody else from writing, while the register is copied."""
    register.must_write()
    lock = engines.connect_existing(register.path, register.passphrase, writes=True)
    try:
        lock.lock_others_out()
        yield
    finally:
        lock.close()


def compare(made: Register, register: Register | None) -> Difference:
    """What restoring would lose and bring, in acts that did more than say what left the register:
    the copy that was made last lacks the one that tells of it, and nothing else."""
    copied = journal.hashes(made.db)
    present = journal.hashes(register.db) if register is not None else []
    common = 0
    while common < min(len(copied), len(present)) and copied[common] == present[common]:
        common += 1
    lost = 0 if register is None else _changing(register, common)
    return Difference(common, lost, _changing(made, common))


def _changing(register: Register, first: int) -> int:
    """How many of a register's acts from a place on did more than say what left it."""
    services = register.db.execute_sql("SELECT service FROM act ORDER BY id").fetchall()
    return sum(not is_outward(service) for (service,) in services[first:])


def never_again(made: Register, register: Register) -> None:
    """Let ids go on where either has stopped: what was lost and what comes never share one."""
    for table, highest in register.db.counters.all().items():
        made.db.counters.go_on_from(table, highest)


def swap(register: Register, made: Register, head: bytes) -> None:
    """Replace the register's content, whole or not at all; other processes see it at once.

    `head` is the hash of the register's last act when it was copied. Errors: Moved when somebody
    has written since, StorageError locked, full.
    """
    register.must_write()
    watch = engines.connect_existing(register.path, register.passphrase, writes=True)

    def look() -> None:
        # Nobody else can write any more: what is there now is what was copied.
        if journal.head(watch) != head:
            raise Moved
        heads.forget(register.path)

    try:
        swapping.swap(register.db, made.db, look)
    finally:
        watch.close()
    register.note_head()


def put(made: Register, path: Path, now: datetime) -> Path | None:
    """Put the content where no register opens; what stood there is kept under another name.

    Returns where that is. Errors: StorageError cannot_open.
    """
    part = made.path
    last, own = journal.last(made.db), journal.register_id(made.db)
    made.db.settle_in_file()
    made.close()
    kept: Path | None = None
    try:
        if path.exists():
            stamp = now.astimezone().strftime("%Y-%m-%d_%H%M%S")
            kept = path.with_name(f"{path.stem}-{stamp}.broken")
            held_files.replace(path, kept)
        for ending in ("-wal", "-shm", "-journal"):
            beside = path.with_name(path.name + ending)
            if beside.exists():
                # Left there, it would be taken for the log of the new file.
                name = (kept or path).name + ending + ".broken"
                held_files.replace(beside, path.with_name(name))
        heads.forget(path)
        held_files.replace(part, path)
    except OSError:
        raise StorageError("cannot_open") from None
    if last is not None:
        heads.note(path, own, *last)
    return kept
