# SPDX-License-Identifier: Apache-2.0
"""The table of values that list and register have differently: both side by side, one of them
chosen.

    SidesTable(parent=None)
        show_entries(entries)        in their groups; the current row and what is seen stay
        focus_first(), current_key(), entry_at(row)
        signal chosen(object, bool)  the keys of the cells, and whether the list's value is taken

Left and Right choose for the row under the cursor, with Shift for its person, with Ctrl for its
column; of a letter's date, the second Right says that it is a second letter's. Where there is
little room, what the last list said stands below our value. Must not choose anything itself: it
asks, and shows what the plan then says.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.imports.imports import Conflict, ConflictKey
from imp_plus_desktop.ui.imports.steps.sides.sides_painting import (
    BASE,
    OURS,
    THEIRS,
    WHO,
    SidesDelegate,
    heading_height,
    line_height,
    list_boxes,
)
from imp_plus_desktop.ui.imports.steps.sides.sides_presenter import (
    Entry,
    Heading,
    Line,
    Taken,
    last_list_title,
)
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import plain
from imp_plus_desktop.ui.tables.model import ACCESSIBLE, DISPLAY, TOOLTIP, spoken_cell

_COLUMNS = (WHO, BASE, OURS, THEIRS)
_NARROW_EM = 56
"""Below this width, in sizes of the body's type, the last list has no column of its own."""
_Index = QModelIndex | QPersistentModelIndex
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class _SidesModel(QAbstractTableModel):
    """The entries as rows; what they are is for the delegate to paint and for readers to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: Sequence[Entry] = ()
        self.last_list = ""

    def set_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def swap_entries(self, entries: Sequence[Entry]) -> None:
        """As many entries for the same values, otherwise chosen: nothing moves."""
        self.entries = entries
        if entries:
            last = self.index(len(entries) - 1, len(_COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if role != DISPLAY or orientation != Qt.Orientation.Horizontal:
            return None
        return {
            WHO: _("Person"),
            BASE: self.last_list or _("The last list"),
            OURS: _("Our register"),
            THEIRS: _("This list"),
        }[section]

    def data(self, index: _Index, role: int = DISPLAY) -> object:
        if not index.isValid() or int(role) not in (DISPLAY, ACCESSIBLE, TOOLTIP):
            return None
        entry = self.entries[index.row()]
        if isinstance(entry, Heading):
            return _heading_text(entry, index.column())
        if role == TOOLTIP:
            return plain(_tip(entry, index.column()))
        text = _line_text(entry, index.column())
        if role != ACCESSIBLE:
            return text
        title = self.headerData(index.column(), Qt.Orientation.Horizontal)
        return spoken_cell(str(title), _spoken(entry, index.column(), text))


class SidesTable(QTableView):
    """Values with their three sides."""

    chosen = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sides = _SidesModel(self)
        self.setModel(self._sides)
        self._delegate = SidesDelegate(self._entry_at, self)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show values in their groups; the row under the cursor stays, if it is among them."""
        self._sides.last_list = last_list_title([e.side for e in entries if isinstance(e, Line)])
        if [_key_of(entry) for entry in entries] == [_key_of(e) for e in self._sides.entries]:
            self._sides.swap_entries(entries)
            return
        before = self.current_key()
        self._sides.set_entries(entries)
        self._set_heights()
        keys = [_key_of(entry) for entry in entries]
        if before in keys:
            self._go_to(keys.index(before))
        else:
            self.focus_first()

    def focus_first(self) -> None:
        """The cursor on the first value."""
        rows = (n for n, e in enumerate(self._sides.entries) if isinstance(e, Line))
        self._go_to(next(rows, 0))

    def current_key(self) -> object:
        """What the row under the cursor is known by; None without one."""
        entry = self.entry_at(self.currentIndex().row())
        return _key_of(entry) if entry is not None else None

    def entry_at(self, row: int) -> Entry | None:
        """What stands in a row."""
        return self._entry_at(row)

    def retranslate(self) -> None:
        """The titles of the columns anew."""
        self._sides.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_COLUMNS) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._choose_by_key(event.modifiers(), event.key() == Qt.Key.Key_Right)
            event.accept()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.accept()  # at an end the keys stay here

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The row is marked by the press; a value is chosen by the whole click."""
        super().mousePressEvent(event)
        self._pressed = self.indexAt(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if not left or not index.isValid() or index != getattr(self, "_pressed", None):
            return
        entry = self.entry_at(index.row())
        if entry is None or index.column() not in (OURS, THEIRS):
            return
        keys = _keys_of(entry)
        if isinstance(entry, Line) and index.column() == THEIRS:
            boxes = list_boxes(QRectF(self.visualRect(index)), entry)
            second = entry.side.second_key
            if second is not None and boxes[-1].contains(event.position()):
                keys = (second,)
        self.chosen.emit(keys, index.column() == THEIRS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _entry_at(self, row: int) -> Entry | None:
        entries = self._sides.entries
        return entries[row] if 0 <= row < len(entries) else None

    def _choose_by_key(self, held: Qt.KeyboardModifier, take: bool) -> None:
        entry = self.entry_at(self.currentIndex().row())
        if entry is None:
            return
        keys = _keys_of(entry)
        if isinstance(entry, Line) and not held & (_SHIFT | _CTRL):
            keys, take = _next_choice(entry.side, take)
        elif isinstance(entry, Line) and held & _SHIFT:
            keys = self._keys_where(lambda one: one.key[:2] == entry.side.key[:2])
        elif isinstance(entry, Line) and held & _CTRL:
            keys = self._keys_where(lambda one: one.field == entry.side.field)
        self.chosen.emit(keys, take)

    def _keys_where(self, wanted: Callable[[Conflict], bool]) -> tuple[ConflictKey, ...]:
        lines = (entry.side for entry in self._sides.entries if isinstance(entry, Line))
        return tuple(side.key for side in lines if wanted(side))

    def _go_to(self, row: int) -> None:
        if self._sides.entries:
            self.setCurrentIndex(self._sides.index(row, OURS))

    def _set_heights(self) -> None:
        rows = self.verticalHeader()
        rows.setDefaultSectionSize(line_height(narrow=self.isColumnHidden(BASE)))
        for row, entry in enumerate(self._sides.entries):
            if isinstance(entry, Heading):
                rows.resizeSection(row, heading_height())
            elif entry.second_note:
                rows.resizeSection(row, 2 * rows.defaultSectionSize())

    def _share_width(self) -> None:
        """Who and the last list have what they need, both values the rest in equal parts."""
        em, whole = theme.metrics().body, self.viewport().width()
        narrow = whole < em * _NARROW_EM
        if narrow != self.isColumnHidden(BASE):
            self.setColumnHidden(BASE, narrow)
            self._delegate.narrow = narrow
            self._set_heights()
        who = max(em * 11, round(whole * (0.28 if narrow else 0.24)))
        base = 0 if narrow else max(em * 9, round(whole * 0.18))
        value = (whole - who - base) // 2
        for column, width in ((WHO, who), (BASE, base), (OURS, value), (THEIRS, value)):
            self.setColumnWidth(column, width)


def _key_of(entry: Entry) -> object:
    """What an entry is known by from plan to plan."""
    return entry.keys if isinstance(entry, Heading) else entry.side.key


def _keys_of(entry: Entry) -> tuple[ConflictKey, ...]:
    return entry.keys if isinstance(entry, Heading) else (entry.side.key,)


def _next_choice(side: Conflict, right: bool) -> tuple[tuple[ConflictKey, ...], bool]:
    """What Right or Left chooses: ours, the list's value, of a letter's date a second letter."""
    second = side.second_key
    if second is not None and right and side.taken:
        return (second,), True
    return (side.key,), right or side.second


def _heading_text(heading: Heading, column: int) -> str:
    tick = {Taken.OURS: OURS, Taken.THEIRS: THEIRS}.get(heading.taken)
    texts = {
        WHO: heading.title,
        BASE: heading.note,
        OURS: _("Keep all"),
        THEIRS: _("Take all"),
    }
    return f"{texts[column]} ✓" if column == tick else texts[column]


def _line_text(line: Line, column: int) -> str:
    return {WHO: line.title, BASE: line.base, OURS: line.ours, THEIRS: line.theirs}[column]


def _tip(line: Line, column: int) -> str:
    """What may be cut, whole."""
    theirs = "\n".join(filter(None, (line.theirs_note, line.second_note)))
    notes = {WHO: line.note, BASE: "", OURS: line.ours_note, THEIRS: theirs}
    texts = [_line_text(line, column), notes[column]]
    if column == BASE and line.side.base_from is not None:
        texts.append(line.side.base_from)
    return "\n".join(filter(None, texts))


def _spoken(line: Line, column: int, text: str) -> str:
    if column not in (OURS, THEIRS):
        return text
    if column == THEIRS and line.side.second:
        return _("{value}, chosen as a second letter").format(value=text)
    chosen = line.side.taken == (column == THEIRS)
    return _("{value}, chosen").format(value=text) if chosen else text
