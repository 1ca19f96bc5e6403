# SPDX-License-Identifier: Apache-2.0
"""The dialog for a note: `NoteDialog(office, person_id, note=None).ask()`.

A note may be pinned, and come back on a day. What is written is kept as a draft meanwhile, and is
there again after a crash. Answers what changed, None when it was given up. Must not hold a rule.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.records.papers import Note
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.ui.dialogs.as_it_stands import as_it_stands
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import tell_closed, typed_day
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.words.messages import field_label


class NoteDialog(FormDialog[Changed]):
    """Adds a dated note to a file, or changes one."""

    ACT = "people.note"

    def __init__(
        self,
        office: Office,
        person_id: int,
        note: Note | None = None,
        parent: QWidget | None = None,
        *,
        begin_at: str = "text",
    ) -> None:
        file = people.file(office, person_id)
        note = as_it_stands(file.notes, note)
        super().__init__(
            _("Note"), _("Add the note") if note is None else _("Save the note"), parent
        )
        self._office, self._person_id, self._note = office, person_id, note
        self.form.add_text("text", field_label("text"), lines=6)
        self.form.add_check("pinned", _("Pin it to the top of the file"))
        self.form.add_day("remind_on", field_label("remind_on"))
        self.form.let_finding_wrap("remind_on")
        self._show(note)
        field = "note" if note is None else f"note {note.id}"
        left = self.keep_draft("text", office, person_id, field)
        self.set_sentence(_sentence_of(file.person.full_name, left=left))
        self.form.edited.connect(self._on_form_edited)
        self._on_form_edited("text")
        self.form.focus_field(begin_at)

    def submit(self) -> bool:
        day = typed_day(self.form, "remind_on")
        if day is None and self.form.has_findings():
            return False
        pinned = self.form.value("pinned") == "yes"
        text, office, person = self.form.value("text"), self._office, self._person_id
        if self._note is None:
            self.answer = folder.add_note(office, person, text, pinned=pinned, remind_on=day)
        else:
            number = self._note.id
            self.answer = folder.change_note(
                office, person, number, text=text, pinned=pinned, remind_on=day
            )
        return True

    def _show(self, note: Note | None) -> None:
        """The note as it is."""
        self.form.set_values(
            {
                "text": note.text if note is not None else "",
                "pinned": "yes" if note is not None and note.pinned else "no",
                "remind_on": iso(note.remind_on) if note is not None and note.remind_on else "",
            }
        )

    def _on_form_edited(self, key: str) -> None:
        if key == "remind_on":
            tell_closed(self.form, key, self._office)
            if self.isVisible():
                self.fit()
        self.set_ok_enabled(bool(self.form.value("text")))


def _sentence_of(name: str, *, left: bool) -> str:
    if left:
        words = _("{name} · taken up again as it was being written")
        return words.format(name=name)
    words = _("{name} · the note carries the day and your name, and stays in the register.")
    return words.format(name=name)
