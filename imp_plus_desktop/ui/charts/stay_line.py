# SPDX-License-Identifier: Apache-2.0
"""Where somebody lived, on one line: stays side by side, days without one hatched, days with two
marked, and the day that the rule looks at.

    StayStretch(first, last, text, tone)        PLAIN for a gap, WARN for an overlap
    StayLineView(stretches, judged_on, judged_text)
    StayLine(parent=None)                       show_view(view)

Distances are softened as on the timeline: ten years abroad must not crush the month of the move.
Must not know a rule: tones come with the stretches.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import day_short
from imp_plus_desktop.ui.look.plain import set_about, set_tip
from imp_plus_desktop.ui.look.theme import Tone

_MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class StayStretch:
    """Days, both ends included, and what stands on them."""

    first: date
    last: date
    text: str
    tone: Tone = Tone.OK


@dataclass(frozen=True, slots=True)
class StayLineView:
    """The whole line. `judged_text` names the day that counts: receipt, or today."""

    stretches: tuple[StayStretch, ...] = ()
    judged_on: date = date.min
    judged_text: str = ""


class StayLine(QWidget):
    """The line, drawn; its description tells every stretch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = StayLineView()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_view(self, view: StayLineView) -> None:
        """Show these stretches."""
        self._view = view
        parts = [f"{s.text} {day_short(s.first)} – {day_short(s.last)}" for s in view.stretches]
        parts.append(f"{view.judged_text} {day_short(view.judged_on)}")
        set_about(self, "; ".join(parts))
        set_tip(self, "\n".join(parts))
        self.update()

    def sizeHint(self) -> QSize:
        sizes = theme.metrics()
        return QSize(sizes.body * 32, sizes.control + 2 * sizes.line + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._view.stretches:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.sized_font(theme.metrics().small))
        edges = places(self._view.stretches, self.width() - 2 * _MARGIN)
        for stretch, left, right in zip(self._view.stretches, edges, edges[1:], strict=False):
            self._paint_stretch(painter, stretch, _MARGIN + left, _MARGIN + right)
        self._paint_judged(painter, edges)
        painter.end()

    def _paint_stretch(
        self, painter: QPainter, stretch: StayStretch, left: float, right: float
    ) -> None:
        colours, sizes = theme.current(), theme.metrics()
        box = QRectF(left, sizes.line + 4.0, max(right - left - 1, 2.0), sizes.control - 6.0)
        ink = colours.ink(stretch.tone)
        fill = QColor(ink)
        fill.setAlpha(40)
        if stretch.tone is Tone.PLAIN:
            painter.setBrush(QBrush(QColor(colours.secondary), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(QColor(colours.line), 1, Qt.PenStyle.DashLine))
        else:
            painter.setBrush(fill)
            painter.setPen(QPen(ink, 1))
        painter.drawRoundedRect(box, 4, 4)
        words = QFontMetricsF(painter.font())
        room = box.adjusted(6, 0, -4, 0)
        text = words.elidedText(stretch.text, Qt.TextElideMode.ElideRight, room.width())
        if stretch.tone is not Tone.PLAIN and room.width() > words.horizontalAdvance("MM"):
            painter.setPen(QColor(colours.text))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
        below = day_short(stretch.first)
        if words.horizontalAdvance(below) < box.width():
            painter.setPen(QColor(colours.secondary))
            under = QRectF(box.left(), box.bottom() + 2, box.width(), sizes.line)
            painter.drawText(under, int(Qt.AlignmentFlag.AlignLeft), below)

    def _paint_judged(self, painter: QPainter, edges: Sequence[float]) -> None:
        colours, sizes = theme.current(), theme.metrics()
        view = self._view
        for stretch, left, right in zip(view.stretches, edges, edges[1:], strict=False):
            if not stretch.first <= view.judged_on <= stretch.last:
                continue
            days = (stretch.last - stretch.first).days + 1
            x = (
                _MARGIN
                + left
                + (right - left) * ((view.judged_on - stretch.first).days + 0.5) / days
            )
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawLine(QPointF(x, sizes.line), QPointF(x, sizes.line + sizes.control))
            words = QFontMetricsF(painter.font()).horizontalAdvance(view.judged_text) + 4
            start = min(max(x - words / 2, 0.0), self.width() - words)
            box = QRectF(start, 0, words, sizes.line)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), view.judged_text)


def places(stretches: Sequence[StayStretch], room: float) -> list[float]:
    """Where each stretch begins, and the end of the last: softened, none thinner than a sixth of
    an equal share."""
    sizes = [((s.last - s.first).days + 1) ** 0.5 for s in stretches]
    least = sum(sizes) / (6 * len(sizes))
    sizes = [max(size, least) for size in sizes]
    scale = room / sum(sizes)
    edges = [0.0]
    for size in sizes:
        edges.append(edges[-1] + size * scale)
    return edges
