# SPDX-License-Identifier: Apache-2.0
"""One value on a person's page: `ValueLine(field)`, pressed to change it.

    show_value(value)       what it says now
    value() -> Value        what it shows
    hold_still()            it is looked at only: it can be copied, and no more
    asked(ValueLine)        it was clicked, or Enter, Space or F2 pressed on it
    rested_on(ValueLine)    the mouse rests on it for half a second
    left(ValueLine)         the mouse has left it
    history_asked(ValueLine)    Shift+F2, or its menu, asks what it was before

Must not store anything: `in_place.py` does.
"""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.person.values.value_groups import Value
from imp_plus_desktop.ui.widgets.labels import WordsButton, label

RESTS_MS = 500


class ValueLine(WordsButton):
    """The value itself; its name stands in `words`, at its left."""

    asked = Signal(object)
    rested_on = Signal(object)
    left = Signal(object)
    history_asked = Signal(object)

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
        self._still = False
        self._rest = QTimer(self, singleShot=True, interval=RESTS_MS)
        self._rest.timeout.connect(self._on_rested)
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

    def hold_still(self) -> None:
        """Offer nothing but to be copied: it is of a file that is only looked at."""
        self._still = True
        self.unsetCursor()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("still", True)

    def value(self) -> Value:
        """What it shows."""
        assert self._value is not None
        return self._value

    def enterEvent(self, event: QEnterEvent) -> None:
        self._rest.start()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._rest.stop()
        self.left.emit(self)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self._still:
            menu.addAction(_("Edit the value") + "\tF2", self._on_clicked)
        menu.addAction(_("Copy the value"), self._copy)
        if not self._still:
            menu.addAction(_("History of the field…") + "\t" + _("Shift+F2"), self._on_history)
        menu.popup(event.globalPos())

    def event(self, event: QEvent) -> bool:
        # F2 is also what edits the whole file; on a value it is the value that is meant.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2:
            override = event.type() == QEvent.Type.ShortcutOverride
            event.setAccepted(override or event.isAccepted())
            if override:
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.history_asked.emit(self)
        elif event.key() == Qt.Key.Key_F2:
            self.asked.emit(self)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        self._rest.stop()
        self.asked.emit(self)

    def _on_rested(self) -> None:
        self.rested_on.emit(self)

    def _on_history(self) -> None:
        self.history_asked.emit(self)

    def _copy(self) -> None:
        if not self.value().is_empty:
            QGuiApplication.clipboard().setText(self.value().text)
