# SPDX-License-Identifier: Apache-2.0
"""Where the links of an entry stand: beside its words, or below them where they are many.

    place_links(row, words, links)     lays out a row of an entry
    WrappedLine()                      widgets on one line, and on the next where it is full

Must not know what a link does.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget

from imp_plus_desktop.ui.look import theme

_BESIDE_EM = 13
"""Links that are wider together, in sizes of the body's type, leave too little room for words."""


def place_links(row: QWidget, words: QVBoxLayout, links: Sequence[QWidget]) -> None:
    """Put the words of an entry and its links into its row. Where the links stand follows from
    them alone, so that a border that is dragged moves none to another place."""
    gap = theme.space(1)
    wide = sum(link.sizeHint().width() + gap for link in links)
    if wide <= theme.metrics().body * _BESIDE_EM:
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(gap)
        beside.addLayout(words, 1)
        for link in links:
            top = QVBoxLayout()
            top.addWidget(link)
            top.addStretch(1)
            beside.addLayout(top)
        return
    below = QVBoxLayout(row)
    below.setContentsMargins(0, 0, 0, theme.space(1))
    below.setSpacing(0)
    below.addLayout(words)
    line = WrappedLine()
    for link in links:
        line.addWidget(link)
    below.addLayout(line)


class WrappedLine(QLayout):
    """Widgets from left to right, which go on below where the line is full."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(theme.space(1))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items]
        wide = sum(size.width() + self.spacing() for size in sizes)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _place(self, room: QRect, *, move: bool) -> int:
        """How high it is in this room; `move` puts the widgets there."""
        left, top, high = room.left(), room.top(), 0
        for item in self._items:
            size = item.sizeHint()
            if left > room.left() and left + size.width() > room.right() + 1:
                left, top, high = room.left(), top + high, 0
            if move:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self.spacing()
            high = max(high, size.height())
        return top + high - room.top()
