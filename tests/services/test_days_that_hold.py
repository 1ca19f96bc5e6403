# SPDX-License-Identifier: Apache-2.0
"""The line of a file holds until the day that it tells: a new day asks for few of them anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from new_registers import copy_of, new_demo

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.services.demo.demo import DEMO_DAY
from imp_plus_desktop.services.office import standing, summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.reads import queries


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def register(made: Path, tmp_path: Path) -> Path:
    return copy_of(made, tmp_path / "demo.imp")


@pytest.mark.many("start0")
@pytest.mark.parametrize("start", [DEMO_DAY, DEMO_DAY + timedelta(365), DEMO_DAY + timedelta(800)])
def test_a_line_holds_until_the_day_that_it_tells(register: Path, start: date) -> None:
    """Every file of the demo, on days near and far: as told, the line is the same."""
    office = open_office(register, today=start)
    programme = office.programme()
    files = queries.files(office.register, list(people.ids(office, PeopleFilter())))
    lines = [standing.compute(file, programme, start, False) for file in files]
    near = [
        start + timedelta(later) for later in (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 400)
    ]
    for file, line in zip(files, lines, strict=True):
        days = [day for day in near if day <= line.holds_until]
        if line.holds_until < near[-1]:
            days.append(line.holds_until)
        for day in days:
            then = standing.compute(file, programme, day, False)
            assert replace(then, holds_until=line.holds_until) == line
    assert sum(line.holds_until == start for line in lines) < len(lines) / 20, "few are of a day"
    office.close()


def test_lines_kept_over_days_are_those_that_the_day_itself_would_make(
    register: Path, tmp_path: Path
) -> None:
    other, start = copy_of(register, tmp_path / "other.imp"), DEMO_DAY
    office = open_office(register, today=start)
    total = len(people.ids(office, PeopleFilter()))
    office.close()
    for later in (1, 2, 9, 40):
        kept = open_office(register, today=start + timedelta(later))
        assert summary.refresh(kept) < total / 2
        kept.close()
    day = start + timedelta(40)
    kept = open_office(register, today=day)
    anew = open_office(other, today=day)
    anew.register.db.execute_sql("DELETE FROM standing")
    assert summary.refresh(anew) == total
    assert lines_of(kept) == lines_of(anew)
    # A clock that was wrong is put right: what was made for a later day is not for this one.
    back = open_office(register, today=start)
    assert summary.stale_count(back) == len(
        queries.fetch(back.register, "SELECT 1 FROM standing WHERE computed_on > ?", [str(start)])
    )
    for one in (kept, anew, back):
        one.close()


def lines_of(office: Office) -> list[list[dict[str, object]]]:
    """What the lists show of everybody, the days apart on which it was worked out."""
    columns = "person_id, sort_key, status, verdict, last_safe_day, letter_date, short_passport"
    asked = (
        f"SELECT {columns}, cap_full FROM standing ORDER BY person_id",
        "SELECT person_id, day, kind, reason, subject_id, own_day, moved_because, acknowledged_on,"
        " facts FROM agenda_line ORDER BY person_id, day, kind, subject_id, reason",
        "SELECT code, person_id FROM waiting_line ORDER BY code, person_id",
        "SELECT * FROM flag_line ORDER BY 1, 2, 3",
    )
    return [queries.fetch(office.register, sql) for sql in asked]
