# SPDX-License-Identifier: Apache-2.0
"""The overview: the day's work by person and by clerk, what ends, what waits, what others did.

While letters are still accepted the year's cap stands among the cards; once they are not, its
places are history and one quiet link leads there.

    OverviewPage(shell)      key "overview"

All of it is the whole office's or one's own files', of every year or of one. Every figure opens its
rows in the list they belong to, filtered. Must not count anything itself: `services.overview` does.
"""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from imp_plus_desktop.domain.reads.filters import PeopleFilter, Scope
from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.services.agenda import overview, visits
from imp_plus_desktop.services.agenda.overview import DayCount, Overview
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.people import listed
from imp_plus_desktop.services.privacy import falling_due
from imp_plus_desktop.services.privacy.falling_due import Outlook
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.pages.overview_board import OverviewBoard
from imp_plus_desktop.ui.pages.overview_later import AHEAD, DUE
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.paper.paper import Paper
from imp_plus_desktop.ui.shell.actions import State
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.chips import FilterChip
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.frames import EmptyState, PageHeader, Pages, Scroll
from imp_plus_desktop.ui.widgets.labels import Words, button, making

if TYPE_CHECKING:
    from imp_plus_desktop.ui.pages.card_chooser import CardChooser

_REVIEW = "review_rows"
_ALL, _MINE = "all", "mine"
_WHOSE, _YEAR = "overview-whose", "overview-year"
_AT_ONCE = 2000
"""Up to so many people the counting is not felt; beyond, it goes to the worker."""


class _Counted(NamedTuple):
    """All that is counted for the page at once."""

    shown: Overview
    days: Sequence[DayCount]
    keeping: Outlook | None


class OverviewPage(Page):
    """Where the day begins."""

    key = "overview"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._shown: Overview | None = None
        self._keeping: Outlook | None = None
        self._wanted = False
        self._visited = ("", cast("visits.Visit | None", None))
        self._header = PageHeader(self)
        self._import = self._header.add_button(button())
        making("imports.commit", self._import)
        self.whose, self.year = ChoiceChips(whole=True), FilterChip()
        self._closed = Words()
        theme.set_role(self._closed, "secondary")
        self._history = button(role="link")
        self.arrange = button(role="chip")
        self.board = OverviewBoard(shell)
        self.acts = self.board.since.acts
        self._empty = EmptyState()
        self._empty.makes("imports.commit")
        self._stack = Pages()
        self._assemble()
        self._connect()

    def refresh(self) -> None:
        if not self._header.search.hasFocus():
            self._header.search.set_text("")
        office, scope, visit = self.shell.office, self.scope(), self._last_visit()
        month = self.board.months()

        def counted() -> _Counted:
            shown = overview.overview(office, scope, visit)
            # While letters are accepted nothing is old enough to go.
            keeping = None if shown.board.intake.open else falling_due.outlook(office, scope)
            return _Counted(shown, overview.days(office, *month, scope), keeping)

        if listed.count(office) <= _AT_ONCE:
            self._on_counted(counted())
            return

        def job(progress: Progress) -> _Counted:
            return counted()

        # Refused while another task runs: then the end of that one asks again.
        started = self.shell.try_start(_("Counting what waits…"), job, self._on_counted)
        self._wanted = not started

    def show_again(self) -> None:
        self._show()  # what was new has been read

    def retranslate(self) -> None:
        today = words.weekday_and_day(self.shell.today())
        self._header.set_title(self.title(), today)
        self._header.search.set_texts(_("Find a person, a number…"), _("Find people"))
        self._import.setText(_("Import a list…"))
        self._history.setText(_("History of the places"))
        self.arrange.setText(_("Arrange…"))
        set_tip(self.arrange, _("Choose the cards and their order"))
        self._empty.set_texts(
            _("The register is empty"),
            _(
                "Begin with the list of people invited that you received: import it as it is, "
                "whatever its columns are called. Nothing is stored before you have seen what it "
                "would do."
            ),
            _("Import a list…"),
        )
        self._show()

    def scope(self) -> Scope:
        """Whose files are counted and of which year, as it was chosen last."""
        settings = self.shell.settings
        mine = settings.layout(_WHOSE) == _MINE and bool(settings.user_name)
        year = settings.layout(_YEAR)
        return Scope(settings.user_name if mine else None, int(year) if year.isdigit() else None)

    def shown(self) -> Overview:
        """What is shown; the page must have been counted."""
        return cast(Overview, self._shown)

    def status(self) -> str:
        count = self._shown.people if self._shown is not None else 0
        return ngettext("{count} person", "{count} people", count).format(count=words.number(count))

    def action_state(self) -> State:
        return State(printed=self._shown is not None and bool(self._shown.people))

    def paper(self) -> Paper | None:
        from imp_plus_desktop.ui.pages.overview_paper import overview_paper

        if self._shown is None:
            return None
        return overview_paper(self._shown, self.title(), self.shell.today())

    def is_aimed_at(self) -> bool:
        return self.acts.underMouse()  # a new act would push another one's link there

    def focus_search(self) -> bool:
        self._header.search.focus_search()
        return True

    def set_search(self, text: str) -> None:
        self._header.search.set_text(text, tell=True)

    def choose_cards(self) -> "CardChooser":
        """Open the list of the cards below its button."""
        from imp_plus_desktop.ui.pages.card_chooser import CardChooser

        chooser = CardChooser(self.board.order, self.board.titles(), self)
        chooser.changed.connect(self._show)
        chooser.open_below(self.arrange)
        return chooser

    def hideEvent(self, event: QHideEvent) -> None:
        """What was shown counts as read once one leaves it."""
        super().hideEvent(event)
        place = self._visited[0]
        if self._shown is not None and place and not event.spontaneous():
            self._visited = (place, self._shown.visit)
            self._shown = replace(self._shown, news=visits.NONE)
            self.shell.settings.keep_layout(place, visits.dump(self._shown.visit))

    def _last_visit(self) -> visits.Visit | None:
        place = visits.place(self.shell.office)
        if place != self._visited[0]:
            self._visited = (place, visits.load(self.shell.settings.layout(place)))
        return self._visited[1]

    def _show(self) -> None:
        shown = self._shown
        if shown is None:
            return
        # A passphrase, say, is an act, and leaves the register as empty as it was.
        empty = not shown.people and not any(act.does_something for act in shown.recent)
        self._stack.setCurrentIndex(1 if empty else 0)
        for widget in (self._header.search, self._import, self.whose, self.year, self.arrange):
            widget.setVisible(not empty)
        self._show_scope(shown)
        closed = not shown.board.intake.open
        self._closed.setVisible(closed)
        self._history.setVisible(closed)
        day = words.day_long(shown.board.intake.last_letter) if closed else ""
        said = _("IRCC accepts no letter dated after {day}.").format(day=day)
        self._closed.set_texts(
            said if day else "", _("No letter dated after {day}").format(day=day)
        )
        self.board.show_overview(shown, self._visited[1], self._keeping)

    def _show_scope(self, shown: Overview) -> None:
        own = self.shell.settings.user_name
        self.whose.set_choices(
            [Choice(_ALL, _("The whole office")), *([Choice(_MINE, _("My files"))] if own else [])]
        )
        self.whose.choose(_MINE if shown.scope.clerk is not None else _ALL, tell=False)
        years = [(year, _("Letters of {year}").format(year=year)) for year in shown.years]
        self.year.set_choices(_("Year of the letter"), _("All years"), years)
        self.year.set_value(shown.scope.letter_year)

    def _on_counted(self, counted: "_Counted") -> None:
        self._shown, days, self._keeping = counted
        self.board.set_days(days)
        self._show()
        self.shell.state_changed()

    def _on_tasks_finished(self) -> None:
        if self._wanted:
            self._wanted = False
            self.refresh()

    def _on_whose_chosen(self, key: str) -> None:
        self.shell.settings.keep_layout(_WHOSE, key)
        self.refresh()

    def _on_year_changed(self, value: object) -> None:
        self.shell.settings.keep_layout(_YEAR, str(value or ""))
        self.refresh()

    def _on_search_searched(self, text: str) -> None:
        if text:
            self.shell.go("people", PeopleFilter(text=text))

    def _on_import_clicked(self) -> None:
        self.shell.go_import()

    def _on_waiting_activated(self, code: str) -> None:
        if code == _REVIEW:
            self.shell.go("imports", "review")
            return
        if code == DUE:
            self._show_retention()
            return
        scope = self.scope()
        wanted = PeopleFilter(letter_year=scope.letter_year, clerk=scope.clerk, waits=code)
        self.shell.go("people", wanted)

    def _on_path_activated(self, step: str) -> None:
        scope = self.scope()
        self._find_people(lambda: overview.path_ids(self.shell.office, step, scope))

    def _on_stage_chosen(self, stage: str) -> None:
        scope = self.scope()
        self._find_people(lambda: overview.stage_ids(self.shell.office, stage, scope))

    def _on_keeping_chosen(self, which: str) -> None:
        keeping = self._keeping
        if which == AHEAD and keeping is not None:
            self._on_people_found(array("q", keeping.ahead))
        else:
            self._show_retention()

    def _show_retention(self) -> None:
        from imp_plus_desktop.ui.dialogs.privacy.privacy_lists import RetentionDialog

        RetentionDialog(self.shell, self.window(), None).show()

    def _find_people(self, find: "Callable[[], array[int]]") -> None:
        """Open the people whom a call finds, away from the window where there are many."""
        if listed.count(self.shell.office) <= _AT_ONCE:
            self._on_people_found(find())
            return

        def job(progress: Progress) -> "array[int]":
            return find()

        self.shell.start(_("Looking for the files…"), job, self._on_people_found)

    def _on_people_found(self, ids: "array[int]") -> None:
        self.shell.go("people", ids)

    def _on_permits_clicked(self) -> None:
        self.shell.go("permits", "ending")

    def _on_all_acts_clicked(self) -> None:
        from imp_plus_desktop.ui.dialogs.office.journal import JournalDialog

        JournalDialog(self.shell, self.window()).open()

    def _on_history_clicked(self) -> None:
        self.shell.go("quota")

    def _on_arrange_clicked(self) -> None:
        self.choose_cards()

    def _on_person_chosen(self, person: int) -> None:
        self.shell.go("people", person)

    def _on_late_chosen(self) -> None:
        self.shell.go("deadlines", overview.late(self.scope()))

    def _on_today_chosen(self) -> None:
        self.shell.go("deadlines", overview.due_today(self.scope()))

    def _on_day_chosen(self, day: date) -> None:
        self.shell.go("deadlines", overview.on_day(self.scope(), day, self.shell.today()))

    def _on_week_asked(self) -> None:
        self.shell.go("deadlines", "week")

    def _on_figure_chosen(self, clerk: str, figure: str) -> None:
        scope = Scope(clerk, self.scope().letter_year)
        if figure == "files":
            self.shell.go("people", PeopleFilter(clerk=clerk, letter_year=scope.letter_year))
            return
        asked = {
            "today": overview.due_today,
            "late": overview.late,
            "ends": overview.soon_ending,
        }[figure]
        self.shell.go("deadlines", asked(scope))

    def _on_act_seen(self, act: int) -> None:
        where = visits.shown_at(self.shell.office, act)
        people = where.people or ()
        self.shell.go(where.page, people[0] if len(people) == 1 else people or None)

    def _on_act_undone(self, act: int) -> None:
        self.shell.undo(act)

    def _connect(self) -> None:
        self._header.search.searched.connect(self._on_search_searched)
        self._import.clicked.connect(self._on_import_clicked)
        self._empty.button_clicked.connect(self._on_import_clicked)
        self._history.clicked.connect(self._on_history_clicked)
        self.arrange.clicked.connect(self._on_arrange_clicked)
        self.whose.chosen.connect(self._on_whose_chosen)
        self.year.changed.connect(self._on_year_changed)
        self.shell.tasks.finished.connect(self._on_tasks_finished)
        board = self.board
        board.waiting_chosen.connect(self._on_waiting_activated)
        board.permits_link.clicked.connect(self._on_permits_clicked)
        board.path.activated.connect(self._on_path_activated)
        board.track.stage_chosen.connect(self._on_stage_chosen)
        board.keeping.chosen.connect(self._on_keeping_chosen)
        board.due.person_chosen.connect(self._on_person_chosen)
        board.due.late_chosen.connect(self._on_late_chosen)
        board.due.today_chosen.connect(self._on_today_chosen)
        board.clerks.figure_chosen.connect(self._on_figure_chosen)
        board.calendar.day_chosen.connect(self._on_day_chosen)
        board.calendar.turned.connect(self.refresh)
        board.calendar.week_asked.connect(self._on_week_asked)
        board.since.all_link.clicked.connect(self._on_all_acts_clicked)
        board.since.seen.connect(self._on_act_seen)
        board.since.undone.connect(self._on_act_undone)

    def _assemble(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.space(2))
        line.addWidget(self.whose)
        line.addWidget(self.year)
        line.addSpacing(theme.space(2))
        line.addWidget(self._closed)
        line.addWidget(self._history)
        line.addStretch(1)
        line.addWidget(self.arrange)
        self._stack.addWidget(Scroll(self.board))
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._header)
        self.column.addLayout(line)
        self.column.addWidget(self._stack, 1)
