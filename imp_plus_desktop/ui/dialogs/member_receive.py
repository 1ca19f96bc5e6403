# SPDX-License-Identifier: Apache-2.0
"""The dialog for a member's received application: `MemberReceiveDialog.ask(parent, office, id)`.

Shows the code that the application carries and what the rules find. Answers what was recorded,
None when it was given up.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.calendar import toronto_day
from imp_plus_desktop.domain.codes import ApplicationCode, PermitWish
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services import family
from imp_plus_desktop.services.family import MemberReceived, MemberReception
from imp_plus_desktop.services.messages import field_label, name_of
from imp_plus_desktop.services.office import Office
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.marks import typed_day
from imp_plus_desktop.ui.dialogs.ruled_dialog import RuledDialog
from imp_plus_desktop.ui.format import iso
from imp_plus_desktop.ui.theme import Tone

_ASKED = (PermitWish.WORK, PermitWish.STUDY)


class MemberReceiveDialog(RuledDialog):
    """Records that IRCC has received a family member's application."""

    def __init__(self, office: Office, member_id: int, parent: QWidget | None = None) -> None:
        member = family.one(office, member_id)
        super().__init__(
            _("Family application received"),
            _("Record the application"),
            parent,
            sentence=f"{member.full_name} · {name_of(member.relation)}",
        )
        self._office, self._member = office, member
        self.received: MemberReceived | None = None
        form = self.form
        form.add_choice("wish", _("Asks for"), choices.of_codes(_ASKED))
        form.add_day("day", field_label("received_at"))
        form.add_line("time", _("Time, in Toronto"), "12:00")
        form.add_line("number", field_label("application_number"), _("May follow later"))
        form.set_values(
            {
                "wish": (member.wish if member.wish in _ASKED else PermitWish.WORK) or "",
                "day": iso(office.clock.today()),
                "time": "12:00",
            }
        )
        self.preview()
        form.focus_field("wish")

    @classmethod
    def ask(cls, parent: QWidget | None, office: Office, member_id: int) -> MemberReceived | None:
        """What was recorded; None when nothing was."""
        dialog = cls(office, member_id, parent)
        return dialog.received if dialog.run() else None

    def preview(self) -> None:
        reception = self._reception()
        if reception is None:
            self.show_nothing(_("Enter the day and the time of receipt."))
            return
        if toronto_day(reception.at) > self._office.clock.today():
            self.show_nothing(_("This day is in the future: nothing has been received yet."))
            return
        foreseen = family.preview_receive(self._office, reception)
        self.set_ok_enabled(True)
        self.show_rules(foreseen.findings)
        if foreseen.code is ApplicationCode.STUDY:
            words = _("Study permit, without an exemption code. Uses no place of the cap.")
        else:
            words = _("Exemption code {code}. Uses no place of the cap.")
        self.banner.say(Tone.ACCENT, words.format(code=foreseen.code.value))

    def submit(self) -> bool:
        typed_day(self.form, "day")
        reception = self._reception()
        if reception is None or self.form.has_findings():
            return False
        self.received = family.receive(self._office, reception)
        return True

    def _reception(self) -> MemberReception | None:
        at = self.instant("day", "time")
        if at is None:
            return None
        return MemberReception(
            self._member.id,
            PermitWish(self.form.value("wish")),
            at,
            self.form.value("number"),
            self.reasons(),
        )
