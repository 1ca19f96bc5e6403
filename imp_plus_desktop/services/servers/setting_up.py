# SPDX-License-Identifier: Apache-2.0
"""Sets up a register on a server and tells how it is; for whoever administers it.

init(address) -> ServerStatus       makes an empty register, and its database where it may
upgrade(address) -> ServerStatus    brings it to the version of this program
status(address) -> ServerStatus
"""

from __future__ import annotations

from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.engines import ServerAddress, ServerStatus


def init(address: ServerAddress, password: str = "") -> ServerStatus:
    """Make an empty register. Errors: StorageError server_has_register, not_allowed,
    server_unreachable, server_refused, server_certificate, server_pooled, server_too_old."""
    engines.make_on_server(address, password)
    return status(address, password)


def upgrade(address: ServerAddress, password: str = "") -> ServerStatus:
    """Bring a register to today's version. Errors: as `status`; StorageError not_allowed, newer."""
    engines.upgrade_on_server(address, password)
    return status(address, password)


def status(address: ServerAddress, password: str = "") -> ServerStatus:
    """How the register of a server is. Errors: as `engines.connect_server`."""
    return engines.status_of_server(address, password)
