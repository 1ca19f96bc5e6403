# SPDX-License-Identifier: Apache-2.0
"""A person's page: who, may they apply and until when, why, what is missing, then the details.

    PersonPanel(shell, parent=None)
        show_person(person_id | None), refresh(), retranslate()
        bring(person_id | None)    the same, fetched only where that is not what is shown
        tell(touched), forget()    what is shown may not hold any more: the next `bring` fetches it
        state(), restore(state)    how it stands, to be lent to another list and come back
        file() -> OpenFile | None  the file shown, for what is done to it
        do(what)                   do something to the file shown
        action_state() -> State    what the file allows, for the conditions of actions
        open_section(key)          expand one block, such as "history"
        explain()                  expand the verdict

It stands beside every list of a window, one after the other. Must not judge or store: the words
come from `person_presenter`, the details from `person_details`, and what is done from
`person_actions`.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.domain.reads.touched import Touched
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.people.attachments import ScanCopies
from imp_plus_desktop.ui.charts.permit_strip import PermitStrip
from imp_plus_desktop.ui.charts.timeline import Timeline
from imp_plus_desktop.ui.look import icons, theme
from imp_plus_desktop.ui.look.act_presenter import done_by_text
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.person import person_history, person_presenter
from imp_plus_desktop.ui.person.actions.document_actions import attach
from imp_plus_desktop.ui.person.actions.file_table import (
    DECIDE,
    FILE_MENU,
    PERMIT,
    UNDO_LAST,
    FileAction,
    FileOffer,
)
from imp_plus_desktop.ui.person.actions.office_actions import last_act, undo
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.person.panel_state import PanelState, is_seen
from imp_plus_desktop.ui.person.person_presenter import PersonView
from imp_plus_desktop.ui.person.sections import person_details, person_office, person_path
from imp_plus_desktop.ui.person.sections.person_section_group import FileSections
from imp_plus_desktop.ui.person.sections.person_sections import (
    CollapsibleSection,
    EntriesSection,
    FamilyBlock,
    HistorySection,
)
from imp_plus_desktop.ui.person.sections.section_stack import SectionStack
from imp_plus_desktop.ui.shell.actions import Entries, State, mapped
from imp_plus_desktop.ui.shell.menu_bar import offer_menu
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.verdicts.routes_block import RoutesBlock
from imp_plus_desktop.ui.verdicts.verdict_panel import VerdictPanel
from imp_plus_desktop.ui.widgets.frames import Card, EmptyState
from imp_plus_desktop.ui.widgets.labels import button, label

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
WIDTH = 30
"""The least width, in sizes of the body's type."""


class PersonPanel(Card):
    """The page of one person, or a quiet word when nobody is chosen."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._shell = shell
        self._person_id: int | None = None
        self._view: PersonView | None = None
        self._wanted: QWidget | None = None
        self.scans = ScanCopies()
        self._holds = False
        self._to_restore: PanelState | None = None
        self._down_to: int | None = None
        self._name = label(role="subject", wrap=True)
        self._identity = label(role="small", wrap=True)
        self._identity.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._step = button()
        self._more = button(role="", icon="more")
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
        self._stack = SectionStack([self._section_of(key) for key in _ORDER], self._history)
        self._nobody = EmptyState()
        self._assemble()
        self._connect()
        self.retranslate()

    def show_person(self, person_id: int | None) -> None:
        """Show a person, or that nobody is chosen."""
        if person_id != self._person_id:
            self._scroll.verticalScrollBar().setValue(0)
        self._person_id = person_id
        self.refresh()

    def bring(self, person_id: int | None) -> None:
        """Show a person as the list in front left them; nothing is fetched that still holds."""
        state, self._to_restore = self._to_restore, None
        if person_id != self._person_id or not self._holds:
            self.show_person(person_id)
        if state is not None:
            self._restore(state)

    def tell(self, touched: Touched) -> None:
        """Hear what was touched."""
        if is_seen(touched, self._person_id):
            self._holds = False

    def forget(self) -> None:
        """Fetch the file anew the next time that it is brought."""
        self._holds = False

    def state(self) -> PanelState:
        """How it stands."""
        if self._to_restore is not None:
            return self._to_restore
        return PanelState(
            self._person_id,
            self._stack.opened(),
            self._verdict.is_expanded(),
            self._history.is_whole(),
            self._scroll.verticalScrollBar().value(),
        )

    def restore(self, state: PanelState) -> None:
        """Stand as it was left elsewhere, once somebody is brought."""
        self._to_restore = state
        # What stays folded is not filled in vain.
        self._stack.open_only(self._stack.opened() & state.opened)

    def person_id(self) -> int | None:
        """Whose page this is."""
        return self._person_id

    def refresh(self) -> None:
        """Fetch the file anew; one that is gone leaves the page empty."""
        self._holds = True
        self._view = None
        if self._person_id is not None:
            try:
                self._view = person_presenter.read(self._shell.office, self._person_id)
            except DomainError:
                self._person_id = None
        self._pages.setCurrentIndex(0 if self._view is not None else 1)
        if self._view is not None:
            self._show(self._view)

    def retranslate(self) -> None:
        """Write every word anew."""
        set_name(self._more, _("More actions for this file"))
        set_tip(self._more, _("More actions for this file"))
        self._timeline_title.setText(_("Timeline"))
        set_name(self._timeline, _("Timeline"))
        self._nobody.set_texts(_("Nobody is chosen"), _("Choose somebody in the list."))
        self._verdict.retranslate()
        self._family.retranslate()
        self._routes.retranslate()
        self._permits.retranslate()
        self._history.retranslate()
        self.refresh()

    def file(self) -> OpenFile | None:
        """The file shown, as its actions need it."""
        if self._person_id is None:
            return None
        return OpenFile(self._shell, self, self._person_id)

    def do(self, what: Callable[[OpenFile], object]) -> None:
        """Do something to the file shown, if there is one."""
        file = self.file()
        if file is not None:
            file.do(what)

    def action_state(self) -> State:
        """What the file shown allows."""
        if self._view is None:
            return State()
        step = self._view.step.action
        return State(file=True, receive=True, decide=step is DECIDE, permit=step is PERMIT)

    def collapse(self) -> None:
        """Collapse every block and go to the top."""
        self._stack.collapse_all()
        self._scroll.verticalScrollBar().setValue(0)

    def explain(self) -> None:
        """Expand the verdict: every rule with its source, and the last safe day's chain."""
        self._verdict.expand()

    def open_section(self, key: str) -> None:
        """Expand a block and bring it into view."""
        section = self._history if key == "history" else self._section_of(key)
        self._stack.reveal(section)
        section.set_open(True)
        if section is self._history:
            self._show_history()
        section.head().setFocus(Qt.FocusReason.OtherFocusReason)
        self._wanted = section
        # Once what was expanded has its height, so that as much of it as possible shows.
        QTimer.singleShot(0, self._on_expanded)

    def expand(self, key: str) -> None:
        """Expand a block where it stands; the page does not move."""
        self._section_of(key).set_open(True)

    def _section_of(self, key: str) -> CollapsibleSection:
        return self._file_sections.by_key.get(key) or self._sections[key]

    def menu(self) -> Entries[FileOffer]:
        """What the ⋯ menu offers: what can be done now, but for what the button beside it does."""
        return mapped(FILE_MENU.entries, self._offered)

    def _offered(self, action: FileAction) -> FileOffer | None:
        if self._view is None or action is self._view.step.action:
            return None
        if not action.when(self.action_state()):
            return None
        return self._undo_named() if action is UNDO_LAST else FileOffer.of(action)

    def _undo_named(self) -> FileOffer | None:
        """The last act on this file, named, to be undone by its id."""
        file = self.file()
        last = None if file is None else last_act(file)
        if last is None:
            return None
        text = _(UNDO_LAST.named).format(act=done_by_text(last))
        return FileOffer(text, undo(last.id), UNDO_LAST.icon, UNDO_LAST.id)

    def _show(self, view: PersonView) -> None:
        set_name(self, view.name)
        self._name.setText(view.name)
        self._identity.setText(view.identity)
        self._step.setText(view.step.text)
        self._verdict.show_verdict(view.verdict)
        self._family.show_family(person_details.family(view.file, view.today))
        self._timeline.set_points(view.points)
        office = self._shell.office
        self._routes.show_routes(person_office.proposals(office, view.file, view.listed))
        own = person_office.sections(office, view.file)
        self._file_sections.show_file(office, view.file)
        self._permits.show_view(person_path.permit_view(office, view.file))
        path = person_path.sections(office, view.file)
        programme = office.programme()
        for section in (*person_details.sections(view.file, view.today, programme), *path, *own):
            self._sections[section.key].show_section(section)
        self._stack.settle()
        if self._history.is_open():
            self._show_history()
        if self.isVisible():
            self._settle()

    def _restore(self, state: PanelState) -> None:
        had_history = self._history.is_open()
        self._stack.open_only(state.opened)
        if self._history.is_open() and not had_history:
            self._show_history()
        same = state.person_id == self._person_id
        self._verdict.expand(whole=same and state.explained)
        if same and state.whole_history:
            self._history.show_whole()
        self._down_to = state.scrolled if same else 0
        if self.isVisible():
            self._scroll_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._scroll_down()

    def _scroll_down(self) -> None:
        """Go to where it was left, now that there is a height to scroll in."""
        if self._down_to is not None:
            self._settle()
            self._scroll.verticalScrollBar().setValue(self._down_to)
            self._down_to = None

    def _settle(self) -> None:
        """Lay the page out now: what wraps tells its height only after its width is known."""
        for _turn in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _show_history(self) -> None:
        if self._view is None or self._person_id is None:
            return
        office = self._shell.office
        changes = history.changes(office, self._person_id)
        received = {change.act for change in changes if change.entity == "application"}
        set_aside = {act: history.overrides(office, act) for act in received}
        self._history.show_lines(person_history.lines(changes, self._view.today, set_aside))

    def _on_expanded(self) -> None:
        if self._wanted is None:
            return
        self._settle()
        top = self._wanted.mapTo(self._inner, QPoint(0, 0)).y()
        bar = self._scroll.verticalScrollBar()
        if not bar.value() <= top <= bar.value() + self._scroll.height() // 2:
            bar.setValue(top - theme.space(2))
        self._wanted = None

    def _on_step_clicked(self) -> None:
        if self._view is not None:
            self.do(self._view.step.action.do)

    def _on_more_clicked(self) -> None:
        menu = offer_menu(self.menu(), self)
        menu.triggered.connect(partial(self._on_menu_triggered, self.file()))
        below = QPoint(self._more.width() - menu.sizeHint().width(), self._more.height() + 2)
        menu.popup(self._more.mapToGlobal(below))

    def _on_menu_triggered(self, file: OpenFile | None, action: QAction) -> None:
        # What was offered is what is done: the file may be another one by the time of the click.
        if file is not None and file.person == self._person_id:
            file.do(action.data().do)

    def _on_asked(self, offer: FileOffer) -> None:
        self.do(offer.do)

    def _on_dropped(self, kind: str, member: object, path: str) -> None:
        number = member if isinstance(member, int) else None
        self.do(lambda at: attach(at, DocumentType(kind), number, Path(path)))

    def _on_route_opened(self, key: str) -> None:
        self._shell.go("routes", key)

    def _on_history_toggled(self, key: str, is_open: bool) -> None:
        if is_open:
            self._show_history()

    def _connect(self) -> None:
        self._step.clicked.connect(self._on_step_clicked)
        self._more.clicked.connect(self._on_more_clicked)
        self._verdict.line_clicked.connect(self._on_asked)
        self._family.asked.connect(self._on_asked)
        self._routes.opened.connect(self._on_route_opened)
        self._file_sections.asked.connect(self._on_asked)
        self._file_sections.dropped.connect(self._on_dropped)
        for section in self._sections.values():
            section.asked.connect(self._on_asked)
        self._history.toggled.connect(self._on_history_toggled)

    def _assemble(self) -> None:
        icons.dress(self._more, "more", "text")
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(self._name, 1)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(self._step, 0, top)
        head.addWidget(self._more, 0, top)
        self._inner = QWidget()
        inner = QVBoxLayout(self._inner)
        inner.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        inner.setSpacing(theme.space(4))
        who = QVBoxLayout()
        who.setSpacing(theme.space(1))
        who.addLayout(head)
        # Under the buttons, where it has the whole width.
        who.addWidget(self._identity)
        inner.addLayout(who)
        inner.addWidget(self._verdict)
        time = QVBoxLayout()
        time.setSpacing(theme.space(2))
        time.addWidget(self._timeline_title)
        time.addWidget(self._timeline)
        inner.addLayout(time)
        inner.addWidget(self._permits)
        inner.addWidget(self._stack)
        inner.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inner)
        self._pages = QStackedLayout()
        # First: a stack that stands in no widget shows what it is given as a window of its own.
        self.body.addLayout(self._pages)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self._nobody)
        outer = self.layout()
        if outer is not None:
            # The scroll bar stands at the card's edge; the content keeps its own margins.
            outer.setContentsMargins(1, theme.space(1), 1, theme.space(1))
        self.setMinimumWidth(theme.metrics().body * WIDTH)
