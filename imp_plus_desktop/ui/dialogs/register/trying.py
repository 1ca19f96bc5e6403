# SPDX-License-Identifier: Apache-2.0
"""Opens the invented people in a window of their own: `try_demo(shell, living=…)`."""

from pathlib import Path

from imp_plus_desktop import bootstrap, i18n
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.demo import demo_window
from imp_plus_desktop.services.demo.demo import DEMO_DAY
from imp_plus_desktop.services.demo.demo_living import LIVING_DAY
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.shell.shell import Shell


def try_demo(shell: Shell, *, living: bool) -> None:
    """Make the register of 2024, or the living one of 2026, where it is not there yet; then open
    it beside this one."""
    day = LIVING_DAY if living else DEMO_DAY

    def job(progress: Progress) -> Path:
        return demo_window.make(lambda path, on: bootstrap.open_office(path, today=on), day)

    def open_it(_path: Path) -> None:
        if not demo_window.start(i18n.current_language(), day):
            shell.say(_("The window could not be opened."))

    shell.start(_("Making the invented people ready…"), job, open_it)
