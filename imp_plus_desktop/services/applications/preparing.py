# SPDX-License-Identifier: Apache-2.0
"""An application on its way: prepared in the office, ready, submitted, then IRCC's own steps.

Moves that need no more than a name and a day; a receipt, a decision and a permit have services of
their own. Every move is one of the table in `domain/applications/status.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.applications import status
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.quota import quota
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.ids import ActId, ApplicationId
from imp_plus_desktop.domain.rules.findings import Finding, Severity
from imp_plus_desktop.domain.values.calendar import noon_in_toronto, toronto_day, toronto_year
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    Channel,
)
from imp_plus_desktop.domain.values.errors import Refused
from imp_plus_desktop.domain.verdict import eligibility
from imp_plus_desktop.services.office import person_file, places, row_days, rule_overrides
from imp_plus_desktop.services.office.office import Office, judged_first

_S = ApplicationState


@dataclass(frozen=True, slots=True)
class Prepared:
    application: ApplicationId
    act: ActId


@dataclass(frozen=True, slots=True)
class Moved:
    application: ApplicationId
    act: ActId | None
    state: ApplicationState
    findings: tuple[Finding, ...] = ()


@judged_first
def prepare(
    office: Office,
    person_id: int,
    on: date,
    kind: ApplicationKind = ApplicationKind.FIRST,
    channel: Channel = Channel.ONLINE,
) -> Prepared:
    """Begin a person's application: a draft, which the portal deletes after 60 days (VCC).

    Errors: DomainError person_not_found, already_preparing, in_the_future.
    """
    with office.act("applications.prepare") as act:
        row_days.check_course(office, "application", {"prepared_on": on})
        file = person_file.file_of(office, person_id)
        if status.preparation(file, kind) is not None:
            raise Refused("already_preparing")
        number = act.insert(
            "application",
            {
                "person_id": person_id,
                "code": ApplicationCode.A76,
                "kind": kind,
                "state": _S.DRAFT,
                "channel": channel,
                "prepared_on": on,
            },
        )
    return Prepared(ApplicationId(number), ActId(act.id or 0))


def preview_move(
    office: Office, application_id: int, to: ApplicationState, on: date
) -> tuple[Finding, ...]:
    """What the rules say of a move, without making it; only what is ready is judged."""
    application = person_file.application_of(office, application_id)
    return _findings(office, application, on) if to is _S.READY else ()


@judged_first
def move(
    office: Office,
    application_id: int,
    to: ApplicationState,
    on: date,
    overrides: Mapping[str, str] | None = None,
) -> Moved:
    """Move an application to a state that needs no more than its name.

    Errors: DomainError illegal_move, application_not_found, in_the_future, before_receipt,
    reopened_before_decided; guard.Blocked where a rule stops what is ready.
    """
    person_file.check_not_future(office, on)
    with office.act("applications.state") as act:
        application = person_file.application_of(office, application_id)
        if to not in status.next_states(application.state):
            raise Refused("illegal_move", state=application.state.value, to=to.value)
        received = application.received_at
        if received is not None and on < toronto_day(received):
            raise Refused("before_receipt")
        decided = application.decided_on
        if application.state is _S.REFUSED and decided is not None and on < decided:
            raise Refused("reopened_before_decided")
        findings: tuple[Finding, ...] = ()
        if to is _S.READY and application.state is _S.DRAFT:
            findings = _findings(office, application, on)
        rule_overrides.check(findings, overrides or {})
        act.update("application", application_id, {"state": to, **_days(application, to, on)})
        act.details.update(rule_overrides.kept(findings, overrides or {}))
        act.details["counts"] = {to.value: 1}
        act.details["on"] = on.isoformat()
    return Moved(application.id, act.id, to, findings)


def discard(office: Office, application_id: int) -> ActId | None:
    """Drop an application that never reached IRCC. Errors: DomainError illegal_move."""
    with office.act("applications.discard") as act:
        application = person_file.application_of(office, application_id)
        if application.state not in status.PREPARING:
            raise Refused("illegal_move", state=application.state.value, to=_S.WITHDRAWN.value)
        act.delete("application", application_id)
    return act.id


def _days(application: Application, to: ApplicationState, on: date) -> dict[str, object]:
    """The day that a move leaves on the application."""
    if to is _S.SUBMITTED:
        return {"submitted_on": on}
    if to is _S.READY and application.state is _S.SUBMITTED:
        return {"submitted_on": None}
    if application.state is _S.REFUSED:
        # Reopened after review: undecided again, in its place; the journal keeps the refusal.
        return {"outcome": None, "decided_on": None}
    return {}


def _findings(office: Office, application: Application, on: date) -> tuple[Finding, ...]:
    """What stands before a filing on a day; a full year stops it, where a receipt would not."""
    programme = office.programme()
    file = person_file.file_of(office, application.person_id)
    at = noon_in_toronto(on)
    use = places.use_of(office, programme, toronto_year(at), on)
    found = (
        *eligibility.receive_findings(file, at, programme, application.kind, application.channel),
        *quota.receipt_findings(at, application.kind, application.code, use, programme),
    )
    return tuple(
        replace(f, severity=Severity.BLOCK) if f.reason == "cap_reached" else f
        for f in found
        if f.rule not in {"CAP-01", "CAP-06", "CAP-08"}
    )
