# SPDX-License-Identifier: Apache-2.0
"""The list of words that opens while somebody types, with a frame of its own.

    complete(edit, words)     words: texts, or the model of the field's own choices
    at_enter(edit, do)        Enter in that list does something at once, with the word gone to

A word is found by any part of it, in capitals or not. Left to itself, Enter closes the list and no
more, and has to be pressed once more for what it does in the field.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QCompleter, QLineEdit

from imp_plus_desktop.ui.look import theme


def complete(edit: QComboBox | QLineEdit, words: Sequence[str] | QAbstractItemModel) -> None:
    """Offer words while somebody types."""
    model = words if isinstance(words, QAbstractItemModel) else None
    completer = QCompleter(model, edit) if model else QCompleter([*words], edit)  # type: ignore[misc]
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    edit.setCompleter(completer)
    shown = completer.popup()
    if shown is not None:
        theme.set_role(shown, "completing")


def at_enter(edit: QComboBox | QLineEdit, do: Callable[[bool], object]) -> None:
    """Do something when Enter is pressed in the list of words; `do` is told whether Ctrl was."""
    completer = edit.completer()
    shown = None if completer is None else completer.popup()
    if shown is not None:
        # Of several filters the one that came last is asked first, before Qt's own.
        shown.installEventFilter(_AtEnter(shown, do))


class _AtEnter(QObject):
    def __init__(self, shown: QAbstractItemView, do: Callable[[bool], object]) -> None:
        super().__init__(shown)
        self._shown, self._do = shown, do

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in keys:
            return False
        self._shown.hide()
        self._do(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        return True
