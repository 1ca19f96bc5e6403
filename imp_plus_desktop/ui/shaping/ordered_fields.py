# SPDX-License-Identifier: Apache-2.0
"""Rows to tick and to put in order, by dragging or with Alt and the arrows.

    OrderedFields(rows=17)     add_field(key, title, shown), add_heading(text)
        fields() -> its rows but for headings
        keys(), ticked() -> the keys of all, of those ticked

Must not know what a row stands for.
"""

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import plain

KEY = int(Qt.ItemDataRole.UserRole)
FOLDED = KEY + 1
"""Where a row keeps its key, and its title as it is searched."""
WIDE_EM = 23
_SHOWN_ROWS = 17


class OrderedFields(QListWidget):
    """Fields to tick, in an order that the mouse and Alt with the arrows change."""

    def __init__(self, rows: int = _SHOWN_ROWS) -> None:
        super().__init__()
        self._rows = rows
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def sizeHint(self) -> QSize:
        return QSize(theme.metrics().body * WIDE_EM, theme.metrics().row * self._rows)

    def fields(self) -> Iterator[QListWidgetItem]:
        """The rows that are fields, from above."""
        every = (self.item(row) for row in range(self.count()))
        return (item for item in every if item.data(KEY))

    def keys(self) -> list[str]:
        """The keys of all of them, from above."""
        return [item.data(KEY) for item in self.fields()]

    def ticked(self) -> list[str]:
        """The keys of those that are ticked, from above."""
        checked = Qt.CheckState.Checked
        return [item.data(KEY) for item in self.fields() if item.checkState() == checked]

    def add_field(self, key: str, title: str, *, shown: bool) -> None:
        """Add a field at the end."""
        item = QListWidgetItem(title)
        item.setData(KEY, key)
        item.setData(FOLDED, fold(title))
        item.setData(int(Qt.ItemDataRole.ToolTipRole), plain(title))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled)
        item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
        self.addItem(item)

    def add_heading(self, text: str) -> None:
        """Add a line that heads the fields below it."""
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme.sized_font(theme.metrics().small, semibold=True))
        self.addItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if alt and event.key() in steps:
            self._move(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        """Move the current field past the next one that is shown."""
        here = self.currentRow()
        item = self.item(here) if here >= 0 else self.item(0)
        if item.checkState() != Qt.CheckState.Checked or not item.data(KEY):
            return
        row = here + step
        while 0 <= row < self.count():
            other = self.item(row)
            if other.data(KEY) and other.checkState() == Qt.CheckState.Checked:
                break
            row += step
        else:
            return
        root = self.rootIndex()
        self.model().moveRow(root, here, root, row + (1 if step > 0 else 0))
        self.setCurrentItem(item)
