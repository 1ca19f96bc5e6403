# SPDX-License-Identifier: Apache-2.0
"""Where somebody stands, as lists and pages show it: the words and the colour of a line.

    chip_of(row)              what a list shows: the verdict, or the status once filed
    letter_days(row, today)   days to the last safe day
    STATUS_TONES, VERDICT_TONES

Apart from the words of a person's page, which bring all that can be done to a file.
"""

from datetime import date

from imp_plus_desktop.domain.reads.rows import PersonRow
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.codes import NOT_YET_APPLIED, PersonStatus
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import name_of

STATUS_TONES = {
    PersonStatus.APPLIED: Tone.ACCENT,
    PersonStatus.APPROVED: Tone.OK,
    PersonStatus.PERMIT: Tone.OK,
    PersonStatus.REFUSED: Tone.BAD,
    PersonStatus.WITHDRAWN: Tone.PLAIN,
    PersonStatus.RETURNED: Tone.WARN,
    PersonStatus.OVER_CAP: Tone.BAD,
    PersonStatus.CLOSED: Tone.PLAIN,
}
VERDICT_TONES = {
    VerdictCode.ELIGIBLE: Tone.OK,
    VerdictCode.NOT_ELIGIBLE: Tone.BAD,
    VerdictCode.UNKNOWN: Tone.UNKNOWN,
    VerdictCode.JUDGEMENT: Tone.WARN,
}


def chip_of(row: PersonRow) -> tuple[str, Tone]:
    """What the list shows of where somebody stands: the verdict, or the status once filed."""
    if row.status not in NOT_YET_APPLIED:
        return name_of(row.status), STATUS_TONES[row.status]
    if row.verdict is VerdictCode.ELIGIBLE and row.short_passport:
        return _("Short passport"), Tone.WARN
    if row.verdict is VerdictCode.NOT_ELIGIBLE and row.letter_date is None:
        return _("Letter not recorded"), Tone.UNKNOWN
    return name_of(row.verdict), VERDICT_TONES[row.verdict]


def letter_days(row: PersonRow, today: date) -> int | None:
    """Days to the last safe day while it lies ahead and nothing is filed."""
    day = row.last_safe_day
    if row.status not in NOT_YET_APPLIED or day is None or day < today:
        return None
    return (day - today).days
