# SPDX-License-Identifier: Apache-2.0
"""Two files of one person become one, nothing is lost, and one undo takes all of it back."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import office_builders as build
import pytest

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.people.merging import Side
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.codes import (
    ContactKind,
    DocumentState,
    DocumentType,
    RouteState,
)
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.applications.routes import RouteDetails
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports, review
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import contacts, documents, folder, names_history, people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.storage.tables.schema import CHILDREN, ENTITIES
from imp_plus_desktop.words.messages import error_text


def two_files(office: Office) -> tuple[int, int]:
    """One person entered twice, the second time without a reference and with more."""
    left = build.invite(office, 1, email="amine@example.com", phone="514-555-0100")
    right = people.add(
        office,
        {
            "family_name": "Benali",
            "given_names": "Amine Karim",
            "birth_date": "1990-04-02",
            "uci": "1234-5678",
            "phone": "514-555-0199",
            "residence_country": "MAR",
            "letter_date": "2023-09-01",
            "letter_received_date": "2023-09-08",
            "passport_number": "AB 100001",
            "passport_expiry": "2031-01-01",
        },
        beside=None,
    ).person
    return left, right


def everything(office: Office) -> Mapping[str, list[dict[str, Any]]]:
    """All rows of everything an act may write."""
    from imp_plus_desktop.storage.reads import queries

    return {
        name: queries.fetch(office.register, f"SELECT * FROM {name} ORDER BY id")
        for name in ENTITIES
    }


def test_everything_of_the_second_file_moves_to_the_first(office: Office) -> None:
    left, right = two_files(office)
    folder.add_note(office, right, "Called twice")
    documents.set_document(office, right, DocumentType.CSQ, DocumentState.RECEIVED)
    contacts.save(office, right, None, ContactKind.CALLED, "No answer")
    build.add_member(office, right)
    routes.save(office, right, None, RouteDetails("a73", RouteState.FILED))
    names_history.save_former(office, right, None, "Ziani", "Amine")
    received = build.receive(office, right, number="W123456789")

    done = build.merge(office, left, right)

    file = people.file(office, left)
    assert done.moved["application"] == 1
    assert [a.id for a in file.applications] == [received.application]
    assert next(n.text for n in file.notes) == "Called twice"
    assert [d.type for d in file.documents] == [DocumentType.CSQ]
    assert [c.text for c in file.contacts] == ["No answer"]
    assert [m.full_name for m in file.members] == ["Sara Benali"]
    assert [r.route for r in file.other_routes] == ["a73"]
    assert file.person.uci == "1234-5678"
    assert file.person.individual_reference == "C1000001"
    assert file.person.email == "amine@example.com"
    with pytest.raises(DomainError):
        people.file(office, right)
    assert build.places(office.register) == (1, 1, 1)
    assert checking.check(office).journal == "ok"


def test_what_differs_is_chosen_and_what_is_not_kept_is_written_down(office: Office) -> None:
    left, right = two_files(office)
    found = merge_people.compare(office, left, right)
    assert {choice.field for choice in found.fields} == {"family_name", "given_names", "phone"}
    assert {clash.key for clash in found.clashes} == {
        "letter:2023-09-01",
        f"passport:{found.left.passports[0].id}",
    }

    build.merge(office, left, right, {"phone": "right", "letter:2023-09-01": "right"})

    file = people.file(office, left)
    assert file.person.phone == "514-555-0199"
    assert [x.letter_received_date for x in file.letters] == [date(2023, 9, 8)]
    assert [p.expiry for p in file.passports] == [date(2030, 1, 1)]
    assert len(file.residences) == 1
    note = file.notes[-1].text
    assert "514-555-0100" in note
    assert "Sep 4, 2023" in note
    assert "Jan 1, 2031" in note


def test_the_name_that_is_not_kept_is_still_found(office: Office) -> None:
    left, right = two_files(office)
    build.merge(office, left, right, {"family_name": "left", "given_names": "left"})
    former = people.file(office, left).former_names
    assert [(f.family_name, f.given_names) for f in former] == [("Benali", "Amine Karim")]
    assert list(people.ids(office, PeopleFilter(text="karim"))) == [left]


def test_a_merger_is_undone_and_redone_whole(office: Office) -> None:
    left, right = two_files(office)
    build.add_member(office, left)
    member = build.add_member(office, right)
    build.receive(office, right)
    build.receive_member(office, member)
    documents.set_document(office, left, DocumentType.CSQ, DocumentState.REQUIRED)
    documents.set_document(office, right, DocumentType.CSQ, DocumentState.REVIEWED)
    before = everything(office)

    done = build.merge(office, left, right)
    merged = everything(office)
    undone = history.undo(office)

    assert undone.kept == ()
    assert everything(office) == before
    assert people.row(office, right).uci == "1234-5678"
    history.undo(office, undone.act)
    assert everything(office) == merged
    assert history.undo(office, done.act).kept == ()
    assert everything(office) == before


def test_an_application_entered_twice_becomes_one_and_its_place_goes_back(office: Office) -> None:
    left, right = two_files(office)
    first = build.receive(office, left, number="W000000001")
    build.receive(office, right, at=datetime(2023, 11, 20, 18, tzinfo=UTC))
    assert build.places(office.register) == (2, 2, 2)
    found = merge_people.compare(office, left, right)
    assert found.defaults[f"application:{first.application}"] is Side.LEFT

    done = build.merge(office, left, right)

    own = people.file(office, left).own_applications
    assert [a.application_number for a in own] == ["W000000001"]
    assert build.places(office.register) == (1, 1, 1)
    history.undo(office, done.act)
    assert build.places(office.register) == (2, 2, 2)


def test_two_open_applications_may_both_stay(office: Office) -> None:
    left, right = two_files(office)
    first = build.receive(office, left)
    build.receive(office, right, at=datetime(2023, 11, 6, 15, tzinfo=UTC))
    found = merge_people.compare(office, left, right)
    assert found.defaults[f"application:{first.application}"] is Side.BOTH
    build.merge(office, left, right)
    assert len(people.file(office, left).own_applications) == 2
    assert build.places(office.register) == (2, 2, 2)


def test_the_same_member_of_both_files_becomes_one_with_all_its_applications(
    office: Office,
) -> None:
    left, right = two_files(office)
    kept = build.add_member(office, left, citizenship=None)
    member = build.add_member(office, right)
    build.receive(office, right)
    build.receive_member(office, member)
    build.merge(office, left, right)
    file = people.file(office, left)
    assert [(m.id, m.citizenship) for m in file.members] == [(kept, "MAR")]
    assert [a.member_id for a in file.applications if a.member_id] == [kept]


def test_a_file_is_not_merged_with_itself_nor_by_a_word_that_means_nothing(
    office: Office,
) -> None:
    left, right = two_files(office)
    with pytest.raises(DomainError, match="same_person"):
        merge_people.merge(office, left, left)
    with pytest.raises(DomainError, match="unknown_choice"):
        merge_people.merge(office, left, right, {"phone": "both"})
    with pytest.raises(DomainError, match="unknown_choice"):
        merge_people.merge(office, left, right, {"shoesize": "left"})


def test_nothing_is_merged_while_a_choice_is_open(office: Office) -> None:
    left, right = two_files(office)
    before = everything(office)
    with pytest.raises(DomainError, match="choice_needed") as caught:
        merge_people.merge(office, left, right, {"phone": "right", "family_name": "left"})
    names = caught.value.parameters["names"]
    assert isinstance(names, tuple)
    assert names[:2] == ("given_names", "letter:2023-09-01")
    assert "Given names (given_names), letter:2023-09-01" in error_text(caught.value)
    assert everything(office) == before


def test_two_files_that_look_like_two_people_ask_for_an_explicit_yes(office: Office) -> None:
    left = build.invite(office, 1, sex="F", family_name="Zidane", given_names="Lina")
    right = build.invite(office, 2, sex="M", family_name="Zidane", given_names="Lina")
    take = dict.fromkeys(merge_people.compare(office, left, right).choices, "left")
    before = everything(office)
    with pytest.raises(DomainError, match="two_people") as caught:
        merge_people.merge(office, left, right, take)
    assert "Individual reference no., Sex" in error_text(caught.value)
    assert everything(office) == before
    merge_people.merge(office, left, right, take, sure=True)
    assert people.file(office, left).person.sex is not None


def test_the_history_of_both_files_is_read_in_the_one_that_stays(office: Office) -> None:
    left, right = two_files(office)
    folder.add_note(office, right, "From the second file")
    build.merge(office, left, right)
    told = [c.after for c in history.changes(office, left) if c.field == "text"]
    assert "From the second file" in told


def test_an_old_list_finds_the_file_that_stays(office: Office, tmp_path: Any) -> None:
    first = build.a_list(tmp_path / "a.xlsx", [build.a_row(1)])
    build.import_file(office, first)
    row = build.a_row(2, individual_reference=None, family_name="Zidane", given_names="Lina")
    second = build.a_list(tmp_path / "b.xlsx", [row])
    build.import_file(office, second)
    left, right = people.ids(office, PeopleFilter(), "id")
    build.merge(office, left, right, {"family_name": "left", "given_names": "left"})
    again = build.import_file(office, second)
    assert (again.preview.counts.new, again.preview.counts.review) == (0, 0)


def test_likely_duplicates_are_found_and_two_references_never_are(office: Office) -> None:
    left, _right = two_files(office)
    same = {"family_name": "Benalibb", "given_names": "Amine", "birth_date": "1990-04-02"}
    people.add(office, same, beside=None)
    build.invite(office, 3, family_name="Benalibb")
    pairs = merge_people.likely_duplicates(office)
    assert (pairs[0].left, pairs[0].because[:2]) == (left, ("name_same", "birth_same"))
    references = {
        (people.row(office, p.left).individual_reference,
         people.row(office, p.right).individual_reference) for p in pairs
    }  # fmt: skip
    assert ("C1000001", "C1000003") not in references


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_export_of_a_merged_file_is_no_news_of_its_note(
    office: Office, tmp_path: Any, lang: str
) -> None:
    i18n.use(lang)
    left, right = two_files(office)
    build.merge(office, left, right, {"phone": "right", "letter:2023-09-01": "right"})
    assert len(people.file(office, left).notes) == 1
    out = exports.export(office, "people", tmp_path / "out.xlsx").path
    again = imports.open_file(office, out)
    assert (again.counts.unchanged, again.counts.updated) == (1, 0)


def test_a_reference_that_was_not_kept_still_names_the_file_in_later_lists(
    office: Office, tmp_path: Any
) -> None:
    lists = [build.a_row(n, family_name="Zidane", given_names="Lina") for n in (1, 2)]
    path = build.a_list(tmp_path / "a.xlsx", lists)
    build.import_file(office, path)
    left, right = people.ids(office, PeopleFilter(), "id")
    build.merge(office, left, right)
    again = build.import_file(office, path).preview.counts
    assert (again.new, again.updated) == (0, 0)
    changed = build.a_list(tmp_path / "b.xlsx", [{**lists[1], "email": "lina@example.com"}])
    assert build.import_file(office, changed).preview.counts.updated == 1
    person = people.file(office, left).person
    assert (person.individual_reference, person.email) == ("C1000001", "lina@example.com")
    history.undo(office)
    history.undo(office)
    assert people.row(office, right).individual_reference == "C1000002"
    assert build.import_file(office, changed).preview.counts.updated == 1
    assert people.file(office, right).person.email == "lina@example.com"


def test_a_row_whose_numbers_name_two_files_since_a_merger_is_rejected(
    office: Office, tmp_path: Any
) -> None:
    lists = [build.a_row(n, family_name="Zidane", given_names="Lina") for n in (1, 2)]
    build.import_file(office, build.a_list(tmp_path / "a.xlsx", lists))
    left, right = people.ids(office, PeopleFilter(), "id")
    build.merge(office, left, right)
    build.invite(office, 3, individual_reference="", uci="11110003")
    row = {**lists[1], "uci": "11110003"}
    again = build.import_file(office, build.a_list(tmp_path / "b.xlsx", [row]))
    assert [(i.column, i.code) for i in again.preview.issues] == [("uci", "identifier_taken")]
    assert again.act is None


SAMPLES: Mapping[str, dict[str, Any]] = {
    "letter": {"letter_date": "2022-06-01"},
    "residence": {"country": "FRA", "from_day": "2020-01-01"},
    "passport": {"number": "ZZ1234567"},
    "member": {"relation": "child", "family_name": "Zidane"},
    "application": {"code": "A76", "kind": "first", "state": "draft"},
    "document": {"type": "photo", "state": "received"},
    "note": {"text": "x", "written_at": "2023-01-01T00:00:00Z"},
    "former_name": {"family_name": "Ziani"},
    "former_number": {"number": "W999999999"},
    "contact": {"on_day": "2023-01-01", "kind": "met", "text": "x"},
    "employment": {"country": "CAN", "province": "QC"},
    "request": {"kind": "medical", "letter_on": "2023-01-01"},
    "portal_line": {"item": "medical", "state": "needed", "observed_on": "2023-01-01"},
    "payment": {"fee": "processing", "cents": 15500, "on_day": "2023-01-01"},
    "other_route": {"route": "a73", "state": "filed"},
    "deadline_mark": {"kind": "letter", "day": "2023-12-01"},
    "flag_settlement": {
        "code": "over_cap",
        "subject_id": 1,
        "about": "2023",
        "reason": "x",
        "settled_on": "2023-12-01",
        "settled_by": "Luc",
    },
    "legal_hold": {"reason": "x", "from_day": "2023-12-01"},
}


def test_whatever_hangs_on_a_file_moves_with_it_and_back(office: Office) -> None:
    left, right = two_files(office)
    with office.act("people.note") as act:
        numbers: dict[str, int] = {}
        for entity, _column in CHILDREN["person"]:
            values = {**SAMPLES[entity], "person_id": right}
            if entity in ("request", "portal_line", "payment", "former_number"):
                values["application_id"] = numbers["application"]
            numbers[entity] = act.insert(entity, values)
    before = everything(office)

    build.merge(office, left, right)

    after = everything(office)
    for entity, number in numbers.items():
        row = next(row for row in after[entity] if row["id"] == number)
        assert row["person_id"] == left, entity
    history.undo(office)
    assert everything(office) == before


def test_a_member_s_documents_follow_and_none_is_there_twice(office: Office) -> None:
    left, right = two_files(office)
    kept, gone = build.add_member(office, left), build.add_member(office, right)
    with office.act("people.document") as act:
        for person, member, kinds in (
            (left, kept, ["passport"]),
            (right, gone, ["passport", "photo"]),
        ):
            for kind in kinds:
                act.insert("document", {"person_id": person, "member_id": member, "type": kind,
                                        "state": "received"})  # fmt: skip
    before = everything(office)
    build.merge(office, left, right)
    documents = people.file(office, left).documents
    assert sorted((d.member_id, d.type.value) for d in documents) == [
        (kept, "passport"),
        (kept, "photo"),
    ]
    history.undo(office)
    assert everything(office) == before


def test_a_letter_that_replaced_a_clashing_one_replaces_the_one_that_stays(office: Office) -> None:
    left, right = two_files(office)
    old = people.file(office, right).letters[0]
    folder.save_letter(office, right, None, date(2023, 10, 1), None, old.id)
    build.merge(office, left, right, {"letter:2023-09-01": "left"})
    letters = people.file(office, left).letters
    assert [(x.letter_date, x.supersedes_id) for x in letters] == [
        (date(2023, 9, 1), None),
        (date(2023, 10, 1), letters[0].id),
    ]


def test_a_held_row_then_looks_like_the_file_that_stays(office: Office, tmp_path: Any) -> None:
    left, right = two_files(office)
    row = build.a_row(5, individual_reference=None, family_name="Benali",
                      given_names="Amine Karim", birth_date=date(1990, 4, 2))  # fmt: skip
    build.import_file(office, build.a_list(tmp_path / "a.xlsx", [row]))
    build.merge(office, left, right)
    waiting = review.rows(office)[0]
    assert [c.person_id for c in waiting.candidates] == [left]
