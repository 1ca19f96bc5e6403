# SPDX-License-Identifier: Apache-2.0
"""The overview's figures: each counts exactly the rows that it opens, of everybody or of a part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from new_registers import new_office
from office_builders import TODAY, an_approved, invite, issue, receive

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import DeadlineFilter, PeopleFilter, Scope
from imp_plus_desktop.services.agenda import agenda, deadlines, overview, visits
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.agenda.overview import EVERYBODY, Overview
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import clerks, people
from imp_plus_desktop.settings import Settings

pytestmark = pytest.mark.mostly_long(
    "test_each_line_counts_the_people_that_it_opens",
    "test_clerks_stand_by_name_with_the_files_of_nobody_at_the_end",
)

LATER = date(2026, 12, 15)
ANNE, KARIM = "Anne Roy", "Karim Belkacem"
SCOPES = (
    EVERYBODY,
    Scope(clerk=ANNE),
    Scope(clerk="anne roy"),
    Scope(clerk=""),
    Scope(letter_year=2023),
    Scope(clerk=KARIM, letter_year=2022),
)


@pytest.fixture
def busy(tmp_path: Path) -> Office:
    """Files of two clerks and of nobody, with letters of two years, seen three years later."""
    then = new_office(tmp_path / "bureau.imp", TODAY)
    for number in (1, 2):
        issue(then, an_approved(then, number))
    receive(then, invite(then, 3))
    before = {"letter_date": "2022-09-01", "letter_received_date": "2022-09-04"}
    for number in (4, 5, 6):
        invite(then, number, **before)
    clerks.assign(then, [1, 3, 4], ANNE)
    clerks.assign(then, [2, 5], KARIM)
    then.close()
    return open_office(tmp_path / "bureau.imp", today=LATER)


def count(office: Office, wanted: DeadlineFilter) -> int:
    return len(deadlines.ids(office, wanted))


@pytest.mark.parametrize("scope", SCOPES)
def test_each_line_counts_the_people_that_it_opens(busy: Office, scope: Scope) -> None:
    shown = overview.overview(busy, scope)
    for line in shown.waiting:
        if line.code != "review_rows":
            wanted = PeopleFilter(clerk=scope.clerk, letter_year=scope.letter_year, waits=line.code)
            assert line.count == len(people.ids(busy, wanted)), line.code
    for step, counted in shown.pipeline:
        assert counted == len(overview.path_ids(busy, step, scope))
    busy.close()


def test_something_waits_here_so_that_the_counts_above_mean_something(busy: Office) -> None:
    waiting = {line.code: line.count for line in overview.overview(busy).waiting}
    assert waiting["permits_ended"] == 2
    mine = {line.code: line.count for line in overview.overview(busy, SCOPES[1]).waiting}
    assert mine["permits_ended"] == 1
    busy.close()


@pytest.mark.parametrize("scope", SCOPES)
def test_a_clerk_s_figures_count_the_rows_that_they_open(busy: Office, scope: Scope) -> None:
    shown = overview.overview(busy, scope)
    asked: dict[str, Callable[[Scope], DeadlineFilter]] = {
        "today": overview.due_today,
        "late": overview.late,
        "ends": overview.soon_ending,
    }
    for line in shown.clerks:
        theirs = Scope(line.clerk, scope.letter_year)
        for name, wanted in asked.items():
            assert getattr(line, name) == count(busy, wanted(theirs)), (line.clerk, name)
        listed = PeopleFilter(clerk=line.clerk, letter_year=scope.letter_year)
        assert line.files == len(people.ids(busy, listed))
    assert sum(line.late for line in shown.clerks) == shown.due.late
    busy.close()


def test_clerks_stand_by_name_with_the_files_of_nobody_at_the_end(busy: Office) -> None:
    lines = overview.overview(busy).clerks
    assert [(line.clerk, line.files) for line in lines] == [(ANNE, 3), (KARIM, 2), ("", 1)]
    assert lines[0].late > 0
    busy.close()


def test_a_day_of_the_calendar_counts_what_it_opens_and_the_past_only_what_nobody_saw(
    busy: Office,
) -> None:
    first, last = date(2023, 1, 1), LATER + timedelta(days=1500)
    found = overview.days(busy, first, last)
    assert any(one.day < LATER for one in found)
    assert any(one.day > LATER for one in found)
    for one in found:
        assert one.count == count(busy, overview.on_day(EVERYBODY, one.day, LATER))
    (past, *_rest) = (one for one in found if one.day < LATER)
    for row in deadlines.rows(
        busy, deadlines.ids(busy, overview.on_day(EVERYBODY, past.day, LATER))
    ):
        agenda.acknowledge(busy, Named.of(row))
    assert past.day not in {one.day for one in overview.days(busy, first, last)}
    busy.close()


def test_of_a_scope_the_calendar_counts_that_scope_alone(busy: Office) -> None:
    first, last = date(2023, 1, 1), LATER + timedelta(days=1500)
    every = sum(one.count for one in overview.days(busy, first, last))
    parts = [
        sum(one.count for one in overview.days(busy, first, last, Scope(clerk=clerk)))
        for clerk in (ANNE, KARIM, "")
    ]
    assert sum(parts) == every
    assert parts[:2] == [4, 3]
    busy.close()


class TestVisits:
    def beside(self, office: Office, name: str, home: Path) -> Office:
        settings = Settings(home / f"{name}.json")
        settings.user_name = name
        return open_office(office.register_path, today=LATER, settings=settings)

    def seen(self, office: Office, visit: visits.Visit, **of: str) -> Overview:
        return overview.overview(office, Scope(**of), visit)

    def test_others_acts_since_the_last_visit_are_news_and_one_s_own_are_not(
        self, busy: Office, tmp_path: Path
    ) -> None:
        visit = visits.now(busy)
        anne, karim = (self.beside(busy, name, tmp_path) for name in (ANNE, KARIM))
        people.edit(karim, 2, {"phone": "514 555-0101"})
        people.edit(anne, 1, {"phone": "514 555-0102"})
        people.edit(karim, 1, {"phone": "514 555-0103"})
        news = self.seen(anne, visit).news
        assert news is not None
        assert (news.count, [act.person_id for act in news.acts]) == (2, [1, 2])
        assert {act.who for act in news.acts} == {KARIM}
        mine = self.seen(anne, visit, clerk=ANNE).news
        assert mine is not None
        assert (mine.count, [act.person_id for act in mine.acts]) == (1, [1])
        assert overview.overview(anne).news is None
        for office in (busy, anne, karim):
            office.close()

    def test_what_came_and_went_meanwhile_is_no_news(self, busy: Office, tmp_path: Path) -> None:
        anne, karim = (self.beside(busy, name, tmp_path) for name in (ANNE, KARIM))
        people.edit(karim, 2, {"phone": "514 555-0101"})
        visit = visits.now(busy)
        people.edit(karim, 1, {"phone": "514 555-0102"})
        history.undo(karim)
        news = visits.since(anne, visit)
        assert (news.acts, news.count) == ((), 0)
        history.undo(karim)  # of what was there before: that is news
        assert visits.since(anne, visit).count == 1
        for office in (busy, anne, karim):
            office.close()

    def test_a_visit_is_read_back_as_it_was_told(self, busy: Office) -> None:
        visit = visits.now(busy)
        assert visits.load(visits.dump(visit)) == visit
        assert visits.load("") is None
        assert visits.load("7 yesterday") is None
        busy.close()

    def test_an_act_is_seen_where_its_rows_are(self, busy: Office) -> None:
        people.edit(busy, 1, {"phone": "514 555-0102"})
        latest = visits.now(busy).act
        assert visits.shown_at(busy, latest) == visits.Shown("people", (1,))
        clerks.assign(busy, [1, 2], KARIM)
        assert visits.shown_at(busy, latest + 1) == visits.Shown("people", (1,))
        busy.close()
