# SPDX-License-Identifier: Apache-2.0
"""Proves copies: each is opened aside and looked through whole before it counts.

    prove(copy, passphrase)             what was found of one copy
    prove_waiting(register, …)          those beside a register that nobody has looked through
    put_elsewhere(register, copy, …)    a proven copy, byte for byte, in a second place

A copy is only read. One that is damaged is set aside under another name, so that no other copy
goes for its sake and nobody takes it for a good one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from imp_plus_desktop import held_files, private
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import trouble
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.engines import DRIVER_ERRORS, copying
from imp_plus_desktop.storage.files import copies, proofs
from imp_plus_desktop.storage.files.proofs import Proof
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import backup, restoring

ALTERED, DAMAGED, OTHER_COUNTS = "copy_altered", "copy_damaged", "copy_differs"
_OLDER = "false_version"
_KEYS = frozenset({"wrong_key", "passphrase_needed", "plain", "copy_key_needed"})
"""Nothing is known of a copy that is under another passphrase."""
_BAD = ".bad"


def prove(copy: Path, passphrase: str) -> Proof:
    """Open a copy aside, and verify its pages, its keys, both ledgers, the journal's chain, and
    that it holds as many people and acts as its name says.

    Errors: StorageError as `engines.connect_existing`; what is wrong with the copy is in the proof.
    """
    size = copy.stat().st_size
    register = Register(copy, passphrase=passphrase, as_it_is=True)
    try:
        content, head = backup.content_of(register), journal.head(register.db).hex()
        fault = _fault(register, copies.held_by_name(copy), content)
    finally:
        register.close()
    if fault == _OLDER:
        fault = _fault_of_older(copy, passphrase)
    return Proof(datetime.now(UTC), size, content.people, content.acts, head, fault)


def _fault(register: Register, named: tuple[int, int] | None, held: copying.Content) -> str:
    if engines.is_older(register.db):
        return _OLDER
    if backup.integrity_fault(register) is not None:
        return DAMAGED
    if register.db.shape_fault() is not None or replay.ledger_fault(register) is not None:
        return ALTERED
    if journal.verify(register.db) is not None:
        return ALTERED
    return OTHER_COUNTS if named not in (None, (held.people, held.acts)) else ""


def _fault_of_older(copy: Path, passphrase: str) -> str:
    """Of a copy from before an upgrade: it must come to today's version, and be sound there."""
    with private.scratch_folder() as folder:
        try:
            with restoring.aside(folder / copy.name, copy, passphrase):
                return ""
        except StorageError as error:
            return error.code


def prove_waiting(
    register: Register, most: int | None = None, step: Callable[[int, int], None] | None = None
) -> dict[str, Proof]:
    """Look through the copies beside a register that nobody has looked through, the newest first,
    at most so many. Returns what was found, by name; a copy under another passphrase is left."""
    folder = copies.folder_of(register.path)
    waiting = [one.path for one in waiting_of(register.path)][:most]
    found: dict[str, Proof] = {}
    for number, path in enumerate(waiting):
        if step is not None:
            step(number, len(waiting))
        proof = _proven(path, register.passphrase)
        if proof is not None:
            found[path.name] = proof
            try:
                if proof.fault == DAMAGED:
                    held_files.replace(path, path.with_name(path.name + _BAD))
                else:
                    proofs.note(folder, path.name, proof)
            except OSError as error:
                raise StorageError(trouble(error, "cannot_copy")) from None
    return found


def _proven(path: Path, passphrase: str) -> Proof | None:
    try:
        size = path.stat().st_size
        try:
            return prove(path, passphrase)
        except StorageError as error:
            if error.code in _KEYS:
                return None
            if error.code not in ("damaged", "not_a_register", "misread"):
                raise
        except DRIVER_ERRORS:
            pass
    except FileNotFoundError:  # another process has thinned them
        return None
    return Proof(datetime.now(UTC), size, 0, 0, "", DAMAGED)


def waiting_of(register_path: Path) -> list[copies.Copy]:
    """The copies beside a register that nobody has looked through, the newest first."""
    known = proofs.proofs_in(copies.folder_of(register_path))
    return [one for one in copies.copies_of(register_path)[::-1] if one.path.name not in known]


def second_folder(register: Register, place: Path) -> Path:
    """The folder of a register's copies in a second place; other registers have theirs there."""
    own = journal.register_id(register.db)[:8]
    # One register on a server is one at every desk, by whatever address it is reached.
    stem = register.path.stem if register.server is None else register.server.plain_database
    return place / f"{stem}-{own}.copies"


def put_elsewhere(register: Register, copy: Path, place: Path, now: datetime) -> Path:
    """Put a proven copy into a second place, and let what is too old there go.

    What was written is read again and compared. Errors: StorageError not_found (the place is
    away), cannot_copy, full, no_answer.
    """
    if not place.is_dir():
        raise StorageError("not_found")
    folder = second_folder(register, place)
    proof = proofs.proofs_in(copy.parent)[copy.name]
    part: Path | None = None
    try:
        private.make_folder(folder)
        part = private.begun(folder / copy.name)
        with copy.open("rb") as source:
            private.copy_into(part, source, settled=True)
        if _digest(part) != _digest(copy):
            raise StorageError("cannot_copy")
        target = folder / copy.name
        held_files.replace(part, target)
        with suppress(OSError):  # not every disk keeps times; the name has it too
            os.utime(target, ns=(copy.stat().st_atime_ns, copy.stat().st_mtime_ns))
        proofs.note(folder, copy.name, proof)
        found = copies.copies_in(folder)
        gone = copies.to_drop(found, now, {target}, backup.keep_of(register))
        held_files.remove_all(old.path for old in gone)
    except OSError as error:
        raise StorageError(trouble(error, "cannot_copy")) from None
    finally:
        if part is not None:
            private.ended(part)
    return target


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
