# SPDX-License-Identifier: Apache-2.0
"""Columns over words, such as the months of a year; each opens what it counts.

    ColumnBars(parent=None)    show_columns(words, counts, empty, marked=None)    signal opened(int)

The arrows choose a column, Enter and Space open it; `opened` tells its place from 0. Must not
compute anything about the programme.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import number
from imp_plus_desktop.ui.look.plain import set_about

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ColumnBars(QWidget):
    """How many of each; the one that is shown elsewhere may stand out."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._counts: tuple[int, ...] = ()
        self._marked: int | None = None
        self._empty = ""
        self._chosen = 0
        self._pointed = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_columns(
        self, words: Sequence[str], counts: Sequence[int], empty: str, marked: int | None = None
    ) -> None:
        """Show these counts over their words, or `empty` where nothing was counted; `marked` is
        the place of the one that stands out."""
        self._words, self._counts, self._marked = tuple(words), tuple(counts), marked
        self._empty = "" if any(counts) else empty
        self._chosen = min(self._chosen, max(len(self._counts) - 1, 0))
        pairs = zip(self._words, self._counts, strict=True)
        told = ", ".join(f"{text} {number(count)}" for text, count in pairs)
        set_about(self, self._empty or told)
        self.update()

    def sizeHint(self) -> QSize:
        body = theme.metrics().body
        return QSize(body * 36, body * 12)

    def minimumSizeHint(self) -> QSize:
        body = theme.metrics().body
        return QSize(body * 18, body * 7)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            last = len(self._counts) - 1
            self._chosen = min(max(self._chosen + _STEPS[key], 0), max(last, 0))
            self.update()
        elif key in _OPENS:
            self._open(self._chosen)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._chosen = place
            self._open(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place != self._pointed:
            self._pointed = place
            opens = place >= 0 and bool(self._counts[place])
            shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.sized_font(theme.metrics().small - 1, figures=True))
        height = painter.fontMetrics().height()
        plot = QRectF(self.rect()).adjusted(4, height + 6, -4, -height - 8)
        painter.setPen(QPen(QColor(theme.current().line), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        for place in range(len(self._counts)):
            self._paint_column(painter, plot, place, height)
        if self._empty:
            painter.setFont(theme.sized_font(theme.metrics().small))
            painter.setPen(QColor(theme.current().secondary))
            painter.drawText(plot, _CENTRE, self._empty)
        painter.end()

    def _paint_column(self, painter: QPainter, plot: QRectF, place: int, height: int) -> None:
        colours, step = theme.current(), plot.width() / len(self._counts)
        count, left = self._counts[place], plot.left() + place * step
        tall = plot.height() * count / max(max(self._counts), 1)
        painter.setPen(Qt.PenStyle.NoPen)
        pale = (place == self._pointed and self.underMouse()) or (
            self._marked is not None and place != self._marked
        )
        painter.setBrush(QColor(colours.accent_second if pale else colours.accent))
        column = QRectF(left + step * 0.2, plot.bottom() - tall, step * 0.6, tall)
        painter.drawRoundedRect(column, 2, 2)
        painter.setPen(QColor(colours.text))
        if count:
            above = QRectF(left, plot.bottom() - tall - height - 2, step, height)
            painter.drawText(above, _CENTRE, number(count))
        painter.setPen(QColor(colours.secondary))
        below = QRectF(left, plot.bottom() + 6, step, height)
        painter.drawText(below, _CENTRE, self._words[place])
        if self.hasFocus() and place == self._chosen:
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(below.adjusted(2, -2, -2, 2), 4, 4)

    def _place_at(self, at: QPointF) -> int:
        share = (at.x() - 4) / max(self.width() - 8, 1)
        return int(share * len(self._counts)) if 0 <= share < 1 else -1

    def _open(self, place: int) -> None:
        if place < len(self._counts) and self._counts[place]:
            self.opened.emit(place)
