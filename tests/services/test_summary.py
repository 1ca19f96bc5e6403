# SPDX-License-Identifier: Apache-2.0
"""Lists show where a person stands now: after a write, on a new day, when the year is full."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from office_builders import TODAY, YEAR, decide, invite, issue, receive, set_cap

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType, PersonStatus
from imp_plus_desktop.domain.values.fingerprint import fingerprint
from imp_plus_desktop.domain.values.programme import Fee
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import parameters, standing, summary
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
    quota.set_official(office, OfficialCount(YEAR, TODAY, 1))
    assert status_of(office, waiting) is PersonStatus.INVITED
    set_cap(office, 2)
    assert status_of(office, waiting) is PersonStatus.READY


def test_a_new_day_makes_the_lines_anew_that_hold_no_longer(office: Office) -> None:
    person = someone_ready(office)
    assert summary.refresh(office) == 1
    assert summary.refresh(office) == 0
    later = open_office(office.register_path, today=date(2024, 6, 1))
    assert status_of(later, person) is PersonStatus.INVITED, "the letter has run out"
    later.close()


def test_a_line_computed_before_somebody_elses_write_is_not_kept(office: Office) -> None:
    person = someone_ready(office)
    programme = office.programme()
    basis = Basis(TODAY, False, last_act(office.register), summary._figures(programme))
    files = queries.files(office.register, [person])
    line = standing.compute(files[0], programme, TODAY, False)
    receive(office, person)
    save(office.register, [line], basis)
    assert status_of(office, person) is PersonStatus.APPLIED


def with_figures(office: Office, **figures: object) -> Office:
    """The same register, opened by a program that ships other figures."""
    return replace(office, shipped_programme=replace(office.shipped_programme, **figures))


def test_a_figure_that_is_shipped_anew_makes_all_lines_anew_on_the_same_day(
    office: Office,
) -> None:
    persons = [someone_ready(office, number) for number in (1, 2, 3)]
    assert summary.refresh(office) == 3
    assert status_of(office, persons[0]) is PersonStatus.READY
    other = with_figures(office, letter_window_days=1)
    assert summary.stale_count(other) == 3
    assert status_of(other, persons[0]) is PersonStatus.INVITED, "the letter has run out"
    assert summary.refresh(other) == 0
    assert summary.stale_count(office) == 3
    assert status_of(office, persons[0]) is PersonStatus.READY


def test_a_figure_that_the_office_sets_makes_all_lines_anew_on_the_same_day(
    office: Office,
) -> None:
    person, other = someone_ready(office, 1), someone_ready(office, 2)
    summary.refresh(office)
    parameters.set_window(office, "letter_window_days", "1", date(2022, 5, 24), "as IRCC says")
    assert summary.stale_count(office) == 2
    assert status_of(office, person) is PersonStatus.INVITED
    history.undo(office)
    assert summary.stale_count(office) == 2
    assert status_of(office, other) is PersonStatus.READY


def test_another_version_of_the_program_makes_all_lines_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone_ready(office)
    assert summary.refresh(office) == 1
    monkeypatch.setattr(summary, "__version__", "0.1.1")
    assert summary.refresh(office) == 1
    assert summary.refresh(office) == 0


def test_nothing_is_made_anew_by_a_start_on_the_same_day_or_by_a_limit(office: Office) -> None:
    for number in (1, 2, 3):
        someone_ready(office, number)
    assert summary.refresh(office) == 3
    again = open_office(office.register_path, today=TODAY)
    assert summary.refresh(again) == 0
    set_cap(again, 100)
    assert summary.refresh(again) == 0
    again.close()


def test_lines_on_other_figures_count_as_unknown_to_whoever_asks_for_stages(
    office: Office,
) -> None:
    person = someone_ready(office)
    summary.refresh(office)
    files = queries.files(office.register, [person])
    other = with_figures(office, letter_window_days=1)
    assert (
        standing.stages(office, files, summary.basis(office))[person].status is PersonStatus.READY
    )
    assert (
        standing.stages(other, files, summary.basis(other))[person].status is PersonStatus.INVITED
    )


def test_a_line_made_before_a_figure_was_set_drops_no_newer_one(office: Office) -> None:
    person, other = someone_ready(office, 1), someone_ready(office, 2)
    programme = office.programme()
    basis = Basis(TODAY, False, last_act(office.register), summary._figures(programme))
    (file,) = queries.files(office.register, [person])
    line = standing.compute(file, programme, TODAY, False)
    parameters.set_window(office, "letter_window_days", "1", date(2022, 5, 24), "as IRCC says")
    assert summary.refresh(office) == 2
    save(office.register, [line], basis)
    assert summary.refresh(office) == 0
    assert status_of(office, other) is PersonStatus.INVITED


def test_each_figure_tells_in_the_fingerprint(office: Office) -> None:
    programme = office.shipped_programme
    seen = {fingerprint(programme)}
    for name, value in (
        ("version", "2026-03"),
        ("child_age", 21),
        ("csq_accepted", frozenset({"IQ"})),
        ("fees", (*programme.fees, Fee("processing", None, TODAY, "IRPR 299"))),
        ("opened", date(2022, 5, 25)),
    ):
        seen.add(fingerprint(replace(programme, **{name: value})))
    assert len(seen) == 6


def test_the_fingerprint_is_the_same_in_every_process(office: Office) -> None:
    program = (
        "from imp_plus_desktop.bootstrap import load_programme\n"
        "from imp_plus_desktop.domain.values.fingerprint import fingerprint\n"
        "print(fingerprint(load_programme()))\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2", "3")
    }
    assert told == {fingerprint(office.shipped_programme)}


def parts_of_the_index(office: Office) -> int:
    """Of how many parts the search's index is; each is asked by every key."""
    asked = "SELECT COUNT(DISTINCT segid) FROM person_search_idx"
    return int(office.register.db.execute_sql(asked).fetchone()[0])


@pytest.mark.of_a_file("a server tidies its index itself")
def test_many_lines_made_anew_leave_an_index_of_one_part(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    invited = [invite(office, number) for number in range(1, 8)]
    monkeypatch.setattr(summary, "BATCH", 1)
    summary.refresh(office)
    assert parts_of_the_index(office) > 1
    office.register.db.execute_sql("DELETE FROM standing")
    monkeypatch.setattr(summary, "_MANY", len(invited))
    assert summary.refresh(office) == len(invited)
    assert parts_of_the_index(office) == 1
    assert office.register.db.search.is_sound()
    names = [people.file(office, person).person.family_name for person in invited]
    found = [people.ids(office, PeopleFilter(text=name)) for name in names]
    assert all(person in ids for person, ids in zip(invited, found, strict=True))
