# SPDX-License-Identifier: Apache-2.0
"""What waits for somebody in one file, by code: the lines of the overview's work list.

How many files there are of each is counted elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

from imp_plus_desktop.domain.applications.status import (
    TAKES_UP,
    WAITING,
    filed_applications,
    latest_application,
)
from imp_plus_desktop.domain.deadlines.agenda import AgendaItem
from imp_plus_desktop.domain.deadlines.deadlines import DeadlineKind
from imp_plus_desktop.domain.letters.csq import pr_filed, pr_state
from imp_plus_desktop.domain.people.need import applies_for_nothing
from imp_plus_desktop.domain.permits import permits, pr_track
from imp_plus_desktop.domain.permits.permit_chain import outside_quebec
from imp_plus_desktop.domain.quota.over_cap import has_open_items
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.calendar import add_months, birthday, toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    DocumentState,
    DocumentType,
    PrState,
    Relation,
    RouteState,
)
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.unseen.hidden import is_hidden

LEVELS: dict[str, Literal["bad", "warn", "info"]] = {
    "requests_late": "bad",
    "letters_7": "bad",
    "permits_ended": "bad",
    "permits_30": "bad",
    "outside_quebec": "bad",
    "over_cap_open": "bad",
    "permits_90": "warn",
    "drafts_14": "warn",
    "action_required": "warn",
    "passports_short": "warn",
    "passports_next": "warn",
    "family_shorter": "warn",
    "decisions_due": "warn",
    "pr_acknowledgement": "warn",
    "refunds_due": "warn",
    "reminders_due": "info",
    "review_rows": "info",
    "pr_proof_missing": "info",
    "medical_again": "info",
    "children_18_90": "info",
    "children_22": "info",
    "csq_90": "info",
}
"""What waits, by code and by how much it presses, in the order of the screen."""

ENDS = frozenset(
    {
        "letters_7",
        "permits_ended",
        "permits_30",
        "permits_90",
        "drafts_14",
        "passports_short",
        "passports_next",
        "family_shorter",
        "medical_again",
        "children_18_90",
        "children_22",
        "csq_90",
    }
)
"""What has an end of its own; all else waits for somebody."""

CODES_OF_BIRTHS = frozenset({"children_18_90", "children_22"})
"""What waits for a birthday, and so tells it."""

# How near an end is told; each code and its words name the days, so other days are another code.
NEAR = (
    (DeadlineKind.LETTER, "letters_7", 7),
    (DeadlineKind.PERMIT, "permits_30", 30),
    (DeadlineKind.PERMIT, "permits_90", 90),
    (DeadlineKind.DRAFT, "drafts_14", 14),
    (DeadlineKind.AGE_18, "children_18_90", 90),
    (DeadlineKind.CSQ, "csq_90", 90),
)
_REQUESTS = frozenset(
    {
        DeadlineKind.BIOMETRICS,
        DeadlineKind.MEDICAL,
        DeadlineKind.DOCUMENTS,
        DeadlineKind.FAIRNESS_LETTER,
        DeadlineKind.PASSPORT_REQUEST,
    }
)


_OF_THE_OFFICE = {DeadlineKind.REMINDER: "reminders_due", DeadlineKind.REFUND: "refunds_due"}
"""What waits for the office whatever becomes of the person."""


def waiting_codes(
    file: PersonFile, agenda: Iterable[AgendaItem], today: date, programme: Programme
) -> tuple[str, ...]:
    """What waits in one file; each code once."""
    if applies_for_nothing(file.person, today):
        money_and_notes = (_OF_THE_OFFICE[i.deadline.kind] for i in agenda
                           if i.deadline.kind in _OF_THE_OFFICE and i.day <= today)  # fmt: skip
        over_cap = ("over_cap_open",) if has_open_items(file) else ()
        return tuple(dict.fromkeys((*over_cap, *money_and_notes)))
    return tuple(dict.fromkeys(_codes(file, agenda, today, programme)))


def has_short_passport(file: PersonFile, programme: Programme, today: date) -> bool:
    """Whether a passport should be renewed before the application that is still to come."""
    expiry = permits.passport_expiry(file)
    waiting = not filed_applications(file) and not applies_for_nothing(file.person, today)
    return waiting and expiry is not None and expiry < add_months(today, programme.term_months)


def _codes(
    file: PersonFile, agenda: Iterable[AgendaItem], today: date, programme: Programme
) -> Iterator[str]:
    letter_open = False
    for item in agenda:
        kind, left = item.deadline.kind, (item.day - today).days
        if kind is DeadlineKind.LETTER and left >= 0:
            letter_open = True
        yield from (code for near, code, within in NEAR if near is kind and 0 <= left <= within)
        if left <= 0:
            yield from _past(file, item, today)
    yield from _of_permit(file, today, programme)
    yield from _of_pr(file, today, programme)
    if letter_open and has_short_passport(file, programme, today):
        yield "passports_short"
    if has_open_items(file):
        yield "over_cap_open"
    if outside_quebec(file, today):
        yield "outside_quebec"
    yield from _codes_of_application(file, today, programme)


def _past(file: PersonFile, item: AgendaItem, today: date) -> Iterator[str]:
    """What a day that is today or behind leaves to do."""
    kind, unseen = item.deadline.kind, item.acknowledged_on is None
    if kind in _OF_THE_OFFICE:
        yield _OF_THE_OFFICE[kind]
    if item.day >= today or not unseen:
        return
    if kind in _REQUESTS and item.deadline.reason != "pr_medical_ends":
        yield "requests_late"
    if kind is DeadlineKind.PERMIT and not _goes_on(file, item, today):
        yield "permits_ended"


def _of_permit(file: PersonFile, today: date, programme: Programme) -> Iterator[str]:
    """What is too short for the permit that runs, or for the one that would follow it."""
    permit = permits.latest_permit(file)
    if permit is None or permit.valid_until < today:
        return
    passport = permits.passport_expiry(file)
    soon = permit.valid_until <= today + timedelta(days=_SOON_DAYS)
    if soon and passport is not None:
        next_end = add_months(permit.valid_until, programme.extension_months)
        yield from ("passports_next",) if passport < next_end else ()
    own = {one.id for one in file.own_permits}
    others = [one.valid_until for one in file.permits if one.id not in own]
    if any(today <= until < permit.valid_until for until in others):
        yield "family_shorter"


def _of_pr(file: PersonFile, today: date, programme: Programme) -> Iterator[str]:
    """What the application for PR waits for, or is to be done again for it."""
    if pr_state(file.person) is PrState.IN_PROCESS and not pr_track.is_acknowledged(file.person):
        yield "pr_acknowledgement"
    until = pr_track.medical_needed_until(file.person, programme)
    if until is not None and until <= today + timedelta(days=_SOON_DAYS):
        yield "medical_again"


_SOON_DAYS = 90
_OTHER_WAYS = frozenset({RouteState.FILED, RouteState.APPROVED})


def _goes_on(file: PersonFile, item: AgendaItem, today: date) -> bool:
    """Whether something is recorded that takes up where a permit has ended."""
    if pr_state(file.person) is PrState.APPROVED:
        return True
    permit = item.deadline.facts.get("permit")
    ended = {p.application_id for p in file.permits if p.id == permit}
    holder = next((a.member_id for a in file.applications if a.id in ended), None)
    theirs = [a for a in file.applications if a.member_id == holder]
    if any(a.state in TAKES_UP and a.id not in ended for a in theirs):
        return True
    return holder is None and any(
        route.state in _OTHER_WAYS and (route.valid_until is None or route.valid_until >= today)
        for route in file.other_routes
    )


def _codes_of_application(file: PersonFile, today: date, programme: Programme) -> Iterator[str]:
    application = latest_application(file)
    if application is None or application.state not in WAITING:
        return
    if application.state is ApplicationState.ACTION_REQUIRED:
        yield "action_required"
    received = application.received_at
    due = today - timedelta(days=programme.decision_due_days)
    if received is not None and toronto_day(received) <= due:
        yield "decisions_due"
    if pr_filed(file.person) and not _has_pr_proof(file):
        yield "pr_proof_missing"
    if any(_turns_soon(birth, today, programme) for birth in _children(file)):
        yield "children_22"


def _has_pr_proof(file: PersonFile) -> bool:
    return any(
        document.type is DocumentType.PR_PROOF and document.state is not DocumentState.REQUIRED
        for document in file.documents
    )


def _children(file: PersonFile) -> Iterable[date]:
    return (
        member.birth_date
        for member in file.members
        if member.relation is Relation.CHILD
        and member.birth_date is not None
        and not is_hidden(member.birth_date)
        and member.accompanying is not False
    )


def _turns_soon(birth: date, today: date, programme: Programme) -> bool:
    turns = birthday(birth, programme.child_age)
    return today <= turns <= today + timedelta(days=programme.child_ahead_days)
