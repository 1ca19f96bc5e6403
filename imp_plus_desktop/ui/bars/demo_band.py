# SPDX-License-Identifier: Apache-2.0
"""The band over a window of invented people: nobody takes them for the office's own.

DemoBand(parent=None)      show_for(path, today)      there only for the register to try
"""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from imp_plus_desktop import paths
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import label


class DemoBand(QFrame):
    """One line, in the colour of a warning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "banner", Tone.WARN)
        self._words = label(role="heading", tone=Tone.WARN, elide=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(4), theme.space(1), theme.space(4), theme.space(1))
        layout.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_for(self, path: Path, today: date) -> None:
        """Say which day the invented people live in, where it is their register."""
        words = _("▲ Invented people, to try: it is {day} here, and nothing counts.")
        self._words.setText(words.format(day=format_day(today)))
        self.setVisible(paths.is_demo(path))
