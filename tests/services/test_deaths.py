# SPDX-License-Identifier: Apache-2.0
"""The death of a principal: an event that closes the file, tells what is left to do, and undoes."""

from __future__ import annotations

from datetime import date

import pytest
from office_builders import TODAY, add_member, invite, receive, receive_member

from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.codes import PersonStatus
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.applications import fees, preparing
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import standing, summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import deaths, people
from imp_plus_desktop.words.findings import death_texts


def stage(office: Office, person: int) -> PersonStatus:
    found = standing.stages(office, [people.file(office, person)], summary.basis(office))
    return found[person].status


def test_a_death_tells_what_to_withdraw_and_who_is_left_and_closes_the_file(
    office: Office,
) -> None:
    person = invite(office)
    own = receive(office, person).application
    spouse = add_member(office, person)
    theirs = receive_member(office, spouse).application
    assert stage(office, person) is PersonStatus.APPLIED
    done = deaths.record(office, person, date(2023, 11, 20))
    assert [a.id for a in done.aftermath.own] == [own]
    assert [a.id for a in done.aftermath.family] == [theirs]
    assert [m.id for m in done.aftermath.left] == [spouse]
    assert death_texts.lines(done.aftermath)[0].endswith("application A76, received")
    assert stage(office, person) is PersonStatus.CLOSED
    file = people.file(office, person)
    (member,) = file.members
    flags = {f.reason for f in family.findings(office, file, member)}
    assert "principal_died" in flags
    assert people.verdict(office, person).code is VerdictCode.NOT_ELIGIBLE
    died = [event for event in people.timeline(office, person) if event.kind == "death"]
    assert [(event.day, event.past) for event in died] == [(date(2023, 11, 20), True)]
    history.undo(office)
    assert "death" not in {event.kind for event in people.timeline(office, person)}
    assert people.file(office, person).person.died_on is None
    assert stage(office, person) is PersonStatus.APPLIED


def test_a_draft_that_ircc_never_saw_is_not_to_be_withdrawn_there(office: Office) -> None:
    person = invite(office)
    draft = preparing.prepare(office, person, TODAY).application
    assert deaths.record(office, person, TODAY).aftermath.own == ()
    deaths.record(office, person, None)
    assert receive(office, person).application == draft
    assert [a.id for a in deaths.record(office, person, TODAY).aftermath.own] == [draft]


def test_a_death_can_be_taken_back_and_lies_neither_ahead_nor_before_the_birth(
    office: Office,
) -> None:
    person = invite(office, birth_date="1990-01-01")
    deaths.record(office, person, TODAY)
    assert fees.account(office, person).lines == ()
    assert deaths.record(office, person, None).on is None
    assert people.file(office, person).person.died_on is None
    with pytest.raises(DomainError, match="in_the_future"):
        deaths.record(office, person, date(2023, 11, 23))
    with pytest.raises(DomainError, match="bad_value"):
        deaths.record(office, person, date(1989, 1, 1))
