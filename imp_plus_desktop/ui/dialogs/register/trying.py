# SPDX-License-Identifier: Apache-2.0
"""Opens the invented people in a window of their own: `try_demo(shell, day)`."""

from datetime import date
from pathlib import Path

from imp_plus_desktop import bootstrap, i18n
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.demo import demo_window
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.shell.shell import Shell


def try_demo(shell: Shell, day: date) -> None:
    """Make the register where it is not there yet, then open it beside this one."""

    def job(progress: Progress) -> Path:
        return demo_window.make(lambda path, on: bootstrap.open_office(path, today=on), day)

    def open_it(_path: Path) -> None:
        if not demo_window.start(i18n.current_language(), day):
            shell.say(_("The window could not be opened."))

    shell.start(_("Making the invented people ready…"), job, open_it)
