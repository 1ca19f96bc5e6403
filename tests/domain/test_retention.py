# SPDX-License-Identifier: Apache-2.0
"""For how long a file is kept: from the day that closed it, never below the floor (PRV-01); and
what an incident still lacks (PRV-03)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import PERSON, a_file, a_letter, a_permit, a_person, an_application, programme

from imp_plus_desktop.domain.privacy.incidents import Incident, Item, missing
from imp_plus_desktop.domain.privacy.retention import (
    Clock,
    Closing,
    OfficeKind,
    Open,
    Policy,
    clock_of,
)
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import LegalHoldId
from imp_plus_desktop.domain.records.office import LegalHold
from imp_plus_desktop.domain.values.codes import ApplicationState, Outcome, PrState

TODAY = date(2031, 1, 1)
REFUSED: dict[str, Any] = {
    "state": ApplicationState.REFUSED,
    "outcome": Outcome.REFUSED,
    "decided_on": date(2024, 2, 29),
}


def clock(file: PersonFile, policy: Policy | None = None, today: date = TODAY) -> Clock:
    return clock_of(file, policy or Policy(), programme(), today)


def refused(**changes: Any) -> PersonFile:
    application = an_application(**REFUSED)
    return a_file(letters=(a_letter(),), applications=(application,), **changes)


def test_five_years_run_from_the_decision_and_end_on_its_day() -> None:
    found = clock(refused())
    assert (found.needed, found.closed) == ((), (date(2024, 2, 29), Closing.DECISION))
    assert (found.floor, found.due) == (date(2029, 2, 28), date(2029, 3, 1))
    assert not found.is_due(date(2029, 2, 28))
    assert found.is_due(date(2029, 3, 1))


def test_the_latest_day_that_closes_a_file_counts() -> None:
    file = replace(refused(), permits=(a_permit(date(2026, 6, 1)),))
    assert clock(file).closed == (date(2026, 6, 1), Closing.PERMIT_END)
    unused = a_file(letters=(a_letter(),), applications=())
    assert clock(unused).closed == (date(2023, 8, 2), Closing.LETTER_END)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (a_file(applications=(an_application(state=ApplicationState.RECEIVED),)), "application"),
        (replace(refused(), permits=(a_permit(TODAY),)), "permit"),
        (replace(refused(), person=a_person(pr_state=PrState.IN_PROCESS)), "pr"),
    ],
)
def test_a_file_that_is_needed_has_no_end(file: PersonFile, why: str) -> None:
    found = clock(file)
    assert found.needed == (Open(why),)
    assert (found.closed, found.floor, found.due) == (None, None, None)


def test_a_letter_that_may_be_used_keeps_a_file_open_until_its_last_day() -> None:
    file = a_file(letters=(a_letter(),), applications=())
    assert clock(file, today=date(2023, 8, 2)).needed == (Open.LETTER,)
    assert clock(file, today=date(2023, 8, 3)).needed == ()


@pytest.mark.parametrize(
    ("kind", "ceiling", "floor", "due"),
    [
        (None, None, date(2029, 2, 28), date(2029, 3, 1)),
        (OfficeKind.CONSULTANT, 7, date(2029, 2, 28), date(2031, 3, 1)),
        (OfficeKind.ENTERPRISE, None, None, None),
        (OfficeKind.PUBLIC_BODY, 2, None, date(2026, 3, 1)),
    ],
)
def test_the_floor_is_a_consultant_s_and_the_ceiling_the_office_s(
    kind: OfficeKind | None, ceiling: int | None, floor: date | None, due: date | None
) -> None:
    found = clock(refused(), Policy(kind, ceiling))
    assert (found.floor, found.due) == (floor, due)


def test_a_hold_counts_until_it_is_lifted() -> None:
    hold = LegalHold(LegalHoldId(1), PERSON, "litige", date(2024, 3, 1))
    assert clock(refused(holds=(hold,))).hold == hold
    lifted = replace(hold, lifted_on=date(2025, 1, 1))
    assert clock(refused(holds=(lifted,))).hold is None


def test_a_file_of_which_no_day_is_known_never_falls_due() -> None:
    found = clock(a_file(letters=(), applications=()))
    assert (found.needed, found.closed, found.due) == ((), None, None)


WHOLE = Incident(
    1, TODAY, "names", "lost", "May", "June", "about 3", serious=False, risk="none", measures="x"
)


def test_an_incident_has_eight_items_and_each_that_is_missing_is_named() -> None:
    assert missing(Incident(1, TODAY)) == tuple(Item)
    assert missing(WHOLE) == ()
    assert missing(replace(WHOLE, serious=None)) == (Item.RISK, Item.NOTICES)


def test_notices_are_due_where_the_injury_may_be_serious_and_only_there() -> None:
    serious = replace(WHOLE, serious=True)
    assert missing(serious) == (Item.NOTICES,)
    told = replace(serious, commission_told_on=TODAY, people_told_on=TODAY, public_notice="none")
    assert missing(told) == ()
