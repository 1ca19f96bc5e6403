# SPDX-License-Identifier: Apache-2.0
"""The agenda: every file's deadlines, the nearest first. Derived, never stored."""

from __future__ import annotations

from datetime import date, timedelta

from imp_plus_desktop.domain.deadlines import Deadline, DeadlineKind, deadlines
from imp_plus_desktop.domain.rows import DeadlineRow
from imp_plus_desktop.services.office import Office
from imp_plus_desktop.storage import queries

PAST_KEPT_DAYS = 30
"""How long a passed deadline stays in the agenda: after that nothing can be done about it."""

_NEVER_PAST = (DeadlineKind.REFUND,)
"""Kinds that stay until they are settled, however old."""


def agenda(office: Office, within: int | None = None) -> list[DeadlineRow]:
    """Deadlines from a month ago up to `within` days ahead (None: all), the earliest first."""
    today = office.clock.today()
    programme = office.programme()
    latest = today + timedelta(days=within) if within is not None else date.max
    found: list[tuple[Deadline, str]] = []
    for file in queries.every_file(office.register):
        found.extend(
            (deadline, file.person.list_name)
            for deadline in deadlines(file, today, programme)
            if _matters(deadline, today) and deadline.day <= latest
        )
    found.sort(key=lambda pair: (pair[0].day, pair[0].kind, pair[1]))
    return [
        DeadlineRow(
            key=index,
            day=deadline.day,
            kind=deadline.kind.value,
            person_id=deadline.person_id,
            name=name,
            reason=deadline.reason,
            days_left=deadline.days_left(today),
        )
        for index, (deadline, name) in enumerate(found, start=1)
    ]


def _matters(deadline: Deadline, today: date) -> bool:
    return deadline.kind in _NEVER_PAST or deadline.days_left(today) >= -PAST_KEPT_DAYS
