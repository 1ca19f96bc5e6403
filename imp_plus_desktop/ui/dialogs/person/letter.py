# SPDX-License-Identifier: Apache-2.0
"""The dialog for an invitation letter: `LetterDialog(office, person_id, letter=None).ask()`.

Answers what changed, None when it was given up. Must not hold a rule.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.records.papers import Letter
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.as_it_stands import as_it_stands
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import DayMarks, mark_needed, typed_day
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.words.messages import field_label


class LetterDialog(FormDialog[Changed]):
    """Records or corrects a letter."""

    ACT = "people.letter"

    def __init__(
        self,
        office: Office,
        person_id: int,
        letter: Letter | None = None,
        parent: QWidget | None = None,
    ) -> None:
        letter = as_it_stands(people.file(office, person_id).letters, letter)
        super().__init__(
            _("Invitation letter"),
            _("Add the letter") if letter is None else _("Save the letter"),
            parent,
            sentence=_(
                "The 90 days to apply run from the day of receipt; without it, from the date of "
                "the letter."
            ),
        )
        self._office, self._person_id, self._letter = office, person_id, letter
        self.tell_whose(people.file(office, person_id).person.full_name)
        self.form.add_day("letter_date", field_label("letter_date"), past=True)
        self.form.add_day("letter_received_date", field_label("letter_received_date"), past=True)
        own = letter.id if letter is not None else None
        earlier = [
            (str(known.id), format_day(known.letter_date))
            for known in people.file(office, person_id).letters
            if known.id != own
        ]
        if earlier:
            offered = choices.with_none(earlier)
            self.form.add_choice("supersedes_id", field_label("supersedes_id"), offered)
        if letter is not None:
            received = letter.letter_received_date
            self.form.set_values(
                {
                    "letter_date": iso(letter.letter_date),
                    "letter_received_date": iso(received) if received else "",
                    "supersedes_id": str(letter.supersedes_id or ""),
                }
            )
        self._days = DayMarks(self.form, office, "letter", people.file(office, person_id))
        self._days.show()
        self.form.focus_field("letter_date")

    def submit(self) -> bool:
        day = typed_day(self.form, "letter_date")
        received = typed_day(self.form, "letter_received_date")
        if day is None:
            mark_needed(self.form, "letter_date", _("The date of the letter is needed."))
            return False
        if self._days.show() or self.form.has_findings():
            return False
        number = self._letter.id if self._letter else None
        replaced = self.form.values().get("supersedes_id", "")
        self.answer = folder.save_letter(
            self._office,
            self._person_id,
            number,
            day,
            received,
            int(replaced) if replaced else None,
        )
        return True
