# SPDX-License-Identifier: Apache-2.0
"""A file as the register knew it on an earlier day: equal to what was read on that day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_demo, new_office

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType, PermitWish
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.page import past_day
from imp_plus_desktop.services.people import documents, folder, people


def on(office: Office, days: int) -> Office:
    return replace(office, clock=Clock(build.TODAY + timedelta(days=days)))


def test_each_day_is_told_as_it_was_read_on_it(tmp_path: Path) -> None:
    office = new_office(tmp_path / "bureau.imp", build.TODAY)
    person = build.invite(office)
    steps: tuple[Callable[[Office], object], ...] = (
        lambda o: people.edit(o, person, {"phone": "514 555-0101", "family_name": "Trabelsi"}),
        lambda o: folder.add_note(o, person, "Called", pinned=True),
        lambda o: people.move(o, person, "CAN-ON", o.clock.today()),
        lambda o: build.add_member(o, person, wish=PermitWish.WORK),
        lambda o: documents.set_document(o, person, DocumentType.CSQ, DocumentState.RECEIVED),
        lambda o: folder.delete_note(o, person, people.file(o, person).notes[0].id),
        lambda o: history.undo(o),
        lambda o: build.receive(o, person),
        lambda o: file_bin.delete(o, build.invite(o, 9), "elsewhere"),
        lambda o: people.edit(o, person, {"phone": ""}),
    )
    read: list[PersonFile] = [people.file(office, person)]
    for day, step in enumerate(steps, start=1):
        step(on(office, day))
        read.append(people.file(office, person))
    later = on(office, len(steps) + 5)
    for day, then in enumerate(read):
        past = past_day.as_of(later, person, build.TODAY + timedelta(days=day))
        assert people.file(past, person) == then
    row = past_day.row(later, person)
    assert row == replace(
        past_day.row(past_day.as_of(later, person, later.clock.today()), person),
        last_contact=row.last_contact,
        more=row.more,
    )
    with pytest.raises(AppError, match="person_unknown_then"):
        past_day.as_of(later, person, build.TODAY - timedelta(days=1))
    with pytest.raises(AppError, match="in_the_future"):
        past_day.as_of(later, person, later.clock.today() + timedelta(days=1))
    office.close()


def test_what_was_merged_into_a_file_later_was_not_in_it(tmp_path: Path) -> None:
    office = new_office(tmp_path / "bureau.imp", build.TODAY)
    kept, gone = build.invite(office, 1), build.invite(office, 2, family_name="Benalibb")
    folder.add_note(office, gone, "of the other file")
    before = people.file(office, kept)
    build.merge(on(office, 3), kept, gone)
    assert people.file(office, kept) != before
    past = past_day.as_of(on(office, 4), kept, build.TODAY)
    assert people.file(past, kept) == before
    office.close()


@pytest.mark.long
def test_a_whole_invented_office_is_told_today_as_it_stands(tmp_path: Path) -> None:
    office = open_office(new_demo(tmp_path), today=date(2026, 11, 20))
    for person in list(people.ids(office, people.PeopleFilter()))[::7]:
        past = past_day.as_of(office, person, office.clock.today())
        assert people.file(past, person) == people.file(office, person)
        assert past_day.row(past, person).status == people.row(office, person).status
    office.close()


def test_nothing_is_stored_through_what_was(tmp_path: Path) -> None:
    office = new_office(tmp_path / "bureau.imp", build.TODAY)
    person = build.invite(office)
    past = past_day.as_of(office, person, build.TODAY)
    with pytest.raises(AppError, match="past_is_past"):
        people.edit(past, person, {"phone": "514 555-0101"})
    office.close()
