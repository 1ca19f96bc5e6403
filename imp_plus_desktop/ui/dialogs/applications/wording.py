# SPDX-License-Identifier: Apache-2.0
"""The dialog on the wording of a form: `WordingDialog(office, application_id).ask()`.

Shows the two strings that both boxes should hold, and records whether they do (DOC-03). Answers
the act, None when it was given up or nothing changed. Must not hold a rule.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import forms
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.subject import subject_of
from imp_plus_desktop.words.messages import field_label, fix_text


class WordingDialog(FormDialog[ActId]):
    """Whether the form says under what code the file goes."""

    ACT = "applications.wording"

    def __init__(self, office: Office, application_id: int, parent: QWidget | None = None) -> None:
        application = person_file.application_of(office, application_id)
        super().__init__(
            _("Wording of the form"),
            _("Save"),
            parent,
            sentence=f"{subject_of(office, application)}\n{fix_text('check_form_wording')}",
        )
        self._office, self._application_id = office, application.id
        self.form.add_choice("a76_wording", field_label("a76_wording"), choices.yes_no())
        present = choices.yes_or_no(application.a76_wording)
        self.form.set_values({"a76_wording": present})
        self.form.focus_field("a76_wording")

    def submit(self) -> bool:
        carries = choices.answer(self.form.value("a76_wording"))
        self.answer = forms.set_wording(self._office, self._application_id, carries)
        return True
