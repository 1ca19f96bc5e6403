# SPDX-License-Identifier: Apache-2.0
"""One value on a person's page: `ValueLine(field)`, pressed to change it.

    show_value(value)       what it says now
    value() -> Value        what it shows
    asked(ValueLine)        it was clicked, or Enter, Space or F2 pressed on it

Must not store anything: `in_place.py` does.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.person.values.value_groups import Value
from imp_plus_desktop.ui.widgets.labels import WordsButton, label


class ValueLine(WordsButton):
    """The value itself; its name stands in `words`, at its left."""

    asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__()
        self.setParent(parent)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.set_role(self, "value")
        self.words: QLabel = label(role="secondary", elide=True)
        self.words.setBuddy(self)
        self._value: Value | None = None
        self.clicked.connect(self._on_clicked)

    def show_value(self, value: Value) -> None:
        """Show a value; the same as before is left as it stands."""
        if value == self._value:
            return
        self._value = value
        self.words.setText(value.name)
        self.setText(value.text)
        theme.set_role(self, "value", theme.Tone.UNKNOWN if value.is_empty else theme.Tone.PLAIN)
        set_name(self, _("{name}: {value}").format(name=value.name, value=value.text))

    def value(self) -> Value:
        """What it shows."""
        assert self._value is not None
        return self._value

    def event(self, event: QEvent) -> bool:
        # F2 is also what edits the whole file; on a value it is the value that is meant.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2:
            override = event.type() == QEvent.Type.ShortcutOverride
            event.setAccepted(override or event.isAccepted())
            if override:
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.asked.emit(self)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        self.asked.emit(self)
