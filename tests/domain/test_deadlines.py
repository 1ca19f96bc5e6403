# SPDX-License-Identifier: Apache-2.0
"""What falls due, for whom, and when it no longer does."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from builders import (
    DAY,
    a_file,
    a_letter,
    a_member,
    a_passport,
    a_permit,
    a_person,
    an_application,
    programme,
)

from imp_plus_desktop.domain.deadlines import DEADLINE_REASONS, Deadline, DeadlineKind, deadlines
from imp_plus_desktop.domain.values import ApplicationState, PersonFile, PrState, Relation

K = DeadlineKind


def due(file: PersonFile, day: date = DAY) -> dict[DeadlineKind, Deadline]:
    found = deadlines(file, day, programme())
    for deadline in found:
        assert tuple(deadline.facts) == DEADLINE_REASONS[deadline.reason]
    return {deadline.kind: deadline for deadline in found}


def test_a_person_who_has_not_applied_has_the_letter_and_the_csq() -> None:
    found = due(a_file())
    assert found.keys() == {K.LETTER, K.CSQ}
    assert found[K.LETTER].day == date(2023, 8, 2)
    assert found[K.LETTER].days_left(DAY) == 62
    assert found[K.CSQ].day == date(2024, 11, 2)


def test_the_earliest_comes_first() -> None:
    found = deadlines(a_file(), DAY, programme())
    assert [deadline.kind for deadline in found] == [K.LETTER, K.CSQ]


def test_the_letter_waits_no_more_once_used_and_again_once_returned() -> None:
    assert K.LETTER not in due(a_file(applications=(an_application(),)))
    returned = an_application(ApplicationState.RETURNED)
    assert K.LETTER in due(a_file(applications=(returned,)))
    assert K.LETTER not in due(a_file(letters=(a_letter(date(2025, 1, 16)),)))


def test_a_csq_kept_alive_by_pr_is_no_deadline() -> None:
    assert K.CSQ not in due(a_file(a_person(pr_state=PrState.IN_PROCESS)))
    assert K.CSQ in due(a_file(a_person(pr_state=None)))


def test_a_passport_matters_while_a_permit_or_an_application_lives() -> None:
    assert K.PASSPORT not in due(a_file())
    assert K.PASSPORT in due(a_file(applications=(an_application(),)))
    issued = a_file(
        applications=(an_application(ApplicationState.PERMIT_ISSUED),),
        permits=(a_permit(date(2026, 6, 1)),),
        passports=(a_passport(date(2025, 3, 3)),),
    )
    assert due(issued)[K.PASSPORT].day == date(2025, 3, 3)
    assert due(issued)[K.PERMIT].day == date(2026, 6, 1)
    assert K.PASSPORT not in due(issued, date(2026, 6, 2))


@pytest.mark.parametrize(
    ("relation", "accompanying", "born", "kinds"),
    [
        (Relation.CHILD, True, date(2010, 3, 1), {K.AGE_18, K.AGE_22}),
        (Relation.CHILD, None, date(2003, 3, 1), {K.AGE_22}),
        (Relation.CHILD, False, date(2010, 3, 1), set()),
        (Relation.CHILD, True, None, set()),
        (Relation.SPOUSE, True, date(2010, 3, 1), set()),
    ],
)
def test_children_who_come_along_have_their_birthdays(
    relation: Relation, accompanying: bool | None, born: date | None, kinds: set[DeadlineKind]
) -> None:
    member = a_member(relation, accompanying=accompanying, birth_date=born)
    assert due(a_file(members=(member,))).keys() - {K.LETTER, K.CSQ} == kinds


def test_a_refund_is_due_since_receipt_until_it_is_logged() -> None:
    over = {"cap_year": None, "place": None, "received_at": datetime(2023, 5, 21, 3, tzinfo=UTC)}
    waiting = an_application(ApplicationState.CANCELLED_OVER_CAP, **over)
    found = due(a_file(applications=(waiting,)))[K.REFUND]
    assert found.day == date(2023, 5, 20)
    assert found.facts["amount"] == 255
    logged = an_application(ApplicationState.CANCELLED_OVER_CAP, refund_logged_on=DAY, **over)
    assert K.REFUND not in due(a_file(applications=(logged,)))
