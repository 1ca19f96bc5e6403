# SPDX-License-Identifier: Apache-2.0
"""The family's codes and its tie to the principal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from builders import (
    DAY,
    a_file,
    a_member,
    a_permit,
    a_person,
    an_application,
    programme,
)

from imp_plus_desktop.domain.family.family import (
    fam_04,
    member_code,
    member_findings,
    member_permit_findings,
    member_receive_findings,
    refusal_findings,
)
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, MemberId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.rules.findings import Finding, RuleOutcome
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    PermitWish,
    PrState,
    Relation,
)

PASS, FAIL, UNKNOWN = RuleOutcome.PASS, RuleOutcome.FAIL, RuleOutcome.UNKNOWN
NOT_APPLICABLE, JUDGEMENT = RuleOutcome.NOT_APPLICABLE, RuleOutcome.JUDGEMENT
AT = datetime(2023, 6, 1, 15, tzinfo=UTC)
FILED = {"pr_state": PrState.IN_PROCESS, "pr_filed_on": date(2023, 1, 1)}


def members_application(
    state: ApplicationState = ApplicationState.RECEIVED,
) -> Application:
    return an_application(
        state,
        id=ApplicationId(2),
        member_id=MemberId(1),
        code=ApplicationCode.C41,
        cap_year=None,
        place=None,
    )


def received(file: PersonFile, member: Member, rule: str) -> Finding:
    findings = member_receive_findings(file, member, AT, programme(), ApplicationKind.FIRST)
    (finding,) = [f for f in findings if f.rule == rule]
    return finding


@pytest.mark.parametrize(
    ("pr", "relation", "wish", "code"),
    [
        ({"pr_state": PrState.NOT_FILED}, Relation.SPOUSE, None, ApplicationCode.C41),
        ({"pr_state": PrState.NOT_FILED}, Relation.PARTNER, None, ApplicationCode.C41),
        ({"pr_state": PrState.NOT_FILED}, Relation.CHILD, None, ApplicationCode.C46),
        (FILED, Relation.SPOUSE, None, ApplicationCode.C49),
        (FILED, Relation.CHILD, PermitWish.WORK, ApplicationCode.C49),
        (FILED, Relation.CHILD, PermitWish.STUDY, ApplicationCode.STUDY),
        (FILED | {"pr_filed_on": date(2023, 6, 2)}, Relation.SPOUSE, None, ApplicationCode.C41),
        ({"pr_state": None}, Relation.SPOUSE, None, ApplicationCode.C41),
    ],
)
def test_the_code_follows_the_principals_pr_state_and_the_wish(
    pr: dict[str, Any], relation: Relation, wish: PermitWish | None, code: ApplicationCode
) -> None:
    file = a_file(a_person(**pr))
    assert member_code(file, a_member(relation, wish=wish), DAY) is code


def test_what_is_asked_for_now_outranks_the_recorded_wish() -> None:
    member = a_member(Relation.CHILD, wish=PermitWish.STUDY)
    assert member_code(a_file(), member, DAY, PermitWish.WORK) is ApplicationCode.C46


@pytest.mark.parametrize(
    ("pr", "accompanying", "outcome", "reason"),
    [
        ({"pr_state": PrState.NOT_FILED}, None, PASS, "family_code_before_pr"),
        (FILED, True, PASS, "family_code_pr_filed"),
        (FILED, False, FAIL, "member_not_accompanying"),
        (FILED, None, UNKNOWN, "accompanying_unknown"),
        ({"pr_state": None}, True, UNKNOWN, "family_code_pr_unknown"),
    ],
)
def test_c49_is_for_members_declared_as_accompanying(
    pr: dict[str, Any], accompanying: bool | None, outcome: RuleOutcome, reason: str
) -> None:
    finding = received(a_file(a_person(**pr)), a_member(accompanying=accompanying), "FAM-01")
    assert (finding.outcome, finding.reason) == (outcome, reason)
    assert not finding.blocks


@pytest.mark.parametrize(
    ("state", "until", "outcome", "reason"),
    [
        (ApplicationState.PERMIT_ISSUED, date(2023, 12, 1), PASS, "principal_time_enough"),
        (ApplicationState.PERMIT_ISSUED, date(2023, 11, 30), FAIL, "principal_time_short"),
        (ApplicationState.APPROVED, None, PASS, "principal_approved"),
        (ApplicationState.RECEIVED, None, JUDGEMENT, "principal_waits"),
        (ApplicationState.REFUSED, None, FAIL, "principal_has_no_permit"),
        (None, None, FAIL, "principal_has_no_permit"),
    ],
)
def test_the_principal_must_have_six_months_left(
    state: ApplicationState | None, until: date | None, outcome: RuleOutcome, reason: str
) -> None:
    file = a_file(
        applications=() if state is None else (an_application(state),),
        permits=() if until is None else (a_permit(until),),
    )
    finding = received(file, a_member(), "FAM-02")
    assert (finding.outcome, finding.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("relation", "born", "outcome", "reason"),
    [
        (Relation.SPOUSE, date(1990, 1, 1), NOT_APPLICABLE, "not_a_child"),
        (Relation.CHILD, None, UNKNOWN, "child_birth_date_unknown"),
        (Relation.CHILD, date(2001, 6, 2), PASS, "child_young_enough"),
        (Relation.CHILD, date(2001, 6, 1), FAIL, "child_too_old"),
    ],
)
def test_a_child_must_be_under_22_on_the_day_of_receipt(
    relation: Relation, born: date | None, outcome: RuleOutcome, reason: str
) -> None:
    finding = received(a_file(), a_member(relation, birth_date=born), "FAM-03")
    assert (finding.outcome, finding.reason) == (outcome, reason)
    assert finding.blocks is (outcome is FAIL)


@pytest.mark.parametrize(
    ("principal_until", "passport", "until", "outcome", "reason"),
    [
        (None, None, None, UNKNOWN, "principal_end_unknown"),
        (date(2023, 5, 31), None, None, FAIL, "principal_permit_ended"),
        (DAY, None, DAY, PASS, "member_end_within"),
        (date(2025, 1, 1), None, None, PASS, "member_end_within"),
        (date(2025, 1, 1), None, date(2025, 1, 2), FAIL, "member_end_after_principal"),
        (date(2025, 1, 1), date(2024, 1, 1), None, PASS, "member_end_within"),
        (
            date(2025, 1, 1),
            date(2024, 1, 1),
            date(2024, 1, 2),
            FAIL,
            "member_end_after_passport",
        ),
    ],
)
def test_a_members_permit_stays_within_the_principals_and_the_passport(
    principal_until: date | None,
    passport: date | None,
    until: date | None,
    outcome: RuleOutcome,
    reason: str,
) -> None:
    member = a_member(passport_expiry=passport)
    file = a_file(
        members=(member,),
        applications=(an_application(ApplicationState.PERMIT_ISSUED),),
        permits=() if principal_until is None else (a_permit(principal_until),),
    )
    application = members_application(ApplicationState.APPROVED)
    findings = member_permit_findings(
        *(file, member, application, DAY, until, programme()),
        location_condition="Not authorized to work outside Quebec",
    )
    by_rule = {f.rule: f for f in findings}
    assert (by_rule["FAM-04"].outcome, by_rule["FAM-04"].reason) == (outcome, reason)
    assert by_rule["FAM-05"].reason == "permit_province_quebec"
    bare = member_permit_findings(file, member, application, DAY, until, programme())
    assert {f.rule: f.outcome for f in bare}["FAM-05"] is UNKNOWN


@pytest.mark.parametrize(
    ("member_arrival", "principal_arrival", "outcome", "reason"),
    [
        (None, date(2023, 7, 1), NOT_APPLICABLE, "member_not_arrived"),
        (date(2023, 7, 1), None, UNKNOWN, "principal_arrival_unknown"),
        (date(2023, 6, 30), date(2023, 7, 1), FAIL, "member_arrived_first"),
        (date(2023, 7, 1), date(2023, 7, 1), PASS, "member_arrived_after"),
    ],
)
def test_the_family_does_not_arrive_before_the_principal(
    member_arrival: date | None,
    principal_arrival: date | None,
    outcome: RuleOutcome,
    reason: str,
) -> None:
    file = a_file(a_person(arrived_on=principal_arrival))
    findings = member_findings(file, a_member(arrived_on=member_arrival), programme(), DAY)
    rules = [f"FAM-{number:02d}" for number in (1, 3, *range(6, 13))]
    assert [f.rule for f in findings] == rules
    assert (findings[2].outcome, findings[2].reason) == (outcome, reason)


def test_a_refused_principal_flags_each_member_who_waits() -> None:
    refused = an_application(ApplicationState.REFUSED)
    waiting = a_file(applications=(refused, members_application()), members=(a_member(),))
    (finding,) = refusal_findings(waiting, DAY)
    assert finding.facts == {"member": 1}
    assert not finding.blocks
    closed = members_application(ApplicationState.WITHDRAWN)
    ended = a_file(applications=(refused, closed), members=(a_member(),))
    assert refusal_findings(ended, DAY) == ()
    standing = replace(waiting, applications=(an_application(), members_application()))
    assert refusal_findings(standing, DAY) == ()
    assert received(a_file(applications=(refused,)), a_member(), "FAM-07").outcome is FAIL


@pytest.mark.parametrize(
    ("until", "fix"),
    [(date(2023, 11, 30), "file_extension"), (date(2023, 5, 31), "record_latest_permit")],
)
def test_a_permit_that_has_ended_is_not_to_be_extended_before_its_end(
    until: date, fix: str
) -> None:
    file = a_file(
        applications=(an_application(ApplicationState.PERMIT_ISSUED),), permits=(a_permit(until),)
    )
    assert received(file, a_member(), "FAM-02").fix == fix
    ended = fam_04(date(2024, 1, 1), DAY, date(2023, 5, 31), None)
    assert (ended.reason, ended.fix) == ("principal_permit_ended", "record_latest_permit")
