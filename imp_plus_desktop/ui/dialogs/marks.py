# SPDX-License-Identifier: Apache-2.0
"""Reading the fields of a form, and marking those that cannot be stored as they are.

    typed_day(form, key) -> date | None      marks the field when it holds something else
    mark_needed(form, key, sentence)         marks a field that must be filled in, and goes there

Must not judge what a value means.
"""

from datetime import date

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.date_edit import parse_day
from imp_plus_desktop.ui.widgets.form import FormGrid


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


def mark_needed(form: FormGrid, key: str, sentence: str) -> None:
    """Say under a field that it must be filled in, unless more is already said; go there."""
    if not form.finding(key):
        form.set_finding(key, Tone.BAD, sentence)
    form.focus_field(key)
