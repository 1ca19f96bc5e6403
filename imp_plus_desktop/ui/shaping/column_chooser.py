# SPDX-License-Identifier: Apache-2.0
"""Which columns a list has: every field that makes sense in it, to tick and to put in order.

    Offered(key, title, group)     a column, and under which heading one looks for it
    ColumnChooser(columns, offered, parent)

Each tick and each move shows at once in the list behind. Rows are dragged to their places, or
moved with Alt+Up and Alt+Down. Must not know what a column holds.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.shaping.drop_down import DropDown
from imp_plus_desktop.ui.shaping.find_line import FindLine
from imp_plus_desktop.ui.shaping.ordered_fields import FOLDED, KEY, WIDE_EM, OrderedFields
from imp_plus_desktop.ui.tables.columns import ListColumns
from imp_plus_desktop.ui.widgets.labels import button


@dataclass(frozen=True, slots=True)
class Offered:
    """A column that one may have."""

    key: str
    title: str
    group: str


class ColumnChooser(DropDown):
    """The columns there are, those that are shown first and in their order."""

    def __init__(self, columns: ListColumns, offered: Sequence[Offered], parent: QWidget) -> None:
        super().__init__(_("Columns"), parent)
        self._columns, self._offered = columns, offered
        self._filling = False
        self.restore = button(_("Restore"), role="link")
        set_tip(self.restore, _("The columns that the list has at first"))
        self.restore.clicked.connect(self._on_restore_clicked)
        self.head.addWidget(self.restore)
        count = len(offered)
        text = ngettext("Search {count} field…", "Search {count} fields…", count)
        self.search = FindLine(text.format(count=format_number(count)))
        self.search.textChanged.connect(self._on_search_changed)
        self.list = OrderedFields()
        set_name(self.list, _("Columns"))
        self.list.itemChanged.connect(self._on_item_changed)
        self.list.model().rowsMoved.connect(self._on_rows_moved)
        self.search.below = self.list
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        self.setFixedWidth(theme.metrics().body * WIDE_EM)
        self._fill()
        self.search.setFocus()

    def keys(self) -> list[str]:
        """The columns that are ticked, from above."""
        return self.list.ticked()

    def _fill(self) -> None:
        self._filling = True
        self.list.clear()
        shown = [column.key for column in self._columns.shown()]
        by_key = {one.key: one for one in self._offered}
        for key in shown:
            if key in by_key:
                self.list.add_field(key, by_key[key].title, shown=True)
        group = ""
        for one in self._offered:
            if one.key in shown:
                continue
            if one.group != group:
                group = one.group
                self.list.add_heading(group)
            self.list.add_field(one.key, one.title, shown=False)
        self._filling = False
        self.restore.setEnabled(not self._columns.is_shipped())

    def _tell(self) -> None:
        keys = self.keys()
        if keys:
            self._columns.show(keys)
        self.restore.setEnabled(not self._columns.is_shipped())

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        if not self.keys():  # a list without any column would show nothing
            self._filling = True
            item.setCheckState(Qt.CheckState.Checked)
            self._filling = False
            return
        self._tell()

    def _on_rows_moved(self, *_what: object) -> None:
        if not self._filling:
            self._tell()

    def _on_restore_clicked(self) -> None:
        self._columns.show(self._columns.shipped())
        self._fill()
        self._on_search_changed(self.search.text())

    def _on_search_changed(self, text: str) -> None:
        wanted = fold(text)
        for row in range(self.list.count()):
            item = self.list.item(row)
            found = wanted in (item.data(FOLDED) or "") if item.data(KEY) else not wanted
            item.setHidden(not found)
