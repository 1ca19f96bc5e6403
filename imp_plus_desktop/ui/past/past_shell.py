# SPDX-License-Identifier: Apache-2.0
"""What pages are handed that look at a past day: `PastShell(shell, office, parent)`.

It speaks to the same window, and its office is the one that is looked at: its day is today there.
"""

from PySide6.QtCore import QObject

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.shell.shell import Shell


class PastShell(Shell):
    """The window as a page of a past day sees it."""

    def __init__(self, shell: Shell, office: Office, parent: QObject) -> None:
        # Not as a window's own: the days that are typed elsewhere still count from today.
        QObject.__init__(self, parent)
        self._office = office
        self._told = 0
        self.sole = None
        self.totals = {}
        self.tasks, self.aside, self.keeping = shell.tasks, shell.aside, shell.keeping
        self.reporter = shell.reporter
        self.said.connect(shell.said)
        self.page_requested.connect(shell.page_requested)
        self.states_changed.connect(shell.states_changed)
        self.find_requested.connect(shell.find_requested)
