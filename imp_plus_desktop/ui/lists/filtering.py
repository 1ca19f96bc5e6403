# SPDX-License-Identifier: Apache-2.0
"""The filters of a list: its own by name, one for each column, and what to do when nothing is left.

    Filtering(page, kind, parent)     the page of a list, as `Listed`
        asked() -> the filters on columns, in the order they were set
        set_asked(filters), open(column, below, part=None), open_menu()
        show()           mark the funnels, and say so where no row is left

Must not know any one list, nor filter rows itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from imp_plus_desktop.domain.reads.list_columns import ListKind, columns
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Order
from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.services.listing.further import counted
from imp_plus_desktop.ui.look.menus import set_entry
from imp_plus_desktop.ui.shaping.chip_line import ChipLine
from imp_plus_desktop.ui.shaping.column_chip import ColumnChip
from imp_plus_desktop.ui.shaping.filter_drop import FilterDrop
from imp_plus_desktop.ui.shaping.nothing_found import NothingFound
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.header import ListHeader
from imp_plus_desktop.ui.tables.model import RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.widgets.frames import PageHeader
from imp_plus_desktop.words.terms.list_texts import (
    column_label,
    filter_text,
    group_label,
    nothing_text,
)

_SEARCH, _EVERYWHERE = "search", "everywhere"


class Listed(Protocol):
    """What is asked of the page of a list."""

    shell: Shell
    header: PageHeader
    filters: ChipLine
    table: TableView
    model: RowsModel[Any]

    def is_empty(self) -> bool: ...
    def nothing_text(self) -> str: ...
    def shown_ids(self) -> array[int]: ...
    def order_in_use(self) -> tuple[Order, bool]: ...
    def wanted_ids(self, text: str, sort: str | Order, descending: bool) -> array[int]: ...


class Filtering(QObject):
    """Adds, changes and takes off the filters of one list."""

    def __init__(self, page: Listed, kind: ListKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._kind, self._widget = page, kind, parent
        self._columns = columns(kind)
        self._chips: dict[str, ColumnChip] = {}
        self._nothing = NothingFound(page.table)
        self._nothing.cleared.connect(self._on_cleared)
        self._nothing.taken_off.connect(self._on_taken_off)
        page.filters.add_asked.connect(self.open_menu)
        header = page.table.horizontalHeader()
        if isinstance(header, ListHeader):
            header.offer_filters()
            header.filter_asked.connect(self._on_filter_asked)
        self._header = header

    def asked(self) -> tuple[ColumnFilter, ...]:
        """What is asked of columns, in the order in which it was set."""
        chips = (chip for chip in self._page.filters.chips() if isinstance(chip, ColumnChip))
        return tuple(asked for chip in chips if (asked := chip.asked()) is not None)

    def set_asked(self, filters: Sequence[ColumnFilter]) -> None:
        """Ask this and nothing else of columns, without showing it yet."""
        for chip in self._chips.values():
            chip.set_value(None)
        for asked in filters:
            if asked.column in self._columns:
                chip = self._chip(asked.column)
                chip.set_value(asked)
                self._say(chip)
        self._page.filters.refresh()

    def retranslate(self) -> None:
        """Write the chips anew."""
        words = _("Keep only the rows whose column holds something")
        self._page.filters.set_add_text(_("+ Filter"), words)
        for chip in self._chips.values():
            self._say(chip)

    def open(self, column: str, below: QWidget, part: QRect | None = None) -> FilterDrop:
        """Open the filter of a column below a widget, or below a part of it."""
        known, chip = self._columns[column], self._chips.get(column)
        found = self._ids_without(chip)
        values = counted(self._page.shell.office, self._kind, found, column)
        drop = FilterDrop(
            known,
            column_label(self._kind, known),
            values,
            None if chip is None else chip.asked(),
            self._widget,
        )
        drop.asked.connect(partial(self._take, column))
        drop.open_below(below, part)
        return drop

    def open_menu(self) -> None:
        """Offer what one may filter by, below the button that adds a filter."""
        self.menu().popup(self._below_add())

    def menu(self) -> QMenu:
        """What one may filter by: the list's own filters, the columns shown, and every field."""
        menu = QMenu(self._widget)
        taken = set()
        for chip in self._page.filters.named():
            if not self._is_offered(chip):
                continue
            taken.add(chip.title())
            self._add(menu, chip.title(), partial(chip.open_menu, self._page.filters.add))
        menu.addSeparator()
        shown = [c.source for c in self._page.table.shown_columns() if c.source]
        for column in dict.fromkeys(shown):
            title = column_label(self._kind, self._columns[column])
            if title not in taken:
                self._add(menu, title, partial(self._open_here, column))
        menu.addSeparator()
        for group, names in self._groups().items():
            inner = menu.addMenu(group)
            for column in names:
                title = column_label(self._kind, self._columns[column])
                self._add(inner, title, partial(self._open_here, column))
        return menu

    def show(self) -> None:
        """Mark the columns with a filter; where no row is left, say what each filter leaves out."""
        page = self._page
        page.table.columns.set_filtered([asked.column for asked in self.asked()])
        ways = [] if page.model.rowCount() or page.is_empty() else list(self._ways())
        page.table.set_empty_text("" if ways else page.nothing_text())
        if ways:
            sentence = nothing_text(self._kind, len(ways))
            if text := page.header.search.text().strip():
                everywhere = _("Find “{words}” everywhere, with names that are alike (Ctrl+K)")
                ways.append((everywhere.format(words=text), _EVERYWHERE))
            self._nothing.show_for(sentence, ways)
        else:
            self._nothing.hide()

    def _ways(self) -> Iterator[tuple[str, object]]:
        """Each filter with how many rows would come back without it."""
        without = _("Without “{filter}”: {count}")
        text = self._page.header.search.text().strip()
        if text:
            sort, down = self._page.order_in_use()
            count = len(self._page.wanted_ids("", sort, down))
            yield without.format(filter=text, count=format_number(count)), _SEARCH
        for chip in self._page.filters.chips():
            count = len(self._ids_without(chip))
            yield without.format(filter=_words(chip), count=format_number(count)), chip

    def _ids_without(self, chip: FilterChip | None) -> Sequence[int]:
        """What the list would show without a filter."""
        if chip is None or chip.value() is None:
            return self._page.shown_ids()
        sort, down = self._page.order_in_use()
        with self._page.filters.without(chip):
            return self._page.wanted_ids(self._page.header.search.text().strip(), sort, down)

    def _chip(self, column: str) -> ColumnChip:
        """The chip of a column, made when it is first asked for."""
        if column not in self._chips:
            chip = ColumnChip(column)
            chip.opened.connect(self._on_chip_opened)
            self._chips[column] = chip
            self._page.filters.add_chip(chip)
        return self._chips[column]

    def _say(self, chip: ColumnChip) -> None:
        column, asked = self._columns[chip.column], chip.asked()
        words = "" if asked is None else filter_text(column, asked)
        chip.set_words(column_label(self._kind, column), words)

    def _take(self, column: str, asked: ColumnFilter | None) -> None:
        chip = self._chip(column)
        chip.set_value(asked)
        self._say(chip)
        self._page.filters.refresh()
        self._page.filters.changed.emit()

    def _groups(self) -> dict[str, list[str]]:
        """Every column under its heading."""
        found: dict[str, list[str]] = {}
        for column in self._columns.values():
            found.setdefault(group_label(self._kind, column), []).append(column.id)
        return found

    def _is_offered(self, chip: FilterChip) -> bool:
        own = not isinstance(chip, ColumnChip) and not chip.STANDS
        return own and chip.value() is None and bool(chip.values())

    def _add(self, menu: QMenu, title: str, do: Any) -> None:
        action = QAction(menu)
        set_entry(action, title)
        action.triggered.connect(lambda *_what: do())
        menu.addAction(action)

    def _open_here(self, column: str) -> None:
        self.open(column, self._page.filters.add)

    def _below_add(self) -> Any:
        add = self._page.filters.add
        return add.mapToGlobal(add.rect().bottomLeft())

    def _on_filter_asked(self, section: int) -> None:
        header = self._header
        if isinstance(header, ListHeader):
            column = self._page.model.columns[section].source
            self.open(column, header.viewport(), header.funnel_of(section))

    def _on_chip_opened(self, chip: ColumnChip) -> None:
        self.open(chip.column, chip)

    def _on_cleared(self) -> None:
        self._page.header.search.set_text("")
        self._page.filters.clear()
        self._page.filters.changed.emit()
        self._page.table.setFocus()

    def _on_taken_off(self, key: object) -> None:
        if key == _EVERYWHERE:
            self._page.shell.find_requested.emit(self._page.header.search.text().strip())
            return
        if key == _SEARCH:
            self._page.header.search.set_text("", tell=True)
        elif isinstance(key, FilterChip):
            key.set_value(None)
            self._page.filters.refresh()
            self._page.filters.changed.emit()
        self._page.table.setFocus()


def _words(chip: FilterChip) -> str:
    """What a chip says, with its name where that is not said already."""
    if isinstance(chip, ColumnChip):
        return _("{name}: {value}").format(name=chip.title(), value=chip.words())
    return chip.words() or chip.title()
