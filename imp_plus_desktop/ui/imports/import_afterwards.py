# SPDX-License-Identifier: Apache-2.0
"""What can be done with an import beside importing: its rejected rows saved, its undoing told.

    undone_text(undone) -> str           what an undo did
    save_rejects(shell, parent, preview) asks where, and writes them

Must not undo anything itself.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _, format_iso, format_number, ngettext
from imp_plus_desktop.services.history.history import Undone
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.imports import Preview
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.shell.shell import Shell


def undone_text(undone: Undone) -> str:
    """What an undo did, with what it left alone."""
    kept = len(undone.kept)
    if not kept:
        return _("Undone.")
    return ngettext(
        "Undone; {count} value changed since was kept.",
        "Undone; {count} values changed since were kept.",
        kept,
    ).format(count=format_number(kept))


def save_rejects(shell: Shell, parent: QWidget, preview: Preview) -> None:
    """Ask where the rejected rows go, and write them."""
    # Not called after the sender's file, which may well be called after a person.
    name = _("rejected rows") + f"-{format_iso(shell.today())}"
    path = files.ask_save(parent, _("Save the rejected rows"), name, "workbook")
    if path is None:
        return

    def job(progress: Progress) -> int:
        return imports.save_rejects(shell.office, preview, path)

    def say(rows: int) -> None:
        text = ngettext("{count} row saved: {name}", "{count} rows saved: {name}", rows)
        shell.say_saved(text.format(count=format_number(rows), name=path.name), path)

    shell.start(_("Saving…"), job, say)
