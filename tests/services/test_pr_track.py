# SPDX-License-Identifier: Apache-2.0
"""Stages of permanent residence recorded, counted, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import office_builders as build
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from new_registers import new_office
from office_builders import TODAY, invite

from imp_plus_desktop.domain.permits import pr_track as rules
from imp_plus_desktop.domain.permits.pr_track import STAGES
from imp_plus_desktop.domain.reads.filters import Scope
from imp_plus_desktop.domain.values.codes import PersonStatus, PrStage, PrState
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import past_day
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import endings, pr_track

FILED = date(2022, 2, 1)


def holder(office: Office, number: int = 1) -> int:
    """Somebody with a permit that ends in a month, whose PR is under way."""
    values = {"pr_state": "in_process", "pr_filed_on": FILED.isoformat()}
    application = build.an_approved(office, number, **values)
    build.issue(office, application, until=TODAY + timedelta(days=30))
    return int(people.find(office, f"C100000{number}"))


def kinds(office: Office) -> set[str]:
    return {row.kind for row in deadlines.agenda(office)}


def test_each_stage_is_an_act_with_its_day_and_the_state_follows(office: Office) -> None:
    person = invite(office, pr_state="not_filed")
    done = pr_track.record(office, person, PrStage.FILED, FILED)
    assert (done.state, done.misdated) == (PrState.IN_PROCESS, ())
    acknowledged = pr_track.record(
        office, person, PrStage.ACKNOWLEDGED, date(2022, 7, 1), "e 123 456 789"
    )
    known = people.file(office, person).person
    assert (known.pr_number, known.pr_acknowledged_on) == ("E123456789", date(2022, 7, 1))
    assert pr_track.record(office, person, PrStage.ACKNOWLEDGED, date(2022, 7, 1)).act is None
    history.undo(office, acknowledged.act)
    known = people.file(office, person).person
    assert (known.pr_number, known.pr_acknowledged_on) == (None, None)
    assert known.pr_filed_on == FILED


def test_a_landing_closes_the_file_and_undoing_it_wakes_the_deadlines(office: Office) -> None:
    person = holder(office)
    assert "permit" in kinds(office)
    assert len(endings.endings(office)) == 1
    landed = pr_track.record(office, person, PrStage.LANDED, TODAY)
    assert landed.state is PrState.LANDED
    assert kinds(office) == set()
    assert endings.endings(office) == []
    row = people.row(office, person)
    assert row is not None
    assert row.status is PersonStatus.CLOSED
    assert any(event.kind == "landed" for event in people.timeline(office, person))
    history.undo(office)
    assert "permit" in kinds(office)
    assert people.file(office, person).person.pr_state is PrState.IN_PROCESS
    assert len(endings.endings(office)) == 1


def test_a_stage_is_taken_back_by_name_and_the_state_with_it(office: Office) -> None:
    person = holder(office)
    pr_track.record(office, person, PrStage.CONFIRMED, TODAY)
    pr_track.record(office, person, PrStage.LANDED, TODAY)
    assert pr_track.record(office, person, PrStage.LANDED, None).state is PrState.APPROVED
    assert pr_track.record(office, person, PrStage.CONFIRMED, None).state is PrState.IN_PROCESS
    lines = pr_track.stages(office, person)
    assert [line.stage for line in lines if line.behind] == [PrStage.FILED]


@pytest.mark.parametrize(
    ("stage", "day", "code"),
    [
        (PrStage.MEDICAL, TODAY + timedelta(days=1), "in_the_future"),
        (PrStage.LANDED, date(1950, 1, 1), "bad_value"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_nothing_changes(
    office: Office, stage: PrStage, day: date, code: str
) -> None:
    person = holder(office)
    before = people.file(office, person)
    with pytest.raises(DomainError) as caught:
        pr_track.record(office, person, stage, day)
    assert caught.value.code == code
    assert people.file(office, person) == before


def test_an_unreadable_number_is_refused_and_a_day_out_of_order_is_kept_and_told(
    office: Office,
) -> None:
    person = holder(office)
    with pytest.raises(DomainError) as caught:
        pr_track.record(office, person, PrStage.ACKNOWLEDGED, TODAY, "no number")
    assert caught.value.code == "bad_value"
    early = pr_track.record(office, person, PrStage.ACKNOWLEDGED, date(2022, 1, 1))
    assert [one.beside for one in early.misdated] == ["pr_filed_on"]


def test_a_stage_that_is_typed_as_a_field_says_the_state_too(office: Office) -> None:
    person = holder(office)
    people.edit(office, person, {"landed_on": TODAY.isoformat()})
    assert people.file(office, person).person.pr_state is PrState.LANDED
    people.edit(office, person, {"landed_on": "", "pr_state": "in_process"})
    known = people.file(office, person).person
    assert (known.landed_on, known.pr_state) == (None, PrState.IN_PROCESS)


def test_a_file_of_an_earlier_day_has_the_stages_of_that_day(office: Office) -> None:
    person = holder(office)
    next_day = TODAY + timedelta(days=1)
    later = replace(office, clock=replace(office.clock, day=next_day))
    pr_track.record(later, person, PrStage.LANDED, next_day)
    before = past_day.as_of(later, person, TODAY)
    lines = pr_track.stages(before, person)
    assert [line.stage for line in lines if line.behind] == [PrStage.FILED]
    assert all(line.behind for line in pr_track.stages(later, person))


def test_the_usual_waits_are_the_office_s_own_and_ten_files_make_them(office: Office) -> None:
    for number in range(1, 10):
        person = invite(office, number, pr_state="in_process", pr_filed_on=FILED.isoformat())
        pr_track.record(office, person, PrStage.ACKNOWLEDGED, FILED + timedelta(days=100 + number))
    board = {one.stage: one for one in pr_track.board(office)}
    assert board[PrStage.ACKNOWLEDGED].wait is None
    person = invite(office, 10, pr_state="in_process", pr_filed_on=FILED.isoformat())
    pr_track.record(office, person, PrStage.ACKNOWLEDGED, FILED + timedelta(days=600))
    board = {one.stage: one for one in pr_track.board(office)}
    assert board[PrStage.ACKNOWLEDGED].wait == (106, 10)
    assert board[PrStage.MEDICAL].wait is None
    assert (board[PrStage.FILED].reached, board[PrStage.FILED].here) == (10, 0)
    assert (board[PrStage.ACKNOWLEDGED].reached, board[PrStage.ACKNOWLEDGED].here) == (10, 10)
    found = pr_track.people_at(office, PrStage.ACKNOWLEDGED)
    assert len(found) == 10
    assert len(pr_track.people_at(office, PrStage.ACKNOWLEDGED, Scope(clerk="Nobody"))) == 0


FACTS = {
    "pr_state": st.sampled_from([None, *PrState]),
    "pr_number": st.sampled_from([None, "E123456789"]),
    "died_on": st.sampled_from([None, TODAY]),
    **{stage.field: st.sampled_from([None, TODAY]) for stage in STAGES},
}


@pytest.mark.long
@settings(max_examples=40, deadline=None)
@given(st.lists(st.fixed_dictionaries(FACTS), min_size=1, max_size=12))
def test_counting_all_at_once_says_what_each_file_says(
    tmp_path_factory: pytest.TempPathFactory, people_facts: list[dict[str, object]]
) -> None:
    office = new_office(tmp_path_factory.mktemp("track") / "r.imp", TODAY)
    try:
        ids = [invite(office, number) for number in range(1, len(people_facts) + 1)]
        with office.act("people.edit") as act:
            for person, facts in zip(ids, people_facts, strict=True):
                act.update("person", person, facts)
        for stage in STAGES:
            there = [p for p in ids if rules.reached(people.file(office, p).person) is stage]
            assert list(pr_track.people_at(office, stage)) == there
    finally:
        office.close()
