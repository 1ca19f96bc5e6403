# SPDX-License-Identifier: Apache-2.0
"""A grid of families and accounts through every rule on events, studies and fees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from builders import (
    DAY,
    a_file,
    a_member,
    a_permit,
    an_application,
    programme,
    without_amount,
)

from imp_plus_desktop.domain.family.family import birthday_findings, member_findings
from imp_plus_desktop.domain.family.member_stay import fam_12
from imp_plus_desktop.domain.family.own_route import OwnFile, fam_11
from imp_plus_desktop.domain.fees.fees import account
from imp_plus_desktop.domain.records.applications import OtherRoute, Payment
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, OtherRouteId, PaymentId, PersonId
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.values.calendar import noon_in_toronto
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationState,
    CanadaStatus,
    Custody,
    MemberLocation,
    Outcome,
    PermitWish,
    Relation,
    RouteState,
    School,
)


def of_events_and_studies() -> Iterator[Finding]:
    young = date(2010, 1, 1)
    members = [
        a_member(wish=PermitWish.VISITOR),
        a_member(separated_on=DAY),
        a_member(died_on=DAY),
        a_member(Relation.CHILD, birth_date=date(2024, 1, 1)),
        a_member(Relation.CHILD, birth_date=young, married_on=DAY),
        a_member(Relation.CHILD, birth_date=date(1995, 1, 1), dependent_condition=True),
        a_member(Relation.CHILD, birth_date=young, custody=Custody.OTHER_PARENT, accompanying=True),
    ]
    for school, place, born, wish, caq in product(
        (School.NONE, School.PRIMARY_SECONDARY, School.POST_SECONDARY),
        (None, *MemberLocation),
        (None, young, date(2005, 7, 1), date(2003, 1, 1)),
        (None, PermitWish.STUDY),
        (None, DAY, date(2023, 1, 1)),
    ):
        members.append(
            a_member(
                Relation.CHILD,
                school=school,
                location=place,
                birth_date=born,
                wish=wish,
                caq_until=caq,
            )
        )
    for member in members:
        yield from member_findings(a_file(), member, programme(), DAY)
    for own in (OwnFile(PersonId(2), True, closed) for closed in (True, False)):
        yield fam_11(a_member(), DAY, own)
    yield fam_11(a_member(invited=True), DAY)
    visitor = {"canada_status": CanadaStatus.VISITOR, "canada_status_until": DAY}
    yield fam_12(a_file(), a_member(**visitor), DAY, programme())
    waiting = an_application(member_id=1, code=ApplicationCode.C46, place=None)
    grown = a_member(Relation.CHILD, birth_date=date(2001, 7, 1))
    yield from birthday_findings(a_file(applications=(waiting,)), grown, DAY, programme())


def a_student_who_restores(asked: date, ended: date | None = None) -> PersonFile:
    """A family whose child's study permit ended, and who asked for another (12) on a day."""
    child = a_member(Relation.CHILD, birth_date=date(2008, 1, 1), wish=PermitWish.STUDY)
    studies = an_application(
        ApplicationState.PERMIT_ISSUED,
        id=ApplicationId(11),
        member_id=child.id,
        code=ApplicationCode.STUDY,
        outcome=Outcome.APPROVED,
        place=None,
    )
    again = replace(
        studies,
        id=ApplicationId(12),
        state=ApplicationState.RECEIVED,
        outcome=None,
        received_at=noon_in_toronto(asked),
    )
    permit = a_permit(ended or asked - timedelta(days=30), application=11)
    return a_file(
        applications=(an_application(), studies, again), permits=(permit,), members=(child,)
    )


def of_fees() -> Iterator[Finding]:
    routes = (OtherRoute(OtherRouteId(1), PersonId(1), "intra_company", RouteState.FILED),)
    charged = a_file(payments=(_payment("employer_compliance", 23000),))
    refused = an_application(ApplicationState.REFUSED, outcome=Outcome.REFUSED, decided_on=DAY)
    never_filed = an_application(
        ApplicationState.WITHDRAWN,
        outcome=Outcome.WITHDRAWN,
        decided_on=DAY,
        received_at=None,
        cap_year=None,
        place=None,
    )
    files = (
        a_file(),
        *(a_file(payments=(_payment("processing", cents),)) for cents in (34000, 1, 99999)),
        charged,
        replace(charged, other_routes=routes),
        a_file(applications=(refused,)),
        a_file(applications=(replace(refused, refund_logged_on=DAY),)),
        a_file(applications=(never_filed,)),
    )
    for file in files:
        yield from _account(file)
    unlisted = without_amount("restoration_student")
    yield from account(a_student_who_restores(date(2024, 7, 1)), DAY, unlisted).findings
    yield from _account(a_student_who_restores(date(2026, 12, 1)))


def _account(file: PersonFile) -> tuple[Finding, ...]:
    return account(file, DAY, programme()).findings


def _payment(fee: str, cents: int) -> Payment:
    return Payment(PaymentId(1), PersonId(1), fee, cents, DAY)
