# SPDX-License-Identifier: Apache-2.0
"""Permits and passports on one time axis: what runs, what is missing, what is shared, what is lost.

    Bar(first, last, text, tone, lost=False)      a permit, or the days that a passport has cost
    PermitView(bars, passports, today, lines)     passports: last days; lines: what to read below
    PermitStrip(parent=None)                      show_view(view), retranslate()

Gaps between bars are hatched, days shared by two permits stand out. Must not know a rule.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import day_short
from imp_plus_desktop.ui.look.plain import set_about, set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, FindingList
from imp_plus_desktop.ui.widgets.labels import label

_MARGIN = 6
_DAYS_AROUND = 45
"""How much time is shown before the first and after the last fact."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days, both ends included; `lost` for days that nobody has."""

    first: date
    last: date
    text: str
    tone: Tone = Tone.OK
    lost: bool = False


@dataclass(frozen=True, slots=True)
class PermitView:
    """What the strip shows."""

    bars: tuple[Bar, ...] = ()
    passports: tuple[date, ...] = ()
    today: date = date.min
    lines: tuple[FindingLine, ...] = ()


class PermitStrip(QWidget):
    """Title, axis, and the lines to read; not there at all without a permit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(role="heading")
        self.axis = PermitAxis(self)
        self.findings = FindingList(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        layout.addWidget(self._title)
        layout.addWidget(self.axis)
        layout.addWidget(self.findings)
        self.hide()

    def show_view(self, view: PermitView) -> None:
        """Show these permits."""
        self.axis.show_view(view)
        self.findings.show_lines(view.lines)
        self.findings.setVisible(bool(view.lines))
        self.setVisible(bool(view.bars))

    def retranslate(self) -> None:
        """Write the title anew; what comes with a view is already in the language."""
        self._title.setText(_("Permits and passports"))
        set_name(self.axis, _("Permits and passports"))


class PermitAxis(QWidget):
    """The bars, the passports' ends and today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = PermitView()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_view(self, view: PermitView) -> None:
        """Show these permits; also the description for screen readers."""
        self._view = view
        parts = [f"{b.text} {day_short(b.first)} – {day_short(b.last)}" for b in view.bars]
        parts += [_("Passport until {day}").format(day=day_short(last)) for last in view.passports]
        set_about(self, "; ".join(parts))
        set_tip(self, "\n".join(parts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        sizes = theme.metrics()
        first, last = span(self._view) if self._view.bars else (date.max, date.min)
        marked = any(first <= expiry <= last for expiry in self._view.passports)
        return QSize(sizes.body * 30, sizes.control + (4 if marked else 3) * sizes.line)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._view.bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.sized_font(theme.metrics().small))
        first, last = span(self._view)
        scale = _Scale(first, last, float(self.width()))
        self._paint_years(painter, scale)
        self._paint_between(painter, scale)
        for bar in self._view.bars:
            self._paint_bar(painter, scale, bar)
        self._paint_marks(painter, scale)
        painter.end()

    def _top(self) -> float:
        return theme.metrics().line + 4.0

    def _height(self) -> float:
        return float(theme.metrics().control - 6)

    def _paint_years(self, painter: QPainter, scale: "_Scale") -> None:
        colours = theme.current()
        bottom = self._top() + self._height() + 4
        for year in range(scale.first.year, scale.last.year + 2):
            x = scale.x(date(year, 1, 1))
            if not _MARGIN <= x <= self.width() - _MARGIN:
                continue
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QPointF(x, self._top() - 2), QPointF(x, bottom))
            room = QFontMetricsF(painter.font()).horizontalAdvance(str(year)) + 4
            if x + room > self.width():
                continue
            painter.setPen(QColor(colours.secondary))
            words = QRectF(x + 3, bottom - 2, room, theme.metrics().line + 2)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft), str(year))

    def _paint_between(self, painter: QPainter, scale: "_Scale") -> None:
        """Hatch the days without a permit, mark those with two."""
        colours = theme.current()
        held = sorted((b for b in self._view.bars if not b.lost), key=lambda b: b.first)
        for before, after in pairwise(held):
            if (after.first - before.last).days > 1:
                area = self._area(scale, before.last + timedelta(1), after.first)
                painter.fillRect(area, QBrush(colours.ink(Tone.BAD), Qt.BrushStyle.BDiagPattern))

    def _paint_bar(self, painter: QPainter, scale: "_Scale", bar: Bar) -> None:
        colours = theme.current()
        area = self._area(scale, bar.first, bar.last + timedelta(1))
        ink = colours.ink(bar.tone)
        if bar.lost:
            painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            soft = QColor(ink)
            soft.setAlpha(46)
            painter.setPen(QPen(ink, 1))
            painter.setBrush(soft)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(colours.text if not bar.lost else colours.secondary))
        metrics = QFontMetricsF(painter.font())
        inside = area.adjusted(6, 0, -4, 0)
        words = bar.text
        if metrics.horizontalAdvance(words) <= inside.width():
            painter.drawText(
                inside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words
            )

    def _paint_marks(self, painter: QPainter, scale: "_Scale") -> None:
        """The passports' last days below, today above."""
        colours = theme.current()
        below = self._top() + self._height()
        row = below + theme.metrics().line + 2
        free = 0.0
        for last in sorted(set(self._view.passports)):
            if not scale.first <= last <= scale.last:
                continue
            words = _("Passport until {day}").format(day=day_short(last))
            free = self._paint_mark(painter, scale.x(last), below, row, words, free)
        x = scale.x(self._view.today)
        painter.setPen(QPen(QColor(colours.text), 2))
        painter.drawLine(QPointF(x, self._top() - 4), QPointF(x, below + 4))
        words = _("Today")
        width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 4
        left = min(max(x - width / 2, 0.0), self.width() - width)
        box = QRectF(left, 0, width, theme.metrics().line)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), words)

    def _paint_mark(
        self, painter: QPainter, x: float, below: float, row: float, words: str, free: float
    ) -> float:
        """A passport's end; its words only where there is room. Returns where room begins."""
        colours = theme.current()
        painter.setPen(QPen(colours.ink(Tone.WARN), 2))
        painter.drawLine(QPointF(x, self._top()), QPointF(x, row))
        width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 4
        left = min(max(x - width / 2, 0.0), self.width() - width)
        if left < free:
            return free
        painter.setPen(QColor(colours.secondary))
        box = QRectF(left, row, width, theme.metrics().line + 2)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), words)
        return left + width + theme.space(2)

    def _area(self, scale: "_Scale", first: date, last: date) -> QRectF:
        left, right = scale.x(first), scale.x(last)
        return QRectF(left, self._top(), max(right - left, 2.0), self._height())


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days as places on the axis."""

    first: date
    last: date
    width: float

    def x(self, day: date) -> float:
        room = self.width - 2 * _MARGIN
        whole = max((self.last - self.first).days, 1)
        return _MARGIN + room * (day - self.first).days / whole


def span(view: PermitView) -> tuple[date, date]:
    """The time that is shown: all bars and today, and passports that are not far beyond them."""
    days: Sequence[date] = [view.today, *(d for b in view.bars for d in (b.first, b.last))]
    latest = max(days) + timedelta(days=366)
    days = [*days, *(last for last in view.passports if min(days) <= last <= latest)]
    around = timedelta(days=_DAYS_AROUND)
    return min(days) - around, max(days) + around
