# SPDX-License-Identifier: Apache-2.0
"""Undo and redo of what was done here, while other desks write to the same register."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from new_registers import told_of
from office_builders import a_list, a_row, import_file, invite, places, receive, set_cap

from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.history import history, own_acts
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

pytestmark = pytest.mark.usefixtures("reads_here")


def phone(office: Office, person: int) -> str | None:
    return people.file(office, person).person.phone


def own(office: Office) -> own_acts.OwnAct:
    found = own_acts.last_undoable(office)
    assert found is not None
    return found


def test_what_another_desk_did_is_not_ours_to_take_back(office: Office, other: Office) -> None:
    anna, ben = invite(office, 1), invite(office, 2)
    people.edit(office, anna, {"phone": "514-555-0101"})
    people.edit(other, ben, {"phone": "514-555-0199"})
    offered = own(office)
    assert (offered.row.service, offered.row.person_id) == ("people.edit", anna)
    done = own_acts.take_back(office, offered)
    assert (done.undone, done.stopped) == (offered.row.id, False)
    assert (phone(office, anna), phone(office, ben)) == (None, "514-555-0199")


def test_a_desk_that_did_nothing_yet_has_nothing_to_take_back(
    office: Office, other: Office
) -> None:
    invite(office)
    assert own_acts.last_undoable(other) is None
    assert own_acts.last_undone(other) is None


def test_a_newer_act_on_the_same_value_stops_it_and_is_named(office: Office, other: Office) -> None:
    person = invite(office)
    people.edit(office, person, {"phone": "514-555-0101", "email": "a@example.org"})
    offered = own(office)
    newer = people.edit(other, person, {"phone": "514-555-0199"}).act
    before = history.acts(office)
    done = own_acts.take_back(office, offered)
    assert (done.act, done.reverted, done.stopped) == (None, 0, True)
    assert done.newer is not None
    assert done.newer.id == newer
    assert history.acts(office) == before
    assert people.file(office, person).person.email == "a@example.org"


def test_a_newer_act_on_another_value_of_the_file_is_not_in_the_way(
    office: Office, other: Office
) -> None:
    person = invite(office)
    people.edit(office, person, {"phone": "514-555-0101"})
    people.edit(other, person, {"email": "b@example.org"})
    assert not own_acts.take_back(office, own(office)).stopped
    found = people.file(office, person).person
    assert (found.phone, found.email) == (None, "b@example.org")


def test_a_newer_act_that_was_itself_undone_is_not_in_the_way(
    office: Office, other: Office
) -> None:
    person = invite(office)
    people.edit(office, person, {"phone": "514-555-0101"})
    newer = people.edit(other, person, {"phone": "514-555-0199"}).act
    history.undo(other, newer)
    assert not own_acts.take_back(office, own(office)).stopped
    assert phone(office, person) is None


def test_an_import_of_which_somebody_has_worked_on_a_file_stays_whole(
    office: Office, other: Office, tmp_path: Path
) -> None:
    import_file(office, a_list(tmp_path / "list.xlsx", [a_row(1), a_row(2), a_row(3)]))
    offered = own(office)
    second = people.find(other, "C1000002")
    newer = people.edit(other, second, {"phone": "514-555-0199"}).act
    done = own_acts.take_back(office, offered)
    assert done.stopped
    assert done.newer is not None
    assert done.newer.id == newer
    assert people.count(office) == 3
    # Where it is listed, it is undone by its id: what somebody worked on since stays.
    listed = history.undo(office, offered.row.id)
    assert listed.kept
    assert people.count(office) == 1


def test_a_number_that_somebody_else_has_by_now_stops_it(office: Office, other: Office) -> None:
    anna, ben = invite(office, 1), invite(office, 2)
    people.edit(office, anna, {"individual_reference": "C7777777"})
    people.edit(other, ben, {"individual_reference": "C1000001"})
    done = own_acts.take_back(office, own(office))
    assert (done.stopped, done.newer) == (True, None)
    assert people.file(office, anna).person.individual_reference == "C7777777"


def test_a_place_goes_back_while_another_desk_has_taken_the_next(
    office: Office, other: Office
) -> None:
    set_cap(office, 5)
    anna, ben = invite(office, 1), invite(office, 2)
    receive(office, anna)
    receive(other, ben)
    assert not own_acts.take_back(office, own(office)).stopped
    assert places(office.register) == (1, 1, 1)


def test_what_another_desk_undid_is_not_offered_and_what_it_brought_back_is(
    office: Office, other: Office
) -> None:
    person = invite(office)
    edited = people.edit(office, person, {"phone": "514-555-0101"}).act
    offered = own(office)
    undo = history.undo(other, edited).act
    assert own(office).row.service == "people.add"
    with pytest.raises(DomainError, match="already_undone"):
        own_acts.take_back(office, offered)
    history.undo(other, undo)
    assert own(office).row.id == edited


def test_redo_goes_back_through_our_own_undos_whatever_others_do(
    office: Office, other: Office
) -> None:
    anna, ben = invite(office, 1), invite(office, 2)
    people.edit(office, anna, {"phone": "1"})
    people.edit(office, anna, {"email": "a@example.org"})
    for _turn in range(2):
        own_acts.take_back(office, own(office))
    people.edit(other, ben, {"phone": "2"})
    for _turn in range(2):
        undone = own_acts.last_undone(office)
        assert undone is not None
        assert not own_acts.take_back(office, undone).stopped
    assert own_acts.last_undone(office) is None
    found = people.file(office, anna).person
    assert (found.phone, found.email) == ("1", "a@example.org")


def test_a_redo_is_stopped_by_a_newer_value(office: Office, other: Office) -> None:
    person = invite(office)
    people.edit(office, person, {"phone": "1"})
    own_acts.take_back(office, own(office))
    newer = people.edit(other, person, {"phone": "2"}).act
    undone = own_acts.last_undone(office)
    assert undone is not None
    done = own_acts.take_back(office, undone)
    assert done.stopped
    assert done.newer is not None
    assert done.newer.id == newer
    assert phone(office, person) == "2"


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_after_a_restore_an_act_with_the_same_number_is_not_taken_for_ours(
    office: Office, other: Office
) -> None:
    person = invite(office)
    copy = maintenance.save_copy(other)
    people.edit(office, person, {"phone": "1"})
    offered = own(office)
    restoring.restore(other, copy)
    while history.acts(other)[0].id < offered.row.id + 1:
        people.edit(other, person, {"phone": str(history.acts(other)[0].id)})
    assert own(office).row.service == "people.add"
    with pytest.raises(DomainError, match="act_not_found"):
        own_acts.take_back(office, offered)


def test_undo_without_a_number_is_the_last_act_at_the_moment_of_the_lock(
    office: Office, other: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, ben = invite(office, 1), invite(office, 2)
    people.edit(office, anna, {"phone": "1"})
    copying = Office.copy_first

    def other_desk_first(self: Office, reason: str | None) -> None:
        copying(self, reason)
        if self is office and phone(other, ben) is None:
            people.edit(other, ben, {"phone": "2"})

    monkeypatch.setattr(Office, "copy_first", other_desk_first)
    history.undo(office)
    assert (phone(office, anna), phone(office, ben)) == ("1", None)


def test_a_real_second_process_is_not_undone(office: Office, tmp_path: Path) -> None:
    person = invite(office)
    people.edit(office, person, {"phone": "1"})
    command = [
        sys.executable,
        "-m",
        "imp_plus_desktop",
        "--register",
        told_of(office.register_path),
    ]
    command += ["--today", "2023-11-22", "--json", "set", "C1000001", "email", "b@example.org"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    newer = json.loads(answer.stdout)["act"]
    assert history.acts(office)[0].id == newer
    done = own_acts.take_back(office, own(office))
    assert done.undone == own_acts.last_undone(office).row.id  # type: ignore[union-attr]
    assert done.undone != newer
    found = people.file(office, person).person
    assert (found.phone, found.email) == (None, "b@example.org")


def test_an_undo_says_what_it_is_about_however_often_that_came_and_went(office: Office) -> None:
    person = invite(office)
    edited = people.edit(office, person, {"phone": "514-555-0101"}).act
    for brings_back in (False, True, False, True):
        latest = history.acts(office)[0].id
        history.undo(office, latest)
        row = history.acts(office)[0]
        assert row.about is not None
        assert (row.about.id, row.about.service) == (edited, "people.edit")
        assert row.brings_back is brings_back
