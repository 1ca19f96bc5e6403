# SPDX-License-Identifier: Apache-2.0
"""The family on one time axis: a row for each, bars for what holds, dots for single days.

    FamilyBoardView(parent=None)
        show_board(board)        rows of the family, as `services/family/family_board.py` makes them
        current() -> str         the item under the keys or the mouse, in words

The arrow keys go from item to item, and the line below says in words what each is; a reader of
the screen hears the whole. Days far beyond the permits are drawn at the edge. Must not judge.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.family import family_board
from imp_plus_desktop.services.family.family_board import BoardItem, BoardRow, FamilyBoard, coded
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_about, set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import name_of

_TONES = {
    "letter": Tone.WARN,
    "application": Tone.ACCENT,
    "permit": Tone.OK,
    "passport_expiry": Tone.WARN,
    "csq_expiry": Tone.WARN,
    "caq_until": Tone.WARN,
    "arrival": Tone.OK,
    "age_18": Tone.ACCENT,
    "age_22": Tone.ACCENT,
}
_BIRTHDAYS = frozenset({"age_18", "age_22"})
_BAR = 9
_DOT = 4.0
_GAP = 6
_BEYOND = timedelta(days=400)
"""How far after all else a birthday may still lie to be given its place on the axis."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an item stands: its row, the bar or dot (`left` to `right`), and its word's line."""

    row: int
    item: BoardItem
    left: float
    right: float
    word: str
    word_left: float
    line: int
    later: bool = False


class FamilyBoardView(QWidget):
    """The rows, their bars and dots, and one line of words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board: FamilyBoard | None = None
        self._placed: list[Placed] = []
        self._lines: list[int] = []
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def show_board(self, board: FamilyBoard) -> None:
        """Show a family; written in the language in use."""
        self._board = board
        self._current = -1
        set_name(self, _("Family on one time axis"))
        set_about(self, "; ".join(family_board.lines(board)))
        self._reflow()
        self.update()

    def current(self) -> str:
        """The item under the keys or the mouse in words; empty for none."""
        if self._board is None or not 0 <= self._current < len(self._placed):
            return ""
        placed = self._placed[self._current]
        row = self._board.rows[placed.row]
        return f"{family_board.row_text(row)} · {family_board.item_text(placed.item)}"

    def sizeHint(self) -> QSize:
        sizes = theme.metrics()
        tall = self._axis_height() + sum(self._row_height(n) for n in range(len(self._lines)))
        return QSize(sizes.body * 30, round(tall + 2 * sizes.line + theme.space(2)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reflow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        key = Qt.Key(event.key())
        if key in steps and self._placed:
            self._go(min(max(self._current + steps[key], 0), len(self._placed) - 1))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._placed:
            self._go_row(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Home and self._placed:
            self._go(0)
        elif key == Qt.Key.Key_End and self._placed:
            self._go(len(self._placed) - 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current < 0 and self._placed:
            self._go(0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = event.position()
        near = [
            (abs(spot.x() - min(max(spot.x(), p.left), p.right)), n)
            for n, p in enumerate(self._placed)
            if self._row_top(p.row) <= spot.y() < self._row_top(p.row + 1)
        ]
        nearest = min(near, default=(99.0, -1))
        self._go(nearest[1] if nearest[0] <= _GAP + _DOT else -1)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._go(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._board is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axis(painter)
        for number, row in enumerate(self._board.rows):
            self._paint_name(painter, number, row)
        for number, placed in enumerate(self._placed):
            self._paint_item(painter, placed, is_current=number == self._current)
        self._paint_words(painter)
        painter.end()

    # Moving
    def _go(self, number: int) -> None:
        if number == self._current:
            return
        self._current = number
        words = self.current()
        set_tip(self, words)
        if words and self._board is not None:
            spoken = [words, *family_board.lines(self._board)]
            set_about(self, "; ".join(spoken))
        self.update()

    def _go_row(self, step: int) -> None:
        row = self._placed[max(self._current, 0)].row
        rows = sorted({p.row for p in self._placed})
        wanted = rows[min(max(rows.index(row) + step, 0), len(rows) - 1)]
        if wanted != row:
            self._go(next(n for n, p in enumerate(self._placed) if p.row == wanted))

    # Painting
    def _paint_axis(self, painter: QPainter) -> None:
        if self._board is None:
            return
        colours, sizes = theme.current(), theme.metrics()
        first, last = _span(self._board)
        bottom = self._row_top(len(self._lines))
        painter.setFont(theme.sized_font(sizes.small - 1, figures=True))
        words = QFontMetricsF(painter.font())
        free = 0.0
        for year in range(first.year, last.year + 2):
            x = self._x(date(year, 1, 1))
            if not self._axis_left() <= x <= self._axis_right():
                continue
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QPointF(x, self._axis_height() - 2), QPointF(x, bottom))
            wide = words.horizontalAdvance(str(year))
            if x - wide / 2 >= free and x + wide / 2 <= self.width():
                painter.setPen(QColor(colours.secondary))
                painter.drawText(QPointF(x - wide / 2, self._axis_height() - 6), str(year))
                free = x + wide / 2 + _GAP
        x = self._x(self._board.today)
        painter.setPen(QPen(QColor(colours.accent), 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, self._axis_height() - 2), QPointF(x, bottom))

    def _paint_name(self, painter: QPainter, number: int, row: BoardRow) -> None:
        colours, sizes = theme.current(), theme.metrics()
        top = self._row_top(number)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QPointF(0, top), QPointF(self.width(), top))
        painter.setFont(theme.sized_font(sizes.small))
        painter.setPen(QColor(colours.text))
        room = self._axis_left() - theme.space(2)
        metrics = QFontMetricsF(painter.font())
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(0, top + _GAP + metrics.ascent()), name)
        painter.setFont(theme.sized_font(sizes.small - 1))
        painter.setPen(QColor(colours.secondary))
        who = _("principal") if row.relation is None else name_of(row.relation, "relation").lower()
        painter.drawText(QPointF(0, top + _GAP + metrics.ascent() + sizes.line), who)

    def _paint_item(self, painter: QPainter, placed: Placed, *, is_current: bool) -> None:
        colours, sizes = theme.current(), theme.metrics()
        tone = _TONES.get(placed.item.kind, Tone.PLAIN)
        middle = self._row_top(placed.row) + _GAP + _BAR / 2
        box = QRectF(placed.left, middle - _BAR / 2, placed.right - placed.left, _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        if placed.item.last is not None:
            soft = placed.item.kind == "letter" or placed.item.is_open
            painter.setBrush(colours.soft(tone) if soft else colours.ink(tone))
            painter.setPen(QPen(colours.ink(tone), 1.2))
            painter.drawRoundedRect(box, 3, 3)
        else:
            painter.setPen(QPen(QColor(colours.card), 1.5))
            painter.setBrush(colours.ink(tone))
            painter.drawEllipse(QPointF(placed.left, middle), _DOT + 1, _DOT + 1)
        if is_current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.text), 1.6))
            ring = QRectF(placed.left - _DOT, middle - _BAR / 2 - 2, 0, _BAR + 4)
            ring.setRight(max(placed.right, placed.left) + _DOT)
            painter.drawRoundedRect(ring, 4, 4)
        if placed.word:
            painter.setFont(theme.sized_font(sizes.small - 1))
            painter.setPen(QColor(colours.text if is_current else colours.secondary))
            base = middle + _BAR / 2 + 2 + (placed.line + 0.8) * self._word_height()
            painter.drawText(QPointF(placed.word_left, base), placed.word)

    def _paint_words(self, painter: QPainter) -> None:
        colours, sizes = theme.current(), theme.metrics()
        painter.setFont(theme.sized_font(sizes.small))
        words = self.current() or _("The dashed line is today. The arrow keys go from day to day.")
        painter.setPen(QColor(colours.text if self.current() else colours.secondary))
        bottom = self._row_top(len(self._lines)) + theme.space(1)
        box = QRectF(0, bottom, self.width(), 2 * sizes.line)
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap), words)

    # Where things stand
    def _reflow(self) -> None:
        if self._board is None:
            return
        before = list(self._lines)
        words = QFontMetricsF(theme.sized_font(theme.metrics().small - 1))
        self._placed, self._lines = [], []
        for number, row in enumerate(self._board.rows):
            ends: list[float] = []
            for item in row.items:
                placed = self._place(number, item, words, ends)
                if placed is not None:
                    self._placed.append(placed)
            self._lines.append(max(len(ends), 1))
        if self._lines != before:
            self.updateGeometry()

    def _place(
        self, number: int, item: BoardItem, words: QFontMetricsF, ends: list[float]
    ) -> Placed | None:
        """An item with its word in the first line that is free; a day of long ago has none."""
        if self._board is None:
            return None
        first, last = _span(self._board)
        if item.last is None and item.first < first:
            return None
        later = item.first > last
        left = self._axis_right() - _DOT if later else self._x(item.first)
        right = left if item.last is None else max(self._x(item.last), left + 3)
        word = _word(item) + (" ›" if later else "")
        wide = words.horizontalAdvance(word)
        start = min(max(left - 1, self._axis_left()), self.width() - wide)
        line = next((n for n, end in enumerate(ends) if start >= end + _GAP), len(ends))
        ends[line : line + 1] = [start + wide]
        return Placed(number, item, left, right, word, start, line, later)

    def _x(self, day: date) -> float:
        if self._board is None:
            return 0.0
        first, last = _span(self._board)
        share = (day - first).days / max((last - first).days, 1)
        return self._axis_left() + share * (self._axis_right() - self._axis_left())

    def _axis_left(self) -> float:
        return float(theme.metrics().body * 9)

    def _axis_right(self) -> float:
        return max(float(self.width() - 8), self._axis_left() + 40)

    def _axis_height(self) -> float:
        return float(theme.metrics().line + 4)

    def _word_height(self) -> float:
        return float(theme.metrics().line)

    def _row_height(self, number: int) -> float:
        lines = max(self._lines[number], 1)
        return max(2 * _GAP + _BAR + lines * self._word_height(), 2.6 * theme.metrics().line)

    def _row_top(self, number: int) -> float:
        return self._axis_height() + sum(self._row_height(n) for n in range(number))


def _word(item: BoardItem) -> str:
    """The word below a bar or a dot."""
    if item.kind in ("application", "permit") and item.detail is not None:
        return coded(name_of(item.kind, "board_word"), item.detail)
    return name_of(item.kind, "board_word")


def _span(board: FamilyBoard) -> tuple[date, date]:
    """First and last day drawn: those of all but birthdays, and of the birthdays near them."""
    days = [board.today, *_spread(board.rows, birthdays=False)]
    last = max(days)
    near = [day for day in _spread(board.rows, birthdays=True) if day <= last + _BEYOND]
    first, last = min(days), max([last, *near])
    return first, max(last, first + timedelta(days=90))


def _spread(rows: Sequence[BoardRow], *, birthdays: bool) -> Iterator[date]:
    for row in rows:
        for item in row.items:
            if (item.kind in _BIRTHDAYS) is birthdays:
                yield item.first
                if item.last is not None:
                    yield item.last
