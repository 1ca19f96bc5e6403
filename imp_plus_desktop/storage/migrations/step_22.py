# SPDX-License-Identifier: Apache-2.0
"""The twenty-second step of the register's shape: the office's own words for files."""

from __future__ import annotations

TWENTY_SECOND: tuple[str, ...] = (
    "ALTER TABLE person ADD COLUMN tags TEXT",
    # Few files have any, and all of them are asked for at once.
    "CREATE INDEX person_tags ON person (tags) WHERE tags IS NOT NULL",
)
