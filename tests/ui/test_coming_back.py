# SPDX-License-Identifier: Apache-2.0
"""Where one was comes back at the next start: page, filters, row. And the tour of the first one."""

from typing import cast

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.settings import LAST_PAGE
from imp_plus_desktop.ui.dialogs.register.tour import TourDialog, steps
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible

pytestmark = pytest.mark.mostly_long(
    "test_the_page_the_filters_and_the_row_come_back",
    "test_the_row_comes_back_once_and_not_at_each_refresh",
)

PRIVATE = ColumnFilter("person.family_name", text="benali")
PLAIN = ColumnFilter("letter.letter_date", low="2023-01-01")


@pytest.fixture
def full(office: Office) -> Office:
    for number in (1, 2, 3):
        build.invite(office, number)
    build.invite(office, 4, letter_date="2022-09-01", letter_received_date="2022-09-04")
    return office


def a_window(qtbot: QtBot, office: Office) -> MainWindow:
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_page_the_filters_and_the_row_come_back(qtbot: QtBot, full: Office) -> None:
    assert full.settings.start_page == LAST_PAGE
    window = a_window(qtbot, full)
    page = cast(PeoplePage, window.open_page("people", PeopleFilter(letter_year=2023)))
    page.table.select_id(3)
    window.close()
    again = a_window(qtbot, full)
    shown = again.current_page()
    assert isinstance(shown, PeoplePage)
    assert shown.letter_year.value() == 2023
    assert list(shown.shown_ids()) == [1, 2, 3]
    assert shown.current_person() == 3
    assert shown.panel.person_id() == 3
    shown.letter_year.set_value(None, tell=True)
    again.close()
    assert len(cast(PeoplePage, a_window(qtbot, full).current_page()).shown_ids()) == 4


def test_the_row_comes_back_once_and_not_at_each_refresh(qtbot: QtBot, full: Office) -> None:
    window = a_window(qtbot, full)
    page = cast(PeoplePage, window.open_page("people"))
    page.table.select_id(3)
    window.close()
    again = a_window(qtbot, full)
    shown = cast(PeoplePage, again.current_page())
    assert shown.current_person() == 3
    shown.table.select_id(2)
    again.refresh()
    assert shown.current_person() == 2
    again.close()


def test_the_deadline_comes_back_too(qtbot: QtBot, full: Office) -> None:
    window = a_window(qtbot, full)
    page = cast(DeadlinesPage, window.open_page("deadlines"))
    chosen = page.shown_ids()[-1]
    page.table.select_id(chosen)
    window.close()
    shown = cast(DeadlinesPage, a_window(qtbot, full).current_page())
    assert shown.table.current_id() == chosen != shown.shown_ids()[0]
    assert shown.panel.person_id() == shown.current_person()


def test_no_word_that_somebody_wrote_is_kept_outside_the_register(
    qtbot: QtBot, full: Office
) -> None:
    window = a_window(qtbot, full)
    page = cast(PeoplePage, window.open_page("people"))
    page.open_with(PeopleFilter(text="benalibb", columns=(PRIVATE, PLAIN)))
    window.close()
    stored = str(full.settings.get("layouts"))
    assert "benali" not in stored
    assert "letter.letter_date" in stored
    shown = cast(PeoplePage, a_window(qtbot, full).current_page())
    assert shown.asked() == (PLAIN,)


def test_somebody_who_is_gone_leaves_the_first_row(qtbot: QtBot, full: Office) -> None:
    full.settings.keep_layout("row-people", "99")
    full.settings.keep_layout("asked-people", '{"filters": [{"column": "no.such"}], "named": 3}')
    page = cast(PeoplePage, a_window(qtbot, full).open_page("people"))
    assert page.current_person() == page.shown_ids()[0]
    assert len(page.shown_ids()) == 4


class TestTour:
    def test_it_leads_over_three_pages_to_the_first_import(
        self, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        window = a_window(qtbot, office)
        asked: list[bool] = []
        window.shell.import_requested.disconnect()
        window.shell.import_requested.connect(lambda: asked.append(True))
        window.menu_actions.action("help.tour").trigger()
        tour = window.findChild(TourDialog)
        assert isinstance(tour, TourDialog)
        seen = [window.current_page().key]
        for _step in steps()[1:]:
            qtbot.keyClick(tour.on, Qt.Key.Key_Return)
            seen.append(window.current_page().key)
        assert seen == ["imports", "people", "overview"]
        assert not tour.on.isVisible()
        qtbot.mouseClick(tour.back, Qt.MouseButton.LeftButton)
        assert tour.step() == 1
        qtbot.mouseClick(tour.on, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(tour.begin, Qt.MouseButton.LeftButton)
        assert asked == [True]
        assert not tour.isVisible()
        window.close()

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_it_is_read_aloud_at_each_step(
        self, qtbot: QtBot, office: Office, language: str
    ) -> None:
        window = a_window(qtbot, office)
        window.set_language(language, keep=False)
        tour = TourDialog(window)
        tour.show()
        for number in range(len(steps())):
            tour.show_step(number)
            assert_accessible(tour)
        tour.close()
        window.set_language("en", keep=False)
        window.close()
