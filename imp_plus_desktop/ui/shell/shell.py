# SPDX-License-Identifier: Apache-2.0
"""What pages and dialogs are handed: the office, the tasks, and ways to speak to the window.

    Shell(office, *, inline_tasks=False, parent=None)
        .office: Office (may change: another register opened)   .settings   .tasks   .reporter
        .sole: SoleWindow | None     what keeps this the register's one window
        today() -> date
        say(text, act=None)      a line in the status bar; with an act it offers to undo it
        say_saved(text, path)    a line in the status bar with a way to the file's folder
        changed(text="", act=None)   something was stored: the pages that it concerns refresh
        go(page, argument=None)  opens a page; its `open_with(argument)` gets the argument
        go_import(), go_export_quota(year), undo(act)    commands of the window
        go_paper(person, pdf=False)                      a file on a printer, or as PDF
        take_back(act, done, whole=False)    undoes an act, away from the window if that takes long
        take_back_own(own, done)     the same for what was done here: whole, or not at all
        state_changed()          call after a selection changed: actions are enabled anew
        one_state()              while this lasts, that is only noted, and told once at its end
        start(text, job, on_result, on_failure=None) -> bool   Tasks.start, says when one is running
        try_start(…) -> bool     the same, silent
        start_turns(text, turns, on_result) -> bool            Tasks.start_turns, as `start`
    signals: office_changed(), data_changed(Touched), said(str, object), journal_grew(int),
        page_requested(str, object), states_changed(), standing_at(object), around_changed()

Must not know any page by its class, nor hold a widget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from imp_plus_desktop.domain.reads.touched import EVERYTHING, NOTHING, Touched
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.days.day_words import count_from
from imp_plus_desktop.ui.shell.errors import ErrorReporter
from imp_plus_desktop.ui.shell.tasks import Job, JobProgress, Tasks, Turns

if TYPE_CHECKING:
    from imp_plus_desktop.services.history.history import Undone
    from imp_plus_desktop.services.history.own_acts import OwnAct
    from imp_plus_desktop.ui.shell.sole_window import SoleWindow


class Shell(QObject):
    """The window as its pages see it."""

    office_changed = Signal()
    data_changed = Signal(object)
    said = Signal(str, object)
    journal_grew = Signal(int)
    """The journal ends with this act now: one may have changed no row, as what leaves does not."""
    page_requested = Signal(str, object)
    states_changed = Signal()
    import_requested = Signal()
    find_requested = Signal(str)
    quota_export_requested = Signal(int)
    file_paper_requested = Signal(int, bool)
    undo_requested = Signal(object)
    standing_at = Signal(object)
    """Which file is open here, None for none: the other desks of a server see it."""
    around_changed = Signal()
    """Other desks came, went, or opened another file: see `Office.company`."""
    past_over = Signal()
    """What is looked at of a past day has to go: the key of the register is forgotten, another
    register is opened, or the window closes."""

    _states_held, _state_waits = 0, False

    def __init__(
        self, office: Office, *, inline_tasks: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._told = len(office.made)
        self.totals: dict[str, int] = {}
        """How many rows there are in all of a list, by its page: what it has counted since any of
        them was touched, the side bar need not count again."""
        self.sole: SoleWindow | None = None
        self.tasks = Tasks(self, inline=inline_tasks)
        self.aside = Tasks(self, inline=inline_tasks)
        """What is only counted, which nobody waits for: the status bar says nothing of it."""
        self.keeping = Tasks(self, inline=inline_tasks)
        """Copies that are made while one works."""
        self.reporter = ErrorReporter(self)
        self.tasks.failed.connect(self.reporter.report)
        self.aside.failed.connect(self.reporter.report)
        self.keeping.failed.connect(self.reporter.report)
        count_from(self.today)

    @property
    def office(self) -> Office:
        """The open register with what is around it; ask anew at each use."""
        return self._office

    @property
    def settings(self) -> Settings:
        return self._office.settings

    def today(self) -> date:
        """The office's day."""
        return self._office.clock.today()

    def set_office(self, office: Office) -> None:
        """Work on another register from now on; the caller closes the former one."""
        self.past_over.emit()
        self.rest()
        self._office = office
        self._told = len(office.made)
        self.office_changed.emit()
        self.data_changed.emit(EVERYTHING)

    def say(self, text: str, act: ActId | None = None) -> None:
        """Put a line into the status bar; with an act, a link beside it undoes that act."""
        self.said.emit(text, act)

    def say_saved(self, text: str, path: Path) -> None:
        """Put a line into the status bar, with a link to the folder of the file just written."""
        self.said.emit(text, path)

    def changed(self, text: str = "", act: ActId | None = None) -> None:
        """Tell that something was stored, so that every page that it concerns shows it."""
        self.data_changed.emit(self._touched())
        if text:
            self.say(text, act)

    def _touched(self) -> Touched:
        """What was done here since this was last asked. Whoever tells of a change without an act
        of this office tells of what another desk did: that may be anything."""
        made = self._office.made
        first, self._told = self._told, len(made)
        touched = NOTHING
        for act in made[first:]:
            touched |= act.touched
        return touched if first < len(made) else EVERYTHING

    def go(self, page: str, argument: object = None) -> None:
        """Open a page by its key; an argument goes to its `open_with`."""
        self.page_requested.emit(page, argument)

    def go_import(self) -> None:
        """Ask for a list and begin its import."""
        self.import_requested.emit()

    def go_paper(self, person: int, *, pdf: bool = False) -> None:
        """Put a file on paper: before the eyes and on a printer, or as a PDF file."""
        self.file_paper_requested.emit(person, pdf)

    def go_export_quota(self, year: int) -> None:
        """Ask for a place and write a year's quota there."""
        self.quota_export_requested.emit(year)

    def take_back(self, act: int, done: Callable[[Any], None], *, whole: bool = False) -> None:
        """Undo an act and call `done` with the `history.Undone`; `whole` as of `history.undo`.

        At once, or away from the window when it is large; the lists are then up to date too.
        """
        from imp_plus_desktop.services.history import history

        undo = partial(history.undo, self._office, act, whole=whole)
        self._take_back(act, undo, done)

    def take_back_own(self, own: OwnAct, done: Callable[[Any], None]) -> None:
        """Undo, or bring back, what was done here, and call `done` with the `history.Undone`."""
        from imp_plus_desktop.services.history import own_acts

        self._take_back(own.target, partial(own_acts.take_back, self._office, own), done)

    def _take_back(self, act: int, undo: Callable[[], Undone], done: Callable[[Any], None]) -> None:
        from imp_plus_desktop.services.history import history

        if history.is_large(self._office, act):
            self.start(_("Undoing…"), partial(_undo_away, self._office, undo), done)
        else:
            done(undo())

    def undo(self, act: int) -> None:
        """Undo an act that a list shows, by its id, and say what was kept."""
        self.undo_requested.emit(act)

    def state_changed(self) -> None:
        """Have the actions enabled anew, after a selection changed."""
        if self._states_held:
            self._state_waits = True
        else:
            self.states_changed.emit()

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Whatever is chosen inside, the actions are enabled once, by how things stand at the
        end."""
        self._states_held += 1
        try:
            yield
        finally:
            self._states_held -= 1
            if self._state_waits and not self._states_held:
                self._state_waits = False
                self.states_changed.emit()

    def try_start(
        self,
        text: str,
        job: Job,
        on_result: Callable[[Any], None],
        on_failure: Callable[[BaseException], None] | None = None,
    ) -> bool:
        """As `start`, but silent while another task runs. What is done aside gives way: a task may
        need the register for itself."""
        self.rest()
        return self.tasks.start(text, _Released(job, self._office), on_result, on_failure)

    def start_aside(self, job: Job, on_result: Callable[[Any], None]) -> bool:
        """Count something away from the window; False while something is counted, or a task
        runs."""
        if self.tasks.is_busy():
            return False
        own = job if self.aside.is_inline() else _Released(job, self._office)
        return self.aside.start("", own, on_result)

    def start_keeping(self, job: Job, on_result: Callable[[Any], None]) -> bool:
        """Look after the copies away from the window; False while that is done already."""
        own = job if self.keeping.is_inline() else _Released(job, self._office)
        return self.keeping.start("", own, on_result)

    def rest(self) -> None:
        """End what is done aside."""
        self.aside.close()
        self.keeping.close()

    def start(
        self,
        text: str,
        job: Job,
        on_result: Callable[[Any], None],
        on_failure: Callable[[BaseException], None] | None = None,
    ) -> bool:
        """Run a long call away from the window; says so and does nothing while another runs."""
        return self.try_start(text, job, on_result, on_failure) or self._say_wait()

    def start_turns(self, text: str, turns: Turns, on_result: Callable[[Any], None]) -> bool:
        """Run a long piece of the window's own work in turns with it; else as `start`."""
        return self.tasks.start_turns(text, turns, on_result) or self._say_wait()

    def _say_wait(self) -> bool:
        self.say(_("Please wait until this is done: {task}").format(task=self.tasks.text))
        return False


def _undo_away(office: Office, undo: Callable[[], Undone], _progress: JobProgress) -> Undone:
    undone = undo()
    summary.refresh(office)
    return undone


class _Released:
    """A job that gives back the connection which the register opened for its thread."""

    def __init__(self, job: Job, office: Office) -> None:
        self._job = job
        self._office = office

    def __call__(self, progress: JobProgress) -> Any:
        try:
            return self._job(progress)
        finally:
            self._office.release()
