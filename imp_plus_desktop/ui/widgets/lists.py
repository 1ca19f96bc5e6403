# SPDX-License-Identifier: Apache-2.0
"""Short lists that are read and clicked: what waits for somebody, and what was done.

    ActionLine(key, tone, text, count="")
    ActionList(parent=None)      set_lines(lines)        signal activated(str)   the line's key
    ActLine(key, time, who, text, link="")
    RowButton(key, text, count, parent)     the base of painted lines
    RowList(parent=None)         show_rows(rows), rows()     signal activated(str)   the line's key
    ActList(parent=None, stacked=False)   set_lines(lines), said()   signal link_clicked(int)
                                          its key; `stacked` for a narrow place, where the
                                          words are cut, or wrap and stay `whole`

Must not fetch anything.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.ui.look import glyphs, theme
from imp_plus_desktop.ui.look.glyphs import Glyph
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import KeyButton, clear, label, line, words_in

_SIGNS = {
    Tone.BAD: Glyph.DISC,
    Tone.WARN: Glyph.TRIANGLE,
    Tone.OK: Glyph.CHECK,
    Tone.UNKNOWN: Glyph.RING,
    Tone.ACCENT: Glyph.RING,
    Tone.PLAIN: Glyph.RING,
}
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A line that opens something; `count` is already written for the language."""

    key: str
    tone: Tone
    text: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class ActLine:
    """Something done; `link` is the word that acts on it, empty for none, and `makes` the act that
    it makes, empty where it shows something."""

    key: int
    time: str
    who: str
    text: str
    link: str = ""
    makes: str = ""


_AIRY = 7
"""Up to so many lines stand with air between them; more stay on a small screen by closing up."""


class RowButton(QAbstractButton):
    """A painted line that is a button: `RowButton(key, text, count, parent)`.

    Enter and Space press it, the arrows go to its neighbours, `opened(str)` tells its key.
    """

    opened = Signal(str)

    def __init__(self, key: str, text: str, count: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.count = count
        self.setText(text)
        set_name(self, f"{text}: {count}" if count else text)
        set_tip(self, text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._on_clicked)

    def minimumSizeHint(self) -> QSize:
        sizes = theme.metrics()
        return QSize(sizes.body * 10, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paint_ground(self, painter: QPainter) -> None:
        """What stands behind the words: the hover's tone and the focus frame."""
        colours = theme.current()
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), QColor(colours.hover))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _on_clicked(self) -> None:
        self.opened.emit(self.key)


class RowList(QWidget):
    """Painted lines below each other: `activated(str)` tells the key of the one pressed."""

    activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def show_rows(self, rows: Iterable[RowButton]) -> None:
        """Show these instead; the focus stays on the line with the same key."""
        focused = self.focusWidget()
        key = focused.key if isinstance(focused, RowButton) else ""
        clear(self._layout)
        for row in rows:
            row.opened.connect(self.activated)
            self._layout.addWidget(row)
            if key and row.key == key:
                row.setFocus()

    def rows(self) -> list[RowButton]:
        """The lines as buttons, from top to bottom."""
        items = (self._layout.itemAt(n) for n in range(self._layout.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [w for w in widgets if isinstance(w, RowButton)]


class ActionList(RowList):
    """Lines with a sign, a sentence and a count, each of which opens its list."""

    def set_lines(self, lines: Sequence[ActionLine]) -> None:
        """Show these lines; the focus stays on the line with the same key."""
        dense = len(lines) > _AIRY
        self.show_rows(_ActionRow(shown, self, dense=dense) for shown in lines)


class _ActionRow(RowButton):
    def __init__(self, shown: ActionLine, parent: QWidget, *, dense: bool = False) -> None:
        super().__init__(shown.key, shown.text, shown.count, parent)
        self._tone = shown.tone
        self._air = -2 if dense else 6

    def sizeHint(self) -> QSize:
        sizes = theme.metrics()
        words = self.fontMetrics().horizontalAdvance(self.text() + self.count)
        return QSize(words + sizes.body * 6, sizes.row + self._air)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, sizes = theme.current(), theme.metrics()
        painter = QPainter(self)
        box = self.rect()
        # Filled, not drawn: at 150 % a line on the very edge falls between the pixels.
        painter.fillRect(0, 0, box.width(), 1, QColor(colours.line))
        self.paint_ground(painter)
        side = sizes.body * 0.85
        middle = box.center().y() + 0.5
        mark = QRectF(2, middle - side / 2, side, side)
        glyphs.paint(painter, mark, _SIGNS[self._tone], colours.ink(self._tone))
        end = QRectF(box.right() - sizes.body, middle - side / 2, side, side)
        glyphs.paint(painter, end, Glyph.CHEVRON, QColor(colours.secondary))
        painter.setPen(QColor(colours.text))
        self._paint_words(painter, box, sizes)
        painter.end()

    def _paint_words(self, painter: QPainter, box: QRect, sizes: theme.Metrics) -> None:
        painter.setFont(theme.sized_font(sizes.body + 1, semibold=True, figures=True))
        width = painter.fontMetrics().horizontalAdvance(self.count)
        right = box.right() - sizes.body * 2
        count = box.adjusted(right - width, 0, 0, 0)
        count.setRight(right)
        painter.drawText(count, _RIGHT | int(Qt.TextFlag.TextDontClip), self.count)
        painter.setFont(theme.sized_font(sizes.body))
        room = box.adjusted(sizes.body + 10, 0, 0, 0)
        room.setRight(right - width - 8)
        text = words_in(painter.font(), self.text(), room.width())
        painter.drawText(room, _LEFT, text)


class ActList(QWidget):
    """What was done, with when, by whom, and a link that acts on it."""

    link_clicked = Signal(int)

    def __init__(
        self, parent: QWidget | None = None, *, stacked: bool = False, whole: bool = False
    ) -> None:
        super().__init__(parent)
        self._stacked, self._whole = stacked, whole
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space(3))
        self._grid.setVerticalSpacing(theme.space(1 if stacked else 2))
        self._grid.setColumnStretch(0 if stacked else 2, 1)
        self._said: list[str] = []

    def set_lines(self, lines: Sequence[ActLine]) -> None:
        """Show these lines, the first at the top."""
        self._said = [shown.text for shown in lines]
        clear(self._grid)
        top = Qt.AlignmentFlag.AlignTop
        for number, shown in enumerate(lines):
            if self._stacked:
                self._stack(number * 3, shown)
                continue
            place = number * 2
            self._grid.addWidget(line(), place, 0, 1, 4)
            if shown.time:
                self._grid.addWidget(label(shown.time, "secondary"), place + 1, 0, top)
            first = 1 if shown.time else 0
            self._grid.addWidget(label(shown.who, elide=True), place + 1, first, 1, 2 - first, top)
            self._grid.addWidget(label(shown.text, wrap=True), place + 1, 2, top)
            self._add_link(shown, place + 1, 3)

    def _stack(self, place: int, shown: ActLine) -> None:
        """A line in a narrow place: what was done, below it when and by whom."""
        self._grid.addWidget(line(), place, 0, 1, 2)
        words = label(shown.text, wrap=self._whole, elide=not self._whole)
        self._grid.addWidget(words, place + 1, 0)
        about = " · ".join(filter(None, (shown.time, shown.who)))
        self._grid.addWidget(label(about, "small", elide=True), place + 2, 0)
        self._add_link(shown, place + 1, 1)

    def _add_link(self, shown: ActLine, row: int, column: int) -> None:
        if shown.link:
            link = _ActLink(shown, self)
            link.opened.connect(self.link_clicked)
            self._grid.addWidget(link, row, column, Qt.AlignmentFlag.AlignTop)

    def said(self) -> str:
        """What the lines say, one below the other."""
        return "\n".join(self._said)


class _ActLink(KeyButton):
    opened = Signal(int)

    def __init__(self, shown: ActLine, parent: QWidget) -> None:
        super().__init__(shown.link, parent)
        self._key = shown.key
        self.makes(shown.makes)
        set_name(self, f"{shown.link}: {shown.text}")
        theme.set_role(self, "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.opened.emit(self._key)
