# SPDX-License-Identifier: Apache-2.0
"""What was filed, what IRCC asks and shows, what was paid, and what came of it."""

from datetime import date, datetime
from typing import Annotated

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.fields import (
    IMPOSSIBLE,
    OUT_OF_ORDER,
    Kind,
    Mark,
    Part,
    after,
    answered,
    named,
    not_ahead,
    words,
)
from imp_plus_desktop.domain.records.ids import (
    ApplicationId,
    FormerNumberId,
    MemberId,
    OtherRouteId,
    PaymentId,
    PermitId,
    PersonId,
    PortalLineId,
    RequestId,
)
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    Channel,
    LimitedBy,
    Outcome,
    PortalItem,
    PortalState,
    RequestKind,
    RouteState,
)
from imp_plus_desktop.domain.values.identifiers import IdentifierKind


@dataclass(frozen=True, slots=True)
class Application:
    """One application at IRCC, the principal's (`member_id` None) or a member's.

    `place` is the number of the place it uses in `cap_year`, from 1; None when it uses none.
    `a76_wording` says whether the form's two boxes carry the programme's wording (DOC-03),
    `prepared_on` when the draft was begun in the portal, `biometrics_cancelled_on` when the
    biometric letter of an over-cap file was cancelled.
    """

    id: ApplicationId
    person_id: PersonId
    code: ApplicationCode
    kind: Annotated[ApplicationKind, named("application_kind"), answered("kind"), Part.APPLICATION]
    state: ApplicationState
    member_id: Annotated[MemberId | None, answered("member")] = None
    application_number: Annotated[
        str | None,
        IdentifierKind.APPLICATION,
        Part.APPLICATION,
        Mark.UNIQUE,
        Mark.SEARCHED,
        Mark.ERASABLE,
    ] = None
    received_at: Annotated[
        datetime | None, Part.APPLICATION, not_ahead(), after(birth_date=OUT_OF_ORDER)
    ] = None
    channel: Annotated[Channel | None, answered("")] = None
    outcome: Annotated[Outcome | None, Part.APPLICATION] = None
    decided_on: Annotated[
        date | None, Part.APPLICATION, not_ahead(), after(received_at=OUT_OF_ORDER)
    ] = None
    cap_year: int | None = None
    place: int | None = None
    refund_logged_on: Annotated[
        date | None, Part.APPLICATION, not_ahead(), after(received_at=OUT_OF_ORDER)
    ] = None
    a76_wording: Annotated[bool | None, answered("")] = None
    prepared_on: Annotated[date | None, not_ahead()] = None
    submitted_on: Annotated[
        date | None, Part.APPLICATION, not_ahead(), after(birth_date=OUT_OF_ORDER)
    ] = None
    biometrics_cancelled_on: Annotated[
        date | None, answered(""), not_ahead(), after(received_at=OUT_OF_ORDER)
    ] = None


@dataclass(frozen=True, slots=True)
class FormerNumber:
    """A number that an application had before IRCC gave it another: files move between offices."""

    id: FormerNumberId
    person_id: PersonId
    application_id: Annotated[ApplicationId, answered("application")]
    number: Annotated[str, IdentifierKind.APPLICATION, Mark.SEARCHED]


@dataclass(frozen=True, slots=True)
class Permit:
    """A permit as printed: its days, and the conditions in the words of the paper.

    `next_way` is the way on that somebody chose for when it ends (`data/ways.toml`).
    """

    id: PermitId
    application_id: Annotated[ApplicationId, answered("application")]
    permit_number: Annotated[
        str | None, IdentifierKind.PERMIT, Part.PERMIT, Mark.UNIQUE, Mark.SEARCHED, Mark.ERASABLE
    ]
    issued: Annotated[
        date | None, not_ahead(), after(received_at=OUT_OF_ORDER, decided_on=OUT_OF_ORDER)
    ]
    valid_from: Annotated[
        date,
        named("permit_from"),
        Part.PERMIT,
        after(received_at=OUT_OF_ORDER, decided_on=OUT_OF_ORDER),
    ]
    valid_until: Annotated[date, named("permit_until"), Part.PERMIT, after(permit_from=IMPOSSIBLE)]
    province: Annotated[str, Kind.PROVINCE] = "QC"
    limited_by: LimitedBy = LimitedBy.TERM
    lost_days: int = 0
    location_condition: str | None = None
    occupation_condition: str | None = None
    next_way: Annotated[str | None, words("way")] = None

    @property
    def lost_to_passport(self) -> int:
        """Days that the passport has cost; what shortened a permit otherwise is no loss."""
        return self.lost_days if self.limited_by is LimitedBy.PASSPORT else 0


@dataclass(frozen=True, slots=True)
class Request:
    """Something that IRCC asked for in the course of an application.

    `letter_on` is the day of IRCC's letter, `due_on` the day that it states (None: the usual
    term), `done_on` when it was done, `valid_until` how long the result holds.
    """

    id: RequestId
    person_id: PersonId
    application_id: Annotated[ApplicationId, answered("application")]
    kind: RequestKind
    letter_on: Annotated[date, not_ahead(), after(received_at=OUT_OF_ORDER)]
    due_on: Annotated[date | None, after(letter_on=IMPOSSIBLE)] = None
    done_on: Annotated[date | None, not_ahead(), after(letter_on=IMPOSSIBLE)] = None
    valid_until: Annotated[date | None, after(done_on=OUT_OF_ORDER)] = None


@dataclass(frozen=True, slots=True)
class PortalLine:
    """What one line of IRCC's portal said on the day when someone looked."""

    id: PortalLineId
    person_id: PersonId
    application_id: Annotated[ApplicationId, answered("application")]
    item: PortalItem
    state: PortalState
    observed_on: Annotated[date, not_ahead(), after(received_at=OUT_OF_ORDER)]
    completed_on: Annotated[date | None, not_ahead()] = None


@dataclass(frozen=True, slots=True)
class Payment:
    """A fee that was paid, or given back when `refund`. Unit: cents of a Canadian dollar."""

    id: PaymentId
    person_id: PersonId
    fee: str
    cents: Annotated[int, Kind.MONEY]
    on_day: Annotated[date, not_ahead()]
    application_id: ApplicationId | None = None
    refund: bool = False


@dataclass(frozen=True, slots=True)
class OtherRoute:
    """Where somebody stands under another route or programme than IMP+: considered, filed, with
    its permit. It never uses a place of the cap of IMP+.

    `invited_on` is the day of the invitation, or of the request that the programme rests on.
    """

    id: OtherRouteId
    person_id: PersonId
    route: str
    state: RouteState
    filed_on: Annotated[date | None, not_ahead(), after(birth_date=OUT_OF_ORDER)] = None
    decided_on: Annotated[date | None, not_ahead(), after(filed_on=OUT_OF_ORDER)] = None
    application_number: Annotated[str | None, IdentifierKind.APPLICATION] = None
    employer: str | None = None
    offer_number: Annotated[str | None, IdentifierKind.OFFER] = None
    permit_number: str | None = None
    valid_from: Annotated[date | None, after(decided_on=OUT_OF_ORDER)] = None
    valid_until: Annotated[date | None, after(valid_from=IMPOSSIBLE)] = None
    invited_on: Annotated[date | None, not_ahead(), after(birth_date=OUT_OF_ORDER)] = None
