# SPDX-License-Identifier: Apache-2.0
"""The band over a window whose server does not answer, or whose register has another format by now:
what is loaded can be read on.

LineBand(parent=None)     show_lost(error)     show_back()
    signal again()        the server is to be asked at once
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.care.place_texts import line_text


class LineBand(QFrame):
    """One line, with a button that tries again."""

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "banner", Tone.WARN)
        self._words = label(role="heading", tone=Tone.WARN, wrap=True)
        self.button = button(role="link")
        self.button.clicked.connect(self.again)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(4), theme.space(1), theme.space(4), theme.space(1))
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.button)
        self._error: StorageError | None = None
        self.hide()

    def show_lost(self, error: StorageError) -> None:
        """Say that the server does not answer."""
        self._error = error
        self.retranslate()
        self.show()

    def show_back(self) -> None:
        """It answers again."""
        self._error = None
        self.hide()

    def retranslate(self) -> None:
        """Write the line anew."""
        if self._error is None:
            return
        text = line_text(self._error)
        self._words.setText(f"▲ {text}")
        set_tip(self._words, text)
        set_name(self, text)
        changed = self._error.code == "format_changed"
        self.button.setText(_("Open it anew") if changed else _("Try again"))

    def words(self) -> str:
        """What it says."""
        return self._words.text()
