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
    LeftBar(field, go_on, others)      says what other windows have written of a field, and
                                       goes on with one of these
    KeptTexts()                 the drafts of one form
        keep(field, office, person, which) -> (bool, LeftBar | None)
        keep_reason(rule, line, office, person, which)
        rest_reasons(), end()

Must not know what the fields mean.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import drafts
from imp_plus_desktop.services.page.drafts import Found, Other
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


class LeftBar(QWidget):
    """One line: what another window has written, or left, of the same field, and a way to go on
    with it. What stands in the field is kept, and is what the line tells then."""

    def __init__(
        self,
        field: QPlainTextEdit | QLineEdit,
        go_on: Callable[[str, Other], Found | None],
        others: tuple[Other, ...],
    ) -> None:
        super().__init__()
        self._field, self._go_on, self._others = field, go_on, others
        self._words = label(role="secondary", wrap=True)
        self._take = button("", "link")
        self._take.setAutoDefault(False)
        self._take.clicked.connect(self._on_take_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.space(1), 0)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._words, 1)
        layout.addWidget(self._take)
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._others))
        if not self._others:
            return
        first, more = self._others[0], len(self._others) - 1
        said = _("Being written in another window: “{text}”")
        if not first.is_open:
            said = _("Left unfinished in another window: “{text}”")
        lines = [said.format(text=_begin_of(first.text))]
        if more:
            lines.append(ngettext("and {count} more text", "and {count} more texts", more))
            lines[-1] = lines[-1].format(count=format_number(more))
        self._words.setText(" · ".join(lines))
        self._take.setText(_("Go on with that one"))

    def _on_take_clicked(self) -> None:
        chosen = self._others[0]
        found = self._go_on(str(_held(self._field)), chosen)
        if found is None:  # another window went on with it
            self._others = self._others[1:]
        else:
            _write(self._field, found.text)
            self._others = found.others
        self._show()
        self._field.setFocus()


_SHOWN = 60
"""Letters of a text by which somebody knows it again."""


def _begin_of(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _SHOWN else one_line[: _SHOWN - 1].rstrip() + "…"


def _write(field: QPlainTextEdit | QLineEdit, text: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(text)
    else:
        field.setPlainText(text)
        field.moveCursor(QTextCursor.MoveOperation.End)  # where the writing was left


class KeptTexts:
    """What is kept of one form while it is written."""

    def __init__(self) -> None:
        self._texts: list[Draft] = []
        self._reasons: list[Draft] = []
        self._keeps: dict[str, Callable[[str], object]] = {}

    def keep(
        self, field: QWidget, office: Office, person: int, which: str
    ) -> tuple[bool, LeftBar | None]:
        """Show what was being written in a field, and keep what is written from now on. Whether
        there was something, and a line that tells what other windows have of it."""
        if not isinstance(field, QPlainTextEdit | QLineEdit):
            return False, None
        found = drafts.take_up(office, person, which)
        if found.text:
            _write(field, found.text)
        self._texts.append(Draft(field, partial(drafts.keep, office.as_shown(), person, which)))
        bar = None
        if found.others:
            go_on = partial(drafts.go_on_with, office.as_shown(), person, which)
            bar = LeftBar(field, go_on, found.others)
        return bool(found.text), bar

    def keep_reason(
        self, rule: str, line: QLineEdit, office: Office, person: int, which: str
    ) -> None:
        """The same of the reason that a rule asks for, whose line comes and goes."""
        line.setText(line.text() or drafts.take_up(office, person, which).text)
        self._keeps[rule] = partial(drafts.keep, office.as_shown(), person, which)
        self._reasons.append(Draft(line, self._keeps[rule]))

    def rest_reasons(self) -> None:
        """Their lines go; what was kept stays."""
        for draft in self._reasons:
            draft.rest()
        self._reasons.clear()

    def end(self) -> None:
        """Keep nothing of it any more: it is stored, or given up."""
        for draft in self._texts:
            draft.end()
        self.rest_reasons()
        for keep in self._keeps.values():
            keep("")
        self._texts.clear()
