# SPDX-License-Identifier: Apache-2.0
"""The stages of permanent residence: which is reached, what the state becomes, what comes of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from builders import a_file, a_permit, a_person, an_application, programme
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.deadlines.agenda import agenda_of
from imp_plus_desktop.domain.deadlines.deadlines import DeadlineKind
from imp_plus_desktop.domain.letters.csq import pr_state
from imp_plus_desktop.domain.people.need import applies_for_nothing
from imp_plus_desktop.domain.permits import pr_track
from imp_plus_desktop.domain.permits.pr_track import STAGES
from imp_plus_desktop.domain.privacy.retention import Closing, Policy, clock_of
from imp_plus_desktop.domain.values.codes import ApplicationState, Outcome, PrStage, PrState
from imp_plus_desktop.domain.verdict.history_flags import as_of_receipt

DAY = date(2026, 11, 20)
FILED = date(2024, 3, 1)


def held(**changes: object):  # type: ignore[no-untyped-def]
    """A file with a permit that runs until next year."""
    application = an_application(state=ApplicationState.PERMIT_ISSUED, outcome=Outcome.APPROVED)
    person = a_person(pr_state=PrState.IN_PROCESS, pr_filed_on=FILED, **changes)
    return a_file(person, applications=(application,), permits=(a_permit(date(2027, 3, 1)),))


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({"pr_state": None}, None),
        ({"pr_state": PrState.NOT_FILED}, None),
        ({"pr_state": PrState.REFUSED, "pr_medical_on": FILED}, None),
        ({"pr_state": PrState.WITHDRAWN, "pr_filed_on": FILED}, None),
        ({"pr_state": PrState.IN_PROCESS}, PrStage.FILED),
        ({"pr_state": None, "pr_number": "E123456789"}, PrStage.FILED),
        ({"pr_state": None, "pr_acknowledged_on": FILED}, PrStage.ACKNOWLEDGED),
        ({"pr_state": PrState.IN_PROCESS, "pr_medical_on": FILED}, PrStage.MEDICAL),
        ({"pr_state": PrState.APPROVED, "pr_medical_on": FILED}, PrStage.CONFIRMED),
        ({"pr_state": PrState.IN_PROCESS, "pr_confirmed_on": DAY}, PrStage.CONFIRMED),
        ({"pr_state": PrState.REFUSED, "landed_on": DAY}, PrStage.LANDED),
        ({"pr_state": PrState.LANDED, "died_on": DAY}, None),
    ],
)
def test_the_furthest_stage_is_told_by_days_or_by_the_state_alone(
    facts: dict[str, object], stage: PrStage | None
) -> None:
    assert pr_track.reached(a_person(**facts)) is stage


def test_recording_stages_one_by_one_leads_from_filed_to_landed() -> None:
    person = a_person(pr_state=PrState.NOT_FILED)
    said = [pr_track.state_after(person, stage, DAY) for stage in STAGES]
    assert said == [*[PrState.IN_PROCESS] * 6, PrState.APPROVED, PrState.LANDED]
    landed = a_person(pr_state=PrState.LANDED, landed_on=DAY, pr_confirmed_on=DAY)
    assert pr_track.state_after(landed, PrStage.LANDED, None) is PrState.APPROVED
    alone = a_person(pr_state=PrState.LANDED, landed_on=DAY)
    assert pr_track.state_after(alone, PrStage.LANDED, None) is PrState.IN_PROCESS
    refused = a_person(pr_state=PrState.REFUSED)
    assert pr_track.state_after(refused, PrStage.MEDICAL, DAY) is PrState.REFUSED


@given(st.dictionaries(st.sampled_from(STAGES), st.dates(FILED, DAY)))
def test_a_later_stage_never_takes_one_back(days: dict[PrStage, date]) -> None:
    person = a_person(pr_state=PrState.IN_PROCESS)
    told = {stage.field: day for stage, day in days.items()}
    person = a_person(pr_state=pr_track.state_with(person, told), **told)
    reached = pr_track.reached(person)
    assert reached is not None
    assert STAGES.index(reached) == max((STAGES.index(s) for s in days), default=0)
    assert (pr_state(person) is PrState.LANDED) == (PrStage.LANDED in days)


def test_biometrics_serve_ten_years_and_the_medical_result_one() -> None:
    person = a_person(pr_biometrics_on=date(2025, 2, 3), pr_medical_on=date(2026, 1, 15))
    assert pr_track.biometrics_until(person, programme()) == date(2035, 2, 3)
    assert pr_track.medical_until(person, programme()) == date(2027, 1, 15)
    assert pr_track.biometrics_until(a_person(), programme()) is None


def test_the_medical_result_is_a_deadline_until_the_landing() -> None:
    file = held(pr_medical_on=date(2026, 1, 15))
    (due,) = [
        item
        for item in agenda_of(file, DAY, programme())
        if item.deadline.reason == "pr_medical_ends"
    ]
    assert (due.day, due.deadline.kind) == (date(2027, 1, 15), DeadlineKind.MEDICAL)


def test_a_landing_closes_the_file_and_its_deadlines_rest() -> None:
    before = held(pr_medical_on=date(2026, 1, 15))
    after = held(pr_medical_on=date(2026, 1, 15), landed_on=date(2026, 11, 1))
    assert {item.deadline.kind for item in agenda_of(before, DAY, programme())} >= {
        DeadlineKind.PERMIT,
        DeadlineKind.MEDICAL,
    }
    assert agenda_of(after, DAY, programme()) == ()
    assert applies_for_nothing(after.person, DAY)
    clock = clock_of(after, Policy(), programme(), DAY)
    assert (clock.needed, clock.closed) == ((), (date(2026, 11, 1), Closing.LANDING))
    assert clock_of(before, Policy(), programme(), DAY).closed is None


def test_what_came_after_a_receipt_is_not_known_on_its_day() -> None:
    file = held(pr_acknowledged_on=date(2024, 6, 1), landed_on=date(2026, 11, 1))
    application = file.applications[0]
    assert application.received_at is not None
    day = application.received_at.date()
    late = held(pr_acknowledged_on=day + timedelta(days=9), landed_on=day + timedelta(days=30))
    then = as_of_receipt(late, application).person
    assert (then.pr_acknowledged_on, then.landed_on) == (None, None)
    assert not applies_for_nothing(then, day)
