# SPDX-License-Identifier: Apache-2.0
"""What one database engine alone knows, a package an engine; the rest of the storage asks here.

    Database                   an open register: statements that every engine reads, its `dialect`,
                               `counters`, `search` index, bulk inserts and transactions
    Desk                       who is signed in, and what they may
    ServerAddress, parse       where a register lies on a server; `connect_server` opens it
    derived_key, normalised    what opens a file in place of its passphrase; a passphrase as kept
    connect, connect_existing  open one; `identity` tells it from another in its place
    may_write, open_snapshot   whether one can be written; a private copy of one that cannot
    alone                      holds a file that nobody has open
    copying, exporting, shape, swapping   what is done with a whole register
    Step                       how far something is
    translated, *_ERRORS       what an engine's errors mean

Nobody else imports an engine's own modules, so that a second engine changes nothing outside.
"""

from __future__ import annotations

from collections.abc import Iterable

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.storage.engines.database import (
    ALL,
    LISTED,
    MOVED,
    NAMED,
    SEALING,
    SNAPSHOT,
    Database,
    Desk,
    Part,
    Step,
    translated,
)
from imp_plus_desktop.storage.engines.notices import Notices
from imp_plus_desktop.storage.engines.postgresql.address import (
    ServerAddress,
    ServerStatus,
    ShippedCap,
    is_address,
    parse,
)
from imp_plus_desktop.storage.engines.sqlite import copying, exporting, shape, swapping
from imp_plus_desktop.storage.engines.sqlite.access.keys import (
    SALT,
    bytes_of,
    derived_key,
    forget,
    is_raw,
    normalised,
)
from imp_plus_desktop.storage.engines.sqlite.access.unreadable import OTHER_KEY
from imp_plus_desktop.storage.engines.sqlite.failures import (
    CONSTRAINT_ERRORS,
    DRIVER_ERRORS,
    may_write,
)
from imp_plus_desktop.storage.engines.sqlite.migrating import is_older, migrate
from imp_plus_desktop.storage.engines.sqlite.opening import (
    connect,
    connect_existing,
    identity,
    opens,
)
from imp_plus_desktop.storage.engines.sqlite.salvaging.salvage import Salvage
from imp_plus_desktop.storage.engines.sqlite.snapshots.alone import alone
from imp_plus_desktop.storage.engines.sqlite.snapshots.snapshot import open_snapshot

__all__ = [
    "ALL",
    "CONSTRAINT_ERRORS",
    "DRIVER_ERRORS",
    "LISTED",
    "MOVED",
    "NAMED",
    "OTHER_KEY",
    "SALT",
    "SEALING",
    "SNAPSHOT",
    "Database",
    "Desk",
    "Notices",
    "Part",
    "Salvage",
    "ServerAddress",
    "ServerStatus",
    "ShippedCap",
    "Step",
    "add_user_on_server",
    "alone",
    "bytes_of",
    "connect",
    "connect_existing",
    "connect_server",
    "copying",
    "derived_key",
    "exporting",
    "forget",
    "identity",
    "is_address",
    "is_older",
    "is_raw",
    "make_on_server",
    "may_write",
    "migrate",
    "normalised",
    "open_snapshot",
    "opens",
    "parse",
    "remove_user_on_server",
    "shape",
    "standby_of",
    "status_of_server",
    "swapping",
    "translated",
    "upgrade_on_server",
]


def connect_server(
    address: ServerAddress, password: str = "", *, seen: tuple[str, int] = ("", 0)
) -> Database:
    """Open a register on a server, `seen` as its `whence` was. Errors: as
    `postgresql.opening.connect`."""
    # Half a second, and only here.
    from imp_plus_desktop.storage.engines.postgresql import opening

    return opening.connect(address, password, seen=seen)


def standby_of(primary: Database, password: str = "") -> Database | None:
    """A standby of an open register of a server, to be read in its place: it has all that is there
    now. None where there is none."""
    from imp_plus_desktop.storage.engines.postgresql import connection, standing_by

    if not isinstance(primary, connection.ServerDatabase):
        return None
    return standing_by.caught_up(primary, password)


def make_on_server(address: ServerAddress, caps: Iterable[ShippedCap], password: str = "") -> None:
    """Make an empty register on a server; `caps` of applications no desk passes unless an act has
    set others. Errors: as `postgresql.opening.make_at`."""
    from imp_plus_desktop.storage.engines.postgresql import opening

    opening.make_at(address, caps, password)


def add_user_on_server(
    address: ServerAddress, name: str, role: Role, password: str | None, own: str = ""
) -> None:
    """Make a user of a register, or change one; `own` is the password of whoever does so. Errors:
    as `postgresql.opening.add_user`."""
    from imp_plus_desktop.storage.engines.postgresql import opening

    opening.add_user(address, name, role, password, own)


def remove_user_on_server(address: ServerAddress, name: str, own: str = "") -> None:
    """Let a user in no more. Errors: as `postgresql.opening.remove_user`."""
    from imp_plus_desktop.storage.engines.postgresql import opening

    opening.remove_user(address, name, own)


def status_of_server(address: ServerAddress, password: str = "") -> ServerStatus:
    """How a register on a server is. Errors: as `postgresql.opening.connect`."""
    from imp_plus_desktop.storage.engines.postgresql import opening

    return opening.status(address, password)


def tidy_server(address: ServerAddress, password: str = "") -> None:
    """Leave nothing of what was destroyed in the tables of a server. Errors: as
    `postgresql.opening.tidy`."""
    from imp_plus_desktop.storage.engines.postgresql import opening

    opening.tidy(address, password)


def upgrade_on_server(address: ServerAddress, password: str = "") -> None:
    """Bring a register on a server to today's version. Errors: as `postgresql.opening.reached`;
    StorageError newer, not_allowed, server_without_register."""
    from imp_plus_desktop.storage.engines.postgresql import opening
    from imp_plus_desktop.storage.engines.postgresql.shape import upgrading

    database = opening.reached(address, password)
    try:
        if not opening.has_register(database):
            raise StorageError("server_without_register")
        upgrading.upgrade(database)
    finally:
        database.close()
