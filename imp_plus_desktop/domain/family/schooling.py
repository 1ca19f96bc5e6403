# SPDX-License-Identifier: Apache-2.0
"""Studies of the family: study permit and CAQ, and a child who comes of age (FAM-08, FAM-09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.family.household import (
    has_study_permit,
    is_minor,
    needs_caq,
    turns_within,
    will_study,
)
from imp_plus_desktop.domain.people.need import settled_as
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.rules.rules import (
    fails,
    judgement,
    not_applicable,
    passes,
    unknown,
)
from imp_plus_desktop.domain.values.calendar import birthday
from imp_plus_desktop.domain.values.codes import (
    DocumentState,
    DocumentType,
    MemberLocation,
    PermitWish,
    Relation,
    School,
)
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.unseen.seen import seen

_IN_CANADA = frozenset({MemberLocation.QUEBEC, MemberLocation.ELSEWHERE_IN_CANADA})


@seen("FAM-08")
def fam_08(
    file: PersonFile,
    member: Member,
    day: date,
    programme: Programme,
    wish: PermitWish | None = None,
) -> Finding:
    """A minor abroad who will study needs a study permit and a CAQ; one of school age in Quebec
    needs neither. Sources MINORS, RIQ20.

    `wish` says what is asked for when it is not what the member's record says.
    """
    if settled_as(member) is not None:
        return not_applicable("FAM-08", "no_permit_needed")
    if wish is not None:
        member = replace(member, wish=wish)
    minor, studies = is_minor(member, day, programme), will_study(member)
    if studies is None:
        child = member.relation is Relation.CHILD and minor is not False
        if not child:
            return not_applicable("FAM-08", "no_studies")
        return unknown("FAM-08", "studies_unknown", fix="record_studies")
    if not studies:
        return not_applicable("FAM-08", "no_studies")
    needed = needs_caq(member, day, programme)
    if needed is None:
        return _unsettled(member, minor)
    if not needed:
        return passes("FAM-08", "minor_in_quebec_studies_freely")
    abroad = bool(minor) and member.location is MemberLocation.ABROAD
    return _permit_and_caq(file, member, day, minor_abroad=abroad)


def _unsettled(member: Member, minor: bool | None) -> Finding:
    if minor is None:
        return unknown("FAM-08", "child_birth_date_unknown", fix="record_birth_date")
    if member.location is MemberLocation.ELSEWHERE_IN_CANADA:
        return judgement("FAM-08", "minor_elsewhere_in_canada", fix="check_studies")
    return unknown("FAM-08", "member_location_unknown", fix="record_member_location")


def _permit_and_caq(file: PersonFile, member: Member, day: date, *, minor_abroad: bool) -> Finding:
    permit = member.wish is PermitWish.STUDY or has_study_permit(file, member.id)
    if permit and holds_caq(file, member, day):
        return passes("FAM-08", "study_permit_and_caq")
    if permit and member.caq_until is not None:
        return fails("FAM-08", "caq_ended", fix="obtain_caq", caq_until=member.caq_until)
    if permit:
        return fails("FAM-08", "caq_missing", fix="obtain_caq")
    reason = "minor_abroad_needs_permits" if minor_abroad else "student_needs_permits"
    return fails("FAM-08", reason, fix="ask_study_permit")


def holds_caq(file: PersonFile, member: Member, day: date) -> bool:
    """Whether a CAQ that runs on a day is recorded, by its number and end or as a document."""
    if member.caq_until is not None:
        return member.caq_until >= day
    arrived = {DocumentState.RECEIVED, DocumentState.REVIEWED}
    return bool(member.caq_number) or any(
        document.type is DocumentType.CAQ
        and document.member_id == member.id
        and document.state in arrived
        and (document.expires is None or document.expires >= day)
        for document in file.documents
    )


@seen("FAM-09")
def fam_09(
    file: PersonFile,
    member: Member,
    day: date,
    programme: Programme,
    wish: PermitWish | None = None,
) -> Finding:
    """A child who studies in Canada without a permit needs one from 18 on. Source MINORS.

    Warned of in the days before the birthday, and after it while no permit is asked for.
    """
    if settled_as(member) is not None:
        return not_applicable("FAM-09", "no_permit_needed")
    if member.relation is not Relation.CHILD or (wish or member.wish) is PermitWish.STUDY:
        return not_applicable("FAM-09", "no_studies_without_permit")
    studying = member.school in {School.PRIMARY_SECONDARY, School.POST_SECONDARY}
    if not studying or member.location not in _IN_CANADA or has_study_permit(file, member.id):
        return not_applicable("FAM-09", "no_studies_without_permit")
    if member.birth_date is None:
        return unknown("FAM-09", "child_birth_date_unknown", fix="record_birth_date")
    turns = birthday(member.birth_date, programme.majority)
    if turns <= day:
        return fails(
            "FAM-09",
            "adult_studies_without_permit",
            fix="ask_study_permit",
            age=programme.majority,
            turned_on=turns,
        )
    if turns_within(member, programme.majority, day, programme.birthday_warning_days):
        return fails(
            "FAM-09",
            "child_soon_of_age",
            fix="ask_study_permit",
            age=programme.majority,
            turns_on=turns,
            days_left=(turns - day).days,
        )
    return passes("FAM-09", "child_studies_as_minor", age=programme.majority, turns_on=turns)
