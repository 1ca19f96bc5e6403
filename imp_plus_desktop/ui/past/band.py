# SPDX-License-Identifier: Apache-2.0
"""The band over what is shown as of a past day.

    PastBand(parent=None)
        say(text, about)        which day it is, and what that means
        retranslate()
        right                   a layout for what else may be chosen
    signals: another(), back()      another day is wanted; today is

Must not know what is shown.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import button, label


class PastBand(QFrame):
    """Two lines, in the colour of a warning: nobody takes what was for what is."""

    another = Signal()
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "banner", Tone.WARN)
        self._said = label(role="heading", tone=Tone.WARN, elide=True)
        self._about = label(role="small", wrap=True)
        self._another = button(role="link")
        self._back = button(role="link")
        self._another.clicked.connect(self.another)
        self._back.clicked.connect(self.back)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._said)
        words.addWidget(self._about)
        self.right = QHBoxLayout()
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(2))
        line.setSpacing(theme.space(4))
        line.addLayout(words, 1)
        line.addLayout(self.right)
        for one in (self._another, self._back):
            line.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        self.retranslate()

    def retranslate(self) -> None:
        """Write its own words anew."""
        self._another.setText(_("Another day…"))
        self._back.setText(_("Back to today (Esc)"))

    def say(self, text: str, about: str) -> None:
        """Say which day it is, and what that means."""
        self._said.setText(text)
        self._about.setText(about)

    def said(self) -> str:
        """What it says of the day."""
        return self._said.text()

    def about(self) -> str:
        """What it says of what that means."""
        return self._about.text()
