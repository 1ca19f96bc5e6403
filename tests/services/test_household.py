# SPDX-License-Identifier: Apache-2.0
"""A member's fields by hand, what rests on the principal, and the family on one time axis."""

from __future__ import annotations

from datetime import date

import pytest
from office_builders import (
    TODAY,
    add_member,
    an_approved,
    decide,
    invite,
    issue,
    receive_member,
)

from imp_plus_desktop.domain.records.catalogue import MEMBER_FIELDS, PARTLY
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType, Relation
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.family import family, family_board
from imp_plus_desktop.services.fields import member_fields
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file, rule_overrides
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents, people

VALUES = {
    "relation": "partner",
    "family_name": "Haddad",
    "given_names": "Nora",
    "birth_date": "1992-03-04",
    "citizenship": "TUN",
    "second_citizenship": "FRA",
    "uci": "1234-5678",
    "accompanying": "yes",
    "wish": "work",
    "custody": "shared",
    "school": "post_secondary",
    "location": "quebec",
    "caq_number": "Q123",
    "caq_until": "2024-08-31",
    "passport_number": "AB123456",
    "passport_expiry": "2029-01-01",
    "biometrics_on": "2022-05-01",
    "arrived_on": "2023-02-01",
    "married_on": "2015-06-01",
    "separated_on": "2023-10-01",
    "died_on": "2023-11-01",
    "dependent_condition": "no",
    "canada_status": "visitor",
    "canada_status_until": "2024-08-31",
    "invited": "no",
}


def test_every_field_of_a_member_can_be_set_erased_and_undone(office: Office) -> None:
    member = add_member(office, invite(office))
    assert set(VALUES) == {*MEMBER_FIELDS} - {*PARTLY.values()}
    for field, text in VALUES.items():
        assert family.set_field(office, member, field, text).changed == (field,)
    assert member_fields.texts(family.one(office, member)) == VALUES
    for field in ("died_on", "wish", "caq_number", "dependent_condition"):
        family.set_field(office, member, field, "")
        assert getattr(family.one(office, member), field) is None
    history.undo(office)
    assert family.one(office, member).dependent_condition is False
    family.set_field(office, member, "birth_date", "1992-03")
    assert member_fields.texts(family.one(office, member)) == {
        **VALUES, "died_on": "", "wish": "", "caq_number": "", "birth_date": "1992-03"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("colour", "red", "unknown_field"),
        ("died_on", "2023-11-23", "in_the_future"),
        ("died_on", "1990-01-01", "bad_value"),
        ("school", "circus", "bad_value"),
        ("caq_until", "soon", "bad_value"),
        ("citizenship", "Atlantis", "bad_value"),
        ("family_name", " ", "missing_name"),
        ("relation", "", "cannot_erase"),
    ],
)
def test_what_cannot_be_true_or_read_is_refused(
    office: Office, field: str, text: str, code: str
) -> None:
    member = add_member(office, invite(office))
    before = family.one(office, member)
    with pytest.raises(DomainError, match=code):
        family.set_field(office, member, field, text)
    assert family.one(office, member) == before


def test_a_code_may_be_written_as_its_word(office: Office) -> None:
    member = add_member(office, invite(office))
    family.set_field(office, member, "school", "Primary or secondary")
    assert family.one(office, member).school == "primary_secondary"


def test_a_spouse_separated_before_receipt_is_blocked(office: Office) -> None:
    number = an_approved(office)
    issue(office, number)
    person = person_file.application_of(office, number).person_id
    member = add_member(office, person)
    family.set_field(office, member, "separated_on", "2023-11-20")
    with pytest.raises(rule_overrides.Blocked):
        receive_member(office, member)
    family.set_field(office, member, "separated_on", "2023-11-21")
    receive_member(office, member)


def test_a_child_too_old_at_the_decision_is_said_and_stops_nothing(office: Office) -> None:
    number = an_approved(office)
    issue(office, number)
    person = person_file.application_of(office, number).person_id
    child = add_member(office, person, relation=Relation.CHILD, birth_date=date(2001, 11, 22))
    received = receive_member(office, child)
    done = decide(office, received.application, "approved")
    (found,) = [f for f in done.findings if f.rule == "FAM-03"]
    assert (found.outcome, found.blocks) == (RuleOutcome.FAIL, False)


def test_a_members_permit_is_held_against_the_principals_as_it_stands_now(
    office: Office,
) -> None:
    number = an_approved(office)
    issue(office, number, until=date(2024, 6, 1))
    person = person_file.application_of(office, number).person_id
    member = add_member(office, person)
    held = receive_member(office, member).application
    decide(office, held)
    overrides = {"FAM-04": "as printed"}
    issue(office, held, until=date(2024, 7, 1), overrides=overrides)
    file = people.file(office, person)
    found = family.findings(office, file, family.one(office, member))
    (ends,) = [f for f in found if f.rule == "FAM-04"]
    assert (ends.reason, ends.blocks) == ("member_end_after_principal", False)


def test_a_member_goes_with_their_documents_and_comes_back_with_them(office: Office) -> None:
    person = invite(office)
    member = add_member(office, person)
    documents.set_document(
        office, person, DocumentType.PHOTO, DocumentState.RECEIVED, member_id=member
    )
    family.delete_member(office, member)
    assert people.file(office, person).documents == ()
    history.undo(office)
    assert [d.member_id for d in people.file(office, person).documents] == [member]


def test_what_rests_on_the_principal_is_listed_in_words(office: Office) -> None:
    number = an_approved(office)
    issue(office, number)
    person = person_file.application_of(office, number).person_id
    first, second = add_member(office, person), add_member(office, person, given_names="Lina")
    receive_member(office, first)
    held = receive_member(office, second).application
    decide(office, held)
    issue(office, held)
    file = people.file(office, person)
    texts = [family_board.resting_text(file, found) for found in family.resting_on(office, file)]
    assert texts == [
        "Sara Benali: application C41, received",
    ]


def test_the_board_has_a_row_for_each_and_room_for_every_day(office: Office) -> None:
    number = an_approved(office)
    issue(office, number)
    person = person_file.application_of(office, number).person_id
    child = add_member(
        office,
        person,
        relation=Relation.CHILD,
        given_names="Lina",
        birth_date=date(2015, 1, 1),
    )
    receive_member(office, child, "study")
    shown = family_board.board(office, people.file(office, person))
    assert [row.member_id for row in shown.rows] == [None, child]
    assert shown.first <= date(2023, 9, 4)
    assert shown.last >= date(2037, 1, 1)
    words = family_board.lines(shown)
    assert "  Permit A76: November 22, 2023 to November 22, 2026" in words
    assert "  Application (study): since November 20, 2023, awaiting a decision" in words
    assert "  Turns 22: January 1, 2037" in words


def test_a_document_moves_on_by_one_click_and_keeps_its_expiry(office: Office) -> None:
    person = invite(office)
    member = add_member(office, person)
    photo = DocumentType.PHOTO
    expires = date(2024, 1, 1)
    documents.set_document(office, person, photo, DocumentState.REQUIRED, expires, member)
    documents.mark(office, person, photo, DocumentState.RECEIVED, member)
    documents.mark(office, person, photo, DocumentState.REVIEWED)
    own, members = sorted(people.file(office, person).documents, key=lambda d: d.member_id or 0)
    assert (own.state, own.expires) == (DocumentState.REVIEWED, None)
    assert (members.state, members.expires) == (DocumentState.RECEIVED, expires)
    assert members.received_on == TODAY


def test_a_members_status_in_canada_and_its_end_are_kept_and_undone(office: Office) -> None:
    person = invite(office)
    member = add_member(office, person)
    family.set_field(office, member, "canada_status", "worker")
    family.set_field(office, member, "canada_status_until", "2024-06-01")
    found = family.one(office, member)
    assert (found.canada_status, found.canada_status_until) == ("worker", date(2024, 6, 1))
    family.set_field(office, member, "canada_status", "permanent_resident")
    file = people.file(office, person)
    flags = {f.reason for f in family.findings(office, file, file.members[0])}
    assert "permanent_resident" in flags
    history.undo(office)
    assert family.one(office, member).canada_status == "worker"
