# SPDX-License-Identifier: Apache-2.0
"""Which of a person's applications a row of a list speaks of, and the state that it gives it.

Pure: it looks at a file and at typed values. What a row changes is planned in `field_plan.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from imp_plus_desktop.domain.applications.status import PREPARING
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.calendar import noon_in_toronto, toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    Outcome,
)
from imp_plus_desktop.domain.values.errors import Refused

Values = Mapping[str, Any]

_STATE_OF: Mapping[Outcome, ApplicationState] = {
    outcome: ApplicationState(outcome.value) for outcome in Outcome
}


def matching(file: PersonFile | None, known: Values) -> Application | None:
    """By number, by day of receipt, else the latest first application that may be meant."""
    own = [a for a in file.own_applications if a.code is ApplicationCode.A76] if file else []
    number = known.get("application_number")
    for application in own:
        if number is not None and application.application_number == number:
            return application
    received = known.get("received_at")
    near = [
        (abs(application.received_at - received), place, application)
        for place, application in enumerate(own)
        if received is not None
        and application.received_at is not None
        and toronto_day(application.received_at) == toronto_day(received)
        and None in (number, application.application_number)
    ]
    if near:
        # Of two on one day the nearest in time: an extension is not its first application.
        return min(near)[2]
    free = [
        a for a in own if a.kind is ApplicationKind.FIRST and None in (number, a.application_number)
    ]
    return free[-1] if free and not _filed_anew(free[-1], known) else None


def _filed_anew(present: Application, known: Values) -> bool:
    """Whether another day of receipt speaks of another application, and corrects none.

    A letter has one first application: only a later letter, or a decision before that day, or
    two numbers, tell a second one from a corrected day.
    """
    received = known.get("received_at")
    if received is None:
        return False
    day = toronto_day(received)
    if present.decided_on is not None and present.decided_on < day:
        return True
    letter = known.get("letter_date")
    before = present.received_at
    return letter is not None and before is not None and toronto_day(before) < letter <= day


def state_of(known: Values, present: Application | None) -> ApplicationState:
    """What the row makes of an application: a permit stands above every outcome."""
    if {"permit_from", "permit_until"} & known.keys():
        return ApplicationState.PERMIT_ISSUED
    if "permit_number" in known:
        # Without any day the permit itself cannot be kept: only that it was approved.
        issued = present is not None and present.state is ApplicationState.PERMIT_ISSUED
        dated = issued or "decided_on" in known
        return ApplicationState.PERMIT_ISSUED if dated else ApplicationState.APPROVED
    outcome = known.get("outcome")
    if outcome is not None:
        state = _STATE_OF[Outcome(outcome)]
        if present is not None and present.state is ApplicationState.PERMIT_ISSUED:
            return present.state if state is ApplicationState.APPROVED else state
        return state
    if present is None or (present.state in PREPARING and known.get("received_at") is not None):
        return ApplicationState.RECEIVED
    return present.state


def check_received(present: Application | None, known: Values) -> None:
    """By hand, nothing is decided of what IRCC has not received. Errors: not_received_yet."""
    told = {"outcome", "decided_on", "permit_number", "permit_from", "permit_until"}
    preparing = present is not None and present.state in PREPARING
    if preparing and known.get("received_at") is None and told & known.keys():
        raise Refused("not_received_yet")


def same_receipt(present: Application, known: Values) -> bool:
    """A list that states only the day of receipt does not correct a known time of that day."""
    received = known.get("received_at")
    if received is None or present.received_at is None:
        return False
    day = toronto_day(received)
    day_alone = received == noon_in_toronto(day) and day == toronto_day(present.received_at)
    # A workbook shows minutes: less than one apart is the same receipt.
    return bool(day_alone or abs(received - present.received_at) < timedelta(minutes=1))
