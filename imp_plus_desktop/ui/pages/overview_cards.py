# SPDX-License-Identifier: Apache-2.0
"""The cards of the overview that are more than one widget: the day, clerks, month and acts.

    DueCard       what is late and what falls today     signals person_chosen(int), late_chosen()
    ClerksCard    what each clerk has                   signal figure_chosen(str, str)
    CalendarCard  a month of deadlines                  signals day_chosen(date), turned(), more()
    SinceCard     what others did, or the latest acts   signals seen(int), undone(int)

Each is handed what it shows. Must not count anything.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.services.agenda.overview import ClerkCount, DueToday
from imp_plus_desktop.services.agenda.visits import News, Visit
from imp_plus_desktop.ui.charts.month_grid import DayMark, MonthGrid
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import KeyButton, button, clear, label
from imp_plus_desktop.ui.widgets.lists import ActionLine, ActionList, ActLine, ActList
from imp_plus_desktop.words.messages import act_text, deadline_said

LATE, MORE = "late", "more"
FIGURES = ("files", "today", "late", "ends")
_UNDO = "history.undo"
"""The act that takes one back, as the journal calls it."""


class DueCard(Card):
    """What falls due today, by person, under one line for all that is late."""

    person_chosen = Signal(int)
    late_chosen = Signal()
    today_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = ActionList()
        self._nothing = label(role="secondary", wrap=True)
        self.body.addWidget(self.lines)
        self.body.addWidget(self._nothing)
        self.body.addStretch(1)
        self.lines.activated.connect(self._on_lines_activated)

    def show_due(self, due: DueToday, next_day: date | None) -> None:
        """Show the day; `next_day` is said where nothing falls on it."""
        self.set_title(_("Today"))
        lines = []
        if due.late:
            lines.append(ActionLine(LATE, Tone.BAD, _("Overdue"), words.number(due.late)))
        for row in due.rows:
            text = _("{name} · {what}").format(name=row.name, what=deadline_said(row))
            lines.append(ActionLine(str(row.person_id), Tone.WARN, text))
        rest = due.count - len(due.rows)
        if rest:
            text = ngettext("{count} other today", "{count} others today", rest)
            lines.append(ActionLine(MORE, Tone.PLAIN, text.format(count=words.number(rest))))
        self.lines.set_lines(lines)
        said = _("Nothing falls due today.")
        if next_day is not None:
            day = words.day_long(next_day)
            said = f"{said} {_('The next day in the agenda is {day}.').format(day=day)}"
        self._nothing.setText(said)
        self._nothing.setVisible(not due.count)

    def _on_lines_activated(self, key: str) -> None:
        if key == LATE:
            self.late_chosen.emit()
        elif key == MORE:
            self.today_chosen.emit()
        else:
            self.person_chosen.emit(int(key))


class ClerksCard(Card):
    """What each clerk has: every figure opens its list."""

    figure_chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space(3))
        self._grid.setVerticalSpacing(theme.space(1))
        self._grid.setColumnStretch(0, 1)
        self._note = label(role="small", wrap=True)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.body.addWidget(self._note)

    def show_clerks(self, clerks: Sequence[ClerkCount]) -> None:
        """Show a line for each, and the whole office below more than one."""
        self.set_title(_("By person responsible"))
        self._note.setText(_("Ends: permits that end within 3 months."))
        clear(self._grid)
        heads = (_("Responsible"), _("Files"), _("Today"), _("Overdue"), _("Ends"))
        for column, text in enumerate(heads):
            aside = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(label(text, role="small"), 0, column, aside)
        for row, clerk in enumerate(clerks, start=1):
            self._add(row, clerk, clerk.clerk or _("Nobody"), heads)
        if len(clerks) > 1:
            self._add_sum(len(clerks) + 1, clerks)

    def _add(self, row: int, clerk: ClerkCount, name: str, heads: Sequence[str]) -> None:
        self._grid.addWidget(label(name, elide=True), row, 0)
        for column, figure in enumerate(FIGURES, start=1):
            count = int(getattr(clerk, figure))
            if not count:
                made: QWidget = label("0", role="secondary")
            else:
                made = _Figure(clerk.clerk, figure, words.number(count))
                made.opened.connect(self.figure_chosen)
                set_name(
                    made,
                    _("{name}, {what}: {count}").format(
                        name=name, what=heads[column], count=words.number(count)
                    ),
                )
            self._grid.addWidget(made, row, column, Qt.AlignmentFlag.AlignRight)

    def _add_sum(self, row: int, clerks: Sequence[ClerkCount]) -> None:
        self._grid.addWidget(label(_("Office"), role="heading"), row, 0)
        for column, figure in enumerate(FIGURES, start=1):
            count = sum(int(getattr(clerk, figure)) for clerk in clerks)
            made = label(words.number(count), role="heading")
            self._grid.addWidget(made, row, column, Qt.AlignmentFlag.AlignRight)


class _Figure(KeyButton):
    opened = Signal(str, str)

    def __init__(self, clerk: str, figure: str, text: str) -> None:
        super().__init__(text)
        self._clerk, self._figure = clerk, figure
        self.setAutoDefault(False)
        theme.set_role(self, "link", Tone.BAD if figure == "late" else Tone.PLAIN)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.opened.emit(self._clerk, self._figure)


class CalendarCard(Card):
    """A small month of deadlines."""

    day_chosen = Signal(object)
    turned = Signal()
    week_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._month = date.min
        self.back, self.on = button("‹", role="ghost"), button("›", role="ghost")
        self.week = button(role="link")
        self.grid = MonthGrid()
        for made in (self.back, self.week, self.on):
            self.head.addWidget(made)
        self.body.addWidget(self.grid, 1)
        self.back.clicked.connect(self._on_back_clicked)
        self.on.clicked.connect(self._on_on_clicked)
        self.week.clicked.connect(self.week_asked)
        self.grid.opened.connect(self.day_chosen)
        self.grid.turned.connect(self._turn)

    def month(self, today: date) -> date:
        """The first day of the month that is shown; of today's at first."""
        return today.replace(day=1) if self._month == date.min else self._month

    def show_month(self, today: date, marks: Mapping[date, DayMark]) -> None:
        """Show the month with its deadlines."""
        self.set_title(words.month_and_year(self.month(today)), _("deadlines"))
        self._month = self.month(today)
        self.week.setText(_("Week"))
        set_tip(self.week, _("The week in the agenda, with names"))
        for made, text in ((self.back, _("Month before")), (self.on, _("Month after"))):
            set_name(made, text)
            set_tip(made, text)
        self.grid.show_month(self._month, today, marks)

    def _turn(self, months: int) -> None:
        around = self._month + timedelta(days=31 if months > 0 else -1)
        self._month = around.replace(day=1)
        self.turned.emit()

    def _on_back_clicked(self) -> None:
        self._turn(-1)

    def _on_on_clicked(self) -> None:
        self._turn(1)


class SinceCard(Card):
    """What others did since the last visit; where there is nothing, the latest acts."""

    seen = Signal(int)
    undone = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.acts = ActList(stacked=True, whole=True)
        self.all_link = button(role="link")
        self.head.addWidget(self.all_link)
        self._nobody = label(role="small", wrap=True)
        self._own: set[int] = set()
        self.body.addWidget(self._nobody)
        self.body.addWidget(self.acts)
        self.body.addStretch(1)
        self.acts.link_clicked.connect(self._on_link_clicked)

    def show_news(self, news: News, visit: Visit, today: date, most: int) -> None:
        """Show what others did since a visit."""
        at = visit.at.astimezone()
        acts = ngettext("{count} act", "{count} acts", news.count)
        since = _("{since} · {acts}").format(
            since=words.moment(at, today), acts=acts.format(count=words.number(news.count))
        )
        self.set_title(_("Since my last visit"), since)
        self._nobody.hide()
        self._own = set()
        self._show(news.acts[:most], today, {})

    def show_latest(
        self,
        acts: Sequence[ActRow],
        today: date,
        most: int,
        *,
        visited: bool,
        to_undo: Collection[int],
    ) -> None:
        """Show the latest acts, one's own too; `visited` where nobody else did anything since.
        Those `to_undo` offer that, others of other people can be looked at."""
        yesterday = today - timedelta(days=1)
        lately = [act for act in acts if act.at.astimezone().date() >= yesterday]
        self.set_title(_("Since yesterday") if lately else _("Latest acts"))
        self._nobody.setText(_("Nobody else has done anything since your last visit."))
        self._nobody.setVisible(visited)
        shown = (lately or acts)[:most]
        offered = [act.id for act in shown if act.can_be_undone]
        self._own = {act for act in offered if act in to_undo}
        words: dict[int, str] = {n: _("Undo") if n in self._own else _("See") for n in offered}
        self._show(shown, today, words)

    def _show(self, acts: Sequence[ActRow], today: date, links: Mapping[int, str]) -> None:
        self.all_link.setText(_("All acts…"))
        self.acts.set_lines(
            [
                ActLine(
                    act.id,
                    words.moment(act.at.astimezone(), today),
                    act.who,
                    _alone(act_text(act)),
                    links.get(act.id, "" if self._own else _("See")),
                    _UNDO if act.id in self._own else "",
                )
                for act in acts
            ]
        )

    def _on_link_clicked(self, act: int) -> None:
        (self.undone if act in self._own else self.seen).emit(act)


def _alone(text: str) -> str:
    """What was done, as a sentence that begins a line."""
    return f"{text[:1].upper()}{text[1:]}"
