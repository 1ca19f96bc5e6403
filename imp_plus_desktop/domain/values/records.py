# SPDX-License-Identifier: Apache-2.0
"""The programme's nouns as values: what a register holds about people, applications and permits.

Plain frozen dataclasses, the only things that cross from one layer to another. They hold no
rule, no text for people and no clock. Dates are `date`, instants are aware UTC `datetime`, codes
are those of `codes.py`, countries are ISO 3166-1 alpha-3, an absent value is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    CanadaStatus,
    Channel,
    ContactKind,
    Custody,
    DocumentState,
    DocumentType,
    Language,
    LimitedBy,
    MemberLocation,
    Outcome,
    PermitWish,
    PortalItem,
    PortalState,
    PrState,
    Relation,
    RequestKind,
    ResidenceProof,
    RouteState,
    School,
    Sex,
)
from imp_plus_desktop.domain.values.names import list_name

PersonId = NewType("PersonId", int)
LetterId = NewType("LetterId", int)
ResidenceId = NewType("ResidenceId", int)
PassportId = NewType("PassportId", int)
ApplicationId = NewType("ApplicationId", int)
PermitId = NewType("PermitId", int)
MemberId = NewType("MemberId", int)
DocumentId = NewType("DocumentId", int)
NoteId = NewType("NoteId", int)
FormerNameId = NewType("FormerNameId", int)
ContactId = NewType("ContactId", int)
EmploymentId = NewType("EmploymentId", int)
RequestId = NewType("RequestId", int)
PortalLineId = NewType("PortalLineId", int)
PaymentId = NewType("PaymentId", int)
OtherRouteId = NewType("OtherRouteId", int)
DeadlineMarkId = NewType("DeadlineMarkId", int)
EntryRuleId = NewType("EntryRuleId", int)
ActId = NewType("ActId", int)


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom Quebec has selected, with the CSQ and the application for PR.

    `clerk` is who in the office answers for the file. `outside_quebec_declared` is the tick of a
    form, `r199` whether a visitor may apply inside Canada all the same,
    `representative_form_on` the day of the IMM 5476, `biometrics_on` their last enrolment.
    """

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
    r199: bool | None = None
    spouse: bool | None = None
    children: int | None = None
    arrived_on: date | None = None
    clerk: str | None = None
    language: Language | None = None
    address: str | None = None
    address_country: str | None = None
    address_province: str | None = None
    outside_quebec_declared: bool | None = None
    representative: str | None = None
    representative_form_on: date | None = None
    biometrics_on: date | None = None
    died_on: date | None = None

    @property
    def full_name(self) -> str:
        """`Given Family` as a sentence would say it."""
        return f"{self.given_names or ''} {self.family_name}".strip()

    @property
    def list_name(self) -> str:
        """`Family, Given` as a list would sort it."""
        return list_name(self.family_name, self.given_names)


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation letter from MIFI; `supersedes_id` is the earlier letter that it replaces."""

    id: LetterId
    person_id: PersonId
    letter_date: date
    letter_received_date: date | None = None
    supersedes_id: LetterId | None = None


@dataclass(frozen=True, slots=True)
class Residence:
    """Where a person lives, from a day to a day (both inclusive); an open end is None."""

    id: ResidenceId
    person_id: PersonId
    country: str
    province: str | None = None
    from_day: date | None = None
    until_day: date | None = None
    proof: ResidenceProof | None = None


@dataclass(frozen=True, slots=True)
class Passport:
    id: PassportId
    person_id: PersonId
    number: str | None = None
    expiry: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A spouse, partner or child who may come along with a principal.

    `separated_on`, `died_on` and `married_on` (a child's marriage) count from their day on.
    `dependent_condition`: of age, but unable to provide for themselves since before 22.
    `invited`: has an invitation letter or a permit under A76 of their own.
    """

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
    uci: str | None = None
    custody: Custody | None = None
    separated_on: date | None = None
    died_on: date | None = None
    married_on: date | None = None
    dependent_condition: bool | None = None
    school: School | None = None
    location: MemberLocation | None = None
    caq_number: str | None = None
    caq_until: date | None = None
    biometrics_on: date | None = None
    canada_status: CanadaStatus | None = None
    canada_status_until: date | None = None
    invited: bool | None = None

    @property
    def full_name(self) -> str:
        return f"{self.given_names or ''} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Application:
    """One application at IRCC, the principal's (`member_id` None) or a member's.

    `place` is the number of the place it uses in `cap_year`, from 1; None when it uses none.
    `a76_wording` says whether the form's two boxes carry the programme's wording (DOC-03),
    `prepared_on` when the draft was begun in the portal, `biometrics_cancelled_on` when the
    biometric letter of an over-cap file was cancelled.
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
    a76_wording: bool | None = None
    prepared_on: date | None = None
    submitted_on: date | None = None
    biometrics_cancelled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Permit:
    """A permit as printed: its days, and the conditions in the words of the paper."""

    id: PermitId
    application_id: ApplicationId
    permit_number: str | None
    issued: date | None
    valid_from: date
    valid_until: date
    province: str = "QC"
    limited_by: LimitedBy = LimitedBy.TERM
    lost_days: int = 0
    location_condition: str | None = None
    occupation_condition: str | None = None

    @property
    def lost_to_passport(self) -> int:
        """Days that the passport has cost; what shortened a permit otherwise is no loss."""
        return self.lost_days if self.limited_by is LimitedBy.PASSPORT else 0


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the person (`member_id` None) or of a member.

    `attachment` is the SHA-256 of its scan, kept once in the register, in hexadecimal.
    """

    id: DocumentId
    person_id: PersonId
    type: DocumentType
    state: DocumentState
    expires: date | None = None
    member_id: MemberId | None = None
    received_on: date | None = None
    attachment: str | None = None
    attachment_name: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    id: NoteId
    person_id: PersonId
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that the person bore until a day (None when the day is not known)."""

    id: FormerNameId
    person_id: PersonId
    family_name: str
    given_names: str | None = None
    until_day: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One exchange with the person: a call, a letter, a reply, a visit."""

    id: ContactId
    person_id: PersonId
    on_day: date
    kind: ContactKind
    text: str


@dataclass(frozen=True, slots=True)
class Employment:
    """Where the person works, from a day to a day (both inclusive); an open end is None."""

    id: EmploymentId
    person_id: PersonId
    country: str
    province: str | None = None
    employer: str | None = None
    from_day: date | None = None
    until_day: date | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """Something that IRCC asked for in the course of an application.

    `letter_on` is the day of IRCC's letter, `due_on` the day that it states (None: the usual
    term), `done_on` when it was done, `valid_until` how long the result holds.
    """

    id: RequestId
    person_id: PersonId
    application_id: ApplicationId
    kind: RequestKind
    letter_on: date
    due_on: date | None = None
    done_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class PortalLine:
    """What one line of IRCC's portal said on the day when someone looked."""

    id: PortalLineId
    person_id: PersonId
    application_id: ApplicationId
    item: PortalItem
    state: PortalState
    observed_on: date
    completed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """A fee that was paid, or given back when `refund`. Unit: cents of a Canadian dollar."""

    id: PaymentId
    person_id: PersonId
    fee: str
    cents: int
    on_day: date
    application_id: ApplicationId | None = None
    refund: bool = False


@dataclass(frozen=True, slots=True)
class OtherRoute:
    """An application or a permit under another route than IMP+; it never uses a place."""

    id: OtherRouteId
    person_id: PersonId
    route: str
    state: RouteState
    filed_on: date | None = None
    decided_on: date | None = None
    employer: str | None = None
    offer_number: str | None = None
    permit_number: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class EntryRule:
    """What a nationality needs to enter from a day on, as the office read it in `source`.

    `requirement` is visa, eta or none.
    """

    id: EntryRuleId
    country: str
    requirement: str
    from_day: date
    source: str


@dataclass(frozen=True, slots=True)
class DeadlineMark:
    """What the office said of one deadline: seen, settled, or moved to another day with a reason.

    `kind`, `subject_id` (what it hangs on, None for the person) and `day` name the deadline.
    """

    id: DeadlineMarkId
    person_id: PersonId
    kind: str
    day: date
    subject_id: int | None = None
    new_day: date | None = None
    reason: str | None = None
    acknowledged_on: date | None = None
    settled_on: date | None = None


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
    former_names: tuple[FormerName, ...] = ()
    contacts: tuple[Contact, ...] = ()
    employments: tuple[Employment, ...] = ()
    requests: tuple[Request, ...] = ()
    portal_lines: tuple[PortalLine, ...] = ()
    payments: tuple[Payment, ...] = ()
    other_routes: tuple[OtherRoute, ...] = ()
    marks: tuple[DeadlineMark, ...] = ()

    @property
    def own_applications(self) -> tuple[Application, ...]:
        """The principal's applications, without the family's."""
        return tuple(a for a in self.applications if a.member_id is None)

    def permits_of(self, application_id: ApplicationId) -> tuple[Permit, ...]:
        return tuple(p for p in self.permits if p.application_id == application_id)

    @property
    def own_permits(self) -> tuple[Permit, ...]:
        if not self.permits:
            return ()
        own = {a.id for a in self.own_applications}
        return tuple(p for p in self.permits if p.application_id in own)
