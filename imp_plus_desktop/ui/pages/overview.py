# SPDX-License-Identifier: Apache-2.0
"""The overview: what ends and what waits, the path to permits, what was just done.

While letters are still accepted the year's cap stands beside them; once they are not, its places
are history and one quiet link leads there.

    OverviewPage(shell)      key "overview"

Every line opens its list: the people of a line of work (`go("people", ids)`), import rows to
check (`go("imports", "review")`). Must not count anything itself: `services.overview` does.
"""

from array import array
from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.services.agenda import overview
from imp_plus_desktop.services.agenda.overview import Overview, WaitingLine
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.people import listed
from imp_plus_desktop.ui.charts.boards import cap_view, official_note, year_view
from imp_plus_desktop.ui.charts.gauge import CapGauge
from imp_plus_desktop.ui.charts.pipeline import PipelineBars, PipelineLine
from imp_plus_desktop.ui.charts.year_chart import YearChart
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.paper.paper import Paper
from imp_plus_desktop.ui.shell.actions import State
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.frames import Beside, Card, EmptyState, PageHeader, Pages, Scroll
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.ui.widgets.lists import ActionLine, ActionList, ActLine, ActList
from imp_plus_desktop.words.messages import act_text, waiting_text

_TONES = {"bad": Tone.BAD, "warn": Tone.WARN}
_REVIEW = "review_rows"
_RECENT, _FEW_RECENT = 7, 5
_MUCH_TO_DO = 7
"""From more lines of work on, fewer acts are shown: the page stays on a small screen."""
_TWO_CARDS = 58
"""From which width, in sizes of the body's type, two cards stand beside each other."""
_MOST_LINES = 32
"""How much of the page, in sizes of the body's type, lines of work may ask for beside the cap."""
_AT_ONCE = 2000
"""Up to so many people the counting is not felt; beyond, it goes to the worker."""


class OverviewPage(Page):
    """Where the day begins."""

    key = "overview"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._shown: Overview | None = None
        self._wanted = False
        self._header = PageHeader(self)
        self._import = self._header.add_button(button())
        self._waiting_card, self._waiting = Card(), ActionList()
        self._ends_card, self._ends = Card(), ActionList()
        self._nothing = label(role="secondary", wrap=True)
        self._nothing_ends = label(role="secondary", wrap=True)
        self._closed = label(role="secondary", elide=True)
        self._history = button(role="link")
        self._cap_card, self._gauge, self._chart = Card(wrap=True), CapGauge(), YearChart()
        self._path_card, self._path = Card(), PipelineBars()
        self._path_note = label(role="small", wrap=True)
        self._acts_card, self.acts = Card(), ActList()
        self._empty = EmptyState()
        self._stack = Pages()
        self._assemble()
        self._header.search.searched.connect(self._on_search_searched)
        self._import.clicked.connect(self._on_import_clicked)
        self._empty.button_clicked.connect(self._on_import_clicked)
        self._waiting.activated.connect(self._on_waiting_activated)
        self._ends.activated.connect(self._on_waiting_activated)
        self._history.clicked.connect(self._on_history_clicked)
        self._path.activated.connect(self._on_path_activated)
        self.acts.link_clicked.connect(self._on_act_link_clicked)
        shell.tasks.finished.connect(self._on_tasks_finished)

    def refresh(self) -> None:
        if not self._header.search.hasFocus():
            self._header.search.set_text("")
        office = self.shell.office
        if listed.count(office) <= _AT_ONCE:
            self._on_counted(overview.overview(office))
            return

        def job(progress: Progress) -> Overview:
            return overview.overview(office)

        # Refused while another task runs: then the end of that one asks again.
        started = self.shell.try_start(_("Counting what waits…"), job, self._on_counted)
        self._wanted = not started

    def retranslate(self) -> None:
        today = words.weekday_and_day(self.shell.today())
        self._header.set_title(self.title(), today)
        self._header.search.set_texts(_("Find a person, a number…"), _("Find people"))
        self._import.setText(_("Import a list…"))
        self._history.setText(_("History of the places"))
        self._path_note.setText(_("Each line opens its list."))
        self._empty.set_texts(
            _("The register is empty"),
            _(
                "Begin with the list of people invited that you received: import it as it is, "
                "whatever its columns are called. Nothing is stored before you have seen what it "
                "would do."
            ),
            _("Import a list…"),
        )
        set_name(self._chart, _("Places used over the year"))
        set_name(self._gauge, _("Cap"))
        self._show()

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

    def _show(self) -> None:
        shown = self._shown
        if shown is None:
            return
        empty = not shown.people and not shown.recent
        self._stack.setCurrentIndex(1 if empty else 0)
        self._header.search.setVisible(not empty)
        self._import.setVisible(not empty)
        self._show_waiting(shown)
        self._show_cap(shown)
        self._show_path(shown)
        self._show_acts(shown.recent)

    def _show_waiting(self, shown: Overview) -> None:
        """Two cards where there are no places left to give, one beside the cap else."""
        apart = not shown.board.intake.open
        lines = [line for line in shown.waiting if line.count]
        ends = [line for line in lines if line.ends and apart]
        waits = [line for line in lines if line not in ends]
        self._ends_card.set_title(_("What ends"))
        self._waiting_card.set_title(_("What waits") if apart else _("To do"))
        self._ends.set_lines(_action_lines(ends))
        self._waiting.set_lines(_action_lines(waits))
        self._nothing_ends.setText(_("Nothing ends today."))
        self._nothing_ends.setVisible(not ends)
        said = [_("Nothing waits for you today.")]
        if not lines and shown.next_day is not None:
            day = words.day_long(shown.next_day)
            said.append(_("The next day in the agenda is {day}.").format(day=day))
        self._nothing.setText(" ".join(said))
        self._nothing.setVisible(not waits)

    def _show_cap(self, shown: Overview) -> None:
        board = shown.board
        leads = board.intake.open
        self._cap_card.setVisible(leads)
        self._ends_card.setVisible(not leads)
        for widget in (self._closed, self._history):
            widget.setVisible(not leads)
        self._rows[1].parts.setStretch(1, 19 if leads else 10)
        # Beside the cap its lines would have the smaller part: they get the room of their words.
        needed = self._waiting.sizeHint().width() + 2 * theme.space(4) if leads else 0
        wide = min(needed, theme.metrics().body * _MOST_LINES)
        for card in (self._waiting_card, self._path_card):
            card.setMinimumWidth(wide)
        closed = _("IRCC accepts no letter dated after {day}.")
        day = words.day_long(board.intake.last_letter) if not leads else ""
        self._closed.setText(closed.format(day=day) if day else "")
        if not leads:
            return
        self._cap_card.set_title(
            _("Annual cap {year}").format(year=board.year), official_note(board)
        )
        self._gauge.show_cap(cap_view(board))
        self._chart.show_year(year_view(board))

    def _show_path(self, shown: Overview) -> None:
        self._path_card.set_title(
            _("Path of the people invited in {year}").format(year=shown.letter_year)
        )
        steps = {
            "letters": _("Letters"),
            "received": _("Applications received"),
            "approved": _("Approved"),
            "permits": _("Permits issued"),
        }
        self._path.set_lines(
            [PipelineLine(code, steps.get(code, code), count) for code, count in shown.pipeline]
        )

    def _show_acts(self, acts: tuple[ActRow, ...]) -> None:
        today = self.shell.today()
        yesterday = today - timedelta(days=1)
        lately = tuple(act for act in acts if act.at.astimezone().date() >= yesterday)
        longest = max(len(self._waiting.rows()), len(self._ends.rows()))
        most = _FEW_RECENT if longest > _MUCH_TO_DO else _RECENT
        self._acts_card.set_title(_("Since yesterday") if lately else _("Latest acts"))
        self.acts.set_lines(
            [
                ActLine(
                    act.id,
                    words.moment(act.at.astimezone(), today),
                    act.who,
                    act_text(act),
                    _("Undo") if act.can_be_undone else "",
                )
                for act in (lately or acts)[:most]
            ]
        )

    def _on_search_searched(self, text: str) -> None:
        if text:
            self.shell.go("people", PeopleFilter(text=text))

    def _on_import_clicked(self) -> None:
        self.shell.go_import()

    def _on_waiting_activated(self, code: str) -> None:
        if code == _REVIEW:
            self.shell.go("imports", "review")
        else:
            self._open_waiting(code)

    def _open_waiting(self, code: str) -> None:
        office = self.shell.office
        if listed.count(office) <= _AT_ONCE:
            self._on_waiting_found(overview.waiting_ids(office, code))
            return

        def job(progress: Progress) -> "array[int]":
            return overview.waiting_ids(office, code)

        self.shell.start(_("Looking for the files…"), job, self._on_waiting_found)

    def _on_waiting_found(self, ids: "array[int]") -> None:
        self.shell.go("people", ids)

    def _on_history_clicked(self) -> None:
        self.shell.go("quota")

    def _on_counted(self, counted: Overview) -> None:
        self._shown = counted
        self._show()
        self.shell.state_changed()

    def _on_tasks_finished(self) -> None:
        if self._wanted:
            self._wanted = False
            self.refresh()

    def _on_path_activated(self, code: str) -> None:
        pages = {"received": "applications", "approved": "applications", "permits": "permits"}
        if code in pages:
            self.shell.go(pages[code])
        elif self._shown is not None:
            self.shell.go("people", PeopleFilter(letter_year=self._shown.letter_year))

    def _on_act_link_clicked(self, act: int) -> None:
        self.shell.undo(act)

    def _assemble(self) -> None:
        for card, parts in (
            (self._ends_card, (self._ends, self._nothing_ends)),
            (self._waiting_card, (self._waiting, self._nothing)),
            (self._path_card, (self._path, self._path_note)),
            (self._acts_card, (self.acts,)),
        ):
            for part in parts:
                card.body.addWidget(part)
            card.body.addStretch(1)
        self._cap_card.body.addWidget(self._gauge)
        self._cap_card.body.addWidget(self._chart, 1)
        least = theme.metrics().body * _TWO_CARDS
        self._rows = (Beside(least), Beside(least))
        above, below = (row.parts for row in self._rows)
        above.addWidget(self._ends_card, 10)
        above.addWidget(self._waiting_card, 10)
        above.addWidget(self._cap_card, 19)
        below.addWidget(self._path_card, 10)
        below.addWidget(self._acts_card, 19)
        cards = QWidget()
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(3))
        for row, stretch in zip(self._rows, (4, 3), strict=True):
            column.addWidget(row, stretch)
        closed = QHBoxLayout()
        closed.setSpacing(theme.space(2))
        closed.addWidget(self._closed)
        closed.addWidget(self._history)
        closed.addStretch(1)
        self._stack.addWidget(Scroll(cards))
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._header)
        self.column.addLayout(closed)
        self.column.addWidget(self._stack, 1)


def _action_lines(lines: Sequence[WaitingLine]) -> list[ActionLine]:
    return [
        ActionLine(
            line.code,
            _TONES.get(line.level, Tone.PLAIN),
            waiting_text(line.code),
            words.number(line.count),
        )
        for line in lines
    ]
