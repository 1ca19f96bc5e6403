# SPDX-License-Identifier: Apache-2.0
"""Exports of what is shown: asks where, writes in the background, says so with a way to it.

    Exporter(shell, parent)     parent: the page that stands behind the file dialog
        export_list(what, ids, name)      the list shown: these ids in their order
        save_template()                   the empty workbook to fill in

Must not write a file by itself: the services do.
"""

from array import array
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _, format_iso, format_number, ngettext
from imp_plus_desktop.services import exports
from imp_plus_desktop.services.exports import Exported
from imp_plus_desktop.services.progress import Progress
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.shell import Shell


class Exporter(QObject):
    """Writes workbooks for one page."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._page = parent

    def export_list(self, what: str, ids: "array[int]", name: str) -> None:
        """Write a list; `name` is proposed for the file, with the day."""
        proposed = f"{name.lower()}-{format_iso(self._shell.today())}"
        path = files.ask_save(self._page, _("Export the list shown"), proposed, "workbook")
        if path is None:
            return
        office = self._shell.office
        wanted = array("q", ids)

        def job(progress: Progress) -> Exported:
            return exports.export(office, what, path, ids=wanted, progress=progress)

        self._shell.start(_("Exporting…"), job, self._on_exported)

    def save_template(self) -> None:
        """Write the empty workbook to fill in."""
        path = files.ask_save(
            self._page, _("Save an empty template"), _("list-template"), "workbook"
        )
        if path is None:
            return
        exports.template(self._shell.office, path)
        self._shell.say_saved(_("Template saved: {name}").format(name=path.name), path)

    def _on_exported(self, done: Exported) -> None:
        text = ngettext("{count} row saved: {name}", "{count} rows saved: {name}", done.rows)
        path = Path(done.path)
        self._shell.say_saved(text.format(count=format_number(done.rows), name=path.name), path)
