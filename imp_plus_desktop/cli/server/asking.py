# SPDX-License-Identifier: Apache-2.0
"""Opens what lies on a server, with the password that it asks for.

The driver knows `PGPASSWORD` and `.pgpass`. Where it has none, the system's keyring is asked, and
then whoever sits at the terminal: no argument of a command holds a password.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.servers import passwords
from imp_plus_desktop.services.servers.places import Place, ServerAddress

T = TypeVar("T")
NEEDED = "server_password_needed"


def with_password(place: Place | None, do: Callable[[str], T]) -> T:
    """What `do` returns, given the password that a server asks for; empty for none. Errors: as
    `do`."""
    try:
        return do("")
    except StorageError as error:
        if error.code != NEEDED or not isinstance(place, ServerAddress):
            raise
        password = passwords.kept(place) or _typed()
        if not password:
            raise
    return do(password)


def _typed() -> str:
    if not sys.stdin.isatty():
        return ""
    import getpass

    return getpass.getpass(_("Password: "))
