# SPDX-License-Identifier: Apache-2.0
"""The list as it is seen: rows chosen whole, columns sorted by their header, widths remembered.

    TableView(model, name, settings=None, parent=None)
        model: RowsModel;  name: key under which the widths are kept in settings;
        settings: Settings or None
    set_ids(ids, keep=True), current_id(), current_row(), select_id(id) -> bool, select_first(),
    ids(), retranslate(), set_empty_text(text)
    allow_several(), chosen_ids()
    signals: row_selected(int), row_activated(int), selection_cleared(), selection_changed(count)

Must not know what a row is about: columns and model say that.
"""

import json
from collections.abc import Sequence
from itertools import chain
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.tables.delegates import RowDelegate
from imp_plus_desktop.ui.tables.model import Column, RowsModel

_MIN_EM = 3
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
        self._name = f"columns-{name}"
        self._settings = settings
        self._widths: dict[str, int] = {}
        self._stretching = False
        self._empty_text = ""
        # A drag of the mouse resizes many times; only its end is worth a write.
        self._keeper = QTimer(self)
        self._keeper.setSingleShot(True)
        self._keeper.setInterval(400)
        self._keeper.timeout.connect(self._on_keeper_timeout)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(model.columns, self))
        self._configure()
        self._restore_widths()
        self._restore_shown()
        self.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.horizontalHeader().customContextMenuRequested.connect(self._on_header_menu_requested)
        self.horizontalHeader().sectionClicked.connect(self._on_header_clicked)
        self.horizontalHeader().sectionResized.connect(self._on_section_resized)
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

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        chosen = self.current_id()
        if chosen is not None:
            self.row_selected.emit(chosen)
        self.selection_changed.emit(sum(map(len, self._chosen_ranges())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
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
        self._open_menu(event.globalPos())

    def column_menu(self) -> QMenu:
        """The menu of the columns as it would open now: sorting, and what may be shown."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._rows.columns):
            if column.sort is not None:
                action = QAction(_("Sort by: {column}").format(column=column.title()), menu)
                action.setData(number)
                menu.addAction(action)
        optional = [(n, c) for n, c in enumerate(self._rows.columns) if c.optional]
        if optional:
            menu.addSeparator()
        for number, column in optional:
            action = QAction(_("Show: {column}").format(column=column.title()), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.setData(number)
            menu.addAction(action)
        menu.triggered.connect(self._on_menu_triggered)
        return menu

    def _open_menu(self, where: QPoint) -> None:
        menu = self.column_menu()
        if menu.isEmpty():
            menu.deleteLater()
            return
        menu.popup(where)

    def _on_header_menu_requested(self, where: QPoint) -> None:
        self._open_menu(self.horizontalHeader().mapToGlobal(where))

    def _on_menu_triggered(self, action: QAction) -> None:
        number = int(action.data())
        if action.isCheckable():
            self.show_column(number, action.isChecked())
        else:
            self._on_header_clicked(number)

    def show_column(self, number: int, shown: bool) -> None:
        """Show or hide an optional column, and remember it."""
        self.setColumnHidden(number, not shown)
        self._stretch()
        if self._settings is not None:
            columns = enumerate(self._rows.columns)
            kept = [c.key for n, c in columns if c.optional and not self.isColumnHidden(n)]
            self._settings.keep_layout(f"shown-{self._name}", " ".join(kept))

    def shown_columns(self) -> "list[Column[Any]]":
        """The columns that are shown, from left to right."""
        header = self.horizontalHeader()
        numbers = sorted(range(len(self._rows.columns)), key=header.visualIndex)
        return [self._rows.columns[n] for n in numbers if not self.isColumnHidden(n)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty_text and not self._rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme.current().secondary))
            box = self.viewport().rect().adjusted(16, 24, -16, -16)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(box, int(flags | Qt.TextFlag.TextWordWrap), self._empty_text)
            painter.end()

    def _on_header_clicked(self, section: int) -> None:
        column = self._rows.columns[section]
        if column.sort is None:
            return
        key, descending = self._rows.sort_state
        down = key == column.sort and not descending
        chosen = self.current_id()
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self._rows.sort(section, order)
        if chosen is not None:
            self.select_id(chosen)

    def _on_index_activated(self, index: QModelIndex) -> None:
        chosen = self._rows.id_at(index.row())
        if index.isValid() and chosen is not None:
            self.row_activated.emit(chosen)

    def _on_section_resized(self, section: int, old: int, new: int) -> None:
        if self._stretching or self._rows.columns[section].stretch:
            return
        self._widths[self._rows.columns[section].key] = new
        self._keeper.start()
        self._stretch()

    def _on_keeper_timeout(self) -> None:
        if self._settings is not None:
            self._settings.keep_layout(self._name, json.dumps(self._widths))

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
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(theme.metrics().body * _MIN_EM)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _restore_widths(self) -> None:
        self._widths = _read_widths(self._settings, self._name)
        em = theme.metrics().body
        self._stretching = True
        for number, column in enumerate(self._rows.columns):
            self.setColumnWidth(number, self._widths.get(column.key, round(column.width * em)))
        self._stretching = False

    def _restore_shown(self) -> None:
        stored = self._settings.layout(f"shown-{self._name}") if self._settings else ""
        shown = set(stored.split())
        for number, column in enumerate(self._rows.columns):
            if column.optional:
                self.setColumnHidden(number, column.key not in shown)

    def _stretch(self) -> None:
        """Give what is left of the width to the stretching column, never less than it asks."""
        stretching = [n for n, column in enumerate(self._rows.columns) if column.stretch]
        if not stretching:
            return
        number = stretching[0]
        others = sum(self.columnWidth(n) for n in range(len(self._rows.columns)) if n != number)
        least = round(self._rows.columns[number].width * theme.metrics().body)
        self._stretching = True
        self.setColumnWidth(number, max(self.viewport().width() - others, least))
        self._stretching = False


def _read_widths(settings: Settings | None, name: str) -> dict[str, int]:
    """Stored widths by column; what cannot be read counts as nothing stored."""
    stored = settings.layout(name) if settings is not None else ""
    try:
        read = json.loads(stored) if stored else {}
    except ValueError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {str(k): v for k, v in read.items() if isinstance(v, int) and 0 < v < 4000}
