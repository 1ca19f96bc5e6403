# SPDX-License-Identifier: Apache-2.0
"""Every action of the window, in the menus in which it stands.

    MENUS        the menu bar: the window's own actions, the page's and the open file's
    ACTIONS      all of them in this order, each done to the window's `Commands`

Menus, shortcuts, the list of shortcuts and whatever looks an action up by its words come from
here. Adding one is a record with its callable. Must not do anything itself.
"""

from functools import partial

from imp_plus_desktop.i18n import N_
from imp_plus_desktop.ui.person.actions.file_table import FILE_MENU, PASTE, FileAction
from imp_plus_desktop.ui.shell.actions import (
    SEPARATOR,
    Action,
    Menu,
    in_a_file,
    leaves,
    mapped,
    on_server,
    when_encrypted,
    when_idle,
    when_listed,
    when_lockable,
    when_plain,
    when_printed,
    when_taken_along,
    with_file,
)
from imp_plus_desktop.ui.window.commands import Commands
from imp_plus_desktop.ui.window.registers.switching import RECENT

WindowAction = Action[Commands]


def _page(key: str, text: str, shortcut: str) -> WindowAction:
    """Bring a page to the front."""
    do = partial(Commands.open_page, key=key)
    return WindowAction(f"view.{key}", text, do, shortcut=shortcut, choice="page")


def _theme(mode: str, text: str) -> WindowAction:
    return WindowAction(
        f"theme.{mode}", text, partial(Commands.set_theme, mode=mode), choice="theme"
    )


def _language(code: str, text: str) -> WindowAction:
    do = partial(Commands.set_language, code=code)
    return WindowAction(f"language.{code}", text, do, choice="language")


def _privacy(what: str, text: str) -> WindowAction:
    do = partial(Commands.show_privacy, what=what)
    return WindowAction(f"privacy.{what}", text, do, when_idle)


def _of_file(action: FileAction) -> WindowAction:
    """An action on the file that stands open on the page in front."""
    return action.on(partial(Commands.do_to_file, action=action))


FILE: Menu[WindowAction] = Menu(
    N_("&File"),
    (
        WindowAction("file.new", N_("&New register…"), Commands.new_register, when_idle),
        WindowAction(
            "file.open", N_("&Open a register…"), Commands.ask_register, when_idle, "Ctrl+O", "open"
        ),
        WindowAction(
            "file.open_server",
            N_("Open the o&ffice’s register…"),
            Commands.ask_server,
            when_idle,
            "Ctrl+Shift+B",
        ),
        Menu(N_("Re&cent registers"), key=RECENT),
        SEPARATOR,
        WindowAction(
            "file.import",
            N_("&Import a list…"),
            Commands.import_list,
            when_idle,
            "Ctrl+I",
            "imports",
        ),
        WindowAction(
            "file.paste",
            N_("Import cells that are co&pied"),
            Commands.paste_list,
            when_idle,
            "Ctrl+Shift+V",
        ),
        WindowAction(
            "file.export",
            N_("&Export the list shown…"),
            Commands.export_shown,
            when_listed,
            "Ctrl+E",
            "export",
        ),
        WindowAction(
            "file.export_all",
            N_("Export a&ll its columns, to import again…"),
            Commands.export_all,
            when_listed,
        ),
        WindowAction(
            "file.export_register", N_("Export the &whole register…"), Commands.export_register
        ),
        SEPARATOR,
        WindowAction(
            "file.print", N_("Prin&t what is shown…"), Commands.print_shown, when_printed, "Ctrl+P"
        ),
        WindowAction(
            "file.pdf", N_("Save what is shown as P&DF…"), Commands.save_as_pdf, when_printed
        ),
        SEPARATOR,
        WindowAction(
            "file.template",
            N_("&Save an empty template…"),
            Commands.save_template,
            when_idle,
            icon="document",
        ),
        WindowAction(
            "file.letters",
            N_("Te&mplates of letters…"),
            Commands.show_letter_templates,
            icon="letter",
        ),
        SEPARATOR,
        WindowAction(
            "file.backup",
            N_("&Back up now"),
            Commands.back_up,
            when_idle,
            "Ctrl+B",
            "backup",
        ),
        WindowAction(
            "file.restore",
            N_("&Restore a copy…"),
            Commands.restore,
            when_idle,
            icon="restore",
            shown=in_a_file,
        ),
        WindowAction(
            "file.copies",
            N_("How copies &are kept…"),
            Commands.keep_copies,
            when_idle,
        ),
        WindowAction(
            "file.take_along",
            N_("Ta&ke a snapshot along…"),
            Commands.take_along,
            when_taken_along,
            icon="backup",
            shown=on_server,
        ),
        WindowAction(
            "file.of_server",
            N_("Wh&y no passphrase here…"),
            Commands.tell_of_servers,
            on_server,
            shown=on_server,
        ),
        Menu(
            N_("Passp&hrase"),
            (
                WindowAction(
                    "file.passphrase.set",
                    N_("&Set…"),
                    partial(Commands.change_passphrase, how="set"),
                    when_plain,
                    shown=in_a_file,
                ),
                WindowAction(
                    "file.passphrase.change",
                    N_("&Change…"),
                    partial(Commands.change_passphrase, how="change"),
                    when_encrypted,
                    shown=in_a_file,
                ),
                WindowAction(
                    "file.passphrase.remove",
                    N_("&Remove…"),
                    partial(Commands.change_passphrase, how="remove"),
                    when_encrypted,
                    shown=in_a_file,
                ),
                WindowAction(
                    "file.passphrase.key",
                    N_("&Print the recovery key…"),
                    Commands.print_recovery_key,
                    when_encrypted,
                    shown=in_a_file,
                ),
                SEPARATOR,
                WindowAction(
                    "file.lock",
                    N_("Loc&k the window"),
                    Commands.lock,
                    when_lockable,
                    "Ctrl+Shift+K",
                ),
            ),
        ),
        Menu(
            N_("Pri&vacy and personal information"),
            (
                _privacy("retention", N_("&Keeping and destroying…")),
                _privacy("incidents", N_("Register of &incidents…")),
                _privacy("desk", N_("&Person in charge…")),
                _privacy("assessment", N_("Privacy &assessment…")),
            ),
        ),
        WindowAction(
            "file.settings", N_("Settin&gs…"), Commands.change_settings, shortcut="Ctrl+,"
        ),
        SEPARATOR,
        WindowAction("file.quit", N_("&Quit"), Commands.quit, shortcut="Ctrl+Q"),
    ),
)
UNDO = WindowAction(
    "edit.undo",
    N_("&Undo the last act"),
    Commands.undo,
    shortcut="Ctrl+Z",
    icon="undo",
    named=N_("&Undo: {act}"),
)
REDO = WindowAction(
    "edit.redo",
    N_("&Redo what was undone"),
    Commands.redo,
    shortcut="Ctrl+Y Ctrl+Shift+Z",
    named=N_("&Redo: {act}"),
)
EDIT: Menu[WindowAction] = Menu(
    N_("&Edit"),
    (
        UNDO,
        REDO,
        _of_file(PASTE),
        SEPARATOR,
        WindowAction(
            "edit.find",
            N_("&Find anything…"),
            Commands.find_anything,
            shortcut="Ctrl+K",
            icon="search",
        ),
        WindowAction("edit.find_here", N_("Find in this &list"), Commands.find, shortcut="Ctrl+F"),
        WindowAction(
            "edit.add_person",
            N_("&Add a person…"),
            Commands.add_person,
            shortcut="Ctrl+N",
            icon="plus",
        ),
        SEPARATOR,
        WindowAction(
            "edit.journal", N_("&Journal of acts…"), Commands.show_journal, shortcut="Ctrl+J"
        ),
        WindowAction(
            "edit.duplicates", N_("&Possible duplicates…"), Commands.find_duplicates, when_idle
        ),
    ),
)
VIEW: Menu[WindowAction] = Menu(
    N_("&View"),
    (
        _page("overview", N_("&Overview"), "Ctrl+1"),
        _page("people", N_("&People"), "Ctrl+2"),
        _page("applications", N_("&Applications"), "Ctrl+3"),
        _page("permits", N_("P&ermits"), "Ctrl+4"),
        _page("family", N_("&Family"), "Ctrl+5"),
        _page("deadlines", N_("&Deadlines"), "Ctrl+6"),
        _page("quota", N_("Annual &cap"), "Ctrl+7"),
        _page("imports", N_("&Imports"), "Ctrl+8"),
        _page("routes", N_("Other ro&utes"), "Ctrl+9"),
        _page("bin", N_("&Bin"), "Ctrl+0"),
        SEPARATOR,
        Menu(
            N_("&Theme"),
            (
                _theme("system", N_("As the &system")),
                _theme("light", N_("&Light")),
                _theme("dark", N_("&Dark")),
                _theme("light-contrast", N_("L&ight, high contrast")),
                _theme("dark-contrast", N_("D&ark, high contrast")),
            ),
        ),
        # A language is named in itself, so that whoever is lost finds the way back.
        Menu(N_("&Language"), (_language("fr", "&Français"), _language("en", "&English"))),
        SEPARATOR,
        WindowAction(
            "view.next_file",
            N_("Ne&xt file in the list"),
            Commands.go_to_next_file,
            with_file,
            shortcut="Alt+Right",
        ),
        WindowAction(
            "view.previous_file",
            N_("Previou&s file in the list"),
            Commands.go_to_previous_file,
            with_file,
            shortcut="Alt+Left",
        ),
        WindowAction("view.next_part", N_("&Next part"), Commands.go_to_next_part, shortcut="F6"),
        WindowAction(
            "view.previous_part",
            N_("Pre&vious part"),
            Commands.go_to_previous_part,
            shortcut="Shift+F6",
        ),
        WindowAction(
            "view.as_of",
            N_("As of an earlier da&y…"),
            Commands.look_back,
            when_idle,
            "Ctrl+Shift+J",
            "calendar",
        ),
        WindowAction(
            "view.refresh", N_("&Refresh"), Commands.refresh, shortcut="F5", icon="refresh"
        ),
    ),
)
REPORTS: Menu[WindowAction] = Menu(
    N_("&Reports"),
    (
        WindowAction(
            "report.list",
            N_("&List shown, as a workbook…"),
            Commands.export_shown,
            when_listed,
            icon="export",
        ),
        WindowAction(
            "report.quota",
            N_("Annual &cap, as a workbook…"),
            Commands.export_quota,
            when_idle,
        ),
        WindowAction(
            "report.periods",
            N_("Reports of a &week, a quarter, a year"),
            partial(Commands.show_quota, section="reports"),
            icon="document",
        ),
        WindowAction(
            "report.pivot", N_("Cross &table"), partial(Commands.show_quota, section="pivot")
        ),
        WindowAction("report.year", N_("&Archive of a year…"), Commands.archive_year, when_idle),
    ),
)
HELP: Menu[WindowAction] = Menu(
    N_("&Help"),
    (
        WindowAction("help.guide", N_("&Guide"), Commands.show_guide, shortcut="F1"),
        WindowAction(
            "help.shortcuts", N_("&Keyboard shortcuts"), Commands.show_shortcuts, shortcut="Ctrl+F1"
        ),
        WindowAction("help.tour", N_("T&our in three steps"), Commands.show_tour),
        WindowAction("help.health", N_("&State of the register"), Commands.show_health),
        WindowAction("help.verify", N_("&Verify the register…"), Commands.show_verify),
        WindowAction("help.figures", N_("&Figures and sources"), Commands.show_figures),
        WindowAction("help.demo", N_("&Try with invented people"), Commands.try_demo, when_idle),
        WindowAction(
            "help.demo_living",
            N_("Invented people in &2026"),
            partial(Commands.try_demo, living=True),
            when_idle,
        ),
        SEPARATOR,
        WindowAction("help.support", N_("&Report for support…"), Commands.show_support, when_idle),
        WindowAction("help.about", N_("&About IMP+ Desktop"), Commands.show_about),
    ),
)

PERSON: Menu[WindowAction] = Menu(FILE_MENU.title, mapped(FILE_MENU.entries, _of_file))
MENUS: tuple[Menu[WindowAction], ...] = (FILE, EDIT, VIEW, PERSON, REPORTS, HELP)
ACTIONS: tuple[WindowAction, ...] = tuple(a for menu in MENUS for a in leaves(menu.entries))
