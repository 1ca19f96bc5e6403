# SPDX-License-Identifier: Apache-2.0
"""A form: a label, its field, and under the field the line that says what is wrong with it.

    FormGrid(parent=None, columns=1)        signal edited(str)    the key of a field just changed
        signal unfolded()                   fields came into view
        add_line(key, text), add_text(key, text), add_day(key, text), add_check(key, text),
        add_choice(key, text, choices, typing=False)   choices: (code, words)
        add_field(key, text, widget), add_heading(text)
        add_fold(text)      a heading whose fields show when asked for, or when they say something
        values() -> {key: text}, set_values(mapping), changed() -> {key: text}
        field(key) -> widget, set_finding(key, tone, sentence), clear_findings(), has_findings()
        focus_field(key), focus_finding(), set_field_shown(key, shown)
        align_words(label)      one that stands above the form: its field begins where these do

Values are text, as the services take them: ISO days, codes of choices, "yes" or "no" of checks,
"" for nothing. Must not judge: findings come from the services.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.i18n import _, format_iso
from imp_plus_desktop.ui.look import icons, theme
from imp_plus_desktop.ui.look.completing import complete
from imp_plus_desktop.ui.look.plain import set_about, set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.date_edit import DateEdit
from imp_plus_desktop.ui.widgets.labels import label


@dataclass(frozen=True)
class _Entry:
    words: QLabel
    widget: QWidget
    finding: QLabel
    fold: QToolButton | None = None


_NO_LIMIT = 16_777_215
"""The largest size that Qt knows."""
_SHORT = 8
"""How many letters a choice shows at least where two stand in a row, on a small screen."""


class FormGrid(QWidget):
    """Fields below each other in one or two columns."""

    edited = Signal(str)
    unfolded = Signal()

    def __init__(self, parent: QWidget | None = None, columns: int = 1) -> None:
        super().__init__(parent)
        self._entries: dict[str, _Entry] = {}
        self._shown: dict[str, str] = {}
        self._left_out: set[str] = set()
        self._fold: QToolButton | None = None
        self._columns = columns
        self._place = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space(3))
        self._grid.setVerticalSpacing(0)
        for column in range(columns):
            self._grid.setColumnStretch(column * 2 + 1, 1)

    def add_line(self, key: str, text: str, placeholder: str = "") -> QLineEdit:
        """A field of one line of text."""
        edit = QLineEdit()
        edit.setPlaceholderText(placeholder)
        edit.textEdited.connect(_Teller(key, self).tell)
        self.add_field(key, text, edit)
        return edit

    def add_text(self, key: str, text: str, lines: int = 3) -> QPlainTextEdit:
        """A field of several lines; Tab leaves it."""
        edit = QPlainTextEdit()
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(theme.metrics().line * lines + 16)
        edit.textChanged.connect(_Teller(key, self).tell_plain)
        self.add_field(key, text, edit)
        return edit

    def add_day(self, key: str, text: str, *, partly: bool = False, past: bool = False) -> DateEdit:
        """A field for a day; it marks itself what is no day, nor with `partly` a year or month.
        `past` says that it tells of what has happened."""
        edit = DateEdit(partly=partly, past=past)
        edit.day_changed.connect(_Teller(key, self).tell_plain)
        edit.editingFinished.connect(_DayMarker(key, edit, self).mark)
        self.add_field(key, text, edit)
        return edit

    def add_choice(
        self,
        key: str,
        text: str,
        choices: Sequence[tuple[str, str]],
        *,
        typing: bool = False,
        whole_row: bool = False,
    ) -> QComboBox:
        """A field of (code, words) to choose from; `typing` finds words while they are typed."""
        box = QComboBox()
        box.setEditable(typing)
        box.setMaxVisibleItems(14)
        for code, words in choices:
            box.addItem(words, code)
        if typing:
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            complete(box, box.model())
            edit = box.lineEdit()
            if edit is not None:
                edit.editingFinished.connect(_Completion(key, box, self).complete)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12 if self._columns == 1 else _SHORT)
        box.activated.connect(_Teller(key, self).tell_number)
        self.add_field(key, text, box, whole_row=whole_row)
        return box

    def add_check(self, key: str, text: str, *, whole_row: bool = False) -> QCheckBox:
        """A box to tick; its words stand beside it. `whole_row` as of `add_field`."""
        box = QCheckBox(text)
        box.toggled.connect(_Teller(key, self).tell_state)
        self.add_field(key, "", box, whole_row=whole_row)
        set_name(box, text)
        return box

    def add_field(self, key: str, text: str, widget: QWidget, *, whole_row: bool = False) -> None:
        """Any field. `whole_row` gives it all columns."""
        # Beside another field a long word gives way; alone it has the room that it needs.
        words = label(text, "secondary", elide=self._columns > 1)
        words.setBuddy(widget)
        set_name(widget, text)
        # Its line is always there: what is said of a field pushes none of those below.
        finding = label(role="finding", elide=True)
        finding.setFixedHeight(theme.metrics().line + 2)
        finding.setAlignment(Qt.AlignmentFlag.AlignTop)  # it belongs to what is above it
        if whole_row and self._place % self._columns:
            self._place += self._columns - self._place % self._columns
        row, column = divmod(self._place, self._columns)
        words.setMinimumHeight(theme.metrics().control)
        self._grid.addWidget(words, row * 2, column * 2, Qt.AlignmentFlag.AlignTop)
        span = self._columns * 2 - 1 if whole_row else 1
        # A box to tick is no wider than its words, nor is its focus.
        to_tick = isinstance(widget, QCheckBox)
        side = Qt.AlignmentFlag.AlignLeft if to_tick else Qt.AlignmentFlag(0)
        top = Qt.AlignmentFlag.AlignTop
        # Where no field has words of its own before it, a box to tick stands at the edge.
        first = 0 if to_tick and not any(one.words.text() for one in self._entries.values()) else 1
        self._grid.addWidget(widget, row * 2, column * 2 + first, 1, span + 1 - first, side | top)
        # Below the words too, where it has more room.
        self._grid.addWidget(finding, row * 2 + 1, column * 2, 1, span + 1)
        self._place += self._columns if whole_row else 1
        self._entries[key] = _Entry(words, widget, finding, self._fold)
        self._shown[key] = _read(widget)
        if self._fold is not None:
            self._show_entry(key)

    def add_heading(self, text: str) -> QLabel:
        """A heading over the fields that follow."""
        made = label(text, "heading")
        self._fold = None
        made.setContentsMargins(0, theme.space(2) if self._place else 0, 0, 0)
        self._add_row(made)
        return made

    def add_fold(self, text: str) -> QToolButton:
        """A heading that shows and hides the fields that follow. It opens by itself where one of
        them holds something, has a finding or is gone to."""
        made = QToolButton()
        made.setText(text)
        made.setCheckable(True)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        theme.set_role(made, "fold")
        set_name(made, text)
        self._fold = made
        self._add_row(made, narrow=True)
        icons.dress(made, "chevron", "secondary")
        made.toggled.connect(self._on_fold_toggled)
        return made

    def _on_fold_toggled(self, is_open: bool) -> None:
        fold = self.sender()
        if isinstance(fold, QToolButton):
            icons.dress(fold, "chevron-down" if is_open else "chevron", "secondary")
        for key, entry in self._entries.items():
            if entry.fold is fold:
                self._show_entry(key)
        if is_open:
            self.unfolded.emit()

    def _add_row(self, made: QWidget, *, narrow: bool = False) -> None:
        if self._place % self._columns:
            self._place += self._columns - self._place % self._columns
        row = self._place // self._columns
        side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0)
        self._grid.addWidget(made, row * 2, 0, 1, self._columns * 2, side)
        self._place += self._columns

    def _unfold(self, key: str) -> None:
        fold = self._entries[key].fold
        if fold is not None:
            fold.setChecked(True)

    def _show_entry(self, key: str) -> None:
        entry = self._entries[key]
        shown = key not in self._left_out and (entry.fold is None or entry.fold.isChecked())
        for widget in (entry.words, entry.widget, entry.finding):
            widget.setVisible(shown)

    def keys(self) -> tuple[str, ...]:
        """The keys of all fields, in the order added."""
        return tuple(self._entries)

    def field(self, key: str) -> QWidget:
        """The widget of a field. KeyError when there is none."""
        return self._entries[key].widget

    def value(self, key: str) -> str:
        """The value of one field as text."""
        return _read(self._entries[key].widget)

    def values(self) -> dict[str, str]:
        """All values as text."""
        return {key: _read(entry.widget) for key, entry in self._entries.items()}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Show these values; `changed` counts from here. Keys without a field are left out."""
        for key, entry in self._entries.items():
            if key in values:
                blocked = entry.widget.blockSignals(True)
                _write(entry.widget, values[key])
                entry.widget.blockSignals(blocked)
                if values[key]:
                    self._unfold(key)
            self._shown[key] = _read(entry.widget)

    def changed(self) -> dict[str, str]:
        """The values that differ from those shown first."""
        return {key: text for key, text in self.values().items() if text != self._shown[key]}

    def shown_first(self, key: str) -> str:
        """The value that a field showed first."""
        return self._shown[key]

    def words_of(self, key: str, text: str) -> str:
        """A value of a field as it is read: the words of a choice, else the text."""
        widget = self._entries[key].widget
        found = widget.findData(text) if isinstance(widget, QComboBox) else -1
        return widget.itemText(found) if isinstance(widget, QComboBox) and found >= 0 else text

    def set_field_shown(self, key: str, shown: bool) -> None:
        """Show or hide a field with its words and finding."""
        (self._left_out.discard if shown else self._left_out.add)(key)
        self._show_entry(key)

    def set_finding(self, key: str, tone: Tone, sentence: str) -> None:
        """Say under a field what is wrong with it; an empty sentence empties the line."""
        entry = self._entries[key]
        entry.finding.setText(theme.SIGNS.get(tone, "") + sentence if sentence else "")
        shown = tone if sentence else Tone.PLAIN
        theme.set_role(entry.finding, "finding", shown)
        theme.set_role(entry.widget, str(entry.widget.property("role") or ""), shown)
        set_about(entry.widget, sentence)
        if sentence:
            self._unfold(key)

    def let_finding_wrap(self, key: str) -> None:
        """Let what is said under a field take the lines that it needs."""
        finding = self._entries[key].finding
        finding.setWordWrap(True)
        finding.setMaximumHeight(_NO_LIMIT)

    def clear_findings(self) -> None:
        """Take all findings away."""
        for key in self._entries:
            self.set_finding(key, Tone.PLAIN, "")

    def finding(self, key: str) -> str:
        """The sentence shown under a field."""
        return self._entries[key].finding.text()

    def has_findings(self, tone: Tone = Tone.BAD) -> bool:
        """Whether a field has a finding of this tone."""
        return any(
            entry.finding.text() and entry.finding.property("tone") == tone.value
            for entry in self._entries.values()
        )

    def focus_field(self, key: str) -> None:
        """Go to a field."""
        self._unfold(key)
        self._entries[key].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def align_words(self, words: QLabel) -> None:
        """Give the words of a field above the form and those of the first column one width."""
        cells = (self._grid.itemAtPosition(row, 0) for row in range(self._grid.rowCount()))
        own = [cell.widget() for cell in cells if cell is not None]
        labels = {entry.words for entry in self._entries.values()}
        wide = [made.sizeHint().width() for made in own if made in labels]
        width = max([*wide, words.sizeHint().width()])
        self._grid.setColumnMinimumWidth(0, width)
        words.setMinimumWidth(width)

    def focus_finding(self, tone: Tone = Tone.BAD) -> None:
        """Go to the first field with a finding of this tone, if there is one."""
        for key, entry in self._entries.items():
            if entry.finding.text() and entry.finding.property("tone") == tone.value:
                self.focus_field(key)
                return


class _Completion(QObject):
    """Takes the one choice that begins as typed, without regard to accents or capitals."""

    def __init__(self, key: str, box: QComboBox, form: FormGrid) -> None:
        super().__init__(form)
        self._key = key
        self._box = box
        self._form = form

    def complete(self) -> None:
        typed = fold(self._box.currentText())
        texts = [fold(self._box.itemText(n)) for n in range(self._box.count())]
        same = [n for n, text in enumerate(texts) if text == typed]
        found = same or [n for n, text in enumerate(texts) if typed and text.startswith(typed)]
        if len(found) == 1 and self._box.itemText(found[0]) != self._box.currentText():
            self._box.setCurrentIndex(found[0])
            self._form.set_finding(self._key, Tone.PLAIN, "")
            self._form.edited.emit(self._key)


class _Teller(QObject):
    """Passes the signals of one field on with its key."""

    def __init__(self, key: str, form: FormGrid) -> None:
        super().__init__(form)
        self._key = key
        self._form = form

    def tell(self, text: str) -> None:
        self._form.edited.emit(self._key)

    def tell_number(self, index: int) -> None:
        self._form.edited.emit(self._key)

    def tell_state(self, checked: bool) -> None:
        self._form.edited.emit(self._key)

    def tell_plain(self) -> None:
        self._form.edited.emit(self._key)


class _DayMarker(QObject):
    """Says under a field for a day that it holds none."""

    def __init__(self, key: str, edit: DateEdit, form: FormGrid) -> None:
        super().__init__(form)
        self._key = key
        self._edit = edit
        self._form = form

    def mark(self) -> None:
        if self._edit.has_problem():
            sentence = _("This is not a date. Write for example {day}.").format(day="2023-10-07")
            self._form.set_finding(self._key, Tone.BAD, sentence)


def _read(widget: QWidget) -> str:
    if isinstance(widget, DateEdit):
        day = widget.day()
        return widget.text().strip() if day is None else format_iso(day)
    if isinstance(widget, QLineEdit):
        return widget.text().strip()
    if isinstance(widget, QComboBox):
        return _chosen(widget)
    if isinstance(widget, QCheckBox):
        return "yes" if widget.isChecked() else "no"
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText().strip()
    return ""


def _chosen(box: QComboBox) -> str:
    number = box.currentIndex()
    if box.isEditable():
        number = box.findText(box.currentText(), Qt.MatchFlag.MatchFixedString)
        if number < 0:  # unknown words go to the service as they are, which says what is wrong
            return box.currentText().strip()
    return str(box.itemData(number) or "") if number >= 0 else ""


def _write(widget: QWidget, text: str) -> None:
    if isinstance(widget, QLineEdit):
        widget.setText(text)
        widget.setCursorPosition(0)  # a long text is read from its beginning
    elif isinstance(widget, QComboBox):
        found = widget.findData(text)
        widget.setCurrentIndex(found)
        if found < 0 and widget.isEditable():
            widget.setEditText(text)
    elif isinstance(widget, QCheckBox):
        widget.setChecked(text == "yes")
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
