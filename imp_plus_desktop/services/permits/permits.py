# SPDX-License-Identifier: Apache-2.0
"""Work and study permits: issued with their computed days, and their list."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from imp_plus_desktop import plain_text
from imp_plus_desktop.domain.applications import status
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.date_order import days_of, misdated
from imp_plus_desktop.domain.family import family
from imp_plus_desktop.domain.permits import permits
from imp_plus_desktop.domain.reads.filters import PermitFilter
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import PermitRow
from imp_plus_desktop.domain.reads.shapes import Order, order_of
from imp_plus_desktop.domain.records.applications import Application, Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId, PermitId
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.values.codes import ApplicationState, LimitedBy
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.values.identifiers import normalise, row_id
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.listing.spelling import spelled
from imp_plus_desktop.services.office import person_file, rule_overrides, summary
from imp_plus_desktop.services.office.office import Office, judged_first
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.reads import figures, lists, lookups, queries

__all__ = ["PermitFilter"]


@dataclass(frozen=True, slots=True)
class Issue:
    """A permit that IRCC has issued; without `until` its last day is computed."""

    application_id: int
    issued: date
    until: date | None = None
    number: str = ""
    overrides: Mapping[str, str] = field(default_factory=dict)
    location_condition: str = ""
    occupation_condition: str = ""


@dataclass(frozen=True, slots=True)
class IssuePreview:
    valid_from: date
    valid_until: date
    limited_by: LimitedBy
    lost_days: int
    shorter: bool
    findings: tuple[Finding, ...]
    blocked: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    permit: PermitId
    act: ActId
    valid_from: date
    valid_until: date
    limited_by: LimitedBy
    province: str
    lost_days: int
    shorter: bool
    findings: tuple[Finding, ...]


def preview_issue(office: Office, issue: Issue) -> IssuePreview:
    """The permit's days and what the rules say, without recording it."""
    programme = office.programme()
    application = person_file.application_of(office, issue.application_id)
    file = person_file.file_of(office, application.person_id)
    _check_days(office, file, application, issue)
    end = permits.end_for(file, application, issue.issued, issue.until, programme)
    findings = _findings(file, application, issue, programme)
    return IssuePreview(
        end.valid_from,
        end.valid_until,
        end.limited_by,
        end.lost_days,
        end.shorter,
        findings,
        rule_overrides.blocking(findings, issue.overrides),
    )


@judged_first
def issue(office: Office, request: Issue) -> Issued:
    """Record an issued permit, Quebec only.

    Errors: DomainError illegal_move (the application is not approved), identifier_taken,
    in_the_future, and those of `_check_days`; guard.Blocked.
    """
    person_file.check_not_future(office, request.issued)
    with office.act("permits.issue") as act:
        programme = office.programme()
        application = person_file.application_of(office, request.application_id)
        _check_move(application, request)
        file = person_file.file_of(office, application.person_id)
        _check_days(office, file, application, request)
        findings = _findings(file, application, request, programme)
        rule_overrides.check(findings, request.overrides)
        end = permits.end_for(file, application, request.issued, request.until, programme)
        act.alone()
        number = act.insert(
            "permit",
            {
                "application_id": application.id,
                "permit_number": _free_number(act, request.number),
                "issued": request.issued,
                "valid_from": end.valid_from,
                "valid_until": end.valid_until,
                "province": permits.QUEBEC,
                "limited_by": end.limited_by,
                "lost_days": end.lost_days,
                "location_condition": _as_printed(request.location_condition),
                "occupation_condition": _as_printed(request.occupation_condition),
            },
        )
        act.update("application", application.id, {"state": ApplicationState.PERMIT_ISSUED})
        act.details.update(rule_overrides.kept(findings, request.overrides))
    return Issued(
        PermitId(number),
        ActId(act.id or 0),
        end.valid_from,
        end.valid_until,
        end.limited_by,
        permits.QUEBEC,
        end.lost_days,
        end.shorter,
        findings,
    )


def edit(
    office: Office,
    permit_id: int,
    *,
    number: str | None = None,
    location_condition: str | None = None,
    occupation_condition: str | None = None,
) -> ActId | None:
    """Record a permit's number and its conditions as printed; None leaves a field as it is.

    Errors: DomainError permit_not_found, identifier_taken.
    """
    with office.act("permits.edit") as act:
        one(office, permit_id)
        values: dict[str, object] = {}
        if number is not None:
            values["permit_number"] = _free_number(act, number, permit_id)
        if location_condition is not None:
            values["location_condition"] = _as_printed(location_condition)
        if occupation_condition is not None:
            values["occupation_condition"] = _as_printed(occupation_condition)
        act.update("permit", permit_id, values)
    return act.id


def remove(office: Office, permit_id: int, reason: str) -> ActId | None:
    """Take out a permit that should not be there; its application is approved, and waits for one.

    Errors: DomainError permit_not_found, reason_missing, unwritable_text.
    """
    if not reason.strip():
        raise InvalidInput("reason_missing")
    if not plain_text.is_sound(reason):
        raise InvalidInput("unwritable_text")
    with office.act("permits.remove") as act:
        application = person_file.application_of(office, one(office, permit_id).application_id)
        act.delete("permit", permit_id)
        # Where theirs was chosen it is still there.
        left = act.hanging("application", application.id)[("permit", "application_id")]
        if application.state is ApplicationState.PERMIT_ISSUED and not left:
            act.update("application", application.id, {"state": ApplicationState.APPROVED})
        act.details["reason"] = reason.strip()
    return act.id


def one(office: Office, permit_id: int) -> Permit:
    """One permit. Errors: DomainError permit_not_found."""
    found = queries.one(office.register, "permit", Permit, permit_id)
    if found is None:
        raise person_file.missing(office, "permit", permit_id, "permit_not_found")
    return found


def find(office: Office, ref: str) -> PermitId:
    """A permit by its id or its number. Errors: DomainError permit_not_found."""
    found, number = lookups.permit_with(office.register.db, normalise(ref)), row_id(ref)
    if found is None and number is not None:
        found = number if queries.exists(office.register, "permit", number) else None
    if found is None:
        raise InvalidInput("permit_not_found")
    return PermitId(found)


def ids(
    office: Office, wanted: PermitFilter, sort: str | Order = "until", descending: bool = False
) -> array[int]:
    """Ids of the permits that match, in order."""
    summary.refresh(office)
    order = spelled(ListKind.PERMITS, order_of(sort, descending))
    return lists.permit_ids(office.register, wanted, order, office.clock.today())


def matching(office: Office, wanted: PermitFilter) -> int:
    """How many permits match."""
    summary.refresh(office)
    return lists.permit_count(office.register, wanted, office.clock.today())


def rows(office: Office, numbers: Sequence[int]) -> list[PermitRow]:
    programme = office.programme()
    return [
        replace(row, shorter=permits.limit_of(row, row.kind, programme) == permits.SHORTER)
        for row in lists.permit_rows(office.register, numbers)
    ]


def count(office: Office) -> int:
    return figures.count(office.register, "permit")


def _check_move(application: Application, request: Issue) -> None:
    if not status.may_move(application.state, ApplicationState.PERMIT_ISSUED):
        raise Refused(
            "illegal_move",
            state=application.state.value,
            to=ApplicationState.PERMIT_ISSUED.value,
        )


_DAY_ERRORS: Mapping[tuple[str, str], str] = {
    ("permit_from", "received_at"): "issued_before_received",
    ("permit_from", "decided_on"): "issued_before_decided",
    ("passport_expiry", "permit_from"): "passport_over_at_issue",
    ("permit_until", "permit_from"): "permit_too_long",
}
"""What is refused, by the field and the one beside it that it does not fit."""


def _check_days(office: Office, file: PersonFile, application: Application, request: Issue) -> None:
    """A permit follows receipt and approval, and is for a passport that runs.

    A member's permit is bound by the principal's, not by the full term (FAM-04).
    Errors: DomainError issued_before_received, issued_before_decided, passport_over_at_issue,
    permit_too_long.
    """
    until = request.until if application.member_id is None else None
    days = days_of(
        {
            "received_at": application.received_at,
            "decided_on": application.decided_on,
            "permit_from": request.issued,
            "permit_until": until if until is None or until >= request.issued else None,
            "passport_expiry": permits.holder_passport(file, application),
        }
    )
    months = office.programme().term_months
    for found in misdated(days, office.clock.today(), months, ("permit_from", "permit_until")):
        code = _DAY_ERRORS.get((found.field, found.beside))
        if code is not None:
            raise Refused(code, day=found.day, other=found.other)


def _findings(
    file: PersonFile, application: Application, request: Issue, programme: Programme
) -> tuple[Finding, ...]:
    if application.member_id is None:
        return permits.permit_findings(
            file,
            application,
            request.issued,
            request.until,
            programme,
            location_condition=_as_printed(request.location_condition),
            occupation_condition=_as_printed(request.occupation_condition),
        )
    member = next(m for m in file.members if m.id == application.member_id)
    return family.member_permit_findings(
        file,
        member,
        application,
        request.issued,
        request.until,
        programme,
        location_condition=_as_printed(request.location_condition),
    )


def _as_printed(text: str) -> str | None:
    """A condition in the words of the paper, on one line."""
    return " ".join(text.split()) or None


def _free_number(act: Act, text: str, own: int | None = None) -> str | None:
    if not text.strip():
        return None
    number = normalise(text)
    if lookups.permit_with(act.db, number) not in (None, own):
        raise Refused("identifier_taken", field="permit_number")
    return number
