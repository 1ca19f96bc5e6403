# SPDX-License-Identifier: Apache-2.0
"""One model for every list: an array of ids, and pages of rows fetched by id as they are seen.

    RowsModel(columns, fetch, sort=None, *, parent=None)
        columns: Sequence[Column[R]]                     the columns as data
        fetch:   (Sequence[int]) -> Sequence[R]          rows of these ids, in the same order
        sort:    (sort key, descending) -> array("q")    the ids in another order
                 by several columns it gets their `Order` in place of one key, and False

Must not run a query of its own, keep a filter, or be wrapped in a proxy model. `multiData` must
never be overridden (it aborts the interpreter), and roles are compared as plain ints: with the
enums of Qt a repaint takes three times as long.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.shapes import Order
from imp_plus_desktop.domain.values.unseen.hidden import HIDDEN
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look.format import DASH
from imp_plus_desktop.ui.look.plain import plain
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.servers.role_names import hidden_tip

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

_PAGE = 32
_PAGES_KEPT = 128


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
    shown: Callable[[R], str] | None = None
    """What the window shows in place of the text, which is what goes out of it."""
    optional: bool = False
    """Hidden until it is asked for."""
    source: str = ""
    """The column of the list that it shows, by its id: what a filter on it asks about."""
    more: bool = False
    """Whether a row has its value only where the column is shown: in `row.more`, by `source`."""
    days: Callable[[R], int | None] | None = None
    """The count behind a text that is one of days."""

    def heading(self) -> str:
        """Its title outside the window, where the cells name no unit."""
        return self.title() if self.days is None else _("{title} (days)").format(title=self.title())

    def seen(self, row: R) -> str:
        """A cell in the window."""
        return self.text(row) if self.shown is None else self.shown(row)

    def told(self, row: R) -> str:
        """A cell outside the window: what is shown, but a bare count that can be counted with, and
        nothing for a dash."""
        count = self.days(row) if self.days is not None else None
        text = self.text(row)
        return "" if text == DASH else text if count is None else str(count)


NAME = "name"
"""The column beside whose text a row's `Beside` stands."""


class Beside(NamedTuple):
    """A short mark of a row, what it says in full, and what a screen reader says of it."""

    mark: str
    tip: str


class RowsModel(QAbstractTableModel, Generic[R]):
    """The rows of one list. `sorted_by(str, bool)` tells of a new order by its first key,
    `order_changed(Order)` by all of them, `ids_changed()` of ids."""

    ids_changed = Signal()
    sorted_by = Signal(str, bool)
    order_changed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        fetch: Callable[[Sequence[int]], Sequence[R]],
        sort: Callable[[Any, bool], "array[int]"] | None = None,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._sort = sort
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, Sequence[R]] = OrderedDict()
        self._order: Order = ()
        self.beside: Callable[[R], Beside | None] | None = None
        """What the window shows of a row beside its name, and nothing else does."""

    @property
    def ids(self) -> "array[int]":
        """All ids in the order shown. Not to be changed in place."""
        return self._ids

    @property
    def order(self) -> Order:
        """The keys that the ids are sorted by, the first one first; empty: as they came."""
        return self._order

    @property
    def sort_state(self) -> tuple[str | None, bool]:
        """The first sort key in use (None: as the ids came) and whether it descends."""
        return self._order[0] if self._order else (None, False)

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these ids, in this order."""
        self.beginResetModel()
        self._ids = ids if isinstance(ids, array) else array("q", ids)
        self._pages.clear()
        self.endResetModel()
        self.ids_changed.emit()

    def set_sort_state(self, key: str | None, descending: bool) -> None:
        """Mark the column whose sort key the ids already follow, without sorting."""
        self.set_order(((key, descending),) if key is not None else ())

    def set_order(self, order: Order) -> None:
        """Mark the columns whose sort keys the ids already follow, without sorting."""
        keys = {column.sort for column in self.columns}
        self._order = tuple((key, down) for key, down in order if key in keys)
        if self.columns:
            self.headerDataChanged.emit(_HORIZONTAL, 0, len(self.columns) - 1)

    def refresh(self) -> None:
        """Forget the rows fetched, keep the ids: what is seen is fetched anew."""
        self._pages.clear()
        if self._ids and self.columns:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def show_beside(self) -> None:
        """Write anew what stands beside the names; nothing is fetched."""
        names = [place for place, one in enumerate(self.columns) if one.key == NAME]
        for place in names if self._ids else ():
            self.dataChanged.emit(self.index(0, place), self.index(len(self._ids) - 1, place))

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

    def painted(self, column: Column[R], row: R) -> str:
        """What is painted of a cell: asked for each one, at each turn of the wheel."""
        text = (column.shown or column.text)(row)
        if self.beside is None or column.key != NAME or (beside := self.beside(row)) is None:
            return text
        return f"{beside.mark} {text}"

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
        if row is None:
            return None
        beside = self.beside(row) if self.beside is not None and column.key == NAME else None
        told = reader(column, row)
        return told if beside is None else _with(beside, int(role), told, column.text(row))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation != _HORIZONTAL:
            return None
        if role == ALIGNMENT:
            return _RIGHT if self.columns[section].kind == "number" else _LEFT
        if role != DISPLAY:
            return None
        return f"{self.columns[section].title()}{self._sign(section)}"

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        key = self.columns[column].sort if 0 <= column < len(self.columns) else None
        if key is not None:
            self.sort_by(((key, order == Qt.SortOrder.DescendingOrder),))

    def sort_by(self, order: Order) -> None:
        """Sort by one key, or by several, the first one first."""
        if self._sort is None or not order:
            return
        key, descending = order[0]
        ids = self._sort(key, descending) if len(order) == 1 else self._sort(order, False)
        self.set_order(order)
        self.set_ids(ids)
        self.sorted_by.emit(key, descending)
        self.order_changed.emit(order)

    def _sign(self, section: int) -> str:
        """What a title says of the order: which way, and of several which place. Of two columns
        with one key the first tells."""
        keys = [key for key, _down in self._order]
        sort = self.columns[section].sort
        if sort not in keys or any(column.sort == sort for column in self.columns[:section]):
            return ""
        place = keys.index(sort)
        way = "▼" if self._order[place][1] else "▲"
        return f" {way}" if len(keys) == 1 else f" {way} {place + 1}"

    def _page(self, number: int) -> Sequence[R]:
        page = self._pages.get(number)
        if page is not None:
            return page
        wanted = self._ids[number * _PAGE : (number + self._ahead(number)) * _PAGE]
        # Kept before the call: if it fails, a repaint must not ask and fail again for ever.
        self._pages[number] = ()
        rows = self._fetch(wanted) if wanted else ()
        if len(rows) == len(wanted) > _PAGE:
            self._pages[number + 1] = rows[_PAGE:]
        elif len(wanted) > _PAGE:  # one is gone meanwhile: nobody knows on which page
            rows = self._fetch(wanted[:_PAGE])
        page = self._pages[number] = rows[:_PAGE]
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        return page

    def _ahead(self, number: int) -> int:
        """How many pages to fetch at once: two where somebody scrolls, the first alone, which is
        waited for."""
        return 1 if not self._pages or number + 1 in self._pages else 2


def _with(beside: Beside, role: int, told: object, text: str) -> object:
    """What is told of a cell, with what stands beside it."""
    if role == DISPLAY:
        return f"{beside.mark} {told}"
    if role == ACCESSIBLE:
        return plain(f"{told}, {beside.tip}")
    return plain(f"{told or text}\n{beside.tip}") if role == TOOLTIP else told


def _text(column: Column[R], row: R) -> object:
    return column.seen(row)


def _spoken(column: Column[R], row: R) -> object:
    return spoken_cell(column.title(), column.seen(row))


def spoken_cell(title: str, text: str) -> str:
    """What a screen reader says of a cell: its column and what stands in it."""
    told = text.replace(HIDDEN, _("hidden")) or _("empty")
    return plain(_("{column}: {value}").format(column=title, value=told))


def _tooltip(column: Column[R], row: R) -> object:
    if hidden := hidden_tip(column.text(row)):
        return plain(hidden)
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
