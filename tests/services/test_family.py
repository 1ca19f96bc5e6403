# SPDX-License-Identifier: Apache-2.0
"""The family: its codes, its rules, and never a place of the cap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from office_builders import (
    AT,
    add_member,
    an_approved,
    decide,
    invite,
    issue,
    places,
    receive,
    receive_member,
    set_cap,
)

from imp_plus_desktop.domain.reads.filters import ApplicationFilter, MemberFilter
from imp_plus_desktop.domain.records.member import new_member
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationState,
    PermitWish,
    Relation,
)
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.office import person_file, rule_overrides
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def blocked_by(call: Callable[[], object]) -> set[str]:
    with pytest.raises(rule_overrides.Blocked) as caught:
        call()
    return {finding.rule for finding in caught.value.findings if finding.blocks}


def a_principal(office: Office, number: int = 1, **changes: str) -> int:
    """A principal with a permit; returns the person."""
    application = an_approved(office, number, **changes)
    issue(office, application)
    return person_file.application_of(office, application).person_id


CHILD = {"relation": Relation.CHILD, "given_names": "Lina", "birth_date": date(2015, 1, 1)}
FILED = {"pr_state": "in_process", "pr_filed_on": "2023-06-01"}


@pytest.mark.parametrize(
    ("pr", "relation", "wish", "code"),
    [
        ({}, Relation.SPOUSE, "work", ApplicationCode.C41),
        ({}, Relation.PARTNER, "work", ApplicationCode.C41),
        ({}, Relation.CHILD, "work", ApplicationCode.C46),
        ({}, Relation.CHILD, "study", ApplicationCode.STUDY),
        (FILED, Relation.SPOUSE, "work", ApplicationCode.C49),
        (FILED, Relation.CHILD, "work", ApplicationCode.C49),
        (FILED, Relation.CHILD, "study", ApplicationCode.STUDY),
        ({"pr_state": "in_process", "pr_filed_on": "2023-11-21"}, Relation.SPOUSE, "work",
         ApplicationCode.C41),
    ],
)  # fmt: skip
def test_the_code_follows_the_principals_pr(
    office: Office, pr: dict[str, str], relation: Relation, wish: str, code: ApplicationCode
) -> None:
    person = a_principal(office)
    people.edit(office, person, pr)
    birth = date(2015, 1, 1) if relation is Relation.CHILD else date(1991, 1, 1)
    member = add_member(office, person, relation=relation, birth_date=birth, accompanying=True)
    reception = family.MemberReception(member, PermitWish(wish), AT)
    assert family.preview_receive(office, reception).code is code
    received = receive_member(office, member, wish)
    assert received.code is code
    kept = person_file.application_of(office, received.application)
    assert (kept.code, kept.place, kept.cap_year) == (code, None, None)
    assert kept.member_id == member
    assert places(office.register) == (1, 1, 1)


def test_the_family_is_received_in_a_full_year(office: Office) -> None:
    set_cap(office, 1)
    person = a_principal(office)
    received = receive_member(office, add_member(office, person))
    assert (
        person_file.application_of(office, received.application).state is ApplicationState.RECEIVED
    )
    decide(office, received.application, "returned")
    assert places(office.register) == (1, 1, 1)


def test_recording_a_member_is_never_blocked(office: Office) -> None:
    person = invite(office)
    new = new_member(person, Relation.CHILD, "Benali", "Lina", date(1990, 1, 1))
    added = family.add_member(office, new)
    too_old = next(f for f in added.findings if f.rule == "FAM-03")
    assert too_old.outcome is RuleOutcome.FAIL
    assert people.file(office, person).members[0].id == added.member


@pytest.mark.parametrize(
    ("age_on_receipt", "blocked"), [(timedelta(days=0), True), (timedelta(days=1), False)]
)
def test_a_child_is_under_22_at_receipt(
    office: Office, age_on_receipt: timedelta, blocked: bool
) -> None:
    person = a_principal(office)
    born = date(2001, 11, 20) + age_on_receipt
    member = add_member(office, person, relation=Relation.CHILD, birth_date=born)
    if blocked:
        assert blocked_by(lambda: receive_member(office, member)) == {"FAM-03"}
        reason = {"FAM-03": "dependent since before 22 through illness"}
        assert receive_member(office, member, overrides=reason).code is ApplicationCode.C46
    else:
        assert receive_member(office, member).code is ApplicationCode.C46


def test_the_principal_needs_time_left(office: Office) -> None:
    waiting = invite(office, 1)
    member = add_member(office, waiting)
    assert blocked_by(lambda: receive_member(office, member)) == {"FAM-02"}
    receive(office, waiting)
    judged = receive_member(office, member)
    assert next(f.outcome for f in judged.findings if f.rule == "FAM-02") is RuleOutcome.JUDGEMENT
    short = a_principal(office, 2, passport_expiry="2024-05-19")
    other = add_member(office, short, given_names="Nora")
    assert blocked_by(lambda: receive_member(office, other)) == {"FAM-02"}
    enough = a_principal(office, 3, passport_expiry="2024-05-20")
    receive_member(office, add_member(office, enough, given_names="Hiba"))


def test_a_refused_principal_flags_the_family(office: Office) -> None:
    person = invite(office)
    application = receive(office, person).application
    receive_member(office, add_member(office, person))
    decided = decide(office, application, "refused")
    flagged = [f for f in decided.findings if f.rule == "FAM-07"]
    assert [f.outcome for f in flagged] == [RuleOutcome.FAIL]


def test_a_member_is_recorded_once(office: Office) -> None:
    person = invite(office)
    add_member(office, person)
    assert error_of(lambda: add_member(office, person, given_names="SARA")) == "member_exists"
    add_member(office, person, **CHILD)
    assert error_of(lambda: add_member(office, person, family_name="  ")) == "missing_name"
    assert error_of(lambda: add_member(office, 99)) == "person_not_found"
    ahead = date(2023, 11, 23)
    unborn = lambda: add_member(office, person, given_names="Z", birth_date=ahead)  # noqa: E731
    assert error_of(unborn) == "in_the_future"


def test_a_member_without_application_can_be_taken_out(office: Office) -> None:
    person = a_principal(office)
    member = add_member(office, person)
    family.delete_member(office, member)
    assert people.file(office, person).members == ()
    other = add_member(office, person)
    receive_member(office, other)
    assert error_of(lambda: family.delete_member(office, other)) == "member_has_application"


def test_a_members_number_is_no_other_applications(office: Office) -> None:
    person = a_principal(office)
    receive(office, invite(office, 2), number="W123456789")
    member = add_member(office, person)
    taken = lambda: receive_member(office, member, number="w123456789")  # noqa: E731
    assert error_of(taken) == "identifier_taken"
    late = AT + timedelta(days=5)
    assert error_of(lambda: receive_member(office, member, at=late)) == "in_the_future"
    assert error_of(lambda: receive_member(office, 99)) == "member_not_found"


def test_the_member_with_the_very_birth_date_is_the_same_one(office: Office) -> None:
    """A namesake of unknown birth date must not stand in the way."""
    person = invite(office)
    unknown = add_member(office, person, birth_date=None)
    file = people.file(office, person)
    found = family.same_member(file, "Benali", "Sara", date(1991, 5, 6))
    assert found is not None
    assert found.id == unknown
    with office.act("test") as act:
        exact = act.insert(
            "member",
            {"person_id": person, "relation": "spouse", "family_name": "Benali",
             "given_names": "Sara", "birth_date": date(1991, 5, 6)},
        )  # fmt: skip
    file = people.file(office, person)
    found = family.same_member(file, "Benali", "Sara", date(1991, 5, 6))
    assert found is not None
    assert found.id == exact
    found = family.same_member(file, "Benali", "Sara", None)
    assert found is not None
    assert found.id == unknown


def test_the_list_shows_the_latest_application(office: Office) -> None:
    person = a_principal(office)
    spouse = add_member(office, person)
    child = add_member(office, person, **CHILD)
    application = receive_member(office, spouse).application
    decide(office, application)
    issue(office, application)
    assert set(family.ids(office, MemberFilter())) == {spouse, child}
    assert list(family.ids(office, MemberFilter(relation=Relation.CHILD))) == [child]
    first, second = family.rows(office, [spouse, child])
    assert (first.code, first.state) == (ApplicationCode.C41, ApplicationState.PERMIT_ISSUED)
    assert (first.valid_until, second.code) == (date(2026, 11, 22), None)
    assert list(applications.ids(office, ApplicationFilter(family=True))) == [application]
