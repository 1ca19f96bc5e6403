# SPDX-License-Identifier: Apache-2.0
"""What was typed into a form is not lost by one key: leaving it asks first.

    state_of(root) -> tuple     what every field below a widget holds, to compare with later
    let_be_read(root)           what is there can be read and copied, and not changed
    LeaveBar(parent=None)       the question, in the place of a dialog's buttons
        signals: abandoned(), kept()
        ask()                   show it with the keys on the answer that loses nothing
    Draft(field, keep)          what is written in a text or a line is kept while it is written;
        end()                   it is stored, or given up
        rest()                  its field goes; what was kept stays

Must not know what the fields mean.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.widgets.labels import button, label


def state_of(root: QWidget) -> tuple[object, ...]:
    """What the fields below a widget hold, in the order in which they were made."""
    return tuple(_held(field) for field in root.findChildren(QWidget) if _is_field(field))


def let_be_read(root: QWidget) -> None:
    """Let the fields below a widget be read and copied, and not changed."""
    for field in filter(_is_field, root.findChildren(QWidget)):
        if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit):
            field.setReadOnly(True)
        else:
            field.setEnabled(False)


def _is_field(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractButton):
        return widget.isCheckable() and widget.property("role") != "fold"
    if isinstance(widget, QLineEdit):
        # The line of a combo box is told by the box.
        return not isinstance(widget.parentWidget(), QComboBox) and not widget.isReadOnly()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QComboBox)


def _held(field: QWidget) -> object:
    if isinstance(field, QAbstractButton):
        return field.isChecked()
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.toPlainText()
    return field.currentText() if isinstance(field, QComboBox) else None


class LeaveBar(QWidget):
    """Asks whether what was typed may go."""

    abandoned = Signal()
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = label(role="heading", wrap=True)
        self._abandon, self._keep = button(), button()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.space(1), 0)
        layout.setSpacing(theme.space(2))
        layout.addWidget(self._question, 1)
        layout.addWidget(self._abandon)
        layout.addWidget(self._keep)
        self._abandon.clicked.connect(self.abandoned)
        self._keep.clicked.connect(self.kept)
        self.hide()

    def ask(self) -> None:
        """Show the question."""
        self._question.setText(_("Leave without keeping what you entered?"))
        self._abandon.setText(_("Leave"))
        self._keep.setText(_("Go on entering"))
        self.show()
        self._keep.setFocus()


class Draft(QObject):
    """Keeps what is written in a field, at most so long after it was typed."""

    AFTER_MS = 2000

    def __init__(self, field: QPlainTextEdit | QLineEdit, keep: Callable[[str], object]) -> None:
        super().__init__(field)
        self._field, self._keep = field, keep
        self._timer = QTimer(self, singleShot=True, interval=self.AFTER_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        field.textChanged.connect(self._on_text_changed)

    def end(self) -> None:
        """Keep nothing of it any more: it is stored, or given up."""
        self.rest()
        self._keep("")

    def rest(self) -> None:
        """Keep no more of it: the field goes away."""
        self._timer.stop()
        self._field.textChanged.disconnect(self._on_text_changed)

    def _on_text_changed(self) -> None:
        if not self._timer.isActive():  # from the first letter on, not from the last
            self._timer.start()

    def _on_timer_timeout(self) -> None:
        self._keep(str(_held(self._field)))
