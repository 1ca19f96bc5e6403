# SPDX-License-Identifier: Apache-2.0
"""IRCC's clocks: when what it asks for falls due, and how long results hold (CLK-01 to CLK-04).

Every length is a dated parameter of the programme. The day that IRCC's own letter states always
goes before the usual length.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from types import MappingProxyType

from imp_plus_desktop.domain.applications.status import PREPARING, WAITING
from imp_plus_desktop.domain.letters.letters import letter_can_serve
from imp_plus_desktop.domain.records.applications import Application, Request
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.rules.rules import fails, not_applicable, passes, unknown
from imp_plus_desktop.domain.values.calendar import toronto_day, toronto_time
from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    PortalItem,
    PortalState,
    RequestKind,
)
from imp_plus_desktop.domain.values.programme import Programme

_LENGTHS: Mapping[RequestKind, str] = MappingProxyType(
    {
        RequestKind.BIOMETRICS: "biometrics",
        RequestKind.MEDICAL: "medical",
        RequestKind.DOCUMENTS: "documents",
    }
)
"""Requests with a usual length; all others have the day of their letter only."""

_LAST_MINUTE = time(23, 59)


def due_on(request: Request, programme: Programme) -> date | None:
    """The day by which a request must be met: the letter's own, else the usual length.

    None for a request whose letter sets the day and whose day is not recorded.
    """
    if request.due_on is not None:
        return request.due_on
    clock = _LENGTHS.get(request.kind)
    return None if clock is None else programme.clock_end(clock, request.letter_on)


def due_is_usual(request: Request) -> bool:
    """Whether the due day is the usual length and not the day that the letter states."""
    return request.due_on is None and request.kind in _LENGTHS


def last_minute_in_toronto(day: date) -> time:
    """The last minute of a day in UTC as Toronto's clocks show it: 18:59 or 19:59 (WORK24)."""
    return toronto_time(datetime.combine(day, _LAST_MINUTE, tzinfo=UTC))


def result_until(request: Request, programme: Programme) -> date | None:
    """Last day on which a medical result holds; None while there is no result. Source CVMED."""
    if request.kind is not RequestKind.MEDICAL or request.done_on is None:
        return request.valid_until
    return request.valid_until or programme.clock_end("medical_result", request.done_on)


def reusable_until(biometrics_on: date | None, programme: Programme) -> date | None:
    """Until when an enrolment serves again; None without one. Source IRPR 12.7."""
    if biometrics_on is None:
        return None
    return programme.clock_end("biometrics_reuse", biometrics_on)


def draft_until(application: Application, programme: Programme) -> date | None:
    """The day after which the portal deletes a draft that was never submitted. Source VCC."""
    if application.state not in (ApplicationState.DRAFT, ApplicationState.READY):
        return None
    if application.prepared_on is None:
        return None
    return programme.clock_end("draft", application.prepared_on)


def requests_of(
    file: PersonFile, application: Application, kind: RequestKind
) -> tuple[Request, ...]:
    """The requests of one kind in an application, the earliest letter first."""
    return tuple(r for r in file.requests if r.application_id == application.id and r.kind is kind)


def biometrics_until(
    file: PersonFile, application: Application, programme: Programme
) -> date | None:
    """Until when the enrolment of whoever the application is for serves again."""
    if application.member_id is None:
        person = file.person
        given = (person.biometrics_on, person.pr_biometrics_on)
        return reusable_until(max((day for day in given if day), default=None), programme)
    member = next((m for m in file.members if m.id == application.member_id), None)
    return reusable_until(member.biometrics_on if member else None, programme)


def biometric_letter_on(
    file: PersonFile, application: Application, day: date, programme: Programme
) -> date | None:
    """When the biometric letter is expected: 24 hours after receipt (A76).

    None when none is to come: not received, letter recorded, biometrics reusable, or the portal
    says that they are done or not needed.
    """
    received = application.received_at
    if application.state not in WAITING or received is None:
        return None
    if requests_of(file, application, RequestKind.BIOMETRICS):
        return None
    reusable = biometrics_until(file, application, programme)
    if reusable is not None and reusable >= day:
        return None
    settled = (PortalState.NOT_NEEDED, PortalState.NOT_APPLICABLE, PortalState.COMPLETED)
    for line in reversed(file.portal_lines):
        if line.application_id == application.id and line.item is PortalItem.BIOMETRICS:
            if line.state in settled:
                return None
            break
    return programme.clock_end("biometric_letter", toronto_day(received))


def clock_findings(
    file: PersonFile, application: Application, day: date, programme: Programme
) -> tuple[Finding, ...]:
    """CLK-01 to CLK-04 of one application on a day."""
    return (
        clk_01(file, application, day, programme),
        clk_02(file, application, day, programme),
        clk_03(file, application, day, programme),
        clk_04(file, application, day, programme),
    )


def clk_01(file: PersonFile, application: Application, day: date, programme: Programme) -> Finding:
    """Biometrics are given within 30 days of their letter. Source CARD."""
    asked = requests_of(file, application, RequestKind.BIOMETRICS)
    if asked:
        return _met_in_time("CLK-01", "biometrics", "give_biometrics", asked[-1], day, programme)
    if application.state in PREPARING:
        return not_applicable("CLK-01", "nothing_received_yet")
    reusable = biometrics_until(file, application, programme)
    if reusable is not None and reusable >= day:
        return not_applicable("CLK-01", "biometrics_reusable", until=reusable)
    expected = biometric_letter_on(file, application, day, programme)
    if expected is None:
        return not_applicable("CLK-01", "nothing_asked")
    if expected < day:
        return unknown(
            "CLK-01", "biometric_letter_awaited", fix="record_request", expected_on=expected
        )
    return passes("CLK-01", "biometric_letter_expected", expected_on=expected)


def clk_02(file: PersonFile, application: Application, day: date, programme: Programme) -> Finding:
    """The medical exam is passed in time, and its result holds on the day of entry. CVMED."""
    asked = requests_of(file, application, RequestKind.MEDICAL)
    if not asked:
        return not_applicable("CLK-02", "nothing_asked")
    request = asked[-1]
    if request.done_on is None:
        return _met_in_time("CLK-02", "medical", "pass_medical", request, day, programme)
    until = result_until(request, programme)
    arrived = file.person.arrived_on if application.member_id is None else None
    entry = arrived if arrived is not None and arrived <= day else day
    if until is not None and until < entry:
        return fails("CLK-02", "medical_result_expired", fix="ask_new_medical", until=until)
    return passes("CLK-02", "medical_result_valid", until=until)


def clk_03(file: PersonFile, application: Application, day: date, programme: Programme) -> Finding:
    """Documents are uploaded on the letter's day, before midnight UTC. Source WORK24."""
    asked = requests_of(file, application, RequestKind.DOCUMENTS)
    if not asked:
        return not_applicable("CLK-03", "nothing_asked")
    # Several letters may be open at once: the one that presses most speaks.
    waiting = [r for r in asked if r.done_on is None]
    request = min(waiting, key=lambda r: due_on(r, programme) or date.max, default=asked[-1])
    return _met_in_time("CLK-03", "documents", "upload_documents", request, day, programme)


def clk_04(file: PersonFile, application: Application, day: date, programme: Programme) -> Finding:
    """Entry comes before the date printed on the letter of introduction. Source POE."""
    letters = requests_of(file, application, RequestKind.INTRODUCTION_LETTER)
    if not letters:
        return not_applicable("CLK-04", "no_introduction_letter")
    until = introduction_until(letters[-1])
    if application.state is ApplicationState.PERMIT_ISSUED or letters[-1].done_on is not None:
        return passes("CLK-04", "introduction_letter_used")
    if until is None:
        return unknown("CLK-04", "introduction_date_unknown", fix="record_introduction_date")
    if until < day:
        # A principal who applies anew needs another invitation letter.
        anew = application.member_id is not None or letter_can_serve(day, programme)
        fix = "apply_anew" if anew else "ask_about_introduction"
        return fails("CLK-04", "introduction_letter_lapsed", fix=fix, until=until)
    return passes("CLK-04", "introduction_letter_runs", until=until, days_left=(until - day).days)


def introduction_until(request: Request) -> date | None:
    """The date printed on a letter of introduction."""
    return request.valid_until or request.due_on


def _met_in_time(
    rule: str, what: str, fix: str, request: Request, day: date, programme: Programme
) -> Finding:
    """The request is met, runs, or is overdue; `what` begins each reason."""
    if request.done_on is not None:
        return passes(rule, f"{what}_done", done_on=request.done_on)
    due = due_on(request, programme) or request.letter_on
    if due < day:
        late = (day - due).days
        return fails(rule, f"{what}_overdue", fix="ask_more_time", due_on=due, days_late=late)
    usual = due_is_usual(request)
    return passes(rule, f"{what}_due", fix=fix, due_on=due, days_left=(due - day).days, usual=usual)
