# SPDX-License-Identifier: Apache-2.0
"""What the office says of the chosen deadlines: seen, settled, on another day, taken on.

    DeadlineActs      the part of the agenda's page that does so

Who has taken one on is asked about before another does anything to it.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

from PySide6.QtWidgets import QPushButton

from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.servers import claims
from imp_plus_desktop.ui.dialogs.meeting.as_read import AsRead, refusal
from imp_plus_desktop.ui.dialogs.servers import claiming
from imp_plus_desktop.ui.lists.agenda.calendar import AgendaCalendar
from imp_plus_desktop.ui.lists.person_list import PersonListPage
from imp_plus_desktop.ui.lists.several.acts import (
    MOVE_THESE,
    SEE_THESE,
    SETTLE_THESE,
    RowsAction,
)
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.words.messages import error_text


class DeadlineActs(PersonListPage):
    """The agenda as one works in it."""

    calendar: AgendaCalendar
    as_read: AsRead
    seen_button: QPushButton
    settle_button: QPushButton
    move_button: QPushButton
    claim_button: QPushButton

    def is_calendar(self) -> bool:
        """Whether the days are in front and not the list."""
        raise NotImplementedError

    def mark_seen(self) -> None:
        """Mark the chosen deadline as seen, or take its marks back; several are marked."""
        row = self._chosen()
        if self._do_to_several(SEE_THESE) or row is None or not self._may_do([row]):
            return
        named = Named.of(row)
        try:
            if row.acknowledged_on is not None or row.moved_because is not None:
                act, words = self._mark(agenda.clear, named), _("Marks taken back")
            else:
                act, words = self._mark(agenda.acknowledge, named), _("Deadline seen")
        except AppError as error:
            self.shell.say(refusal(error))
            return
        if act is not None:
            self._refresh_beside(words, act)

    def settle(self) -> None:
        """Be done with the chosen deadlines."""
        row = self._chosen()
        if self._do_to_several(SETTLE_THESE) or row is None or not self._may_do([row]):
            return
        try:
            act = self._mark(agenda.settle, Named.of(row))
        except AppError as error:
            self.shell.say(refusal(error))
            return
        if act is not None:
            self._refresh_beside(_("Deadline settled"), act)

    def move_to_another_day(self) -> None:
        """Keep the chosen deadlines on another day, with a reason."""
        row = self._chosen()
        if not self._do_to_several(MOVE_THESE) and row is not None:
            self._move(row)

    def _move(self, row: DeadlineRow, day: date | None = None) -> None:
        """Ask for the reason, and for the day where none is proposed."""
        from imp_plus_desktop.ui.dialogs.office.deadline import MoveDeadlineDialog

        if not self._may_do([row]):
            return
        office = self.as_read.office()
        act = MoveDeadlineDialog(office, row, day, parent=self.window()).ask()
        if act is not None:
            self._refresh_beside(_("Deadline moved"), act)

    def _mark(self, mark: Callable[[Office, Named], ActId | None], named: Named) -> ActId | None:
        """Say something of a deadline, after asking where another desk has said something else."""
        return self.as_read.do(self.window(), mark, named)

    def _do_to_several(self, action: RowsAction) -> bool:
        """Whether several deadlines are chosen, to all of which it is done."""
        if self.is_calendar() or self.several.chosen() is None:
            return False
        self.several.do(action)
        return True

    def _refresh_beside(self, words: str, act: ActId) -> None:
        """Lines are made anew after an act: the row that takes the place is chosen then."""
        place = self.table.currentIndex().row()
        self.shell.changed(words, act)
        if self.is_calendar():
            return
        ids = self.model.ids
        if len(ids):
            self.table.select_id(ids[min(max(place, 0), len(ids) - 1)])

    def take_on(self) -> None:
        """Take the chosen deadline on, or let it go."""
        row = self._chosen()
        if row is None or not claims.is_possible(self.shell.office):
            return
        try:
            claiming.toggle(self.shell, self.window(), claims.of_deadline(row))
        except AppError as error:
            self.shell.say(error_text(error))

    def _may_do(self, rows: Sequence[DeadlineRow]) -> bool:
        return claiming.may_do(self.shell, self.window(), *map(claims.of_deadline, rows))

    def _show_marks(self) -> None:
        """The links say what they would do to the chosen row."""
        row = self._chosen()
        seen = row is not None and row.acknowledged_on is not None
        marked = seen or (row is not None and row.moved_because is not None)
        self.seen_button.setText(_("Take back the marks") if marked else _("Mark as seen"))
        set_tip(
            self.seen_button,
            _("Show this deadline on its own day again (V)")
            if marked
            else _("Say that this deadline was seen (V)"),
        )
        matter = None if row is None else claims.of_deadline(row)
        said, tip = claiming.button_texts(self.shell.office, matter)
        self.claim_button.setText(said)
        set_tip(self.claim_button, f"{tip} (T)")
        self.claim_button.setVisible(claims.is_possible(self.shell.office))
        for made in (self.seen_button, self.settle_button, self.move_button, self.claim_button):
            made.setEnabled(row is not None)

    def _chosen(self) -> DeadlineRow | None:
        if self.is_calendar():
            return self.calendar.current_row()
        return cast("DeadlineRow | None", self.table.current_row())
