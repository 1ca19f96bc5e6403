# SPDX-License-Identifier: Apache-2.0
"""Who may apply, until when, and what a complete file still needs.

Gathers the checks of letters, CSQ, residence and documents into one verdict (decision 8 of the
programme's facts). Must not hold a check that belongs to one of those subjects.
"""

from __future__ import annotations

from datetime import date, datetime

from imp_plus_desktop.domain.applications import status
from imp_plus_desktop.domain.documents.documents import doc_01, doc_02, doc_03, elg_05
from imp_plus_desktop.domain.letters.csq import csq_findings, elg_04
from imp_plus_desktop.domain.letters.letters import letter_findings
from imp_plus_desktop.domain.people.need import elg_06, elg_07
from imp_plus_desktop.domain.permits.permits import ext_01, passport_expiry, per_04
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.residence.residence import residence_findings
from imp_plus_desktop.domain.rules.findings import Finding, Severity, Verdict
from imp_plus_desktop.domain.rules.rules import combine, fails, not_applicable
from imp_plus_desktop.domain.values.calendar import after_portal_closed, toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationKind, Channel
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.verdict.flip_case import Case
from imp_plus_desktop.domain.verdict.flips import with_flips
from imp_plus_desktop.domain.verdict.safe_day import (
    last_safe_day,
    last_safe_day_chain,
    without_restoration,
)


def verdict(
    file: PersonFile,
    day: date,
    programme: Programme,
    *,
    channel: Channel | None = None,
    ignore_application: ApplicationId | None = None,
    explained: bool = True,
) -> Verdict:
    """Whether the person may apply on a day, and what their file still needs.

    `channel` is the way the application goes, when known. `ignore_application` leaves one
    application out, to judge it as it was when it was received. `explained` adds to each finding
    what would turn it: a list of thousands does without.
    """
    programme = programme.on(day)
    findings = _who_may_apply(file, day, programme, ignore_application)
    kind = ApplicationKind.FIRST
    to_do = _to_do(file, day, programme, channel, kind, ignore_application)
    case = Case(file, day, programme, ignore=ignore_application)
    chain = last_safe_day_chain(file, day, programme, ignore_application)
    last_day, because = last_safe_day(chain)
    return Verdict(
        code=combine(findings),
        day=day,
        findings=with_flips(findings, case) if explained else findings,
        to_do=with_flips(to_do, case) if explained else to_do,
        last_safe_day=last_day,
        last_safe_day_because=because,
        last_safe_day_chain=chain,
        last_day_without_restoration=without_restoration(chain, day),
    )


def receive_findings(
    file: PersonFile,
    at: datetime,
    programme: Programme,
    kind: ApplicationKind,
    channel: Channel | None,
) -> tuple[Finding, ...]:
    """What stands when an application is received at an instant, judged on Toronto's day.

    An extension needs no letter and no residence outside Quebec: EXT-01 stands instead.
    """
    day = toronto_day(at)
    programme = programme.on(day)
    to_do = _to_do(file, day, programme, channel, kind)
    case = Case(file, day, programme, kind)
    if kind is ApplicationKind.FIRST:
        found = _at_hour(_who_may_apply(file, day, programme, None), at)
        return with_flips(found + to_do, case)
    residence = tuple(
        not_applicable(rule, "extension_needs_no_residence")
        for rule in ("ELG-01", "ELG-02", "ELG-03")
    )
    person = file.person
    who = (elg_04(person), elg_06(person), elg_07(person, day))
    asked = _at_hour((ext_01(file, day, programme, kind),), at)
    return with_flips((*asked, *residence, *who, *to_do), case)


_NEVER_SO = frozenset({"letter_not_written_yet"})
"""Reasons that only warn a hand, and that no history can have had."""


def fails_at_receipt(
    file: PersonFile, application: Application, day: date, programme: Programme
) -> tuple[Finding, ...]:
    """The block rules that fail of an application on the day that it was received, with why.

    One received before its letter was written is among them: a hand that types such a day is
    only warned, but as history it cannot have been so.
    """
    programme = programme.on(day)
    if application.kind is ApplicationKind.FIRST:
        found = _who_may_apply(file, day, programme, application.id)
    elif application.kind is ApplicationKind.EXTENSION:
        found = (ext_01(file, day, programme), elg_04(file.person), elg_06(file.person))
    else:
        found = ()
    return tuple(one for one in found if one.blocks or one.reason in _NEVER_SO)


_LAST_DAYS = frozenset(
    {"letter_last_day", "csq_last_day", "canada_status_last_day", "extension_last_day"}
)


def _at_hour(findings: tuple[Finding, ...], at: datetime) -> tuple[Finding, ...]:
    """What was received on a last day in Toronto, and a day late for IRCC, is a warning.

    Judged by Toronto's day all the same (decision 14 of the programme's facts).
    """
    if not after_portal_closed(at):
        return findings
    return tuple(
        fails(
            found.rule,
            "received_after_hour",
            fix="check_receipt_instant",
            severity=Severity.WARN,
            last_day=found.facts["last_day"],
        )
        if found.reason in _LAST_DAYS
        else found
        for found in findings
    )


def _who_may_apply(
    file: PersonFile, day: date, programme: Programme, ignore: ApplicationId | None
) -> tuple[Finding, ...]:
    return (
        *letter_findings(file, day, programme, ignore),
        *csq_findings(file.person, day, programme),
        *residence_findings(file, day, programme, ignore),
        elg_04(file.person),
        elg_06(file.person),
        elg_07(file.person, day),
    )


def _to_do(
    file: PersonFile,
    day: date,
    programme: Programme,
    channel: Channel | None,
    kind: ApplicationKind,
    judged: ApplicationId | None = None,
) -> tuple[Finding, ...]:
    form = doc_03(_application_at_hand(file, kind, judged))
    passport = per_04(passport_expiry(file), day, programme.permit_months(kind))
    if kind is not ApplicationKind.FIRST:
        # Letter and proof of intent belong to the first application; EXT-01 asks for PR's proof.
        return (elg_05(channel), form, passport)
    return (elg_05(channel), doc_01(file, day), doc_02(file, day), form, passport)


def _application_at_hand(
    file: PersonFile, kind: ApplicationKind, judged: ApplicationId | None
) -> Application | None:
    """Whose form is looked at: the one judged, else the one prepared, else one that waits."""
    own = [application for application in file.own_applications if application.kind is kind]
    for application in own:
        if application.id == judged:
            return application
    waiting = [application for application in own if application.state in status.WAITING]
    return status.preparation(file, kind) or (waiting[-1] if waiting else None)
