# SPDX-License-Identifier: Apache-2.0
"""The family's days and the refunds in the agenda: when they stand there, and when they go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import DAY, PERSON, a_file, a_member, a_permit, an_application, programme

from imp_plus_desktop.domain.deadlines.agenda import agenda_of
from imp_plus_desktop.domain.deadlines.deadlines import (
    DEADLINE_REASONS,
    Deadline,
    DeadlineKind,
    deadlines,
)
from imp_plus_desktop.domain.records.applications import Application, Payment
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, MemberId, PaymentId, PermitId
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationState,
    MemberLocation,
    PermitWish,
    Relation,
    School,
)

K, S = DeadlineKind, ApplicationState
MEMBER = MemberId(1)


def due(file: PersonFile, day: date = DAY) -> dict[str, Deadline]:
    found = deadlines(file, day, programme())
    for deadline in found:
        assert tuple(deadline.facts) == DEADLINE_REASONS[deadline.reason]
    return {deadline.reason: deadline for deadline in found}


def lasting(file: PersonFile, day: date) -> set[str]:
    return {item.deadline.reason for item in agenda_of(file, day, programme())}


def a_student(**changes: Any) -> Any:
    values: dict[str, Any] = {
        "birth_date": date(2008, 3, 1),
        "wish": PermitWish.STUDY,
        "school": School.PRIMARY_SECONDARY,
        "location": MemberLocation.ABROAD,
    }
    return a_member(Relation.CHILD, **(values | changes))


def a_member_application(**changes: Any) -> Application:
    values: dict[str, Any] = {
        "id": ApplicationId(2),
        "member_id": MEMBER,
        "code": ApplicationCode.STUDY,
        "cap_year": None,
        "place": None,
    }
    return an_application(**(values | changes))


class TestCaq:
    def test_the_caq_of_a_student_ends_on_its_last_day(self) -> None:
        ends = date(2024, 8, 31)
        found = due(a_file(members=(a_student(caq_until=ends),)))["caq_expires"]
        assert (found.day, found.kind, found.subject_id) == (ends, K.CAQ, MEMBER)

    def test_who_needs_no_caq_has_no_day_for_it(self) -> None:
        free = a_student(caq_until=DAY, location=MemberLocation.QUEBEC, wish=PermitWish.NONE)
        assert "caq_expires" not in due(a_file(members=(free,)))
        stays = a_student(caq_until=DAY, accompanying=False)
        assert "caq_expires" not in due(a_file(members=(stays,)))

    def test_a_study_application_lacks_its_caq_from_its_receipt_until_one_is_recorded(self) -> None:
        asked = a_member_application()
        file = a_file(members=(a_student(),), applications=(asked,))
        assert due(file)["caq_missing"].day == date(2023, 5, 20)
        assert "caq_missing" in lasting(file, date(2025, 1, 1))
        held = a_student(caq_number="Q123")
        assert "caq_missing" not in due(a_file(members=(held,), applications=(asked,)))
        ended = a_member_application(state=S.REFUSED)
        assert "caq_missing" not in due(a_file(members=(a_student(),), applications=(ended,)))


class TestComingOfAge:
    def test_a_child_at_school_without_a_permit_needs_one_at_18(self) -> None:
        at_school = a_student(wish=None, location=MemberLocation.QUEBEC)
        found = due(a_file(members=(at_school,)))["child_needs_study_permit"]
        assert (found.day, found.kind) == (date(2026, 3, 1), K.AGE_18)

    def test_one_who_asks_for_a_permit_just_turns_18(self) -> None:
        found = due(a_file(members=(a_student(location=MemberLocation.QUEBEC),)))
        assert "child_turns_18" in found
        assert "child_needs_study_permit" not in found


class TestPassport:
    def test_a_members_permit_that_runs_longest_ends_on_its_last_day(self) -> None:
        member = a_member()
        asked = an_application(
            S.PERMIT_ISSUED, member_id=MEMBER, code=ApplicationCode.C41, place=None
        )
        again = replace(asked, id=ApplicationId(2))
        first = a_permit(date(2024, 5, 1), application=1)
        longest = replace(a_permit(date(2025, 5, 1), application=2), id=PermitId(7))
        file = a_file(members=(member,), applications=(asked, again), permits=(longest, first))
        found = due(file)["member_permit_expires"]
        assert (found.day, found.kind, found.subject_id) == (date(2025, 5, 1), K.PERMIT, 7)
        assert found.facts == {"member": MEMBER, "permit": 7}
        assert "permit_expires" not in due(file)
        alone = replace(file, members=(replace(member, accompanying=False),))
        assert "member_permit_expires" not in due(alone)

    def test_a_members_passport_matters_while_their_permit_or_application_lives(self) -> None:
        ends = date(2025, 2, 1)
        member = a_member(passport_expiry=ends)
        assert "member_passport_expires" not in due(a_file(members=(member,)))
        work = {"code": ApplicationCode.C41}
        waits = a_file(members=(member,), applications=(a_member_application(**work),))
        found = due(waits)["member_passport_expires"]
        assert (found.day, found.kind, found.subject_id) == (ends, K.PASSPORT, MEMBER)
        issued = a_file(
            members=(member,),
            applications=(a_member_application(**work, state=S.PERMIT_ISSUED),),
            permits=(a_permit(date(2026, 6, 1), application=2),),
        )
        assert "member_passport_expires" in due(issued)
        # Past with the permit, it stays until somebody has seen it.
        assert "member_passport_expires" in due(issued, date(2026, 6, 2))


class TestHolderRefund:
    @pytest.mark.parametrize("state", [S.REFUSED, S.WITHDRAWN])
    def test_the_hundred_comes_back_from_the_decision_on(self, state: ApplicationState) -> None:
        decided = an_application(state, decided_on=date(2023, 5, 30))
        found = due(a_file(applications=(decided,)))["holder_refund_expected"]
        assert (found.day, found.kind, found.facts["amount"]) == (date(2023, 5, 30), K.REFUND, 100)
        assert found.facts["state"] == state.value

    def test_it_is_settled_by_what_came_back(self) -> None:
        refused = an_application(S.REFUSED, decided_on=DAY)
        back = Payment(PaymentId(1), PERSON, "open_permit_holder", 100_00, DAY, refused.id, True)
        file = a_file(applications=(refused,), payments=(back,))
        assert "holder_refund_expected" not in due(file)
        assert "holder_refund_expected" not in due(a_file(applications=(an_application(),)))

    def test_it_stays_until_settled_where_the_office_keeps_the_payments(self) -> None:
        refused, later = an_application(S.REFUSED, decided_on=DAY), date(2024, 6, 1)
        paid = Payment(PaymentId(1), PERSON, "open_permit_holder", 100_00, DAY, refused.id)
        bare = a_file(applications=(refused,))
        assert "holder_refund_expected" in lasting(bare, DAY)
        # Nobody keeps the payments: in a file that is closed it rests once it is past.
        (resting,) = agenda_of(bare, later, programme())
        assert resting.rests
        assert "holder_refund_expected" in lasting(
            a_file(applications=(refused,), payments=(paid,)), later
        )
