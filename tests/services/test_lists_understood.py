# SPDX-License-Identifier: Apache-2.0
"""Lists as offices write them: what each column, name and row of them becomes in the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from office_builders import FILES, import_file

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

TODAY = date(2026, 11, 20)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office of a day after all of these lists."""
    opened = open_office(tmp_path / "later.imp", today=TODAY)
    yield opened
    opened.close()


def file_of(office: Office, reference: str) -> PersonFile:
    (person,) = people.ids(office, PeopleFilter(text=reference))
    return people.file(office, person)


class TestColumns:
    def test_a_passport_has_its_issue_and_its_expiry(self, office: Office) -> None:
        done = import_file(office, FILES / "passport-issue-expiry.csv")
        assert (done.counts.new, done.preview.issues) == (2, ())
        (passport,) = file_of(office, "C1000001").passports
        assert (passport.number, passport.issued, passport.expiry) == (
            "AB123456",
            date(2020, 1, 5),
            date(2030, 1, 5),
        )

    def test_the_state_of_an_address_is_no_outcome(self, office: Office) -> None:
        done = import_file(office, FILES / "address-state.csv")
        assert (done.counts.new, done.preview.issues) == (3, ())
        assert all(not file_of(office, f"C100000{n}").applications for n in (1, 2, 3))
