# SPDX-License-Identifier: Apache-2.0
"""The days on which the office is closed: Quebec's holidays and its own, of this year and the next.

    HolidaysDialog(shell, parent=None).show()
        .table, .add, .open_then, .take_out     the days, and what can be done to the chosen one
    OfficeDayDialog(office, closed=True, day=None).ask()        the act that set a day

Must not count: `services/workdays` does.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from imp_plus_desktop.domain.figures.holidays import Closed
from imp_plus_desktop.domain.figures.many import CLOSED, HOLIDAY, OPEN
from imp_plus_desktop.domain.reads.meetings import Overtaken
from imp_plus_desktop.domain.reads.touched import PROGRAMME, Touched
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.i18n import _, format_day, format_iso
from imp_plus_desktop.services.figures import own
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.workdays.workdays import workdays
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_needed, typed_day
from imp_plus_desktop.ui.dialogs.meeting.as_read import AsRead
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import iso, weekday
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, label, making
from imp_plus_desktop.words.figures.workday_texts import because_text, holiday_source


class OfficeDayDialog(FormDialog[ActId]):
    """A day on which the office is closed besides the holidays, or works on one of them."""

    ACT = "figures.set"

    def __init__(
        self,
        office: Office,
        parent: QWidget | None = None,
        *,
        closed: bool = True,
        day: date | None = None,
    ) -> None:
        title = _("The office is closed on a day") if closed else _("The office works on a day")
        super().__init__(title, _("Record"), parent)
        self._office, self._value = office, CLOSED if closed else OPEN
        self.form.add_day("day", _("Day"))
        self.form.add_line("reason", _("Reason"), _("Where it is said, or who decided"))
        self.form.set_values({"day": "" if day is None else iso(day)})
        self.form.focus_field("day" if day is None else "reason")

    def submit(self) -> bool:
        self.form.clear_findings()
        day, reason = typed_day(self.form, "day"), self.form.value("reason")
        if day is None:
            mark_needed(self.form, "day", _("The day is needed."))
            return False
        if not reason:
            mark_needed(self.form, "reason", _("A reason is required."))
            return False
        entry = own.Entry(HOLIDAY, self._value, day, reason)
        self.answer = own.set_figure(self._office, entry)
        return self.answer is not None


class HolidaysDialog(BesideDialog):
    """The closed days, in order, with their sources."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        title = _("Holidays")
        super().__init__(title, parent)
        self._shell = shell
        self._days: tuple[Closed, ...] = ()
        self._as_read = AsRead(shell)
        sentence = _(
            "Reminders and days that the office has moved are shown with the next business day. "
            "The programme’s terms stay calendar days."
        )
        self.column.addWidget(label(sentence, "secondary", wrap=True))
        model: RowsModel[Closed] = RowsModel(_columns(), self._fetch)
        model.setParent(self)
        self.table = TableView(model, "holidays", None, self)
        set_name(self.table, title)
        self.table.row_selected.connect(self._show_chosen)
        card = Card()
        inside = card.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        card.body.addWidget(self.table)
        self.column.addWidget(card, 1)
        self.add = button(_("Close on a day…"), icon="plus")
        self.open_then = button(_("The office works then…"))
        self.take_out = button(_("Take out"), icon="trash")
        making("figures.set", self.add, self.open_then, self.take_out)
        row = QHBoxLayout()
        row.setSpacing(theme.space(2))
        for one, do in (
            (self.add, self._on_add_clicked),
            (self.open_then, self._on_open_clicked),
            (self.take_out, self._on_take_out_clicked),
        ):
            one.clicked.connect(do)
            row.addWidget(one)
        row.addStretch(1)
        self.column.addLayout(row)
        self.add_close()
        em = theme.metrics().body
        self.resize(em * 56, em * 38)
        shell.data_changed.connect(self._on_data_changed)
        self._read()
        self.table.setFocus()

    def _read(self) -> None:
        self._as_read.note()
        days, year = workdays(self._shell.office), self._shell.today().year
        self._days = (*days.of_year(year), *days.of_year(year + 1))
        self.table.set_ids(array("q", range(len(self._days))))
        today = self._shell.today()
        coming = (place for place, one in enumerate(self._days) if one.day >= today)
        if self.table.current_id() is None:
            self.table.select_id(next(coming, 0))
        self._show_chosen()

    def _fetch(self, places: Sequence[int]) -> list[Closed]:
        return [self._days[place] for place in places]

    def _current(self) -> Closed | None:
        chosen = self.table.current_id()
        return None if chosen is None or chosen >= len(self._days) else self._days[chosen]

    def _show_chosen(self) -> None:
        chosen = self._current()
        is_own = chosen is not None and chosen.by_office
        self.open_then.setEnabled(chosen is not None and not is_own)
        self.take_out.setEnabled(is_own)

    def _on_data_changed(self, touched: Touched) -> None:
        if touched.concerns(PROGRAMME):
            self._read()

    def _on_add_clicked(self) -> None:
        self._tell(OfficeDayDialog(self._as_read.office(), self).ask())

    def _on_open_clicked(self) -> None:
        chosen = self._current()
        if chosen is not None:
            office = self._as_read.office()
            self._tell(OfficeDayDialog(office, self, closed=False, day=chosen.day).ask())

    def _on_take_out_clicked(self) -> None:
        chosen = self._current()
        if chosen is not None:
            with suppress(Overtaken):  # theirs was told, and nothing chosen
                self._tell(self._as_read.do(self, own.take_out, HOLIDAY, chosen.day))

    def _tell(self, act: ActId | None) -> None:
        if act is not None:
            self._shell.changed(_("The office’s days were changed."), act)


def _columns() -> tuple[Column[Closed], ...]:
    return (
        Column("day", lambda: _("Day"), lambda c: format_iso(c.day), width=7, kind="date"),
        Column("weekday", lambda: "", lambda c: weekday(c.day.weekday()), width=7, quiet=True),
        Column("why", lambda: _("Holiday"), lambda c: because_text(c.because), width=16),
        Column(
            "source",
            lambda: _("Source"),
            holiday_source,
            width=14,
            stretch=True,
            quiet=True,
            tooltip=lambda c: f"{format_day(c.day)} · {holiday_source(c)}",
        ),
    )
