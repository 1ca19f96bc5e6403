# SPDX-License-Identifier: Apache-2.0
"""A document as a PDF file: asks where, writes it page by page, and says so with a way to it.

save_as_pdf(shell, parent, paper)
put_on_paper(shell, parent, paper) before the eyes, and from there on a printer or into a file
say_in_file(shell, path)           the same words, of what the printer's dialog put into a file
"""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.paper import printing
from imp_plus_desktop.ui.paper.paper import Paper
from imp_plus_desktop.ui.shell.shell import Shell


def save_as_pdf(shell: Shell, parent: QWidget, paper: Paper) -> None:
    """Write a document where the user says; nothing when they do not, or when they stop it."""
    path = files.ask_save(parent, _("Save as PDF"), paper.name, "pdf")
    if path is not None:
        turns = printing.writing_pdf(path, paper, shell.office)
        shell.start_turns(_("Saving…"), turns, partial(_say_saved, shell, path))


def put_on_paper(shell: Shell, parent: QWidget, paper: Paper) -> None:
    """Show a document as it would come out of the printer, and print it from there. Errors: as
    `printing.preview`."""
    folder = files.folder_for(shell.settings, "pdf")
    say_in_file(shell, printing.preview(parent, paper, shell.office, folder))


def say_in_file(shell: Shell, path: Path | None) -> None:
    """Say where a file is that came out of the preview; nothing where paper did."""
    if path is not None:
        files.note(shell.settings, "pdf", path)
        _say_saved(shell, path, None)


def _say_saved(shell: Shell, path: Path, _written: None) -> None:
    shell.say_saved(_("Saved: {name}").format(name=path.name), path)
