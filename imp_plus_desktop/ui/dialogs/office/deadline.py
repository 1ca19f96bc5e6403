# SPDX-License-Identifier: Apache-2.0
"""The dialogs of the agenda.

    MoveDeadlineDialog(office, row, day=None).ask()  another day, with the reason; `day` proposed
    CalendarDialog(count).ask()                      names or reference numbers in the file

Each answers what was chosen or stored, None when it was given up. None holds a rule.
"""

from datetime import date

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_needed, tell_closed, typed_day
from imp_plus_desktop.ui.look.format import day_long, iso, number
from imp_plus_desktop.words.messages import deadline_said, field_label


class MoveDeadlineDialog(FormDialog[ActId]):
    """Keeps a deadline on another day than the file gives it."""

    ACT = "deadlines.move"

    def __init__(
        self,
        office: Office,
        row: DeadlineRow,
        day: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        what = deadline_said(row)
        super().__init__(
            _("Move a deadline"),
            _("Move the deadline"),
            parent,
            sentence=_("{name} · {what} · {day} in the file").format(
                name=row.name, what=what, day=day_long(row.own_day)
            ),
        )
        self._office, self._row = office, row
        self.form.add_day("day", _("New day"))
        self.form.let_finding_wrap("day")
        self.form.add_line("reason", field_label("reason"), _("Kept with the file"))
        self.form.set_values({"day": iso(day or row.day), "reason": row.moved_because or ""})
        which = f"move {row.kind} {row.subject_id or 0}"
        self.keep_draft("reason", office, row.person_id, which)
        self.form.edited.connect(self._on_form_edited)
        self._on_form_edited("day")
        self.form.focus_field("day" if day is None else "reason")

    def _on_form_edited(self, key: str) -> None:
        if key == "day":
            tell_closed(self.form, "day", self._office)
            if self.isVisible():
                self.fit()

    def submit(self) -> bool:
        day = typed_day(self.form, "day")
        if day is None:
            mark_needed(self.form, "day", _("A day is needed."))
            return False
        if not self.form.value("reason"):
            mark_needed(self.form, "reason", _("A reason is needed. Write why."))
            return False
        named = Named.of(self._row)
        self.answer = agenda.move(self._office, named, day, self.form.value("reason"))
        return True


class CalendarDialog(FormDialog[bool]):
    """Says what the calendar file will hold, and lets names be left out."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        words = ngettext(
            "The file will hold {count} deadline with the person’s name. Whoever opens it can "
            "read it: keep it inside the office.",
            "The file will hold {count} deadlines with the people’s names. Whoever opens it can "
            "read them: keep it inside the office.",
            count,
        )
        super().__init__(
            _("Save as a calendar"),
            _("Choose the place…"),
            parent,
            sentence=words.format(count=number(count)),
        )
        self.form.add_check("references", _("Reference numbers only, no names"))
        self.form.focus_field("references")

    def submit(self) -> bool:
        self.answer = self.form.value("references") != "yes"
        return True
