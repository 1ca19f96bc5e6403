# SPDX-License-Identifier: Apache-2.0
"""A year's use of places as a curve, with the cap's line and where the pace leads.

    YearView(year, cap, points, as_of, effective=None, earliest=None, latest=None, band=None)
    YearChart(parent=None)     show_year(view), retranslate()

The curve is our own count; a dot stands at the use that counts. Painted by itself, so that it
follows theme, language and font. Must not compute anything about the programme.
"""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _, format_day_short
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import month_short, number
from imp_plus_desktop.ui.look.plain import set_about, set_tip
from imp_plus_desktop.ui.look.theme import Theme

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_TO_SCALE = 0.25


@dataclass(frozen=True, slots=True)
class YearView:
    """Places used up to each day, and where the paces of the last weeks lead.

    `effective` is the use that counts on `as_of` when it is not our own; `band` the lowest and
    the highest use on 31 December; `earliest` and `latest` the days on which the cap is reached.
    """

    year: int
    cap: int | None
    points: tuple[tuple[date, int], ...]
    as_of: date
    effective: int | None = None
    earliest: date | None = None
    latest: date | None = None
    band: tuple[int, int] | None = None


class YearChart(QWidget):
    """The year's use of places as a curve with the cap's line and the projection."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: YearView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_year(self, view: YearView) -> None:
        """Show the curve of a year."""
        self._view = view
        self.retranslate()

    def retranslate(self) -> None:
        """Write numbers and words anew."""
        set_about(self, self._spoken())
        set_tip(self, self._spoken())
        self.update()

    def sizeHint(self) -> QSize:
        body = theme.metrics().body
        return QSize(body * 36, body * 14)

    def minimumSizeHint(self) -> QSize:
        body = theme.metrics().body
        return QSize(body * 18, body * 9)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.sized_font(theme.metrics().small - 1, figures=True))
        if self._view is not None:
            _YearPainter(painter, QRectF(self.rect()), self._view, theme.current()).paint()
        painter.end()

    def _spoken(self) -> str:
        view = self._view
        if view is None:
            return ""
        used = view.points[-1][1] if view.points else 0
        said = _("{used} places used of {cap}").format(used=number(used), cap=number(view.cap))
        if view.earliest is None:
            return said
        return _("{used}; the cap may be reached from {day} on").format(
            used=said, day=format_day_short(view.earliest)
        )


class _YearPainter:
    """Paints one year's curve into a box."""

    def __init__(self, painter: QPainter, box: QRectF, view: YearView, colours: Theme) -> None:
        self._painter = painter
        self._view = view
        self._colours = colours
        own = view.points[-1][1] if view.points else 0
        cap = view.cap or 0
        counted = max(own, view.effective or 0)
        # A register that holds few of the year's applications keeps a scale of its own.
        self._to_scale = bool(cap) and own >= cap * _TO_SCALE
        self._from = counted if self._to_scale else own
        self._shift = self._from - counted
        highest = view.band[1] + self._shift if view.band is not None else 0
        self._most = max(self._from, min(highest, cap or highest))
        self._top_value = max(cap, self._most) if self._to_scale else _nice(self._most)
        metrics = painter.fontMetrics()
        words = max(metrics.horizontalAdvance(number(v)) for v in (self._top_value, cap))
        above = metrics.height() * (1.6 if self._to_scale else 2.6)
        self._plot = box.adjusted(words + 12, above, -8, -metrics.height() - 8)
        self._first = date(view.year, 1, 1)
        self._days = (date(view.year, 12, 31) - self._first).days

    def paint(self) -> None:
        self._paint_axes()
        self._paint_wedge()
        self._paint_curve()
        self._paint_effective()
        self._paint_cap()

    def _x(self, day: date) -> float:
        share = min(max((day - self._first).days / self._days, 0.0), 1.0)
        return self._plot.left() + share * self._plot.width()

    def _y(self, count: float) -> float:
        return self._plot.bottom() - count / self._top_value * self._plot.height()

    def _paint_axes(self) -> None:
        painter, plot = self._painter, self._plot
        height = painter.fontMetrics().height()
        for step in range(4):
            value = round(self._top_value * step / 3)
            y = self._y(value)
            painter.setPen(QPen(QColor(self._colours.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(self._colours.secondary))
            box = QRectF(0, y - height / 2, plot.left() - 8, height)
            painter.drawText(box, _RIGHT, number(value))
        room = plot.width() / 12
        widest = max(painter.fontMetrics().horizontalAdvance(month_short(m)) for m in range(1, 13))
        every = 1 if room > widest + 10 else 2 if room * 2 > widest + 10 else 3
        for month in range(1, 13, every):
            box = QRectF(self._x(date(self._view.year, month, 1)), plot.bottom() + 6, 80, height)
            painter.drawText(box, _LEFT, month_short(month))

    def _paint_curve(self) -> None:
        points = self._view.points
        line = [QPointF(self._x(self._first), self._y(0))]
        before = 0
        for day, count in points:
            line.append(QPointF(self._x(day), self._y(before)))
            line.append(QPointF(self._x(day), self._y(count)))
            before = count
        if points and self._view.as_of > points[-1][0]:
            line.append(QPointF(self._x(self._view.as_of), self._y(before)))
        # Many days look like a curve, few like steps; both are what happened.
        self._painter.setPen(QPen(QColor(self._colours.accent), 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPolyline(QPolygonF(line))

    def _paint_wedge(self) -> None:
        """Where the slowest and the fastest pace lead, up to the cap and to the year's end."""
        view = self._view
        if view.band is None:
            return
        low, high = (end + self._shift for end in view.band)
        right = self._x(date(view.year, 12, 31))
        # Without the cap's own place on the scale there is no day at which to meet it.
        ceiling = view.cap if view.cap and self._to_scale else high
        start = QPointF(self._x(view.as_of), self._y(self._from))
        shape = [start]
        if view.earliest is not None and self._to_scale and high > ceiling:
            shape.append(QPointF(self._x(view.earliest), self._y(ceiling)))
        if view.latest is not None and self._to_scale and low >= ceiling:
            shape.append(QPointF(self._x(view.latest), self._y(ceiling)))
        else:
            shape.append(QPointF(right, self._y(min(high, ceiling))))
            shape.append(QPointF(right, self._y(min(low, ceiling))))
        wedge = QColor(self._colours.accent_second)
        # A line where both paces say the same, so that it can be seen.
        self._painter.setPen(QPen(wedge, 1.4))
        wedge.setAlphaF(0.35)
        self._painter.setBrush(wedge)
        self._painter.drawPolygon(QPolygonF(shape))

    def _paint_effective(self) -> None:
        """A dot at the use that counts, where it is more than our own count."""
        view = self._view
        own = view.points[-1][1] if view.points else 0
        if not self._to_scale or self._from == own:
            return
        at = QPointF(self._x(view.as_of), self._y(self._from))
        self._painter.setPen(QPen(QColor(self._colours.card), 1.5))
        self._painter.setBrush(QColor(self._colours.accent_second))
        self._painter.drawEllipse(at, 4.5, 4.5)
        height = self._painter.fontMetrics().height()
        self._painter.setPen(QColor(self._colours.secondary))
        box = QRectF(
            self._plot.left(), at.y() - height / 2, at.x() - self._plot.left() - 10, height
        )
        self._painter.drawText(box, _RIGHT, _("{count} by the official count").format(
            count=number(self._from)))  # fmt: skip

    def _paint_cap(self) -> None:
        if not self._view.cap:
            return
        painter, plot = self._painter, self._plot
        height = painter.fontMetrics().height()
        y = self._y(self._view.cap) if self._to_scale else plot.top() - height * 1.1
        pen = QPen(QColor(self._colours.bad), 1.4, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        box = QRectF(plot.left(), y - height - 3, plot.width(), height)
        if self._to_scale:
            painter.drawText(box, _RIGHT, _("cap"))
            return
        painter.drawText(box, _RIGHT, _("cap, not to scale"))
        painter.setPen(QColor(self._colours.secondary))
        painter.drawText(
            QRectF(0, y - height / 2, plot.left() - 8, height), _RIGHT, number(self._view.cap)
        )


def _nice(value: int) -> int:
    """The next round number that divides by three, for an axis of three steps."""
    step = 1
    while True:
        for factor in (3, 6, 9, 15):
            if value <= factor * step:
                return factor * step
        step *= 10
