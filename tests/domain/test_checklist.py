# SPDX-License-Identifier: Apache-2.0
"""Which documents a file needs in its case, and where each stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import (
    DAY,
    a_document,
    a_file,
    a_member,
    a_permit,
    a_person,
    a_residence,
    an_application,
    programme,
)

from imp_plus_desktop.domain.records.applications import Request
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, MemberId, RequestId
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    DocumentState,
    DocumentType,
    MemberLocation,
    PermitWish,
    PrState,
    Relation,
    RequestKind,
    School,
)
from imp_plus_desktop.domain.verdict.checklist import ChecklistItem, Stand, checklist

T = DocumentType
ALWAYS = {T.CSQ, T.LETTER, T.INTENT, T.PASSPORT, T.FORMS, T.PHOTO}


def needed(file: PersonFile, member: int | None = None, day: date = DAY) -> set[DocumentType]:
    found = checklist(file, day, programme())
    return {item.type for item in found if item.is_needed and item.member_id == member}


def one(file: PersonFile, type_: DocumentType, day: date = DAY) -> ChecklistItem:
    found = checklist(file, day, programme())
    return next(item for item in found if item.type is type_ and item.member_id is None)


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({}, set()),
        ({"person": {"pr_state": PrState.IN_PROCESS}}, {T.PR_PROOF}),
        ({"person": {"pr_state": PrState.WITHDRAWN}}, set()),
        ({"residences": (a_residence("CAN", "ON"),)}, {T.RESIDENCE_PROOF}),
        ({"person": {"representative": "Me Tremblay"}}, {T.REPRESENTATIVE}),
        ({"members": (a_member(Relation.PARTNER),)}, {T.COMMON_LAW}),
        ({"members": (a_member(Relation.PARTNER, separated_on=DAY),)}, set()),
        ({"members": (a_member(Relation.SPOUSE),)}, set()),
    ],
)
def test_the_case_says_which_documents_are_needed(
    changes: dict[str, Any], more: set[DocumentType]
) -> None:
    person = a_person(**changes.pop("person", {}))
    assert needed(a_file(person, **changes)) == ALWAYS | more


def test_the_form_follows_from_where_the_person_lives() -> None:
    assert one(a_file(), T.FORMS).because == "form_outside"
    inside = a_file(residences=(a_residence("CAN", "ON"),))
    assert one(inside, T.FORMS).because == "form_inside"


def test_an_extension_needs_no_letter() -> None:
    permit = a_file(
        a_person(pr_state=PrState.IN_PROCESS),
        applications=(an_application(ApplicationState.PERMIT_ISSUED),),
        permits=(a_permit(),),
    )
    late = date(2026, 5, 1)
    assert needed(permit, day=late) == {T.PR_PROOF, T.PASSPORT, T.FORMS, T.PHOTO}
    assert needed(permit) == set()
    assert one(permit, T.PHOTO).because == "extension"
    waiting = an_application(id=ApplicationId(2), kind=ApplicationKind.EXTENSION)
    again = replace(permit, applications=(*permit.applications, waiting))
    assert T.PHOTO in needed(again)


def test_a_member_who_studies_from_abroad_needs_a_caq() -> None:
    child = a_member(
        Relation.CHILD,
        birth_date=date(2013, 1, 1),
        wish=PermitWish.STUDY,
        school=School.PRIMARY_SECONDARY,
        location=MemberLocation.ABROAD,
        caq_until=date(2024, 1, 1),
    )
    file = a_file(members=(child,))
    assert needed(file, 1) == {T.PASSPORT, T.FORMS, T.PHOTO, T.CAQ}
    caq = next(i for i in checklist(file, DAY, programme()) if i.type is T.CAQ)
    assert (caq.expires, caq.stand) == (date(2024, 1, 1), Stand.NOT_RECORDED)
    here = replace(child, location=MemberLocation.QUEBEC)
    assert T.CAQ not in needed(a_file(members=(here,)), 1)
    away = replace(child, accompanying=False)
    assert needed(a_file(members=(away,)), 1) == set()


def test_whose_document_it_is_makes_a_difference() -> None:
    passport = replace(a_document(T.PASSPORT), member_id=MemberId(1))
    file = a_file(members=(a_member(wish=PermitWish.WORK),), documents=(passport,))
    assert one(file, T.PASSPORT).stand is Stand.NOT_RECORDED
    members = next(i for i in checklist(file, DAY, programme()) if i.member_id == 1)
    assert members.stand is Stand.RECEIVED


@pytest.mark.parametrize(
    ("document", "day", "stand"),
    [
        (a_document(T.CSQ, DocumentState.REQUIRED), DAY, Stand.REQUIRED),
        (a_document(T.CSQ), DAY, Stand.RECEIVED),
        (a_document(T.CSQ, DocumentState.REVIEWED), DAY, Stand.REVIEWED),
        (a_document(T.CSQ), date(2024, 11, 3), Stand.EXPIRED),
        (a_document(T.CSQ, expires=date(2025, 1, 1)), date(2024, 11, 3), Stand.RECEIVED),
        (a_document(T.CSQ, expires=date(2023, 5, 31)), DAY, Stand.EXPIRED),
    ],
)
def test_a_document_expires_by_its_own_day_or_by_what_the_file_says(
    document: Any, day: date, stand: Stand
) -> None:
    assert one(a_file(documents=(document,)), T.CSQ, day).stand is stand


def test_a_certificate_that_pr_keeps_alive_does_not_expire() -> None:
    person = a_person(pr_state=PrState.IN_PROCESS, pr_filed_on=date(2024, 1, 1))
    file = a_file(person, documents=(a_document(T.CSQ),))
    assert one(file, T.CSQ, date(2025, 6, 1)).stand is Stand.RECEIVED


def test_a_medical_exam_holds_for_twelve_months() -> None:
    request = Request(
        RequestId(1),
        a_person().id,
        an_application().id,
        RequestKind.MEDICAL,
        date(2023, 5, 25),
        done_on=date(2023, 5, 30),
    )
    file = a_file(
        applications=(an_application(),), requests=(request,), documents=(a_document(T.MEDICAL),)
    )
    item = one(file, T.MEDICAL)
    assert (item.because, item.expires) == ("asked", date(2024, 5, 30))
    assert one(file, T.MEDICAL, date(2024, 5, 31)).stand is Stand.EXPIRED


def test_what_no_case_asks_for_is_listed_last_and_is_not_needed() -> None:
    caq = a_document(T.CAQ)
    item = checklist(a_file(documents=(caq,)), DAY, programme())[-1]
    assert (item.type, item.because, item.is_open) == (T.CAQ, "extra", False)
