# SPDX-License-Identifier: Apache-2.0
"""The dialog for a decision: `DecideDialog(office, application_id).ask()`.

Offers only the outcomes that the application's state allows. Answers what was recorded, None
when it was given up.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.applications.status import may_move
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationState, Outcome
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.applications.applications import Decided
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.family.family_board import resting_text
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.ruled_dialog import RuledDialog
from imp_plus_desktop.ui.dialogs.subject import subject_of
from imp_plus_desktop.ui.look.format import day_long, iso
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, FindingList
from imp_plus_desktop.words.messages import field_label, rule_title


class DecideDialog(RuledDialog[Decided]):
    """Records what IRCC has decided, or that the application went back."""

    def __init__(self, office: Office, application_id: int, parent: QWidget | None = None) -> None:
        application = person_file.application_of(office, application_id)
        super().__init__(
            _("Decision"),
            _("Record the decision"),
            parent,
            sentence=subject_of(office, application),
        )
        self._office, self._application = office, application
        self.keep_reasons(office, application.person_id, f"decide {application.id}")
        outcomes = [
            outcome
            for outcome in Outcome
            if may_move(application.state, ApplicationState(outcome.value))
        ]
        self.form.add_choice("outcome", field_label("outcome"), choices.of_codes(outcomes))
        self.form.add_day("day", field_label("decided_on"), past=True)
        self.form.set_values({"day": iso(office.clock.today())})
        self._resting = FindingList(self)
        self.body.addWidget(self._resting)
        self.preview()
        self.form.focus_field("outcome")

    def preview(self) -> None:
        day = self.day("day")
        if day is None:
            self.show_nothing(_("Enter the day of the decision."))
            return
        received = self._application.received_at
        if received is not None and day < toronto_day(received):
            words = _("The application was received on {day}: the decision comes after it.")
            self.show_nothing(words.format(day=day_long(toronto_day(received))))
            return
        if day > self._office.clock.today():
            self.show_nothing(_("This day is in the future: nothing is decided yet."))
            return
        outcome = Outcome(self.form.value("outcome"))
        self.set_ok_enabled(True)
        self.show_rules(
            applications.preview_decide(self._office, self._application.id, outcome, day)
        )
        self._say_place(outcome)
        self._say_resting(outcome)

    def submit(self) -> bool:
        day = self.day("day")
        if day is None:
            return False
        outcome = Outcome(self.form.value("outcome"))
        self.answer = applications.decide(
            self._office, self._application.id, outcome, day, self.reasons()
        )
        return True

    def _say_resting(self, outcome: Outcome) -> None:
        """What of the family a principal's refusal topples, one line each (FAM-07)."""
        lines: list[FindingLine] = []
        if self._application.member_id is None and outcome is Outcome.REFUSED:
            file = person_file.file_of(self._office, self._application.person_id)
            texts = [resting_text(file, one) for one in family.resting_on(self._office, file)]
            tip = f"FAM-07 — {rule_title('FAM-07')}"
            lines = [FindingLine(Tone.WARN, text, tip=tip, rule="FAM-07") for text in texts]
        self._resting.show_lines(lines)
        self._resting.setVisible(bool(lines))

    def _say_place(self, outcome: Outcome) -> None:
        year, place = self._application.cap_year, self._application.place
        if place is None or year is None:
            self.banner.say(Tone.PLAIN, "")
            return
        gives_back = any(f.reason == "returned_uses_no_place" for f in self.rules())
        if outcome is Outcome.RETURNED and gives_back:
            words = _("The place of {year} goes back to the others.")
        else:
            words = _("The application keeps its place of {year}.")
        self.banner.say(Tone.ACCENT, words.format(year=year))
