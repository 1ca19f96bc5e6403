# SPDX-License-Identifier: Apache-2.0
"""The stages of permanent residence: recorded one by one, counted, and how long each has taken.

    record(office, person, PrStage.MEDICAL, day)      None as the day takes a stage back
    stages(office, person)                            one person's, in order
    board(office)                                     who stands where, and the usual waits

A landing closes the file: what it still asked of the person rests, and wakes when it is undone.
"""

from __future__ import annotations

from array import array
from datetime import date
from itertools import pairwise
from statistics import median

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.date_order import Misdated
from imp_plus_desktop.domain.permits import pr_track
from imp_plus_desktop.domain.permits.pr_track import STAGES
from imp_plus_desktop.domain.reads.filters import EVERYBODY, Scope
from imp_plus_desktop.domain.records.catalogue import FIELDS
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.codes import PrStage, PrState
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.office import person_file, row_days
from imp_plus_desktop.services.office.office import Office, judged_first
from imp_plus_desktop.storage.reads.permanent import stages as reads

_ENOUGH = 10
"""Fewer files say nothing of how long IRCC takes."""

Waits = dict[PrStage, tuple[int, int]]
"""By stage: the median of days since the one before, and of how many files it is."""


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage of one person. `until` is the last day on which what was given there holds."""

    stage: PrStage
    day: date | None
    behind: bool
    until: date | None = None


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many people have reached a stage and how many stand there now; `wait` is the median of
    days since the stage before and of how many files it is, None with too few of them."""

    stage: PrStage
    reached: int
    here: int
    wait: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording a stage changed; `act` is None where nothing did."""

    act: ActId | None
    stage: PrStage
    on: date | None
    state: PrState | None
    misdated: tuple[Misdated, ...] = ()


@judged_first
def record(
    office: Office, person_id: int, stage: PrStage, on: date | None, number: str = ""
) -> Recorded:
    """Record the day of a stage, and the number of the application where one comes with it; the
    state follows. None as the day takes the stage back.

    Errors: DomainError person_not_found, bad_value, in_the_future.
    """
    with office.act("permits.pr_stage") as act:
        file = person_file.file_of(office, person_id)
        person = file.person
        state = pr_track.state_after(person, stage, on)
        values: dict[str, object] = {stage.field: on, "pr_state": state}
        if number.strip():
            values["pr_number"] = _number(office, number)
        misdated = wrong_days(office, file, stage, on)
        for one in misdated:
            if one.stops_a_hand:
                row_days.refuse(one)
        act.update("person", person_id, values)
    return Recorded(act.id, stage, on, state, misdated)


def stages(office: Office, person_id: int) -> tuple[StageLine, ...]:
    """Every stage of one person. Errors: DomainError person_not_found."""
    return stages_of(office, person_file.file_of(office, person_id))


def stages_of(office: Office, file: PersonFile) -> tuple[StageLine, ...]:
    """Every stage of a file, in order."""
    person, programme = file.person, office.programme()
    reached = pr_track.reached(person)
    last = -1 if reached is None else STAGES.index(reached)
    holds = {
        PrStage.BIOMETRICS: pr_track.biometrics_until(person, programme),
        PrStage.MEDICAL: pr_track.medical_until(person, programme),
    }
    return tuple(
        StageLine(stage, pr_track.day_of(person, stage), place <= last, holds.get(stage))
        for place, stage in enumerate(STAGES)
    )


def board(office: Office, scope: Scope = EVERYBODY) -> tuple[StageCount, ...]:
    """Each stage: who has reached it, who stands there, and the usual wait."""
    here, known = reads.counts(office.register, scope), waits(office)
    counted, reached = [], 0
    for stage in reversed(STAGES):
        reached += here.get(stage, 0)
        counted.append(StageCount(stage, reached, here.get(stage, 0), known.get(stage)))
    return tuple(reversed(counted))


def people_at(office: Office, stage: PrStage, scope: Scope = EVERYBODY) -> array[int]:
    """The people who stand at a stage now."""
    return reads.people_at(office.register, scope, stage)


def waits(office: Office) -> Waits:
    """How long each stage took after the one before in the office's own files: the median in
    days, of how many. A stage with too few is left out."""
    found: dict[PrStage, list[int]] = {}
    for days in reads.days(office.register):
        for place, (before, after) in enumerate(pairwise(days), start=1):
            if before is not None and after is not None and after >= before:
                found.setdefault(STAGES[place], []).append((after - before).days)
    return {
        stage: (round(median(some)), len(some))
        for stage, some in found.items()
        if len(some) >= _ENOUGH
    }


def _number(office: Office, text: str) -> object:
    from imp_plus_desktop.services.fields import typed_fields  # what reads lists: not for the start

    typed, problems = typed_fields.parse_all(office, {"pr_number": text})
    for problem in problems:
        raise InvalidInput("bad_value", field=problem.field, issue=problem.code, **problem.facts)
    return typed["pr_number"]


def wrong_days(
    office: Office, file: PersonFile, stage: PrStage, on: date | None
) -> tuple[Misdated, ...]:
    """What is wrong with a stage's day beside the other days of the person."""
    own = {field.name: getattr(file.person, field.name) for field in FIELDS["person"]}
    told = {**own, stage.field: on}
    return row_days.misdated(office, "person", told, file, touched=(stage.field,))
