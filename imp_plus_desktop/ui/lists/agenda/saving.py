# SPDX-License-Identifier: Apache-2.0
"""The deadlines shown as a file for a calendar program: asks with which names, and where.

save_calendar(shell, page, ids, title)
"""

from array import array

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _, format_iso
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.office.deadline import CalendarDialog
from imp_plus_desktop.ui.shell.shell import Shell


def save_calendar(shell: Shell, page: QWidget, ids: "array[int]", title: str) -> None:
    """Write these deadlines in the background; nothing where it is given up."""
    names = CalendarDialog(len(ids), parent=page.window()).ask()
    if names is None:
        return
    proposed = f"{title.lower()}-{format_iso(shell.today())}"
    path = files.ask_save(page, _("Save as a calendar"), proposed, "calendar")
    if path is None:
        return
    office = shell.office

    def job(progress: Progress) -> int:
        return agenda.save_calendar(office, path, names=names, ids=ids)

    def saved(count: int) -> None:
        shell.say_saved(_("Calendar saved: {name}").format(name=path.name), path)

    shell.start(_("Saving the calendar…"), job, saved)
