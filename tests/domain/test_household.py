# SPDX-License-Identifier: Apache-2.0
"""The family's events and studies: who is of it on a day, and what their studies need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import DAY, a_file, a_member, a_permit, an_application, programme

from imp_plus_desktop.domain.family.family import (
    birthday_findings,
    decision_findings,
    fam_01,
    fam_02,
    fam_03,
    fam_07,
)
from imp_plus_desktop.domain.family.household import age_on, companions_on, family_on, toppled
from imp_plus_desktop.domain.family.schooling import fam_08, fam_09
from imp_plus_desktop.domain.records.ids import (
    ApplicationId,
    DocumentId,
    MemberId,
    PermitId,
    PersonId,
)
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.papers import Document
from imp_plus_desktop.domain.rules.findings import RuleOutcome, Severity
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationState,
    Custody,
    DocumentState,
    DocumentType,
    MemberLocation,
    Outcome,
    PermitWish,
    Relation,
    School,
)

PASS, FAIL, UNKNOWN = RuleOutcome.PASS, RuleOutcome.FAIL, RuleOutcome.UNKNOWN
NOT_APPLICABLE, JUDGEMENT = RuleOutcome.NOT_APPLICABLE, RuleOutcome.JUDGEMENT
ONE = timedelta(days=1)


def a_child(**changes: Any) -> Member:
    return a_member(Relation.CHILD, **{"birth_date": date(2013, 1, 1), **changes})


@pytest.mark.parametrize(
    ("event", "reason"),
    [("separated_on", "member_separated"), ("died_on", "member_died")],
)
def test_a_spouse_separated_or_dead_on_the_day_is_no_member_of_the_family(
    event: str, reason: str
) -> None:
    spouse = a_member(**{event: DAY})
    found = fam_03(spouse, DAY, programme())
    assert (found.outcome, found.reason, found.blocks) == (FAIL, reason, True)
    assert fam_03(spouse, DAY - ONE, programme()).reason == "not_a_child"
    file = a_file(members=(spouse,))
    assert family_on(file, DAY) == ()
    assert family_on(file, DAY - ONE) == (spouse,)


def test_a_parents_separation_leaves_the_child_in_the_family() -> None:
    assert fam_03(a_child(separated_on=DAY), DAY, programme()).outcome is PASS


def test_a_child_born_after_the_day_comes_too_early() -> None:
    newborn = a_child(birth_date=DAY)
    assert fam_03(newborn, DAY - ONE, programme()).reason == "child_not_born"
    assert fam_03(newborn, DAY, programme()).outcome is PASS


@pytest.mark.parametrize(
    ("changes", "outcome", "reason"),
    [
        ({"married_on": DAY}, FAIL, "child_married"),
        ({"married_on": DAY + ONE}, PASS, "child_young_enough"),
        ({"birth_date": date(1995, 1, 1), "dependent_condition": True}, PASS, "child_exception"),
        ({"birth_date": date(1995, 1, 1), "dependent_condition": False}, FAIL, "child_too_old"),
        (
            {"custody": Custody.OTHER_PARENT, "accompanying": True},
            JUDGEMENT,
            "child_with_other_parent",
        ),
        ({"custody": Custody.OTHER_PARENT, "accompanying": False}, PASS, "child_young_enough"),
        ({"custody": Custody.SHARED, "accompanying": True}, PASS, "child_young_enough"),
    ],
)
def test_a_child_depends_by_age_marriage_condition_and_custody(
    changes: dict[str, Any], outcome: RuleOutcome, reason: str
) -> None:
    found = fam_03(a_child(**changes), DAY, programme())
    assert (found.outcome, found.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("day", "rule_from", "spared"),
    [(date(2025, 1, 20), date(2022, 5, 24), None), (date(2025, 1, 21), date(2025, 1, 21), 16)],
)
def test_six_months_stand_for_a76_before_and_after_the_stricter_rule(
    day: date, rule_from: date, spared: int | None
) -> None:
    permit = a_permit(date(2025, 7, 21))
    file = a_file(applications=(an_application(ApplicationState.PERMIT_ISSUED),), permits=(permit,))
    found = fam_02(file, day, programme())
    assert found.outcome is PASS
    assert found.facts["months"] == 6
    assert (found.facts["rule_from"], found.facts["spared_months"]) == (rule_from, spared)
    assert found.facts["spared_teer"] == ("" if spared is None else "0,1")
    short = replace(file, permits=(replace(permit, valid_until=date(2025, 7, 1)),))
    assert fam_02(short, day, programme()).blocks


def test_dependency_is_looked_at_again_at_the_decision_and_stops_nothing() -> None:
    child = a_child(birth_date=date(2001, 6, 2))
    application = an_application(member_id=child.id, code=ApplicationCode.C46, place=None)
    file = a_file(members=(child,), applications=(application,))
    late = date(2023, 6, 2)
    (found,) = decision_findings(file, application, Outcome.APPROVED, late, programme())
    assert (found.outcome, found.severity) == (FAIL, Severity.WARN)
    assert decision_findings(file, application, Outcome.REFUSED, late, programme()) == ()
    assert decision_findings(file, an_application(), Outcome.APPROVED, late, programme()) == ()


@pytest.mark.parametrize(
    ("day", "warned"),
    [
        (date(2023, 3, 3), False),
        (date(2023, 3, 4), True),
        (date(2023, 6, 1), True),
        (date(2023, 6, 2), False),
    ],
)
def test_a_child_who_waits_is_warned_of_before_the_22nd_birthday(day: date, warned: bool) -> None:
    child = a_child(birth_date=date(2001, 6, 2))
    waiting = an_application(member_id=child.id, code=ApplicationCode.C46, place=None)
    file = a_file(members=(child,), applications=(waiting,))
    assert bool(birthday_findings(file, child, day, programme())) is warned
    decided = replace(waiting, state=ApplicationState.REFUSED)
    assert not birthday_findings(replace(file, applications=(decided,)), child, day, programme())


def test_a_refusal_topples_open_applications_and_no_permit_and_nobody_who_has_left() -> None:
    refused = an_application(ApplicationState.REFUSED)
    waiting = an_application(
        id=ApplicationId(2), member_id=MemberId(1), code=ApplicationCode.C41, place=None
    )
    holding = replace(waiting, id=ApplicationId(3), state=ApplicationState.PERMIT_ISSUED)
    permit = replace(a_permit(date(2024, 1, 1), application=3), id=PermitId(2))
    spouse = a_member()
    file = a_file(applications=(refused, waiting, holding), permits=(permit,), members=(spouse,))
    assert [t.application.id for t in toppled(file, DAY)] == [2]
    assert fam_07(file, MemberId(1), DAY).outcome is FAIL
    only = replace(file, applications=(refused, holding))
    assert toppled(only, DAY) == ()
    assert fam_07(only, MemberId(1), DAY).outcome is PASS
    parted = replace(file, members=(replace(spouse, separated_on=DAY),))
    assert toppled(parted, DAY) == ()
    assert [t.application.id for t in toppled(parted, DAY - timedelta(days=1))] == [2]


ABROAD, QUEBEC = MemberLocation.ABROAD, MemberLocation.QUEBEC
ELSEWHERE = MemberLocation.ELSEWHERE_IN_CANADA


@pytest.mark.parametrize(
    ("changes", "outcome", "reason"),
    [
        ({}, UNKNOWN, "studies_unknown"),
        ({"wish": PermitWish.VISITOR}, NOT_APPLICABLE, "no_studies"),
        ({"school": School.NONE}, NOT_APPLICABLE, "no_studies"),
        ({"school": School.PRESCHOOL, "location": ABROAD}, NOT_APPLICABLE, "no_studies"),
        ({"school": School.PRIMARY_SECONDARY}, UNKNOWN, "member_location_unknown"),
        (
            {"school": School.PRIMARY_SECONDARY, "location": ABROAD},
            FAIL,
            "minor_abroad_needs_permits",
        ),
        (
            {"school": School.PRIMARY_SECONDARY, "location": ABROAD, "wish": PermitWish.STUDY},
            FAIL,
            "caq_missing",
        ),
        (
            {
                "school": School.PRIMARY_SECONDARY,
                "location": ABROAD,
                "wish": PermitWish.STUDY,
                "caq_until": DAY - ONE,
            },
            FAIL,
            "caq_ended",
        ),
        (
            {
                "school": School.PRIMARY_SECONDARY,
                "location": ABROAD,
                "wish": PermitWish.STUDY,
                "caq_until": DAY,
            },
            PASS,
            "study_permit_and_caq",
        ),
        (
            {"school": School.PRIMARY_SECONDARY, "location": QUEBEC},
            PASS,
            "minor_in_quebec_studies_freely",
        ),
        (
            {"school": School.PRIMARY_SECONDARY, "location": ELSEWHERE},
            JUDGEMENT,
            "minor_elsewhere_in_canada",
        ),
        ({"school": School.POST_SECONDARY, "location": QUEBEC}, FAIL, "student_needs_permits"),
        (
            {
                "school": School.POST_SECONDARY,
                "location": QUEBEC,
                "birth_date": date(2003, 1, 1),
            },
            FAIL,
            "student_needs_permits",
        ),
        (
            {"school": School.PRIMARY_SECONDARY, "birth_date": None},
            UNKNOWN,
            "child_birth_date_unknown",
        ),
    ],
)
def test_who_will_study_needs_a_permit_and_a_caq_unless_a_minor_in_quebec(
    changes: dict[str, Any], outcome: RuleOutcome, reason: str
) -> None:
    child = a_child(**changes)
    found = fam_08(a_file(members=(child,)), child, DAY, programme())
    assert (found.outcome, found.reason, found.blocks) == (outcome, reason, False)


def test_a_study_permit_asked_for_and_a_caq_on_file_are_enough() -> None:
    child = a_child(school=School.PRIMARY_SECONDARY, location=ABROAD)
    study = an_application(member_id=child.id, code=ApplicationCode.STUDY, place=None)
    caq = Document(
        DocumentId(1),
        PersonId(1),
        DocumentType.CAQ,
        DocumentState.RECEIVED,
        member_id=child.id,
    )
    file = a_file(members=(child,), applications=(study,), documents=(caq,))
    assert fam_08(file, child, DAY, programme()).reason == "study_permit_and_caq"
    refused = replace(study, state=ApplicationState.REFUSED)
    lost = replace(file, applications=(refused,))
    assert fam_08(lost, child, DAY, programme()).reason == "minor_abroad_needs_permits"


@pytest.mark.parametrize(
    ("born", "outcome", "reason"),
    [
        (date(2005, 8, 31), PASS, "child_studies_as_minor"),
        (date(2005, 8, 30), FAIL, "child_soon_of_age"),
        (date(2005, 6, 2), FAIL, "child_soon_of_age"),
        (date(2005, 6, 1), FAIL, "adult_studies_without_permit"),
        (None, UNKNOWN, "child_birth_date_unknown"),
    ],
)
def test_a_child_in_school_is_warned_of_90_days_before_18(
    born: date | None, outcome: RuleOutcome, reason: str
) -> None:
    child = a_child(birth_date=born, school=School.PRIMARY_SECONDARY, location=QUEBEC)
    found = fam_09(a_file(members=(child,)), child, DAY, programme())
    assert (found.outcome, found.reason, found.blocks) == (outcome, reason, False)
    study = an_application(member_id=child.id, code=ApplicationCode.STUDY, place=None)
    permitted = a_file(members=(child,), applications=(study,))
    assert fam_09(permitted, child, DAY, programme()).outcome is NOT_APPLICABLE
    abroad = replace(child, location=ABROAD)
    assert fam_09(a_file(members=(abroad,)), abroad, DAY, programme()).outcome is NOT_APPLICABLE


def test_who_asks_for_no_permit_has_no_code_to_be_right_or_wrong() -> None:
    for wish in (PermitWish.VISITOR, PermitWish.NONE):
        found = fam_01(a_file(), a_member(wish=wish), DAY)
        assert (found.outcome, found.reason) == (NOT_APPLICABLE, "no_permit_asked")
    asked = fam_01(a_file(), a_member(wish=PermitWish.NONE), DAY, PermitWish.WORK)
    assert asked.reason == "family_code_before_pr"


def test_who_does_not_come_along_is_no_companion() -> None:
    here, away = a_member(accompanying=True), a_member(id=MemberId(2), accompanying=False)
    assert companions_on(a_file(members=(here, away)), DAY) == (here,)


def test_age_turns_on_the_birthday_and_on_the_28th_for_the_29th() -> None:
    assert age_on(date(2004, 2, 29), date(2023, 2, 27)) == 18
    assert age_on(date(2004, 2, 29), date(2023, 2, 28)) == 19
