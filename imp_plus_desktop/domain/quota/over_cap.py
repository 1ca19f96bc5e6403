# SPDX-License-Identifier: Apache-2.0
"""What an application over the cap leaves to do, item by item (CAP-06, source A76).

The file is cancelled and both fees come back; the biometric letter is cancelled before it goes
out; the family's applications, which hang on the principal's, are brought to an end.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from imp_plus_desktop.domain.applications.status import UNDECIDED
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.quota.late_receipts import Holder
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, PersonId
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationState
from imp_plus_desktop.domain.values.programme import Programme


class OverCapItem(StrEnum):
    REFUND = "refund"
    BIOMETRICS = "biometrics"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to bring to an end. `closed_on` None: open, or ended on a day nobody recorded.

    `application` is what it is about: the principal's application, or a member's.
    """

    kind: OverCapItem
    application: ApplicationId
    closed: bool
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class OverCapFile:
    """A principal whose application was received over the cap. `refund` in Canadian dollars.

    `held_by`: whose later receipt holds the place that this one would have had, if anybody's.
    """

    person_id: PersonId
    application: ApplicationId
    name: str
    number: str | None
    received_at: datetime | None
    refund: Decimal
    items: tuple[Item, ...]
    held_by: Holder | None = None

    @property
    def open_items(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.closed)


def over_cap_files(file: PersonFile, year: int, programme: Programme) -> tuple[OverCapFile, ...]:
    """A person's applications over the cap of a year, with what each leaves to do."""
    return tuple(
        OverCapFile(
            file.person.id,
            application.id,
            file.person.list_name,
            application.application_number,
            application.received_at,
            _refund(application, programme),
            (*_own_items(file, application), *_family_items(file, application)),
        )
        for application in file.own_applications
        if application.state is ApplicationState.CANCELLED_OVER_CAP and application.cap_year == year
    )


def has_open_items(file: PersonFile) -> bool:
    """Whether an application over the cap, of whatever year, still leaves something to do."""
    return any(
        not item.closed
        for application in file.own_applications
        if application.state is ApplicationState.CANCELLED_OVER_CAP
        for item in (*_own_items(file, application), *_family_items(file, application))
    )


def _refund(application: Application, programme: Programme) -> Decimal:
    day = toronto_day(application.received_at) if application.received_at else programme.opened
    return programme.over_cap_refund(day)


def _own_items(file: PersonFile, application: Application) -> tuple[Item, ...]:
    # Biometrics that were given before the letter could be cancelled leave nothing to cancel.
    cancelled = application.biometrics_cancelled_on or file.person.biometrics_on
    refunded = application.refund_logged_on
    return (
        Item(OverCapItem.REFUND, application.id, refunded is not None, refunded),
        Item(OverCapItem.BIOMETRICS, application.id, cancelled is not None, cancelled),
    )


def _family_items(file: PersonFile, application: Application) -> tuple[Item, ...]:
    """The family's applications, once all of the principal's own ones are over the cap.

    They hang on the latest of these. One that was decided is closed, one in preparation is open.
    """
    own = file.own_applications
    latest = max(a.id for a in own)
    if application.id != latest or any(
        a.state is not ApplicationState.CANCELLED_OVER_CAP for a in own
    ):
        return ()
    return tuple(
        Item(OverCapItem.FAMILY, a.id, a.state not in UNDECIDED, a.decided_on)
        for a in file.applications
        if a.member_id is not None
    )
