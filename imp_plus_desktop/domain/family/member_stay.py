# SPDX-License-Identifier: Apache-2.0
"""A family member in Canada: may they apply there, with the status that they have (FAM-12).

What a principal's status must be holds for theirs: `domain/residence/inland.py` says what it is,
`domain/residence/residence.py` what it lets do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.family.household import Bond, bond_on
from imp_plus_desktop.domain.people.need import settled_as
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.residence.inland import StatusHeld, member_status_on, status_on
from imp_plus_desktop.domain.residence.residence import status_excludes, status_holds, status_lost
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.rules.rules import RULES, judgement, not_applicable, unknown
from imp_plus_desktop.domain.values.codes import CanadaStatus, MemberLocation, PermitWish
from imp_plus_desktop.domain.values.programme import Programme

_PERMIT_HOLDERS = frozenset({CanadaStatus.WORKER, CanadaStatus.STUDENT, CanadaStatus.MAINTAINED})


def fam_12(
    file: PersonFile,
    member: Member,
    day: date,
    programme: Programme,
    wish: PermitWish | None = None,
) -> Finding:
    """A member in Canada applies with a status that is valid or can be restored, and that lets
    apply there. Sources C41, C49, IRPR 182, 183(5), 199.

    A visitor who is of the family of a permit's holder may; other exceptions nobody has recorded.
    """
    idle = _not_asked(member, day, wish)
    if idle is not None:
        return idle
    held = member_status_on(file, member, day)
    if _nothing_recorded(member, held, day):
        return unknown("FAM-12", "member_stay_unknown", fix="record_member_location")
    excepted = _of_a_holder(file, day)
    theirs = replace(file, person=replace(file.person, r199=excepted))
    excluded = status_excludes(theirs, held, day, programme)
    if excluded is not None:
        return _of_members(excluded)
    lost = status_lost(held, day, programme)
    if not held.kept and (held.status is None or held.until is None or lost):
        return unknown("FAM-12", "canada_status_unknown", fix="record_canada_status")
    if held.status is CanadaStatus.VISITOR and excepted is None:
        return judgement("FAM-12", "visitor_exception_unknown", fix="check_member_exception")
    return _of_members(status_holds(held, day, programme))


def _not_asked(member: Member, day: date, wish: PermitWish | None) -> Finding | None:
    """What the rule answers of somebody who asks for no permit from inside Canada."""
    if settled_as(member) is not None:
        return not_applicable("FAM-12", "no_permit_needed")
    if (wish or member.wish) in (PermitWish.VISITOR, PermitWish.NONE):
        return not_applicable("FAM-12", "no_permit_asked")
    if bond_on(member, day) is not Bond.FAMILY:
        return not_applicable("FAM-12", "not_of_the_family")
    if member.location is MemberLocation.ABROAD:
        return not_applicable("FAM-12", "member_abroad")
    return None


def _of_a_holder(file: PersonFile, day: date) -> bool | None:
    """Whether the principal holds a permit on a day, None when that is not known."""
    held = status_on(file, day)
    if held.status not in _PERMIT_HOLDERS:
        return None
    holds = held.kept or (held.until is not None and held.until >= day)
    return True if holds else None


def _nothing_recorded(member: Member, held: StatusHeld, day: date) -> bool:
    """Whether nothing says that a member is in Canada, nor that they are not."""
    arrived = member.arrived_on is not None and member.arrived_on <= day
    if member.location is not None or arrived:
        return False
    return held.status is None and held.until is None and not held.kept


def _of_members(finding: Finding) -> Finding:
    """What the rule of principals answers, as that of members."""
    return replace(finding, rule="FAM-12", source=RULES["FAM-12"].source)
