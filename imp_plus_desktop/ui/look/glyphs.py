# SPDX-License-Identifier: Apache-2.0
"""The small signs that stand beside words, so that colour never speaks alone.

`paint(painter, box, glyph, colour)` draws one as a shape, independent of the fonts installed;
`OF_TONE` says which sign a tone has; `GlyphMark` is a sign as a widget. Must not hold a text.
"""

import enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone


class Glyph(enum.Enum):
    """The signs there are."""

    NONE = enum.auto()
    CHECK = enum.auto()
    TRIANGLE = enum.auto()
    CROSS = enum.auto()
    QUESTION = enum.auto()
    DISC = enum.auto()
    RING = enum.auto()
    BOX = enum.auto()
    CHEVRON = enum.auto()


OF_TONE = {
    Tone.OK: Glyph.CHECK,
    Tone.WARN: Glyph.TRIANGLE,
    Tone.BAD: Glyph.CROSS,
    Tone.UNKNOWN: Glyph.QUESTION,
    Tone.ACCENT: Glyph.DISC,
    Tone.PLAIN: Glyph.NONE,
}

# Lines as points of the unit square; drawn with a pen.
_STROKES: dict[Glyph, tuple[tuple[tuple[float, float], ...], ...]] = {
    Glyph.CHECK: (((0.12, 0.55), (0.40, 0.82), (0.90, 0.18)),),
    Glyph.CROSS: (((0.16, 0.16), (0.84, 0.84)), ((0.84, 0.16), (0.16, 0.84))),
    Glyph.CHEVRON: (((0.35, 0.15), (0.70, 0.50), (0.35, 0.85)),),
}


def paint(painter: QPainter, box: QRectF, glyph: Glyph, colour: QColor) -> None:
    """Draw `glyph` inside the square `box`."""
    if glyph is Glyph.NONE:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = max(box.width() / 7.5, 1.2)
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if glyph in _STROKES:
        for line in _STROKES[glyph]:
            painter.drawPolyline(_scaled(box, line))
    else:
        _paint_shape(painter, box, glyph, colour)
    painter.restore()


def _paint_shape(painter: QPainter, box: QRectF, glyph: Glyph, colour: QColor) -> None:
    width = painter.pen().widthF()
    if glyph is Glyph.TRIANGLE:
        painter.setBrush(colour)
        painter.drawPolygon(_scaled(box, ((0.5, 0.14), (0.92, 0.86), (0.08, 0.86))))
    elif glyph is Glyph.DISC:
        painter.setBrush(colour)
        painter.drawEllipse(box.center(), box.width() * 0.38, box.width() * 0.38)
    elif glyph is Glyph.RING:
        painter.drawEllipse(box.center(), box.width() * 0.40, box.width() * 0.40)
    elif glyph is Glyph.BOX:
        inset = box.width() * 0.12
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), width, width)
    elif glyph is Glyph.QUESTION:
        painter.setFont(theme.sized_font(round(box.height() * 1.2), semibold=True))
        wide = box.adjusted(-4, -4, 4, 4)
        painter.drawText(wide, int(Qt.AlignmentFlag.AlignCenter), "?")


def _scaled(box: QRectF, points: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF(
        [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in points]
    )


class GlyphMark(QWidget):
    """A sign as a widget: `GlyphMark(glyph, tone, parent)`. Says nothing to a screen reader."""

    def __init__(
        self,
        glyph: Glyph = Glyph.NONE,
        tone: Tone = Tone.PLAIN,
        parent: QWidget | None = None,
        *,
        scale: float = 0.92,
    ) -> None:
        super().__init__(parent)
        self._glyph = glyph
        self._tone = tone
        self._scale = scale
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_mark(self, glyph: Glyph, tone: Tone) -> None:
        """Show another sign."""
        self._glyph = glyph
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        sizes = theme.metrics()
        return QSize(round(sizes.body * self._scale) + 2, max(sizes.line, sizes.body + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        side = round(theme.metrics().body * self._scale)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        paint(painter, box, self._glyph, theme.current().ink(self._tone))
        painter.end()
