# SPDX-License-Identifier: Apache-2.0
"""A small window that hangs from a button, stays while one works in it, and closes by itself.

    DropDown(title, parent)     .body: QVBoxLayout  .head: QHBoxLayout     signal closed()
        open_below(anchor, where=None)    below a widget, or below a part of it

A click elsewhere and Escape close it; what was chosen in it holds. Must not know what is in it.
"""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.ui.look import reading_order, theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.labels import label


class DropDown(QFrame):
    """Hangs below what opened it."""

    closed = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.set_role(self, "drop")
        set_name(self, title)
        heading = label(title, role="heading", elide=True)
        self.head = QHBoxLayout()
        self.head.addWidget(heading, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.space(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(3))
        layout.setSpacing(theme.space(2))
        layout.addLayout(self.head)
        layout.addLayout(self.body, 1)

    def open_below(self, anchor: QWidget, where: QRect | None = None) -> None:
        """Show below a widget, or below a part of it, wholly inside the window."""
        part = anchor.rect() if where is None else where
        self.adjustSize()
        size, screen = self.size(), self._room(anchor)
        corner = anchor.mapToGlobal(part.bottomLeft()) + QPoint(0, 3)
        below = screen.bottom() - corner.y() - theme.space(2)
        if size.height() > below:
            self.setFixedHeight(max(below, theme.metrics().row * 6))
        left = min(corner.x(), screen.right() - size.width() - theme.space(2))
        self.move(max(left, screen.left()), corner.y())
        self.show()

    def _room(self, anchor: QWidget) -> QRect:
        """The part of the screen that the anchor's window has."""
        window = anchor.window()
        whole = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
        return whole.intersected(anchor.screen().availableGeometry())

    def focusNextPrevChild(self, next: bool) -> bool:
        return reading_order.step(self, next) or super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()
