# SPDX-License-Identifier: Apache-2.0
"""What can be done with an import beside importing: its rejected rows and its conflicts saved, its
undoing told.

    undone_text(undone) -> str              what an undo did
    save_rejects(shell, parent, preview)    asks where, and writes them
    save_conflicts(shell, parent, preview)  the same for the values that both have changed

Must not undo anything itself.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _, format_iso, format_number, ngettext
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.exports.exports import ShownColumn
from imp_plus_desktop.services.history.history import Undone
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.imports import Preview
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.imports.steps.sides.sides_presenter import (
    conflict_cells,
    conflict_headers,
)
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


def save_conflicts(shell: Shell, parent: QWidget, preview: Preview | None) -> None:
    """Ask where a list of the conflicts goes, and write it: for whoever can tell which is right."""
    from imp_plus_desktop.ui.dialogs import files

    if preview is None:
        return
    title = _("Conflicts")
    name = title.lower() + f"-{format_iso(shell.today())}"
    path = files.ask_save(parent, _("Save the conflicts"), name, "workbook")
    if path is None:
        return
    columns = [ShownColumn(header) for header in conflict_headers()]
    rows = [conflict_cells(side) for side in preview.conflicts]
    people = {one.person_id for one in preview.conflicts}

    def job(progress: Progress) -> int:
        return exports.export_shown(
            shell.office, "conflicts", title, path, columns, rows, len(rows), people, progress
        ).rows

    def say(count: int) -> None:
        text = ngettext("{count} conflict saved: {name}", "{count} conflicts saved: {name}", count)
        shell.say_saved(text.format(count=format_number(count), name=path.name), path)

    shell.start(_("Saving…"), job, say)


def save_rejects(shell: Shell, parent: QWidget, preview: Preview | None) -> None:
    """Ask where the rejected rows go, and write them."""
    from imp_plus_desktop.ui.dialogs import files

    if preview is None:
        return
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
