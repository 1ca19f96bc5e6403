# SPDX-License-Identifier: Apache-2.0
"""Who is of a principal's family on a day, how old they are, and what hangs on the principal.

Events count from their own day on: a spouse separated, a member dead or a child not born yet is
no member of the family then. Must not judge: the rules are in `family.py`.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from imp_plus_desktop.domain.applications.status import is_open
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.people.need import settled_as
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import MemberId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.calendar import birthday
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationState,
    MemberLocation,
    PermitWish,
    Relation,
    School,
)
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.unseen.hidden import is_hidden

_LOST = frozenset(
    {
        ApplicationState.REFUSED,
        ApplicationState.WITHDRAWN,
        ApplicationState.RETURNED,
        ApplicationState.CANCELLED_OVER_CAP,
    }
)


class Bond(StrEnum):
    """What a member is to the principal on a day."""

    FAMILY = "family"
    UNBORN = "unborn"
    DEAD = "dead"
    SEPARATED = "separated"


@dataclass(frozen=True, slots=True)
class Toppled:
    """What falls with a principal who is refused: a member's application that is still open."""

    member: MemberId
    application: Application


def bond_on(member: Member, day: date) -> Bond:
    """What a member is on a day. A separation ends a marriage or a union, not parenthood."""
    if member.died_on is not None and member.died_on <= day:
        return Bond.DEAD
    # Of whom the day is hidden is born: no member is recorded before.
    born = None if is_hidden(member.birth_date) else member.birth_date
    if born is not None and day < born:
        return Bond.UNBORN
    parted = member.separated_on is not None and member.separated_on <= day
    if parted and member.relation is not Relation.CHILD:
        return Bond.SEPARATED
    return Bond.FAMILY


def family_on(file: PersonFile, day: date) -> tuple[Member, ...]:
    """The members who are of the family on a day."""
    return tuple(member for member in file.members if bond_on(member, day) is Bond.FAMILY)


def companions_on(file: PersonFile, day: date) -> tuple[Member, ...]:
    """Those of the family who come along, or of whom nothing else is recorded."""
    return tuple(member for member in family_on(file, day) if member.accompanying is not False)


def applicants_on(file: PersonFile, day: date) -> tuple[Member, ...]:
    """Those who come along and may need a permit: neither citizens nor permanent residents."""
    return tuple(member for member in companions_on(file, day) if settled_as(member) is None)


def age_on(born: date, day: date) -> int:
    """Age in whole years; someone born on 29 February grows older on the 28th."""
    years = day.year - born.year
    return years if birthday(born, years) <= day else years - 1


def is_minor(member: Member, day: date, programme: Programme) -> bool | None:
    """Whether a member is under age on a day; None when the birth date is not recorded."""
    if member.birth_date is None:
        return None
    return day < birthday(member.birth_date, programme.majority)


def will_study(member: Member) -> bool | None:
    """Whether a member studies beyond preschool or asks to; None when nothing is recorded.

    Somebody who asks for something else, and of whom no studies are recorded, does not study.
    """
    if member.wish is PermitWish.STUDY:
        return True
    if member.school is None:
        return None if member.wish is None else False
    return member.school in {School.PRIMARY_SECONDARY, School.POST_SECONDARY}


def has_study_permit(file: PersonFile, member: MemberId) -> bool:
    """Whether a study permit was asked for that nobody has refused or taken back."""
    return any(
        a.member_id == member and a.code is ApplicationCode.STUDY and a.state not in _LOST
        for a in file.applications
    )


def needs_caq(member: Member, day: date, programme: Programme) -> bool | None:
    """Whether studies in Quebec need a CAQ. Sources IRPR 216(3), RIQ20.

    Exempt: preschool, and minors of school age who are in Quebec already. None when it depends
    on what is not recorded, or on a stay elsewhere in Canada that no source settles.
    """
    studies = will_study(member)
    if settled_as(member) is not None:
        return False
    if not studies:
        return studies
    if member.school is School.POST_SECONDARY:
        return True
    minor = is_minor(member, day, programme)
    if minor is False:
        return True
    if minor is None or member.location is None:
        return None
    if member.location is MemberLocation.ELSEWHERE_IN_CANADA:
        return None
    return member.location is MemberLocation.ABROAD


def turns_within(member: Member, age: int, day: date, days: int) -> date | None:
    """The birthday on which a member reaches `age`, if it comes after `day` within `days`."""
    if member.birth_date is None:
        return None
    turns = birthday(member.birth_date, age)
    return turns if day < turns <= day + timedelta(days=days) else None


def toppled(file: PersonFile, day: date) -> tuple[Toppled, ...]:
    """The family's open applications, refused with the principal's. Source C41.

    A permit that was issued stands until its own end, and whoever is no longer of the family rests
    on nobody.
    """
    family = {member.id for member in family_on(file, day)}
    return tuple(
        Toppled(member, application)
        for application in file.applications
        if (member := application.member_id) is not None
        and member in family
        and is_open(application.state)
        and not any(p.valid_until >= day for p in file.permits_of(application.id))
    )
