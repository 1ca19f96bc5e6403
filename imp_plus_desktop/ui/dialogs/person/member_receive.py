# SPDX-License-Identifier: Apache-2.0
"""The dialog for a member's received application: `MemberReceiveDialog(office, id).ask()`.

Shows the code that the application carries and what the rules find. Answers what was recorded,
None when it was given up.
"""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.codes import ApplicationCode, PermitWish
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.family.family import MemberReceived, MemberReception
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.reception import ReceptionDialog
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import name_of

_ASKED = (PermitWish.WORK, PermitWish.STUDY)


class MemberReceiveDialog(ReceptionDialog[MemberReceived]):
    """Records that IRCC has received a family member's application."""

    def __init__(self, office: Office, member_id: int, parent: QWidget | None = None) -> None:
        member = family.one(office, member_id)
        super().__init__(
            _("Family application received"),
            office.clock.today(),
            parent,
            sentence=f"{member.full_name} · {name_of(member.relation)}",
        )
        self._office, self._member = office, member
        self.keep_reasons(office, member.person_id, f"receive member {member.id}")
        form = self.form
        form.add_choice("wish", _("Asks for"), choices.of_codes(_ASKED))
        self.add_receipt()
        form.set_values({"wish": (member.wish if member.wish in _ASKED else PermitWish.WORK) or ""})
        self.preview()
        form.focus_field("wish")

    def foresee(self, at: datetime) -> None:
        foreseen = family.preview_receive(self._office, self._reception(at))
        self.set_ok_enabled(True)
        self.show_rules(foreseen.findings)
        if foreseen.code is ApplicationCode.STUDY:
            words = _("Study permit, without an exemption code. Uses no place of the cap.")
        else:
            words = _("Exemption code {code}. Uses no place of the cap.")
        self.banner.say(Tone.ACCENT, words.format(code=foreseen.code.value))

    def record(self, at: datetime) -> None:
        self.answer = family.receive(self._office, self._reception(at))

    def _reception(self, at: datetime) -> MemberReception:
        return MemberReception(
            self._member.id,
            PermitWish(self.form.value("wish")),
            at,
            self.form.value("number"),
            self.reasons(),
        )
