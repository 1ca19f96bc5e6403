# SPDX-License-Identifier: Apache-2.0
"""The dialog that records a stage of permanent residence.

    PrStageDialog(office, person_id).ask()      what was recorded, None when it was given up

It comes with the stage that usually follows; the landing, which closes the file, says so.
Must not hold a rule.
"""

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.codes import PrStage
from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import pr_track
from imp_plus_desktop.services.permits.pr_track import Recorded
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.marks import mark_days, mark_needed, typed_day
from imp_plus_desktop.ui.dialogs.ruled_dialog import RuledDialog
from imp_plus_desktop.ui.look.format import iso, number
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import field_label
from imp_plus_desktop.words.terms.way_texts import span_text


class PrStageDialog(RuledDialog[Recorded]):
    """Records the day of a stage, and the application's number with the acknowledgement."""

    def __init__(self, office: Office, person_id: int, parent: QWidget | None = None) -> None:
        file = people.file(office, person_id)
        super().__init__(
            _("Stage of permanent residence"), _("Record the stage"), parent,
            sentence=file.person.full_name,
        )  # fmt: skip
        self._office, self._file = office, file
        self._waits = pr_track.waits(office)
        self.form.add_choice("stage", _("Stage"), choices.of_codes(PrStage))
        self.form.add_day("day", _("Day"), past=True)
        self.form.add_line("number", field_label("pr_number"))
        open_stages = [line.stage for line in pr_track.stages_of(office, file) if not line.behind]
        first = open_stages[0] if open_stages else PrStage.LANDED
        self.form.set_values(
            {
                "stage": first.value,
                "day": iso(office.clock.today()),
                "number": file.person.pr_number or "",
            }
        )
        self.preview()
        self.form.focus_field("day")

    def preview(self) -> None:
        stage = PrStage(self.form.value("stage"))
        numbered = stage in (PrStage.FILED, PrStage.ACKNOWLEDGED)
        self.form.set_field_shown("number", numbered)
        day = self.day("day")
        if day is None:
            self.show_nothing(_("Enter the day."))
            return
        found = pr_track.wrong_days(self._office, self._file, stage, day)
        blocked = mark_days(self.form, found, {stage.field: "day"})
        self.set_ok_enabled(not blocked)
        self.banner.say(Tone.PLAIN, self._said(stage))

    def submit(self) -> bool:
        day = typed_day(self.form, "day")
        if day is None:
            mark_needed(self.form, "day", _("A day is needed."))
            return False
        stage = PrStage(self.form.value("stage"))
        numbered = stage in (PrStage.FILED, PrStage.ACKNOWLEDGED)
        number_text = self.form.value("number") if numbered else ""
        self.answer = pr_track.record(self._office, self._file.person.id, stage, day, number_text)
        return True

    def _said(self, stage: PrStage) -> str:
        if stage is PrStage.LANDED:
            return _("The file closes and its deadlines rest; undoing wakes them.")
        known = self._waits.get(stage)
        if known is None:
            return ""
        days, files = known
        said = ngettext(
            "Usually {span} after the stage before ({count} file)",
            "Usually {span} after the stage before ({count} files)",
            files,
        )
        return said.format(span=span_text(days), count=number(files))
