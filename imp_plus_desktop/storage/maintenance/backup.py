# SPDX-License-Identifier: Apache-2.0
"""Copies of a register: made by the engine itself, verified, and thinned as they grow old.

Never by reading the live file: closing it would drop the engine's locks on it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from imp_plus_desktop import held_files, private
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import real, trouble
from imp_plus_desktop.storage.engines import Step, copying, translated
from imp_plus_desktop.storage.files import copies, proofs
from imp_plus_desktop.storage.files.copies import Keep
from imp_plus_desktop.storage.files.copy_rules import CopyRules, rules_from
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import taking_along
from imp_plus_desktop.storage.reads import queries


def copy_to(register: Register, target: Path, step: Step | None = None) -> Path:
    """Write a verified copy of the register to `target`, whole or not at all.

    Errors: StorageError cannot_copy, full; what `step` raises, which is told how far it is.
    """
    path, passphrase = register.path, register.passphrase
    if register.server is not None:
        return of_server(register, passphrase, target.parent, lambda _content: target.name, step)
    return copying.copy(
        register.db, path, passphrase, target.parent, lambda _content: target.name, step
    )


def make_copy(
    register: Register,
    now: datetime,
    reason: str,
    *,
    spared: Path | None = None,
    step: Step | None = None,
) -> Path:
    """Make an automatic copy and drop those that may go.

    `reason` is a code for the file's name: day, import, manual, restore, upgrade. `spared` is a
    copy that is needed still. `step` is told how far it is; what it raises stops it.
    """
    path = _automatic(register, now, reason, step)
    stay = {path} if spared is None else {path, real(spared), spared}
    found = copies.copies_of(register.path)
    known = proofs.proofs_in(path.parent)
    proven = [one.path for one in found if one.path.name in known and known[one.path.name].holds]
    # Of those that are proven the latest stays, however many came after it.
    stay |= set(proven[-1:])
    # What another program holds goes with a later copy.
    gone = copies.to_drop(found, now, stay, keep_of(register))
    held_files.remove_all(old.path for old in gone)
    return path


def _automatic(register: Register, now: datetime, reason: str, step: Step | None) -> Path:
    path, passphrase = register.path, register.passphrase
    if register.server is None:
        return copying.automatic(register.db, path, passphrase, now, reason, step)
    name = named_for(now, reason)
    return of_server(register, passphrase, copies.folder_of(path), name, step)


def named_for(now: datetime, reason: str) -> Callable[[copying.Content], str]:
    """What names an automatic copy by what it holds."""
    return lambda content: copies.name_for(now, content.people, content.acts, reason)


def of_server(
    register: Register,
    passphrase: str,
    folder: Path,
    name: Callable[[copying.Content], str],
    step: Step | None = None,
) -> Path:
    """Write all that a server keeps to a register in a file, under a passphrase or under none:
    compared with what was there and replayed, whole or not at all.

    Errors: as `copy_to`; StorageError not_carried, journal_altered.
    """
    part: Path | None = None
    try:
        private.make_folder(folder)
        part = private.begun(folder / register.path.name)
        made = Register(part, passphrase=passphrase, copy_first=False)
        try:
            # What is carried is compared and replayed, which takes as long again.
            half = None if step is None else lambda done, whole: step(done, 2 * whole)
            taking_along.take(register, made, half)
            target = folder / name(content_of(made))
            made.db.settle_in_file()
        finally:
            made.close()
        held_files.replace(part, target)
    except OSError as error:
        raise StorageError(trouble(error, "cannot_copy")) from None
    finally:
        if part is not None:
            private.ended(part)
    return target


def keep_of(register: Register) -> Keep:
    """How long a register's copies stay, as its office has set it."""
    return rules_of(register).keep


def rules_of(register: Register) -> CopyRules:
    """How often copies are made and how long they stay, as the register's office has set it."""
    return rules_from((one.name, one.value) for one in queries.settings(register))


def latest_good(path: Path, passphrase: str) -> Path | None:
    """Return the newest automatic copy that opens; one under another passphrase may be good."""
    return copying.latest_good(path, passphrase)


def content_of(register: Register) -> copying.Content:
    """Return how many people and acts an open register holds."""
    return copying.content_of(register.db)


def integrity_fault(register: Register) -> str | None:
    """Return the engine's own verdict on the whole register, None when it is sound."""
    with translated(register.db):
        return register.db.fault()
