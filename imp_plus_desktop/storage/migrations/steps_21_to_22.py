# SPDX-License-Identifier: Apache-2.0
"""The twenty-first and twenty-second steps of the register's shape: views of lists, kept by name,
and the office's own words for files.

A view's filters may hold a name: they are kept where the people are, encrypted with them.
"""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import OWN_ID

TWENTY_FIRST: tuple[str, ...] = (
    # Whose a view is; nobody's is the whole office's.
    f"""CREATE TABLE list_view (
        {OWN_ID},
        list TEXT NOT NULL,
        name TEXT NOT NULL,
        owner TEXT,
        shape TEXT NOT NULL)""",
)

TWENTY_SECOND: tuple[str, ...] = (
    "ALTER TABLE person ADD COLUMN tags TEXT",
    # Few files have any, and all of them are asked for at once.
    "CREATE INDEX person_tags ON person (tags) WHERE tags IS NOT NULL",
)
