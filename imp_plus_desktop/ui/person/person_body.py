# SPDX-License-Identifier: Apache-2.0
"""What stands below the head of a person's page: verdict, time, and the blocks of the file.

    PersonBody(parent=None, look_only=False)    whether it is looked at only: nothing is offered
        show_file(office, view)         fill it, and show it
        retranslate()                   its own words; the sentences come with the next file
        explain(whole=True), is_explained()
        section_of(key), reveal(key) -> section, collapse_all()
        opened(), open_only(keys)       which blocks are expanded
        whole_history(), show_whole_history(), read_on(end)
        edit_values(key="")     change the first value of a block, where it stands
        documents               the checklist, which takes files
        leave_values() -> bool  keep what is being typed; False where it cannot be left so
        asked(Offer), dropped(str, object, object), route_opened(str), stored(str, ActId)

What is the same as before is left as it stands. Must not judge or store, nor know which file is
chosen.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.history import act_list, history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.charts.permit_strip import PermitStrip
from imp_plus_desktop.ui.charts.timeline import Timeline
from imp_plus_desktop.ui.look import allowed, theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.person import person_history
from imp_plus_desktop.ui.person.person_notes import PinnedNotes
from imp_plus_desktop.ui.person.person_presenter import PersonView
from imp_plus_desktop.ui.person.section_order import ORDER, order_for
from imp_plus_desktop.ui.person.sections import person_details, person_office, person_path
from imp_plus_desktop.ui.person.sections.entries_section import EntriesSection
from imp_plus_desktop.ui.person.sections.person_documents import DocumentSection
from imp_plus_desktop.ui.person.sections.person_section_group import FileSections
from imp_plus_desktop.ui.person.sections.person_sections import (
    CollapsibleSection,
    FamilyBlock,
    HistorySection,
)
from imp_plus_desktop.ui.person.sections.section_stack import SectionStack
from imp_plus_desktop.ui.person.values.in_place import InPlace
from imp_plus_desktop.ui.person.values.past_values import PastValues
from imp_plus_desktop.ui.person.values.value_groups import KEYS, groups
from imp_plus_desktop.ui.person.values.value_line import ValueLine
from imp_plus_desktop.ui.person.values.value_section import ValueSection
from imp_plus_desktop.ui.verdicts.routes_block import RoutesBlock
from imp_plus_desktop.ui.verdicts.verdict_panel import VerdictPanel
from imp_plus_desktop.ui.widgets.labels import keep_room, label

_EDIT = "people.edit"


class PersonBody(QWidget):
    """Everything about one file but its name."""

    asked = Signal(object)
    dropped = Signal(str, object, object)
    route_opened = Signal(str)
    stored = Signal(str, object)

    def __init__(self, parent: QWidget | None = None, *, look_only: bool = False) -> None:
        super().__init__(parent)
        self._look_only = look_only
        self._in_place = InPlace(self)
        self._past = PastValues(self, self._in_place.aside)
        self._values = {key: ValueSection(key) for key in KEYS}
        self._shown: tuple[Office, PersonView] | None = None
        self._end = self._papers = 0
        self._verdict = VerdictPanel()
        self._notes = PinnedNotes()
        self._family = FamilyBlock()
        self._routes = RoutesBlock()
        self._verdict.below.addWidget(self._notes)
        self._verdict.side.addWidget(self._routes)
        self._verdict.side.addWidget(self._family)
        self._timeline_title = label(role="heading")
        self._timeline = Timeline()
        self._permits = PermitStrip()
        self._file_sections = FileSections(self)
        others = {**self._file_sections.by_key, **self._values}
        self._sections = {key: EntriesSection(key) for key in ORDER if key not in others}
        self._history = HistorySection()
        self.stack = SectionStack([self.section_of(key) for key in ORDER], self._history)
        keep_room(self)  # while it waits to be filled nothing around it moves
        self._assemble()
        self._connect()

    def show_file(self, office: Office, view: PersonView) -> None:
        """Show a file. Its blocks stay expanded or collapsed as they are."""
        self._shown = office, view
        with _unseen(self):
            self._fill(office, view)

    def retranslate(self) -> None:
        """Write its own words anew."""
        self._timeline_title.setText(_("Timeline"))
        set_name(self._timeline, _("Timeline"))
        self._verdict.retranslate()
        self._family.retranslate()
        self._routes.retranslate()
        self._permits.retranslate()
        self._history.retranslate()

    def explain(self, *, whole: bool = True) -> None:
        """Expand the verdict: every rule with its source, and the last safe day's chain."""
        self._verdict.expand(whole=whole)

    def is_explained(self) -> bool:
        """Whether the verdict is expanded."""
        return self._verdict.is_expanded()

    def section_of(self, key: str) -> CollapsibleSection:
        """One block. KeyError when there is none."""
        if key == self._history.key:
            return self._history
        others: dict[str, CollapsibleSection] = {**self._file_sections.by_key, **self._values}
        return others.get(key) or self._sections[key]

    def reveal(self, key: str) -> CollapsibleSection:
        """Expand a block, whether set aside or not."""
        section = self.section_of(key)
        self.stack.reveal(section)
        section.set_open(True)
        if section is self._history:
            self._show_history()
        return section

    def collapse_all(self) -> None:
        """Collapse every block."""
        self.stack.collapse_all()

    def opened(self) -> frozenset[str]:
        """The keys of the blocks that are expanded."""
        return self.stack.opened()

    def open_only(self, keys: frozenset[str]) -> None:
        """Expand these blocks and collapse the others."""
        had_history = self._history.is_open()
        self.stack.open_only(keys)
        if self._history.is_open() and not had_history:
            self._show_history()

    def whole_history(self) -> bool:
        """Whether the older part of the history is shown."""
        return self._history.is_whole()

    def show_whole_history(self) -> None:
        """Show the older part of the history too."""
        self._history.show_whole()

    def read_on(self, end: int) -> None:
        """The journal ends with another act: an open history shows what of this file has left. An
        act that changed something in it has the whole page fetched anew."""
        if self._shown is None or not self._history.is_open() or end == self._end:
            return
        office, view = self._shown
        self._end = end
        if len(act_list.papers_of(office, view.file.person.id)) == self._papers:
            return
        whole = self._history.is_whole()
        self._show_history()
        if whole:
            self._history.show_whole()

    def _fill(self, office: Office, view: PersonView) -> None:
        self._verdict.show_verdict(view.verdict.without_ways() if self._look_only else view.verdict)
        self._notes.show_file(view.file)
        self._family.show_family(person_details.family(view.file, view.today))
        self._timeline.set_points(view.points)
        self._routes.show_routes(person_office.proposals(office, view.file, view.listed))
        own = person_office.sections(office, view.file)
        self._file_sections.show_file(office, view.file)
        self._permits.show_view(person_path.permit_view(office, view.file))
        path = person_path.sections(office, view.file)
        programme = office.programme()
        for section in (*person_details.sections(view.file, view.today, programme), *path, *own):
            self._sections[section.key].show_section(section)
        self._past.show_file(view.office, view.file)
        beside = (*person_details.beside(view.file), person_path.track(office, view.file))
        others = {section.key: section for section in beside}
        for group in groups(view.file):
            self._values[group.key].show_group(group, others.get(group.key))
        self.stack.set_order(order_for(view.row.status))
        self.stack.settle()
        if self._history.is_open():
            self._show_history()
        self._quiet()

    def _quiet(self) -> None:
        """Offer nothing of a file that is only looked at."""
        if not self._look_only:
            return
        for part in (self.stack, self._family, self._routes, self._notes):
            for one in part.findChildren(QPushButton):
                if isinstance(one, ValueLine):
                    one.hold_still()
                    continue
                one.setVisible(self._history.isAncestorOf(one) and one.isVisibleTo(self._history))

    def edit_values(self, key: str) -> None:
        """Change the first value of a block, where it stands."""
        section = self.reveal(key)
        if isinstance(section, ValueSection) and section.lines():
            self._on_edited(section.lines()[0])

    @property
    def documents(self) -> DocumentSection:
        """The checklist of documents."""
        return self._file_sections.documents

    def leave_values(self) -> bool:
        """Keep what is being typed; False where it cannot be left so."""
        return self._in_place.leave()

    def let_go(self) -> str:
        """Somebody else comes: keep what is being typed, or say in a sentence what was not kept."""
        self._in_place.leave()
        lost = self._in_place.lost()
        self._in_place.give_up()
        return lost

    def _on_edited(self, line: ValueLine, text: str | None = None) -> None:
        if self._shown is None or self._look_only:
            return
        offer = line.value().offer
        if offer is not None:
            self.asked.emit(offer)
            return
        if not allowed.may(self, _EDIT):
            self._in_place.say(line, allowed.why_not(self, _EDIT))
            return
        _office, view = self._shown
        self._past.drop()
        self._in_place.begin(line, view.office, view.file, text)

    def _on_past_failed(self, line: ValueLine, sentence: str) -> None:
        self._in_place.say(line, sentence)

    def _on_onwards(self, line: ValueLine, back: bool) -> None:
        """Tab goes from value to value, and opens the next one."""
        lines = [
            one
            for key in self.stack.order()
            if key in self._values and self._values[key].is_open()
            for one in self._values[key].lines()
            if one.value().offer is None
        ]
        place = lines.index(line) + (-1 if back else 1)
        if self._in_place.leave() and 0 <= place < len(lines):
            self._on_edited(lines[place])

    def _show_history(self) -> None:
        if self._shown is None:
            return
        office, view = self._shown
        self._end = act_list.last(office)
        changes = history.changes(office, view.file.person.id)
        received = {change.act for change in changes if change.entity == "application"}
        set_aside = {act: history.overrides(office, act) for act in received}
        papers = act_list.papers_of(office, view.file.person.id)
        self._papers = len(papers)
        self._history.show_lines(person_history.lines(changes, view.today, set_aside, papers))

    def _on_history_toggled(self, key: str, is_open: bool) -> None:
        if is_open:
            self._show_history()

    def _on_section_toggled(self, _key: str, _is_open: bool) -> None:
        self._quiet()

    def _connect(self) -> None:
        self._verdict.line_clicked.connect(self.asked)
        self._notes.asked.connect(self.asked)
        self._family.asked.connect(self.asked)
        self._routes.opened.connect(self.route_opened)
        self._file_sections.asked.connect(self.asked)
        self._file_sections.dropped.connect(self.dropped)
        self.documents.setAcceptDrops(not self._look_only)
        for section in self._sections.values():
            section.asked.connect(self.asked)
        for values in self._values.values():
            values.edited.connect(self._on_edited)
            values.asked.connect(self.asked)
            if not self._look_only:
                self._past.attend(values)
        self._past.stored.connect(self.stored)
        self._past.failed.connect(self._on_past_failed)
        self._in_place.onwards.connect(self._on_onwards)
        self._in_place.stored.connect(self.stored)
        self._history.toggled.connect(self._on_history_toggled)
        if self._look_only:
            for key in ORDER:
                self.section_of(key).toggled.connect(self._on_section_toggled)

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(4))
        column.addWidget(self._verdict)
        column.addWidget(self.stack)
        time = QVBoxLayout()
        time.setSpacing(theme.space(2))
        time.addWidget(self._timeline_title)
        time.addWidget(self._timeline)
        column.addLayout(time)
        column.addWidget(self._permits)


@contextmanager
def _unseen(body: QWidget) -> Iterator[None]:
    """Change what is in it while none of it is seen: each widget that comes into view has Qt lay
    out everything around it. Where the keys are in it they stay, and it is changed in view."""
    focused = QApplication.focusWidget()
    if focused is None or not body.isAncestorOf(focused):
        body.hide()
    try:
        yield
    finally:
        body.show()
