# SPDX-License-Identifier: Apache-2.0
"""The band over the window of who only reads, whose lists nobody has brought to today yet.

BehindBand(parent=None)     show_for(office)     says what they lack, and hides where it is nothing
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.words.care.place_texts import behind_text


class BehindBand(QFrame):
    """One line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "banner", Tone.WARN)
        self._words = label(role="heading", tone=Tone.WARN, wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(4), theme.space(1), theme.space(4), theme.space(1))
        layout.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_for(self, office: Office) -> None:
        """Say what the lists of an open register lack."""
        lacking = summary.behind(office)
        text = "" if lacking is None else behind_text(lacking.day, lacking.missing)
        self._words.setText(text and f"▲ {text}")
        set_tip(self._words, text)
        set_name(self, text)
        self.setVisible(bool(text))

    def words(self) -> str:
        """What it says."""
        return self._words.text()
