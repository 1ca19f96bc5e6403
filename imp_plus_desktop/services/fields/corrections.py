# SPDX-License-Identifier: Apache-2.0
"""What a value typed by hand corrects of an application's history, and what that needs.

A first entry, and a move that the table of moves allows, need nothing. What stands otherwise than
it was recorded needs a reason, and no outcome goes against a permit that stands. Pure, but for the
writing of the place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from imp_plus_desktop import plain_text
from imp_plus_desktop.domain.applications import status
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.applications import Application, Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationState, Outcome
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.verdict.history_flags import AGAINST_PERMIT
from imp_plus_desktop.services.fields.application_plan import same_receipt
from imp_plus_desktop.services.fields.field_plan import Operation
from imp_plus_desktop.services.office import places
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.journal.act import Act

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ByHand:
    """A plan that somebody's own hand makes: the cap holds, and a correction has its reason."""

    office: Office
    reason: str = ""

    def take(self, act: Act, programme: Programme, number: int, after: Values) -> dict[str, object]:
        """What an application comes to hold as it stands after the change: a place of its year,
        none where it uses none, or the outcome of one that came over the cap.

        Errors: DomainError year_full for one that was decided.
        """
        taken = places.take_by_hand(self.office, act, programme, number, after, self.reason)
        if not taken.over_cap:
            return {"place": taken.place}
        received: datetime = after["received_at"]
        return {
            "place": None,
            "state": ApplicationState.CANCELLED_OVER_CAP,
            "outcome": Outcome.CANCELLED_OVER_CAP,
            "decided_on": toronto_day(received),
        }


def focused(file: PersonFile, application: int | None) -> PersonFile:
    """A file as if one of the person's own applications were the only one; None leaves all."""
    if application is None:
        return file
    return replace(
        file,
        applications=tuple(
            a for a in file.applications if a.member_id is not None or a.id == application
        ),
    )


def check(file: PersonFile, known: Values, reason: str) -> None:
    """Refuse what corrects the latest application without a reason, or against its permit.

    Errors: DomainError reason_needed, permit_stands, unwritable_text.
    """
    if not plain_text.is_sound(reason):
        raise InvalidInput("unwritable_text")
    own = file.own_applications
    if not own:
        return
    application, permits = own[-1], file.permits_of(own[-1].id)
    fields = corrected(application, permits, known)
    if fields and not reason.strip():
        raise Refused("reason_needed", fields=fields)
    if permits and "outcome" in fields and known["outcome"] in AGAINST_PERMIT:
        raise Refused("permit_stands")


def corrected(
    application: Application, permits: tuple[Permit, ...], known: Values
) -> tuple[str, ...]:
    """The fields of history that stand otherwise than they were recorded."""
    if application.state in status.PREPARING:
        return ()
    found = []
    if _another_receipt(application, known):
        found.append("received_at")
    if known.get("application_kind") not in (None, application.kind):
        found.append("application_kind")
    moves = _moves(application, known)
    if not moves and known.get("outcome") not in (None, application.outcome):
        found.append("outcome")
    if not moves and _another(application.decided_on, known.get("decided_on")):
        found.append("decided_on")
    if permits:
        held = permits[-1]
        days = (("permit_from", held.valid_from), ("permit_until", held.valid_until))
        found += [name for name, day in days if _another(day, known.get(name))]
    return tuple(found)


def with_permit(file: PersonFile, operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """A plan whose approval finds the permit there: the application has it, and says so."""
    own = file.own_applications
    if not own or not file.permits_of(own[-1].id):
        return tuple(operations)

    def issued(op: Operation) -> Operation:
        latest = op.entity == "application" and op.number == own[-1].id
        if not latest or op.values.get("state") is not ApplicationState.APPROVED:
            return op
        return op._replace(values={**op.values, "state": ApplicationState.PERMIT_ISSUED})

    return tuple(issued(op) for op in operations)


def _another_receipt(application: Application, known: Values) -> bool:
    typed = known.get("received_at")
    return _another(application.received_at, typed) and not same_receipt(application, known)


def _another(recorded: object, typed: object) -> bool:
    """Whether what was recorded would be another; a first entry corrects nothing."""
    return recorded is not None and typed is not None and typed != recorded


def _moves(application: Application, known: Values) -> bool:
    """Whether a typed outcome is a move that the table of moves allows."""
    outcome = known.get("outcome")
    if outcome is None or outcome == application.outcome:
        return False
    return status.may_move(application.state, ApplicationState(str(outcome)))
