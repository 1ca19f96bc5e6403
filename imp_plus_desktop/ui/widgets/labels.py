# SPDX-License-Identifier: Apache-2.0
"""The plainest pieces: labels and buttons with their part in the style sheet, and thin lines.

    label(text="", role="", tone=Tone.PLAIN, *, wrap=False) -> QLabel
    button(text="", role="", icon="") -> QPushButton      role: "" | accent | link | ghost
    KeyButton(text="")                                    what it makes; Enter presses it
    line() -> QFrame                                      1 px across
    clear(layout)                                         frees everything in a layout

Texts are always plain: what a list brings can never be read as markup. Must not hold a text.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton

from imp_plus_desktop.ui import icons, theme
from imp_plus_desktop.ui.theme import Tone


def label(text: str = "", role: str = "", tone: Tone = Tone.PLAIN, *, wrap: bool = False) -> QLabel:
    """A label of plain text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    theme.set_role(made, role, tone)
    return made


class KeyButton(QPushButton):
    """A push button that Enter presses too, and not only in a dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def button(text: str = "", role: str = "", icon: str = "") -> QPushButton:
    """A push button; one without text needs an accessible name from its caller."""
    made = KeyButton(text)
    made.setAutoDefault(False)
    theme.set_role(made, role)
    if icon:
        made.setIconSize(QSize(16, 16))
        icons.dress(made, icon, "on_accent" if role == "accent" else "text")
    if role == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def line() -> QFrame:
    """A line across."""
    made = QFrame()
    theme.set_role(made, "line")
    return made


def clear(layout: QLayout) -> None:
    """Free the widgets and layouts inside a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
