# SPDX-License-Identifier: Apache-2.0
"""A form that was open while another desk wrote to the same file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from office_builders import invite

import imp_plus_desktop.ui
from imp_plus_desktop.domain.reads.meetings import Overtaken
from imp_plus_desktop.domain.records.member import new_member
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.words.messages import error_text


def test_a_form_does_not_write_over_what_it_never_showed(office: Office, other: Office) -> None:
    person = invite(office)
    form = office.as_shown()
    people.edit(other, person, {"given_names": "Autre Poste"})
    with pytest.raises(StorageError) as caught:
        people.edit(form, person, {"given_names": "Yyy", "phone": "514-555-0101"})
    assert caught.value.code == "changed_meanwhile"
    assert "Given names" in error_text(caught.value)
    now = people.file(office, person).person
    assert (now.given_names, now.phone) == ("Autre Poste", None)


def test_whoever_chose_mine_writes_over_it(office: Office, other: Office) -> None:
    person = invite(office)
    form = office.as_shown()
    people.edit(other, person, {"given_names": "Autre Poste"})
    for _turn in range(2):  # to be told is not to choose
        with pytest.raises(Overtaken) as caught:
            people.edit(form, person, {"given_names": "Yyy"})
    caught.value.settle(caught.value.meetings)
    people.edit(form, person, {"given_names": "Yyy"})
    assert people.file(office, person).person.given_names == "Yyy"


def test_a_third_value_is_told_again(office: Office, other: Office) -> None:
    person = invite(office)
    form = office.as_shown()
    for given in ("Autre Poste", "Encore"):
        people.edit(other, person, {"given_names": given})
        with pytest.raises(Overtaken) as caught:
            people.edit(form, person, {"given_names": "Yyy"})
        caught.value.settle(caught.value.meetings)


def test_what_the_form_did_not_touch_stays_as_the_other_desk_has_it(
    office: Office, other: Office
) -> None:
    person = invite(office)
    new = new_member(person, Relation.SPOUSE, "Benali", "Nour")
    member = family.add_member(office, new).member
    form = office.as_shown()
    people.edit(other, person, {"phone": "514-555-0199"})
    born = date(1990, 5, 1)
    family.edit_member(other, member, replace(new, birth_date=born))
    family.edit_member(form, member, replace(new, given_names="Noor"))
    stored = family.one(office, member)
    assert (stored.given_names, stored.birth_date) == ("Noor", born)


def test_a_row_that_another_desk_corrected_is_not_taken_out_unseen(
    office: Office, other: Office
) -> None:
    person = invite(office)
    letter = people.file(office, person).letters[0]
    form = office.as_shown()
    people.edit(other, person, {"letter_received_date": "2023-09-15"})
    with pytest.raises(StorageError) as caught:
        folder.delete_letter(form, person, letter.id)
    assert caught.value.code == "changed_meanwhile"
    assert people.file(office, person).letters


def test_own_acts_and_changes_that_were_taken_back_are_in_nobodys_way(
    office: Office, other: Office
) -> None:
    person = invite(office)
    form = office.as_shown()
    people.edit(office, person, {"phone": "514-555-0101"})
    done = people.edit(other, person, {"given_names": "Autre Poste"})
    history.undo(other, done.act)
    people.edit(form, person, {"phone": "514-555-0102", "given_names": "Yyy"})
    now = people.file(office, person).person
    assert (now.phone, now.given_names) == ("514-555-0102", "Yyy")


def test_every_form_over_a_file_rests_on_what_it_showed() -> None:
    folder = Path(imp_plus_desktop.ui.__file__).parent
    calls = re.compile(r"\bDialog\.ask\(|\w+Dialog\.ask\([^)]*?\boffice\b(?!\.as_shown)", re.S)
    missing = [
        f"{path.name}: {found.group(0)}"
        for path in sorted(folder.rglob("*.py"))
        if "dialogs" not in path.relative_to(folder).parts
        for found in calls.finditer(path.read_text("utf-8"))
    ]
    assert missing == []
