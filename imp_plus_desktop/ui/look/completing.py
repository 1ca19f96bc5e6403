# SPDX-License-Identifier: Apache-2.0
"""The list of words that opens while somebody types, with a frame of its own.

    complete(edit, words)     words: texts, or the model of the field's own choices

A word is found by any part of it, in capitals or not.
"""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

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
