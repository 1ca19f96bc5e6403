# SPDX-License-Identifier: Apache-2.0
"""The columns that say who a row is about, kept in view while the others are scrolled sideways.

    KeptColumns(view, header, sections)    follows the view by itself

It paints the cells of those columns over the list's left edge, and takes no click: a click there
chooses the row, as anywhere else. Their titles sort. Must not know what the columns hold.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView, QWidget

from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.tables.header import ListHeader


class KeptColumns(QObject):
    """Keeps some columns of a list in view, the first of them outermost."""

    def __init__(self, view: QTableView, header: ListHeader, sections: Sequence[int]) -> None:
        super().__init__(view)
        self._view, self._header, self._sections = view, header, sections
        self._cells, self._title = _Cells(view), _Title(view, header)
        view.horizontalScrollBar().valueChanged.connect(self.place)
        view.verticalScrollBar().valueChanged.connect(self._cells.update)
        view.viewport().installEventFilter(self)
        header.geometriesChanged.connect(self.place)
        header.sectionResized.connect(self.place)
        header.sectionMoved.connect(self.place)

    def place(self, *_what: int) -> None:
        """Come into view as the columns go, and leave when they are there."""
        view, wide = self._view, 0
        gone: list[int] = []
        for section in self._sections:
            if not view.isColumnHidden(section) and view.columnViewportPosition(section) < wide:
                gone.append(section)
                wide += view.columnWidth(section)
        for widget in (self._cells, self._title):
            widget.sections = tuple(gone)
            widget.setVisible(bool(gone))
        if not gone:
            return
        seen, head = view.viewport().geometry(), self._header.geometry()
        wide = min(wide, seen.width() // 2)
        self._cells.setGeometry(QRect(seen.left(), seen.top(), wide, seen.height()))
        self._title.setGeometry(QRect(seen.left(), head.top(), wide, head.height()))
        for widget in (self._cells, self._title):
            widget.raise_()
            widget.update()

    def uncover(self, index: QModelIndex) -> None:
        """Scroll so far that these columns stand over no cell that is in view, and that no piece
        of another is left beside them."""
        view, bar = self._view, self._view.horizontalScrollBar()
        if index.column() in self._sections:
            return
        hidden = self._cells.width() - view.visualRect(index).left()
        if self._cells.isVisible() and hidden > 0:
            bar.setValue(bar.value() - hidden)
        edge = self._cells.width() if self._cells.isVisible() else 0
        cut = view.columnAt(edge)
        piece = view.columnViewportPosition(cut) + view.columnWidth(cut) - edge
        if edge and cut != index.column() and piece < view.columnWidth(cut):
            bar.setValue(bar.value() + piece)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place()
        elif isinstance(event, QPaintEvent) and self._cells.isVisible():
            # Whatever changed what is seen changed what stands here too; what is painted for the
            # sake of these cells alone is no change, or they would be painted without end.
            origin = self._view.viewport().pos()
            if not self._cells.geometry().contains(event.rect().translated(origin)):
                self._cells.update()
        return False


class _Cells(QWidget):
    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.sections: tuple[int, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        view, model = self._view, self._view.model()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().card))
        option = QStyleOptionViewItem()
        view.initViewItemOption(option)
        chosen = view.selectionModel()
        row = view.rowAt(0)
        while 0 <= row < model.rowCount() and view.rowViewportPosition(row) < self.height():
            top, high = view.rowViewportPosition(row), view.rowHeight(row)
            for section, left, wide in _places(view, self.sections, self.width()):
                option.rect = QRect(left, top, wide, high)
                index = model.index(row, section)
                option.state = QStyle.StateFlag.State_Enabled
                if chosen.isSelected(index):
                    option.state |= QStyle.StateFlag.State_Selected
                view.itemDelegate().paint(painter, option, index)
            # A sentence below the cells runs on across the edge.
            edge = QRect(self.width() - 1, top, 1, min(high, theme.metrics().row))
            painter.fillRect(edge, QColor(theme.current().border))
            row += 1
        painter.end()


def _places(view: QTableView, sections: Sequence[int], room: int) -> list[tuple[int, int, int]]:
    """Section, left edge and width of each, the last as wide as there is room."""
    found, left = [], 0
    for section in sections:
        wide = view.columnWidth(section)
        last = section == sections[-1]
        found.append((section, left, max(room - left, 0) if last else wide))
        left += wide
    return found


class _Title(QWidget):
    def __init__(self, view: QTableView, header: ListHeader) -> None:
        super().__init__(view)
        self._view, self._header = view, header
        self.sections: tuple[int, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for section, left, wide in _places(self._view, self.sections, self.width()):
            self._header.paint_column(painter, QRect(left, 0, wide, self.height()), section)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(theme.current().border))
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            at = round(event.position().x())
            places = _places(self._view, self.sections, self.width())
            for section in (s for s, left, wide in places if left <= at < left + wide):
                self._header.sort_asked.emit(section, more)
