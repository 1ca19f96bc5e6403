# SPDX-License-Identifier: Apache-2.0
"""A year put away: which one, where to, and how far it is.

    archive_year(shell, window, year)      asks, then writes away from the window; can be stopped

Must not write anything itself: `services/archives` does.
"""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.archives import year_archive
from imp_plus_desktop.services.archives.year_archive import YearArchived
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.shell.shell import Shell


class YearArchiveDialog(FormDialog[int]):
    """Asks which year; the one that is looked at is proposed, else the one that waits for it."""

    def __init__(
        self, office: Office, looked_at: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("Archive of a year"),
            _("Choose where to…"),
            parent,
            sentence=" ".join((_what_it_is(), year_archive.kept_text())),
        )
        years = year_archive.years(office)
        self.form.add_choice("year", _("Year"), [(str(year), str(year)) for year in years])
        proposed = year_archive.proposed(office, looked_at)
        if proposed is not None:
            self.form.set_values({"year": str(proposed)})
        self.set_ok_enabled(bool(years))
        self.form.focus_field("year")

    def is_changed(self) -> bool:
        """There is nothing to lose."""
        return False

    def submit(self) -> bool:
        self.answer = int(self.form.value("year"))
        return True


def _what_it_is() -> str:
    return _(
        "One file with the reports as PDF for archives (PDF/A), the year’s workbook, and the "
        "journal with what verifies it. It is read back and verified before it is put there."
    )


def archive_year(shell: Shell, window: QWidget, looked_at: int | None = None) -> None:
    """Ask for a year and a place, and put the year away there."""
    office = shell.office
    year = YearArchiveDialog(office, looked_at, window).ask()
    if year is None:
        return
    name = _("archive-{year}").format(year=year)
    path = files.ask_save(window, _("Archive of {year}").format(year=year), name, "archive")
    if path is None:
        return

    def job(progress: Progress) -> YearArchived:
        return year_archive.write(office, year, path, progress)

    def done(made: YearArchived) -> None:
        said = _("Archived and verified: {name}").format(name=made.path.name)
        shell.say_saved(said, Path(made.path))

    shell.start(_("Archiving {year}…").format(year=year), job, done)
