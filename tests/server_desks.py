# SPDX-License-Identifier: Apache-2.0
"""Desks of one register on the tests' own server: users of each role, and what a clever one types.

    Desks(name)                 `.make()`, `.begin()`, `.office(user)`, `.plain(user)`, `.drop()`
    Forger(database)            writes acts by hand, with every sign where the program puts it

Users: ana and bea are clerks, luc leads, eve administers, rob reads.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import servers
from office_builders import invite, receive

from imp_plus_desktop import bootstrap
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import setting_up
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.engines import Database, ServerAddress
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.journal import ActHeader, ChangeRecord

USERS = {
    "ana": Role.CLERK,
    "bea": Role.CLERK,
    "luc": Role.LEAD,
    "eve": Role.ADMIN,
    "rob": Role.READ,
}
TODAY = date(2023, 11, 22)


class Desks:
    """One register on the tests' own server, and the people who work in it."""

    def __init__(self, database: str, folder: Path) -> None:
        self.cluster, self.database, self._folder = servers.a_cluster(), database, folder
        self._opened: list[Office] = []
        self.is_new = False
        """Whether it is as it was begun, for tests that leave it so."""

    def address(self, user: str = servers.OWNER) -> ServerAddress:
        return self.cluster.address(self.database, user)

    def make(self) -> None:
        setting_up.init(self.address(), bootstrap.load_programme())
        for name, role in USERS.items():
            setting_up.add_user(self.address(), name, role, f"a password of {name}")

    def begin(self) -> None:
        """Make it anew with one application, where anything was kept since it was begun."""
        if not self.is_new:
            self.drop()
            self.make()
            office = self.office("ana")
            receive(office, invite(office, 1))
            self.is_new = True

    def stands(self) -> bool:
        """Whether the register and its users are there: users are the whole cluster's, and another
        register of the tests may have had the same names since."""
        return bool(
            self.cluster.sql(
                "SELECT COUNT(*) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
                " JOIN pg_roles u ON u.oid = m.member JOIN pg_database d"
                f" ON d.datname = '{self.database}' WHERE u.rolname = 'ana'"
                f" AND g.rolname = 'imp_{self.database}_clerk'"
            )[0]
        )

    def office(self, user: str) -> Office:
        """The program as somebody has it open; what the settings call them counts for nothing."""
        settings = Settings(self._folder / f"{user}.ini")
        settings.user_name = "Somebody else"
        opened = bootstrap.open_office(self.address(user), today=TODAY, settings=settings)
        self._opened.append(opened)
        return opened

    def plain(self, user: str = servers.OWNER, *, autocommit: bool = True) -> Any:
        """A connection as psql has it."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.cluster.port,
            dbname=self.database,
            user=user,
            autocommit=autocommit,
            options="-c search_path=imp_plus,public",
        )

    def close(self) -> None:
        for office in self._opened:
            office.close()
        self._opened.clear()

    def drop(self) -> None:
        self.close()
        self.cluster.sql(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
        roles = self.cluster.sql(
            "SELECT string_agg(quote_ident(rolname), ', ') FROM pg_roles"
            f" WHERE rolname LIKE 'imp\\_{self.database}\\_%'"
            f" OR rolname IN ({', '.join(repr(name) for name in (*USERS, 'zoe'))})"
        )[0]
        if roles:
            self.cluster.sql(f"DROP ROLE {roles}")


class Forger:
    """Writes acts as the program does, and tells in them what it likes."""

    def __init__(self, address: ServerAddress) -> None:
        self.db: Database = engines.connect_server(address)

    def close(self) -> None:
        self.db.close()

    def act(
        self,
        who: str,
        *statements: str,
        tells: tuple[ChangeRecord, ...] = (),
        service: str = "people.edit",
        details: str = "{}",
        undoes: int | None = None,
        number: int | None = None,
    ) -> int:
        """Execute statements and write an act over them, in one transaction. `{act}` in them is
        its id."""
        with engines.translated(self.db), self.db.writing():
            own = number or self.db.counters.last("act") + 1
            for statement in statements:
                self.db.execute_sql(statement.replace("{act}", str(own)))
            digests = journal.write_changes(self.db, own, tells)
            at = datetime(2023, 11, 22, 15, tzinfo=UTC)
            header = ActHeader(at, who, service, undoes=undoes)
            journal.append(self.db, own, header, details, digests)
        return own
