# SPDX-License-Identifier: Apache-2.0
"""The programme's nouns as values: what a register holds about people, applications and permits.

Plain frozen dataclasses, the only things that cross from one layer to another. They hold no
rule, no text for people and no clock. Dates are `date`, instants are aware UTC `datetime`, codes
are those of `codes.py`, countries are ISO 3166-1 alpha-3, an absent value is None.

A line of a class is the one place where a field is defined: its name is the column's and the
journal's, its type says what it holds, and what stands behind the type (`fields.py`) the rest.
Tables, lists, forms, answers, checks and the search are made from it (`catalogue.py`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Annotated, NewType

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
from imp_plus_desktop.domain.values.fields import (
    IMPOSSIBLE,
    OUT_OF_ORDER,
    Kind,
    Mark,
    Part,
    Section,
    after,
    answered,
    most,
    named,
    not_ahead,
    words,
)
from imp_plus_desktop.domain.values.identifiers import IdentifierKind
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
    family_name: Annotated[
        str, Part.IDENTITY, Section.IDENTITY, Mark.WHO, Mark.PASSPORT, Mark.SEARCHED
    ]
    given_names: Annotated[
        str | None, Part.IDENTITY, Section.IDENTITY, Mark.WHO, Mark.PASSPORT, Mark.SEARCHED
    ] = None
    individual_reference: Annotated[
        str | None,
        IdentifierKind.INDIVIDUAL_REFERENCE,
        Part.NUMBERS,
        Section.IDENTITY,
        Mark.KEY,
        Mark.APART,
        Mark.UNIQUE,
        Mark.SEARCHED,
    ] = None
    uci: Annotated[
        str | None,
        IdentifierKind.UCI,
        Part.NUMBERS,
        Section.IDENTITY,
        Mark.KEY,
        Mark.APART,
        Mark.UNIQUE,
        Mark.SEARCHED,
        Mark.HYPHENS,
    ] = None
    file_number: Annotated[
        str | None,
        IdentifierKind.FILE_NUMBER,
        Part.NUMBERS,
        Section.IDENTITY,
        Mark.KEY,
        Mark.SEARCHED,
    ] = None
    sex: Annotated[
        Sex | None, Part.IDENTITY, Section.IDENTITY, Mark.WHO, Mark.APART, Mark.PASSPORT
    ] = None
    birth_date: Annotated[
        date | None,
        Part.IDENTITY,
        Section.IDENTITY,
        not_ahead(IMPOSSIBLE),
        Mark.WHO,
        Mark.APART,
        Mark.PASSPORT,
    ] = None
    citizenship: Annotated[
        str | None, Kind.COUNTRY, Part.IDENTITY, Section.IDENTITY, Mark.WHO, Mark.PASSPORT
    ] = None
    second_citizenship: Annotated[str | None, Kind.COUNTRY, Part.IDENTITY, Section.IDENTITY] = None
    email: Annotated[str | None, Kind.EMAIL, Part.CONTACT, Section.CONTACT, Mark.SEARCHED] = None
    phone: Annotated[str | None, Part.CONTACT, Section.CONTACT, Mark.SEARCHED] = None
    phone_2: Annotated[str | None, Part.CONTACT, Section.CONTACT, Mark.SEARCHED] = None
    csq_category: Annotated[str | None, Kind.CATEGORY, Part.CSQ, Section.CSQ.at(1)] = None
    csq_issue_date: Annotated[
        date | None,
        Part.CSQ,
        Section.CSQ.at(3),
        not_ahead(IMPOSSIBLE),
        after(birth_date=IMPOSSIBLE),
    ] = None
    csq_expiry_date: Annotated[
        date | None, Part.CSQ, Section.CSQ.at(5), after(csq_issue_date=IMPOSSIBLE)
    ] = None
    pr_number: Annotated[
        str | None, IdentifierKind.PR_APPLICATION, Part.PR, Section.CSQ.at(6), Mark.SEARCHED
    ] = None
    pr_filed_on: Annotated[
        date | None, Part.PR, Section.CSQ.at(4), not_ahead(), after(birth_date=OUT_OF_ORDER)
    ] = None
    pr_state: Annotated[PrState | None, Part.PR, Section.CSQ.at(2)] = None
    canada_status: Annotated[CanadaStatus | None, Part.STATUS, Section.STATUS.at(1)] = None
    canada_status_until: Annotated[date | None, Part.STATUS, Section.STATUS.at(3)] = None
    r206: Annotated[bool | None, Part.STATUS, Section.STATUS.at(5)] = None
    r199: Annotated[bool | None, Part.STATUS, Section.STATUS.at(6)] = None
    spouse: Annotated[bool | None, Part.FAMILY, Section.STATUS.at(2)] = None
    children: Annotated[int | None, Part.FAMILY, Section.STATUS.at(4), most(30)] = None
    arrived_on: Annotated[
        date | None, Section.STATUS.at(7), not_ahead(), after(birth_date=OUT_OF_ORDER)
    ] = None
    clerk: Annotated[str | None, Section.CORRESPONDENCE.at(6)] = None
    language: Annotated[Language | None, Section.CORRESPONDENCE.at(1)] = None
    address: Annotated[str | None, Kind.LINES, Section.CORRESPONDENCE.at(2)] = None
    address_country: Annotated[str | None, Kind.COUNTRY, Section.CORRESPONDENCE.at(3)] = None
    address_province: Annotated[str | None, Kind.PROVINCE, Section.CORRESPONDENCE.at(4)] = None
    outside_quebec_declared: Annotated[bool | None, Section.CORRESPONDENCE.at(5)] = None
    representative: Annotated[str | None, Section.CORRESPONDENCE.at(7)] = None
    representative_form_on: Annotated[date | None, Section.CORRESPONDENCE.at(8), not_ahead()] = None
    biometrics_on: Annotated[
        date | None, Section.STATUS.at(8), not_ahead(), after(birth_date=OUT_OF_ORDER)
    ] = None
    died_on: Annotated[date | None, not_ahead(IMPOSSIBLE), after(birth_date=IMPOSSIBLE)] = None

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
    letter_date: Annotated[
        date,
        Part.LETTER,
        Section.ARRIVING,
        not_ahead(IMPOSSIBLE),
        after(birth_date=IMPOSSIBLE),
        Mark.UNIQUE,
    ]
    letter_received_date: Annotated[
        date | None,
        Part.LETTER,
        Section.ARRIVING,
        not_ahead(),
        after(letter_date=OUT_OF_ORDER),
        Mark.ERASABLE,
    ] = None
    supersedes_id: Annotated[LetterId | None, answered("supersedes")] = None


@dataclass(frozen=True, slots=True)
class Residence:
    """Where a person lives, from a day to a day (both inclusive); an open end is None."""

    id: ResidenceId
    person_id: PersonId
    country: Annotated[
        str, Kind.PLACE, named("residence_country"), Part.RESIDENCE, Section.ARRIVING
    ]
    province: Annotated[
        str | None,
        Kind.PROVINCE,
        named("residence_province"),
        Part.RESIDENCE,
        Section.ARRIVING,
        Mark.ERASABLE,
    ] = None
    from_day: Annotated[date | None, answered("from")] = None
    until_day: Annotated[date | None, answered("until")] = None
    proof: ResidenceProof | None = None


@dataclass(frozen=True, slots=True)
class Passport:
    id: PassportId
    person_id: PersonId
    number: Annotated[
        str | None,
        IdentifierKind.PASSPORT,
        named("passport_number"),
        answered("passport_number"),
        Part.PASSPORT,
        Section.ARRIVING,
        Mark.PASSPORT,
        Mark.SEARCHED,
        Mark.ERASABLE,
    ] = None
    expiry: Annotated[
        date | None,
        named("passport_expiry"),
        answered("passport_expiry"),
        Part.PASSPORT,
        Section.ARRIVING,
        after(permit_from=OUT_OF_ORDER),
        Mark.PASSPORT,
        Mark.ERASABLE,
    ] = None


@dataclass(frozen=True, slots=True)
class Member:
    """A spouse, partner or child who may come along with a principal.

    `separated_on`, `died_on` and `married_on` (a child's marriage) count from their day on.
    `dependent_condition`: of age, but unable to provide for themselves since before 22.
    `invited`: has an invitation letter or a permit under A76 of their own.
    """

    id: MemberId
    person_id: PersonId
    relation: Annotated[Relation, Part.MEMBER, Section.MEMBER.at(1)]
    family_name: Annotated[str, Part.MEMBER, Section.MEMBER.at(3), Mark.SEARCHED]
    given_names: Annotated[str | None, Part.MEMBER, Section.MEMBER.at(4), Mark.SEARCHED] = None
    birth_date: Annotated[date | None, Part.MEMBER, Section.MEMBER.at(2), not_ahead()] = None
    citizenship: Annotated[str | None, Kind.COUNTRY, Part.MEMBER, Section.MEMBER.at(5)] = None
    accompanying: Annotated[bool | None, Section.MEMBER.at(7)] = None
    wish: Annotated[PermitWish | None, Part.MEMBER, Section.MEMBER.at(8), words("wish")] = None
    passport_expiry: Annotated[date | None, Section.MEMBER.at(9)] = None
    arrived_on: Annotated[date | None, Section.MEMBER.at(12), not_ahead()] = None
    uci: Annotated[str | None, IdentifierKind.UCI, Section.MEMBER.at(6), Mark.HYPHENS] = None
    custody: Annotated[Custody | None, Section.CHILD.at(19)] = None
    separated_on: Annotated[date | None, Section.SPOUSE.at(22), not_ahead()] = None
    died_on: Annotated[date | None, Section.MEMBER.at(18), not_ahead()] = None
    married_on: Annotated[date | None, Section.CHILD.at(23), not_ahead()] = None
    dependent_condition: Annotated[bool | None, Section.CHILD.at(20)] = None
    school: Annotated[School | None, Section.MEMBER.at(15)] = None
    location: Annotated[MemberLocation | None, Section.MEMBER.at(11)] = None
    caq_number: Annotated[str | None, Section.MEMBER.at(16)] = None
    caq_until: Annotated[date | None, Section.MEMBER.at(17)] = None
    biometrics_on: Annotated[date | None, Section.MEMBER.at(10), not_ahead()] = None
    canada_status: Annotated[CanadaStatus | None, Part.MEMBER, Section.MEMBER.at(13)] = None
    canada_status_until: Annotated[date | None, Part.MEMBER, Section.MEMBER.at(14)] = None
    invited: Annotated[bool | None, Section.SPOUSE.at(21)] = None

    @property
    def full_name(self) -> str:
        return f"{self.given_names or ''} {self.family_name}".strip()


new_member = partial(Member, MemberId(0))
"""A member as typed in, who has no id yet."""


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
    member_id: Annotated[MemberId | None, answered("member")] = None
    application_number: Annotated[
        str | None,
        IdentifierKind.APPLICATION,
        Part.APPLICATION,
        Mark.UNIQUE,
        Mark.SEARCHED,
        Mark.ERASABLE,
    ] = None
    received_at: Annotated[
        datetime | None, Part.APPLICATION, not_ahead(), after(birth_date=OUT_OF_ORDER)
    ] = None
    channel: Annotated[Channel | None, answered("")] = None
    outcome: Annotated[Outcome | None, Part.APPLICATION] = None
    decided_on: Annotated[
        date | None, Part.APPLICATION, not_ahead(), after(received_at=OUT_OF_ORDER)
    ] = None
    cap_year: int | None = None
    place: int | None = None
    refund_logged_on: date | None = None
    a76_wording: Annotated[bool | None, answered("")] = None
    prepared_on: date | None = None
    submitted_on: date | None = None
    biometrics_cancelled_on: Annotated[date | None, answered("")] = None


@dataclass(frozen=True, slots=True)
class Permit:
    """A permit as printed: its days, and the conditions in the words of the paper."""

    id: PermitId
    application_id: Annotated[ApplicationId, answered("application")]
    permit_number: Annotated[
        str | None, IdentifierKind.PERMIT, Part.PERMIT, Mark.UNIQUE, Mark.SEARCHED, Mark.ERASABLE
    ]
    issued: date | None
    valid_from: Annotated[
        date,
        named("permit_from"),
        Part.PERMIT,
        after(received_at=OUT_OF_ORDER, decided_on=OUT_OF_ORDER),
    ]
    valid_until: Annotated[date, named("permit_until"), Part.PERMIT, after(permit_from=IMPOSSIBLE)]
    province: Annotated[str, Kind.PROVINCE] = "QC"
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
    type: Annotated[DocumentType, Mark.UNIQUE]
    state: DocumentState
    expires: date | None = None
    member_id: Annotated[MemberId | None, answered("member")] = None
    received_on: date | None = None
    attachment: str | None = None
    attachment_name: Annotated[str | None, answered("")] = None


@dataclass(frozen=True, slots=True)
class Note:
    id: NoteId
    person_id: PersonId
    text: Annotated[str, Kind.LINES]
    written_at: datetime


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that the person bore until a day (None when the day is not known)."""

    id: FormerNameId
    person_id: PersonId
    family_name: Annotated[str, Mark.SEARCHED]
    given_names: Annotated[str | None, Mark.SEARCHED] = None
    until_day: Annotated[date | None, answered("until")] = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One exchange with the person: a call, a letter, a reply, a visit."""

    id: ContactId
    person_id: PersonId
    on_day: Annotated[date, answered("on")]
    kind: ContactKind
    text: str


@dataclass(frozen=True, slots=True)
class Employment:
    """Where the person works, from a day to a day (both inclusive); an open end is None."""

    id: EmploymentId
    person_id: PersonId
    country: Annotated[str, Kind.COUNTRY]
    province: Annotated[str | None, Kind.PROVINCE] = None
    employer: str | None = None
    from_day: Annotated[date | None, answered("from")] = None
    until_day: Annotated[date | None, answered("until")] = None


@dataclass(frozen=True, slots=True)
class Request:
    """Something that IRCC asked for in the course of an application.

    `letter_on` is the day of IRCC's letter, `due_on` the day that it states (None: the usual
    term), `done_on` when it was done, `valid_until` how long the result holds.
    """

    id: RequestId
    person_id: PersonId
    application_id: Annotated[ApplicationId, answered("application")]
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
    application_id: Annotated[ApplicationId, answered("application")]
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
    cents: Annotated[int, Kind.MONEY]
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
    offer_number: Annotated[str | None, IdentifierKind.OFFER] = None
    permit_number: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class EntryRule:
    """What a nationality needs to enter from a day on, as the office read it in `source`.

    `requirement` is visa, eta or none.
    """

    id: EntryRuleId
    country: Annotated[str, Kind.COUNTRY]
    requirement: Annotated[str, words("requirement")]
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
