# SPDX-License-Identifier: Apache-2.0
"""Whether letters still come in: what a year's free places are worth.

Must not count places: `domain/quota/quota.py` does.
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.programme import Programme


@dataclass(frozen=True, slots=True)
class Intake:
    """Whether a letter written in what is left of a year is accepted (PRG-01, source A76).

    `last_letter` is the latest date that a letter may bear.
    """

    year: int
    last_letter: date
    open: bool


def intake(programme: Programme, year: int, day: date) -> Intake:
    """The intake of a year as of a day; of a year that is over, as it stood at its end."""
    first = max(date(year, 1, 1), min(day, date(year, 12, 31)))
    last = programme.on(first).last_accepted_letter
    return Intake(year, last, first <= last)
