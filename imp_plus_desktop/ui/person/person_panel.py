# SPDX-License-Identifier: Apache-2.0
"""A person's page: who, may they apply and until when, why, what is missing, then the details.

    PersonPanel(shell, parent=None)
        show_person(person_id | None), refresh(), retranslate()
        bring(person_id | None)    the same, fetched only where needed; finish(): the rest now
        glance(person_id | None)   who it is at once, the rest when the choice rests
        follow(person_id | None)   the same; and who stays is fetched once the list is painted
        tell(touched), forget()    what is shown may not hold any more: the next `bring` fetches it
        leave()                    what is being typed on it is kept
        state(), restore(state)    how it stands, to be lent elsewhere and come back
        file() -> OpenFile | None  the file shown, for what is done to it
        do(what)                   do something to the file shown
        action_state() -> State    what the file allows, for the conditions of actions
        open_section(key)          expand one block, such as "history"
        explain()                  expand the verdict
        walk                       which file of the list it is, and the way to the next
    signals: filled()              what is below the head was made anew
        left()                     Escape: back to the list

It stands beside every list in turn. Must not judge or store: words come from `person_presenter`,
what is below the head is `person_body`, what is done is in the tables of `ui/person/actions`.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop.domain.people.tags import split
from imp_plus_desktop.domain.reads.touched import Touched
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.i18n import _, current_language
from imp_plus_desktop.services.people.attachments import Handed, ScanCopies
from imp_plus_desktop.ui.look import allowed, icons, theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip, tell
from imp_plus_desktop.ui.person import person_presenter
from imp_plus_desktop.ui.person.actions.document_actions import attach
from imp_plus_desktop.ui.person.actions.file_table import (
    DECIDE,
    FILE_MENU,
    PERMIT,
    UNDO_LAST,
    FileAction,
    FileOffer,
    undo_named,
)
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.person.panel_state import WIDTH, PanelState, is_seen
from imp_plus_desktop.ui.person.person_body import PersonBody
from imp_plus_desktop.ui.person.person_presenter import PersonView
from imp_plus_desktop.ui.person.tag_row import TagRow
from imp_plus_desktop.ui.person.walk import Walk
from imp_plus_desktop.ui.shell.actions import Entries, State, mapped
from imp_plus_desktop.ui.shell.menu_bar import offer_menu
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.shell.stillness import settle, still
from imp_plus_desktop.ui.widgets.frames import Card, EmptyState
from imp_plus_desktop.ui.widgets.labels import button, label, making

_WALKS_MS, _SOON_MS, _RESTS_MS = 150, 10, 120
"""Choices that follow each other so soon are on their way to somebody else; when the rest follows:
after the head, and on the way, where a key that is held repeats every 40 ms."""


class PersonPanel(Card):
    """The page of one person, or a quiet word when nobody is chosen."""

    filled = Signal()
    left = Signal()

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
        self._tags = TagRow(shell)
        self.walk = Walk()
        self._step, self._more = button(), button(role="", icon="more")
        self._rest, self._chosen = QTimer(self, singleShot=True), QElapsedTimer()
        self._body, self._nobody = PersonBody(), EmptyState()
        self._assemble()
        self._connect()
        self.retranslate()

    def show_person(self, person_id: int | None) -> None:
        """Show a person, or that nobody is chosen."""
        self._choose(person_id)
        self.refresh()

    def bring(self, person_id: int | None) -> None:
        """Show a person as the list in front left them; nothing is fetched that still holds."""
        state, self._to_restore = self._to_restore, None
        if self._language != current_language():
            self.retranslate()  # it stood beside a list that was not in front
        if person_id != self._person_id or not self._holds:
            self.show_person(person_id)
        self.finish()
        if state is not None:
            self._restore(state)

    def glance(self, person_id: int | None, *, held: bool = False) -> None:
        """Show who it is at once, and the rest when the choice rests: not while a key is `held`.

        Whoever walks on before that sees nothing below the head: it would be somebody else's.
        """
        walks = held or (self._chosen.isValid() and not self._chosen.hasExpired(_WALKS_MS))
        self._chosen.restart()
        if person_id is None or self._to_restore is not None or not self.isVisible():
            self.bring(person_id)
        elif person_id != self._person_id or not self._holds:
            walks = walks or self._rest.isActive()
            self._choose(person_id)
            self._read()
            if self._view is not None:
                self._body.setVisible(not walks)
                self._rest.start(_RESTS_MS if walks else _SOON_MS)

    def follow(self, person_id: int | None) -> None:
        """Show who is chosen in rows that have been asked for anew: the rows come first."""
        if self._view is None or self._to_restore is not None or not self.isVisible():
            self.bring(person_id)
        elif person_id != self._person_id or self._holds:
            self.glance(person_id)
        elif not self._rest.isActive():
            self._rest.start(_SOON_MS)

    def finish(self) -> None:
        """Show the rest of whom a glance has shown, now."""
        if self._rest.isActive():
            self._rest.stop()
            self._on_rested()

    def _is_anothers(self) -> bool:
        """Whether what is seen below the head is of whoever was shown before."""
        return self._rest.isActive() and self._holds

    def _on_rested(self) -> None:
        if self._holds:
            self._fill()
        else:
            with still(self):
                self.refresh()

    def leave(self) -> None:
        """Keep what is being typed."""
        self._body.leave_values()

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
            self._body.opened(),
            self._body.is_explained(),
            self._body.whole_history(),
            self._scroll.verticalScrollBar().value(),
        )

    def restore(self, state: PanelState) -> None:
        """Stand as it was left elsewhere, once somebody is brought."""
        self._to_restore = state
        # What stays folded is not filled in vain.
        self._body.stack.open_only(self._body.opened() & state.opened)

    def person_id(self) -> int | None:
        """Whose page this is."""
        return self._person_id

    def refresh(self) -> None:
        """Fetch the file anew; one that is gone leaves the page empty."""
        self._rest.stop()
        self._read()
        self._fill()

    def retranslate(self) -> None:
        """Write every word anew."""
        self._language = current_language()
        set_name(self._more, _("More actions for this file"))
        set_tip(self._more, _("More actions for this file"))
        self._nobody.set_texts(_("Nobody is chosen"), _("Choose somebody in the list."))
        self._tags.retranslate()
        self.walk.retranslate()
        self._body.retranslate()
        self.refresh()

    def file(self) -> OpenFile | None:
        """The file shown, as its actions need it."""
        shown, number = self._view.office if self._view else None, self._person_id
        return None if number is None else OpenFile(self._shell, self, number, shown)

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
        self._body.collapse_all()
        self._scroll.verticalScrollBar().setValue(0)

    def explain(self) -> None:
        """Expand the verdict: every rule with its source, and the last safe day's chain."""
        self.finish()
        self._body.explain()

    def show_past(self) -> None:
        """Show the file as it was on an earlier day."""
        from imp_plus_desktop.ui.person.past_file import PastFileDialog

        PastFileDialog(self._shell.office, self._person_id or 0, self.window()).show()

    def open_section(self, key: str) -> None:
        """Expand a block and bring it into view."""
        self.finish()
        section = self._body.reveal(key)
        section.head().setFocus(Qt.FocusReason.OtherFocusReason)
        self._wanted = section
        # Once what was expanded has its height, so that as much of it as possible shows.
        QTimer.singleShot(0, self._on_expanded)

    def take_document(self, source: str | Handed) -> None:
        """A file that was pasted: for the document that has the keys, or the one chosen then."""
        if not self._body.documents.take(source):
            self.open_section("documents")
            QTimer.singleShot(0, partial(self._body.documents.ask_kind, source))

    def expand(self, key: str) -> None:
        """Expand a block where it stands; the page does not move."""
        self._body.section_of(key).set_open(True)

    def menu(self, *, whole: bool = False) -> Entries[FileOffer]:
        """What the ⋯ menu offers: what can be done now, but for what the button beside it does;
        the menu of a row has that too (`whole`)."""
        step = self._view.step.action if self._view is not None and not whole else None
        return mapped(FILE_MENU.entries, lambda one: None if one is step else self._offered(one))

    def _offered(self, action: FileAction) -> FileOffer | None:
        if self._view is None:
            return None
        if not action.when(self.action_state()):
            return None
        file = self.file()
        return undo_named(file) if file and action is UNDO_LAST else FileOffer.of(action)

    def _choose(self, person_id: int | None) -> None:
        if person_id != self._person_id:
            if lost := self._body.let_go():
                self._shell.say(lost)
            self._scroll.verticalScrollBar().setValue(0)
        self._person_id = person_id

    def _read(self) -> None:
        """Fetch the file, and show whose it is."""
        self._holds, self._view = True, None
        try:
            if self._person_id is not None:
                self._view = person_presenter.read(self._shell.office, self._person_id)
        except DomainError:
            self._person_id = None
        finally:  # where a server does not answer, nobody else's file stays there
            self._pages.setCurrentIndex(0 if self._view is not None else 1)
        if self._view is None:
            self._rest.stop()
            return
        set_name(self, self._view.name)
        self._name.setText(self._view.name)
        tell(self._identity, self._view.identity)
        self._tags.show_file(self._person_id, split(self._view.file.person.tags))
        self._step.setText(self._view.step.text)
        making(allowed.act_of(self._view.step.action.id), self._step)

    def _fill(self) -> None:
        """Show what is below the head."""
        if self._view is None:
            return
        self._body.show_file(self._shell.office, self._view)
        if self.isVisible():
            settle()
        self.filled.emit()

    def _restore(self, state: PanelState) -> None:
        self._body.open_only(state.opened)
        same = state.person_id == self._person_id
        self._body.explain(whole=same and state.explained)
        if same and state.whole_history:
            self._body.show_whole_history()
        self._down_to = state.scrolled if same else 0
        if self.isVisible():
            self._scroll_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._scroll_down()

    def _scroll_down(self) -> None:
        """Go to where it was left, now that there is a height to scroll in."""
        if self._down_to is not None:
            settle()
            self._scroll.verticalScrollBar().setValue(self._down_to)
            self._down_to = None

    def _on_expanded(self) -> None:
        if self._wanted is None:
            return
        settle()
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
        if not self._is_anothers():
            self.do(offer.do)

    def _on_dropped(self, kind: str, member: object, source: object) -> None:
        if self._is_anothers():
            return
        number = member if isinstance(member, int) else None
        what = source if isinstance(source, Handed) else Path(str(source))
        self.do(lambda at: attach(at, DocumentType(kind), number, what))

    def _connect(self) -> None:
        self._step.clicked.connect(self._on_step_clicked)
        self._more.clicked.connect(self._on_more_clicked)
        self._body.asked.connect(self._on_asked)
        self._tags.asked.connect(self._on_asked)
        self._body.dropped.connect(self._on_dropped)
        self._body.route_opened.connect(partial(self._shell.go, "routes"))
        self._body.stored.connect(self._shell.changed)
        self._shell.journal_grew.connect(self._body.read_on)
        self._rest.timeout.connect(self._on_rested)

    def _assemble(self) -> None:
        icons.dress(self._more, "more", "text")
        head = QHBoxLayout()
        head.setSpacing(theme.space(1))
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
        beside = QHBoxLayout()
        beside.addWidget(self._tags, 1)
        beside.addWidget(self.walk)
        who.addLayout(beside)
        inner.addLayout(who)
        inner.addWidget(self._body)
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
        self.setMinimumWidth(round(theme.metrics().body * WIDTH))
