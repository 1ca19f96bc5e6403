# SPDX-License-Identifier: Apache-2.0
"""A year tried out: the board that another cap, another pace or other dates would give.

    try_year(office, 2026, Trial(cap=10_000, pace=250))

Nothing is written, nor could be: the board is counted anew under a programme that only this call
knows. It is the board that a copy of the register would show after the same acts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.figures.own import programme_of
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.programme import CapLimit, Programme, Setting
from imp_plus_desktop.services.office import parameters
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.services.quota.quota import Board
from imp_plus_desktop.storage.reads import queries


@dataclass(frozen=True, slots=True)
class Trial:
    """What is supposed; what is None stays as it is.

    `cap`, `letters` and `permits` are limits in force from the day of the board on, `pace` receipts
    a week from then on, `windows` days and counts of days by the programme's names, as text.
    """

    cap: int | None = None
    letters: int | None = None
    permits: int | None = None
    pace: int | None = None
    windows: Mapping[str, str] = field(default_factory=dict)


def try_year(office: Office, year: int, trial: Trial, as_of: date | None = None) -> Board:
    """The board of a year under a trial, as of a day (default: today).

    Errors: DomainError bad_value (a number below zero), unknown_parameter, bad_window.
    """
    for name in ("cap", "letters", "permits", "pace"):
        number = getattr(trial, name)
        if number is not None and number < 0:
            raise InvalidInput("bad_value", field="cap", issue="bad_number")
    day = as_of or office.clock.today()
    supposed = _supposed(office, year, trial, day)
    return quota.board_under(office, supposed, year, day, trial.pace)


def _supposed(office: Office, year: int, trial: Trial, day: date) -> Programme:
    """The programme with what is supposed, in force from the day of the board on."""
    limits = {
        Ledger.APPLICATIONS: trial.cap,
        Ledger.LETTERS: trial.letters,
        Ledger.PERMITS: trial.permits,
    }
    programme = office.programme().with_caps(
        CapLimit(ledger=ledger, year=year, limit=limit, from_day=day)
        for ledger, limit in limits.items()
        if limit is not None
    )
    if not trial.windows:
        return programme
    for name, value in trial.windows.items():
        parameters.check_window(name, value)
    tried = [Setting(name, None, value.strip(), day) for name, value in trial.windows.items()]
    settings = [*queries.settings(office.register), *tried]
    shipped, today = office.shipped_programme, office.clock.today()
    return programme_of(shipped, programme.cap_overrides, settings, today)
