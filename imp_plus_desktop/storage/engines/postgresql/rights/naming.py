# SPDX-License-Identifier: Apache-2.0
"""The names of the roles of a register on a server.

Roles belong to the whole server, so their names hold that of the database.
"""

from __future__ import annotations

import hashlib

from imp_plus_desktop.domain.values.roles import Role

GUARD = "imp_plus_guard"
"""The schema of what no desk may read or touch."""
SHOWN = "imp_plus_shown"
"""The schema of what who only reads sees in place of some tables."""
BIRTHDAYS = ("age_22", "age_18")
"""Kinds of deadlines whose day is a birthday, which who only reads does not see."""
OWNER = "owner"
_LONGEST = 63
"""Bytes of a name that a server keeps."""


def role_name(database: str, role: str) -> str:
    """The name of a role: `read`, `clerk`, `lead`, `admin`, or `owner`, as whom nobody logs in."""
    name = f"imp_{database}_{role}"
    if len(name.encode()) <= _LONGEST:
        return name
    return f"imp_{hashlib.sha256(database.encode()).hexdigest()[:32]}_{role}"


def group_names(database: str) -> dict[Role, str]:
    """The group of each role."""
    return {role: role_name(database, role.value) for role in Role}


def quoted(name: str) -> str:
    """A name as it stands in a statement."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
