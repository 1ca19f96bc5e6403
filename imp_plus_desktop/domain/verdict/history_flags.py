# SPDX-License-Identifier: Apache-2.0
"""What history has against it: applications and permits recorded as they were, and flagged.

Nothing is bent to the rules: a flag is told of the file as it stands, so that a corrected value
takes it away by itself. Pure; which applications are over the cap only their year can tell, and
comes with the call.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from imp_plus_desktop.domain.applications.status import PREPARING
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.people.need import CANADIAN, SETTLED
from imp_plus_desktop.domain.permits.pr_track import day_of
from imp_plus_desktop.domain.quota.quota import uses_place
from imp_plus_desktop.domain.records.applications import Application, Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, PermitId
from imp_plus_desktop.domain.records.office import FlagSettlement
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.residence.residence import CANADA, PROVINCES, QUEBEC
from imp_plus_desktop.domain.rules.findings import FactValue, Finding
from imp_plus_desktop.domain.values.calendar import add_months, toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    FlagCode,
    Outcome,
    PrStage,
    PrState,
)
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.verdict.eligibility import fails_at_receipt

AGAINST_PERMIT = frozenset(
    {Outcome.REFUSED, Outcome.WITHDRAWN, Outcome.RETURNED, Outcome.CANCELLED_OVER_CAP}
)
"""Outcomes of which no permit comes."""

_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class HistoryFlag:
    """One thing that a recorded application, or its permit, has against it.

    `about` is what the flag says, in short: a settlement holds as long as it stays the same.
    `finding` is the rule's own answer, of `RULE_FAILED` alone. `facts` hold days, codes and years.
    """

    code: FlagCode
    application: ApplicationId
    about: str
    permit: PermitId | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    finding: Finding | None = None
    settled: FlagSettlement | None = None

    @property
    def subject_id(self) -> int:
        """What the flag hangs on: the permit, else the application."""
        return self.application if self.permit is None else self.permit

    @property
    def rule(self) -> str | None:
        return None if self.finding is None else self.finding.rule

    @property
    def is_open(self) -> bool:
        return self.settled is None


def flags_of(
    file: PersonFile,
    programme: Programme,
    today: date,
    over_cap: Collection[ApplicationId] = (),
) -> tuple[HistoryFlag, ...]:
    """The flags of a file, open and settled, by application; `over_cap` are those over the cap."""
    if not file.applications:
        return ()
    found = tuple(
        flag
        for application in file.applications
        if application.state not in PREPARING
        for flag in _of_application(file, application, programme, today, over_cap)
    )
    if not found or not file.settlements:
        return found
    settled = {(s.code, s.subject_id, s.about): s for s in file.settlements}
    return tuple(
        replace(flag, settled=settled.get((flag.code, flag.subject_id, flag.about)))
        for flag in found
    )


def open_flags(
    file: PersonFile,
    programme: Programme,
    today: date,
    over_cap: Collection[ApplicationId] = (),
) -> tuple[HistoryFlag, ...]:
    """The flags of a file that nobody has settled."""
    return tuple(flag for flag in flags_of(file, programme, today, over_cap) if flag.is_open)


def over_cap_about(year: int) -> str:
    """What the flag of an application over the cap of a year is about."""
    return str(year)


def _of_application(
    file: PersonFile,
    application: Application,
    programme: Programme,
    today: date,
    over_cap: Collection[ApplicationId],
) -> Iterator[HistoryFlag]:
    number, permits = application.id, file.permits_of(application.id)
    if number in over_cap and application.cap_year is not None:
        year = application.cap_year
        facts: dict[str, FactValue] = {"year": year}
        yield HistoryFlag(FlagCode.OVER_CAP, number, over_cap_about(year), facts=facts)
    if application.received_at is None:
        yield from _without_receipt(file, application, permits, programme)
    else:
        yield from _of_days(application, toronto_day(application.received_at), today)
    if permits and application.outcome in AGAINST_PERMIT:
        outcome = application.outcome.value
        yield HistoryFlag(
            FlagCode.OUTCOME_AGAINST_PERMIT, number, outcome, facts={"outcome": outcome}
        )
    for permit in permits:
        yield from _of_permit(application, permit, programme)
    if application.member_id is None and application.received_at is not None:
        yield from _of_rules(file, application, application.received_at, programme)


def _without_receipt(
    file: PersonFile,
    application: Application,
    permits: tuple[Permit, ...],
    programme: Programme,
) -> Iterator[HistoryFlag]:
    """A decided application whose receipt is not recorded is counted nowhere."""
    outcome = application.outcome
    if outcome is None or application.member_id is not None:
        return
    decided = application.decided_on
    latest = min([day for day in (decided, *(p.valid_from for p in permits)) if day], default=None)
    counted_in = (latest or programme.opened).year
    if not uses_place(application.kind, outcome, application.code, programme, counted_in, latest):
        return
    facts: dict[str, FactValue] = {"year": None, "from_day": None, "until_day": latest}
    earliest = _earliest_receipt(file, programme, latest)
    if latest is not None and earliest <= latest:
        facts["from_day"] = earliest
        facts["year"] = latest.year if earliest.year == latest.year else None
    yield HistoryFlag(FlagCode.RECEIPT_UNKNOWN, application.id, "", facts=facts)


def _earliest_receipt(file: PersonFile, programme: Programme, latest: date | None) -> date:
    """The first day on which an application can have been received: its letter was written."""
    written = [x.letter_date for x in file.letters if latest is None or x.letter_date <= latest]
    return max(programme.opened, max(written, default=programme.opened))


def _of_days(application: Application, received: date, today: date) -> Iterator[HistoryFlag]:
    if received > today:
        yield HistoryFlag(
            FlagCode.RECEIVED_IN_FUTURE,
            application.id,
            received.isoformat(),
            facts={"received_on": received},
        )
    decided = application.decided_on
    if decided is not None and decided < received:
        yield HistoryFlag(
            FlagCode.DECIDED_BEFORE_RECEIVED,
            application.id,
            f"{decided}<{received}",
            facts={"decided_on": decided, "received_on": received},
        )


def _of_permit(
    application: Application, permit: Permit, programme: Programme
) -> Iterator[HistoryFlag]:
    """Longer than its kind's term (PER-01); how long a study permit runs no rule says."""
    if application.code is ApplicationCode.STUDY:
        return
    months = programme.permit_months(application.kind)
    longest = add_months(permit.valid_from, months)
    if permit.valid_until > longest:
        yield HistoryFlag(
            FlagCode.PERMIT_OVER_TERM,
            application.id,
            f"{permit.valid_from}/{permit.valid_until}",
            permit.id,
            {"until": permit.valid_until, "term_end": longest, "months": months},
        )


def _of_rules(
    file: PersonFile, application: Application, received: datetime, programme: Programme
) -> Iterator[HistoryFlag]:
    day = toronto_day(received)
    if rules_hold_at_a_glance(_glanced(file, application), day, programme):
        return
    then = as_of_receipt(file, application)
    for finding in fails_at_receipt(then, application, day, programme):
        yield HistoryFlag(
            FlagCode.RULE_FAILED,
            application.id,
            finding.rule,
            facts={"received_on": day},
            finding=finding,
        )


Glanced = Mapping[str, Any]
"""What a glance looks at, by the names of the import table; what is not known is left out."""


def rules_hold_at_a_glance(known: Glanced | None, day: date, programme: Programme) -> bool:
    """Whether no block rule can have failed of somebody's only application, a first one, on the
    day that it was received.

    Asked of each of many thousands: whatever is not plain is left to the rules themselves, and
    False says no more than that. A test holds it to them.
    """
    if known is None or programme.window_settings:
        return False
    letter = known.get("letter_date")
    if letter is None or not programme.opened <= letter <= programme.last_accepted_letter:
        return False
    since = (day - (known.get("letter_received_date") or letter)).days
    return (
        letter <= day
        and 0 <= since <= programme.letter_window_days
        and known.get("csq_category") not in programme.csq_not_worker
        and CANADIAN not in (known.get("citizenship"), known.get("second_citizenship"))
        and _lives_outside_quebec(known)
        and _csq_ran(known, day, programme)
    )


def _lives_outside_quebec(known: Glanced) -> bool:
    """Whether nothing rules out where somebody lives: abroad, or in another province where nothing
    is recorded of a status in Canada."""
    country = known.get("residence_country")
    if country != CANADA:
        return country is not None
    return known.get("residence_province") in _OTHER_PROVINCES and all(
        known.get(name) is None for name in _OF_STATUS
    )


_OTHER_PROVINCES = PROVINCES - {QUEBEC}
_OF_STATUS = ("canada_status", "canada_status_until", "r206")


def _csq_ran(known: Glanced, day: date, programme: Programme) -> bool:
    expiry, issued = known.get("csq_expiry_date"), known.get("csq_issue_date")
    if expiry is not None:
        return bool(day <= expiry)
    # Months of thirty days: short of any real term.
    least = 30 * min(term.months for term in programme.csq_terms)
    return issued is None or (day - issued).days <= least


def _glanced(file: PersonFile, application: Application) -> Glanced | None:
    """What a glance looks at of a plain file: one application, one letter, one stay."""
    person = file.person
    plain = (
        application.kind is ApplicationKind.FIRST
        and len(file.letters) == 1
        and len(file.residences) == 1
        and person.died_on is None
        and len(file.own_applications) == 1
        and not file.other_routes
    )
    if not plain:
        return None
    letter, stay = file.letters[0], file.residences[0]
    if stay.from_day is not None or stay.until_day is not None:
        return None
    return {
        "letter_date": letter.letter_date,
        "letter_received_date": letter.letter_received_date,
        "residence_country": stay.country,
        "residence_province": stay.province,
        "canada_status": person.canada_status,
        "canada_status_until": person.canada_status_until,
        "r206": person.r206,
        "csq_category": person.csq_category,
        "csq_issue_date": person.csq_issue_date,
        "csq_expiry_date": person.csq_expiry_date,
        "citizenship": person.citizenship,
        "second_citizenship": person.second_citizenship,
    }


def clear_at_a_glance(row: Glanced, programme: Programme, today: date) -> bool:
    """Whether the history that one row of a list tells of somebody new has nothing against it.

    The application is a first one, and the cap left aside. False says only that one must look.
    """
    received = row.get("received_at")
    if received is None or not _UNUSUAL.isdisjoint(row):
        return False
    day, decided = _day_of(received), row.get("decided_on")
    begins, ends = row.get("permit_from"), row.get("permit_until")
    permit = begins is not None or ends is not None or row.get("permit_number") is not None
    if day > today or (decided is not None and decided < day):
        return False
    if permit and row.get("outcome") in AGAINST_PERMIT:
        return False
    if ends is not None and (begins is None or not _within(begins, ends, programme.term_months)):
        return False
    return rules_hold_at_a_glance(row, day, programme)


def member_is_clear(told: Glanced, programme: Programme, today: date) -> bool:
    """Whether a member's new application and its permit have nothing against them; `told` by the
    columns of both. False says only that one must look."""
    received, decided = told.get("received_at"), told.get("decided_on")
    begins, ends = told.get("valid_from"), told.get("valid_until")
    if received is not None:
        day = _day_of(received)
        if day > today or (decided is not None and decided < day):
            return False
    if begins is None or ends is None:
        return True
    months = programme.permit_months(told["kind"])
    return told.get("outcome") not in AGAINST_PERMIT and _within(begins, ends, months)


_UNUSUAL = frozenset({"died_on"})
"""What no list tells of anybody plain."""
_day_of = lru_cache(maxsize=4096)(toronto_day)


def _within(first: date, last: date, months: int) -> bool:
    """Whether `last` is no later than so many months after `first`."""
    between = 12 * (last.year - first.year) + last.month - first.month
    return between < months or (between == months and last.day <= first.day)


def as_of_receipt(file: PersonFile, application: Application) -> PersonFile:
    """The file as it was when an application was received, as far as it tells.

    What came later is left out; so is what is only known as of today (documents, a decision on PR,
    a status for good): nobody knows whether it was so then.
    """
    if application.received_at is None:
        return file
    day, own = toronto_day(application.received_at), _order(application)
    before = tuple(a for a in file.applications if a.id == application.id or _order(a) < own)
    held = {a.id for a in before if a.id != application.id}
    written = tuple(letter for letter in file.letters if letter.letter_date <= day)
    return replace(
        file,
        person=_person_then(file.person, day),
        letters=written or file.letters,
        applications=before,
        permits=tuple(p for p in file.permits if p.application_id in held),
        documents=(),
    )


def _order(application: Application) -> tuple[datetime, int]:
    return application.received_at or _FIRST, application.id


def _person_then(person: Person, day: date) -> Person:
    state, filed = person.pr_state, person.pr_filed_on
    if filed is not None and filed > day:
        state = PrState.NOT_FILED
    elif state not in (None, PrState.NOT_FILED, PrState.IN_PROCESS):
        state = PrState.IN_PROCESS
    status = None if person.canada_status in SETTLED else person.canada_status
    later: dict[str, Any] = {
        stage.field: None
        for stage in PrStage
        if stage is not PrStage.FILED and (day_of(person, stage) or day) > day
    }
    if not later and state is person.pr_state and status is person.canada_status:
        return person
    return replace(person, pr_state=state, canada_status=status, **later)
