# SPDX-License-Identifier: Apache-2.0
"""The window's actions and menus as tables, and what makes menus of them.

    ActionSpec(id, text, shortcut="", icon="", group="always", choice="")
    ACTIONS, MENUS, PAGE_KEYS           the tables; adding a command is one record and one line
    Actions(parent)                      signal triggered(str)   the action's id
        action(id) -> QAction, fill(menu_bar), retranslate(), enable(groups), check(id),
        name(id, template, what)     the menu names what the command would act on
        recent_menu: QMenu

`group` says when an action is enabled: `always`, `idle` (no long task is running), or a group
that the page in front names in `Page.states()`. Actions with the same `choice` exclude each
other and show which one holds. Must not do anything itself: the window and the pages do.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.ui.look import icons
from imp_plus_desktop.ui.look.menus import name_entry

PAGE_KEYS = (
    "overview",
    "people",
    "applications",
    "permits",
    "family",
    "deadlines",
    "quota",
    "imports",
    "routes",
)
SEPARATOR = "-"
RECENT = "file.recent"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command of the window."""

    id: str
    text: str
    shortcut: str = ""
    """The keys; others that do the same follow after a space."""
    icon: str = ""
    group: str = "always"
    choice: str = ""


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("file.new", N_("&New register…"), group="idle"),
    ActionSpec("file.open", N_("&Open a register…"), "Ctrl+O", "open", group="idle"),
    ActionSpec("file.import", N_("&Import a list…"), "Ctrl+I", "imports", group="idle"),
    ActionSpec("file.paste", N_("Import cells that are co&pied"), "Ctrl+Shift+V", group="idle"),
    ActionSpec("file.export", N_("&Export the list shown…"), "Ctrl+E", "export", group="list"),
    ActionSpec("file.export_all", N_("Export a&ll its columns, to import again…"), group="list"),
    ActionSpec("file.export_register", N_("Export the &whole register…")),
    ActionSpec("file.template", N_("&Save an empty template…"), icon="document", group="idle"),
    ActionSpec("file.backup", N_("&Back up now"), "Ctrl+B", "backup", group="idle"),
    ActionSpec("file.restore", N_("&Restore a copy…"), icon="restore", group="idle"),
    ActionSpec("file.quit", N_("&Quit"), "Ctrl+Q"),
    ActionSpec("edit.undo", N_("&Undo the last act"), "Ctrl+Z", "undo"),
    ActionSpec("edit.redo", N_("&Redo what was undone"), "Ctrl+Y Ctrl+Shift+Z"),
    ActionSpec("edit.find", N_("&Find…"), "Ctrl+K", "search"),
    ActionSpec("edit.add_person", N_("&Add a person…"), "Ctrl+N", "plus"),
    ActionSpec("view.overview", N_("&Overview"), "Ctrl+1", choice="page"),
    ActionSpec("view.people", N_("&People"), "Ctrl+2", choice="page"),
    ActionSpec("view.applications", N_("&Applications"), "Ctrl+3", choice="page"),
    ActionSpec("view.permits", N_("P&ermits"), "Ctrl+4", choice="page"),
    ActionSpec("view.family", N_("&Family"), "Ctrl+5", choice="page"),
    ActionSpec("view.deadlines", N_("&Deadlines"), "Ctrl+6", choice="page"),
    ActionSpec("view.quota", N_("&Quota"), "Ctrl+7", choice="page"),
    ActionSpec("view.imports", N_("&Imports"), "Ctrl+8", choice="page"),
    ActionSpec("view.routes", N_("Other ro&utes"), "Ctrl+9", choice="page"),
    ActionSpec("theme.system", N_("As the &system"), choice="theme"),
    ActionSpec("theme.light", N_("&Light"), choice="theme"),
    ActionSpec("theme.dark", N_("&Dark"), choice="theme"),
    # A language is named in itself, so that whoever is lost finds the way back.
    ActionSpec("language.fr", "&Français", choice="language"),
    ActionSpec("language.en", "&English", choice="language"),
    ActionSpec("view.refresh", N_("&Refresh"), "F5", "refresh"),
    ActionSpec("person.receive", N_("Record a &received application…"), "Ctrl+R", group="receive"),
    ActionSpec("person.prepare", N_("&Prepare an application…"), group="person"),
    ActionSpec("person.state", N_("&State of the application…"), "Ctrl+T", group="person"),
    ActionSpec("person.request", N_("Record a &request of IRCC…"), group="person"),
    ActionSpec("person.portal", N_("Note IRCC’s p&ortal…"), group="person"),
    ActionSpec("person.work", N_("Add &work…"), group="person"),
    ActionSpec("person.decide", N_("Record a &decision…"), "Ctrl+D", group="decide"),
    ActionSpec("person.permit", N_("Record the &permit…"), "Ctrl+P", group="permit"),
    ActionSpec("person.edit", N_("&Edit the file…"), "F2", "edit", group="person"),
    ActionSpec("person.member", N_("Add a &family member…"), icon="family", group="person"),
    ActionSpec("person.letter", N_("Add a &letter…"), icon="letter", group="person"),
    ActionSpec("person.residence", N_("Add a re&sidence…"), icon="home", group="person"),
    ActionSpec("person.passport", N_("Add a p&assport…"), icon="passport", group="person"),
    ActionSpec("person.document", N_("Record a d&ocument…"), icon="document", group="person"),
    ActionSpec("person.payment", N_("Pa&yment…"), group="person"),
    ActionSpec("person.note", N_("Add a &note…"), icon="note", group="person"),
    ActionSpec("person.contact", N_("Log a contac&t…"), "Ctrl+L", "person", group="person"),
    ActionSpec("person.route", N_("Record another ro&ute…"), icon="routes", group="person"),
    ActionSpec("person.rename", N_("Chan&ge of name…"), group="person"),
    ActionSpec("person.death", N_("Re&cord a death…"), group="person"),
    ActionSpec("person.clerk", N_("Responsi&ble for the files…"), group="person"),
    ActionSpec("person.merge", N_("&Merge two files into one…"), "Ctrl+M", group="two"),
    ActionSpec("edit.duplicates", N_("&Possible duplicates…"), group="idle"),
    ActionSpec("person.history", N_("&History of the file…"), icon="history", group="person"),
    ActionSpec("person.origins", N_("&Where values come from…"), "Ctrl+Shift+O", group="person"),
    ActionSpec("report.list", N_("&List shown, as a workbook…"), icon="export", group="list"),
    ActionSpec("report.quota", N_("&Quota of the year, as a workbook…"), group="idle"),
    ActionSpec("report.periods", N_("Reports of a &week, a quarter, a year"), icon="document"),
    ActionSpec("help.guide", N_("&Guide"), "F1"),
    ActionSpec("help.shortcuts", N_("&Keyboard shortcuts"), "Ctrl+F1"),
    ActionSpec("help.about", N_("&About IMP+ Desktop")),
)

Entry = str | tuple[str, Sequence["Entry"]]

MENUS: tuple[Entry, ...] = (
    (
        N_("&File"),
        (
            "file.new",
            "file.open",
            RECENT,
            SEPARATOR,
            "file.import",
            "file.paste",
            "file.export",
            "file.export_all",
            "file.export_register",
            "file.template",
            SEPARATOR,
            "file.backup",
            "file.restore",
            SEPARATOR,
            "file.quit",
        ),
    ),
    (
        N_("&Edit"),
        (
            "edit.undo",
            "edit.redo",
            SEPARATOR,
            "edit.find",
            "edit.add_person",
            "edit.duplicates",
        ),
    ),
    (
        N_("&View"),
        (
            *(f"view.{key}" for key in PAGE_KEYS),
            SEPARATOR,
            (N_("&Theme"), ("theme.system", "theme.light", "theme.dark")),
            (N_("&Language"), ("language.fr", "language.en")),
            SEPARATOR,
            "view.refresh",
        ),
    ),
    (
        N_("Person fi&le"),
        (
            "person.receive",
            "person.decide",
            "person.permit",
            (
                N_("&IRCC, step by step"),
                (
                    "person.prepare",
                    "person.state",
                    "person.request",
                    "person.portal",
                    "person.work",
                ),
            ),
            SEPARATOR,
            "person.edit",
            "person.member",
            SEPARATOR,
            "person.letter",
            "person.residence",
            "person.passport",
            "person.document",
            "person.payment",
            "person.contact",
            "person.note",
            "person.route",
            SEPARATOR,
            "person.death",
            "person.clerk",
            "person.rename",
            "person.merge",
            SEPARATOR,
            "person.history",
            "person.origins",
        ),
    ),
    (N_("&Reports"), ("report.list", "report.quota", "report.periods")),
    (N_("&Help"), ("help.guide", "help.shortcuts", SEPARATOR, "help.about")),
)


class Actions(QWidget):
    """The actions as Qt knows them. A widget without a face, so that icons find them."""

    triggered = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._actions: dict[str, QAction] = {}
        self._menus: list[tuple[QMenu, str]] = []
        self._groups: dict[str, QActionGroup] = {}
        for spec in ACTIONS:
            self._actions[spec.id] = self._made(spec)
        self.recent_menu = QMenu(parent)
        self.retranslate()

    def action(self, name: str) -> QAction:
        """The action of an id. KeyError when the table has none."""
        return self._actions[name]

    def fill(self, bar: QMenuBar) -> None:
        """Put the menus into a menu bar."""
        for entry in MENUS:
            if not isinstance(entry, str):
                menu = bar.addMenu(_(entry[0]))
                self._menus.append((menu, entry[0]))
                self._fill_menu(menu, entry[1])

    def retranslate(self) -> None:
        """Write all words anew."""
        for spec in ACTIONS:
            self._actions[spec.id].setText(_(spec.text))
        for menu, title in self._menus:
            menu.setTitle(_(title))
        self.recent_menu.setTitle(_("Re&cent registers"))

    def name(self, name: str, template: str, what: str) -> None:
        """Let a menu name what its command would act on, at `{act}`; its own text for nothing."""
        text = _(next(spec.text for spec in ACTIONS if spec.id == name))
        name_entry(self._actions[name], template if what else text, what)

    def enable(self, groups: Iterable[str]) -> None:
        """Enable the actions of these groups, disable those of all others."""
        enabled = {"always", *groups}
        for spec in ACTIONS:
            self._actions[spec.id].setEnabled(spec.group in enabled)

    def check(self, name: str) -> None:
        """Show that this one of its choice holds."""
        if name in self._actions:
            self._actions[name].setChecked(True)

    def _on_group_triggered(self, action: QAction) -> None:
        self.triggered.emit(str(action.data()))

    def _made(self, spec: ActionSpec) -> QAction:
        action = QAction(self)
        action.setData(spec.id)
        if spec.shortcut:
            action.setShortcuts([QKeySequence(keys) for keys in spec.shortcut.split()])
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

    def _fill_menu(self, menu: QMenu, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if not isinstance(entry, str):
                inner = menu.addMenu(_(entry[0]))
                self._menus.append((inner, entry[0]))
                self._fill_menu(inner, entry[1])
            elif entry == SEPARATOR:
                menu.addSeparator()
            elif entry == RECENT:
                menu.addMenu(self.recent_menu)
            else:
                menu.addAction(self._actions[entry])


def ids_of(entries: Sequence[Entry]) -> Iterator[str]:
    """The ids of actions in nested menus, in their order."""
    for entry in entries:
        if not isinstance(entry, str):
            yield from ids_of(entry[1])
        elif entry not in (SEPARATOR, RECENT):
            yield entry
