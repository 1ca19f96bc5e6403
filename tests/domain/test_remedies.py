# SPDX-License-Identifier: Apache-2.0
"""No remedy is offered that can no longer come true: a letter, an extension, a restoration."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from builders import (
    a_file,
    a_letter,
    a_member,
    a_permit,
    a_person,
    a_residence,
    an_application,
    programme,
)

from imp_plus_desktop.domain.deadlines.clocks import clk_04
from imp_plus_desktop.domain.family.family import fam_02
from imp_plus_desktop.domain.family.member_stay import fam_12
from imp_plus_desktop.domain.permits.permits import ext_02
from imp_plus_desktop.domain.records.applications import Request
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import RequestId
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    CanadaStatus,
    MemberLocation,
    Outcome,
    PermitWish,
    PrState,
    RequestKind,
)
from imp_plus_desktop.domain.verdict.eligibility import verdict

LAST_THAT_SERVES = date(2025, 7, 14)
"""Ninety days after the last day on which a letter of 2025-01-15 can have come."""


def found(file: PersonFile, rule: str, day: date) -> Finding:
    told = verdict(file, day, programme())
    return next(f for f in told.findings + told.to_do if f.rule == rule)


@pytest.mark.parametrize(("day", "final"), [(LAST_THAT_SERVES, False), (date(2025, 7, 15), True)])
def test_a_letter_of_before_the_programme_can_give_way_to_another_only_while_one_can_serve(
    day: date, final: bool
) -> None:
    early = a_letter(date(2022, 5, 23), date(2022, 5, 30))
    assert found(a_file(letters=(early,)), "PRG-01", day).final is final
    assert found(a_file(letters=()), "INV-01", day).final is final


@pytest.mark.parametrize(("day", "final"), [(LAST_THAT_SERVES, False), (date(2025, 7, 15), True)])
def test_after_a_refusal_a_new_letter_is_named_only_while_one_can_serve(
    day: date, final: bool
) -> None:
    refused = an_application(
        ApplicationState.REFUSED,
        outcome=Outcome.REFUSED,
        received_at=datetime(2024, 12, 20, 15, tzinfo=UTC),
    )
    letter = a_letter(date(2024, 12, 1), date(2024, 12, 5))
    file = a_file(letters=(letter,), applications=(refused,))
    assert found(file, "INV-04", day).final is final


@pytest.mark.parametrize(
    ("state", "fix"),
    [
        (None, "file_extension"),
        (PrState.IN_PROCESS, "file_extension"),
        (PrState.REFUSED, "check_other_routes"),
        (PrState.APPROVED, "check_other_routes"),
        (PrState.WITHDRAWN, "check_other_routes"),
    ],
)
def test_an_extension_is_proposed_only_while_pr_can_carry_it(
    state: PrState | None, fix: str
) -> None:
    issued = an_application(ApplicationState.PERMIT_ISSUED, outcome=Outcome.APPROVED)
    file = a_file(
        a_person(pr_state=state),
        applications=(issued,),
        permits=(a_permit(date(2026, 6, 1)),),
        members=(a_member(),),
    )
    day = date(2026, 5, 1)
    assert ext_02(file, day, programme()).fix == fix
    assert fam_02(file, day, programme()).fix == fix


@pytest.mark.parametrize(
    ("state", "fix"),
    [
        (ApplicationState.REFUSED, "check_other_routes"),
        (ApplicationState.WITHDRAWN, "check_other_routes"),
        (ApplicationState.DRAFT, "wait_for_principal"),
        (None, "wait_for_principal"),
    ],
)
def test_nobody_waits_for_a_principal_whose_application_has_ended(
    state: ApplicationState | None, fix: str
) -> None:
    applications = () if state is None else (an_application(state),)
    file = a_file(applications=applications, members=(a_member(),))
    assert fam_02(file, date(2023, 6, 1), programme()).fix == fix


@pytest.mark.parametrize(
    ("until", "fix"),
    [
        (date(2023, 3, 3), "restore_status"),
        (date(2023, 3, 2), "check_other_routes"),
        (None, "restore_status"),
    ],
)
def test_a_status_is_not_restored_after_its_ninety_days(until: date | None, fix: str) -> None:
    person = a_person(canada_status=CanadaStatus.NONE, canada_status_until=until)
    day, file = date(2023, 6, 1), a_file(person, residences=(a_residence("CAN", "ON"),))
    assert found(file, "ELG-02", day).fix == fix
    known = replace(file, applications=(an_application(ApplicationState.RETURNED),))
    assert found(known, "ELG-02", day).fix == fix
    member = a_member(
        location=MemberLocation.ELSEWHERE_IN_CANADA,
        wish=PermitWish.WORK,
        canada_status=CanadaStatus.NONE,
        canada_status_until=until,
    )
    theirs = fam_12(a_file(members=(member,)), member, day, programme())
    assert theirs.fix == fix


@pytest.mark.parametrize(
    ("day", "fix"),
    [(LAST_THAT_SERVES, "apply_anew"), (date(2025, 7, 15), "ask_about_introduction")],
)
def test_a_principal_applies_anew_only_while_another_letter_can_serve(day: date, fix: str) -> None:
    approved = an_application(ApplicationState.APPROVED, outcome=Outcome.APPROVED)
    request = Request(
        RequestId(1),
        a_person().id,
        approved.id,
        RequestKind.INTRODUCTION_LETTER,
        date(2023, 8, 1),
        valid_until=date(2024, 8, 1),
    )
    file = a_file(applications=(approved,), requests=(request,))
    assert clk_04(file, approved, day, programme()).fix == fix
