# SPDX-License-Identifier: Apache-2.0
"""What of a file waits for somebody, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from builders import (
    DAY,
    PERSON,
    a_document,
    a_file,
    a_member,
    a_permit,
    a_person,
    an_application,
    programme,
)

from imp_plus_desktop.domain.deadlines.agenda import agenda_of
from imp_plus_desktop.domain.deadlines.waiting import waiting_codes
from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, OtherRouteId
from imp_plus_desktop.domain.values.calendar import noon_in_toronto
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    DocumentState,
    DocumentType,
    PrState,
    Relation,
    RouteState,
)

ISSUED = ApplicationState.PERMIT_ISSUED


def codes(file: PersonFile, day: date = DAY) -> set[str]:
    return set(waiting_codes(file, agenda_of(file, day, programme()), day, programme()))


@pytest.mark.parametrize(("days", "due"), [(59, False), (60, True), (61, True)])
def test_a_decision_is_due_sixty_days_after_receipt(days: int, due: bool) -> None:
    received = noon_in_toronto(DAY - timedelta(days=days))
    file = a_file(applications=(an_application(received_at=received),))
    assert ("decisions_due" in codes(file)) is due


@pytest.mark.parametrize(
    ("turns_in", "accompanying", "counts"),
    [
        (-1, True, False),
        (0, True, True),
        (180, True, True),
        (181, True, False),
        (90, None, True),
        (90, False, False),
    ],
)
def test_a_child_soon_22_counts_from_half_a_year_before_to_the_day(
    turns_in: int, accompanying: bool | None, counts: bool
) -> None:
    turns = DAY + timedelta(days=turns_in)
    child = a_member(
        Relation.CHILD, birth_date=turns.replace(year=turns.year - 22), accompanying=accompanying
    )
    file = a_file(members=(child,), applications=(an_application(),))
    assert ("children_22" in codes(file)) is counts


def test_a_spouse_of_that_age_and_a_file_without_an_application_do_not_count() -> None:
    born = DAY.replace(year=DAY.year - 22)
    spouse, child = (
        a_member(relation, birth_date=born) for relation in (Relation.SPOUSE, Relation.CHILD)
    )
    assert "children_22" not in codes(a_file(members=(spouse,), applications=(an_application(),)))
    assert "children_22" not in codes(a_file(members=(child,)))


@pytest.mark.parametrize(
    ("state", "missing"),
    [(None, True), (DocumentState.REQUIRED, True), (DocumentState.RECEIVED, False)],
)
def test_the_proof_of_pr_is_missing_until_it_is_received(
    state: DocumentState | None, missing: bool
) -> None:
    documents = () if state is None else (a_document(DocumentType.PR_PROOF, state),)
    filed = a_person(pr_state=PrState.IN_PROCESS, pr_filed_on=date(2023, 5, 2))
    file = a_file(filed, applications=(an_application(),), documents=documents)
    assert ("pr_proof_missing" in codes(file)) is missing
    assert "pr_proof_missing" not in codes(a_file(applications=(an_application(),)))


ENDED = DAY - timedelta(days=1)


def a_route(state: RouteState, until: date | None) -> OtherRoute:
    return OtherRoute(OtherRouteId(1), PERSON, "a73", state, valid_until=until)


@pytest.mark.parametrize(
    ("route", "waits"),
    [
        (None, True),
        (a_route(RouteState.REFUSED, None), True),
        (a_route(RouteState.APPROVED, ENDED), True),
        (a_route(RouteState.APPROVED, DAY), False),
        (a_route(RouteState.FILED, None), False),
    ],
)
def test_an_ended_permit_waits_unless_another_route_takes_it_up(
    route: OtherRoute | None, waits: bool
) -> None:
    routes = () if route is None else (route,)
    file = a_file(
        applications=(an_application(ISSUED),), permits=(a_permit(ENDED),), other_routes=routes
    )
    assert ("permits_ended" in codes(file)) is waits


def test_an_ended_permit_waits_no_more_once_an_extension_is_filed_or_pr_is_approved() -> None:
    held = {"applications": (an_application(ISSUED),), "permits": (a_permit(ENDED),)}
    assert "permits_ended" in codes(a_file(**held))
    assert "permits_ended" not in codes(a_file(a_person(pr_state=PrState.APPROVED), **held))
    extension = an_application(id=ApplicationId(2), kind=ApplicationKind.EXTENSION, place=None)
    filed = {**held, "applications": (an_application(ISSUED), extension)}
    assert "permits_ended" not in codes(a_file(**filed))
