# SPDX-License-Identifier: Apache-2.0
"""Ctrl+Z and Ctrl+Y in a field where one types belong to what is typed, never to the register.

    TextKeys(parent)      watches the field that has the keys, whichever it is

Qt's own fields keep Ctrl+Z to themselves, but Ctrl+Y only on some systems. Must not watch more
than the one field: a filter on every event would slow each repaint.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_UNDO = ("Ctrl+Z",)
_REDO = ("Ctrl+Y", "Ctrl+Shift+Z")

Field = QLineEdit | QPlainTextEdit | QTextEdit


class TextKeys(QObject):
    """Gives undo and redo to the field that is typed in."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        assert isinstance(event, QKeyEvent)
        keys = QKeySequence(event.keyCombination()).toString(
            QKeySequence.SequenceFormat.PortableText
        )
        field = _field(watched)
        if field is None or keys not in (*_UNDO, *_REDO):
            return False
        if event.type() == QEvent.Type.KeyPress:
            (field.redo if keys in _REDO else field.undo)()
        event.accept()
        return True

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and before is self._watched:
            before.removeEventFilter(self)
        self._watched = now if now is not None and _field(now) is not None else None
        if self._watched is not None:
            self._watched.installEventFilter(self)


def _field(widget: QObject) -> Field | None:
    """The field in which a widget is typed in, if one can type there."""
    if isinstance(widget, (QComboBox, QAbstractSpinBox)):
        return _field(inner) if (inner := widget.lineEdit()) is not None else None
    if isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit)) and not widget.isReadOnly():
        return widget
    return None
