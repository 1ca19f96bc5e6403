# SPDX-License-Identifier: Apache-2.0
"""The very first start of somebody: the welcome, and what to open after it.

    begin(settings) -> Start | None      None when the user gives up

The window asks nobody who has opened a register, or has one in their own folder.
"""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.settings import Settings


@dataclass(frozen=True, slots=True)
class Start:
    """What to open: the user's own register for None; and on which day, today for None."""

    register: Path | None = None
    day: date | None = None
    office: Office | None = None
    """A register on a server, which is open already."""


def begin(settings: Settings) -> Start | None:
    """Ask, keep the language and the name, and say what to open. Errors: as demo_window.make."""
    from imp_plus_desktop.ui.dialogs import files
    from imp_plus_desktop.ui.dialogs.register.welcome import Begin, ask_welcome
    from imp_plus_desktop.ui.dialogs.servers.open_server import ask_server

    name = settings.user_name
    while True:
        answer = ask_welcome(name)
        if answer is None:
            return None
        settings.language, settings.user_name = answer.language, answer.name
        if answer.begin is Begin.OWN:
            return Start()
        if answer.begin is Begin.DEMO:
            return _demo()
        if answer.begin is Begin.SERVER:
            reached = ask_server(settings=settings)
            if reached is not None:
                return Start(office=reached.office)
            name = answer.name
            continue
        chosen = files.ask_register(None)
        if chosen is not None:
            return Start(chosen)
        name = answer.name


def _demo() -> Start:
    from imp_plus_desktop import bootstrap
    from imp_plus_desktop.services.demo import demo_window
    from imp_plus_desktop.services.demo.demo import DEMO_DAY

    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        path = demo_window.make(lambda made, day: bootstrap.open_office(made, today=day))
    finally:
        QApplication.restoreOverrideCursor()
    return Start(path, DEMO_DAY)
