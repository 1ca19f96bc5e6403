# SPDX-License-Identifier: Apache-2.0
"""The window: menu bar, side bar, pages, status bar; what a menu command does is in `commands.py`.

    MainWindow(office, *, inline_tasks=False, pages=PAGES)
        .shell, .menu_actions, .status, .side
        page(key), page_keys(), current_page(), open_page(key, argument=None)
        present(), set_language(code), set_theme(mode), retranslate(), come_to_rest()
        refresh(touched), show_others(touched)

Pages are built when first opened, and refreshed and retranslated when shown after what concerns
them. One person's page stands beside the list in front. Must not hold what a single page knows, nor
write to the register but for undo.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.reads.touched import EVERYTHING, Touched
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.settings import LAST_PAGE
from imp_plus_desktop.ui.bars.bands import Bands
from imp_plus_desktop.ui.bars.copy_line import foot_lines
from imp_plus_desktop.ui.bars.side_bar import SideBar, SideEntry
from imp_plus_desktop.ui.bars.status_bar import StatusBar
from imp_plus_desktop.ui.look import allowed, icons, reading_order, theme
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.pages.entries import ENTRIES
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.shell.actions import State
from imp_plus_desktop.ui.shell.menu_bar import MenuBarActions
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.shell.stillness import still
from imp_plus_desktop.ui.shell.text_keys import TextKeys
from imp_plus_desktop.ui.shell.translations import speak
from imp_plus_desktop.ui.widgets.frames import Pages
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.ui.window.action_table import MENUS, WindowAction
from imp_plus_desktop.ui.window.catch_up import CatchUp
from imp_plus_desktop.ui.window.commands import Commands
from imp_plus_desktop.ui.window.frame import Frame
from imp_plus_desktop.ui.window.page_table import PAGES
from imp_plus_desktop.ui.window.pending import Pending
from imp_plus_desktop.ui.window.registers.switching import RECENT, kind_of
from imp_plus_desktop.ui.window.shared_panel import SharedPanel
from imp_plus_desktop.ui.window.undoing import Undoing
from imp_plus_desktop.ui.window.watching import Watching

if TYPE_CHECKING:
    from imp_plus_desktop.ui.bars.keeping import Keeping
    from imp_plus_desktop.ui.bars.reminding import Reminding
    from imp_plus_desktop.ui.search.finding import Finding

_GEOMETRY, _PAGE = "window", "page"
_CATCHING_UP = "catching up"
_WIDTH, _HEIGHT = 1366, 768
_TITLE_BAR, _FRAME = 40, 8
"""What the system puts around a window, at most; it tells only once the window is shown."""
_MINUTE_MS = 60_000


class MainWindow(Frame):
    """The one window of an open register."""

    def __init__(
        self,
        office: Office,
        *,
        inline_tasks: bool = False,
        pages: Mapping[str, Callable[[], type[Page]]] = PAGES,
    ) -> None:
        super().__init__()
        self.shell = Shell(office, inline_tasks=inline_tasks, parent=self)
        self.shell.reporter.window = self
        self.menu_actions = MenuBarActions(MENUS, self)
        self.side = SideBar(self)
        self.status = StatusBar(self.shell.tasks, self)
        self._stack = Pages(self)
        self.bands = Bands(self)
        self._kinds = pages
        self._pages: dict[str, Page] = {}
        self._unsaid: set[str] = set()  # pages whose words are those of another language
        self._pending = Pending(self.shell, pages, self._pages)
        self._panel = SharedPanel(self.shell)
        self._catch_up = CatchUp(self.shell, self)
        self._day = self.shell.today()
        self._minute = QTimer(self)
        self._register_name = label(role="small", elide=True)
        # A corner stands at the top of the bar; the margin brings it to the menus' height.
        self._register_name.setContentsMargins(0, theme.space(2), theme.space(3), theme.space(1))
        self.undoing = Undoing(self)
        self._commands = Commands(self, self.undoing)
        self._finding: Finding | None = None
        self._reminding: Reminding | None = None
        self._keeping: Keeping | None = None
        self._text_keys = TextKeys(self)
        self.watching = Watching(self)
        self._assemble()
        self._front = self.page(self._first_page())  # what is connected may ask for it
        self._connect()
        self.setAcceptDrops(True)
        self._restore_geometry()
        self.menu_actions.check(f"theme.{office.settings.theme}")
        self.set_language(i18n.current_language(), keep=False)  # which shows the page in front, too
        self.side.set_current(self._front.key)
        self.menu_actions.check(f"view.{self._front.key}")
        self._focus_front()

    def page(self, key: str) -> Page:
        """A page by its key, made when it is first asked for. KeyError when there is none."""
        made = self._pages.get(key)
        if made is None:
            made = self._pages[key] = self._kinds[key]()(self.shell)
            self._stack.addWidget(made)
            self._unsaid.add(key)
        if key in self._unsaid:
            self._unsaid.remove(key)
            made.retranslate()
        return made

    def present(self) -> None:
        """Show the window as it was left; the first time over the whole of a screen that has no
        room for it with its title bar, which would push the status bar over the edge."""
        fits = QSize(_WIDTH, _HEIGHT).boundedTo(self._room()) == QSize(_WIDTH, _HEIGHT)
        if fits or self.shell.settings.layout(_GEOMETRY):
            self.show()
        else:
            self.showMaximized()

    def remind(self) -> None:
        """Say once a day what falls due, as soon as the files are up to date."""
        from imp_plus_desktop.ui.bars.reminding import Reminding

        if self._reminding is None:
            self._reminding = Reminding(self.shell, self)
            self._catch_up.done.connect(self._reminding.remind)
        if not self._catch_up.is_waiting():
            self._reminding.remind()

    def keep_copies(self) -> None:
        """From now on see to the copies of the register while one works."""
        from imp_plus_desktop.ui.bars.keeping import Keeping

        self._keeping = Keeping(self.shell, self).begin()

    def page_keys(self) -> tuple[str, ...]:
        """The keys of all pages, in the order of the side bar."""
        return tuple(self._kinds)

    def current_page(self) -> Page:
        """The page in front."""
        return self._front

    def is_catching_up(self) -> bool:
        """Whether the files are brought up to date and no page is to be seen."""
        return self._catch_up.is_waiting()

    def open_page(self, key: str, argument: object = None) -> Page:
        """Bring a page to the front, fresh; the argument goes to its `open_with`."""
        page, former, walks = self.page(key), self._front, self.side.has_keys()
        if self._finding is not None:
            self._finding.close()
        self._front = page
        self.side.set_current(key)
        self.menu_actions.check(f"view.{key}")
        self.status.say("")
        self._show_front()
        if page is not former and not walks:
            self._focus_front()
        if page is former and argument is None:
            page.come_again()
        if argument is not None and not self._catch_up.is_waiting():
            page.open_with(argument)
        self._show_state()
        return page

    def refresh(self, touched: Touched = EVERYTHING) -> None:
        """Show what the register holds now of what was touched: the page in front at once, the
        others when shown."""
        with self.shell.office.at_once(_CATCHING_UP):
            self._panel.tell(self._pending.add(touched))
            self._day = self.shell.today()
            if not self._catch_up.begin():
                self._catch_up.begin_beside(lambda: self.watching.come_back())
                summary.refresh(self.shell.office)
        self._show_fresh(nullcontext())

    def show_others(self, touched: Touched = EVERYTHING) -> bool:
        """Show what other desks touched; the page in front stays as it stands. False while many
        files are brought up to date first, without a page giving way to that."""
        if self._catch_up.is_waiting() or self._catch_up.begin_quietly():
            return False
        with self.shell.office.at_once(_CATCHING_UP):
            summary.refresh(self.shell.office)
            self._panel.tell(self._pending.add(touched))
        self._show_fresh(still(self._front))
        return True

    def set_language(self, code: str, *, keep: bool = True) -> None:
        """Speak another language from now on, Qt's own buttons included."""
        speak(code)
        if keep:
            self.shell.settings.language = code
        self.retranslate()

    def set_theme(self, mode: str, *, keep: bool = True) -> None:
        """Dress the whole program in another theme from now on."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, mode)
        icons.redress(self)
        if keep:
            self.shell.settings.theme = mode
        self.menu_actions.check(f"theme.{mode}")

    def on_scheme_changed(self) -> None:
        """Follow the system's darkness and contrast, if that is what the user chose."""
        if self.shell.settings.theme == "system":
            self.set_theme("system", keep=False)

    def retranslate(self) -> None:
        """Write every word anew in the language in use; on pages not in front when they are."""
        self.menu_actions.retranslate()
        self.menu_actions.check(f"language.{i18n.current_language()}")
        for part in (self.status, self._catch_up, self._finding, self._reminding, self._keeping):
            if part is not None:
                part.retranslate()
        self._unsaid.update(self._pages)
        self.page(self._front.key)
        self._show_register()
        self.refresh()

    @property
    def finding(self) -> Finding:
        """The box that finds anything, made when it is first asked for."""
        if self._finding is None:
            from imp_plus_desktop.ui.search.finding import Finding

            self._finding = Finding(self, self, self._commands)
        return self._finding

    def find_anything(self, text: str = "") -> None:
        """Open the box that finds anything, over the page in front, with a text to look for."""
        self.finding.open(text)

    def action_state(self) -> State:
        """What stands in front of the user, as conditions of actions ask for it."""
        own = State() if self._catch_up.is_waiting() else self.current_page().action_state()
        return replace(own, idle=not self.shell.tasks.is_busy(), **kind_of(self.shell.office))

    def focusNextPrevChild(self, next: bool) -> bool:
        self._front.finish()
        return reading_order.step(self, next) or super().focusNextPrevChild(next)

    def come_to_rest(self) -> None:
        """End what is done aside, and all that would ask something later of a closed register."""
        if self._finding is not None:
            self._finding.stop()
        self.shell.tasks.close()
        self.shell.past_over.emit()
        self.shell.rest()
        self.watching.stop()
        for timer in self.findChildren(QTimer):
            timer.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._panel.leave()
        self.come_to_rest()
        state = base64.b64encode(self.saveGeometry().data()).decode("ascii")
        self.shell.settings.keep_layout(_GEOMETRY, state)
        self.shell.settings.keep_layout(_PAGE, self._front.key)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from imp_plus_desktop.ui.dialogs.files import dropped_file

        if dropped_file(event) is not None and not self.shell.tasks.is_busy():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from imp_plus_desktop.ui.dialogs.files import REGISTER_SUFFIX, dropped_file

        if (path := dropped_file(event)) is None:
            return
        event.acceptProposedAction()
        if path.suffix.lower() == REGISTER_SUFFIX:
            self._commands.open_register(path)
        else:
            self._commands.import_list(path)

    def _assemble(self) -> None:
        self._stack.addWidget(self._catch_up.face)
        centre = QWidget(self)
        layout = QHBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(self.bands.above(centre))
        self.setStatusBar(self.status)
        self.menu_actions.fill(self.menuBar())
        self.menuBar().setCornerWidget(self._register_name)

    def _connect(self) -> None:
        self.menu_actions.triggered.connect(self._on_action_triggered)
        self.menu_actions.menu(RECENT).triggered.connect(self._commands.on_recent_triggered)
        self.side.page_chosen.connect(self.open_page)
        self._catch_up.done.connect(self._on_caught_up)
        self._minute.timeout.connect(self._on_minute_passed)
        self._minute.start(_MINUTE_MS)
        self.bands.again.connect(self._commands.open_register)
        self.bands.restore.connect(self._commands.restore)
        self.status.undo_clicked.connect(self.undoing.undo)
        self.status.language_chosen.connect(self.set_language)
        shell = self.shell
        shell.data_changed.connect(self.refresh)
        shell.said.connect(self._on_shell_said)
        shell.page_requested.connect(self.open_page)
        shell.states_changed.connect(self._show_state)
        shell.office_changed.connect(self._show_register)
        shell.import_requested.connect(self._commands.import_list)
        shell.find_requested.connect(self.find_anything)
        shell.file_paper_requested.connect(self._commands.put_file_on_paper)
        shell.quota_export_requested.connect(self._commands.export_quota)
        shell.undo_requested.connect(self.undoing.undo_listed)
        shell.tasks.started.connect(self._on_task_started)
        shell.tasks.finished.connect(self._show_state)

    def _on_action_triggered(self, action: WindowAction) -> None:
        if self._finding is not None:
            self._finding.noted(action)
        action.do(self._commands)

    def _on_shell_said(self, text: str, act: object) -> None:
        self.status.say(text, act if isinstance(act, Path) else None)

    def _on_task_started(self, text: str) -> None:
        self._show_state()

    def _on_caught_up(self) -> None:
        walks = self.side.has_keys()
        self.refresh()
        if not walks:
            self._focus_front()

    def _on_minute_passed(self) -> None:
        if self.shell.today() != self._day:  # after midnight other deadlines count
            self.refresh()
            self.remind()

    def _focus_front(self) -> None:
        """Let the keys go on in the page."""
        if self._catch_up.is_waiting():
            self._catch_up.face.setFocus()
        else:
            self._front.focus_start()

    def _show_front(self) -> None:
        """Show the page in front, fresh; while files are brought up to date, say so instead."""
        self._panel.lend_to(self._front)
        if self._catch_up.is_waiting():
            self._stack.setCurrentWidget(self._catch_up.face)
            return
        self._pending.show(self._front, self._stack.setCurrentWidget)

    def _show_fresh(self, held: AbstractContextManager[object]) -> None:
        """Show the page in front and what stands around it; on a server most is asked at once."""
        made = self.shell.office.made[-1:]  # it is asked for where it can be undone
        with self.shell.office.at_once(f"window {self._front.key}", *(act.id for act in made)):
            with held:
                self._show_front()
            self._show_around()

    def _show_state(self) -> None:
        page, state = self.current_page(), self.action_state()
        self.menu_actions.enable(state)
        self.undoing.show()
        self.status.set_quiet("" if self._catch_up.is_waiting() else page.status())

    def _show_around(self) -> None:
        """Show beside the page what there is, what can be undone and what can be done."""
        counts = self._pending.counts()
        entries = []
        for key in self._kinds:
            named, keys = ENTRIES[key], self.menu_actions.action(f"view.{key}").shortcut()
            text = _(named.title)
            entries.append(SideEntry(key, named.icon, text, counts[key], keys.toString()))
        self.side.set_entries(entries)
        self.side.set_foot(foot_lines(self.shell.office))
        self.bands.show_behind(self.shell.office)
        self.undoing.look()
        self._show_state()

    def _show_register(self) -> None:
        office = self.shell.office
        allowed.work_as(self, office.rights)
        self._register_name.setText(_("Register: {name}").format(name=office.name))
        self.bands.show_for(office, self._day)
        set_tip(self._register_name, str(office.place))
        # The bar gives a corner its room when it is set, not when its text grows.
        self.menuBar().setCornerWidget(self._register_name)
        self.setWindowTitle(f"{office.title} – IMP+ Desktop")
        self._commands.on_register_shown()

    def _restore_geometry(self) -> None:
        stored = self.shell.settings.layout(_GEOMETRY)
        if not stored or not self.restoreGeometry(QByteArray(base64.b64decode(stored))):
            self.resize(QSize(_WIDTH, _HEIGHT).boundedTo(self._room()))

    def _first_page(self) -> str:
        """The page that the user wants in front at first; the first one where it is not known."""
        wanted = self.shell.settings.start_page
        if wanted == LAST_PAGE:
            wanted = self.shell.settings.layout(_PAGE)
        return wanted if wanted in self._kinds else next(iter(self._kinds))

    def _room(self) -> QSize:
        """What the screen has for a window without its title bar and frame."""
        return self.screen().availableSize() - QSize(2 * _FRAME, _TITLE_BAR + _FRAME)
