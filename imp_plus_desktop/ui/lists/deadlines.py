# SPDX-License-Identifier: Apache-2.0
"""The agenda: what falls due, the nearest first, by when it does. Holds columns and filters only.

The chips above the list count what nobody has seen yet: overdue, today, within 7, 30, 90 days.
A row can be marked as seen, settled, or moved to another day with a reason: acts to be undone.
What is far behind, or behind in a closed file, stands apart at rest.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.reads.desks import MINE, NOBODYS
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Order
from imp_plus_desktop.domain.reads.touched import FILE, Touched
from imp_plus_desktop.domain.values.names import sort_key
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.agenda.deadlines import DeadlineFilter
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.servers import claims
from imp_plus_desktop.ui.dialogs.meeting.as_read import AsRead
from imp_plus_desktop.ui.lists.agenda.agenda_words import all_at_rest, on_day, said_of_counts
from imp_plus_desktop.ui.lists.agenda.calendar import MONTH as MONTH_FACE
from imp_plus_desktop.ui.lists.agenda.calendar import WEEK as WEEK_FACE
from imp_plus_desktop.ui.lists.agenda.calendar import AgendaCalendar
from imp_plus_desktop.ui.lists.agenda.deadline_rows import ALL, COLUMNS, RESTS, buckets, days_of
from imp_plus_desktop.ui.lists.agenda.marking import DeadlineActs
from imp_plus_desktop.ui.lists.list_page import ListTexts
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.shell.actions import Action, Offer, State, when_listed, with_file
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.clerk_chip import ClerkChip
from imp_plus_desktop.ui.widgets.labels import button, making
from imp_plus_desktop.words.messages import name_of

_SEEN, _UNSEEN = "seen", "unseen"
_LIST, _FACE = "list", "face-deadlines"


class DeadlinesPage(DeadlineActs):
    """What falls due, for whom and when."""

    key = "deadlines"
    KIND = ListKind.DEADLINES
    ids_of = staticmethod(deadlines.ids)
    count_of = staticmethod(deadlines.matching)
    EXPORT = "deadlines"
    ENTITY = "agenda_line"
    CONCERNS = OFFERED = FILE
    SORT = ("day", False)
    SIZES = (13, 8)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        self._kinds: set[str] | None = None
        self.as_read = AsRead(shell)
        super().__init__(shell, parent)
        self.calendar_button = self.header.add_button(button(icon="save"))
        self.calendar_button.clicked.connect(self.save_calendar)
        self.seen_button, self.move_button = button(role="link"), button(role="link")
        self.settle_button, self.claim_button = button(role="link"), button(role="link")
        making("deadlines.mark", self.seen_button, self.move_button, self.settle_button)
        making("deadlines.calendar", self.calendar_button)
        self.seen_button.clicked.connect(self.mark_seen)
        self.filters.add_widget(self.seen_button)
        self.filters.add_widget(self.settle_button)
        self.settle_button.clicked.connect(self.settle)
        self.filters.add_widget(self.move_button)
        self.move_button.clicked.connect(self.move_to_another_day)
        self.filters.add_widget(self.claim_button)
        self.claim_button.clicked.connect(self.take_on)
        self.table.row_selected.connect(self._on_row_chosen)
        self._add_faces()
        for action in (*ON_A_DEADLINE, TAKE_ON):
            for place in (self.table, self.calendar):
                shortcut = QShortcut(QKeySequence(action.shortcut), place)
                shortcut.activated.connect(partial(action.do, self))
        self.retranslate()

    def texts(self) -> ListTexts:
        return ListTexts(
            title=self.title(),
            search=_("Find a name…"),
            empty_title=_("Nothing falls due"),
            empty_sentence=_(
                "This is where the days stand that must not be missed: the end of a letter, a CSQ, "
                "a passport, a permit. They come by themselves from each person’s file."
            ),
            empty_button=_("Import a list…"),
            empty_act="imports.commit",
        )

    def columns(self) -> Sequence[Column[DeadlineRow]]:
        return COLUMNS

    def make_filters(self) -> None:
        self.when = ChoiceChips()
        self.when.chosen.connect(self._on_when_chosen)
        self.column.insertWidget(2, self.when, 0, Qt.AlignmentFlag.AlignLeft)
        self.kind = self.filters.add_chip(FilterChip(), "kind")
        self.seen = self.filters.add_chip(FilterChip(), "seen")
        self.claimed = self.filters.add_chip(FilterChip(), "claimed")
        self.clerk = cast(ClerkChip, self.filters.add_chip(ClerkChip(), "clerk"))

    def fill_filters(self) -> None:
        if self._kinds is None:
            self._kinds = deadlines.kinds(self.shell.office)
        self._counts = deadlines.counts(self.shell.office)
        self._waiting = deadlines.total(self.shell.office)
        self.when.set_choices(buckets(self._counts, self._waiting))
        named = ((kind, name_of(kind, "deadline_kind")) for kind in self._kinds)
        kinds = sorted(named, key=lambda one: sort_key(one[1]))
        self.kind.set_choices(_("Kind"), _("All kinds"), kinds)
        marks = [(_UNSEEN, _("Not seen yet")), (_SEEN, _("Seen"))]
        self.seen.set_choices(_("Seen"), _("Seen or not"), marks)
        taken = [(MINE, _("Taken on by me")), (NOBODYS, _("Taken on by nobody"))]
        if self.shell.office.server is None:
            taken = []  # without a choice it is not offered, and a view that has it asks for all
        self.claimed.set_choices(_("Taken on"), _("Taken on or not"), taken)
        self.clerk.fill(self.shell.office)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "calendar_button"):
            said = _("Save the deadlines shown as a calendar file (.ics)")
            set_tip(self.calendar_button, said)
            set_name(self.calendar_button, said)
            self.settle_button.setText(_("Settle"))
            set_tip(
                self.settle_button,
                _("Done with: it leaves the agenda; undo brings it back (S)"),
            )
            self.move_button.setText(_("Move…"))
            set_tip(self.move_button, _("Keep this deadline on another day (M)"))
            self._name_faces()
            self._show_marks()

    def _add_faces(self) -> None:
        """The list, the month and the week: one of them is in front."""
        self.faces = ChoiceChips(whole=True)
        self.header.add_widget(self.faces)
        self.calendar = AgendaCalendar(self.shell, self._asked_for)
        self._stack.addWidget(self.calendar)
        self._name_faces()
        kept = self.shell.settings.layout(_FACE)
        self.faces.choose(kept if kept in (MONTH_FACE, WEEK_FACE) else _LIST, tell=False)
        self.faces.chosen.connect(self.show_face)
        self.calendar.chosen.connect(self._show_marks)
        self.calendar.opened.connect(self._on_person_opened)
        self.calendar.row_moved.connect(self._move)
        self.calendar.day_asked.connect(self._on_day_asked)
        self.calendar.late_asked.connect(self._on_late_asked)

    def _name_faces(self) -> None:
        self.faces.set_choices(
            [
                Choice(_LIST, _("List")),
                Choice(MONTH_FACE, _("Month")),
                Choice(WEEK_FACE, _("Week")),
            ]
        )
        self.calendar.retranslate()

    def is_calendar(self) -> bool:
        """Whether the days are in front and not the list."""
        return hasattr(self, "faces") and self.faces.chosen_key() != _LIST

    def show_face(self, face: str) -> None:
        """Bring the list, the month or the week to the front."""
        self.faces.choose(face, tell=False)
        self.shell.settings.keep_layout(_FACE, face)
        self.table.let_go()
        self._show_ids()
        self._show_marks()
        if self.isVisible() and not self.faces.isAncestorOf(self.focusWidget()):
            self.focus_start()

    def focus_start(self) -> None:
        if self.is_calendar() and not self.is_empty():
            self.calendar.focus_start()
        else:
            super().focus_start()

    def action_state(self) -> State:
        state = super().action_state()
        return replace(state, file=False, chosen=0) if self.is_calendar() else state

    def file(self) -> OpenFile | None:
        return None if self.is_calendar() else super().file()

    def _show_these(self, ids: "array[int]") -> None:
        super()._show_these(ids)
        if not hasattr(self, "faces"):
            return
        empty = self.is_empty()
        self.calendar_button.setVisible(not empty)
        days = self.is_calendar() and not empty
        self.when.setVisible(not empty and not days)
        self.columns_button.setVisible(not days)
        if days:
            self.calendar.show_face(str(self.faces.chosen_key()))
            self.calendar.refresh()
            self._stack.setCurrentWidget(self.calendar)

    def _asked_for(self) -> DeadlineFilter:
        """What the filters ask for, on whatever day."""
        return self.filter_of(self.filters.asked_by_name(), self.asked(), self._text())

    def _on_person_opened(self, person: int) -> None:
        self.shell.go("people", person)

    def _on_day_asked(self, day: date) -> None:
        wanted = deadlines.of_day(self._asked_for(), day, self.shell.today())
        self.open_with(replace(wanted, columns=on_day(wanted.columns, day)))

    def _on_late_asked(self) -> None:
        self.when.choose("overdue", tell=False)
        self.show_face(_LIST)

    def show_touched(self, touched: Touched) -> None:
        self.as_read.note()
        self._let_go_of_lines()
        if self._kinds is not None and touched.people:
            # One that is gone is offered until the list is asked for as a whole: a choice stays.
            self._kinds |= deadlines.kinds(self.shell.office, touched.people)
        super().show_touched(touched)
        self._show_marks()

    def ids_after(self, touched: Touched) -> "array[int] | None":
        return None if self.is_calendar() else super().ids_after(touched)

    def _refresh_list(self) -> None:
        self.as_read.note()
        # The chips count before the list asks: what they count must be of today.
        summary.refresh(self.shell.office)
        self._let_go_of_lines()
        self._kinds = None
        super()._refresh_list()
        self._show_marks()

    def wanted_ids(self, text: str, sort: str | Order, descending: bool) -> "array[int]":
        if summary.refresh(self.shell.office):
            self._let_go_of_lines()
        return super().wanted_ids(text, sort, descending)

    def wanted(self, text: str) -> DeadlineFilter:
        first, last = days_of(self.when.chosen_key() or ALL)
        today = self.shell.today()
        return replace(
            self.filter_of(self.filters.asked_by_name(), self.asked(), text),
            from_day=None if first is None else today + timedelta(days=first),
            until_day=None if last is None else today + timedelta(days=last),
            rests=self.when.chosen_key() == RESTS,
        )

    def filter_of(
        self, named: Mapping[str, Any], columns: tuple[ColumnFilter, ...], text: str = ""
    ) -> DeadlineFilter:
        seen = {_SEEN: True, _UNSEEN: False}.get(str(named.get("seen")))
        kind, clerk = named.get("kind"), named.get("clerk")
        return DeadlineFilter(
            text=text,
            kind=kind,
            seen=seen,
            clerk=clerk,
            columns=columns,
            claimed=named.get("claimed"),
        )

    def open_with(self, argument: object) -> None:
        """What falls due as asked for from elsewhere: its filters are shown as chips; or a face."""
        if argument in (MONTH_FACE, WEEK_FACE):
            self.show_face(str(argument))
        if not isinstance(argument, DeadlineFilter):
            return
        self.header.search.set_text(argument.text)
        self.when.choose(ALL, tell=False)
        self.kind.set_value(argument.kind)
        marks = {True: _SEEN, False: _UNSEEN}
        self.seen.set_value(None if argument.seen is None else marks[argument.seen])
        self.clerk.set_value(argument.clerk)
        self.claimed.set_value(argument.claimed)
        if self.filtering is not None:
            self.filtering.set_asked(argument.columns)
        self.filters.refresh()
        self.show_face(_LIST)

    def _let_go_of_lines(self) -> None:
        """Lines of the agenda are made anew with their files: an id may be another one's by now."""
        if self.table.chosen_count() > 1:
            self.table.let_go()

    def row_offers(self) -> Sequence[Offer[OpenFile]]:
        """What can be done to the chosen deadline, done to this page."""
        return [self._offer(action) for action in self._on_a_deadline()]

    def _on_a_deadline(self) -> "tuple[Action[DeadlinesPage], ...]":
        can = claims.is_possible(self.shell.office)
        return (*ON_A_DEADLINE, TAKE_ON) if can else ON_A_DEADLINE

    def _offer(self, action: "Action[DeadlinesPage]") -> Offer[OpenFile]:
        shown = Offer.of(action)
        return Offer(shown.text, lambda _file: action.do(self), shown.icon, shown.id, shown.keys)

    def fill_empty(self) -> None:
        self.shell.go_import()

    def fetch(self, ids: Sequence[int]) -> Sequence[DeadlineRow]:
        return deadlines.rows(self.shell.office, ids)

    def total(self) -> int:
        """Of what rests where that is looked at, of what waits otherwise."""
        return self._counts.resting if self.when.chosen_key() == RESTS else self._waiting

    def is_empty(self) -> bool:
        return not (self._waiting or self._counts.resting)

    def nothing_text(self) -> str:
        rests = 0 if self._text() or self.when.chosen_key() != ALL else self._counts.resting
        return all_at_rest(rests) if rests else super().nothing_text()

    def status(self) -> str:
        return said_of_counts(self._counts)

    def _on_row_chosen(self, row_id: int) -> None:
        self._show_marks()

    def _on_when_chosen(self, key: str) -> None:
        self._on_filters_changed()

    def own_actions(self) -> Sequence[Action["DeadlinesPage"]]:
        return (*self._on_a_deadline(), CALENDAR)

    def save_calendar(self) -> None:
        """Save the deadlines shown for a calendar program."""
        from imp_plus_desktop.ui.lists.agenda.saving import save_calendar

        save_calendar(self.shell, self, array("q", self.shown_ids()), self.title())


ON_A_DEADLINE: tuple[Action[DeadlinesPage], ...] = (
    Action("deadlines.seen", N_("Mark as seen"), DeadlinesPage.mark_seen, with_file, shortcut="V"),
    Action("deadlines.settle", N_("Settle"), DeadlinesPage.settle, with_file, shortcut="S"),
    Action(
        "deadlines.move", N_("Move…"), DeadlinesPage.move_to_another_day, with_file, shortcut="M"
    ),
)
"""What can be done to the chosen deadline; the keys are those of the list."""
TAKE_ON: Action[DeadlinesPage] = Action(
    "deadlines.claim", N_("Take on or let go"), DeadlinesPage.take_on, with_file, shortcut="T"
)
"""The same on a server alone."""
CALENDAR: Action[DeadlinesPage] = Action(
    "deadlines.calendar",
    N_("Calendar…"),
    DeadlinesPage.save_calendar,
    when_listed,
    icon="deadlines",
)
