# SPDX-License-Identifier: Apache-2.0
"""The nineteenth step of the register's shape: lists that one shapes, and views kept by name.

Equals stand by name in every order of a list, so that the usual orders of people come from an
index that has the name too.
"""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import OWN_ID

NINETEENTH: tuple[str, ...] = (
    "DROP INDEX standing_status",
    "DROP INDEX standing_verdict",
    "DROP INDEX standing_letter",
    "CREATE INDEX standing_status ON standing (status, sort_key)",
    "CREATE INDEX standing_verdict ON standing (verdict, sort_key)",
    "CREATE INDEX standing_letter ON standing (letter_date, sort_key)",
    # Whose a view is; nobody's is the whole office's.
    f"""CREATE TABLE list_view (
        {OWN_ID},
        list TEXT NOT NULL,
        name TEXT NOT NULL,
        owner TEXT,
        shape TEXT NOT NULL)""",
)
