# SPDX-License-Identifier: Apache-2.0
"""The dialog for a stay: `ResidenceDialog.ask(parent, office, person_id, residence=None)`.

Answers what changed, None when it was given up. Must not hold a rule.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values import Residence
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services import folder
from imp_plus_desktop.services.messages import field_label
from imp_plus_desktop.services.office import Office
from imp_plus_desktop.services.people import Changed
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_needed, typed_day
from imp_plus_desktop.ui.format import iso

_CANADA = "CAN"


class ResidenceDialog(FormDialog):
    """Records or corrects where somebody lives, from a day to a day."""

    def __init__(
        self,
        office: Office,
        person_id: int,
        residence: Residence | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Residence"),
            _("Add the residence") if residence is None else _("Save the residence"),
            parent,
            sentence=_(
                "Both days count. Without a first day, the residence holds for every earlier day "
                "that no other one covers."
            ),
        )
        self._office, self._person_id, self._residence = office, person_id, residence
        self._known = {code for code, _name in choices.countries(office)}
        self.changed: Changed | None = None
        form = self.form
        form.add_choice("country", field_label("country"), choices.countries(office), typing=True)
        form.add_choice("province", field_label("province"), choices.provinces())
        form.add_day("from_day", field_label("from_day"))
        form.add_day("until_day", field_label("until_day"))
        if residence is not None:
            form.set_values(
                {
                    "country": residence.country,
                    "province": residence.province or "",
                    "from_day": iso(residence.from_day) if residence.from_day else "",
                    "until_day": iso(residence.until_day) if residence.until_day else "",
                }
            )
        form.edited.connect(self._on_form_edited)
        self._show_province()
        form.focus_field("country")

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        office: Office,
        person_id: int,
        residence: Residence | None = None,
    ) -> Changed | None:
        """What was stored; None when nothing was."""
        dialog = cls(office, person_id, residence, parent)
        return dialog.changed if dialog.run() else None

    def submit(self) -> bool:
        form = self.form
        country = form.value("country")
        if country not in self._known or not country:
            mark_needed(form, "country", _("Choose a country of the list."))
            return False
        from_day, until_day = typed_day(form, "from_day"), typed_day(form, "until_day")
        if form.has_findings():
            return False
        number = self._residence.id if self._residence else None
        province = form.value("province") or None
        self.changed = folder.save_residence(
            self._office, self._person_id, number, country, province, from_day, until_day
        )
        return True

    def _on_form_edited(self, key: str) -> None:
        if key == "country":
            self._show_province()

    def _show_province(self) -> None:
        self.form.set_field_shown("province", self.form.value("country") == _CANADA)
        self.form.clear_findings()
