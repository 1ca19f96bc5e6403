# SPDX-License-Identifier: Apache-2.0
"""Opens a register, asking for its passphrase when it is encrypted, or for the password of its user
on a server.

    open_asking(path, parent=None, *, today=None, settings=None, create=True, former=None)

None when the user gives up. `former` is what stands open: its day and settings go on, and where it
is the same register, its passphrase, which is never kept beyond the open register, nor logged.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from imp_plus_desktop import paths
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office import restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers.places import Place, ServerAddress
from imp_plus_desktop.settings import Settings

_ASKING = restoring.OTHER_KEY


def open_asking(
    path: Place | None,
    parent: QWidget | None = None,
    *,
    today: date | None = None,
    settings: Settings | None = None,
    create: bool = True,
    former: Office | None = None,
) -> Office | None:
    """The open register; None when no passphrase or password was given. Errors: StorageError, all
    others."""
    if isinstance(path, ServerAddress):
        from imp_plus_desktop.ui.dialogs.servers.open_server import open_server

        reached = open_server(path, parent, today=today, settings=settings, former=former)
        return None if reached is None else reached.office
    passphrase: str | None = None
    if former is not None:
        today, settings = former.clock.day, former.settings
        passphrase = former.known_passphrase(path)
    while True:
        try:
            return open_office(
                path, today=today, settings=settings, create=create, passphrase=passphrase
            )
        except StorageError as error:
            if error.code not in _ASKING:
                raise
            # A plain register, and the window's start, do without forms.
            from imp_plus_desktop.ui.dialogs.register.passphrase import PassphraseDialog

            name = (path or paths.register_file()).name
            passphrase = PassphraseDialog(name, error if passphrase else None, parent).ask()
        if passphrase is None:
            return None
