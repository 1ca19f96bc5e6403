# SPDX-License-Identifier: Apache-2.0
"""The search box: tells what is sought a moment after the typing stops.

    SearchBox(parent=None)     signals searched(str), left()   towards what was found
        set_texts(placeholder, name), set_text(text, tell=False), text(), focus_search()

Ctrl+F is an action of the window that calls `focus_search`; Escape empties the box, Enter tells
at once; Enter, the down arrow, and Escape in an empty box lead on to the list; in a dialog, Escape
in an empty box closes it. Must not search by itself.
"""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QSizePolicy, QWidget

from imp_plus_desktop.ui.look import icons, theme
from imp_plus_desktop.ui.look.plain import set_name

DELAY_MS = 180


class SearchBox(QLineEdit):
    """One line that looks for people, references and numbers."""

    searched = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "search")
        self._told = ""
        self._most: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._glass = QAction(self)
        icons.dress(self._glass, "search", "secondary")
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._on_text_changed)

    def set_room(self, *, least: int, most: int) -> None:
        """How wide the box is where there is room, and how narrow it may become, in pixels."""
        self._most = most
        self.setMinimumWidth(least)
        self.setMaximumWidth(most)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self._most is None else QSize(self._most, hint.height())

    def set_texts(self, placeholder: str, name: str) -> None:
        """What stands in the empty box, and what it is called for a screen reader."""
        self.setPlaceholderText(placeholder)
        set_name(self, name)

    def set_text(self, text: str, tell: bool = False) -> None:
        """Put a text into the box; `tell` makes it count as typed."""
        self.setText(text)
        self._timer.stop()
        if tell:
            self._on_timer_timeout()
        else:
            self._told = text.strip()

    def focus_search(self) -> None:
        """Go into the box with its text selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        if event.key() == key.Key_Escape and self.text():
            self.clear()
            self._on_timer_timeout()
        elif event.key() == key.Key_Escape and isinstance(self.window(), QDialog):
            super().keyPressEvent(event)
        elif event.key() in (key.Key_Return, key.Key_Enter, key.Key_Down, key.Key_Escape):
            self._on_timer_timeout()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.hasFocus():
            return
        keys = QKeySequence("Ctrl+F").toString(QKeySequence.SequenceFormat.NativeText)
        sizes, colours = theme.metrics(), theme.current()
        painter = QPainter(self)
        painter.setFont(theme.sized_font(sizes.small - 1))
        width = painter.fontMetrics().horizontalAdvance(keys) + 10
        height = sizes.line + 2
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        if sizes.control + words + width + 2 * 8 > self.width():
            painter.end()
            return  # what is sought is said before its key
        box = self.rect().adjusted(self.width() - width - 8, (self.height() - height) // 2, -8, 0)
        box.setHeight(height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.line))
        painter.setBrush(QColor(colours.card))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(colours.secondary))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), keys)
        painter.end()

    def _on_text_changed(self, text: str) -> None:
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        self._timer.stop()
        wanted = self.text().strip()
        if wanted != self._told:
            self._told = wanted
            self.searched.emit(wanted)
