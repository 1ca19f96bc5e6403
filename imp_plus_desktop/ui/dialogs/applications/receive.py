# SPDX-License-Identifier: Apache-2.0
"""The dialog for a received application: `ReceiveDialog(office, person_id).ask()`.

Says while it is filled in which place the application would get and what the rules find; a rule
that blocks asks for its reason. Answers what was recorded, None when it was given up.
"""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.applications.status import next_kind
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationKind, Channel, Ledger
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.applications.applications import Received, ReceivePreview, Reception
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.reception import ReceptionDialog
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import field_label
from imp_plus_desktop.words.report_texts import held_by_text


class ReceiveDialog(ReceptionDialog[Received]):
    """Records that IRCC has received an application."""

    def __init__(self, office: Office, person_id: int, parent: QWidget | None = None) -> None:
        file = people.file(office, person_id)
        person = file.person
        super().__init__(
            _("Application received"),
            office.clock.today(),
            parent,
            sentence=" · ".join(
                part for part in (person.full_name, person.individual_reference) if part
            ),
        )
        self._office, self._person_id = office, person_id
        self.keep_reasons(office, person_id, "receive")
        form = self.form
        self.add_receipt()
        form.add_choice("kind", field_label("kind"), choices.of_codes(ApplicationKind))
        form.add_choice("channel", field_label("channel"), choices.of_codes(Channel))
        form.set_values({"kind": next_kind(file).value})
        self.preview()
        form.focus_field("day")

    def foresee(self, at: datetime) -> None:
        reception = self._reception(at)
        foreseen = applications.preview_receive(self._office, reception)
        self.set_ok_enabled(True)
        self.show_rules(foreseen.findings)
        self._say_place(reception, foreseen)

    def record(self, at: datetime) -> None:
        self.answer = applications.receive(self._office, self._reception(at))

    def _reception(self, at: datetime) -> Reception:
        return Reception(
            self._person_id,
            at,
            self.form.value("number"),
            ApplicationKind(self.form.value("kind")),
            Channel(self.form.value("channel")),
            self.reasons(),
        )

    def _say_place(self, reception: Reception, foreseen: ReceivePreview) -> None:
        year, left = foreseen.cap_year, foreseen.remaining
        programme = self._office.programme()
        cap = programme.cap_on(Ledger.APPLICATIONS, year, toronto_day(reception.at))
        self.set_ok_text(_("Record the application"))
        if foreseen.would_be_over_cap:
            self.set_ok_text(_("Record as over the cap"))
            words = _(
                "The cap of {year} ({cap}) is reached. The application will be recorded as "
                "cancelled over the cap, with a refund to expect."
            ).format(year=year, cap=format_number(cap or 0))
            if foreseen.held_by is not None:
                words = f"{words} {held_by_text(foreseen.held_by)}"
            self.banner.say(Tone.BAD, words)
        elif not any(f.rule == "CAP-01" and f.reason == "place_in_year" for f in self.rules()):
            self.banner.say(Tone.ACCENT, _("Uses no place in {year}.").format(year=year))
        elif cap is None or left is None:
            self.banner.say(Tone.UNKNOWN, _("No cap is recorded for {year}.").format(year=year))
        else:
            words = ngettext(
                "Uses a place of {year}: {left} of {cap} left afterwards.",
                "Uses a place of {year}: {left} of {cap} left afterwards.",
                left - 1,
            ).format(
                cap=format_number(cap),
                year=year,
                left=format_number(left - 1),
            )
            self.banner.say(Tone.OK, words)
