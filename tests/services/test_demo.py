# SPDX-License-Identifier: Apache-2.0
"""The demo register: alive on its day, sound, and nobody else's files touched."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from imp_plus_desktop import paths
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import ApplicationFilter, MemberFilter, PeopleFilter
from imp_plus_desktop.domain.reads.outward import is_outward
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationCode, PersonStatus
from imp_plus_desktop.services.agenda import overview
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.demo import demo
from imp_plus_desktop.services.demo.demo import DEMO_DAY, DemoMade, make_demo
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import clerks, people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.storage.reads import queries


def open_on(register: Path, today: date) -> Office:
    return open_office(register, today=today)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoMade:
    return make_demo(open_on, tmp_path_factory.mktemp("demo"))


@pytest.fixture
def office(made: DemoMade) -> Iterator[Office]:
    opened = open_office(made.path, today=made.day)
    yield opened
    opened.close()


def test_something_of_every_kind_waits_on_the_day_of_the_demo(office: Office) -> None:
    waiting = {line.code: line.count for line in overview.overview(office).waiting}

    # Nobody is over the cap in the demo: nothing is left open there. Permits of families, medical
    # exams and permits to follow come with the day of 2026.
    assert {code for code, count in waiting.items() if not count} <= {
        "over_cap_open", "family_shorter", "medical_again", "children_18_90", "csq_90",
        "pr_acknowledgement", "passports_next", "reminders_due", "refunds_due",
    }  # fmt: skip
    assert waiting["letters_7"] >= 5
    assert waiting["review_rows"] == 2


def test_the_gauge_stands_at_about_86_percent_and_nobody_is_over_the_cap(office: Office) -> None:
    board = quota.board(office, DEMO_DAY.year)

    assert board.cap == 7350
    assert 0.86 <= board.effective_used / board.cap < 0.865
    assert board.used > 100
    assert board.over_cap == 0
    assert board.official is not None
    assert board.official.as_of == date(2024, 11, 15)


def test_the_year_has_a_curve_over_its_months(office: Office) -> None:
    board = quota.board(office, DEMO_DAY.year)

    assert all(board.by_month[:11])
    assert max(board.by_month) >= 15
    assert all(board.by_outcome[outcome] for outcome in ("approved", "refused", "withdrawn"))


def test_most_verdicts_are_eligible_and_the_others_occur(office: Office) -> None:
    rows = people.rows(office, people.ids(office, PeopleFilter()))
    verdicts = [row.verdict for row in rows]

    assert 290 <= len(rows) <= 340
    assert verdicts.count(VerdictCode.ELIGIBLE) > 0.7 * len(rows)
    assert {VerdictCode.NOT_ELIGIBLE, VerdictCode.UNKNOWN} <= set(verdicts)
    assert {row.status for row in rows} == set(PersonStatus) - {PersonStatus.OVER_CAP}


def test_the_lists_bring_new_people_updates_held_rows_and_rejected_ones(made: DemoMade) -> None:
    counts = dict(made.imported)

    assert tuple(counts) == tuple(entry.name for entry in demo.LISTS)
    assert all(found.rejected for found in counts.values())
    assert counts["suivi-2024-fr.xlsx"].updated > 100
    assert counts["suivi-2024-fr.xlsx"].review == 3
    assert counts["familles-2024-fr.xlsx"].new > 100


def test_families_have_applied_under_every_code(office: Office) -> None:
    rows = family.rows(office, family.ids(office, MemberFilter()))
    own = applications.ids(office, ApplicationFilter(family=True))

    assert {row.code for row in rows} - {None} == set(ApplicationCode) - {ApplicationCode.A76}
    assert len(own) == 4
    assert sum(row.valid_until is not None for row in rows) == 2


def test_the_journal_tells_of_several_people_on_several_days(office: Office) -> None:
    # What other tests have exported of it since is theirs.
    acts = [act for act in history.acts(office, limit=500) if not is_outward(act.service)]
    services = {act.service for act in acts}

    assert {act.who for act in acts} == {demo.SOPHIE, demo.KARIM, demo.MEI_LING}
    assert len({toronto_day(act.at) for act in acts}) == 5
    assert [act.at for act in acts] == sorted((act.at for act in acts), reverse=True)
    assert toronto_day(acts[0].at) == DEMO_DAY
    assert {
        "applications.receive", "applications.decide", "permits.issue", "family.receive",
        "people.add", "people.document", "people.note", "people.residence", "quota.official",
        "imports.resolve", "history.undo",
    } <= services  # fmt: skip


def test_one_reception_was_let_through_with_a_reason(office: Office) -> None:
    kept = queries.fetch(
        office.register, 'SELECT details FROM act WHERE details LIKE \'%"INV-02":"%\''
    )

    assert len(kept) == 1


def test_permits_end_around_the_day_of_the_demo(office: Office) -> None:
    wanted = permits.PermitFilter(until_from=DEMO_DAY, until_by=DEMO_DAY + timedelta(days=180))

    assert len(permits.ids(office, wanted)) >= 10


def test_the_register_is_sound(office: Office) -> None:
    assert checking.check(office).passed


@pytest.mark.parametrize("what", ["people", "family"])
def test_what_the_demo_exports_imports_again_without_a_change(
    office: Office, tmp_path: Path, what: str
) -> None:
    exported = exports.export(office, what, tmp_path / "export.xlsx")
    counts = imports.open_file(office, exported.path).counts

    assert counts.unchanged == exported.rows
    assert counts.new == counts.updated == counts.review == counts.rejected == 0


def test_the_lists_import_again_without_a_change_but_for_what_was_mended(office: Office) -> None:
    follow_up, families = (demo.list_file(office, entry.name) for entry in demo.LISTS[2:])

    assert imports.open_file(office, families).counts.new == 0
    assert imports.open_file(office, follow_up).counts.new == 0


@pytest.mark.long
def test_nothing_is_overwritten_and_the_settings_stay_as_they_are(tmp_path: Path) -> None:
    taken = tmp_path / "demo.imp"
    taken.write_bytes(b"somebody's register")
    later = date(2026, 3, 1)

    made = make_demo(open_on, tmp_path, later)

    assert made.path == tmp_path / "demo-2.imp"
    assert made.day == later
    assert taken.read_bytes() == b"somebody's register"
    assert not paths.settings_file().exists()


def test_files_are_shared_out_calls_are_logged_and_another_route_is_followed(
    office: Office,
) -> None:
    assert len(clerks.names(office)) == 3
    files = people.files(office, people.ids(office, PeopleFilter()))
    assert sum(len(file.contacts) for file in files) == 4
    assert sum(len(file.other_routes) for file in files) == 1
