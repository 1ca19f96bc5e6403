# SPDX-License-Identifier: Apache-2.0
"""The last safe day in Canada, before a move, and for someone who can apply no more, by hand.

`last_safe_days_inland.csv` varies the clean file of `decision_rows.py`, judged on 2023-06-01: a
letter received 2023-05-04 (last day 2023-08-02), a CSQ to 2024-11-02.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from builders import a_file, a_person, an_application, programme
from decision_rows import CLEAN, COLUMNS
from generated import cases
from hypothesis import given, settings

from imp_plus_desktop.domain.deadlines.deadlines import DeadlineKind, deadlines
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.codes import ApplicationState, PrState
from imp_plus_desktop.domain.verdict.eligibility import verdict
from imp_plus_desktop.domain.verdict.safe_day import may_still_apply
from tests.domain.test_decision_table import file_of
from tests.domain.test_flips import files

DAY = date(2023, 6, 1)
TABLE = Path(__file__).with_name("last_safe_days_inland.csv")
ROWS = tuple(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_the_day_is_the_one_worked_by_hand(row: dict[str, str]) -> None:
    file = file_of(dict.fromkeys(COLUMNS, "") | CLEAN | row | {"documents": "residence_proof"})
    found = verdict(file, DAY, programme())
    assert (
        found.last_safe_day,
        found.last_safe_day_because or "",
        found.last_day_without_restoration,
    ) == (_day(row["last_safe_day"]), row["because"], _day(row["without_restoration"]))
    assert sum(limit.binding for limit in found.last_safe_day_chain) == 1


@settings(max_examples=cases(400), deadline=None)
@given(files())
def test_the_day_is_never_past_for_someone_who_is_eligible(case: tuple[PersonFile, date]) -> None:
    file, day = case
    found = verdict(file, day, programme(), explained=False)
    if found.code is VerdictCode.ELIGIBLE:
        assert found.last_safe_day is not None
        assert found.last_safe_day >= day
    if found.last_day_without_restoration is not None:
        assert found.last_safe_day is not None
        assert day <= found.last_day_without_restoration < found.last_safe_day
    if not may_still_apply(file, day, programme()):
        assert found.code is VerdictCode.NOT_ELIGIBLE


@pytest.mark.parametrize(
    "closed",
    [
        a_file(a_person(pr_state=PrState.REFUSED)),
        a_file(a_person(pr_state=PrState.APPROVED)),
        a_file(applications=(an_application(ApplicationState.REFUSED),)),
        a_file(a_person(csq_category="family")),
    ],
    ids=["PR refused", "PR approved", "letter used", "family CSQ"],
)
def test_the_agenda_asks_nobody_to_use_a_letter_who_cannot(closed: PersonFile) -> None:
    def kinds(file: PersonFile) -> set[DeadlineKind]:
        return {found.kind for found in deadlines(file, DAY, programme())}

    assert DeadlineKind.LETTER in kinds(a_file())
    assert DeadlineKind.LETTER not in kinds(closed)


def _status_days(case: str, **changes: str) -> list[tuple[str, date]]:
    """The agenda's lines about the status of somebody in Ontario, on 2023-06-01."""
    ontario = {"residence": "CAN-ON", "status": "worker", "application": case}
    file = file_of(dict.fromkeys(COLUMNS, "") | CLEAN | ontario | changes)
    kinds = (DeadlineKind.STATUS, DeadlineKind.RESTORATION)
    found = deadlines(file, DAY, programme())
    return [(one.reason, one.day) for one in found if one.kind in kinds]


def test_the_agenda_follows_the_status_through_what_was_asked_for_and_its_refusal() -> None:
    ended = {"status_until": "2023-05-01"}
    assert _status_days("", status_until="2023-07-01") == [("status_ends", date(2023, 7, 1))]
    assert _status_days("", **ended) == [("restoration_ends", date(2023, 7, 30))]
    asked = "route:filed filed=2023-04-20"
    assert _status_days(asked, **ended) == [], "maintained: no end is in sight"
    refused = "route:refused filed=2023-04-20 decided=2023-05-20"
    assert _status_days(refused, **ended) == [("restoration_ends", date(2023, 8, 18))]
    given = "route:approved filed=2023-04-20 decided=2023-05-20 until=2024-05-20"
    assert _status_days(given, **ended) == [("other_permit_ends", date(2024, 5, 20))]


def test_a_status_means_nothing_abroad_nor_to_a_permanent_resident() -> None:
    ended = {"status_until": "2023-05-01"}
    assert _status_days("", residence="MAR", **ended) == []
    assert _status_days("", pr_state="approved", **ended) == []
    assert _status_days("", status="claimant", status_until="2023-07-01") == []
