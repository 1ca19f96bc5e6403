# SPDX-License-Identifier: Apache-2.0
"""The demo in November 2026: what ends, what waits and PR are there to be looked at."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import MemberFilter, PeopleFilter
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import PrStage
from imp_plus_desktop.services.agenda import overview
from imp_plus_desktop.services.demo.demo import DEMO_DAY, DemoMade, make_demo
from imp_plus_desktop.services.demo.demo_living import FAMILY_LIST, LIVING_DAY, PEOPLE_LIST
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import clerks, people
from imp_plus_desktop.services.permits import endings, pr_track
from imp_plus_desktop.services.privacy import retention
from imp_plus_desktop.services.proof import checking

pytestmark = pytest.mark.mostly_long(
    "test_permits_end_month_by_month_and_stand_in_every_state",
    "test_what_ends_and_what_waits_is_all_there",
    "test_each_stage_of_pr_has_people_and_its_usual_wait",
    "test_the_office_shares_the_work_and_its_journal_goes_to_the_day",
    "test_members_have_permits_and_files_have_a_day_on_which_they_go",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoMade:
    folder = tmp_path_factory.mktemp("living")
    return make_demo(lambda path, day: open_office(path, today=day), folder, LIVING_DAY)


@pytest.fixture(scope="module")
def office(made: DemoMade) -> Iterator[Office]:
    opened = open_office(made.path, today=made.day)
    yield opened
    opened.close()


def test_the_lists_of_2026_change_people_and_leave_nothing_to_answer(made: DemoMade) -> None:
    counts = dict(made.imported)
    for name in (PEOPLE_LIST, FAMILY_LIST):
        found = counts[name]
        assert (found.new, found.rejected, found.review) == (0, 0, 0), name
        assert found.updated > 25
    assert counts[PEOPLE_LIST].updated > 200


@pytest.mark.long
def test_permits_end_month_by_month_and_stand_in_every_state(office: Office) -> None:
    rows = endings.endings(office, 12)
    ahead = Counter(row.permit.until.strftime("%Y-%m") for row in rows if row.days_left >= 0)
    assert len(ahead) >= 11
    assert {row.state for row in rows} == {"ended", "kept", "to_choose", "chosen"}
    assert sum(row.state == "ended" for row in rows) < 12
    assert any(row.permit.members for row in rows)


def test_what_ends_and_what_waits_is_all_there(office: Office) -> None:
    shown = overview.overview(office)
    waiting = {line.code: line.count for line in shown.waiting}
    assert {
        "permits_ended", "permits_30", "permits_90", "passports_next", "family_shorter",
        "decisions_due", "pr_acknowledgement", "refunds_due", "reminders_due", "medical_again",
    } <= {code for code, count in waiting.items() if count}  # fmt: skip
    assert waiting["medical_again"] < 50
    assert not waiting["letters_7"]
    assert not shown.board.intake.open
    assert shown.due.count >= 3


def test_each_stage_of_pr_has_people_and_its_usual_wait(office: Office) -> None:
    board = pr_track.board(office)
    assert [one.reached for one in board] == sorted((one.reached for one in board), reverse=True)
    assert all(one.here for one in board)
    assert all(one.wait is not None for one in board[1:])
    assert board[-1].stage is PrStage.LANDED


def test_the_office_shares_the_work_and_its_journal_goes_to_the_day(office: Office) -> None:
    assert len(clerks.names(office)) == 3
    acts = history.acts(office, limit=400)
    days = {toronto_day(act.at) for act in acts}
    assert max(days) == LIVING_DAY
    assert DEMO_DAY in days
    services = {act.service for act in acts}
    assert {"permits.way", "permits.pr_stage", "requests.record", "people.note"} <= services


def test_members_have_permits_and_files_have_a_day_on_which_they_go(office: Office) -> None:
    rows = family.rows(office, family.ids(office, MemberFilter()))
    assert sum(row.valid_until is not None for row in rows) > 25
    outlook = retention.outlook(office)
    assert outlook.due == ()
    assert outlook.first_day is not None
    assert outlook.first_day > LIVING_DAY


def test_the_register_is_sound_and_the_people_are_those_of_the_demo(
    office: Office, tmp_path: Path
) -> None:
    assert checking.check(office).passed
    assert people.count(office) == len(people.ids(office, PeopleFilter()))
    earlier = make_demo(lambda path, day: open_office(path, today=day), tmp_path)
    assert earlier.day == DEMO_DAY
    assert earlier.people == people.count(office)
