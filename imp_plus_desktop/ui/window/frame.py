# SPDX-License-Identifier: Apache-2.0
"""What the parts of the window may ask of it, so that none of them knows the window itself."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow

from imp_plus_desktop.domain.reads.touched import EVERYTHING, Touched
from imp_plus_desktop.ui.bars.bands import Bands
from imp_plus_desktop.ui.bars.status_bar import StatusBar
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.shell.actions import State
from imp_plus_desktop.ui.shell.menu_bar import MenuBarActions
from imp_plus_desktop.ui.shell.shell import Shell


class Frame(QMainWindow):
    """The window as its parts see it; `MainWindow` fills it."""

    shell: Shell
    menu_actions: MenuBarActions
    status: StatusBar
    bands: Bands

    def current_page(self) -> Page:
        """Return the page in front."""
        raise NotImplementedError

    def open_page(self, key: str, argument: object = None) -> Page:
        """Bring a page to the front, fresh; the argument goes to its `open_with`."""
        raise NotImplementedError

    def page_keys(self) -> tuple[str, ...]:
        """Return the keys of all pages, in the order of the side bar."""
        raise NotImplementedError

    def find_anything(self, text: str = "") -> None:
        """Open the box that finds anything, over the page in front, with a text to look for."""
        raise NotImplementedError

    def action_state(self) -> State:
        """Return what stands in front of the user, as conditions of actions ask for it."""
        raise NotImplementedError

    def is_catching_up(self) -> bool:
        """Whether the files are brought up to date and no page is to be seen."""
        raise NotImplementedError

    def refresh(self, touched: Touched = EVERYTHING) -> None:
        """Show what was touched, in front at once and elsewhere when it is opened."""
        raise NotImplementedError

    def show_others(self, touched: Touched = EVERYTHING) -> bool:
        """Show what another desk touched, where it disturbs nobody; whether it did."""
        raise NotImplementedError

    def set_theme(self, mode: str, *, keep: bool = True) -> None:
        """Dress the window for `system`, `light` or `dark`."""
        raise NotImplementedError

    def set_language(self, code: str, *, keep: bool = True) -> None:
        """Speak `fr` or `en` from now on."""
        raise NotImplementedError
