# SPDX-License-Identifier: Apache-2.0
"""What is said of history that is recorded already, each time with a reason.

    SettleDialog(office, person_id, flag).ask()         lets a finding stand
    CorrectDialog(office, application_id).ask()         corrects days and outcome of an application
    RemovePermitDialog(office, permit_id).ask()         takes out a permit that is a mistake

Each answers what was stored, None when nothing was. Must not hold a rule.
"""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.catalogue import BY_NAME
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.calendar import instant_in_toronto, toronto_day, toronto_time
from imp_plus_desktop.domain.values.codes import Outcome
from imp_plus_desktop.domain.verdict.history_flags import HistoryFlag
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.applications import flags
from imp_plus_desktop.services.applications.flags import Wanted
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_needed, typed_day
from imp_plus_desktop.ui.dialogs.ruled_dialog import parse_time
from imp_plus_desktop.ui.dialogs.subject import subject_of
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import field_label, flag_text

_OUTCOMES = (Outcome.APPROVED, Outcome.REFUSED, Outcome.WITHDRAWN, Outcome.RETURNED)


class SettleDialog(FormDialog[ActId]):
    """Asks why a finding on a file's history may stand."""

    ACT = "flags.settle"

    def __init__(
        self, office: Office, person_id: int, flag: HistoryFlag, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Settle a finding"), _("Settle"), parent, sentence=flag_text(flag))
        self._office, self._person_id = office, person_id
        self.tell_whose(people.file(office, person_id).person.full_name)
        self._wanted = Wanted(flag.code, flag.application, flag.rule)
        self.form.add_line("reason", _("Reason"))
        which = f"settle {flag.code} {flag.application or 0} {flag.rule or 0}"
        self.keep_draft("reason", office, person_id, which)
        self.form.focus_field("reason")

    def submit(self) -> bool:
        reason = self.form.value("reason")
        if not reason.strip():
            mark_needed(self.form, "reason", _("A reason is needed. Write why."))
            return False
        self.answer, _count = flags.settle(self._office, self._person_id, self._wanted, reason)
        return True


class CorrectDialog(FormDialog[Changed]):
    """Corrects what is recorded of one of the person's own applications and its latest permit."""

    ACT = "people.edit"

    def __init__(self, office: Office, application_id: int, parent: QWidget | None = None) -> None:
        application = person_file.application_of(office, application_id)
        super().__init__(
            _("Correct what is recorded"),
            _("Save the correction"),
            parent,
            sentence=subject_of(office, application),
        )
        self._office, self._application = office, application
        file = people.file(office, application.person_id)
        held = file.permits_of(application.id)
        self.form.add_day("received_at", field_label("received_at"), past=True)
        self.form.add_line("time", _("Time, in Toronto"), "12:00")
        outcomes = choices.of_codes(_offered(application))
        self.form.add_choice("outcome", field_label("outcome"), choices.with_none(outcomes))
        self.form.add_day("decided_on", field_label("decided_on"), past=True)
        values = _present(application)
        if held:
            self.form.add_day("permit_from", field_label("permit_from"))
            self.form.add_day("permit_until", field_label("permit_until"))
            values["permit_from"] = iso(held[-1].valid_from)
            values["permit_until"] = iso(held[-1].valid_until)
        self.form.add_line("reason", _("Reason"))
        self.form.set_values(values)
        self.keep_draft("reason", office, application.person_id, f"correct {application.id}")
        self._before = values
        self.form.focus_field("received_at")

    def submit(self) -> bool:
        changed = self._changed()
        if changed is None:
            return False
        self.answer = people.edit(
            self._office,
            self._application.person_id,
            changed,
            reason=self.form.value("reason"),
            application=self._application.id,
        )
        return True

    def _changed(self) -> dict[str, str] | None:
        """What was typed anew, by the names of the fields; None where something is no day."""
        found: dict[str, str] = {}
        for name, before in self._before.items():
            if name in BY_NAME and BY_NAME[name].kind is Kind.DAY:
                day = typed_day(self.form, name)
                if day is not None and iso(day) != before:
                    found[name] = iso(day)
        outcome = self.form.value("outcome")
        if outcome and outcome != self._before["outcome"]:
            found["outcome"] = outcome
        at = self._receipt()
        if at is not None and at != self._application.received_at:
            found["received_at"] = at.isoformat()
        return None if self.form.has_findings() else found

    def _receipt(self) -> datetime | None:
        day = typed_day(self.form, "received_at")
        if day is None:
            return None
        before = (self._before["received_at"], self._before["time"])
        if (iso(day), self.form.value("time")) == before:
            return self._application.received_at
        try:
            at = parse_time(self.form.value("time"))
        except ValueError:
            words = _("This is not a time. Write for example {time}.").format(time="14:05")
            self.form.set_finding("time", Tone.BAD, words)
            return None
        self.form.set_finding("time", Tone.PLAIN, "")
        return instant_in_toronto(day, at)


class RemovePermitDialog(FormDialog[ActId]):
    """Asks why a permit is taken out."""

    ACT = "permits.remove"

    def __init__(self, office: Office, permit_id: int, parent: QWidget | None = None) -> None:
        permit = permits.one(office, permit_id)
        words = _("Valid from {first} to {last}.").format(
            first=format_day(permit.valid_from), last=format_day(permit.valid_until)
        )
        super().__init__(_("Remove the permit"), _("Remove"), parent, sentence=words)
        self._office, self._permit_id = office, permit_id
        application = person_file.application_of(office, permit.application_id)
        self.tell_whose(subject_of(office, application))
        self.form.add_line("reason", _("Reason"))
        self.keep_draft("reason", office, application.person_id, f"remove permit {permit_id}")
        self.form.focus_field("reason")

    def submit(self) -> bool:
        reason = self.form.value("reason")
        if not reason.strip():
            mark_needed(self.form, "reason", _("A reason is needed. Write why."))
            return False
        self.answer = permits.remove(self._office, self._permit_id, reason)
        return True


def _offered(application: Application) -> list[Outcome]:
    """The outcomes that may be said, with the present one."""
    present = application.outcome
    extra = [present] if present is not None and present not in _OUTCOMES else []
    return [*_OUTCOMES, *extra]


def _present(application: Application) -> dict[str, str]:
    received = application.received_at
    return {
        "received_at": "" if received is None else iso(toronto_day(received)),
        "time": "12:00" if received is None else f"{toronto_time(received):%H:%M}",
        "outcome": "" if application.outcome is None else application.outcome.value,
        "decided_on": "" if application.decided_on is None else iso(application.decided_on),
    }
