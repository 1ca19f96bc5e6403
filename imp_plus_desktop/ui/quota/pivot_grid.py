# SPDX-License-Identifier: Apache-2.0
"""A count by rows and columns with their totals; each figure opens the rows behind it.

    PivotGrid()      show_table(PivotTable), columns with no second dimension: the totals alone
        signal opened(object, object)    the values of row and column, `ALL` for a total

Must not count anything.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from imp_plus_desktop.domain.reads.pivots import ALL
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.listing.pivots import PivotTable
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import plain, set_name
from imp_plus_desktop.words.pivot_texts import pivot_text, value_text

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole
_LEAST_EM, _WIDEST_EM = 4, 18


class PivotModel(QAbstractTableModel):
    """The figures of a count; the last row and the last column are totals."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table: PivotTable | None = None
        self._rows: list[object] = []
        self._columns: list[object] = []

    def show(self, table: PivotTable) -> None:
        """Hold another count."""
        self.beginResetModel()
        self.table = table
        self._rows = [*table.rows, ALL]
        self._columns = [*table.columns, ALL]
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def place(self, index: _Index) -> tuple[object, object]:
        """The values of row and column of a cell."""
        return self._rows[index.row()], self._columns[index.column()]

    def figure(self, index: _Index) -> int:
        """What a cell counts."""
        assert self.table is not None
        row, column = self.place(index)
        if row is ALL:
            return self.table.total if column is ALL else self.table.of_columns[_value(column)]
        if column is ALL:
            return self.table.of_rows[_value(row)]
        return self.table.figures.get((_value(row), _value(column)), 0)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        figure = self.figure(index)
        if role == _Role.DisplayRole:
            return words.number(figure) if figure else ""
        if role == _Role.AccessibleTextRole:
            heads = (self._head(value, at) for at, value in enumerate(self.place(index)))
            told = ", ".join(heads)
            return _("{name}: {value}").format(name=told, value=words.number(figure))
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == _Role.FontRole and ALL in self.place(index):
            return _strong()
        if role == _Role.ForegroundRole and ALL not in self.place(index):
            return QColor(theme.current().accent)
        if role == _Role.ToolTipRole and figure:
            return plain(_("Show these rows"))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        value = (self._columns if across else self._rows)[section]
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return self._head(value, int(across))
        if role == _Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if across else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == _Role.FontRole and value is ALL:
            return _strong()
        return None

    def _head(self, value: object, axis: int) -> str:
        assert self.table is not None
        if value is ALL:
            return _("Total")
        pivot = self.table.pivot
        return value_text(pivot, pivot.axes[axis], _value(value))


class PivotGrid(QTableView):
    """The count as a table."""

    opened = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = PivotModel(self)
        self.setModel(self._model)
        theme.set_role(self, "figures")
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._open)
        self.entered.connect(self._on_entered)

    def show_table(self, table: PivotTable) -> None:
        """Show another count; the current cell stays where it was."""
        here = self.currentIndex()
        self._model.show(table)
        set_name(self, pivot_text(table.pivot))
        metrics = theme.metrics()
        self.verticalHeader().setDefaultSectionSize(metrics.row)
        self.verticalHeader().setMaximumWidth(metrics.body * _WIDEST_EM)
        self.resizeColumnsToContents()
        least, most = metrics.body * _LEAST_EM, metrics.body * _WIDEST_EM
        for column in range(self._model.columnCount()):
            self.setColumnWidth(column, min(max(self.columnWidth(column), least), most))
        row = min(max(here.row(), 0), self._model.rowCount() - 1)
        column = min(max(here.column(), 0), self._model.columnCount() - 1)
        self.setCurrentIndex(self._model.index(row, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.viewport().unsetCursor()
        super().leaveEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self._model.figure(index):
            self.opened.emit(*self._model.place(index))

    def _on_entered(self, index: QModelIndex) -> None:
        if self._model.figure(index):
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()


def _value(value: object) -> str | int | None:
    return value if isinstance(value, str | int) else None


def _strong() -> QFont:
    font = QFont()
    font.setWeight(QFont.Weight.DemiBold)
    return font
