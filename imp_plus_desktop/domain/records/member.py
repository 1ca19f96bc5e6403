# SPDX-License-Identifier: Apache-2.0
"""A member of a principal's family."""

from datetime import date
from functools import partial
from typing import Annotated

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.fields import (
    IMPOSSIBLE,
    OUT_OF_ORDER,
    Kind,
    Mark,
    Part,
    Section,
    after,
    answered,
    not_ahead,
    partly,
    words,
)
from imp_plus_desktop.domain.records.ids import MemberId, PersonId
from imp_plus_desktop.domain.values.codes import (
    CanadaStatus,
    Custody,
    MemberLocation,
    PermitWish,
    Relation,
    School,
)
from imp_plus_desktop.domain.values.identifiers import IdentifierKind


@dataclass(frozen=True, slots=True)
class Member:
    """A spouse, partner or child who may come along with a principal.

    `separated_on`, `died_on` and `married_on` (a child's marriage) count from their day on.
    `dependent_condition`: of age, but unable to provide for themselves since before 22.
    `invited`: has an invitation letter or a permit under A76 of their own.
    """

    id: MemberId
    person_id: PersonId
    relation: Annotated[Relation, Part.MEMBER, Section.MEMBER.at(1)]
    family_name: Annotated[str, Part.MEMBER, Section.MEMBER.at(2), Mark.SEARCHED]
    given_names: Annotated[str | None, Part.MEMBER, Section.MEMBER.at(3), Mark.SEARCHED] = None
    birth_date: Annotated[
        date | None, Part.MEMBER, Section.MEMBER.at(4), not_ahead(IMPOSSIBLE), Mark.HIDDEN
    ] = None
    birth_known: Annotated[
        str | None, Kind.PARTIAL_DAY, partly("birth_date"), answered(""), Mark.HIDDEN
    ] = None
    citizenship: Annotated[str | None, Kind.COUNTRY, Part.MEMBER, Section.MEMBER.at(5)] = None
    second_citizenship: Annotated[
        str | None, Kind.COUNTRY, Part.MEMBER, Section.MEMBER_PAPERS.at(1)
    ] = None
    accompanying: Annotated[bool | None, Part.MEMBER, Section.MEMBER.at(7)] = None
    wish: Annotated[PermitWish | None, Part.MEMBER, Section.MEMBER.at(8), words("wish")] = None
    passport_number: Annotated[
        str | None,
        IdentifierKind.PASSPORT,
        Part.MEMBER,
        Section.MEMBER_PAPERS.at(3),
        Mark.SEARCHED,
        Mark.HIDDEN,
    ] = None
    passport_expiry: Annotated[date | None, Part.MEMBER, Section.MEMBER_PAPERS.at(4)] = None
    arrived_on: Annotated[
        date | None,
        Part.MEMBER,
        Section.MEMBER_STAY.at(1),
        not_ahead(),
        after(birth_date=OUT_OF_ORDER),
    ] = None
    uci: Annotated[
        str | None,
        IdentifierKind.UCI,
        Part.MEMBER,
        Section.MEMBER_PAPERS.at(2),
        Mark.HYPHENS,
        Mark.SEARCHED,
        Mark.HIDDEN,
    ] = None
    custody: Annotated[Custody | None, Part.MEMBER, Section.CHILD.at(1)] = None
    separated_on: Annotated[
        date | None, Part.MEMBER, Section.SPOUSE.at(4), not_ahead(), after(birth_date=IMPOSSIBLE)
    ] = None
    died_on: Annotated[
        date | None, Section.MEMBER_CHANGES.at(5), not_ahead(), after(birth_date=IMPOSSIBLE)
    ] = None
    married_on: Annotated[
        date | None, Part.MEMBER, Section.CHILD.at(6), not_ahead(), after(birth_date=IMPOSSIBLE)
    ] = None
    dependent_condition: Annotated[bool | None, Section.CHILD.at(2)] = None
    school: Annotated[School | None, Part.MEMBER, Section.MEMBER_STAY.at(2)] = None
    location: Annotated[MemberLocation | None, Part.MEMBER, Section.MEMBER.at(6)] = None
    caq_number: Annotated[str | None, Part.MEMBER, Section.MEMBER_STAY.at(5)] = None
    caq_until: Annotated[date | None, Part.MEMBER, Section.MEMBER_STAY.at(6)] = None
    biometrics_on: Annotated[
        date | None,
        Part.MEMBER,
        Section.MEMBER_PAPERS.at(5),
        not_ahead(),
        after(birth_date=OUT_OF_ORDER),
    ] = None
    canada_status: Annotated[CanadaStatus | None, Part.MEMBER, Section.MEMBER_STAY.at(3)] = None
    canada_status_until: Annotated[date | None, Part.MEMBER, Section.MEMBER_STAY.at(4)] = None
    invited: Annotated[bool | None, Section.SPOUSE.at(3)] = None

    @property
    def full_name(self) -> str:
        return f"{self.given_names or ''} {self.family_name}".strip()


new_member = partial(Member, MemberId(0))
"""A member as typed in, who has no id yet."""
