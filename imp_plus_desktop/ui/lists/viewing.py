# SPDX-License-Identifier: Apache-2.0
"""The views of a list: the tab that is shown, what it differs in, keeping it, going to another.

    Viewing(page, kind, parent)     the page of a list, as `Viewed`     .tabs: ViewTabs
        start()      filter as the view does that was shown last
        refresh()    the views there are now        retranslate()
        choose(key), step(by), leave()              show_state()

Columns and order of a view that was changed are remembered with the settings. Of what it filters by
only what was in front last, and without words that somebody wrote: that may be a name. Must not
know any one list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar, Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from imp_plus_desktop.domain.reads.list_columns import ListColumn, ListKind, columns
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Order, Shape, Value, dump, load
from imp_plus_desktop.domain.reads.touched import FILE, Touched
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.agenda import counts
from imp_plus_desktop.services.listing import views
from imp_plus_desktop.services.listing.views import View
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs.meeting.as_read import AsRead, overwritten, refusal
from imp_plus_desktop.ui.lists.filtering import Filtering
from imp_plus_desktop.ui.lists.shipped_views import ALL, ME, MINE, shipped
from imp_plus_desktop.ui.look.menus import make_entry, set_entry
from imp_plus_desktop.ui.shaping.chip_line import ChipLine
from imp_plus_desktop.ui.shaping.name_drop import NameDrop
from imp_plus_desktop.ui.shaping.view_counts import ViewCounts
from imp_plus_desktop.ui.shaping.view_tabs import Tab, ViewTabs
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import RowsModel
from imp_plus_desktop.ui.tables.view import TableView

_HELD = "held"
_STORED = "view:"

_COUNTED = FILE - {"note"}
"""No column of a list is a note’s, so that no filter asks for one."""


class Viewed(Protocol):
    """What is asked of the page of a list."""

    shell: Shell
    filters: ChipLine
    table: TableView
    model: RowsModel[Any]
    SORT: ClassVar[tuple[str, bool]]

    def filter_of(self, named: Mapping[str, Any], columns: tuple[ColumnFilter, ...]) -> Any: ...
    def count_of(self, office: Office, wanted: Any, /) -> int: ...


class Viewing(QObject):
    """Shows one view of a list, and keeps what somebody makes of it."""

    def __init__(self, page: Viewed, filtering: Filtering, kind: ListKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._filtering, self._kind = page, filtering, kind
        self._widget = parent
        parent.installEventFilter(self)
        self._shipped = {view.key: view for view in shipped(kind)}
        self._stored: dict[str, View] = {}
        self._read = AsRead(page.shell)
        self._begun: dict[str, AsRead] = {}
        self._left: dict[str, Shape] = {}
        self._busy, self._first = False, True
        self._held = 0
        self.key = page.shell.settings.layout(f"view-{kind.value}") or ALL
        self.tabs = ViewTabs(parent)
        self._counts = ViewCounts(page.shell, self)
        self._counts.counted.connect(self._on_counted)
        self.tabs.chosen.connect(self.choose)
        self.tabs.menu_asked.connect(self._on_menu_asked)
        self.tabs.add_asked.connect(self.ask_name)
        self.tabs.save_asked.connect(self.save)
        self.tabs.restore_asked.connect(self.restore)
        page.table.columns.changed.connect(self._on_changed)
        page.model.order_changed.connect(self._on_changed)
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), parent)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.step, by))

    def start(self) -> None:
        """Filter as the view does that was shown last; its columns came back by themselves."""
        self._load()
        if self.key not in (*self._shipped, *self._stored):
            self.key = ALL
        kept = load(self._page.shell.settings.layout(self._asked_under()))
        saved = self.saved()
        if kept.filters or kept.named:
            saved = replace(saved, filters=kept.filters, named=kept.named)
        self._ask(saved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown_before = not self._first
        if event.type() == QEvent.Type.Hide and not event.spontaneous() and shown_before:
            self.leave()
        return False

    def leave(self) -> None:
        """Keep what is filtered by for the next start, as far as it tells nobody's name."""
        known, present = columns(self._kind), self.present()
        filters = tuple(one for one in present.filters if _is_plain(known[one.column], one))
        text = dump(Shape(filters=filters, named=present.named))
        if (filters, dict(present.named)) == (self.saved().filters, dict(self.saved().named)):
            text = ""
        row = self._page.table.current_id()
        self._remember(self._asked_under(), text)
        self._remember(f"row-{self._kind.value}", "" if row is None else str(row))

    def _come_back(self) -> None:
        """Choose the row that was chosen when the list was left; once, and where rows last."""
        if not self._first or not self._page.model.rowCount():
            return
        self._first = False
        row = self._page.shell.settings.layout(f"row-{self._kind.value}")
        # A line of the agenda may be another one by now, but always the same person's.
        if row.isdigit():
            self._page.table.select_id(int(row))

    def _remember(self, place: str, text: str) -> None:
        if text != self._page.shell.settings.layout(place):
            self._page.shell.settings.keep_layout(place, text)

    def refresh(self) -> None:
        """Show the views that there are now; one that is gone gives way to the first."""
        self._load()
        gone = self.key not in (*self._shipped, *self._stored)
        if gone:
            self.key = ALL
        self._show_tabs()
        if gone:
            self._apply(self.saved())
        self.show_state()
        self.count()

    def retranslate(self) -> None:
        """Write the tabs anew."""
        self.tabs.retranslate()
        self._show_tabs()

    def choose(self, key: str) -> None:
        """Show another view, as it was left."""
        if key == _HELD:
            self._page.shell.go("imports", "review")
            return
        if key == self.key or key not in (*self._shipped, *self._stored):
            self._show_tabs()
            return
        self._left[self.key] = self.present()
        self.key = key
        self._page.shell.settings.keep_layout(f"view-{self._kind.value}", key)
        saved = self.saved()
        kept = load(self._page.shell.settings.layout(self._kept_under()))
        shape = replace(
            saved, columns=kept.columns or saved.columns, order=kept.order or saved.order
        )
        self._apply(self._left.get(key, shape))

    def step(self, by: int) -> None:
        """Go to the next view, or to the one before it; round at the ends."""
        keys = [key for key in self.tabs.shown_keys() if key != _HELD]
        self.choose(keys[(keys.index(self.key) + by) % len(keys)])

    def present(self) -> Shape:
        """How the list stands now."""
        page = self._page
        return Shape(
            tuple(column.key for column in page.table.shown_columns()),
            page.model.order or (page.SORT,),
            self._filtering.asked(),
            _named(page.filters),
        )

    def saved(self) -> Shape:
        """The view as it was saved, with everything that it leaves to the list."""
        stored = self._stored.get(self.key)
        shape = stored.shape if stored is not None else self._shipped[self.key].shape
        known = {column.key for column in self._page.model.columns}
        sorts = {column.sort for column in self._page.model.columns}
        columns = tuple(key for key in shape.columns if key in known)
        order: Order = tuple(pair for pair in shape.order if pair[0] in sorts)
        named = {name: self._told(said) for name, said in shape.named.items()}
        return Shape(
            columns or tuple(self._page.table.columns.shipped()),
            order or (self._page.SORT,),
            shape.filters,
            named,
        )

    def show_state(self) -> None:
        """Say whether the list differs from the view as it was saved."""
        self._come_back()
        if not self._busy:
            is_saved = _same(self.present(), self.saved())
            self.tabs.set_changed(not is_saved)
            if is_saved:
                self._begun.pop(self.key, None)

    def save(self) -> None:
        """Keep the view as it stands; one that came with the program becomes one of one's own."""
        stored = self._stored.get(self.key)
        if stored is None:
            self.ask_name()
            return
        said = _("View saved: {name}").format(name=stored.name)
        read = self._begun.get(self.key, self._read)
        if not self._do(read, said, views.keep, stored.id, self.present()):
            self.restore()  # what another desk has kept stays, and is shown

    def restore(self) -> None:
        """Show the view as it was saved."""
        self._page.shell.settings.keep_layout(self._kept_under(), "")
        self._left.pop(self.key, None)
        self._apply(self.saved())

    def ask_name(self) -> NameDrop:
        """Ask for a name under which the list as it stands becomes a view."""
        drop = NameDrop(_("New view"), "", self._widget, may_share=True)
        # While somebody types, the list may be read anew: the name rests on what was there before.
        drop.named.connect(partial(self._save_as, self._read.earlier()))
        drop.open_below(self.tabs.anchor(self.key))
        return drop

    def menu(self, key: str) -> QMenu:
        """What can be done with a view."""
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        stored = self._stored.get(key)
        if stored is None:
            self._add(menu, _("Save as a new view"), self.ask_name)
            return menu
        self._add(menu, _("Rename…"), partial(self._ask_rename, stored))
        if stored.owner is not None:
            shared = _("View shared with the office: {name}").format(name=stored.name)
            share = partial(self._do, self._read, shared, views.share, stored.id)
            self._add(menu, _("Share with the office"), share)
        menu.addSeparator()
        gone = _("View deleted: {name}").format(name=stored.name)
        delete = partial(self._do, self._read, gone, views.delete, stored.id)
        self._add(menu, _("Delete"), delete)
        return menu

    def count_after(self, touched: Touched) -> None:
        """Count anew where something was touched that a filter of a view may ask about."""
        if touched.concerns(_COUNTED):
            self.count()

    def count(self) -> None:
        """Count the rows of each view as it was saved; all of them the title of the page tells."""
        views_ = {key: view.shape for key, view in self._shipped.items() if key != ALL}
        views_ |= {key: view.shape for key, view in self._stored.items()}
        self._counts.ask({key: self._counter(shape) for key, shape in views_.items()})

    def _counter(self, shape: Shape) -> Callable[[Office], int]:
        chips: Mapping[str, Any] = dict(self._page.filters.kept_by_name())
        told = {name: self._told(said) for name, said in shape.named.items() if name in chips}
        named = {name: _among(chips[name].values(), said) for name, said in told.items()}
        wanted = self._page.filter_of(named, shape.filters)
        count_of = self._page.count_of
        return lambda office: count_of(office, wanted)

    def _told(self, said: Value) -> Value:
        return self._page.shell.settings.user_name if said == ME else said

    def _load(self) -> None:
        before, was = self._read.earlier(), self._stored
        self._read.note()
        found = views.views(self._page.shell.office, self._kind)
        self._stored = {f"{_STORED}{view.id}": view for view in found}
        overwritten(self._begun, before, was, self._stored)

    def _show_tabs(self) -> None:
        me = self._page.shell.settings.user_name
        tabs = [
            Tab(view.key, view.title()) for view in self._shipped.values() if me or view.key != MINE
        ]
        tabs += [Tab(key, v.name) for key, v in self._stored.items() if v.owner is None]
        tabs += [Tab(key, v.name, own=True) for key, v in self._stored.items() if v.owner]
        if self._kind is ListKind.PEOPLE:
            self._held = counts.held_rows(self._page.shell.office)
        if self._held:
            tabs.append(Tab(_HELD, _("Rows to check")))
        self.tabs.set_tabs(tabs)
        self.tabs.choose(self.key)

    def _apply(self, shape: Shape) -> None:
        """Show the list in a shape."""
        self._busy = True
        self._page.table.columns.show(shape.columns)
        self._page.model.set_order(shape.order)
        self._ask(shape)
        self._page.filters.changed.emit()
        self._busy = False
        self._keep()
        self._show_tabs()
        self.show_state()

    def _ask(self, shape: Shape) -> None:
        """Set the filters of a shape, without showing it yet."""
        self._page.filters.clear()
        chips: Mapping[str, Any] = dict(self._page.filters.kept_by_name())
        for name, said in shape.named.items():
            if name in chips:
                chips[name].set_value(_among(chips[name].values(), said))
        self._filtering.set_asked(shape.filters)

    def _asked_under(self) -> str:
        return f"asked-{self._kind.value}"

    def _kept_under(self) -> str:
        return f"view-{self._kind.value}-{self.key}"

    def _keep(self) -> None:
        """Remember columns and order of this view, where they are not as they were saved."""
        now, saved = self.present(), self.saved()
        same = (now.columns, now.order) == (saved.columns, saved.order)
        text = "" if same else dump(Shape(now.columns, now.order))
        self._page.shell.settings.keep_layout(self._kept_under(), text)
        order = " ".join(f"{key} {int(down)}" for key, down in now.order)
        self._page.shell.settings.keep_layout(f"sort-{self._kind.value}", order)

    def _do(
        self, read: AsRead, said: str, act: Callable[..., ActId | None], *given: object
    ) -> bool:
        """Do an act. Whether it stands as it was wanted, or nothing came of it."""
        done = read.told(self._widget.window(), said, act, *given)
        if done is not None:
            self.refresh()
        return done is not False

    def _save_as(self, read: AsRead, name: str, shared: bool) -> None:
        shape = self.present()
        try:
            keep = partial(views.save, shared=shared)
            act, made = read.do(self._widget.window(), keep, self._kind, name, shape)
        except AppError as error:
            self._page.shell.say(refusal(error))
            return
        # What was changed is in the new view: the one it was made of is as it was saved.
        self._page.shell.settings.keep_layout(self._kept_under(), "")
        self._left.pop(self.key, None)
        self.key = f"{_STORED}{made}"
        self._page.shell.settings.keep_layout(f"view-{self._kind.value}", self.key)
        words = _("View saved: {name}") if act else _("The view of the other desk stays: {name}")
        self._page.shell.changed(words.format(name=name), act)
        self.refresh()

    def _ask_rename(self, view: View) -> NameDrop:
        drop = NameDrop(_("Rename the view"), view.name, self._widget, may_share=False)
        drop.named.connect(partial(self._rename, view, self._read.earlier()))
        drop.open_below(self.tabs.anchor(f"{_STORED}{view.id}"))
        return drop

    def _rename(self, view: View, read: AsRead, name: str, _shared: bool) -> None:
        said = _("View renamed: {name}").format(name=name)
        self._do(read, said, views.rename, view.id, name)

    def _add(self, menu: QMenu, words: str, do: Callable[[], object]) -> None:
        action = QAction(menu)
        set_entry(action, words)
        make_entry(action, menu, "views.save")
        action.triggered.connect(lambda *_what: do())
        menu.addAction(action)

    def _on_counted(self, found: Mapping[str, int]) -> None:
        self.tabs.set_counts({**found, _HELD: self._held})

    def _on_menu_asked(self, key: str, where: QPoint) -> None:
        if key != _HELD:
            self.menu(key).popup(where)

    def _on_changed(self, *_what: object) -> None:
        if not self._busy:
            self._keep()
            self.show_state()


def _is_plain(column: ListColumn, asked: ColumnFilter) -> bool:
    """Whether a filter holds no words that somebody wrote."""
    return column.is_range or column.is_coded or not (asked.values or asked.text)


def _named(filters: ChipLine) -> dict[str, Value]:
    """What the list's own filters ask, as a view keeps it: codes as their texts."""
    said = {name: chip.value() for name, chip in filters.kept_by_name()}
    return {
        name: value if isinstance(value, int) else str(value)
        for name, value in said.items()
        if value is not None
    }


def _among(values: list[object], said: Value) -> object:
    """The value of a filter that a view has kept, None where it is not offered any more."""
    return next((value for value in values if value == said), None)


def _same(one: Shape, other: Shape) -> bool:
    """Whether two shapes show the same, in whatever order their filters were set."""
    return (
        one.columns == other.columns
        and one.order == other.order
        and set(one.filters) == set(other.filters)
        and dict(one.named) == dict(other.named)
    )
