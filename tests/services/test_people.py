# SPDX-License-Identifier: Apache-2.0
"""People by hand: added, edited, moved, found, judged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from office_builders import AT, TODAY, decide, invite, issue, person_values, receive, row_counts

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType, PersonStatus, PrState
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents, folder, people, residences
from imp_plus_desktop.services.people.residences import Draft


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def test_someone_is_added_with_all_that_hangs_on_them(office: Office) -> None:
    added = people.add(office, person_values(1, residence_country="CAN", residence_province="ON"))
    file = people.file(office, added.person)
    assert file.person.individual_reference == "C1000001"
    assert file.person.pr_state is PrState.NOT_FILED
    assert [x.letter_date for x in file.letters] == [date(2023, 9, 1)]
    assert [(r.country, r.province, r.from_day) for r in file.residences] == [("CAN", "ON", None)]
    assert [(p.number, p.expiry) for p in file.passports] == [("AB100001", date(2030, 1, 1))]
    assert {f.rule for f in added.findings} >= {"PRG-01", "INV-01", "CSQ-02", "ELG-01"}


def test_someone_without_a_letter_may_be_added(office: Office) -> None:
    person = people.add(office, {"family_name": "Benali"}).person
    assert people.file(office, person).letters == ()
    assert people.verdict(office, person).code is VerdictCode.NOT_ELIGIBLE


def test_someone_with_one_name_has_it_as_family_name(office: Office) -> None:
    person = people.add(office, {"given_names": "Suharto"}).person
    assert people.file(office, person).person.family_name == "Suharto"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "missing_name"),
        ({"family_name": "  "}, "missing_name"),
        ({"family_name": "Benali", "shoe_size": "42"}, "unknown_field"),
        ({"family_name": "Benali", "birth_date": "someday"}, "bad_value"),
        ({"family_name": "Benali", "birth_date": "2023-02-31"}, "bad_value"),
        ({"family_name": "Benali", "birth_date": "2024-01-01"}, "bad_value"),
        ({"family_name": "Benali", "letter_date": "2023-11-23"}, "bad_value"),
        ({"family_name": "Benali", "citizenship": "Atlantis"}, "bad_value"),
        ({"family_name": "Benali", "csq_issue_date": "2023-02-01",
          "csq_expiry_date": "2023-01-01"}, "bad_value"),
        ({"family_name": "Benali", "individual_reference": "C1000001"}, "identifier_taken"),
        ({"family_name": "Benali", "uci": "12345678"}, "identifier_taken"),
        ({"family_name": "Benali", "application_number": "W123456789",
          "received_at": "2023-10-02"}, "identifier_taken"),
        ({"family_name": "Benali", "permit_number": "U123456789",
          "permit_from": "2023-10-02"}, "identifier_taken"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    office: Office, values: dict[str, str], code: str
) -> None:
    person = invite(office, 1, uci="1234-5678")
    application = receive(office, person, number="W123456789").application
    decide(office, application)
    issue(office, application, number="U123456789")
    before = row_counts(office.register)
    assert error_of(lambda: people.add(office, values)) == code
    assert row_counts(office.register) == before
    if code == "identifier_taken":
        problems = people.check(office, values)
        assert [p.code for p in problems if p.blocks] == ["identifier_taken"]


def test_an_edit_changes_and_erases_fields(office: Office) -> None:
    person = invite(office, email="a@example.org")
    changed = people.edit(office, person, {"email": "", "phone": "514 555 0101", "sex": "F"})
    assert set(changed.changed) == {"email", "phone", "sex"}
    now = people.file(office, person).person
    assert (now.email, now.phone, now.sex) == (None, "514 555 0101", "F")
    again = people.edit(office, person, {"phone": "514 555 0101", "email": ""})
    assert (again.act, again.changed) == (None, ())
    assert error_of(lambda: people.edit(office, person, {"family_name": ""})) == "missing_name"
    assert error_of(lambda: people.edit(office, 99, {"phone": "1"})) == "person_not_found"


def test_an_own_number_is_not_taken_by_oneself(office: Office) -> None:
    person = invite(office, 1)
    other = invite(office, 2)
    assert people.edit(office, person, {"individual_reference": "c 1000001"}).act is None
    taken = {"individual_reference": "C1000002"}
    assert error_of(lambda: people.edit(office, person, taken)) == "identifier_taken"
    assert other != person


def test_a_move_ends_the_stay_before(office: Office) -> None:
    person = invite(office)
    people.set_value(office, "C1000001", "residence", "CAN-ON", date(2023, 10, 1))
    people.set_value(office, f"#{person}", "residence", "FRA", date(2023, 11, 1))
    stays = people.file(office, person).residences
    assert [(r.country, r.province, r.from_day, r.until_day) for r in stays] == [
        ("MAR", None, None, None),
        ("CAN", "ON", date(2023, 10, 1), date(2023, 10, 31)),
        ("FRA", None, date(2023, 11, 1), None),
    ]
    on = date(2023, 10, 15)
    elg_02 = next(f for f in people.verdict(office, person, on).findings if f.rule == "ELG-02")
    assert elg_02.outcome != "not_applicable", "in Canada on that day"
    bad = lambda: people.set_value(office, "C1000001", "residence", "Atlantis")  # noqa: E731
    assert error_of(bad) == "bad_value"


def test_a_person_is_found_by_any_number(office: Office) -> None:
    person = invite(office, 1, uci="1234-5678", file_number="C0001234567")
    receive(office, person, number="W123456789")
    for ref in ("c1000001", "12345678", "1234-5678", "C0001234567", "w 123 456 789", f"#{person}"):
        assert people.find(office, ref) == person
    for ref in ("C9999999", "#99", "", "Benali"):
        assert error_of(lambda ref=ref: people.find(office, ref)) == "person_not_found"
    invite(office, 2, file_number="C0001234567")
    assert error_of(lambda: people.find(office, "C0001234567")) == "person_ambiguous"


def test_the_search_finds_names_and_numbers(office: Office) -> None:
    first = invite(office, 1, family_name="Nguyễn-Đỗ", given_names="Thị Hoà")
    second = invite(
        office, 2, family_name="L’Écuyer", email="Chloe@example.org", phone="+1 514-555-0199"
    )

    def found(text: str) -> list[int]:
        return list(people.ids(office, PeopleFilter(text=text)))

    for text in ("nguyen", "do thi", "hoa nguy", "C1000001", "AB100001"):
        assert found(text) == [first], text
    for text in ("ecuyer", "L'ECUYER", "chloe", "c1000002", "514-555-0199", "555 01", "+1 514"):
        assert found(text) == [second], text
    assert found("zz") == []
    assert found("'\"*") == []
    assert found("") == [second, first] or found("") == [first, second]


def test_the_list_filters_and_sorts(office: Office) -> None:
    first = invite(office, 1, family_name="Zitouni")
    second = invite(office, 2, family_name="Étienne", letter_date="2022-09-01",
                    letter_received_date="")  # fmt: skip
    third = invite(office, 3, family_name="Ettori", clerk="Ana Roy")
    assert list(people.ids(office, PeopleFilter())) == [second, third, first]
    assert list(people.ids(office, PeopleFilter(), descending=True)) == [first, third, second]
    assert list(people.ids(office, PeopleFilter(letter_year=2022))) == [second]
    not_eligible = PeopleFilter(verdict=VerdictCode.NOT_ELIGIBLE)
    assert list(people.ids(office, not_eligible)) == [second]
    assert list(people.ids(office, PeopleFilter(status=PersonStatus.APPLIED))) == []
    assert list(people.ids(office, PeopleFilter(ids=(first, third)), "id")) == [first, third]
    assert people.letter_years(office) == [2023, 2022]
    for sort in ("name", "reference", "citizenship", "verdict", "status", "letter",
                 "last_safe_day", "id"):  # fmt: skip
        assert sorted(people.ids(office, PeopleFilter(), sort)) == [first, second, third]
    for descending in (False, True):
        assert people.ids(office, PeopleFilter(), "clerk", descending)[0] == third, (
            "what is empty comes last, whichever way round"
        )
    rows = people.rows(office, [third, first])
    assert [row.name for row in rows] == ["Ettori, Amine", "Zitouni, Amine"]


def test_only_who_still_waits_has_time_left(office: Office) -> None:
    def invited(number: int, letter: str) -> int:
        return invite(office, number, letter_date=letter, letter_received_date=letter)

    applied, over = invited(1, "2023-09-08"), invited(2, "2022-09-01")
    late, soon = invited(3, "2023-09-12"), invited(4, "2023-09-05")
    receive(office, applied)
    over_row, late_row = people.rows(office, [over, late])
    assert over_row.last_safe_day is not None
    assert late_row.last_safe_day is not None
    assert over_row.last_safe_day < office.clock.today() < late_row.last_safe_day
    for descending, first in ((False, [soon, late]), (True, [late, soon])):
        found = list(people.ids(office, PeopleFilter(), "time_left", descending))
        assert found[:2] == first
        assert set(found[2:]) == {applied, over}, "without any, at the end either way"


def test_a_verdict_is_of_a_day(office: Office) -> None:
    person = invite(office)
    assert people.verdict(office, person).code is VerdictCode.ELIGIBLE
    assert people.verdict(office, person).last_safe_day == date(2023, 12, 3)
    assert people.verdict(office, person).last_safe_day_because == "letter"
    late = people.verdict(office, person, date(2023, 12, 4))
    assert late.code is VerdictCode.NOT_ELIGIBLE
    receive(office, person)
    assert people.listed_verdict(office, person).code is VerdictCode.ELIGIBLE
    assert people.verdict(office, person).code is VerdictCode.NOT_ELIGIBLE, "the letter is used"


def test_the_timeline_is_in_order_and_knows_today(office: Office) -> None:
    person = invite(office)
    application = receive(office, person).application
    decide(office, application)
    issue(office, application)
    events = people.timeline(office, person)
    assert [e.day for e in events] == sorted(e.day for e in events)
    kinds = [e.kind for e in events]
    for kind in ("csq", "csq_expiry", "letter", "letter_received", "received", "decided",
                 "permit_from", "permit_until", "passport_expiry", "today"):  # fmt: skip
        assert kind in kinds
    assert all(e.past == (e.day <= TODAY) for e in events)


class TestFolder:
    """What hangs on a person."""

    def test_a_letter_is_saved_corrected_and_deleted(self, office: Office) -> None:
        person = invite(office)
        folder.save_letter(office, person, None, date(2023, 10, 1), None)
        first, second = people.file(office, person).letters
        same = lambda: folder.save_letter(  # noqa: E731
            office, person, second.id, first.letter_date, None
        )
        assert error_of(same) == "letter_exists"
        folder.save_letter(office, person, second.id, date(2023, 10, 2), date(2023, 10, 5))
        assert people.file(office, person).letters[1].letter_received_date == date(2023, 10, 5)
        folder.delete_letter(office, person, second.id)
        assert people.file(office, person).letters == (first,)
        ahead = lambda: folder.save_letter(  # noqa: E731
            office, person, None, TODAY + timedelta(days=1), None
        )
        assert error_of(ahead) == "in_the_future"

    def test_another_persons_entry_is_not_touched(self, office: Office) -> None:
        first, second = invite(office, 1), invite(office, 2)
        letter = people.file(office, second).letters[0]
        passport = people.file(office, second).passports[0]
        before = people.file(office, second)
        assert error_of(lambda: folder.delete_letter(office, first, letter.id)) == "not_in_file"
        day = date(2023, 10, 1)
        save = lambda: folder.save_letter(office, first, letter.id, day, None)  # noqa: E731
        assert error_of(save) == "not_in_file"
        save = lambda: folder.save_passport(office, first, passport.id, "X", day)  # noqa: E731
        assert error_of(save) == "not_in_file"
        assert people.file(office, second) == before

    def test_what_is_no_longer_there_is_said(self, office: Office) -> None:
        person = invite(office)
        day = date(2023, 10, 1)
        assert error_of(lambda: folder.save_letter(office, person, 99, day, None)) == "not_in_file"
        assert error_of(lambda: folder.delete_note(office, person, 99)) == "not_in_file"
        assert error_of(lambda: folder.add_note(office, 99, "x")) == "person_not_found"

    def test_a_stay_does_not_end_before_it_begins(self, office: Office) -> None:
        person = invite(office)
        known = residences.drafts_of(people.file(office, person))
        back = Draft("CAN", "ON", date(2023, 2, 1), date(2023, 1, 31))
        assert error_of(lambda: residences.save_all(office, person, [*known, back])) == "bad_value"
        residences.save_all(office, person, [*known, Draft("FRA", "ON", date(2023, 2, 1))])
        assert people.file(office, person).residences[-1].province is None

    def test_a_stay_of_one_day_is_a_stay(self, office: Office) -> None:
        person, day = invite(office), date(2023, 2, 1)
        residences.save_all(office, person, [Draft("CAN", "ON", day, day)])
        (stay,) = people.file(office, person).residences
        assert (stay.from_day, stay.until_day) == (day, day)

    @pytest.mark.parametrize("until", [date(2023, 9, 30), date(2023, 10, 1), date(2023, 10, 2)])
    def test_a_move_ends_the_stay_before_it_on_the_day_before(
        self, office: Office, until: date
    ) -> None:
        person, moved = invite(office), date(2023, 10, 1)
        stay = Draft("CAN", "ON", date(2023, 2, 1), until)
        residences.save_all(office, person, [stay])
        people.set_value(office, "C1000001", "residence", "CAN-BC", moved)
        days = [
            (r.province, r.from_day, r.until_day) for r in people.file(office, person).residences
        ]
        assert days == [("ON", date(2023, 2, 1), date(2023, 9, 30)), ("BC", moved, None)]

    def test_a_passport_holds_something(self, office: Office) -> None:
        person = invite(office)
        empty = lambda: folder.save_passport(office, person, None, "  ", None)  # noqa: E731
        assert error_of(empty) == "passport_empty"
        folder.save_passport(office, person, None, "cd 123", None)
        assert "CD123" in {p.number for p in people.file(office, person).passports}

    def test_a_document_stands_once_and_can_be_forgotten(self, office: Office) -> None:
        person = invite(office)
        for state in (DocumentState.REQUIRED, DocumentState.RECEIVED):
            documents.set_document(office, person, DocumentType.CSQ, state)
        (document,) = people.file(office, person).documents
        assert document.state is DocumentState.RECEIVED
        documents.set_document(office, person, DocumentType.CSQ, None)
        assert people.file(office, person).documents == ()
        assert documents.set_document(office, person, DocumentType.CSQ, None).act is None

    def test_a_note_says_something_and_when(self, office: Office) -> None:
        person = invite(office)
        assert error_of(lambda: folder.add_note(office, person, "  ")) == "note_empty"
        folder.add_note(office, person, " Called. ")
        (note,) = people.file(office, person).notes
        assert note.text == "Called."
        assert note.written_at.tzinfo is not None
        assert note.written_at.date() in {AT.date() + timedelta(days=n) for n in (1, 2, 3)}


def test_a_permit_number_without_a_day_is_refused_and_not_lost(office: Office) -> None:
    person = invite(office)
    receive(office, person)
    told = {"permit_number": "U123456789"}
    assert error_of(lambda: people.edit(office, person, told)) == "permit_without_day"
    assert people.file(office, person).applications[0].outcome is None
    people.edit(office, person, told | {"permit_from": "2023-11-21"})
    people.edit(office, person, {"permit_number": "U123456780"})
    assert people.file(office, person).permits[0].permit_number == "U123456780"


@pytest.mark.parametrize("outcome", ["refused", "withdrawn", "returned"])
def test_a_permit_typed_by_hand_turns_no_refusal_into_an_approval(
    office: Office, outcome: str
) -> None:
    person = invite(office)
    decide(office, receive(office, person).application, outcome)
    told = {"permit_from": "2023-11-21"}
    assert error_of(lambda: people.edit(office, person, told)) == "illegal_move"
    assert people.file(office, person).applications[0].outcome == outcome
    people.edit(office, person, told | {"outcome": "approved"}, reason="reviewed")
    assert people.file(office, person).applications[0].outcome == "approved"
