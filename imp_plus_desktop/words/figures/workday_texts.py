# SPDX-License-Identifier: Apache-2.0
"""The words of closed days: why, and on which business day instead.

because_text("christmas")   closed_text(because, business_day, later=True)   holiday_source(closed)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from imp_plus_desktop.domain.figures.holidays import OFFICE, WEEKEND, WORKS, Closed
from imp_plus_desktop.i18n import N_, _, format_day
from imp_plus_desktop.words.figures.figure_texts import source_text

_BECAUSE: Mapping[str, str] = {
    WEEKEND: N_("weekend"),
    OFFICE: N_("the office’s own day"),
    WORKS: N_("the office works"),
    "new_year": N_("New Year’s Day"),
    "good_friday": N_("Good Friday"),
    "easter_monday": N_("Easter Monday"),
    "patriots": N_("National Patriots’ Day"),
    "national_holiday": N_("Quebec’s National Holiday"),
    "canada_day": N_("Canada Day"),
    "labour_day": N_("Labour Day"),
    "thanksgiving": N_("Thanksgiving"),
    "christmas": N_("Christmas Day"),
}


def because_text(because: str) -> str:
    """Why a day is closed."""
    return _(_BECAUSE[because])


def closed_text(because: str, business_day: date, *, later: bool) -> str:
    """That the office is closed on a day, and on which one it works: the next one (`later`), or
    the last before it."""
    words = _("Office closed ({why}); the next business day is {day}")
    if not later:
        words = _("Office closed ({why}); the last business day before is {day}")
    return words.format(why=because_text(because), day=format_day(business_day))


def holiday_source(closed: Closed) -> str:
    """Where a closed day comes from: the law, or what the office says."""
    return closed.source if closed.by_office else source_text(closed.source)
