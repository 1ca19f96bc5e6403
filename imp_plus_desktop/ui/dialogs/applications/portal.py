# SPDX-License-Identifier: Apache-2.0
"""The dialog for a look into IRCC's portal: `PortalDialog(office, application_id).ask()`.

The seven lines as they stood at the last look, to be changed to what they say today. Answers the
act that stored them, None when nothing was. Must not hold a rule.
"""

from datetime import date

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.codes import PortalItem, PortalState
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import portal
from imp_plus_desktop.services.applications.portal import PortalReading
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_needed, typed_day
from imp_plus_desktop.ui.dialogs.subject import subject_of
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.words.messages import name_of


class PortalDialog(FormDialog[ActId]):
    """Records what the portal says, line by line."""

    ACT = "portal.observe"

    def __init__(self, office: Office, application_id: int, parent: QWidget | None = None) -> None:
        application = person_file.application_of(office, application_id)
        super().__init__(
            _("IRCC’s portal"),
            _("Record what it says"),
            parent,
            sentence=subject_of(office, application),
            columns=2,
        )
        self._office, self._application = office, application
        self._shown: dict[PortalItem, PortalReading] = {}
        form = self.form
        form.add_day("on", _("Looked up on"), past=True)
        form.add_heading(_("What each line says"))
        values = {"on": iso(office.clock.today())}
        states = choices.with_none(choices.of_codes(PortalState))
        for entry in portal.lines(office, application_id):
            item, line = entry.item.value, entry.latest
            form.add_choice(item, name_of(entry.item), states)
            form.add_day(f"{item}_on", _("Completed on"), past=True)
            set_name(
                form.field(f"{item}_on"), _("{line}: completed on").format(line=name_of(entry.item))
            )
            if line is not None:
                self._shown[entry.item] = PortalReading(line.state, line.completed_on)
                values[item] = line.state.value
                values[f"{item}_on"] = iso(line.completed_on) if line.completed_on else ""
        form.set_values(values)
        form.edited.connect(self._on_form_edited)
        self._show_days()
        form.focus_field(PortalItem.ELIGIBILITY.value)

    def submit(self) -> bool:
        on = typed_day(self.form, "on")
        if on is None:
            mark_needed(self.form, "on", _("A day is needed."))
            return False
        lines = {}
        for item in PortalItem:
            state = self.form.value(item.value)
            if state:
                lines[item] = PortalReading(PortalState(state), self._completed(item, state))
        if self.form.has_findings():
            return False
        self.answer = portal.observe(self._office, self._application.id, on, lines, self._shown)
        return True

    def _completed(self, item: PortalItem, state: str) -> date | None:
        day = typed_day(self.form, f"{item.value}_on")
        return day if state == PortalState.COMPLETED else None

    def _on_form_edited(self, key: str) -> None:
        self._show_days()

    def _show_days(self) -> None:
        """Only a completed line shows a day."""
        for item in PortalItem:
            completed = self.form.value(item.value) == PortalState.COMPLETED
            self.form.field(f"{item.value}_on").setEnabled(completed)
