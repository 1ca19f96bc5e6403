# SPDX-License-Identifier: Apache-2.0
"""A line above a list of a drop-down: what is typed narrows it, the down arrow leads into it.

    FindLine(words)    .below: QListWidget, the list that it leads to

Must not narrow anything itself.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget

from imp_plus_desktop.ui.look.plain import set_name


class FindLine(QLineEdit):
    """Looks for something in the list below it."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.below: QListWidget | None = None
        self.setPlaceholderText(words)
        set_name(self, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Down or self.below is None:
            super().keyPressEvent(event)
            return
        rows = (row for row in range(self.below.count()) if not self.below.isRowHidden(row))
        self.below.setCurrentRow(next(rows, -1))
        self.below.setFocus()
