# SPDX-License-Identifier: Apache-2.0
"""The days that matter next in a person's file. Every day is kept, past ones too.

What counts as near, and what has become uninteresting, is the caller's choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from imp_plus_desktop.domain.calendar import birthday, toronto_day
from imp_plus_desktop.domain.csq import csq_expiry, pr_filed
from imp_plus_desktop.domain.findings import FactValue
from imp_plus_desktop.domain.letters import (
    current_letter,
    letter_use,
    window_end,
    within_programme,
)
from imp_plus_desktop.domain.permits import latest_permit, passport_expiry
from imp_plus_desktop.domain.programme import Programme
from imp_plus_desktop.domain.status import is_open
from imp_plus_desktop.domain.values import ApplicationState, PersonFile, PersonId, Relation


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


# Each reason with the names of its facts, as `reasons.REASONS` is for findings.
DEADLINE_REASONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "letter_window_ends": ("letter_date", "received_on"),
        "csq_expires": ("pr_known",),
        "passport_expires": (),
        "permit_expires": ("permit",),
        "child_turns_22": ("member",),
        "child_turns_18": ("member",),
        "refund_expected": ("application", "amount"),
    }
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day, what falls due on it, for whom, and the facts that its sentence needs."""

    day: date
    kind: DeadlineKind
    person_id: PersonId
    reason: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)

    def days_left(self, today: date) -> int:
        """Days from today, negative once past."""
        return (self.day - today).days


def deadlines(file: PersonFile, day: date, programme: Programme) -> tuple[Deadline, ...]:
    """All deadlines of one file as known on a day, the earliest first."""
    found = [
        *_letter(file, programme),
        *_csq(file, programme),
        *_passport(file, day),
        *_permit(file),
        *_birthdays(file, day, programme),
        *_refunds(file, programme),
    ]
    return tuple(sorted(found, key=lambda deadline: (deadline.day, deadline.kind)))


def _letter(file: PersonFile, programme: Programme) -> Iterator[Deadline]:
    letter = current_letter(file)
    if letter is None or not within_programme(letter, programme) or letter_use(file):
        return
    yield Deadline(
        window_end(letter, programme),
        DeadlineKind.LETTER,
        file.person.id,
        "letter_window_ends",
        {"letter_date": letter.letter_date, "received_on": letter.letter_received_date},
    )


def _csq(file: PersonFile, programme: Programme) -> Iterator[Deadline]:
    expiry, filed = csq_expiry(file.person, programme), pr_filed(file.person)
    if expiry is None or filed or file.own_applications:
        return
    yield Deadline(
        expiry, DeadlineKind.CSQ, file.person.id, "csq_expires", {"pr_known": filed is not None}
    )


def _passport(file: PersonFile, day: date) -> Iterator[Deadline]:
    expiry, permit = passport_expiry(file), latest_permit(file)
    live = any(is_open(application.state) for application in file.own_applications)
    if expiry is None or not (live or (permit is not None and permit.valid_until >= day)):
        return
    yield Deadline(expiry, DeadlineKind.PASSPORT, file.person.id, "passport_expires")


def _permit(file: PersonFile) -> Iterator[Deadline]:
    permit = latest_permit(file)
    if permit is not None:
        yield Deadline(
            permit.valid_until,
            DeadlineKind.PERMIT,
            file.person.id,
            "permit_expires",
            {"permit": permit.id},
        )


def _birthdays(file: PersonFile, day: date, programme: Programme) -> Iterator[Deadline]:
    """Birthdays to come of children who come along, or may."""
    ages = (
        (programme.child_age, DeadlineKind.AGE_22, "child_turns_22"),
        (programme.majority, DeadlineKind.AGE_18, "child_turns_18"),
    )
    for member in file.members:
        if member.relation is not Relation.CHILD or member.accompanying is False:
            continue
        for age, kind, reason in ages:
            turns_on = birthday(member.birth_date, age) if member.birth_date else None
            if turns_on is not None and turns_on >= day:
                yield Deadline(turns_on, kind, file.person.id, reason, {"member": member.id})


def _refunds(file: PersonFile, programme: Programme) -> Iterator[Deadline]:
    """Over-cap applications whose refund nobody has logged: due since their receipt."""
    for application in file.own_applications:
        if (
            application.state is ApplicationState.CANCELLED_OVER_CAP
            and application.refund_logged_on is None
            and application.received_at is not None
        ):
            received = toronto_day(application.received_at)
            amount = int(programme.over_cap_refund(received))
            yield Deadline(
                received,
                DeadlineKind.REFUND,
                file.person.id,
                "refund_expected",
                {"application": application.id, "amount": amount},
            )
