# SPDX-License-Identifier: Apache-2.0
"""How many deadlines stand on a day, as a calendar marks it.

    day_marks(counts, today) -> the mark of each day

What is past and nobody has seen is red, what presses within a week amber: each with its sign.
"""

from collections.abc import Iterable
from datetime import date

from imp_plus_desktop.domain.deadlines.nearness import LAST_HOUR_DAYS
from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.services.agenda.overview import DayCount
from imp_plus_desktop.ui.charts.month_grid import DayMark
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look.theme import Tone


def day_marks(counts: Iterable[DayCount], today: date) -> dict[date, DayMark]:
    """The mark of each day that has deadlines."""
    return {found.day: _mark(found, today) for found in counts}


def _mark(found: DayCount, today: date) -> DayMark:
    said = ngettext("{count} deadline", "{count} deadlines", found.count)
    text = words.number(found.count)
    said = said.format(count=text)
    left = (found.day - today).days
    if left < 0:
        return DayMark(text, Tone.BAD, _("{found} that nobody has seen").format(found=said))
    if left <= LAST_HOUR_DAYS and found.pressing and left > 0:
        return DayMark(text, Tone.WARN, _("{found}, within a week").format(found=said))
    return DayMark(text, Tone.PLAIN, said)
