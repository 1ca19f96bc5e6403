# SPDX-License-Identifier: Apache-2.0
"""Asks how copies are kept: of a register in a file, or of one on a server."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.ui.shell.shell import Shell


def ask_how_kept(shell: Shell, parent: QWidget) -> None:
    """Ask how the copies are kept, beside what there is of them."""
    from imp_plus_desktop.ui.dialogs.care.copies import CopiesDialog
    from imp_plus_desktop.ui.dialogs.care.server_copies import ServerCopiesDialog

    if shell.office.server is not None:
        ServerCopiesDialog(shell, parent).ask()
    else:
        CopiesDialog(shell, parent).ask()
