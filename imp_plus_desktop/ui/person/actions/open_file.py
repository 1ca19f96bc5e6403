# SPDX-License-Identifier: Apache-2.0
"""A person's file that stands open: what every action on it is handed.

    OpenFile(shell, page, person, shown, chosen=())
        read()              the file as the register holds it now
        office()            the office, for a call that stores at once; it rests on what the page
                            shows
        form_office()       the office for a form, which rests on what it showed
        window()            what a dialog stands before
        do(action)          do something to it; what can be mended is said in the status bar
        tell(text, done)    say what was stored, with an undo
    FilePage                what the page of a file offers to its actions
    HoldsFile               a page of the window on which a file may stand open
    WalksFiles              one that goes from file to file

Must not hold a rule: dialogs and services do the work.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.person.actions.several_actions import Chosen
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.messages import error_text

if TYPE_CHECKING:
    from imp_plus_desktop.services.people.attachments import Handed, ScanCopies


class FilePage(Protocol):
    """The page on which a file stands open."""

    @property
    def scans(self) -> ScanCopies: ...
    def window(self) -> QWidget: ...
    def open_section(self, key: str) -> None: ...
    def explain(self) -> None: ...
    def show_past(self) -> None: ...
    def take_document(self, source: str | Handed) -> None: ...


@runtime_checkable
class HoldsFile(Protocol):
    """A page of the window that may have a file open."""

    def file(self) -> OpenFile | None: ...


@runtime_checkable
class WalksFiles(Protocol):
    """A page of the window that goes from file to file."""

    def step(self, by: int) -> None: ...


class Stored(Protocol):
    """What a service answers of an act."""

    @property
    def act(self) -> ActId | None: ...


@dataclass(frozen=True, slots=True)
class OpenFile:
    """Whose file stands open on which page, as the office `shown` there once it is; `chosen` are
    the files chosen in the list where they are several, `hidden` of them by a filter."""

    shell: Shell
    page: FilePage
    person: int
    shown: Office | None
    chosen: tuple[int, ...] = ()
    hidden: int = 0

    def all_chosen(self) -> Chosen | None:
        """All the files that are chosen, where they are several."""
        if len(self.chosen) < 2:
            return None
        return Chosen(self.shell, self.window(), self.chosen, self.hidden)

    def read(self) -> PersonFile:
        """The file as the register holds it now. Errors: DomainError person_not_found."""
        from imp_plus_desktop.services.people import people

        return people.file(self.shell.office, self.person)

    def office(self) -> Office:
        """The open register, for what is done to what the page shows."""
        return self.shown or self.shell.office

    def form_office(self) -> Office:
        """The open register for one form: what another desk writes meanwhile is told."""
        return self.shell.office.as_shown(self.person)

    def window(self) -> QWidget:
        """The window that a dialog belongs to."""
        return self.page.window()

    def do(self, what: Callable[[OpenFile], object]) -> None:
        """Do something to the file; what another desk has changed meanwhile is asked about, and
        what can be mended is said in the status bar."""
        from imp_plus_desktop.ui.dialogs.meeting.meeting import meet

        try:
            meet(self.window(), partial(what, self))
        except AppError as error:
            self.shell.say(" ".join(filter(None, (error_text(error), error.meanwhile))))

    def tell(self, text: str, done: ActId | Stored | None) -> None:
        """Say what was stored; without an act nothing was."""
        act = done if done is None or isinstance(done, int) else done.act
        if act is not None:
            self.shell.changed(text, act)
