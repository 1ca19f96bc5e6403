# SPDX-License-Identifier: Apache-2.0
"""One model for every list: an array of ids, and pages of rows fetched by id as they are seen.

    RowsModel(columns, fetch, sort=None, *, parent=None)
        columns: Sequence[Column[R]]                     the columns as data
        fetch:   (Sequence[int]) -> Sequence[R]          rows of these ids, in the same order
        sort:    (sort key, descending) -> array("q")    the ids in another order

Must not run a query of its own, keep a filter, or be wrapped in a proxy model. `multiData` must
never be overridden (it aborts the interpreter), and roles are compared as plain ints: with the
enums of Qt a repaint takes three times as long.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from imp_plus_desktop.ui.look.plain import plain
from imp_plus_desktop.ui.look.theme import Tone

R = TypeVar("R")
Kind = Literal["text", "chip", "date", "number"]
AnyIndex = QModelIndex | QPersistentModelIndex

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
TONE = int(Qt.ItemDataRole.UserRole) + 1
_HORIZONTAL = Qt.Orientation.Horizontal
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

_PAGE = 64
_PAGES_KEPT = 64


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column of a list.

    `title` and `text` are called at each use, so that they follow the language. `width` is in em
    (the body size of the font); one column may `stretch`. `kind` picks how a cell is painted and
    aligned; `sort` is the key that the sort callback gets, None for a column that does not sort.
    `tone` colours a chip, or the text of another kind; `quiet` writes it in the secondary colour.
    """

    key: str
    title: Callable[[], str]
    text: Callable[[R], str]
    width: float = 10
    kind: Kind = "text"
    sort: str | None = None
    tooltip: Callable[[R], str] | None = None
    tone: Callable[[R], Tone] | None = None
    stretch: bool = False
    quiet: bool = False
    optional: bool = False
    """Hidden until it is asked for in the list's menu."""


class RowsModel(QAbstractTableModel, Generic[R]):
    """The rows of one list. `sorted_by(str, bool)` tells of a new order, `ids_changed()` of ids."""

    ids_changed = Signal()
    sorted_by = Signal(str, bool)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        fetch: Callable[[Sequence[int]], Sequence[R]],
        sort: Callable[[str, bool], "array[int]"] | None = None,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._sort = sort
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, Sequence[R]] = OrderedDict()
        self._sort_column = -1
        self._descending = False

    @property
    def ids(self) -> "array[int]":
        """All ids in the order shown. Not to be changed in place."""
        return self._ids

    @property
    def sort_state(self) -> tuple[str | None, bool]:
        """The sort key in use (None: as the ids came) and whether it descends."""
        if self._sort_column < 0:
            return None, False
        return self.columns[self._sort_column].sort, self._descending

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these ids, in this order."""
        self.beginResetModel()
        self._ids = ids if isinstance(ids, array) else array("q", ids)
        self._pages.clear()
        self.endResetModel()
        self.ids_changed.emit()

    def set_sort_state(self, key: str | None, descending: bool) -> None:
        """Mark the column whose sort key the ids already follow, without sorting."""
        keys = [column.sort for column in self.columns]
        self._sort_column = keys.index(key) if key is not None and key in keys else -1
        self._descending = descending
        if self.columns:
            self.headerDataChanged.emit(_HORIZONTAL, 0, len(self.columns) - 1)

    def refresh(self) -> None:
        """Forget the rows fetched, keep the ids: what is seen is fetched anew."""
        self._pages.clear()
        if self._ids and self.columns:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def retranslate(self) -> None:
        """Write titles and cells anew in the language in use."""
        if self.columns:
            self.headerDataChanged.emit(_HORIZONTAL, 0, len(self.columns) - 1)
        self.refresh()

    def id_at(self, row: int) -> int | None:
        """The id shown in a row, None outside the list."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, wanted: int) -> int | None:
        """The row that shows an id, None when it is not in the list."""
        try:
            return self._ids.index(wanted)
        except ValueError:
            return None

    def row_at(self, row: int) -> R | None:
        """The value behind a row, fetched when need be; None outside the list."""
        page = self._page(row // _PAGE)
        place = row % _PAGE
        return page[place] if place < len(page) else None

    # Qt asks for what follows; an index without validity is the root.
    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = DISPLAY) -> object:
        reader = _READERS.get(int(role))
        if reader is None or not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == ALIGNMENT:
            return _RIGHT if column.kind == "number" else _LEFT
        row = self.row_at(index.row())
        return None if row is None else reader(column, row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation != _HORIZONTAL:
            return None
        if role == ALIGNMENT:
            return _RIGHT if self.columns[section].kind == "number" else _LEFT
        if role != DISPLAY:
            return None
        title = self.columns[section].title()
        if section == self._sort_column:
            return f"{title} {'▼' if self._descending else '▲'}"
        return title

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        key = self.columns[column].sort if 0 <= column < len(self.columns) else None
        if key is None or self._sort is None:
            return
        descending = order == Qt.SortOrder.DescendingOrder
        ids = self._sort(key, descending)
        self.set_sort_state(key, descending)
        self.set_ids(ids)
        self.sorted_by.emit(key, descending)

    def _page(self, number: int) -> Sequence[R]:
        page = self._pages.get(number)
        if page is not None:
            return page
        wanted = self._ids[number * _PAGE : (number + 1) * _PAGE]
        # Kept before the call: if it fails, a repaint must not ask and fail again for ever.
        self._pages[number] = ()
        page = self._fetch(wanted) if wanted else ()
        self._pages[number] = page
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        return page


def _text(column: Column[R], row: R) -> object:
    return column.text(row)


def _spoken(column: Column[R], row: R) -> object:
    return plain(column.text(row))


def _tooltip(column: Column[R], row: R) -> object:
    return plain(column.tooltip(row)) if column.tooltip else None


def _tone(column: Column[R], row: R) -> object:
    return column.tone(row) if column.tone else None


_READERS: dict[int, Callable[[Column[Any], Any], object]] = {
    DISPLAY: _text,
    ACCESSIBLE: _spoken,
    TOOLTIP: _tooltip,
    TONE: _tone,
    ALIGNMENT: _text,
}
