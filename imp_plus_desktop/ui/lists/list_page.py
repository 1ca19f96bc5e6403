# SPDX-License-Identifier: Apache-2.0
"""The frame of every list: head with count and search, filters, the list, the person beside it.

    class XPage(ListPage):
        key                                        as of every page
        KIND = ListKind.APPLICATIONS               which list it is: its fields may be columns
        EXPORT = "applications"                    what the Export… button writes
        SORT = ("received", True)                  the order at first: (sort key, descending)
        texts() -> ListTexts                       the words, asked anew when the language changes
        columns() -> Sequence[Column]              the columns as data
        ids_after(touched)                         -> array of ids, None: ask for all of them anew
        fetch(ids) -> Sequence[row]                rows of these ids, in the same order
        total() -> int                             how many there are without any filter
        person_of(row) -> int                      whose page opens beside the list
        make_filters(), fill_filters()             add the chips once; give them their choices

    .header (PageHeader)  .filters (ChipLine)  .table (TableView)  .model (RowsModel)
    put_beside(widget)    what stands at the right of the list
    current_person() -> int | None, shown_ids() -> array

Must not know any one list, nor write anything.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Order
from imp_plus_desktop.domain.reads.touched import Touched
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.listing.further import with_columns
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs.register.export import Exporter
from imp_plus_desktop.ui.lists.filtering import Filtering
from imp_plus_desktop.ui.lists.further import further, offered
from imp_plus_desktop.ui.lists.list_paper import GoesOut
from imp_plus_desktop.ui.lists.viewing import Viewing
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.pages.entries import ENTRIES
from imp_plus_desktop.ui.shaping.chip_line import ChipLine
from imp_plus_desktop.ui.shaping.column_chooser import ColumnChooser
from imp_plus_desktop.ui.shaping.nothing_found import Emptiness
from imp_plus_desktop.ui.shell.actions import State
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.frames import Card, EmptyState, PageHeader, Pages, SplitPane
from imp_plus_desktop.ui.widgets.labels import button


@dataclass(frozen=True, slots=True)
class ListTexts:
    """The words of a list page; without an empty button there is no button."""

    title: str
    search: str
    empty_title: str
    empty_sentence: str
    empty_button: str = ""
    empty_act: str = ""


_VIEWS = frozenset({"list_view", "held_row"})
"""What the tabs above a list tell of: views, and the rows of imports that wait for an answer."""


class ListPage(GoesOut, Emptiness):
    """A list with its search, its filters and the person's page beside it."""

    KIND: ClassVar[ListKind | None] = None
    """Which list it is, where one may have any field of it as a column."""
    EXPORT: ClassVar[str] = ""
    SORT: ClassVar[tuple[str, bool]] = ("name", False)
    SIZES: ClassVar[tuple[int, int]] = (10, 7)
    """How the width is shared between the list and the person's page, the first time."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._exporter = Exporter(shell, self)
        self._total = 0
        self._asking = self._narrows = False
        self.header = PageHeader(self)
        self.export_button = self.header.add_button(button(icon="export", act="out.export"))
        self.filters = ChipLine(self)
        own = self.columns()
        every = own if self.KIND is None else [*own, *further(self.KIND, own)]
        self.model: RowsModel[Any] = RowsModel(
            every, self.fetch_shown, self._ids_in_order, parent=self
        )
        self.model.set_order(self._kept_order())
        self.table = TableView(self.model, self.key, shell.settings)
        self.columns_button = button(role="chip", icon="columns")
        self.filters.add_widget(self.columns_button)
        self.filtering = Filtering(self, self.KIND, self) if self.KIND is not None else None
        self.viewing = (
            Viewing(self, self.filtering, self.KIND, self)
            if self.KIND is not None and self.filtering is not None
            else None
        )
        self._card = Card()
        self._body: QWidget = self._card
        self._empty = EmptyState()
        self._stack = Pages()
        self._lay_out()
        self.make_filters()
        self._connect()
        self.retranslate()
        if self.viewing is not None:
            self.viewing.start()

    # What a list says about itself.
    def texts(self) -> ListTexts:
        raise NotImplementedError

    def columns(self) -> Sequence[Column[Any]]:
        raise NotImplementedError

    def filter_of(
        self, named: Mapping[str, Any], columns: tuple[ColumnFilter, ...], text: str = ""
    ) -> Any:
        """The list's filter that asks this; `named` are values of its own chips, by their names."""
        raise NotImplementedError

    @staticmethod
    def ids_of(office: Office, wanted: Any, /, *order: Any) -> "array[int]":
        """Ids of what a filter keeps, in an order; touches no widget."""
        raise NotImplementedError

    @staticmethod
    def count_of(office: Office, wanted: Any, /) -> int:
        """How many rows a filter keeps."""
        raise NotImplementedError

    def wanted(self, text: str) -> Any:
        """The filter that asks what the chips, the columns and a text do."""
        return self.filter_of(self.filters.asked_by_name(), self.asked(), text)

    def wanted_ids(self, text: str, sort: str | Order, descending: bool) -> "array[int]":
        """Ids in an order, with a text in place of the one that is searched for."""
        return self.ids_of(self.shell.office, self.wanted(text), sort, descending)

    def fetch(self, ids: Sequence[int]) -> Sequence[Any]:
        raise NotImplementedError

    def total(self) -> int:
        raise NotImplementedError

    def person_of(self, row: Any) -> int:
        return int(row.person_id)

    def make_filters(self) -> None:
        """Add the chips, once."""

    def fill_filters(self) -> None:
        """Give the chips their choices in the language in use."""

    def ids_after(self, touched: Touched) -> "array[int] | None":
        return None

    def fill_empty(self) -> None:
        """Do what the button of the empty state says."""

    # What the window asks of every page.
    def refresh(self) -> None:
        """Ask for the ids anew and show them; the chosen row stays chosen."""
        self._refresh_list()
        # Once, whether the same person stays chosen or another one is now.
        self._show_after_rows(self.current_person())

    def is_concerned(self, touched: Touched) -> bool:
        return super().is_concerned(touched) or touched.concerns(_VIEWS)

    def show_touched(self, touched: Touched) -> None:
        """Show what was touched: the rows alone where none came, went or moved."""
        if touched.concerns(_VIEWS) and self.viewing is not None:
            self.viewing.refresh()
        if not super().is_concerned(touched):
            return
        if (ids := self.ids_after(touched)) is None:
            self._refresh_list()  # which has the views counted, too
            return
        if self.viewing is not None:
            self.viewing.count_after(touched)
        if ids != self.model.ids:
            self._show_unasked(partial(self._show_these, ids))
        else:
            self.model.refresh()
            if touched.concerns(ENTRIES[self.key].counted or ()):
                self._total = self.shell.totals[self.key] = self.total()  # with what filters hide
                self._show_title()

    def _refresh_list(self) -> None:
        self.fill_filters()
        self.filters.refresh()
        if self.viewing is not None:
            self.viewing.refresh()
        self._show_unasked(self._show_ids)

    def _show_unasked(self, show: Callable[[], None]) -> None:
        """Show rows that nobody chose: who stands beside them is shown afterwards."""
        self._asking = True
        try:
            show()
        finally:
            self._asking = False

    def retranslate(self) -> None:
        words = self.texts()
        set_name(self, words.title)
        self.header.search.set_texts(words.search, words.search)
        self.export_button.setText(_("Export…"))
        self.columns_button.setText(_("Columns"))
        set_tip(self.columns_button, _("Choose the columns of the list and their order"))
        self.filters.set_clear_text(_("Remove all"))
        for part in (self.filtering, self.viewing):
            if part is not None:
                part.retranslate()
        self._empty.set_texts(words.empty_title, words.empty_sentence, words.empty_button)
        self._empty.makes(words.empty_act)
        set_name(self.table, words.title)
        self.table.set_empty_text(self.nothing_text())
        self.fill_filters()
        self.table.retranslate()
        self._show_title()

    def set_search(self, text: str) -> None:
        self.header.search.set_text(text, tell=True)

    def focus_search(self) -> bool:
        self.header.search.focus_search()
        return True

    def focus_start(self) -> None:
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_start()

    def status(self) -> str:
        shown = self.model.rowCount()
        text = ngettext("{count} shown", "{count} shown", shown)
        return text.format(count=format_number(shown))

    def action_state(self) -> State:
        listed = bool(self.model.rowCount())
        return State(listed=listed, printed=listed, file=self.current_person() is not None)

    # For the subclasses and for tests.
    def asked(self) -> tuple[ColumnFilter, ...]:
        """What is asked of columns; to be handed on in the list's filter."""
        return () if self.filtering is None else self.filtering.asked()

    def fetch_shown(self, ids: Sequence[int]) -> Sequence[Any]:
        """Rows of these ids with what the columns that are shown hold."""
        return self._fetch_with(self._further_ids(), ids)

    def _further_ids(self) -> list[str]:
        """The columns that are shown and are not the list's own."""
        return list(dict.fromkeys(c.source for c in self.table.shown_columns() if c.more))

    def _fetch_with(self, wanted: Sequence[str], ids: Sequence[int]) -> Sequence[Any]:
        rows = self.fetch(ids)
        if self.KIND is None or not wanted:
            return rows
        return with_columns(self.shell.office, self.KIND, rows, wanted)

    def choose_columns(self) -> ColumnChooser:
        """Open the list of all columns below its button."""
        columns = self.model.columns
        some = offered(self.KIND, columns) if self.KIND is not None else ()
        chooser = ColumnChooser(self.table.columns, some, self)
        chooser.open_below(self.columns_button)
        return chooser

    def put_beside(self, widget: QWidget) -> None:
        """Share the room of the list with what stands at its right."""
        self._body = SplitPane(self.key, self._card, widget, self.shell.settings, self.SIZES)
        self._stack.insertWidget(0, self._body)
        self._stack.setCurrentWidget(self._body)
        self._card.show()

    def shown_ids(self) -> "array[int]":
        """All ids in the order shown: what an export of the list takes."""
        return self.model.ids

    def current_person(self) -> int | None:
        """Whose row is chosen."""
        row = self.table.current_row()
        return None if row is None else self.person_of(row)

    def _lay_out(self) -> None:
        inside = self._card.layout()
        if inside is not None:
            # Rows run from edge to edge; the radius of the card needs a little air.
            inside.setContentsMargins(1, 5, 1, 5)
        self._card.body.addWidget(self.table)
        self._stack.addWidget(self._card)
        self._stack.addWidget(self._empty)
        self.column.addWidget(self.header)
        if self.viewing is not None:
            self.column.addWidget(self.viewing.tabs)
        self.column.addWidget(self.filters)
        self.column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.header.search.searched.connect(self._on_search_searched)
        self.header.search.left.connect(self._on_search_left)
        self.filters.changed.connect(self._on_filters_changed)
        self.export_button.clicked.connect(self._on_export_clicked)
        self._empty.button_clicked.connect(self.fill_empty)
        self.table.row_selected.connect(self._on_table_row_selected)
        self.table.row_activated.connect(self._on_table_row_activated)
        self.table.selection_cleared.connect(self._on_table_selection_cleared)
        self.model.order_changed.connect(self._on_model_order_changed)
        self.columns_button.clicked.connect(self.choose_columns)

    def _kept_order(self) -> Order:
        """The order chosen last time, as far as the list still knows its keys."""
        words = self.shell.settings.layout(f"sort-{self.key}").split()
        known = {column.sort for column in self.model.columns}
        pairs = zip(words[::2], words[1::2], strict=False)
        return tuple((key, down == "1") for key, down in pairs if key in known) or (self.SORT,)

    def _ids_in_order(self, sort: str | Order, descending: bool) -> "array[int]":
        return self.wanted_ids(self._text(), sort, descending)

    def _text(self) -> str:
        """What is searched for."""
        return self.header.search.text().strip()

    def order_in_use(self) -> tuple[Order, bool]:
        """The order in use, as `wanted_ids` takes it."""
        return self.model.order or (self.SORT,), False

    def _show_ids(self) -> None:
        self._show_these(self._ids_in_order(*self.order_in_use()))

    def _show_these(self, ids: "array[int]") -> None:
        with self.shell.one_state():
            self._show_rows(ids)

    def _show_rows(self, ids: "array[int]") -> None:
        self.table.set_ids(ids)
        if not self._narrows or len(ids) > self._total:
            self._total = self.shell.totals[self.key] = self.total()
        self.filters.setVisible(not (empty := self.is_empty()))
        self.header.set_search_shown(not empty)
        self.export_button.setVisible(not empty)
        self.export_button.setEnabled(bool(self.model.rowCount()))
        self._stack.setCurrentWidget(self._empty if empty else self._body)
        self._choose_first()
        if not self.model.rowCount():
            self._show_person(None)
        if self.filtering is not None:
            self.filtering.show()
        if self.viewing is not None:
            self.viewing.tabs.setVisible(not empty)
            self.viewing.show_state()
        self._show_title()
        self.shell.state_changed()

    def _choose_first(self) -> None:
        """Choose a row where none is chosen."""
        self.table.select_first()

    def _show_title(self) -> None:
        shown = self.model.rowCount()
        if not self._total:
            count = ""
        elif shown == self._total:
            count = format_number(shown)
        else:
            count = _("{shown} of {total}").format(
                shown=format_number(shown), total=format_number(self._total)
            )
        self.header.set_title(self.texts().title, count)

    def _show_person(self, person_id: int | None) -> None:
        """Show somebody beside the list, for subclasses."""

    def _show_after_rows(self, person_id: int | None) -> None:
        """Show somebody beside the list, once its rows are painted."""
        self._show_person(person_id)

    def _narrow(self) -> None:
        """Show the rows asked for now, and who stands beside later; the total is as before."""
        self._narrows = True
        try:
            self._show_ids()
        finally:
            self._narrows = False

    def _on_search_searched(self, text: str) -> None:
        self._narrow()

    def _on_search_left(self) -> None:
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_filters_changed(self) -> None:
        self._narrow()

    def _on_export_clicked(self) -> None:
        self.export_shown()

    def _on_table_row_selected(self, row_id: int) -> None:
        if self._asking:
            return
        show = self._show_after_rows if self._narrows else self._show_person
        show(self.current_person())
        self.shell.state_changed()

    def _on_table_row_activated(self, row_id: int) -> None:
        if (person := self.current_person()) is not None:
            self.shell.go("people", person)

    def _on_table_selection_cleared(self) -> None:
        if not self._narrows:  # else the first row is chosen next, if there is one
            self._show_person(None)
            self.shell.state_changed()

    def _on_model_order_changed(self, order: Order) -> None:
        kept = " ".join(f"{key} {int(down)}" for key, down in order)
        self.shell.settings.keep_layout(f"sort-{self.key}", kept)
