# SPDX-License-Identifier: Apache-2.0
"""Where somebody stands in a programme: who qualifies, why not, what is missing, until when.

    stand_of(programme, file, day, figures, permits) -> Stand
    use_of(programme, entries, day) -> PlaceUse | None

Whether somebody qualifies is never stored: it is asked of the file each time. Must not know how a
board looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from imp_plus_desktop.domain.applications.status import latest_application, preparation
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.documents import Presence, held
from imp_plus_desktop.domain.people.need import applies_for_nothing
from imp_plus_desktop.domain.permits.permits import latest_permit
from imp_plus_desktop.domain.programmes.checks import CHECKS, Case, invited_until, permits_of
from imp_plus_desktop.domain.programmes.programme_file import (
    Condition,
    PlaceLimit,
    Places,
    ProgrammeFile,
)
from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.rules.findings import RuleOutcome, Verdict
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import DocumentType, Outcome, RouteState
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.verdict.eligibility import verdict
from imp_plus_desktop.domain.verdict.routes import Asks
from imp_plus_desktop.domain.verdict.routes import Case as RouteCase


class Fit(StrEnum):
    """Whether a file meets what binds: all of it, none known to fail, or something fails."""

    QUALIFIES = "qualifies"
    OPEN = "open"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says to one condition: yes, no, or None while it does not say."""

    condition: Condition
    met: bool | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of somebody under a programme; `state` None: nothing."""

    state: RouteState | None = None
    entry: int | None = None
    invited_on: date | None = None
    filed_on: date | None = None
    decided_on: date | None = None
    number: str | None = None
    permit_until: date | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """One person in one programme. `by` is the last day to file, None once filed or where none is
    known; `lacking` are the papers that the file has not."""

    person: int
    recorded: Recorded
    fit: Fit
    said: tuple[Said, ...]
    lacking: tuple[DocumentType, ...]
    by: date | None

    @property
    def state(self) -> RouteState | None:
        return self.recorded.state

    @property
    def may_file(self) -> bool:
        """Whether nothing has been filed yet."""
        return self.state in (None, RouteState.CONSIDERED)


@dataclass(frozen=True, slots=True)
class PlaceUse:
    """Places of a limit: how many there are, how many of this register's files have one. `left`
    is below zero where more have one than there are."""

    limit: PlaceLimit
    used: int

    @property
    def left(self) -> int:
        return self.limit.limit - self.used


def stand_of(
    programme: ProgrammeFile,
    file: PersonFile,
    day: date,
    figures: Programme,
    permits: Mapping[str, str],
) -> Stand:
    """Where somebody stands on a day. `permits` are the kinds of permit by route."""
    own = None if programme.is_main else entry_of(file, programme.key)
    recorded = _of_applications(file) if programme.is_main else _of_entry(own)
    said = _said(programme, file, day, figures, permits, own)
    may_file = recorded.state in (None, RouteState.CONSIDERED)
    return Stand(
        person=file.person.id,
        recorded=recorded,
        fit=_fit(said),
        said=said,
        lacking=_lacking(programme, file, day) if may_file else (),
        by=_by(programme, file, day, own, permits, said) if may_file else None,
    )


def entry_of(file: PersonFile, key: str) -> OtherRoute | None:
    """What a file has recorded under a programme; of several the one that matters most: what
    waits, then what was granted, then the latest."""
    own = [one for one in file.other_routes if one.route == key]
    rank = {RouteState.FILED: 3, RouteState.CONSIDERED: 2, RouteState.APPROVED: 1}
    return max(
        own, default=None,
        key=lambda one: (
            rank.get(one.state, 0), one.decided_on or one.filed_on or date.min, one.id,
        ),
    )  # fmt: skip


def is_candidate(file: PersonFile, day: date) -> bool:
    """Whether a programme could be of use to somebody at all."""
    return not applies_for_nothing(file.person, day)


def asks(programmes: Iterable[ProgrammeFile], found: Verdict) -> Asks:
    """What a file says to what binds in each programme, by the check's name: for the proposals of
    other routes that go with a verdict."""
    known = {one.key: one for one in programmes}
    rules = {one.rule: one.outcome for one in found.findings}

    def asked(case: RouteCase) -> list[tuple[str, bool | None]]:
        programme = known[case.route.key]
        own = entry_of(case.file, programme.key)
        binding = [one for one in programme.conditions if one.binds]
        said = _asked(binding, programme, case.file, case.day, case.permits, own, rules)
        return [(one.condition.check, one.met) for one in said]

    return asked


def _said(
    programme: ProgrammeFile,
    file: PersonFile,
    day: date,
    figures: Programme,
    permits: Mapping[str, str],
    own: OtherRoute | None,
) -> tuple[Said, ...]:
    rules: Mapping[str, RuleOutcome] = {}
    if any(one.check == "rule" for one in programme.conditions):
        found = verdict(file, day, figures, explained=False)
        rules = {one.rule: one.outcome for one in found.findings}
    return tuple(_asked(programme.conditions, programme, file, day, permits, own, rules))


def _asked(
    conditions: Iterable[Condition],
    programme: ProgrammeFile,
    file: PersonFile,
    day: date,
    permits: Mapping[str, str],
    own: OtherRoute | None,
    rules: Mapping[str, RuleOutcome],
) -> Iterable[Said]:
    days = programme.invitation.days if programme.invitation is not None else None
    for one in conditions:
        case = Case(file, day, one.values, own, days, permits, rules)
        yield Said(one, CHECKS[one.check].run(case))


def _fit(said: Iterable[Said]) -> Fit:
    met = [one.met for one in said if one.condition.binds]
    if False in met:
        return Fit.NOT
    return Fit.OPEN if None in met else Fit.QUALIFIES


def _lacking(programme: ProgrammeFile, file: PersonFile, day: date) -> tuple[DocumentType, ...]:
    return tuple(
        paper.type
        for paper in programme.papers
        if held(file, paper.type, day) is not Presence.YES
    )  # fmt: skip


def _by(
    programme: ProgrammeFile,
    file: PersonFile,
    day: date,
    own: OtherRoute | None,
    permits: Mapping[str, str],
    said: Iterable[Said],
) -> date | None:
    """The last day to file: the earliest of the programme's end, the days after an invitation and
    the end of the permit that a condition rests on."""
    ends = [] if programme.until_day is None else [programme.until_day]
    for one in said:
        values = one.condition.values
        if one.condition.check == "permit_ends" and one.met:
            wanted = values.get("permit", "any")
            kept = [
                held_one.until_day
                for held_one in permits_of(file, permits)
                if held_one.until_day >= day and wanted in ("any", held_one.kind)
            ]
            ends += [max(kept)] if kept else []
    days = programme.invitation.days if programme.invitation is not None else None
    until = invited_until(Case(file, day, {}, own, days))
    return min([*ends, *([until] if until is not None else [])], default=None)


def _of_entry(own: OtherRoute | None) -> Recorded:
    if own is None:
        return Recorded()
    return Recorded(
        own.state, own.id, own.invited_on, own.filed_on, own.decided_on, own.application_number,
        own.valid_until,
    )  # fmt: skip


_OUTCOMES = {
    Outcome.APPROVED: RouteState.APPROVED,
    Outcome.REFUSED: RouteState.REFUSED,
    Outcome.WITHDRAWN: RouteState.WITHDRAWN,
}


def _of_applications(file: PersonFile) -> Recorded:
    """The main programme's state, as the applications of the file tell it."""
    latest = latest_application(file)
    if latest is None:
        known = preparation(file) is not None or bool(file.letters)
        return Recorded(RouteState.CONSIDERED if known else None)
    state = RouteState.FILED
    if latest.outcome is not None:
        state = _OUTCOMES.get(latest.outcome, RouteState.WITHDRAWN)
    permit = latest_permit(file)
    return Recorded(
        state,
        filed_on=toronto_day(latest.received_at) if latest.received_at else None,
        decided_on=latest.decided_on,
        number=latest.application_number,
        permit_until=permit.valid_until if permit is not None else None,
    )


def use_of(programme: ProgrammeFile, entries: Iterable[OtherRoute], day: date) -> PlaceUse | None:
    """The places of this register's files under the limit in force on a day; None without one.

    Each filing takes a place of its own: in the year in which it was filed, or of its decision
    where what is approved counts; where no day is recorded, in the year of the day.
    """
    places = programme.places
    limit = places.limit_on(day) if places is not None else None
    if places is None or limit is None:
        return None
    used = sum(_takes_place(places, one, day) for one in entries)
    return PlaceUse(limit, used)


def _takes_place(places: Places, entry: OtherRoute, day: date) -> bool:
    if entry.state is RouteState.CONSIDERED or entry.state.value in places.given_back:
        return False
    if places.counts == "approved" and entry.state is not RouteState.APPROVED:
        return False
    taken = entry.decided_on if places.counts == "approved" else entry.filed_on
    return places.period == "programme" or (taken or day).year == day.year
