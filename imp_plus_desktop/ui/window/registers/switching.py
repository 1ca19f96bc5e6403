# SPDX-License-Identifier: Apache-2.0
"""Opens another register in the window, and lists those that were opened before.

    Switching(window)
        new_register(), ask_register(), ask_server()
        open_register(place, create=False)      a file, or an address on a server
        fill_recent(), on_recent_triggered(action)

The present register stays until the other one is open.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from imp_plus_desktop import paths
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import places, taking_along
from imp_plus_desktop.services.servers.places import Place, ServerAddress
from imp_plus_desktop.ui.look.menus import set_entry
from imp_plus_desktop.ui.look.plain import set_status, set_tip
from imp_plus_desktop.ui.window.frame import Frame

RECENT = "recent"
"""The menu of the registers opened before."""


def kind_of(office: Office) -> dict[str, Any]:
    """What a `State` says of the open register, and of who works in it."""
    return {
        "rights": office.rights,
        "encrypted": office.is_encrypted,
        "on_server": office.server is not None,
        "lockable": office.is_lockable,
        "taken_along": taking_along.may_take(office),
    }


class Switching(QObject):
    """What a window does to work on another register."""

    def __init__(self, window: Frame) -> None:
        super().__init__(window)
        self._window, self._shell = window, window.shell

    def new_register(self) -> None:
        """Make an empty register and open it."""
        from imp_plus_desktop.ui.dialogs import files

        path = files.ask_new_register(self._window)
        if path is not None:
            self.open_register(path, create=True)

    def ask_register(self) -> None:
        """Ask which file to open."""
        from imp_plus_desktop.ui.dialogs import files

        path = files.ask_register(self._window)
        if path is not None:
            self.open_register(path)

    def ask_server(self) -> None:
        """Ask for a register on a server, and open it."""
        from imp_plus_desktop.ui.dialogs.servers.open_server import ask_server, kept_text

        former = self._shell.office
        reached = ask_server(
            former.server, self._window, today=former.clock.day, settings=former.settings
        )
        if reached is None:
            return
        office, sole = reached.office, self._shell.sole
        if sole is not None and not sole.enter(office.place):
            office.close()
            self._say_open_already(office.place)
            return
        try:
            self._take(office)
        finally:
            if sole is not None:
                sole.stay(self._shell.office.place)
        if not reached.is_kept:
            self._shell.say(kept_text())

    def open_register(self, place: Place, *, create: bool = False) -> None:
        """Work on another register. StorageError goes to the reporter; the present one stays, and
        so it does where a window of that register comes to the front."""
        sole = self._shell.sole
        if sole is not None and not sole.enter(place):
            self._say_open_already(place)
            return
        try:
            office = self._opened(place, create=create)
            if office is not None:
                self._take(office)
        finally:
            if sole is not None:
                sole.stay(self._shell.office.place)

    def _say_open_already(self, place: Place) -> None:
        said = _("{name} is already open in a window of its own, which is now in front.")
        self._shell.say(said.format(name=places.name_of(place)))

    def _opened(self, place: Place, *, create: bool) -> Office | None:
        former = self._shell.office
        if isinstance(place, ServerAddress):
            from imp_plus_desktop.ui.dialogs.servers.open_server import open_server

            reached = open_server(place, self._window, former=former)
            return None if reached is None else reached.office
        from imp_plus_desktop.ui.dialogs.register.register_away import open_or_mend

        return open_or_mend(place, self._window, former=former, create=create)

    def _take(self, office: Office) -> None:
        former = self._shell.office
        self._shell.set_office(office)
        former.close()
        if not paths.is_demo(office.register_path):
            office.settings.remember_register(office.place)
        self._window.open_page("overview")
        self.fill_recent()
        self._shell.say(_("Opened {name}").format(name=office.name))

    def fill_recent(self) -> None:
        """Write the list of recent registers anew."""
        menu = self._window.menu_actions.menu(RECENT)
        menu.clear()
        present = str(self._shell.office.place)
        others = [told for told in self._shell.settings.recent_registers if told != present]
        for told in others:
            with suppress(InvalidInput):  # another version knew how to read it
                name = places.name_of(places.place_of(told))
                action = QAction(menu)
                set_entry(action, name)
                set_tip(action, told)
                set_status(action, told)
                action.setData(told)
                menu.addAction(action)
        menu.menuAction().setEnabled(bool(menu.actions()))
        if menu.actions():
            menu.addSeparator()
            forget = QAction(menu)
            set_entry(forget, _("Forget these registers"))
            told = _("They leave this list; nothing else of them is changed")
            set_tip(forget, told)
            set_status(forget, told)
            menu.addAction(forget)

    def on_recent_triggered(self, action: QAction) -> None:
        """Open one of the recent registers; one whose drive is away stays in the list. The last
        entry empties it."""
        if action.data() is None:
            self._forget()
            return
        place = places.place_of(str(action.data()))
        if isinstance(place, Path) and not place.is_file():
            said = _("{name} is not there; is its drive or network connected?")
            self._shell.say(said.format(name=place.name))
            return
        self.open_register(place)

    def _forget(self) -> None:
        settings = self._shell.settings
        present = str(self._shell.office.place)
        for told in settings.recent_registers:
            if told != present:
                settings.forget_register(told)
        self.fill_recent()
        self._shell.say(_("The list of recent registers is empty; nothing else was changed."))
