# SPDX-License-Identifier: Apache-2.0
"""Scans, letters and their templates inside the register: each content once, by its SHA-256,
beside the journal and not in it.

A content that went in stays: undoing an act takes away only the document's tie to it. Copies,
restored copies and encryption take scans along, since they are a table like the others.
"""

from __future__ import annotations

import hashlib

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import fetch

_TIED = (("document", "attachment"), ("contact", "attachment"), ("letter_template", "content"))
"""What names a content: tables and their columns."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A scan as the register keeps it."""

    sha256: str
    media_type: str
    content: bytes


def digest(content: bytes) -> str:
    """The name under which a content is kept: its SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def store(act: Act, media_type: str, content: bytes) -> str:
    """Keep a content once; returns its name."""
    name = digest(content)
    act.db.execute_sql(
        "INSERT INTO attachment (sha256, media_type, content) VALUES (?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (name, media_type, content),
    )
    return name


def read(register: Register, sha256: str) -> Stored | None:
    """A scan by its name, or None."""
    rows = fetch(
        register, "SELECT sha256, media_type, content FROM attachment WHERE sha256 = ?", (sha256,)
    )
    return Stored(**rows[0]) if rows else None


def fault(register: Register) -> str | None:
    """The first scan whose content is not what its name says, or that is named and missing."""
    names = [row["sha256"] for row in fetch(register, "SELECT sha256 FROM attachment")]
    for name in names:  # one at a time: all of them may not fit in memory
        stored = read(register, name)
        if stored is None or digest(stored.content) != name:
            return str(name)
    for table, column in _TIED:
        missing = fetch(
            register,
            f"SELECT {column} AS missing FROM {table} WHERE {column} IS NOT NULL"
            f" AND {column} NOT IN (SELECT sha256 FROM attachment) LIMIT 1",
        )
        if missing:
            return str(missing[0]["missing"])
    return None
