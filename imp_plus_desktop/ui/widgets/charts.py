# SPDX-License-Identifier: Apache-2.0
"""Three plain pictures of the year: the cap as a gauge, its use over the year, the path to permits.

    CapView(cap, own, official, effective)                 plain counts; cap None: none is known
    CapGauge(parent=None)      show_cap(view), retranslate()
    YearView(year, cap, points, as_of, earliest=None, latest=None)
    YearChart(parent=None)     show_year(view), show_months(counts), retranslate()
    PipelineLine(key, text, count)
    PipelineBars(parent=None)  set_lines(lines)            signal activated(str)

Painted by themselves, so that they follow theme, language and font. Must not compute anything
about the programme: the board's numbers come in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _, format_percent, ngettext
from imp_plus_desktop.ui import theme
from imp_plus_desktop.ui.format import month_short, number
from imp_plus_desktop.ui.theme import Theme, Tone
from imp_plus_desktop.ui.widgets.labels import clear, label
from imp_plus_desktop.ui.widgets.lists import RowButton

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_WARN_AT = 0.80
_BAD_AT = 0.97
_TO_SCALE = 0.25


@dataclass(frozen=True, slots=True)
class CapView:
    """Counts of one year: places used in our register, the official count, and the higher."""

    cap: int | None
    own: int
    official: int | None
    effective: int


@dataclass(frozen=True, slots=True)
class YearView:
    """Places used up to each day, and the span of days on which the cap may be reached."""

    year: int
    cap: int | None
    points: tuple[tuple[date, int], ...]
    as_of: date
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class PipelineLine:
    """One step of the path and how many reached it."""

    key: str
    text: str
    count: int


class CapGauge(QWidget):
    """The number that matters, large, and what it is made of in one bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CapView | None = None
        self._number = label(role="figure")
        self._caption = label(role="secondary")
        self._bar = _CapBar(self)
        self._own = _Legend("accent", self)
        self._official = _Legend("accent_second", self)
        self._used = label()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._number)
        left.addWidget(self._caption)
        under = QHBoxLayout()
        under.setSpacing(theme.space(4))
        under.addWidget(self._own)
        under.addWidget(self._official)
        under.addStretch(1)
        under.addWidget(self._used)
        right = QVBoxLayout()
        right.setSpacing(theme.space(1))
        right.addStretch(1)
        right.addWidget(self._bar)
        right.addLayout(under)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(6))
        layout.addLayout(left)
        layout.addLayout(right, 1)

    def show_cap(self, view: CapView) -> None:
        """Show these counts."""
        self._view = view
        self.retranslate()

    def retranslate(self) -> None:
        """Write numbers and words anew."""
        view = self._view
        if view is None:
            return
        remaining = (view.cap or 0) - view.effective
        if view.cap is None:
            self._number.setText(number(view.effective))
            self._caption.setText(_("places used, no cap known"))
        else:
            self._number.setText(number(max(remaining, 0)))
            places = ngettext("place left of {cap}", "places left of {cap}", max(remaining, 0))
            self._caption.setText(places.format(cap=number(view.cap)))
        self._own.set_text(_("our register {count}").format(count=number(view.own)))
        self._official.setVisible(view.official is not None)
        self._official.set_text(_("official count {count}").format(count=number(view.official)))
        self._show_share(view, remaining)
        self._bar.set_shares(view)
        said = (self._number.text(), self._caption.text(), self._own.text(), self._used.text())
        self.setAccessibleDescription(", ".join(said))

    def _show_share(self, view: CapView, remaining: int) -> None:
        if not view.cap:
            self._used.setText("")
            return
        share = view.effective / view.cap
        tone, sign = Tone.PLAIN, ""
        if share >= _WARN_AT:
            tone, sign = (Tone.BAD if share >= _BAD_AT else Tone.WARN), "▲ "
        theme.set_role(self._used, "small" if tone is Tone.PLAIN else "finding", tone)
        if remaining < 0:
            words = _("{count} over the cap").format(count=number(-remaining))
        else:
            words = _("{share} used").format(share=format_percent(share))
        self._used.setText(sign + words)


class YearChart(QWidget):
    """The year's use of places as a curve with the cap's line, or by month as columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: YearView | None = None
        self._months: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_year(self, view: YearView) -> None:
        """Show the curve of a year."""
        self._view, self._months = view, ()
        self.retranslate()

    def show_months(self, counts: Sequence[int]) -> None:
        """Show twelve columns, January first."""
        self._view, self._months = None, tuple(counts)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the axes and the description for screen readers anew."""
        self.setAccessibleDescription(self._spoken())
        self.setToolTip(self._spoken())
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
        if self._months:
            _paint_months(painter, QRectF(self.rect()), self._months, theme.current())
        elif self._view is not None:
            _YearPainter(painter, QRectF(self.rect()), self._view, theme.current()).paint()
        painter.end()

    def _spoken(self) -> str:
        if self._months:
            pairs = enumerate(self._months, start=1)
            return ", ".join(f"{month_short(m)} {number(count)}" for m, count in pairs)
        if self._view is None:
            return ""
        used = self._view.points[-1][1] if self._view.points else 0
        return _("{used} places used of {cap}").format(
            used=number(used), cap=number(self._view.cap)
        )


class PipelineBars(QWidget):
    """One bar a step, in proportion; each opens the files it counts."""

    activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def set_lines(self, lines: Sequence[PipelineLine]) -> None:
        """Show these steps, the first at the top."""
        clear(self._layout)
        most = max((shown.count for shown in lines), default=0)
        metrics = self.fontMetrics()
        words = max((metrics.horizontalAdvance(shown.text) for shown in lines), default=0)
        for shown in lines:
            row = _PipelineRow(shown, most, words, self)
            row.opened.connect(self.activated)
            self._layout.addWidget(row)


class _PipelineRow(RowButton):
    def __init__(self, shown: PipelineLine, most: int, words: int, parent: QWidget) -> None:
        super().__init__(shown.key, shown.text, number(shown.count), parent)
        self._share = shown.count / most if most else 0.0
        self._words = words

    def sizeHint(self) -> QSize:
        sizes = theme.metrics()
        return QSize(self._words + sizes.body * 14, sizes.line + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        colours, sizes = theme.current(), theme.metrics()
        box = QRectF(self.rect())
        painter.setPen(QColor(colours.text))
        painter.setFont(theme.sized_font(sizes.body, figures=True))
        painter.drawText(box, _LEFT, self.text())
        painter.drawText(box.adjusted(0, 0, -2, 0), _RIGHT, self.count)
        left = self._words + sizes.body * 1.5
        room = max(box.width() - left - sizes.body * 4, 0)
        bar = QRectF(left, box.center().y() - sizes.body * 0.42, 0, sizes.body * 0.84)
        bar.setWidth(max(room * self._share, 2.0 if self._share else 0.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.setOpacity(0.85)
        painter.drawRoundedRect(bar, 2, 2)
        painter.end()


class _CapBar(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._own = 0.0
        self._all = 0.0
        self.setFixedHeight(round(theme.metrics().body * 1.1))
        self.setMinimumWidth(theme.metrics().body * 8)

    def set_shares(self, view: CapView) -> None:
        whole = max(view.cap or 0, view.effective, view.own, 1)
        self._own = view.own / whole
        self._all = max(view.effective, view.own) / whole
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        radius = box.height() / 2
        parts = (
            (1.0, colours.line),
            (self._all, colours.accent_second),
            (self._own, colours.accent),
        )
        for share, colour in parts:
            if share <= 0:
                continue
            # Clipped, so that a part thinner than the rounding keeps the bar's own outline.
            painter.save()
            painter.setClipRect(QRectF(0, 0, max(box.width() * share, 2), box.height()))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(box, radius, radius)
            painter.restore()
        painter.end()


class _Legend(QWidget):
    """A square of a colour of the theme and what it stands for."""

    def __init__(self, token: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._token = token
        self._label = label(role="small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.metrics().body + 4, 0, 0, 0)
        layout.addWidget(self._label)

    def set_text(self, text: str) -> None:
        self._label.setText(text)

    def text(self) -> str:
        return self._label.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme.metrics().small * 0.8
        painter = QPainter(self)
        painter.fillRect(
            QRectF(0, (self.height() - side) / 2, side, side),
            QColor(getattr(theme.current(), self._token)),
        )
        painter.end()


class _YearPainter:
    """Paints one year's curve into a box."""

    def __init__(self, painter: QPainter, box: QRectF, view: YearView, colours: Theme) -> None:
        self._painter = painter
        self._view = view
        self._colours = colours
        self._most = max((count for _day, count in view.points), default=0)
        cap = view.cap or 0
        self._to_scale = bool(cap) and self._most >= cap * _TO_SCALE
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
        view = self._view
        if not (self._to_scale and view.cap and view.earliest and view.points):
            return
        start = QPointF(self._x(view.as_of), self._y(view.points[-1][1]))
        year_end = date(view.year, 12, 31)
        shape = [start, QPointF(self._x(view.earliest), self._y(view.cap))]
        if view.latest is not None:
            shape.append(QPointF(self._x(view.latest), self._y(view.cap)))
        else:
            right = self._x(year_end)
            shape.append(QPointF(right, self._y(view.cap)))
            shape.append(QPointF(right, start.y()))
        self._painter.setPen(Qt.PenStyle.NoPen)
        wedge = QColor(self._colours.accent_second)
        wedge.setAlphaF(0.35)
        self._painter.setBrush(wedge)
        self._painter.drawPolygon(QPolygonF(shape))

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


def _paint_months(painter: QPainter, box: QRectF, counts: Sequence[int], colours: Theme) -> None:
    height = painter.fontMetrics().height()
    plot = box.adjusted(4, height + 6, -4, -height - 8)
    most = max(max(counts), 1)
    step = plot.width() / len(counts)
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.drawLine(plot.bottomLeft(), plot.bottomRight())
    for month, count in enumerate(counts, start=1):
        left = plot.left() + (month - 1) * step
        tall = plot.height() * count / most
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(
            QRectF(left + step * 0.2, plot.bottom() - tall, step * 0.6, tall), 2, 2
        )
        painter.setPen(QColor(colours.text))
        if count:
            above = QRectF(left, plot.bottom() - tall - height - 2, step, height)
            painter.drawText(above, _CENTRE, number(count))
        painter.setPen(QColor(colours.secondary))
        below = QRectF(left, plot.bottom() + 6, step, height)
        painter.drawText(below, _CENTRE, month_short(month))


def _nice(value: int) -> int:
    """The next round number that divides by three, for an axis of three steps."""
    step = 1
    while True:
        for factor in (3, 6, 9, 15):
            if value <= factor * step:
                return factor * step
        step *= 10
