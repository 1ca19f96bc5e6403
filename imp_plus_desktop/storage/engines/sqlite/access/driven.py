# SPDX-License-Identifier: Apache-2.0
"""The driver's connections, and what it makes of the engine's own words.

    connect(name, …)     as the driver's
    TOLD_BY_HALF         what the driver raises instead of the engine's error
    damage()             the error that it stands for

Of a file whose list of tables is damaged the engine says so with a piece of it, which may be no
text: the driver then raises that it cannot decode what was said, and not what it was. And it
closes a file while it holds the interpreter: whatever the engine does then, no other thread
computes, and a window stands still.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

TOLD_BY_HALF = UnicodeDecodeError
_LONG_LOG = 1 << 20
"""Bytes of a log that are emptied in some milliseconds."""


def damage() -> driver.DatabaseError:
    """The engine's error about a list of tables that makes no sense."""
    return driver.DatabaseError("database disk image is malformed")


def connect(name: Any, **how: Any) -> Any:
    """A connection whose errors are the engine's. Raises driver.Error."""
    made = driver.connect(name, factory=_Connection, **how)
    made.log = f"{name}-wal"
    return made


class _Cursor(driver.Cursor):  # type: ignore[misc]  # it carries no types
    def execute(self, sql: str, params: Any = ()) -> _Cursor:
        try:
            super().execute(sql, params)
        except TOLD_BY_HALF:
            raise damage() from None
        return self


class _Connection(driver.Connection):  # type: ignore[misc]  # it carries no types
    log = ""
    """The log beside the file; no file for a name that is none."""

    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)

    def execute(self, sql: str, params: Any = ()) -> Any:
        return self.cursor().execute(sql, params)

    def close(self) -> None:
        """Close; the pages of a long log have gone to their places before."""
        with suppress(OSError, driver.Error):  # in a transaction it is for others to do
            if Path(self.log).stat().st_size > _LONG_LOG:
                self.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        super().close()
