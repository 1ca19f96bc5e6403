# SPDX-License-Identifier: Apache-2.0
"""Takes a register whole to another place: from a file to a server, back, or from one to another.

    move(source, target, place, …)     carries, verifies and marks the old one, which is kept
    finish(source, target, place)      marks it where a move was broken off before that

Nobody writes to the source while it lasts, nor afterwards. Nothing is kept in the target before its
journal, its ledgers and its rows were replayed there and every table came to the same hash.
"""

from __future__ import annotations

from collections.abc import Callable

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines import CONSTRAINT_ERRORS, Step, translated
from imp_plus_desktop.storage.engines.carrying import carry
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.places import moved
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import taking_along


def move(
    source: Register,
    target: Register,
    place: str,
    step: Step | None = None,
    keep: Callable[[], None] | None = None,
    lines: Callable[[], object] | None = None,
) -> None:
    """Carry all that a register keeps into one in which nothing was ever written, and mark it as
    moved to `place`. `lines` takes along what is derived, once both hold the same; `keep` puts
    what is made in its place: it is there before the mark is.

    Errors: StorageError register_not_empty, journal_altered (what is carried does not hold: then
    the source did not either), not_carried; what `step` raises, after which nothing is kept.
    """
    if not target.is_empty():
        raise StorageError("register_not_empty")
    old, made = source.db, target.db
    with translated(old), old.writing():
        moved.will_refuse(old)()
        with made.in_any_order(), translated(made), made.writing():
            try:
                carry(old, made, step)
            except CONSTRAINT_ERRORS:
                # A row that the register itself would refuse today is another program's.
                raise StorageError("journal_altered") from None
            taking_along.verify(source, target)
            if lines is not None:
                lines()
            if made.shape_fault() is not None:
                raise StorageError("not_carried")
        if keep is not None:
            keep()
        # Whoever waited to write reads it first.
        moved.mark(old, place)


def is_the_same(source: Register, target: Register) -> bool:
    """Whether a target holds what the source does: a move that was broken off at its end."""
    return journal.last(source.db) == journal.last(target.db) and not source.is_empty()


def finish(source: Register, target: Register, place: str) -> None:
    """Mark the old register of a move that was broken off: from now on it can only be read.

    Errors: StorageError register_not_empty, where anything was written to it since."""
    old = source.db
    with translated(old), old.writing():
        moved.will_refuse(old)()
        if not is_the_same(source, target):
            raise StorageError("register_not_empty")
        moved.mark(old, place)
