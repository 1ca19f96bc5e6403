# SPDX-License-Identifier: Apache-2.0
"""Reading the fields of a form, and marking those that cannot be stored as they are.

    typed_day(form, key) -> date | None      marks the field when it holds something else
    tell_closed(form, key, office)           says when the office works where it is closed on a day
    mark_needed(form, key, sentence)         marks a field that must be filled in, and goes there
    DayMarks(form, office, entity, of)       says under each day what it comes before

Must not judge what a value means.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from imp_plus_desktop.domain.deadlines.date_order import Misdated
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.catalogue import FIELDS
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office import row_days
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.workdays.workdays import workdays
from imp_plus_desktop.ui.days.day_words import parse_day
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.form import FormGrid
from imp_plus_desktop.words.figures.workday_texts import closed_text
from imp_plus_desktop.words.messages import problem_text


def typed_day(form: FormGrid, key: str) -> date | None:
    """The day in a field; None when it is empty, or holds no day and is marked."""
    try:
        day = parse_day(form.value(key))
    except ValueError:
        sentence = _("This is not a date. Write for example {day}.").format(day="2023-10-07")
        form.set_finding(key, Tone.BAD, sentence)
        return None
    form.set_finding(key, Tone.PLAIN, "")
    return day


def tell_closed(form: FormGrid, key: str, office: Office) -> None:
    """Say under a day of the office's own choice that the office is closed then, and when it works;
    it may be chosen all the same."""
    try:
        day = parse_day(form.value(key))
    except ValueError:
        return
    days = workdays(office)
    closed = None if day is None else days.closed(day)
    said = ""
    if day is not None and closed is not None:
        said = closed_text(closed.because, days.next(day), later=True)
    form.set_finding(key, Tone.WARN if said else Tone.PLAIN, said)


def mark_needed(form: FormGrid, key: str, sentence: str) -> None:
    """Say under a field that it must be filled in, unless more is already said; go there."""
    if not form.finding(key):
        form.set_finding(key, Tone.BAD, sentence)
    form.focus_field(key)


def mark_days(
    form: FormGrid, found: Iterable[Misdated], fields: Mapping[str, str] | None = None
) -> bool:
    """Say under days what is wrong with them. Returns whether one cannot be stored so.

    `fields` tells the form's key of a field where it is another.
    """
    stops = False
    for one in found:
        key = (fields or {}).get(one.field, one.field)
        facts = {"value": one.day, "other": one.other, "beside": one.beside}
        tone = Tone.BAD if one.stops_a_hand else Tone.WARN
        form.set_finding(key, tone, problem_text(one.code, one.field, facts))
        stops = stops or one.stops_a_hand
    return stops


class DayMarks:
    """What the days of a row that hangs on a file come before, said under them while one types.

    The form's keys are the columns of the row. `file` is whose row it is; `application` that of a
    row that hangs on one, and may be set later.
    """

    def __init__(self, form: FormGrid, office: Office, entity: str, file: PersonFile) -> None:
        self._form, self._office, self._entity, self._file = form, office, entity, file
        shown, days = form.keys(), (field for field in FIELDS[entity] if field.is_day)
        self._fields = {field.named: field.name for field in days if field.name in shown}
        self.application: Application | None = None
        form.edited.connect(self._on_form_edited)

    def show(self) -> bool:
        """Say it. Returns whether a day cannot be stored as it is."""
        days = {}
        for key in self._fields.values():
            try:
                days[key] = parse_day(self._form.value(key))
            except ValueError:
                continue  # still being typed; what stays unreadable is marked when it is stored
            self._form.set_finding(key, Tone.PLAIN, "")
        found = row_days.misdated(self._office, self._entity, days, self._file, self.application)
        return mark_days(self._form, found, self._fields)

    def _on_form_edited(self, _key: str) -> None:
        self.show()
