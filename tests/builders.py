# SPDX-License-Identifier: Apache-2.0
"""People, letters and applications with sane defaults, so that a test says only what it is about.

`a_file()` is someone abroad whose file is clean on `DAY`: eligible, nothing unknown that blocks.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from imp_plus_desktop.domain.records.applications import Application, Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import (
    ApplicationId,
    DocumentId,
    LetterId,
    MemberId,
    PassportId,
    PermitId,
    PersonId,
    ResidenceId,
)
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.papers import Document, Letter, Passport, Residence
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    DocumentState,
    DocumentType,
    PrState,
    Relation,
)
from imp_plus_desktop.domain.values.programme import Programme

DAY = date(2023, 6, 1)
PERSON = PersonId(1)


@cache
def programme() -> Programme:
    """The parameters as shipped."""
    path = Path(__file__).parents[1] / "data" / "programme.toml"
    return Programme.from_table(tomllib.loads(path.read_text(encoding="utf-8")))


def without_amount(fee: str) -> Programme:
    """The programme as if no source gave a fee's amounts."""
    told = programme()
    fees = (replace(row, amount=None) if row.fee == fee else row for row in told.fees)
    return replace(told, fees=tuple(fees))


def a_person(**changes: Any) -> Person:
    person = Person(
        id=PERSON,
        family_name="Benali",
        given_names="Amine",
        individual_reference="C1234567",
        birth_date=date(1990, 4, 2),
        citizenship="MAR",
        csq_category="IQ",
        csq_issue_date=date(2022, 11, 2),
        csq_expiry_date=date(2024, 11, 2),
        pr_state=PrState.NOT_FILED,
    )
    return replace(person, **changes)


def a_letter(on: date = date(2023, 5, 1), received: date | None = date(2023, 5, 4)) -> Letter:
    return Letter(LetterId(1), PERSON, on, received)


def a_residence(
    country: str = "MAR",
    province: str | None = None,
    from_day: date | None = None,
    until_day: date | None = None,
    id_: int = 1,
) -> Residence:
    return Residence(ResidenceId(id_), PERSON, country, province, from_day, until_day)


def a_passport(expiry: date | None = date(2030, 1, 1)) -> Passport:
    return Passport(PassportId(1), PERSON, "AB123456", expiry=expiry)


def a_document(
    type_: DocumentType,
    state: DocumentState = DocumentState.RECEIVED,
    expires: date | None = None,
) -> Document:
    return Document(DocumentId(1), PERSON, type_, state, expires)


def an_application(
    state: ApplicationState = ApplicationState.RECEIVED, **changes: Any
) -> Application:
    application = Application(
        id=ApplicationId(1),
        person_id=PERSON,
        code=ApplicationCode.A76,
        kind=ApplicationKind.FIRST,
        state=state,
        received_at=datetime(2023, 5, 20, 15, tzinfo=UTC),
        cap_year=2023,
        place=1,
    )
    return replace(application, **changes)


def a_permit(until: date = date(2026, 6, 1), application: int = 1) -> Permit:
    return Permit(
        PermitId(1), ApplicationId(application), "U123456789", None, date(2023, 6, 1), until
    )


def a_member(relation: Relation = Relation.SPOUSE, **changes: Any) -> Member:
    return replace(Member(MemberId(1), PERSON, relation, "Benali", "Sara"), **changes)


def a_file(person: Person | None = None, **changes: Any) -> PersonFile:
    file = PersonFile(
        person=person or a_person(),
        letters=(a_letter(),),
        residences=(a_residence(),),
        passports=(a_passport(),),
    )
    return replace(file, **changes)
