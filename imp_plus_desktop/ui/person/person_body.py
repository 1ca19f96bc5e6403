# SPDX-License-Identifier: Apache-2.0
"""What stands below the head of a person's page: verdict, time, and the blocks of the file.

    PersonBody(parent=None)
        show_file(office, view)         fill it, and show it
        retranslate()                   its own words; the sentences come with the next file
        explain(whole=True), is_explained()
        section_of(key), reveal(key) -> section, collapse_all()
        opened(), open_only(keys)       which blocks are expanded
        whole_history(), show_whole_history()
        asked(Offer), dropped(str, object, str), route_opened(str)

What is the same as before is left as it stands. Must not judge or store, nor know which file is
chosen.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.charts.permit_strip import PermitStrip
from imp_plus_desktop.ui.charts.timeline import Timeline
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.person import person_history
from imp_plus_desktop.ui.person.person_presenter import PersonView
from imp_plus_desktop.ui.person.sections import person_details, person_office, person_path
from imp_plus_desktop.ui.person.sections.entries_section import EntriesSection
from imp_plus_desktop.ui.person.sections.person_section_group import FileSections
from imp_plus_desktop.ui.person.sections.person_sections import (
    CollapsibleSection,
    FamilyBlock,
    HistorySection,
)
from imp_plus_desktop.ui.person.sections.section_stack import SectionStack
from imp_plus_desktop.ui.verdicts.routes_block import RoutesBlock
from imp_plus_desktop.ui.verdicts.verdict_panel import VerdictPanel
from imp_plus_desktop.ui.widgets.labels import keep_room, label

_ORDER = (
    "flags",
    "applications",
    "family",
    "requests",
    "documents",
    "fees",
    "portal",
    "letters",
    "passports",
    "residences",
    "work",
    "notes",
    "contacts",
    "office",
    "routes",
)
"""What is asked for most comes first; what is empty is set aside by the stack."""


class PersonBody(QWidget):
    """Everything about one file but its name."""

    asked = Signal(object)
    dropped = Signal(str, object, str)
    route_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Office, PersonView] | None = None
        self._verdict = VerdictPanel()
        self._family = FamilyBlock()
        self._routes = RoutesBlock()
        self._verdict.side.addWidget(self._routes)
        self._verdict.side.addWidget(self._family)
        self._timeline_title = label(role="heading")
        self._timeline = Timeline()
        self._permits = PermitStrip()
        self._file_sections = FileSections(self)
        own = (key for key in _ORDER if key not in self._file_sections.by_key)
        self._sections = {key: EntriesSection(key) for key in own}
        self._history = HistorySection()
        self.stack = SectionStack([self.section_of(key) for key in _ORDER], self._history)
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
        return self._file_sections.by_key.get(key) or self._sections[key]

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

    def _fill(self, office: Office, view: PersonView) -> None:
        self._verdict.show_verdict(view.verdict)
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
        self.stack.settle()
        if self._history.is_open():
            self._show_history()

    def _show_history(self) -> None:
        if self._shown is None:
            return
        office, view = self._shown
        changes = history.changes(office, view.file.person.id)
        received = {change.act for change in changes if change.entity == "application"}
        set_aside = {act: history.overrides(office, act) for act in received}
        self._history.show_lines(person_history.lines(changes, view.today, set_aside))

    def _on_history_toggled(self, key: str, is_open: bool) -> None:
        if is_open:
            self._show_history()

    def _connect(self) -> None:
        self._verdict.line_clicked.connect(self.asked)
        self._family.asked.connect(self.asked)
        self._routes.opened.connect(self.route_opened)
        self._file_sections.asked.connect(self.asked)
        self._file_sections.dropped.connect(self.dropped)
        for section in self._sections.values():
            section.asked.connect(self.asked)
        self._history.toggled.connect(self._on_history_toggled)

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(4))
        column.addWidget(self._verdict)
        time = QVBoxLayout()
        time.setSpacing(theme.space(2))
        time.addWidget(self._timeline_title)
        time.addWidget(self._timeline)
        column.addLayout(time)
        column.addWidget(self._permits)
        column.addWidget(self.stack)


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
