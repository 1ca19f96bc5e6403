# SPDX-License-Identifier: Apache-2.0
"""A file that should not be there goes to the bin, and comes back as it was: rows, ids, places."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import office_builders as build
import pytest

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.reads.meetings import Overtaken
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import (
    ContactKind,
    DocumentState,
    DocumentType,
    RequestKind,
    RouteState,
)
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.applications import requests, routes
from imp_plus_desktop.services.applications.requests import RequestDetails
from imp_plus_desktop.services.applications.routes import RouteDetails
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.history import file_bin, history, own_acts
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import contacts, documents, folder, names_history, people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.storage.history import acts
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.storage.tables.schema import CHILDREN, ENTITIES
from imp_plus_desktop.words.act_texts import act_text
from imp_plus_desktop.words.messages import error_text


def everything(office: Office) -> Mapping[str, list[dict[str, Any]]]:
    """All rows of everything an act may write."""
    return {
        name: queries.fetch(office.register, f"SELECT * FROM {name} ORDER BY id")
        for name in ENTITIES
    }


def a_whole_file(office: Office, number: int = 1) -> int:
    """Somebody with something in most tables that hang on a person."""
    person = build.invite(office, number, email="amine@example.com")
    member = build.add_member(office, person)
    received = build.receive(office, person, number=f"W00000000{number}")
    build.receive_member(office, member)
    build.decide(office, received.application)
    build.issue(office, received.application, number=f"U10000000{number}")
    folder.add_note(office, person, "Called twice")
    documents.set_document(office, person, DocumentType.CSQ, DocumentState.RECEIVED)
    contacts.save(office, person, None, ContactKind.CALLED, "No answer")
    routes.save(office, person, None, RouteDetails("a73", RouteState.FILED))
    names_history.save_former(office, person, None, "Ziani", "Amine")
    return person


def is_sound(office: Office) -> bool:
    checked = checking.check(office)
    return all(value == "ok" for value in (checked.ledger, checked.journal, checked.rows))


def test_a_file_goes_with_all_that_hangs_on_it_and_comes_back_the_same(office: Office) -> None:
    build.invite(office, 2)
    before_it = everything(office)
    person = a_whole_file(office)
    before = everything(office)
    used = build.places(office.register)

    done = file_bin.delete(office, person, "Entered twice")

    assert done.places == ((2023, 1),)
    assert everything(office) == before_it
    assert build.places(office.register) == (0, 0, 0)
    assert is_sound(office)
    with pytest.raises(DomainError, match="person_not_found"):
        people.file(office, person)

    back = file_bin.restore(office, person)

    assert back.places == ((2023, 1),)
    assert back.over_cap == ()
    assert everything(office) == before
    assert build.places(office.register) == used == (1, 1, 1)
    assert is_sound(office)
    assert file_bin.files(office) == []


def test_the_file_of_the_test_fills_most_tables_that_hang_on_a_person(office: Office) -> None:
    a_whole_file(office)
    held = {name for name, rows in everything(office).items() if rows}
    hanging = {table for tables in CHILDREN.values() for table, _column in tables}
    assert {"letter", "passport", "permit", "member", "document"} <= held
    assert len(hanging & held) >= 11


def test_the_bin_tells_whose_file_it_is_who_took_it_out_when_and_why(office: Office) -> None:
    office.settings.user_name = "J. Tremblay"
    first = build.invite(office, 1)
    second = build.invite(office, 2)
    file_bin.delete(office, first, "Entered twice")
    file_bin.delete(office, second, "  Another office’s client ")

    found = file_bin.files(office)

    assert [(f.person, file_bin.name_of(f), f.who, f.reason) for f in found] == [
        (second, "Benalicc, Amine", "J. Tremblay", "Another office’s client"),
        (first, "Benalibb, Amine", "J. Tremblay", "Entered twice"),
    ]
    assert toronto_day(found[0].at) == build.TODAY


@pytest.mark.parametrize("text", ["benalicc", "C1000002", "another OFFICE", "AB100002"])
def test_the_bin_is_searched_by_name_number_and_reason(office: Office, text: str) -> None:
    first = build.invite(office, 1)
    second = build.invite(office, 2)
    file_bin.delete(office, first, "Entered twice")
    file_bin.delete(office, second, "Another office’s client")
    assert [f.person for f in file_bin.files(office, text)] == [second]
    assert people.ids(office, PeopleFilter(text=text)).tolist() == []


def test_a_reason_is_needed_and_somebody_to_take_out(office: Office) -> None:
    person = build.invite(office)
    with pytest.raises(DomainError, match="reason_missing"):
        file_bin.delete(office, person, "  ")
    with pytest.raises(DomainError, match="person_not_found"):
        file_bin.delete(office, person + 1, "Entered twice")
    assert people.count(office) == 1


def test_taking_out_is_undone_and_redone_like_any_act(office: Office) -> None:
    person = a_whole_file(office)
    before = everything(office)
    file_bin.delete(office, person, "Entered twice")

    done = own_acts.last_undoable(office)
    assert done is not None
    assert act_text(done.row) == "moved the file of Benalibb, Amine to the bin"
    own_acts.take_back(office, done)
    assert everything(office) == before
    assert file_bin.files(office) == []

    again = own_acts.last_undone(office)
    assert again is not None
    own_acts.take_back(office, again)
    assert [file.person for file in file_bin.files(office)] == [person]
    assert build.places(office.register) == (0, 0, 0)

    file_bin.restore(office, person)
    assert everything(office) == before
    assert is_sound(office)


def test_restoring_is_undone_into_the_bin_and_brought_back_again(office: Office) -> None:
    person = a_whole_file(office)
    before = everything(office)
    gone = file_bin.delete(office, person, "Entered twice")
    file_bin.restore(office, person)

    back = own_acts.last_undoable(office)
    assert back is not None
    assert act_text(back.row) == "restored the file of Benalibb, Amine from the bin"
    own_acts.take_back(office, back)
    assert [(f.person, f.act) for f in file_bin.files(office)] == [(person, gone.act)]

    again = own_acts.last_undone(office)
    assert again is not None
    own_acts.take_back(office, again)
    assert everything(office) == before
    assert file_bin.files(office) == []


def test_who_goes_to_the_bin_a_second_time_is_there_as_of_then(office: Office) -> None:
    person = build.invite(office)
    file_bin.delete(office, person, "Entered twice")
    file_bin.restore(office, person)
    people.edit(office, person, {"email": "new@example.com"})
    second = file_bin.delete(office, person, "No: it was right the first time")

    (found,) = file_bin.files(office)

    assert (found.act, found.reason) == (second.act, "No: it was right the first time")
    file_bin.restore(office, person)
    assert people.file(office, person).person.email == "new@example.com"


def test_a_place_that_is_still_free_is_taken_again_and_else_the_next(office: Office) -> None:
    first = build.invite(office, 1)
    second = build.invite(office, 2)
    third = build.invite(office, 3)
    build.receive(office, first)
    build.receive(office, second)
    file_bin.delete(office, first, "Entered twice")
    assert file_bin.restore(office, first).places == ((2023, 1),)

    file_bin.delete(office, first, "Entered twice")
    assert build.receive(office, third).place == 1
    assert file_bin.restore(office, first).places == ((2023, 3),)
    assert build.places(office.register) == (3, 3, 3)
    assert is_sound(office)


def test_a_year_that_has_filled_up_takes_the_place_back_and_says_so(office: Office) -> None:
    build.set_cap(office, 1)
    first = build.invite(office, 1)
    build.receive(office, first)
    file_bin.delete(office, first, "Entered twice")
    assert build.receive(office, build.invite(office, 2)).place == 1

    back = file_bin.restore(office, first)

    assert back.places == ((2023, 2),)
    assert back.over_cap == (2023,)
    assert build.places(office.register) == (2, 2, 2)
    assert is_sound(office)


def test_undoing_the_removal_takes_the_place_over_the_cap_as_restoring_does(
    office: Office,
) -> None:
    build.set_cap(office, 1)
    first = build.invite(office, 1)
    build.receive(office, first)
    gone = file_bin.delete(office, first, "Entered twice")
    build.receive(office, build.invite(office, 2))
    history.undo(office, gone.act)
    assert build.places(office.register) == (2, 2, 2)


def test_the_ledger_says_why_a_place_went_back_and_was_taken_again(office: Office) -> None:
    person = build.invite(office, 1)
    build.receive(office, person)
    file_bin.delete(office, person, "Entered twice")
    file_bin.restore(office, person)
    told = [(entry.delta, entry.reason) for entry in acts.ledger(office.register, 2023)]
    assert told == [(1, "received"), (-1, "removed"), (1, "restored")]


@pytest.mark.parametrize("way", ["restore", "undo"])
@pytest.mark.parametrize(
    ("field", "value"), [("individual_reference", "C1000001"), ("uci", "11-1111-1111")]
)
def test_a_number_that_another_file_has_by_now_stops_the_return_and_nothing_changes(
    office: Office, field: str, value: str, way: str
) -> None:
    person = build.invite(office, 1, uci="1111111111")
    gone = file_bin.delete(office, person, "Entered twice")
    values = {"individual_reference": "", "passport_number": "", field: value}
    taker = build.invite(office, 2, **values)
    before = everything(office)

    back = {
        "restore": partial(file_bin.restore, office, person),
        "undo": partial(history.undo, office, gone.act),
    }
    with pytest.raises(DomainError, match="number_taken_since") as stopped:
        back[way]()

    assert f"#{taker}" in error_text(stopped.value)
    assert everything(office) == before
    assert [file.person for file in file_bin.files(office)] == [person]


def test_an_application_number_taken_meanwhile_stops_the_return_too(office: Office) -> None:
    person = build.invite(office, 1)
    build.receive(office, person, number="W123456789")
    file_bin.delete(office, person, "Entered twice")
    build.receive(office, build.invite(office, 2), number="W123456789")
    with pytest.raises(DomainError, match="number_taken_since"):
        file_bin.restore(office, person)


@pytest.mark.parametrize(
    "ref", ["#1", "C1000001", "c 1000001", "11-1111-1111", "F-7", "W123456789"]
)
def test_a_file_of_the_bin_is_named_as_elsewhere(office: Office, ref: str) -> None:
    person = build.invite(office, 1, uci="1111111111", file_number="F-7")
    build.receive(office, person, number="W123456789")
    with pytest.raises(DomainError, match="not_in_bin"):
        file_bin.find(office, ref)
    file_bin.delete(office, person, "Entered twice")
    assert file_bin.find(office, ref) == person


def test_one_number_of_two_files_in_the_bin_is_asked_about(office: Office) -> None:
    for number in (1, 2):
        person = build.invite(office, number, file_number="F-7")
        file_bin.delete(office, person, "Entered twice")
    with pytest.raises(DomainError, match="person_ambiguous"):
        file_bin.find(office, "F-7")


def test_whoever_looks_for_a_file_in_the_bin_is_told_where_it_is(office: Office) -> None:
    person = build.invite(office, 1)
    file_bin.delete(office, person, "Entered twice")
    with pytest.raises(DomainError, match="file_in_bin"):
        people.find(office, "C1000001")
    with pytest.raises(DomainError, match="person_not_found"):
        people.find(office, "C9999999")


def test_what_another_desk_did_to_the_file_meanwhile_is_told_until_somebody_chooses(
    office: Office, other: Office
) -> None:
    person = build.invite(office, 1)
    form = office.as_shown()
    people.edit(other, person, {"email": "other@example.com"})
    with pytest.raises(Overtaken) as told:
        file_bin.delete(form, person, "Entered twice")
    assert people.count(office) == 1
    told.value.settle()
    with pytest.raises(DomainError, match="file_stays"):
        file_bin.delete(form, person, "Entered twice")
    told.value.settle(told.value.meetings)
    file_bin.delete(form, person, "Entered twice")
    assert people.count(office) == 0


def test_a_merger_is_not_undone_while_its_file_is_in_the_bin(office: Office) -> None:
    left, right = build.invite(office, 1), build.invite(office, 2)
    merged = build.merge(office, left, right)
    file_bin.delete(office, left, "Not a client")
    with pytest.raises(DomainError, match="file_in_bin"):
        history.undo(office, merged.act)
    file_bin.restore(office, left)
    history.undo(office, merged.act)
    assert {left, right} == set(people.ids(office, PeopleFilter()))
    assert is_sound(office)


def test_a_file_whose_merger_was_undone_goes_to_the_bin_and_not_to_the_other_file(
    office: Office,
) -> None:
    left, right = build.invite(office, 1), build.invite(office, 2)
    merged = build.merge(office, left, right)
    history.undo(office, merged.act)
    file_bin.delete(office, right, "Not a client")
    assert [file.person for file in file_bin.files(office)] == [right]
    assert merge_people.likely_duplicates(office) == []
    file_bin.restore(office, right)
    assert people.count(office) == 2


def test_a_file_that_was_restored_and_then_merged_is_in_no_bin(office: Office) -> None:
    left, right = build.invite(office, 1), build.invite(office, 2)
    file_bin.delete(office, right, "Entered twice")
    file_bin.restore(office, right)
    build.merge(office, left, right)
    assert file_bin.files(office) == []


def test_who_was_restored_by_undo_and_then_never_added_is_in_no_bin(office: Office) -> None:
    person = people.add(office, build.person_values(1), beside=None)
    gone = file_bin.delete(office, person.person, "Entered twice")
    history.undo(office, gone.act)
    history.undo(office, person.act)
    assert people.count(office) == 0
    assert file_bin.files(office) == []


def test_requests_of_ircc_go_along(office: Office) -> None:
    person = build.invite(office, 1)
    received = build.receive(office, person)
    asked = RequestDetails(received.application, RequestKind.MEDICAL, build.TODAY)
    requests.save(office, asked)
    before = everything(office)
    file_bin.delete(office, person, "Entered twice")
    assert everything(office)["request"] == []
    file_bin.restore(office, person)
    assert everything(office) == before


def test_a_file_is_restored_by_a_number_that_its_application_had_before(
    office: Office, tmp_path: Path
) -> None:
    for name, number in (("a", "W300000001"), ("b", "W900000009")):
        row = build.a_row(1, application_number=number, received_at=date(2023, 10, 1))
        build.import_file(office, build.a_list(tmp_path / f"{name}.xlsx", [row]))
    person = people.find(office, "C1000001")
    file_bin.delete(office, person, "Erreur")
    for number in ("W300000001", "W900000009"):
        assert file_bin.find(office, number) == person
    assert [file.person for file in file_bin.files(office, "w300000001")] == [person]


def test_who_is_added_with_a_number_of_the_bin_is_told_so(office: Office) -> None:
    person = build.invite(office, 1)
    file_bin.delete(office, person, "Erreur")
    added = people.add(office, build.person_values(1, passport_number=""), beside=None)
    assert [(one.person, file_bin.name_of(one)) for one in added.in_bin] == [
        (person, "Benalibb, Amine")
    ]
    assert people.add(office, build.person_values(2), beside=None).in_bin == ()
