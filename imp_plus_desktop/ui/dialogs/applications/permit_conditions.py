# SPDX-License-Identifier: Apache-2.0
"""What is printed on a permit: `PermitConditionsDialog(office, permit_id).ask()`.

    add_conditions(form)     the two fields of conditions, with the known wordings offered

Answers the act that stored it, None when nothing was. Must not hold a rule.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.permits.permits import LOCATION_WORDINGS
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.subject import subject_of
from imp_plus_desktop.ui.look.completing import complete
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.widgets.form import FormGrid
from imp_plus_desktop.words.messages import field_label


def add_conditions(form: FormGrid) -> None:
    """Location and occupation as printed; typing a word of a known wording offers it."""
    place = form.add_line(
        "location_condition", field_label("location_condition"), _("As printed on the permit")
    )
    complete(place, LOCATION_WORDINGS)
    set_tip(place, "\n".join((_("Known wordings:"), *LOCATION_WORDINGS)))
    form.add_line(
        "occupation_condition", field_label("occupation_condition"), _("As printed on the permit")
    )


class PermitConditionsDialog(FormDialog[ActId]):
    """Records a permit's number and the conditions in the words of the paper."""

    ACT = "permits.edit"

    def __init__(self, office: Office, permit_id: int, parent: QWidget | None = None) -> None:
        permit = permits.one(office, permit_id)
        words = _("Valid from {first} to {last}.").format(
            first=format_day(permit.valid_from), last=format_day(permit.valid_until)
        )
        super().__init__(_("Permit"), _("Save the permit"), parent, sentence=words)
        self._office, self._permit_id = office, permit_id
        application = person_file.application_of(office, permit.application_id)
        self.tell_whose(subject_of(office, application))
        self.form.add_line("number", field_label("permit_number"))
        add_conditions(self.form)
        self.form.set_values(
            {
                "number": permit.permit_number or "",
                "location_condition": permit.location_condition or "",
                "occupation_condition": permit.occupation_condition or "",
            }
        )
        self.form.focus_field("location_condition")

    def submit(self) -> bool:
        self.answer = permits.edit(
            self._office,
            self._permit_id,
            number=self.form.value("number"),
            location_condition=self.form.value("location_condition"),
            occupation_condition=self.form.value("occupation_condition"),
        )
        return True
