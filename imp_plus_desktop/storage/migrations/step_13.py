# SPDX-License-Identifier: Apache-2.0
"""The thirteenth step of the register's shape: kinds of applications, numbers of others.

An application may ask to restore a status, and one under another route has its number too.
"""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import code

_KINDS = ("first", "extension", "restoration")

THIRTEENTH: tuple[str, ...] = (
    # SQLite cannot widen a CHECK: the column is made anew, with a default for the rows there are.
    "ALTER TABLE application RENAME COLUMN kind TO kind_before",
    f"ALTER TABLE application ADD COLUMN {code('kind', _KINDS, required=True)} DEFAULT 'first'",
    "UPDATE application SET kind = kind_before WHERE kind_before <> 'first'",
    "ALTER TABLE application DROP COLUMN kind_before",
    "ALTER TABLE other_route ADD COLUMN application_number TEXT",
)
