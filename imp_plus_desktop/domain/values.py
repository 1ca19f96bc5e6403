# SPDX-License-Identifier: Apache-2.0
"""The programme's nouns as values: what a register holds about people, applications and permits.

Plain frozen dataclasses, the only things that cross from one layer to another. They hold no
rule, no text for people and no clock. Dates are `date`, instants are aware UTC `datetime`, codes
are language-neutral `StrEnum`s, countries are ISO 3166-1 alpha-3, an absent value is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", int)
LetterId = NewType("LetterId", int)
ResidenceId = NewType("ResidenceId", int)
PassportId = NewType("PassportId", int)
ApplicationId = NewType("ApplicationId", int)
PermitId = NewType("PermitId", int)
MemberId = NewType("MemberId", int)
DocumentId = NewType("DocumentId", int)
NoteId = NewType("NoteId", int)
ActId = NewType("ActId", int)


class Sex(StrEnum):
    F = "F"
    M = "M"
    X = "X"


class PrState(StrEnum):
    """Where the application for permanent residence stands, as far as the office knows."""

    NOT_FILED = "not_filed"
    IN_PROCESS = "in_process"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CanadaStatus(StrEnum):
    """Temporary status held in Canada."""

    VISITOR = "visitor"
    STUDENT = "student"
    WORKER = "worker"
    CLAIMANT = "claimant"
    NONE = "none"


class PersonStatus(StrEnum):
    """Where a person stands on the path from letter to permit."""

    INVITED = "invited"
    READY = "ready"
    APPLIED = "applied"
    APPROVED = "approved"
    PERMIT = "permit"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    OVER_CAP = "over_cap"
    CLOSED = "closed"


class ApplicationCode(StrEnum):
    """Exemption code that the file carries at IRCC; `study` is a study permit."""

    A76 = "A76"
    C41 = "C41"
    C46 = "C46"
    C49 = "C49"
    STUDY = "study"


class ApplicationKind(StrEnum):
    FIRST = "first"
    EXTENSION = "extension"


class Channel(StrEnum):
    ONLINE = "online"
    PAPER = "paper"
    PORT_OF_ENTRY = "port_of_entry"


class ApplicationState(StrEnum):
    """The office's own state of an application; the moves are a table in `status.py`."""

    RECEIVED = "received"
    APPROVED = "approved"
    PERMIT_ISSUED = "permit_issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    CANCELLED_OVER_CAP = "cancelled_over_cap"


class Outcome(StrEnum):
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    CANCELLED_OVER_CAP = "cancelled_over_cap"


class Relation(StrEnum):
    SPOUSE = "spouse"
    PARTNER = "partner"
    CHILD = "child"


class PermitWish(StrEnum):
    """What a family member asks for."""

    WORK = "work"
    STUDY = "study"
    VISITOR = "visitor"
    NONE = "none"


class DocumentType(StrEnum):
    CSQ = "csq"
    LETTER = "letter"
    INTENT = "intent"
    PR_PROOF = "pr_proof"
    RESIDENCE_PROOF = "residence_proof"
    PASSPORT = "passport"
    MEDICAL = "medical"
    POLICE = "police"
    PHOTO = "photo"
    FORMS = "forms"


class DocumentState(StrEnum):
    """`required` says that the office knows the document to be missing."""

    REQUIRED = "required"
    RECEIVED = "received"
    REVIEWED = "reviewed"


class LimitedBy(StrEnum):
    """What sets a permit's last day."""

    TERM = "term"
    PASSPORT = "passport"
    PRINCIPAL = "principal"


class Ledger(StrEnum):
    """The three counts that a cap can limit; only applications are ever refused a place."""

    APPLICATIONS = "applications"
    LETTERS = "letters"
    PERMITS = "permits"


CSQ_CATEGORY_NONE = "none"
"""Stored for a CSQ that states no category ("aucun"); None means that the office does not know."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom Quebec has selected, with the CSQ and the application for PR."""

    id: PersonId
    family_name: str
    given_names: str | None = None
    individual_reference: str | None = None
    uci: str | None = None
    file_number: str | None = None
    sex: Sex | None = None
    birth_date: date | None = None
    citizenship: str | None = None
    email: str | None = None
    phone: str | None = None
    csq_category: str | None = None
    csq_issue_date: date | None = None
    csq_expiry_date: date | None = None
    pr_number: str | None = None
    pr_filed_on: date | None = None
    pr_state: PrState | None = None
    canada_status: CanadaStatus | None = None
    canada_status_until: date | None = None
    r206: bool | None = None
    spouse: bool | None = None
    children: int | None = None
    arrived_on: date | None = None

    @property
    def full_name(self) -> str:
        """`Given Family` as a sentence would say it."""
        return f"{self.given_names or ''} {self.family_name}".strip()

    @property
    def list_name(self) -> str:
        """`Family, Given` as a list would sort it."""
        return f"{self.family_name}, {self.given_names}" if self.given_names else self.family_name


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation letter from MIFI."""

    id: LetterId
    person_id: PersonId
    letter_date: date
    letter_received_date: date | None = None


@dataclass(frozen=True, slots=True)
class Residence:
    """Where a person lives, from a day to a day (both inclusive); an open end is None."""

    id: ResidenceId
    person_id: PersonId
    country: str
    province: str | None = None
    from_day: date | None = None
    until_day: date | None = None


@dataclass(frozen=True, slots=True)
class Passport:
    id: PassportId
    person_id: PersonId
    number: str | None = None
    expiry: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A spouse, partner or child who may come along with a principal."""

    id: MemberId
    person_id: PersonId
    relation: Relation
    family_name: str
    given_names: str | None = None
    birth_date: date | None = None
    citizenship: str | None = None
    accompanying: bool | None = None
    wish: PermitWish | None = None
    passport_expiry: date | None = None
    arrived_on: date | None = None

    @property
    def full_name(self) -> str:
        return f"{self.given_names or ''} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Application:
    """One application at IRCC, the principal's (`member_id` None) or a member's.

    `place` is the number of the place it uses in `cap_year`, from 1; None when it uses none.
    """

    id: ApplicationId
    person_id: PersonId
    code: ApplicationCode
    kind: ApplicationKind
    state: ApplicationState
    member_id: MemberId | None = None
    application_number: str | None = None
    received_at: datetime | None = None
    channel: Channel | None = None
    outcome: Outcome | None = None
    decided_on: date | None = None
    cap_year: int | None = None
    place: int | None = None
    refund_logged_on: date | None = None


@dataclass(frozen=True, slots=True)
class Permit:
    id: PermitId
    application_id: ApplicationId
    permit_number: str | None
    issued: date | None
    valid_from: date
    valid_until: date
    province: str = "QC"
    limited_by: LimitedBy = LimitedBy.TERM
    lost_days: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    id: DocumentId
    person_id: PersonId
    type: DocumentType
    state: DocumentState
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    id: NoteId
    person_id: PersonId
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Everything the register holds about one person: the facts that rules look at.

    Tuples are in order of date (letters, applications, permits) or of entry.
    """

    person: Person
    letters: tuple[Letter, ...] = ()
    residences: tuple[Residence, ...] = ()
    passports: tuple[Passport, ...] = ()
    applications: tuple[Application, ...] = ()
    permits: tuple[Permit, ...] = ()
    members: tuple[Member, ...] = ()
    documents: tuple[Document, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def own_applications(self) -> tuple[Application, ...]:
        """The principal's applications, without the family's."""
        return tuple(a for a in self.applications if a.member_id is None)

    def permits_of(self, application_id: ApplicationId) -> tuple[Permit, ...]:
        return tuple(p for p in self.permits if p.application_id == application_id)

    @property
    def own_permits(self) -> tuple[Permit, ...]:
        own = {a.id for a in self.own_applications}
        return tuple(p for p in self.permits if p.application_id in own)
