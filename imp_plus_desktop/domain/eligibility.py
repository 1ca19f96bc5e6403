# SPDX-License-Identifier: Apache-2.0
"""Who may apply, until when, and what a complete file still needs.

Gathers the checks of letters, CSQ, residence and documents into one verdict (decision 8 of the
programme's facts). Must not hold a check that belongs to one of those subjects.
"""

from __future__ import annotations

from datetime import date, datetime

from imp_plus_desktop.domain.calendar import toronto_day
from imp_plus_desktop.domain.csq import csq_expiry, csq_findings, elg_04, pr_filed
from imp_plus_desktop.domain.documents import doc_01, doc_02, elg_05
from imp_plus_desktop.domain.findings import Finding, Verdict
from imp_plus_desktop.domain.letters import (
    current_letter,
    letter_findings,
    window_end,
    within_programme,
)
from imp_plus_desktop.domain.permits import ext_01, passport_expiry, per_04
from imp_plus_desktop.domain.programme import Programme
from imp_plus_desktop.domain.residence import residence_findings
from imp_plus_desktop.domain.rules import combine, not_applicable
from imp_plus_desktop.domain.values import ApplicationId, ApplicationKind, Channel, PersonFile


def verdict(
    file: PersonFile,
    day: date,
    programme: Programme,
    *,
    channel: Channel | None = None,
    ignore_application: ApplicationId | None = None,
) -> Verdict:
    """Whether the person may apply on a day, and what their file still needs.

    `channel` is the way the application goes, when known. `ignore_application` leaves one
    application out, to judge it as it was when it was received.
    """
    findings = _who_may_apply(file, day, programme, ignore_application)
    last_day, because = last_safe_day(file, programme)
    return Verdict(
        code=combine(findings),
        day=day,
        findings=findings,
        to_do=_to_do(file, day, programme, channel, ApplicationKind.FIRST),
        last_safe_day=last_day,
        last_safe_day_because=because,
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
    to_do = _to_do(file, day, programme, channel, kind)
    if kind is ApplicationKind.FIRST:
        return _who_may_apply(file, day, programme, None) + to_do
    residence = tuple(
        not_applicable(rule, "extension_needs_no_residence")
        for rule in ("ELG-01", "ELG-02", "ELG-03")
    )
    return (ext_01(file, day, programme), *residence, elg_04(file.person), *to_do)


def last_safe_day(file: PersonFile, programme: Programme) -> tuple[date | None, str | None]:
    """The last day on which an application can still succeed, and what sets it.

    What sets it is `letter`, `csq` or `passport`; both are None without a usable letter.
    """
    letter = current_letter(file)
    if letter is None or not within_programme(letter, programme):
        return None, None
    limits = [(window_end(letter, programme), "letter")]
    expiry = csq_expiry(file.person, programme)
    if expiry is not None and not pr_filed(file.person):
        limits.append((expiry, "csq"))
    passport = passport_expiry(file)
    if passport is not None:
        limits.append((passport, "passport"))
    return min(limits, key=lambda limit: limit[0])


def _who_may_apply(
    file: PersonFile, day: date, programme: Programme, ignore: ApplicationId | None
) -> tuple[Finding, ...]:
    return (
        *letter_findings(file, day, programme, ignore),
        *csq_findings(file.person, day, programme),
        *residence_findings(file, day, programme),
        elg_04(file.person),
    )


def _to_do(
    file: PersonFile,
    day: date,
    programme: Programme,
    channel: Channel | None,
    kind: ApplicationKind,
) -> tuple[Finding, ...]:
    passport = per_04(passport_expiry(file), day, programme.permit_months(kind))
    if kind is ApplicationKind.EXTENSION:
        # Letter and proof of intent belong to the first application; EXT-01 asks for PR's proof.
        return (elg_05(channel), passport)
    return (elg_05(channel), doc_01(file, day), doc_02(file, day), passport)
