# SPDX-License-Identifier: Apache-2.0
"""The dialog for a passport: `PassportDialog(office, person_id, passport=None).ask()`.

Answers what changed, None when it was given up. Must not hold a rule.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.records.papers import Passport
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.ui.dialogs.as_it_stands import as_it_stands
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import DayMarks, typed_day
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.ui.widgets.mrz_field import MrzField
from imp_plus_desktop.words.messages import field_label

_FIELDS = {"passport_number": "number", "passport_expiry": "expiry"}
"""Which field of the form takes what the passport's lines say."""


class PassportDialog(FormDialog[Changed]):
    """Records or corrects a passport."""

    ACT = "people.passport"

    def __init__(
        self,
        office: Office,
        person_id: int,
        passport: Passport | None = None,
        parent: QWidget | None = None,
    ) -> None:
        office.must_allow("people.passport")
        passport = as_it_stands(people.file(office, person_id).passports, passport)
        super().__init__(
            _("Passport"),
            _("Add the passport") if passport is None else _("Save the passport"),
            parent,
            sentence=_("A permit never lasts longer than the passport."),
        )
        self._office, self._person_id, self._passport = office, person_id, passport
        self.tell_whose(people.file(office, person_id).person.full_name)
        self.form.add_line("number", field_label("passport_number"))
        self.form.add_day("issued", field_label("passport_issue_date"), past=True)
        self.form.add_day("expiry", field_label("passport_expiry"))
        if passport is not None:
            self.form.set_values(
                {
                    "number": passport.number or "",
                    "issued": iso(passport.issued) if passport.issued else "",
                    "expiry": iso(passport.expiry) if passport.expiry else "",
                }
            )
        self._days = DayMarks(self.form, office, "passport", people.file(office, person_id))
        self._days.show()
        self.head.addWidget(MrzField(office, self.form, fields=_FIELDS))
        self.form.focus_field("number")

    def submit(self) -> bool:
        issued, expiry = (typed_day(self.form, name) for name in ("issued", "expiry"))
        if self._days.show() or self.form.has_findings():
            return False
        number = self._passport.id if self._passport else None
        self.answer = folder.save_passport(
            self._office, self._person_id, number, self.form.value("number"), expiry, issued
        )
        return True
