# SPDX-License-Identifier: Apache-2.0
"""A person whom Quebec has selected."""

from datetime import date
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
    most,
    not_ahead,
    partly,
)
from imp_plus_desktop.domain.records.ids import FormerNameId, PersonId
from imp_plus_desktop.domain.values.codes import (
    CanadaStatus,
    Language,
    PrState,
    Sex,
)
from imp_plus_desktop.domain.values.identifiers import IdentifierKind
from imp_plus_desktop.domain.values.names import list_name


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom Quebec has selected, with the CSQ and the application for PR.

    `clerk` is who in the office answers for the file. `outside_quebec_declared` is the tick of a
    form, `r199` whether a visitor may apply inside Canada all the same,
    `representative_form_on` the day of the IMM 5476, `biometrics_on` their last enrolment.
    `birth_known` is `1985` or `1985-03` while the day of birth is not known. `tags` are the
    office's own words for files, with a comma between (`domain/people/tags.py`). What follows are
    the days of the stages from the application for PR to the landing, as the office records them
    (`domain/permits/pr_track.py`).
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
        Mark.HIDDEN,
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
        Mark.HIDDEN,
    ] = None
    birth_known: Annotated[
        str | None, Kind.PARTIAL_DAY, partly("birth_date"), answered(""), Mark.WHO, Mark.HIDDEN
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
        date | None,
        Part.CSQ,
        Section.CSQ.at(5),
        after(csq_issue_date=IMPOSSIBLE, birth_date=IMPOSSIBLE),
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
        date | None, Part.STATUS, Section.STATUS.at(7), not_ahead(), after(birth_date=OUT_OF_ORDER)
    ] = None
    clerk: Annotated[str | None, Part.CONTACT, Section.CORRESPONDENCE.at(6)] = None
    language: Annotated[Language | None, Part.CONTACT, Section.CORRESPONDENCE.at(1)] = None
    address: Annotated[str | None, Kind.LINES, Part.CONTACT, Section.CORRESPONDENCE.at(2)] = None
    address_country: Annotated[
        str | None, Kind.COUNTRY, Part.CONTACT, Section.CORRESPONDENCE.at(3)
    ] = None
    address_province: Annotated[
        str | None, Kind.PROVINCE, Part.CONTACT, Section.CORRESPONDENCE.at(4)
    ] = None
    outside_quebec_declared: Annotated[bool | None, Section.CORRESPONDENCE.at(5)] = None
    representative: Annotated[str | None, Part.CONTACT, Section.CORRESPONDENCE.at(7)] = None
    representative_form_on: Annotated[
        date | None, Part.CONTACT, Section.CORRESPONDENCE.at(8), not_ahead()
    ] = None
    biometrics_on: Annotated[
        date | None, Part.STATUS, Section.STATUS.at(8), not_ahead(), after(birth_date=OUT_OF_ORDER)
    ] = None
    died_on: Annotated[date | None, not_ahead(IMPOSSIBLE), after(birth_date=IMPOSSIBLE)] = None
    tags: Annotated[
        str | None, Kind.TAGS, Part.CONTACT, Section.CORRESPONDENCE.at(9), Mark.SEARCHED
    ] = None
    pr_acknowledged_on: Annotated[
        date | None, Part.PR, Section.TRACK, not_ahead(), after(pr_filed_on=OUT_OF_ORDER)
    ] = None
    pr_biometrics_on: Annotated[
        date | None, Part.PR, Section.TRACK, not_ahead(), after(birth_date=OUT_OF_ORDER)
    ] = None
    pr_medical_on: Annotated[
        date | None, Part.PR, Section.TRACK, not_ahead(), after(birth_date=OUT_OF_ORDER)
    ] = None
    pr_background_on: Annotated[
        date | None, Part.PR, Section.TRACK, not_ahead(), after(pr_filed_on=OUT_OF_ORDER)
    ] = None
    pr_passport_asked_on: Annotated[
        date | None, Part.PR, Section.TRACK, not_ahead(), after(pr_filed_on=OUT_OF_ORDER)
    ] = None
    pr_confirmed_on: Annotated[
        date | None, Part.PR, Section.TRACK, not_ahead(), after(pr_filed_on=OUT_OF_ORDER)
    ] = None
    landed_on: Annotated[
        date | None,
        Part.PR,
        Section.TRACK,
        not_ahead(),
        after(birth_date=IMPOSSIBLE, pr_filed_on=OUT_OF_ORDER, pr_confirmed_on=OUT_OF_ORDER),
    ] = None

    @property
    def full_name(self) -> str:
        """`Given Family` as a sentence would say it."""
        return f"{self.given_names or ''} {self.family_name}".strip()

    @property
    def list_name(self) -> str:
        """`Family, Given` as a list would sort it."""
        return list_name(self.family_name, self.given_names)


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that the person bore until a day (None when the day is not known)."""

    id: FormerNameId
    person_id: PersonId
    family_name: Annotated[str, Mark.SEARCHED]
    given_names: Annotated[str | None, Mark.SEARCHED] = None
    until_day: Annotated[date | None, answered("until"), not_ahead()] = None
