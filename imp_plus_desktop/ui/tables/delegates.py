# SPDX-License-Identifier: Apache-2.0
"""How cells are painted: calm rows with a line below, and chips with a sign and words.

`RowDelegate(columns, parent)` paints every kind of cell of a `RowsModel`. `paint_chip` draws one
chip, for other painted widgets. Must not fetch anything: the model gives text and tone.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from imp_plus_desktop.ui.look import glyphs, theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.tables.model import DISPLAY, TONE, Column

PADDING = 10
_FOCUS_STRIPE = 3
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of a list in the theme in use."""

    def __init__(self, columns: Sequence[Column[Any]], parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = theme.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
        if index.column() == 0 and self._is_current(index.row(), state):
            stripe = QRect(rect.left(), rect.top(), _FOCUS_STRIPE, rect.height() - 1)
            painter.fillRect(stripe, QColor(colours.accent))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colours.line))
        text = index.data(DISPLAY)
        if text:
            self._paint_cell(painter, rect, index, text, selected)
        painter.restore()

    def _is_current(self, row: int, state: QStyle.StateFlag) -> bool:
        """Whether the keys are on this row: of several that are chosen it is one, or none."""
        table = self.parent()
        if not state & QStyle.StateFlag.State_Active or not isinstance(table, QTableView):
            return False
        return table.currentIndex().row() == row

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(theme.metrics().row * 3, theme.metrics().row)

    def _paint_cell(
        self,
        painter: QPainter,
        rect: QRect,
        index: QModelIndex | QPersistentModelIndex,
        text: str,
        selected: bool,
    ) -> None:
        column = self._columns[index.column()]
        box = rect.adjusted(PADDING, 0, -PADDING // 2, -1)
        tone = index.data(TONE) if column.tone else None
        if column.kind == "chip":
            paint_chip(painter, QRectF(box), text, tone or Tone.PLAIN)
            return
        colours = theme.current()
        if tone is not None and tone != Tone.PLAIN:
            painter.setPen(colours.ink(Tone(tone)))
        else:
            quiet = column.quiet and not selected
            painter.setPen(QColor(colours.secondary if quiet else colours.text))
        painter.setFont(theme.sized_font(theme.metrics().body, figures=column.kind != "text"))
        flags = _LEFT
        if column.kind == "number":
            box = rect.adjusted(PADDING // 2, 0, -PADDING, -1)
            flags = _RIGHT
        metrics = QFontMetricsF(painter.font())
        painter.drawText(box, flags, metrics.elidedText(text, _ELIDE, box.width()))


def chip_width(text: str, tone: Tone) -> float:
    """How wide a chip is, in device-independent pixels."""
    sizes = theme.metrics()
    words = QFontMetricsF(theme.sized_font(sizes.small)).horizontalAdvance(text)
    sign = 0 if glyphs.OF_TONE[tone] is glyphs.Glyph.NONE else sizes.small
    return float(words + sign + 18)


def paint_chip(painter: QPainter, box: QRectF, text: str, tone: Tone) -> None:
    """Draw a chip at the left of `box`, elided when it does not fit."""
    sizes, colours = theme.metrics(), theme.current()
    tone = Tone(tone)
    glyph = glyphs.OF_TONE[tone]
    width = min(chip_width(text, tone), box.width())
    height = sizes.row * 2 / 3
    pill = QRectF(box.left(), box.center().y() - height / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.soft(tone))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    ink = colours.ink(tone)
    left = pill.left() + 9
    if glyph is not glyphs.Glyph.NONE:
        side = sizes.small * 0.75
        glyphs.paint(painter, QRectF(left, pill.center().y() - side / 2, side, side), glyph, ink)
        left += sizes.small
    painter.setPen(ink)
    painter.setFont(theme.sized_font(sizes.small))
    room = QRectF(left, pill.top(), max(pill.right() - 8 - left, 0), pill.height())
    words = QFontMetricsF(painter.font()).elidedText(text, _ELIDE, room.width() + 1)
    painter.drawText(room, _LEFT | int(Qt.TextFlag.TextDontClip), words)
