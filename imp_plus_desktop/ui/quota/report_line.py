# SPDX-License-Identifier: Apache-2.0
"""The ground of a line of a report: a click anywhere on it is one on the number that opens its
rows. The keyboard has the number itself.

    ReportLine(link)
    Opening(link, opened, kind, chosen)      what the number does
"""

from PySide6.QtCore import QEvent, QObject, Qt, SignalInstance
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.widgets.chosen_chip import Chosen


class Opening(QObject):
    """Opens the rows behind one figure of the report; it lives with its link."""

    def __init__(self, link: QWidget, opened: SignalInstance, kind: str, chosen: Chosen) -> None:
        super().__init__(link)
        self._opened = opened
        self._kind = kind
        self._chosen = chosen

    def open(self) -> None:
        self._opened.emit(self._kind, self._chosen)


class ReportLine(QWidget):
    """Lies behind a line's words and numbers, which let clicks through."""

    def __init__(self, link: QAbstractButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._is_under = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_tip(self, link.toolTip())

    def enterEvent(self, event: QEvent) -> None:
        self._mark(True)

    def leaveEvent(self, event: QEvent) -> None:
        self._mark(False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_on = self.rect().contains(event.position().toPoint())
        if is_on and event.button() == Qt.MouseButton.LeftButton:
            self._link.click()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_under:
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(theme.current().hover))
            painter.end()

    def _mark(self, is_under: bool) -> None:
        self._is_under = is_under
        self.update()
