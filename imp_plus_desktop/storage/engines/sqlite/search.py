# SPDX-License-Identifier: Apache-2.0
"""The search index in SQLite's FTS5: one line a person.

The index is derived: it is written with the summaries and can be made anew at any time. What a
line says is for `reads/search_lines.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class _Connects(Protocol):
    def connection(self) -> Any: ...
    def execute_sql(self, sql: str, params: Any = None) -> Any: ...


class SearchIndex:
    """The lines by which people are found; all writes are inside the caller's transaction."""

    def __init__(self, db: _Connects) -> None:
        self._db = db

    def expression(self, words: Sequence[str]) -> str:
        """Return what `Dialect.found_by_words` takes: every word must begin a word of the line."""
        return " ".join(f'"{word}"*' for word in words)

    def write(self, lines: Sequence[tuple[int, str]]) -> None:
        """Replace the lines of these people, given as (person, line)."""
        self.forget([number for number, _line in lines])
        self._db.connection().executemany(
            "INSERT INTO person_search (rowid, text) VALUES (?, ?)", lines
        )

    def forget(self, people: Sequence[int]) -> None:
        """Take people out of the index."""
        self._db.connection().executemany(
            "DELETE FROM person_search WHERE rowid = ?", [(number,) for number in people]
        )

    def is_sound(self) -> bool:
        """Tell whether it is whole and has a line for each person with a summary, and no other."""
        db = self._db
        db.execute_sql("INSERT INTO person_search (person_search) VALUES ('integrity-check')")
        missing = db.execute_sql(
            "SELECT EXISTS (SELECT person_id FROM standing EXCEPT SELECT rowid FROM person_search)"
            " OR EXISTS (SELECT rowid FROM person_search EXCEPT SELECT id FROM person)"
        ).fetchone()[0]
        return not missing
