# SPDX-License-Identifier: Apache-2.0
"""The table of moves and the person's status."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from builders import DAY, a_document, a_file, a_permit, a_person, an_application, programme

from imp_plus_desktop.domain.applications.status import (
    MOVES,
    NAMED,
    PREPARING,
    WAITING,
    filed_applications,
    is_open,
    latest_application,
    may_move,
    next_states,
    outcome_of,
    preparation,
)
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    DocumentState,
    DocumentType,
    Outcome,
    PersonStatus,
    PrState,
)
from imp_plus_desktop.domain.verdict.eligibility import verdict
from imp_plus_desktop.domain.verdict.person_status import person_status

S = ApplicationState
COMPLETE = tuple(
    a_document(type_) for type_ in (DocumentType.CSQ, DocumentType.LETTER, DocumentType.INTENT)
)


def status(file: PersonFile, day: date = DAY, cap_is_full: bool = False) -> PersonStatus:
    return person_status(file, verdict(file, day, programme()), cap_is_full, day)


def test_every_reachable_state_has_a_way_on_or_an_outcome() -> None:
    assert MOVES.keys() == set(S)
    for state in S:
        assert is_open(state) is (bool(MOVES[state]) and state is not S.REFUSED)
        assert is_open(state) or outcome_of(state) is not None


def test_nothing_leaves_a_final_state_and_nothing_moves_into_over_cap() -> None:
    for state in S:
        assert not may_move(state, S.CANCELLED_OVER_CAP)
        assert may_move(S.REFUSED, state) is (state is S.IN_PROCESS), "reopened after review"
    assert may_move(S.RECEIVED, S.RETURNED)
    assert may_move(S.APPROVED, S.WITHDRAWN)
    assert not may_move(S.APPROVED, S.REFUSED)
    assert outcome_of(S.PERMIT_ISSUED) is Outcome.APPROVED


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (S.RECEIVED, PersonStatus.APPLIED),
        (S.APPROVED, PersonStatus.APPROVED),
        (S.REFUSED, PersonStatus.REFUSED),
        (S.WITHDRAWN, PersonStatus.WITHDRAWN),
        (S.RETURNED, PersonStatus.RETURNED),
        (S.CANCELLED_OVER_CAP, PersonStatus.OVER_CAP),
        (S.PERMIT_ISSUED, PersonStatus.CLOSED),
    ],
)
def test_the_latest_application_says_where_a_person_stands(
    state: S, expected: PersonStatus
) -> None:
    older = an_application(
        S.RETURNED,
        id=ApplicationId(9),
        received_at=datetime(2023, 1, 1, tzinfo=UTC),
    )
    assert status(a_file(applications=(older, an_application(state)))) is expected


def test_a_permit_that_runs_outranks_everything_to_its_last_day() -> None:
    extension = an_application(
        S.REFUSED,
        id=ApplicationId(2),
        kind=ApplicationKind.EXTENSION,
        received_at=datetime(2026, 5, 1, tzinfo=UTC),
    )
    file = a_file(
        applications=(an_application(S.PERMIT_ISSUED), extension),
        permits=(a_permit(date(2026, 6, 1)),),
    )
    assert status(file, date(2026, 6, 1)) is PersonStatus.PERMIT
    assert status(file, date(2026, 6, 2)) is PersonStatus.REFUSED


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"documents": COMPLETE}, PersonStatus.READY),
        ({}, PersonStatus.INVITED),
        ({"documents": COMPLETE, "letters": ()}, PersonStatus.INVITED),
        (
            {"documents": (*COMPLETE[:2], a_document(DocumentType.INTENT, DocumentState.REQUIRED))},
            PersonStatus.INVITED,
        ),
        # The CSQ still runs: somebody weighs whether to apply.
        ({"person": a_person(pr_state=PrState.WITHDRAWN)}, PersonStatus.INVITED),
        ({"person": a_person(pr_state=PrState.WITHDRAWN), "letters": ()}, PersonStatus.CLOSED),
        ({"person": a_person(pr_state=PrState.APPROVED)}, PersonStatus.CLOSED),
    ],
)
def test_without_an_application_a_person_is_invited_ready_or_closed(
    changes: dict[str, Any], expected: PersonStatus
) -> None:
    assert status(a_file(**changes)) is expected


def test_nobody_is_ready_once_the_cap_is_full() -> None:
    assert status(a_file(documents=COMPLETE), cap_is_full=True) is PersonStatus.INVITED


def test_what_ircc_never_received_is_dropped_and_not_withdrawn() -> None:
    for state in PREPARING:
        assert not any(may_move(state, to) for to in S if outcome_of(to) is not None)
        assert may_move(state, S.RECEIVED)


def test_every_open_state_of_a_received_application_may_be_decided() -> None:
    for state in WAITING:
        for decided in (S.APPROVED, S.REFUSED, S.WITHDRAWN, S.RETURNED):
            assert may_move(state, decided)
        assert not may_move(state, S.RECEIVED)


def test_only_states_that_need_no_more_than_a_name_can_be_named() -> None:
    for state in S:
        assert set(next_states(state)) <= set(NAMED)
        assert set(next_states(state)) <= MOVES[state]
    assert next_states(S.DRAFT) == (S.READY,)
    assert next_states(S.APPROVED) == (S.LETTER_LAPSED,)


def test_a_draft_leaves_the_person_where_they_stand() -> None:
    draft = an_application(S.DRAFT, received_at=None, place=None, a76_wording=True)
    assert status(a_file(documents=COMPLETE, applications=(draft,))) is PersonStatus.READY
    refused = an_application(S.REFUSED)
    again = an_application(S.DRAFT, id=ApplicationId(2), received_at=None, place=None)
    file = a_file(applications=(again, refused))
    assert status(file) is PersonStatus.REFUSED
    assert latest_application(file) is refused
    assert preparation(file) is again
    assert filed_applications(file) == (refused,)
