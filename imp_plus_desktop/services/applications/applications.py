# SPDX-License-Identifier: Apache-2.0
"""Applications of the invited people: received, decided, refunded; and their list.

Family applications are received in `services/family/family.py`; their decisions come here
like all others.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from functools import partial

from imp_plus_desktop.domain.applications import status
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.family import family
from imp_plus_desktop.domain.fees import fees
from imp_plus_desktop.domain.quota import quota
from imp_plus_desktop.domain.quota.late_receipts import Holder
from imp_plus_desktop.domain.reads.filters import ApplicationFilter
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import ApplicationRow
from imp_plus_desktop.domain.reads.shapes import Order, order_of
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId, ApplicationId
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.values.calendar import toronto_day, toronto_year
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    Channel,
    Outcome,
)
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.values.identifiers import normalise, row_id
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.verdict import eligibility
from imp_plus_desktop.services.applications import flags, late_receipts
from imp_plus_desktop.services.listing.spelling import spelled
from imp_plus_desktop.services.office import places, row_days, rule_overrides, summary
from imp_plus_desktop.services.office.office import Office, judged_whole
from imp_plus_desktop.services.office.person_file import (
    application_of,
    file_of,
    free_number,
)
from imp_plus_desktop.storage.journal import cap_places
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.reads import figures, lists, lookups, queries

__all__ = ["ApplicationFilter"]


@dataclass(frozen=True, slots=True)
class Reception:
    """An application that IRCC has received. `at` is an aware instant."""

    person_id: int
    at: datetime
    number: str = ""
    kind: ApplicationKind = ApplicationKind.FIRST
    channel: Channel = Channel.ONLINE
    overrides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReceivePreview:
    """What recording a reception would do."""

    findings: tuple[Finding, ...]
    blocked: tuple[Finding, ...]
    would_be_over_cap: bool
    cap_year: int
    remaining: int | None
    held_by: Holder | None = None
    """Whose later receipt holds the place that this one would have had."""


@dataclass(frozen=True, slots=True)
class Received:
    application: ApplicationId
    act: ActId
    cap_year: int
    place: int | None
    outcome: Outcome | None
    findings: tuple[Finding, ...]
    held_by: Holder | None = None
    """Whose later receipt holds the place that this one would have had."""


@dataclass(frozen=True, slots=True)
class Decided:
    application: ApplicationId
    act: ActId
    outcome: Outcome
    findings: tuple[Finding, ...]


def preview_receive(office: Office, reception: Reception) -> ReceivePreview:
    """What the rules say of a reception, without recording it."""
    programme = office.programme()
    file = file_of(office, reception.person_id)
    year, day = toronto_year(reception.at), toronto_day(reception.at)
    use = places.use_of(office, programme, year, day)
    findings = _receive_findings(file, reception, programme, use)
    counted = quota.uses_place(reception.kind, None, ApplicationCode.A76, programme, year, day)
    over_cap = counted and use.is_full
    return ReceivePreview(
        findings,
        rule_overrides.blocking(findings, reception.overrides),
        over_cap,
        year,
        use.remaining,
        late_receipts.holder(office, reception.at) if over_cap else None,
    )


@judged_whole
def receive(office: Office, reception: Reception) -> Received:
    """Record a received application; over the cap it is kept as cancelled over cap.

    Errors: guard.Blocked, DomainError person_not_found, identifier_taken, in_the_future,
    comes_before.
    """
    year = toronto_year(reception.at)
    with office.act("applications.receive") as act:
        programme, file = office.register.together(
            office.programme, partial(file_of, office, reception.person_id)
        )
        row_days.check_course(office, "application", {"received_at": reception.at}, file)
        who = _who_findings(file, reception, programme)
        day = toronto_day(reception.at)
        use, within = places.use_ahead(office, act, programme, year, day)
        findings = who + _place_findings(reception, programme, use)
        rule_overrides.check(findings, reception.overrides)
        begun = status.preparation(file, reception.kind)
        own = begun.id if begun is not None else None
        number = free_number(act, reception.number, own)
        application = own or act.new_id("application")
        taken = places.take(
            office,
            act,
            programme,
            application,
            reception.at,
            reception.kind,
            ApplicationCode.A76,
            use,
            within,
        )
        state = ApplicationState.CANCELLED_OVER_CAP if taken.over_cap else ApplicationState.RECEIVED
        outcome = status.outcome_of(state)
        values: dict[str, object] = {
            "state": state,
            "received_at": reception.at,
            "channel": reception.channel,
            "outcome": outcome,
            "decided_on": toronto_day(reception.at) if taken.over_cap else None,
            "cap_year": year,
            "place": taken.place,
        }
        if number is not None:
            values["application_number"] = number
        _write_received(act, own, application, reception, values)
        act.details.update(rule_overrides.kept(findings, reception.overrides))
        act.details["counts"] = {"over_cap": 1} if taken.over_cap else {"received": 1}
        late = taken.over_cap
        held_by = late_receipts.holder(office, reception.at, application) if late else None
    return Received(
        ApplicationId(application), _id(act), year, taken.place, outcome, tuple(findings), held_by
    )


def _write_received(
    act: Act,
    begun: int | None,
    number: int,
    reception: Reception,
    values: Mapping[str, object],
) -> None:
    """What was being prepared is what was received; else the application begins here."""
    if begun is not None:
        act.update("application", begun, values)
        return
    code = {"code": ApplicationCode.A76, "kind": reception.kind}
    act.insert("application", {**values, **code, "id": number, "person_id": reception.person_id})


def preview_decide(
    office: Office, application_id: int, outcome: Outcome, on: date
) -> tuple[Finding, ...]:
    """What the rules say of a decision, without recording it."""
    application = application_of(office, application_id)
    file = file_of(office, application.person_id)
    return _decide_findings(file, application, outcome, on, office.programme())


@judged_whole
def decide(
    office: Office,
    application_id: int,
    outcome: Outcome,
    on: date,
    overrides: Mapping[str, str] | None = None,
) -> Decided:
    """Record a decision. A returned application gives its place back; no other ever does.

    Errors: DomainError illegal_move, application_not_found, comes_before,
    in_the_future; guard.Blocked.
    """
    with office.act("applications.decide") as act:
        programme = office.programme()
        application = application_of(office, application_id)
        to = ApplicationState(outcome.value)
        if not status.may_move(application.state, to):
            raise Refused("illegal_move", state=application.state.value, to=to.value)
        file = file_of(office, application.person_id)
        row_days.check_course(office, "application", {"decided_on": on}, file, application)
        findings = _decide_findings(file, application, outcome, on, programme)
        rule_overrides.check(findings, overrides or {})
        values: dict[str, object] = {"state": to, "outcome": outcome, "decided_on": on}
        year = application.cap_year if application.place is not None else None
        if year is not None and quota.gives_back(application, outcome, programme, on):
            cap_places.give_back(act, application.id, year, outcome.value, "CAP-05")
            values["place"] = None
        act.update("application", application_id, values)
        act.details.update(rule_overrides.kept(findings, overrides or {}))
        act.details["counts"] = {outcome.value: 1}
    return Decided(application.id, _id(act), outcome, findings)


@judged_whole
def edit(office: Office, application_id: int, application_number: str) -> ActId | None:
    """Record or correct an application's number. Errors: identifier_taken."""
    with office.act("applications.edit") as act:
        application = application_of(office, application_id)
        act.alone()
        number = free_number(act, application_number, application.id)
        act.update("application", application_id, {"application_number": number})
    return act.id


@judged_whole
def log_refund(office: Office, application_id: int, on: date) -> ActId | None:
    """Record that the refund of an over-cap application has arrived (CAP-06).

    Errors: DomainError no_refund_expected, in_the_future, comes_before.
    """
    with office.act("applications.refund") as act:
        application = application_of(office, application_id)
        if application.state is not ApplicationState.CANCELLED_OVER_CAP:
            raise InvalidInput("no_refund_expected")
        day = {"refund_logged_on": on}
        row_days.check_course(office, "application", day, application=application)
        act.update("application", application_id, {"refund_logged_on": on})
    return act.id


def ids(
    office: Office,
    wanted: ApplicationFilter,
    sort: str | Order = "received",
    descending: bool = True,
) -> array[int]:
    """Ids of the applications that match, in order."""
    summary.refresh(office)
    over_cap = flags.over_cap(office).applications if wanted.flagged else ()
    order = spelled(ListKind.APPLICATIONS, order_of(sort, descending))
    found = lists.application_ids(office.register, wanted, order, office.clock.today(), over_cap)
    if wanted.claimed is None:
        return found
    return flags.claimed_applications(office, found, wanted.claimed)


def matching(office: Office, wanted: ApplicationFilter) -> int:
    """How many applications match. Whose findings they are is told by their files."""
    if wanted.claimed is not None:
        return len(ids(office, wanted))
    summary.refresh(office)
    over_cap = flags.over_cap(office).applications if wanted.flagged else ()
    return lists.application_count(office.register, wanted, office.clock.today(), over_cap)


def rows(office: Office, numbers: Sequence[int]) -> list[ApplicationRow]:
    return lists.application_rows(office.register, numbers)


def years(office: Office) -> list[int]:
    """Years that hold something, the latest first."""
    return figures.years_of(office.register)


def count(office: Office) -> int:
    return figures.count(office.register, "application")


def find(office: Office, ref: str) -> ApplicationId:
    """An application by its id or its number. Errors: DomainError application_not_found."""
    key = normalise(ref)
    found, number = lookups.application_with(office.register.db, key), row_id(ref)
    if found is None and number is not None:
        found = number if queries.exists(office.register, "application", number) else None
    if found is None:
        raise InvalidInput("application_not_found")
    return ApplicationId(found)


def _receive_findings(
    file: PersonFile, reception: Reception, programme: Programme, use: quota.CapUse
) -> tuple[Finding, ...]:
    return _who_findings(file, reception, programme) + _place_findings(reception, programme, use)


def _who_findings(
    file: PersonFile, reception: Reception, programme: Programme
) -> tuple[Finding, ...]:
    """What hangs on the file."""
    return eligibility.receive_findings(
        file, reception.at, programme, reception.kind, reception.channel
    )


def _place_findings(
    reception: Reception, programme: Programme, use: quota.CapUse
) -> tuple[Finding, ...]:
    """What hangs on how many places are left."""
    return quota.receipt_findings(reception.at, reception.kind, ApplicationCode.A76, use, programme)


def _decide_findings(
    file: PersonFile,
    application: Application,
    outcome: Outcome,
    on: date,
    programme: Programme,
) -> tuple[Finding, ...]:
    findings = (
        *quota.decision_findings(application, outcome, programme, on),
        fees.fee_02(application, outcome, on, programme),
        *family.decision_findings(file, application, outcome, on, programme),
    )
    if application.member_id is None and outcome is Outcome.REFUSED:
        after = replace(application, state=ApplicationState.REFUSED, outcome=outcome)
        others = tuple(after if a.id == application.id else a for a in file.applications)
        findings += family.refusal_findings(replace(file, applications=others), on)
    return findings


def _id(act: Act) -> ActId:
    return ActId(act.id or 0)
