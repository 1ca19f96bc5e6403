# SPDX-License-Identifier: Apache-2.0
"""Whether a file would do anything by itself: triggers, views, virtual tables and expressions that
no step of ours has written. Asked before anything else is read of a file.

A table or an index that somebody added and that only holds something acts on nothing: it is left to
the register's own check (`shape.py`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import peewee

from imp_plus_desktop.storage.engines.database import SEALING
from imp_plus_desktop.storage.migrations.steps import MIGRATIONS

_OBJECTS = "SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL"
_MOST_OBJECTS, _LONGEST = 1_000, 100_000
"""A register has some 150, of some thousand letters at most."""
_KNOWN = 256
"""Texts of which is remembered what they are: each opening asks twice, of much the same."""
_ACTS = re.compile(
    r"\b(generated|as|select|collate)\b|\b(?!(?:check|in|and|or|not|key|unique)\b)\w+ ?\("
)
"""Within a column: what is calculated, and whatever calls a function."""
_REFERENCE = re.compile(r"\breferences \w+ ?\([\w, ]+\)")
_PLAIN_INDEX = re.compile(r"create (unique )?index \w+ on \w+ ?\(( ?\w+( asc| desc)?,?)+ ?\)", re.I)
_KINDS = frozenset({"table", "index", "trigger", "view"})
_SHADOW = re.compile(
    r"create table '\w+_(data|idx|content|docsize|config)' ?\([\w, ]+\)( without rowid)?", re.I
)
"""What the index of the search makes for itself."""


def acts_by_itself(db: peewee.Database) -> str:
    """The kind of the first part of a file that could do something and is not ours; or empty."""
    rows = db.execute_sql(_OBJECTS).fetchmany(_MOST_OBJECTS + 1)
    if len(rows) > _MOST_OBJECTS:
        return "table"
    return next((str(kind) for kind, sql in rows if not _is_harmless(kind, sql)), "")


@lru_cache(maxsize=_KNOWN)
def _is_harmless(kind: object, sql: object) -> bool:
    if kind not in _KINDS or not isinstance(sql, str) or len(sql) > _LONGEST:
        return False
    text = _plain(sql)
    if text in _statements() or _SHADOW.fullmatch(" ".join(sql.split())):
        return True
    # What a row says of itself is not believed: SQLite does what its text says.
    if text.startswith("create table "):
        return all(_holds(part) or part in _all_text() for part in _parts(text))
    return _PLAIN_INDEX.fullmatch(text) is not None


def _holds(part: str) -> bool:
    """Whether a part of a table only holds something, and refuses at most what is listed."""
    return _ACTS.search(_REFERENCE.sub("", part)) is None


def _parts(text: str) -> list[str]:
    """The columns of a table and what it says of all of them: cut where no bracket is open."""
    head, _bracket, inner = text.partition("(")
    parts, depth, last = [head], 0, 0
    for at, sign in enumerate(inner):
        depth += (sign == "(") - (sign == ")")
        if (sign == "," and not depth) or depth < 0:
            parts.append(inner[last:at].strip())
            last = at + 1
            if depth < 0:
                break
    return [*parts, inner[last:].strip()]


def _plain(sql: str) -> str:
    """A text without what SQLite writes otherwise when it alters a table."""
    return " ".join(sql.replace('"', "").split()).lower()


@cache
def _statements() -> frozenset[str]:
    ours = [one for _step, statements in MIGRATIONS for one in statements]
    return frozenset(_plain(one) for one in (*ours, SEALING))


@cache
def _all_text() -> str:
    return "\n".join(sorted(_statements()))
