# SPDX-License-Identifier: Apache-2.0
"""Two files of one person compared: what differs, what clashes, what is kept without asking."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from builders import a_document, a_file, a_letter, a_member, a_passport, a_person, an_application
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.people.merging import Side, compare
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, MemberId, PassportId
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    DocumentState,
    DocumentType,
    Outcome,
    Relation,
    Sex,
)


def bare(**changes: object) -> PersonFile:
    """A second file of the same person, with little in it."""
    person = a_person(individual_reference=None, csq_category=None, **changes)
    return a_file(person, letters=(), residences=(), passports=())


def test_only_fields_that_both_know_and_say_differently_are_a_choice() -> None:
    left = a_file(a_person(phone="514-555-0100", uci="1234-5678"))
    right = bare(phone="514-555-0199", email="a@example.com", uci="12345678")
    assert [choice.field for choice in compare(left, right).fields] == ["phone"]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"phone": "1"}, {"phone": "2"}, ()),
        ({"sex": Sex.F}, {"sex": Sex.M}, ("sex",)),
        ({"uci": "1234-5678"}, {"uci": "8765-4321"}, ("uci",)),
        ({"uci": "1234-5678"}, {"uci": "12345678"}, ()),
        ({"birth_date": date(1990, 1, 1)}, {"birth_date": date(1990, 1, 2)}, ("birth_date",)),
        ({"birth_date": date(1990, 1, 1)}, {"birth_date": None}, ()),
    ],
)
def test_what_says_that_they_are_two_people_is_told_apart(
    left: dict[str, object], right: dict[str, object], expected: tuple[str, ...]
) -> None:
    found = compare(a_file(a_person(**left)), bare(**right))
    assert found.contradictions == expected
    two_references = a_file(a_person(individual_reference="C7654321"))
    assert "individual_reference" in compare(a_file(), two_references).contradictions


_TEXTS = st.none() | st.sampled_from(["a", "b"])
_DAYS = st.none() | st.dates(date(2023, 1, 1), date(2023, 1, 3))


@given(_TEXTS, _TEXTS, _DAYS, _DAYS, st.sampled_from(DocumentState), st.sampled_from(DocumentState))
def test_nothing_is_preselected_by_which_a_value_would_be_lost(
    phone: str | None,
    other_phone: str | None,
    day: date | None,
    other_day: date | None,
    state: DocumentState,
    other_state: DocumentState,
) -> None:
    """Where a side is preselected, what the other holds is the same, or is filled in."""
    document = replace(a_document(DocumentType.CSQ, state), expires=day)
    other = replace(a_document(DocumentType.CSQ, other_state), expires=other_day)
    left = replace(
        a_file(a_person(phone=phone)),
        letters=(a_letter(received=day),),
        documents=(document,),
    )
    right = replace(
        bare(phone=other_phone), letters=(a_letter(received=other_day),), documents=(other,)
    )
    found = compare(left, right)
    assert found.defaults.keys().isdisjoint(choice.field for choice in found.fields)
    lost = None not in (day, other_day) and day != other_day
    assert all((clash.default is None) is lost for clash in found.clashes)


def test_letters_of_one_day_are_one_and_the_known_day_of_receipt_is_kept() -> None:
    left = replace(a_file(), letters=(a_letter(received=None),))
    right = replace(a_file(), letters=(a_letter(),))
    (clash,) = [c for c in compare(left, right).clashes if c.kind == "letter"]
    assert (clash.key, clash.default) == ("letter:2023-05-01", Side.LEFT)
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
