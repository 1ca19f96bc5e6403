# SPDX-License-Identifier: Apache-2.0
"""How cells are painted: calm rows with a line below, and chips with a sign and words.

`RowDelegate(model, parent)` paints every kind of cell of a `RowsModel`. `paint_chip` draws one
chip, for other painted widgets. Must not fetch anything: the model gives the row.
"""

from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from imp_plus_desktop.ui.look import glyphs, theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.tables.model import Column, RowsModel

PADDING = 10
_FOCUS_STRIPE = 3
_KEPT = 4096
"""Texts cut and chips painted are kept for cells like them, until there are so many."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight
_SELECTED = QStyle.StateFlag.State_Selected.value
_ACTIVE = QStyle.StateFlag.State_Active.value


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of a list in the theme in use."""

    def __init__(self, model: RowsModel[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._kit = _kit()

    def look_again(self) -> None:
        """Take the theme and the size of type in use: once for all cells that are painted next."""
        self._kit = _kit()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        kit = self._kit
        rect: QRect = option.rect
        state: int = option.state.value  # each sum of flags is an object of its own
        selected = bool(state & _SELECTED)
        number = index.column()
        painter.save()
        if selected:
            painter.fillRect(rect, kit.chosen)
        if number == 0 and self._is_current(index.row(), state):
            stripe = QRect(rect.left(), rect.top(), _FOCUS_STRIPE, rect.height() - 1)
            painter.fillRect(stripe, kit.accent)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, kit.line)
        # Asked of the model itself: by way of the index it takes three times as long.
        column, row = self._model.columns[number], self._model.row_at(index.row())
        if row is not None and (text := self._model.painted(column, row)):
            tone = column.tone(row) if column.tone else Tone.PLAIN
            if column.kind == "chip":
                kit.paint_chip(painter, rect, text, tone, selected)
            else:
                kit.paint_text(painter, rect, text, tone, column, selected)
        painter.restore()

    def _is_current(self, row: int, state: int) -> bool:
        """Whether the keys are on this row: of several that are chosen it is one, or none."""
        table = self.parent()
        if not state & _ACTIVE or not isinstance(table, QTableView):
            return False
        return table.currentIndex().row() == row

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(theme.metrics().row * 3, theme.metrics().row)


class _Kit:
    """What cells are painted with, made once for a theme and a size of type."""

    def __init__(self, colours: theme.Theme, sizes: theme.Metrics) -> None:
        self.colours, self.sizes = colours, sizes
        self.chosen, self.accent = QColor(colours.accent_soft), QColor(colours.accent)
        self.card, self.line = QColor(colours.card), QColor(colours.line)
        self.text, self.quiet = QColor(colours.text), QColor(colours.secondary)
        fonts = [theme.sized_font(sizes.body, figures=figures) for figures in (False, True)]
        self.fonts = [(font, QFontMetricsF(font)) for font in fonts]
        self._cut: dict[tuple[str, int, bool], str] = {}
        self._chips: dict[tuple[Any, ...], QPixmap] = {}

    def paint_text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        tone: Tone,
        column: Column[Any],
        selected: bool,
    ) -> None:
        if tone != Tone.PLAIN:
            painter.setPen(self.colours.ink(Tone(tone)))
        else:
            painter.setPen(self.quiet if column.quiet and not selected else self.text)
        box, flags = rect.adjusted(PADDING, 0, -PADDING // 2, -1), _LEFT
        if column.kind == "number":
            box, flags = rect.adjusted(PADDING // 2, 0, -PADDING, -1), _RIGHT
        figures = column.kind != "text"
        font, metrics = self.fonts[figures]
        key = text, box.width(), figures
        cut = self._cut.get(key)
        if cut is None:
            _make_room(self._cut)
            cut = self._cut[key] = metrics.elidedText(text, _ELIDE, box.width())
        painter.setFont(font)
        painter.drawText(box, flags, cut)

    def paint_chip(
        self, painter: QPainter, rect: QRect, text: str, tone: Tone, selected: bool
    ) -> None:
        """A picture of the chip on the colour of its row: text on none would be painted coarser."""
        # Well above the line below: between whole points a picture may lie a point lower.
        box = rect.adjusted(PADDING, 2, -PADDING // 2, -3)
        ratio = painter.device().devicePixelRatio()
        key = text, tone, box.width(), box.height(), selected, ratio
        picture = self._chips.get(key)
        if picture is None:
            _make_room(self._chips)
            picture = self._chips[key] = QPixmap(box.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(self.chosen if selected else self.card)
            within = QPainter(picture)
            paint_chip(within, QRectF(QPointF(), QSizeF(box.size())), text, tone)
            within.end()
        painter.drawPixmap(box.topLeft(), picture)


def _make_room(kept: dict[Any, Any]) -> None:
    if len(kept) >= _KEPT:
        kept.clear()


_kits: list[_Kit] = []
"""The one that was used last, if any."""


def _kit() -> _Kit:
    colours, sizes = theme.current(), theme.metrics()
    if not _kits or _kits[0].colours is not colours or _kits[0].sizes is not sizes:
        _kits[:] = [_Kit(colours, sizes)]
    return _kits[0]


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
