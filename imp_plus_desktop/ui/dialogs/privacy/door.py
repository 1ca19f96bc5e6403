# SPDX-License-Identifier: Apache-2.0
"""What the menu opens of personal information.

OPENS[what](shell, window, person)      `person` is whose file is open in front, if any is
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.privacy import assessment
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.privacy.privacy_forms import DeskDialog
from imp_plus_desktop.ui.dialogs.privacy.privacy_lists import IncidentsDialog, RetentionDialog
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.shell.tasks import JobProgress

Opens = Callable[[Shell, QWidget, int | None], None]


def _retention(shell: Shell, window: QWidget, person: int | None) -> None:
    RetentionDialog(shell, window, person).show()


def _incidents(shell: Shell, window: QWidget, _person: int | None) -> None:
    IncidentsDialog(shell, window).show()


def _desk(shell: Shell, window: QWidget, _person: int | None) -> None:
    act = DeskDialog(shell.office.as_shown(), window).ask()
    if act is not None:
        shell.changed(_("Protection of personal information recorded"), act)


def _assessment(shell: Shell, window: QWidget, _person: int | None) -> None:
    path = files.ask_save(
        window, _("Save the privacy impact assessment"), _("privacy-assessment"), "pdf"
    )
    if path is None:
        return

    def done(written: Path) -> None:
        shell.say_saved(_("Assessment saved"), written)

    job = partial(_written, shell.office, path)
    shell.start(_("Writing the assessment…"), job, done)


def _written(office: Office, path: Path, _progress: JobProgress) -> Path:
    return assessment.write(office, path)


OPENS: Mapping[str, Opens] = {
    "retention": _retention,
    "incidents": _incidents,
    "desk": _desk,
    "assessment": _assessment,
}
