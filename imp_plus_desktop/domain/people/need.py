# SPDX-License-Identifier: Apache-2.0
"""Whether somebody needs a permit at all: alive, and a foreign national (ELG-06, ELG-07, FAM-10).

A foreign national is neither a Canadian citizen nor a permanent resident; only a foreign national
needs leave to work or study in Canada (IRPA 2(1), 30(1)).
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.rules.rules import fails, passes
from imp_plus_desktop.domain.values.codes import CanadaStatus, PrState

CANADIAN = "CAN"
SETTLED = frozenset({CanadaStatus.CITIZEN, CanadaStatus.PERMANENT_RESIDENT})
"""Statuses that are for good: they have no last day, and ask for no permit."""


def citizenships(who: Person | Member) -> tuple[str, ...]:
    """The citizenships that are recorded, the first one first."""
    return tuple(code for code in (who.citizenship, who.second_citizenship) if code is not None)


def settled_as(who: Person | Member) -> CanadaStatus | None:
    """Citizen or permanent resident, as far as is recorded; None for anybody else."""
    if CANADIAN in citizenships(who) or who.canada_status is CanadaStatus.CITIZEN:
        return CanadaStatus.CITIZEN
    landed = isinstance(who, Person) and (
        who.pr_state is PrState.LANDED or who.landed_on is not None
    )
    if landed or who.canada_status is CanadaStatus.PERMANENT_RESIDENT:
        return CanadaStatus.PERMANENT_RESIDENT
    return None


def dead_on(person: Person, day: date) -> bool:
    """Whether the person has died by a day."""
    return person.died_on is not None and person.died_on <= day


def applies_for_nothing(person: Person, day: date) -> bool:
    """Whether no permit can be of use to the person any more: dead, or settled in Canada."""
    return dead_on(person, day) or settled_as(person) is not None


def elg_06(person: Person) -> Finding:
    """The person is a foreign national. Source IRPA 2(1), 30(1)."""
    return _foreign("ELG-06", settled_as(person))


def elg_07(person: Person, day: date) -> Finding:
    """The person is alive."""
    if dead_on(person, day):
        return fails("ELG-07", "person_died", fix="close_after_death", on_day=person.died_on)
    return passes("ELG-07", "no_death_recorded")


def fam_10(member: Member) -> Finding:
    """The member is a foreign national. Source IRPA 2(1), 30(1)."""
    return _foreign("FAM-10", settled_as(member))


def _foreign(rule: str, settled: CanadaStatus | None) -> Finding:
    if settled is CanadaStatus.CITIZEN:
        return fails(rule, "canadian_citizen", fix="ask_no_permit")
    if settled is CanadaStatus.PERMANENT_RESIDENT:
        return fails(rule, "permanent_resident", fix="ask_no_permit")
    return passes(rule, "no_permanent_status")
