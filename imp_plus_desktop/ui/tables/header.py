# SPDX-License-Identifier: Apache-2.0
"""The header of a list: a title that sorts, the place of each in an order by several, funnels.

    ListHeader(columns, parent)
        sort_asked(section, more)    a title was clicked; `more`: with Shift, beside what sorts now
        filter_asked(section)        a funnel was clicked
        set_filtered(sections)       which columns a filter stands on: their funnels always show
        paint_column(painter, rect, section)    one title, for who keeps it in view

A funnel shows where the pointer is; it is offered for columns that can be filtered. Columns are
dragged to their places. Must not sort or filter anything itself.
"""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.tables.model import Column

_FUNNEL = 16
"""How wide the place of a funnel is, in pixels at any size of type."""


class ListHeader(QHeaderView):
    """The titles of a list."""

    sort_asked = Signal(int, bool)
    filter_asked = Signal(int)

    def __init__(self, columns: Sequence[Column[Any]], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self._offers_filters = False
        self._filtered: frozenset[int] = frozenset()
        self._over = -1
        self._pressed_funnel = -1
        self._adds = False
        self.setMouseTracking(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.metrics().body * 3)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionClicked.connect(self._on_section_clicked)

    def offer_filters(self) -> None:
        """Show funnels: somebody listens to them."""
        self._offers_filters = True

    def set_filtered(self, sections: Collection[int]) -> None:
        """Show a funnel for good in these columns."""
        self._filtered = frozenset(sections)
        self.viewport().update()

    def funnel_of(self, section: int) -> QRect:
        """Where the funnel of a column is in the header; empty where it has none."""
        column = self._columns[section]
        if not self._offers_filters or not column.source:
            return QRect()
        left = self.sectionViewportPosition(section)
        place = self._funnel_place(column, self.sectionSize(section))
        return QRect(left + place, 0, _FUNNEL, self.height())

    def paint_column(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one title elsewhere than where it stands."""
        painter.fillRect(rect, QColor(theme.current().card))
        self.paintSection(painter, rect, section)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        shown = section in self._filtered or section == self._over
        if shown and not self.funnel_of(section).isEmpty():
            place = self._funnel_place(self._columns[section], rect.width())
            box = QRect(rect.left() + place, rect.top(), _FUNNEL, rect.height() - 1)
            painter.fillRect(box, QColor(theme.current().card))
            _paint_funnel(painter, box, strong=section in self._filtered)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        super().initStyleOptionForIndex(option, section)
        title = self._columns[section].title()
        whole = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        sign = whole.removeprefix(title)
        # Of a title that is cut the sign stays: it says what the list is sorted by.
        marked = section in self._filtered or section == self._over
        room = self.sectionSize(section) - 2 * theme.metrics().body * 10 // 13
        room -= _FUNNEL if marked and self._offers_filters and self._columns[section].source else 0
        metrics = QFontMetrics(theme.sized_font(theme.metrics().small))
        wide = room - metrics.horizontalAdvance(sign)
        option.text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, wide) + sign

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_funnel = self._funnel_at(event.position().toPoint())
        self._adds = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._pressed_funnel < 0 or event.button() != Qt.MouseButton.LeftButton:
            self._pressed_funnel = -1
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_funnel = self._pressed_funnel, -1
        if pressed < 0:
            super().mouseReleaseEvent(event)
        elif self._funnel_at(event.position().toPoint()) == pressed:
            self.filter_asked.emit(pressed)

    def _point_at(self, section: int) -> None:
        if section != self._over:
            self._over = section
            self.viewport().update()

    def _funnel_at(self, where: QPoint) -> int:
        section = self.logicalIndexAt(where)
        return section if section >= 0 and self.funnel_of(section).contains(where) else -1

    def _funnel_place(self, column: Column[Any], width: int) -> int:
        """Numbers stand at the right, so that their funnel is at the left."""
        return 2 if column.kind == "number" else max(width - _FUNNEL - 2, 0)

    def _on_section_clicked(self, section: int) -> None:
        self.sort_asked.emit(section, self._adds)
        self._adds = False


def _paint_funnel(painter: QPainter, box: QRect, *, strong: bool) -> None:
    """A funnel in a box: filled where a filter stands, else its outline."""
    colours = theme.current()
    ink = QColor(colours.accent if strong else colours.secondary)
    centre = QPointF(box.center()) + QPointF(0.5, 0.5)
    shape = QPolygonF(
        [
            centre + QPointF(*point)
            for point in ((-5, -4.5), (5, -4.5), (1.2, 0), (1.2, 4.5), (-1.2, 3.2), (-1.2, 0))
        ]
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.2))
    if strong:
        painter.setBrush(QColor(colours.accent_soft))
    painter.drawPolygon(shape)
    painter.restore()
