# SPDX-License-Identifier: Apache-2.0
"""What waits in a file, and from which day on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import a_document, a_file, a_member, a_passport, a_person, an_application, programme

from imp_plus_desktop.domain.deadlines.agenda import AgendaItem, agenda_of
from imp_plus_desktop.domain.deadlines.deadlines import DeadlineKind
from imp_plus_desktop.domain.deadlines.waiting import LEVELS, has_short_passport, waiting_codes
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.calendar import add_months, birthday, toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationState, DocumentType, PrState, Relation
from imp_plus_desktop.domain.values.programme import Programme


def waits(file: PersonFile, on: date, told: Programme | None = None) -> tuple[str, ...]:
    asked = told or programme()
    return waiting_codes(file, agenda_of(file, on, asked), on, asked)


def ends(file: PersonFile, kind: DeadlineKind, on: date) -> date:
    items: Iterable[AgendaItem] = agenda_of(file, on, programme())
    return next(item.day for item in items if item.deadline.kind is kind)


@pytest.mark.parametrize(("days", "due"), [(60, 59), (30, 29), (61, 60)])
def test_a_decision_is_to_be_looked_for_so_many_days_after_the_receipt(days: int, due: int) -> None:
    file = a_file(applications=(an_application(),))
    received = toronto_day(file.applications[0].received_at)
    told = replace(programme(), decision_due_days=days)
    assert "decisions_due" in waits(file, received + timedelta(days=days), told)
    assert "decisions_due" not in waits(file, received + timedelta(days=due), told)


def test_sixty_days_and_half_a_year_are_the_practice_that_is_shipped() -> None:
    assert (programme().decision_due_days, programme().child_ahead_days) == (60, 180)


@pytest.mark.parametrize("days", [180, 90])
def test_a_birthday_ahead_waits_while_an_application_does(days: int) -> None:
    child = a_member(Relation.CHILD, birth_date=date(2001, 12, 10), accompanying=True)
    file = a_file(applications=(an_application(),), members=(child,))
    told = replace(programme(), child_ahead_days=days)
    turns = birthday(date(2001, 12, 10), programme().child_age)
    assert "children_22" in waits(file, turns - timedelta(days=days), told)
    assert "children_22" in waits(file, turns, told)
    assert "children_22" not in waits(file, turns - timedelta(days=days + 1), told)
    assert "children_22" not in waits(file, turns + timedelta(days=1), told)
    decided = replace(file, applications=(an_application(ApplicationState.APPROVED),))
    assert "children_22" not in waits(decided, turns, told)


def test_a_letter_waits_in_its_last_week() -> None:
    file = a_file()
    last = ends(file, DeadlineKind.LETTER, date(2023, 6, 1))
    assert "letters_7" in waits(file, last)
    assert "letters_7" in waits(file, last - timedelta(days=7))
    assert "letters_7" not in waits(file, last - timedelta(days=8))


def test_a_proof_of_pr_waits_until_it_is_there() -> None:
    file = a_file(
        a_person(pr_state=PrState.IN_PROCESS, pr_filed_on=date(2023, 4, 1)),
        applications=(an_application(),),
    )
    on = date(2023, 6, 1)
    assert "pr_proof_missing" in waits(file, on)
    given = replace(file, documents=(a_document(DocumentType.PR_PROOF),))
    assert "pr_proof_missing" not in waits(given, on)


def test_a_passport_is_short_when_it_ends_within_the_term_of_a_permit() -> None:
    on = date(2023, 6, 1)
    enough = add_months(on, programme().term_months)
    short = a_file(passports=(a_passport(enough - timedelta(days=1)),))
    assert has_short_passport(short, programme(), on)
    assert not has_short_passport(a_file(passports=(a_passport(enough),)), programme(), on)
    assert "passports_short" in waits(short, on)


def test_every_line_that_can_wait_has_its_weight() -> None:
    file = a_file(applications=(an_application(ApplicationState.ACTION_REQUIRED),))
    assert set(waits(file, date(2024, 6, 1))) <= LEVELS.keys()
    assert "action_required" in waits(file, date(2024, 6, 1))
