# SPDX-License-Identifier: Apache-2.0
"""The driver's connections, and what it makes of the engine's own words.

    connect(name, …)     as the driver's
    TOLD_BY_HALF         what the driver raises instead of the engine's error
    damage()             the error that it stands for

Of a file whose list of tables is damaged the engine says so with a piece of it, which may be no
text: the driver then raises that it cannot decode what was said, and not what it was.
"""

from __future__ import annotations

from typing import Any

from sqlcipher3 import dbapi2 as driver

TOLD_BY_HALF = UnicodeDecodeError


def damage() -> driver.DatabaseError:
    """The engine's error about a list of tables that makes no sense."""
    return driver.DatabaseError("database disk image is malformed")


def connect(name: Any, **how: Any) -> Any:
    """A connection whose errors are the engine's. Raises driver.Error."""
    return driver.connect(name, factory=_Connection, **how)


class _Cursor(driver.Cursor):  # type: ignore[misc]  # it carries no types
    def execute(self, sql: str, params: Any = ()) -> _Cursor:
        try:
            super().execute(sql, params)
        except TOLD_BY_HALF:
            raise damage() from None
        return self


class _Connection(driver.Connection):  # type: ignore[misc]  # it carries no types
    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)

    def execute(self, sql: str, params: Any = ()) -> Any:
        return self.cursor().execute(sql, params)
