# SPDX-License-Identifier: Apache-2.0
"""Whose later receipt holds the place that an application over the cap would have had.

Asked only where receipts found no place: it reads the year's applications.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from imp_plus_desktop.domain.quota.late_receipts import Claim, Holder, later_holders
from imp_plus_desktop.domain.values.calendar import toronto_year
from imp_plus_desktop.domain.values.codes import Outcome
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import figures, lists

_NOT_RECORDED = 2**62
"""Stands for an application that has no id yet: the last to be recorded."""


def holder(office: Office, at: datetime, application_id: int | None = None) -> Holder | None:
    """Who holds the place of a receipt at an instant that found none; None where nobody does."""
    own = application_id or _NOT_RECORDED
    claims = [claim for claim in _claims(office, toronto_year(at)) if claim.application != own]
    found = later_holders([*claims, Claim(own, at, has_place=False)]).get(own)
    return None if found is None else _holders(office, [found]).get(found)


def holders(office: Office, year: int) -> Mapping[int, Holder]:
    """The same of every application over the cap of a year, by the application that has none."""
    later = later_holders(_claims(office, year))
    known = _holders(office, list(later.values()))
    return {late: known[beyond] for late, beyond in later.items() if beyond in known}


def _claims(office: Office, year: int) -> list[Claim]:
    return [
        Claim(case.id, case.received_at, case.place is not None)
        for case in figures.year_cases(office.register, year)
        if case.place is not None or case.outcome is Outcome.CANCELLED_OVER_CAP
    ]


def _holders(office: Office, applications: Sequence[int]) -> dict[int, Holder]:
    return {
        int(row.id): Holder(
            row.id, row.person_id, row.name, row.application_number, row.received_at, row.place
        )
        for row in lists.application_rows(office.register, applications)
        if row.received_at is not None and row.place is not None
    }
