# SPDX-License-Identifier: Apache-2.0
"""What one asks of a column: some of its values, a text in it, from where to where, or nothing.

    FilterDrop(column, title, counted, present, parent)
        column:  ListColumn        counted: (value, how often) of the rows that other filters keep
        present: ColumnFilter | None        signal asked(ColumnFilter | None)

Each tick asks at once, and the window stays open. Must not count or filter by itself.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from imp_plus_desktop.domain.reads.list_columns import ListColumn
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Value
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.shaping.drop_down import DropDown
from imp_plus_desktop.ui.shaping.find_line import FindLine
from imp_plus_desktop.ui.widgets.date_edit import DateEdit
from imp_plus_desktop.ui.widgets.labels import WordsBox, button, label
from imp_plus_desktop.words.terms.list_texts import NEAR, cell_text, range_text

_VALUE = int(Qt.ItemDataRole.UserRole)
_MOST = 300
"""So many values are listed; the others are found by typing."""
_SEARCHED_FROM = 8
_ROWS = 10
_WIDE_EM = 22


class FilterDrop(DropDown):
    """The filter of one column, below its funnel or its chip."""

    asked = Signal(object)

    def __init__(
        self,
        column: ListColumn,
        title: str,
        counted: Sequence[tuple[Value, int]],
        present: ColumnFilter | None,
        parent: QWidget,
    ) -> None:
        super().__init__(title, parent)
        self._column = column
        self._counted = list(counted)
        self._filling = False
        now = present or ColumnFilter(column.id)
        self._chosen: set[Value] = set(now.values)
        self._near: tuple[str, str] | None = None
        self._text = now.text
        self.setFixedWidth(theme.metrics().body * _WIDE_EM)
        self.low: QLineEdit | None = None
        self.high: QLineEdit | None = None
        self.values: _Values | None = None
        if column.is_range:
            self._add_range(now)
        else:
            self._add_values(now)
        self.filled = self._box(_("Only what is filled in ({count})"), self._count(empty=False))
        self.empty = self._box(_("Only what is empty ({count})"), self._count(empty=True))
        self.filled.setChecked(now.filled is True)
        self.empty.setChecked(now.filled is False)
        for box in (self.filled, self.empty):
            box.setEnabled(box.isEnabled() or box.isChecked())
        self.filled.toggled.connect(self._on_filled_toggled)
        self.empty.toggled.connect(self._on_empty_toggled)

    def filter(self) -> ColumnFilter | None:
        """What is asked now, None for nothing."""
        filled = True if self.filled.isChecked() else False if self.empty.isChecked() else None
        low, high = self._near or (self._bound(self.low), self._bound(self.high))
        values = tuple(value for value, _times in self._counted if value in self._chosen)
        gone = tuple(value for value in self._chosen if value not in dict(self._counted))
        made = ColumnFilter(self._column.id, (*values, *gone), self._text, low, high, filled)
        return None if made == ColumnFilter(self._column.id) else made

    def _add_range(self, now: ColumnFilter) -> None:
        days = self._column.kind in (Kind.DAY, Kind.INSTANT)
        if days:
            for low, high in NEAR:
                near = button(range_text(low, high), role="link")
                near.setProperty("near", (low, high))
                near.clicked.connect(self._on_near_clicked)
                self.body.addWidget(near, 0, Qt.AlignmentFlag.AlignLeft)
            if (now.low, now.high) in NEAR:
                self._near = (now.low, now.high)
        grid = QGridLayout()
        self.low, self.high = self._line(days), self._line(days)
        for row, (words, line, bound) in enumerate(
            (
                (_("From") if days else _("At least"), self.low, now.low),
                (_("Until") if days else _("At most"), self.high, now.high),
            )
        ):
            grid.addWidget(label(words), row, 0)
            grid.addWidget(line, row, 1)
            set_name(line, words)
            if self._near is None:
                line.setText(bound)
            line.textEdited.connect(self._on_bound_edited)
        self.body.addLayout(grid)
        self.setFocusProxy(self.low)
        self.low.setFocus()

    def _line(self, days: bool) -> QLineEdit:
        if days:
            return DateEdit()
        made = QLineEdit()
        made.setValidator(QIntValidator(0, 99_999_999, made))
        return made

    def _add_values(self, now: ColumnFilter) -> None:
        free = not self._column.is_coded
        words = _("A text in it, or a value…") if free else _("Search the values…")
        self.search = FindLine(words)
        self.search.setText(now.text)
        self.search.setVisible(free or len(self._counted) > _SEARCHED_FROM)
        self.search.textEdited.connect(self._on_search_edited)
        self.values = self.search.below = _Values()
        set_name(self.values, _("Values"))
        self.values.itemChanged.connect(self._on_value_changed)
        self.body.addWidget(self.search)
        self.body.addWidget(self.values, 1)
        self._fill()
        (self.search if self.search.isVisibleTo(self) else self.values).setFocus()

    def _fill(self) -> None:
        """List the values that what is typed is in; of a text, what is typed itself comes first."""
        if self.values is None:
            return
        self._filling = True
        self.values.clear()
        typed = self.search.text().strip()
        if typed and not self._column.is_coded:
            words = _("Contains “{text}”").format(text=typed)
            self.values.add(words, "text", bool(self._text), None)
        wanted, listed = fold(typed), 0
        for value, times in self._counted:
            text = self._told(value)
            if listed < _MOST and wanted in fold(text):
                self.values.add(text, value, value in self._chosen, times)
                listed += 1
        self._filling = False

    def _told(self, value: Value) -> str:
        return _("(empty)") if value is None else cell_text(self._column, value)

    def _count(self, *, empty: bool) -> int:
        return sum(times for value, times in self._counted if (value is None) == empty)

    def _box(self, words: str, count: int) -> WordsBox:
        box = WordsBox(words.format(count=format_number(count)))
        box.setEnabled(bool(count))
        self.body.addWidget(box)
        return box

    def _bound(self, line: QLineEdit | None) -> str:
        if line is None:
            return ""
        if isinstance(line, DateEdit):
            day = line.day()
            return "" if day is None else day.isoformat()
        return line.text().strip()

    def _tell(self) -> None:
        self.asked.emit(self.filter())

    def _on_near_clicked(self) -> None:
        low, high = self.sender().property("near")
        self._near = (str(low), str(high))
        for line in (self.low, self.high):
            if line is not None:
                line.clear()
        self._let_go()
        self._tell()
        self.close()

    def _on_bound_edited(self, _text: str) -> None:
        self._near = None
        self._let_go()
        self._tell()

    def _on_search_edited(self, text: str) -> None:
        if self._text:  # what is looked for within follows what is typed
            self._text = text.strip()
            self._tell()
        self._fill()

    def _on_value_changed(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        on = item.checkState() == Qt.CheckState.Checked
        if self.values is not None and self.values.is_text(item):
            self._text = self.search.text().strip() if on else ""
        else:
            value = item.data(_VALUE)[0]
            (self._chosen.add if on else self._chosen.discard)(value)
        self._let_go()
        self._tell()

    def _let_go(self) -> None:
        """Values or a range are asked for: whether it is empty is no question any more."""
        for box in (self.filled, self.empty):
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)

    def _on_filled_toggled(self, on: bool) -> None:
        self._ask_whether(on, self.empty)

    def _on_empty_toggled(self, on: bool) -> None:
        self._ask_whether(on, self.filled)

    def _ask_whether(self, on: bool, other: WordsBox) -> None:
        if on:
            other.blockSignals(True)
            other.setChecked(False)
            other.blockSignals(False)
            self._chosen, self._text, self._near = set(), "", None
            for line in (self.low, self.high):
                if line is not None:
                    line.clear()
            self._fill()
        self._tell()


class _Values(QListWidget):
    """Values to tick, each with how often it is there."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def sizeHint(self) -> QSize:
        return QSize(theme.metrics().body * _WIDE_EM, theme.metrics().row * _ROWS)

    def add(self, text: str, value: Value, on: bool, times: int | None) -> None:
        """Add a value; without a count it is a text to be found within."""
        words = text if times is None else f"{text}   {format_number(times)}"
        item = QListWidgetItem(words)
        # In a tuple: an empty variant could not be told from None.
        item.setData(_VALUE, (value, times is None))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.addItem(item)

    def is_text(self, item: QListWidgetItem) -> bool:
        """Whether a row is the text that is typed and no value."""
        return bool(item.data(_VALUE)[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.window().close()
        else:
            super().keyPressEvent(event)
