# SPDX-License-Identifier: Apache-2.0
"""Users whom a server of the tests lets in by a password, and a keyring in memory.

    office_database(cluster, name) -> database     an empty register, made anew
    let_in(cluster, database, user, password, role)
    Kept()                                         a keyring in memory

Nobody else is asked for a password.
"""

from __future__ import annotations

from pathlib import Path

import servers
from servers import Cluster

from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.services.servers import setting_up


def office_database(cluster: Cluster, name: str) -> str:
    """Make a database with an empty register, in place of one of that name."""
    cluster.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    cluster.sql(f"DROP DATABASE IF EXISTS {name}")
    cluster.sql(f"CREATE DATABASE {name} TEMPLATE {servers.TEMPLATE} STRATEGY file_copy")
    return name


def let_in(cluster: Cluster, database: str, user: str, password: str, role: Role) -> None:
    """Let somebody into a register, once the password was given."""
    setting_up.add_user(cluster.address(database), user, role, password)
    rules = Path(cluster.folder, "pg_hba.conf")
    told = rules.read_text("utf-8")
    line = f"host all {user} 127.0.0.1/32 scram-sha-256\n"
    if line not in told:
        rules.write_text(line + told, "utf-8")
        cluster.sql("SELECT pg_reload_conf()")


class Kept:
    """A keyring in memory, as the system's own answers."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]
