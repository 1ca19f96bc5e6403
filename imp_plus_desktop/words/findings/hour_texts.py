# SPDX-License-Identifier: Apache-2.0
"""The last hour of a last day: IRCC's days end at midnight UTC, in the evening in Quebec.

Words only; which day is the last one comes in. Source WORK24.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from imp_plus_desktop.domain.deadlines.nearness import LAST_HOUR_DAYS
from imp_plus_desktop.domain.rules.findings import FactValue
from imp_plus_desktop.domain.values.calendar import portal_closes
from imp_plus_desktop.i18n import _, format_time
from imp_plus_desktop.words.findings.fact_texts import Facts, day_word


def closing_hour(day: FactValue) -> str:
    """`8:00 p.m.`: when a day ends for IRCC, by Toronto's clocks."""
    return format_time(portal_closes(day)) if isinstance(day, date) else ""


def hour_caution(day: date) -> str:
    """Until what hour of a day IRCC counts what is filed as of that day."""
    return _("on that day before {time} in Toronto: IRCC’s day ends at midnight UTC").format(
        time=closing_hour(day)
    )


def near_hour(day: date, today: date) -> str:
    """The caution where the day is near; empty where it is far or past."""
    return hour_caution(day) if 0 <= (day - today).days <= LAST_HOUR_DAYS else ""


def _letter(facts: Facts) -> str:
    return _said(_("Last day of the letter: {last_day}, before {time} in Toronto"), facts)


def _csq(facts: Facts) -> str:
    return _said(_("Last day of the CSQ: {last_day}, before {time} in Toronto"), facts)


def _status(facts: Facts) -> str:
    return _said(_("Last day of the status in Canada: {last_day}, before {time} in Toronto"), facts)


def _extension(facts: Facts) -> str:
    return _said(_("Last day of the permit: {last_day}, before {time} in Toronto"), facts)


def _late(facts: Facts) -> str:
    words = _(
        "Received on the last day, {last_day}, after {time} in Toronto: the next day for IRCC"
    )
    return _said(words, facts)


def _said(words: str, facts: Facts) -> str:
    last = facts["last_day"]
    return words.format(last_day=day_word(last), time=closing_hour(last))


LAST_HOURS: Mapping[str, Callable[[Facts], str]] = {
    "letter_last_day": _letter,
    "csq_last_day": _csq,
    "canada_status_last_day": _status,
    "extension_last_day": _extension,
    "received_after_hour": _late,
}
