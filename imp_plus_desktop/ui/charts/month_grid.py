# SPDX-License-Identifier: Apache-2.0
"""A month as a calendar has it: a week a line from Sunday on, with what stands on each day.

    DayMark(text, tone, said)      what a day shows: its number, its sign, and both in words
    MonthGrid(parent=None)         signals opened(date), chosen(date), turned(int),
                                           dropped(date, str)
        show_month(month, today, marks), choose(day), chosen_day() -> date

One day takes the keys: the arrows lead to another, Page Up and Page Down to another month, Enter
opens it. What is dragged of `MIME` may be dropped on a day. Must not know what stands on a day.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _, current_language
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import glyphs, theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import clear, label

MIME = "application/x-imp-plus-deadline"
"""What a deadline is while it is dragged: its id as text."""
_WEEK = 7
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_WEEK,
    Qt.Key.Key_Down: _WEEK,
}


@dataclass(frozen=True, slots=True)
class DayMark:
    """What stands on a day, already written: `said` is for tips and screen readers."""

    text: str
    tone: Tone
    said: str


def first_shown(month: date) -> date:
    """The Sunday with which the first line of a month begins."""
    first = month.replace(day=1)
    return first - timedelta(days=(first.weekday() + 1) % _WEEK)


def last_shown(month: date) -> date:
    """The Saturday with which its last line ends."""
    past = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    last = past - timedelta(days=1)
    return last + timedelta(days=_WEEK - 1 - (last.weekday() + 1) % _WEEK)


class MonthGrid(QWidget):
    """The days of one month, with those around them that fill its weeks."""

    opened = Signal(object)
    chosen = Signal(object)
    turned = Signal(int)
    dropped = Signal(object, str)

    def __init__(self, parent: QWidget | None = None, *, takes_drops: bool = False) -> None:
        super().__init__(parent)
        self._takes_drops = takes_drops
        self._days: dict[date, _Day] = {}
        self._month = self._chosen = date.min
        self._shown: object = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.space(1))
        for column in range(_WEEK):
            self._grid.setColumnStretch(column, 1)

    def show_month(self, month: date, today: date, marks: Mapping[date, DayMark]) -> None:
        """Show the month of a day; the day that is chosen stays so where it is in it."""
        held = any(day.hasFocus() for day in self._days.values())
        self._month = month
        if (self._chosen.year, self._chosen.month) != (month.year, month.month):
            self._chosen = today if _same(today, month) else month.replace(day=1)
        shown = (month, today, dict(marks), current_language())
        if shown != self._shown:
            self._shown = shown
            self._make_days(month, today, marks)
        self._show_chosen(focus=held)

    def _make_days(self, month: date, today: date, marks: Mapping[date, DayMark]) -> None:
        clear(self._grid)
        self._days = {}
        for column, number in enumerate(words.SUNDAY_FIRST):
            name = label(words.weekday_short(number), role="small")
            self._grid.addWidget(name, 0, column, Qt.AlignmentFlag.AlignHCenter)
        first, last = first_shown(month), last_shown(month)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            made = _Day(day, marks.get(day), self)
            made.is_today, made.is_outside = day == today, not _same(day, month)
            made.setAcceptDrops(self._takes_drops)
            made.name()
            self._days[day] = made
            self._grid.addWidget(made, 1 + number // _WEEK, number % _WEEK)
        set_name(self, words.month_and_year(month))

    def choose(self, day: date, *, tell: bool = False) -> None:
        """Choose a day of the month that is shown."""
        self._chosen = day
        self._show_chosen(focus=False)
        if tell:
            self.chosen.emit(day)

    def chosen_day(self) -> date:
        """The day that takes the keys."""
        return self._chosen

    def days(self) -> Mapping[date, QAbstractButton]:
        """The days as buttons."""
        return self._days

    def step(self, key: int) -> bool:
        """Go where an arrow or Page Up and Down lead; False for any other key."""
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
            return True
        if key not in _STEPS:
            return False
        to = self._chosen + timedelta(days=_STEPS[Qt.Key(key)])
        if not _same(to, self._month):
            self._chosen = to  # the month that comes has it
            self.turned.emit(1 if to > self._month else -1)
            return True
        self._chosen = to
        self._show_chosen(focus=True)
        self.chosen.emit(to)
        return True

    def _show_chosen(self, *, focus: bool) -> None:
        for day, made in self._days.items():
            is_chosen = day == self._chosen
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.NoFocus)
            made.setChecked(is_chosen)
            if is_chosen and focus:
                made.setFocus(Qt.FocusReason.OtherFocusReason)


def _same(day: date, month: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)


class _Day(QAbstractButton):
    """One day: its number, and below it what stands on it."""

    def __init__(self, day: date, mark: DayMark | None, grid: MonthGrid) -> None:
        super().__init__(grid)
        self._day, self._mark, self._grid = day, mark, grid
        self.is_today = self.is_outside = self._is_over = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if mark is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)

    def name(self) -> None:
        """Say for screen readers and in the tip which day it is and what stands on it."""
        said = [words.weekday_and_day(self._day)]
        if self.is_today:
            said.append(_("today"))
        said.append(self._mark.said if self._mark is not None else _("nothing falls due"))
        set_name(self, ", ".join(said))
        set_tip(self, ", ".join(said))

    def sizeHint(self) -> QSize:
        sizes = theme.metrics()
        return QSize(sizes.body * 3, sizes.line + sizes.small + 10)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._grid.opened.emit(self._day)
        elif not self._grid.step(event.key()):
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click on the way is no second opening."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            self._is_over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._is_over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._is_over = False
        self.update()
        event.acceptProposedAction()
        what = bytes(event.mimeData().data(MIME).data()).decode("ascii", "replace")
        self._grid.dropped.emit(self._day, what)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, sizes = theme.current(), theme.metrics()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        self._paint_ground(painter, box)
        ink = colours.accent if self.is_today else colours.text
        painter.setPen(QColor(colours.secondary if self.is_outside else ink))
        painter.setFont(theme.sized_font(sizes.small, semibold=self.is_today, figures=True))
        number = box.adjusted(6, 3, -4, 0)
        painter.drawText(number, int(Qt.AlignmentFlag.AlignLeft), str(self._day.day))
        if self._mark is not None:
            self._paint_mark(painter, box, self._mark)
        painter.end()

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        colours = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        weekend = self._day.weekday() in (5, 6)
        if self._is_over or self.underMouse():
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(box, 6, 6)
        elif self.isChecked():
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(box, 6, 6)
        elif not weekend:
            painter.setBrush(QColor(colours.background))
            painter.drawRoundedRect(box, 6, 6)
        if self.is_today or self.hasFocus() or self._is_over:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            strong = 2 if self.hasFocus() or self._is_over else 1
            painter.setPen(QPen(QColor(colours.accent), strong))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_mark(self, painter: QPainter, box: QRectF, mark: DayMark) -> None:
        colours, sizes = theme.current(), theme.metrics()
        soft = {
            Tone.BAD: colours.bad_soft,
            Tone.WARN: colours.warn_soft,
            Tone.PLAIN: colours.card if self.isChecked() else colours.accent_soft,
        }[mark.tone]
        ink = QColor(colours.accent) if mark.tone is Tone.PLAIN else colours.ink(mark.tone)
        high = sizes.small + 4
        pill = QRectF(box.left() + 4, box.bottom() - high - 4, box.width() - 8, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(pill, 3, 3)
        painter.setFont(theme.sized_font(sizes.small, figures=True))
        wide = painter.fontMetrics().horizontalAdvance(mark.text)
        glyph = glyphs.OF_TONE[mark.tone]
        side = sizes.small * 0.75 if glyph is not glyphs.Glyph.NONE else 0.0
        left = pill.center().x() - (wide + (side + 4 if side else 0)) / 2
        if side:
            spot = QRectF(left, pill.center().y() - side / 2, side, side)
            glyphs.paint(painter, spot, glyph, ink)
            left += side + 4
        painter.setPen(ink)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(left, pill.top(), wide + 2, pill.height()), flags, mark.text)

    def _on_clicked(self) -> None:
        self._grid.choose(self._day)
        self._grid.opened.emit(self._day)
