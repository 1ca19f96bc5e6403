# SPDX-License-Identifier: Apache-2.0
"""The box that finds anything, as the window has it: what it lists, and what a line does.

    Finding(window, desk, commands)       the window as a widget, and as the box needs it
        open()                    the box comes over the page
        noted(action), opened(person)     what was done and whose file was opened, for an empty box
        stop()                    nothing is asked any more

What is typed stands nowhere but in the box. Who was opened is known for the session alone: in the
settings it would lie beside the register's passphrase, and in the register colleagues would read
who looked at whom. An empty box fills up with the files of the latest acts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from time import monotonic
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.search.hits import HitKind
from imp_plus_desktop.domain.search.typed import Typed, read
from imp_plus_desktop.domain.values.identifiers import row_id
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.search import finding
from imp_plus_desktop.services.search.finding import Found
from imp_plus_desktop.ui.lists.person_list import PersonListPage
from imp_plus_desktop.ui.look import allowed
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.person.actions.file_table import FileAction
from imp_plus_desktop.ui.person.actions.open_file import HoldsFile
from imp_plus_desktop.ui.search.asking import Asker
from imp_plus_desktop.ui.search.box import FindBox
from imp_plus_desktop.ui.search.command_rows import HIDDEN, command_row, matching
from imp_plus_desktop.ui.search.hit_rows import (
    LIKELY,
    NUMBERS,
    PEOPLE,
    file_row,
    hit_groups,
    likely_group,
)
from imp_plus_desktop.ui.search.rows import Group, Row
from imp_plus_desktop.ui.shell.actions import Action, State
from imp_plus_desktop.ui.shell.menu_bar import MenuBarActions
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.servers.role_names import unsearched_text

_RECENT, _USED, _OFFERED = 8, 5, 4
_FIRST_USED = ("edit.add_person", "file.import", "view.deadlines", "view.overview", "help.guide")
"""What the empty box offers until more was used."""
COMMANDS, NUMBERS_ONLY = ">", "#"


class Desk(Protocol):
    """The window, as far as the box needs it."""

    shell: Shell
    menu_actions: MenuBarActions

    def current_page(self) -> Page: ...
    def open_page(self, key: str, argument: object = None) -> Page: ...
    def is_catching_up(self) -> bool: ...
    def action_state(self) -> State: ...


class Commands(Protocol):
    """What the window's commands do for the box; every action of the menus takes them."""

    def add_person(self, name: str = "") -> None: ...
    def show_guide(self) -> None: ...


class Finding(QObject):
    """The box, who answers it and what its lines do."""

    def __init__(self, window: QWidget, desk: Desk, commands: Commands) -> None:
        super().__init__(window)
        self._over, self._window, self._commands = window, desk, commands
        self._shell = desk.shell
        self._box: FindBox | None = None
        self._opened: dict[int, float] = {}
        self._used: Counter[str] = Counter()
        self._asked_of: Office | None = None
        self._shown: str | None = None
        """The question whose answer is shown."""
        inline = self._shell.tasks.is_inline()
        self._asker = Asker(self._answers, self._give_back, inline=inline, parent=self)
        self._asker.answered.connect(self._on_answered)
        self._asker.failed.connect(self._on_failed)
        self._shell.office_changed.connect(self._on_office_changed)

    @property
    def box(self) -> FindBox:
        """The box, made when it is first asked for."""
        if self._box is None:
            self._box = FindBox(self._over)
            self._box.asked.connect(self._on_asked)
            self._box.chosen.connect(self._on_chosen)
            self._box.closed.connect(self._asker.stop)
            self._box.help_wanted.connect(self._commands.show_guide)
        return self._box

    def open(self, text: str = "") -> None:
        """Bring the box over the page, with a text to look for if there is one; not while the files
        are brought up to date."""
        if not self._window.is_catching_up():
            self.box.open_box(text)

    def close(self) -> None:
        """Let the box go, if it is open."""
        if self._box is not None:
            self._box.close_box()

    def noted(self, action: Action[Any]) -> None:
        """Count what is used here."""
        if action.id not in HIDDEN:
            self._used[action.id] += 1

    def opened(self, person: int) -> None:
        """Note whose file was opened."""
        self._opened.pop(person, None)
        self._opened[person] = monotonic()

    def retranslate(self) -> None:
        """Write every word anew."""
        if self._box is not None:
            self._box.retranslate()

    def stop(self) -> None:
        """Ask nothing any more, and wait until nobody answers."""
        self._asker.stop()
        self._asker.join()

    def open_file(self, person: int, section: str) -> None:
        """Show somebody's file, with a block of it expanded."""
        self.opened(person)
        page = self._window.open_page("people", person)
        if section and isinstance(page, PersonListPage):
            page.panel.open_section(section)

    def is_closed(self, person: int) -> bool:
        """Whether nothing is to be done in somebody's file any more."""
        return finding.is_closed(self._shell.office, person)

    def do_to(self, person: int, action: FileAction) -> None:
        """Do the next step of somebody's file."""
        self.open_file(person, "")
        page = self._window.current_page()
        file = page.file() if isinstance(page, HoldsFile) else None
        if file is not None and file.person == person:
            file.do(action.do)

    def _on_asked(self, text: str) -> None:
        """Commands at once, and ask for the rest."""
        self._asker.ask(text)
        if text.startswith(COMMANDS):
            self._show(self._commands_for(text[1:], most=None), text)

    def _answers(self, text: str) -> Iterator[object]:
        """Away from the window: what was found, then who may have been meant."""
        if text.startswith(COMMANDS):
            return
        office = self._asked_of = self._shell.office
        typed = read(text.removeprefix(NUMBERS_ONLY))
        if not typed.parts:
            yield text, self._recent(), None
            return
        if text.startswith(NUMBERS_ONLY):
            yield text, self._numbered(text, typed), None
            return
        found = finding.find(office, text)
        groups = hit_groups(found, typed, self)
        if found.hits:
            yield text, groups, found
        likely = finding.alike(office, text, found.people)
        offered = likely_group(likely, typed, self)
        if offered is not None or not found.hits:
            yield text, _with_likely(groups, offered), found

    def _numbered(self, text: str, typed: Typed) -> list[Group]:
        """Numbers only: the file of that number in the register, and what is numbered so."""
        office = self._shell.office
        own = row_id(text)
        files = finding.opened(office, [own]) if own is not None else []
        rows = [file_row(file, self, _("number in the register")) for file in files]
        found = finding.find(office, text.removeprefix(NUMBERS_ONLY))
        hits = (hit for hit in found.hits if hit.kind is not HitKind.NOTE)
        groups = hit_groups(Found(tuple(hits), found.more), typed, self)
        known = {row.key for row in rows}
        rest = [row for group in groups for row in group.rows if row.key not in known]
        return [Group(NUMBERS, _("Numbers"), (*rows, *rest))] if rows or rest else []

    def _recent(self) -> list[Group]:
        """Whose files were opened last, then whom the latest acts touched."""
        office = self._shell.office
        now, opened = monotonic(), dict(reversed(self._opened.items()))
        files = finding.opened(office, list(opened)[:_RECENT])
        ago = {person: _ago(now - since) for person, since in opened.items()}
        files += [f for f in finding.latest(office, _RECENT) if f.person.id not in opened]
        rows = [file_row(file, self, ago.get(file.person.id, "")) for file in files[:_RECENT]]
        return [Group("recent", _("Recent"), tuple(rows))] if rows else []

    def _on_answered(self, answer: object) -> None:
        text, groups, found = cast("tuple[str, list[Group], Found | None]", answer)
        own = [] if text.startswith(NUMBERS_ONLY) else self._commands_for(text, _OFFERED, found)
        self._show([*groups, *own], text, found)

    def _show(self, groups: list[Group], text: str, found: Found | None = None) -> None:
        counted = {PEOPLE, LIKELY, NUMBERS}
        count = sum(len(group.rows) for group in groups if group.key in counted)
        shown = sum(len(group.rows) for group in groups if group.key in {PEOPLE, NUMBERS})
        if found is not None and (found.more or shown < len(found.hits)):
            told = _("more than {count} results")
        else:
            told = ngettext("{count} result", "{count} results", count)
        told = told.format(count=format_number(count))
        if not count and self._shell.office.only_reads and any(map(str.isdigit, text)):
            told = unsearched_text(told)
        self.box.set_count(told if text.strip(f"{COMMANDS} ") else "")
        # What comes later to the same question moves no line that is chosen; a new one begins anew.
        self.box.show_groups(groups, keep=text == self._shown)
        self._shown = text

    def _commands_for(self, text: str, most: int | None, found: Found | None = None) -> list[Group]:
        """Commands and pages whose words were typed; for nothing typed, those most used here."""
        table = self._window.menu_actions.table()
        state = self._window.action_state()
        typed = read(text)
        words = [word for part in typed.parts for word in part.text.split()]
        rows: list[Row] = []
        if most is not None and not words:
            used = [name for name, _times in self._used.most_common(_USED)]
            by_id = {action.id: action for action in table}
            names = [name for name in dict.fromkeys((*used, *_FIRST_USED)) if name in by_id]
            rows = [command_row(by_id[name], state, self._do) for name in names[:_USED]]
        elif most is None or words:
            rows = matching(table, words, state, self._do)[:most]
        if most is not None and words:
            rows = [*self._with_typed(text, typed, found), *rows]
        return [Group("commands", _("Commands and pages"), tuple(rows))] if rows else []

    def _with_typed(self, text: str, typed: Typed, found: Found | None) -> Iterator[Row]:
        """What carries on with what was typed."""
        name = " ".join(text.split())
        if found is not None and found.hits:
            shown = _("People, filtered on “{text}”").format(text=name)
            wanted = PeopleFilter(text=text)
            yield Row("filter", "people", shown, open=partial(self._filter, wanted))
        may_add = allowed.covers(self._shell.office.rights, "people.add")
        if may_add and all(part.is_name for part in typed.parts):
            added = _("Add a person “{name}”…").format(name=name)
            yield Row("add", "plus", added, open=partial(self._commands.add_person, name),
                      keys=self._keys_of("edit.add_person"))  # fmt: skip

    def _keys_of(self, name: str) -> str:
        action = self._window.menu_actions.action(name)
        return action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)

    def _filter(self, wanted: PeopleFilter) -> None:
        self._window.open_page("people", wanted)

    def _do(self, action: Action[Any]) -> None:
        self.noted(action)
        action.do(self._commands)

    def _on_chosen(self, row: Row, act: bool) -> None:
        self.box.close_box()
        (row.do if act else row.open)()

    def _on_failed(self, error: object) -> None:
        self.box.close_box()
        self._shell.reporter.report(cast(BaseException, error))

    def _on_office_changed(self) -> None:
        self.stop()
        self._opened.clear()
        if self._box is not None:
            self._box.close_box()
            self._box.edit.clear()

    def _give_back(self) -> None:
        """Close the connection which the register opened for the thread that ends."""
        if self._asked_of is not None:
            self._asked_of.release()


def _with_likely(groups: list[Group], likely: Group | None) -> list[Group]:
    """The sections with who may have been meant below the first of them, or alone."""
    if likely is None:
        return groups
    return [*groups[:1], likely, *groups[1:]]


def _ago(seconds: float) -> str:
    """How long ago, in whole minutes."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("{count} min ago", "{count} min ago", minutes).format(count=minutes)
    return ngettext("{count} h ago", "{count} h ago", minutes // 60).format(count=minutes // 60)
