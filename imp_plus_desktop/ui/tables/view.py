# SPDX-License-Identifier: Apache-2.0
"""The list as it is seen: rows chosen whole, columns sorted by their header, widths remembered.

    TableView(model, name, settings=None, parent=None)
        model: RowsModel;  name: key under which the widths are kept in settings;
        settings: Settings or None
    .columns: ListColumns    which columns there are, how wide, and what sorts
    set_ids(ids, keep=True), current_id(), current_row(), select_id(id) -> bool, select_first(),
    ids(), retranslate(), set_empty_text(text)
    allow_several(), chosen_ids()
    signals: row_selected(int), row_activated(int), selection_cleared(), selection_changed(count)

Must not know what a row is about: columns and model say that.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.tables.columns import ListColumns
from imp_plus_desktop.ui.tables.delegates import RowDelegate
from imp_plus_desktop.ui.tables.header import ListHeader
from imp_plus_desktop.ui.tables.model import Column, RowsModel

_MOVING = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)


class TableView(QTableView):
    """A list over a `RowsModel`."""

    row_selected = Signal(int)
    row_activated = Signal(int)
    selection_cleared = Signal()
    selection_changed = Signal(int)

    def __init__(
        self,
        model: RowsModel[Any],
        name: str,
        settings: Settings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._empty_text = ""
        self._walked = False
        self.setModel(model)
        self.setItemDelegate(RowDelegate(model.columns, self))
        header = ListHeader(model.columns, self)
        self.setHorizontalHeader(header)
        self._configure()
        self.columns = ListColumns(self, model, header, name, settings)
        self.doubleClicked.connect(self._on_index_activated)

    def set_ids(self, ids: Sequence[int], keep: bool = True) -> None:
        """Show these ids; the chosen row stays chosen if it is among them and `keep` is true."""
        chosen = self.current_id() if keep else None
        several = self.chosen_ids() if chosen is not None else []
        anchor = self._anchor(chosen) if chosen is not None else None
        self._rows.set_ids(ids)
        row = self._rows.row_of(chosen) if chosen is not None else None
        if row is None:
            self.selection_changed.emit(0)  # Qt says nothing of it where all rows are new
        if chosen is not None and row is None:
            self.selection_cleared.emit()
        if row is None:
            return
        self.selectRow(row)
        if len(several) > 1:
            self._choose_again(several)
        if not self._hold(anchor):
            self.scrollTo(self._rows.index(row, 0))

    def _chosen_ranges(self) -> list[range]:
        """The chosen rows, as ranges from the top: an index a row costs seconds."""
        selection = self.selectionModel().selection()
        parts = (selection.at(number) for number in range(selection.count()))
        spans = sorted((part.top(), part.bottom()) for part in parts)
        found: list[range] = []
        for top, bottom in spans:
            # Two ranges may share rows, each with some of their columns.
            start = max(top, found[-1].stop) if found else top
            if start <= bottom:
                found.append(range(start, bottom + 1))
        return found

    def _choose_again(self, wanted: Sequence[int]) -> None:
        """Choose these ids as far as they are there; the current row stays the current one."""
        among, last = set(wanted), len(self._rows.columns) - 1
        selection, start = QItemSelection(), -1
        for row, number in enumerate(self._rows.ids):
            if number in among:
                start = row if start < 0 else start
            elif start >= 0:
                selection.select(self._rows.index(start, 0), self._rows.index(row - 1, last))
                start = -1
        if start >= 0:
            end = self._rows.rowCount() - 1
            selection.select(self._rows.index(start, 0), self._rows.index(end, last))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)

    def _anchor(self, chosen: int) -> tuple[int, int, int] | None:
        """A row to hold on to while the rows are asked anew, where it stands, and how far the
        list is moved sideways: the chosen row where it is seen, else the first one seen."""
        row = self._rows.row_of(chosen)
        top = self.rowViewportPosition(row) if row is not None else -1
        if row is None or not 0 <= top < self.viewport().height():
            row = self.rowAt(0)
            top = self.rowViewportPosition(row) if row >= 0 else 0
        number = self._rows.id_at(row)
        return None if number is None else (number, top, self.horizontalScrollBar().value())

    def _hold(self, anchor: tuple[int, int, int] | None) -> bool:
        """Bring a row back to where it stood; False where it is not there any more."""
        row = self._rows.row_of(anchor[0]) if anchor is not None else None
        if anchor is None or row is None:
            return False
        self.updateGeometries()  # the bar's range follows the new rows only here
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.rowViewportPosition(row) - anchor[1])
        self.horizontalScrollBar().setValue(anchor[2])
        return True

    def ids(self) -> Sequence[int]:
        """All ids in the order shown."""
        return self._rows.ids

    def allow_several(self) -> None:
        """Let several rows be chosen, with Ctrl and Shift; `chosen_ids` has them all."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def chosen_ids(self) -> list[int]:
        """The ids of all chosen rows, in the order shown."""
        rows = chain.from_iterable(self._chosen_ranges())
        return [found for row in rows if (found := self._rows.id_at(row)) is not None]

    def current_id(self) -> int | None:
        """The id of the chosen row; of several, of the one chosen last."""
        row = self._chosen_row()
        return None if row is None else self._rows.id_at(row)

    def current_row(self) -> Any | None:
        """The value of the chosen row; of several, of the one chosen last."""
        row = self._chosen_row()
        return None if row is None else self._rows.row_at(row)

    def _chosen_row(self) -> int | None:
        ranges = self._chosen_ranges()
        last = self.currentIndex().row()
        if any(last in rows for rows in ranges):
            return last
        return ranges[0].start if ranges else None

    def select_id(self, wanted: int) -> bool:
        """Choose the row of an id and bring it into view; False when it is not in the list."""
        row = self._rows.row_of(wanted)
        if row is None:
            return False
        if self.current_id() != wanted:
            self.selectRow(row)
        self.scrollTo(self._rows.index(row, 0))
        return True

    def select_first(self) -> None:
        """Choose the first row, if there is one and none is chosen."""
        if self.current_id() is None and self._rows.rowCount():
            self.selectRow(0)

    def set_empty_text(self, text: str) -> None:
        """What stands in the list when nothing matches."""
        self._empty_text = text
        self.viewport().update()

    def retranslate(self) -> None:
        """Write titles and cells anew."""
        self._rows.retranslate()
        self.columns.measure_anew()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        chosen = self.current_id()
        if chosen is not None:
            self.row_selected.emit(chosen)
        self.selection_changed.emit(sum(map(len, self._chosen_ranges())))

    def is_walked(self) -> bool:
        """Whether a key or the mouse is choosing a row just now: another one may follow at once."""
        return self._walked

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._walked = True
        super().mousePressEvent(event)
        self._walked = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._walked = True
        super().mouseMoveEvent(event)
        self._walked = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._walked = True
        self._press(event)
        self._walked = False

    def _press(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_index_activated(self.currentIndex())
        elif event.key() == Qt.Key.Key_Home and not event.modifiers():
            self._choose_row(0)
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            self._choose_row(self._rows.rowCount() - 1)
        else:
            super().keyPressEvent(event)
        if event.key() in _MOVING:
            event.accept()  # at an end the keys stay here, and move nothing around the list

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Sorting without a mouse: the menu key opens the list of columns."""
        self.columns.open_menu(event.globalPos())

    def column_menu(self) -> QMenu:
        """The menu of the columns as it would open now: sorting, and what may be shown."""
        return self.columns.menu()

    def show_column(self, number: int, shown: bool) -> None:
        """Show or hide a column, and remember it."""
        self.columns.show_column(number, shown)

    def shown_columns(self) -> "list[Column[Any]]":
        """The columns that are shown, from left to right."""
        return self.columns.shown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty_text and not self._rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme.current().secondary))
            box = self.viewport().rect().adjusted(16, 24, -16, -16)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(box, int(flags | Qt.TextFlag.TextWordWrap), self._empty_text)
            painter.end()

    def _on_index_activated(self, index: QModelIndex) -> None:
        chosen = self._rows.id_at(index.row())
        if index.isValid() and chosen is not None:
            self.row_activated.emit(chosen)

    def _choose_row(self, row: int) -> None:
        if 0 <= row < self._rows.rowCount():
            self.selectRow(row)
            self.scrollTo(self._rows.index(row, 0))

    def _configure(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        row = theme.metrics().row
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(row)
        rows.setDefaultSectionSize(row)
