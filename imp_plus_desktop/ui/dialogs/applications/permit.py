# SPDX-License-Identifier: Apache-2.0
"""The dialog for an issued permit: `PermitDialog(office, application_id).ask()`.

Shows while it is filled in from when until when the permit is valid and what sets its last day.
Answers what was recorded, None when it was given up.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.permits.permits import Issue, Issued, IssuePreview
from imp_plus_desktop.ui.dialogs.applications.permit_conditions import add_conditions
from imp_plus_desktop.ui.dialogs.marks import typed_day
from imp_plus_desktop.ui.dialogs.ruled_dialog import RuledDialog
from imp_plus_desktop.ui.dialogs.subject import subject_of
from imp_plus_desktop.ui.look.format import day_long, iso
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import error_text, field_label, name_of


class PermitDialog(RuledDialog[Issued]):
    """Records that IRCC has issued a permit."""

    def __init__(self, office: Office, application_id: int, parent: QWidget | None = None) -> None:
        application = person_file.application_of(office, application_id)
        super().__init__(
            _("Permit issued"),
            _("Record the permit"),
            parent,
            sentence=subject_of(office, application),
        )
        self._office, self._application = office, application
        self.keep_reasons(office, application.person_id, f"permit {application.id}")
        self.form.add_day("issued", field_label("issued"), past=True)
        self.form.add_day("until", _("Last day on the permit"))
        self.form.add_line("number", field_label("permit_number"), _("May follow later"))
        add_conditions(self.form)
        self.form.set_values({"issued": iso(office.clock.today())})
        until = self.form.field("until")
        set_tip(until, _("Empty: the last day is computed"))
        self.preview()
        self.form.focus_field("issued")

    def preview(self) -> None:
        issue = self._issue()
        if issue is None:
            self.show_nothing(_("Enter the day on which the permit was issued."))
            return
        if issue.issued > self._office.clock.today():
            self.show_nothing(_("This day is in the future: nothing has been issued yet."))
            return
        try:
            foreseen = permits.preview_issue(self._office, issue)
        except DomainError as error:
            self.show_nothing(error_text(error))
            return
        self.set_ok_enabled(True)
        self.show_rules(foreseen.findings)
        self._say_days(foreseen)

    def submit(self) -> bool:
        typed_day(self.form, "until")
        issue = self._issue()
        if issue is None or self.form.has_findings():
            return False
        self.answer = permits.issue(self._office, issue)
        return True

    def _issue(self) -> Issue | None:
        issued = self.day("issued")
        if issued is None:
            return None
        return Issue(
            self._application.id,
            issued,
            self.day("until"),
            self.form.value("number"),
            self.reasons(),
            self.form.value("location_condition"),
            self.form.value("occupation_condition"),
        )

    def _say_days(self, foreseen: IssuePreview) -> None:
        words = _("Valid from {first} to {last}. {limit}.").format(
            first=day_long(foreseen.valid_from),
            last=day_long(foreseen.valid_until),
            limit=name_of("shorter" if foreseen.shorter else foreseen.limited_by, "limited_by"),
        )
        if foreseen.lost_days:
            lost = ngettext("{count} day lost.", "{count} days lost.", foreseen.lost_days)
            words += " " + lost.format(count=format_number(foreseen.lost_days))
        short = foreseen.lost_days or foreseen.shorter
        self.banner.say(Tone.WARN if short else Tone.OK, words)
