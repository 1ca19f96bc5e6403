# SPDX-License-Identifier: Apache-2.0
"""Users of a register on a server: whom the server lets in, and as what.

    statements() -> the functions that an administrator may call, in order
    add(db, name, role, password), remove(db, name), users(db)

A password goes to the server as what SCRAM keeps of it, never as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.storage.engines.database import Database
from imp_plus_desktop.storage.engines.postgresql.rights.writing import DEFINER

_LONGEST = 63
_REFUSED = "IP002"
"""The state by which a function says that a name is somebody else's."""

_FUNCTIONS = (
    # Only who is in a group of this register, or new: a name may be another system's.
    f"""CREATE FUNCTION user_is_ours(asked TEXT) RETURNS BOOLEAN {DEFINER} STABLE AS $$
    BEGIN
        RETURN EXISTS (SELECT 1 FROM pg_roles u JOIN pg_auth_members m ON m.member = u.oid
            JOIN pg_roles g ON g.oid = m.roleid JOIN desk_role d ON d.name = g.rolname
            WHERE u.rolname = asked AND u.rolcanlogin AND NOT u.rolsuper
            AND NOT pg_has_role(u.oid, current_user, 'MEMBER'));
    END $$""",
    f"""CREATE FUNCTION add_user(asked TEXT, wanted TEXT, verifier TEXT) RETURNS VOID
    {DEFINER} AS $$
    DECLARE
        held TEXT;
    BEGIN
        IF verifier NOT LIKE 'SCRAM-SHA-256$%' OR asked LIKE 'pg\\_%'
            OR NOT EXISTS (SELECT 1 FROM desk_role WHERE role = wanted)
        THEN RAISE EXCEPTION 'no user of ours' USING ERRCODE = '{_REFUSED}'; END IF;
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = asked) THEN
            EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', asked, verifier);
        ELSIF user_is_ours(asked) THEN
            IF verifier IS NOT NULL
            THEN EXECUTE format('ALTER ROLE %I PASSWORD %L', asked, verifier); END IF;
        ELSE RAISE EXCEPTION 'no user of ours' USING ERRCODE = '{_REFUSED}'; END IF;
        FOR held IN SELECT name FROM desk_role WHERE role <> wanted LOOP
            EXECUTE format('REVOKE %I FROM %I', held, asked);
        END LOOP;
        SELECT name INTO held FROM desk_role WHERE role = wanted;
        EXECUTE format('GRANT %I TO %I', held, asked);
    END $$""",
    # Who has rights elsewhere on the server keeps them, and is let into this register no more.
    f"""CREATE FUNCTION remove_user(asked TEXT) RETURNS VOID {DEFINER} AS $$
    DECLARE
        held TEXT;
    BEGIN
        IF NOT user_is_ours(asked)
        THEN RAISE EXCEPTION 'no user of ours' USING ERRCODE = '{_REFUSED}'; END IF;
        FOR held IN SELECT name FROM desk_role LOOP
            EXECUTE format('REVOKE %I FROM %I', held, asked);
        END LOOP;
        IF NOT EXISTS (SELECT 1 FROM pg_auth_members m JOIN pg_roles u ON u.oid = m.member
            WHERE u.rolname = asked) THEN
            BEGIN
                EXECUTE format('DROP ROLE %I', asked);
            EXCEPTION WHEN dependent_objects_still_exist THEN NULL;
            END;
        END IF;
    END $$""",
    # The groups are the owner's to know; who one is oneself, everybody may ask.
    f"""CREATE FUNCTION desk_role_of(asked NAME) RETURNS TEXT {DEFINER} STABLE AS $$
    DECLARE
        held TEXT; place BIGINT := 0;
    BEGIN
        IF pg_has_role(asked, current_user, 'MEMBER') THEN RETURN 'admin'; END IF;
        SELECT d.role INTO held FROM desk_role d JOIN pg_roles g ON g.rolname = d.name
            WHERE pg_has_role(asked, g.oid, 'MEMBER')
            ORDER BY array_position(ARRAY['admin', 'lead', 'clerk', 'read'], d.role) LIMIT 1;
        RETURN held;
    END $$""",
    f"""CREATE FUNCTION desk_users() RETURNS TABLE (name TEXT, role TEXT) {DEFINER} STABLE AS $$
    BEGIN
        RETURN QUERY SELECT CAST(u.rolname AS TEXT), desk_role_of(u.rolname) FROM pg_roles u
            WHERE user_is_ours(u.rolname) ORDER BY u.rolname;
    END $$""",
)


def statements() -> Iterator[str]:
    """The functions, in the register's own schema."""
    yield from _FUNCTIONS


def add(db: Database, name: str, role: Role, password: str | None) -> None:
    """Make a user, or change the role of one, and the password where one is given.

    Errors: InvalidInput bad_user_name, user_is_others, password_needed; NotAllowed not_allowed.
    """
    _check(name)
    verifier = None
    if password is not None:
        made = db.connection().pgconn.encrypt_password(
            password.encode(), name.encode(), b"scram-sha-256"
        )
        verifier = made.decode()
    elif name not in {user for user, _role in users(db)}:
        raise InvalidInput("password_needed")
    _call(db, "SELECT add_user(?, ?, ?)", (name, role.value, verifier))


def remove(db: Database, name: str) -> None:
    """Let somebody in no more. Errors: InvalidInput bad_user_name, not_a_user; NotAllowed
    not_allowed."""
    _check(name)
    _call(db, "SELECT remove_user(?)", (name,), refused="not_a_user")


def users(db: Database) -> list[tuple[str, Role]]:
    """Who is let in, by name, and as what."""
    rows = db.execute_sql("SELECT name, role FROM desk_users()").fetchall()
    return [(str(name), Role(role)) for name, role in rows]


def _check(name: str) -> None:
    if not (name.isprintable() and name.strip() == name and 0 < len(name.encode()) <= _LONGEST):
        raise InvalidInput("bad_user_name")


def _call(
    db: Database, sql: str, told: tuple[str | None, ...], *, refused: str = "user_is_others"
) -> None:
    try:
        with db.atomic():
            db.execute_sql(sql, told)
    except db.driver_errors as error:
        if getattr(getattr(error, "orig", error), "sqlstate", None) == _REFUSED:
            raise InvalidInput(refused) from None
        raise
