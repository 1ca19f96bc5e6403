# SPDX-License-Identifier: Apache-2.0
"""Find anything: a box over the window, in which one types, chooses and opens.

    FindBox(window)
        open_box(), close_box(), is_open()
        show_groups(groups, keep=True), set_count(text), text()
        retranslate()
    signals: asked(str), chosen(object, bool)      a `Row`, and whether to do its act
             closed(), help_wanted()

The page behind stays as it is: focus, selection, scroll. Must not search by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import icons, theme
from imp_plus_desktop.ui.look.plain import plain, set_name
from imp_plus_desktop.ui.search.row_list import RowList
from imp_plus_desktop.ui.search.rows import Group, Row
from imp_plus_desktop.ui.widgets.labels import label

_WIDE, _NARROW, _NARROW_WINDOW = 720, 640, 1200
_TOP, _TOP_LOW = 72, 16
_HIGH, _LOW_WINDOW = 616, 700
_LEAST = 240
_HINTS_LOW = 4
_DIM = 90


class FindBox(QWidget):
    """The box, and the shade over the window around it."""

    asked = Signal(str)
    chosen = Signal(object, bool)
    closed = Signal()
    help_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.hide()
        self._card = QFrame(self)
        theme.set_role(self._card, "find")
        self.edit = _Line(self)
        self.list = RowList(self._card)
        self._count = label(role="small")
        self._glass = label()
        self._hints = _Hints(self._card)
        self._before: QWidget | None = None
        self._last = ""
        self._assemble()
        self.edit.textChanged.connect(self.asked)
        self.list.opened.connect(self._on_row_opened)
        window.installEventFilter(self)
        self.retranslate()

    def open_box(self, text: str = "") -> None:
        """Come over the page, with a text to look for, or else with the words of the last time."""
        if not self.isVisible():
            self._before = cast(QWidget | None, self.window().focusWidget())
        self._glass.setPixmap(icons.pixmap("search", QColor(theme.current().secondary)))
        self._lay_out()
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text:
            self.edit.setText(text)
        self.edit.selectAll()
        self.asked.emit(self.edit.text())

    def close_box(self) -> None:
        """Go, and leave the page as it was."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.closed.emit()

    def text(self) -> str:
        """What stands in the line."""
        return self.edit.text()

    def show_groups(self, groups: Sequence[Group], *, keep: bool = True) -> None:
        """Show what was found."""
        self.list.show_groups(groups, keep=keep)
        self._tell()

    def set_count(self, text: str) -> None:
        """Say how much was found, beside the line."""
        self._count.setText(text)

    def retranslate(self) -> None:
        """Write every word anew."""
        self.edit.setPlaceholderText(_("A name, a number, a birth date, a word of a note…"))
        set_name(self.edit, _("Find anything"))
        set_name(self.list, _("What was found"))
        self._hints.update()

    def key(self, event: QKeyEvent) -> bool:
        """What a key does, typed in the line; False leaves it to the line."""
        keys, pressed = Qt.Key, event.key()
        by = {keys.Key_Down: 1, keys.Key_Up: -1}.get(cast(Qt.Key, pressed))
        pages = {keys.Key_PageDown: 1, keys.Key_PageUp: -1}.get(cast(Qt.Key, pressed))
        sections = {keys.Key_Tab: 1, keys.Key_Backtab: -1}.get(cast(Qt.Key, pressed))
        if by is not None:
            self.list.step(by)
        elif pages is not None:
            self.list.page(pages)
        elif sections is not None:
            self.list.to_section(sections)
        elif pressed in (keys.Key_Return, keys.Key_Enter):
            self._choose(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            return True
        elif pressed == keys.Key_Escape:
            self._escape()
            return True
        elif pressed == keys.Key_K and event.modifiers() == _CONTROL:
            self.edit.selectAll()
            return True
        elif pressed == keys.Key_F1:
            self.close_box()
            self.help_wanted.emit()
            return True
        else:
            return self._copied(event)
        self._tell()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent() and self.isVisible():
            self._lay_out()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close_box()  # beside the box

    def paintEvent(self, event: QPaintEvent) -> None:
        shade = QColor("#10151d")
        shade.setAlpha(_DIM)
        QPainter(self).fillRect(self.rect(), shade)

    def _choose(self, act: bool) -> None:
        row = self.list.current()
        if row is not None and row.enabled:
            self.chosen.emit(row, act and bool(row.act))

    def _on_row_opened(self, row: Row) -> None:
        if row.enabled:
            self.chosen.emit(row, False)

    def _escape(self) -> None:
        if self.edit.text():
            self.edit.clear()
        else:
            self.close_box()

    def _copied(self, event: QKeyEvent) -> bool:
        """Ctrl+C copies the number of the line chosen, unless letters are chosen above."""
        row = self.list.current()
        wanted = event.key() == Qt.Key.Key_C and event.modifiers() == _CONTROL
        if not wanted or self.edit.hasSelectedText() or row is None or not row.copies:
            return False
        QGuiApplication.clipboard().setText(row.copies)
        self.set_count(_("{number} copied").format(number=row.copies))
        return True

    def _tell(self) -> None:
        """Have a screen reader say the line chosen: the keys stay in the line above."""
        row = self.list.current()
        told = "" if row is None else plain(row.spoken())
        if told != self._last and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, told))
        self._last = told

    def _lay_out(self) -> None:
        """Over the whole window; the box in its upper middle, as high as there is room."""
        whole = cast(QWidget, self.parent()).rect()
        self.setGeometry(whole)
        low = whole.height() < _LOW_WINDOW
        width = _NARROW if whole.width() < _NARROW_WINDOW else _WIDE
        top = _TOP_LOW if low else _TOP
        height = max(min(_HIGH, whole.height() - top - _TOP_LOW), _LEAST)
        width = min(width, whole.width() - 2 * _TOP_LOW)
        self._card.setGeometry((whole.width() - width) // 2, top, width, height)
        self._hints.most = _HINTS_LOW if low else None

    def _assemble(self) -> None:
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        around = QHBoxLayout()
        around.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        top = _Solid()
        around.addWidget(top)
        line = QHBoxLayout(top)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.space(3))
        line.addWidget(self._glass)
        line.addWidget(self.edit, 1)
        line.addWidget(self._count)
        rule = QFrame()
        theme.set_role(rule, "line")
        rule.setFixedHeight(1)
        column.addLayout(around)
        column.addWidget(rule)
        column.addWidget(self.list, 1)
        column.addWidget(self._hints)


_CONTROL = Qt.KeyboardModifier.ControlModifier
_LET_THROUGH = (Qt.Key.Key_Q,)


class _Solid(QWidget):
    """Lets nothing shine through: else each key has the page behind painted anew, too."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), QColor(theme.current().card))


class _Line(QLineEdit):
    """The line in which one types; what it does not need goes to the box, and none to the page."""

    def __init__(self, box: FindBox) -> None:
        super().__init__()
        self._box = box
        theme.set_role(self, "find")
        self.setFrame(False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # The shortcuts of the page behind are not for who types here.
            key = cast(QKeyEvent, event)
            if key.key() not in _LET_THROUGH:
                event.accept()
                return True
        if event.type() == QEvent.Type.KeyPress and self._box.key(cast(QKeyEvent, event)):
            return True
        return super().event(event)


class _Hints(QWidget):
    """What the keys do, at the foot of the box."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.most: int | None = None

    def sizeHint(self) -> QSize:
        return QSize(100, theme.metrics().row + theme.space(2))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        from imp_plus_desktop.ui.search.row_list import paint_key

        colours, sizes = theme.current(), theme.metrics()
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, QColor(colours.line))
        painter.setFont(theme.sized_font(sizes.small))
        metrics = painter.fontMetrics()
        left, middle = theme.space(4), self.height() // 2
        for key, told in self.hints()[: self.most]:
            width = metrics.horizontalAdvance(key) + 12
            end = left + width + theme.space(2) + metrics.horizontalAdvance(told)
            if end > self.width() - theme.space(2):
                break
            box = self.rect().adjusted(left, middle - sizes.line // 2 - 1, 0, 0)
            box.setSize(QSize(width, sizes.line + 2))
            paint_key(painter, box, key)
            painter.setPen(QColor(colours.secondary))
            painter.drawText(
                left + width + theme.space(2), middle + metrics.ascent() // 2 - 1, told
            )
            left = end + theme.space(4)

    def hints(self) -> list[tuple[str, str]]:
        """The keys and what they do, the most useful first."""
        return [
            ("↑ ↓", _("choose")),
            (_("Tab"), _("next section")),
            (">", _("commands")),
            ("#", _("numbers")),
            (_("Ctrl+C"), _("copy the number")),
            ("F1", _("help")),
        ]
