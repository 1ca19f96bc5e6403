# SPDX-License-Identifier: Apache-2.0
"""A list never brings a file back that is in the bin: its row is held, and a person says."""

from pathlib import Path
from typing import Any

import office_builders as build
import pytest

from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.agenda.counts import held_rows
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.imports import import_compare, imports, origins, review
from imp_plus_desktop.services.imports.imports import Imported
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

PEOPLE = tuple(range(1, 6))


def rows(*numbers: int, **changes: str) -> list[dict[str, Any]]:
    return [
        {k: v for k, v in build.person_values(n, **changes).items() if k in build.HEADERS}
        for n in numbers
    ]


@pytest.fixture
def listed(office: Office, tmp_path: Path) -> Path:
    """A list of five that is in the register."""
    path = build.a_list(tmp_path / "list.xlsx", rows(*PEOPLE))
    build.import_file(office, path)
    return path


def who(office: Office, number: int) -> PersonId:
    return people.find(office, f"C{1_000_000 + number}")


def take_out(office: Office, number: int) -> PersonId:
    person = who(office, number)
    file_bin.delete(office, person, "Not a client")
    return person


def told(imported: Imported) -> list[tuple[int | None, str | None, str, str]]:
    return [(i.row, i.column, i.code, i.severity) for i in imported.preview.issues]


def test_the_same_list_again_holds_the_row_of_a_file_in_the_bin(
    office: Office, listed: Path
) -> None:
    person = take_out(office, 2)

    again = build.import_file(office, listed)

    counts = again.counts
    assert (counts.new, counts.unchanged, counts.review, counts.rejected) == (0, 4, 1, 0)
    assert counts.vanished == 0
    assert told(again) == [(3, "individual_reference", "in_bin", "warning")]
    assert people.count(office) == 4
    (row,) = review.rows(office)
    (candidate,) = row.candidates
    assert (candidate.person_id, candidate.because) == (person, ("number_same", "in_bin"))
    assert review.changes(office, row, person) == ()


def test_the_row_is_held_once_however_often_the_list_comes(office: Office, listed: Path) -> None:
    take_out(office, 2)
    build.import_file(office, listed)
    third = build.import_file(office, listed)
    assert third.act is None
    assert third.counts.review == 1
    assert held_rows(office) == 1


def test_a_dropped_row_is_not_asked_about_again(office: Office, listed: Path) -> None:
    take_out(office, 2)
    build.import_file(office, listed)
    review.resolve(office, review.rows(office)[0].row, review.DROP)
    again = build.import_file(office, listed)
    assert (again.act, again.counts.unchanged) == (None, 5)
    assert people.count(office) == 4


def test_the_row_becomes_somebody_new_only_when_a_person_says_so(
    office: Office, listed: Path
) -> None:
    person = take_out(office, 2)
    build.import_file(office, listed)
    review.resolve(office, review.rows(office)[0].row, review.NEW)
    assert people.count(office) == 5
    assert who(office, 2) != person
    with pytest.raises(DomainError, match="number_taken_since"):
        file_bin.restore(office, person)
    assert build.import_file(office, listed).counts.unchanged == 5


def test_the_row_joins_the_file_once_that_is_restored(office: Office, listed: Path) -> None:
    person = take_out(office, 2)
    build.import_file(office, listed)
    (row,) = review.rows(office)
    with pytest.raises(DomainError, match="file_in_bin"):
        review.resolve(office, row.row, review.SAME, person)
    file_bin.restore(office, person)
    assert review.rows(office)[0].candidates[0].because == ("number_same",)
    review.resolve(office, row.row, review.SAME, person)
    assert held_rows(office) == 0
    assert build.import_file(office, listed).counts.unchanged == 5


def test_a_restored_file_is_known_again_by_the_list_and_tells_its_cells(
    office: Office, listed: Path
) -> None:
    person = take_out(office, 2)
    file_bin.restore(office, person)
    again = build.import_file(office, listed)
    assert (again.act, again.counts.unchanged, again.counts.vanished) == (None, 5, 0)
    found = {origin.field: origin for origin in origins.of_file(office, person)}
    assert (found["family_name"].file_name, found["family_name"].row) == ("list.xlsx", 3)
    assert found["letter_date"].cell is not None


def test_who_has_no_number_is_held_beside_a_file_in_the_bin_that_looks_so(
    office: Office, tmp_path: Path
) -> None:
    person = build.invite(office, 7, given_names="Élodie")
    build.invite(office, 8)
    file_bin.delete(office, person, "Not a client")
    path = build.a_list(
        tmp_path / "list.xlsx", rows(7, individual_reference="", given_names="Elodie")
    )
    done = build.import_file(office, path)
    assert done.counts.review == 1
    assert told(done) == [(2, "family_name", "in_bin", "warning")]
    assert review.rows(office)[0].candidates[0].because[-2:] == ("birth_same", "in_bin")


def test_an_empty_register_with_a_full_bin_holds_the_row_too(
    office: Office, tmp_path: Path
) -> None:
    path = build.a_list(tmp_path / "list.xlsx", rows(1))
    build.import_file(office, path)
    take_out(office, 1)
    assert build.import_file(office, path).counts.review == 1
    assert people.count(office) == 0


def test_a_row_said_to_be_somebody_who_is_now_in_the_bin_is_asked_about_anew(
    office: Office, tmp_path: Path
) -> None:
    person = build.invite(office, 7, given_names="Élodie")
    path = build.a_list(
        tmp_path / "list.xlsx", rows(7, individual_reference="", given_names="Elodie")
    )
    build.import_file(office, path)
    review.resolve(office, review.rows(office)[0].row, review.SAME, person)
    assert build.import_file(office, path).counts.unchanged == 1
    file_bin.delete(office, person, "Not a client")
    assert build.import_file(office, path).counts.review == 1
    assert held_rows(office) == 1


def test_a_number_of_a_file_merged_into_one_that_is_in_the_bin_brings_nobody(
    office: Office, listed: Path
) -> None:
    left, right = who(office, 1), who(office, 2)
    build.merge(office, left, right)
    file_bin.delete(office, left, "Not a client")
    again = build.import_file(office, listed)
    assert (again.counts.new, again.counts.review) == (0, 2)
    assert {c.person_id for row in review.rows(office) for c in row.candidates} == {left}


def test_whoever_is_in_the_bin_is_not_among_those_no_longer_listed(
    office: Office, listed: Path, tmp_path: Path
) -> None:
    take_out(office, 2)
    without = build.a_list(tmp_path / "later.xlsx", rows(1, 3, 4))
    preview = imports.open_file(office, without)
    assert preview.counts.vanished == 1
    compared = import_compare.against_last(office, preview)
    assert compared is not None
    assert [gone.individual_reference for gone in compared.vanished] == ["C1000005"]


def test_family_of_a_principal_in_the_bin_is_told_where_the_principal_is(
    office: Office, listed: Path, tmp_path: Path
) -> None:
    take_out(office, 2)
    family = [
        {
            "principal_reference": f"C{1_000_000 + number}",
            "relation": "spouse",
            "family_name": "Ziani",
            "given_names": "Sara",
        }
        for number in (1, 2)
    ]
    done = build.import_file(office, build.a_list(tmp_path / "family.xlsx", family))
    assert (done.counts.new, done.counts.rejected) == (1, 1)
    assert told(done) == [(3, "principal_reference", "in_bin", "error")]


def test_undoing_the_import_of_a_file_in_the_bin_leaves_it_there(
    office: Office, tmp_path: Path
) -> None:
    done = build.import_file(office, build.a_list(tmp_path / "list.xlsx", rows(*PEOPLE)))
    person = take_out(office, 2)
    undone = history.undo(office, done.act)
    assert undone.kept == ()
    assert people.count(office) == 0
    file_bin.restore(office, person)
    assert people.file(office, person).letters


def test_a_row_that_waits_beside_somebody_says_when_they_go_to_the_bin(
    office: Office, tmp_path: Path
) -> None:
    person = build.invite(office, 7, given_names="Élodie")
    path = build.a_list(
        tmp_path / "list.xlsx", rows(7, individual_reference="", given_names="Elodie")
    )
    build.import_file(office, path)
    file_bin.delete(office, person, "Not a client")
    (candidate,) = review.rows(office)[0].candidates
    assert candidate.because[-1] == "in_bin"
