# SPDX-License-Identifier: Apache-2.0
"""The dialog for what a nationality needs to enter: `EntryRuleDialog(office).ask()`.

Answers what changed, None when it was given up. Must not hold a list of countries of its own.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_needed, typed_day
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.words.messages import field_label


class EntryRuleDialog(FormDialog[Changed]):
    """Records what a nationality needs, from which day on, and where that was read."""

    ACT = "routes.entry"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Visa or eTA by nationality"),
            _("Record"),
            parent,
            sentence=_(
                "Check it on IRCC’s page first. A later day replaces what was recorded before."
            ),
        )
        self._office = office
        countries = choices.countries(office)
        self.form.add_choice("country", field_label("citizenship"), countries, typing=True)
        offered = choices.of_codes(routes.ENTRY, "requirement")
        self.form.add_choice("requirement", field_label("requirement"), offered)
        self.form.add_day("from_day", field_label("from_day"))
        self.form.add_line("source", field_label("source"))
        self.form.set_values({"from_day": iso(office.clock.today())})
        self.form.focus_field("country")

    def submit(self) -> bool:
        day = typed_day(self.form, "from_day")
        country = self._office.vocabulary.country(self.form.value("country"))
        if country is None:
            mark_needed(self.form, "country", _("Choose a country of the list."))
            return False
        if day is None:
            mark_needed(self.form, "from_day", _("The day is needed."))
            return False
        source = self.form.value("source")
        if not source:
            mark_needed(self.form, "source", _("Say where it was read."))
            return False
        self.answer = routes.set_entry(
            self._office, country, self.form.value("requirement"), day, source
        )
        return True
