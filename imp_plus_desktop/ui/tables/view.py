# SPDX-License-Identifier: Apache-2.0
"""The list as it is seen: rows chosen whole, columns sorted by their header, widths remembered.

    TableView(model, name, settings=None, parent=None)
        model: RowsModel;  name: key under which the widths are kept in settings;
        settings: Settings or None
    .columns: ListColumns    which columns there are, how wide, and what sorts
    set_ids(ids, keep=True), current_id(), current_row(), select_id(id) -> bool, select_first(),
    ids(), retranslate(), set_empty_text(text)
    allow_several(), chosen_ids(), chosen_count(), hidden_count(), choose(ids), let_go()
    signals: row_selected(int), row_activated(int), selection_cleared(), selection_changed(count),
        menu_asked(point), copy_asked()

What is chosen of several stays so when they are sorted or filtered: what a filter hides is counted
and comes back. Space chooses the current row too, Ctrl with an arrow goes there without choosing.

Must not know what a row is about: columns and model say that.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.tables import anchors
from imp_plus_desktop.ui.tables.columns import ListColumns
from imp_plus_desktop.ui.tables.delegates import RowDelegate
from imp_plus_desktop.ui.tables.header import ListHeader
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.selection import Selection

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

    row_selected = Signal(object)  # an id of the agenda's lines is longer than an int of Qt
    row_activated = Signal(object)
    selection_cleared = Signal()
    selection_changed = Signal(int)
    menu_asked = Signal(QPoint)
    copy_asked = Signal()

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
        self._walked = self._held = False
        self._selection = Selection(self, model)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(model, self))
        header = ListHeader(model.columns, self)
        self.setHorizontalHeader(header)
        # A selection of its own, which stays empty: a header asks of every row whether it is
        # chosen, at each paint, and where all are that takes a second.
        header.setSelectionModel(QItemSelectionModel(model, header))
        self._configure()
        self.columns = ListColumns(self, model, header, name, settings)
        self.doubleClicked.connect(self._on_index_activated)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        model.ids_changed.connect(self._on_ids_changed)
        self._on_ids_changed()

    def set_ids(self, ids: Sequence[int], keep: bool = True) -> None:
        """Show these ids; what is chosen stays so if `keep` is true. Of one row alone that is
        while it is among them; of several also those that are not, as hidden ones."""
        chosen = self.current_id() if keep else None
        several = self.chosen_ids() if keep else []
        anchor = anchors.of(self, self._rows, chosen) if chosen is not None else None
        self._rows.set_ids(ids)
        row = self._rows.row_of(chosen) if chosen is not None else None
        if len(several) > 1:
            row = self._choose_again(several, row)
        else:
            self._selection.hidden = ()
            if row is not None:
                self._selection.choose_row(row)
        if row is None:
            # Qt says nothing of it where all rows are new.
            self.selection_changed.emit(self.chosen_count())
            if chosen is not None:
                self.selection_cleared.emit()
        elif not self._hold(anchor):
            self.scrollTo(self._rows.index(row, 0))

    def keep_chosen(self, do: Callable[[], object]) -> None:
        """Do what puts the rows in another order; what is chosen stays so, and is brought into
        view."""
        chosen, several = self.current_id(), self.chosen_ids()
        do()
        if len(several) > 1:
            self._choose_again(several, self._rows.row_of(chosen) if chosen is not None else None)
        if chosen is not None:
            self.select_id(chosen)

    def _choose_again(self, several: Sequence[int], row: int | None) -> int | None:
        """Choose these ids as before; `row` stays the current one, if it is still there. Answers
        the row in front."""
        if row is not None:
            self._selection.make_current(row)
        self._selection.choose(several)
        front = self._selection.row_in_front()
        if row is None and front is not None:
            self._selection.make_current(front)
        return front

    def _hold(self, anchor: anchors.Anchor | None) -> bool:
        """Bring a row back to where it stood; False where it is not there any more."""
        if anchor is None or self._rows.row_of(anchor.number) is None:
            return False
        self.updateGeometries()  # the bar's range follows the new rows only here
        anchors.hold(self, self._rows, anchor)
        return True

    def ids(self) -> Sequence[int]:
        """All ids in the order shown."""
        return self._rows.ids

    def allow_several(self) -> None:
        """Let several rows be chosen; `chosen_ids` has them all. The menu is that of acts."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def several_allowed(self) -> bool:
        """Whether several rows may be chosen."""
        return self.selectionMode() == QAbstractItemView.SelectionMode.ExtendedSelection

    def chosen_ids(self) -> list[int]:
        """The ids of all that are chosen: those shown in their order, then those a filter hides."""
        return self._selection.ids()

    def chosen_count(self) -> int:
        """How many are chosen, those that a filter hides too."""
        return self._selection.count()

    def hidden_count(self) -> int:
        """How many of those that are chosen a filter hides."""
        return len(self._selection.hidden)

    def choose(self, wanted: Sequence[int]) -> None:
        """Choose these ids; the first that is shown is the current one."""
        self._choose_again(wanted, None)

    def let_go(self) -> None:
        """Choose the current row alone."""
        self._selection.let_go()

    def current_id(self) -> int | None:
        """The id of the chosen row; of several, of the one chosen last."""
        row = self._selection.row_in_front()
        return None if row is None else self._rows.id_at(row)

    def current_row(self) -> Any | None:
        """The value of the chosen row; of several, of the one chosen last."""
        row = self._selection.row_in_front()
        return None if row is None else self._rows.row_at(row)

    def select_id(self, wanted: int) -> bool:
        """Choose the row of an id and bring it into view; False when it is not in the list."""
        row = self._rows.row_of(wanted)
        if row is None:
            return False
        if self.current_id() != wanted:
            self._selection.choose_row(row)
        self.scrollTo(self._rows.index(row, 0))
        return True

    def select_first(self) -> None:
        """Choose the first row, if there is one and none is chosen."""
        if not self.chosen_count() and self._rows.rowCount():
            self._selection.choose_row(0)

    def set_empty_text(self, text: str) -> None:
        """What stands in the list when nothing matches."""
        self._empty_text = text
        self.viewport().update()

    def empty_text(self) -> str:
        """What stands there then."""
        return self._empty_text

    def retranslate(self) -> None:
        """Write titles and cells anew."""
        self._rows.retranslate()
        self.columns.measure_anew()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        chosen = self.current_id()
        if chosen is not None:
            self.row_selected.emit(chosen)
        self.selection_changed.emit(self.chosen_count())

    def _choose_anew(
        self,
        held: Qt.KeyboardModifier,
        index: QModelIndex,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    ) -> None:
        """Whoever chooses a row alone lets go of what is not seen, too."""
        if held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            return
        if button == Qt.MouseButton.RightButton and self.selectionModel().isSelected(index):
            return
        if index.isValid():
            self._selection.hidden = ()

    def is_walked(self) -> bool:
        """Whether a key or the mouse is choosing a row just now: another one may follow at once."""
        return self._walked

    def is_held(self) -> bool:
        """Whether that key is held down: another row follows for sure."""
        return self._held

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose_anew(
            event.modifiers(), self.indexAt(event.position().toPoint()), event.button()
        )
        self._walked = True
        super().mousePressEvent(event)
        self._walked = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._walked = True
        super().mouseMoveEvent(event)
        self._walked = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._walked, self._held = True, event.isAutoRepeat()
        self._press(event)
        self._walked = self._held = False

    def _press(self, event: QKeyEvent) -> None:
        if event.key() in _MOVING or event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose_anew(event.modifiers(), self.currentIndex())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_index_activated(self.currentIndex())
        elif event.key() == Qt.Key.Key_Home and not event.modifiers():
            self._choose_row(0)
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            self._choose_row(self._rows.rowCount() - 1)
        elif self.several_allowed() and self._press_for_several(event):
            event.accept()
        else:
            super().keyPressEvent(event)
        if event.key() in _MOVING:
            event.accept()  # at an end the keys stay here, and move nothing around the list

    def _press_for_several(self, event: QKeyEvent) -> bool:
        """Whether a key was one of those that choose several rows, or copy them."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._selection.toggle(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape and self.chosen_count() > 1:
            self.let_go()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            # Sorting without a mouse: the menu key opens the acts.
            below = self.horizontalHeader().rect().bottomLeft()
            self.columns.open_menu(self.horizontalHeader().mapToGlobal(below))
        else:
            return False
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done to what is chosen; a list of which only one row is ever chosen sorts
        here without a mouse."""
        if not self.several_allowed():
            self.columns.open_menu(event.globalPos())
            return
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            below = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_asked.emit(self.viewport().mapToGlobal(below))
        elif self.indexAt(event.pos()).isValid():
            self.menu_asked.emit(event.globalPos())

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
        cells = self.itemDelegate()
        if isinstance(cells, RowDelegate):
            cells.look_again()
        if type(cells) is RowDelegate:
            cells.paint_rows(self, event.region())
        else:
            super().paintEvent(event)
        if self._empty_text and not self._rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme.current().secondary))
            box = self.viewport().rect().adjusted(16, 24, -16, -16)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(box, int(flags | Qt.TextFlag.TextWordWrap), self._empty_text)
            painter.end()

    def _on_current_row_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        for index in (current, previous):
            self.update(index.siblingAtColumn(0))  # which says where the keys are

    def _on_ids_changed(self) -> None:
        """Where no row is there is nothing to look at further to the right."""
        some = bool(self._rows.rowCount())
        needed, never = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(needed if some else never)

    def _on_index_activated(self, index: QModelIndex) -> None:
        chosen = self._rows.id_at(index.row())
        if index.isValid() and chosen is not None:
            self.row_activated.emit(chosen)

    def _choose_row(self, row: int) -> None:
        if 0 <= row < self._rows.rowCount():
            self._selection.choose_row(row)
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
