# SPDX-License-Identifier: Apache-2.0
"""How cells are painted: calm rows with a line below, and chips with a sign and words.

    RowDelegate(model, parent)   every kind of cell of a `RowsModel`
        paint(...)               one cell, as Qt asks for it
        paint_rows(view, region) all that is seen of a list, a row at a time
    paint_chip(...)              one chip, for other painted widgets

Must not fetch anything: the model gives the row.
"""

from collections.abc import Iterator
from typing import Any, cast

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
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from imp_plus_desktop.ui.look import glyphs, theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.tables.model import Column, Kind, RowsModel

PADDING = 10
_FOCUS_STRIPE = 3
_KEPT = 4096
"""Texts cut and chips painted are kept for cells like them, until there are so many."""
_ON_ONE_LINE = {ord(one): " " for one in "\n\r\t\u2028\u2029"}
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight
_SELECTED = QStyle.StateFlag.State_Selected.value
_ACTIVE = QStyle.StateFlag.State_Active.value


_Place = tuple[int, int, int, int]
"""Left, top, width and height: made for each cell, and a rectangle of Qt takes as long as it."""


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
        rect: QRect = option.rect
        place = cast(_Place, rect.getRect())
        state: int = option.state.value  # each sum of flags is an object of its own
        number, selected = index.column(), bool(state & _SELECTED)
        painter.save()
        self._kit.paint_ground(painter, place, selected)
        if number == 0 and self._is_current(index.row(), state):
            self._kit.paint_stripe(painter, place[0], place[1], place[3])
        # Asked of the model itself: by way of the index it takes three times as long.
        row = self._model.row_at(index.row())
        if row is not None:
            column = self._model.columns[number]
            text = self._model.painted(column, row)
            self._kit.paint_cell(painter, place, column, row, text, selected)
        painter.restore()

    def paint_rows(self, view: QTableView, region: QRegion) -> None:
        """Paint all that is seen of a list there. Qt would ask for each cell by itself: that takes
        longer than the painting."""
        kit, model, chosen = self._kit, self._model, view.selectionModel()
        across = _across(view, region.boundingRect())
        if not across:
            return
        left, right = across[0][1], across[-1][1] + across[-1][2]
        current = view.currentIndex().row() if view.isActiveWindow() else -1
        painter = QPainter(view.viewport())
        try:
            for number, top, high in _down(view, region):
                selected = chosen.isSelected(model.index(number, 0))
                kit.paint_ground(painter, (left, top, right - left, high), selected)
                row = model.row_at(number)
                for section, at, wide in across:
                    if number == current and section == 0:
                        kit.paint_stripe(painter, at, top, high)
                    if row is not None:
                        column = model.columns[section]
                        text = model.painted(column, row)
                        kit.paint_cell(painter, (at, top, wide, high), column, row, text, selected)
        finally:  # rows that cannot be fetched leave no painter behind
            painter.end()

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
        self._inks = {tone: colours.ink(tone) for tone in Tone}
        self._cut: dict[tuple[str, int, Kind], tuple[str, float]] = {}
        self._chips: dict[tuple[Any, ...], QPixmap] = {}

    def paint_ground(self, painter: QPainter, place: _Place, selected: bool) -> None:
        """What a row or a cell stands on: the colour of what is chosen, and the line below."""
        left, top, wide, high = place
        if selected:
            painter.fillRect(left, top, wide, high, self.chosen)
        painter.fillRect(left, top + high - 1, wide, 1, self.line)

    def paint_stripe(self, painter: QPainter, left: int, top: int, high: int) -> None:
        """The sign of the row where the keys are."""
        painter.fillRect(left, top, _FOCUS_STRIPE, high - 1, self.accent)

    def paint_cell(
        self,
        painter: QPainter,
        place: _Place,
        column: Column[Any],
        row: Any,
        text: str,
        selected: bool,
    ) -> None:
        """What stands in a cell."""
        if not text:
            return
        tone = column.tone(row) if column.tone else Tone.PLAIN
        if column.kind == "chip":
            self._paint_chip(painter, place, text, tone, selected)
        else:
            if tone != Tone.PLAIN:
                painter.setPen(self._inks[tone])
            else:
                painter.setPen(self.quiet if column.quiet and not selected else self.text)
            self._paint_text(painter, place, text, column.kind)

    def _paint_text(self, painter: QPainter, place: _Place, text: str, kind: Kind) -> None:
        left, top, wide, high = place
        font, metrics = self.fonts[kind != "text"]
        key = text, wide, kind
        known = self._cut.get(key)
        if known is None:
            _make_room(self._cut)
            known = self._cut[key] = _cut(text, wide, kind, metrics)
        cut, indent = known
        painter.setFont(font)
        # From a point: in a box Qt would look for lines to break.
        base = top + (high - 1 - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(left + indent, base), cut)

    def _paint_chip(
        self, painter: QPainter, place: _Place, text: str, tone: Tone, selected: bool
    ) -> None:
        """A picture of the chip on the colour of its row: text on none would be painted coarser."""
        # Well above the line below: between whole points a picture may lie a point lower.
        left, top, wide, high = place
        size = QSize(wide - PADDING - PADDING // 2, high - 5)
        ratio = painter.device().devicePixelRatio()
        key = text, tone, size.width(), size.height(), selected, ratio
        picture = self._chips.get(key)
        if picture is None:
            _make_room(self._chips)
            picture = self._chips[key] = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(self.chosen if selected else self.card)
            within = QPainter(picture)
            paint_chip(within, QRectF(QPointF(), QSizeF(size)), text, tone)
            within.end()
        painter.drawPixmap(left + PADDING, top + 2, picture)


def _cut(text: str, wide: int, kind: Kind, metrics: QFontMetricsF) -> tuple[str, float]:
    """What of a text a cell has room for, on one line, and how far from its left it begins."""
    before, after = PADDING, PADDING // 2
    if kind == "number":
        before, after = after, before
    cut = metrics.elidedText(text.translate(_ON_ONE_LINE), _ELIDE, wide - before - after)
    if kind != "number":
        return cut, before
    return cut, wide - after - metrics.horizontalAdvance(cut)


def _across(view: QTableView, seen: QRect) -> list[tuple[int, int, int]]:
    """The columns that are seen there, from left to right: each with its left and its width."""
    header = view.horizontalHeader()
    found = [
        (number, header.sectionViewportPosition(number), header.sectionSize(number))
        for number in range(header.count())
        if not header.isSectionHidden(number)
    ]
    found = [one for one in found if one[1] <= seen.right() and one[1] + one[2] > seen.left()]
    return sorted(found, key=lambda one: one[1])


def _down(view: QTableView, region: QRegion) -> Iterator[tuple[int, int, int]]:
    """The rows that are seen there: each with its top and its height."""
    seen = region.boundingRect()
    first, last = view.rowAt(seen.top()), view.rowAt(seen.bottom())
    if first < 0:
        return
    whole = region.rectCount() == 1
    for number in range(first, (last if last >= 0 else view.model().rowCount() - 1) + 1):
        top, high = view.rowViewportPosition(number), view.rowHeight(number)
        if whole or region.intersects(QRect(seen.left(), top, seen.width(), high)):
            yield number, top, high


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
