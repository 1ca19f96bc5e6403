# SPDX-License-Identifier: Apache-2.0
"""The columns of a list as somebody has them: which, in which order, how wide, what sorts.

    ListColumns(view, model, header, name, settings)     the view's; all is remembered by `name`
        shown() -> columns from left to right    show(keys)    shipped() -> keys    is_shipped()
        show_column(number, shown)
        fit()             share the width of the list, once its rows or its size are known
        set_filtered(sources)
        menu() -> QMenu   what a right click on the header offers
    signals: changed()    other columns or another order of them

A column may be dragged to another place. Must not know what a row is about.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFontMetrics, QFontMetricsF
from PySide6.QtWidgets import QMenu, QTableView

from imp_plus_desktop.i18n import _
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.tables.delegates import PADDING, chip_width
from imp_plus_desktop.ui.tables.header import ListHeader
from imp_plus_desktop.ui.tables.kept_column import KeptColumns
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.widths import shared

_MEASURED = 40
"""How many rows are looked at to tell how wide a column would like to be."""
_MOST_EM = 22
"""No column asks for more than this, in sizes of the body's type."""
_OF_THE_ROOM = 0.34
"""What the column that says whose row it is may have of a narrow list."""


class ListColumns(QObject):
    """Shows, orders and measures the columns of one list."""

    changed = Signal()

    def __init__(
        self,
        view: QTableView,
        model: RowsModel[Any],
        header: ListHeader,
        name: str,
        settings: Settings | None,
    ) -> None:
        super().__init__(view)
        self._view, self._rows, self._header = view, model, header
        self._name, self._settings = f"columns-{name}", settings
        self._widths = _read_widths(settings, self._name)
        self._needs: dict[str, int] = {}
        self._busy = False
        # A drag of the mouse resizes many times; only its end is worth a write.
        self._keeper = QTimer(self)
        self._keeper.setSingleShot(True)
        self._keeper.setInterval(400)
        self._keeper.timeout.connect(self._on_keeper_timeout)
        self._restore()
        places = {column.key: place for place, column in enumerate(model.columns)}
        # A row of a list that comes in is also known by where it stands there.
        named = (places.get("row"), places.get("name", places.get("family_name")))
        kept = [place for place in named if place is not None]
        self._kept = KeptColumns(view, header, kept) if kept else None
        header.sectionResized.connect(self._on_section_resized)
        header.sectionMoved.connect(self._on_section_moved)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_menu_requested)
        header.sort_asked.connect(self.sort_by)
        model.ids_changed.connect(self._on_ids_changed)

    def shown(self) -> "list[Column[Any]]":
        """The columns that are shown, from left to right."""
        count = len(self._rows.columns)
        numbers = sorted(range(count), key=self._header.visualIndex)
        return [self._rows.columns[n] for n in numbers if not self._view.isColumnHidden(n)]

    def clear_of_kept(self, index: QModelIndex) -> None:
        """Scroll so far that no column kept in view stands over a cell."""
        if self._kept is not None:
            self._kept.uncover(index)

    def shipped(self) -> list[str]:
        """The keys of the columns that a list has at first."""
        return [column.key for column in self._rows.columns if not column.optional]

    def is_shipped(self) -> bool:
        """Whether the columns are those of the first day, in their order."""
        return [column.key for column in self.shown()] == self.shipped()

    def show(self, keys: Sequence[str]) -> None:
        """Show exactly these columns in this order; those that the list has not are passed over,
        and where nothing is left it has its first ones."""
        numbers = {column.key: number for number, column in enumerate(self._rows.columns)}
        wanted = [key for key in dict.fromkeys(keys) if key in numbers] or self.shipped()
        if wanted != [column.key for column in self.shown()]:
            self._arrange([numbers[key] for key in wanted])
            self._tell()

    def show_column(self, number: int, shown: bool) -> None:
        """Show or hide a column where it stands, and remember it. The last one stays."""
        if not shown and len(self.shown()) < 2:
            return
        self._view.setColumnHidden(number, not shown)
        self._tell()

    def set_filtered(self, sources: Collection[str]) -> None:
        """Mark the columns on which a filter stands."""
        columns = enumerate(self._rows.columns)
        self._header.set_filtered([n for n, column in columns if column.source in sources])

    def sort_by(self, section: int, more: bool = False) -> None:
        """Sort by a column, or the other way round; with `more` beside those that sort now."""
        key = self._rows.columns[section].sort
        if key is None:
            return
        order = dict(self._rows.order)
        down = key in order and not order[key]
        wanted = tuple((order | {key: down}).items()) if more else ((key, down),)
        self._view.keep_chosen(lambda: self._rows.sort_by(wanted))  # type: ignore[attr-defined]

    def measure_anew(self) -> None:
        """Forget how wide the columns would like to be: their words are others now."""
        self._needs.clear()
        self.fit()

    def fit(self) -> None:
        """Share the width: every column its own, what is left to those whose cells are cut, and
        then to the one that stretches. What somebody set with the mouse stays."""
        columns = self._rows.columns
        numbers = [n for n in range(len(columns)) if not self._view.isColumnHidden(n)]
        em = theme.metrics().body
        room = self._view.viewport().width()
        least: list[int] = []
        needs: list[int] = []
        for n in numbers:
            column = columns[n]
            own = None if column.stretch else self._widths.get(column.key)
            need = self._need(n)
            # What a column does not need goes where a cell is cut.
            wants = round(column.width * em)
            if column.stretch:  # whose row it is, is read even where the rest must be scrolled to
                wants = max(wants, round(room * _OF_THE_ROOM))
            least.append(own or min(wants, need or wants, em * _MOST_EM))
            needs.append(own or need)
        stretching = next((at for at, n in enumerate(numbers) if columns[n].stretch), None)
        self._busy = True
        for n, width in zip(numbers, shared(least, needs, room, stretching), strict=True):
            self._view.setColumnWidth(n, width)
        self._busy = False
        if self._kept is not None:
            self._kept.place()

    def menu(self) -> QMenu:
        """The menu of the header: sorting, and what may be shown."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._rows.columns):
            if column.sort is not None and not self._view.isColumnHidden(number):
                action = QAction(_("Sort by: {column}").format(column=column.title()), menu)
                action.setData(number)
                menu.addAction(action)
        # What is chosen among all fields is chosen under *Columns*, where they can be looked for.
        offered = [(n, c) for n, c in enumerate(self._rows.columns) if c.optional and not c.more]
        if offered:
            menu.addSeparator()
        for number, column in offered:
            action = QAction(_("Show: {column}").format(column=column.title()), menu)
            action.setCheckable(True)
            action.setChecked(not self._view.isColumnHidden(number))
            action.setData(number)
            menu.addAction(action)
        menu.triggered.connect(self._on_menu_triggered)
        return menu

    def open_menu(self, where: QPoint) -> None:
        """Offer the menu at a point of the screen, if there is anything in it."""
        menu = self.menu()
        if menu.isEmpty():
            menu.deleteLater()
            return
        menu.popup(where)

    def _arrange(self, numbers: Sequence[int]) -> None:
        self._busy = True
        for place, number in enumerate(numbers):
            self._header.moveSection(self._header.visualIndex(number), place)
        wanted = set(numbers)
        for number in range(len(self._rows.columns)):
            self._view.setColumnHidden(number, number not in wanted)
        self._busy = False

    def _tell(self) -> None:
        """Other columns stand there now: fetch what they hold, measure, remember, say so."""
        self._needs.clear()
        self._rows.refresh()
        self.fit()
        if self._settings is not None:
            kept = "" if self.is_shipped() else " ".join(column.key for column in self.shown())
            self._settings.keep_layout(f"order-{self._name}", kept)
        self.changed.emit()

    def _restore(self) -> None:
        em = theme.metrics().body
        for number, column in enumerate(self._rows.columns):
            width = self._widths.get(column.key, round(column.width * em))
            self._view.setColumnWidth(number, width)
            self._view.setColumnHidden(number, column.optional)
        kept = self._settings.layout(f"order-{self._name}").split() if self._settings else []
        numbers = {column.key: number for number, column in enumerate(self._rows.columns)}
        known = [numbers[key] for key in kept if key in numbers]
        if known:
            self._arrange(known)

    def _need(self, number: int) -> int:
        """How wide a column would have to be for the rows that are seen, in pixels."""
        column = self._rows.columns[number]
        if column.key not in self._needs:
            if not self._rows.rowCount():
                return 0
            first = max(self._view.rowAt(0), 0)
            rows = (self._rows.row_at(row) for row in range(first, first + _MEASURED))
            texts = {column.text(row) for row in rows if row is not None}
            most = max([self._title(number), *(self._wide(column, text) for text in texts)])
            # One that stretches may need all that the others leave.
            most = most if column.stretch else min(most, theme.metrics().body * _MOST_EM)
            self._needs[column.key] = round(most)
        return self._needs[column.key]

    def _title(self, number: int) -> float:
        """How wide a title is with its order; a place in an order of several may cut it."""
        title = self._rows.columns[number].title()
        font = theme.sized_font(theme.metrics().small)
        # As the header cuts it: the sign by itself, and a part of a pixel more is a letter less.
        metrics = QFontMetrics(font)
        words = sum(metrics.horizontalAdvance(part) + 1 for part in (title, " ▲"))
        return words + 2 * max(PADDING, theme.metrics().body * 10 // 13)

    def _wide(self, column: Column[Any], text: str) -> float:
        if column.kind == "chip":
            tone = theme.Tone.OK if column.tone is not None else theme.Tone.PLAIN
            return chip_width(text, tone) + PADDING * 1.5 + 1 if text else 0
        font = theme.sized_font(theme.metrics().body, figures=column.kind != "text")
        return QFontMetricsF(font).horizontalAdvance(text) + PADDING * 1.5 + 2

    def _on_ids_changed(self) -> None:
        # Once: widths that followed every filter would jump.
        if not self._needs and self._rows.rowCount():
            self.fit()

    def _on_section_resized(self, section: int, old: int, new: int) -> None:
        if self._busy or not new or not old:
            return
        if self._rows.columns[section].stretch:
            return
        self._widths[self._rows.columns[section].key] = new
        self._keeper.start()
        self.fit()

    def _on_section_moved(self, section: int, old: int, new: int) -> None:
        if not self._busy:
            self._tell()

    def _on_keeper_timeout(self) -> None:
        if self._settings is not None:
            self._settings.keep_layout(self._name, json.dumps(self._widths))

    def _on_menu_requested(self, where: QPoint) -> None:
        self.open_menu(self._header.mapToGlobal(where))

    def _on_menu_triggered(self, action: QAction) -> None:
        number = int(action.data())
        if action.isCheckable():
            self.show_column(number, action.isChecked())
        else:
            self.sort_by(number)


def _read_widths(settings: Settings | None, name: str) -> dict[str, int]:
    """Stored widths by column; what cannot be read counts as nothing stored."""
    stored = settings.layout(name) if settings is not None else ""
    try:
        read = json.loads(stored) if stored else {}
    except ValueError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {str(k): v for k, v in read.items() if isinstance(v, int) and 0 < v < 4000}
