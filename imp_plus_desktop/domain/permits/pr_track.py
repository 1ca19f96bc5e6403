# SPDX-License-Identifier: Apache-2.0
"""The way of an application for permanent residence, stage by stage, as the office records it.

    day_of(person, PrStage.MEDICAL)     the recorded day, None where there is none
    reached(person)                     the furthest stage, None where nothing is recorded
    state_after(person, stage, day)     the state that a stage being recorded or taken back says
    biometrics_until, medical_until     until when what was given there holds

The stages stand in the order in which they usually come; a later one says that those before are
behind, recorded or not. Must not write anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from imp_plus_desktop.domain.letters.csq import pr_filed, pr_state
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.values.codes import PrStage, PrState
from imp_plus_desktop.domain.values.programme import Programme

STAGES = tuple(PrStage)
_BEFORE_A_DECISION = frozenset({None, PrState.NOT_FILED, PrState.IN_PROCESS})
_BY_STATE: Mapping[PrState, PrStage] = {
    PrState.LANDED: PrStage.LANDED,
    PrState.APPROVED: PrStage.CONFIRMED,
}


def day_of(person: Person, stage: PrStage) -> date | None:
    """The day that is recorded of a stage."""
    return cast("date | None", getattr(person, stage.field))


def reached(person: Person) -> PrStage | None:
    """The furthest stage, by its day or by the state alone; None where nothing was filed, or
    what was has ended without a landing, or the person has died."""
    state = pr_state(person)
    if not pr_filed(person) or state is PrState.REFUSED or person.died_on is not None:
        return None
    told = _BY_STATE.get(state) if state is not None else None
    dated = [stage for stage in STAGES if day_of(person, stage) is not None]
    return max((*dated, told or PrStage.FILED), key=STAGES.index)


def state_after(person: Person, stage: PrStage, day: date | None) -> PrState | None:
    """The state once a stage has its day, or has none any more."""
    state = person.pr_state
    if day is None:
        return _taken_back(person, stage)
    if stage is PrStage.LANDED:
        return PrState.LANDED
    if stage is PrStage.CONFIRMED and state in _BEFORE_A_DECISION:
        return PrState.APPROVED
    if state in (None, PrState.NOT_FILED):
        return PrState.IN_PROCESS
    return state


def state_with(person: Person, typed: Mapping[str, object]) -> PrState | None:
    """The state once these fields are stored; what is typed of the state itself stands."""
    for stage in STAGES:
        if stage.field in typed and typed[stage.field] is not None:
            day = cast(date, typed[stage.field])
            person = replace(person, pr_state=state_after(person, stage, day))
    return person.pr_state


def _taken_back(person: Person, stage: PrStage) -> PrState | None:
    state = person.pr_state
    if stage is PrStage.LANDED and state is PrState.LANDED:
        confirmed = person.pr_confirmed_on is not None
        return PrState.APPROVED if confirmed else PrState.IN_PROCESS
    if stage is PrStage.CONFIRMED and state is PrState.APPROVED:
        return PrState.IN_PROCESS
    return state


def is_acknowledged(person: Person) -> bool:
    """Whether IRCC has acknowledged the application, by the day or by the number it then gave."""
    return person.pr_acknowledged_on is not None or (person.pr_number or "").upper().startswith("E")


def biometrics_until(person: Person, programme: Programme) -> date | None:
    """Until when the biometrics given for PR serve again. Source IRPR 12.7."""
    given = person.pr_biometrics_on
    return None if given is None else programme.clock_end("biometrics_reuse", given)


def medical_until(person: Person, programme: Programme) -> date | None:
    """Until when the medical result for PR holds. Source CVMED."""
    seen = person.pr_medical_on
    return None if seen is None else programme.clock_end("medical_result", seen)


def medical_needed_until(person: Person, programme: Programme) -> date | None:
    """The same while it must still hold: PR is under way and the person has not landed."""
    under_way = pr_state(person) in (PrState.IN_PROCESS, PrState.APPROVED)
    return medical_until(person, programme) if under_way else None
