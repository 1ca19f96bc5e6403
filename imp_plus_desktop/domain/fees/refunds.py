# SPDX-License-Identifier: Apache-2.0
"""What IRCC gives back of the fees of a file, and what of it has arrived (CAP-06, FEE-02).

An application's `refund_logged_on` says that all of its refund has arrived, whether or not the
payment was recorded. Unit: cents of a Canadian dollar. Must not hold a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, MemberId
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationState
from imp_plus_desktop.domain.values.programme import Programme

PROCESSING = "processing"
HOLDER = "open_permit_holder"

_BACK: Mapping[ApplicationState, tuple[str, ...]] = MappingProxyType(
    {
        ApplicationState.CANCELLED_OVER_CAP: (PROCESSING, HOLDER),
        ApplicationState.REFUSED: (HOLDER,),
        ApplicationState.WITHDRAWN: (HOLDER,),
    }
)
"""The fees that come back, by how an application ended."""


@dataclass(frozen=True, slots=True)
class Refund:
    """What is due back for one application since a day, and how much of it has arrived."""

    application_id: ApplicationId
    member_id: MemberId | None
    state: ApplicationState
    fees: tuple[str, ...]
    since: date
    due_cents: int
    received_cents: int
    received_on: date | None = None

    @property
    def open_cents(self) -> int:
        return max(0, self.due_cents - self.received_cents)


def refunds(file: PersonFile, programme: Programme) -> tuple[Refund, ...]:
    """Every refund of a file, closed ones too, in the order of the applications."""
    made = (refund_of(file, application, programme) for application in file.applications)
    return tuple(refund for refund in made if refund is not None)


def refund_of(file: PersonFile, application: Application, programme: Programme) -> Refund | None:
    """What comes back for an application, None when nothing does. Sources A76, IRPR 303.2.

    A work permit only, and only one that was received: a draft given up had cost nothing.
    """
    fees = _BACK.get(application.state)
    if not fees or application.received_at is None or application.code is ApplicationCode.STUDY:
        return None
    paid_on = toronto_day(application.received_at)
    due = sum(cents(programme, fee, paid_on) for fee in fees)
    back = [p for p in file.payments if p.refund and p.application_id == application.id]
    received = sum(payment.cents for payment in back)
    logged = application.refund_logged_on
    return Refund(
        application.id,
        application.member_id,
        application.state,
        fees,
        application.decided_on or paid_on,
        due,
        max(received, due) if logged is not None else received,
        logged,
    )


def cents(programme: Programme, fee: str, day: date) -> int:
    """A fee in cents as due on a day; 0 for one that the programme does not know."""
    return int((programme.fee_on(fee, day) or Decimal(0)) * 100)
