# SPDX-License-Identifier: Apache-2.0
"""A document as a PDF file: asks where, writes it, and says so with a way to it.

save_as_pdf(shell, parent, paper)      Errors: ExchangeError cannot_write
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.paper import printing
from imp_plus_desktop.ui.paper.paper import Paper
from imp_plus_desktop.ui.shell.shell import Shell


def save_as_pdf(shell: Shell, parent: QWidget, paper: Paper) -> None:
    """Write a document where the user says; nothing when they do not. Errors: cannot_write."""
    path = files.ask_save(parent, _("Save as PDF"), paper.name, "pdf")
    if path is not None:
        printing.write_pdf(path, paper)
        shell.say_saved(_("Saved: {name}").format(name=path.name), path)
