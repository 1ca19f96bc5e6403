# SPDX-License-Identifier: Apache-2.0
"""A file's dated facts as dots on one axis, with their words below.

    TimelinePoint(day, text, tone=Tone.ACCENT)       today is a point like the others (PLAIN)
    Timeline(parent=None)       set_points(points), retranslate()

Distances are softened: facts years apart must not crush those of one week. Labels take as many
rows as they need and never overlap; a thin line ties each to its dot. Must not know a rule.
"""

import itertools
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import day_short
from imp_plus_desktop.ui.look.plain import set_about, set_tip
from imp_plus_desktop.ui.look.theme import Tone

_GAP = 12
_DOT = 4.5


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """One dated fact."""

    day: date
    text: str
    tone: Tone = Tone.ACCENT


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a point's dot and label stand: `x` of the dot, `left` and `row` of the label."""

    point: TimelinePoint
    x: float
    left: float
    width: float
    row: int


class Timeline(QWidget):
    """The dots and their words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[TimelinePoint, ...] = ()
        self._rows = 1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def set_points(self, points: Sequence[TimelinePoint]) -> None:
        """Show these facts, in the order of their days."""
        self._points = tuple(sorted(points, key=lambda p: p.day))
        self.retranslate()

    def retranslate(self) -> None:
        """Write the days anew; also the description for screen readers."""
        spoken = "; ".join(f"{p.text} {day_short(p.day)}" for p in self._points)
        set_about(self, spoken)
        set_tip(self, spoken.replace("; ", "\n"))
        self._reflow()
        self.update()

    def placed(self) -> list[Placed]:
        """Where everything stands at the present width."""
        return place(self._points, self._label_widths(), float(self.width()))

    def sizeHint(self) -> QSize:
        sizes = theme.metrics()
        below = self._rows * (2 * sizes.line + 8)
        return QSize(sizes.body * 30, round(2 * _DOT + 14 + below))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reflow()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._points:
            return
        colours, sizes = theme.current(), theme.metrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axis = _DOT + 4
        painter.setPen(QPen(QColor(colours.line), 2))
        painter.drawLine(QPointF(0, axis), QPointF(self.width(), axis))
        placed = self.placed()
        painter.setPen(QPen(QColor(colours.line), 1))
        for item in placed:
            if item.row:
                top = self._label_top(item.row)
                painter.drawLine(QPointF(item.x, axis), QPointF(item.x, top))
        for item in placed:
            self._paint_label(painter, item, sizes, colours)
        painter.setPen(QPen(QColor(colours.card), 2))
        for item in placed:
            painter.setBrush(colours.ink(item.point.tone))
            painter.drawEllipse(QPointF(item.x, axis), _DOT + 1, _DOT + 1)
        painter.end()

    def _paint_label(
        self, painter: QPainter, item: Placed, sizes: theme.Metrics, colours: theme.Theme
    ) -> None:
        top = self._label_top(item.row)
        box = QRectF(item.left, top, item.width, sizes.line + 1)
        painter.fillRect(box.adjusted(-2, 0, 2, sizes.line), QColor(colours.card))
        side = int(_alignment(item, self.width()))
        painter.setPen(QColor(colours.text))
        painter.setFont(theme.sized_font(sizes.small))
        painter.drawText(box, side, item.point.text)
        painter.setPen(QColor(colours.secondary))
        painter.setFont(theme.sized_font(sizes.small - 1))
        box.translate(0, sizes.line)
        painter.drawText(box, side, day_short(item.point.day))

    def _label_top(self, row: int) -> float:
        return 2 * _DOT + 12 + row * (2 * theme.metrics().line + 8)

    def _label_widths(self) -> list[float]:
        sizes = theme.metrics()
        words = QFontMetricsF(theme.sized_font(sizes.small))
        days = QFontMetricsF(theme.sized_font(sizes.small - 1))
        return [
            max(words.horizontalAdvance(p.text), days.horizontalAdvance(day_short(p.day))) + 2
            for p in self._points
        ]

    def _reflow(self) -> None:
        rows = 1 + max((item.row for item in self.placed()), default=0)
        if rows != self._rows:
            self._rows = rows
            self.updateGeometry()


def _alignment(item: Placed, room: int) -> Qt.AlignmentFlag:
    """Words pushed away from an end of the axis still begin, or end, at that end."""
    if item.left <= 0:
        return Qt.AlignmentFlag.AlignLeft
    if item.left + item.width >= room:
        return Qt.AlignmentFlag.AlignRight
    return Qt.AlignmentFlag.AlignHCenter


def place(points: Sequence[TimelinePoint], widths: Sequence[float], room: float) -> list[Placed]:
    """Dots at softened distances over `room`, each label in the first row where it is free."""
    if not points:
        return []
    margin = _DOT + 2
    gaps = [max((b.day - a.day).days, 0) ** 0.5 + 1.5 for a, b in itertools.pairwise(points)]
    scale = max(room - 2 * margin, 1) / (sum(gaps) or 1)
    row_ends: list[float] = []
    placed = []
    x = margin
    for number, (point, width) in enumerate(zip(points, widths, strict=True)):
        if number:
            x += gaps[number - 1] * scale
        left = min(max(x - width / 2, 0.0), max(room - width, 0.0))
        row = next((r for r, end in enumerate(row_ends) if left >= end + _GAP), len(row_ends))
        row_ends[row : row + 1] = [left + width]
        placed.append(Placed(point, x, left, width, row))
    return placed
