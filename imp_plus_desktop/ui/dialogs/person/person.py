# SPDX-License-Identifier: Apache-2.0
"""The dialog for a person: `PersonDialog(office, person_id=None).ask()`.

Without a person it adds one, with letter, residence and passport in the same form; with one it
edits. Problems stand under their fields while typing; who is likely in the register already stands
beside the form, who is there for certain is said before anything is added, and adding all the same
asks for a tick. Answers what was stored, the id
of the other file when that is to be opened instead, None when it was given up. Must not hold a
rule: `people.check` finds what is wrong.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.records.catalogue import of_section
from imp_plus_desktop.domain.records.fields import Section
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.services.duplicates import likely, twins
from imp_plus_desktop.services.duplicates.matching import Candidate
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.people.people import Added
from imp_plus_desktop.ui.dialogs.fields import add_field
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_needed
from imp_plus_desktop.ui.dialogs.person.likely_list import LookAround
from imp_plus_desktop.ui.dialogs.person.twin_bar import TwinBar
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.mrz_field import MrzField
from imp_plus_desktop.words.messages import field_problem_text

_CHECK_AFTER_MS = 250
_FORM_EM = 70
_SECTIONS = (
    Section.IDENTITY,
    Section.CONTACT,
    Section.CORRESPONDENCE,
    Section.ARRIVING,
    Section.CSQ,
    Section.STATUS,
)
_HEADINGS: Mapping[Section, str] = {
    Section.IDENTITY: N_("Identity"),
    Section.CONTACT: N_("Contact"),
    Section.ARRIVING: N_("Letter and residence"),
    Section.CSQ: N_("CSQ and permanent residence"),
    Section.STATUS: N_("Status in Canada and family"),
}


class PersonDialog(FormDialog[Added | Changed | int]):
    """Adds or edits a person."""

    ACT = "people.edit"

    def __init__(
        self,
        office: Office,
        person_id: int | None = None,
        parent: QWidget | None = None,
        values: Mapping[str, str] | None = None,
    ) -> None:
        adding = person_id is None
        office.must_allow("people.add" if adding else "people.edit")
        super().__init__(
            _("New person") if adding else _("Edit the file"),
            _("Add the person") if adding else _("Save"),
            parent,
            sentence=_("Only a name is needed; the rest may follow.") if adding else "",
            columns=2,
        )
        self._office, self._person_id = office, person_id
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_CHECK_AFTER_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._add_fields(adding)
        self.twins = TwinBar(self)
        self.opened: int | None = None
        """The file asked for instead of a new one."""
        self.twins.opened.connect(self._on_twin_opened)
        # Wide enough for an e-mail address beside the longest label.
        wide: float = _FORM_EM
        if person_id is None:
            self._around = LookAround(self, self._look, _FORM_EM)
            self.likely, wide = self._around.list, self._around.wide_em
            self.likely.opened.connect(self._on_twin_opened)
            self.add_strip(self.twins)
            self.head.addWidget(MrzField(office, self.form))
        else:
            self.form.set_values(people.text_of(office, person_id))
            self.tell_whose(people.file(office, person_id).person.full_name)
        room = self.screen().availableSize().width() * 9 // 10
        self.setMinimumWidth(min(round(theme.metrics().body * wide), room))
        self.form.edited.connect(self._on_form_edited)
        self._show_ok_state()
        if values:
            self.form.set_values(values)
            for key in values:
                self._on_form_edited(key)
        self.form.focus_field("family_name")

    def reject(self) -> None:
        self.opened = None
        super().reject()

    def leave(self) -> None:
        if self.opened is not None:
            self.finish(self.opened)
        else:
            super().leave()

    def submit(self) -> bool:
        self._timer.stop()
        blocking = self._check()
        if blocking:
            self.form.focus_field(blocking[0])
            return False
        if self._person_id is None and not self.twins.answered():
            self.twins.ask()
            return False
        values = self._values()
        try:
            if self._person_id is None:
                beside = self.twins.accepted()
                self.answer = people.add(self._office, values, beside=beside)
            else:
                self.answer = people.edit(self._office, self._person_id, values)
        except DomainError as error:
            if error.code == "person_twice":  # another desk added them a moment ago
                self._check()
                self.twins.ask()
            elif error.code == "missing_name":
                mark_needed(self.form, "family_name", _("A name is needed."))
            else:
                raise
            return False
        return True

    def values_now(self) -> Mapping[str, str]:
        return {} if self._person_id is None else people.text_of(self._office, self._person_id)

    def _values(self) -> dict[str, str]:
        """What to store: everything filled in for a new person, else what differs."""
        if self._person_id is None:
            return {key: text for key, text in self.form.values().items() if text}
        return self.form.changed()

    def _check(self) -> list[str]:
        """Show the problems under their fields; the fields that cannot be stored so."""
        values = {key: text for key, text in self._values().items() if text}
        shown = set(self.form.keys())
        problems = [
            problem
            for problem in people.check(self._office, values, self._person_id)
            if problem.field in shown
        ]
        self.form.clear_findings()
        for problem in problems:
            tone = Tone.BAD if problem.blocks else Tone.WARN
            self.form.set_finding(problem.field, tone, field_problem_text(problem))
        if self._person_id is None:
            self.twins.show_twins(twins.find(self._office, values))
        return [problem.field for problem in problems if problem.blocks]

    def _look(self) -> Sequence[Candidate]:
        """Who is likely there already, but for those whom the line below names."""
        named = {int(twin.person) for twin in self.twins.twins()}
        return likely.people_like(self._office, self._values(), named)

    def _on_timer_timeout(self) -> None:
        self._check()
        if self._person_id is None:
            self._around.look()

    def _on_twin_opened(self, person_id: int) -> None:
        self.opened = person_id
        super().reject()

    def _on_form_edited(self, key: str) -> None:
        self._timer.start()
        self._show_ok_state()

    def _show_ok_state(self) -> None:
        named = self.form.value("family_name") or self.form.value("given_names")
        self.set_ok_enabled(bool(named))

    def _add_fields(self, adding: bool) -> None:
        left_out = Section.CORRESPONDENCE if adding else Section.ARRIVING
        for section in (section for section in _SECTIONS if section is not left_out):
            if section in _HEADINGS:
                self.form.add_heading(_(_HEADINGS[section]))
            for field in of_section(section):
                add_field(self.form, self._office, field)
