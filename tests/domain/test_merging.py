# SPDX-License-Identifier: Apache-2.0
"""Two files of one person compared: what differs, what clashes, what is kept by default."""

from dataclasses import replace
from datetime import UTC, date, datetime

from builders import a_document, a_file, a_letter, a_member, a_passport, a_person, an_application

from imp_plus_desktop.domain.codes import (
    ApplicationKind,
    ApplicationState,
    DocumentState,
    DocumentType,
    Outcome,
    Relation,
)
from imp_plus_desktop.domain.merging import Side, better_side, compare
from imp_plus_desktop.domain.values import ApplicationId, MemberId, PassportId, PersonFile


def bare(**changes: object) -> PersonFile:
    """A second file of the same person, with little in it."""
    person = a_person(individual_reference=None, csq_category=None, **changes)
    return a_file(person, letters=(), residences=(), passports=())


def test_only_fields_that_both_know_and_say_differently_are_a_choice() -> None:
    left = a_file(a_person(phone="514-555-0100", uci="1234-5678"))
    right = bare(phone="514-555-0199", email="a@example.com", uci="12345678")
    assert [choice.field for choice in compare(left, right).fields] == ["phone"]


def test_the_file_that_got_further_is_kept_by_default() -> None:
    left, right = a_file(), bare(phone="1")
    assert better_side(left, right) is Side.LEFT
    received = replace(right, applications=(an_application(),))
    assert better_side(left, received) is Side.RIGHT


def test_letters_of_one_day_are_one_and_the_known_day_of_receipt_is_kept() -> None:
    left = replace(a_file(), letters=(a_letter(received=None),))
    right = replace(a_file(), letters=(a_letter(),))
    (clash,) = [c for c in compare(left, right).clashes if c.kind == "letter"]
    assert (clash.key, clash.default) == ("letter:2023-05-01", Side.RIGHT)
    other = replace(a_file(), letters=(a_letter(date(2023, 5, 2)),))
    assert not [c for c in compare(left, other).clashes if c.kind == "letter"]


def test_passports_are_one_by_their_number_only() -> None:
    left = a_file()
    spaced = replace(a_passport(), id=PassportId(2), number="ab 123-456")
    kinds = [c.kind for c in compare(left, replace(bare(), passports=(spaced,))).clashes]
    assert kinds == ["passport"]
    unnumbered = replace(spaced, number=None)
    assert compare(left, replace(bare(), passports=(unnumbered,))).clashes == ()


def test_a_document_is_kept_where_it_got_further() -> None:
    left = replace(a_file(), documents=(a_document(DocumentType.CSQ, DocumentState.REQUIRED),))
    right = replace(bare(), documents=(a_document(DocumentType.CSQ, DocumentState.REVIEWED),))
    found = compare(left, right)
    assert found.defaults == {"document:csq": Side.RIGHT}
    assert found.choices == {"document:csq": (Side.LEFT, Side.RIGHT)}


def test_a_member_is_the_same_by_name_and_birth_unless_two_births_are_known() -> None:
    left = replace(a_file(), members=(a_member(birth_date=date(2015, 1, 1)),))
    same = a_member(Relation.PARTNER, id=MemberId(2), family_name="BENALI")
    assert [c.kind for c in compare(left, replace(bare(), members=(same,))).clashes] == ["member"]
    twin = replace(same, birth_date=date(2016, 1, 1))
    assert compare(left, replace(bare(), members=(twin,))).clashes == ()


def test_applications_of_one_day_are_one_and_two_open_ones_are_asked_about() -> None:
    left = replace(a_file(), applications=(an_application(application_number="W123456789"),))
    decided = an_application(
        ApplicationState.REFUSED,
        id=ApplicationId(2),
        outcome=Outcome.REFUSED,
        place=2,
    )
    assert compare(left, replace(bare(), applications=(decided,))).defaults == {
        "application:1": Side.RIGHT
    }
    later = an_application(id=ApplicationId(3), received_at=datetime(2023, 6, 20, 15, tzinfo=UTC))
    assert compare(left, replace(bare(), applications=(later,))).defaults == {
        "application:1": Side.BOTH
    }
    extension = replace(later, kind=ApplicationKind.EXTENSION)
    assert compare(left, replace(bare(), applications=(extension,))).clashes == ()
    numbered = replace(later, received_at=left.applications[0].received_at,
                       application_number="W987654321")  # fmt: skip
    assert compare(left, replace(bare(), applications=(numbered,))).defaults == {
        "application:1": Side.BOTH
    }
