# SPDX-License-Identifier: Apache-2.0
"""The column that says who a row is about, kept in view while the others are scrolled sideways.

    KeptColumn(view, section)    follows the view by itself

It paints the cells of that column over the list's left edge, and takes no click: a click there
chooses the row, as anywhere else. Its title sorts. Must not know what the column holds.
"""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView, QWidget

from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.tables.header import ListHeader


class KeptColumn(QObject):
    """Keeps one column of a list in view."""

    def __init__(self, view: QTableView, header: ListHeader, section: int) -> None:
        super().__init__(view)
        self._view, self._header, self._section = view, header, section
        self._cells, self._title = _Cells(view, section), _Title(view, header, section)
        view.horizontalScrollBar().valueChanged.connect(self.place)
        view.verticalScrollBar().valueChanged.connect(self._cells.update)
        view.viewport().installEventFilter(self)
        header.geometriesChanged.connect(self.place)
        header.sectionResized.connect(self.place)
        header.sectionMoved.connect(self.place)

    def place(self, *_what: int) -> None:
        """Come into view when the column has gone, and leave when it is there."""
        view, section = self._view, self._section
        gone = not view.isColumnHidden(section) and view.columnViewportPosition(section) < 0
        for widget in (self._cells, self._title):
            widget.setVisible(gone)
        if not gone:
            return
        seen, head = view.viewport().geometry(), self._header.geometry()
        wide = min(view.columnWidth(section), seen.width() // 2)
        self._cells.setGeometry(QRect(seen.left(), seen.top(), wide, seen.height()))
        self._title.setGeometry(QRect(seen.left(), head.top(), wide, head.height()))
        for widget in (self._cells, self._title):
            widget.raise_()
            widget.update()

    def uncover(self, index: QModelIndex) -> None:
        """Scroll so far that this column does not stand over a cell that is in view."""
        hidden = self._cells.width() - self._view.visualRect(index).left()
        if index.column() != self._section and self._cells.isVisible() and hidden > 0:
            bar = self._view.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

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
    def __init__(self, view: QTableView, section: int) -> None:
        super().__init__(view)
        self._view, self._section = view, section
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
            option.rect = QRect(0, top, self.width(), high)
            index = model.index(row, self._section)
            option.state = QStyle.StateFlag.State_Enabled
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            view.itemDelegate().paint(painter, option, index)
            row += 1
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(theme.current().border))
        painter.end()


class _Title(QWidget):
    def __init__(self, view: QTableView, header: ListHeader, section: int) -> None:
        super().__init__(view)
        self._header, self._section = header, section
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._header.paint_column(painter, self.rect(), self._section)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(theme.current().border))
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._header.sort_asked.emit(self._section, more)
