# SPDX-License-Identifier: Apache-2.0
"""The dialogs of an application's way and of work.

    PrepareDialog(office, person_id).ask()                     begins an application
    StateDialog(office, application_id).ask()                  gives it another state
    WorkDialog(office, person_id, employment=None).ask() where somebody works

Each answers what was recorded, None when it was given up. None holds a rule.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.applications.status import next_kind, next_states
from imp_plus_desktop.domain.records.papers import Employment
from imp_plus_desktop.domain.values.codes import ApplicationKind, ApplicationState
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import preparing
from imp_plus_desktop.services.applications.preparing import Moved, Prepared
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import employments, people
from imp_plus_desktop.services.people.employments import Work, WorkSaved
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.as_it_stands import as_it_stands
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import DayMarks, mark_needed, typed_day
from imp_plus_desktop.ui.dialogs.ruled_dialog import RuledDialog
from imp_plus_desktop.ui.dialogs.subject import subject_of
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import field_label

_CANADA = "CAN"


class PrepareDialog(FormDialog[Prepared]):
    """Begins an application as a draft in IRCC's portal."""

    ACT = "applications.prepare"

    def __init__(self, office: Office, person_id: int, parent: QWidget | None = None) -> None:
        file = people.file(office, person_id)
        super().__init__(
            _("Prepare an application"),
            _("Begin the application"),
            parent,
            sentence=_(
                "{name}. The portal deletes a draft that is not submitted within 60 days."
            ).format(name=file.person.full_name),
        )
        self._office, self._person_id = office, person_id
        self.form.add_choice("kind", field_label("kind"), choices.of_codes(ApplicationKind))
        self.form.add_day("on", field_label("prepared_on"), past=True)
        kind = next_kind(file)
        self.form.set_values({"kind": kind.value, "on": iso(office.clock.today())})
        self.form.focus_field("on")

    def submit(self) -> bool:
        day = typed_day(self.form, "on")
        if day is None:
            mark_needed(self.form, "on", _("A day is needed."))
            return False
        kind = ApplicationKind(self.form.value("kind"))
        self.answer = preparing.prepare(self._office, self._person_id, day, kind)
        return True


class StateDialog(RuledDialog[Moved]):
    """Moves an application along; what is to be ready is judged by the rules."""

    def __init__(self, office: Office, application_id: int, parent: QWidget | None = None) -> None:
        application = person_file.application_of(office, application_id)
        super().__init__(
            _("State of the application"),
            _("Record the state"),
            parent,
            sentence=subject_of(office, application),
        )
        self._office, self._application = office, application
        self.keep_reasons(office, application.person_id, f"state {application.id}")
        states = next_states(application.state)
        self.form.add_choice("state", field_label("state"), choices.of_codes(states))
        self.form.add_day("on", field_label("on_day"), past=True)
        self.form.set_values({"on": iso(office.clock.today())})
        self.preview()
        self.form.focus_field("state")

    def preview(self) -> None:
        day = self.day("on")
        if day is None:
            self.show_nothing(_("Enter the day."))
            return
        if day > self._office.clock.today():
            self.show_nothing(_("This day is in the future. Check the date."))
            return
        refused = self._application.state is ApplicationState.REFUSED
        words = _("Reopened: the refusal stays in the history, and the application in its place.")
        self.banner.say(Tone.PLAIN, words if refused else "")
        self.set_ok_enabled(True)
        state = ApplicationState(self.form.value("state"))
        self.show_rules(preparing.preview_move(self._office, self._application.id, state, day))

    def submit(self) -> bool:
        day = self.day("on")
        if day is None:
            return False
        state = ApplicationState(self.form.value("state"))
        self.answer = preparing.move(self._office, self._application.id, state, day, self.reasons())
        return True


class WorkDialog(FormDialog[WorkSaved]):
    """Records or corrects where somebody works, from a day to a day."""

    ACT = "people.employment"

    def __init__(
        self,
        office: Office,
        person_id: int,
        employment: Employment | None = None,
        parent: QWidget | None = None,
    ) -> None:
        employment = as_it_stands(people.file(office, person_id).employments, employment)
        super().__init__(
            _("Work"),
            _("Add the work") if employment is None else _("Save the work"),
            parent,
            sentence=_(
                "The first and the last day count. A permit for Quebec allows work in Quebec only: "
                "work elsewhere in Canada is flagged."
            ),
        )
        self._office, self._person_id, self._employment = office, person_id, employment
        self.tell_whose(people.file(office, person_id).person.full_name)
        countries = choices.countries(office, places=True)
        self._known = {code for code, _name in countries if code}
        form = self.form
        form.add_line("employer", field_label("employer"))
        form.add_choice("country", field_label("country"), countries, typing=True)
        form.add_choice("province", field_label("province"), choices.provinces())
        form.add_day("from_day", field_label("from_day"))
        form.add_day("until_day", field_label("until_day"))
        form.set_values(_work_values(employment))
        form.edited.connect(self._on_form_edited)
        self._show_province()
        self._days = DayMarks(form, office, "employment", people.file(office, person_id))
        self._days.show()
        form.focus_field("employer")

    def submit(self) -> bool:
        form = self.form
        if form.value("country") not in self._known:
            mark_needed(form, "country", _("Choose a country of the list."))
            return False
        first, last = typed_day(form, "from_day"), typed_day(form, "until_day")
        if self._days.show() or form.has_findings():
            return False
        work = Work(
            form.value("country"),
            form.value("province") or None,
            form.value("employer"),
            first,
            last,
        )
        number = self._employment.id if self._employment else None
        self.answer = employments.save(self._office, self._person_id, work, number)
        return True

    def _on_form_edited(self, key: str) -> None:
        if key == "country":
            self._show_province()

    def _show_province(self) -> None:
        self.form.set_field_shown("province", self.form.value("country") == _CANADA)
        self.form.clear_findings()


def _work_values(job: Employment | None) -> dict[str, str]:
    if job is None:
        return {"country": _CANADA, "province": "QC"}
    return {
        "employer": job.employer or "",
        "country": job.country,
        "province": job.province or "",
        "from_day": iso(job.from_day) if job.from_day else "",
        "until_day": iso(job.until_day) if job.until_day else "",
    }
