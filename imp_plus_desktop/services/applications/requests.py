# SPDX-License-Identifier: Apache-2.0
"""What IRCC asks for in the course of an application: recorded, met, taken out.

When something falls due is computed by `domain/deadlines/clocks.py`; nothing here holds a length.
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.applications.status import PREPARING
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines import clocks
from imp_plus_desktop.domain.deadlines.date_order import Misdated
from imp_plus_desktop.domain.records.applications import Application, Request
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId, RequestId
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.values.codes import RequestKind
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.services.office import entries, person_file, row_days
from imp_plus_desktop.services.office.office import Office, judged_first
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.reads import queries


@dataclass(frozen=True, slots=True)
class RequestDetails:
    """A letter of IRCC: `due_on` is the day that it states, `valid_until` a date printed on it."""

    application_id: int
    kind: RequestKind
    letter_on: date
    due_on: date | None = None
    done_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class RequestSaved:
    request: RequestId
    act: ActId | None
    due_on: date | None
    findings: tuple[Finding, ...]
    misdated: tuple[Misdated, ...] = ()
    """Days out of order, kept as history."""


_Written = tuple[int, tuple[Misdated, ...]]


@judged_first
def save(office: Office, asked: RequestDetails, request_id: int | None = None) -> RequestSaved:
    """Record a request, or correct one.

    Errors: DomainError application_not_found, not_received_yet, in_the_future,
    bad_value, not_in_file.
    """
    with office.act("requests.record") as act:
        number, misdated = _write(office, act, asked, request_id)
    return _saved(office, number, act.id, misdated)


@judged_first
def done(
    office: Office, request_id: int, on: date, valid_until: date | None = None
) -> RequestSaved:
    """Record that a request is met. Errors: DomainError request_not_found and those of `save`."""
    with office.act("requests.record") as act:
        request = one(office, request_id)
        asked = RequestDetails(
            request.application_id,
            request.kind,
            request.letter_on,
            request.due_on,
            on,
            valid_until or request.valid_until,
        )
        _number, misdated = _write(office, act, asked, request_id)
    return _saved(office, request_id, act.id, misdated)


def delete(office: Office, request_id: int) -> ActId | None:
    """Take out a request that was entered by mistake. Errors: DomainError request_not_found."""
    with office.act("requests.delete") as act:
        one(office, request_id)
        act.delete("request", request_id)
    return act.id


def one(office: Office, request_id: int) -> Request:
    """One request. Errors: DomainError request_not_found."""
    found = queries.one(office.register, "request", Request, request_id)
    if found is None:
        raise person_file.missing(office, "request", request_id, "request_not_found")
    return found


def findings(office: Office, file: PersonFile, application: Application) -> tuple[Finding, ...]:
    """CLK-01 to CLK-04 of one application today."""
    return clocks.clock_findings(file, application, office.clock.today(), office.programme())


def _write(office: Office, act: Act, asked: RequestDetails, request_id: int | None) -> _Written:
    """Write a request, new or corrected, in an open act. Returns its id, and days out of order."""
    application = person_file.application_of(office, asked.application_id)
    if application.state in PREPARING:
        raise Refused("not_received_yet")
    values: dict[str, object] = {
        "kind": asked.kind,
        "letter_on": asked.letter_on,
        "due_on": asked.due_on,
        "done_on": asked.done_on,
        "valid_until": asked.valid_until,
    }
    file = person_file.file_of(office, application.person_id)
    kept = entries.merged(act, "request", file, request_id, values)
    misdated = row_days.check(office, "request", kept, file, application)
    if request_id is None:
        owner = {"person_id": application.person_id, "application_id": application.id}
        number = act.insert("request", {**values, **owner})
    else:
        number = _own(act, application, request_id)
        act.update("request", number, values)
    if asked.kind is RequestKind.BIOMETRICS and asked.done_on is not None:
        _keep_biometrics(act, application, asked.done_on)
    return number, misdated


def _own(act: Act, application: Application, request_id: int) -> int:
    stored = act.stored("request", request_id)
    if stored is None or stored["application_id"] != application.id:
        raise InvalidInput("not_in_file")
    return request_id


def _keep_biometrics(act: Act, application: Application, on: date) -> None:
    """An enrolment serves for years: the person or the member keeps its day (IRPR 12.7)."""
    entity, number = "person", int(application.person_id)
    if application.member_id is not None:
        entity, number = "member", int(application.member_id)
    present = (act.stored(entity, number) or {}).get("biometrics_on")
    if present is None or str(present) < on.isoformat():
        act.update(entity, number, {"biometrics_on": on})


def _saved(
    office: Office, number: int, act: ActId | None, misdated: tuple[Misdated, ...]
) -> RequestSaved:
    request = one(office, number)
    application = person_file.application_of(office, request.application_id)
    file = person_file.file_of(office, request.person_id)
    due = clocks.due_on(request, office.programme())
    return RequestSaved(RequestId(number), act, due, findings(office, file, application), misdated)
