# SPDX-License-Identifier: Apache-2.0
"""What a file owes by date and composition, what comes back, and the rules on fees."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import (
    DAY,
    a_file,
    a_member,
    a_permit,
    a_person,
    a_residence,
    an_application,
    programme,
    without_amount,
)
from family_answers import a_student_who_restores
from hypothesis import given, settings
from hypothesis import strategies as st

from imp_plus_desktop.domain.fees.fees import account, fee_03, fee_lines
from imp_plus_desktop.domain.fees.refunds import refunds
from imp_plus_desktop.domain.records.applications import Application, OtherRoute, Payment
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import (
    ApplicationId,
    MemberId,
    OtherRouteId,
    PaymentId,
    PersonId,
)
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.calendar import noon_in_toronto
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    MemberLocation,
    Outcome,
    PermitWish,
    Relation,
    RouteState,
)


def dollars(file: PersonFile, day: date = DAY) -> float:
    return sum(line.cents for line in fee_lines(file, day, programme())) / 100


def why(file: PersonFile, day: date = DAY) -> list[tuple[str, str]]:
    return [(line.fee, line.reason) for line in fee_lines(file, day, programme())]


def a_family(*, wish: PermitWish = PermitWish.WORK) -> tuple[Member, Member]:
    spouse = a_member(birth_date=date(1991, 1, 1), wish=wish)
    child = a_member(
        Relation.CHILD, id=MemberId(2), birth_date=date(2013, 1, 1), wish=PermitWish.STUDY
    )
    return spouse, child


def paid(cents: int, fee: str = "processing", **changes: Any) -> Payment:
    return replace(Payment(PaymentId(1), PersonId(1), fee, cents, DAY), **changes)


def closed(state: ApplicationState, **changes: Any) -> Application:
    outcomes = {
        ApplicationState.REFUSED: Outcome.REFUSED,
        ApplicationState.WITHDRAWN: Outcome.WITHDRAWN,
        ApplicationState.CANCELLED_OVER_CAP: Outcome.CANCELLED_OVER_CAP,
    }
    return an_application(state, outcome=outcomes.get(state), decided_on=DAY, **changes)


def test_principal_spouse_and_child_of_ten_owe_830() -> None:
    assert dollars(a_file(members=a_family())) == 830


@pytest.mark.parametrize(
    ("ended", "asked", "fee", "amount"),
    [
        (date(2026, 1, 10), date(2026, 1, 10), "study_permit", 150),
        (date(2026, 1, 10), date(2026, 1, 11), "restoration_student", 396.25),
        (date(2026, 1, 10), date(2026, 4, 10), "restoration_student", 396.25),
        (date(2026, 1, 10), date(2026, 4, 11), "study_permit", 150),
        (date(2025, 10, 1), date(2025, 12, 1), "restoration_student", 396.25),
        (date(2025, 10, 1), date(2025, 11, 30), "restoration_student", 389.75),
    ],
)
def test_a_members_study_permit_asked_for_after_losing_status_restores_it(
    ended: date, asked: date, fee: str, amount: float
) -> None:
    file = a_student_who_restores(asked, ended)
    lines = [line for line in fee_lines(file, asked, programme()) if line.application_id == 12]
    assert [(line.fee, line.cents / 100) for line in lines[:1]] == [(fee, amount)]


def test_an_amount_that_no_source_gives_is_not_known_and_said_to_be() -> None:
    asked = date(2025, 11, 30)
    file = a_student_who_restores(asked, asked - timedelta(days=30))
    made = account(file, asked, without_amount("restoration_student"))
    (line,) = [line for line in made.lines if line.fee == "restoration_student"]
    assert (line.cents, line.reason, line.is_known) == (0, "amount_unknown", False)
    finding = made.findings[0]
    assert (finding.rule, finding.outcome) == ("FEE-01", RuleOutcome.UNKNOWN)
    known = made.expected_cents
    assert finding.facts == {"fees": "restoration_student", "expected_cents": known}
    everything = replace(file, payments=(paid(known),))
    again = account(everything, asked, without_amount("restoration_student"))
    assert again.findings[0].reason == "fee_amount_unknown"


def test_a_members_work_permit_restores_a_worker_and_abroad_nothing_is_restored() -> None:
    asked = date(2026, 2, 1)
    file = a_student_who_restores(asked, date(2026, 1, 10))
    work = replace(file.applications[-1], code=ApplicationCode.C41)
    worker = replace(file, applications=(*file.applications[:-1], work))
    assert ("restoration_worker", "due") in why(worker, asked)
    away = replace(file.members[0], location=MemberLocation.ABROAD)
    assert "restoration_student" not in dict(why(replace(file, members=(away,)), asked))


FEE_DAYS = tuple(
    csv.DictReader(
        Path(__file__).with_name("fee_days.csv").read_text(encoding="utf-8").splitlines()
    )
)


@pytest.mark.parametrize("row", FEE_DAYS, ids=lambda row: f"{row['fee']}-{row['day']}")
def test_a_fee_is_what_its_day_says_and_may_have_been_indexed_after_the_next_first_of_december(
    row: dict[str, str],
) -> None:
    day = date.fromisoformat(row["day"])
    assert str(programme().fee_on(row["fee"], day)) == row["amount"], row["by_hand"]
    indexed = programme().may_be_indexed(row["fee"], day)
    assert indexed is (row["may_be_indexed"] == "yes"), row["by_hand"]


def test_an_amount_that_may_have_been_indexed_is_no_proof_that_all_was_paid() -> None:
    asked = date(2026, 12, 1)
    file = a_student_who_restores(asked, asked - timedelta(days=30))
    made = account(file, asked, programme())
    assert [line.fee for line in made.lines if line.may_be_indexed] == ["restoration_student"]
    assert made.may_be_indexed
    everything = replace(file, payments=(paid(made.expected_cents),))
    finding = account(everything, asked, programme()).findings[0]
    assert (finding.outcome, finding.reason) == (RuleOutcome.UNKNOWN, "fees_may_be_indexed")
    assert finding.facts == {"fees": "restoration_student", "expected_cents": made.expected_cents}
    before = account(a_student_who_restores(asked - timedelta(days=1)), asked, programme())
    assert not before.may_be_indexed


def test_biometrics_are_charged_once_for_two_applications_of_one_day() -> None:
    twice = a_file(applications=(an_application(), an_application(id=ApplicationId(2), place=None)))
    reasons = [reason for fee, reason in why(twice) if fee == "biometrics"]
    assert reasons == ["due", "charged_once"]
    assert dollars(twice) == 2 * 255 + 85
    received = an_application().received_at
    assert received is not None
    later = an_application(
        id=ApplicationId(2), place=None, received_at=received + timedelta(days=1)
    )
    apart = a_file(applications=(an_application(), later))
    assert [reason for fee, reason in why(apart) if fee == "biometrics"] == ["due", "due"]


def test_a_persons_two_applications_count_once_towards_the_familys_maximum() -> None:
    spouse, child = a_family()
    elder = replace(child, id=MemberId(3), birth_date=date(2007, 1, 1))
    of_spouse = an_application(
        id=ApplicationId(3), member_id=spouse.id, code=ApplicationCode.C41, place=None
    )
    of_elder = replace(of_spouse, id=ApplicationId(4), member_id=elder.id)
    both = (an_application(), an_application(id=ApplicationId(2), place=None))
    file = a_file(applications=(*both, of_spouse, of_elder), members=(spouse, elder))
    lines = [line for line in fee_lines(file, DAY, programme()) if line.fee == "biometrics"]
    assert [line.cents for line in lines] == [8500, 0, 8500, 8500, -8500]
    only_spouse = a_file(applications=(*both, of_spouse), members=(spouse,))
    lines = [line for line in fee_lines(only_spouse, DAY, programme()) if line.fee == "biometrics"]
    assert sum(line.cents for line in lines) == 17000
    assert "family_maximum" not in [line.reason for line in lines]


def test_a_family_that_applies_on_the_day_of_the_principals_receipt_shares_its_maximum() -> None:
    spouse = a_member(birth_date=date(1991, 1, 1), wish=PermitWish.WORK)
    elder = a_member(
        Relation.CHILD, id=MemberId(3), birth_date=date(2007, 1, 1), wish=PermitWish.STUDY
    )
    received = an_application(received_at=noon_in_toronto(DAY))
    lines = fee_lines(a_file(applications=(received,), members=(spouse, elder)), DAY, programme())
    assert sum(line.cents for line in lines if line.fee == "biometrics") == 17000


def test_the_same_family_owes_the_same_once_it_has_applied() -> None:
    spouse, child = a_family()
    at = datetime(2023, 5, 20, 15, tzinfo=UTC)
    applications = (
        an_application(),
        an_application(id=ApplicationId(2), member_id=spouse.id, code=ApplicationCode.C41),
        an_application(id=ApplicationId(3), member_id=child.id, code=ApplicationCode.STUDY),
    )
    file = a_file(members=(spouse, child), applications=applications)
    assert dollars(file) == 830
    later = replace(applications[1], received_at=at.replace(month=9))
    assert dollars(replace(file, applications=(applications[0], later, applications[2]))) == 830


def test_a_family_that_applies_together_gives_biometrics_for_170_at_most() -> None:
    others = tuple(
        a_member(Relation.CHILD, id=MemberId(n), birth_date=date(2005, 1, 1), wish=PermitWish.WORK)
        for n in (2, 3)
    )
    file = a_file(members=(a_family()[0], *others))
    assert dollars(file) == 4 * 255 + 170
    assert ("biometrics", "family_maximum") in why(file)
    apart = replace(
        file,
        applications=(
            an_application(),
            *(
                an_application(
                    id=ApplicationId(10 + n),
                    member_id=MemberId(n),
                    code=ApplicationCode.C46,
                    received_at=datetime(2023, 5, 20 + n, 15, tzinfo=UTC),
                )
                for n in (1, 2, 3)
            ),
        ),
    )
    assert dollars(apart) == 4 * 255 + 4 * 85


@pytest.mark.parametrize(
    ("born", "owed"),
    [
        (date(2009, 6, 2), 0),
        (date(2009, 6, 1), 85),
        (date(1943, 6, 2), 85),
        (date(1943, 6, 1), 0),
        (None, 85),
    ],
)
def test_under_14_and_over_79_owe_no_biometrics(born: date | None, owed: int) -> None:
    assert dollars(a_file(a_person(birth_date=born))) == 255 + owed


@pytest.mark.parametrize(
    ("enrolled", "owed"), [(date(2013, 6, 1), 85), (date(2013, 6, 2), 0), (date(2023, 6, 1), 85)]
)
def test_biometrics_of_the_last_ten_years_are_not_given_again(enrolled: date, owed: int) -> None:
    assert dollars(a_file(a_person(biometrics_on=enrolled))) == 255 + owed


def test_an_extension_after_an_approved_permit_owes_no_biometrics_again() -> None:
    first = an_application(ApplicationState.PERMIT_ISSUED, outcome=Outcome.APPROVED)
    extension = an_application(
        id=ApplicationId(2),
        kind=ApplicationKind.EXTENSION,
        received_at=datetime(2026, 5, 1, 15, tzinfo=UTC),
        place=None,
    )
    file = a_file(applications=(first, extension), permits=(a_permit(date(2026, 6, 1)),))
    assert dollars(file) == 2 * 255 + 85
    late = replace(extension, received_at=datetime(2026, 6, 20, 15, tzinfo=UTC))
    restored = replace(file, applications=(first, late))
    assert dollars(restored) == 255 + 85 + 401.25 + 100
    lapsed = replace(extension, received_at=datetime(2026, 10, 20, 15, tzinfo=UTC))
    assert dollars(replace(file, applications=(first, lapsed))) == 2 * 255 + 85


@pytest.mark.parametrize(
    ("day", "restoration"),
    [(date(2024, 11, 30), 384), (date(2024, 12, 1), 394.75), (date(2025, 12, 1), 401.25)],
)
def test_restoration_is_charged_by_its_day_and_contains_the_permit(
    day: date, restoration: float
) -> None:
    person = a_person(canada_status=CanadaStatus.WORKER, canada_status_until=date(2024, 11, 1))
    lost = replace(person, canada_status_until=day.replace(day=1, month=day.month - 1))
    in_ontario = a_file(lost, residences=(a_residence("CAN", "ON"),))
    assert dollars(in_ontario, day) == restoration + 100 + 85
    for person in (
        replace(lost, canada_status=CanadaStatus.NONE),
        replace(lost, canada_status_until=day),
        replace(lost, canada_status=CanadaStatus.MAINTAINED),
    ):
        assert dollars(replace(in_ontario, person=person), day) == 255 + 85
    assert dollars(a_file(lost), day) == 255 + 85, "nobody restores a status from abroad"


RESTORED = [
    # What was filed before the recorded end of status (2024-06-30), its decision, the day asked,
    # and whether the application of that day restores a status.
    ("filed", date(2024, 6, 1), None, date(2024, 9, 1), False),
    ("refused", date(2024, 6, 1), date(2024, 11, 20), date(2024, 11, 20), False),
    ("refused", date(2024, 6, 1), date(2024, 11, 20), date(2024, 11, 21), True),
    ("refused", date(2024, 6, 1), date(2024, 11, 20), date(2025, 2, 18), True),
    ("refused", date(2024, 6, 1), date(2024, 11, 20), date(2025, 2, 19), False),
    ("refused", date(2024, 7, 2), date(2024, 11, 20), date(2024, 11, 21), False),
    ("refused", date(2024, 7, 2), date(2024, 11, 20), date(2024, 9, 28), True),
]


@pytest.mark.parametrize(("state", "filed", "decided", "asked", "restores"), RESTORED)
def test_restoration_runs_from_a_refusal_and_not_while_a_status_is_maintained(
    state: str, filed: date, decided: date | None, asked: date, restores: bool
) -> None:
    person = a_person(canada_status=CanadaStatus.WORKER, canada_status_until=date(2024, 6, 30))
    route = OtherRoute(OtherRouteId(1), person.id, "lmia", RouteState(state), filed, decided)
    file = a_file(person, residences=(a_residence("CAN", "ON"),), other_routes=(route,))
    fees = [line.fee for line in fee_lines(file, asked, programme())]
    assert ("restoration_worker" in fees) is restores


def test_a_members_status_counts_by_what_is_recorded_and_by_what_keeps_it() -> None:
    asked = date(2026, 2, 1)
    child = a_member(
        Relation.CHILD,
        birth_date=date(2008, 1, 1),
        wish=PermitWish.STUDY,
        canada_status=CanadaStatus.VISITOR,
        canada_status_until=date(2026, 1, 10),
    )
    studies = an_application(
        ApplicationState.RECEIVED,
        id=ApplicationId(11),
        member_id=child.id,
        code=ApplicationCode.STUDY,
        received_at=noon_in_toronto(asked),
        place=None,
    )
    file = a_file(applications=(an_application(), studies), members=(child,))
    assert ("restoration_student", "due") in why(file, asked)
    in_time = replace(studies, id=ApplicationId(12), received_at=noon_in_toronto(date(2026, 1, 5)))
    waits = replace(file, applications=(*file.applications, in_time))
    (line,) = [x for x in fee_lines(waits, asked, programme()) if x.application_id == 11][:1]
    assert line.fee == "study_permit", "status is maintained by what was asked for in time"


def test_a_visitor_pays_a_visa_of_which_a_family_pays_500_at_most() -> None:
    visitors = tuple(
        a_member(Relation.CHILD, id=MemberId(n), birth_date=date(2020, 1, 1), wish=wish)
        for n, wish in enumerate([PermitWish.VISITOR] * 6, start=2)
    )
    assert dollars(a_file(members=visitors[:1])) == 340 + 100
    assert dollars(a_file(members=visitors)) == 340 + 500


def test_who_does_not_come_along_owes_nothing_and_an_unknown_wish_is_said() -> None:
    spouse, child = a_family()
    away = replace(spouse, accompanying=False)
    parted = replace(spouse, separated_on=DAY)
    alone = dollars(a_file(members=(child,)))
    assert dollars(a_file(members=(away, child))) == alone
    assert dollars(a_file(members=(parted, child))) == alone
    silent = a_file(members=(replace(spouse, wish=None),))
    assert ("processing", "wish_unknown") in why(silent)


@pytest.mark.parametrize(
    ("cents", "outcome", "reason"),
    [
        (None, RuleOutcome.UNKNOWN, "fees_not_recorded"),
        (34000, RuleOutcome.PASS, "fees_paid"),
        (15500, RuleOutcome.FAIL, "fees_open"),
        (35000, RuleOutcome.FAIL, "fees_over"),
    ],
)
def test_what_was_paid_is_held_against_what_is_expected(
    cents: int | None, outcome: RuleOutcome, reason: str
) -> None:
    payments = () if cents is None else (paid(cents),)
    found = account(a_file(payments=payments), DAY, programme()).findings[0]
    assert (found.rule, found.outcome, found.reason) == ("FEE-01", outcome, reason)
    assert not found.blocks


def test_the_compliance_fee_is_never_owed_on_an_imp_plus_file() -> None:
    assert fee_03(a_file()).outcome is RuleOutcome.PASS
    charged = a_file(payments=(paid(23000, "employer_compliance"),))
    assert fee_03(charged).outcome is RuleOutcome.FAIL
    assert account(charged, DAY, programme()).findings[0].reason == "fees_open"
    back = paid(23000, "employer_compliance", refund=True)
    assert fee_03(replace(charged, payments=(*charged.payments, back))).outcome is RuleOutcome.PASS
    route = OtherRoute(OtherRouteId(1), PersonId(1), "intra_company", RouteState.FILED)
    elsewhere = replace(charged, other_routes=(route,))
    assert fee_03(elsewhere).outcome is RuleOutcome.NOT_APPLICABLE
    own = replace(elsewhere, payments=(paid(23000, "employer_compliance", application_id=1),))
    assert fee_03(own).outcome is RuleOutcome.FAIL


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (ApplicationState.CANCELLED_OVER_CAP, 25500),
        (ApplicationState.REFUSED, 10000),
        (ApplicationState.WITHDRAWN, 10000),
        (ApplicationState.RETURNED, None),
        (ApplicationState.RECEIVED, None),
        (ApplicationState.PERMIT_ISSUED, None),
    ],
)
def test_what_comes_back_follows_how_the_application_ended(
    state: ApplicationState, due: int | None
) -> None:
    file = a_file(applications=(closed(state),))
    assert [r.due_cents for r in refunds(file, programme())] == ([] if due is None else [due])
    study = closed(state, code=ApplicationCode.STUDY, member_id=MemberId(1))
    assert refunds(a_file(applications=(study,)), programme()) == ()


def test_a_refund_is_closed_by_its_payments_or_by_the_day_it_was_logged() -> None:
    application = closed(ApplicationState.CANCELLED_OVER_CAP)
    half = paid(15500, refund=True, application_id=application.id)
    file = a_file(applications=(application,), payments=(half,))
    (open_one,) = refunds(file, programme())
    assert (open_one.open_cents, open_one.received_on) == (10000, None)
    rest = replace(half, id=PaymentId(2), fee="open_permit_holder", cents=10000)
    (whole,) = refunds(replace(file, payments=(half, rest)), programme())
    assert whole.open_cents == 0
    logged = replace(application, refund_logged_on=DAY)
    (said,) = refunds(a_file(applications=(logged,)), programme())
    assert (said.open_cents, said.received_cents) == (0, 25500)


@settings(max_examples=60, deadline=None)
@given(
    ages=st.lists(st.integers(min_value=0, max_value=90), max_size=6),
    wishes=st.lists(st.sampled_from([*PermitWish, None]), min_size=6, max_size=6),
)
def test_no_family_owes_less_than_nothing_or_more_than_its_maxima(
    ages: list[int], wishes: list[PermitWish | None]
) -> None:
    members = tuple(
        a_member(
            Relation.CHILD,
            id=MemberId(n),
            birth_date=date(2023 - age, 1, 1),
            wish=wishes[n - 1],
        )
        for n, age in enumerate(ages, start=1)
    )
    lines = fee_lines(a_file(members=members), DAY, programme())
    for fee, most in (("biometrics", 17000), ("visitor_visa", 50000)):
        assert 0 <= sum(line.cents for line in lines if line.fee == fee) <= most
    assert all(line.cents >= 0 for line in lines if line.reason != "family_maximum")
