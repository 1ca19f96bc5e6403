# SPDX-License-Identifier: Apache-2.0
"""The cards of the overview, filled and put in the order that somebody chose.

    OverviewBoard(shell)     signal waiting_chosen(str)
        show_overview(shown, visit, keeping), set_days(counts)
        months() -> first and last day of the month
        titles() -> what each card is called      order: CardOrder

Its cards are .due, .clerks, .calendar, .since, .track, .keeping and .path. Must not open a page.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.agenda.overview import DayCount, Overview, WaitingLine
from imp_plus_desktop.services.agenda.visits import Visit
from imp_plus_desktop.services.privacy.falling_due import Outlook
from imp_plus_desktop.ui.charts.boards import cap_view, official_note, year_view
from imp_plus_desktop.ui.charts.day_marks import day_marks
from imp_plus_desktop.ui.charts.gauge import CapGauge
from imp_plus_desktop.ui.charts.month_grid import first_shown, last_shown
from imp_plus_desktop.ui.charts.pipeline import PipelineBars, PipelineLine
from imp_plus_desktop.ui.charts.year_chart import YearChart
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.pages.card_grid import CardGrid, CardOrder
from imp_plus_desktop.ui.pages.overview_cards import (
    CalendarCard,
    ClerksCard,
    DueCard,
    SinceCard,
)
from imp_plus_desktop.ui.pages.overview_later import KeepingCard, TrackCard, due_line
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.ui.widgets.lists import ActionLine, ActionList
from imp_plus_desktop.words.messages import waiting_text

SHIPPED = (
    "ends", "waits", "cap", "due", "calendar", "since", "clerks", "track", "keeping", "path",
)  # fmt: skip
"""The cards in the order that they have at first, while letters are accepted."""
CLOSED = (
    "ends", "waits", "calendar", "track", "since", "clerks", "due", "keeping", "cap", "path",
)  # fmt: skip
"""The same once they no longer are."""
_WIDE = {"cap": 2}
_TONES = {"bad": Tone.BAD, "warn": Tone.WARN}
_ACTS = 5
_LEAST = 27
"""How wide a card is at least, in sizes of the body's type."""


class OverviewBoard(CardGrid):
    """What the overview shows below its head."""

    waiting_chosen = Signal(str)

    def __init__(self, shell: Shell) -> None:
        super().__init__(theme.metrics().body * _LEAST)
        self._shell = shell
        self._days: Sequence[DayCount] = ()
        self._waiting, self._ends = ActionList(), ActionList()
        self._nothing = label(role="secondary", wrap=True)
        self._nothing_ends = label(role="secondary", wrap=True)
        self._gauge, self._chart = CapGauge(), YearChart()
        self.path, self._path_note = PipelineBars(), label(role="small", wrap=True)
        self.due, self.clerks = DueCard(), ClerksCard()
        self.calendar, self.since = CalendarCard(), SinceCard()
        self.track, self.keeping = TrackCard(), KeepingCard()
        self._is_closed = False
        self.cards: dict[str, Card] = {
            "ends": _filled(Card(), self._ends, self._nothing_ends),
            "waits": _filled(Card(), self._waiting, self._nothing),
            "cap": Card(wrap=True),
            "due": self.due,
            "calendar": self.calendar,
            "since": self.since,
            "clerks": self.clerks,
            "track": self.track,
            "keeping": self.keeping,
            "path": _filled(Card(), self.path, self._path_note),
        }
        self.cards["cap"].body.addWidget(self._gauge)
        self.cards["cap"].body.addWidget(self._chart, 1)
        for card in self.cards.values():
            card.setParent(self)
            card.hide()
        self._waiting.activated.connect(self.waiting_chosen)
        self._ends.activated.connect(self.waiting_chosen)
        self.permits_link = button(role="link")
        self.cards["ends"].head.addWidget(self.permits_link)

    @property
    def order(self) -> CardOrder:
        """Which cards somebody wants, and in which order."""
        return CardOrder(self._shell.settings, CLOSED if self._is_closed else SHIPPED)

    def titles(self) -> dict[str, str]:
        """What each card is called where they are chosen."""
        return {
            "ends": _("What is ending"),
            "waits": _("What is waiting"),
            "cap": _("Annual cap"),
            "due": _("Today"),
            "calendar": _("Calendar"),
            "since": _("Since my last visit"),
            "clerks": _("By person responsible"),
            "track": _("Permanent residence"),
            "keeping": _("Keeping and destroying"),
            "path": _("Path of the people invited"),
        }

    def months(self) -> tuple[date, date]:
        """The first and the last day that the calendar shows."""
        month = self.calendar.month(self._shell.today())
        return first_shown(month), last_shown(month)

    def set_days(self, counts: Sequence[DayCount]) -> None:
        """What stands on the days of `months`."""
        self._days = counts

    def show_overview(
        self, shown: Overview, visit: Visit | None, keeping: Outlook | None = None
    ) -> None:
        """Fill the cards and show those that are wanted and have something to say."""
        today = self._shell.today()
        self._is_closed = not shown.board.intake.open
        self._show_waiting(shown, keeping)
        self._show_cap(shown)
        self._show_path(shown)
        self.due.show_due(shown.due, shown.next_day)
        self.track.show_track(shown.track)
        self.keeping.show_outlook(keeping)
        self.clerks.show_clerks(shown.clerks)
        self.calendar.show_month(today, day_marks(self._days, today))
        if shown.news is not None and visit is not None and shown.news.count:
            self.since.show_news(shown.news, visit, today, _ACTS)
        else:
            visited, own = visit is not None, shown.to_undo
            self.since.show_latest(shown.recent, today, _ACTS, visited=visited, to_undo=own)
        silent = self._silent(shown, keeping)
        wanted = [key for key in self.order.shown() if key not in silent]
        self.set_cards([(self.cards[key], _WIDE.get(key, 1)) for key in wanted])

    def _silent(self, shown: Overview, keeping: Outlook | None) -> set[str]:
        """The cards that have nothing to say of this register."""
        silent = {"ends"} if shown.board.intake.open else {"cap"}
        if not any(line.clerk for line in shown.clerks):
            silent.add("clerks")
        if not any(one.reached for one in shown.track):
            silent.add("track")
        if keeping is None:
            silent.add("keeping")
        return silent

    def _show_waiting(self, shown: Overview, keeping: Outlook | None) -> None:
        """Two cards where there are no places left to give, one beside the cap else."""
        apart = not shown.board.intake.open
        lines = [line for line in shown.waiting if line.count]
        ends = [line for line in lines if line.ends and apart]
        waits = [line for line in lines if line not in ends]
        self.cards["ends"].set_title(_("What is ending"))
        self.permits_link.setText(_("Permits that end"))
        self.cards["waits"].set_title(_("What is waiting") if apart else _("To do"))
        self._ends.set_lines(_action_lines(ends))
        due = 0 if keeping is None else len(keeping.due)
        self._waiting.set_lines([*_action_lines(waits), *due_line(due)])
        self._nothing_ends.setText(_("Nothing ends today."))
        self._nothing_ends.setVisible(not ends)
        said = [_("Nothing waits for you today.")]
        if not lines and shown.next_day is not None:
            day = words.day_long(shown.next_day)
            said.append(_("The next day in the agenda is {day}.").format(day=day))
        self._nothing.setText(" ".join(said))
        self._nothing.setVisible(not waits and not due)

    def _show_cap(self, shown: Overview) -> None:
        board = shown.board
        if not board.intake.open:
            return
        title = _("Annual cap {year}").format(year=board.year)
        self.cards["cap"].set_title(title, official_note(board))
        set_name(self._chart, _("Places used over the year"))
        set_name(self._gauge, _("Cap"))
        self._gauge.show_cap(cap_view(board))
        self._chart.show_year(year_view(board))

    def _show_path(self, shown: Overview) -> None:
        year = shown.scope.letter_year
        title = _("Path of the people invited in {year}") if year else self.titles()["path"]
        self.cards["path"].set_title(title.format(year=year))
        self._path_note.setText(_("Each line opens its list."))
        steps = {
            "letters": _("Letters"),
            "received": _("Applications received"),
            "approved": _("Approved"),
            "permits": _("Permits issued"),
        }
        self.path.set_lines(
            [PipelineLine(code, steps[code], count) for code, count in shown.pipeline if count]
        )


def _filled(card: Card, *parts: QWidget) -> Card:
    for part in parts:
        card.body.addWidget(part)
    card.body.addStretch(1)
    return card


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
