# SPDX-License-Identifier: Apache-2.0
"""What stands in front of a register's tables for who only reads, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

_SUMMARIES_MADE = 'CREATE TABLE summaries_made (day TEXT COLLATE "C" NOT NULL)'
"""The day to which a desk that may write has brought the summaries: who only reads cannot."""


def tables() -> Iterator[str]:
    """What the views rest on besides the register's own tables."""
    yield _SUMMARIES_MADE


def statements() -> Iterator[str]:
    """All of it, once the tables are there."""
    # It knows the words of rules, which nobody needs who only opens a register.
    from imp_plus_desktop.storage.engines.postgresql.rights import shown

    yield from tables()
    yield from shown.statements()
