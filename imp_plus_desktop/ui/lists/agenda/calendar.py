# SPDX-License-Identifier: Apache-2.0
"""The agenda as a calendar: a month with the list of one of its days, or a week in seven columns.

    AgendaCalendar(shell, wanted)     `wanted()` is what the page's filters ask for, without days
        show_face(face), refresh(), retranslate()
        current_row() -> the deadline that is chosen
    signals: day_asked(date), late_asked(), moved(), chosen(), opened(int)

A deadline that is dropped on another day, or moved there with Alt and the arrows, is moved once
its reason is told. Must not know the page.
"""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.reads.filters import DeadlineFilter
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.ui.charts.day_marks import day_marks
from imp_plus_desktop.ui.charts.month_grid import MonthGrid, first_shown, last_shown
from imp_plus_desktop.ui.lists.agenda.day_list import DayList
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.frames import Card, Pages
from imp_plus_desktop.ui.widgets.labels import button, label

MONTH, WEEK = "month", "week"
_DAYS = 7
_MOST_OF_A_DAY, _MOST_OF_A_COLUMN = 200, 40
"""So many deadlines of a day are shown by name; the list has all of them."""


class AgendaCalendar(QWidget):
    """The days of a month or of a week, with what falls due on them."""

    day_asked = Signal(object)
    late_asked = Signal()
    row_moved = Signal(object, object)
    chosen = Signal()
    opened = Signal(int)

    def __init__(self, shell: Shell, wanted: Callable[[], DeadlineFilter]) -> None:
        super().__init__()
        self._shell, self._wanted = shell, wanted
        self._face = MONTH
        self._day = shell.today()
        self._taken: DayList | None = None
        self.back, self.on = button("‹", role="ghost"), button("›", role="ghost")
        self.today = button(role="link")
        self.late = button(role="link")
        self._title = label(role="heading")
        self.grid = MonthGrid(takes_drops=True)
        self.day_list = DayList()
        self.columns = tuple(DayList(takes_drops=True) for _day in range(_DAYS))
        self.heads = tuple(button(role="link") for _day in range(_DAYS))
        self._day_title = label(role="heading", elide=True)
        self._stack = Pages()
        self._assemble()
        self._connect()

    def show_face(self, face: str) -> None:
        """Show the month or the week."""
        self._face = face
        self._stack.setCurrentIndex(1 if face == WEEK else 0)

    def refresh(self) -> None:
        """Ask anew for what is shown."""
        today = self._shell.today()
        late = deadlines.counts(self._shell.office).overdue
        self.late.setText(_("Overdue: {count}").format(count=words.number(late)))
        self.late.setVisible(bool(late))
        if self._face == WEEK:
            self._show_week(today)
        else:
            self._show_month(today)
        self.chosen.emit()

    def retranslate(self) -> None:
        """Write every text anew."""
        self.today.setText(_("Today"))
        for made, text in ((self.back, _("Before")), (self.on, _("After"))):
            set_name(made, text)
            set_tip(made, text)

    def current_row(self) -> DeadlineRow | None:
        """The deadline that is chosen."""
        return None if self._taken is None else self._taken.current()

    def focus_start(self) -> None:
        """Go where the keys do most."""
        if self._face == WEEK:
            self.columns[(self._day.weekday() + 1) % _DAYS].setFocus()
        else:
            self.grid.days()[self.grid.chosen_day()].setFocus()

    def _show_month(self, today: date) -> None:
        first, last = first_shown(self._day), last_shown(self._day)
        counts = deadlines.day_counts(self._shell.office, self._wanted(), first, last)
        self._title.setText(words.month_and_year(self._day))
        self.grid.show_month(self._day, today, day_marks(counts, today))
        self.grid.choose(self._day)
        self._day_title.setText(words.weekday_and_day(self._day))
        self._fill(self.day_list, self._day, _MOST_OF_A_DAY)

    def _show_week(self, today: date) -> None:
        sunday = self._day - timedelta(days=(self._day.weekday() + 1) % _DAYS)
        saturday = sunday + timedelta(days=_DAYS - 1)
        span = _("{first} to {last}")
        span = span.format(first=words.day_short(sunday), last=words.day_short(saturday))
        self._title.setText(f"{span[:1].upper()}{span[1:]}")
        for number, (head, column) in enumerate(zip(self.heads, self.columns, strict=True)):
            day = sunday + timedelta(days=number)
            text = f"{words.weekday_short(day.weekday())} {day.day}"
            head.setText(f"{text} · {_('today')}" if day == today else text)
            set_name(head, words.weekday_and_day(day))
            set_tip(head, _("Show this day as a list"))
            self._fill(column, day, _MOST_OF_A_COLUMN)

    def _fill(self, into: DayList, day: date, most: int) -> None:
        office = self._shell.office
        wanted = deadlines.of_day(self._wanted(), day, self._shell.today())
        ids = deadlines.ids(office, wanted)
        into.show_day(day, deadlines.rows(office, ids[:most]), len(ids))

    def _turn(self, way: int) -> None:
        if self._face == WEEK:
            self._day += timedelta(days=_DAYS * way)
        elif way < 0:
            self._day = (self._day.replace(day=1) - timedelta(days=1)).replace(day=1)
        else:
            self._day = (self._day.replace(day=28) + timedelta(days=4)).replace(day=1)
        self.refresh()

    def _on_grid_turned(self, way: int) -> None:
        to = self.grid.chosen_day()
        if (to.year, to.month) == (self._day.year, self._day.month):
            self._turn(way)
        else:
            self._go(to)  # an arrow led over the edge

    def _go(self, day: date) -> None:
        self._day = day
        self.refresh()

    def _on_day_opened(self, day: date) -> None:
        self._go(day)
        if self.day_list.count():
            self.day_list.setFocus()

    def _on_back_clicked(self) -> None:
        self._turn(-1)

    def _on_on_clicked(self) -> None:
        self._turn(1)

    def _on_today_clicked(self) -> None:
        self._go(self._shell.today())

    def _on_head_clicked(self) -> None:
        head = self.sender()
        for made, column in zip(self.heads, self.columns, strict=True):
            if made is head:
                self.day_asked.emit(column.day())

    def _on_taken(self) -> None:
        taken = self.sender()
        if isinstance(taken, DayList):
            self._taken = taken
            for other in (self.day_list, *self.columns):
                if other is not taken:
                    other.clearSelection()
            self.chosen.emit()

    def _on_stepped(self, row: DeadlineRow, days: int) -> None:
        self.row_moved.emit(row, row.day + timedelta(days=days))

    def _on_dropped(self, day: date, what: str) -> None:
        found = deadlines.rows(self._shell.office, [int(what)]) if what.isdigit() else []
        if found and found[0].day != day:
            self.row_moved.emit(found[0], day)

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back_clicked)
        self.on.clicked.connect(self._on_on_clicked)
        self.today.clicked.connect(self._on_today_clicked)
        self.late.clicked.connect(self.late_asked)
        self.grid.opened.connect(self._on_day_opened)
        self.grid.chosen.connect(self._go)
        self.grid.turned.connect(self._on_grid_turned)
        self.grid.dropped.connect(self._on_dropped)
        for head in self.heads:
            head.clicked.connect(self._on_head_clicked)
        for made in (self.day_list, *self.columns):
            made.opened.connect(self.opened)
            made.taken.connect(self._on_taken)
            made.stepped.connect(self._on_stepped)
            made.dropped.connect(self._on_dropped)
            made.more_asked.connect(self.day_asked)

    def _assemble(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.space(2))
        for widget in (self.back, self._title, self.on, self.today):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.late)
        month, week = Card(), Card()
        beside, across = QHBoxLayout(), QHBoxLayout()
        beside.setSpacing(theme.space(4))
        of_day = QVBoxLayout()
        of_day.addWidget(self._day_title)
        of_day.addWidget(self.day_list, 1)
        beside.addWidget(self.grid, 3)
        beside.addLayout(of_day, 2)
        month.body.addLayout(beside, 1)
        across.setSpacing(theme.space(1))
        for head, column in zip(self.heads, self.columns, strict=True):
            below = QVBoxLayout()
            below.addWidget(head)
            below.addWidget(column, 1)
            across.addLayout(below, 1)
        week.body.addLayout(across, 1)
        self._stack.addWidget(month)
        self._stack.addWidget(week)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        layout.addLayout(line)
        layout.addWidget(self._stack, 1)
