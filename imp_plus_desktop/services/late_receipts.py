# SPDX-License-Identifier: Apache-2.0
"""Whose later receipt holds the place that an application over the cap would have had.

Asked only of receipts that found no place: it reads the year's applications.
"""

from __future__ import annotations

from datetime import datetime

from imp_plus_desktop.domain.calendar import toronto_year
from imp_plus_desktop.domain.codes import Outcome
from imp_plus_desktop.domain.late_receipts import Claim, Holder, later_holders
from imp_plus_desktop.services.office import Office
from imp_plus_desktop.storage import figures, lists

_NOT_RECORDED = 2**62
"""Stands for an application that has no id yet: the last to be recorded."""


def holder(office: Office, at: datetime, application_id: int | None = None) -> Holder | None:
    """Who holds the place of a receipt at an instant that found none; None where nobody does."""
    own = application_id or _NOT_RECORDED
    claims = [
        Claim(case.id, case.received_at, case.place is not None)
        for case in figures.year_cases(office.register, toronto_year(at))
        if case.id != own and (case.place is not None or case.outcome is Outcome.CANCELLED_OVER_CAP)
    ]
    found = later_holders([*claims, Claim(own, at, has_place=False)]).get(own)
    return None if found is None else _holder(office, found)


def _holder(office: Office, application: int) -> Holder | None:
    row = next(iter(lists.application_rows(office.register, [application])), None)
    if row is None:
        return None
    at, place = row.received_at, row.place
    if at is None or place is None:
        return None
    return Holder(row.id, row.person_id, row.name, row.application_number, at, place)
