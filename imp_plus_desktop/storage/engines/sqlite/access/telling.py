# SPDX-License-Identifier: Apache-2.0
"""Tells how far a long statement is, and ends it where whoever is told does not want it any more.

told(db, tell)              while a statement runs
written(part, path, step)   what it tells while a copy of a file is written
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from imp_plus_desktop.storage.engines.database import Database, Step
from imp_plus_desktop.storage.engines.sqlite.failures import DRIVER_ERRORS

_OFTEN = 20_000
"""Instructions of SQLite's between two tellings: some milliseconds."""


@contextmanager
def told(db: Database, tell: Callable[[], None] | None) -> Iterator[None]:
    """While a long statement runs, call `tell` now and then; what it raises ends the statement."""
    if tell is None:
        yield
        return
    raised: list[Exception] = []

    def ends() -> bool:
        try:
            tell()
        except Exception as error:  # the driver would swallow it
            raised.append(error)
        return bool(raised)

    db.connection().set_progress_handler(ends, _OFTEN)
    try:
        yield
    except DRIVER_ERRORS:
        if raised:
            raise raised[0] from None
        raise
    finally:
        db.connection().set_progress_handler(None, _OFTEN)


def written(part: Path, path: Path, step: Step | None) -> Callable[[], None] | None:
    """Tells how much of a copy of a file is written: the first half of making it."""
    if step is None:
        return None
    whole = path.stat().st_size

    def tell() -> None:
        step(min(part.stat().st_size, whole), 2 * whole)

    return tell
