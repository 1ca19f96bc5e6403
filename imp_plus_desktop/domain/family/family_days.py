# SPDX-License-Identifier: Apache-2.0
"""The days of a principal's family that must not be missed: birthdays, CAQs, papers, statuses.

Only of members who come along, or of whom nothing else is recorded. Must not judge: what a
member needs is said in `household.py` and `schooling.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from imp_plus_desktop.domain.applications.status import WAITING, is_open
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.family.household import applicants_on, needs_caq
from imp_plus_desktop.domain.family.schooling import fam_09, holds_caq
from imp_plus_desktop.domain.people.need import settled_as
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import MemberId, PermitId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.residence.inland import member_status_on
from imp_plus_desktop.domain.rules.findings import FactValue, RuleOutcome
from imp_plus_desktop.domain.values.calendar import birthday, toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    CanadaStatus,
    MemberLocation,
    Relation,
)
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.unseen.hidden import HiddenValueError, is_hidden

BIRTHDAY_KEPT_DAYS = 365
"""How long a birthday that has passed is worth a look: of the 22nd FAM-03 alone speaks later, of an
18th for which nothing is missing nobody."""


@dataclass(frozen=True, slots=True)
class FamilyDay:
    """A day, whose it is, and why: `reason` and `facts` as a deadline has them.

    `permit_id` is what it hangs on when that is not the member.
    """

    day: date
    member_id: MemberId
    reason: str
    facts: Mapping[str, FactValue]
    permit_id: PermitId | None = None


def family_days(file: PersonFile, day: date, programme: Programme) -> Iterator[FamilyDay]:
    """The days of everybody who comes along and may need a permit, as known on a day."""
    for member in applicants_on(file, day) if file.members else ():
        yield from _birthdays(file, member, day, programme)
        yield from _caq(file, member, day, programme)
        yield from _passport(file, member)
        yield from _permit(file, member)
        yield from _status(file, member, day, programme)


def _birthdays(
    file: PersonFile, member: Member, day: date, programme: Programme
) -> Iterator[FamilyDay]:
    """A child's birthdays; the 18th asks for more of one who studies without a permit.

    Both stay for a year, the 18th for as long as the permit is not asked for. Once the principal
    is settled no application rests on a child's age, and who came along has settled too, unless
    a status in Canada says otherwise: then the 18th counts.
    """
    born = member.birth_date
    if member.relation is not Relation.CHILD or born is None or is_hidden(born):
        return
    settled = settled_as(file.person) is not None
    if settled and member.canada_status is None:
        return
    facts: dict[str, FactValue] = {"member": member.id}
    grown = birthday(born, programme.child_age)
    if not settled and grown >= day - timedelta(days=BIRTHDAY_KEPT_DAYS):
        yield FamilyDay(grown, member.id, "child_turns_22", facts)
    of_age = birthday(born, programme.majority)
    # FAM-09 fails from the birthday on when nothing is asked for until then.
    if fam_09(file, member, of_age, programme).outcome is RuleOutcome.FAIL:
        needed = {**facts, "age": programme.majority}
        yield FamilyDay(of_age, member.id, "child_needs_study_permit", needed)
    elif of_age >= day - timedelta(days=BIRTHDAY_KEPT_DAYS):
        yield FamilyDay(of_age, member.id, "child_turns_18", facts)


def _caq(file: PersonFile, member: Member, day: date, programme: Programme) -> Iterator[FamilyDay]:
    """A CAQ's last day while studies go on, and the CAQ that an open study application lacks."""
    try:
        needed = needs_caq(member, day, programme)
    except HiddenValueError:
        needed = member.caq_until is not None  # that one is missing, nobody can say who only reads
    if needed is False:
        return
    if member.caq_until is not None:
        yield FamilyDay(member.caq_until, member.id, "caq_expires", {"member": member.id})
    elif not holds_caq(file, member, day):
        for application in file.applications:
            asked = application.member_id == member.id and application.state in WAITING
            if asked and application.code is ApplicationCode.STUDY and application.received_at:
                facts: dict[str, FactValue] = {"member": member.id, "application": application.id}
                since = toronto_day(application.received_at)
                yield FamilyDay(since, member.id, "caq_missing", facts)


def _passport(file: PersonFile, member: Member) -> Iterator[FamilyDay]:
    """A member's passport, while an application of theirs is open, or with a permit (FAM-04)."""
    if member.passport_expiry is None:
        return
    theirs = [a for a in file.applications if a.member_id == member.id]
    held = any(file.permits_of(a.id) for a in theirs)
    if held or any(is_open(a.state) for a in theirs):
        facts = {"member": member.id}
        yield FamilyDay(member.passport_expiry, member.id, "member_passport_expires", facts)


def _permit(file: PersonFile, member: Member) -> Iterator[FamilyDay]:
    """The last day of a member's permit, of the one that runs longest."""
    theirs = [a for a in file.applications if a.member_id == member.id]
    held = [p for a in theirs for p in file.permits_of(a.id)]
    permit = max(held, key=lambda p: (p.valid_until, p.id), default=None)
    if permit is not None:
        facts = {"member": member.id, "permit": permit.id}
        yield FamilyDay(permit.valid_until, member.id, "member_permit_expires", facts, permit.id)


def _status(
    file: PersonFile, member: Member, day: date, programme: Programme
) -> Iterator[FamilyDay]:
    """The end of a status in Canada that is no permit of the family's, then that of restoring it.

    Nothing while IRCC has yet to decide what was filed in time. Sources IRPR 182, 183(5).
    """
    held = member_status_on(file, member, day)
    until = held.until
    if until is None or held.kept or held.undated or member.location is MemberLocation.ABROAD:
        return
    if held.status in (CanadaStatus.NONE, CanadaStatus.CLAIMANT):
        return
    theirs = {a.id for a in file.applications if a.member_id == member.id}
    of_permit = any(p.valid_until == until for p in file.permits if p.application_id in theirs)
    facts: dict[str, FactValue] = {"member": member.id}
    if until < day:
        last = programme.last_day("restoration_days", until)
        facts["ended_on"] = until
        yield FamilyDay(last, member.id, "member_restoration_ends", facts)
    elif not of_permit:
        yield FamilyDay(until, member.id, "member_status_ends", facts)
