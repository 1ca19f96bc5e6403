# SPDX-License-Identifier: Apache-2.0
"""The twenty-first step of the register's shape: views of lists, kept by name.

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
