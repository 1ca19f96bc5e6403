# SPDX-License-Identifier: Apache-2.0
"""Two applications received on one day: one under a new number, or two that a row tells of."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from new_registers import new_office
from office_builders import HEADERS, a_row, import_file
from openpyxl import Workbook

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.reads import figures

pytestmark = pytest.mark.usefixtures("reads_here")

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
    **FIRST,
    "application_number": "W100000009",
    "permit_number": "U100000009",
}
TWICE = [
    ("W100000001", "first", 1, "permit_issued"),
    ("W100000009", "first", 2, "permit_issued"),
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office on an empty register of its own, years after the first receipts."""
    with closing(new_office(tmp_path / "register.imp", date(2026, 11, 20))) as opened:
        yield opened


def file_of(office: Office) -> PersonFile:
    return people.file(office, people.find(office, "C1000001"))


def told(office: Office) -> list[tuple[str | None, str, int | None, str]]:
    """Number, kind, place and state of each application, in the order of receipt."""
    return [
        (a.application_number, a.kind.value, a.place, a.state.value)
        for a in file_of(office).own_applications
    ]


def a_list(path: Path, first: dict[str, Any], second: dict[str, Any]) -> Path:
    """A list of one row, whose second application stands in columns beside the first."""
    row = {HEADERS[name]: value for name, value in a_row(1, **first).items()}
    row |= {f"{HEADERS[name]} 2": value for name, value in second.items()}
    book = Workbook()
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(path)
    return path


def both(tmp_path: Path) -> Path:
    """A list whose one row tells of two applications that were received on one day."""
    return a_list(tmp_path / "deux.xlsx", FIRST, SECOND)


def test_a_row_that_numbers_two_applications_of_one_day_has_two(
    office: Office, tmp_path: Path
) -> None:
    path = both(tmp_path)
    done = import_file(office, path)
    assert (done.counts.new, done.counts.rejected) == (1, 0)
    assert told(office) == TWICE
    assert [p.permit_number for p in file_of(office).permits] == [
        "U100000001",
        "U100000009",
    ]
    assert figures.places_used(office.register, 2023) == 2
    assert import_file(office, path).act is None


def test_the_other_application_of_the_day_joins_the_one_on_file(
    office: Office, tmp_path: Path
) -> None:
    import_file(office, a_list(tmp_path / "a.xlsx", SECOND, {}))
    import_file(office, both(tmp_path))
    assert sorted(told(office)) == [
        ("W100000001", "first", 2, "permit_issued"),
        ("W100000009", "first", 1, "permit_issued"),
    ]
    file = file_of(office)
    assert [file.numbers_before(one.id) for one in file.own_applications] == [(), ()]


def test_an_export_brings_two_applications_of_one_day_back(office: Office, tmp_path: Path) -> None:
    import_file(office, both(tmp_path))
    out = exports.export(office, "people", tmp_path / "out.xlsx").path
    with closing(new_office(tmp_path / "other.imp", date(2026, 11, 20))) as fresh:
        import_file(fresh, out)
        assert sorted(number for number, *_rest in told(fresh)) == ["W100000001", "W100000009"]
        assert figures.places_used(fresh.register, 2023) == 2


def test_one_application_of_somebody_new_may_be_told_of_twice_in_a_row(
    office: Office, tmp_path: Path
) -> None:
    own = {name: FIRST[name] for name in ("application_number", "received_at", "outcome")}
    more = {"application_number": "W100000001", "decided_on": date(2023, 11, 1)}
    import_file(office, a_list(tmp_path / "a.xlsx", own, more))
    (application,) = file_of(office).own_applications
    assert application.decided_on == date(2023, 11, 1)
