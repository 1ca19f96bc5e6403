# SPDX-License-Identifier: Apache-2.0
"""What Qt makes of the tables of actions: the menu bar, and the menu behind a button.

    MenuBarActions(menus, parent)        signal triggered(object)   the Action
        table(), action(id) -> QAction, menu(key) -> QMenu, fill(menu_bar), retranslate(),
        enable(state), check(id), name(id, what)        an entry names what it would act on
    offer_menu(offers, parent) -> QMenu  an entry's data is its Offer; frees itself when closed

Must not do anything itself: the window and the pages do.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QHelpEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolTip, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import allowed, icons
from imp_plus_desktop.ui.look.menus import make_entry, name_entry, set_entry
from imp_plus_desktop.ui.look.plain import plain, refusal, set_refused
from imp_plus_desktop.ui.shell.actions import (
    Action,
    Entries,
    Menu,
    Offer,
    Place,
    Separator,
    State,
    for_place,
    leaves,
)


class MenuBarActions(QWidget):
    """The actions as Qt knows them. A widget without a face, so that icons find them."""

    triggered = Signal(object)

    def __init__(self, menus: Sequence[Menu[Action[Any]]], parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._table = {one.id: one for menu in menus for one in leaves(menu.entries)}
        self._groups: dict[str, QActionGroup] = {}
        self._actions = {action.id: self._made(action) for action in self._table.values()}
        self._menus: list[tuple[QMenu, str]] = []
        self._filled: dict[str, QMenu] = {}
        self._tree = menus
        self._state: State | None = None
        self.retranslate()

    def action(self, name: str) -> QAction:
        """The action of an id. KeyError when the table has none."""
        return self._actions[name]

    def table(self) -> tuple[Action[Any], ...]:
        """Every action, in the order of the menus."""
        return tuple(self._table.values())

    def menu(self, key: str) -> QMenu:
        """A menu that is filled at run time. KeyError when the table has none."""
        return self._filled[key]

    def fill(self, bar: QMenuBar) -> None:
        """Put the menus into a menu bar."""
        for entry in self._tree:
            menu = self._watched(bar.addMenu(_(entry.title)))
            self._menus.append((menu, entry.title))
            self._fill_menu(menu, entry.entries)

    def retranslate(self) -> None:
        """Write all words anew."""
        self._state = None  # why something cannot be done is told in words, too
        for name, spec in self._table.items():
            self._actions[name].setText(_(spec.text))
        for menu, title in self._menus:
            menu.setTitle(_(title))

    def name(self, name: str, what: str) -> None:
        """Let an entry name what it would act on; its own text for nothing."""
        spec = self._table[name]
        name_entry(self._actions[name], _(spec.named if what else spec.text), what)

    def enable(self, state: State) -> None:
        """Enable the actions that can be done now, disable all others; show what is offered."""
        if state == self._state:
            return
        self._state = state
        for name, spec in self._table.items():
            is_shown, act = spec.shown(state), allowed.act_of(spec.id)
            is_allowed = allowed.covers(state.rights, act)
            self._actions[name].setEnabled(is_shown and is_allowed and spec.when(state))
            self._actions[name].setVisible(is_shown)
            set_refused(self._actions[name], allowed.refusal(state.rights, act))

    def check(self, name: str) -> None:
        """Show that this one of its choice holds."""
        if name in self._actions:
            self._actions[name].setChecked(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt would show a tip for every entry, its own words where it has no other.
        if isinstance(watched, QMenu) and isinstance(event, QHelpEvent):
            entry: QAction | None = watched.actionAt(event.pos())
            why = refusal(entry) if entry is not None else ""
            QToolTip.showText(event.globalPos(), plain(why), watched)
            return True
        return False

    def _watched(self, menu: QMenu) -> QMenu:
        menu.installEventFilter(self)
        return menu

    def _on_group_triggered(self, action: QAction) -> None:
        self.triggered.emit(self._table[str(action.data())])

    def _made(self, spec: Action[Any]) -> QAction:
        action = QAction(self)
        action.setData(spec.id)
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts()])
        if spec.icon:
            icons.dress(action, spec.icon, "secondary")
        # Menu roles are guessed from texts on macOS, wrongly so in other languages.
        action.setMenuRole(QAction.MenuRole.NoRole)
        self._group(spec.choice).addAction(action)
        action.setCheckable(bool(spec.choice))
        return action

    def _group(self, choice: str) -> QActionGroup:
        if choice not in self._groups:
            group = QActionGroup(self)
            policy = QActionGroup.ExclusionPolicy
            group.setExclusionPolicy(policy.Exclusive if choice else policy.None_)
            group.triggered.connect(self._on_group_triggered)
            self._groups[choice] = group
        return self._groups[choice]

    def _fill_menu(self, menu: QMenu, entries: Entries[Action[Any]]) -> None:
        for entry in for_place(entries, Place.BAR):
            if isinstance(entry, Separator):
                menu.addSeparator()
            elif isinstance(entry, Menu):
                inner = self._watched(menu.addMenu(_(entry.title)))
                self._menus.append((inner, entry.title))
                self._fill_menu(inner, entry.entries)
                if entry.key:
                    self._filled[entry.key] = inner
            else:
                menu.addAction(self._actions[entry.id])


def offer_menu(entries: Entries[Offer[Any]], parent: QWidget) -> QMenu:
    """A menu of what is offered; what a name holds is no letter of the menu."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _fill_offers(menu, entries)
    return menu


def _fill_offers(menu: QMenu, entries: Entries[Offer[Any]]) -> None:
    for entry in for_place(entries, Place.PAGE):
        if isinstance(entry, Separator):
            menu.addSeparator()
        elif isinstance(entry, Menu):
            if entry.entries:
                _fill_offers(menu.addMenu(_(entry.title).replace("&", "")), entry.entries)
        else:
            action = QAction(menu)
            set_entry(action, entry.text)
            if entry.keys:
                # Shown, and not heard: the menu bar has the keys.
                keys = QKeySequence(entry.keys).toString(QKeySequence.SequenceFormat.NativeText)
                action.setText(f"{action.text()}\t{keys}")
            action.setData(entry)
            if entry.icon:
                icons.dress(action, entry.icon, "secondary")
            make_entry(action, menu, allowed.act_of(entry.id))
            menu.addAction(action)
