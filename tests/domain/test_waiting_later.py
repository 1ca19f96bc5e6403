# SPDX-License-Identifier: Apache-2.0
"""What ends and what waits once letters have ended: permits, the family's, passports, PR, money."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from builders import a_file, a_member, a_passport, a_permit, a_person, an_application, programme

from imp_plus_desktop.domain.deadlines.agenda import agenda_of
from imp_plus_desktop.domain.deadlines.waiting import ENDS, LEVELS, waiting_codes
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import PermitId
from imp_plus_desktop.domain.records.papers import Note
from imp_plus_desktop.domain.values.codes import ApplicationState, Outcome, PrState

DAY = date(2026, 11, 20)
_ISSUED = {"state": ApplicationState.PERMIT_ISSUED, "outcome": Outcome.APPROVED}


def codes(file: PersonFile) -> set[str]:
    return set(waiting_codes(file, agenda_of(file, DAY, programme()), DAY, programme()))


def holder(until: date, **parts: object) -> PersonFile:
    person = parts.pop("person", a_person(pr_state=PrState.NOT_FILED))
    applications = (an_application(**_ISSUED), *parts.pop("applications", ()))  # type: ignore[misc]
    permits = (a_permit(until), *parts.pop("permits", ()))  # type: ignore[misc]
    return a_file(person, applications=applications, permits=permits, **parts)


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (0, {"permits_30", "permits_90"}),
        (30, {"permits_30", "permits_90"}),
        (31, {"permits_90"}),
        (90, {"permits_90"}),
        (91, set()),
        (-1, {"permits_ended"}),
    ],
)
def test_a_permit_is_told_by_how_near_its_end_is(left: int, told: set[str]) -> None:
    near = codes(holder(DAY + timedelta(days=left)))
    assert near & {"permits_30", "permits_90", "permits_ended"} == told


def test_a_passport_is_too_short_for_what_follows_a_year_after_the_permit() -> None:
    until = DAY + timedelta(days=60)
    short = until.replace(year=until.year + 1) - timedelta(days=1)
    assert "passports_next" in codes(holder(until, passports=(a_passport(short),)))
    enough = (a_passport(short + timedelta(days=1)),)
    assert "passports_next" not in codes(holder(until, passports=enough))
    later = DAY + timedelta(days=91)
    assert "passports_next" not in codes(holder(later, passports=(a_passport(later),)))


def test_a_permit_of_the_family_that_ends_earlier_is_told_while_it_runs() -> None:
    theirs = an_application(id=2, member_id=1, **_ISSUED)

    def family(until: date) -> PersonFile:
        return holder(
            DAY + timedelta(days=200), members=(a_member(id=1),),
            applications=(theirs,), permits=(replace(a_permit(until, 2), id=PermitId(2)),),
        )  # fmt: skip

    assert "family_shorter" in codes(family(DAY + timedelta(days=199)))
    assert "family_shorter" not in codes(family(DAY + timedelta(days=200)))
    assert "family_shorter" not in codes(family(DAY - timedelta(days=1)))


@pytest.mark.parametrize(
    ("facts", "waits"),
    [
        ({"pr_filed_on": date(2026, 5, 1)}, True),
        ({"pr_filed_on": date(2026, 5, 1), "pr_number": "X1234567"}, True),
        ({"pr_filed_on": date(2026, 5, 1), "pr_number": "E123456789"}, False),
        ({"pr_filed_on": date(2026, 5, 1), "pr_acknowledged_on": date(2026, 9, 1)}, False),
    ],
)
def test_an_acknowledgement_is_waited_for_until_its_day_or_its_number(
    facts: dict[str, object], waits: bool
) -> None:
    person = a_person(pr_state=PrState.IN_PROCESS, **facts)
    found = codes(holder(DAY + timedelta(days=400), person=person))
    assert ("pr_acknowledgement" in found) == waits


@pytest.mark.parametrize(("days", "again"), [(200, False), (274, False), (275, True), (500, True)])
def test_a_medical_exam_is_to_repeat_within_three_months_of_its_end(days: int, again: bool) -> None:
    seen = DAY - timedelta(days=days)
    person = a_person(pr_state=PrState.IN_PROCESS, pr_filed_on=date(2024, 1, 1), pr_medical_on=seen)
    found = codes(holder(DAY + timedelta(days=400), person=person))
    assert ("medical_again" in found) == again
    assert "requests_late" not in found, "IRCC has asked for nothing"


def test_a_reminder_waits_from_its_day_on_whatever_became_of_the_file() -> None:
    def noted(day: date, **facts: object) -> PersonFile:
        note = Note(1, 1, "Rappeler", datetime(2026, 11, 1, tzinfo=UTC), remind_on=day)  # type: ignore[arg-type]
        return a_file(a_person(**facts), notes=(note,))

    assert "reminders_due" in codes(noted(DAY))
    assert "reminders_due" not in codes(noted(DAY + timedelta(days=1)))
    assert "reminders_due" in codes(noted(DAY, pr_state=PrState.LANDED))


def test_what_ends_is_apart_from_what_waits() -> None:
    assert LEVELS.keys() >= ENDS
    assert {"refunds_due", "reminders_due", "pr_acknowledgement", "requests_late"}.isdisjoint(ENDS)
