# SPDX-License-Identifier: Apache-2.0
"""Puts a register, and its automatic copies, under another passphrase or under none.

The whole content is written anew under the new key while nobody else can read or write, and takes
the old file's place in one step. From then on the register itself knows which copies are still to
follow, with the keys that they have: whoever opens it next goes on where this was broken off.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from imp_plus_desktop import held_files, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import read_plain
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.engines import DRIVER_ERRORS, Database, copying, exporting
from imp_plus_desktop.storage.files import copies, neighbours
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.journal import ActHeader
from imp_plus_desktop.storage.journal.register import Register

PENDING = "pending_copy"
"""A table that a register has while its copies follow a change of passphrase."""

_PATIENCE, _PAUSE = 3.0, 0.1
"""Seconds in which the register comes to be open nowhere else, and between two tries."""
_LATER = frozenset({"full", "cannot_copy", "cannot_open", "read_only", "locked", "no_answer"})
"""Why a copy may follow another time; for all else it never can."""


def rekey(register: Register, passphrase: str, header: ActHeader, how: str) -> Act:
    """Write the register anew under `passphrase`, empty for none; returns the act that tells it.

    The register must be open nowhere else; it is open again afterwards, in this thread. The copies
    follow by `finish`. Errors: StorageError locked, full, cannot_copy.
    """
    register.must_write()
    former = opens = register.passphrase
    passphrase = engines.normalised(passphrase)
    key = engines.derived_key(passphrase, os.urandom(engines.SALT)) if passphrase else ""
    part: Path | None = None
    taken = False
    try:
        part = private.begun(register.path)
        _export_soon(register, part, key)
        act = _tell(part, key, header, how, _keys_of(register.path, former))
        copying.verify(part, key)
        _take_place(register, part)
        opens, taken = passphrase, True
    except OSError:
        raise StorageError("cannot_copy") from None
    finally:
        # Closing gives the lock back; where nothing took its place, the old file is as it was.
        register.release()
        if part is not None:
            private.ended(part)
        _open_again(register, opens, taken=taken)
    register.note_head()
    return act


def _export_soon(register: Register, part: Path, key: str) -> None:
    """Write the content anew. Whoever has the register open for a moment more is waited for: a copy
    that is being ended, a list that is being read. Errors: as `exporting.export_alone`."""
    given_up = time.monotonic() + _PATIENCE
    while True:
        try:
            exporting.export_alone(register.db, part, key)
        except StorageError as error:
            if error.code != "locked" or time.monotonic() > given_up:
                raise
            register.release()  # gives back what of the lock it had
            time.sleep(_PAUSE)
        else:
            return


def _open_again(register: Register, passphrase: str, *, taken: bool) -> None:
    """Open what stands there now. A disk that does not answer is asked twice: where the new file
    has taken its place, whoever is told of a failure takes the passphrase for the former one."""
    try:
        register.reopen(passphrase)
    except StorageError:
        try:
            register.reopen(passphrase)
        except StorageError as error:
            raise StorageError("perhaps_kept") if taken else error from None


def _keys_of(path: Path, passphrase: str) -> dict[str, str]:
    """By copy the key that opens it. The passphrase itself is written down nowhere."""
    return {copy.name: _key_of(copy, passphrase) for copy in copies.paths_of(path)}


def _key_of(copy: Path, passphrase: str) -> str:
    salt = read_plain(copy, engines.SALT) if passphrase else b""
    if not passphrase or salt.startswith(b"SQLite format 3"):
        return ""
    return engines.derived_key(passphrase, salt)


def _tell(part: Path, key: str, header: ActHeader, how: str, keys: dict[str, str]) -> Act:
    """Write into the new file what was done, and which copies are to follow."""
    made = Register(part, create=False, passphrase=key, copy_first=False)
    try:
        with made.act(header) as act:
            act.always = True
            act.details["counts"] = {how: 1}
            made.db.execute_sql(f"DROP TABLE IF EXISTS {PENDING}")
            made.db.execute_sql(f"CREATE TABLE {PENDING} (copy TEXT PRIMARY KEY, key TEXT)")
            for copy in keys.items():
                made.db.execute_sql(f"INSERT INTO {PENDING} VALUES (?, ?)", copy)
        made.db.settle_in_file()
    finally:
        made.close()
    return act


def _take_place(register: Register, part: Path) -> None:
    path = register.path
    if os.name != "nt":
        # Under the lock: who waits for it finds that the file is another one.
        held_files.replace(part, path)
        _settle(path.parent)
        return
    # An open file cannot be replaced there. Set aside, nobody can open it by its name, and what
    # was written in the moment between is seen.
    before = path.stat()
    register.release()
    former = neighbours.former_of(path)
    held_files.replace(path, former)
    try:
        after = former.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise StorageError("locked")
        # Never over what somebody who opened it meanwhile has put back: `neighbours.put_back`.
        held_files.rename(part, path)
    except BaseException:
        if not path.exists():
            held_files.rename(former, path)
        raise
    # Held even longer, it goes when the register is opened next: `neighbours.tidy`.
    held_files.remove_all([former])


def _settle(folder: Path) -> None:
    """Have the disk know the new name before anything else is done."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


@dataclass(frozen=True, slots=True)
class Behind:
    """Names of copies that are not under a register's new passphrase.

    `skipped` never will be, since they are damaged or were under yet another key; `waiting` follow
    when the register is opened next: there was no room, or another program held them.
    """

    skipped: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def finish(register: Register, step: Callable[[int, int], None] | None = None) -> Behind:
    """Let the copies that are still under a former key follow, telling `step` how many of how many
    have. Returns those that did not."""
    db = register.db
    if not has_pending(db):
        return Behind()
    skipped: list[str] = []
    waiting: list[str] = []
    folder = copies.folder_of(register.path)
    pending = db.execute_sql(f"SELECT copy, key FROM {PENDING} ORDER BY copy").fetchall()
    for done, (name, key) in enumerate(pending):
        if step is not None:
            step(done, len(pending))
        copy = folder / str(name)
        if not copy.is_file() or engines.opens(copy, register.passphrase):
            continue
        try:
            _follow(copy, str(key), db.key)
        except StorageError as error:
            (waiting if error.code in _LATER else skipped).append(copy.name)
        except OSError:
            waiting.append(copy.name)
    if not waiting:
        # The keys must not be found in the free pages of a register that is plain now.
        db.drop_for_good(PENDING)
    return Behind(tuple(skipped), tuple(waiting))


def tell(register: Register, header: ActHeader) -> Act:
    """Write an act that changes nothing and is told all the same."""
    with register.act(header) as act:
        act.always = True
    return act


def has_pending(db: Database) -> bool:
    """Whether copies are still to follow."""
    return bool(db.table_exists(PENDING))


def _follow(copy: Path, former: str, key: str) -> None:
    part = private.begun(copy)
    try:
        times = copy.stat()
        exporting.write_anew(copy, former, part, key)
        copying.verify(part, key)
        os.utime(part, ns=(times.st_atime_ns, times.st_mtime_ns))
        held_files.replace(part, copy)
    except DRIVER_ERRORS:
        raise StorageError("damaged") from None
    finally:
        private.ended(part)
