# SPDX-License-Identifier: Apache-2.0
"""Makes the roles of a register on a server, and says what each of them may touch.

make(db)            the roles, by whoever sets the register up
as_owner(db)        while it lasts, all is made as the role as which nobody logs in
grants(db)          what each role may, once everything is there
open_database(db)   lets the roles into the database, and nobody else
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.storage.engines.database import Database
from imp_plus_desktop.storage.engines.postgresql.rights.naming import (
    GUARD,
    OWNER,
    SHOWN,
    group_names,
    quoted,
    role_name,
)
from imp_plus_desktop.storage.tables.schema import ENTITIES

SCHEMA = "imp_plus"
OF_LEADS = (
    *("parameter", "entry_rule", "closed_period", "cap_limit", "official_count", "legal_hold"),
    *("programme_file", "privacy_desk"),
)
"""Entities that a lead writes: caps and figures, what is closed, what is kept and for how long."""
_APPENDED = (
    *("act", "change", "ledger_entry", "mifi_entry", "attachment"),
    *("source_file", "source_sheet", "source_block", "source_row"),
)
_DERIVED = (
    *("summaries_made", "standing", "standing_figures", "agenda_line", "waiting_line", "flag_line"),
    *("person_search", "person_search_words", "person_search_near"),
)
"""Made anew by whoever may write on a new day."""
_TYPED = ("draft", "import_draft")
_ALL = "INSERT, UPDATE, DELETE"


def make(db: Database) -> None:
    """Make the roles that are missing. One of another register of the same name, which is gone, is
    taken as it is: its members are users of this one.

    Errors: NotAllowed not_allowed.
    """
    name = _database(db)
    groups = group_names(name)
    for role in (role_name(name, OWNER), *groups.values()):
        known = "SELECT COUNT(*) FROM pg_roles WHERE rolname = ?"
        if db.execute_sql(known, (role,)).fetchone()[0]:
            continue
        # It makes the users, by functions that an administrator may call.
        more = " CREATEROLE" if role == role_name(name, OWNER) else ""
        db.execute_sql(f"CREATE ROLE {quoted(role)} NOLOGIN{more}")
    owner = quoted(role_name(name, OWNER))
    if not db.execute_sql(_IS_SUPERUSER).fetchone()[0]:
        db.execute_sql(f"GRANT {owner} TO CURRENT_USER")
    for smaller, greater in zip(Role, list(Role)[1:], strict=False):
        db.execute_sql(f"GRANT {quoted(groups[smaller])} TO {quoted(groups[greater])}")
    for group in groups.values():
        db.execute_sql(f"GRANT {quoted(group)} TO {owner} WITH ADMIN OPTION")


_IS_SUPERUSER = (
    "SELECT CASE WHEN rolsuper THEN 1 ELSE 0 END FROM pg_roles WHERE rolname = current_user"
)


@contextmanager
def as_owner(db: Database) -> Iterator[None]:
    """While this lasts, in the caller's transaction, everything is made as the register's owner."""
    name = _database(db)
    owner = quoted(role_name(name, OWNER))
    db.execute_sql(f"GRANT CREATE ON DATABASE {quoted(name)} TO {owner}")
    db.execute_sql(f"SET LOCAL ROLE {owner}")
    yield
    db.execute_sql("SET LOCAL ROLE NONE")
    db.execute_sql(f"REVOKE CREATE ON DATABASE {quoted(name)} FROM {owner}")


def open_database(db: Database) -> None:
    """Let the roles into the database, and nobody who has none; by whoever owns it."""
    name = quoted(_database(db))
    read = quoted(group_names(_database(db))[Role.READ])
    db.execute_sql(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
    db.execute_sql(f"GRANT CONNECT ON DATABASE {name} TO {read}")
    # What is brought in is noted in a table of the connection's own.
    clerk = quoted(group_names(_database(db))[Role.CLERK])
    db.execute_sql(f"GRANT TEMPORARY ON DATABASE {name} TO {clerk}")
    # The mark of a register that was moved is made by whoever moves it.
    db.execute_sql(f"ALTER DEFAULT PRIVILEGES IN SCHEMA {SCHEMA} GRANT SELECT ON TABLES TO {read}")


def grants(db: Database) -> None:
    """Say what each role may; as the owner."""
    groups = group_names(_database(db))
    for role, group in groups.items():
        db.execute_sql(f"INSERT INTO {GUARD}.desk_role VALUES (?, ?)", (role.value, group))
    for role, told in (*_grants(), *_seen()):
        db.execute_sql(f"GRANT {told} TO {quoted(groups[role])}")
    for table in ("add_user(TEXT, TEXT, TEXT)", "remove_user(TEXT)"):
        db.execute_sql(f"REVOKE ALL ON FUNCTION {SCHEMA}.{table} FROM PUBLIC")
    let_clerks_count(db)


def let_clerks_count(db: Database) -> None:
    """Let who may write have new ids, and nobody else: who only reads would hold up those who
    write. As the owner."""
    clerk = quoted(group_names(_database(db))[Role.CLERK])
    db.execute_sql(f"REVOKE ALL ON FUNCTION {SCHEMA}.next_id(TEXT) FROM PUBLIC")
    db.execute_sql(f"GRANT EXECUTE ON FUNCTION {SCHEMA}.next_id(TEXT) TO {clerk}")


def _grants() -> Iterator[tuple[Role, str]]:
    yield Role.READ, f"USAGE ON SCHEMA {SCHEMA}"
    for table in (*_DERIVED, *_TYPED):
        yield Role.CLERK, f"{_ALL} ON {table}"
    for table in (name for name in ENTITIES if name not in OF_LEADS):
        yield Role.CLERK, f"{_ALL} ON {table}"
    for table in _APPENDED:
        yield Role.CLERK, f"INSERT ON {table}"
    yield Role.CLERK, "INSERT, UPDATE ON cap_counter"
    for table in OF_LEADS:
        yield Role.LEAD, f"{_ALL} ON {table}"
    yield Role.LEAD, "UPDATE (details, salt) ON act"
    yield Role.LEAD, "UPDATE (before, after, together, sheet, row, salt) ON change"
    for table in ("source_file", "source_sheet", "source_block", "source_row"):
        yield Role.LEAD, f"UPDATE, DELETE ON {table}"
    yield Role.LEAD, "DELETE ON attachment"
    yield Role.LEAD, "INSERT ON erased_file"
    for function in ("add_user(TEXT, TEXT, TEXT)", "remove_user(TEXT)"):
        yield Role.ADMIN, f"EXECUTE ON FUNCTION {function}"


def _seen() -> Iterator[tuple[Role, str]]:
    """What each role reads: who only reads has views of what holds anything to be hidden."""
    # It knows the rules' words, which nobody needs who only opens a register.
    from imp_plus_desktop.storage.engines.postgresql.rights import shown

    yield Role.READ, f"USAGE ON SCHEMA {SHOWN}"
    for table in shown.AS_THEY_ARE:
        yield Role.READ, f"SELECT ON {SCHEMA}.{table}"
    for table in shown.VIEWS:
        yield Role.READ, f"SELECT ON {SHOWN}.{table}"
        yield Role.CLERK, f"SELECT ON {SCHEMA}.{table}"
    # Who writes nothing counts nothing as written.
    yield Role.CLERK, "UPDATE (written) ON register_state"


def take_from_front(db: Database) -> None:
    """Take away what who only reads sees of the tables; as the owner."""
    db.execute_sql(f"DROP SCHEMA IF EXISTS {SHOWN} CASCADE")


def show_anew(db: Database) -> None:
    """Make what who only reads sees of the tables as they are now; as the owner."""
    from imp_plus_desktop.storage.engines.postgresql.rights import shown

    groups = group_names(_database(db))
    for statement in shown.statements():
        db.execute_sql(statement)
    for role, told in _seen():
        db.execute_sql(f"GRANT {told} TO {quoted(groups[role])}")


def hide(db: Database) -> None:
    """Let who only reads see what they may and no more, where they saw everything; as the owner."""
    name = _database(db)
    groups = group_names(name)
    read, clerk = quoted(groups[Role.READ]), quoted(groups[Role.CLERK])
    own = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = ? AND tableowner = ?"
    for (table,) in db.execute_sql(own, (SCHEMA, role_name(name, OWNER))).fetchall():
        db.execute_sql(f"REVOKE ALL ON {SCHEMA}.{table} FROM {read}")
    # The database is whoever's who runs this.
    db.execute_sql("SET LOCAL ROLE NONE")
    db.execute_sql(f"REVOKE TEMPORARY ON DATABASE {quoted(name)} FROM {read}")
    db.execute_sql(f"GRANT TEMPORARY ON DATABASE {quoted(name)} TO {clerk}")
    db.execute_sql(f"SET LOCAL ROLE {quoted(role_name(name, OWNER))}")
    for role, told in _grants():
        db.execute_sql(f"GRANT {told} TO {quoted(groups[role])}")


def _database(db: Database) -> str:
    return str(db.execute_sql("SELECT current_database()").fetchone()[0])
