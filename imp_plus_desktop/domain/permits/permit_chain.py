# SPDX-License-Identifier: Apache-2.0
"""A person's permits as a chain: gaps, overlaps, the days lost, and breaches of their place.

Must not compute a permit's own end: `permits.py` does.
"""

from __future__ import annotations

from datetime import date, timedelta

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.permits.permits import passport_expiry, per_02, per_03
from imp_plus_desktop.domain.records.applications import Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.residence.residence import CANADA, QUEBEC, residence_on
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.rules.rules import fails, passes, unknown
from imp_plus_desktop.domain.values.calendar import add_months, toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationKind
from imp_plus_desktop.domain.values.programme import Programme


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A permit and how it follows the one before.

    `gap_days` and `overlap_days` count whole days between the two; at most one is above zero.
    `kept_status`: the gap lies after an extension that was filed in time (R186(u)).
    """

    permit: Permit
    gap_days: int = 0
    overlap_days: int = 0
    kept_status: bool = False


@dataclass(frozen=True, slots=True)
class LostDays:
    """What a short permit costs, and what would win it back.

    `days` short of the full term; `full_until` the term's own end; `winnable` how many of them
    one extension can bring at most; `file_by` its last day, `advised_by` its advised one.
    `passport_needed_until` is how long a passport must run for all of that, `new_passport`
    whether one that runs longer than the permit is recorded already.
    """

    permit: Permit
    days: int
    full_until: date
    winnable: int
    file_by: date
    advised_by: date
    passport_needed_until: date
    new_passport: bool


def chain(file: PersonFile) -> tuple[ChainLink, ...]:
    """The person's own permits in the order of their first days."""
    permits = sorted(file.own_permits, key=lambda p: (p.valid_from, p.valid_until, p.id))
    links: list[ChainLink] = []
    reached: date | None = None
    for permit in permits:
        if reached is None:
            links.append(ChainLink(permit))
        else:
            between = (permit.valid_from - reached).days - 1
            links.append(
                ChainLink(
                    permit,
                    gap_days=max(0, between),
                    overlap_days=max(0, -between),
                    kept_status=between > 0 and _filed_by(file, permit, reached),
                )
            )
        reached = permit.valid_until if reached is None else max(reached, permit.valid_until)
    return tuple(links)


def lost_days(file: PersonFile, permit: Permit, programme: Programme) -> LostDays | None:
    """What the passport has cost a permit; None when the passport did not cut it."""
    if permit.lost_to_passport <= 0:
        return None
    full_until = permit.valid_until + timedelta(days=permit.lost_days)
    longest = add_months(permit.valid_until, programme.permit_months(ApplicationKind.EXTENSION))
    needed = min(full_until, longest)
    ahead = programme.clock("extension_advice", permit.valid_until).length
    expiry = passport_expiry(file)
    return LostDays(
        permit,
        permit.lost_days,
        full_until,
        (needed - permit.valid_until).days,
        permit.valid_until,
        permit.valid_until - timedelta(days=ahead),
        needed,
        expiry is not None and expiry > permit.valid_until,
    )


def breach_findings(file: PersonFile, day: date) -> tuple[Finding, ...]:
    """PER-02 for whoever holds a Quebec permit on a day: work and address stay in Quebec. A76.

    Work or a home outside Canada is no breach of a Canadian permit. Empty without a permit.
    """
    permit = running_permit(file, day)
    if permit is None or permit.province != QUEBEC:
        return ()
    return (_work(file, day), *_address(file, permit, day))


def outside_quebec(file: PersonFile, day: date) -> bool:
    """Whether work or address has left Quebec while a Quebec permit runs."""
    return any(f.facts.get("province") for f in breach_findings(file, day))


def recorded_findings(file: PersonFile, day: date) -> tuple[Finding, ...]:
    """PER-02 and PER-03 of the person's running permit as recorded, and its breaches."""
    permit = running_permit(file, day)
    if permit is None:
        return ()
    application = next(a for a in file.own_applications if a.id == permit.application_id)
    return (
        per_02(permit.province, permit.location_condition),
        per_03(file, application, permit.issued or permit.valid_from, permit.occupation_condition),
        *breach_findings(file, day),
    )


def running_permit(file: PersonFile, day: date) -> Permit | None:
    """The person's own permit that covers a day, the one that runs longest."""
    running = [p for p in file.own_permits if p.valid_from <= day <= p.valid_until]
    return max(running, key=lambda p: (p.valid_until, p.id), default=None)


def _work(file: PersonFile, day: date) -> Finding:
    for work in file.employments:
        begun = work.from_day is None or work.from_day <= day
        running = begun and (work.until_day is None or day <= work.until_day)
        if running and work.country == CANADA and work.province not in (None, QUEBEC):
            return fails(
                "PER-02",
                "work_outside_quebec",
                fix="check_work_place",
                province=work.province,
                from_day=work.from_day,
            )
    return passes("PER-02", "work_not_outside_quebec")


def _address(file: PersonFile, permit: Permit, day: date) -> tuple[Finding, ...]:
    found = residence_on(file, day)
    stay = found.residence
    if stay is None or stay.country != CANADA or stay.province in (None, QUEBEC):
        return ()
    if stay.from_day is not None and stay.from_day >= permit.valid_from:
        return (
            fails(
                "PER-02",
                "address_outside_quebec",
                fix="check_address",
                province=stay.province,
                from_day=stay.from_day,
            ),
        )
    # Recorded before the permit began: the move to Quebec may only lack its entry.
    return (unknown("PER-02", "address_in_quebec_not_recorded", fix="record_residence"),)


def _filed_by(file: PersonFile, permit: Permit, last_day: date) -> bool:
    """Whether the application of a permit was received before the permit before it ended."""
    application = next((a for a in file.applications if a.id == permit.application_id), None)
    return (
        application is not None
        and application.kind is ApplicationKind.EXTENSION
        and application.received_at is not None
        and toronto_day(application.received_at) <= last_day
    )
