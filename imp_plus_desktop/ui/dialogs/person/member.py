# SPDX-License-Identifier: Apache-2.0
"""The dialog for a family member: `MemberDialog(office, person_id, member=None).ask()`.

Shows while it is filled in what the rules say of the member, and beside a new one who is likely in
the register already; nothing blocks data entry. Answers the act that stored it, None when it was
given up, when nothing changed, or when the file of `opened` was asked for instead.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.records.catalogue import MEMBER, PARTLY, PERSON, of_section
from imp_plus_desktop.domain.records.fields import Field, Kind, Section
from imp_plus_desktop.domain.records.ids import ActId, PersonId
from imp_plus_desktop.domain.records.member import Member, new_member
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.domain.values.partial_days import is_partial
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.services.duplicates import likely
from imp_plus_desktop.services.duplicates.matching import Candidate
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.fields import member_fields
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.as_it_stands import as_it_stands
from imp_plus_desktop.ui.dialogs.fields import add_field
from imp_plus_desktop.ui.dialogs.marks import mark_days, mark_needed, typed_day
from imp_plus_desktop.ui.dialogs.person.likely_list import LookAround
from imp_plus_desktop.ui.dialogs.ruled_dialog import RuledDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.findings import by_weight, lines_of, needs_attention

_COUNTRIES = tuple(field.name for field in MEMBER if field.is_country)
_DAYS = tuple(field.name for field in MEMBER if field.is_day)
_FORM_EM = 54
_TELLING = {field.name for field in MEMBER} & {field.name for field in PERSON}
"""What is said of a member as of anybody: who that is, among it."""
_LABELS: Mapping[str, str] = {
    "biometrics_on": N_("Biometrics on"),
    "dependent_condition": N_("Dependent by condition"),
    "married_on": N_("Child married on"),
}
"""What this form says more shortly, or only of a child."""
_PARTS: Mapping[str, tuple[Section, ...]] = {
    "": (Section.MEMBER,),
    N_("Passport and numbers"): (Section.MEMBER_PAPERS,),
    N_("Stay in Canada and studies"): (Section.MEMBER_STAY,),
    N_("Family situation"): (Section.MEMBER_CHANGES, Section.CHILD, Section.SPOUSE),
}


class MemberDialog(RuledDialog[ActId]):
    """Records or corrects a spouse, a partner or a child."""

    def __init__(
        self,
        office: Office,
        person_id: int,
        member: Member | None = None,
        parent: QWidget | None = None,
    ) -> None:
        office.must_allow("family.edit")
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
            self.form.set_values(member_fields.texts(member))
        self.opened: int | None = None
        """The file asked for instead of a new member."""
        if member is None:
            self._around = LookAround(self, self._look, _FORM_EM)
            self.likely = self._around.list
            self.likely.opened.connect(self._on_likely_opened)
            room = self.screen().availableSize().width() * 9 // 10
            self.setMinimumWidth(min(round(theme.metrics().body * self._around.wide_em), room))
        self.preview()
        self.form.focus_field("relation" if member is None else "family_name")

    def preview(self) -> None:
        self._show_of_relation()
        number = 0 if self._member is None else self._member.id
        findings = family.preview_member(self._office, self._new_member(), number)
        for key in _DAYS:
            self.form.set_finding(key, Tone.PLAIN, "")
        self._mark_days()
        self.show_findings(lines_of(f for f in by_weight(findings) if needs_attention(f)))
        self.set_ok_enabled(bool(self.form.value("family_name")))

    def submit(self) -> bool:
        for key in _DAYS:
            if key in PARTLY and is_partial(self.form.value(key)):
                self.form.set_finding(key, Tone.PLAIN, "")
            else:
                typed_day(self.form, key)
        self._mark_countries()
        if self._mark_days() or self.form.has_findings():
            return False
        new = self._new_member()
        if self._member is None:
            self.answer = family.add_member(self._office, new).act
        else:
            self.answer = family.edit_member(self._office, self._member.id, new)
        return True

    def values_now(self) -> Mapping[str, str]:
        if self._member is None:
            return {}
        return member_fields.texts(family.one(self._office, self._member.id))

    def reject(self) -> None:
        self.opened = None
        super().reject()

    def _look(self) -> Sequence[Candidate]:
        """Who is likely there already, in another file or in this family."""
        typed = {name: text for name, text in self.form.values().items() if name in _TELLING}
        return likely.people_like(self._office, typed, family=self._person_id)

    def _on_likely_opened(self, person_id: int) -> None:
        self.opened = person_id
        super().reject()

    def _mark_days(self) -> bool:
        """Say under each day that was changed what is wrong with it; whether one stops."""
        new = self._new_member()
        touched = member_fields.changed(new, self._member)
        return mark_days(self.form, member_fields.misdated(self._office, new, touched))

    def _mark_countries(self) -> None:
        for key in _COUNTRIES:
            if self.form.value(key) not in self._known:
                mark_needed(self.form, key, _("Choose a country of the list."))
            else:
                self.form.set_finding(key, Tone.PLAIN, "")

    def _add_fields(self, office: Office) -> None:
        for title, sections in _PARTS.items():
            if title:
                self.form.add_fold(_(title))
            for field in of_section(*sections):
                text = _(_LABELS[field.name]) if field.name in _LABELS else None
                add_field(self.form, office, field, text)

    def _show_of_relation(self) -> None:
        """A child has other fields than a spouse."""
        child = self.form.value("relation") == Relation.CHILD
        for section, shown in ((Section.CHILD, child), (Section.SPOUSE, not child)):
            for field in of_section(section):
                self.form.set_field_shown(field.name, shown)

    def _new_member(self) -> Member:
        typed = {field.name: self._typed(field) for field in MEMBER}
        return new_member(PersonId(self._person_id), **typed)

    def _typed(self, field: Field) -> Any:
        """What the form holds for a field; a country that is none of the list is not recorded."""
        if field.traits.partly:
            text = self.form.value(field.traits.partly)
            return text if is_partial(text) else None
        text = self.form.value(field.name)
        if field.is_day:
            return self.day(field.name)
        if field.kind is Kind.FLAG:
            return choices.answer(text)
        if field.is_country:
            return text if text and text in self._known else None
        if field.code is not None:
            return field.code(text) if text else None
        return text
