# SPDX-License-Identifier: Apache-2.0
"""The dialogs of what IRCC asks for.

    RequestDialog(office, person_id, request_id=None).ask()           a letter of IRCC
    RequestDoneDialog(office, request_id).ask()                       the day it was met

Each answers what was recorded, None when it was given up. None holds a rule.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.applications.status import PREPARING
from imp_plus_desktop.domain.deadlines import clocks
from imp_plus_desktop.domain.records.applications import Application, Request
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import RequestId
from imp_plus_desktop.domain.values.codes import RequestKind
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import requests
from imp_plus_desktop.services.applications.requests import RequestDetails, RequestSaved
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import DayMarks, mark_needed, typed_day
from imp_plus_desktop.ui.dialogs.ruled_dialog import RuledDialog
from imp_plus_desktop.ui.dialogs.subject import subject_of
from imp_plus_desktop.ui.look.format import day_long, iso
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.findings.clock_texts import midnight_words
from imp_plus_desktop.words.messages import field_label, name_of

_WITH_PRINTED_DATE = (RequestKind.INTRODUCTION_LETTER, RequestKind.MEDICAL)


class RequestDialog(RuledDialog[RequestSaved]):
    """Records a letter of IRCC and says by when it must be met."""

    def __init__(
        self,
        office: Office,
        person_id: int,
        request_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Request of IRCC"),
            _("Record the request"),
            parent,
            sentence=_("The day in the letter counts; without one, the usual term does."),
        )
        self._office = office
        self._request = requests.one(office, request_id) if request_id is not None else None
        self._file = people.file(office, person_id)
        self.tell_whose(self._file.person.full_name)
        self._add_fields(office, self._file)
        self._days = DayMarks(self.form, office, "request", self._file)
        self.preview()
        self.form.focus_field("kind")

    def preview(self) -> None:
        kind = RequestKind(self.form.value("kind"))
        introduction = kind is RequestKind.INTRODUCTION_LETTER
        self.form.set_field_shown("due_on", not introduction)
        self.form.set_field_shown("valid_until", kind in _WITH_PRINTED_DATE)
        self._show_days()
        letter_on = self.day("letter_on")
        if letter_on is None:
            self.show_nothing(_("Enter the day of IRCC’s letter."))
            return
        self.set_ok_enabled(True)
        self._say_due(self._asked(kind))

    def submit(self) -> bool:
        for key in ("letter_on", "due_on", "done_on", "valid_until"):
            typed_day(self.form, key)
        if self._days.show() or self.form.has_findings():
            return False
        asked = self._asked(RequestKind(self.form.value("kind")))
        number = self._request.id if self._request is not None else None
        self.answer = requests.save(self._office, asked, number)
        return True

    def _show_days(self) -> None:
        """Say under the days what they come before, the receipt of the chosen application too."""
        chosen = self.form.value("application")
        found = (a for a in self._file.applications if str(a.id) == chosen)
        self._days.application = next(found, None)
        self._days.show()

    def _add_fields(self, office: Office, file: PersonFile) -> None:
        form, present = self.form, self._request
        received = [a for a in reversed(file.applications) if a.state not in PREPARING]
        named = [(str(a.id), _name(office, a)) for a in received]
        form.add_choice("application", _("Application"), named)
        form.add_choice("kind", field_label("kind"), choices.of_codes(RequestKind))
        form.add_day("letter_on", field_label("letter_on"), past=True)
        form.add_day("due_on", _("Day stated in the letter"))
        form.add_day("valid_until", field_label("valid_until"))
        form.add_day("done_on", field_label("done_on"), past=True)
        values = {"letter_on": iso(office.clock.today())}
        if present is not None:
            values = {
                "application": str(present.application_id),
                "kind": present.kind.value,
                **_days_of(present),
            }
        form.set_values(values)
        form.set_field_shown("application", len(named) > 1)

    def _asked(self, kind: RequestKind) -> RequestDetails:
        return RequestDetails(
            int(self.form.value("application")),
            kind,
            self.day("letter_on") or self._office.clock.today(),
            None if kind is RequestKind.INTRODUCTION_LETTER else self.day("due_on"),
            self.day("done_on"),
            self.day("valid_until") if kind in _WITH_PRINTED_DATE else None,
        )

    def _say_due(self, asked: RequestDetails) -> None:
        """By when, in words; uploads end before midnight in UTC."""
        application = person_file.application_of(self._office, asked.application_id)
        request = Request(
            RequestId(0),
            application.person_id,
            application.id,
            asked.kind,
            asked.letter_on,
            asked.due_on,
        )
        due = clocks.due_on(request, self._office.programme())
        if asked.done_on is not None or due is None:
            self.banner.say(Tone.PLAIN, "")
            return
        words = _("To be done by {day}").format(day=day_long(due))
        if asked.kind is RequestKind.DOCUMENTS:
            words = f"{words}, {midnight_words(due)}"
        if clocks.due_is_usual(request):
            words = _("{what} (usual term)").format(what=words)
        late = due < self._office.clock.today()
        self.banner.say(Tone.BAD if late else Tone.ACCENT, f"{words}.")


class RequestDoneDialog(FormDialog[RequestSaved]):
    """Records the day on which a request was met."""

    ACT = "requests.record"

    def __init__(self, office: Office, request_id: int, parent: QWidget | None = None) -> None:
        self._office, self._request = office, requests.one(office, request_id)
        application = person_file.application_of(office, self._request.application_id)
        kind = name_of(self._request.kind)
        super().__init__(
            _("Request met"),
            _("Record it as done"),
            parent,
            sentence=f"{kind} · {subject_of(office, application)}",
        )
        self.form.add_day("done_on", field_label("done_on"), past=True)
        if self._request.kind is RequestKind.MEDICAL:
            until = self.form.add_day("valid_until", field_label("valid_until"))
            set_tip(until, _("Empty: twelve months from the exam"))
        self.form.set_values({"done_on": iso(office.clock.today())})
        self.form.focus_field("done_on")

    def submit(self) -> bool:
        on = typed_day(self.form, "done_on")
        if on is None:
            mark_needed(self.form, "done_on", _("A day is needed."))
            return False
        until = None
        if self._request.kind is RequestKind.MEDICAL:
            until = typed_day(self.form, "valid_until")
        if self.form.has_findings():
            return False
        self.answer = requests.done(self._office, self._request.id, on, until)
        return True


def _name(office: Office, application: Application) -> str:
    return f"{subject_of(office, application)} · {name_of(application.state)}"


def _days_of(request: Request) -> dict[str, str]:
    days = {
        "letter_on": request.letter_on,
        "due_on": request.due_on,
        "done_on": request.done_on,
        "valid_until": request.valid_until,
    }
    return {name: iso(day) if day else "" for name, day in days.items()}
