# SPDX-License-Identifier: Apache-2.0
"""Lists, boards and views ask where another desk was first: they rest on what they show."""

from collections.abc import Iterator
from datetime import date, timedelta

import office_builders as build
import pytest
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.pivots import Pivot
from imp_plus_desktop.domain.reads.shapes import Shape
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.listing import pivots, views
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import endings
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.lists.permits import ENDING, PermitsPage
from imp_plus_desktop.ui.quota.quota import PIVOT, QuotaPage
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.answering import Answering, answering, mine, theirs
from tests.ui.person_fixtures import office

__all__ = ["answering", "office"]

SOON = build.TODAY + timedelta(days=10)
THEIRS = Shape(("name", "person.phone"), (("name", True),))


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    i18n.use("en")
    for number in (1, 2):
        build.invite(office, number)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


def test_a_deadline_that_another_desk_has_put_off_is_asked_about_before_it_is_settled(
    window: MainWindow, office: Office, other: Office, answering: Answering
) -> None:
    page = window.open_page("deadlines")
    assert isinstance(page, DeadlinesPage)
    page.table.select_first()
    row = page.table.current_row()
    named = Named.of(row)
    agenda.move(other, named, SOON, "they called")  # not in the list yet
    answering.waiting.append(theirs)
    page.settle()
    assert {one.field for one in answering.asked[0]} == {"settled_on", "new_day", "reason"}
    (kept,) = people.file(office, named.person_id).marks
    assert (kept.new_day, kept.settled_on) == (SOON, None)


def test_what_the_list_shows_by_now_asks_nothing(
    window: MainWindow, office: Office, other: Office, answering: Answering
) -> None:
    page = window.open_page("deadlines")
    assert isinstance(page, DeadlinesPage)
    page.table.select_first()
    named = Named.of(page.table.current_row())
    agenda.move(other, named, SOON, "they called")
    window.refresh()
    rows = [page.model.row_at(place) for place in range(page.model.rowCount())]
    moved = next(p for p, row in enumerate(rows) if row is not None and row.moved_because)
    page.table.select_id(page.model.ids[moved])
    page.settle()
    assert not answering.asked
    (kept,) = people.file(office, named.person_id).marks
    assert (kept.new_day, kept.settled_on) == (SOON, build.TODAY)


def test_the_way_that_another_desk_has_chosen_is_asked_about(
    qtbot: QtBot, office: Office, other: Office, answering: Answering
) -> None:
    application = build.an_approved(office, 1)
    for desk in (office, other):
        object.__setattr__(desk, "clock", Clock(date(2026, 11, 20)))
    build.issue(office, application, date(2024, 4, 1), until=date(2026, 12, 28))
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    page = made.open_page("permits", ENDING)
    assert isinstance(page, PermitsPage)
    person = page.board.current_person()
    assert person is not None
    first, second = [one.way.key for one in endings.ways(office, person).ways][:2]
    endings.choose(other, person, first)
    answering.waiting.append(theirs)
    page.board.panel.way_chosen.emit(second)
    assert [(one.theirs, one.mine) for one in answering.asked[0]] == [(first, second)]
    assert endings.ways(office, person).chosen == first
    answering.waiting.append(mine())
    page.board.panel.way_chosen.emit(second)
    assert endings.ways(office, person).chosen == second
    made.close()


class TestViews:
    """What one has changed in a view rests on the view as it was then, however often the list is
    read anew meanwhile."""

    @pytest.fixture
    def page(self, window: MainWindow) -> PeoplePage:
        page = window.open_page("people")
        assert isinstance(page, PeoplePage)
        return page

    def test_a_view_kept_at_another_desk_while_it_is_changed_here(
        self, page: PeoplePage, office: Office, other: Office, answering: Answering
    ) -> None:
        _act, view = views.save(office, ListKind.PEOPLE, "Urgent", Shape(("name",)), shared=True)
        viewing = page.viewing
        assert viewing is not None
        page.refresh()
        viewing.choose(f"view:{view}")
        page.model.set_order((("name", True),))
        views.keep(other, view, THEIRS)
        page.refresh()  # what they have kept is here by now, and ours still in front
        answering.waiting.append(theirs)
        viewing.save()
        assert len(answering.asked) == 1
        assert views.views(office, ListKind.PEOPLE)[0].shape == THEIRS
        assert tuple(column.key for column in page.table.shown_columns()) == THEIRS.columns
        page.model.set_order((("name", False),))
        viewing.save()
        assert len(answering.asked) == 1, "what is changed now rests on theirs"
        assert views.views(office, ListKind.PEOPLE)[0].shape.order == (("name", False),)

    def test_two_that_are_saved_under_one_name_while_it_is_typed(
        self, page: PeoplePage, office: Office, other: Office, answering: Answering
    ) -> None:
        viewing = page.viewing
        assert viewing is not None
        drop = viewing.ask_name()
        drop.line.setText("Urgent")
        drop.shared.setChecked(True)
        views.save(other, ListKind.PEOPLE, "Urgent", THEIRS, shared=True)
        page.refresh()
        answering.waiting.append(theirs)
        drop.save.click()
        assert len(answering.asked) == 1
        assert [one.shape for one in views.views(office, ListKind.PEOPLE)] == [THEIRS]


def test_a_cross_table_kept_at_another_desk_while_it_is_changed_here(
    window: MainWindow, office: Office, other: Office, answering: Answering
) -> None:
    states, months, countries = (
        Pivot(ListKind.APPLICATIONS, "state", "year"),
        Pivot(ListKind.APPLICATIONS, "year", "month"),
        Pivot(ListKind.PEOPLE, "sex", "country"),
    )
    _act, report = pivots.save(office, "Ours", states, shared=True)
    page = window.open_page("quota")
    assert isinstance(page, QuotaPage)
    page.show_section(PIVOT)
    kept = page.pivot.kept
    page.pivot.refresh()
    kept.choose(f"pivot:{report}")
    kept.show_pivot(countries)
    pivots.keep(other, report, months)
    kept.refresh()
    answering.waiting.append(mine())
    kept.save()
    assert len(answering.asked) == 1
    assert pivots.saved(office)[0].pivot == countries
