# SPDX-License-Identifier: Apache-2.0
"""A snapshot of the office's register, for a computer that leaves the office.

take_along(shell, window)      asks where to and under which passphrase, and makes it aside
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.errors import NotAllowed
from imp_plus_desktop.i18n import _, format_iso
from imp_plus_desktop.services.copies import copy_process
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.servers import taking_along
from imp_plus_desktop.services.servers.taking_along import Snapshot
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.secrecy.chosen_passphrase import ChosenPassphraseDialog
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.servers.snapshot_texts import made_text


def asking(office: Office, window: QWidget) -> ChosenPassphraseDialog:
    """What asks for the passphrase of a snapshot."""
    return ChosenPassphraseDialog(
        _("Take a snapshot along"),
        _("Make the snapshot"),
        _(
            "The snapshot is an encrypted file with all that the register holds now, to be read"
            " only: nothing is ever recorded in it. Without its passphrase nobody opens it. The"
            " register’s journal says that it was made."
        ),
        taking_along.known_names(office),
        window,
    )


def take_along(shell: Shell, window: QWidget) -> None:
    """Ask, then make it in a process of its own. Errors: NotAllowed not_allowed."""
    office = shell.office
    if not taking_along.may_take(office):
        raise NotAllowed("not_allowed")
    name = _("snapshot-{day}").format(day=format_iso(shell.today()))
    path = files.ask_save(window, _("Take a snapshot along"), name, "register")
    if path is None:
        return
    passphrase = asking(office, window).ask()
    if passphrase is None:
        return

    def job(progress: Progress) -> Any:
        return copy_process.take_along(office, path, passphrase, progress)

    shell.start(_("Taking a snapshot…"), job, partial(_tell, shell))


def _tell(shell: Shell, made: Snapshot) -> None:
    shell.changed()
    shell.say_saved(made_text(made.at, made.path.name), made.path)
