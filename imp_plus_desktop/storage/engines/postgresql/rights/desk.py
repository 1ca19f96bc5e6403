# SPDX-License-Identifier: Apache-2.0
"""Who a connection to a register on a server is: the user's name, and what it may."""

from __future__ import annotations

from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.storage.engines.database import Database, Desk


def of(db: Database) -> Desk:
    """Who is signed in. Whoever owns the register is an administrator."""
    asked = (
        "SELECT session_user, desk_role_of(session_user),"
        " CASE WHEN pg_has_role(session_user, relowner, 'MEMBER') THEN 1 ELSE 0 END"
        " FROM pg_class WHERE oid = CAST('act' AS REGCLASS)"
    )
    name, role, owns = db.execute_sql(asked).fetchone()
    return Desk(str(name), Role(role or Role.READ), owns=bool(owns))
