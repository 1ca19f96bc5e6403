# SPDX-License-Identifier: Apache-2.0
"""Commands on a person's page, each done by one method.

    class OfficeActions(NamedActions): commands = {"person.contact": "contact", …}
        def contact(self, person_id, entry) -> None

Must not know a command: each page's part names its own.
"""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.messages import error_text


class NamedActions(QObject):
    """Does a command by the method that `commands` names."""

    commands: ClassVar[Mapping[str, str]]

    def __init__(self, shell: Shell, page: QWidget) -> None:
        super().__init__(page)
        self._shell = shell
        self._page = page

    def do(self, command: str, person_id: int, entry: int | None = None) -> bool:
        """Do a command, False for one that it does not know.

        What can be mended is said in the status bar.
        """
        name = self.commands.get(command)
        if name is None:
            return False
        try:
            getattr(self, name)(person_id, entry)
        except AppError as error:
            self._shell.say(error_text(error))
        return True
