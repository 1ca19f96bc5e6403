# SPDX-License-Identifier: Apache-2.0
"""Exports of what is shown: asks where, writes in the background, says so with a way to it.

    Exporter(shell, parent)     parent: the page that stands behind the file dialog
        export_shown(what, name, columns, ids, fetch, person_of)   the list just as it is shown
        export_list(what, ids, name)      all that is known of these ids, to import again
        save_template()                   the empty workbook to fill in

Must not write a file by itself: the services do.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _, format_iso, format_number, ngettext
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column

if TYPE_CHECKING:
    from imp_plus_desktop.services.exports.exports import Exported


class Exporter(QObject):
    """Writes workbooks for one page."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._page = parent

    def export_shown(
        self,
        what: str,
        name: str,
        columns: Sequence[Column[Any]],
        ids: array[int],
        fetch: Callable[[Sequence[int]], Sequence[Any]],
        person_of: Callable[[Any], int | None],
    ) -> None:
        """Write these columns of these rows, and beside the name the register's number of the
        person whose row it is; `what` the journal calls the list, and `name` is proposed for the
        file, with the day."""
        from imp_plus_desktop.services.exports import export_process, exports

        path = self._ask(name, _("Export the list shown"))
        if path is None:
            return
        office = self._shell.office
        wanted = array("q", ids)
        shown = [
            exports.ShownColumn(column.heading(), column.kind == "number") for column in columns
        ]
        place = 1 + next((at for at, column in enumerate(columns) if column.key == "name"), -1)
        shown.insert(place, exports.number_column(office))
        number_of = office.own_numbers.of

        people: set[int] = set()

        def rows() -> Iterator[list[str]]:
            for start in range(0, len(wanted), exports.BATCH):
                for row in fetch(wanted[start : start + exports.BATCH]):
                    cells = [column.told(row) for column in columns]
                    person = person_of(row)
                    people.update(() if person is None else (person,))
                    cells.insert(place, "" if person is None else number_of(person))
                    yield cells

        def job(progress: Progress) -> Exported:
            count = len(wanted)
            people.clear()
            return export_process.export_shown(
                office, what, name, path, shown, rows(), count, people, progress
            )

        self._shell.start(_("Exporting…"), job, self._on_exported)

    def export_list(self, what: str, ids: array[int], name: str) -> None:
        """Write all that is known of these; `name` is proposed for the file, with the day."""
        from imp_plus_desktop.services.exports import export_process

        path = self._ask(name, _("Export all columns of the list"))
        if path is None:
            return
        office = self._shell.office
        wanted = array("q", ids)

        def job(progress: Progress) -> Exported:
            return export_process.export(office, what, path, ids=wanted, progress=progress)

        self._shell.start(_("Exporting…"), job, self._on_exported)

    def _ask(self, name: str, title: str) -> Path | None:
        day = format_iso(self._shell.today())
        proposed = name.lower() if day in name else f"{name.lower()}-{day}"
        return files.ask_save(self._page, title, proposed, "workbook")

    def save_template(self) -> None:
        """Write the empty workbook to fill in."""
        from imp_plus_desktop.services.exports import exports

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
