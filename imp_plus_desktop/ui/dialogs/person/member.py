# SPDX-License-Identifier: Apache-2.0
"""The dialog for a family member: `MemberDialog(office, person_id, member=None).ask()`.

Shows while it is filled in what the rules say of the member; nothing blocks data entry. Answers
the act that stored it, None when it was given up or nothing changed.
"""

from enum import StrEnum

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.codes import (
    CanadaStatus,
    Custody,
    MemberLocation,
    PermitWish,
    Relation,
    School,
)
from imp_plus_desktop.domain.values.records import ActId, Member
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.family.family import NewMember
from imp_plus_desktop.services.fields.member_fields import PAST_DAYS, texts
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.as_it_stands import as_it_stands
from imp_plus_desktop.ui.dialogs.marks import mark_needed, typed_day
from imp_plus_desktop.ui.dialogs.ruled_dialog import RuledDialog
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.findings import by_weight, lines_of, needs_attention
from imp_plus_desktop.words.messages import field_label

_DAYS = (*PAST_DAYS, "passport_expiry", "caq_until", "canada_status_until")


class MemberDialog(RuledDialog[ActId]):
    """Records or corrects a spouse, a partner or a child."""

    def __init__(
        self,
        office: Office,
        person_id: int,
        member: Member | None = None,
        parent: QWidget | None = None,
    ) -> None:
        file = people.file(office, person_id)
        principal, member = file.person, as_it_stands(file.members, member)
        super().__init__(
            _("Family member"),
            _("Add the family member") if member is None else _("Save the family member"),
            parent,
            sentence=_("Family of {name}").format(name=principal.full_name),
            columns=2,
        )
        self._office, self._person_id, self._member = office, person_id, member
        self._known = {code for code, _name in choices.countries(office)}
        self._add_fields(office)
        if member is None:
            self.form.set_values({"family_name": principal.family_name})
        else:
            self.form.set_values(texts(member))
        self.preview()
        self.form.focus_field("relation" if member is None else "family_name")

    def preview(self) -> None:
        self._show_of_relation()
        number = 0 if self._member is None else self._member.id
        findings = family.preview_member(self._office, self._new_member(), number)
        self.show_findings(lines_of(f for f in by_weight(findings) if needs_attention(f)))
        self.set_ok_enabled(bool(self.form.value("family_name")))

    def submit(self) -> bool:
        for key in _DAYS:
            typed_day(self.form, key)
        if self.form.value("citizenship") not in self._known:
            mark_needed(self.form, "citizenship", _("Choose a country of the list."))
        else:
            self.form.set_finding("citizenship", Tone.PLAIN, "")
        for key in PAST_DAYS:
            day = self.day(key)
            if day is not None and day > self._office.clock.today():
                mark_needed(self.form, key, _("This day is in the future. Check the date."))
        if self.form.has_findings():
            return False
        new = self._new_member()
        if self._member is None:
            self.answer = family.add_member(self._office, new).act
        else:
            self.answer = family.edit_member(self._office, self._member.id, new)
        return True

    def _add_fields(self, office: Office) -> None:
        form = self.form
        form.add_choice("relation", field_label("relation"), choices.of_codes(Relation))
        form.add_day("birth_date", field_label("birth_date"))
        form.add_line("family_name", field_label("family_name"))
        form.add_line("given_names", field_label("given_names"))
        form.add_choice(
            "citizenship", field_label("citizenship"), choices.countries(office), typing=True
        )
        form.add_line("uci", field_label("uci"))
        form.add_choice("accompanying", field_label("accompanying"), choices.yes_no())
        self._add_codes("wish", PermitWish)
        form.add_day("passport_expiry", field_label("passport_expiry"))
        form.add_day("biometrics_on", _("Biometrics on"))
        self._add_codes("location", MemberLocation)
        form.add_day("arrived_on", field_label("arrived_on"))
        self._add_codes("canada_status", CanadaStatus)
        form.add_day("canada_status_until", field_label("canada_status_until"))
        self._add_codes("school", School)
        form.add_line("caq_number", field_label("caq_number"))
        form.add_day("caq_until", field_label("caq_until"))
        form.add_day("died_on", field_label("died_on"))
        # A line each for children alone and for spouses alone, so that no hole is left.
        self._add_codes("custody", Custody)
        form.add_choice("dependent_condition", _("Dependent by condition"), choices.yes_no())
        form.add_choice("invited", field_label("invited"), choices.yes_no())
        form.add_day("separated_on", field_label("separated_on"))
        form.add_day("married_on", _("Child married on"))

    def _add_codes(self, key: str, codes: type[StrEnum]) -> None:
        made = choices.with_none(choices.of_codes(codes))
        self.form.add_choice(key, field_label(key), made)

    def _show_of_relation(self) -> None:
        """A child has other fields than a spouse."""
        child = self.form.value("relation") == Relation.CHILD
        for key in ("custody", "dependent_condition", "married_on"):
            self.form.set_field_shown(key, child)
        for key in ("separated_on", "invited"):
            self.form.set_field_shown(key, not child)

    def _new_member(self) -> NewMember:
        value, day = self.form.value, self.day
        citizenship = value("citizenship")
        return NewMember(
            self._person_id,
            Relation(value("relation")),
            value("family_name"),
            value("given_names"),
            citizenship=citizenship if citizenship and citizenship in self._known else None,
            accompanying=choices.answer(value("accompanying")),
            uci=value("uci") or None,
            wish=PermitWish(value("wish")) if value("wish") else None,
            custody=Custody(value("custody")) if value("custody") else None,
            school=School(value("school")) if value("school") else None,
            location=MemberLocation(value("location")) if value("location") else None,
            dependent_condition=choices.answer(value("dependent_condition")),
            invited=choices.answer(value("invited")),
            caq_number=value("caq_number") or None,
            canada_status=CanadaStatus(status) if (status := value("canada_status")) else None,
            **{key: day(key) for key in _DAYS},
        )
