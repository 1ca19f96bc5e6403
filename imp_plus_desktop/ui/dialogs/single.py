# SPDX-License-Identifier: Apache-2.0
"""The small dialogs that ask for one thing.

    NumberDialog(office, application_id).ask()               an application's number
    RefundDialog(office, application_id).ask()               the day a refund arrived (CAP-06)
    ArrivalDialog(office, person_id).ask()                   the day the person arrived in Canada
    DeathDialog(office, person_id).ask()                     the day the person died
    MemberArrivalDialog(office, member_id).ask()             the day a member did (FAM-06)
    RemoveFileDialog(office, person_id).ask()                why a file goes to the bin

Each answers the act that stored it, None when it was given up or nothing changed; the last one
what was taken out. None holds a rule.
"""

from datetime import date

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.family import aftermath
from imp_plus_desktop.domain.records.catalogue import PARTS, rows_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.history.file_bin import Removed
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import deaths, people
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_needed, typed_day
from imp_plus_desktop.ui.dialogs.subject import subject_of
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, FindingList
from imp_plus_desktop.words import bin_texts
from imp_plus_desktop.words.findings import death_texts
from imp_plus_desktop.words.messages import field_label


class NumberDialog(FormDialog[ActId]):
    """Records or corrects an application's number."""

    ACT = "applications.edit"

    def __init__(self, office: Office, application_id: int, parent: QWidget | None = None) -> None:
        application = person_file.application_of(office, application_id)
        super().__init__(
            _("Application number"),
            _("Save the number"),
            parent,
            sentence=subject_of(office, application),
        )
        self._office, self._application_id = office, application_id
        present = application.application_number
        self.form.add_line("number", field_label("application_number"))
        self.form.set_values({"number": present or ""})
        self.form.focus_field("number")

    def submit(self) -> bool:
        self.answer = applications.edit(
            self._office, self._application_id, self.form.value("number")
        )
        return True


class DayDialog(FormDialog[ActId]):
    """One day, not in the future."""

    ACT = "people.edit"

    def __init__(
        self,
        office: Office,
        title: str,
        ok_text: str,
        field: str,
        present: date | None,
        parent: QWidget | None,
        sentence: str = "",
    ) -> None:
        super().__init__(title, ok_text, parent, sentence=sentence)
        self.office = office
        self.form.add_day("day", field_label(field), past=True)
        self.form.set_values({"day": iso(present or office.clock.today())})
        self.form.focus_field("day")

    def store(self, day: date) -> ActId | None:
        """Store the day; the act that did."""
        raise NotImplementedError

    def submit(self) -> bool:
        day = typed_day(self.form, "day")
        if day is None:
            mark_needed(self.form, "day", _("A day is needed."))
            return False
        if day > self.office.clock.today():
            mark_needed(self.form, "day", _("This day is in the future. Check the date."))
            return False
        self.answer = self.store(day)
        return True


class RefundDialog(DayDialog):
    """Records that the refund of an over-cap application has arrived."""

    def __init__(self, office: Office, application_id: int, parent: QWidget | None = None) -> None:
        application = person_file.application_of(office, application_id)
        super().__init__(
            office,
            _("Refund received"),
            _("Log the refund"),
            "refund_logged_on",
            application.refund_logged_on,
            parent,
            subject_of(office, application),
        )
        self._application_id = application.id

    def store(self, day: date) -> ActId | None:
        return applications.log_refund(self.office, self._application_id, day)


class ArrivalDialog(DayDialog):
    """Records the day on which somebody arrived in Canada on the permit."""

    def __init__(self, office: Office, person_id: int, parent: QWidget | None = None) -> None:
        person = people.file(office, person_id).person
        super().__init__(
            office,
            _("Arrival in Canada"),
            _("Record the arrival"),
            "arrived_on",
            person.arrived_on,
            parent,
            person.full_name,
        )
        self._person_id = person.id

    def store(self, day: date) -> ActId | None:
        return people.edit(self.office, self._person_id, {"arrived_on": iso(day)}).act


class DeathDialog(DayDialog):
    """Records a person's death, after showing what it means for the file and the family."""

    def __init__(self, office: Office, person_id: int, parent: QWidget | None = None) -> None:
        file = people.file(office, person_id)
        super().__init__(
            office,
            _("Death of the principal"),
            _("Record the death"),
            "died_on",
            file.person.died_on,
            parent,
            file.person.full_name,
        )
        self._person_id = person_id
        meant = FindingList(self)
        told = death_texts.lines(aftermath.aftermath(file, office.clock.today()))
        meant.show_lines([FindingLine(Tone.PLAIN, text) for text in told])
        self.body.addWidget(meant)

    def store(self, day: date) -> ActId | None:
        return deaths.record(self.office, self._person_id, day).act


class MemberArrivalDialog(DayDialog):
    """Records the day on which a family member arrived in Canada."""

    def __init__(self, office: Office, member_id: int, parent: QWidget | None = None) -> None:
        member = family.one(office, member_id)
        super().__init__(
            office,
            _("Arrival in Canada"),
            _("Record the arrival"),
            "arrived_on",
            member.arrived_on,
            parent,
            member.full_name,
        )
        self._member_id = member.id

    def store(self, day: date) -> ActId | None:
        return family.set_arrival(self.office, self._member_id, day)


class RemoveFileDialog(FormDialog[Removed]):
    """Asks why a file goes to the bin, after saying what goes with it."""

    ACT = "people.delete"

    def __init__(self, office: Office, person_id: int, parent: QWidget | None = None) -> None:
        file = people.file(office, person_id)
        super().__init__(
            _("Move the file to the bin"),
            _("Move to the bin"),
            parent,
            sentence=file.person.full_name,
        )
        self._office, self._person_id = office, person_id
        told = FindingList(self)
        told.show_lines([FindingLine(Tone.PLAIN, text) for text in _what_goes(file)])
        self.head.addWidget(told)
        self.form.add_line("reason", _("Reason"))
        self.keep_draft("reason", office, person_id, "bin")
        self.form.focus_field("reason")

    def submit(self) -> bool:
        reason = self.form.value("reason")
        if not reason:
            mark_needed(self.form, "reason", _("A reason is needed. Write why."))
            return False
        self.answer = file_bin.delete(self._office, self._person_id, reason)
        return True


def _what_goes(file: PersonFile) -> list[str]:
    """What a file takes along, which places of the cap go back, and how all of it returns."""
    counts = {name: len(rows_of(file, name)) for name in PARTS}
    held = bin_texts.holds_text(counts)
    places = [(a.cap_year, a.place) for a in file.applications if a.cap_year and a.place]
    given_back = _("Goes back to the cap: {place}.")
    return [
        *([_("With it goes: {entries}.").format(entries=held)] if held else []),
        *(given_back.format(place=bin_texts.place_text(place)) for place in places),
        _("The lists, the counts and the search leave it out. From the bin it comes back whole."),
    ]
