# SPDX-License-Identifier: Apache-2.0
"""What hangs on a person: letters, stays, passports, documents, notes, contacts, work."""

from datetime import date, datetime
from typing import Annotated

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.fields import (
    IMPOSSIBLE,
    OUT_OF_ORDER,
    Kind,
    Mark,
    Part,
    Section,
    after,
    answered,
    named,
    not_ahead,
)
from imp_plus_desktop.domain.records.ids import (
    ContactId,
    DocumentId,
    EmploymentId,
    LetterId,
    MemberId,
    NoteId,
    PassportId,
    PersonId,
    ResidenceId,
)
from imp_plus_desktop.domain.values.codes import (
    ContactKind,
    DocumentState,
    DocumentType,
    ResidenceProof,
)
from imp_plus_desktop.domain.values.identifiers import IdentifierKind


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
    from_day: Annotated[date | None, answered("from"), after(birth_date=OUT_OF_ORDER)] = None
    until_day: Annotated[date | None, answered("until"), after(from_day=IMPOSSIBLE)] = None
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
        Mark.HIDDEN,
    ] = None
    issued: Annotated[
        date | None,
        named("passport_issue_date"),
        answered("passport_issue_date"),
        Part.PASSPORT,
        not_ahead(),
        after(birth_date=OUT_OF_ORDER),
        Mark.ERASABLE,
    ] = None
    expiry: Annotated[
        date | None,
        named("passport_expiry"),
        answered("passport_expiry"),
        Part.PASSPORT,
        Section.ARRIVING,
        after(permit_from=OUT_OF_ORDER, passport_issue_date=OUT_OF_ORDER),
        Mark.PASSPORT,
        Mark.ERASABLE,
    ] = None


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
    received_on: Annotated[date | None, not_ahead()] = None
    attachment: str | None = None
    attachment_name: Annotated[str | None, answered("")] = None


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote down. `pinned` keeps it in view on the file's page, `remind_on` is the
    day on which it comes back."""

    id: NoteId
    person_id: PersonId
    text: Annotated[str, Kind.LINES, Mark.SEARCHED]
    written_at: datetime
    pinned: bool | None = None
    remind_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One exchange with the person: a call, a letter, a reply, a visit.

    `attachment` is the SHA-256 of the letter that was written, kept once in the register, in
    hexadecimal.
    """

    id: ContactId
    person_id: PersonId
    on_day: Annotated[date, answered("on"), not_ahead()]
    kind: ContactKind
    text: Annotated[str, Mark.SEARCHED]
    attachment: str | None = None
    attachment_name: Annotated[str | None, answered("")] = None


@dataclass(frozen=True, slots=True)
class Employment:
    """Where the person works, from a day to a day (both inclusive); an open end is None."""

    id: EmploymentId
    person_id: PersonId
    country: Annotated[str, Kind.COUNTRY]
    province: Annotated[str | None, Kind.PROVINCE] = None
    employer: str | None = None
    from_day: Annotated[date | None, answered("from"), after(birth_date=OUT_OF_ORDER)] = None
    until_day: Annotated[date | None, answered("until"), after(from_day=IMPOSSIBLE)] = None
