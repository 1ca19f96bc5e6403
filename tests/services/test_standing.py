# SPDX-License-Identifier: Apache-2.0
"""Lists show where a person stands now: after a write, on a new day, when the year is full."""

from __future__ import annotations

from datetime import date

from office_builders import TODAY, YEAR, decide, invite, issue, receive, set_cap

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType, PersonStatus
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents, people
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.storage.reads.summary import Basis, last_act, save


def status_of(office: Office, person: int) -> PersonStatus:
    return people.row(office, person).status


def someone_ready(office: Office, number: int = 1) -> int:
    person = invite(office, number)
    for kind in (DocumentType.CSQ, DocumentType.LETTER, DocumentType.INTENT):
        documents.set_document(office, person, kind, DocumentState.RECEIVED)
    return person


def test_the_status_follows_the_file(office: Office) -> None:
    person = someone_ready(office)
    assert status_of(office, person) is PersonStatus.READY
    application = receive(office, person).application
    assert status_of(office, person) is PersonStatus.APPLIED
    decide(office, application)
    assert status_of(office, person) is PersonStatus.APPROVED
    issue(office, application)
    assert status_of(office, person) is PersonStatus.PERMIT
    history.undo(office)
    assert status_of(office, person) is PersonStatus.APPROVED


def test_nobody_is_ready_while_the_year_is_full(office: Office) -> None:
    waiting = someone_ready(office, 1)
    other = invite(office, 2)
    set_cap(office, 1)
    assert status_of(office, waiting) is PersonStatus.READY
    application = receive(office, other).application
    assert status_of(office, waiting) is PersonStatus.INVITED
    decide(office, application, "returned")
    assert status_of(office, waiting) is PersonStatus.READY
    quota.set_official(office, quota.OfficialFigures(YEAR, TODAY, 1))
    assert status_of(office, waiting) is PersonStatus.INVITED
    set_cap(office, 2)
    assert status_of(office, waiting) is PersonStatus.READY


def test_a_new_day_makes_all_lines_anew(office: Office) -> None:
    person = someone_ready(office)
    assert summary.refresh(office) == 1
    assert summary.refresh(office) == 0
    later = open_office(office.register_path, today=date(2024, 6, 1))
    assert status_of(later, person) is PersonStatus.INVITED, "the letter has run out"
    later.close()


def test_a_line_computed_before_somebody_elses_write_is_not_kept(office: Office) -> None:
    person = someone_ready(office)
    basis = Basis(TODAY, False, last_act(office.register))
    programme = office.programme()
    files = queries.files(office.register, [person])
    line = summary.compute(files[0], programme, TODAY, False)
    receive(office, person)
    save(office.register, [line], basis)
    assert status_of(office, person) is PersonStatus.APPLIED
