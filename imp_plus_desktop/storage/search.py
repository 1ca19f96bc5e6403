# SPDX-License-Identifier: Apache-2.0
"""The search index: one line a person, of folded names and of every number one may type.

The index is derived: it is written with the standings and can be made anew at any time.
"""

from __future__ import annotations

import re

from peewee import Database

from imp_plus_desktop.domain.values.catalogue import FIELDS, rows_of
from imp_plus_desktop.domain.values.fields import Field, Kind, Mark
from imp_plus_desktop.domain.values.names import fold, search_form
from imp_plus_desktop.domain.values.records import PersonFile

_WORD = re.compile(r"[^\W_]+")


def match_expression(text: str) -> str | None:
    """What was typed as an FTS5 expression: every word must begin a word of the line."""
    words = _WORD.findall(fold(text))
    return " ".join(f'"{word}"*' for word in words) or None


_SEARCHED = [field for some in FIELDS.values() for field in some if field.has(Mark.SEARCHED)]
_NUMBERS = [field for field in _SEARCHED if field.kind is Kind.IDENTIFIER]
_TEXTS = [field for field in _SEARCHED if field.kind is not Kind.IDENTIFIER]


def _held(file: PersonFile, fields: list[Field]) -> list[str | None]:
    """What a file holds in these fields, in the order of the fields."""
    return [getattr(row, field.name) for field in fields for row in rows_of(file, field.entity)]


def line_of(file: PersonFile) -> str:
    """What a person is found by: names, references, numbers (also without hyphens), e-mail."""
    numbers, texts = _held(file, _NUMBERS), _held(file, _TEXTS)
    words = [search_form(*texts), *_WORD.findall(" ".join(n for n in numbers if n).lower())]
    words += [number.replace("-", "").lower() for number in numbers if number and "-" in number]
    return " ".join(words)


def write_lines(db: Database, lines: list[tuple[int, str]]) -> None:
    """Replace the index lines of these people, inside the caller's transaction."""
    connection = db.connection()
    connection.executemany(
        "DELETE FROM person_search WHERE rowid = ?", [(number,) for number, _line in lines]
    )
    connection.executemany("INSERT INTO person_search (rowid, text) VALUES (?, ?)", lines)


def forget(db: Database, ids: list[int]) -> None:
    """Take people out of the index."""
    db.connection().executemany(
        "DELETE FROM person_search WHERE rowid = ?", [(number,) for number in ids]
    )


def is_sound(db: Database) -> bool:
    """Whether the index is whole and has a line for each person with a standing, and no other."""
    db.execute_sql("INSERT INTO person_search (person_search) VALUES ('integrity-check')")
    missing = db.execute_sql(
        "SELECT EXISTS (SELECT person_id FROM standing EXCEPT SELECT rowid FROM person_search)"
        " OR EXISTS (SELECT rowid FROM person_search EXCEPT SELECT id FROM person)"
    ).fetchone()[0]
    return not missing
