# SPDX-License-Identifier: Apache-2.0
"""The days that matter next in a person's file, past ones too.

What of them the agenda shows, and what the office said of each, is in `agenda.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from imp_plus_desktop.domain.applications.status import WAITING, filed_applications, is_open
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines import clocks
from imp_plus_desktop.domain.family.family_days import family_days
from imp_plus_desktop.domain.family.household import applicants_on
from imp_plus_desktop.domain.fees.refunds import refunds
from imp_plus_desktop.domain.letters.csq import csq_expiry, pr_filed, pr_state
from imp_plus_desktop.domain.letters.letters import (
    current_letter,
    letter_use,
    window_end,
    within_programme,
)
from imp_plus_desktop.domain.people.need import applies_for_nothing, settled_as
from imp_plus_desktop.domain.permits import pr_track
from imp_plus_desktop.domain.permits.permits import latest_permit, passport_expiry
from imp_plus_desktop.domain.records.applications import Application, Request
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import MemberId, PersonId
from imp_plus_desktop.domain.residence.inland import status_on
from imp_plus_desktop.domain.residence.residence import residence_on
from imp_plus_desktop.domain.rules.findings import FactValue
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    DocumentState,
    PrState,
    RequestKind,
)
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.verdict.checklist import document_expiry
from imp_plus_desktop.domain.verdict.safe_day import may_still_apply


class DeadlineKind(StrEnum):
    LETTER = "letter"
    CSQ = "csq"
    PASSPORT = "passport"
    PERMIT = "permit"
    BIOMETRICS = "biometrics"
    MEDICAL = "medical"
    DOCUMENTS = "documents"
    INTRODUCTION_LETTER = "introduction_letter"
    EXTENSION = "extension"
    AGE_22 = "age_22"
    AGE_18 = "age_18"
    REFUND = "refund"
    DRAFT = "draft"
    BIOMETRIC_LETTER = "biometric_letter"
    FAIRNESS_LETTER = "fairness_letter"
    INTERVIEW = "interview"
    PASSPORT_REQUEST = "passport_request"
    RESTORATION = "restoration"
    STATUS = "status"
    DOCUMENT = "document"
    CAQ = "caq"
    REMINDER = "reminder"


OF_BIRTHS = (DeadlineKind.AGE_22, DeadlineKind.AGE_18)
"""Kinds whose day is a birthday: it tells the birth date."""

# Each reason with the names of its facts, as `reasons.REASONS` is for findings.
DEADLINE_REASONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "letter_window_ends": ("letter_date", "received_on"),
        "csq_expires": ("pr_known",),
        "passport_expires": (),
        "permit_expires": ("permit",),
        "extension_advised": ("permit", "valid_until"),
        "restoration_ends": ("ended_on",),
        "status_ends": (),
        "other_permit_ends": (),
        "draft_deleted": ("application", "prepared_on"),
        "biometric_letter_expected": ("application",),
        "biometrics_due": ("request", "usual"),
        "medical_due": ("request", "usual"),
        "medical_result_ends": ("request",),
        "documents_due": ("request", "usual"),
        "fairness_reply_due": ("request",),
        "interview_held": ("request",),
        "passport_asked": ("request",),
        "introduction_letter_ends": ("request",),
        "child_turns_22": ("member",),
        "child_turns_18": ("member",),
        "child_needs_study_permit": ("member", "age"),
        "caq_expires": ("member",),
        "caq_missing": ("member", "application"),
        "document_expires": ("document", "type", "member"),
        "member_passport_expires": ("member",),
        "member_permit_expires": ("member", "permit"),
        "member_status_ends": ("member",),
        "member_restoration_ends": ("member", "ended_on"),
        "refund_expected": ("application", "amount"),
        "holder_refund_expected": ("application", "amount", "state"),
        "pr_medical_ends": (),
        "reminder": ("note", "text"),
    }
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day, what falls due on it, for whom, and the facts that its sentence needs.

    `subject_id` is what it hangs on (a letter, a permit, a request …), None for the person.
    """

    day: date
    kind: DeadlineKind
    person_id: PersonId
    reason: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    subject_id: int | None = None

    def days_left(self, today: date) -> int:
        """Days from today, negative once past."""
        return (self.day - today).days


def deadlines(file: PersonFile, day: date, programme: Programme) -> tuple[Deadline, ...]:
    """All deadlines of one file as known on a day, the earliest first.

    Of a principal who has died or needs no permit only the money and the family's days are left.
    """
    found = [
        *(() if applies_for_nothing(file.person, day) else _principal(file, day, programme)),
        *_family(file, day, programme),
        *_documents(file, day, programme),
        *_refunds(file, programme),
        *_applications(file, day, programme),
        *reminders(file),
    ]
    return tuple(sorted(found, key=lambda deadline: (deadline.day, deadline.kind)))


def _principal(file: PersonFile, day: date, programme: Programme) -> Iterator[Deadline]:
    yield from _letter(file, day, programme)
    yield from _csq(file, programme)
    yield from _passport(file)
    yield from _permit(file, programme)
    yield from _status(file, day, programme)
    medical = pr_track.medical_needed_until(file.person, programme)
    if medical is not None:
        yield Deadline(medical, DeadlineKind.MEDICAL, file.person.id, "pr_medical_ends")


def _letter(file: PersonFile, day: date, programme: Programme) -> Iterator[Deadline]:
    """The letter's last day, for someone who may still use it, or who could on that day: what has
    closed the way since is another deadline's, and this one waits to be seen."""
    letter = current_letter(file)
    if letter is None or not within_programme(letter, programme) or letter_use(file):
        return
    last = window_end(letter, programme)
    if not may_still_apply(file, min(day, last), programme):
        return
    yield Deadline(
        last,
        DeadlineKind.LETTER,
        file.person.id,
        "letter_window_ends",
        {"letter_date": letter.letter_date, "received_on": letter.letter_received_date},
        letter.id,
    )


def _csq(file: PersonFile, programme: Programme) -> Iterator[Deadline]:
    expiry, filed = csq_expiry(file.person, programme), pr_filed(file.person)
    if expiry is None or filed or filed_applications(file):
        return
    yield Deadline(
        expiry, DeadlineKind.CSQ, file.person.id, "csq_expires", {"pr_known": filed is not None}
    )


def _passport(file: PersonFile) -> Iterator[Deadline]:
    """The passport, while an application is open or once there is a permit."""
    expiry = passport_expiry(file)
    live = any(is_open(application.state) for application in file.own_applications)
    if expiry is None or not (live or file.own_permits):
        return
    yield Deadline(expiry, DeadlineKind.PASSPORT, file.person.id, "passport_expires")


def _documents(file: PersonFile, day: date, programme: Programme) -> Iterator[Deadline]:
    """The last day of a document that is on file, where the file itself tells no such day.

    What ended before the permit was issued has served; without an application to come or a permit
    nobody needs it.
    """
    for document in file.documents:
        expires = document.expires
        if expires is None or document.state is DocumentState.REQUIRED:
            continue
        told = document_expiry(file, document.type, document.member_id, programme)
        if told == expires or not _serves(file, document.member_id, expires, day):
            continue
        facts: dict[str, FactValue] = {
            "document": document.id,
            "type": document.type.value,
            "member": document.member_id,
        }
        yield Deadline(
            expires, DeadlineKind.DOCUMENT, file.person.id, "document_expires", facts, document.id
        )


def _serves(file: PersonFile, member_id: MemberId | None, expires: date, day: date) -> bool:
    """Whether a document that ends on a day is one that somebody may still have to show."""
    if member_id is None and applies_for_nothing(file.person, day):
        return False
    member = next((m for m in file.members if m.id == member_id), None)
    if member_id is not None and (member is None or member not in applicants_on(file, day)):
        return False
    own = [a for a in file.applications if a.member_id == member_id]
    if not own or any(is_open(a.state) for a in own):
        return True
    issued = [p.issued or p.valid_from for a in own for p in file.permits_of(a.id)]
    return bool(issued) and expires >= max(issued)


def _permit(file: PersonFile, programme: Programme) -> Iterator[Deadline]:
    """The permit's last day and, while an extension is still to be filed, when that is advised."""
    permit = latest_permit(file)
    if permit is None:
        return
    who, own = file.person.id, {"permit": permit.id}
    yield Deadline(permit.valid_until, DeadlineKind.PERMIT, who, "permit_expires", own, permit.id)
    if _extension_filed(file) or pr_state(file.person) not in (None, PrState.IN_PROCESS):
        return
    ahead = programme.clock("extension_advice", permit.valid_until).length
    yield Deadline(
        permit.valid_until - timedelta(days=ahead),
        DeadlineKind.EXTENSION,
        file.person.id,
        "extension_advised",
        {"permit": permit.id, "valid_until": permit.valid_until},
        permit.id,
    )


def _status(file: PersonFile, day: date, programme: Programme) -> Iterator[Deadline]:
    """The end of a status in Canada that is no permit of the programme, then that of restoring it.

    Nothing while IRCC has yet to decide what was filed in time, for a permanent resident, or for
    someone abroad. Sources IRPR 182, 183(5).
    """
    held = status_on(file, day)
    until = held.until
    if until is None or held.kept or held.undated:
        return
    if pr_state(file.person) in (PrState.APPROVED, PrState.LANDED):
        return
    if held.status in (CanadaStatus.NONE, CanadaStatus.CLAIMANT) or _abroad(file, day):
        return
    permit = latest_permit(file)
    of_permit = permit is not None and permit.valid_until == until
    subject = permit.id if permit is not None and of_permit else None
    if until < day:
        last = programme.last_day("restoration_days", until)
        facts: dict[str, FactValue] = {"ended_on": until}
        kind = DeadlineKind.RESTORATION
        yield Deadline(last, kind, file.person.id, "restoration_ends", facts, subject)
    elif not of_permit:
        other = any(one.valid_until == until for one in file.other_routes)
        reason = "other_permit_ends" if other else "status_ends"
        yield Deadline(until, DeadlineKind.STATUS, file.person.id, reason)


def _abroad(file: PersonFile, day: date) -> bool:
    """Whether somebody is known to live outside Canada: a permit speaks for having come."""
    where = residence_on(file, day)
    known = where.residence is not None and not where.in_canada
    return known and not file.own_permits and file.person.arrived_on is None


def _extension_filed(file: PersonFile) -> bool:
    """Whether an extension waits for its decision: until then the person keeps their status."""
    return any(
        a.kind is not ApplicationKind.FIRST and a.state in WAITING for a in file.own_applications
    )


_FAMILY: Mapping[str, DeadlineKind] = MappingProxyType(
    {
        "child_turns_22": DeadlineKind.AGE_22,
        "child_turns_18": DeadlineKind.AGE_18,
        "child_needs_study_permit": DeadlineKind.AGE_18,
        "caq_expires": DeadlineKind.CAQ,
        "caq_missing": DeadlineKind.CAQ,
        "member_passport_expires": DeadlineKind.PASSPORT,
        "member_permit_expires": DeadlineKind.PERMIT,
        "member_status_ends": DeadlineKind.STATUS,
        "member_restoration_ends": DeadlineKind.RESTORATION,
    }
)


def _family(file: PersonFile, day: date, programme: Programme) -> Iterator[Deadline]:
    for found in family_days(file, day, programme):
        kind, subject = _FAMILY[found.reason], found.permit_id or found.member_id
        yield Deadline(found.day, kind, file.person.id, found.reason, found.facts, subject)


_REMINDER_LETTERS = 80
"""How much of a note a line of the agenda tells."""


def reminders(file: PersonFile) -> Iterator[Deadline]:
    """Notes that come back on a day: whatever becomes of the file, somebody asked for it."""
    for note in file.notes:
        if note.remind_on is not None:
            line = " ".join(note.text.split())
            text = line if len(line) <= _REMINDER_LETTERS else line[: _REMINDER_LETTERS - 1] + "…"
            facts: dict[str, FactValue] = {"note": note.id, "text": text}
            kind = DeadlineKind.REMINDER
            yield Deadline(note.remind_on, kind, file.person.id, "reminder", facts, note.id)


def _refunds(file: PersonFile, programme: Programme) -> Iterator[Deadline]:
    """What IRCC has yet to give back: over the cap since the receipt, else since the decision."""
    for refund in refunds(file, programme):
        if not refund.open_cents:
            continue
        facts: dict[str, FactValue] = {
            "application": refund.application_id,
            "amount": refund.open_cents // 100,
        }
        reason, over = "refund_expected", refund.state is ApplicationState.CANCELLED_OVER_CAP
        if not over:
            reason, facts["state"] = "holder_refund_expected", refund.state.value
        yield Deadline(
            refund.since,
            DeadlineKind.REFUND,
            file.person.id,
            reason,
            facts,
            refund.application_id,
        )


def _applications(file: PersonFile, day: date, programme: Programme) -> Iterator[Deadline]:
    """Drafts and IRCC's requests, of the person and of the family."""
    idle = {member.id for member in file.members if settled_as(member) is not None}
    none_of_own = applies_for_nothing(file.person, day)
    for application in file.applications:
        own = application.member_id is None
        if not is_open(application.state) or application.member_id in idle:
            continue
        if own and none_of_own:
            continue
        yield from _draft(file, application, programme)
        expected = clocks.biometric_letter_on(file, application, day, programme)
        if expected is not None:
            yield Deadline(
                expected,
                DeadlineKind.BIOMETRIC_LETTER,
                file.person.id,
                "biometric_letter_expected",
                {"application": application.id},
                application.id,
            )
        for request in file.requests:
            if request.application_id == application.id:
                yield from _request(file, application, request, programme)


def _draft(file: PersonFile, application: Application, programme: Programme) -> Iterator[Deadline]:
    until = clocks.draft_until(application, programme)
    if until is not None:
        yield Deadline(
            until,
            DeadlineKind.DRAFT,
            file.person.id,
            "draft_deleted",
            {"application": application.id, "prepared_on": application.prepared_on},
            application.id,
        )


_REQUESTS: Mapping[RequestKind, tuple[DeadlineKind, str]] = MappingProxyType(
    {
        RequestKind.BIOMETRICS: (DeadlineKind.BIOMETRICS, "biometrics_due"),
        RequestKind.MEDICAL: (DeadlineKind.MEDICAL, "medical_due"),
        RequestKind.DOCUMENTS: (DeadlineKind.DOCUMENTS, "documents_due"),
        RequestKind.FAIRNESS_LETTER: (DeadlineKind.FAIRNESS_LETTER, "fairness_reply_due"),
        RequestKind.INTERVIEW: (DeadlineKind.INTERVIEW, "interview_held"),
        RequestKind.PASSPORT: (DeadlineKind.PASSPORT_REQUEST, "passport_asked"),
        RequestKind.INTRODUCTION_LETTER: (
            DeadlineKind.INTRODUCTION_LETTER,
            "introduction_letter_ends",
        ),
    }
)


def _request(
    file: PersonFile, application: Application, request: Request, programme: Programme
) -> Iterator[Deadline]:
    """What a request still asks for; of a medical result, until when it holds."""
    kind, reason = _REQUESTS[request.kind]
    until = clocks.due_on(request, programme)
    if request.kind is RequestKind.INTRODUCTION_LETTER:
        until = clocks.introduction_until(request)
    if request.done_on is not None:
        arrived = application.member_id is None and file.person.arrived_on is not None
        if request.kind is not RequestKind.MEDICAL or arrived:
            return
        reason, until = "medical_result_ends", clocks.result_until(request, programme)
    if until is None:
        return
    facts: dict[str, FactValue] = {"request": request.id}
    if "usual" in DEADLINE_REASONS[reason]:
        facts["usual"] = clocks.due_is_usual(request)
    yield Deadline(until, kind, file.person.id, reason, facts, request.id)
