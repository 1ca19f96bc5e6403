# SPDX-License-Identifier: Apache-2.0
"""Which deadlines of a file the agenda shows, with what the office said of each.

What nobody has seen or settled stays, however old; what is far behind rests. The deadlines
themselves are made in `deadlines.py`; what counts as near is the caller's choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.applications.status import latest_application
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.deadlines import (
    Deadline,
    DeadlineKind,
    deadlines,
    reminders,
)
from imp_plus_desktop.domain.letters.csq import pr_state
from imp_plus_desktop.domain.people.need import applies_for_nothing
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.office import DeadlineMark
from imp_plus_desktop.domain.values.codes import ApplicationState, PrState
from imp_plus_desktop.domain.values.programme import Programme

SEEN_KEPT_DAYS = 30
"""How long a passed deadline stays once somebody has seen it; one that nobody has seen stays."""

REST_DAYS = 365
"""After so long a passed deadline rests: it is kept apart from what presses."""

SUPERSEDED = frozenset({DeadlineKind.EXTENSION})
"""Kinds whose day another one takes over once it is past: the permit's own end."""

NEVER_PAST = frozenset(
    {
        DeadlineKind.REFUND,
        DeadlineKind.BIOMETRICS,
        DeadlineKind.DOCUMENTS,
        DeadlineKind.FAIRNESS_LETTER,
        DeadlineKind.PASSPORT_REQUEST,
        DeadlineKind.REMINDER,
    }
)
"""Kinds that wait for something to be done, seen or not: they never rest."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A deadline as the agenda shows it: on `day`, which the office may have moved.

    `moved_because` is the office's reason, `acknowledged_on` the day on which somebody saw it,
    `settled_on` that on which it was said to be done with. `rests` sets it apart from what presses.
    """

    deadline: Deadline
    day: date
    moved_because: str | None = None
    acknowledged_on: date | None = None
    settled_on: date | None = None
    rests: bool = False


def agenda_of(file: PersonFile, day: date, programme: Programme) -> tuple[AgendaItem, ...]:
    """The deadlines that still matter on a day, with the office's marks, the earliest first.

    What nobody has seen or settled stays, however old. What lies far behind, or behind in a file
    that is closed, rests.
    """
    closed = is_closed(file, day)
    kept = []
    for item in every_item(file, day, programme):
        late = (day - item.day).days
        lasts = _lasts(file, item.deadline)
        if item.settled_on is not None or (late > 0 and item.deadline.kind in SUPERSEDED):
            continue
        if item.acknowledged_on is not None and late > SEEN_KEPT_DAYS and not lasts:
            continue
        rests = not lasts and late > (0 if closed else REST_DAYS)
        kept.append(replace(item, rests=rests))
    return tuple(sorted(kept, key=lambda item: (item.day, item.deadline.kind)))


def every_item(file: PersonFile, day: date, programme: Programme) -> tuple[AgendaItem, ...]:
    """All deadlines of a file with the office's marks, settled ones too."""
    return tuple(_marked(file, deadline) for deadline in deadlines(file, day, programme))


def open_reminders(file: PersonFile) -> Mapping[int, date]:
    """The day on which each note comes back, by its id, where nobody has said that it is done."""
    marked = (_marked(file, reminder) for reminder in reminders(file))
    return {
        item.deadline.subject_id: item.day
        for item in marked
        if item.settled_on is None and item.deadline.subject_id is not None
    }


def is_closed(file: PersonFile, day: date) -> bool:
    """Whether nothing is to come for a principal: no permit is needed, PR is decided, or the last
    application has ended without one and none runs."""
    if applies_for_nothing(file.person, day):
        return True
    if any(permit.valid_until >= day for permit in file.own_permits):
        return False
    if pr_state(file.person) in _PR_OVER:
        return True
    latest = latest_application(file)
    return latest is not None and latest.state in _ENDED


_PR_OVER = frozenset({PrState.APPROVED, PrState.REFUSED, PrState.LANDED})
_ENDED = frozenset(
    {
        ApplicationState.REFUSED,
        ApplicationState.WITHDRAWN,
        ApplicationState.CANCELLED_OVER_CAP,
        ApplicationState.LETTER_LAPSED,
    }
)


def _lasts(file: PersonFile, deadline: Deadline) -> bool:
    """Whether a deadline waits for something to be done, however old.

    The holder fee's refund does where the office keeps the payments: where it does not, nobody
    would ever say that it has arrived. A CAQ that is missing does, one that has ended does not.
    """
    if deadline.reason == "holder_refund_expected":
        return any(not payment.refund for payment in file.payments)
    return deadline.kind in NEVER_PAST or deadline.reason == "caq_missing"


def mark_of(file: PersonFile, deadline: Deadline) -> DeadlineMark | None:
    """The office's mark on a deadline: it names its kind, what it hangs on, and its day."""
    named = (deadline.kind.value, deadline.subject_id, deadline.day)
    return next(
        (m for m in reversed(file.marks) if (m.kind, m.subject_id, m.day) == named),
        None,
    )


def _marked(file: PersonFile, deadline: Deadline) -> AgendaItem:
    mark = mark_of(file, deadline)
    if mark is None:
        return AgendaItem(deadline, deadline.day)
    moved = mark.new_day is not None
    return AgendaItem(
        deadline,
        mark.new_day or deadline.day,
        mark.reason if moved else None,
        mark.acknowledged_on,
        mark.settled_on,
    )
