# SPDX-License-Identifier: Apache-2.0
"""An office's five years, as three people kept them, go in, come out and go in again.

The register is compared with the truth that made the lists, person by person; its ledgers with
the places that this truth used; what comes out of it with what is in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import office_years
import pytest
from office_builders import import_file
from office_years import Relative, Someone

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.history import acts
from imp_plus_desktop.storage.reads import queries

pytestmark = pytest.mark.mostly_long(
    "test_every_application_and_permit_of_the_people_is_there",
    "test_the_ledger_holds_the_places_that_these_years_used",
    "test_what_was_known_of_each_person_is_there",
    "test_the_families_are_there_with_their_applications_and_permits",
    "test_an_application_that_changed_its_number_is_found_by_both",
    "test_the_same_lists_again_change_nothing",
)

FILES = int(os.environ.get("IMP_PLUS_OFFICE_FILES", "120"))
"""How many files; 2,000 take two minutes."""


@pytest.fixture(scope="module")
def truth() -> list[Someone]:
    return office_years.make(2022, FILES)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, truth: list[Someone]) -> Iterator[Office]:
    """A register into which all the lists of the office went."""
    folder = tmp_path_factory.mktemp("years")
    office = open_office(folder / "office.imp", today=office_years.TODAY)
    for path in office_years.write_all(truth, folder):
        done = import_file(office, path)
        assert done.counts.rejected == 0, _told(done)
        assert done.counts.review == 0, _told(done)
    yield office
    office.close()


def _told(done: object) -> str:
    issues = done.preview.issues  # type: ignore[attr-defined]
    return "\n".join(f"{i.sheet} {i.cell} {i.code} {i.column}" for i in issues[:20])


def _files(office: Office) -> dict[str, PersonFile]:
    ids = people.ids(office, PeopleFilter())
    return {
        str(file.person.individual_reference): file for file in queries.files(office.register, ids)
    }


def _own(file: PersonFile) -> list[tuple[object, ...]]:
    """Each own application with its permit, in order of receipt."""
    return sorted(_told_case(file, a) for a in file.own_applications)


def _told_case(file: PersonFile, application: Application) -> tuple[object, ...]:
    received = application.received_at
    permits = file.permits_of(application.id)
    return (
        application.application_number,
        str(application.kind),
        received.date() if received else None,
        str(application.outcome) if application.outcome else None,
        application.decided_on,
        *(
            (permits[0].permit_number, permits[0].valid_from, permits[0].valid_until)
            if permits
            else (None, None, None)
        ),
    )


def _true_cases(one: Someone) -> list[tuple[object, ...]]:
    return sorted(
        (c.number, c.kind, c.received, c.outcome, c.decided, c.permit, c.permit_from,
         c.permit_until)
        for c in one.cases
    )  # fmt: skip


def test_every_application_and_permit_of_the_people_is_there(
    whole: Office, truth: list[Someone]
) -> None:
    files = _files(whole)
    assert len(files) == len(truth)
    for one in truth:
        assert _own(files[one.reference]) == _true_cases(one), one.reference


def test_the_ledger_holds_the_places_that_these_years_used(
    whole: Office, truth: list[Someone]
) -> None:
    used = {
        year: sum(entry.delta for entry in acts.ledger(whole.register, year))
        for year in range(2022, 2027)
    }
    assert {year: n for year, n in used.items() if n} == office_years.places_by_year(truth)


def test_what_was_known_of_each_person_is_there(whole: Office, truth: list[Someone]) -> None:
    files = _files(whole)
    for one in truth:
        file = files[one.reference]
        person = file.person
        assert (
            person.family_name, person.given_names, person.birth_date, person.file_number,
            person.uci, person.email, person.phone, person.csq_issue_date, person.pr_filed_on,
        ) == (
            one.family, one.given, one.birth, one.file_number,
            one.uci, one.email, one.phone, one.csq_issue, one.pr_filed,
        ), one.reference  # fmt: skip
        assert [(x.letter_date, x.letter_received_date) for x in file.letters] == [
            (one.letter, one.letter_received)
        ]
        assert [(p.number, p.expiry) for p in file.passports] == [
            (one.passport, one.passport_expiry)
        ]
        assert [note.text for note in file.notes] == ([one.note] if one.note else [])


def test_the_families_are_there_with_their_applications_and_permits(
    whole: Office, truth: list[Someone]
) -> None:
    files = _files(whole)
    for one in truth:
        file = files[one.reference]
        assert sorted(_told_member(file, m) for m in file.members) == sorted(
            _true_member(m) for m in one.relatives
        ), one.reference


def _told_member(file: PersonFile, member: Member) -> tuple[object, ...]:
    own = [a for a in file.applications if a.member_id == member.id]
    return (
        str(member.relation), member.family_name, member.given_names, member.birth_date,
        member.uci or "", member.passport_number, member.passport_expiry, str(member.wish),
        tuple((str(a.code), *_told_case(file, a)) for a in own),
    )  # fmt: skip


def _true_member(one: Relative) -> tuple[object, ...]:
    case = one.case
    return (
        one.relation, one.family, one.given, one.birth,
        one.uci or "", one.passport, one.passport_expiry, one.wish,
        ()
        if case is None
        else (
            (one.code, case.number, case.kind, case.received, case.outcome, case.decided,
             case.permit, case.permit_from, case.permit_until),
        ),
    )  # fmt: skip


def test_permits_under_other_routes_use_no_place_and_are_there(
    whole: Office, truth: list[Someone]
) -> None:
    files = _files(whole)
    # Only the office's own follow-up tells of them.
    for one in truth[: len(truth) // 2]:
        found = [
            (r.route, r.filed_on, r.permit_number, r.valid_from, r.valid_until)
            for r in files[one.reference].other_routes
        ]
        assert found == [
            (o.route.lower(), o.filed, o.permit, o.valid_from, o.valid_until) for o in one.others
        ], one.reference


def test_an_application_that_changed_its_number_is_found_by_both(
    whole: Office, truth: list[Someone]
) -> None:
    moved = [(one, c) for one in truth[: len(truth) // 2] for c in one.cases if c.former_number]
    assert moved
    for one, case in moved:
        for number in (case.number, case.former_number):
            assert number is not None
            person = people.find(whole, number)
            assert people.file(whole, person).person.individual_reference == one.reference


def test_the_same_lists_again_change_nothing(
    whole: Office, truth: list[Someone], tmp_path: Path
) -> None:
    for path in office_years.write_all(truth, tmp_path):
        done = import_file(whole, path)
        counts = done.counts
        assert (counts.new, counts.updated, counts.rejected, counts.review) == (0, 0, 0, 0), path


def test_what_comes_out_goes_in_again_without_a_change(whole: Office, tmp_path: Path) -> None:
    path = tmp_path / "tout.xlsx"
    exports.export(whole, "everything", path)
    done = import_file(whole, path)
    counts = done.counts
    assert (counts.new, counts.updated, counts.rejected, counts.review) == (0, 0, 0, 0), _told(done)
    assert done.act is None


def test_what_comes_out_makes_the_same_register_anew(whole: Office, tmp_path: Path) -> None:
    path = tmp_path / "tout.xlsx"
    exports.export(whole, "everything", path)
    anew = open_office(tmp_path / "anew.imp", today=office_years.TODAY)
    try:
        done = import_file(anew, path)
        assert (done.counts.rejected, done.counts.review) == (0, 0), _told(done)
        before, after = _files(whole), _files(anew)
        assert before.keys() == after.keys()
        for reference, file in before.items():
            other = after[reference]
            assert _own(other) == _own(file), reference
            assert _whole(other) == _whole(file), reference
            members = sorted(_told_member(file, m) for m in file.members)
            assert sorted(_told_member(other, m) for m in other.members) == members, reference
        for year in range(2022, 2027):
            assert _places(anew, year) == _places(whole, year)
    finally:
        anew.close()


def _whole(file: PersonFile) -> tuple[object, ...]:
    """What else a file holds, without the numbers that each register gives its rows."""
    parts = (file.letters, file.residences, file.passports, file.other_routes)
    numbers = {a.id: a.application_number for a in file.applications}
    return (
        replace(file.person, id=0),
        *(tuple(replace(row, id=0, person_id=0) for row in rows) for rows in parts),
        tuple((numbers[f.application_id], f.number) for f in file.former_numbers),
        tuple(note.text for note in file.notes),
    )


def _places(office: Office, year: int) -> int:
    return sum(entry.delta for entry in acts.ledger(office.register, year))
