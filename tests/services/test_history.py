# SPDX-License-Identifier: Apache-2.0
"""Undo of every act, redo, and what stays because somebody has worked on it since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office_builders import (
    AT,
    TODAY,
    YEAR,
    a_list,
    a_row,
    add_member,
    an_approved,
    decide,
    import_file,
    invite,
    issue,
    places,
    receive,
    receive_member,
    set_cap,
)

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    DocumentState,
    DocumentType,
    Outcome,
)
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports, review
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents, folder, people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.storage.history import acts
from imp_plus_desktop.storage.reads import queries

pytestmark = pytest.mark.usefixtures("reads_here")

TABLES = ("person", "letter", "residence", "passport", "member", "application", "permit",
          "document", "note", "cap_limit", "official_count", "held_row")  # fmt: skip


def content(office: Office) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that an act may write."""
    return {
        table: queries.fetch(office.register, f"SELECT * FROM {table} ORDER BY id")
        for table in TABLES
    }


def _add(office: Office) -> None:
    invite(office, 7)


def _edit(office: Office) -> None:
    people.edit(office, 1, {"phone": "+212 5 22 00 00 00", "email": "", "given_names": "Anas"})


def _move(office: Office) -> None:
    people.set_value(office, "#1", "residence", "CAN-ON", date(2023, 10, 1))


def _letter(office: Office) -> None:
    folder.save_letter(office, 1, None, date(2023, 10, 1), None)


def _delete_letter(office: Office) -> None:
    folder.delete_letter(office, 3, people.file(office, 3).letters[0].id)


def _passport(office: Office) -> None:
    folder.save_passport(office, 1, None, "CD 999", date(2031, 5, 5))


def _document(office: Office) -> None:
    documents.set_document(office, 1, DocumentType.CSQ, DocumentState.RECEIVED)


def _note(office: Office) -> None:
    folder.add_note(office, 1, "Called.")


def _receive(office: Office) -> None:
    receive(office, 3)


def _approve(office: Office) -> None:
    decide(office, 1)


def _return(office: Office) -> None:
    decide(office, 1, "returned")


def _number(office: Office) -> None:
    applications.edit(office, 1, "W123456789")


def _permit(office: Office) -> None:
    issue(office, 2)


def _member(office: Office) -> None:
    add_member(office, 1, given_names="Ilyes")


def _member_receive(office: Office) -> None:
    receive_member(office, 1)


def _member_delete(office: Office) -> None:
    family.delete_member(office, 1)


def _cap(office: Office) -> None:
    set_cap(office, 12)


def _official(office: Office) -> None:
    quota.set_official(office, OfficialCount(YEAR, TODAY, 100))


EVERY_ACT: tuple[Callable[[Office], None], ...] = (
    _add, _edit, _move, _letter, _delete_letter, _passport, _document, _note, _receive, _approve,
    _return, _number, _permit, _member, _member_receive, _member_delete, _cap, _official,
)  # fmt: skip


def _prepare(office: Office) -> None:
    """Person 1 is received (application 1) with a member, person 2 approved, person 3 waits."""
    receive(office, invite(office, 1))
    an_approved(office, 2)
    invite(office, 3)
    add_member(office, 2)


def test_every_act_is_undone_redone_and_undone_again(office: Office) -> None:
    _prepare(office)
    for do in EVERY_ACT:
        before = content(office)
        do(office)
        after = content(office)
        assert after != before, do
        assert history.undo(office).kept == ()
        assert content(office) == before, do
        undo = history.last_undone(office)
        assert undo is not None
        history.undo(office, undo.id)
        assert content(office) == after, do
        history.undo(office)
        assert content(office) == before, do
        counts = places(office.register)
        assert counts == (2, 2, 2), do
    assert checking.check(office).passed


def test_an_over_cap_receipt_is_undone_and_redone(office: Office) -> None:
    set_cap(office, 0)
    application = receive(office, invite(office)).application
    before = content(office)
    history.undo(office)
    assert content(office)["application"] == []
    history.undo(office, _latest(office))
    assert content(office) == before
    assert person_file.application_of(office, application).outcome is Outcome.CANCELLED_OVER_CAP
    assert places(office.register) == (0, 0, 0)


def _latest(office: Office) -> int:
    return history.acts(office, limit=1)[0].id


def test_undoing_a_receipt_frees_its_place_by_a_reversing_entry(office: Office) -> None:
    application = receive(office, invite(office)).application
    undone = history.undo(office)
    assert (undone.reverted, undone.kept) == (1, ())
    entries = acts.ledger(office.register, YEAR)
    assert [(e.application_id, e.delta, e.reason) for e in entries] == [
        (application, 1, "received"),
        (application, -1, "undone"),
    ]
    assert places(office.register) == (0, 0, 0)


def test_undoing_a_return_takes_a_place_again(office: Office) -> None:
    application = receive(office, invite(office)).application
    decide(office, application, "returned")
    assert places(office.register) == (0, 0, 0)
    history.undo(office)
    assert person_file.application_of(office, application).state is ApplicationState.RECEIVED
    assert person_file.application_of(office, application).place == 1
    assert [e.reason for e in acts.ledger(office.register, YEAR)] == [
        "received",
        "returned",
        "undone",
    ]
    assert places(office.register) == (1, 1, 1)


def test_a_place_that_is_gone_cannot_be_taken_again(office: Office) -> None:
    """The cap is hard also for an undo: the second person has the only place by now."""
    set_cap(office, 1)
    returned = receive(office, invite(office, 1)).application
    act = decide(office, returned, "returned").act
    receive(office, invite(office, 2))
    before = content(office)
    with pytest.raises(DomainError) as caught:
        history.undo(office, act)
    assert (caught.value.code, caught.value.parameters) == ("no_place_to_return", {"year": YEAR})
    assert content(office) == before
    assert places(office.register) == (1, 1, 1)


def test_a_place_under_a_cap_lowered_before_comes_back_with_its_undo(office: Office) -> None:
    application = receive(office, invite(office)).application
    set_cap(office, 0)
    decide(office, application, "returned")
    history.undo(office)
    assert person_file.application_of(office, application).place == 1
    assert places(office.register) == (1, 1, 1)


def test_a_place_under_a_cap_lowered_since_does_not_come_back(office: Office) -> None:
    application = receive(office, invite(office)).application
    act = decide(office, application, "returned").act
    set_cap(office, 0)
    with pytest.raises(DomainError, match="no_place_to_return"):
        history.undo(office, act)
    assert places(office.register) == (0, 0, 0)


def test_a_value_changed_since_is_kept_and_listed(office: Office) -> None:
    person = invite(office)
    act = people.edit(office, person, {"phone": "111 1111", "email": "a@example.org"}).act
    people.edit(office, person, {"phone": "222 2222"})
    undone = history.undo(office, act)
    assert [(k.entity, k.id, k.field, k.value) for k in undone.kept] == [
        ("person", person, "phone", "222 2222")
    ]
    assert undone.reverted == 1
    now = people.file(office, person).person
    assert (now.phone, now.email) == ("222 2222", None)


def test_a_value_changed_and_changed_back_is_still_somebodys_work(office: Office) -> None:
    person = invite(office)
    act = people.edit(office, person, {"phone": "111 1111"}).act
    people.edit(office, person, {"phone": "222 2222"})
    people.edit(office, person, {"phone": "111 1111"})
    assert [k.field for k in history.undo(office, act).kept] == ["phone"]


def test_a_later_change_that_was_undone_keeps_nothing_back(office: Office) -> None:
    person = invite(office)
    act = people.edit(office, person, {"phone": "111 1111"}).act
    people.edit(office, person, {"phone": "222 2222"})
    history.undo(office)
    assert history.undo(office, act).kept == ()
    assert people.file(office, person).person.phone is None


def test_a_later_change_that_was_brought_back_is_kept(office: Office) -> None:
    added = people.add(office, {"family_name": "Benali", "birth_date": "1990-01-01"})
    people.edit(office, added.person, {"phone": "222 2222"})
    history.undo(office)
    history.undo(office, _latest(office))
    undone = history.undo(office, added.act)
    assert undone.reverted == 0
    assert [(k.entity, k.field, k.value) for k in undone.kept] == [("person", "phone", "222 2222")]
    assert people.file(office, added.person).person.phone == "222 2222"


def test_an_application_decided_since_keeps_its_receipt(office: Office) -> None:
    received = receive(office, invite(office))
    decide(office, received.application)
    undone = history.undo(office, received.act)
    assert undone.reverted == 0
    assert {k.field for k in undone.kept} == {"state", "outcome", "decided_on"}
    assert places(office.register) == (1, 1, 1)


def test_a_permit_on_an_application_keeps_its_receipt(office: Office) -> None:
    person = invite(office)
    received = receive(office, person)
    decide(office, received.application)
    issue(office, received.application)
    undone = history.undo(office, received.act)
    assert undone.reverted == 0
    assert undone.kept


def test_steps_back_and_forth_go_over_all_acts(office: Office) -> None:
    person = invite(office)
    states = [people.file(office, person).person.phone]
    for number in range(1, 4):
        people.edit(office, person, {"phone": f"{number}{number}{number} 0000"})
        states.append(people.file(office, person).person.phone)

    def phone() -> str | None:
        return people.file(office, person).person.phone

    def redo() -> None:
        undo = history.last_undone(office)
        assert undo is not None
        history.undo(office, undo.id)

    for expected in (states[2], states[1]):
        history.undo(office)
        assert phone() == expected
    for expected in (states[2], states[3]):
        redo()
        assert phone() == expected
    assert history.last_undone(office) is None
    for expected in (states[2], states[1], states[0]):
        history.undo(office)
        assert phone() == expected
    redo()
    assert phone() == states[1]
    people.edit(office, person, {"phone": "999 9999"})
    assert history.last_undone(office) is None, "something new has been done"


def test_what_would_be_undone_is_named_by_its_own_act(office: Office) -> None:
    invite(office, 1)
    edited = people.edit(office, 1, {"phone": "111 1111"}).act
    history.undo(office)
    history.undo(office, _latest(office))
    last = history.last_undoable(office)
    assert last is not None
    assert (last.id, last.service, last.undone_by) == (edited, "people.edit", None)


def test_an_act_says_whether_it_is_undone_now(office: Office) -> None:
    act = people.add(office, {"family_name": "Benali", "birth_date": "1990-01-01"}).act

    def undone_by() -> int | None:
        return next(a.undone_by for a in history.acts(office) if a.id == act)

    assert undone_by() is None
    first = history.undo(office, act).act
    assert undone_by() == first
    history.undo(office, first)
    assert undone_by() is None
    history.undo(office, act)
    assert undone_by() == first


@pytest.mark.parametrize(("act", "code"), [(None, "nothing_to_undo"), (99, "act_not_found")])
def test_what_is_not_there_cannot_be_undone(office: Office, act: int | None, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        history.undo(office, act)
    assert caught.value.code == code
    assert office.register.is_empty()


def test_an_act_cannot_be_undone_twice(office: Office) -> None:
    act = people.add(office, {"family_name": "Benali", "birth_date": "1990-01-01"}).act
    history.undo(office, act)
    with pytest.raises(DomainError) as caught:
        history.undo(office, act)
    assert caught.value.code == "already_undone"


def test_ids_are_never_used_again(office: Office) -> None:
    first = people.add(office, {"family_name": "Benali", "birth_date": "1990-01-01"})
    history.undo(office)
    second = people.add(office, {"family_name": "Benali", "birth_date": "1990-01-01"})
    assert second.person > first.person
    assert second.act > first.act


def test_who_has_come_in_again_meanwhile_does_not_come_back_twice(
    office: Office, tmp_path: Path
) -> None:
    """Import, undo, import again, and then undo the undo: the first ones stay away."""
    book = a_list(tmp_path / "list.xlsx", [a_row(1), a_row(2)])
    import_file(office, book)
    undo = history.undo(office).act
    import_file(office, book)
    before = content(office)
    redone = history.undo(office, undo)
    assert redone.reverted == 0
    assert {k.entity for k in redone.kept} == {"person", "letter", "residence"}
    assert content(office) == before
    assert checking.check(office).passed


def test_a_number_that_is_another_persons_now_does_not_go_back(office: Office) -> None:
    person = invite(office, 1)
    act = people.edit(office, person, {"individual_reference": "C9999999", "phone": "1 1"}).act
    other = invite(office, 1, family_name="Zitouni")
    undone = history.undo(office, act)
    assert [(k.id, k.field, k.value) for k in undone.kept] == [
        (person, "individual_reference", "C9999999")
    ]
    assert people.file(office, person).person.phone is None
    assert people.file(office, other).person.individual_reference == "C1000001"


def test_a_letter_written_again_meanwhile_is_not_doubled(office: Office) -> None:
    person = invite(office)
    letter = people.file(office, person).letters[0]
    act = folder.delete_letter(office, person, letter.id).act
    folder.save_letter(office, person, None, letter.letter_date, None)
    undone = history.undo(office, act)
    assert [(k.entity, k.id) for k in undone.kept] == [("letter", letter.id)]
    assert len(people.file(office, person).letters) == 1


def test_an_import_is_undone_weeks_later_with_what_was_worked_on_kept(
    office: Office, tmp_path: Path
) -> None:
    book = a_list(tmp_path / "list.xlsx", [a_row(number) for number in range(1, 6)])
    act = import_file(office, book).act
    office.close()
    later = open_office(office.register_path, today=date(2023, 12, 20))
    people.edit(later, 2, {"phone": "222 2222"})
    folder.add_note(later, 3, "Called.")
    undone = history.undo(later, act)
    assert (undone.undone, undone.reverted) == (act, 3 * 3)
    listed = {(k.entity, k.id, k.field, k.value) for k in undone.kept}
    assert ("person", 2, "phone", "222 2222") in listed
    assert {(entity, number) for entity, number, _field, _value in listed} == {
        (entity, number) for entity in ("person", "letter", "residence") for number in (2, 3)
    }
    assert people.count(later) == 2
    assert people.file(later, 2).letters
    assert checking.check(later).passed
    again = history.undo(later, undone.act)
    assert (again.reverted, again.kept) == (9, ())
    assert people.count(later) == 5
    later.close()


def test_an_import_that_updated_gives_back_only_what_nobody_changed_since(
    office: Office, tmp_path: Path
) -> None:
    person = invite(office, 1, email="first@example.org", phone="111 1111")
    act = import_file(
        office,
        a_list(
            tmp_path / "list.xlsx",
            [
                {
                    "individual_reference": "C1000001",
                    "family_name": people.file(office, person).person.family_name,
                    "given_names": "Amine",
                    "letter_date": date(2023, 9, 1),
                    "email": "second@example.org",
                    "phone": "222 2222",
                }
            ],
        ),
        on_conflict=imports.OnConflict.THEIRS,
    ).act
    people.edit(office, person, {"phone": "333 3333"})
    undone = history.undo(office, act)
    assert [(k.entity, k.id, k.field, k.value) for k in undone.kept] == [
        ("person", person, "phone", "333 3333")
    ]
    now = people.file(office, person).person
    assert (now.email, now.phone) == ("first@example.org", "333 3333")


def test_an_imported_history_goes_and_comes_back_past_the_cap(
    office: Office, tmp_path: Path
) -> None:
    set_cap(office, 1)
    rows = [a_row(n, received_at=date(2023, 10, n), outcome="approuvée") for n in (1, 2, 3)]
    act = import_file(office, a_list(tmp_path / "list.xlsx", rows)).act
    assert places(office.register) == (3, 3, 3)
    undo = history.undo(office, act)
    assert undo.kept == ()
    assert places(office.register) == (0, 0, 0)
    history.undo(office, undo.act)
    assert places(office.register) == (3, 3, 3)
    assert checking.check(office).passed


def test_a_resolved_row_waits_again_when_its_answer_is_undone(
    office: Office, tmp_path: Path
) -> None:
    invite(office, 1)
    row = a_row(1, individual_reference=None, birth_date=date(1990, 4, 2))
    import_file(office, a_list(tmp_path / "list.xlsx", [row]))
    (held,) = review.rows(office)
    review.resolve(office, held.row, "new")
    assert people.count(office) == 2
    history.undo(office)
    assert people.count(office) == 1
    assert [r.row for r in review.rows(office)] == [held.row]


def test_the_history_of_a_file_knows_every_field(office: Office) -> None:
    person = invite(office)
    people.edit(office, person, {"phone": "111 1111"})
    latest = history.changes(office, person)[0]
    assert (latest.entity, latest.field, latest.before, latest.after) == (
        "person", "phone", None, "111 1111",
    )  # fmt: skip


def test_a_value_from_a_list_knows_its_cell(office: Office, tmp_path: Path) -> None:
    import_file(office, a_list(tmp_path / "list.xlsx", [a_row(1)], title="Liste du mois"))
    change = next(c for c in history.changes(office, 1) if c.field == "citizenship")
    assert (change.source_name, change.sheet, change.row) == ("list.xlsx", "Liste", 3)


def test_receiving_at_the_same_instant_again_after_an_undo_is_a_new_application(
    office: Office,
) -> None:
    person = invite(office)
    first = receive(office, person, AT)
    history.undo(office)
    second = receive(office, person, AT)
    assert second.application > first.application
    assert second.place == 1


def test_a_place_of_a_year_that_an_official_count_has_filled_since_does_not_come_back(
    office: Office,
) -> None:
    application = receive(office, invite(office)).application
    act = decide(office, application, "returned").act
    quota.set_official(office, OfficialCount(YEAR, date(2023, 11, 15), 7350))
    with pytest.raises(DomainError, match="no_place_to_return"):
        history.undo(office, act)
    assert places(office.register) == (0, 0, 0)
