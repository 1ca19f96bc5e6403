# SPDX-License-Identifier: Apache-2.0
"""The dialog for a note: `NoteDialog(office, person_id).ask()`.

Answers what changed, None when it was given up. Must not hold a rule.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import folder
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.words.messages import field_label


class NoteDialog(FormDialog[Changed]):
    """Adds a dated note to a file."""

    def __init__(self, office: Office, person_id: int, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Note"),
            _("Add the note"),
            parent,
            sentence=_(
                "The note carries the day and your name, and stays in the office’s register."
            ),
        )
        self._office, self._person_id = office, person_id
        self.form.add_text("text", field_label("text"), lines=6)
        self.form.edited.connect(self._on_form_edited)
        self.set_ok_enabled(False)
        self.form.focus_field("text")

    def submit(self) -> bool:
        self.answer = folder.add_note(self._office, self._person_id, self.form.value("text"))
        return True

    def _on_form_edited(self, key: str) -> None:
        self.set_ok_enabled(bool(self.form.value("text")))
