# SPDX-License-Identifier: Apache-2.0
"""Copies of a register: made by the engine itself, verified, and thinned as they grow old.

Never by reading the live file: closing it would drop the engine's locks on it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from imp_plus_desktop import held_files
from imp_plus_desktop.plain_files import real
from imp_plus_desktop.storage.engines import Step, copying, translated
from imp_plus_desktop.storage.files import copies, proofs
from imp_plus_desktop.storage.files.copies import Keep
from imp_plus_desktop.storage.files.copy_rules import CopyRules, rules_from
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads import queries


def copy_to(register: Register, target: Path, step: Step | None = None) -> Path:
    """Write a verified copy of the register to `target`, whole or not at all.

    Errors: StorageError cannot_copy, full; what `step` raises, which is told how far it is.
    """
    path, passphrase = register.path, register.passphrase
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
    path = copying.automatic(register.db, register.path, register.passphrase, now, reason, step)
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
