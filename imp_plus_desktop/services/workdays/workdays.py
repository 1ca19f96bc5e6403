# SPDX-License-Identifier: Apache-2.0
"""Quebec's holidays with the days that the office has set itself.

workdays(office) -> Workdays

A day of the office's own is set by `services/figures/own.py` under the name `holiday`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from imp_plus_desktop.domain.figures.holidays import HolidayRules, Workdays, rules_from
from imp_plus_desktop.domain.figures.many import CLOSED, HOLIDAY
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import queries


def workdays(office: Office) -> Workdays:
    """The office's business days."""
    own = {
        one.from_day: (one.value == CLOSED, one.reason)
        for one in queries.settings(office.register)
        if one.name == HOLIDAY
    }
    return Workdays(_rules(office.data_folder / "holidays.toml"), own)


@cache
def _rules(path: Path) -> HolidayRules:
    with path.open("rb") as file:
        return rules_from(tomllib.load(file))
