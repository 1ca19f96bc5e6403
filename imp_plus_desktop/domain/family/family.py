# SPDX-License-Identifier: Apache-2.0
"""The accompanying family: its code, its tie to the principal, a child's age (FAM-01 to FAM-07).

Studies (FAM-08, FAM-09) are in `schooling.py`, who is of the family on a day in `household.py`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from imp_plus_desktop.domain.applications.status import (
    PREPARING,
    UNDECIDED,
    WAITING,
    latest_application,
)
from imp_plus_desktop.domain.family.household import Bond, bond_on, family_on, toppled, turns_within
from imp_plus_desktop.domain.family.member_stay import fam_12
from imp_plus_desktop.domain.family.own_route import OwnFile, fam_11
from imp_plus_desktop.domain.family.schooling import fam_08, fam_09
from imp_plus_desktop.domain.letters.csq import pr_filed
from imp_plus_desktop.domain.people.need import dead_on, fam_10, settled_as
from imp_plus_desktop.domain.permits.permits import (
    extension_fix,
    latest_permit,
    per_01,
    per_03,
    per_04,
    permit_end,
    principal_until,
)
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import MemberId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.residence.residence import QUEBEC
from imp_plus_desktop.domain.rules.findings import Finding, Severity
from imp_plus_desktop.domain.rules.rules import (
    fails,
    judgement,
    not_applicable,
    passes,
    unknown,
)
from imp_plus_desktop.domain.values.calendar import add_months, birthday, toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    Custody,
    Outcome,
    PermitWish,
    Relation,
)
from imp_plus_desktop.domain.values.programme import FamilyRule, Programme
from imp_plus_desktop.domain.values.unseen.seen import seen


def member_code(
    file: PersonFile, member: Member, day: date, wish: PermitWish | None = None
) -> ApplicationCode:
    """The code of a member's application filed on a day (FAM-01, sources A76, C49).

    `wish` says what is asked for when it is not what the member's record says. With nothing
    recorded about PR, the codes of PR not filed are taken and FAM-01 answers unknown.
    """
    if (wish or member.wish) is PermitWish.STUDY:
        return ApplicationCode.STUDY
    if _filed_by(file.person, day):
        return ApplicationCode.C49
    return ApplicationCode.C46 if member.relation is Relation.CHILD else ApplicationCode.C41


def member_findings(
    file: PersonFile,
    member: Member,
    programme: Programme,
    day: date,
    own: OwnFile | None = None,
) -> tuple[Finding, ...]:
    """What stands of a member on a day: FAM-01, FAM-03, FAM-06 to FAM-12.

    `own` is the member's own file, where the register has one.
    """
    return (
        fam_01(file, member, day),
        fam_03(member, day, programme),
        fam_06(file.person, member),
        fam_07(file, member.id, day),
        fam_08(file, member, day, programme),
        fam_09(file, member, day, programme),
        fam_10(member),
        fam_11(member, day, own),
        fam_12(file, member, day, programme),
    )


def present_findings(
    file: PersonFile,
    member: Member,
    day: date,
    programme: Programme,
    own: OwnFile | None = None,
) -> tuple[Finding, ...]:
    """All that stands of a member on a day: the record, the birthdays, and the permit held."""
    return (
        *member_findings(file, member, programme, day, own),
        *birthday_findings(file, member, day, programme),
        *_held_findings(file, member, day),
    )


def _held_findings(file: PersonFile, member: Member, day: date) -> tuple[Finding, ...]:
    """FAM-04 and FAM-05 of the permit that a member holds: the principal's may have changed."""
    own = {a.id for a in file.applications if a.member_id == member.id}
    held = [p for p in file.permits if p.application_id in own and p.valid_until >= day]
    if not held:
        return ()
    permit = held[-1]
    start = permit.issued or permit.valid_from
    ends = fam_04(permit.valid_until, start, principal_until(file), member.passport_expiry)
    return (_warned(ends), fam_05(permit.province, permit.location_condition))


def birthday_findings(
    file: PersonFile, member: Member, day: date, programme: Programme
) -> tuple[Finding, ...]:
    """FAM-03 while a child who waits for a decision is about to be too old for it."""
    waits = any(a.member_id == member.id and a.state in UNDECIDED for a in file.applications)
    found = fam_03(member, day, programme)
    if not waits or found.reason != "child_young_enough":
        return ()
    turns = turns_within(member, programme.child_age, day, programme.birthday_warning_days)
    if turns is None:
        return ()
    return (
        fails(
            "FAM-03",
            "child_soon_too_old",
            fix="ask_decision_in_time",
            severity=Severity.WARN,
            age=programme.child_age,
            turns_on=turns,
        ),
    )


def decision_findings(
    file: PersonFile, application: Application, outcome: Outcome, on: date, programme: Programme
) -> tuple[Finding, ...]:
    """FAM-03 on the day of an approval, which it does not stop: IRCC has decided. Source C49."""
    member = next((m for m in file.members if m.id == application.member_id), None)
    if member is None or outcome is not Outcome.APPROVED:
        return ()
    return (_warned(fam_03(member, on, programme)),)


def member_receive_findings(
    file: PersonFile,
    member: Member,
    at: datetime,
    programme: Programme,
    kind: ApplicationKind,
    *,
    wish: PermitWish | None = None,
    own: OwnFile | None = None,
) -> tuple[Finding, ...]:
    """What stands when a member's application is received, judged on Toronto's day."""
    day = toronto_day(at)
    return (
        fam_01(file, member, day, wish),
        fam_02(file, day, programme),
        fam_03(member, day, programme),
        fam_06(file.person, member),
        fam_07(file, member.id, day, opening=True),
        fam_08(file, member, day, programme, wish),
        fam_09(file, member, day, programme, wish),
        fam_10(member),
        fam_11(member, day, own),
        fam_12(file, member, day, programme, wish),
        per_04(member.passport_expiry, day, programme.permit_months(kind)),
    )


def member_permit_findings(
    file: PersonFile,
    member: Member,
    application: Application,
    issued: date,
    until: date | None,
    programme: Programme,
    *,
    province: str = QUEBEC,
    location_condition: str | None = None,
) -> tuple[Finding, ...]:
    """What stands when a member's permit is recorded: FAM-03 to FAM-07, PER-01, -03 and -04.

    FAM-03 looks at the day of the decision. Raises DomainError as `permit_end` does.
    """
    permit = latest_permit(file)
    bound = permit.valid_until if permit else None
    expiry = member.passport_expiry
    expected = permit_end(issued, None, expiry, programme, application.kind, bound)
    end = until or expected.valid_until
    return (
        _warned(fam_03(member, application.decided_on or issued, programme)),
        fam_04(end, issued, bound, expiry),
        fam_05(province, location_condition),
        fam_06(file.person, member),
        fam_07(file, member.id, issued),
        per_01(until, expected),
        per_03(file, application, issued),
        per_04(expiry, issued, programme.permit_months(application.kind)),
    )


def refusal_findings(file: PersonFile, day: date) -> tuple[Finding, ...]:
    """FAM-07 for each member of the family with an open application.

    Empty while the principal stands.
    """
    resting = dict.fromkeys(found.member for found in toppled(file, day))
    found = (fam_07(file, member, day) for member in resting)
    return tuple(finding for finding in found if finding.reason == "principal_refused")


def fam_01(file: PersonFile, member: Member, day: date, wish: PermitWish | None = None) -> Finding:
    """C41 or C46 before PR is filed, C49 after, declared as accompanying. Sources A76, C49."""
    code = member_code(file, member, day, wish)
    if settled_as(member) is not None:
        return not_applicable("FAM-01", "no_permit_needed")
    if (wish or member.wish) in (PermitWish.VISITOR, PermitWish.NONE):
        return not_applicable("FAM-01", "no_permit_asked")
    if code is ApplicationCode.STUDY:
        return not_applicable("FAM-01", "study_permit_asked")
    if pr_filed(file.person) is None:
        return unknown("FAM-01", "family_code_pr_unknown", fix="record_pr_state", code=code.value)
    if code is not ApplicationCode.C49:
        return passes("FAM-01", "family_code_before_pr", code=code.value)
    if member.accompanying is None:
        return unknown("FAM-01", "accompanying_unknown", fix="record_accompanying", code=code.value)
    if not member.accompanying:
        return fails("FAM-01", "member_not_accompanying", fix="check_accompanying", code=code.value)
    return passes("FAM-01", "family_code_pr_filed", code=code.value)


def fam_02(file: PersonFile, day: date, programme: Programme) -> Finding:
    """The principal may work long enough after receipt, by the rule of that day. Source C41.

    The 16 months and the TEER of 2025-01-21 are not asked of A76: six months stand.
    """
    permit = latest_permit(file)
    rule = programme.family_rule(day)
    needed_until = add_months(day, rule.a76_months_left)
    if permit is not None and permit.valid_until >= needed_until:
        return passes(
            "FAM-02",
            "principal_time_enough",
            valid_until=permit.valid_until,
            needed_until=needed_until,
            months=rule.a76_months_left,
            rule_from=rule.from_day,
            spared_months=_spared(rule),
            spared_teer=",".join(rule.teer),
        )
    states = {a.state for a in file.own_applications}
    if ApplicationState.APPROVED in states:
        # Approved without a permit yet: a letter of introduction stands for it.
        return passes("FAM-02", "principal_approved")
    if states.intersection(WAITING):
        return judgement("FAM-02", "principal_waits", fix="wait_for_principal")
    if permit is None:
        # Nobody waits for what was refused, withdrawn or returned.
        fix = "check_other_routes" if states.difference(PREPARING) else "wait_for_principal"
        return fails("FAM-02", "principal_has_no_permit", fix=fix)
    return fails(
        "FAM-02",
        "principal_time_short",
        fix="record_latest_permit" if permit.valid_until < day else extension_fix(file),
        valid_until=permit.valid_until,
        needed_until=needed_until,
        months=rule.a76_months_left,
        rule_from=rule.from_day,
        spared_months=_spared(rule),
        spared_teer=",".join(rule.teer),
    )


@seen("FAM-03")
def fam_03(member: Member, day: date, programme: Programme) -> Finding:
    """A member is of the family on the day; a child under 22 and unmarried, or unable to provide
    for themselves since before. Source C49."""
    bond = bond_on(member, day)
    if bond is not Bond.FAMILY:
        return _no_longer_family(member, bond)
    if member.relation is not Relation.CHILD:
        return not_applicable("FAM-03", "not_a_child")
    if member.dependent_condition:
        return passes("FAM-03", "child_exception")
    if member.married_on is not None and member.married_on <= day:
        return fails("FAM-03", "child_married", fix="check_dependency", on_day=member.married_on)
    if member.birth_date is None:
        return unknown("FAM-03", "child_birth_date_unknown", fix="record_birth_date")
    limit = birthday(member.birth_date, programme.child_age)
    if day >= limit:
        return fails(
            "FAM-03",
            "child_too_old",
            fix="check_dependency",
            age=programme.child_age,
            turned_on=limit,
        )
    if member.custody is Custody.OTHER_PARENT and member.accompanying:
        return judgement("FAM-03", "child_with_other_parent", fix="check_custody")
    return passes("FAM-03", "child_young_enough", age=programme.child_age, turns_on=limit)


def _warned(finding: Finding) -> Finding:
    """A finding that stops nothing: what it looks at is not the office's to decide any more."""
    return replace(finding, severity=Severity.WARN) if finding.blocks else finding


def _no_longer_family(member: Member, bond: Bond) -> Finding:
    if bond is Bond.DEAD:
        return fails("FAM-03", "member_died", fix="check_family_events", on_day=member.died_on)
    if bond is Bond.UNBORN:
        return fails("FAM-03", "child_not_born", fix="check_birth_date", on_day=member.birth_date)
    return fails(
        "FAM-03", "member_separated", fix="check_family_events", on_day=member.separated_on
    )


def _spared(rule: FamilyRule) -> int | None:
    """The months of a stricter general rule that A76 is spared, None where there is none."""
    return rule.months_left if rule.months_left != rule.a76_months_left else None


def fam_04(
    end: date, issued: date, principal_until: date | None, passport_expiry: date | None
) -> Finding:
    """A member's permit ends with the principal's stay and the member's passport at most. C41."""
    if principal_until is None:
        return unknown("FAM-04", "principal_end_unknown", fix="record_permit")
    if principal_until < issued:
        return fails(
            "FAM-04",
            "principal_permit_ended",
            fix="record_latest_permit",
            principal_until=principal_until,
        )
    if end > principal_until:
        return fails(
            "FAM-04",
            "member_end_after_principal",
            fix="check_permit_end",
            until=end,
            principal_until=principal_until,
        )
    if passport_expiry is not None and end > passport_expiry:
        return fails(
            "FAM-04",
            "member_end_after_passport",
            fix="check_permit_end",
            until=end,
            passport_expiry=passport_expiry,
        )
    return passes("FAM-04", "member_end_within", until=end)


def fam_05(province: str | None, location_condition: str | None) -> Finding:
    """A member's permit is restricted to Quebec as a province, as printed. Source A76."""
    if province != QUEBEC:
        return fails("FAM-05", "permit_province_differs", fix="set_province", province=province)
    if location_condition is None:
        return unknown("FAM-05", "permit_location_not_recorded", fix="record_permit_conditions")
    return passes("FAM-05", "permit_province_quebec")


def fam_06(person: Person, member: Member) -> Finding:
    """A member does not arrive before the principal. Source C41."""
    if member.arrived_on is None:
        return not_applicable("FAM-06", "member_not_arrived")
    if person.arrived_on is None:
        return unknown(
            "FAM-06",
            "principal_arrival_unknown",
            fix="record_arrival",
            arrived_on=member.arrived_on,
        )
    if member.arrived_on < person.arrived_on:
        return fails(
            "FAM-06",
            "member_arrived_first",
            fix="check_arrival",
            arrived_on=member.arrived_on,
            principal_arrived_on=person.arrived_on,
        )
    return passes(
        "FAM-06",
        "member_arrived_after",
        arrived_on=member.arrived_on,
        principal_arrived_on=person.arrived_on,
    )


def fam_07(file: PersonFile, member: MemberId, day: date, *, opening: bool = False) -> Finding:
    """A member's application rests on a principal who was refused, or who has died. Source C41.

    `opening` counts the application that is being received as open.
    """
    waits = opening or any(found.member == member for found in toppled(file, day))
    if dead_on(file.person, day) and (waits or _of_the_family(file, member, day)):
        return fails("FAM-07", "principal_died", fix="review_family", member=member)
    last = latest_application(file)
    if waits and last is not None and last.state is ApplicationState.REFUSED:
        return fails("FAM-07", "principal_refused", fix="review_family", member=member)
    return passes("FAM-07", "principal_not_refused")


def _of_the_family(file: PersonFile, number: MemberId, day: date) -> bool:
    return any(member.id == number for member in family_on(file, day))


def _filed_by(person: Person, day: date) -> bool:
    """Whether PR had been filed by a day, as far as the office knows."""
    return bool(pr_filed(person)) and (person.pr_filed_on is None or person.pr_filed_on <= day)
