# SPDX-License-Identifier: Apache-2.0
"""Who needs no permit: citizens, permanent residents and the dead. No fee, no paper, no day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from builders import DAY, a_file, a_member, a_permit, a_person, an_application, programme

from imp_plus_desktop.domain.deadlines.deadlines import deadlines
from imp_plus_desktop.domain.family.family import member_receive_findings, present_findings
from imp_plus_desktop.domain.fees.fees import account
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.rules.findings import Finding, RuleOutcome
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    MemberLocation,
    PermitWish,
    PersonStatus,
    PrState,
    Relation,
    School,
)
from imp_plus_desktop.domain.verdict.checklist import checklist
from imp_plus_desktop.domain.verdict.eligibility import receive_findings, verdict
from imp_plus_desktop.domain.verdict.person_status import person_status

NOON = datetime(2023, 6, 1, 16, tzinfo=UTC)
SETTLED: list[dict[str, Any]] = [
    {"citizenship": "CAN"},
    {"canada_status": CanadaStatus.CITIZEN},
    {"canada_status": CanadaStatus.PERMANENT_RESIDENT},
]
PRINCIPALS = [*SETTLED, {"pr_state": PrState.LANDED}, {"died_on": DAY}]


def of(found: tuple[Finding, ...], rule: str) -> Finding:
    return next(finding for finding in found if finding.rule == rule)


@pytest.mark.parametrize("facts", PRINCIPALS)
def test_a_principal_who_needs_no_permit_owes_no_fee_no_paper_and_has_no_day(
    facts: dict[str, Any],
) -> None:
    assert account(a_file(), DAY, programme()).expected_cents == 34000
    assert checklist(a_file(), DAY, programme())
    assert deadlines(a_file(), DAY, programme())
    file = a_file(a_person(**facts))
    assert account(file, DAY, programme()).lines == ()
    assert checklist(file, DAY, programme()) == ()
    assert deadlines(file, DAY, programme()) == ()


@pytest.mark.parametrize("facts", PRINCIPALS)
def test_a_principal_who_needs_no_permit_may_not_apply_and_nothing_turns_it(
    facts: dict[str, Any],
) -> None:
    file = a_file(a_person(**facts))
    rule = "ELG-07" if "died_on" in facts else "ELG-06"
    found = of(verdict(file, DAY, programme()).findings, rule)
    assert (found.outcome, found.blocks, found.final) == (RuleOutcome.FAIL, True, True)
    for kind in ApplicationKind:
        assert of(receive_findings(file, NOON, programme(), kind, None), rule).blocks


@pytest.mark.parametrize("facts", PRINCIPALS)
def test_the_file_of_a_principal_who_needs_no_permit_is_closed_whatever_runs(
    facts: dict[str, Any],
) -> None:
    file = a_file(
        a_person(**facts),
        applications=(an_application(ApplicationState.PERMIT_ISSUED),),
        permits=(a_permit(),),
    )
    found = verdict(file, DAY, programme())
    assert person_status(file, found, False, DAY) is PersonStatus.CLOSED


def test_pr_approved_is_not_landed_yet() -> None:
    file = a_file(a_person(pr_state=PrState.APPROVED))
    found = verdict(file, DAY, programme()).findings
    assert of(found, "ELG-04").blocks
    assert of(found, "ELG-06").outcome is RuleOutcome.PASS


@pytest.mark.parametrize("facts", SETTLED)
def test_a_member_who_needs_no_permit_is_said_to_and_asked_for_nothing(
    facts: dict[str, Any],
) -> None:
    born = {"birth_date": date(2010, 3, 1), "passport_expiry": date(2024, 1, 1)}
    studies = {"school": School.PRIMARY_SECONDARY, "location": MemberLocation.ABROAD}
    child = a_member(Relation.CHILD, wish=PermitWish.STUDY, **born, **studies)
    prepared = an_application(
        ApplicationState.DRAFT,
        id=ApplicationId(5),
        member_id=child.id,
        code=ApplicationCode.STUDY,
        received_at=None,
        cap_year=None,
        place=None,
        prepared_on=DAY,
    )

    def theirs(member: Any) -> tuple[int, int, int]:
        file = a_file(members=(member,), applications=(prepared,))
        owed = account(file, DAY, programme()).lines
        papers = checklist(file, DAY, programme())
        days = deadlines(file, DAY, programme())
        return (
            len([line for line in owed if line.member_id]),
            len([item for item in papers if item.member_id]),
            len([d for d in days if "member" in d.facts or "application" in d.facts]),
        )

    assert min(theirs(child)) > 0
    canadian = a_member(Relation.CHILD, wish=PermitWish.STUDY, **born, **studies, **facts)
    assert theirs(canadian) == (0, 0, 0)
    found = present_findings(a_file(members=(canadian,)), canadian, DAY, programme())
    assert of(found, "FAM-10").outcome is RuleOutcome.FAIL
    for rule in ("FAM-01", "FAM-08", "FAM-09"):
        assert of(found, rule).reason == "no_permit_needed"
    received = member_receive_findings(
        a_file(members=(canadian,)), canadian, NOON, programme(), ApplicationKind.FIRST
    )
    assert of(received, "FAM-10").blocks
    assert of(received, "FAM-10").final
