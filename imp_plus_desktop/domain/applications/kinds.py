# SPDX-License-Identifier: Apache-2.0
"""What kind an application is where nobody says it: told by the permit that stands before it.

Must not know lists nor the register: it looks at days.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from imp_plus_desktop.domain.records.applications import Permit
from imp_plus_desktop.domain.values.codes import ApplicationKind
from imp_plus_desktop.domain.values.programme import Programme


def told_kind(
    permits: Iterable[Permit], letters: Iterable[date], filed: date | None, programme: Programme
) -> ApplicationKind:
    """The kind of an application filed on a day by somebody who has these other permits.

    An extension while an earlier permit runs, its last day included; a restoration within the days
    of R182 after it; else a first one. So is one that has a letter of its own, one of `letters`
    written after that permit began. `filed` is the day of receipt, or the day next to it.
    """
    before = _latest_before(permits, filed)
    if before is None or filed is None:
        return ApplicationKind.FIRST
    if any(before.valid_from < letter <= filed for letter in letters):
        return ApplicationKind.FIRST
    if filed <= before.valid_until:
        return ApplicationKind.EXTENSION
    if filed <= before.valid_until + timedelta(days=programme.restoration_days):
        return ApplicationKind.RESTORATION
    return ApplicationKind.FIRST


def _latest_before(permits: Iterable[Permit], filed: date | None) -> Permit | None:
    """The permit that runs longest of those that had begun before a day."""
    begun = [p for p in permits if filed is not None and p.valid_from < filed]
    return max(begun, key=lambda permit: permit.valid_until, default=None)
