# SPDX-License-Identifier: Apache-2.0
"""The small window that mends one cell of a list before its import, or all cells alike.

    Wound(title, problem, tone, …)     what is asked
    MendPopup(wound, parent)
        show_below(rect)           under the cell; the rectangle is in the parent's coordinates
        leave()                    goes away without mending
        mend(everywhere=False)     what the buttons do
        .editor                    where the new text is typed
        signals: mended(str, bool)  the text, and whether all cells alike get it
            given_up()             closed by Escape: the keys go back to where they were

Must not read a value: what is typed is judged with the whole list.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _, format_iso, format_number, ngettext
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.completing import at_enter, complete
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.date_edit import DateEdit
from imp_plus_desktop.ui.widgets.labels import button, label


@dataclass(frozen=True, slots=True)
class Wound:
    """A cell to mend: where it is, what is wrong, what it holds, what it may hold, how many
    cells of the list read alike."""

    title: str
    problem: str
    tone: Tone
    file_text: str
    text: str
    choices: Sequence[str]
    is_day: bool
    alike: int


class MendPopup(QFrame):
    """Asks for the text to put in place of a cell; Escape, or work elsewhere, closes it."""

    mended = Signal(str, bool)
    given_up = Signal()

    def __init__(self, wound: Wound, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        set_name(self, _("Correct the cell"))
        theme.set_role(self, "popup")
        self.editor = _editor(wound)
        set_name(self.editor, wound.title)
        self.one = button(_("Correct"), "accent")
        text = ngettext("Correct the {count} cell alike", "Correct all {count} alike", wound.alike)
        self.all = button(text.format(count=format_number(wound.alike)))
        self.all.setVisible(wound.alike > 1)
        self._problem = label(wound.problem, "small", wound.tone, wrap=True)
        self._problem.setVisible(bool(wound.problem))
        self._lay_out(wound)
        if isinstance(self.editor, QComboBox):
            at_enter(self.editor, self._on_enter)
        self.one.clicked.connect(self._on_one_clicked)
        self.all.clicked.connect(self._on_all_clicked)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def show_below(self, cell: QRect) -> None:
        """Show it under a cell, or above where there is no room; `cell` is in the page."""
        self.adjustSize()
        room, below = self._page.rect(), cell.bottom() + 3
        above = cell.top() - self.height() - 2
        top = below if below + self.height() <= room.bottom() or above < 0 else above
        self.move(min(cell.left(), room.right() - self.width()), top)
        self.show()
        self.raise_()
        self.editor.setFocus()
        edit = self.editor.lineEdit() if isinstance(self.editor, QComboBox) else self.editor
        if isinstance(edit, QLineEdit):
            edit.selectAll()

    def leave(self) -> None:
        """Go away without mending anything."""
        self.hide()
        self.deleteLater()

    def mend(self, everywhere: bool = False) -> None:
        """Take what was typed, for this cell or for all cells alike."""
        if isinstance(self.editor, DateEdit):
            if self.editor.has_problem():
                self._problem.setText(_("This is no day: write it as 2023-09-13"))
                theme.set_role(self._problem, "small", Tone.BAD)
                self._problem.show()
                self.adjustSize()
                return
            day = self.editor.day()
            text = format_iso(day) if day is not None else ""
        else:
            text = self.editor.currentText() if isinstance(self.editor, QComboBox) else ""
            text = self.editor.text() if isinstance(self.editor, QLineEdit) else text
        self.leave()
        self.mended.emit(text.strip(), everywhere)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _on_enter(self, control: bool) -> None:
        self.mend(control and not self.all.isHidden())

    def _lay_out(self, wound: Wound) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.space(3),) * 4)
        layout.setSpacing(theme.space(2))
        layout.addWidget(label(wound.title, "heading"))
        layout.addWidget(self._problem)
        said = _("The file says “{text}”.").format(text=wound.file_text)
        layout.addWidget(
            label(said if wound.file_text else _("The file says nothing here."), "secondary")
        )
        layout.addWidget(self.editor)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space(2))
        buttons.addStretch(1)
        buttons.addWidget(self.all)
        buttons.addWidget(self.one)
        layout.addLayout(buttons)
        self.setMinimumWidth(theme.metrics().body * 24)

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        inside: QObject | None = now
        while inside is not None and inside is not self:
            # The list of a combo box is a window of its own; its parents lead here all the same.
            inside = inside.parent()
        if now is not None and inside is None and self.isVisible():
            self.leave()

    def _on_one_clicked(self) -> None:
        self.mend()

    def _on_all_clicked(self) -> None:
        self.mend(everywhere=True)


def _editor(wound: Wound) -> QComboBox | QLineEdit:
    if wound.is_day:
        edit = DateEdit()
        edit.setText(wound.text)
        edit.setPlaceholderText(_("a day such as 2023-09-13"))
        return edit
    if not wound.choices:
        return QLineEdit(wound.text)
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setMaxVisibleItems(12)
    box.addItems(list(wound.choices))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    complete(box, box.model())
    box.setEditText(wound.text)
    return box
