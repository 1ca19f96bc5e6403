# SPDX-License-Identifier: Apache-2.0
"""Opens a register on a server, makes one, and says why one cannot be opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from imp_plus_desktop.domain.values.errors import NotAllowed, StorageError
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.storage.engines.database import translated
from imp_plus_desktop.storage.engines.postgresql import tidying
from imp_plus_desktop.storage.engines.postgresql.address import (
    ServerAddress,
    ServerStatus,
    ShippedCap,
)
from imp_plus_desktop.storage.engines.postgresql.connection import (
    APPLICATION,
    SCHEMA,
    ServerDatabase,
    unopened,
)
from imp_plus_desktop.storage.engines.postgresql.rights import roles, users
from imp_plus_desktop.storage.engines.postgresql.rights.naming import GUARD
from imp_plus_desktop.storage.engines.postgresql.shape import making, versions

OLDEST = 150000
"""The first version of PostgreSQL that is known to serve: 15."""


def connect(
    address: ServerAddress, password: str = "", *, seen: tuple[str, int] = ("", 0)
) -> ServerDatabase:
    """Open the register at an address, on no earlier timeline than the one that was `seen`.

    Errors: StorageError server_unreachable, server_older, server_refused, server_password_needed,
    server_certificate, server_pooled, server_too_old, server_without_register,
    newer(found, known), older_on_server(found, known).
    """
    database = reached(address, password, seen=seen)
    try:
        check(database)
    except BaseException:
        database.close()
        raise
    return database


def reached(
    address: ServerAddress, password: str = "", *, seen: tuple[str, int] = ("", 0)
) -> ServerDatabase:
    """Connect to a database that need not have a register yet. Errors: as `connect`."""
    database = unopened(address, password)
    database.seen.expect(*seen)
    database.connect()
    try:
        _check_server(database)
    except BaseException:
        database.close()
        raise
    return database


def _check_server(database: ServerDatabase) -> None:
    told = database.connection().info
    if told.server_version < OLDEST:
        raise StorageError("server_too_old", found=told.server_version // 10_000)
    # A pooler tells a process of its own: with another server behind each transaction neither what
    # is prepared, nor who writes, nor what others have done would hold.
    if database.execute_sql("SELECT pg_backend_pid()").fetchone()[0] != told.backend_pid:
        raise StorageError("server_pooled")


def has_register(database: ServerDatabase) -> bool:
    """Whether there is anything of ours."""
    asked = "SELECT CASE WHEN to_regclass(?) IS NULL THEN 0 ELSE 1 END"
    return bool(database.execute_sql(asked, (f"{SCHEMA}.register_state",)).fetchone()[0])


def check(database: ServerDatabase) -> None:
    """Refuse what is not a register of ours, or not of today's shape. Errors: as `connect`."""
    if not has_register(database):
        raise StorageError("server_without_register")
    version = versions.read(database)
    if version is None:
        raise StorageError("server_without_register")
    versions.must_be_todays(version)
    database.format = str(version)
    database.data_version()  # from here on nothing older will do


def make_at(address: ServerAddress, caps: Iterable[ShippedCap] = (), password: str = "") -> None:
    """Make an empty register at an address, and its database where there is none; see `make`.

    Errors: as `connect`; StorageError server_has_register; NotAllowed may_not_make.
    """
    try:
        _make_at(address, caps, password)
    except NotAllowed:  # of the server itself: there is no register yet that has roles
        raise NotAllowed("may_not_make") from None


def _make_at(address: ServerAddress, caps: Iterable[ShippedCap], password: str) -> None:
    try:
        database = reached(address, password)
    except StorageError as error:
        if error.code != "server_without_register":
            raise
        _make_database(address, password)
        database = reached(address, password)
    try:
        make(database, caps)
    finally:
        database.close()


def _make_database(address: ServerAddress, password: str) -> None:
    """Make a database whose texts are compared letter by letter."""
    beside = reached(replace(address, database=_ALWAYS_THERE), password)
    name = address.database.replace('"', '""')
    try:
        beside.execute_sql(
            f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"
            " LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    finally:
        beside.close()


_ALWAYS_THERE = "postgres"


def status(address: ServerAddress, password: str = "") -> ServerStatus:
    """How the register at an address is. Errors: as `connect`."""
    database = connect(address, password)
    try:
        version, server, name = database.execute_sql(
            "SELECT version, current_setting('server_version'), current_database()"
            " FROM register_state"
        ).fetchone()
        desks = database.execute_sql(
            "SELECT COUNT(DISTINCT (usename, client_addr)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = ? AND pid <> ?",
            (APPLICATION, database.connection().info.backend_pid),
        ).fetchone()[0]
        known = tuple(users.users(database))
        left = tidying.untidied(database)
    finally:
        database.close()
    return ServerStatus(str(name), int(version), str(server), int(desks), known, left)


def tidy(address: ServerAddress, password: str = "") -> None:
    """Leave nothing of what was destroyed in the tables of a register. Errors: as `connect`;
    StorageError locked where somebody is at work; NotAllowed not_owner."""
    database = connect(address, password)
    try:
        if not database.desk.owns:
            raise NotAllowed("not_owner")
        if not tidying.tidy(database):
            raise StorageError("locked")
    finally:
        database.close()


def add_user(
    address: ServerAddress, name: str, role: Role, password: str | None, own: str = ""
) -> None:
    """Make a user of the register at an address, or change one; `own` is the password of whoever
    does so. Errors: as `connect` and `users.add`."""
    _of_users(address, own, lambda database: users.add(database, name, role, password))


def remove_user(address: ServerAddress, name: str, own: str = "") -> None:
    """Let a user in no more. Errors: as `connect` and `users.remove`."""
    _of_users(address, own, lambda database: users.remove(database, name))


def _of_users(address: ServerAddress, own: str, work: Callable[[ServerDatabase], None]) -> None:
    database = connect(address, own)
    try:
        with translated(database):
            work(database)
    finally:
        database.close()


def make(database: ServerDatabase, caps: Iterable[ShippedCap] = ()) -> None:
    """Make an empty register, whole or not at all. No desk passes `caps`, those that are shipped,
    unless an act has set others. Errors: StorageError server_has_register; NotAllowed."""
    with database.atomic():
        if has_register(database):
            raise StorageError("server_has_register")
        roles.make(database)
        with roles.as_owner(database):
            for schema in (SCHEMA, GUARD):
                database.execute_sql(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            making.make(database, caps)
            roles.grants(database)
        roles.open_database(database)
