# SPDX-License-Identifier: Apache-2.0
"""Changing a value where it stands: typed over it, judged while typing, kept when it is left.

    InPlace(host)                       .aside: what is said of the value
        begin(line, office, file, text=None)
        leave() -> bool                 keep what is typed; False where it cannot be left so
        give_up()                       the value as it was
        line() -> ValueLine | None      which value is being changed
    signals: stored(str, ActId)     onwards(ValueLine, bool)   Tab: the next one, or the one before

Nothing blocks leaving but a day that cannot be. What else cannot be kept is said, and what was
typed is a press away. What another desk has written meanwhile is asked about before it goes.
Must not hold a rule: the services do.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from imp_plus_desktop.domain.reads.meetings import Overtaken
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.fields.typed_fields import FieldProblem
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import one_value
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.completing import at_enter
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.values.aside import Aside
from imp_plus_desktop.ui.person.values.value_line import ValueLine
from imp_plus_desktop.ui.widgets.date_edit import DateEdit
from imp_plus_desktop.ui.widgets.form import FormGrid
from imp_plus_desktop.words.messages import error_text, field_problem_text

PAUSE_MS = 300
_LINES = 4
"""How many lines of a long text are in view."""


class InPlace(QObject):
    """The one value that is being changed, if one is."""

    stored = Signal(str, object)
    onwards = Signal(object, bool)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.aside = Aside(host)
        self._line: ValueLine | None = None
        self._form: FormGrid | None = None
        self._office: Office | None = None
        self._file: PersonFile | None = None
        self._before = ""
        self._leaving = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._judge)

    def line(self) -> ValueLine | None:
        """The value that is being changed."""
        return self._line

    def begin(
        self, line: ValueLine, office: Office, file: PersonFile, text: str | None = None
    ) -> None:
        """Change a value, from what it is or from what was typed before."""
        if not self.leave():
            return
        from imp_plus_desktop.ui.dialogs.fields import add_field

        self.aside.drop()
        field = line.value().field
        # Taken up again, it rests on what was shown at first.
        shown = office if office.shown is not None else office.as_shown()
        self._line, self._office, self._file = line, shown, file
        self._before = one_value.text_of(file, field.named)
        self._form = form = FormGrid(self._host)
        form.hide()
        add_field(form, office, field)
        form.set_values({field.named: self._before})
        editor = form.field(field.named)
        editor.setParent(self._host)
        if text is not None:
            form.set_values({field.named: text})
        form.edited.connect(self._on_edited)
        line.installEventFilter(self)
        for widget in (editor, *editor.findChildren(QLineEdit)):
            widget.installEventFilter(self)
        if isinstance(editor, QComboBox):
            at_enter(editor, self._on_enter)
        self._place()
        editor.show()
        editor.raise_()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(editor, QLineEdit):
            editor.selectAll()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def leave(self) -> bool:
        """Keep what is typed and show it; where a day cannot be, stay."""
        if self._line is None or self._leaving:
            return True
        self._leaving = True
        try:
            return self._keep()
        finally:
            self._leaving = False

    def say(self, line: ValueLine, sentence: str) -> None:
        """Say what could not be done to a value."""
        self.aside.say(line, Tone.BAD, sentence, self._drop())

    def lost(self) -> str:
        """What is said of what could not be kept, as it goes with the file; empty for nothing."""
        if self._line is None:
            return self.aside.said()
        if self._text() == self._before:
            return ""
        name = self._line.value().name
        return _("Not kept: {name}, “{text}”.").format(name=name, text=self._text())

    def give_up(self) -> None:
        """Show the value as it was."""
        self.aside.drop()
        self._close()

    def _keep(self) -> bool:
        line, text, editor = self._line, self._text(), self._editor()
        office, file = self._office, self._file
        assert line is not None
        assert office is not None
        assert file is not None
        self._pause.stop()
        if text == self._before:
            self.give_up()
            return True
        if isinstance(editor, DateEdit) and editor.has_problem():
            self._judge()
            return False
        return self._store(line, office, file, text)

    def _store(self, line: ValueLine, office: Office, file: PersonFile, text: str) -> bool:
        """Store a value. False where it is a day that cannot be, or where another desk was first
        and nothing was chosen: then the line stays open."""
        from imp_plus_desktop.ui.dialogs.meeting.meeting import meet

        field, name = line.value().field, line.value().field.named
        try:
            done = meet(self._host.window(), partial(one_value.save, office, file, name, text))
        except Overtaken:
            return False  # back to what is typed
        except AppError as error:
            if field.is_day and error.code == "bad_value" and self._line is not None:
                self.aside.say(line, Tone.BAD, error_text(error), *self._back())
                return False
            self._close()
            again = partial(self.begin, line, office, file, text)
            sentence = _("Not kept: {reason}").format(reason=error_text(error))
            self.aside.say(line, Tone.BAD, sentence, (_("Take it up again"), again), self._drop())
            return True
        odd = one_value.check(office, file, name, text)
        self._close()
        self.aside.drop()
        if done.act is not None:
            told = _("Changed: {name}").format(name=line.value().name)
            self.stored.emit(told, done.act)
        if odd:
            # Whoever types faster than it is judged has not read it yet.
            self.aside.say(line, Tone.WARN, _sentences(odd), self._drop())
        return True

    def _judge(self) -> None:
        """Say what is wrong with what is typed, and offer what stood there."""
        line, office, file = self._line, self._office, self._file
        if line is None or office is None or file is None:
            return
        text, editor = self._text(), self._editor()
        if text == self._before:
            self.aside.drop()
            return
        if isinstance(editor, DateEdit) and editor.has_problem():
            sentence = _("This is not a date. Write for example {day}.").format(day="2023-10-07")
            self.aside.say(line, Tone.BAD, sentence, *self._back())
            return
        found = one_value.check(office, file, line.value().field.named, text)
        if found:
            tone = Tone.BAD if any(one.blocks for one in found) else Tone.WARN
            self.aside.say(line, tone, _sentences(found), *self._back())
        else:
            self.aside.drop()

    def _back(self) -> list[tuple[str, partial[None]]]:
        """The value that stood there, to be put back."""
        assert self._line is not None
        value = self._line.value()
        if value.is_empty:
            return [(_("Leave it empty"), partial(self._put_back))]
        return [(_("Put back {value}").format(value=value.text), partial(self._put_back))]

    def _drop(self) -> tuple[str, partial[None]]:
        return _("Leave it"), partial(self.aside.drop)

    def _put_back(self) -> None:
        line = self._line
        self.give_up()
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        """Take the field away; the value under it has the keys where the field had them."""
        line, form, self._line, self._form = self._line, self._form, None, None
        self._pause.stop()
        if line is None or form is None:
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._on_focus_changed)
        line.removeEventFilter(self)
        editor = form.field(line.value().field.named)
        focused = QApplication.focusWidget()
        if focused is not None and _within(focused, editor):
            line.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.hide()
        editor.deleteLater()
        form.deleteLater()

    def _text(self) -> str:
        assert self._form is not None
        assert self._line is not None
        return self._form.value(self._line.value().field.named)

    def _editor(self) -> QWidget:
        assert self._form is not None
        assert self._line is not None
        return self._form.field(self._line.value().field.named)

    def _place(self) -> None:
        """Lie over the value."""
        line, editor = self._line, self._editor()
        assert line is not None
        at = line.mapTo(self._host, QPoint(0, 0))
        high = theme.metrics().control
        top = at.y() + (line.height() - high) // 2
        if isinstance(editor, QPlainTextEdit):
            high = theme.metrics().line * _LINES + 16
        editor.setMinimumWidth(0)
        editor.setGeometry(at.x(), top, line.width(), high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line:
            if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
                self._place()
            return False
        if isinstance(event, QKeyEvent):
            own = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F2)
            if event.type() == QEvent.Type.ShortcutOverride and own:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._is_ours(watched, event)
        return False

    def _is_ours(self, watched: QObject, event: QKeyEvent) -> bool:
        """Whether a key was one that leaves the field."""
        line, key = self._line, event.key()
        if line is None:
            return False
        if key == Qt.Key.Key_Escape:
            self._put_back()
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.onwards.emit(line, key == Qt.Key.Key_Backtab)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control or not isinstance(watched, QPlainTextEdit):
                if isinstance(watched, QLineEdit):
                    watched.editingFinished.emit()  # what is begun of a choice is completed
                self.leave()
                return True
        return False

    def _on_enter(self, _control: bool) -> None:
        editor = self._editor()
        if isinstance(editor, QComboBox) and (edit := editor.lineEdit()) is not None:
            edit.editingFinished.emit()
        self.leave()

    def _on_edited(self, key: str) -> None:
        self._pause.start()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Keep what was typed when somebody goes elsewhere in the program."""
        if self._line is None or new is None or self._leaving:
            return
        editor = self._editor()
        if _within(new, editor) or _within(new, self.aside):
            return
        if not self.leave() and new.window() is self._host.window():
            QTimer.singleShot(0, editor, self._stay)

    def _stay(self) -> None:
        if self._line is not None:
            self._editor().setFocus(Qt.FocusReason.OtherFocusReason)


def _sentences(problems: Sequence[FieldProblem]) -> str:
    return " ".join(field_problem_text(one) for one in problems)


def _within(widget: QWidget, outer: QWidget) -> bool:
    """Whether a widget is another one or hangs from it, also as a window of its own."""
    found: QWidget | None = widget
    while found is not None and found is not outer:
        found = found.parentWidget()
    return found is not None
