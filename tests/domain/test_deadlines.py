# SPDX-License-Identifier: Apache-2.0
"""What falls due, for whom, and when it no longer does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from builders import (
    DAY,
    PERSON,
    a_document,
    a_file,
    a_letter,
    a_member,
    a_passport,
    a_permit,
    a_person,
    an_application,
    programme,
)
from hypothesis import given
from hypothesis import strategies as st
from path_builders import a_request

from imp_plus_desktop.domain.deadlines.agenda import AgendaItem, agenda_of, is_closed
from imp_plus_desktop.domain.deadlines.deadlines import (
    DEADLINE_REASONS,
    Deadline,
    DeadlineKind,
    deadlines,
)
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, DeadlineMarkId
from imp_plus_desktop.domain.records.office import DeadlineMark
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    DocumentState,
    DocumentType,
    PrState,
    Relation,
    RequestKind,
)

K, S = DeadlineKind, ApplicationState


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
    # It ended before the permit did: it stays until somebody has seen it.
    assert K.PASSPORT in due(issued, date(2026, 6, 2))


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


@pytest.mark.parametrize(
    ("settled", "status", "kinds"),
    [
        ({}, None, {K.AGE_18, K.AGE_22}),
        ({"landed_on": date(2023, 5, 2)}, None, set()),
        ({"pr_state": PrState.LANDED}, None, set()),
        ({"canada_status": CanadaStatus.PERMANENT_RESIDENT}, None, set()),
        ({"landed_on": date(2023, 5, 2)}, CanadaStatus.STUDENT, {K.AGE_18}),
        ({"pr_state": PrState.APPROVED}, None, {K.AGE_18, K.AGE_22}),
    ],
)
def test_a_family_that_has_landed_waits_for_no_birthday_of_its_children(
    settled: dict[str, Any], status: CanadaStatus | None, kinds: set[DeadlineKind]
) -> None:
    born = date(2010, 3, 1)
    child = a_member(Relation.CHILD, birth_date=born, canada_status=status)
    found = due(a_file(replace(a_person(), **settled), members=(child,)))
    assert found.keys() & {K.AGE_18, K.AGE_22} == kinds


def test_a_refund_is_due_since_receipt_until_it_is_logged() -> None:
    over = {"cap_year": None, "place": None, "received_at": datetime(2023, 5, 21, 3, tzinfo=UTC)}
    waiting = an_application(ApplicationState.CANCELLED_OVER_CAP, **over)
    found = due(a_file(applications=(waiting,)))[K.REFUND]
    assert found.day == date(2023, 5, 20)
    assert found.facts["amount"] == 255
    logged = an_application(ApplicationState.CANCELLED_OVER_CAP, refund_logged_on=DAY, **over)
    assert K.REFUND not in due(a_file(applications=(logged,)))


class TestOnTheWay:
    """Drafts, requests, extensions and restoration."""

    def test_a_draft_is_deleted_after_sixty_days(self) -> None:
        draft = an_application(S.DRAFT, received_at=None, place=None, prepared_on=DAY)
        assert due(a_file(applications=(draft,)))[K.DRAFT].day == date(2023, 7, 31)
        submitted = replace(draft, state=S.SUBMITTED)
        assert K.DRAFT not in due(a_file(applications=(submitted,)))

    def test_a_draft_leaves_the_letter_and_the_csq_waiting(self) -> None:
        draft = an_application(S.DRAFT, received_at=None, place=None, prepared_on=DAY)
        assert {K.LETTER, K.CSQ} <= due(a_file(applications=(draft,))).keys()

    @pytest.mark.parametrize(
        ("kind", "wanted", "days"),
        [
            (RequestKind.BIOMETRICS, K.BIOMETRICS, 30),
            (RequestKind.MEDICAL, K.MEDICAL, 30),
            (RequestKind.DOCUMENTS, K.DOCUMENTS, 30),
        ],
    )
    def test_a_request_falls_due_by_its_usual_term(
        self, kind: RequestKind, wanted: DeadlineKind, days: int
    ) -> None:
        letter = date(2023, 5, 22)
        file = a_file(applications=(an_application(),), requests=(a_request(kind, letter),))
        assert due(file)[wanted].day == letter + timedelta(days=days)
        met = a_request(kind, letter, done_on=DAY, valid_until=None)
        found = due(a_file(applications=(an_application(),), requests=(met,)))
        assert wanted not in found or kind is RequestKind.MEDICAL

    @pytest.mark.parametrize(
        ("kind", "wanted"),
        [
            (RequestKind.FAIRNESS_LETTER, K.FAIRNESS_LETTER),
            (RequestKind.INTERVIEW, K.INTERVIEW),
            (RequestKind.PASSPORT, K.PASSPORT_REQUEST),
            (RequestKind.INTRODUCTION_LETTER, K.INTRODUCTION_LETTER),
        ],
    )
    def test_what_has_no_usual_term_needs_the_day_of_the_letter(
        self, kind: RequestKind, wanted: DeadlineKind
    ) -> None:
        bare = a_file(applications=(an_application(),), requests=(a_request(kind),))
        assert wanted not in due(bare)
        stated = a_request(kind, due_on=date(2023, 7, 1))
        file = a_file(applications=(an_application(),), requests=(stated,))
        assert due(file)[wanted].day == date(2023, 7, 1)

    def test_a_medical_result_must_hold_until_the_entry(self) -> None:
        passed = a_request(RequestKind.MEDICAL, done_on=date(2023, 6, 1))
        file = a_file(applications=(an_application(),), requests=(passed,))
        assert due(file)[K.MEDICAL].reason == "medical_result_ends"
        assert due(file)[K.MEDICAL].day == date(2024, 6, 1)
        entered = replace(file, person=a_person(arrived_on=date(2023, 8, 1)))
        assert K.MEDICAL not in due(entered)

    def test_requests_of_an_ended_application_are_none(self) -> None:
        asked = (a_request(RequestKind.BIOMETRICS),)
        file = a_file(applications=(an_application(S.REFUSED),), requests=asked)
        assert due(file).keys().isdisjoint({K.BIOMETRICS})

    def test_an_extension_is_advised_thirty_days_before_the_end(self) -> None:
        file = a_file(
            a_person(pr_state=PrState.IN_PROCESS),
            applications=(an_application(S.PERMIT_ISSUED),),
            permits=(a_permit(date(2026, 6, 1)),),
        )
        assert due(file)[K.EXTENSION].day == date(2026, 5, 2)
        filed = an_application(id=ApplicationId(2), kind=ApplicationKind.EXTENSION)
        assert K.EXTENSION not in due(replace(file, applications=(*file.applications, filed)))
        approved = replace(file, person=a_person(pr_state=PrState.APPROVED))
        assert K.EXTENSION not in due(approved)

    def test_ninety_days_to_restore_the_status(self) -> None:
        file = a_file(
            applications=(an_application(S.PERMIT_ISSUED),), permits=(a_permit(date(2026, 6, 1)),)
        )
        assert K.RESTORATION not in due(file, date(2026, 6, 1))
        assert due(file, date(2026, 6, 2))[K.RESTORATION].day == date(2026, 8, 30)
        assert K.RESTORATION in due(file, date(2026, 8, 30))
        # Past, it stays until somebody has seen it.
        assert K.RESTORATION in due(file, date(2026, 8, 31))


class TestMarks:
    """What the office says of a deadline."""

    def letter_item(self, *marks: DeadlineMark, day: date = DAY) -> AgendaItem:
        items = agenda_of(a_file(marks=marks), day, programme())
        return next(item for item in items if item.deadline.kind is K.LETTER)

    def a_mark(self, **changes: Any) -> DeadlineMark:
        values: dict[str, Any] = {"day": date(2023, 8, 2), "subject_id": 1}
        values.update(changes)
        return DeadlineMark(DeadlineMarkId(1), PERSON, "letter", **values)

    def test_a_moved_deadline_stands_on_its_new_day_with_the_reason(self) -> None:
        mark = self.a_mark(new_day=date(2023, 7, 20), reason="holidays")
        item = self.letter_item(mark)
        assert (item.day, item.moved_because) == (date(2023, 7, 20), "holidays")
        assert item.deadline.day == date(2023, 8, 2)

    def test_a_seen_deadline_says_when(self) -> None:
        assert self.letter_item(self.a_mark(acknowledged_on=DAY)).acknowledged_on == DAY

    def test_a_mark_on_another_day_or_thing_is_not_its_own(self) -> None:
        for other in (self.a_mark(day=date(2023, 8, 3)), self.a_mark(subject_id=2)):
            other = replace(other, acknowledged_on=DAY)
            assert self.letter_item(other).acknowledged_on is None

    def test_what_nobody_has_seen_stays_and_rests_after_a_year(self) -> None:
        # The letter's last day is 2 August 2023.
        for day, rests in ((date(2024, 8, 1), False), (date(2024, 8, 2), True)):
            assert self.letter_item(day=day).rests is rests

    def test_what_was_seen_goes_thirty_days_after_its_day(self) -> None:
        seen = self.a_mark(acknowledged_on=DAY)
        assert self.letter_item(seen, day=date(2023, 9, 1)).acknowledged_on == DAY
        items = agenda_of(a_file(marks=(seen,)), date(2023, 9, 2), programme())
        assert K.LETTER not in {item.deadline.kind for item in items}

    def test_what_was_settled_leaves_the_agenda(self) -> None:
        settled = self.a_mark(settled_on=DAY)
        items = agenda_of(a_file(marks=(settled,)), DAY, programme())
        assert K.LETTER not in {item.deadline.kind for item in items}

    def test_what_waits_for_something_to_be_done_never_rests(self) -> None:
        asked = (a_request(RequestKind.BIOMETRICS),)
        file = a_file(applications=(an_application(),), requests=asked)
        items = {i.deadline.kind: i for i in agenda_of(file, date(2026, 1, 1), programme())}
        assert not items[K.BIOMETRICS].rests

    def test_a_passport_that_ended_with_the_permit_stays(self) -> None:
        ends = date(2024, 1, 1)
        file = a_file(
            applications=(an_application(S.PERMIT_ISSUED),),
            permits=(a_permit(ends),),
            passports=(a_passport(ends),),
        )
        items = {i.deadline.kind: i for i in agenda_of(file, date(2024, 3, 1), programme())}
        assert not items[K.PASSPORT].rests
        assert not items[K.PERMIT].rests

    def test_a_file_with_pr_is_closed_once_its_permit_is_over(self) -> None:
        ends = date(2024, 1, 1)
        file = a_file(
            a_person(pr_state=PrState.APPROVED),
            applications=(an_application(S.PERMIT_ISSUED),),
            permits=(a_permit(ends),),
        )
        assert not is_closed(file, ends)
        assert is_closed(file, ends + timedelta(days=1))

    def test_a_document_tells_its_own_last_day_where_the_file_does_not(self) -> None:
        ends = date(2023, 7, 1)
        police = a_document(DocumentType.POLICE, DocumentState.RECEIVED, ends)
        found = due(a_file(documents=(police,)))[K.DOCUMENT]
        assert (found.day, found.facts["type"]) == (ends, "police")
        missing = a_document(DocumentType.POLICE, DocumentState.REQUIRED, ends)
        assert K.DOCUMENT not in due(a_file(documents=(missing,)))
        served = a_file(
            documents=(police,),
            applications=(an_application(S.PERMIT_ISSUED),),
            permits=(a_permit(),),
        )
        assert K.DOCUMENT in due(a_file(documents=(police,), applications=(an_application(),)))
        assert K.DOCUMENT not in due(
            replace(served, documents=(replace(police, expires=date(2023, 1, 1)),))
        )


class TestNothingDropsOff:
    """What nobody has seen or settled stays, whatever day it becomes."""

    ENDS = date(2026, 6, 1)
    FILES = (
        a_file(),
        a_file(applications=(an_application(),), requests=(a_request(RequestKind.DOCUMENTS),)),
        a_file(
            applications=(an_application(S.PERMIT_ISSUED),),
            permits=(a_permit(ENDS),),
            passports=(a_passport(date(2027, 1, 1)),),
            documents=(a_document(DocumentType.POLICE, DocumentState.RECEIVED, date(2026, 7, 1)),),
            members=(a_member(Relation.CHILD, birth_date=date(2012, 5, 4)),),
        ),
    )
    KEPT = timedelta(days=365)
    """How long a birthday that has passed is told."""
    TAKEN_OVER = frozenset({K.EXTENSION, K.STATUS})
    """Whose day another one takes over: the permit's own end, the last day to restore."""

    @given(st.sampled_from(FILES), st.dates(DAY, date(2034, 1, 1)), st.integers(0, 4000))
    def test_as_the_days_go_by(self, file: PersonFile, day: date, later: int) -> None:
        before = {
            (item.deadline.kind, item.deadline.subject_id, item.deadline.day)
            for item in agenda_of(file, day, programme())
            if item.deadline.kind not in self.TAKEN_OVER
            and (
                item.deadline.kind not in (K.AGE_18, K.AGE_22)
                or item.day + self.KEPT >= day + timedelta(days=later)
            )
        }
        items = agenda_of(file, day + timedelta(days=later), programme())
        after = {(i.deadline.kind, i.deadline.subject_id, i.deadline.day) for i in items}
        assert before <= after
