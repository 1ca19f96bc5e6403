# SPDX-License-Identifier: Apache-2.0
"""How values with three sides are painted: what is chosen in a box with its dot, what differs
tinted letter by letter, who wrote it below.

    SidesDelegate(entry_at, parent)      .narrow: the last list's value stands below ours
    heading_height(), line_height(narrow=)
    list_boxes(cell, line)               where the list's value can be chosen: one box, or that of
                                         a correction above that of a second letter

Must not know how a value is chosen.
"""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.imports.steps.sides.sides_presenter import (
    Entry,
    Heading,
    Line,
    Span,
    Taken,
)
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.tables.delegates import PADDING

WHO, BASE, OURS, THEIRS = range(4)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight
_AROUND = 3
"""Between a row and the boxes in it, in pixels."""


def heading_height() -> int:
    """How high the head of a group is."""
    return theme.metrics().row


def line_height(*, narrow: bool) -> int:
    """How high a value is, with who wrote it and, where there is little room, what it was."""
    sizes = theme.metrics()
    small = round(QFontMetricsF(theme.sized_font(sizes.small)).height())
    return sizes.line + small * (2 if narrow else 1) + 2 * _AROUND + 8


def list_boxes(cell: QRectF, line: Line) -> tuple[QRectF, ...]:
    """The parts of a cell of this list, each with a choice of its own."""
    if not line.second_note:
        return (cell,)
    half = cell.height() / 2
    return cell.adjusted(0, 0, 0, -half), cell.adjusted(0, half, 0, 0)


@dataclass(frozen=True, slots=True)
class _Choice:
    """A value that can be chosen, as it is painted; `before` is what the last list said."""

    text: str
    spans: Sequence[Span]
    note: str
    chosen: bool
    before: str = ""


class SidesDelegate(QStyledItemDelegate):
    """Paints headings and values."""

    def __init__(self, entry_at: Callable[[int], Entry | None], parent: QTableView) -> None:
        super().__init__(parent)
        self._entry_at = entry_at
        self.narrow = False

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry = self._entry_at(index.row())
        if entry is None:
            return
        state: QStyle.StateFlag = option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect)
        colours = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, Heading):
            ground = colours.accent_soft if current else colours.neutral_soft
            painter.fillRect(box, QColor(ground))
            self._paint_heading(painter, box, entry, index.column())
        elif index.column() in (OURS, THEIRS):
            for part, choice in self._choices(box, entry, index.column()):
                _paint_choice(painter, part, choice, current)
        else:
            self._paint_beside(painter, box, entry, index.column())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(
            option.rect.left(), option.rect.bottom(), option.rect.width(), 1, QColor(colours.line)
        )
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRectF, head: Heading, column: int) -> None:
        colours, sizes = theme.current(), theme.metrics()
        room = box.adjusted(PADDING, 0, -PADDING / 2, -1)
        if column in (WHO, BASE):
            font = theme.sized_font(sizes.body, semibold=column == WHO)
            text = head.title if column == WHO else head.note
            if column == WHO and self.narrow:
                text = f"{head.title} · {head.note}"
                if QFontMetricsF(font).horizontalAdvance(text) > room.width():
                    text = head.title
            ink = colours.text if column == WHO else colours.secondary
            _write(painter, room, text, font, QColor(ink))
            return
        holds = head.taken is (Taken.THEIRS if column == THEIRS else Taken.OURS)
        text = _("Take all") if column == THEIRS else _("Keep all")
        font = theme.sized_font(sizes.body, semibold=holds)
        _write(painter, room, f"{text} ✓" if holds else text, font, QColor(colours.accent))

    def _paint_beside(self, painter: QPainter, box: QRectF, line: Line, column: int) -> None:
        colours, sizes = theme.current(), theme.metrics()
        room = box.adjusted(PADDING, _AROUND + 4, -PADDING / 2, -_AROUND - 4)
        body = theme.sized_font(sizes.body, figures=True)
        if column == BASE:
            room.setHeight(sizes.line)
            _write(painter, room, line.base, body, QColor(colours.secondary))
            return
        first = QRectF(room.left(), room.top(), room.width(), sizes.line)
        if not line.note:
            first = room
        _write(painter, first, line.title, body, QColor(colours.text))
        _note(painter, room, sizes.line, line.note)

    def _choices(self, box: QRectF, line: Line, column: int) -> Iterator[tuple[QRectF, _Choice]]:
        """What a cell of ours or of this list offers, each with its place."""
        side = line.side
        if column == OURS:
            before = _("before: {value}").format(value=line.base) if self.narrow else ""
            yield box, _Choice(line.ours, line.ours_tint, line.ours_note, not side.taken, before)
            return
        first = _Choice(
            line.theirs, line.theirs_tint, line.theirs_note, side.taken and not side.second
        )
        second = _Choice(line.theirs, (), line.second_note, side.second)
        yield from zip(list_boxes(box, line), (first, second), strict=False)


def _paint_choice(painter: QPainter, box: QRectF, choice: _Choice, current: bool) -> None:
    """A value in a box with its dot, and below it who says so."""
    colours, sizes = theme.current(), theme.metrics()
    chosen = choice.chosen
    frame = box.adjusted(PADDING / 2, _AROUND, -PADDING / 2, -_AROUND - 1)
    painter.setPen(QPen(QColor(colours.accent if chosen else colours.border), 1))
    painter.setBrush(QColor(colours.accent_soft if chosen else colours.card))
    painter.drawRoundedRect(frame, 5, 5)
    if current and chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawRoundedRect(frame.adjusted(-1, -1, 1, 1), 6, 6)
    inside = frame.adjusted(PADDING * 0.8, 3, -PADDING / 2, -3)
    dot = sizes.body * 0.9
    _dot(painter, QRectF(inside.left(), inside.top() + (sizes.line - dot) / 2, dot, dot), chosen)
    room = inside.adjusted(dot + PADDING * 0.7, 0, 0, 0)
    first = QRectF(room.left(), room.top(), room.width(), sizes.line)
    _tint(painter, first, choice.text, choice.spans)
    _write(painter, first, choice.text, theme.sized_font(sizes.body, figures=True),
           QColor(colours.text))  # fmt: skip
    _note(painter, room, sizes.line, choice.note)
    if choice.before:
        small = round(QFontMetricsF(theme.sized_font(sizes.small)).height())
        _note(painter, room, sizes.line + small, choice.before)


def _dot(painter: QPainter, box: QRectF, chosen: bool) -> None:
    """The mark of one choice among two."""
    colours = theme.current()
    painter.setPen(QPen(QColor(colours.accent if chosen else colours.secondary), 1.2))
    painter.setBrush(QColor(colours.accent) if chosen else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box)
    if chosen:
        quarter = box.width() * 0.32
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.on_accent))
        painter.drawEllipse(box.adjusted(quarter, quarter, -quarter, -quarter))


def _tint(painter: QPainter, room: QRectF, text: str, spans: Sequence[Span]) -> None:
    """A soft ground behind the letters that the other side does not have."""
    metrics = QFontMetricsF(theme.sized_font(theme.metrics().body, figures=True))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().soft(Tone.WARN))
    for begin, end in spans:
        left = room.left() + metrics.horizontalAdvance(text[:begin])
        wide = metrics.horizontalAdvance(text[begin:end])
        if left < room.right():
            right = min(left + wide + 1, room.right())
            painter.drawRoundedRect(QRectF(left - 1, room.top(), right - left + 1, room.height()),
                                    2, 2)  # fmt: skip


def _note(painter: QPainter, room: QRectF, below: float, text: str) -> None:
    font = theme.sized_font(theme.metrics().small)
    small = QFontMetricsF(font).height()
    line = QRectF(room.left(), room.top() + below, room.width(), small)
    _write(painter, line, text, font, QColor(theme.current().secondary))


def _write(painter: QPainter, room: QRectF, text: str, font: QFont, ink: QColor) -> None:
    painter.setFont(font)
    painter.setPen(ink)
    cut = QFontMetricsF(font).elidedText(text, _ELIDE, room.width())
    painter.drawText(room, _LEFT | int(Qt.TextFlag.TextDontClip), cut)
