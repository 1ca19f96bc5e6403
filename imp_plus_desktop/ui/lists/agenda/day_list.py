# SPDX-License-Identifier: Apache-2.0
"""The deadlines of one day, by name: to open, to drag to another day, or to drop here.

    DayList(takes_drops=False)      signals opened(int), taken(DeadlineRow), stepped(row, int),
                                            dropped(date, str), more_asked(date)
        show_day(day, rows, count)          `count` where there are more than the rows
        current() -> the row that is chosen

Alt with the arrows asks for the day before or after. Must not move a deadline itself.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QByteArray, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem

from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.ui.charts.month_grid import MIME
from imp_plus_desktop.ui.lists.agenda.deadline_rows import shown_of, tip_of, tone_of
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import plain, set_name
from imp_plus_desktop.ui.look.theme import Tone

_ROW = int(Qt.ItemDataRole.UserRole)
_SIGNS = {Tone.BAD: "✕ ", Tone.WARN: "▲ "}
_AIR = 11
"""What a line keeps free at each side, in pixels, as the style sheet has it."""
_ALT = Qt.KeyboardModifier.AltModifier
_WAYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class DayList(QListWidget):
    """What falls due on one day."""

    opened = Signal(int)
    taken = Signal()
    stepped = Signal(object, int)
    dropped = Signal(object, str)
    more_asked = Signal(object)

    def __init__(self, *, takes_drops: bool = False) -> None:
        super().__init__()
        self._day = date.min
        self.setDragEnabled(True)
        self.setAcceptDrops(takes_drops)
        self.setDragDropMode(
            QAbstractItemView.DragDropMode.DragDrop
            if takes_drops
            else QAbstractItemView.DragDropMode.DragOnly
        )
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)  # a line that wraps says all of it
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemActivated.connect(self._on_item_activated)
        self.currentRowChanged.connect(self._on_current_changed)

    def minimumSizeHint(self) -> QSize:
        sizes = theme.metrics()
        return QSize(sizes.body * 6, sizes.row * 3)

    def show_day(self, day: date, rows: Sequence[DeadlineRow], count: int) -> None:
        """Show a day's deadlines; the place in the list that was chosen stays chosen."""
        place, self._day = self.currentRow(), day
        self.blockSignals(True)
        self.clear()
        for row in rows:
            self.addItem(_item(row))
        if count > len(rows):
            rest = count - len(rows)
            text = ngettext("{count} other…", "{count} others…", rest)
            self.addItem(QListWidgetItem(text.format(count=words.number(rest))))
        self._fit()
        if self.count() and place >= 0:
            self.setCurrentRow(min(place, self.count() - 1))
        self.blockSignals(False)
        said = ngettext("{count} deadline", "{count} deadlines", count)
        name = f"{words.weekday_and_day(day)}, {said.format(count=words.number(count))}"
        set_name(self, name)

    def day(self) -> date:
        """The day that is shown."""
        return self._day

    def current(self) -> DeadlineRow | None:
        """The deadline that is chosen."""
        row = self.currentIndex().data(_ROW)
        return row if isinstance(row, DeadlineRow) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        if event.modifiers() & _ALT and event.key() in _WAYS and row is not None:
            self.stepped.emit(row, _WAYS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_item_activated(self.currentItem())
        elif event.text() and event.key() != Qt.Key.Key_Space:
            event.ignore()  # letters are the keys of what can be done, not a search
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)
        self.taken.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.count():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme.current().secondary))
            middle = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(self.viewport().rect(), middle, _("Nothing falls due"))
            painter.end()

    def _fit(self) -> None:
        """Give each its height: Qt measures words that wrap without the air around them."""
        wide = max(self.viewport().width() - 2 * _AIR, 1)
        flags = int(Qt.TextFlag.TextWordWrap)
        for row in range(self.count()):
            item = self.item(row)
            box = self.fontMetrics().boundingRect(QRect(0, 0, wide, 9999), flags, item.text())
            item.setSizeHint(QSize(0, box.height() + _AIR))

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        data = QMimeData()
        rows = [item.data(_ROW) for item in items if isinstance(item.data(_ROW), DeadlineRow)]
        if rows:
            data.setData(MIME, QByteArray(str(rows[0].key).encode("ascii")))
        return data

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        what = bytes(event.mimeData().data(MIME).data()).decode("ascii", "replace")
        # What was dragged stays where it is until its new day has been kept.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(self._day, what)

    def _on_item_activated(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        row = item.data(_ROW)
        if isinstance(row, DeadlineRow):
            self.opened.emit(int(row.person_id))
        else:
            self.more_asked.emit(self._day)

    def _on_current_changed(self, row: int) -> None:
        self.taken.emit()


def _item(row: DeadlineRow) -> QListWidgetItem:
    sign = _SIGNS.get(tone_of(row), "")
    text = _("{name}\n{what}").format(name=f"{sign}{row.name}", what=shown_of(row))
    item = QListWidgetItem(plain(text))
    item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    item.setData(_ROW, row)
    item.setData(int(Qt.ItemDataRole.ToolTipRole), plain(f"{row.name}\n{tip_of(row)}"))
    return item
