# SPDX-License-Identifier: Apache-2.0
"""The register as it was at the end of a day, made away from the window and kept while looked at.

    PastDay(shell, parent)
        make(day)        begin; `came` tells when it is there, and a stop or a failure tells nothing
        end()            what is looked at goes
        office           None while nothing is looked at
        is_outlived()    whether somebody was erased since, who may still be in it
    signals: came()      it is there
             went()      it had to go: the window is locked or closes, another register is opened

Must not know what is shown of it.
"""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.proof import anew
from imp_plus_desktop.services.proof.anew import LookedAtOffice
from imp_plus_desktop.ui.shell.shell import Shell


class PastDay(QObject):
    """Holds one past day for one page."""

    came = Signal()
    went = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.office: LookedAtOffice | None = None
        shell.past_over.connect(self._on_past_over)

    def make(self, day: date) -> None:
        """Have the register of the end of that day made; what was looked at stays until then."""
        said = _("Finding what the register knew on {day}…").format(day=format_day(day))
        self._shell.start(said, partial(anew.looked_at, self._shell.office, day), self._on_made)

    def end(self) -> None:
        """Let go of what is looked at."""
        office, self.office = self.office, None
        if office is not None:
            self._shell.rest()  # what is counted aside counts in it
            office.end()

    def is_outlived(self) -> bool:
        """Whether it may show somebody who was erased since it was made."""
        return self.office is not None and self.office.is_outlived(self._shell.office)

    def _on_made(self, made: LookedAtOffice) -> None:
        former, self.office = self.office, made
        self.came.emit()
        if former is not None:
            self._shell.rest()
            former.end()

    def _on_past_over(self) -> None:
        if self.office is not None:
            self.went.emit()
            self.end()
