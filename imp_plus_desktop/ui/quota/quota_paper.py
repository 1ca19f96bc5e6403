# SPDX-License-Identifier: Apache-2.0
"""A year's cap on paper: the sheets that its workbook has, as tables; and as of a past day.

quota_paper(office, year, past=False) -> Paper
export_past_year(shell, page, past, year)      a workbook of the day that is looked at
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.reads.outward import OutPaper
from imp_plus_desktop.i18n import _, format_day, format_iso
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.exports.plain_tables import quota_tables
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.ui.paper.paper import Paper, Part, Table
from imp_plus_desktop.ui.past.past_shell import PastShell
from imp_plus_desktop.ui.quota.past_year import PastYear
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.proof.check_texts import head_line

if TYPE_CHECKING:
    from imp_plus_desktop.services.exports.exports import Exported


def quota_paper(office: Office, year: int, *, past: bool = False) -> Paper:
    """The year as the office knows it on its day, which the title tells where it is `past`."""
    parts = tuple(
        Part(made.title, table=Table(made.header, made.rows, made.right))
        for made in quota_tables(office, year)
    )
    day = office.clock.today()
    title = _("Annual cap {year}").format(year=year)
    if past:
        title = _("Annual cap {year} as of {day}").format(year=year, day=format_day(day))
    name = _name(year, day if past else None)
    people = frozenset(exports.people_of(office, "quota", None, year=year))
    notes = (head_line(checking.head(office)),)
    return Paper(title, format_day(day), parts, notes, name, OutPaper.QUOTA, people)


def export_past_year(shell: Shell, page: QWidget, past: PastYear, year: int) -> None:
    """Ask for a place, and write the year as of the day that is looked at there."""
    from imp_plus_desktop.ui.dialogs import files

    path = files.ask_save(page, _("Export the annual cap"), _name(year, past.day), "workbook")
    if path is None:
        return
    office = past.office()

    def job(progress: Progress) -> Exported:
        return exports.export(office, "quota", path, year=year, progress=progress)

    def on_exported(done: Exported) -> None:
        said = _("Saved: {name}").format(name=Path(done.path).name)
        shell.say_saved(said, Path(done.path))

    PastShell(shell, office, page).start(_("Exporting…"), job, on_exported)


def _name(year: int, day: date | None) -> str:
    name = _("annual-cap-{year}").format(year=year)
    return name if day is None else f"{name}-{format_iso(day)}"
