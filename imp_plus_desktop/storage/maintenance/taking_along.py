# SPDX-License-Identifier: Apache-2.0
"""Takes all that a register keeps into a file, as of one moment, while others go on writing.

    take(source, target, step, lines) -> str   the head of the journal that the file holds
    seal(target, snapshot)                     makes a snapshot of it, which is only read

What has come is compared with what was there at that moment, table by table, and its journal, its
ledgers and its rows are replayed, before anything is kept. Nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines import CONSTRAINT_ERRORS, Step, translated
from imp_plus_desktop.storage.engines.carrying import carry
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.places import taken_along
from imp_plus_desktop.storage.journal.places.taken_along import Snapshot
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import contents, standing_by

Lines = Callable[[Register], object]
"""Takes along what is derived, from the register that is read."""


def take(
    source: Register, target: Register, step: Step | None = None, lines: Lines | None = None
) -> str:
    """Carry all into a register in a file in which nothing was ever written, from a standby where
    there is one that has all of it; `lines` follow once both hold the same. Returns the head of
    its journal, in hexadecimal digits.

    Errors: StorageError not_carried, journal_altered (what is carried does not hold: then the
    source did not either); what `step` raises, after which nothing is kept.
    """
    return standing_by.read_aside(source, lambda reading: _take(reading, target, step, lines))


def _take(source: Register, target: Register, step: Step | None, lines: Lines | None) -> str:
    old, made = source.db, target.db
    with translated(old), old.as_of_now(), made.in_any_order(), translated(made), made.writing():
        try:
            carry(old, made, step)
        except CONSTRAINT_ERRORS:
            raise StorageError("journal_altered") from None
        verify(source, target)
        if lines is not None:
            lines(source)
        return journal.head(made).hex()


def verify(source: Register, target: Register) -> None:
    """Compare what has come with what was there, and replay it. Errors: StorageError not_carried,
    journal_altered."""
    if contents.digests(source) != contents.digests(target):
        raise StorageError("not_carried")
    holds = journal.verify(target.db) is None and replay.ledger_fault(target) is None
    if not holds or replay.row_fault(target) is not None:
        raise StorageError("journal_altered")


def seal(target: Register, snapshot: Snapshot) -> None:
    """Make a snapshot of a file that was filled: nobody writes an act into it any more."""
    with translated(target.db), target.db.writing():
        taken_along.mark(target.db, snapshot)
