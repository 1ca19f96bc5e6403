# SPDX-License-Identifier: Apache-2.0
"""Sets up a register on a server and tells how it is; for whoever administers it.

init(address, programme) -> ServerStatus    makes an empty register, and its database where it may
upgrade(address) -> ServerStatus            brings it to the version of this program
status(address) -> ServerStatus
tidy(address) -> ServerStatus               leaves nothing of what was destroyed in its tables
add_user(address, name, role, password), remove_user(address, name) -> ServerStatus
"""

from __future__ import annotations

from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.services.secrecy.strength import strength
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.engines import ServerAddress, ServerStatus, ShippedCap

Status = ServerStatus


def init(address: ServerAddress, programme: Programme, own: str = "") -> ServerStatus:
    """Make an empty register, which holds every desk to the caps of the programme unless an act
    sets others. Errors: StorageError server_has_register, server_unreachable, server_refused,
    server_password_needed, server_certificate, server_pooled, server_too_old; NotAllowed
    may_not_make."""
    engines.make_on_server(address, shipped_caps(programme), own)
    return status(address, own)


def upgrade(address: ServerAddress, own: str = "") -> ServerStatus:
    """Bring a register to today's version. Errors: as `status`; StorageError not_allowed, newer."""
    engines.upgrade_on_server(address, own)
    return status(address, own)


def shipped_caps(programme: Programme) -> list[ShippedCap]:
    """The caps of applications that are shipped, as the server keeps them."""
    return [
        ShippedCap(cap.year, cap.limit, cap.from_day.isoformat(), int(cap.each_year))
        for cap in programme.caps
        if cap.ledger is Ledger.APPLICATIONS
    ]


def status(address: ServerAddress, own: str = "") -> ServerStatus:
    """How the register of a server is. Errors: as `engines.connect_server`."""
    return engines.status_of_server(address, own)


def tidy(address: ServerAddress, own: str = "") -> ServerStatus:
    """Leave nothing of what was destroyed in the tables of a server. Errors: as `status`;
    StorageError locked; NotAllowed not_owner."""
    engines.tidy_server(address, own)
    return status(address, own)


def add_user(
    address: ServerAddress, name: str, role: Role, password: str | None, own: str = ""
) -> ServerStatus:
    """Let somebody in, or change what they may, and their password where one is given.

    Errors: as `status`; InvalidInput bad_user_name, user_is_others, password_needed, password_weak;
    NotAllowed not_allowed.
    """
    if password is not None:
        # Everybody in the network may try it: it is held to what a register's passphrase is.
        known = (name, address.database, *(host for host, _port in address.hosts))
        if not strength(password, known).is_enough:
            raise InvalidInput("password_weak")
    engines.add_user_on_server(address, name, role, password, own)
    return status(address, own)


def remove_user(address: ServerAddress, name: str, own: str = "") -> ServerStatus:
    """Let somebody in no more. Errors: as `status`; InvalidInput bad_user_name, not_a_user;
    NotAllowed not_allowed."""
    engines.remove_user_on_server(address, name, own)
    return status(address, own)
