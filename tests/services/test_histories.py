# SPDX-License-Identifier: Apache-2.0
"""Lists that tell a person's years: several applications and permits, and of what kind each is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office_builders import FILES, a_list, a_row, import_file

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.reads import figures

pytestmark = pytest.mark.usefixtures("reads_here")


@pytest.fixture
def office(tmp_path: Path, empty_register: Path) -> Iterator[Office]:
    """An office on an empty register of its own, years after the first receipts."""
    shutil.copyfile(empty_register, tmp_path / "register.imp")
    opened = open_office(tmp_path / "register.imp", today=date(2026, 11, 20))
    yield opened
    opened.close()


FIRST = {
    "application_number": "W100000001",
    "received_at": date(2023, 9, 20),
    "outcome": "Approuvée",
    "decided_on": date(2023, 11, 1),
    "permit_number": "U100000001",
    "permit_from": date(2023, 12, 1),
    "permit_until": date(2026, 6, 1),
}
SECOND = {
    "application_number": "W100000002",
    "received_at": date(2026, 4, 1),
    "outcome": "Approuvée",
    "decided_on": date(2026, 5, 2),
    "permit_number": "U100000002",
    "permit_from": date(2026, 6, 2),
    "permit_until": date(2027, 6, 2),
}


def file_of(office: Office, ref: str) -> PersonFile:
    return people.file(office, people.find(office, ref))


def told(office: Office, ref: str = "C1000001") -> list[tuple[str | None, str, int | None, str]]:
    """Number, kind, place and state of each application, in the order of receipt."""
    return [
        (a.application_number, a.kind.value, a.place, a.state.value)
        for a in file_of(office, ref).own_applications
    ]


def used(office: Office, year: int) -> int:
    return figures.places_used(office.register, year)


def whole(office: Office) -> None:
    assert replay.ledger_fault(office.register) is None


BOTH = [
    ("W100000001", "first", 1, "permit_issued"),
    ("W100000002", "extension", None, "permit_issued"),
]


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "the extension first"])
def test_two_rows_of_one_person_bring_both_applications(
    office: Office, tmp_path: Path, turned: bool
) -> None:
    rows = [a_row(1, **FIRST), a_row(1, **SECOND), a_row(2)]
    rows = rows[::-1] if turned else rows
    path = a_list(tmp_path / "liste.xlsx", rows)
    done = import_file(office, path)
    assert (done.counts.new, done.counts.updated, done.counts.rejected) == (2, 1, 0)
    assert done.preview.issues == ()
    assert told(office) == BOTH
    permits = file_of(office, "C1000001").permits
    assert [(p.permit_number, p.limited_by.value) for p in permits] == [
        ("U100000001", "term"),
        ("U100000002", "term"),
    ]
    assert (used(office, 2023), used(office, 2026)) == (1, 0)
    again = import_file(office, a_list(tmp_path / "encore.xlsx", rows[::-1]))
    assert again.act is None
    assert again.counts.unchanged == 3
    whole(office)
    history.undo(office)
    assert len(people.ids(office, PeopleFilter())) == 0
    assert (used(office, 2023), used(office, 2026)) == (0, 0)
    whole(office)


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "the extension first"])
def test_two_rows_about_somebody_known_bring_both_and_go_again_with_their_act(
    office: Office, tmp_path: Path, turned: bool
) -> None:
    import_file(office, a_list(tmp_path / "avant.xlsx", [a_row(1), a_row(2, **{
        **FIRST, "application_number": "W100000009", "permit_number": None})]))  # fmt: skip
    before = file_of(office, "C1000001")
    rows = [a_row(1, **FIRST), a_row(1, **SECOND)]
    done = import_file(office, a_list(tmp_path / "liste.xlsx", rows[::-1] if turned else rows))
    assert (done.counts.updated, done.counts.unchanged, done.counts.rejected) == (2, 0, 0)
    assert [(kind, place) for _number, kind, place, _state in told(office)] == [
        ("first", 2),
        ("extension", None),
    ]
    whole(office)
    history.undo(office)
    assert file_of(office, "C1000001") == before
    whole(office)


def test_the_row_of_an_extension_extends_the_permit_that_the_register_has(office: Office) -> None:
    import_file(office, FILES / "principals.xlsx")
    done = import_file(office, FILES / "extension-row.xlsx")
    assert (done.counts.updated, done.counts.rejected) == (1, 0)
    assert [kind for _n, kind, _p, _s in told(office, "C2000001")] == ["first", "extension"]
    assert used(office, 2026) == 0
    assert [p.lost_to_passport for p in file_of(office, "C2000001").permits] == [0, 0]
    assert import_file(office, FILES / "extension-row.xlsx").act is None


def test_both_applications_of_one_person_come_in_one_list(office: Office) -> None:
    done = import_file(office, FILES / "two-applications.xlsx")
    assert (done.counts.new, done.counts.updated) == (1, 1)
    assert done.preview.issues == ()
    assert [kind for _n, kind, _p, _s in told(office, "C2000001")] == ["first", "extension"]


@pytest.mark.parametrize(
    ("received", "kind"),
    [
        (date(2023, 12, 2), "extension"),
        (date(2026, 6, 1), "extension"),
        (date(2026, 6, 2), "restoration"),
        (date(2026, 8, 30), "restoration"),
        (date(2026, 8, 31), "first"),
    ],
)
def test_the_permit_before_tells_the_kind_of_an_application(
    office: Office, tmp_path: Path, received: date, kind: str
) -> None:
    later = {"application_number": "W100000002", "received_at": received}
    import_file(office, a_list(tmp_path / "liste.xlsx", [a_row(1, **later), a_row(1, **FIRST)]))
    number, found, place, state = told(office)[1]
    assert (number, found, state) == ("W100000002", kind, "received")
    assert (place is None) is (kind != "first")
    whole(office)


def test_an_application_with_a_letter_of_its_own_is_a_first_one(
    office: Office, tmp_path: Path
) -> None:
    later = {"application_number": "W100000002", "received_at": date(2024, 6, 1)}
    rows = [a_row(1, **FIRST), a_row(1, **later, **{"letter_date": date(2024, 4, 15)})]
    done = import_file(office, a_list(tmp_path / "liste.xlsx", rows))
    assert done.counts.rejected == 0
    assert [kind for _n, kind, _p, _s in told(office)] == ["first", "first"]
    assert [x.letter_date for x in file_of(office, "C1000001").letters] == [
        date(2023, 9, 1),
        date(2024, 4, 15),
    ]
    assert (used(office, 2023), used(office, 2024)) == (1, 1)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Prolongation", "extension"),
        ("Renewal", "extension"),
        ("Rétablissement", "restoration"),
        ("Première demande", "first"),
    ],
)
def test_a_kind_that_a_list_states_stands(
    office: Office, tmp_path: Path, written: str, kind: str
) -> None:
    row = a_row(1, application_number="W100000001", received_at=date(2023, 9, 20),
                application_kind=written)  # fmt: skip
    path = a_list(tmp_path / "liste.xlsx", [row])
    import_file(office, path)
    ((_number, found, place, _state),) = told(office)
    assert found == kind
    assert (place is None) is (kind != "first")
    again = import_file(office, a_list(tmp_path / "encore.xlsx", [row, a_row(3)]))
    assert again.counts.unchanged == 1


def test_a_kind_that_is_corrected_takes_a_place_or_gives_it_back(
    office: Office, tmp_path: Path
) -> None:
    row: dict[str, Any] = {"application_number": "W100000001", "received_at": date(2023, 9, 20)}
    import_file(office, a_list(tmp_path / "1.xlsx", [a_row(1, **row)]))
    assert used(office, 2023) == 1
    row["application_kind"] = "Prolongation"
    import_file(office, a_list(tmp_path / "2.xlsx", [a_row(1, **row)]))
    assert told(office) == [("W100000001", "extension", None, "received")]
    assert used(office, 2023) == 0
    row["application_kind"] = "Première"
    import_file(office, a_list(tmp_path / "3.xlsx", [a_row(1, **row)]))
    assert told(office) == [("W100000001", "first", 1, "received")]
    assert used(office, 2023) == 1
    whole(office)


def test_an_extension_that_came_in_before_its_first_permit_gives_its_place_back(
    office: Office, tmp_path: Path
) -> None:
    import_file(office, a_list(tmp_path / "2026.xlsx", [a_row(1, **SECOND)]))
    assert [kind for _n, kind, _p, _s in told(office)] == ["first"]
    import_file(office, a_list(tmp_path / "2023.xlsx", [a_row(1, **FIRST)]))
    assert told(office) == BOTH
    assert (used(office, 2023), used(office, 2026)) == (1, 0)
    whole(office)
    history.undo(office)
    assert [(kind, place) for _n, kind, place, _s in told(office)] == [("first", 1)]
    assert (used(office, 2023), used(office, 2026)) == (0, 1)
    whole(office)


def test_the_same_application_told_otherwise_is_still_a_conflict(
    office: Office, tmp_path: Path
) -> None:
    other = {**FIRST, "decided_on": date(2023, 11, 2)}
    rows = [a_row(1, **FIRST), a_row(1, **SECOND), a_row(1, **other), a_row(1, **SECOND)]
    done = import_file(office, a_list(tmp_path / "liste.xlsx", rows))
    assert [(i.row, i.code) for i in done.preview.issues] == [
        (4, "conflict_in_file"),
        (5, "duplicate_in_file"),
    ]
    assert told(office) == BOTH


def test_somebody_else_under_the_same_number_is_a_conflict_whatever_they_filed(
    office: Office, tmp_path: Path
) -> None:
    rows = [a_row(1, **FIRST), a_row(1, **SECOND, birth_date=date(1991, 1, 1))]
    done = import_file(office, a_list(tmp_path / "liste.xlsx", rows))
    assert [i.code for i in done.preview.issues] == ["conflict_in_file"]


def test_what_changed_from_one_application_to_the_next_is_kept_as_the_later_row_has_it(
    office: Office, tmp_path: Path
) -> None:
    old = a_row(1, **FIRST, passport_number="AA100001", passport_expiry=date(2026, 6, 1),
                email="avant@example.org")  # fmt: skip
    new = a_row(1, **SECOND, passport_number="BB200002", passport_expiry=date(2031, 1, 1),
                email="apres@example.org")  # fmt: skip
    import_file(office, a_list(tmp_path / "liste.xlsx", [new, old]))
    file = file_of(office, "C1000001")
    assert [p.number for p in file.passports] == ["AA100001", "BB200002"]
    assert file.person.email == "apres@example.org"
    again = import_file(office, a_list(tmp_path / "encore.xlsx", [old, new, a_row(2)]))
    assert (again.counts.unchanged, again.counts.new) == (2, 1)


def test_an_outcome_against_a_permit_stands_and_the_permit_is_kept(office: Office) -> None:
    import_file(office, FILES / "refused-with-permit.xlsx")
    ((_number, kind, place, state),) = told(office, "C2000001")
    assert (kind, place, state) == ("first", 1, "refused")
    file = file_of(office, "C2000001")
    assert [a.outcome for a in file.applications] == ["refused"]
    assert [p.permit_number for p in file.permits] == ["U100000018"]
    assert import_file(office, FILES / "refused-with-permit.xlsx").act is None
