# SPDX-License-Identifier: Apache-2.0
"""The cross tables that are kept by name, as tabs: the ones from the first day, the office's,
one's own.

    KeptPivots(shell, parent)     refresh(), show_pivot(pivot)
        signal chosen(Pivot)

Must not count anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.pivots import Pivot
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.services.listing import pivots
from imp_plus_desktop.services.listing.pivots import SavedReport
from imp_plus_desktop.ui.dialogs.meeting.as_read import AsRead, overwritten, refusal
from imp_plus_desktop.ui.look.menus import make_entry, set_entry
from imp_plus_desktop.ui.shaping.name_drop import NameDrop
from imp_plus_desktop.ui.shaping.view_tabs import Tab, ViewTabs
from imp_plus_desktop.ui.shell.shell import Shell

_SHIPPED: Mapping[str, tuple[str, Pivot]] = {
    "states": (N_("Applications by state"), Pivot(ListKind.APPLICATIONS, "state", "year")),
    "months": (N_("Receipts by month"), Pivot(ListKind.APPLICATIONS, "year", "month")),
    "countries": (N_("People by citizenship"), Pivot(ListKind.PEOPLE, "country", "year")),
    "endings": (N_("Permits that end"), Pivot(ListKind.PERMITS, "until_year", "until_month")),
}
_STORED = "pivot:"


class KeptPivots(QWidget):
    """The tabs, and what can be done with each."""

    chosen = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._stored: dict[str, SavedReport] = {}
        self._read = AsRead(shell)
        self._begun: dict[str, AsRead] = {}
        self._pivot: Pivot | None = None
        self._key = ""
        self.tabs = ViewTabs(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        self.tabs.chosen.connect(self.choose)
        self.tabs.menu_asked.connect(self._on_menu_asked)
        self.tabs.add_asked.connect(self.ask_name)
        self.tabs.save_asked.connect(self.save)
        self.tabs.restore_asked.connect(self.restore)

    def refresh(self) -> None:
        """The tables that there are now."""
        before, was = self._read.earlier(), self._stored
        self._read.note()
        found = pivots.saved(self._shell.office)
        self._stored = {f"{_STORED}{report.id}": report for report in found}
        overwritten(self._begun, before, was, self._stored)

    def show_pivot(self, pivot: Pivot) -> None:
        """Write the tabs, and mark the one whose table is shown; else the one that was changed."""
        self._pivot = pivot
        tables = self._tables()
        if self._key not in tables or (tables[self._key] != pivot and pivot in tables.values()):
            same = (key for key, known in tables.items() if known == pivot)
            self._key = next(same, next(iter(tables)))
        tabs = [Tab(key, _(name)) for key, (name, _pivot) in _SHIPPED.items()]
        tabs += [Tab(key, one.name, own=bool(one.owner)) for key, one in self._stored.items()]
        self.tabs.retranslate()
        self.tabs.set_tabs(tabs)
        self.tabs.choose(self._key)
        self.tabs.set_changed(tables[self._key] != pivot)
        if tables[self._key] == pivot:
            self._begun.pop(self._key, None)

    def choose(self, key: str) -> None:
        """Show a table as it was kept."""
        self._key = key
        self.chosen.emit(self._tables()[key])

    def save(self) -> None:
        """Keep the table as it stands; one that came with the program becomes one of one's own."""
        stored = self._stored.get(self._key)
        if stored is None or self._pivot is None:
            self.ask_name()
            return
        said = _("Cross table saved: {name}").format(name=stored.name)
        read = self._begun.get(self._key, self._read)
        if read.told(self.window(), said, pivots.keep, stored.id, self._pivot) is False:
            self.restore()  # what another desk has kept stays, and is shown

    def restore(self) -> None:
        """Show the table as it was kept."""
        self.choose(self._key)

    def ask_name(self) -> NameDrop:
        """Ask under which name the table as it stands is kept."""
        drop = NameDrop(_("Save the cross table"), "", self, may_share=True)
        # While somebody types, these may be read anew: the name rests on what was there before.
        drop.named.connect(partial(self._save_as, self._read.earlier()))
        drop.open_below(self.tabs.anchor(self._key))
        return drop

    def menu(self, key: str) -> QMenu:
        """What can be done with a table."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        stored = self._stored.get(key)
        if stored is None:
            self._add(menu, _("Save under a name…"), self.ask_name)
            return menu
        self._add(menu, _("Rename…"), partial(self._ask_rename, stored))
        if stored.owner is not None:
            shared = _("Cross table shared with the office: {name}").format(name=stored.name)
            share = partial(self._read.told, self.window(), shared, pivots.share, stored.id)
            self._add(menu, _("Share with the office"), share)
        menu.addSeparator()
        gone = _("Cross table deleted: {name}").format(name=stored.name)
        delete = partial(self._read.told, self.window(), gone, pivots.delete, stored.id)
        self._add(menu, _("Delete"), delete)
        return menu

    def _tables(self) -> dict[str, Pivot]:
        shipped = {key: pivot for key, (_name, pivot) in _SHIPPED.items()}
        return shipped | {key: report.pivot for key, report in self._stored.items()}

    def _save_as(self, read: AsRead, name: str, shared: bool) -> None:
        assert self._pivot is not None
        try:
            keep = partial(pivots.save, shared=shared)
            act, made = read.do(self.window(), keep, name, self._pivot)
        except AppError as error:
            self._shell.say(refusal(error))
            return
        self._key = f"{_STORED}{made}"
        kept = _("Cross table saved: {name}")
        words = kept if act else _("The cross table of the other desk stays: {name}")
        self._shell.changed(words.format(name=name), act)

    def _ask_rename(self, report: SavedReport) -> NameDrop:
        drop = NameDrop(_("Rename the cross table"), report.name, self, may_share=False)
        drop.named.connect(partial(self._rename, report, self._read.earlier()))
        drop.open_below(self.tabs.anchor(f"{_STORED}{report.id}"))
        return drop

    def _rename(self, report: SavedReport, read: AsRead, name: str, _shared: bool) -> None:
        said = _("Cross table renamed: {name}").format(name=name)
        read.told(self.window(), said, pivots.rename, report.id, name)

    def _add(self, menu: QMenu, words: str, do: Callable[[], object]) -> None:
        action = QAction(menu)
        set_entry(action, words)
        make_entry(action, menu, "pivots.save")
        action.triggered.connect(lambda *_what: do())
        menu.addAction(action)

    def _on_menu_asked(self, key: str, where: QPoint) -> None:
        self.menu(key).popup(where)
