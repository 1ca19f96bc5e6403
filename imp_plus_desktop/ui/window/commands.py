# SPDX-License-Identifier: Apache-2.0
"""What the actions of the window do: each method is named by a record of `action_table`.

    Commands(window)
        open_register(place), import_list(path | None), export_quota(year | None)
        export_shown(), export_all(), do_to_file(action)      of the page in front

Must not hold a rule or touch the register but through services.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from imp_plus_desktop.i18n import _, format_iso
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.servers.places import Place
from imp_plus_desktop.ui.pages.entries import ENTRIES
from imp_plus_desktop.ui.paper.paper import Paper
from imp_plus_desktop.ui.person.actions import record_actions
from imp_plus_desktop.ui.person.actions.open_file import HoldsFile, OpenFile, WalksFiles
from imp_plus_desktop.ui.shell.actions import Action
from imp_plus_desktop.ui.shell.parts import go_to_part
from imp_plus_desktop.ui.window import guiding
from imp_plus_desktop.ui.window.frame import Frame
from imp_plus_desktop.ui.window.registers.switching import Switching
from imp_plus_desktop.ui.window.restoring import Restoring
from imp_plus_desktop.ui.window.undoing import Undoing

if TYPE_CHECKING:
    from imp_plus_desktop.ui.bars.locking import Locking


class Commands(QObject):
    """The commands of one window."""

    def __init__(self, window: Frame, undoing: Undoing) -> None:
        super().__init__(window)
        self._window, self._undoing = window, undoing
        self._shell = window.shell
        self._restoring, self._switching = Restoring(window), Switching(window)
        self._locking: Locking | None = None

    def open_page(self, key: str) -> None:
        """Bring a page to the front."""
        self._window.open_page(key)

    def set_theme(self, mode: str) -> None:
        """Dress the program in a theme."""
        self._window.set_theme(mode)

    def set_language(self, code: str) -> None:
        """Speak a language."""
        self._window.set_language(code)

    def do_to_file(self, action: Action[OpenFile]) -> None:
        """Do an action to the file that stands open on the page in front."""
        page = self._window.current_page()
        file = page.file() if isinstance(page, HoldsFile) else None
        if file is not None:
            file.do(action.do)

    def export_shown(self) -> None:
        """Write what the page in front shows."""
        self._window.current_page().export_shown()

    def export_all(self) -> None:
        """Write all that is known of what the page in front shows."""
        self._window.current_page().export_all()

    def print_shown(self) -> None:
        """Show the page in front as it comes out of a printer; the preview prints it."""
        self._put_on_paper(self._window.current_page().paper(), pdf=False)

    def save_as_pdf(self) -> None:
        """Write what the page in front shows as a PDF file."""
        self._put_on_paper(self._window.current_page().paper(), pdf=True)

    def put_file_on_paper(self, person: int, pdf: bool) -> None:
        """The same of a person's whole file. Errors: DomainError person_not_found."""
        from imp_plus_desktop.ui.person.person_paper import file_paper

        self._put_on_paper(file_paper(self._shell.office, person), pdf=pdf)

    def _put_on_paper(self, paper: Paper | None, *, pdf: bool) -> None:
        from imp_plus_desktop.ui.dialogs.register.paper import put_on_paper, save_as_pdf

        if paper is not None and pdf:
            save_as_pdf(self._shell, self._window, paper)
        elif paper is not None:
            put_on_paper(self._shell, self._window, paper)

    def new_register(self) -> None:
        """Make an empty register and open it."""
        self._switching.new_register()

    def ask_register(self) -> None:
        """Ask which register to open."""
        self._switching.ask_register()

    def ask_server(self) -> None:
        """Ask for a register on a server, and open it."""
        self._switching.ask_server()

    def open_register(self, place: Place, *, create: bool = False) -> None:
        """Work on another register: a file, or an address on a server."""
        self._switching.open_register(place, create=create)

    def on_register_shown(self) -> None:
        """Another register stands open: the recent ones are others, and it may have a key."""
        self._guard()
        self._switching.fill_recent()

    def on_recent_triggered(self, action: QAction) -> None:
        """Open one of the recent registers."""
        self._switching.on_recent_triggered(action)

    def take_along(self) -> None:
        """Make a snapshot of the register of a server, to be read elsewhere."""
        from imp_plus_desktop.ui.window.registers.taking_along import take_along

        take_along(self._shell, self._window)

    def tell_of_servers(self) -> None:
        """Say why what is only of a file is not offered for a register on a server."""
        guiding.tell_of_servers(self._window)

    def import_list(self, path: Path | None = None) -> None:
        """Begin the import of a list, asked for or dropped."""
        from imp_plus_desktop.ui.dialogs import files

        chosen = path or files.ask_list(self._window)
        if chosen is not None:
            self._shell.go("imports", chosen)

    def paste_list(self) -> None:
        """Begin the import of the cells that were copied in a spreadsheet."""
        self._shell.go("imports", "paste")

    def save_template(self) -> None:
        """Write the empty workbook to fill in."""
        from imp_plus_desktop.services.exports import exports
        from imp_plus_desktop.ui.dialogs import files

        title, name = _("Save an empty template"), _("list-template")
        path = files.ask_save(self._window, title, name, "workbook")
        if path is not None:
            exports.template(self._shell.office, path)
            self._shell.say_saved(_("Template saved: {name}").format(name=path.name), path)

    def back_up(self) -> None:
        """Make a copy of the register now, and prove it."""
        from imp_plus_desktop.ui.dialogs.care.copying import back_up

        back_up(self._shell, self._window.refresh)

    def keep_copies(self) -> None:
        """Ask how the copies are kept, beside what there is of them."""
        from imp_plus_desktop.ui.dialogs.care.how_kept import ask_how_kept

        ask_how_kept(self._shell, self._window)

    def show_health(self) -> None:
        guiding.show_health(self._window)

    def show_verify(self) -> None:
        guiding.show_verify(self._window)

    def restore(self) -> None:
        """Look at a copy, show what it would change, and put it in the register's place."""
        from imp_plus_desktop.ui.dialogs.register.mending.kept_copies import ask_copy

        path = ask_copy(self._shell.office, self._window)
        if path is not None:
            self._restoring.begin(path)

    def change_passphrase(self, how: str) -> None:
        """Encrypt the register, put it under another passphrase, or decrypt it."""
        from imp_plus_desktop.ui.dialogs.secrecy.care import change_passphrase

        change_passphrase(self._shell, self._window, how)
        self._guard()

    def print_recovery_key(self) -> None:
        """Put the key that opens the register in place of its passphrase on paper."""
        from imp_plus_desktop.ui.dialogs.secrecy.care import print_recovery_key

        print_recovery_key(self._shell, self._window)

    def lock(self) -> None:
        """Hide what the window shows until the passphrase is given."""
        self._guard()
        if self._locking is not None:
            self._locking.lock()

    def _guard(self) -> None:
        """Have the window lock by itself, on a register that something opens."""
        if self._locking is None and self._shell.office.is_lockable:
            from imp_plus_desktop.ui.bars.locking import Locking

            self._locking = Locking(self._shell, self._window)
        if self._locking is not None:
            self._locking.watch()

    def export_register(self) -> None:
        """Write the whole register on sheets that are linked with each other."""
        from imp_plus_desktop.services.exports import export_process
        from imp_plus_desktop.ui.dialogs import files

        office = self._shell.office
        name = _("register-{day}").format(day=format_iso(self._shell.today()))
        path = files.ask_save(self._window, _("Export the whole register"), name, "workbook")
        if path is None:
            return

        def job(progress: Progress) -> Any:
            return export_process.export(office, "everything", path, progress=progress)

        self._shell.start(_("Exporting…"), job, self._on_exported)

    def export_quota(self, chosen: int | None = None) -> None:
        """Write the quota of a year (the present one) as a workbook."""
        from imp_plus_desktop.services.exports import exports
        from imp_plus_desktop.ui.dialogs import files

        year = chosen if chosen is not None else self._shell.today().year
        name = _("annual-cap-{year}").format(year=year)
        path = files.ask_save(self._window, _("Export the annual cap"), name, "workbook")
        if path is None:
            return

        def job(progress: Progress) -> Any:
            return exports.export(self._shell.office, "quota", path, year=year, progress=progress)

        self._shell.start(_("Exporting…"), job, self._on_exported)

    def archive_year(self) -> None:
        """Put a year away in one verified file."""
        from imp_plus_desktop.ui.dialogs.office.year_archive import archive_year

        archive_year(self._shell, self._window, self._window.current_page().year_shown())

    def show_quota(self, section: str) -> None:
        """Show a section of the quota: the reports, or a list counted by two of its columns."""
        self._window.open_page("quota", section)

    def look_back(self) -> None:
        """Show the page in front as of a past day; the people, where it tells of today alone."""
        if not self._window.current_page().look_back():
            self._window.open_page("people").look_back()

    def undo(self) -> None:
        """Take back what the status bar names."""
        self._undoing.undo()

    def redo(self) -> None:
        """Bring back what was taken back last, if nothing was done here since."""
        self._undoing.redo()

    def find_anything(self) -> None:
        """Open the box that finds anything."""
        self._window.find_anything()

    def find(self) -> None:
        """Go into the search box: the page's own, or that of the people."""
        if not self._window.current_page().focus_search():
            self._window.open_page("people").focus_search()

    def add_person(self, name: str = "") -> None:
        """Add a person by hand, by a name that was typed if there is one, and show who it is."""
        self._window.open_page("people")
        family, _space, given = name.title().partition(" ")
        values = {"family_name": family, "given_names": given} if name else None
        person = record_actions.add_person(self._shell, self._window, values)
        if person is not None:
            self._shell.go("people", person)

    def find_duplicates(self) -> None:
        """Look for files that may be one person, away from the window."""
        from imp_plus_desktop.ui.lists.duplicates import find_duplicates

        self._window.open_page("people")
        find_duplicates(self._shell, self._window)

    def show_journal(self) -> None:
        """The list of all acts, over the page in front."""
        from imp_plus_desktop.ui.dialogs.office.journal import JournalDialog

        JournalDialog(self._shell, self._window).open()

    def go_to_next_part(self) -> None:
        """The keys to the next part of the window."""
        go_to_part(self._window)

    def go_to_previous_part(self) -> None:
        """The keys to the previous part."""
        go_to_part(self._window, ahead=False)

    def go_to_next_file(self) -> None:
        """The next file of the list in front."""
        self._step(1)

    def go_to_previous_file(self) -> None:
        """The one before it."""
        self._step(-1)

    def _step(self, by: int) -> None:
        page = self._window.current_page()
        if isinstance(page, WalksFiles):
            page.step(by)

    def refresh(self) -> None:
        """Look at the register again: another program may have written to it."""
        self._window.refresh()

    def quit(self) -> None:
        self._window.close()

    def show_guide(self) -> None:
        """The guide at the chapter of what is in front: a dialog, else the page."""
        guiding.show_guide(self._window, self._window.current_page().place())

    def show_letter_templates(self) -> None:
        guiding.show_letter_templates(self._window)

    def show_privacy(self, what: str) -> None:
        guiding.show_privacy(self._window, what)

    def show_shortcuts(self) -> None:
        guiding.show_shortcuts(self._window)

    def show_tour(self) -> None:
        """Tell in three steps what the window is for."""
        from imp_plus_desktop.ui.dialogs.register.tour import TourDialog

        tour = TourDialog(self._window)
        tour.page_asked.connect(self._shell.go)
        tour.import_asked.connect(self._shell.go_import)
        tour.show_step(0)
        tour.show()

    def try_demo(self, *, living: bool = False) -> None:
        """Open the invented people in a window of their own, or those of 2026."""
        from imp_plus_desktop.ui.dialogs.register.trying import try_demo

        try_demo(self._shell, living=living)

    def change_settings(self) -> None:
        """Ask how the user likes the program, and let it be so at once."""
        from imp_plus_desktop.ui.dialogs.correspondence.letter_forms import write_letterhead
        from imp_plus_desktop.ui.dialogs.register.settings import SettingsDialog

        settings = self._shell.settings
        pages = [(key, _(ENTRIES[key].title)) for key in self._window.page_keys()]
        office = partial(write_letterhead, self._shell)
        chosen = SettingsDialog(settings, pages, self._window, office).ask()
        if chosen is None:
            return
        settings.user_name, settings.start_page = chosen.name, chosen.start_page
        settings.text_size, settings.lock_after = chosen.text_size, chosen.lock_after
        settings.reminders, settings.tray = chosen.reminders, chosen.tray
        self._guard()
        settings.lead_days = chosen.lead_days
        if chosen.theme != settings.theme:
            self._window.set_theme(chosen.theme)
        if chosen.language != settings.language:
            self._window.set_language(chosen.language)
        self._window.refresh()
        self._shell.say(_("Settings saved"))

    def show_figures(self) -> None:
        guiding.show_figures(self._window)

    def show_support(self) -> None:
        guiding.show_support(self._window)

    def show_about(self) -> None:
        guiding.show_about(self._window)

    def _on_exported(self, done: Any) -> None:
        path = Path(done.path)
        self._shell.say_saved(_("Saved: {name}").format(name=path.name), path)
