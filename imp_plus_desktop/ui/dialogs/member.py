# SPDX-License-Identifier: Apache-2.0
"""The dialog for a family member: `MemberDialog.ask(parent, office, person_id, member=None)`.

Shows while it is filled in what the rules say of the member; nothing blocks data entry. Answers
the act that stored it, None when it was given up or nothing changed.
"""

from datetime import date

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values import ActId, Member, PermitWish, Relation
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services import family, people
from imp_plus_desktop.services.family import NewMember
from imp_plus_desktop.services.messages import field_label
from imp_plus_desktop.services.office import Office
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.marks import mark_needed, typed_day
from imp_plus_desktop.ui.dialogs.ruled_dialog import RuledDialog
from imp_plus_desktop.ui.findings import by_weight, lines_of, needs_attention
from imp_plus_desktop.ui.format import iso
from imp_plus_desktop.ui.theme import Tone


class MemberDialog(RuledDialog):
    """Records or corrects a spouse, a partner or a child."""

    def __init__(
        self,
        office: Office,
        person_id: int,
        member: Member | None = None,
        parent: QWidget | None = None,
    ) -> None:
        principal = people.file(office, person_id).person
        super().__init__(
            _("Family member"),
            _("Add the family member") if member is None else _("Save the family member"),
            parent,
            sentence=_("Family of {name}").format(name=principal.full_name),
        )
        self._office, self._person_id, self._member = office, person_id, member
        self._known = {code for code, _name in choices.countries(office)}
        self.act: ActId | None = None
        self._add_fields(office)
        if member is None:
            self.form.set_values({"family_name": principal.family_name})
        else:
            self.form.set_values(_texts(member))
        self.preview()
        self.form.focus_field("relation" if member is None else "family_name")

    @classmethod
    def ask(
        cls, parent: QWidget | None, office: Office, person_id: int, member: Member | None = None
    ) -> ActId | None:
        """The act that stored the member; None when nothing was stored."""
        dialog = cls(office, person_id, member, parent)
        return dialog.act if dialog.run() else None

    def preview(self) -> None:
        findings = family.preview_member(self._office, self._new_member())
        self.show_findings(lines_of(f for f in by_weight(findings) if needs_attention(f)))
        self.set_ok_enabled(bool(self.form.value("family_name")))

    def submit(self) -> bool:
        birth_date = typed_day(self.form, "birth_date")
        typed_day(self.form, "passport_expiry")
        if self.form.value("citizenship") not in self._known:
            mark_needed(self.form, "citizenship", _("Choose a country of the list."))
        else:
            self.form.set_finding("citizenship", Tone.PLAIN, "")
        if birth_date is not None and birth_date > self._office.clock.today():
            mark_needed(self.form, "birth_date", _("This day is in the future. Check the date."))
        if self.form.has_findings():
            return False
        new = self._new_member()
        if self._member is None:
            self.act = family.add_member(self._office, new).act
        else:
            self.act = family.edit_member(self._office, self._member.id, new)
        return True

    def _add_fields(self, office: Office) -> None:
        form = self.form
        form.add_choice("relation", field_label("relation"), choices.of_codes(Relation))
        form.add_line("family_name", field_label("family_name"))
        form.add_line("given_names", field_label("given_names"))
        form.add_day("birth_date", field_label("birth_date"))
        form.add_choice(
            "citizenship", field_label("citizenship"), choices.countries(office), typing=True
        )
        form.add_choice("accompanying", _("Declared accompanying"), choices.yes_no())
        wishes = choices.with_none(choices.of_codes(PermitWish))
        form.add_choice("wish", field_label("wish"), wishes)
        form.add_day("passport_expiry", field_label("passport_expiry"))

    def _new_member(self) -> NewMember:
        value = self.form.value
        citizenship = value("citizenship")
        return NewMember(
            self._person_id,
            Relation(value("relation")),
            value("family_name"),
            value("given_names"),
            self.day("birth_date"),
            citizenship if citizenship and citizenship in self._known else None,
            choices.answer(value("accompanying")),
            PermitWish(value("wish")) if value("wish") else None,
            self.day("passport_expiry"),
        )


def _texts(member: Member) -> dict[str, str]:
    return {
        "relation": member.relation.value,
        "family_name": member.family_name,
        "given_names": member.given_names or "",
        "birth_date": _day(member.birth_date),
        "citizenship": member.citizenship or "",
        "accompanying": choices.yes_or_no(member.accompanying),
        "wish": member.wish.value if member.wish else "",
        "passport_expiry": _day(member.passport_expiry),
    }


def _day(day: date | None) -> str:
    return iso(day) if day is not None else ""
