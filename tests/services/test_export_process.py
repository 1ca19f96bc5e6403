# SPDX-License-Identifier: Apache-2.0
"""Long exports in a process of their own: the same workbook, and nothing left when it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_builders import a_list, a_row, import_file
from openpyxl import load_workbook

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.errors import Cancelled, ExchangeError
from imp_plus_desktop.services.exports import export_process, exports
from imp_plus_desktop.services.exports.exports import ShownColumn
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

MANY = export_process.SHORT + 1


class Heard:
    """Progress that stops the work when it has been told something, if asked."""

    def __init__(self, *, stops: bool = False) -> None:
        self.steps = 0
        self._stops = stops

    def step(self, done: int, total: int) -> None:
        self.steps += 1
        if self._stops:
            raise Cancelled


def cells(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path).worksheets[0].iter_rows(values_only=True))


@pytest.fixture
def many(tmp_path: Path) -> Office:
    office = open_office(tmp_path / "r.imp", passphrase="quatre mots bien longs")
    import_file(office, a_list(tmp_path / "list.xlsx", [a_row(n) for n in range(MANY)]))
    return office


@pytest.mark.long
def test_a_long_export_is_the_same_in_a_process_of_its_own(many: Office, tmp_path: Path) -> None:
    there, here, heard = tmp_path / "there.xlsx", tmp_path / "here.xlsx", Heard()
    ids = list(reversed(people.ids(many, PeopleFilter())))
    done = export_process.export(many, "people", there, ids=ids, progress=heard)
    exports.export(many, "people", here, ids=ids)
    assert (done.path, done.rows, heard.steps > 0) == (there, MANY, True)
    assert cells(there) == cells(here)
    with pytest.raises(Cancelled):
        export_process.export(many, "people", there, ids=ids, progress=Heard(stops=True))
    nowhere = tmp_path / "no folder" / "list.xlsx"
    with pytest.raises(ExchangeError, match="cannot_write"):
        export_process.export(many, "people", nowhere, ids=ids, progress=Heard())
    assert cells(there) == cells(here)
    assert not list(tmp_path.glob(".*.tmp"))


def test_the_rows_that_a_list_shows_become_a_workbook(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "shown.xlsx"
    columns = [ShownColumn("Name"), ShownColumn("Days", is_number=True)]
    rows = [("Œuvrard « Zoé »", str(number)) for number in range(MANY)]
    asked = (office, "people", "Liste", path, columns, rows, MANY, {1, 2})
    done = export_process.export_shown(*asked, Heard())
    assert done.rows == MANY
    assert cells(path)[:2] == [("Name", "Days"), ("Œuvrard « Zoé »", 0)]
    stopped = Heard(stops=True)
    with pytest.raises(Cancelled):
        export_process.export_shown(*asked, stopped)
    assert len(cells(path)) == MANY + 1
    assert sorted(file.name for file in tmp_path.glob("*.xlsx")) == ["shown.xlsx"]
    assert not list(tmp_path.glob(".*.tmp"))
